"""新旧规则对照。What a new year or a new pack changes for one family, and what each line comes to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Level, Setting
from desktop.domain.clause import Confidence
from desktop.domain.family import Family
from desktop.domain.matter import (
    AccountTransfer,
    ArrearsPaid,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.people import History, Person, Sex, Status
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Rhythm, Scenario
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund, RefundGround
from desktop.domain.wallet import WalletQuota
from desktop.exchange.results import RESULTS
from desktop.planning.matters import as_lived
from desktop.planning.scenario import with_scenario
from desktop.planning.timeline import holder_of, outlook
from desktop.policy.book import Book
from desktop.policy.law import Law
from desktop.policy.pack import Value
from desktop.policy.policy import Policy
from desktop.rules.premium import PROXY
from desktop.usecases.compare_packs import (
    Effect,
    NewRule,
    NewRules,
    Turn,
    changes_between,
    changes_on,
)
from desktop.usecases.compare_packs_result import new_rules_lines, new_rules_result
from desktop.usecases.open_family import open_family
from desktop.usecases.rules_in_use import rules_in_use
from tests.families import (
    CHANGSHA,
    ELSEWHERE,
    RESOURCES,
    ZHUZHOU,
    bound,
    charged,
    family,
    hospital,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)

TODAY, NEW_YEAR = date(2026, 11, 21), date(2027, 1, 1)
EVE, LAST = date(2026, 12, 31), date(2027, 12, 31)
NOTHING_MORE = Effect(yuan(0), yuan(0), yuan(0))


def said_in(pack: str, key: str, value: Value | None) -> Book:
    """The shipped packs going on, but for what one of them says of a key from the new year on."""
    book = shipped()
    before = book.packs[pack]
    blocks = {
        name: (*held[:-1], replace(held[-1], until=None) if held[-1].until == EVE else held[-1])
        for name, held in before.blocks.items()
    }
    old = before.blocks[key]
    new = replace(old[-1], since=NEW_YEAR, until=None, value=value)
    blocks[key] = (*old[:-1], replace(old[-1], until=EVE), new)
    return book.with_packs([replace(before, blocks=blocks, covers_until=LAST)])


def ours(plan: Plan | None = None, *, status: Status = Status.ACTIVE, balance: int = 9000) -> Family:
    made = family(
        worker(balance=balance, base=10_000, status=status),
        resident(),
        resident("dad"),
        bindings=(bound(), bound("me", "dad")),
        as_of=TODAY,
        credit_monthly=True,
        plan=plan or Plan(premiums=(PlannedPremium("mum", "me"), PlannedPremium("dad", None))),
    )
    return replace(made, holder="me")


def stays(patient: str = "mum", level: Level | None = None) -> Plan:
    provider = hospital() if level is None else hospital(level)
    stay = visit("stay", date(2027, 5, 10), patient, charged(20_000), provider=provider)
    return Plan((Recurring(replace(stay, setting=Setting.INPATIENT), Rhythm.YEAR),))


def of_key(result: NewRules, key: str) -> list[NewRule]:
    return [one for one in result.rules if one.key == key]


# ----------------------------------------------------------------------------------------------- line by line


def test_that_a_new_premium_says_from_when_for_whom_and_what_it_costs_in_a_year() -> None:
    result = changes_between(
        ours(), shipped(), said_in("cn-43", "premium.personal", Decimal("420.00")), NEW_YEAR
    )
    [rule] = of_key(result, "premium.personal")
    assert (rule.before, rule.after) == ("400.00 元/年", "420.00 元/年")
    assert (rule.turn, rule.since, rule.confidence) == (Turn.CHANGES, NEW_YEAR, Confidence.HIGH)
    assert (rule.title, rule.means) == ("居民医保个人缴费标准", "父母 2 人的居民医保费")
    assert rule.people == ("mum", "dad")


def test_that_the_share_of_a_stay_is_told_for_its_level_and_in_yuan() -> None:
    old = shipped().packs["cn-43"].blocks["resident_inpatient.pool_share"][-1].value
    assert isinstance(old, dict)
    book = said_in("cn-43", "resident_inpatient.pool_share", {**old, "tertiary": Decimal("0.75")})
    result = changes_between(ours(stays()), shipped(), book, NEW_YEAR)
    [rule] = of_key(result, "resident_inpatient.pool_share")
    assert (rule.title, rule.before, rule.after) == ("居民住院统筹支付比例（三级）", "65%", "75%")
    assert rule.means == "父母的住院"
    assert rule.effect is not None
    assert rule.effect.account > 0
    assert rule.effect == result.effect


def test_that_a_table_that_changes_elsewhere_only_changes_nothing_for_us() -> None:
    old = shipped().packs["cn-43"].blocks["resident_inpatient.pool_share"][-1].value
    assert isinstance(old, dict)
    book = said_in("cn-43", "resident_inpatient.pool_share", {**old, "grassroots": Decimal("0.95")})
    result = changes_between(ours(stays()), shipped(), book, NEW_YEAR)
    assert of_key(result, "resident_inpatient.pool_share") == []
    assert result.effect == NOTHING_MORE


def test_that_a_new_rate_changes_what_is_credited_each_month() -> None:
    book = said_in("cn-43", "account.own_rate", Decimal("0.03"))
    result = changes_between(ours(Plan()), shipped(), book, NEW_YEAR)
    [rule] = result.changed
    assert (rule.before, rule.after, rule.means) == ("2%", "3%", "本人的个人账户划入")
    assert rule.effect == result.effect == Effect(yuan(1200), yuan(0), yuan(0))


def test_that_those_who_retired_are_told_of_their_fixed_credit_alone() -> None:
    book = said_in("cn-43", "account.retiree_monthly", Decimal("80.00"))
    retired = ours(Plan(), status=Status.RETIRED)
    [rule] = changes_between(retired, shipped(), book, NEW_YEAR).changed
    assert rule.effect == Effect(yuan(60), yuan(0), yuan(0))
    assert changes_between(ours(Plan()), shipped(), book, NEW_YEAR).changed == ()


def test_that_what_others_pay_and_cash_are_told_apart_from_the_account() -> None:
    book = said_in("cn-43", "premium.personal", Decimal("420.00"))
    made = replace(ours(), people=(*ours().people, worker("bro")), bindings=(bound("bro"),))
    plan = Plan(premiums=(PlannedPremium("mum", "bro"), PlannedPremium("dad", None)))
    [rule] = of_key(changes_between(replace(made, plan=plan), shipped(), book, NEW_YEAR), "premium.personal")
    assert rule.effect == Effect(yuan(0), yuan(20), -yuan(20))


def test_that_a_limit_of_bindings_is_told_for_all_who_are_bound() -> None:
    book = said_in("cn-43", "mutual_aid.most_active", 1)
    [rule] = changes_between(ours(Plan()), shipped(), book, NEW_YEAR).changed
    assert (rule.title, rule.before, rule.after) == ("家庭共济同时最多绑定", "10 人", "1 人")
    assert (rule.channel, rule.means) == ("in_province", "父母 2 人的绑定")


def test_that_several_lines_of_one_table_give_its_effect_once() -> None:
    old = shipped().packs["cn-43"].blocks["resident_inpatient.pool_share"][-1].value
    assert isinstance(old, dict)
    new = {**old, "tertiary": Decimal("0.75"), "primary": Decimal("0.90")}
    two = (*stays().recurring, *stays("dad", Level.PRIMARY).recurring)
    named = tuple(replace(one, visit=replace(one.visit, id=f"stay{n}")) for n, one in enumerate(two))
    book = said_in("cn-43", "resident_inpatient.pool_share", new)
    lines = changes_between(ours(Plan(named)), shipped(), book, NEW_YEAR).changed
    assert [one.title for one in lines] == ["居民住院统筹支付比例（三级）", "居民住院统筹支付比例（一级）"]
    assert [one.effect is None for one in lines] == [False, True]


# -------------------------------------------------------------------------------------- begins, ends, unknown


def test_that_what_is_not_published_for_the_new_year_is_estimated_and_said() -> None:
    result = changes_on(ours(), shipped(), NEW_YEAR)
    assert result.changed == ()
    assert {one.key for one in result.estimated} == {"premium.personal", "premium.window", "premium.late"}
    [window] = of_key(result, "premium.window")
    assert (window.after, window.since, window.effect) == ("2026-09-01 至 2027-01-31（估）", None, None)
    assert (result.assumed, result.covered_until) == (result.same, date(2026, 12, 31))
    assert result.effect == NOTHING_MORE


def test_that_a_value_known_to_exist_and_not_published_ends() -> None:
    book = said_in("cn-43", "premium.personal", None)
    [rule] = of_key(changes_between(ours(), shipped(), book, NEW_YEAR), "premium.personal")
    assert (rule.turn, rule.before, rule.after) == (Turn.ENDS, "400.00 元/年", "未公布")
    assert rule.effect is None


def test_that_a_rule_that_was_not_there_begins() -> None:
    full = said_in("cn-43", "premium.late", Decimal("1200.00"))
    blocks = {key: one for key, one in shipped().packs["cn-43"].blocks.items() if key != "premium.late"}
    bare = shipped().with_packs([replace(shipped().packs["cn-43"], blocks=blocks)])
    [rule] = of_key(changes_between(ours(), bare, full, NEW_YEAR), "premium.late")
    assert (rule.turn, rule.before, rule.after) == (Turn.BEGINS, "没有规定", "1,200.00 元/年")


def test_that_a_pack_that_is_new_itself_is_no_trouble() -> None:
    without = Book(one for one in shipped().packs.values() if one.id != "cn-4301")
    result = changes_between(ours(stays()), without, shipped(), NEW_YEAR)
    assert result.day == NEW_YEAR


def test_that_a_wider_window_lets_a_payment_through_that_was_too_late() -> None:
    day = date(2026, 1, 1)
    made = open_family(RESOURCES / "samples" / "sandwich-family.json", TODAY)
    [window] = of_key(changes_on(made, shipped(), day), "premium.window")
    assert (window.before, window.after) == ("2025-09-01 至 2025-12-31", "2025-09-01 至 2026-01-31")
    assert window.effect == Effect(-yuan(1600), yuan(0), yuan(0))


# --------------------------------------------------------------------------------------------- what is in use


def asked_in(made: Family, book: Book, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Keys and channels that the engine asks the new year's law for."""
    asked: set[tuple[str, str]] = set()
    answer = Policy.term

    def term(self: Policy, key: str, *entry: str, channel: str = "") -> object:
        found = answer(self, key, *entry, channel=channel)
        if self.day >= NEW_YEAR:
            asked.add((key, channel))
        return found

    monkeypatch.setattr(Policy, "term", term)
    outlook(made, book, holder_of(made), LAST)
    monkeypatch.undo()
    return asked


