"""政策包。A pack as data: who speaks, for which days, and the history of each value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.clause import Confidence

Value = bool | int | Decimal | str | date | tuple["Value", ...] | Mapping[str, "Value"]
"""What a block may hold: money as decimal yuan, ratios as decimals, tables by level or status."""


class SourceKind(StrEnum):
    """依据种类: an official text, a press report, a compilation, or a convention of this program."""

    OFFICIAL = "official"
    PRESS = "press"
    COMPILED = "compiled"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    kind: SourceKind
    number: str = ""
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """What another source says instead."""

    value: Value
    source: Source
    says: str


@dataclass(frozen=True, slots=True)
class Block:
    """One value of a key from a day on. `until` (inclusive) is None where no end is known.

    `value` None: it exists but was never published where we could read it. `floor`: a local value may widen
    it, never narrow it. `weaker` holds the confidence of single table entries.
    """

    key: str
    since: date
    until: date | None
    value: Value | None
    source: Source
    says: str
    unit: str = ""
    channel: str = ""
    confidence: Confidence = Confidence.HIGH
    weaker: Mapping[str, Confidence] = field(default_factory=dict)
    disputed: tuple[Dispute, ...] = ()
    rows: tuple[str, ...] = ()
    floor: bool = False
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Refused:
    """A statement that was examined and refused, kept so that nobody adds it again."""

    says: str
    source: Source
    reason: str
    rows: tuple[str, ...] = ()
    contradiction: str = ""


@dataclass(frozen=True, slots=True)
class NotModelled:
    """A fact that holds no value for computing, and why."""

    rows: tuple[str, ...]
    says: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Past `covers_until` it does not answer, past `checked_on` nobody has compared it with its sources."""

    id: str
    title: str
    version: str
    sequence: int
    covers_from: date
    covers_until: date
    checked_on: date
    blocks: Mapping[str, tuple[Block, ...]]
    refused: tuple[Refused, ...] = ()
    not_modelled: tuple[NotModelled, ...] = ()

    def covers(self, day: date) -> bool:
        return self.covers_from <= day <= self.covers_until
