"""办事进度。How far someone of the family has come with something that they have to see to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Errand:
    """办一件事: which guide, for whom, since when.

    `case` is which of the guide's cases it is (empty: it has none), `done` the steps that were ticked, each
    with its day, in the guide's own order; `papers` those at hand; `answers` what the guide asks (areas,
    days) by name; `starts_on` the day from which its working days are counted, None while it is not planned.
    """

    id: str
    guide: str
    person: str
    begun: date
    case: str = ""
    done: tuple[tuple[str, date], ...] = ()
    papers: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    starts_on: date | None = None
