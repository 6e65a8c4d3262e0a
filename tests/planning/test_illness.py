"""计划外的病。Whose word a frequency is, what such a visit is like, and how sure a planned bill is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.domain.care import Facility, Level, Provider, Setting
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.plan import Chance, Dies, Enrols, Moves, Plan, Recurring, Rhythm, Risk
from desktop.domain.premium import Refund
from desktop.planning.illness import (
    Expectation,
    Origin,
    as_usual,
    chance_of,
    scaled,
    unplanned_visit,
)
from desktop.policy.book import Book
from desktop.policy.policy import NotCovered
from tests.families import (
    CHANGSHA,
    LONG_AGO,
    ZHUZHOU,
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

if TYPE_CHECKING:
    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.policy.pack import Value

TODAY, FIRST = date(2025, 12, 31), date(2026, 1, 1)
STAY, CLINIC = Setting.INPATIENT, Setting.OUTPATIENT
MUM = replace(resident(), born=date(1955, 6, 1))  # 70 on the first planned day
BANDS: Value = ({"from": 0, "per_year": Decimal("0.1")}, {"from": 70, "per_year": Decimal("0.5")})
HOME = Provider(Facility.HOSPITAL, True, CHANGSHA, Level.SECONDARY)
SMALL = Book(
    [
        pack(
            "cn",
            block("illness.stays_a_year", BANDS),
            block("illness.outpatient_a_year", ({"from": 0, "per_year": 4},)),
            block("illness.usual_age", 45),
            block("illness.stay_fee", {"secondary": Decimal(8000), "tertiary": Decimal(16000)}),
            block("illness.outpatient_fee", Decimal(300)),
            block("illness.stay_spread", Decimal("1.2")),
            block("illness.outpatient_spread", 1),
            block("illness.out_of_scope_share", Decimal("0.1")),
            block("illness.upfront_share", Decimal("0.05")),
            block("illness.usual_level", "secondary"),
            block("illness.records_months", 24),
            block("illness.records_least", 3),
            block("illness.records_months_least", 12),
            block("illness.recurring_happens", {"pharmacy": Decimal("0.95"), "outpatient": Decimal("0.9")}),
            block("illness.recurring_spread", {"pharmacy": Decimal("0.2"), "outpatient": Decimal("0.3")}),
        )
    ]
)
"""Round numbers, and nothing of the law besides."""


def home(*people: Person, plan: Plan | None = None, events: tuple[Event, ...] = ()) -> Family:
    return family(*(people or (MUM,)), plan=plan or Plan(), events=events, as_of=TODAY)


def found(
    ours: Family, setting: Setting = STAY, *, who: str = "mum", book: Book = SMALL
) -> Expectation | None:
    kinds = [
        one
        for one in as_usual(ours, book, FIRST)
        if (one.risk.visit.patient, one.risk.visit.setting) == (who, setting)
    ]
    assert len(kinds) <= 1
    return kinds[0] if kinds else None


def expected(ours: Family, setting: Setting = STAY, *, who: str = "mum") -> Expectation:
    one = found(ours, setting, who=who)
    assert one is not None
    return one


def stays(*days: tuple[int, int], fee: int = 5000, level: Level = Level.TERTIARY) -> tuple[Event, ...]:
    """One in each of these months (year, month)."""
    return tuple(
        visit(f"s{n}", date(year, month, 10), charges=charged(fee), setting=STAY, provider=hospital(level))
        for n, (year, month) in enumerate(days)
    )


# -------------------------------------------------------------------------------------------- what is usual


def test_that_age_on_the_day_tells_how_often() -> None:
    assert expected(home()).risk.a_year == Decimal("0.5")
    younger = replace(MUM, born=date(1956, 1, 2))
    assert expected(home(younger)).risk.a_year == Decimal("0.1")
    assert expected(home(replace(MUM, born=date(2030, 1, 1)))).risk.a_year == Decimal("0.1")


def test_that_a_usual_stay_is_cut_by_the_packs_shares_and_at_a_hospital_at_home() -> None:
    one = expected(home())
    assert one.risk.visit.charges == charged(8000, own=800, upfront=400)
    assert (one.risk.visit.provider, one.risk.visit.on, one.risk.spread) == (HOME, FIRST, Decimal("1.2"))
    assert one.because is not None
    assert (one.origin, one.records, one.because.key, one.because.value) == (
        Origin.USUAL,
        0,
        "illness.stays_a_year",
        Decimal("0.5"),
    )


def test_that_of_someone_whose_birth_is_unknown_a_middle_age_is_taken_and_said() -> None:
    one = expected(home(resident()))
    assert one.because is not None
    assert (one.risk.a_year, one.because.key) == (Decimal("0.1"), "illness.usual_age")


def test_that_a_single_record_tells_where_they_go_and_so_what_it_costs() -> None:
    one = expected(home(events=stays((2025, 5))))
    assert (one.origin, one.records) == (Origin.USUAL, 1)
    assert (one.risk.visit.provider, one.risk.visit.charges.total_fee) == (hospital(), yuan(16000))


def test_that_a_hospital_without_contract_is_no_place_to_go() -> None:
    away = visit("s", date(2025, 5, 1), setting=STAY, provider=hospital(designated=False))
    assert expected(home(events=(away,))).risk.visit.provider == HOME


@pytest.mark.parametrize(
    "coverage",
    [(), (Coverage(Scheme.EMPLOYEE, Status.SUSPENDED, CHANGSHA, LONG_AGO),)],
    ids=["never insured", "suspended"],
)
def test_that_nothing_is_reckoned_for_someone_without_insurance(coverage: tuple[Coverage, ...]) -> None:
    assert as_usual(home(replace(MUM, coverage=coverage)), SMALL, FIRST) == ()


def test_that_the_dead_fall_ill_no_more_whatever_is_stated_of_them() -> None:
    risk = Risk(visit("u", FIRST, setting=STAY), Decimal(2))
    plan = Plan(life=(Dies("mum", date(2026, 3, 1)),), risks=(risk,))
    assert [one.risk for one in as_usual(home(plan=plan), SMALL, date(2026, 3, 1))][-1] == risk
    assert as_usual(home(plan=plan), SMALL, date(2026, 3, 2)) == ()


def test_that_who_moves_or_joins_before_the_day_is_reckoned_there() -> None:
    moved = home(plan=Plan(life=(Moves("mum", date(2026, 2, 1), ZHUZHOU),)))
    later = as_usual(moved, SMALL, date(2026, 2, 1))
    assert {one.risk.visit.provider.area for one in later} == {ZHUZHOU}
    joins = Enrols("mum", FIRST, Scheme.RESIDENT, Status.ACTIVE, ZHUZHOU)
    assert found(home(Person("mum", "mum"), plan=Plan(life=(joins,)))) is not None


def test_that_packs_that_say_nothing_of_illness_expect_nothing() -> None:
    assert as_usual(home(), Book([pack("cn", block("a.b", 1))]), FIRST) == ()
    assert as_usual(home(), Book([]), FIRST) == ()


def test_that_half_a_pack_tells_of_what_it_knows_alone() -> None:
    known = SMALL.packs["cn"].blocks
    told = {key: blocks for key, blocks in known.items() if not key.startswith("illness.stay")}
    book = Book([replace(SMALL.packs["cn"], blocks=told)])
    assert [one.risk.visit.setting for one in as_usual(home(), book, FIRST)] == [CLINIC]


def test_that_past_the_packs_cover_the_last_values_are_carried_on() -> None:
    later = as_usual(home(), SMALL, date(2031, 1, 1))
    assert [one.risk.visit.setting for one in later] == [CLINIC, STAY]
    assert as_usual(home(), SMALL.assuming_unchanged(), date(2031, 1, 1)) == later


# ---------------------------------------------------------------------------------------------- own records


def test_that_enough_records_of_late_go_before_age() -> None:
    one = expected(home(events=stays((2024, 1), (2024, 6), (2025, 1), (2025, 6), fee=6000)))
    assert (one.origin, one.records) == (Origin.RECORDS, 4)
    assert (one.risk.a_year, one.risk.spread) == (Decimal(2), Decimal(0))  # four in 24 months, all alike
    assert one.risk.visit.charges == charged(6000)
    assert one.because is not None
    assert one.because.key == "illness.records_least"


def test_that_the_mean_and_the_spread_are_those_of_the_bills() -> None:
    bills = (charged(100, own=10), charged(200, own=10, upfront=30), charged(300, own=10, over_limit=60))
    events = tuple(visit(f"v{n}", date(2025, n + 1, 1), charges=one) for n, one in enumerate(bills))
    one = expected(home(events=events), CLINIC)
    assert one.risk.visit.charges == charged(200, own=10, over_limit=20, upfront=10)
    assert one.risk.spread == Decimal("0.50")  # 100 either side of 200


def test_that_bills_of_nothing_do_not_vary() -> None:
    events = tuple(visit(f"v{n}", date(2025, n, 1), charges=charged(0)) for n in (1, 2, 3))
    one = expected(home(events=events), CLINIC)
    assert (one.risk.spread, one.risk.visit.charges) == (Decimal(0), charged(0))


def test_that_a_short_time_of_keeping_books_is_spread_over_a_year() -> None:
    one = expected(home(events=stays((2025, 10), (2025, 11), (2025, 12))))
    assert one.risk.a_year == Decimal(3)


def test_that_books_kept_for_eighteen_months_count_eighteen() -> None:
    one = expected(home(events=stays((2024, 7), (2025, 1), (2025, 11))))
    assert one.risk.a_year == Decimal(2)


def test_that_records_kept_for_long_say_how_few_there_were_of_what_is_frequent_at_that_age() -> None:
    kept = stays((2025, 1), (2025, 11))
    none = expected(home(events=kept), CLINIC)  # at four a year there would be four
    assert (none.origin, none.risk.a_year, none.records) == (Origin.RECORDS, Decimal(0), 0)
    once = expected(home(events=(*kept, visit("v", date(2025, 6, 1), charges=charged(90)))), CLINIC)
    assert (once.origin, once.risk.a_year) == (Origin.RECORDS, Decimal(1))
    # One bill is too few to say how dear they are, and how they vary.
    assert (once.risk.visit.charges, once.risk.spread) == (charged(300, own=30, upfront=15), Decimal(1))
    assert expected(home(events=kept)).origin is Origin.USUAL  # of stays there would be fewer than three


def test_that_records_of_others_or_of_a_short_while_say_nothing_of_someone() -> None:
    of_others = home(MUM, resident("dad"), events=stays((2025, 1), (2025, 11)))
    assert expected(of_others, CLINIC, who="dad").origin is Origin.USUAL
    assert expected(home(events=stays((2025, 11), (2025, 12))), CLINIC).origin is Origin.USUAL


@pytest.mark.parametrize(
    "events",
    [
        stays((2023, 12), (2025, 6), (2025, 11)),
        (*stays((2025, 1), (2025, 6), (2025, 11)), Refund("r", date(2025, 12, 1), "s1")),
        tuple(replace(one, patient="dad") for one in stays((2025, 1), (2025, 6), (2025, 11))),  # type: ignore[arg-type]
    ],
    ids=["too long ago", "taken back", "someone else's"],
)
def test_that_what_is_old_or_taken_back_or_of_another_does_not_count(events: tuple[Event, ...]) -> None:
    assert expected(home(MUM, resident("dad"), events=events)).origin is Origin.USUAL


def test_that_they_go_where_they_went_most_and_of_two_where_they_went_last() -> None:
    near, far = hospital(Level.PRIMARY), hospital(Level.TERTIARY)
    turns = (near, far, far, near)
    events = tuple(visit(f"v{n}", date(2025, n + 1, 1), provider=one) for n, one in enumerate(turns))
    assert expected(home(events=events), CLINIC).risk.visit.provider == near
    assert expected(home(events=events[:3]), CLINIC).risk.visit.provider == far


# ------------------------------------------------------------------------------------------ the plan's word


def test_that_the_plans_own_word_goes_before_records_and_age() -> None:
    risk = Risk(visit("u", FIRST, charges=charged(9000), setting=STAY), Decimal(2), Decimal("0.4"))
    events = stays((2025, 1), (2025, 6), (2025, 11))
    one = expected(home(plan=Plan(risks=(risk,)), events=events))
    assert one == Expectation(risk, Origin.STATED)


def test_that_a_stated_risk_of_another_kind_or_of_the_uninsured_stands_too() -> None:
    risk = Risk(visit("u", FIRST, setting=Setting.PHARMACY), Decimal(12))
    plan = Plan(risks=(risk,))
    assert expected(home(plan=plan), Setting.PHARMACY).risk == risk
    assert expected(home(Person("mum", "mum"), plan=plan), Setting.PHARMACY).risk == risk


def test_that_what_is_planned_anyway_is_not_reckoned_twice_but_stated_it_is() -> None:
    yearly = Recurring(visit("r", date(2026, 5, 1), setting=STAY), Rhythm.YEAR)
    plan = Plan(recurring=(yearly,))
    assert found(home(plan=plan)) is None
    assert found(home(plan=plan), CLINIC) is not None
    risk = Risk(visit("u", FIRST, setting=STAY), Decimal(1))
    assert expected(home(plan=replace(plan, risks=(risk,)))).origin is Origin.STATED


def test_that_an_expected_stay_counts_as_planned_and_one_that_has_ended_does_not() -> None:
    assert found(home(plan=Plan(expected=(visit("e", date(2026, 8, 1), setting=STAY),)))) is None
    over = Recurring(visit("r", date(2024, 5, 1), setting=STAY), Rhythm.MONTH, until=TODAY)
    assert found(home(plan=Plan(recurring=(over,)))) is not None


def test_that_what_is_planned_before_the_day_asked_does_not_count() -> None:
    plan = Plan(expected=(visit("e", date(2026, 3, 1), setting=STAY),))
    assert len(as_usual(home(plan=plan), SMALL, date(2026, 4, 1))) == 2


def test_that_without_a_plan_last_year_comes_back_and_is_not_reckoned_twice() -> None:
    ours = replace(home(events=stays((2025, 6))), plan=None)
    assert found(ours) is None
    assert found(ours, CLINIC) is not None


def test_that_everyone_of_a_family_has_two_by_the_packs_that_come_along() -> None:
    ours = home(worker(), MUM)
    listed = as_usual(ours, shipped(), FIRST)
    assert [(one.risk.visit.patient, one.risk.visit.setting) for one in listed] == [
        (who, setting) for who in ("me", "mum") for setting in (CLINIC, STAY)
    ]
    assert all(one.risk.visit.charges.in_scope > yuan(0) for one in listed)


# ------------------------------------------------------------------------------------------ a planned bill


def drugs(*fees: int) -> tuple[Event, ...]:
    return tuple(
        visit(f"v{n}", date(2025, n + 1, 1), charges=charged(fee), setting=Setting.PHARMACY)
        for n, fee in enumerate(fees)
    )


PLANNED = Recurring(visit("r", FIRST, setting=Setting.PHARMACY), Rhythm.MONTH)


def test_that_a_bill_with_a_chance_of_its_own_keeps_it() -> None:
    own = Chance(Decimal("0.3"), Decimal("0.7"))
    assert chance_of(replace(PLANNED, chance=own), home(), SMALL) == (own, Origin.STATED, None)


def test_that_own_records_tell_how_a_bill_varies_and_the_packs_whether_it_comes() -> None:
    chance, origin, because = chance_of(PLANNED, home(events=drugs(100, 200, 300)), SMALL)
    assert because is not None
    assert (chance, origin) == (Chance(Decimal("0.95"), Decimal("0.50")), Origin.RECORDS)
    assert (because.key, because.value) == ("illness.recurring_happens", Decimal("0.95"))


@pytest.mark.parametrize("fees", [(), (100, 300), (100, 100, 100)], ids=["none", "two", "all alike"])
def test_that_without_records_that_vary_a_bill_is_as_usual(fees: tuple[int, ...]) -> None:
    chance, origin, because = chance_of(PLANNED, home(events=drugs(*fees)), SMALL)
    assert (chance, origin) == (Chance(Decimal("0.95"), Decimal("0.2")), Origin.USUAL)
    assert because is not None


def test_that_a_bill_of_which_no_pack_speaks_is_sure() -> None:
    stay = replace(PLANNED, visit=visit("r", FIRST, setting=STAY))
    assert chance_of(stay, home(), SMALL) == (Chance(), Origin.USUAL, None)
    assert chance_of(PLANNED, home(), Book([])) == (Chance(), Origin.USUAL, None)


# ---------------------------------------------------------------------------------------------- charges


def test_that_a_bill_scaled_keeps_its_make_and_never_exceeds_itself() -> None:
    assert scaled(charged(1000, own=100, upfront=50), yuan(500)) == charged(500, own=50, upfront=25)
    assert scaled(charged(0), yuan(500)) == charged(500)
    assert scaled(charged(1000, own=100, fund=300), yuan(2000)) == charged(2000, own=200, fund=600)
    assert scaled(charged(0, fund=0), yuan(500)) == charged(500, fund=0)
    thirds = scaled(charged(3, own=1, over_limit=1, upfront=1), yuan("0.02"))
    assert (thirds.total_fee, thirds.in_scope) == (yuan("0.02"), yuan(0))


def test_what_a_visit_of_theirs_is_like_whether_it_is_reckoned_or_not() -> None:
    yearly = Recurring(visit("r", date(2026, 5, 1), setting=STAY), Rhythm.YEAR)
    made = unplanned_visit(home(plan=Plan(recurring=(yearly,))), SMALL, "mum", STAY)
    assert (made.patient, made.setting, made.charges.total_fee) == ("mum", STAY, yuan(8000))
    with pytest.raises(NotCovered):
        unplanned_visit(home(), Book([]), "mum", STAY)
