"""示例家庭。The three families that a newcomer meets first read, settle, and show what they are there for."""

from datetime import date
from itertools import accumulate
from pathlib import Path

import pytest

from desktop.domain.family import Family
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.premium import Refund
from desktop.domain.settlement import EntryKind, PurseKind
from desktop.exchange.family_document import read_family
from desktop.planning.ledger import Ledger, keep
from desktop.planning.scenario import with_scenario
from desktop.planning.timeline import holder_of, outlook
from desktop.policy.book import Book
from desktop.policy.reader import read_packs

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TODAY = date(2026, 11, 21)
FIVE_YEARS_ON = date(2031, 11, 30)
NAMES = {
    "young-couple": "小夫妻和四位老人",
    "retiree": "退休老人和孙辈",
    "sandwich-family": "周家",
}


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(read_packs(RESOURCES / "policy"))


def sample(stem: str) -> Family:
    # Another day than the document's own: it must bring its own.
    return read_family(RESOURCES / "samples" / f"{stem}.json", date(2000, 1, 1))


def settled(stem: str, book: Book) -> Ledger:
    family = sample(stem)
    return keep(family, book, family.as_of)


def rules_of(ledger: Ledger, severity: Severity) -> list[str]:
    return [one.rule for one in ledger.findings if one.severity is severity]


every_sample = pytest.mark.parametrize("stem", NAMES)


def test_that_there_are_these_samples_and_no_others() -> None:
    assert {file.stem for file in (RESOURCES / "samples").glob("*.json")} == set(NAMES)


@every_sample
def test_that_a_sample_reads_without_fault_and_bears_its_name(stem: str) -> None:
    family = sample(stem)
    assert (family.name, family.as_of) == (NAMES[stem], TODAY)


@every_sample
def test_that_a_sample_has_at_least_six_people_and_twelve_months_of_events(stem: str) -> None:
    family = sample(stem)
    days = [event.on for event in family.events]
    assert len(family.people) >= 6
    assert (max(days) - min(days)).days >= 365
    assert date(2026, 11, 1) <= max(days) <= TODAY


@every_sample
def test_that_every_event_of_a_sample_says_where_it_happened(stem: str) -> None:
    assert [event.id for event in sample(stem).events if not event.note] == []


@every_sample
def test_that_every_entry_of_a_sample_sums_to_nothing(stem: str, book: Book) -> None:
    entries = settled(stem, book).entries
    assert entries
    assert [one for one in entries if total(posting.amount for posting in one.postings)] == []


@every_sample
def test_that_no_account_of_a_sample_ever_stands_below_zero(stem: str, book: Book) -> None:
    ledger = settled(stem, book)
    for person in ledger.family.people:
        moved = (entry.moved(person.id) for entry in ledger.entries)
        assert all(balance >= NOTHING for balance in accumulate(moved, initial=NOTHING))


@every_sample
def test_that_every_visit_of_a_sample_is_covered_by_the_packs(stem: str, book: Book) -> None:
    ledger = settled(stem, book)
    assert "policy.not_covered" not in rules_of(ledger, Severity.ERROR)
    assert not [one.rule for one in ledger.findings if one.rule.startswith("account.")]


@every_sample
def test_that_every_page_has_something_to_show_of_a_sample(stem: str, book: Book) -> None:
    ledger = settled(stem, book)
    lines = [one for one in ledger.entries if one.moved(holder_of(ledger.family))]
    purses = {payment.purse for done in ledger.settlements.values() for payment in done.payments}
    assert 25 <= len(lines) <= 60
    assert purses >= {PurseKind.OWN, PurseKind.MUTUAL_AID, PurseKind.CASH}
    assert {one.kind for one in lines} >= {EntryKind.CREDIT, EntryKind.VISIT, EntryKind.PREMIUM}
    assert rules_of(ledger, Severity.WARNING)
    assert rules_of(ledger, Severity.NOTE)
    assert ledger.family.plan is not None


@every_sample
def test_that_each_scenario_of_a_sample_tells_another_story(stem: str, book: Book) -> None:
    family = sample(stem)
    account = holder_of(family)
    baseline = outlook(family, book, account, FIVE_YEARS_ON).months
    assert len(family.scenarios) >= 2
    for scenario in family.scenarios:
        assert scenario.plan is None, "it says what differs, not the whole plan once more"
        laid_over = with_scenario(family, scenario)
        assert outlook(laid_over, book, account, FIVE_YEARS_ON).months != baseline


# ----------------------------------------------------------------------------------------------------- 小夫妻


def test_that_the_young_couple_has_one_warning_and_breaks_nothing(book: Book) -> None:
    ledger = settled("young-couple", book)
    assert rules_of(ledger, Severity.ERROR) == []
    assert rules_of(ledger, Severity.WARNING) == ["binding.payer_balance_zero"]
    assert len(ledger.standing) == len(ledger.family.bindings)


