"""人生大事。What retiring, moving, enrolling and dying change, and what is no longer expected."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.account import Account, Base
from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.money import NOTHING
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.plan import (
    Dies,
    Enrols,
    LifeEvent,
    Moves,
    Plan,
    PlannedPremium,
    Recurring,
    Retires,
    Rhythm,
)
from desktop.domain.premium import PremiumPayment, Refund
from desktop.planning.expected import expected_events
from desktop.planning.lives import last_days, lived
from desktop.planning.timeline import outlook
from tests.families import (
    CHANGSHA,
    LONG_AGO,
    NAMES,
    ZHUZHOU,
    bound,
    charged,
    days,
    families,
    family,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)

TODAY, END = date(2025, 3, 20), date(2035, 12, 31)
SPRING = date(2027, 4, 10)
EVE = date(2027, 4, 9)


def after(person: Person, *life: LifeEvent, until: date = END) -> Person:
    return lived(family(person, as_of=TODAY), life, until).people[0]


def stretches(person: Person) -> list[tuple[Scheme, Status, str, date, date | None]]:
    return [(one.scheme, one.status, one.area, one.since, one.until) for one in person.coverage]


def enrols(person: str = "kid", on: date = SPRING, base: int | None = 5000) -> Enrols:
    wages = None if base is None else yuan(base)
    return Enrols(person, on, Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, wages)


ACTIVE, RETIRED = (Scheme.EMPLOYEE, Status.ACTIVE), (Scheme.EMPLOYEE, Status.RETIRED)


# ----------------------------------------------------------------------------------------------------- people


def test_that_an_employee_retires_in_the_area_of_the_day() -> None:
    assert stretches(after(worker(area=ZHUZHOU), Retires("me", SPRING))) == [
        (*ACTIVE, ZHUZHOU, LONG_AGO, EVE),
        (*RETIRED, ZHUZHOU, SPRING, None),
    ]


def test_that_someone_between_two_jobs_retires_where_last_insured() -> None:
    person = replace(worker(), coverage=(Coverage(*ACTIVE, ZHUZHOU, LONG_AGO, date(2026, 1, 31)),))
    assert stretches(after(person, Retires("me", SPRING)))[1:] == [(*RETIRED, ZHUZHOU, SPRING, None)]
    moved = after(person, Retires("me", SPRING), Moves("me", date(2026, 3, 1), CHANGSHA))
    assert stretches(moved)[1:] == [(*RETIRED, CHANGSHA, SPRING, None)]


@pytest.mark.parametrize("person", [resident("me"), Person("me", "me")])
def test_that_nobody_retires_who_is_no_employee(person: Person) -> None:
    retired = after(person, Retires("me", SPRING))
    for day in (EVE, SPRING, END):
        held, was = retired.coverage_on(day), person.coverage_on(day)
        assert (held and (held.scheme, held.status)) == (was and (was.scheme, was.status))


def test_that_who_moves_is_insured_elsewhere_in_whatever_comes_after() -> None:
    turn = date(2028, 7, 1)
    known = (
        Coverage(*ACTIVE, CHANGSHA, LONG_AGO, date(2028, 6, 30)),
        Coverage(*RETIRED, CHANGSHA, turn, date(2030, 12, 31)),
    )
    assert stretches(after(replace(worker(), coverage=known), Moves("me", SPRING, ZHUZHOU))) == [
        (*ACTIVE, CHANGSHA, LONG_AGO, EVE),
        (*ACTIVE, ZHUZHOU, SPRING, date(2028, 6, 30)),
        (*RETIRED, ZHUZHOU, turn, date(2030, 12, 31)),
    ]


def test_that_a_record_that_ended_before_stays_as_it_was() -> None:
    ended = Coverage(*ACTIVE, CHANGSHA, LONG_AGO, date(2020, 12, 31))
    person = replace(worker(), coverage=(ended, Coverage(*ACTIVE, ZHUZHOU, date(2021, 1, 1))))
    assert after(person, Retires("me", SPRING)).coverage[0] is ended


def test_that_a_grown_child_works_and_its_account_opens_empty_on_that_day() -> None:
    grown_up = after(resident("kid"), enrols())
    assert stretches(grown_up) == [
        (Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, LONG_AGO, EVE),
        (*ACTIVE, CHANGSHA, SPRING, None),
    ]
    assert grown_up.account == Account(SPRING, NOTHING, (Base(SPRING, yuan(5000)),))


def test_that_an_account_opens_without_a_base_too_but_not_where_there_is_none() -> None:
    assert after(resident("kid"), enrols(base=None)).account == Account(SPRING)
    for scheme, status in ((Scheme.EMPLOYEE, Status.FLEXIBLE), (Scheme.RESIDENT, Status.ACTIVE)):
        assert after(resident("kid"), Enrols("kid", SPRING, scheme, status, CHANGSHA)).account is None


def test_that_a_new_job_feeds_the_old_account_from_its_own_base() -> None:
    account = after(worker(base=8000), enrols("me")).account
    assert account is not None
    assert (account.opening, account.base_on(EVE), account.base_on(SPRING)) == (
        yuan(1000),
        yuan(8000),
        yuan(5000),
    )


def test_that_a_worker_who_stops_keeps_the_account() -> None:
    stopped = after(worker(base=8000), Enrols("me", SPRING, Scheme.RESIDENT, Status.ACTIVE, CHANGSHA))
    assert stopped.account == worker(base=8000).account
    assert stretches(stopped)[1][0] is Scheme.RESIDENT


def test_that_after_a_death_nobody_is_insured_and_nothing_happens_to_them() -> None:
    dead = after(
        worker(), Retires("me", date(2028, 1, 1)), Dies("me", SPRING), Dies("me", END), enrols("me", SPRING)
    )
    assert dead.coverage_on(SPRING) == Coverage(*ACTIVE, CHANGSHA, SPRING, SPRING)
    assert all(dead.coverage_on(day) is None for day in (date(2027, 4, 11), date(2029, 1, 1)))


def test_that_what_lies_after_the_plan_or_concerns_a_stranger_changes_nothing() -> None:
    ours = family(worker(), resident(), bindings=(bound(),), as_of=TODAY)
    assert lived(ours, (Retires("me", SPRING), Dies("mum", SPRING), Dies("nobody", TODAY)), EVE) == ours


def test_that_a_life_event_on_or_before_the_familys_day_is_a_fact_by_then() -> None:
    assert after(worker(), Retires("me", date(2025, 1, 1))).coverage_on(TODAY) == Coverage(
        *RETIRED, CHANGSHA, date(2025, 1, 1)
    )


def test_that_the_bindings_of_the_dead_end_and_none_begins_after() -> None:
    later = bound("sis", "mum", date(2028, 1, 1))
    ended = bound("sis", "dad", until=date(2026, 1, 1))
    ours = family(
        worker(),
        worker("sis"),
        resident(),
        resident("dad"),
        bindings=(bound(), bound("me", "dad"), later, ended),
    )
    assert lived(ours, (Dies("mum", SPRING),), END).bindings == (
        bound(until=SPRING),
        bound("me", "dad"),
        ended,
    )
    assert [one.until for one in lived(ours, (Dies("me", SPRING),), END).bindings[:2]] == [SPRING, SPRING]


def test_that_the_first_of_two_deaths_counts() -> None:
    assert last_days((Dies("me", END), Dies("me", SPRING), Retires("me", TODAY))) == {"me": SPRING}


places = st.sampled_from([CHANGSHA, ZHUZHOU])
lives = st.lists(
    st.builds(Retires, st.sampled_from(NAMES), days)
    | st.builds(Moves, st.sampled_from(NAMES), days, places)
    | st.builds(Dies, st.sampled_from(NAMES), days)
    | st.builds(
        Enrols,
        st.sampled_from(NAMES),
        days,
        st.sampled_from(Scheme),
        st.sampled_from(Status),
        places,
        st.none() | st.just(yuan(5000)),
    ),
    max_size=5,
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(families(), lives)
def test_that_life_never_insures_anyone_twice_and_lives_once(ours: Family, life: list[LifeEvent]) -> None:
    then = lived(ours, life, END)
    for was, person in zip(ours.people, then.people, strict=True):
        known = {later.since for _, later in was.enrolled_twice()}
        assert {later.since for _, later in person.enrolled_twice()} <= known
        assert all(one.until is None or one.since <= one.until for one in person.coverage)
        first = min((one.on for one in life if one.person == person.id), default=END)
        for one in was.coverage:
            if one.since < first:
                assert person.coverage_on(one.since) is not None or one.scheme is Scheme.NONE
    assert lived(then, life, END) == then


# --------------------------------------------------------------------------------------------------- expected


def expected(plan: Plan, *people: Person, until: date = date(2030, 12, 31)) -> list[Event]:
    ours = family(*(people or (worker(), resident("kid"))), as_of=TODAY, plan=plan)
    return list(expected_events(ours, shipped().assuming_unchanged(), until))


def monthly(patient: str) -> Recurring:
    return Recurring(visit(f"bill-{patient}", date(2025, 1, 5), patient), Rhythm.MONTH)


def years(events: list[Event]) -> list[int]:
    return [one.benefit_year for one in events if isinstance(one, PremiumPayment)]


def test_that_nothing_is_expected_of_the_dead() -> None:
    stay = visit("stay", date(2027, 5, 1), "kid")
    plan = Plan(
        (monthly("kid"), monthly("me")),
        (stay, Refund("back", date(2027, 6, 1), "stay"), visit("mine", date(2027, 5, 1), "me")),
        (PlannedPremium("kid", "me"),),
        life=(Dies("kid", SPRING),),
    )
    events = expected(plan)
    assert max(one.on for one in events if one.id.startswith("bill-kid")) == date(2027, 4, 5)
    assert max(one.on for one in events if one.id.startswith("bill-me")) == date(2030, 12, 5)
    assert {one.id for one in events} & {"stay", "back", "mine"} == {"mine"}
    assert years(events) == [2026, 2027]


def test_that_what_the_dead_paid_for_others_is_paid_in_cash() -> None:
    events = expected(Plan(premiums=(PlannedPremium("kid", "me"),), life=(Dies("me", SPRING),)))
    assert [one.paid_from for one in events if isinstance(one, PremiumPayment)] == [
        "me",
        "me",
        None,
        None,
        None,
        None,
    ]


def test_that_no_premium_is_expected_of_one_who_is_no_resident_when_its_year_begins() -> None:
    premium = (PlannedPremium("kid", "me"),)
    assert years(expected(Plan(premiums=premium, life=(enrols(),)))) == [2026, 2027]
    back = Enrols("kid", date(2028, 7, 1), Scheme.RESIDENT, Status.ACTIVE, CHANGSHA)
    assert years(expected(Plan(premiums=premium, life=(enrols(), back)))) == [2026, 2027, 2029, 2030, 2031]
    none = Enrols("kid", SPRING, Scheme.NONE, Status.ACTIVE, CHANGSHA)
    assert years(expected(Plan(premiums=premium, life=(none,)))) == [2026, 2027]


def test_that_life_without_a_change_of_scheme_leaves_premiums_alone() -> None:
    plan = Plan(premiums=(PlannedPremium("kid", "me"),))
    moved = replace(plan, life=(Moves("kid", SPRING, ZHUZHOU), Retires("me", SPRING)))
    assert years(expected(moved)) == years(expected(plan)) == [2026, 2027, 2028, 2029, 2030, 2031]


def test_that_an_account_that_opens_on_the_way_is_fed_from_then_on() -> None:
    ours = family(resident("kid"), as_of=TODAY, plan=Plan(life=(enrols(),)), credit_monthly=True)
    seen = outlook(ours, shipped(), "kid", date(2027, 12, 1))
    fed = [(one.month, one.credited) for one in seen.months if one.credited]
    assert fed[0][0] == date(2027, 4, 1)
    assert {credited for _, credited in fed} == {yuan(100)}


def test_that_a_retired_account_is_credited_the_fixed_sum() -> None:
    ours = family(
        worker(base=10_000),
        as_of=TODAY,
        plan=Plan(life=(Retires("me", date(2025, 7, 1)),)),
        credit_monthly=True,
    )
    seen = outlook(ours, shipped(), "me", date(2025, 8, 1))
    assert [one.credited for one in seen.months] == [yuan(200)] * 3 + [yuan(75)] * 2


def test_that_bills_of_the_dead_do_not_move_an_account() -> None:
    bill = replace(monthly("mum"), visit=replace(monthly("mum").visit, charges=charged(100, fund=0)))
    plan = Plan((bill,), life=(Dies("mum", date(2025, 6, 1)),))
    ours = family(worker(), resident(), bindings=(bound(),), as_of=TODAY, plan=plan)
    seen = outlook(ours, shipped(), "me", date(2025, 8, 1))
    assert [one.paid_mutual_aid for one in seen.months] == [yuan(100), yuan(100), NOTHING, NOTHING, NOTHING]
    assert not [one for one in seen.findings if one.rule.startswith("binding.")]
