"""五份材料。What the program answers to each statement of its sources: kept, dated, disputed or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.domain.binding import Relation
from desktop.domain.clause import Confidence
from desktop.policy.policy import NotCovered, Term
from desktop.usecases.open_book import open_book
from desktop.usecases.open_guides import open_guides
from tests.families import CHANGSHA, RESOURCES, SHAOYANG, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.guides.guide import Guide, Sentence
    from desktop.policy.pack import Value

TODAY = date(2026, 11, 21)
PACKS = shipped().packs.values()
EIGHT = tuple(
    one.value
    for one in Relation
    if one not in {Relation.PARENT_IN_LAW, Relation.CHILD_IN_LAW, Relation.OTHER}
)


def term(key: str, *entry: str, on: date = TODAY, area: str = CHANGSHA, channel: str = "") -> Term[Value]:
    return shipped().law(area, on).policy.term(key, *entry, channel=channel)


@dataclass(frozen=True)
class Kept:
    """The packs say so, for as long as they answer; `sure` is how sure they are."""

    key: str
    value: Value
    entry: tuple[str, ...] = ()
    on: date = TODAY
    area: str = CHANGSHA
    channel: str = ""
    sure: Confidence | None = None
    disputed: bool = False

    def check(self) -> None:
        found = term(self.key, *self.entry, on=self.on, area=self.area, channel=self.channel)
        assert found.value == self.value
        assert found.in_dispute is self.disputed
        if self.sure is not None:
            assert found.confidence is self.sure


@dataclass(frozen=True)
class Dated:
    """It held until a day (exclusive), and something else holds since."""

    key: str
    before: Value | None
    since: date
    after: Value
    entry: tuple[str, ...] = ()
    channel: str = ""

    def check(self) -> None:
        last = date.fromordinal(self.since.toordinal() - 1)
        after = term(self.key, *self.entry, on=self.since, channel=self.channel)
        assert after.value == self.after
        if self.before is None:
            with pytest.raises(NotCovered):
                term(self.key, *self.entry, on=last, channel=self.channel)
        else:
            assert term(self.key, *self.entry, on=last, channel=self.channel).value == self.before


@dataclass(frozen=True)
class Disputed:
    """The packs say something else or nothing certain, and name this value as what another source says."""

    key: str
    theirs: Value
    channel: str = ""

    def check(self) -> None:
        found = term(self.key, channel=self.channel)
        assert found.in_dispute
        assert self.theirs in [one.value for one in found.disputed]


@dataclass(frozen=True)
class Refused:
    """It stands among what was read and not taken, with the reason."""

    words: str
    reason: str

    def check(self) -> None:
        found = [one for pack in PACKS for one in pack.refused if self.words in one.says]
        assert len(found) >= 1
        assert all(one.reason for one in found)
        assert any(self.reason in one.reason for one in found)


@dataclass(frozen=True)
class Noted:
    """It is known and plays no part in any sum; the packs say why not."""

    words: str

    def check(self) -> None:
        found = [one for pack in PACKS for one in pack.not_modelled if self.words in one.says]
        assert len(found) == 1
        assert found[0].reason


@dataclass(frozen=True)
class Led:
    """A guide leads through it, with the words of the document in it."""

    guide: str
    words: tuple[str, ...]

    def check(self) -> None:
        guide = {one.id: one for one in guides()}[self.guide]
        said = " ".join(one.says for one in sentences(guide))
        titles = " ".join((*(one.title for one in guide.steps), *(one.title for one in guide.papers)))
        for words in self.words:
            assert words in f"{said} {titles}", words


def guides() -> tuple[Guide, ...]:
    return open_guides(RESOURCES, open_book(RESOURCES, ())[0])


def sentences(guide: Guide) -> Iterator[Sentence]:
    yield from (guide.says, *guide.effects, *guide.notes)
    for parts in (guide.steps, guide.papers, guide.places, guide.deadlines, guide.cases):
        yield from (one.says for one in parts)


Answer = Kept | Dated | Disputed | Refused | Noted | Led

STATEMENTS: tuple[tuple[str, Answer], ...] = (
    # S0 湖南省职工医保是哪年开始实施的
    ("S0 湖南职工医保2000年开始实施", Noted("湖南职工医保自2000年开始实施")),
    ("S0 由人社部门管理", Refused("由人力资源社会保障部门管理", "医疗保障部门")),
    (
        "S0 大病起付线1.6万",
        Kept(
            "resident_critical.deductible", Decimal("16000.00"), on=date(2025, 6, 1), sure=Confidence.MEDIUM
        ),
    ),
    (
        "S0 邵阳门诊在职1500",
        Kept("employee_outpatient.ceiling", Decimal("1500.00"), ("active",), area=SHAOYANG),
    ),
    (
        "S0 邵阳门诊退休2000",
        Kept("employee_outpatient.ceiling", Decimal("2000.00"), ("retired",), area=SHAOYANG),
    ),
    (
        "S0 邵阳基层零起付",
        Kept("employee_outpatient.deductible", Decimal("0.00"), ("grassroots",), area=SHAOYANG),
    ),
    ("S0 43种慢特病", Disputed("chronic.disease_list", "43种")),
    ("S0 连续参保每年提高5000", Kept("premium.loyalty_bonus", Decimal("5000.00"))),
    ("S0 零报销次年提高5000", Kept("premium.zero_claim_bonus", Decimal("5000.00"))),
    ("S0 待遇期开始前可以退费", Kept("premium.refund_until", {"year": -1, "day": "12-31"})),
    ("S0 账户可以继承", Kept("account.heritable", value=True)),
    ("S0 统筹不能继承", Kept("closing.pool_heritable", value=False)),
    ("S0 北京上海广州深圳可以取现", Refused("北京、上海、广州、深圳", "不是湖南的规定")),
    # S1 长沙医疗共济可以交居民医保吗
    (
        "S1 最多绑定10名家庭成员",
        Kept("mutual_aid.most_active", 10, channel="in_province", sure=Confidence.HIGH),
    ),
    ("S1 八类亲属", Kept("mutual_aid.relations", EIGHT, channel="in_province")),
    ("S1 湖南省内参保", Kept("mutual_aid.beneficiary_place", "province", channel="in_province")),
    (
        "S1 每人只接受一个人的共济",
        Kept("mutual_aid.payers_per_beneficiary", 1, channel="in_province", sure=Confidence.MEDIUM),
    ),
    ("S1 账户余额不能为0", Kept("mutual_aid.payer_has_account", value=True)),
    ("S1 用的是个人账户不是医保卡", Kept("account.card_balance_shareable", value=False)),
    ("S1 不限级别", Kept("mutual_aid.pays_at", ("designated_hospital", "designated_pharmacy"))),
    ("S1 余额不足用其他方式", Kept("mutual_aid.partial_draw", value=True)),
    ("S1 可以交居民医保", Kept("mutual_aid.pays_premium", value=True, channel="premium_proxy")),
    ("S1 亲情账户只展示医保码", Kept("mutual_aid.code_account_shares_money", value=False)),
    ("S1 须用本人凭证", Kept("visit.own_credential", value=True)),
    ("S1 须同时是本市参保人", Refused("必须同时是本市参保人", "2024年11月26日")),
    (
        "S1 本市参保（当时）",
        Dated("mutual_aid.area", "pool", date(2024, 11, 26), "province", channel="in_province"),
    ),
    ("S1 配偶、父母、子女等", Refused("只限配偶、父母、子女", "近亲属八类")),
    (
        "S1 配偶、父母、子女（当时）",
        Dated(
            "mutual_aid.relations",
            ("spouse", "parent", "child"),
            date(2024, 12, 9),
            EIGHT,
            channel="in_province",
        ),
    ),
    ("S1 2024年度400元", Refused("2024年度居民医保个人缴费400元", "2025待遇年度")),
    (
        "S1 400元是2025年度的",
        Dated("premium.personal", Decimal("380.00"), date(2025, 1, 1), Decimal("400.00")),
    ),
    ("S1 职工共济申请、居民共济申请", Led("bind", ("家庭共济", "先问 12393"))),
    ("S1 大厅地址", Led("bind-at-counter", ("芙蓉中路一段669号14楼", "金星北路一段20号"))),
    # S2 湖南省内职工医保怎么跨市转移
    ("S2 转出15个工作日", Dated("transfer.in_province_out_days", 15, date(2025, 7, 10), 0)),
    ("S2 转入15个工作日", Dated("transfer.in_province_in_days", 15, date(2025, 7, 10), 0)),
    ("S2 现在还要15个工作日和联系函", Refused("仍须各15个工作日", "即时办结")),
    ("S2 须本人申请", Dated("transfer.automatic", before=False, since=date(2025, 7, 10), after=True)),
    ("S2 先结清欠费", Kept("transfer.no_arrears", value=True)),
    ("S2 男30年", Kept("retirement.total_years", 30, ("male",))),
    ("S2 女25年", Kept("retirement.total_years", 25, ("female",))),
    ("S2 2025年实际12年", Kept("retirement.local_years", 12, ("2025",))),
    ("S2 2028年实际15年", Kept("retirement.local_years", 15, ("2028",))),
    ("S2 灵活就业30日后", Kept("enrolment.first_benefits", 30, sure=Confidence.MEDIUM)),
    ("S2 单位职工下个月起", Refused("次月起享受待遇", "30天")),
    ("S2 断缴超过3个月等6个月", Refused("要等6个月", "外省")),
    ("S2 断缴3个月内补缴恢复", Kept("enrolment.arrears_retroactive_within", 3, sure=Confidence.LOW)),
    ("S2 泰安长护险扣费", Refused("长期护理保险费每年30元", "泰安")),
    # S3 职工医保统筹怎么办理
    ("S3 只说一般的步骤", Noted("统筹办理的七步")),
    ("S3 确认资格", Led("enrol", ("确认属于哪一种人", "在职职工", "退休人员", "灵活就业"))),
    ("S3 准备材料", Led("enrol", ("身份证", "户口簿", "劳动合同", "退休证明", "个体工商户营业执照"))),
    ("S3 选择办理方式", Led("enrol", ("选网上办还是窗口办",))),
    ("S3 提交申请", Led("enrol", ("提交登记",))),
    ("S3 等待审核", Led("enrol", ("等待审核", "未见统一规定"))),
    ("S3 缴费与开通", Led("enrol", ("缴费", "等待遇开始"))),
    ("S3 就医与报销", Led("enrol", ("看病时出示医保码", "报销"))),
    ("S3 共济是配偶、父母、子女", Refused("只限配偶、父母、子女", "近亲属八类")),
    # S4 职工医保个人账户有新变化
    ("S4 9省2024年12月起", Kept("wallet.areas_online", 31, on=date(2024, 12, 2))),
    (
        "S4 苏州转给河南亲属",
        Kept("wallet.online", value=True, entry=("41",), on=date(2024, 12, 2), area="320500"),
    ),
    ("S4 湖南当时未开通", Kept("wallet.online", value=False, on=date(2024, 12, 2))),
    ("S4 近亲属八类", Kept("mutual_aid.relations", EIGHT, on=date(2025, 1, 1), channel="wallet_transfer")),
    (
        "S4 起付线以下可以付",
        Kept("mutual_aid.pays_for", ("deductible", "copay", "upfront"), disputed=True, channel="in_province"),
    ),
    ("S4 单位缴费30%计入统筹", Refused("单位缴费的30%计入统筹基金", "全部进入统筹基金")),
    ("S4 退休人员约2%", Kept("account.retiree_monthly", Decimal("75.00"))),
    ("S4 退休人员按养老金2%", Refused("按本人养老金的2%", "统一定额75元")),
    ("S4 费率下调、慢特病纳入", Noted("2025年起多地下调职工医保费率")),
)


@pytest.mark.parametrize("answer", [answer for _, answer in STATEMENTS], ids=[name for name, _ in STATEMENTS])
def test_what_the_program_answers(answer: Answer) -> None:
    answer.check()


def test_that_all_five_documents_are_answered() -> None:
    assert {name[:2] for name, _ in STATEMENTS} == {"S0", "S1", "S2", "S3", "S4"}


def test_that_no_statement_is_answered_twice() -> None:
    names = [name for name, _ in STATEMENTS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "wrong",
    [
        Kept("mutual_aid.most_active", 7, channel="in_province"),
        Kept("chronic.disease_list", "43种"),
        Disputed("chronic.disease_list", "44种"),
        Dated("transfer.in_province_out_days", 10, date(2025, 7, 10), 0),
        Refused("没有人这样说", ""),
        Noted("没有人这样说"),
        Led("enrol", ("没有人这样说",)),
    ],
    ids=lambda one: type(one).__name__,
)
def test_that_a_wrong_answer_would_be_seen(wrong: Answer) -> None:
    with pytest.raises(AssertionError):
        wrong.check()
