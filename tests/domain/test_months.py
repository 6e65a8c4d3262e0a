"""月份。A month on is the same day, or the last of a shorter month."""

from datetime import date

import pytest

from desktop.domain.months import add_months, months_between, on_day


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 1, 1), -12, date(2024, 1, 1)),
        (date(2025, 5, 5), 0, date(2025, 5, 5)),
    ],
)
def test_that_months_are_added_and_clamped(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


def test_that_a_day_of_a_month_is_its_last_where_it_is_too_short() -> None:
    assert on_day(date(2024, 2, 10), 31) == date(2024, 2, 29)
    assert on_day(date(2024, 2, 10), 15) == date(2024, 2, 15)


def test_that_months_between_are_first_days_both_ends_within() -> None:
    assert list(months_between(date(2025, 11, 30), date(2026, 1, 1))) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
    assert list(months_between(date(2025, 3, 1), date(2025, 2, 28))) == []
