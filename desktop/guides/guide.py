"""办事指南。One guide as data: steps, papers, places, deadlines, each sentence with its source.

A number of the law never stands in a guide: a sentence names the key of a pack in braces
(`{transfer.out_days} 个工作日`), and is filled in with what holds in the area on the day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.clause import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.policy.pack import Source


@dataclass(frozen=True, slots=True)
class Sentence:
    """`rests_on` names the keys of packs that it quotes."""

    says: str
    source: Source
    confidence: Confidence = Confidence.HIGH
    disputed: str = ""
    """What another source says instead; empty: nobody differs."""
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One of the kinds of people or situations that a guide tells apart (在职职工、灵活就业 …)."""

    id: str
    title: str
    says: Sentence


class Unit(StrEnum):
    """How a wait is counted."""

    WORKDAYS = "workday"
    DAYS = "day"
    MONTHS = "month"


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a step takes at most: the key of the pack that says so (`transfer.out_days`), and its unit.

    `label` names it on the timeline (转出地), `place` is the answer that names the area, empty: none.
    """

    key: str
    unit: Unit
    label: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """`who` must act (本人、单位、经办机构); `cases` in which it is needed, empty: in all.

    `submits`: the working days of the waits after it are counted from its day. `go` is the page of this
    program where it is seen to (family, visits …).
    """

    id: str
    title: str
    says: Sentence
    who: str
    cases: tuple[str, ...] = ()
    wait: Wait | None = None
    submits: bool = False
    go: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """`need` says when it is needed (必需、窗口办时带上、网上办不需要)."""

    id: str
    title: str
    need: str
    says: Sentence
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """`way` is 网上, 窗口 or 电话; `area` the six digits it is for (empty: everywhere).

    `verify`: 请先拨打 12393 核实。
    """

    way: str
    says: Sentence
    area: str = ""
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something must be done: the key of the pack that says so, and what for."""

    key: str
    title: str
    says: Sentence
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """`asks` are the answers it needs besides the person: origin, destination, benefit_year, relative.

    `records` is the type of event that is booked when it is done (`transfer`), empty: none. `for_whom` says
    who may be chosen: anyone, payer (has an account), resident, dead …
    """

    id: str
    group: str
    title: str
    says: Sentence
    steps: tuple[Step, ...]
    papers: tuple[Paper, ...] = ()
    places: tuple[Place, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    effects: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()
    cases: tuple[Case, ...] = ()
    asks: tuple[str, ...] = ()
    records: str = ""
    for_whom: str = "anyone"
    words: Mapping[str, str] = field(default_factory=dict)
    """Other words under which a person looks for it, by language of the people: 过户, 死了卡里的钱."""