def test_that_the_young_couple_does_not_run_out_in_five_years(book: Book) -> None:
    family = sample("young-couple")
    assert outlook(family, book, holder_of(family), FIVE_YEARS_ON).runs_out is None


# -------------------------------------------------------------------------------------------------- 退休老人


def test_that_the_retiree_pays_for_the_grandchildren_and_takes_one_premium_back(book: Book) -> None:
    ledger = settled("retiree", book)
    paid = {one.payment.insured: one.holder for one in ledger.premiums.values()}
    assert {paid["grandson"], paid["granddaughter"]} == {"retiree"}
    [refunded] = ledger.refunds.values()
    assert refunded.returned == (("retiree", Money.yuan("400.00")),)


def test_that_the_retirees_wife_used_a_card_that_is_not_hers(book: Book) -> None:
    ledger = settled("retiree", book)
    assert rules_of(ledger, Severity.ERROR) == ["visit.credential_not_own"]
    assert set(rules_of(ledger, Severity.WARNING)) == {"binding.payer_balance_zero"}


# ------------------------------------------------------------------------------------------------------ 周家


def test_that_the_sandwich_family_has_a_conflict_a_refused_in_law_and_a_forbidden_purchase(
    book: Book,
) -> None:
    ledger = settled("sandwich-family", book)
    found = {(one.rule, one.about[0]) for one in ledger.findings if one.severity is Severity.ERROR}
    assert found == {
        ("binding.two_payers", "bind-mother-elder-brother"),
        ("binding.relation_not_allowed", "bind-father-in-law"),
        ("visit.item_not_payable", "e2611-grandmother"),
    }
    assert rules_of(ledger, Severity.WARNING) == ["visit.not_covered_yet"]


def test_that_seven_people_are_bound_to_the_sandwich_familys_payer_and_nine_ever_were(book: Book) -> None:
    ledger = settled("sandwich-family", book)
    payer = holder_of(ledger.family)
    own = [one for one in ledger.family.bindings if one.payer == payer and one.id in ledger.standing]
    assert len({one.beneficiary for one in own if one.holds_on(TODAY)}) == 7
    assert len({one.beneficiary for one in own}) == 9


def test_that_the_sandwich_familys_year_is_the_one_of_the_pictures(book: Book) -> None:
    ledger = settled("sandwich-family", book)
    payer = holder_of(ledger.family)
    moved = {kind: [one for one in ledger.entries if one.kind is kind] for kind in EntryKind}
    assert ledger.balance(payer, date(2026, 1, 1)) == Money.yuan("12612.55")
    assert total(one.moved(payer) for one in moved[EntryKind.CREDIT]) == Money.yuan("2156.00")
    assert ledger.settlements["e2605-mother"].by_payer() == {payer: Money.yuan("2900.00")}
    assert ledger.settlements["e2611-grandmother"].paid_by(PurseKind.CASH) == Money.yuan("88.00")
    assert ledger.balance(payer, TODAY) == Money.yuan("8426.35")
    assert ledger.balance("mother", TODAY) == Money.yuan("150.00")


def test_that_the_sandwich_familys_wrong_pharmacy_bill_was_taken_back_and_written_again(book: Book) -> None:
    ledger = settled("sandwich-family", book)
    [refund] = [event for event in ledger.family.events if isinstance(event, Refund)]
    wrong, right = ledger.settlements["e2608-father"], ledger.settlements["e2608-father-again"]
    assert (refund.of, refund.on) == (wrong.visit.id, right.visit.on)
    assert ledger.refunds[refund.id].returned == ((holder_of(ledger.family), wrong.account_paid),)


def test_that_the_sandwich_familys_scenarios_are_those_of_the_picture(book: Book) -> None:
    family = sample("sandwich-family")
    account = holder_of(family)
    ahead = {
        one.name: outlook(with_scenario(family, one), book, account, FIVE_YEARS_ON)
        for one in family.scenarios
    }
    assert {name: one.runs_out for name, one in ahead.items()} == {
        "母亲改由哥哥支付": None,
        "保费改用现金": date(2030, 5, 1),
        "两个孩子改由配偶绑定": date(2029, 5, 1),
    }
    assert [
        one.rule for run in ahead.values() for one in run.findings if one.severity is Severity.ERROR
    ] == []


def test_that_the_sandwich_family_runs_out_in_its_plan_unless_the_elder_brother_pays(book: Book) -> None:
    family = sample("sandwich-family")
    account = holder_of(family)
    planned = outlook(family, book, account, FIVE_YEARS_ON)
    assert planned.runs_out == date(2028, 5, 1)
    assert planned.shortfall is not None
    assert (planned.shortfall.patient, planned.shortfall.amount) == ("mother", Money.yuan("115.65"))
    by_the_brother = next(one for one in family.scenarios if one.name == "母亲改由哥哥支付")
    relieved = outlook(with_scenario(family, by_the_brother), book, account, FIVE_YEARS_ON)
    assert relieved.runs_out is None
