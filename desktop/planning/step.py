"""步骤。One thing that happens on a day, and what comes first on one day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.event import Event, Matter
    from desktop.domain.people import Person


class Rank(IntEnum):
    """What comes first on one day."""

    OPENING = 0
    BEGINNING = 1
    CREDIT = 2
    EVENT = 3


class After(NamedTuple):
    """What follows later from a matter or from the end of a binding: money comes back, or arrives."""

    of: Matter | Binding


@dataclass(frozen=True, slots=True)
class Step:
    """`of` is the person, binding or event that it happens to."""

    on: date
    rank: Rank
    of: Person | Binding | Event | After
    do: Callable[[], None]
