"""检查。Each check finds what it is there to find, and nothing where the rule is kept."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Credential, Purpose
from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.premium import PremiumPayment, Refund
from desktop.policy.book import Book
from desktop.policy.law import Law
from desktop.policy.policy import NotCovered, Unpublished
from desktop.rules import checks
from desktop.rules.case import BindingCase, PremiumCase, RefundCase, VisitCase
from desktop.rules.checks.account_notes import base_missing, credit_not_covered
from desktop.rules.checks.binding_beneficiary_not_insured import beneficiary_not_insured
from desktop.rules.checks.binding_outside_area import outside_area
from desktop.rules.checks.binding_payer_balance_zero import payer_balance_zero
from desktop.rules.checks.binding_payer_has_no_account import payer_has_no_account
from desktop.rules.checks.binding_payer_suspended import payer_suspended
from desktop.rules.checks.binding_relation_not_allowed import relation_not_allowed
from desktop.rules.checks.binding_too_many_active import too_many_active
from desktop.rules.checks.binding_too_many_lifetime import too_many_lifetime
from desktop.rules.checks.binding_two_payers import two_payers
from desktop.rules.checks.enrolment_double import double
from desktop.rules.checks.policy_disputed import disputed, not_checked_since
from desktop.rules.checks.policy_not_covered import not_covered
from desktop.rules.checks.premium_account_short import account_short
from desktop.rules.checks.premium_paid_twice import paid_twice
from desktop.rules.checks.premium_refund_too_late import refund_too_late
from desktop.rules.checks.refund_nothing_to_return import nothing_to_return
from desktop.rules.checks.visit_credential_not_own import credential_not_own
from desktop.rules.checks.visit_item_not_payable import item_not_payable, out_of_scope_in_cash
from desktop.rules.checks.visit_not_covered_yet import not_covered_yet
from desktop.rules.checks.visit_provider_not_designated import provider_not_designated
from tests.families import (
    CHANGSHA,
    ELSEWHERE,
    LONG_AGO,
    ZHUZHOU,
    bound,
    charged,
    hospital,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)
from tests.policy.packs import block, pack
from tests.rules.terms import term

DAY = date(2025, 3, 1)


def rules(found: Iterable[Finding]) -> list[str]:
    return [one.rule for one in found]


def the_one(found: Iterable[Finding]) -> Finding:
    [one] = found
    return one


def no_law() -> Law:
    return Book([pack("cn")]).law(CHANGSHA, DAY)


# --------------------------------------------------------------------------------------------------- binding


def binding_case(
    binding: Binding | None = None,
    *standing: Binding,
    payer: Person | None = None,
    beneficiary: Person | None = None,
    day: date = DAY,
    law: Law | None = None,
    balance: int | None = 100,
) -> BindingCase:
    return BindingCase(
        binding=binding or bound(),
        payer=payer or worker(),
        beneficiary=beneficiary or resident(),
        day=day,
        law=law or shipped().law(CHANGSHA, day),
        standing=standing,
        balance=None if balance is None else yuan(balance),
    )


def test_that_a_binding_that_keeps_every_rule_is_found_nothing_against() -> None:
    case = binding_case()
    every = (*checks.ON_BINDING, *checks.ON_STANDING_BINDING, *checks.ON_PAYING)
    assert [finding for check in every for finding in check(case)] == []


@pytest.mark.parametrize("relation", [Relation.PARENT_IN_LAW, Relation.CHILD_IN_LAW, Relation.OTHER])
def test_that_only_a_near_relative_may_be_bound(relation: Relation) -> None:
    found = the_one(relation_not_allowed(binding_case(bound(relation=relation))))
    assert (found.severity, found.about) == (Severity.ERROR, ("me-mum", "mum"))


def test_that_a_sibling_may_not_be_bound_before_december_2024() -> None:
    sibling = bound(relation=Relation.SIBLING)
    assert rules(relation_not_allowed(binding_case(sibling, day=date(2024, 12, 8)))) == [
        "binding.relation_not_allowed"
    ]
    assert rules(relation_not_allowed(binding_case(sibling, day=date(2024, 12, 9)))) == []


def test_that_a_wallet_has_the_channel_of_its_day() -> None:
    wallet = bound(channel=Channel.WALLET)
    assert binding_case(wallet, day=date(2026, 1, 8)).channel == "wallet_transfer"
    assert binding_case(wallet, day=date(2026, 1, 9)).channel == "wallet_quota"
    assert binding_case().channel == "in_province"


@pytest.mark.parametrize(
    "payer",
    [
        Person("me", "me"),
        resident("me"),
        worker(status=Status.FLEXIBLE),
        replace(worker(), coverage=(Coverage(Scheme.NONE, Status.ACTIVE, CHANGSHA, LONG_AGO),)),
    ],
)
def test_that_a_payer_needs_an_account(payer: Person) -> None:
    found = the_one(payer_has_no_account(binding_case(payer=payer)))
    assert found.severity is Severity.ERROR
    flexible = payer == worker(status=Status.FLEXIBLE)
    assert (found.because.key == "account.flexible_has_account") is flexible


def test_that_a_suspended_payer_is_told_that_the_rule_is_not_settled() -> None:
    suspended = worker(status=Status.SUSPENDED)
    found = the_one(payer_suspended(binding_case(payer=suspended)))
    assert (found.severity, found.because.in_dispute) == (Severity.NOTE, True)
    forbidden = Book([pack("cn", block("mutual_aid.suspended_payer_pays", False))]).law(CHANGSHA, DAY)
    found = the_one(payer_suspended(binding_case(payer=suspended, law=forbidden)))
    assert found.severity is Severity.ERROR
    assert rules(payer_suspended(binding_case(payer=Person("me", "me")))) == []


@pytest.mark.parametrize("beneficiary", [Person("mum", "mum"), resident(status=Status.SUSPENDED)])
def test_that_a_beneficiary_is_insured_unless_no_rule_asks_it(beneficiary: Person) -> None:
    assert rules(beneficiary_not_insured(binding_case(beneficiary=beneficiary))) == [
        "binding.beneficiary_not_insured"
    ]
    anyone = Book([pack("cn", block("mutual_aid.beneficiary_insured", False))]).law(CHANGSHA, DAY)
    assert rules(beneficiary_not_insured(binding_case(beneficiary=beneficiary, law=anyone))) == []


@pytest.mark.parametrize(
    ("reach", "area", "inside"),
    [
        ("pool", "430199", True),
        ("pool", ZHUZHOU, False),
        ("province", ZHUZHOU, True),
        ("province", ELSEWHERE, False),
        ("nation", ELSEWHERE, True),
    ],
)
def test_that_both_are_insured_within_the_reach_of_the_channel(
    reach: str, area: str, *, inside: bool
) -> None:
    law = Book([pack("cn", block("mutual_aid.area", reach))]).law(CHANGSHA, DAY)
    found = rules(outside_area(binding_case(beneficiary=resident(area=area), law=law)))
    assert found == ([] if inside else ["binding.outside_area"])


def test_that_a_reach_that_another_source_denies_is_noted_as_disputed() -> None:
    law = Book([pack("cn", block("mutual_aid.area", "nation", disputed="pool"))]).law(CHANGSHA, DAY)
    found = the_one(outside_area(binding_case(beneficiary=resident(area=ZHUZHOU), law=law)))
    assert (found.rule, found.severity) == ("policy.disputed", Severity.NOTE)
    assert rules(outside_area(binding_case(law=law))) == []


def test_that_the_reach_is_not_asked_of_someone_never_insured() -> None:
    nobody = Person("mum", "mum")
    assert rules(outside_area(binding_case(beneficiary=nobody, law=no_law()))) == []
    assert rules(outside_area(binding_case(payer=Person("me", "me"), law=no_law()))) == []


def test_that_a_second_payer_is_refused_while_the_first_stands() -> None:
    second = bound("sis")
    assert rules(two_payers(binding_case(second, bound(), payer=worker("sis")))) == ["binding.two_payers"]
    assert rules(two_payers(binding_case(bound(), bound(name="again")))) == []
    assert rules(two_payers(binding_case(second, bound(until=DAY.replace(day=2)), payer=worker("sis"))))
    ended = bound(until=date(2025, 2, 28))
    assert rules(two_payers(binding_case(second, ended, payer=worker("sis")))) == []


@pytest.mark.parametrize("check", [two_payers, too_many_active, too_many_lifetime])
def test_that_the_limits_of_the_province_are_not_those_of_the_wallet_nor_invented(
    check: Callable[[BindingCase], Iterable[Finding]],
) -> None:
    many = [bound("me", f"p{number}") for number in range(30)] + [bound("sis")]
    assert rules(check(binding_case(bound(channel=Channel.WALLET), *many))) == []
    assert rules(check(binding_case(bound(), *many, law=no_law()))) == []
    in_wallet = [replace(one, channel=Channel.WALLET) for one in many]
    assert rules(check(binding_case(bound(), *in_wallet))) == []


def limited(**most: int) -> Law:
    blocks = [block(f"mutual_aid.{key}", value, channel="in_province") for key, value in most.items()]
    return Book([pack("cn", *blocks)]).law(CHANGSHA, DAY)


def test_that_a_payer_binds_only_so_many_at_one_time() -> None:
    law = limited(most_active=2)
    first, second = bound("me", "a"), bound("me", "b")
    found = the_one(too_many_active(binding_case(bound(), first, second, law=law)))
    assert "第 3 人" in str(found.says)
    ended = replace(second, until=date(2025, 2, 28))
    assert rules(too_many_active(binding_case(bound(), first, ended, law=law))) == []
    assert rules(too_many_active(binding_case(bound(), first, bound(name="x"), law=law))) == []


def test_that_a_payer_binds_only_so_many_different_people_ever() -> None:
    law = limited(most_in_lifetime=2)
    ended = [replace(bound("me", name), until=date(2025, 2, 1)) for name in ("a", "b")]
    assert rules(too_many_lifetime(binding_case(bound(), *ended, law=law))) == ["binding.too_many_lifetime"]
    again = bound("me", "a", name="again")
    held = resident("a")
    assert rules(too_many_lifetime(binding_case(again, *ended, beneficiary=held, law=law))) == []


@pytest.mark.parametrize(("balance", "warned"), [(None, False), (0, True), (1, False)])
def test_that_an_empty_account_is_warned_of_and_allowed(balance: int | None, *, warned: bool) -> None:
    found = list(payer_balance_zero(binding_case(balance=balance)))
    assert [one.severity for one in found] == [Severity.WARNING] * warned
    wallet = binding_case(bound(channel=Channel.WALLET), balance=balance)
    assert rules(payer_balance_zero(wallet)) == []


def test_that_an_empty_account_is_warned_of_once_for_each_event() -> None:
    case = replace(binding_case(balance=0), event="v1")
    assert the_one(payer_balance_zero(case)).about == ("me-mum", "me", "v1")
    assert the_one(payer_balance_zero(replace(case, event=None))).about == ("me-mum", "me")


# ----------------------------------------------------------------------------------------------------- visit


RESIDENT = resident().coverage[0]


def visit_case(coverage: Coverage | None = RESIDENT, **more: Any) -> VisitCase:
    return VisitCase(replace(visit(), **more), resident(), coverage, shipped().law(CHANGSHA, DAY))


def test_that_a_visit_that_keeps_every_rule_is_found_nothing_against() -> None:
    assert [finding for check in checks.ON_VISIT for finding in check(visit_case())] == []


@pytest.mark.parametrize(
    ("check", "case", "severity"),
    [
        (
            provider_not_designated,
            visit_case(provider=hospital(designated=False)),
            Severity.ERROR,
        ),
        (credential_not_own, visit_case(credential=Credential.OTHER), Severity.ERROR),
        (item_not_payable, visit_case(purpose=Purpose.FITNESS), Severity.ERROR),
        (not_covered_yet, visit_case(None), Severity.WARNING),
        (
            not_covered_yet,
            visit_case(resident(status=Status.SUSPENDED).coverage[0]),
            Severity.WARNING,
        ),
    ],
)
def test_that_a_visit_that_breaks_a_rule_is_found_by_its_check(
    check: Callable[[VisitCase], Iterable[Finding]], case: VisitCase, severity: Severity
) -> None:
    found = the_one(check(case))
    assert (found.severity, found.about, found.on) == (severity, ("v1", "mum"), DAY)
    assert found.fix
    assert str(found.says)


def test_that_a_purpose_that_no_rule_excludes_may_be_paid() -> None:
    only_goods = Book([pack("cn", block("visit.excluded_purposes", ("goods",)))]).law(CHANGSHA, DAY)
    case = replace(visit_case(purpose=Purpose.FITNESS), law=only_goods)
    assert rules(item_not_payable(case)) == []


@pytest.mark.parametrize(
    ("check", "key", "case"),
    [
        (provider_not_designated, "visit.designated_only", visit_case(provider=hospital(designated=False))),
        (credential_not_own, "visit.own_credential", visit_case(credential=Credential.OTHER)),
    ],
)
def test_that_a_rule_its_pack_lifts_is_not_found(
    check: Callable[[VisitCase], Iterable[Finding]], key: str, case: VisitCase
) -> None:
    lifted = Book([pack("cn", block(key, False))]).law(CHANGSHA, DAY)
    assert list(check(replace(case, law=lifted))) == []


def test_that_out_of_scope_paid_in_cash_beside_money_is_noted() -> None:
    found = out_of_scope_in_cash(visit_case(), yuan(50), term(1))
    assert (found.rule, found.severity) == ("visit.item_not_payable", Severity.NOTE)
    assert "50.00" in str(found.says)


def first_enrolled(since: date, scheme: Scheme = Scheme.EMPLOYEE, on: date = DAY, **more: Any) -> VisitCase:
    coverage = replace(worker().coverage[0], since=since, scheme=scheme)
    case = replace(visit_case(coverage), patient=Person("mum", "mum", (coverage,)), **more)
    return replace(case, visit=visit(on=on))


def test_that_a_visit_in_the_waiting_days_of_a_first_enrolment_is_warned_of() -> None:
    found = the_one(not_covered_yet(first_enrolled(date(2025, 2, 1), on=date(2025, 3, 2))))
    assert (found.severity, found.because.key) == (Severity.WARNING, "enrolment.first_benefits")
    assert rules(not_covered_yet(first_enrolled(date(2025, 2, 1), on=date(2025, 3, 3)))) == []


@pytest.mark.parametrize(
    "case",
    [
        first_enrolled(date(2025, 2, 20), Scheme.RESIDENT),
        first_enrolled(date(2022, 12, 31), on=date(2023, 1, 2)),
        first_enrolled(date(2025, 2, 20), law=no_law()),
    ],
)
def test_that_there_are_no_waiting_days_for_residents_before_the_rule_or_without_one(case: VisitCase) -> None:
    assert rules(not_covered_yet(case)) == []


# --------------------------------------------------------------------------------------------------- premium


def premium_case(**more: Any) -> PremiumCase:
    day = date(2025, 10, 1)
    case = PremiumCase(
        payment=PremiumPayment("p1", day, "mum", 2026, None, "me"),
        insured=resident(),
        now=resident().coverage[0],
        then=resident().coverage[0],
        law=shipped().law(CHANGSHA, day),
        year_law=shipped().law(CHANGSHA, date(2026, 1, 1)),
        amount=yuan(400),
        paid_before=False,
        bound=True,
        balance=yuan(400),
    )
    return replace(case, **more)


EMPLOYED = worker().coverage[0]


def test_that_a_premium_that_keeps_every_rule_is_found_nothing_against() -> None:
    assert [finding for check in checks.ON_PREMIUM for finding in check(premium_case())] == []


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"now": EMPLOYED, "then": EMPLOYED}, "premium.not_resident"),
        ({"paid_before": True}, "premium.paid_twice"),
        (
            {"payment": PremiumPayment("p1", date(2025, 8, 31), "mum", 2026, None, "me")},
            "premium.outside_window",
        ),
        (
            {"payment": PremiumPayment("p1", date(2026, 2, 1), "mum", 2026, None, "me")},
            "premium.outside_window",
        ),
        ({"bound": False}, "premium.payer_not_bound"),
        ({"balance": yuan("399.99")}, "premium.account_short"),
    ],
)
def test_that_a_premium_that_breaks_a_rule_is_found_by_its_check(more: dict[str, Any], rule: str) -> None:
    found = the_one(finding for check in checks.ON_PREMIUM for finding in check(premium_case(**more)))
    assert (found.rule, found.severity, found.about) == (rule, Severity.ERROR, ("p1", "mum"))


@pytest.mark.parametrize(
    "more",
    [
        {"now": None, "then": None},
        {"now": EMPLOYED},
        {"now": None},
        {"payment": PremiumPayment("p1", date(2026, 1, 31), "mum", 2026, None, "me")},
        {"payment": PremiumPayment("p1", date(2026, 5, 1), "mum", 2026), "balance": None},
        {"balance": None},
        {"bound": None, "balance": NOTHING},
    ],
)
def test_that_what_a_premium_may_do_is_found_nothing_against(more: dict[str, Any]) -> None:
    assert [one.rule for check in checks.ON_PREMIUM for one in check(premium_case(**more))] == []


def test_that_a_limit_without_words_of_its_own_rests_on_the_premium_itself() -> None:
    bare = Book([pack("cn", block("premium.personal", Decimal(400)))])
    law = bare.law(CHANGSHA, DAY)
    case = premium_case(law=law, year_law=law)
    short = the_one(account_short(replace(case, balance=NOTHING)))
    twice = the_one(paid_twice(replace(case, paid_before=True)))
    assert short.because.key == twice.because.key == "premium.personal"


# ---------------------------------------------------------------------------------------------------- refund


def refund_case(day: date = date(2025, 6, 30), paid_from: str | None = "me", **more: Any) -> RefundCase:
    paid = PremiumPayment("p1", date(2024, 10, 1), "mum", 2025, None, paid_from)
    law = shipped().law(CHANGSHA, date(2025, 1, 1))
    return replace(RefundCase(Refund("r1", day, "p1"), paid, law, law, standing=True), **more)


def test_that_a_premium_can_be_taken_back_up_to_its_last_day() -> None:
    assert rules(refund_too_late(refund_case())) == []
    late = the_one(refund_too_late(refund_case(date(2025, 7, 1))))
    assert (late.rule, late.about) == ("premium.refund_too_late", ("r1", "p1"))


def test_that_a_premium_in_cash_can_be_taken_back_only_before_its_year() -> None:
    assert rules(refund_too_late(refund_case(date(2024, 12, 31), None))) == []
    assert rules(refund_too_late(refund_case(date(2025, 1, 1), None))) == ["premium.refund_too_late"]


def test_that_a_visit_can_be_taken_back_on_any_day() -> None:
    late = date(2026, 12, 1)
    assert rules(refund_too_late(refund_case(late, premium=None, year_law=None))) == []


def test_that_what_never_was_or_was_taken_back_cannot_be_taken_back() -> None:
    assert rules(nothing_to_return(refund_case())) == []
    gone = refund_case(date(2026, 12, 1), standing=False)
    found = the_one(nothing_to_return(gone))
    assert (found.rule, found.about) == ("refund.nothing_to_return", ("r1", "p1"))
    assert rules(refund_too_late(gone)) == []
    assert the_one(nothing_to_return(replace(gone, law=no_law()))).because.source.title == ""


# ---------------------------------------------------------------------------------- the rest, said of records


def test_that_two_schemes_at_once_are_found_where_a_rule_forbids_it() -> None:
    person, law = worker(), shipped().law(CHANGSHA, DAY)
    earlier, later = EMPLOYED, replace(resident().coverage[0], since=DAY)
    found = the_one(double(person, earlier, later, law))
    assert (found.rule, found.about, found.on) == ("enrolment.double", ("me",), DAY)
    assert the_one(double(person, earlier, replace(later, since=LONG_AGO), law)).on == found.because.since
    assert rules(double(person, earlier, later, no_law())) == []


def test_that_a_missing_base_and_a_missing_rule_of_credit_are_noted() -> None:
    law = shipped().law(CHANGSHA, DAY)
    assert base_missing(worker(), DAY, law).severity is Severity.NOTE
    gap = credit_not_covered(worker(), DAY, NotCovered("account.own_rate", DAY, ["cn"]))
    assert (gap.severity, gap.because.key) == (Severity.NOTE, "account.own_rate")


@pytest.mark.parametrize(("kind", "words"), [(NotCovered, "没有收录"), (Unpublished, "没有公布")])
def test_that_a_silent_law_and_an_unpublished_value_are_told_apart(
    kind: type[NotCovered], words: str
) -> None:
    found = not_covered(("v1",), DAY, kind("a.b", DAY, ["cn"]))
    assert (found.rule, found.severity, found.about) == ("policy.not_covered", Severity.ERROR, ("v1",))
    assert words in str(found.says)


def test_that_a_premium_nobody_published_is_asked_for_and_a_bill_is_read() -> None:
    fixes = {
        key: str(not_covered(("v1",), DAY, NotCovered(key, DAY, ["cn"])).fix[0])
        for key in ("premium.personal", "visit.insured_only")
    }
    assert "12393" in fixes["premium.personal"]
    assert "票据" in fixes["visit.insured_only"]


def test_that_the_notes_about_the_law_count_the_records_that_rest_on_it() -> None:
    for found in (
        disputed(term(1), ("v1", "v2"), DAY),
        not_checked_since(term(1), date(2026, 3, 31), ("v1", "v2"), DAY),
    ):
        assert (found.severity, found.about, found.on) == (Severity.NOTE, ("v1", "v2"), DAY)
        assert "2 条记录" in str(found.says)


def test_that_charges_of_a_visit_are_never_needed_by_a_check() -> None:
    assert [one for check in checks.ON_VISIT for one in check(visit_case(charges=charged(0)))] == []
