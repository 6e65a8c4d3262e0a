"""结果的形式。What the program prints with `--json`; others may lean on these fields, and more may come."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from desktop.domain.binding import Relation
from desktop.domain.clause import Confidence
from desktop.domain.finding import Severity
from desktop.domain.people import Scheme, Status
from desktop.domain.settlement import Side
from desktop.domain.terms import AMOUNTS
from desktop.exchange.family_document import schema as family_schema

_DRAFT = "https://json-schema.org/draft/2020-12/schema"

Yuan = Annotated[
    str,
    Field(
        pattern=r"^-?(0|[1-9][0-9]*)\.[0-9]{2}$", description="元，两位小数；退费为负", examples=["494.00"]
    ),
]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples=["2025-03-01"])]
MonthOfYear = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$", examples=["2025-03"])]


class Result(BaseModel):
    """One object of a result. Fields may be added, so what is not named here is let pass."""

    model_config = ConfigDict(extra="allow", frozen=True)


class ClauseResult(Result):
    """条款。"""

    key: str
    title: str
    number: str
    since: Day | None
    confidence: Confidence


class FindingResult(Result):
    """提示。about 的第一个是所指的记录，之后可以有有关的人。"""

    rule: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$")]
    severity: Severity
    about: Annotated[list[str], Field(min_length=1)]
    on: Day
    says: str
    clause: ClauseResult
    fix: list[str]


class FindingsResult(Result):
    """gongji check --json。"""

    format: Literal["gongji-findings/1"]
    findings: list[FindingResult]


class ShareResult(Result):
    """某一位共济人支付的金额。"""

    payer: str
    amount: Yuan


class QuotedResult(Result):
    """一条依据。"""

    key: str
    source: str
    since: Day | None
    confidence: Confidence
    disputed: bool
    says: str


class StepResult(Result):
    """结算的一步和它的依据。"""

    step: str
    amount: Yuan
    key: str | None
    source: str
    since: Day | None
    confidence: Confidence
    disputed: bool
    says: str
    holder: str = ""
    also: list["QuotedResult"] = []


class SettlementResult(Result):
    """一次结算。setlinfo 用国家接口的字段名，各项金额齐全；退费另列一条负数记录，refunds 是原来的编号。"""

    event: str
    on: Day
    patient: str
    setlinfo: Annotated[
        dict[str, Yuan],
        Field(json_schema_extra={"required": list(AMOUNTS), "propertyNames": {"enum": list(AMOUNTS)}}),
    ]
    mutual_aid: list[ShareResult]
    trace: list[StepResult]
    refunds: str = ""


class MovedResult(Result):
    """办理一件事时动的一笔钱。owner 是家人的编号；额度的是绑定的编号；不属于谁的是空的。"""

    on: Day
    side: Side
    owner: str
    amount: Yuan


class InsuredResult(Result):
    """办理之后怎样参保。benefits_from 是待遇开始的那一天；null 是从 since 起。"""

    scheme: Scheme
    status: Status
    area: str
    since: Day
    until: Day | None
    benefits_from: Day | None


class MatterResult(Result):
    """办理的一件事。stands 是 false 的，规则不允许或没有规则可依，什么都没有变。"""

    event: str
    type: str
    on: Day
    person: str
    says: str
    stands: bool
    moved: list[MovedResult]
    insured: InsuredResult | None = None


class SettlementsResult(Result):
    """gongji settle --json。balances 是最后一件事那一天之后的余额。

    wallets 是各人医保钱包里的钱；quotas 是各条绑定还冻结着的共济额度；transit 是各人还在途中的钱。
    """

    format: Literal["gongji-settlements/1"]
    settlements: list[SettlementResult]
    matters: list[MatterResult] = []
    balances: dict[str, Yuan]
    wallets: dict[str, Yuan] | None = None
    quotas: dict[str, Yuan] | None = None
    transit: dict[str, Yuan] | None = None
    findings: list[FindingResult]


class MonthResult(Result):
    """规划的一个月。模拟多种未来时，另有分位数。

    上月的 balance + credited - paid_own - paid_mutual_aid - premiums + moved 是这个月的 balance。
    """

    month: MonthOfYear
    credited: Yuan
    paid_own: Yuan
    paid_mutual_aid: Yuan
    premiums: Yuan
    cash: Yuan
    moved: Yuan = "0.00"
    balance: Yuan
    p10: Yuan | None = None
    p25: Yuan | None = None
    p50: Yuan | None = None
    p75: Yuan | None = None
    p90: Yuan | None = None
    lasting: int | None = None


class CauseResult(Result):
    """推演里最先不够的是什么，有多少次。"""

    person: str
    what: str
    futures: int


class DriverResult(Result):
    """主要取决于什么：它来得多和来得少的推演，各有多大比例撑过这个月。"""

    person: str
    what: str
    month: MonthOfYear
    lasting_with: float
    lasting_without: float


class LowestResult(Result):
    """余额最低的一个月。"""

    month: MonthOfYear
    balance: Yuan


class PackResult(Result):
    """用到的政策包。"""

    id: str
    version: str


class PlanResult(Result):
    """gongji plan --json。"""

    months: list[MonthResult]
    lowest: LowestResult | None
    runs_out: MonthOfYear | None
    cash_total: Yuan
    assumed_from: Day
    seed: int | None
    paths: int | None = None
    causes: list[CauseResult] | None = None
    short: dict[str, Yuan] | None = None
    driver: DriverResult | None = None
    engine: str
    packs: list[PackResult]


class ShortfallResult(Result):
    """第一次不够付。"""

    on: Day
    event: str
    patient: str
    amount: Yuan


class FlowResult(Result):
    """平均一年的一项进出。"""

    what: str
    amount: Yuan


class DeltaResult(Result):
    """与基准之差。later 是多撑的月数，at_least 说它是下限：两者之一到期末也没有不够。"""

    later: int
    at_least: bool
    lowest_in_a_year: Yuan
    cash: Yuan
    by_others: dict[str, Yuan]
    end: Yuan


class DifferenceResult(Result):
    """记账不同的一件事：账户多进、现金多付、别人账户为家人多付、为自己多付。"""

    on: Day
    event: str
    what: str
    account: Yuan
    cash: Yuan
    others: Yuan
    own_care: Yuan


class RunResult(Result):
    """一个方案；基准的 scenario 是 null，没有 delta 和 differences。"""

    scenario: str | None
    differs: str
    runs_out: MonthOfYear | None
    first_shortfall: ShortfallResult | None
    cause: str | None
    lowest_in_a_year: LowestResult
    cash: Yuan
    by_others: dict[str, Yuan]
    end: Yuan
    yearly: list[FlowResult]
    delta: DeltaResult | None = None
    differences: list[DifferenceResult] | None = None


class ComparisonResult(Result):
    """gongji plan --compare --json。第一个是基准；notes 是各方案要留意的提示，每条一次。"""

    format: Literal["gongji-comparison/1"]
    account: str
    from_: Annotated[MonthOfYear, Field(alias="from")]
    until: MonthOfYear
    runs: Annotated[list[RunResult], Field(min_length=1)]
    engine: str
    packs: list[PackResult]
    notes: list[FindingResult]


class EffectResult(Result):
    """这一天起的十二个月：账户多进、现金多付、家人的账户多进。"""

    account: Yuan
    cash: Yuan
    others: Yuan


class NewRuleResult(Result):
    """家里用到、这一天起不同的一项；effect 是单独这一项带来的，算不出的是 null。"""

    key: str
    channel: str
    title: str
    turn: Literal["changes", "begins", "ends", "estimated"]
    before: str
    after: str
    since: Day | None
    source: str
    confidence: Confidence
    people: list[str]
    means: str
    effect: EffectResult | None


class ChangesResult(Result):
    """gongji plan --changes-on --json。estimated 是还没有公布、照上一年估的；same 是不变的项数。"""

    format: Literal["gongji-changes/1"]
    account: str
    day: Day
    changed: list[NewRuleResult]
    estimated: list[NewRuleResult]
    same: int
    assumed: int
    covered_until: Day
    effect: EffectResult
    engine: str


class BondResult(Result):
    """一对绑定。relation 是使用人是共济人的什么人，assumed 说它是推算的；turn：不变、新绑定、结束。"""

    payer: str
    beneficiary: str
    relation: Relation
    turn: Literal["kept", "new", "ended"]
    assumed: bool


class LentResult(Result):
    """一个账户为家人支付的合计，和期末余额。"""

    payer: str
    amount: Yuan
    left: Yuan


class OptionResult(Result):
    """另一种分法。"""

    bindings: list[BondResult]
    cash: Yuan
    paid_by_others: list[LentResult]


class PairResult(Result):
    """关系不明、没有算的一对。"""

    payer: str
    beneficiary: str


class ImpossibleResult(Result):
    """没有人可以绑定的人，和各位共济人违反的规则。"""

    person: str
    findings: list[FindingResult]


class AssignmentResult(Result):
    """gongji assign --json。最省现金的绑定；from 是改动生效的那一天，不用改时为 null。"""

    format: Literal["gongji-assignment/1"]
    account: str
    until: MonthOfYear
    bindings: list[BondResult]
    ended: list[BondResult]
    from_: Annotated[Day | None, Field(alias="from")]
    cash_before: Yuan
    cash: Yuan
    saving: Yuan
    paid_by_others: list[LentResult]
    runner_up: OptionResult | None
    natural: OptionResult | None
    why: list[str]
    proven: bool
    judged: int
    unknown: list[PairResult]
    impossible: list[ImpossibleResult]
    engine: str
    packs: list[PackResult]


class DisputeResult(Result):
    """另一种说法。"""

    value: Any
    source: str
    says: str


class PolicyResult(Result):
    """gongji policy show --json。"""

    key: str
    area: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    on: Day
    value: Any
    unit: str
    since: Day
    until: Day | None
    source: str
    says: str
    confidence: Confidence
    disputed: list[DisputeResult]


IdentityId = Literal["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8"]


class MessageResult(Result):
    """一条结算消息：归一后的字段，和恒等式的核对。没有的字段不列。"""

    file: str
    setlinfo: dict[str, str]
    identities: dict[IdentityId, Literal["ok", "mismatch", "n/a"]]
    difference: dict[IdentityId, Yuan]


class MessagesResult(Result):
    """gongji import messages --json。"""

    format: Literal["gongji-messages/1"]
    messages: list[MessageResult]


class GuideNameResult(Result):
    """一份指南的名字。"""

    id: str
    group: str
    title: str


class GuidesResult(Result):
    """gongji guide --json，不写指南时：有哪些。"""

    format: Literal["gongji-guides/1"]
    guides: list[GuideNameResult]


class SaidResult(Result):
    """一句话和它的依据。assumed：用到的数字过了规则收录的日子，按不变预计。"""

    says: str
    source: str
    confidence: Confidence
    disputed: str
    assumed: bool


class GuideStepResult(Result):
    """指南的一步。due 是最迟的日子，done_on 是办了的那一天。"""

    id: str
    title: str
    detail: str
    who: str
    state: Literal["done", "current", "waiting", "late"]
    done_on: Day | None
    due: Day | None


class PaperResult(Result):
    """要带的一样东西。"""

    id: str
    title: str
    need: str


class PlaceResult(SaidResult):
    """去哪里办。verify：请先拨打 12393 核实。"""

    way: str
    verify: bool


class DeadlineResult(SaidResult):
    """一个期限。on 是 null 的，没有人公布过；days_left 为负的，已经过了。"""

    title: str
    on: Day | None
    days_left: int | None


class StageResult(Result):
    """等待的一段，首尾两日都在内。"""

    label: str
    first: Day
    last: Day


class TimelineResult(Result):
    """从提交那天推算的日子。estimated：有的年份放假安排还没有公布，按周一至周五预计。"""

    counted_from: Day
    estimated: bool
    stages: list[StageResult]


class GuideResult(Result):
    """gongji guide --json：一份指南，为一位家人，在这一天。"""

    format: Literal["gongji-guide/1"]
    id: str
    title: str
    person: str
    subject: str
    case: str
    summary: SaidResult
    steps: list[GuideStepResult]
    papers: list[PaperResult]
    places: list[PlaceResult]
    deadlines: list[DeadlineResult]
    timeline: TimelineResult | None
    effects: list[SaidResult]
    notes: list[SaidResult]
    basis: str


class ChoiceResult(Result):
    """可以怎样回答：写成 --answer question=value。"""

    value: str
    label: str


class QuestionResult(Result):
    """gongji why-not --json，还要问的时候。"""

    format: Literal["gongji-why-not/1"]
    question: str
    asks: str
    why: str
    choices: Annotated[list[ChoiceResult], Field(min_length=2)]


class ReasonResult(Result):
    """用不了的一个原因。key 是所依据的规则，没有成文的是 null。"""

    cause: str
    sure: Literal["就是", "很可能", "可能"]
    title: str
    says: str
    key: str | None
    todo: Annotated[list[str], Field(min_length=1)]


class VerdictResult(Result):
    """gongji why-not --json，问完以后。apart 说明亲情账户和家庭共济的区别，ask 是可以问 12393 的。"""

    format: Literal["gongji-why-not/1"]
    verdict: str
    reasons: list[ReasonResult]
    apart: list[str]
    ask: list[str]


RESULTS: dict[str, type[Result]] = {
    "assignment": AssignmentResult,
    "changes": ChangesResult,
    "comparison": ComparisonResult,
    "findings": FindingsResult,
    "guide-shown": GuideResult,
    "guides": GuidesResult,
    "messages": MessagesResult,
    "plan": PlanResult,
    "policy": PolicyResult,
    "settlements": SettlementsResult,
    "why-not-question": QuestionResult,
    "why-not-verdict": VerdictResult,
}


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of the family document and of every result, by name."""
    made = {name: {"$schema": _DRAFT, **form.model_json_schema()} for name, form in RESULTS.items()}
    return {"family": family_schema(), **made}
