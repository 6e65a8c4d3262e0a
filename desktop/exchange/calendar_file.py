"""日历文件。Days to remember as an iCalendar file (RFC 5545), which every calendar program takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_OCTETS = 75
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """An event of a whole day. One that is exported again under the same `uid` replaces the one before."""

    uid: str
    on: date
    title: str
    note: str = ""


def calendar_text(name: str, days: Iterable[CalendarDay], made: date) -> str:
    """`name` is the calendar's; `made` the day on which it is written."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gongji//gongji//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for day in days for line in _event(day, made)),
        "END:VCALENDAR",
    )
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(day: CalendarDay, made: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(day.uid)}"
    yield f"DTSTAMP:{made:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(day.title)}"
    if day.note:
        yield f"DESCRIPTION:{_text(day.note)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, the later ones after a space; no character is torn apart.

    >>> [len(one.encode()) for one in _folded("办" * 60)]
    [75, 73, 34]
    """
    part = ""
    for character in line:
        if len((part + character).encode()) > _MOST_OCTETS:
            yield part
            part = " "
        part += character
    yield part
