"""月份。Months and days that fall in them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def add_months(day: date, months: int) -> date:
    """The same day some months on, the month's last where it has no such day: 2024-02-29, 2025-02-28."""
    years, month = divmod(day.month - 1 + months, 12)
    return on_day(date(day.year + years, month + 1, 1), day.day)


def on_day(month: date, day: int) -> date:
    """A day of the month that `month` lies in, its last where the month is shorter."""
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def months_apart(earlier: date, later: date) -> int:
    """How many months lie between the months of two days; negative where the first is the later one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def months_between(first: date, last: date) -> Iterator[date]:
    """The first day of each month from that of `first` to that of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = add_months(month, 1)
