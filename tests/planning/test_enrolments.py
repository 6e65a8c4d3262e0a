"""参保与补缴。What enrolling and paying arrears make of people, visits, accounts and money."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.account import Account, Base
from desktop.domain.binding import Relation
from desktop.domain.care import Level, Setting
from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.finding import Severity
from desktop.domain.matter import ArrearsPaid, EnrolledAs, Enrolment
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Coverage, History, Person, Scheme, Status
from desktop.domain.plan import Plan, PlannedPremium
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund, RefundGround
from desktop.domain.settlement import EntryKind, Part
from desktop.planning.enrolments import enrolled, paid_back, parents_of, record_of
from desktop.planning.findings import Findings
from desktop.planning.ledger import Ledger, keep
from desktop.planning.matters import lived_through
from desktop.planning.script import script
from desktop.planning.timeline import outlook
from tests.families import (
    CHANGSHA,
    ELSEWHERE,
    LAST,
    ZHUZHOU,
    bound,
    charged,
    families,
    family,
    hospital,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)
from tests.planning.test_futures import assert_same_as_alone

NEW = Person("an", "an")
quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def joins(
    on: date,
    enrolled_as: EnrolledAs = EnrolledAs.EMPLOYEE,
    *,
    area: str = CHANGSHA,
    base: Money | None = None,
    person: str = "an",
) -> Enrolment:
    return Enrolment(f"joins-{on}", on, person, enrolled_as, area, base)


def after(person: Person, event: Enrolment, *others: Person, events: tuple[Event, ...] = ()) -> Person:
    return enrolled(person, event, shipped(), family(person, *others, events=events))


def spans(person: Person) -> list[tuple[date, date | None, date | None]]:
    return [(one.since, one.until, one.benefits_from) for one in person.coverage]


def rules(ledger: Ledger) -> list[str]:
    return [one.rule for one in ledger.findings]


# ------------------------------------------------------------------------------------------------- enrolling


def test_that_an_employee_waits_thirty_days_and_has_an_empty_account_fed_from_the_base() -> None:
    person = after(NEW, joins(date(2025, 6, 1), base=yuan(6000)))
    assert spans(person) == [(date(2025, 6, 1), None, date(2025, 7, 1))]
    assert person.account == Account(date(2025, 6, 1), NOTHING, (Base(date(2025, 6, 1), yuan(6000)),))


def test_that_someone_in_flexible_work_or_a_resident_has_no_account() -> None:
    assert after(NEW, joins(date(2025, 6, 1), EnrolledAs.FLEXIBLE)).account is None
    assert after(NEW, joins(date(2025, 10, 1), EnrolledAs.RESIDENT, base=yuan(1))).account is None


def test_that_an_account_that_is_there_stays_and_gets_the_new_base() -> None:
    was = worker("an", base=5000, area=ZHUZHOU)
    person = after(was, joins(date(2025, 6, 1), base=yuan(8000)))
    assert person.account is not None
    assert was.account is not None
    assert [one.since for one in person.account.bases] == [was.account.bases[0].since, date(2025, 6, 1)]
    assert after(was, joins(date(2025, 6, 1))).account == was.account


def test_that_the_new_stretch_ends_those_before_and_is_ended_by_one_recorded_for_later() -> None:
    recorded = (
        Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, date(2020, 1, 1)),
        Coverage(Scheme.EMPLOYEE, Status.SUSPENDED, CHANGSHA, date(2026, 3, 1)),
    )
    person = after(replace(NEW, coverage=recorded), joins(date(2025, 6, 1)))
    assert spans(person) == [
        (date(2020, 1, 1), date(2025, 5, 31), None),
        (date(2025, 6, 1), date(2026, 2, 28), date(2025, 7, 1)),
        (date(2026, 3, 1), None, None),
    ]


def test_that_a_resident_renewed_in_the_window_stays_covered_until_the_new_year() -> None:
    year = Coverage(Scheme.RESIDENT, Status.ACTIVE, ZHUZHOU, date(2025, 1, 1), date(2025, 12, 31))
    person = after(replace(NEW, coverage=(year,)), joins(date(2025, 10, 1), EnrolledAs.RESIDENT))
    assert spans(person) == [(date(2025, 1, 1), date(2025, 12, 31), None), (date(2026, 1, 1), None, None)]
    in_january = joins(date(2026, 1, 20), EnrolledAs.RESIDENT)
    assert spans(after(replace(NEW, coverage=(year,)), in_january))[1] == (date(2026, 1, 1), None, None)


def test_that_benefits_begin_before_the_day_of_enrolling_unless_another_stretch_gives_them() -> None:
    born = replace(NEW, born=date(2026, 3, 5))
    baby = after(born, joins(date(2026, 4, 1), EnrolledAs.NEWBORN))
    assert spans(baby) == [(date(2026, 3, 5), None, None)]
    at_home = replace(NEW, coverage=resident(area=ZHUZHOU).coverage)
    student = after(at_home, joins(date(2025, 10, 1), EnrolledAs.STUDENT))
    assert spans(student)[-1] == (date(2025, 10, 1), None, None)


def test_that_who_goes_on_as_before_keeps_the_stretch() -> None:
    at_home = replace(NEW, coverage=resident().coverage)
    assert after(at_home, joins(date(2025, 10, 1), EnrolledAs.STUDENT)) == at_home


def test_that_where_no_rule_is_known_benefits_follow_the_day_and_a_note_says_so() -> None:
    event = joins(date(2026, 3, 1), area=ELSEWHERE)
    assert spans(after(NEW, event)) == [(date(2026, 3, 1), None, None)]
    assert rules(keep(family(NEW, events=(event,)), shipped())) == ["enrolment.benefits_not_known"]


def test_that_a_visit_while_waiting_is_paid_from_the_own_account_and_not_by_the_fund() -> None:
    waiting, later = visit("v1", date(2025, 6, 20), "an", charged(1000)), visit("v2", date(2025, 7, 1), "an")
    events = (joins(date(2025, 6, 1), base=yuan(6000)), waiting, replace(later, charges=charged(1000)))
    ledger = keep(family(NEW, events=events, credit_monthly=True), shipped())
    first, second = ledger.settlements["v1"], ledger.settlements["v2"]
    assert (first.fund_paid, first.account_paid) == (NOTHING, yuan(120))
    assert second.fund_paid == yuan(420)
    assert "visit.not_covered_yet" in rules(ledger)


def test_that_who_waits_is_insured_and_may_be_bound() -> None:
    binding = bound("me", "an", date(2025, 6, 10), relation=Relation.CHILD)
    ledger = keep(family(worker(), NEW, bindings=(binding,), events=(joins(date(2025, 6, 1)),)), shipped())
    assert ledger.standing == {binding.id}


def test_that_an_enrolment_that_is_forbidden_changes_nothing() -> None:
    event = joins(date(2025, 10, 1), EnrolledAs.RESIDENT, person="me")
    ledger = keep(family(worker(), events=(event, visit("v1", date(2025, 11, 1), "me"))), shipped())
    assert "enrolment.not_qualified" in rules(ledger)
    assert ledger.settlements["v1"].scheme is Scheme.EMPLOYEE


def test_that_the_record_is_what_was_paid_by_then_and_not_taken_back() -> None:
    paid = PremiumPayment("p1", date(2024, 10, 1), "an", 2025, yuan(400))
    other = replace(paid, id="p2", insured="mum")
    later = replace(paid, id="p3", on=date(2025, 10, 1), benefit_year=2026)
    back = Refund("r1", date(2024, 12, 1), "p1", ground=RefundGround.DUPLICATE)
    recorded = family(NEW, resident(), events=(paid, other, later, back))
    assert record_of(NEW, recorded, date(2024, 11, 1)).premiums == (paid,)
    assert record_of(NEW, recorded, date(2025, 11, 1)).premiums == (later,)


def test_that_parents_are_those_that_bindings_name() -> None:
    binding = bound("me", "an", relation=Relation.CHILD)
    assert [one.id for one in parents_of("an", family(worker(), NEW, bindings=(binding,)))] == ["me"]
    assert parents_of("an", family(worker(), NEW)) == ()


# --------------------------------------------------------------------------------------------------- arrears

WORKED = Coverage(Scheme.EMPLOYEE, Status.FLEXIBLE, CHANGSHA, date(2020, 1, 1), date(2025, 3, 31))
LAPSED = replace(
    NEW, coverage=(WORKED, Coverage(Scheme.EMPLOYEE, Status.SUSPENDED, CHANGSHA, date(2025, 4, 1)))
)


def arrears(
    on: date, since: date = date(2025, 4, 1), until: date | None = None, amount: Money | None = None
) -> ArrearsPaid:
    return ArrearsPaid("a1", on, "an", since, until or date(on.year, on.month - 1, 28), amount)


def test_that_three_months_paid_back_are_covered_in_hindsight_and_insurance_goes_on_as_before() -> None:
    person = paid_back(LAPSED, arrears(date(2025, 7, 10), until=date(2025, 6, 30)), shipped())
    assert spans(person) == [
        (date(2020, 1, 1), date(2025, 3, 31), None),
        (date(2025, 4, 1), date(2025, 6, 30), date(2025, 4, 1)),
        (date(2025, 7, 1), date(2025, 7, 9), None),
        (date(2025, 7, 10), None, None),
    ]
    assert [one.status for one in person.coverage][-1] is Status.FLEXIBLE


def test_that_more_than_three_months_give_benefits_thirty_days_after_paying() -> None:
    person = paid_back(LAPSED, arrears(date(2025, 9, 1), until=date(2025, 8, 31)), shipped())
    assert spans(person)[1:] == [
        (date(2025, 4, 1), date(2025, 8, 31), date(2025, 9, 2)),
        (date(2025, 9, 1), None, date(2025, 10, 1)),
    ]
    assert not any(person.coverage[1].treats_on(day) for day in (date(2025, 4, 1), date(2025, 8, 31)))


def test_that_a_gap_nobody_recorded_is_covered_like_a_suspension() -> None:
    gone = replace(LAPSED, coverage=(WORKED,))
    person = paid_back(gone, arrears(date(2025, 6, 10), until=date(2025, 5, 31)), shipped())
    assert spans(person)[1:] == [
        (date(2025, 4, 1), date(2025, 5, 31), date(2025, 4, 1)),
        (date(2025, 6, 10), None, None),
    ]


def test_that_what_is_recorded_for_later_stays() -> None:
    ends = replace(LAPSED.coverage[1], until=date(2025, 12, 31))
    resumes = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, date(2026, 1, 1))
    person = paid_back(
        replace(LAPSED, coverage=(WORKED, ends, resumes)),
        arrears(date(2025, 7, 1), until=date(2025, 6, 30)),
        shipped(),
    )
    assert spans(person)[-2:] == [
        (date(2025, 7, 1), date(2025, 12, 31), None),
        (date(2026, 1, 1), None, None),
    ]


def test_that_someone_insured_again_by_then_only_has_the_gap_covered() -> None:
    again = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, date(2025, 6, 1))
    person = replace(NEW, coverage=(WORKED, again))
    mended = paid_back(person, arrears(date(2025, 6, 10), until=date(2025, 5, 31)), shipped())
    assert spans(mended)[1:] == [
        (date(2025, 4, 1), date(2025, 5, 31), date(2025, 4, 1)),
        (date(2025, 6, 1), None, None),
    ]


def test_that_while_something_is_owed_nothing_comes_back_but_what_was_paid_stays_paid() -> None:
    partly = paid_back(LAPSED, arrears(date(2025, 7, 10), until=date(2025, 5, 31)), shipped())
    assert spans(partly)[1:] == [
        (date(2025, 4, 1), date(2025, 5, 31), date(2025, 7, 11)),
        (date(2025, 6, 1), None, None),
    ]
    rest = arrears(date(2025, 7, 20), date(2025, 6, 1), date(2025, 6, 30))
    assert spans(paid_back(partly, rest, shipped()))[1:] == [
        (date(2025, 4, 1), date(2025, 5, 31), date(2025, 4, 1)),
        (date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 1)),
        (date(2025, 7, 1), date(2025, 7, 19), None),
        (date(2025, 7, 20), None, None),
    ]


def test_that_paying_in_parts_makes_long_arrears_no_shorter() -> None:
    later = arrears(date(2025, 10, 10), date(2025, 7, 1), date(2025, 9, 30))
    earlier = arrears(date(2025, 10, 20), date(2025, 4, 1), date(2025, 6, 30))
    for one, other in ((later, earlier), (earlier, later)):
        partly = paid_back(LAPSED, replace(one, on=date(2025, 10, 10)), shipped())
        person = paid_back(partly, replace(other, on=date(2025, 10, 20)), shipped())
        assert spans(person)[-1] == (date(2025, 10, 20), None, date(2025, 11, 19))
        assert not person.coverage[1].treats_on(date(2025, 6, 30))


def test_that_where_no_rule_is_known_insurance_goes_on_from_the_day_of_paying() -> None:
    elsewhere = replace(
        LAPSED, coverage=tuple(replace(one, area=ELSEWHERE) for one in LAPSED.coverage), history=None
    )
    person = paid_back(elsewhere, arrears(date(2025, 7, 1), until=date(2025, 6, 30)), shipped())
    assert spans(person)[-1] == (date(2025, 7, 1), None, None)


def test_that_a_visit_in_the_arrears_is_paid_for_once_they_are_paid() -> None:
    seen = visit("v1", date(2025, 5, 10), "an", charged(1000))
    before = keep(family(LAPSED, events=(seen,)), shipped())
    assert before.settlements["v1"].fund_paid == NOTHING
    short = arrears(date(2025, 7, 1), until=date(2025, 6, 30))
    assert keep(family(LAPSED, events=(seen, short)), shipped()).settlements["v1"].fund_paid == yuan(420)
    long = arrears(date(2025, 9, 1), until=date(2025, 8, 31))
    assert keep(family(LAPSED, events=(seen, long)), shipped()).settlements["v1"].fund_paid == NOTHING


def test_that_arrears_are_paid_in_cash_and_forbidden_ones_move_nothing() -> None:
    paid = arrears(date(2025, 7, 1), until=date(2025, 6, 30), amount=yuan("949.80"))
    [entry] = [
        one
        for one in keep(family(LAPSED, events=(paid,)), shipped()).entries
        if one.kind is EntryKind.ARREARS
    ]
    assert sorted((leg.side.value, leg.owner, leg.amount) for leg in entry.postings) == [
        ("cash", "an", -yuan("949.80")),
        ("contribution", "", yuan("949.80")),
    ]
    ledger = keep(family(NEW, events=(paid,)), shipped())
    assert (ledger.entries, rules(ledger)) == ((), ["enrolment.order"])


# -------------------------------------------------------------------------------------------- premium groups


@pytest.mark.parametrize(
    ("group", "amount"), [(PremiumGroup.STANDARD, 400), (PremiumGroup.HALF, 200), (PremiumGroup.FULL, 0)]
)
def test_that_an_account_pays_what_the_group_owes(group: PremiumGroup, amount: int) -> None:
    paid = PremiumPayment("p1", date(2025, 10, 1), "mum", 2026, None, "me", group=group)
    bound_mum = family(worker(), resident(), bindings=(bound(),), events=(paid,))
    ledger = keep(bound_mum, shipped())
    assert ledger.premiums["p1"].amount == yuan(amount)
    assert ledger.balances() == {"me": yuan(1000 - amount)}


def test_that_a_premium_in_cash_follows_the_group_and_the_day() -> None:
    late = PremiumPayment("p1", date(2026, 3, 1), "mum", 2026)
    half = replace(late, id="p2", insured="dad", group=PremiumGroup.HALF)
    ledger = keep(family(resident(), resident("dad"), events=(late, half)), shipped())
    assert [one.amount for one in ledger.premiums.values()] == [yuan(1100), yuan(200)]


@pytest.mark.parametrize(
    ("group", "amount"), [(PremiumGroup.HALF, 200), (PremiumGroup.NEWBORN, 400), (None, 400)]
)
def test_that_a_planned_premium_goes_on_in_the_group_that_was_paid_last(
    group: PremiumGroup | None, amount: int
) -> None:
    born = replace(resident(), born=date(2026, 2, 1))
    paid = PremiumPayment("p1", date(2026, 2, 2), "mum", 2026, yuan(0), group=group or PremiumGroup.FULL)
    plan = Plan(premiums=(PlannedPremium("mum", None),))
    whole = family(born, events=() if group is None else (paid,), plan=plan, as_of=date(2026, 8, 1))
    seen = outlook(whole, shipped(), "mum", date(2026, 12, 31))
    assert [one.amount for one in seen.ledger.premiums.values()][-1] == yuan(amount)


# --------------------------------------------------------------------------------------------------- bonuses

CLAIMLESS = replace(resident(), history=History(date(2025, 12, 31), zero_claim_years=(2025,)))


def stay(name: str, on: date, fee: int = 900_000) -> Event:
    provider = hospital(Level.TERTIARY)
    return visit(name, on, "mum", charged(fee), setting=Setting.INPATIENT, provider=provider)


def critical(ledger: Ledger, name: str) -> Money:
    return ledger.settlements[name].of(Part.CRITICAL)


def test_that_a_year_without_claims_raises_the_ceiling_of_the_next_and_the_trace_names_it() -> None:
    on = date(2026, 3, 1)
    plain = keep(family(resident(), events=(stay("v1", on),)), shipped())
    raised = keep(family(CLAIMLESS, events=(stay("v1", on),)), shipped())
    assert (critical(plain, "v1"), critical(raised, "v1")) == (yuan(400_000), yuan(405_000))
    [because] = [one.because for one in raised.settlements["v1"].slices if one.part is Part.CRITICAL]
    assert [one.key for one in because][-2:] == ["resident_critical.ceiling", "premium.zero_claim_bonus"]


def test_that_a_bonus_that_was_drawn_on_is_gone_the_year_after() -> None:
    events = (stay("v1", date(2026, 3, 1)), stay("v2", date(2027, 3, 1)))
    assuming = shipped().assuming_unchanged()
    assert critical(keep(family(CLAIMLESS, events=events), assuming), "v2") == yuan(400_000)
    assert critical(keep(family(CLAIMLESS, events=events[1:]), assuming), "v2") == yuan(405_000)
    little = (stay("v1", date(2026, 3, 1), 100_000), events[1])
    assert critical(keep(family(CLAIMLESS, events=little), assuming), "v2") == yuan(405_000)
    # What is only planned clears nothing.
    planned = keep(family(CLAIMLESS, events=events), assuming, cash_from=date(2026, 1, 1))
    assert critical(planned, "v2") == yuan(405_000)


# ------------------------------------------------------------------------------------------------- at random


@st.composite
def enrolling_families(draw: st.DrawFn) -> Family:
    """Random families who enrol and pay arrears again and again."""
    base, dates = draw(families()), st.dates(date(2023, 1, 1), LAST)
    names = st.sampled_from([one.id for one in base.people])
    known = st.none() | st.builds(
        History,
        st.just(date(2024, 12, 31)),
        st.sampled_from([0, 60]),
        resident_years=st.just((2019, 2020, 2024)),
        zero_claim_years=st.just((2024, 2025)),
    )
    people = tuple(replace(one, history=draw(known), born=draw(st.none() | dates)) for one in base.people)
    events: list[Event] = [
        Enrolment(f"e{n}", draw(dates), draw(names), draw(st.sampled_from(EnrolledAs)), CHANGSHA, yuan(6000))
        for n in range(draw(st.integers(0, 4)))
    ]
    for number in range(draw(st.integers(0, 3))):
        on, since = draw(dates), draw(dates)
        until = max(since, draw(st.just(on.replace(day=1)) | dates))
        events.append(ArrearsPaid(f"a{number}", on, draw(names), since, until, yuan(300)))
    return replace(base, people=people, events=(*base.events, *events))


@quick
@given(enrolling_families())
def test_that_twice_is_once_and_no_two_stretches_of_a_person_come_to_overlap(base: Family) -> None:
    findings = Findings()
    once = lived_through(base, shipped(), LAST, findings)
    # What was refused may do once another matter has come about, and arrears change what was before them.
    refused = any(one.severity is Severity.ERROR for one in findings.all())
    if not refused and not any(isinstance(one, ArrearsPaid) for one in base.events):
        assert lived_through(once, shipped(), LAST, Findings()) == once
    for person, was in zip(once.people, base.people, strict=True):
        if person.coverage != was.coverage and not list(was.enrolled_twice()):
            assert list(person.enrolled_twice()) == []
        assert all(one.until is None or one.since <= one.until for one in person.coverage)


@quick
@given(enrolling_families(), st.integers(0, 2**32))
def test_that_every_future_of_those_who_enrol_is_that_of_the_future_alone(base: Family, seed: int) -> None:
    later = tuple(one for one in base.events if one.on > base.as_of)
    facts = tuple(one for one in base.events if one.on <= base.as_of)
    known = {one.id for one in facts}
    expected = tuple(one for one in later if not isinstance(one, Refund) or one.of in known)
    planned = replace(base, events=facts, plan=Plan(expected=expected))
    account = planned.people[0].id
    drawn = script(planned, shipped(), account, date(2027, 6, 30))
    assert_same_as_alone(drawn, seed, range(3))
