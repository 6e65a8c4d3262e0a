"""工作日。Which days are working days: as the State Council has said, beyond that Monday to Friday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count, islice
from typing import TYPE_CHECKING

from desktop.usecases.guide_view import DayKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = timedelta(days=1)
_SATURDAY = 5
_HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午",
    "National Day": "国庆",
    "Mid-autumn Festival": "中秋",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@dataclass(frozen=True, slots=True)
class Day:
    """`estimated`: nobody has said yet which days of that year are holidays. `name` is the holiday's."""

    on: date
    kind: DayKind
    estimated: bool
    name: str = ""

    @property
    def works(self) -> bool:
        return self.kind in {DayKind.WORKDAY, DayKind.ADJUSTED}


@cache
def day_of(on: date) -> Day:
    """
    >>> day_of(date(2026, 10, 1)).name, day_of(date(2026, 10, 10)).kind.value
    ('国庆', 'adjusted')
    """
    from chinese_calendar import get_holiday_detail  # its tables are large: not before they are needed

    weekend = on.weekday() >= _SATURDAY
    try:
        free, name = get_holiday_detail(on)
    except NotImplementedError:
        return Day(on, DayKind.WEEKEND if weekend else DayKind.WORKDAY, estimated=True)
    if not free:
        return Day(on, DayKind.ADJUSTED if weekend else DayKind.WORKDAY, estimated=False)
    kind = DayKind.HOLIDAY if name else DayKind.WEEKEND
    return Day(on, kind, estimated=False, name=_HOLIDAYS.get(name or "", ""))


def days_from(first: date) -> Iterator[Day]:
    return (day_of(first + number * _DAY) for number in count())


def add_workdays(start: date, number: int) -> Day:
    """The last of that many working days, the first of which is after `start`; estimated if one of them is.

    >>> add_workdays(date(2026, 11, 23), 10).on, add_workdays(date(2026, 12, 7), 5).on
    (datetime.date(2026, 12, 7), datetime.date(2026, 12, 14))
    """
    *_, last = day_of(start), *islice(workdays_after(start), number)
    return last


def workdays_after(start: date) -> Iterator[Day]:
    return (day for day in days_from(start + _DAY) if day.works)
