"""日历里的一件事。The days of an errand for a calendar: applying, the last day of each wait, deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.exchange.calendar_file import CalendarDay, calendar_text
from desktop.exchange.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from desktop.usecases.guide_view import GuideView

_ASK = "地址和时间请先拨打 12393 核实。"


def calendar_of(view: GuideView, made: date) -> str:
    """People are called by what they are; no name is in it."""
    return calendar_text(f"{view.title}，{view.subject}", _days(view), made)


def write_calendar(file: Path, view: GuideView, made: date) -> None:
    """All or nothing. Raises `FileTrouble`."""
    write_whole(file, calendar_of(view, made))


def _days(view: GuideView) -> Iterator[CalendarDay]:
    lead = f"{view.title}（{view.subject}）"
    uid = view.errand or f"{view.id}-{view.person}"
    if view.timeline is not None:
        start = view.timeline.counted_from
        yield CalendarDay(f"{uid}-start@gongji", start, f"{lead}：提交", f"{view.timeline.title}。{_ASK}")
    for step in view.steps:
        if step.due is not None and step.done_on is None and not step.submits:
            note = f"{step.detail}。{step.says.says}"
            yield CalendarDay(f"{uid}-{step.id}@gongji", step.due, f"{lead}：{step.title}，最后一天", note)
    for place, one in enumerate(view.deadlines):
        if one.on is not None:
            note = f"{one.says.says}（{one.says.source}）"
            yield CalendarDay(
                f"{uid}-deadline-{place}@gongji", one.on, f"{lead}：{one.title}，最后一天", note
            )
