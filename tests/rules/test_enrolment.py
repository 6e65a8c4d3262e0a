"""参保登记。Who may enrol as what, when benefits begin, and what paying arrears gives back."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from desktop.domain.matter import EnrolledAs
from desktop.domain.people import Coverage, History, Person, Scheme, Status
from desktop.domain.premium import PremiumPayment
from desktop.policy.policy import NotCovered
from desktop.rules.enrolment import (
    Waiting,
    after_arrears,
    benefit_year_of,
    no_parent_insured,
    obstacles,
    owed,
    still_owed,
    waiting_of,
    whole_arrears,
    why_waiting,
)
from desktop.rules.insured_years import Record
from tests.families import CHANGSHA, ELSEWHERE, ZHUZHOU, resident, shipped, worker

LAW_ON = partial(shipped().law, CHANGSHA)
ASSUMED_ON = partial(shipped().assuming_unchanged().law, CHANGSHA)


def stretch(
    since: date,
    until: date | None = None,
    scheme: Scheme = Scheme.EMPLOYEE,
    status: Status = Status.ACTIVE,
    area: str = CHANGSHA,
) -> Coverage:
    return Coverage(scheme, status, area, since, until)


def one_of(*coverage: Coverage, history: History | None = None, born: date | None = None) -> Person:
    return Person("an", "an", coverage, history=history, born=born)


def paid(benefit_year: int, on: date) -> PremiumPayment:
    return PremiumPayment(f"p{benefit_year}", on, "an", benefit_year)


def waits(
    person: Person,
    on: date,
    enrolled_as: EnrolledAs = EnrolledAs.RESIDENT,
    *premiums: PremiumPayment,
) -> Waiting:
    return waiting_of(enrolled_as, Record(person, premiums), on, LAW_ON)


def keys(waiting: Waiting) -> list[tuple[str, int]]:
    return [(step.because.key.removeprefix("enrolment."), step.days) for step in waiting.steps]


# ------------------------------------------------------------------------------------------------- employees


@pytest.mark.parametrize("enrolled_as", [EnrolledAs.EMPLOYEE, EnrolledAs.FLEXIBLE])
def test_that_a_first_enrolment_gives_benefits_thirty_days_after_paying(enrolled_as: EnrolledAs) -> None:
    waiting = waits(one_of(), date(2025, 6, 1), enrolled_as)
    assert (waiting.first_day, waiting.days, waiting.sure) == (date(2025, 7, 1), 30, True)
    assert keys(waiting) == [("first_benefits", 30)]


@pytest.mark.parametrize(
    ("on", "first_day", "days"),
    [
        (date(2025, 4, 10), date(2025, 4, 10), 0),  # March was paid, April is
        (date(2025, 7, 31), date(2025, 7, 31), 0),  # April, May and June are missing
        (date(2025, 8, 1), date(2025, 8, 31), 30),  # and July
    ],
)
def test_that_a_gap_of_over_three_months_costs_thirty_days_and_a_shorter_one_none(
    on: date, first_day: date, days: int
) -> None:
    person = one_of(stretch(date(2020, 1, 1), date(2025, 3, 31)))
    waiting = waits(person, on, EnrolledAs.EMPLOYEE)
    assert (waiting.first_day, waiting.days) == (first_day, days)


def test_that_going_on_in_another_place_is_no_gap() -> None:
    waiting = waits(one_of(stretch(date(2020, 1, 1), area=ZHUZHOU)), date(2025, 6, 10), EnrolledAs.EMPLOYEE)
    assert waiting.first_day == date(2025, 6, 10)
    assert str(waiting.steps[0].says) == "没有断缴，接着享受待遇"


def test_that_who_changes_work_while_waiting_waits_to_the_end() -> None:
    waiting = replace(stretch(date(2025, 6, 1), status=Status.FLEXIBLE), benefits_from=date(2025, 7, 1))
    changed = waits(one_of(waiting), date(2025, 6, 11), EnrolledAs.EMPLOYEE)
    assert (changed.first_day, keys(changed)) == (date(2025, 7, 1), [("first_benefits", 20)])
    assert waits(one_of(waiting), date(2025, 7, 1), EnrolledAs.EMPLOYEE).days == 0


def test_that_months_on_the_offices_record_are_a_gap_of_unknown_length() -> None:
    person = one_of(history=History(date(2024, 12, 31), employee_months=60))
    assert keys(waits(person, date(2025, 6, 1), EnrolledAs.EMPLOYEE)) == [("benefits_after_long_arrears", 30)]


def test_that_before_the_rules_begin_nothing_is_guessed() -> None:
    with pytest.raises(NotCovered):
        waits(one_of(), date(2018, 6, 1), EnrolledAs.EMPLOYEE)


# ------------------------------------------------------------------------------------------------- residents


@pytest.mark.parametrize(
    ("on", "year", "in_time"),
    [
        (date(2025, 8, 31), 2025, False),
        (date(2025, 9, 1), 2026, True),
        (date(2026, 1, 31), 2026, True),
        (date(2026, 2, 1), 2026, False),
        (date(2024, 12, 31), 2025, True),
        (date(2025, 1, 1), 2025, False),
    ],
)
def test_that_a_day_belongs_to_the_year_whose_window_is_open_or_last_was(
    on: date, year: int, *, in_time: bool
) -> None:
    assert benefit_year_of(on, LAW_ON)[:2] == (year, in_time)


def test_that_the_window_of_a_year_nobody_published_is_not_known() -> None:
    with pytest.raises(NotCovered):
        waits(resident("an"), date(2026, 10, 10))
    assert benefit_year_of(date(2026, 10, 10), ASSUMED_ON)[:2] == (2027, True)


def test_that_who_enrols_in_the_window_and_was_insured_waits_for_the_new_year_alone() -> None:
    person = one_of(stretch(date(2023, 1, 1), date(2025, 12, 31), Scheme.RESIDENT))
    waiting = waits(person, date(2025, 10, 10))
    assert (waiting.first_day, waiting.days, waiting.sure) == (date(2026, 1, 1), 0, True)


def test_that_late_enrolment_costs_ninety_days() -> None:
    person = one_of(stretch(date(2023, 1, 1), date(2025, 12, 31), Scheme.RESIDENT))
    waiting = waits(person, date(2026, 3, 1))
    assert (waiting.first_day, keys(waiting)) == (date(2026, 5, 30), [("waiting", 90)])


def test_that_a_broken_year_costs_ninety_days_even_in_the_window() -> None:
    person = one_of(stretch(date(2020, 1, 1), date(2024, 12, 31), Scheme.RESIDENT))
    early, later = waits(person, date(2025, 9, 1)), waits(person, date(2025, 12, 1))
    assert (early.days, early.first_day) == (90, date(2026, 1, 1))
    assert (later.days, later.first_day) == (90, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("last_insured", "mended", "expected"),
    [
        (2024, (), [90]),
        (2023, (), [90, 30]),
        (2022, (), [90, 60]),
        (2021, (), [90, 90]),
        (2020, (), [90, 120]),
        (2022, (2024,), [90, 60, -30]),
        (2022, (2023, 2024, 2025), [90, 60, -60]),  # the fixed part stays
        (2021, (2024,), [90, 90, -30, 30]),  # four broken years: never under six months
        (2020, (2023, 2024), [90, 120, -60, 30]),
        (2020, (2024,), [90, 120, -30]),  # 180 days already
    ],
)
def test_that_each_further_broken_year_adds_a_month_and_each_paid_one_takes_one_off(
    last_insured: int, mended: tuple[int, ...], expected: list[int]
) -> None:
    person = one_of(history=History(date(2025, 12, 31), resident_years=(last_insured,)))
    premiums = [paid(year, date(2026, 3, 1)) for year in mended]
    waiting = waits(person, date(2026, 3, 2), EnrolledAs.RESIDENT, *premiums)
    assert [step.days for step in waiting.steps] == expected
    assert waiting.sure


def test_that_what_is_not_known_of_earlier_years_is_said_and_not_guessed() -> None:
    nobody = waits(one_of(), date(2025, 10, 10))
    assert (nobody.first_day, nobody.sure) == (date(2026, 1, 1), False)
    assert [str(one) for one in nobody.missing] == ["不知道 2025 年是否参保，断保的要等待"]
    late = waits(one_of(), date(2026, 3, 1))
    assert [str(one) for one in late.missing] == ["不知道 2025 年及以前是否参保，断保多年的还要多等"]
    # 2024 alone is known to be broken; the office's months of work say not when they were.
    history = History(date(2023, 12, 31), employee_months=24, resident_years=(2015,))
    person = one_of(stretch(date(2024, 1, 1), date(2025, 12, 31), Scheme.NONE), history=history)
    broken = waits(person, date(2026, 3, 1))
    assert [step.days for step in broken.steps] == [90, 30]
    assert [str(one) for one in broken.missing] == ["不知道 2023 年及以前是否参保，断保多年的还要多等"]


def test_that_who_never_was_insured_waits_for_the_fixed_days_alone() -> None:
    person = one_of(history=History(date(2025, 12, 31)))
    waiting = waits(person, date(2026, 3, 1))
    assert (waiting.days, waiting.sure) == (90, True)


def test_that_a_premium_paid_in_time_makes_an_insured_year() -> None:
    payment = paid(2025, date(2024, 11, 1))
    waiting = waits(one_of(), date(2025, 10, 10), EnrolledAs.RESIDENT, payment)
    assert (waiting.first_day, waiting.sure) == (date(2026, 1, 1), True)


def test_that_a_stretch_only_waited_through_is_no_insured_year() -> None:
    waited = replace(stretch(date(2025, 10, 1), None, Scheme.RESIDENT), benefits_from=date(2026, 1, 1))
    record = Record(one_of(waited))
    assert (record.insured_in(2024), record.insured_in(2025), record.insured_in(2026)) == (None, False, True)


# ------------------------------------------------------------------------------------------ switching schemes


@pytest.mark.parametrize(
    ("since", "until", "on", "free"),
    [
        (date(2020, 1, 1), date(2025, 10, 31), date(2025, 11, 20), True),
        (date(2020, 1, 1), date(2025, 9, 30), date(2025, 12, 20), True),  # broke off on 1 October
        (date(2020, 1, 1), date(2025, 9, 29), date(2025, 12, 20), False),
        (date(2025, 8, 1), date(2025, 10, 31), date(2026, 2, 1), True),  # three months, joined within three
        (date(2025, 8, 1), date(2025, 10, 31), date(2026, 2, 2), False),
        (date(2025, 9, 1), date(2025, 10, 31), date(2025, 11, 20), False),  # two months
    ],
)
def test_that_a_worker_who_becomes_a_resident_in_time_does_not_wait(
    since: date, until: date, on: date, *, free: bool
) -> None:
    waiting = waits(one_of(stretch(since, until)), on)
    assert (waiting.steps[0].because.key == "enrolment.switch_without_waiting") is free
    assert (waiting.first_day == on) is free


@pytest.mark.parametrize(
    ("since", "until", "on", "first_day"),
    [
        (date(2020, 1, 1), date(2025, 3, 31), date(2025, 11, 1), date(2026, 1, 30)),  # seven months later
        (date(2025, 9, 1), date(2025, 10, 31), date(2025, 11, 20), date(2026, 2, 18)),  # paid two months
        (date(2020, 1, 1), date(2025, 8, 31), date(2025, 10, 1), date(2026, 1, 1)),  # the law does not say
        (date(2020, 1, 1), date(2026, 1, 14), date(2026, 1, 15), date(2026, 1, 1)),  # nor of January
    ],
)
def test_that_a_worker_who_becomes_a_resident_late_or_paid_too_little_waits(
    since: date, until: date, on: date, first_day: date
) -> None:
    assert waits(one_of(stretch(since, until)), on).first_day == first_day


def test_that_who_is_a_resident_since_work_ended_is_no_worker_who_switches() -> None:
    since = stretch(date(2025, 4, 1), date(2025, 12, 31), Scheme.RESIDENT)
    waiting = waits(one_of(stretch(date(2020, 1, 1), date(2025, 3, 31)), since), date(2025, 11, 1))
    assert (waiting.first_day, waiting.sure) == (date(2026, 1, 1), True)


def test_that_from_when_a_wait_counts_is_not_known_before_the_year_begins() -> None:
    broken = one_of(stretch(date(2020, 1, 1), date(2024, 12, 31), Scheme.RESIDENT))
    assert [str(one) for one in waits(broken, date(2025, 10, 1)).missing] == [
        "待遇年度以前缴费的，等待期从缴费那天还是从 2026-01-01 起算，未见规定"
    ]
    assert waits(broken, date(2026, 1, 20)).sure


# ------------------------------------------------------------------------------------- newborns and students


def test_that_a_newborn_is_covered_from_birth() -> None:
    waiting = waits(one_of(born=date(2026, 3, 5)), date(2026, 4, 1), EnrolledAs.NEWBORN)
    assert (waiting.first_day, waiting.days) == (date(2026, 3, 5), 0)


def test_that_a_newborn_without_a_birthday_waits_like_any_resident_and_that_is_said() -> None:
    waiting = waits(one_of(), date(2026, 4, 1), EnrolledAs.NEWBORN)
    assert "不知道出生日期" in [str(one) for one in waiting.missing]


def test_that_an_entrants_benefits_begin_with_the_term_and_have_an_end() -> None:
    waiting = waits(one_of(), date(2025, 10, 10), EnrolledAs.STUDENT)
    assert (waiting.first_day, waiting.until) == (date(2025, 9, 1), date(2026, 12, 31))


@pytest.mark.parametrize("on", [date(2025, 8, 31), date(2026, 3, 1), date(2026, 11, 23)])
def test_that_the_term_of_one_years_entrants_is_not_that_of_another(on: date) -> None:
    assert waits(one_of(), date(2026, 1, 31), EnrolledAs.STUDENT).first_day == date(2025, 9, 1)
    with pytest.raises(NotCovered):
        waits(one_of(), on, EnrolledAs.STUDENT)
    with pytest.raises(NotCovered):
        waiting_of(EnrolledAs.STUDENT, Record(one_of()), on, ASSUMED_ON)


# --------------------------------------------------------------------------------------------- who qualifies


def hindered(
    person: Person, enrolled_as: EnrolledAs, on: date = date(2026, 3, 1), area: str = CHANGSHA
) -> list[str]:
    return [str(one.says) for one in obstacles(enrolled_as, area, on, person, partial(shipped().law, area))]


def test_that_nobody_is_insured_twice() -> None:
    assert hindered(worker(), EnrolledAs.RESIDENT) == ["正以在职身份参加职工医保，不能再以城乡居民身份参保"]
    assert hindered(worker(), EnrolledAs.EMPLOYEE)
    assert hindered(worker(status=Status.RETIRED), EnrolledAs.FLEXIBLE)
    assert hindered(resident(), EnrolledAs.RESIDENT) == ["已经参加居民医保，不用再登记"]


def test_that_who_changes_work_place_or_scheme_may_enrol() -> None:
    assert hindered(worker(), EnrolledAs.FLEXIBLE) == []
    assert hindered(worker(area=ZHUZHOU), EnrolledAs.EMPLOYEE) == []
    assert hindered(worker(status=Status.SUSPENDED), EnrolledAs.RESIDENT) == []
    assert hindered(resident(), EnrolledAs.EMPLOYEE) == []
    assert hindered(resident(area=ZHUZHOU), EnrolledAs.RESIDENT) == []
    assert hindered(resident(), EnrolledAs.STUDENT) == []
    ending = one_of(stretch(date(2020, 1, 1), date(2026, 12, 31), Scheme.RESIDENT))
    assert hindered(ending, EnrolledAs.RESIDENT) == []
    assert hindered(one_of(), EnrolledAs.RESIDENT) == []
    left = one_of(stretch(date(2020, 1, 1), date(2026, 2, 28)))
    assert hindered(left, EnrolledAs.EMPLOYEE) == hindered(left, EnrolledAs.RESIDENT) == []


def test_that_a_newborn_is_one_of_that_year() -> None:
    on = date(2026, 6, 1)
    assert hindered(one_of(born=date(2026, 1, 1)), EnrolledAs.NEWBORN, on) == []
    assert hindered(one_of(), EnrolledAs.NEWBORN, on) == []
    assert hindered(one_of(born=date(2025, 12, 31)), EnrolledAs.NEWBORN, on) == [
        "2025-12-31 出生，不是 2026 年的新生儿"
    ]
    assert hindered(one_of(born=date(2026, 6, 2)), EnrolledAs.NEWBORN, on)


def test_that_one_parent_must_be_insured_there() -> None:
    born = date(2026, 3, 5)
    assert list(no_parent_insured(CHANGSHA, born, (), LAW_ON)) == []
    assert list(no_parent_insured(CHANGSHA, born, (worker(area=ELSEWHERE), resident()), LAW_ON)) == []
    away = (worker(area=ZHUZHOU), worker(status=Status.SUSPENDED), one_of())
    assert [str(one.says) for one in no_parent_insured(CHANGSHA, born, away, LAW_ON)] == [
        "父母这一天都没有在当地参保"
    ]


# --------------------------------------------------------------------------------------------------- arrears

LAPSED = one_of(
    stretch(date(2020, 1, 1), date(2025, 3, 31)), stretch(date(2025, 4, 1), None, status=Status.SUSPENDED)
)


def test_that_owed_is_what_a_worker_was_suspended_or_not_insured_for() -> None:
    assert owed(LAPSED, date(2025, 1, 1), date(2025, 5, 31)) == ((date(2025, 4, 1), date(2025, 5, 31)),)
    assert owed(worker(), date(2025, 1, 1), date(2025, 5, 31)) == ()
    gone = one_of(
        stretch(date(2020, 1, 1), date(2025, 3, 31)), stretch(date(2025, 5, 1), None, Scheme.RESIDENT)
    )
    assert owed(gone, date(2025, 1, 1), date(2025, 6, 30)) == ((date(2025, 4, 1), date(2025, 4, 30)),)


def test_that_what_is_not_paid_for_stays_owed() -> None:
    on = date(2025, 7, 10)
    assert still_owed(LAPSED, date(2025, 4, 1), date(2025, 6, 30), on) == ()
    assert still_owed(LAPSED, date(2025, 5, 1), date(2025, 6, 30), on) == (
        (date(2025, 4, 1), date(2025, 4, 30)),
    )
    assert still_owed(LAPSED, date(2025, 4, 1), date(2025, 5, 31), on) == (
        (date(2025, 6, 1), date(2025, 6, 30)),
    )
    assert still_owed(one_of(), date(2025, 4, 1), date(2025, 6, 30), on) == ()


def test_that_what_was_paid_before_belongs_to_the_same_arrears() -> None:
    partly = replace(LAPSED.coverage[1], until=date(2025, 6, 30), benefits_from=date(2025, 10, 11))
    rest = stretch(date(2025, 7, 1), None, status=Status.SUSPENDED)
    person = one_of(LAPSED.coverage[0], partly, rest)
    assert owed(person, date(2025, 4, 1), date(2025, 8, 31)) == ((date(2025, 7, 1), date(2025, 8, 31)),)
    assert whole_arrears(person, date(2025, 7, 1), date(2025, 9, 30)) == (date(2025, 4, 1), date(2025, 9, 30))
    first = one_of(
        LAPSED.coverage[0], replace(rest, until=date(2025, 9, 30), benefits_from=date(2025, 10, 11))
    )
    assert whole_arrears(first, date(2025, 4, 1), date(2025, 6, 30)) == (date(2025, 4, 1), date(2025, 9, 30))
    assert still_owed(person, date(2025, 7, 1), date(2025, 9, 30), date(2025, 10, 20)) == ()


def test_that_three_months_of_arrears_are_covered_in_hindsight_and_four_are_not() -> None:
    law, on = LAW_ON(date(2025, 9, 1)), date(2025, 9, 1)
    short = after_arrears(date(2025, 6, 1), date(2025, 8, 31), on, law)
    assert (short.first_day, short.days) == (date(2025, 6, 1), 0)
    long = after_arrears(date(2025, 5, 1), date(2025, 8, 31), on, law)
    assert (long.first_day, long.days) == (date(2025, 10, 1), 30)
    assert [step.because.key for step in long.steps] == ["enrolment.benefits_after_long_arrears"]


def test_that_what_keeps_from_benefits_is_named() -> None:
    def why(*coverage: Coverage) -> str:
        return why_waiting(one_of(*coverage), coverage[-1], LAW_ON(date(2026, 3, 1))).key

    waiting = replace(stretch(date(2026, 2, 1)), benefits_from=date(2026, 3, 3))
    assert why(waiting) == "enrolment.first_benefits"
    assert (
        why(stretch(date(2020, 1, 1), date(2022, 1, 1)), waiting) == "enrolment.benefits_after_long_arrears"
    )
    as_resident = replace(waiting, scheme=Scheme.RESIDENT)
    assert why(as_resident) == "enrolment.waiting"
    assert why(replace(as_resident, benefits_from=date(2027, 1, 1))) == "premium.window"
