"""案例。Every family document beside this file is settled, and what it expects is what comes out."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.family import Family
from desktop.domain.finding import Finding, Severity
from desktop.exchange.family_document import read_family
from desktop.exchange.setlinfo import setlinfo
from desktop.planning.ledger import Ledger, keep
from desktop.policy.book import Book
from desktop.policy.reader import read_packs

HERE = Path(__file__).resolve().parent
CASES = sorted(HERE.glob("*.json"))
PACKS = HERE.parents[1] / "resources" / "policy"
TODAY = date(2026, 11, 21)

RULES = {
    "account.arrears_not_credited",
    "account.base_missing",
    "binding.beneficiary_not_insured",
    "binding.outside_area",
    "binding.payer_balance_zero",
    "binding.payer_has_no_account",
    "binding.payer_suspended",
    "binding.relation_not_allowed",
    "binding.too_many_active",
    "binding.too_many_lifetime",
    "binding.two_payers",
    "death.twice",
    "enrolment.arrears_in_future",
    "enrolment.arrears_left",
    "enrolment.arrears_not_owed",
    "enrolment.benefits_not_known",
    "enrolment.double",
    "enrolment.history_missing",
    "enrolment.not_qualified",
    "enrolment.order",
    "enrolment.too_late_for_window",
    "matter.after_death",
    "payout.heir_not_alive",
    "payout.account_short",
    "payout.not_allowed",
    "payout.nothing_left",
    "payout.owner_alive",
    "payout.still_bound",
    "policy.disputed",
    "policy.not_covered",
    "premium.account_short",
    "premium.group_amount_differs",
    "premium.group_not_newborn",
    "premium.not_resident",
    "premium.outside_window",
    "premium.paid_twice",
    "premium.payer_not_bound",
    "premium.refund_ground_not_allowed",
    "premium.refund_too_late",
    "refund.nothing_to_return",
    "retirement.not_employee",
    "retirement.too_early",
    "retirement.twice",
    "retirement.years_short",
    "retirement.years_unknown",
    "transfer.arrears",
    "transfer.binding_unknown",
    "transfer.never_insured_there",
    "transfer.no_account",
    "transfer.not_enrolled_there",
    "visit.credential_not_own",
    "visit.item_not_payable",
    "visit.not_covered_yet",
    "visit.provider_not_designated",
    "wallet.account_short",
    "wallet.closed_at_night",
    "wallet.frozen_quota_spent",
    "wallet.not_bound",
    "wallet.not_online",
    "wallet.online_unknown",
    "wallet.over_amount",
    "wallet.relation_ended",
    "wallet.too_many_in_a_day",
    "wallet.wrong_regime",
}
"""Every rule that can be broken; a case says when each one is."""

Broken = tuple[str, str, tuple[str, ...]]


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(read_packs(PACKS))


def expected_of(case: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(case.read_text(encoding="utf-8"))["expect"]
    return expected


def kept(case: Path, book: Book) -> tuple[Family, Ledger]:
    family = read_family(case, TODAY)
    return family, keep(family, book)


def listed(expected: dict[str, Any]) -> list[Broken]:
    return [(one["rule"], one["severity"], tuple(one["about"])) for one in expected["findings"]]


def found(findings: tuple[Finding, ...]) -> list[Broken]:
    return [(one.rule, one.severity.value, one.about) for one in findings]


def only_errors(broken: list[Broken]) -> Counter[Broken]:
    return Counter(one for one in broken if one[1] == Severity.ERROR)


every_case = pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])


@every_case
def test_that_each_visit_is_paid_as_expected(case: Path, book: Book) -> None:
    _, ledger = kept(case, book)
    wanted: dict[str, dict[str, str]] = {
        event: sums for event, sums in expected_of(case).get("settlements", {}).items() if sums is not None
    }
    paid = {
        event: {name: str(setlinfo(ledger.settlements[event])[name]) for name in sums}
        for event, sums in wanted.items()
        if event in ledger.settlements
    }
    assert paid == wanted


@every_case
def test_that_what_must_not_happen_does_not(case: Path, book: Book) -> None:
    family, ledger = kept(case, book)
    settlements: dict[str, object] = expected_of(case).get("settlements", {})
    unsettled = {event for event, sums in settlements.items() if sums is None}
    assert unsettled <= {event.id for event in family.events}
    assert unsettled & {*ledger.settlements, *ledger.premiums, *ledger.refunds} == set()


@every_case
def test_that_each_account_ends_with_what_is_expected(case: Path, book: Book) -> None:
    _, ledger = kept(case, book)
    wanted: dict[str, str] = expected_of(case).get("balances", {})
    balances = ledger.balances()
    assert {person: str(balances[person]) for person in wanted} == wanted


@every_case
def test_that_the_errors_are_exactly_those_expected(case: Path, book: Book) -> None:
    _, ledger = kept(case, book)
    assert only_errors(found(ledger.findings)) == only_errors(listed(expected_of(case)))


@every_case
def test_that_each_expected_warning_and_note_is_there(case: Path, book: Book) -> None:
    _, ledger = kept(case, book)
    missing = Counter(listed(expected_of(case))) - Counter(found(ledger.findings))
    assert missing == Counter()


@every_case
def test_that_a_case_says_what_it_is_and_how_its_sums_were_made(case: Path) -> None:
    document = json.loads(case.read_text(encoding="utf-8"))
    assert document["name"]
    assert document["source"]


def test_that_every_rule_is_broken_in_some_case() -> None:
    broken = {rule for case in CASES for rule, _, _ in listed(expected_of(case))}
    assert broken >= RULES
