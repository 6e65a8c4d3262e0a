"""办理事项在各处的测试。Lines, results, exports, search and scenarios tell matters in the same words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.domain.binding import Channel
from desktop.domain.errand import Errand
from desktop.domain.event import whose
from desktop.domain.matter import (
    AccountTransfer,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.money import NOTHING, total
from desktop.domain.people import Status
from desktop.domain.plan import Plan, Scenario
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund, RefundGround
from desktop.domain.settlement import EntryKind, Side
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.exchange.beancount import beancount_text
from desktop.exchange.results import SettlementsResult
from desktop.planning.ledger import Ledger, keep
from desktop.usecases.account_lines import account_lines, kind_of
from desktop.usecases.anonymous import anonymous
from desktop.usecases.changes import Change, Refused
from desktop.usecases.compare import compare, differences
from desktop.usecases.export_sheet import lines_table
from desktop.usecases.overview import overview
from desktop.usecases.plan_faults import scenario_faults
from desktop.usecases.plan_items import add_expected, event_words
from desktop.usecases.reckonings import balance_of, month_of
from desktop.usecases.results import settlements_result
from desktop.usecases.review import review
from desktop.usecases.scenario_items import rows_of
from desktop.usecases.search import findable, search
from desktop.usecases.yearly_flows import yearly_flows
from tests.families import ELSEWHERE, bound, family, resident, shipped, visit, worker, yuan

if TYPE_CHECKING:
    from desktop.domain.event import Event
    from desktop.domain.family import Family

ON, TODAY = date(2026, 2, 5), date(2026, 6, 1)
QUOTA = WalletQuota("q", ON, "me", "mum", yuan(1000), note="过年")
MOVED = AccountTransfer("t", date(2026, 3, 2), "bro", "441900", "430100")
DIED = Death("d", date(2026, 4, 2), "nana")
PAID_OUT = Payout("o", date(2026, 5, 6), "nana", PayoutReason.INHERITANCE, "me")
EVENTS: tuple[Event, ...] = (QUOTA, MOVED, DIED, PAID_OUT, visit("v", date(2026, 5, 7)))


def ours(*more: Event) -> Family:
    me = replace(worker(balance=8000, base=8000, opened=date(2026, 1, 1)), born=date(1985, 2, 1))
    brother = worker("bro", balance=3000, area="441900", opened=date(2026, 1, 1))
    nana = worker("nana", balance=700, status=Status.RETIRED, opened=date(2026, 1, 1))
    relation = bound(since=date(2026, 1, 5), channel=Channel.WALLET)
    people = (me, brother, resident(area=ELSEWHERE), nana)
    made = family(*people, bindings=(relation,), events=(*EVENTS, *more), as_of=TODAY)
    return replace(made, holder="me")


def kept(of: Family | None = None) -> Ledger:
    return keep(of or ours(), shipped(), TODAY)


# ----------------------------------------------------------------------------------------------------- lines


def test_that_every_matter_has_a_line_with_the_balance_after_it() -> None:
    ledger = kept(ours(Enrolment("e", date(2026, 5, 8), "mum", EnrolledAs.RESIDENT, "430100")))
    lines = [
        one for one in account_lines(ledger, "me") if one.kind not in {EntryKind.CREDIT, EntryKind.OPENING}
    ]
    said = [(one.event, one.kind, one.person, one.change) for one in lines]
    assert said[:2] == [
        ("q", EntryKind.WALLET, "me", -yuan(1000)),
        ("t", EntryKind.TRANSFER_OUT, "bro", NOTHING),
    ]
    assert ("d", EntryKind.DEATH, "nana", NOTHING) in said
    assert ("e", EntryKind.ENROLMENT, "mum", NOTHING) in said
    for before, after in pairwise(account_lines(ledger, "me")):
        assert before.balance + after.change == after.balance


def test_that_what_arrives_later_and_what_it_brings_in_cash_is_told() -> None:
    lines = {(one.event, one.kind): one for one in account_lines(kept(), "nana")}
    assert lines["t", EntryKind.TRANSFER_IN].on > MOVED.on
    assert lines["o", EntryKind.PAYOUT].besides == -yuan(700)
    assert lines["o", EntryKind.PAYOUT].cash is None
    assert kind_of(PAID_OUT) is EntryKind.PAYOUT


def test_that_money_that_comes_back_when_a_relation_ends_is_its_payers() -> None:
    ends = replace(ours(), bindings=(replace(ours().bindings[0], until=date(2026, 3, 31)),))
    lines = [one for one in account_lines(kept(ends), "me") if one.kind is EntryKind.WALLET_BACK]
    assert [(one.event, one.person, one.change) for one in lines] == [("me-mum", "me", yuan(1000))]


def test_that_a_matter_has_its_findings_beside_it() -> None:
    twice = replace(DIED, id="again", on=date(2026, 4, 9))
    lines = {one.event: one for one in account_lines(kept(ours(twice)), "me")}
    assert lines["again"].findings


# --------------------------------------------------------------------------------------------------- results


def test_that_settle_tells_what_came_of_each_matter() -> None:
    ledger = kept()
    told = settlements_result(ledger)
    SettlementsResult.model_validate(told)
    matters = {one["event"]: one for one in told["matters"]}
    assert list(matters) == ["q", "t", "d", "o"]
    assert matters["q"] == {
        "event": "q",
        "type": "wallet_quota",
        "on": "2026-02-05",
        "person": "me",
        "says": "me给mum开通跨省共济额度 1,000.00 元",
        "stands": True,
        "moved": [
            {"on": "2026-02-05", "side": "account", "owner": "me", "amount": "-1000.00"},
            {"on": "2026-02-05", "side": "quota", "owner": "me-mum", "amount": "1000.00"},
        ],
    }
    assert matters["t"]["insured"]["area"] == "430100"
    assert [one["side"] for one in matters["t"]["moved"]] == ["account", "transit", "transit", "account"]
    assert told["quotas"]["me-mum"] == str(yuan(900))  # the visit used the rest
    assert "wallets" not in told
    assert "insured" not in matters["d"]


def test_that_a_matter_that_is_forbidden_is_told_and_moves_nothing() -> None:
    """The in-province transfer of money to a wallet has ended by then."""
    sent = WalletTransfer("w", ON, "me", "mum", yuan(500))
    told = settlements_result(kept(ours(sent)))["matters"][-1]
    assert (told["event"], told["stands"], told["moved"]) == ("w", False, [])


def test_that_money_in_a_wallet_is_told() -> None:
    sent = WalletTransfer("w", date(2025, 12, 3), "me", "mum", yuan(500))
    made = ours(sent)
    early = tuple(replace(one, since=date(2025, 12, 1)) for one in made.bindings)
    me = worker(balance=8000, base=8000, opened=date(2025, 1, 1))
    told = settlements_result(kept(replace(made, people=(me, *made.people[1:]), bindings=early)))
    assert told["wallets"] == {"mum": str(yuan(400))}  # the visit used the rest


def test_that_someone_who_enrols_for_later_is_told_how_and_since_when() -> None:
    baby = replace(resident("baby"), coverage=(), born=date(2026, 5, 1))
    enrolled = Enrolment("e", date(2026, 5, 20), "baby", EnrolledAs.NEWBORN, "430100")
    made = replace(ours(enrolled), people=(*ours().people, baby))
    told = settlements_result(kept(made))["matters"][-1]
    assert (told["insured"]["scheme"], told["insured"]["area"]) == ("resident", "430100")


def test_that_groups_and_grounds_are_told_where_they_are_not_the_usual() -> None:
    paid = PremiumPayment("p", date(2026, 2, 3), "mum", 2026, yuan(200), group=PremiumGroup.HALF)
    back = Refund("r", date(2026, 2, 4), "p", ground=RefundGround.DUPLICATE)
    told = settlements_result(kept(ours(paid, back)))
    assert [one.get("group") for one in told["premiums"]] in ([], ["half"])
    assert all(one["ground"] == "duplicate" for one in told["refunds"])


# ----------------------------------------------------------------------------------------- the year, the plan


def test_that_the_year_adds_up_with_what_was_moved() -> None:
    shown = overview(review(ours(), shipped()))
    made = balance_of(shown)
    assert shown.moved_this_year == -yuan(1000)
    assert total(money for _, money in made.sums) == made.whole == shown.balance
    assert ("转账、转移和支取", -yuan(1000)) in [(str(words), money) for words, money in made.sums]


def test_that_each_planned_month_adds_up_with_what_is_to_be_moved() -> None:
    later = WalletQuota("later", date(2026, 8, 5), "me", "mum", yuan(200))
    months = review(replace(ours(), plan=Plan(expected=(later,))), shipped()).ahead.months
    august = next(one for one in months if one.month == date(2026, 8, 1))
    assert august.moved == -yuan(200)
    for before, after in pairwise(months):
        made = month_of(after)
        assert total(money for _, money in made.sums) == made.whole == after.balance
        assert made.sums[0][1] == before.balance


def test_that_a_matter_can_be_expected_and_its_faults_are_told() -> None:
    later = replace(MOVED, on=date(2026, 8, 5))
    added = add_expected(ours(), later)
    assert isinstance(added, Change)
    assert added.step == "添加家人的账户转移预计"
    refused = add_expected(ours(), replace(later, destination="441900"))
    assert isinstance(refused, Refused)
    assert [one.place for one in refused.faults] == ["destination"]
    assert event_words(ours(), Refund("r", ON, "p")) == "一笔退费"


def test_that_a_scenario_tells_its_matters() -> None:
    later = WalletQuota("s", date(2026, 8, 5), "me", "mum", yuan(200))
    scenario = Scenario("甲", events=(later, Refund("r", date(2026, 8, 6), "v")))
    seen = review(replace(ours(), scenarios=(scenario,)), shipped())
    assert [one.says for one in rows_of(seen, scenario)] == [
        "2026-08-05 给父母开通跨省共济额度 200.00 元",
        "2026-08-06 多一笔退费",
    ]
    compared = compare(seen.family, seen.book, date(2026, 12, 1), ["甲"])
    assert "给父母开通跨省共济额度" in str(compared.runs[1].differs)
    moved = [one for one in differences(compared, compared.runs[1]) if one.event == "s"]
    assert [(str(one.what), one.account) for one in moved] == [
        ("给父母开通跨省共济额度 200.00 元", -yuan(200))
    ]
    assert [str(one.what) for one in yearly_flows(compared, compared.runs[1]) if one.amount == -yuan(200)]


def test_that_what_follows_later_is_told_by_its_kind() -> None:
    moved = AccountTransfer("s", date(2026, 8, 5), "me", "430100", "441900")
    bindings = (*ours().bindings, bound("me", "bro", date(2026, 1, 5), channel=Channel.WALLET))
    scenario = Scenario("甲", events=(moved,), ends={"me-mum": date(2026, 9, 30)})
    made = replace(ours(), bindings=bindings, scenarios=(scenario,))
    compared = compare(made, shipped(), date(2026, 12, 1), ["甲"])
    told = {str(one.what) for one in differences(compared, compared.runs[1])}
    assert {"本人的账户从长沙转到东莞", "本人账户转入", "本人医保钱包退回"} <= told


def test_that_a_matter_is_not_refunded_in_a_scenario() -> None:
    scenario = Scenario("甲", events=(Refund("r", date(2026, 8, 6), "q"),))
    assert [one.what for one in scenario_faults(ours(), scenario)] == ['"q" 既不是就诊，也不是缴费，不能退费']
    back = Refund("back", date(2026, 5, 8), "v")
    again = Scenario("甲", events=(Refund("r", date(2026, 8, 6), "back"),))
    assert [one.place for one in scenario_faults(ours(back), again)] == ["events[0].of"]


# ------------------------------------------------------------------------------------ exports, search, masks


def test_that_tables_say_what_was_done() -> None:
    plain = {row[0]: row for row in lines_table(kept(), masked=False).rows if row[1] == "医保钱包"}
    assert plain[ON][4] == "me给mum开通跨省共济额度 1,000.00 元（过年）"
    masked = [str(row[4]) for row in lines_table(kept(), masked=True).rows]
    assert "家人 b**的账户从东莞转到长沙" in masked


def test_that_beancount_keeps_wallets_quotas_and_what_is_on_its_way() -> None:
    text = beancount_text(kept().entries, ours())
    assert '2026-02-05 * "me" "医保钱包（过年）"' in text
    assert "Assets:Quota:P-me-2d-mum  1000.00 CNY" in text
    assert "balance Assets:Transit:P-bro  0.00 ~ 0.00 CNY" in text
    assert '2026-03-02 * "bro" "账户转出"' in text


def test_that_a_matter_is_found_by_its_words() -> None:
    things = findable(review(ours(), shipped()))
    (hit, *_) = search(things, "东莞转到长沙")
    assert (hit.page, hit.what) == ("ledger", "t")
    assert [one.what for one in search(things, "账户转入")] == ["t"]


def test_that_nobody_is_named_in_an_anonymous_family() -> None:
    coming = (
        replace(QUOTA, id="q2", on=date(2026, 8, 1)),
        replace(MOVED, id="t2", on=date(2026, 8, 1)),
        replace(PAID_OUT, id="o2", on=date(2026, 8, 1), note="给本人"),
        replace(PAID_OUT, id="o3", on=date(2026, 8, 2), to=None),
        Retirement("r2", date(2026, 8, 3), "me"),
    )
    errands = (Errand("e", "transfer", "bro", TODAY),)
    bare = anonymous(review(replace(ours(*coming), errands=errands), shipped()))
    assert bare.errands == ()
    assert [one for one in bare.events if one.note] == []
    assert [whose(one) for one in bare.events[-5:]] == ["p1", "p2", "p4", "p4", "p1"]
    assert [(one.payer, one.beneficiary) for one in bare.events if isinstance(one, WalletQuota)] == [
        ("p1", "p3")
    ]
    assert [one.to for one in bare.events if isinstance(one, Payout)] == ["p1", None]


def test_that_sides_beside_the_account_are_no_balance() -> None:
    ledger = kept()
    assert {one.side for entry in ledger.entries for one in entry.postings} >= {Side.QUOTA, Side.TRANSIT}
    assert ledger.balances()["bro"] == yuan(3000)
