"""家庭文件的形式。What may stand where in a `gongji-family/1` document; its JSON Schema is made from this."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from desktop.domain.care import Purpose
from desktop.domain.premium import PremiumGroup
from desktop.exchange.values import (
    Answer,
    Area,
    BenefitYear,
    ChannelWord,
    CredentialWord,
    Day,
    EnrolledAsWord,
    FacilityWord,
    FindingKey,
    Flag,
    Form,
    Growth,
    Id,
    IdNumber,
    Illness,
    LevelWord,
    Moment,
    Months,
    Name,
    Note,
    PayoutReasonWord,
    Place,
    PlannedId,
    PremiumGroupWord,
    Probability,
    PurposeWord,
    RefundGroundWord,
    RelationWord,
    RetirementAge,
    RhythmWord,
    RuleKey,
    RuleValue,
    SchemeWord,
    SettingWord,
    SexWord,
    SignedYuan,
    Spread,
    StatusWord,
    StepName,
    TimesAYear,
    Title,
    Version,
    Yuan,
)

FORMAT = "gongji-family/1"
CASH = "cash"


class CoverageForm(Form):
    """参保记录，首尾两日都在内。"""

    scheme: SchemeWord
    status: StatusWord
    area: Area
    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")


class OpeningForm(Form):
    """个人账户在某日开始时的余额。"""

    on: Day
    balance: Yuan


class BaseForm(Form):
    """缴费基数，每月多少元。"""

    since: Day = Field(alias="from")
    monthly: Yuan


class AccountForm(Form):
    """个人账户。"""

    opening: OpeningForm | None = None
    base: list[BaseForm] = Field(default=[])


class HistoryForm(Form):
    """缴费经历：截至 until（含当日）经办机构记着的。

    local_months 是在本省实际缴的，deemed_months 是视同缴费的；resident_years 是缴过居民医保费的参保年度，
    zero_claim_years 是其中没有报销过的。
    """

    until: Day
    employee_months: Months = 0
    local_months: Months = 0
    deemed_months: Months = 0
    resident_years: list[BenefitYear] = Field(default=[])
    zero_claim_years: list[BenefitYear] = Field(default=[])


class PersonForm(Form):
    """家人。relation 是此人与账户所属人的关系，有绑定的可以不写。

    retires_at 是原法定退休年龄（渐进延迟之前），不写的按性别的通常情形。
    """

    id: Id
    name: Name
    sex: SexWord | None = None
    born: Day | None = None
    id_number: IdNumber | None = None
    relation: RelationWord | None = None
    coverage: list[CoverageForm] = Field(default=[])
    account: AccountForm | None = None
    history: HistoryForm | None = None
    retires_at: RetirementAge | None = None


class BindingForm(Form):
    """绑定，首尾两日都在内。relation 是使用人与共济人的关系。"""

    id: Id
    payer: Id
    beneficiary: Id
    relation: RelationWord
    channel: ChannelWord
    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")


class ProviderForm(Form):
    """医药机构，医院写等级，药店不写。"""

    kind: FacilityWord
    level: LevelWord | None = None
    designated: Flag
    area: Area


class CareForm(Form):
    """就诊的内容，除了日期。"""

    patient: Id
    setting: SettingWord
    provider: ProviderForm
    credential: CredentialWord
    total_fee: Yuan
    fully_self_funded: Yuan
    over_limit_self_funded: Yuan
    upfront_copay: Yuan
    fund_pay_total: Yuan | None = None
    use_account: Flag = True
    purpose: PurposeWord = Purpose.TREATMENT
    prescription: Flag = True
    note: Note = ""


class VisitForm(CareForm):
    """就诊。"""

    id: Id
    type: Literal["visit"]
    on: Moment


class PremiumForm(Form):
    """缴纳居民医保费。paid_from 是家人的编号，或 cash（现金）；group 是缴费档次。"""

    id: Id
    type: Literal["premium"]
    on: Moment
    insured: Id = Field(alias="for")
    benefit_year: BenefitYear
    amount: Yuan | None = None
    paid_from: Id = CASH
    group: PremiumGroupWord = PremiumGroup.STANDARD
    note: Note = ""


class RefundForm(Form):
    """退费。of 是要退的那次就诊或缴费的编号，ground 是缘由。"""

    id: Id
    type: Literal["refund"]
    on: Moment
    of: Id
    ground: RefundGroundWord | None = None
    note: Note = ""


class HappensForm(Form):
    """办理的事项都有的：编号、办理的那一天和备注。"""

    id: Id
    on: Moment
    note: Note = ""


class WalletTransferForm(HappensForm):
    """医保钱包转账：payer 转给 beneficiary。accepted 写 false 的，对方没有收，钱退回。"""

    type: Literal["wallet_transfer"]
    payer: Id
    beneficiary: Id
    amount: Yuan
    accepted: Flag = True


class WalletQuotaForm(HappensForm):
    """医保钱包共济额度：payer 的账户里为 beneficiary 冻结多少。"""

    type: Literal["wallet_quota"]
    payer: Id
    beneficiary: Id
    amount: Yuan


class EnrolmentForm(HappensForm):
    """参保登记，on 是第一次缴费的那一天。monthly_base 是月缴费基数，不知道的不写。"""

    type: Literal["enrolment"]
    person: Id
    enrolled_as: EnrolledAsWord = Field(alias="as")
    area: Place
    monthly_base: Yuan | None = None


class ArrearsForm(HappensForm):
    """补缴，on 是补缴的那一天，from、to 是欠费的首尾两日，都在内。amount 不知道的不写。"""

    type: Literal["arrears"]
    person: Id
    since: Day = Field(alias="from")
    until: Day = Field(alias="to")
    amount: Yuan | None = None


class TransferForm(HappensForm):
    """转移接续，on 是申请的那一天，done 是办结的那一天，不写的按规定的时限。

    from、to 是两地；amount 是另一地还单独存着的余额，不写的是整个账户一起转。
    """

    type: Literal["transfer"]
    person: Id
    origin: Place = Field(alias="from")
    destination: Place = Field(alias="to")
    amount: Yuan | None = None
    done: Day | None = None


class RetirementForm(HappensForm):
    """办理医保退休，on 是办结的那一天。pays_up 写 false 的，缺的年限不一次补足。"""

    type: Literal["retirement"]
    person: Id
    pays_up: Flag = True


class DeathForm(HappensForm):
    """去世。"""

    type: Literal["death"]
    person: Id


class PayoutForm(HappensForm):
    """个人账户一次性支取。to 是得到钱的家人，不写的不在家里；amount 不写的是账户里的全部。"""

    type: Literal["payout"]
    person: Id
    reason: PayoutReasonWord
    to: Id | None = None
    amount: Yuan | None = None


MatterForm = (
    WalletTransferForm
    | WalletQuotaForm
    | EnrolmentForm
    | ArrearsForm
    | TransferForm
    | RetirementForm
    | DeathForm
    | PayoutForm
)
EventForm = Annotated[VisitForm | PremiumForm | RefundForm | MatterForm, Field(discriminator="type")]


class SettingsForm(Form):
    """口径设置。没有写的，由政策包决定。"""

    credit_monthly: Flag = True
    mutual_aid_pays_out_of_scope: Flag | None = None
    own_account_pays_out_of_scope: Flag | None = None


class ChanceForm(Form):
    """把握：每一次发生的可能性，和金额的波动。"""

    happens: Probability = Decimal(1)
    spread: Spread = Decimal(0)


class RecurringForm(CareForm):
    """周期性的就诊，首尾两日都在内。不写 chance 的，按这一类就诊通常的把握。"""

    id: Id | None = None
    type: Literal["visit"] = "visit"
    every: RhythmWord
    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")
    chance: ChanceForm | None = None


class RiskForm(CareForm):
    """计划外的病：通常的一次是怎样的，从哪天起，一年平均几次，金额波动多大。"""

    id: Id | None = None
    type: Literal["visit"] = "visit"
    since: Day = Field(alias="from")
    a_year: TimesAYear
    spread: Spread = Decimal(0)


class PlannedPremiumForm(Form):
    """每年为谁缴居民医保费。on 写一个缴费日，每年在这一天缴；不写的，征缴期一开始就缴。"""

    insured: Id = Field(alias="for")
    paid_from: Id
    on: Day | None = None


class RetiresForm(Form):
    """退休：从这天起按退休人员参保。"""

    type: Literal["retire"]
    person: Id
    on: Day


class MovesForm(Form):
    """迁居：从这天起在另一个地方参保。"""

    type: Literal["move"]
    person: Id
    on: Day
    area: Area


class EnrolsForm(Form):
    """换险种：从这天起换一种方式参保。monthly_base 是账户的月缴费基数，不知道的不写。"""

    type: Literal["enrol"]
    person: Id
    on: Day
    scheme: SchemeWord
    status: StatusWord
    area: Area
    monthly_base: Yuan | None = None


class DiesForm(Form):
    """去世：这天以后不再预计此人的事，绑定到这天为止。"""

    type: Literal["death"]
    person: Id
    on: Day


LifeForm = Annotated[RetiresForm | MovesForm | EnrolsForm | DiesForm, Field(discriminator="type")]


class PlanForm(Form):
    """规划。illness 是推演时计划外看病按照常的几倍，不写的是 1。"""

    recurring: list[RecurringForm] = Field(default=[])
    expected: list[EventForm] = Field(default=[])
    premiums: list[PlannedPremiumForm] = Field(default=[])
    wage_growth: Growth | None = None
    life: list[LifeForm] = Field(default=[])
    risks: list[RiskForm] = Field(default=[])
    illness: Illness = Decimal(1)


class OtherwiseForm(RecurringForm):
    """方案里的周期性就诊：编号与规划里的相同，就代替那一笔；不同，就是多出来的一笔。"""

    id: Id


class RuleChangeForm(Form):
    """假设的规则：从哪天起，政策里的哪一个值换成多少。entry 是表里的级别或身份，不写的是整个值。"""

    key: RuleKey
    since: Day = Field(alias="from")
    value: RuleValue
    entry: list[Name] = Field(default=[])


class ScenarioForm(Form):
    """方案：叠加在现状之上。

    end 写哪一条绑定到哪一日为止；premiums、recurring 代替规划里同一人、同一编号的；leaves_out 写不再发生的
    预计的编号；plan 是方案自己的一份规划，先代替家里的，再叠加其余。
    """

    name: Name
    end: dict[str, Day] = Field(default={})
    bindings: list[BindingForm] = Field(default=[])
    events: list[EventForm] = Field(default=[])
    plan: PlanForm | None = None
    premiums: list[PlannedPremiumForm] = Field(default=[])
    recurring: list[OtherwiseForm] = Field(default=[])
    leaves_out: list[PlannedId] = Field(default=[])
    life: list[LifeForm] = Field(default=[])
    rules: list[RuleChangeForm] = Field(default=[])


class PackForm(Form):
    """一个政策包和它的版本。"""

    id: RuleKey
    version: Version


class SnapshotForm(Form):
    """留存：某天算出的结果，用的是哪一版程序和哪些政策包。scenario 是方案的名字，不写的是基准。

    runs_out 是首次不足的月份，shortfall 是缺多少；lowest 是前 12 个月最低的月末余额。
    """

    scenario: Title = ""
    taken_on: Day
    until: Day
    account: Id
    engine: Version
    packs: list[PackForm] = Field(default=[])
    runs_out: Day | None = None
    shortfall: Yuan | None = None
    lowest: SignedYuan | None = None
    cash: SignedYuan
    by_others: SignedYuan
    end: SignedYuan


class SnoozeForm(Form):
    """暂缓的提示，until 这一天起再提醒。"""

    finding: FindingKey
    until: Day


class ErrandForm(Form):
    """办事进度：照哪一份指引、为谁办、从哪天开始。

    case 是哪一种情形；done 写哪一步是哪一天办的；papers 是备好的材料；answers 是问到的事；
    starts_on 是从哪天起数工作日。
    """

    id: Id
    guide: RuleKey
    person: Id
    begun: Day
    case: Title = ""
    done: dict[StepName, Day] = Field(default={})
    papers: list[StepName] = Field(default=[])
    answers: dict[StepName, Answer] = Field(default={})
    starts_on: Day | None = None


class FamilyForm(Form):
    """家庭文件。holder 是看谁的账户，不写的，看绑定最多的一位。"""

    format: Literal["gongji-family/1"]
    name: Title = ""
    source: Title = ""
    as_of: Day | None = None
    holder: Id | None = None
    people: list[PersonForm] = Field(min_length=1)
    bindings: list[BindingForm] = Field(default=[])
    events: list[EventForm] = Field(default=[])
    settings: SettingsForm = SettingsForm()
    plan: PlanForm | None = None
    scenarios: list[ScenarioForm] = Field(default=[])
    snoozes: list[SnoozeForm] = Field(default=[])
    snapshots: list[SnapshotForm] = Field(default=[])
    errands: list[ErrandForm] = Field(default=[])
    expect: Any = None
