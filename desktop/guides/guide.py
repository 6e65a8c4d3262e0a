"""办事指南。One guide as data: steps, papers, places, deadlines, each sentence with its source.

A number of the law never stands in a guide: a sentence names the key of a pack in braces
(`{transfer.out_days}`), and is filled in with what holds in the area on the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.clause import Confidence

if TYPE_CHECKING:
    from desktop.policy.pack import Source

GROUPS = ("绑定", "跨省共济", "参保", "缴费与退费", "转移", "退休", "账户结清")
"""The headings of the list, in their order."""


class Ask(StrEnum):
    """What a guide may need to know besides the person."""

    ORIGIN = "origin"
    DESTINATION = "destination"
    AREA = "area"
    RELATIVE = "relative"
    BENEFIT_YEAR = "benefit_year"
    AMOUNT = "amount"
    ON = "on"


class ForWhom(StrEnum):
    """Who may be chosen: `payer` has an account, `employee` and `resident` are insured like that.

    Of the employees those who are not retired.
    """

    ANYONE = "anyone"
    PAYER = "payer"
    EMPLOYEE = "employee"
    RESIDENT = "resident"


FILLED = ("person", *Ask, "start", "last")
"""What may stand in braces besides keys of packs. `start` is the day of applying, `last` that of the end."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`rests_on` names what it quotes in braces, as it is written there, but for `FILLED`."""

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

    `submits`: the waits after it are counted from its day. `go` is the page of this program where it is seen
    to (family, visits …), `ticked` what stands below its title once it is done (已核对).
    """

    id: str
    title: str
    says: Sentence
    who: str
    cases: tuple[str, ...] = ()
    wait: Wait | None = None
    submits: bool = False
    go: str = ""
    ticked: str = "已完成"


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
    """`way` is 网上, 窗口 or 电话; `area` the two or four digits it is for (empty: everywhere).

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
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """`asks` are the answers it needs besides the person.

    `records` is the type of event that is booked when it is done (`transfer`), empty: none; `recorded_as`
    says which kind of it (the reason of a `payout`, the `as` of an `enrolment`) where the case's id does not.
    `words` are others under which a person looks for it: 过户, 卡里的钱. `overdue` stands below the timeline.
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
    asks: tuple[Ask, ...] = ()
    records: str = ""
    recorded_as: str = ""
    for_whom: ForWhom = ForWhom.ANYONE
    words: tuple[str, ...] = ()
    overdue: Sentence | None = None
