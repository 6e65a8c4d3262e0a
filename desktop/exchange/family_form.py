"""家庭文件的形式。What may stand where in a `gongji-family/1` document; its JSON Schema is made from this."""

from typing import Annotated, Any, Literal

from pydantic import Field

from desktop.domain.care import Purpose
from desktop.exchange.values import (
    Area,
    BenefitYear,
    ChannelWord,
    CredentialWord,
    Day,
    FacilityWord,
    FindingKey,
    Flag,
    Form,
    Growth,
    Id,
    IdNumber,
    LevelWord,
    Moment,
    Name,
    Note,
    PurposeWord,
    RelationWord,
    RhythmWord,
    SchemeWord,
    SettingWord,
    SexWord,
    StatusWord,
    Title,
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


class PersonForm(Form):
    """家人。relation 是此人与账户所属人的关系，有绑定的可以不写。"""

    id: Id
    name: Name
    sex: SexWord | None = None
    born: Day | None = None
    id_number: IdNumber | None = None
    relation: RelationWord | None = None
    coverage: list[CoverageForm] = Field(default=[])
    account: AccountForm | None = None


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
    """缴纳居民医保费。paid_from 是家人的编号，或 cash（现金）。"""

    id: Id
    type: Literal["premium"]
    on: Moment
    insured: Id = Field(alias="for")
    benefit_year: BenefitYear
    amount: Yuan | None = None
    paid_from: Id = CASH
    note: Note = ""


class RefundForm(Form):
    """退费。of 是要退的那件事的编号。"""

    id: Id
    type: Literal["refund"]
    on: Moment
    of: Id
    note: Note = ""


EventForm = Annotated[VisitForm | PremiumForm | RefundForm, Field(discriminator="type")]


class SettingsForm(Form):
    """口径设置。没有写的，由政策包决定。"""

    credit_monthly: Flag = True
    mutual_aid_pays_out_of_scope: Flag | None = None
    own_account_pays_out_of_scope: Flag | None = None


class RecurringForm(CareForm):
    """周期性的就诊，首尾两日都在内。"""

    id: Id | None = None
    type: Literal["visit"] = "visit"
    every: RhythmWord
    since: Day = Field(alias="from")
    until: Day | None = Field(default=None, alias="to")


class PlannedPremiumForm(Form):
    """每年为谁缴居民医保费。"""

    insured: Id = Field(alias="for")
    paid_from: Id


class PlanForm(Form):
    """规划。"""

    recurring: list[RecurringForm] = Field(default=[])
    expected: list[EventForm] = Field(default=[])
    premiums: list[PlannedPremiumForm] = Field(default=[])
    wage_growth: Growth | None = None


class ScenarioForm(Form):
    """情景：叠加在现状之上。end 写哪一条绑定到哪一日为止。"""

    name: Name
    end: dict[str, Day] = Field(default={})
    bindings: list[BindingForm] = Field(default=[])
    events: list[EventForm] = Field(default=[])
    plan: PlanForm | None = None


class SnoozeForm(Form):
    """暂缓的提示，until 这一天起再提醒。"""

    finding: FindingKey
    until: Day


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
    expect: Any = None