def with_matters() -> Family:
    """One of each matter, each for someone to whom it can happen."""
    known = History(date(2024, 12, 31), 200, 150)
    moving = replace(worker("moving", balance=500), history=known)
    retiring = replace(worker("retiring"), born=date(1966, 3, 1), sex=Sex.MALE, history=known)
    flexible = replace(worker("flexible", status=Status.FLEXIBLE), born=date(1971, 3, 1), sex=Sex.FEMALE)
    flexible = replace(flexible, history=known, retires_at=55)
    behind = replace(worker("behind"), history=known)
    behind = replace(behind, coverage=(replace(behind.coverage[0], until=date(2026, 12, 31)),))
    new = Person("new", "new", history=History(date(2021, 12, 31), resident_years=(2020, 2021)))
    child = Person("child", "child", born=date(2027, 3, 1))
    people = (
        worker(),
        moving,
        retiring,
        flexible,
        behind,
        new,
        child,
        worker("old"),
        resident(area=ELSEWHERE),
    )
    expected = (
        AccountTransfer("t1", date(2027, 4, 1), "moving", CHANGSHA, ELSEWHERE),
        AccountTransfer("t2", date(2027, 4, 1), "old", CHANGSHA, ZHUZHOU),
        Retirement("r1", date(2027, 4, 2), "retiring"),
        Retirement("r2", date(2027, 4, 2), "flexible"),
        ArrearsPaid("a", date(2027, 4, 3), "behind", date(2027, 1, 1), date(2027, 3, 31)),
        Enrolment("e1", date(2027, 4, 4), "new", EnrolledAs.RESIDENT, CHANGSHA),
        Enrolment("e2", date(2027, 4, 4), "child", EnrolledAs.NEWBORN, CHANGSHA),
        Enrolment("e3", date(2027, 7, 4), "new", EnrolledAs.EMPLOYEE, CHANGSHA),
        Enrolment("e4", date(2027, 4, 4), "mum", EnrolledAs.FLEXIBLE, ELSEWHERE),
        WalletQuota("q", date(2027, 2, 1), "me", "mum", yuan(100)),
        PremiumPayment("p", date(2027, 4, 5), "child", 2027, group=PremiumGroup.NEWBORN),
        PremiumPayment("p2", date(2027, 4, 5), "new", 2027, group=PremiumGroup.HALF),
        Death("d", date(2027, 8, 1), "old"),
        Payout("i", date(2027, 9, 1), "old", PayoutReason.INHERITANCE, to="me"),
        Payout("o", date(2027, 9, 1), "retiring", PayoutReason.EMIGRATION),
    )
    shared = Binding("w", "me", "mum", Relation.PARENT, Channel.WALLET, date(2026, 6, 1))
    made = family(*people, bindings=(shared,), as_of=TODAY, credit_monthly=True, plan=Plan(expected=expected))
    return replace(made, holder="me")


