"""退休。Legal ages of the reform, years by year of handling, and what paying up the rest costs (W17)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.people import Coverage, History, Person, Scheme, Sex, Status
from desktop.policy.book import Book
from desktop.policy.law import Law
from desktop.policy.policy import NotCovered
from desktop.rules.retirement import (
    Paid,
    first_day_as_retiree,
    handled_as_flexible,
    legal_age,
    original_age,
    paid_months,
    pay_up,
    required,
    shortfall,
)
from tests.families import CHANGSHA, ELSEWHERE, LONG_AGO, ZHUZHOU, resident, shipped, worker, yuan
from tests.policy.packs import FIRST, block, pack

TODAY = date(2026, 3, 10)


def law(on: date = TODAY, area: str = CHANGSHA) -> Law:
    return shipped().law(area, on)


def insured(*stretches: Coverage, history: History | None = None, sex: Sex | None = Sex.MALE) -> Person:
    return Person("me", "me", stretches, sex=sex, history=history)


def stretch(
    since: date, until: date | None = None, status: Status = Status.ACTIVE, area: str = CHANGSHA
) -> Coverage:
    return Coverage(Scheme.EMPLOYEE, status, area, since, until)


# ------------------------------------------------------------------------------------------------------- age


@pytest.mark.parametrize(
    ("born", "original", "years", "months", "on"),
    [
        (date(1964, 12, 31), 60, 60, 0, date(2024, 12, 31)),  # 改革以前到龄
        (date(1965, 1, 15), 60, 60, 1, date(2025, 2, 15)),
        (date(1965, 4, 30), 60, 60, 1, date(2025, 5, 30)),
        (date(1965, 5, 1), 60, 60, 2, date(2025, 7, 1)),
        (date(1970, 6, 9), 60, 61, 5, date(2031, 11, 9)),
        (date(1976, 8, 1), 60, 62, 11, date(2039, 7, 1)),
        (date(1976, 9, 1), 60, 63, 0, date(2039, 9, 1)),  # 2039 年到位，此后不再推迟
        (date(1990, 9, 1), 60, 63, 0, date(2053, 9, 1)),
        (date(1970, 1, 1), 55, 55, 1, date(2025, 2, 1)),
        (date(1981, 9, 1), 55, 58, 0, date(2039, 9, 1)),
        (date(1975, 1, 20), 50, 50, 1, date(2025, 2, 20)),
        (date(1975, 3, 20), 50, 50, 2, date(2025, 5, 20)),
        (date(1984, 11, 1), 50, 55, 0, date(2039, 11, 1)),
    ],
)
def test_that_the_legal_age_rises_with_the_month_of_birth(
    born: date, original: int, years: int, months: int, on: date
) -> None:
    legal = legal_age(born, original, law())
    assert (legal.years, legal.months, legal.on) == (years, months, on)


def test_that_one_may_choose_up_to_three_years_but_never_before_the_old_age() -> None:
    soon, late = legal_age(date(1965, 5, 1), 60, law()), legal_age(date(1976, 9, 1), 60, law())
    assert (soon.earliest, soon.latest) == (date(2025, 5, 1), date(2028, 7, 1))
    assert (late.earliest, late.latest) == (date(2036, 9, 1), date(2042, 9, 1))
    assert [one.key for one in late.because] == [
        "retirement.legal_age",
        "retirement.months_per_step",
        "retirement.flexible_years",
    ]


def test_that_before_the_reform_the_old_age_held_and_nobody_could_choose() -> None:
    reached = legal_age(date(1960, 3, 1), 60, law())
    as_then = legal_age(date(1970, 3, 1), 60, law(date(2024, 6, 1)))
    assert (reached.on, reached.earliest, reached.latest) == (date(2020, 3, 1),) * 3
    assert (as_then.delay, as_then.on, as_then.latest) == (0, date(2030, 3, 1), date(2030, 3, 1))


def test_that_a_reform_without_leeway_leaves_one_day() -> None:
    packs = Book(
        [
            pack(
                "cn",
                block("retirement.legal_age", {"60": 63}),
                block("retirement.months_per_step", {"60": 4}, date(2025, 1, 1)),
            )
        ]
    )
    legal = legal_age(date(1965, 5, 1), 60, packs.law(CHANGSHA, TODAY))
    assert legal.earliest == legal.on == legal.latest == date(2025, 7, 1)


def test_that_the_old_age_is_the_stated_one_or_that_of_the_sex() -> None:
    she = insured(sex=Sex.FEMALE)
    assert original_age(replace(she, retires_at=55), law()) == 55
    assert (original_age(she, law()), original_age(insured(), law())) == (50, 60)
    assert original_age(insured(sex=None), law()) is None


# ----------------------------------------------------------------------------------------------------- years


@pytest.mark.parametrize(
    ("year", "local"),
    [(2023, 10), (2024, 11), (2025, 12), (2026, 13), (2027, 14), (2028, 15), (2029, 15), (2040, 15)],
)
def test_how_many_years_each_year_of_handling_asks_for(year: int, local: int) -> None:
    for sex, total in ((Sex.MALE, 30), (Sex.FEMALE, 25)):
        asked = required(sex, law(), year)
        assert (asked.total.value, asked.local.value) == (total, local)


def test_that_months_after_the_record_are_counted_once_each() -> None:
    history = History(date(2024, 12, 31), employee_months=200, local_months=100)
    person = insured(
        stretch(LONG_AGO, date(2025, 3, 10)),
        stretch(date(2025, 3, 20), date(2025, 6, 30), Status.FLEXIBLE, ZHUZHOU),
        stretch(date(2025, 7, 1), date(2025, 8, 31), Status.SUSPENDED),
        stretch(date(2025, 9, 1), date(2025, 12, 31), area=ELSEWHERE),
        stretch(date(2026, 1, 1), None, Status.UNEMPLOYED),
        Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, date(2025, 7, 1), date(2025, 8, 31)),
        history=history,
    )
    # 2025 年 1 至 6 月、2026 年 1 至 3 月在湖南，9 至 12 月在北京。
    assert paid_months(person, TODAY, "43") == Paid(200 + 6 + 4 + 3, 100 + 6 + 3)
    assert paid_months(person, date(2024, 6, 1), "43") == Paid(200, 100)
    assert paid_months(replace(person, history=None), TODAY, "43") is None


def test_that_months_paid_back_count_and_months_owed_do_not() -> None:
    history = History(date(2024, 12, 31), 200, 100)
    owed = stretch(date(2025, 1, 1), date(2025, 6, 30), Status.SUSPENDED)
    paid = replace(owed, benefits_from=date(2025, 7, 2))
    assert paid_months(insured(owed, history=history), TODAY, "43") == Paid(200, 100)
    assert paid_months(insured(paid, history=history), TODAY, "43") == Paid(206, 106)


@pytest.mark.parametrize(
    ("employee", "local", "missing", "key"),
    [
        (360, 156, 0, "retirement.total_years"),
        (340, 156, 20, "retirement.total_years"),
        (360, 126, 30, "retirement.local_years"),
        (350, 126, 30, "retirement.local_years"),
    ],
)
def test_that_of_both_requirements_the_one_missed_by_more_counts(
    employee: int, local: int, missing: int, key: str
) -> None:
    person = insured(history=History(TODAY, employee, local))
    found = shortfall(person, law(), TODAY, "43")
    assert found is not None
    assert (found.months, found.because.key) == (missing, key)


def test_that_without_sex_or_history_nothing_is_said_to_be_missing() -> None:
    history = History(TODAY, 360, 360)
    assert shortfall(insured(history=history, sex=None), law(), TODAY, "43") is None
    assert shortfall(insured(), law(), TODAY, "43") is None


# ------------------------------------------------------------------------------------------------- paying up


def test_that_124_months_of_flexible_work_in_changsha_cost_what_was_published() -> None:
    paid = pay_up(124, law(date(2024, 5, 1)), flexible=True)
    assert (paid.base, str(paid.rate), paid.fee) == (yuan(3770), "8%", yuan(15))
    assert (paid.monthly, paid.cost) == (yuan("316.60"), yuan("39258.40"))
    assert [one.key for one in paid.because] == [
        "retirement.shortfall_flexible",
        "account.base_floor",
        "account.flexible_contribution_rate",
        "account.critical_illness_fee",
    ]


def test_that_an_employee_pays_up_at_the_units_and_their_own_rate_with_maternity() -> None:
    paid = pay_up(12, law(date(2024, 5, 1)), flexible=False)
    assert (paid.base, str(paid.rate)) == (yuan(6284), "10.7%")
    # 6284 × 10.7% = 672.388
    assert (paid.monthly, paid.cost) == (yuan("687.39"), yuan("8248.68"))


@pytest.mark.parametrize("flexible", [True, False])
def test_that_no_cost_is_guessed_where_no_pack_speaks(flexible: bool) -> None:
    with pytest.raises(NotCovered):
        pay_up(1, law(area=ELSEWHERE), flexible=flexible)


def test_that_who_stopped_paying_is_handled_as_in_flexible_work() -> None:
    assert not handled_as_flexible(worker(), TODAY)
    assert handled_as_flexible(worker(status=Status.FLEXIBLE), TODAY)
    assert handled_as_flexible(worker(status=Status.SUSPENDED), TODAY)
    assert handled_as_flexible(resident(), TODAY)
    assert handled_as_flexible(Person("me", "me"), TODAY)


# ---------------------------------------------------------------------------------------------------- switch


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2026, 4, 1)),
        (date(2025, 12, 9), date(2026, 1, 1)),
    ],
)
def test_that_a_retiree_is_one_from_the_month_after_the_procedure(on: date, first: date) -> None:
    since = first_day_as_retiree(on, law(on))
    assert (since.value, since.key) == (first, "retirement.starts_after")
    with pytest.raises(NotCovered):
        first_day_as_retiree(FIRST, law(FIRST, ELSEWHERE))


def test_that_the_rate_of_the_reform_is_the_packs_and_may_be_another() -> None:
    packs = Book(
        [
            pack(
                "cn",
                block("retirement.shortfall_flexible", True),
                block("account.base_floor", Decimal(1000)),
                block("account.flexible_contribution_rate", Decimal("0.1")),
                block("account.critical_illness_fee", Decimal(1)),
            )
        ]
    )
    assert pay_up(2, packs.law(CHANGSHA, TODAY), flexible=True).cost == yuan(202)
