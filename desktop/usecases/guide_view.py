"""看一份指南。What the screen and the paper show of one guide for one person, as plain words and days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.clause import Confidence


@dataclass(frozen=True, slots=True)
class GuideName:
    """One line of the list; `words` is everything it is found by."""

    id: str
    group: str
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its numbers filled in. `assumed`: it rests on a value carried past its pack (预计)."""

    says: str
    source: str
    confidence: Confidence
    disputed: str = ""
    keys: tuple[str, ...] = ()
    assumed: bool = False


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class StepView:
    """`detail` is the line below its title; `due` the last day on which it should be done. `submits`: it is
    the applying from which the waits are counted.
    """

    id: str
    title: str
    detail: str
    who: str
    state: StepState
    says: Said
    done_on: date | None = None
    due: date | None = None
    go: str = ""
    submits: bool = False


@dataclass(frozen=True, slots=True)
class PaperView:
    id: str
    title: str
    need: str
    held: bool
    says: Said


@dataclass(frozen=True, slots=True)
class PlaceView:
    """`verify`: 请先拨打 12393 核实 stands beside it."""

    way: str
    says: Said
    verify: bool


class DayKind(StrEnum):
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    ADJUSTED = "adjusted"  # 调休上班的周末


@dataclass(frozen=True, slots=True)
class DayCell:
    """`number` counts the working days after the start (0: not counted), `stage` is the place of its stage in
    `Timeline.stages` (-1: none), `estimated`: nobody has published that year's calendar yet (预计).
    """

    on: date
    kind: DayKind
    number: int
    stage: int
    estimated: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """转出地（东莞）10 个工作日: from the first to the last of its days."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that is named below the cells: 今天、提交、转出最迟."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """`counted_from` is the day of applying, `title` stands beside the heading, `note` below it all."""

    counted_from: date
    title: str
    cells: tuple[DayCell, ...]
    stages: tuple[Stage, ...]
    marks: tuple[Mark, ...]
    note: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """`left` is in how many days it is, negative once it is over; None where nobody has published the day."""

    title: str
    on: date | None
    left: int | None
    says: Said


@dataclass(frozen=True, slots=True)
class Effect:
    """What it does to the family's numbers: a sentence and, where there is one, the page that shows it."""

    says: Said
    page: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer the guide needs: `kind` is person, area, day, year or sum; `value` empty: not given yet."""

    name: str
    label: str
    kind: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    id: str
    title: str
    says: Said


@dataclass(frozen=True, slots=True)
class GuideView:
    """`errand` is the id of the errand it belongs to, empty: not begun. `done` steps are ticked."""

    id: str
    errand: str
    person: str
    title: str
    subject: str
    summary: Said
    status: str
    done: int
    steps: tuple[StepView, ...]
    papers: tuple[PaperView, ...]
    places: tuple[PlaceView, ...]
    effects: tuple[Effect, ...]
    deadlines: tuple[DeadlineView, ...]
    notes: tuple[Said, ...]
    basis: str
    cases: tuple[CaseView, ...]
    case: str
    asks: tuple[Asked, ...]
    timeline: Timeline | None
    records: str
    people: tuple[tuple[str, str], ...]
    """Who may be chosen, id and what they are called."""
