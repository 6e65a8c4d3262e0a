"""账。What is credited, what counts for the year, what a refund gives back, and what an error forbids."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.account import Account, Base
from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Credential, Facility, Level, Provider, Setting, Visit
from desktop.domain.event import Event
from desktop.domain.family import Family, Settings
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import EntryKind, Part, PurseKind
from desktop.planning.counters import ONCE, Counters, taken_back
from desktop.planning.ledger import Ledger, keep
from desktop.policy.book import Book
from tests.families import (
    CHANGSHA,
    ELSEWHERE,
    LONG_AGO,
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
from tests.policy.packs import block, pack


def kept(ours: Family, until: date | None = None) -> Ledger:
    return keep(ours, shipped(), until)


def errors(ledger: Ledger) -> list[str]:
    return [one.rule for one in ledger.findings if one.severity is Severity.ERROR]


def rules(ledger: Ledger) -> list[str]:
    return [one.rule for one in ledger.findings]


# -------------------------------------------------------------------------------------------------- credits


def credited(
    person: Person, until: date = date(2025, 3, 31), book: Book | None = None
) -> list[tuple[date, str]]:
    ours = family(person, credit_monthly=True, as_of=until)
    return [(one.on, str(one.amount)) for one in keep(ours, book or shipped(), until).credits]


def test_that_a_worker_is_credited_each_month_on_the_packs_day() -> None:
    assert credited(worker(base=10_000)) == [
        (date(2025, 1, 15), "200.00"),
        (date(2025, 2, 15), "200.00"),
        (date(2025, 3, 15), "200.00"),
    ]


def test_that_a_retiree_is_credited_a_fixed_sum() -> None:
    assert {amount for _, amount in credited(worker(status=Status.RETIRED))} == {"75.00"}


@pytest.mark.parametrize("status", [Status.FLEXIBLE, Status.UNEMPLOYED, Status.SUSPENDED])
def test_that_nobody_else_is_credited_anything(status: Status) -> None:
    assert credited(worker(base=10_000, status=status)) == []


def test_that_the_first_month_of_coverage_is_credited_on_the_packs_day_too() -> None:
    coverage = (Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, date(2025, 3, 10)),)
    assert credited(replace(worker(base=10_000), coverage=coverage)) == [(date(2025, 3, 15), "200.00")]


def test_that_nothing_is_credited_before_the_opening_or_without_coverage() -> None:
    late = worker(base=10_000, opened=date(2025, 2, 15))
    assert [on for on, _ in credited(late)] == [date(2025, 2, 15), date(2025, 3, 15)]
    assert credited(replace(late, coverage=())) == []
    ended = replace(late.coverage[0], until=date(2025, 2, 28))
    assert [on for on, _ in credited(replace(late, coverage=(ended,)))] == [date(2025, 2, 15)]


def test_that_a_missing_base_is_noted_once_and_credits_nothing() -> None:
    ledger = kept(family(worker(), credit_monthly=True), date(2025, 12, 31))
    assert ledger.credits == ()
    assert rules(ledger) == ["account.base_missing"]


def test_that_months_without_a_rule_are_noted_once_and_credit_nothing() -> None:
    old = worker(base=10_000, opened=date(2022, 6, 1))
    ledger = kept(family(old, credit_monthly=True), date(2022, 12, 31))
    assert ledger.credits == ()
    assert rules(ledger) == ["account.credit_not_covered"]


def test_that_without_a_day_in_the_pack_credits_fall_on_the_first() -> None:
    blocks = [block("account.retiree_monthly", Decimal(75))]
    book = Book([pack("cn", *blocks)])
    assert [on.day for on, _ in credited(worker(status=Status.RETIRED), book=book)] == [1, 1, 1]


def test_that_a_raise_counts_from_its_day() -> None:
    bases = (Base(LONG_AGO, yuan(10_000)), Base(date(2025, 2, 15), yuan(12_000)))
    raised = replace(worker(), account=Account(date(2025, 1, 1), NOTHING, bases))
    assert [amount for _, amount in credited(raised)] == ["200.00", "240.00", "240.00"]


def test_that_credits_stop_where_the_family_turns_them_off() -> None:
    assert kept(family(worker(base=10_000)), date(2025, 12, 31)).credits == ()


# -------------------------------------------------------------------------------------------- one day's order


def test_that_on_one_day_a_binding_ends_before_another_begins() -> None:
    day = date(2025, 2, 1)
    people = worker(), worker("sis"), resident()
    changed = bound(until=date(2025, 1, 31)), bound("sis", since=day)
    ledger = kept(family(*people, bindings=changed, events=(visit(on=day),)))
    assert ledger.settlements["v1"].by_payer() == {"sis": yuan(100)}


def test_that_on_one_day_a_binding_and_a_credit_come_before_the_visit() -> None:
    day = date(2025, 2, 15)
    ours = family(
        worker(balance=0, base=10_000, opened=day),
        resident(),
        bindings=(bound(since=day),),
        events=(visit(on=day),),
        credit_monthly=True,
    )
    assert kept(ours).settlements["v1"].by_payer() == {"me": yuan(100)}


def test_that_of_two_bindings_of_one_day_the_later_in_the_file_is_refused() -> None:
    people = worker(), worker("sis"), resident()
    ledger = kept(family(*people, bindings=(bound(), bound("sis"))))
    assert ledger.standing == {"me-mum"}
    swapped = kept(family(*people, bindings=(bound("sis"), bound())))
    assert swapped.standing == {"sis-mum"}


def test_that_an_account_is_known_only_from_its_opening_on() -> None:
    late = worker(opened=date(2025, 6, 1))
    ledger = kept(family(late, resident(), bindings=(bound(),), events=(visit(),)))
    assert ledger.settlements["v1"].paid_by(PurseKind.CASH) == yuan(100)
    assert (ledger.balances(), ledger.entries[0].kind) == ({"me": NOTHING}, EntryKind.VISIT)


# ------------------------------------------------------------------------------------------------------ year


def stay(name: str, on: date, level: Level = Level.TERTIARY) -> Visit:
    return visit(
        name,
        on,
        "me",
        charged(10_000),
        setting=Setting.INPATIENT,
        provider=hospital(level),
        use_account=False,
    )


def deductibles(*events: Event) -> dict[str, str]:
    ledger = kept(family(worker(), events=events))
    return {name: str(done.of(Part.DEDUCTIBLE)) for name, done in ledger.settlements.items()}


def test_that_a_refund_takes_back_what_the_visit_counted_towards_the_year() -> None:
    first, second = date(2025, 3, 1), date(2025, 4, 1)
    alone = deductibles(stay("b", second))
    assert deductibles(stay("a", first), stay("b", second))["b"] != alone["b"]
    undone = deductibles(stay("a", first), Refund("r", date(2025, 3, 5), "a"), stay("b", second))
    assert undone["b"] == alone["b"]


def test_that_a_year_begins_anew_in_january() -> None:
    found = deductibles(stay("a", date(2025, 12, 31)), stay("b", date(2026, 1, 1)))
    assert found["a"] == found["b"]


def test_that_a_stay_known_from_its_receipt_counts_for_the_pool_and_not_for_the_deductible() -> None:
    known = replace(stay("a", date(2025, 3, 1)), charges=charged(10_000, fund=140_000 // 20))
    ledger = kept(family(worker(), events=(known, stay("b", date(2025, 4, 1)))))
    year = ledger.settlements["b"].year
    assert (year.deductible, year.pool, year.stays) == (NOTHING, yuan(7000), {})


def test_that_counters_of_two_people_two_schemes_and_two_benefits_are_apart() -> None:
    ledger = kept(family(worker(), events=(stay("a", date(2025, 3, 1)),)))
    counters: Counters[Money] = Counters()
    done = ledger.settlements["a"]
    counters.count(done.visit, done.scheme, done.slices)
    day = date(2025, 4, 1)
    used = counters.year("me", Scheme.EMPLOYEE, Setting.INPATIENT, day)
    assert used.deductible > NOTHING
    assert used.stays == {Level.TERTIARY: True}
    assert (used.pool, used.pool_this_month) == (ledger.settlements["a"].of(Part.POOL), NOTHING)
    others = [
        counters.year("mum", Scheme.EMPLOYEE, Setting.INPATIENT, day),
        counters.year("me", Scheme.RESIDENT, Setting.INPATIENT, day),
        counters.year("me", Scheme.EMPLOYEE, Setting.OUTPATIENT, day),
        counters.year("me", Scheme.EMPLOYEE, Setting.INPATIENT, date(2026, 4, 1)),
    ]
    assert all((one.deductible, one.pool, one.stays) == (NOTHING, NOTHING, {}) for one in others)
    assert others[2].critical_base == used.critical_base > NOTHING
    counters.count(done.visit, done.scheme, taken_back(done.slices), ONCE * -1)
    back = counters.year("me", Scheme.EMPLOYEE, Setting.INPATIENT, date(2025, 3, 1))
    assert back == others[0]._replace(stays={Level.TERTIARY: False})


def test_that_someone_not_insured_uses_up_nothing() -> None:
    nobody = Person("me", "me")
    ledger = kept(family(nobody, events=(stay("a", date(2025, 3, 1)),)))
    done = ledger.settlements["a"]
    assert (done.scheme, done.paid_by(PurseKind.CASH)) == (None, yuan(10_000))
    counters: Counters[Money] = Counters()
    counters.count(done.visit, done.scheme, done.slices)
    assert counters.year("me", Scheme.EMPLOYEE, Setting.INPATIENT, done.visit.on).pool == NOTHING


# ----------------------------------------------------------------------------------------- premiums, refunds


def premium(name: str = "p1", on: date = date(2025, 10, 1), paid_from: str | None = "me") -> PremiumPayment:
    return PremiumPayment(name, on, "mum", 2026, None, paid_from)


def with_premiums(*events: Event, bindings: tuple[Binding, ...] = (bound(),), balance: int = 1000) -> Ledger:
    return kept(family(worker(balance=balance), resident(), bindings=bindings, events=events))


def test_that_a_premium_goes_out_once_from_the_account_that_pays_it() -> None:
    ledger = with_premiums(premium(), premium("p2"))
    assert ledger.balances() == {"me": yuan(600)}
    assert errors(ledger) == ["premium.paid_twice"]


def test_that_a_refused_binding_says_alone_why_no_premium_is_paid() -> None:
    in_law = bound(relation=Relation.PARENT_IN_LAW)
    ledger = with_premiums(premium(), bindings=(in_law,))
    assert errors(ledger) == ["binding.relation_not_allowed"]
    assert ledger.premiums == {}
    later = bound(relation=Relation.PARENT_IN_LAW, since=date(2025, 11, 1))
    assert "premium.payer_not_bound" in errors(with_premiums(premium(), bindings=(later,)))


def test_that_premiums_were_open_to_more_relatives_earlier_than_visits() -> None:
    day = date(2024, 9, 1)
    people = worker(opened=date(2024, 1, 1)), resident("sis")
    sister = bound("me", "sis", day, relation=Relation.SIBLING)
    paid = PremiumPayment("p1", date(2024, 10, 1), "sis", 2025, None, "me")
    seen = visit("v1", date(2024, 10, 2), "sis")
    ledger = kept(family(*people, bindings=(sister,), events=(paid, seen)))
    assert ledger.premiums["p1"].holder == "me"
    assert ledger.settlements["v1"].by_payer() == {}
    assert "binding.relation_not_allowed" in errors(ledger)


def test_that_a_premium_in_cash_needs_no_binding_and_moves_no_account() -> None:
    ledger = with_premiums(premium(paid_from=None), bindings=())
    assert (ledger.premiums["p1"].holder, ledger.balances()) == (None, {"me": yuan(1000)})
    [entry] = [one for one in ledger.entries if one.kind is EntryKind.PREMIUM]
    assert entry.moved("me") == NOTHING


def test_that_a_stated_sum_in_cash_is_booked_where_no_pack_knows_the_year() -> None:
    stated = replace(premium(paid_from=None), benefit_year=2030, amount=yuan(500))
    ledger = with_premiums(stated)
    assert (ledger.premiums["p1"].amount, ledger.premiums["p1"].because) == (yuan(500), None)
    unknown = with_premiums(replace(stated, amount=None))
    assert errors(unknown) == ["policy.not_covered"]


def test_that_paying_for_relatives_was_not_open_before_august_2024() -> None:
    forbidden = Book([*shipped().packs.values()]).with_packs(
        [pack("cn-4301", block("mutual_aid.pays_premium", False, channel="premium_proxy"))]
    )
    ours = family(worker(), resident(), bindings=(bound(),), events=(premium(),))
    assert "premium.payer_not_bound" in [one.rule for one in keep(ours, forbidden).findings]


def test_that_the_payers_law_speaks_for_someone_not_insured_yet() -> None:
    newborn = Person("mum", "mum", (Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, date(2026, 1, 1)),))
    assert errors(kept(family(worker(), newborn, events=(premium(),)))) == ["premium.payer_not_bound"]
    assert kept(family(worker(), newborn, events=(premium(paid_from=None),))).premiums["p1"].amount


def test_that_a_refund_gives_back_to_every_purse_even_after_unbinding() -> None:
    bill = visit(charges=charged(1500, own=200, fund=300))
    ended = bound(until=date(2025, 3, 31))
    ledger = with_premiums(bill, Refund("r1", date(2025, 6, 1), "v1"), bindings=(ended,))
    taken = ledger.refunds["r1"]
    assert (taken.returned, taken.cash) == ((("me", yuan(1000)),), yuan(200))
    assert ledger.balances() == {"me": yuan(1000)}


def test_that_the_patients_own_account_is_told_after_a_refund() -> None:
    bill = visit(patient="me")
    ledger = kept(family(worker(), events=(bill, Refund("r1", date(2025, 6, 1), "v1"))))
    assert ledger.refunds["r1"].balance_after == yuan(1000)


def test_that_a_premium_taken_back_may_be_paid_again() -> None:
    back = Refund("r1", date(2025, 10, 2), "p1")
    ledger = with_premiums(premium(), back, premium("p2", date(2025, 10, 3)))
    assert (ledger.balances(), errors(ledger)) == ({"me": yuan(600)}, [])
    assert ledger.refunds["r1"].returned == (("me", yuan(400)),)
    in_cash = with_premiums(premium(paid_from=None), back)
    assert (in_cash.refunds["r1"].returned, in_cash.refunds["r1"].cash) == ((), yuan(400))


def test_that_a_premium_taken_back_too_late_stays_paid() -> None:
    ledger = with_premiums(premium(), Refund("r1", date(2026, 7, 1), "p1"))
    assert errors(ledger) == ["premium.refund_too_late"]
    assert (ledger.refunds, ledger.balances()) == ({}, {"me": yuan(600)})


@pytest.mark.parametrize("on", [date(2025, 2, 28), date(2025, 3, 1)])
def test_that_what_has_not_happened_cannot_be_taken_back(on: date) -> None:
    ledger = with_premiums(Refund("r1", on, "v1"), visit())
    assert errors(ledger) == ["refund.nothing_to_return"]
    assert ledger.balances() == {"me": yuan(900)}


def test_that_what_was_taken_back_cannot_be_taken_back_again() -> None:
    ledger = with_premiums(
        visit(), Refund("r1", date(2025, 4, 1), "v1"), Refund("r2", date(2025, 4, 2), "v1")
    )
    assert errors(ledger) == ["refund.nothing_to_return"]
    assert ledger.balances() == {"me": yuan(1000)}


# -------------------------------------------------------------------------------- what no pack covers, errors


def test_that_an_event_that_no_pack_covers_is_left_and_the_others_go_on() -> None:
    unknown = visit("v0", date(2025, 2, 1), charges=charged(100), provider=hospital(Level.TERTIARY))
    ledger = with_premiums(unknown, visit())
    assert set(ledger.settlements) == {"v1"}
    assert [(one.rule, one.about) for one in ledger.findings if one.severity is Severity.ERROR] == [
        ("policy.not_covered", ("v0",))
    ]


def test_that_a_binding_that_no_pack_covers_does_not_stand() -> None:
    ledger = kept(family(worker(), resident(), bindings=(bound(since=date(2019, 1, 1)),)))
    assert (ledger.standing, errors(ledger)) == (frozenset(), ["policy.not_covered"])


def test_that_money_is_taken_from_no_account_for_what_an_error_forbids() -> None:
    used_another = replace(visit(), credential=Credential.OTHER)
    ledger = with_premiums(used_another)
    assert ledger.balances() == {"me": yuan(1000)}
    assert ledger.settlements["v1"].paid_by(PurseKind.CASH) == yuan(100)


def test_that_a_payer_bound_twice_pays_once() -> None:
    again = bound(name="again", since=date(2025, 2, 1))
    ledger = with_premiums(visit(charges=charged(1500, fund=0)), bindings=(bound(), again))
    assert ledger.settlements["v1"].by_payer() == {"me": yuan(1000)}


def test_that_a_binding_is_judged_again_on_the_day_it_should_pay() -> None:
    moved = replace(
        resident(),
        coverage=(
            replace(resident().coverage[0], until=date(2025, 2, 1)),
            replace(resident(area=ELSEWHERE).coverage[0], since=date(2025, 2, 2)),
        ),
    )
    ledger = kept(family(worker(), moved, bindings=(bound(),), events=(visit(),)))
    assert ledger.standing == {"me-mum"}
    assert ledger.settlements["v1"].by_payer() == {}
    assert errors(ledger) == ["binding.outside_area"]


def test_that_a_wallet_pays_no_visit_by_being_bound() -> None:
    wallet = bound(since=date(2026, 2, 1), channel=Channel.WALLET)
    ledger = with_premiums(visit(on=date(2026, 3, 1)), bindings=(wallet,))
    assert ledger.standing == {"me-mum"}
    assert ledger.settlements["v1"].by_payer() == {}


def test_that_an_empty_purse_is_told_for_the_visit_and_what_it_lacked() -> None:
    ledger = with_premiums(visit(charges=charged(1200, fund=0)), visit("v2", date(2025, 3, 2)))
    assert ledger.settlements["v1"].lacked == (("me", yuan(200)),)
    warned = [one.about for one in ledger.findings if one.rule == "binding.payer_balance_zero"]
    assert warned == [("me-mum", "me", "v2")]


def test_that_out_of_scope_paid_in_cash_beside_money_is_noted_and_disputed() -> None:
    ledger = with_premiums(visit(charges=charged(300, own=100, fund=0)))
    assert rules(ledger) == ["visit.item_not_payable", "policy.disputed"]
    pays = replace(ledger.family, settings=Settings(False, True, True))
    paying = kept(pays)
    assert paying.settlements["v1"].by_payer() == {"me": yuan(300)}
    assert rules(paying) == ["policy.disputed"]


def test_that_results_after_the_last_comparison_are_noted_together() -> None:
    late = visit("v1", date(2026, 5, 1)), visit("v2", date(2026, 6, 1))
    ledger = with_premiums(*late)
    [note] = [one for one in ledger.findings if one.rule == "policy.not_checked_since"]
    assert (note.about, note.on) == (("v1", "v2"), date(2026, 5, 1))


def test_that_two_schemes_at_once_are_found_once_and_cost_nothing() -> None:
    twice = replace(
        worker(), coverage=(worker().coverage[0], replace(resident().coverage[0], since=date(2024, 1, 1)))
    )
    ledger = kept(family(twice, events=(visit(patient="me"),)))
    assert errors(ledger) == ["enrolment.double"]
    assert ledger.settlements["v1"].paid_by(PurseKind.OWN) == yuan(100)


def test_that_facts_after_the_last_day_are_left_out() -> None:
    late = worker("sis", opened=date(2025, 6, 1))
    ours = family(worker(), late, resident(), bindings=(bound(), bound("sis", since=date(2025, 6, 1))))
    ledger = kept(replace(ours, events=(visit(), visit("v2", date(2025, 6, 2)))), date(2025, 5, 1))
    assert (set(ledger.settlements), set(ledger.standing)) == ({"v1"}, {"me-mum"})
    assert ledger.last_day == date(2025, 6, 2)


def test_that_a_family_without_events_is_kept_to_its_own_day() -> None:
    ledger = kept(family(worker(base=10_000), credit_monthly=True, as_of=date(2025, 2, 20)))
    assert (len(ledger.credits), ledger.last_day) == (2, date(2025, 2, 20))


def test_that_a_pharmacy_has_no_level_and_is_still_settled() -> None:
    shop = Provider(Facility.PHARMACY, True, CHANGSHA)
    bought = visit(setting=Setting.PHARMACY, provider=shop)
    assert with_premiums(bought).settlements["v1"].by_payer() == {"me": yuan(100)}


def test_that_an_account_not_opened_yet_is_said_and_not_used() -> None:
    late = replace(worker(), account=Account(opened_on=date(2025, 3, 1), opening=yuan(1000)))
    ledger = keep(
        family(late, resident(), bindings=(bound(),), events=(visit("v1", date(2025, 2, 1)),)), shipped()
    )
    assert ledger.settlements["v1"].account_paid == NOTHING
    [note] = [one for one in ledger.findings if one.rule == "account.not_opened_yet"]
    assert (note.about, str(note.says)) == (
        ("me",),
        "me的账户从 2025-03-01 起登记，这之前的余额不知道，没有动用",
    )


def test_that_a_wallet_binding_pays_no_premium_without_a_quota() -> None:
    wallet = replace(bound(since=date(2026, 1, 10)), channel=Channel.WALLET)
    paid = PremiumPayment("p1", date(2025, 12, 20), "mum", 2026, paid_from="me")
    ledger = keep(family(worker(balance=1000), resident(), bindings=(wallet,), events=(paid,)), shipped())
    assert ledger.premiums == {}
    assert "premium.payer_not_bound" in [one.rule for one in ledger.findings]
    later = replace(paid, on=date(2026, 1, 20))
    ledger = keep(family(worker(balance=1000), resident(), bindings=(wallet,), events=(later,)), shipped())
    assert ledger.premiums == {}
    assert "premium.account_short" in [one.rule for one in ledger.findings]
