"""工作日。As the State Council has said for the year; beyond that Monday to Friday, said to be estimated."""

from datetime import date

import pytest

from desktop.usecases.guide_view import DayKind
from desktop.usecases.workdays import add_workdays, day_of


def test_that_the_first_working_day_is_the_one_after_the_start() -> None:
    assert add_workdays(date(2026, 11, 23), 1).on == date(2026, 11, 24)
    assert add_workdays(date(2026, 11, 23), 10).on == date(2026, 12, 7)
    assert add_workdays(date(2026, 12, 7), 5).on == date(2026, 12, 14)


def test_that_nothing_to_wait_for_ends_on_the_day_itself() -> None:
    assert add_workdays(date(2026, 11, 21), 0).on == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("on", "kind", "name"),
    [
        (date(2026, 11, 21), DayKind.WEEKEND, ""),
        (date(2026, 10, 1), DayKind.HOLIDAY, "国庆"),
        (date(2026, 10, 10), DayKind.ADJUSTED, ""),
        (date(2026, 11, 23), DayKind.WORKDAY, ""),
    ],
)
def test_what_a_day_is(on: date, kind: DayKind, name: str) -> None:
    day = day_of(on)
    assert (day.kind, day.name, day.estimated) == (kind, name, False)
    assert day.works == (kind in {DayKind.WORKDAY, DayKind.ADJUSTED})


def test_that_a_year_nobody_has_published_is_monday_to_friday_and_estimated() -> None:
    weekend, first = day_of(date(2099, 10, 3)), day_of(date(2099, 10, 1))
    assert (weekend.kind, weekend.estimated) == (DayKind.WEEKEND, True)
    assert (first.kind, first.estimated) == (DayKind.WORKDAY, True)
    assert add_workdays(date(2026, 12, 31), 400).estimated