@pytest.mark.parametrize("stem", ["sandwich-family", "young-couple", "retiree"])
def test_that_every_value_the_engine_asks_for_is_among_those_in_use(
    stem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = open_family(RESOURCES / "samples" / f"{stem}.json", TODAY)
    again = tuple(
        replace(one, id=f"{one.id}-again", since=date(2027, 3, 1))
        for one in made.bindings
        if one.until is None
    )
    made = with_scenario(made, Scenario("", bindings=again))
    book = shipped().with_packs([]).assuming_unchanged()
    asked = asked_in(made, book, monkeypatch)
    ledger = outlook(made, book, holder_of(made), LAST).ledger

    def laws(area: str) -> tuple[Law, ...]:
        return (book.law(area, NEW_YEAR),)

    used = {(one.key, one.channel) for one in rules_in_use(ledger.family, ledger, NEW_YEAR, LAST, laws)}
    assert asked <= used


def test_that_every_value_a_matter_asks_for_is_among_those_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    book = shipped().with_packs([]).assuming_unchanged()
    made = with_matters()
    asked = asked_in(made, book, monkeypatch)
    ledger = outlook(made, book, "me", LAST).ledger
    assert {"transfer", "retirement", "enrolment", "closing", "wallet"} <= {
        key.partition(".")[0] for key, _ in asked
    }
    used = rules_in_use(
        as_lived(made, book, NEW_YEAR), ledger, NEW_YEAR, LAST, lambda area: (book.law(area, NEW_YEAR),)
    )
    assert asked <= {(one.key, one.channel) for one in used}


def test_that_a_changed_requirement_shows_for_who_plans_to_retire() -> None:
    retires = Retirement("r", date(2027, 5, 10), "me")
    made = ours(Plan(expected=(retires,)))
    [me, *others] = made.people
    me = replace(me, born=date(1966, 1, 1), sex=Sex.MALE, history=History(EVE, 400, 400))
    made = replace(made, people=(me, *others))
    old = shipped().packs["cn-43"].blocks["retirement.total_years"][-1].value
    assert isinstance(old, dict)
    book = said_in("cn-43", "retirement.total_years", {**old, "male": 32})
    [rule] = of_key(changes_between(made, shipped(), book, NEW_YEAR), "retirement.total_years")
    assert (rule.before, rule.after, rule.means) == ("30 年", "32 年", "本人的退休")
    assert of_key(changes_between(ours(Plan()), shipped(), book, NEW_YEAR), "retirement.total_years") == []


def test_that_changed_working_days_show_for_who_plans_to_move() -> None:
    moves = AccountTransfer("t", date(2027, 5, 10), "me", CHANGSHA, ELSEWHERE)
    book = said_in("cn", "transfer.out_days", 8)
    [rule] = of_key(
        changes_between(ours(Plan(expected=(moves,))), shipped(), book, NEW_YEAR), "transfer.out_days"
    )
    assert (rule.turn, rule.people, rule.means) == (Turn.CHANGES, ("me",), "本人的账户转移")


def test_that_a_changed_waiting_shows_for_who_plans_to_enrol() -> None:
    joins = Enrolment("e", date(2027, 5, 10), "dad", EnrolledAs.RESIDENT, CHANGSHA)
    plan = Plan(expected=(joins,))
    made = ours(plan)
    made = replace(
        made, people=tuple(replace(one, coverage=()) if one.id == "dad" else one for one in made.people)
    )
    book = said_in("cn-43", "enrolment.waiting", 60)
    [rule] = of_key(changes_between(made, shipped(), book, NEW_YEAR), "enrolment.waiting")
    assert (rule.before, rule.after, rule.means) == ("90 天", "60 天", "父母的参保登记")


def test_that_a_wallet_binding_relies_on_its_own_relatives() -> None:
    made = replace(ours(Plan()), bindings=(bound(channel=Channel.WALLET),))
    ledger = outlook(made, shipped(), "me", LAST).ledger
    used = rules_in_use(made, ledger, NEW_YEAR, LAST, lambda _: ())
    assert {one.channel for one in used if one.key == "mutual_aid.relations"} == {
        "wallet_transfer",
        "wallet_quota",
    }


def test_that_what_did_not_happen_relies_on_nothing_and_a_refund_on_its_grounds() -> None:
    nowhere = visit("v", date(2027, 3, 1), "new", charged(300))
    paid = PremiumPayment("p", date(2027, 10, 2), "mum", 2028, paid_from="me")
    cash = PremiumPayment("c", date(2027, 10, 2), "dad", 2028)
    never = PremiumPayment("n", date(2027, 10, 3), "me", 2028)
    seen = visit("s", date(2027, 3, 3), "mum")
    backs = tuple(
        Refund(f"back-{of}", date(2027, 11, 4), of, ground=RefundGround.DEATH) for of in ("p", "c", "n")
    )
    backs = (*backs, Refund("back-s", date(2027, 3, 4), "s"))
    made = replace(ours(Plan()), events=(nowhere, paid, cash, never, seen, *backs))
    made = replace(made, people=(*made.people, Person("new", "new")))
    book = shipped().assuming_unchanged()
    ledger = outlook(made, book, "me", LAST).ledger
    assert {*ledger.premiums, *ledger.refunds} == {"p", "c", "back-p", "back-c", "back-s"}
    used = [*rules_in_use(made, ledger, NEW_YEAR, LAST, lambda _: ())]
    grounds = {(one.person, one.channel) for one in used if one.key == "premium.refund_grounds"}
    assert grounds == {("mum", PROXY), ("mum", ""), ("dad", "")}
    assert not [one for one in used if one.person == "new"]


def test_that_an_unknown_treatment_names_the_value_that_is_missing() -> None:
    made = ours(stays())
    ledger = outlook(made, shipped(), "me", LAST).ledger
    bare = Book([]).law(CHANGSHA, NEW_YEAR)
    used = rules_in_use(made, ledger, NEW_YEAR, LAST, lambda _: (bare,))
    assert "resident_inpatient.deductible" in {one.key for one in used}


# ------------------------------------------------------------------------------------------- lines and result


def test_that_the_lines_say_what_changes_what_is_estimated_and_what_stays() -> None:
    book = said_in("cn-43", "account.own_rate", Decimal("0.03"))
    lines = new_rules_lines(changes_between(ours(), shipped(), book, NEW_YEAR))
    told = "\n".join(lines)
    assert lines[0] == "2027-01-01 起的变化"
    assert "  个人账户个人缴费计入比例：2% → 3%" in lines
    assert "    一年：账户多 1,200.00" in lines
    assert "2027-01-01 起，" in told
    assert lines[-1] == "全部合计，2027-01-01 起的十二个月：账户多 1,200.00"


def test_that_the_lines_say_so_where_nothing_changes() -> None:
    lines = new_rules_lines(changes_on(ours(), shipped(), NEW_YEAR))
    assert "  用到的规则没有已公布的变化" in lines
    assert "还没有公布，先按上一年的估算" in lines
    assert lines[-2].endswith("（规则收录到 2026-12-31，都是按不变估计的）")
    assert lines[-1].endswith("钱上没有差别")


def test_that_what_ends_has_no_yearly_line_and_a_past_day_nothing_assumed() -> None:
    ended = new_rules_lines(
        changes_between(ours(), shipped(), said_in("cn-43", "premium.personal", None), NEW_YEAR)
    )
    assert "  居民医保个人缴费标准：400.00 元/年 → 未公布" in ended
    past = new_rules_lines(changes_on(ours(), shipped(), date(2026, 1, 1)))
    assert past[-2].endswith("项不变")


def test_that_the_result_is_written_with_every_line() -> None:
    book = said_in("cn-43", "account.own_rate", Decimal("0.03"))
    written = new_rules_result(changes_between(ours(), shipped(), book, NEW_YEAR))
    RESULTS["changes"].model_validate(written)
    [changed] = written["changed"]
    assert (changed["key"], changed["turn"], changed["since"]) == (
        "account.own_rate",
        "changes",
        "2027-01-01",
    )
    assert changed["effect"] == {"account": "1200.00", "cash": "0.00", "others": "0.00"}
    assert (written["account"], written["day"]) == ("me", "2027-01-01")
    estimated = new_rules_result(changes_on(ours(), shipped(), NEW_YEAR))["estimated"]
    assert {(one["effect"], one["since"]) for one in estimated} == {(None, None)}
