"""日格的摆法。Where the cells, stages and marks of a timeline stand, in one line or several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from desktop.usecases.guide_view import Mark, Timeline

_WEEK = 7
_CELL, _WIDEST, _GAP = 8.0, 14.0, 1.0  # units: a cell with the gap after it, the widest one, the gap
_BAR, _BAR_GAP, _NAMES, _DAY = 6.5, 2.5, 5.5, 11.0  # units: a stage, the room below it, 一二三, a cell
_TICK, _MARK, _LINES_GAP = 4.0, 10.5, 4.0  # units: the line to a mark, its two lines of words, between lines


class Spot(NamedTuple):
    """A day: its cell in the order of time, where 一 stands above it, and its frame."""

    place: int
    name: QRectF
    frame: QRectF


class Bar(NamedTuple):
    """A stage or, where it goes on in the next line, a part of it."""

    stage: int
    area: QRectF


class _Run(NamedTuple):
    """The part of a stage that lies in a line. `lane`: stages that share days stand one above the other."""

    stage: int
    first: int
    last: int
    lane: int


class Flag(NamedTuple):
    """A named day: the foot of its cell, and where its words stand."""

    mark: Mark
    x: float
    top: float
    words: QRectF


@dataclass(frozen=True, slots=True)
class Laid:
    spots: tuple[Spot, ...]
    bars: tuple[Bar, ...]
    flags: tuple[Flag, ...]
    high: int


@dataclass(frozen=True, slots=True)
class Room:
    """The width there is, `unit` pixels a unit, and how wide the words of a mark are."""

    width: float
    unit: Callable[[float], int]
    wide: Callable[[Mark], float]


def least_width(unit: Callable[[float], int]) -> int:
    """A week must stand in a line."""
    return unit(_CELL * _WEEK)


def lay(shown: Timeline, room: Room) -> Laid:
    """All days in one line if there is room, else in lines of whole weeks' length."""
    across = _across(len(shown.cells), room)
    pitch = min(room.width / across, room.unit(_WIDEST)) if across else 0
    spots: list[Spot] = []
    bars: list[Bar] = []
    flags: list[Flag] = []
    top = 0.0
    for first in range(0, len(shown.cells), max(across, 1)):
        places = range(first, min(first + across, len(shown.cells)))
        line = _Line(shown, room, places, pitch, top)
        bars += line.bars()
        spots += line.spots()
        flags += line.flags()
        top = line.bottom(flags) + room.unit(_LINES_GAP)
    return Laid(tuple(spots), tuple(bars), tuple(flags), round(max(top - room.unit(_LINES_GAP), 0)))


def _across(days: int, room: Room) -> int:
    fitting = max(int(room.width // room.unit(_CELL)), 1)
    if days <= fitting:
        return days
    return fitting // _WEEK * _WEEK or fitting


class _Line:
    """One line of days, from the stages above to the marks below."""

    def __init__(self, shown: Timeline, room: Room, places: range, pitch: float, top: float) -> None:
        self._shown, self._room, self._places, self._pitch = shown, room, places, pitch
        self._top = top
        self._runs = [*self._stages()]
        lanes = max((one.lane + 1 for one in self._runs), default=0)
        self._names = top + (room.unit(lanes * (_BAR + _GAP) + _BAR_GAP - _GAP) if lanes else 0)
        self._cells = self._names + room.unit(_NAMES)
        self._foot = self._cells + room.unit(_DAY)

    def spots(self) -> Iterator[Spot]:
        unit, wide = self._room.unit, self._pitch - self._room.unit(_GAP)
        for place in self._places:
            left = self._left(place)
            name = QRectF(left, self._names, wide, unit(_NAMES))
            yield Spot(place, name, QRectF(left, self._cells, wide, unit(_DAY)))

    def bars(self) -> Iterator[Bar]:
        unit = self._room.unit
        for run in self._runs:
            left, right = self._left(run.first), self._left(run.last) + self._pitch - unit(_GAP)
            top = self._top + run.lane * unit(_BAR + _GAP)
            yield Bar(run.stage, QRectF(left, top, right - left, unit(_BAR)))

    def flags(self) -> list[Flag]:
        """Words below the foot of their day; where two would meet, the later one goes a step down."""
        ends: list[float] = []
        found: list[Flag] = []
        for mark in self._marks():
            place = next(one for one in self._places if self._shown.cells[one].on == mark.on)
            x = self._left(place) + (self._pitch - self._room.unit(_GAP)) / 2
            found.append(self._flag(mark, x, ends))
        return found

    def bottom(self, flags: Sequence[Flag]) -> float:
        return max([self._foot, *(one.words.bottom() for one in flags)])

    def _flag(self, mark: Mark, x: float, ends: list[float]) -> Flag:
        unit, wide = self._room.unit, self._room.wide(mark)
        left = max(min(x - wide / 2, self._room.width - wide), 0)
        step = next((step for step, end in enumerate(ends) if max(left, end) <= x), len(ends))
        if step == len(ends):
            ends.append(0.0)
        left = max(left, ends[step])
        ends[step] = left + wide + unit(3)
        top = self._foot + unit(_TICK) + step * unit(_MARK)
        return Flag(mark, x, self._foot, QRectF(left, top, wide, unit(_MARK)))

    def _marks(self) -> Iterator[Mark]:
        days = {self._shown.cells[place].on for place in self._places}
        yield from sorted((one for one in self._shown.marks if one.on in days), key=lambda one: one.on)

    def _left(self, place: int) -> float:
        return (place - self._places.start) * self._pitch

    def _stages(self) -> Iterator[_Run]:
        ends: list[int] = []
        for number, stage in enumerate(self._shown.stages):
            inside = [one for one in self._places if stage.first <= self._shown.cells[one].on <= stage.last]
            if inside:
                lane = next((lane for lane, end in enumerate(ends) if end < inside[0]), len(ends))
                ends[lane : lane + 1] = [inside[-1]]
                yield _Run(number, inside[0], inside[-1], lane)
