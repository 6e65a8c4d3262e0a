"""指南的日子。When each step is due, which working days they are, and until when something must be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from desktop.domain.months import add_months
from desktop.guides.guide import Step, Unit
from desktop.guides.reader import Quoted
from desktop.policy.policy import NotCovered
from desktop.rules.premium import refund_until, window
from desktop.usecases.guide_view import DayCell, Mark, Stage, Timeline
from desktop.usecases.guide_words import day_words
from desktop.usecases.workdays import add_workdays, days_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.guides.guide import Deadline, Wait
    from desktop.usecases.guide_words import Filling
    from desktop.usecases.workdays import Day

_DAY = timedelta(days=1)
_MOST_CELLS = 62  # two months of days are seen at a glance; more are told by their marks alone
_BEFORE = 7
_UNITS = {Unit.WORKDAYS: "个工作日", Unit.DAYS: "天", Unit.MONTHS: "个月"}


@dataclass(frozen=True, slots=True)
class Span:
    """How long a step that waits may take: `number` None where nobody has published it."""

    step: Step
    wait: Wait
    place: str
    number: int | None
    after: date | None
    """The day from which it is counted, itself not among them."""
    ended: date | None = None
    """The day on which it was ticked."""

    @property
    def lasts(self) -> bool:
        """Whether there is a day of it to show: what was ticked on the day it began took none."""
        if not self.number or self.due is None or self.after is None:
            return False
        return self.ended is None or self.ended > self.after

    @property
    def last(self) -> date | None:
        """The last day of it to show: nobody waits on for what was seen to earlier."""
        return self.due if self.ended is None or self.due is None else min(self.ended, self.due)

    @property
    def due(self) -> date | None:
        """The last day."""
        if self.number is None or self.after is None:
            return None
        return counted_on(self.after, self.number, self.wait.unit)

    @property
    def length(self) -> str:
        """10 个工作日, 即时办结."""
        if self.number is None:
            return "多久办结未公布"
        return f"{self.number} {_UNITS[self.wait.unit]}" if self.number else "即时办结"

    @property
    def label(self) -> str:
        """转出地（东莞）."""
        return f"{self.wait.label}（{self.place}）" if self.place else self.wait.label


def counted_on(start: date, number: int, unit: Unit) -> date:
    """The last day of a stretch that begins on the day after `start`."""
    if unit is Unit.MONTHS:
        return add_months(start, number)
    return start + number * _DAY if unit is Unit.DAYS else add_workdays(start, number).on


def usual_start(today: date) -> date:
    """The first day on which an office works, from today on."""
    return next(day.on for day in days_from(today) if day.works)


def spans(
    steps: Sequence[Step], start: date, done: Mapping[str, date], fillings: Mapping[str, Filling]
) -> tuple[Span, ...]:
    """One after another; what was done early lets the next begin. `fillings` are by what says the area."""
    made: list[Span] = []
    after: date | None = start
    for step in steps:
        if step.wait is None:
            continue
        filling = fillings[step.wait.place]
        place = filling.words[step.wait.place] if step.wait.place else ""
        ended = done.get(step.id)
        span = Span(step, step.wait, place, _number(step.wait.key, filling), after, ended)
        after = ended or span.due
        made.append(span)
    return tuple(made)


def _number(key: str, filling: Filling) -> int | None:
    try:
        value = filling.term(Quoted(key)).value
    except NotCovered:
        return None
    return value if isinstance(value, int) else None


# ---------------------------------------------------------------------------------------------- the timeline


def timeline(made: Sequence[Span], start: date, today: date, note: str) -> Timeline | None:
    """None where nothing is or was waited for, or nobody has said how long."""
    waits = [span for span in made if span.lasts]
    if not waits:
        return None
    stages = tuple(_stage(span) for span in waits)
    last = stages[-1].last
    cells = tuple(_cells(waits, start, today, last))
    counted = takewhile(lambda day: day.on <= last, days_from(start))
    estimated = any(day.estimated for day in counted)
    title = f"按 {day_words(start)} 提交推算，次日起算"
    return Timeline(
        counted_from=start,
        title=f"{title}；放假安排未公布的年份按周一至周五预计" if estimated else title,
        cells=cells if len(cells) <= _MOST_CELLS else (),
        stages=stages,
        marks=tuple(_marks(waits, start, today, _first(start, today))),
        note=note,
        estimated=estimated,
    )


def _stage(span: Span) -> Stage:
    assert span.after is not None
    assert span.last is not None
    first = add_workdays(span.after, 1).on if span.wait.unit is Unit.WORKDAYS else span.after + _DAY
    apart = "" if span.place else " "  # a full-width bracket stands apart by itself
    return Stage(f"{span.label}{apart}{span.length}", first, span.last)


def _first(start: date, today: date) -> date:
    """Today, if it is not long before the start; else the day before the start."""
    return today if start - _BEFORE * _DAY <= today <= start else start - _DAY


def _cells(waits: Sequence[Span], start: date, today: date, last: date) -> Iterator[DayCell]:
    number = 0
    for day in takewhile(lambda one: one.on <= last + _DAY, days_from(_first(start, today))):
        stage = _stage_of(day.on, waits)
        counts = stage >= 0 and _counts(day, waits[stage])
        number += counts
        yield DayCell(day.on, day.kind, number if counts else 0, stage, day.estimated, day.name)


def _stage_of(on: date, waits: Sequence[Span]) -> int:
    for place, span in enumerate(waits):
        if span.after is not None and span.last is not None and span.after < on <= span.last:
            return place
    return -1


def _counts(day: Day, span: Span) -> bool:
    return day.works if span.wait.unit is Unit.WORKDAYS else span.wait.unit is Unit.DAYS


def _marks(waits: Sequence[Span], start: date, today: date, first: date) -> Iterator[Mark]:
    if today == start:
        yield Mark(start, "今天提交")
    else:
        if first <= today < start:
            yield Mark(today, "今天")
        yield Mark(start, "提交")
    for span in waits:
        assert span.last is not None
        whole = span is waits[-1] and len(waits) > 1
        yield Mark(span.last, f"{'全部' if whole else span.wait.label}{'办结' if span.ended else '最迟'}")


# --------------------------------------------------------------------------------------------- the deadlines


def last_day(deadline: Deadline, start: date, filling: Filling) -> date | None:
    """The last day for it; None where nobody has published it."""
    law, year = filling.law(deadline.key), filling.benefit_year
    try:
        if deadline.key == "premium.window":
            return window(law, year).value[1]
        if deadline.key == "premium.refund_until":
            return refund_until(law, year, from_account=bool(deadline.channel)).value
        term = filling.term(Quoted(deadline.key, (), deadline.channel))
    except NotCovered:
        return None
    return _day(term.value, term.unit, start)


def _day(value: object, unit: str, start: date) -> date | None:
    """A day, the last of some days, or so many days after the start."""
    if isinstance(value, Mapping):
        return _day(value.get("to"), unit, start)
    if isinstance(value, date):
        return value
    units = {one.value: one for one in Unit}
    if isinstance(value, int) and unit in units:
        return counted_on(start, value, units[unit])
    return None
