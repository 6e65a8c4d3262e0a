"""当日政策。Which value of the law holds in an area on a day, and on whose authority."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from desktop.domain.clause import Confidence
from desktop.domain.money import Money, Rate
from desktop.policy.pack import Block, Dispute, Pack, Source, SourceKind, Value
from desktop.policy.what_if import SCENARIO, changed

if TYPE_CHECKING:
    from desktop.domain.plan import RuleChange

V_co = TypeVar("V_co", covariant=True)
W = TypeVar("W")


class NotCovered(Exception):
    """No pack answers for this key on this day. Never a default, never a guess."""

    def __init__(self, key: str, day: date, packs: Sequence[str], entry: Sequence[str] = ()) -> None:
        self.key, self.day, self.packs, self.entry = key, day, tuple(packs), tuple(entry)
        super().__init__(f"{key} {'/'.join(entry)} {day} {'，'.join(packs)}")


class Unpublished(NotCovered):
    """A value is known to exist, and was never found: not the same as a rule that does not exist."""


_NOBODY = Source("", "", SourceKind.PROGRAM)


@dataclass(frozen=True, slots=True)
class Silence:
    """The clause of a finding that no pack answers: which key was asked, and nothing else."""

    key: str
    value: None = None
    says: str = "这一天没有收录的规则"
    since: date | None = None
    confidence: Confidence = Confidence.LOW
    in_dispute: bool = False
    source: Source = _NOBODY


@dataclass(frozen=True, slots=True)
class Term(Generic[V_co]):
    """条款。One value of the law as it answers on a day.

    `in_dispute` says whether another source differs about this very value; `assumed` that it was carried past
    what its pack covers (a scenario's own value is not, nor one published ahead); `unchecked` that the day
    lies after the packs were last compared with their sources.
    """

    key: str
    value: V_co
    since: date
    until: date | None
    source: Source
    says: str
    confidence: Confidence
    disputed: tuple[Dispute, ...]
    in_dispute: bool
    unit: str
    channel: str
    pack: str
    assumed: bool
    unchecked: bool

    def with_value(self, value: W) -> Term[W]:
        """The same clause, its value as the rules want it."""
        return replace(cast("Term[W]", self), value=value)


class Policy:
    """The packs of one area, most local first, as they answer on `day`, under a scenario's `changes`."""

    def __init__(
        self,
        packs: Sequence[Pack],
        day: date,
        *,
        assuming_unchanged: bool = False,
        changes: Sequence[RuleChange] = (),
    ) -> None:
        self.packs = tuple(packs)
        self.day = day
        self._assuming = assuming_unchanged
        self._changes = [one for one in changes if one.since <= day]
        self._kept: dict[tuple[str, ...], Term[Any]] = {}

    @property
    def assumed(self) -> bool:
        """Whether the day lies past what some pack covers, so that its last values are carried on."""
        return self._assuming and any(self.day > pack.covers_until for pack in self.packs)

    @property
    def unchecked(self) -> bool:
        return any(self.day > pack.checked_on for pack in self.packs)

    @property
    def checked_on(self) -> date:
        return min((pack.checked_on for pack in self.packs), default=date.min)

    def term(self, key: str, *entry: str, channel: str = "") -> Term[Value]:
        """The value of a key; of a table, the entry named by status or level. Raises `NotCovered`."""
        block, pack = self._block(key, channel)
        if self._changes:
            block = changed(block, entry, self._changes)
        if block.value is None:
            raise Unpublished(key, self.day, [pack.id])
        value, names = self._pick(block, entry)
        weaker = [block.weaker[name] for name in names if name in block.weaker]
        return Term(
            key=key,
            value=value,
            since=block.since,
            until=block.until,
            source=block.source,
            says=block.says,
            confidence=weaker[-1] if weaker else block.confidence,
            disputed=block.disputed,
            in_dispute=any(_differs(_walk(other.value, entry)[0], value) for other in block.disputed),
            unit=block.unit,
            channel=block.channel,
            pack=pack.id,
            assumed=self._assuming and is_carried_on(block, pack, self.day) and block.source is not SCENARIO,
            unchecked=self.unchecked,
        )

    def money(self, key: str, *entry: str, channel: str = "") -> Term[Money]:
        """A sum, from decimal yuan."""
        return self._typed("money", key, entry, channel, lambda value: Money.yuan(_number(value)))

    def rate(self, key: str, *entry: str, channel: str = "") -> Term[Rate]:
        return self._typed("rate", key, entry, channel, lambda value: Rate.of(Decimal(_number(value))))

    def count(self, key: str, *entry: str, channel: str = "") -> Term[int]:
        return self._typed("count", key, entry, channel, lambda value: int(_number(value)))

    def flag(self, key: str, *entry: str, channel: str = "") -> Term[bool]:
        return self._typed("flag", key, entry, channel, lambda value: value is True)

    def word(self, key: str, *entry: str, channel: str = "") -> Term[str]:
        return self._typed("word", key, entry, channel, str)

    def words(self, key: str, *entry: str, channel: str = "") -> Term[tuple[str, ...]]:
        return self._typed("words", key, entry, channel, _listed)

    def _typed(
        self, kind: str, key: str, entry: tuple[str, ...], channel: str, read: Callable[[Value], W]
    ) -> Term[W]:
        """A term with its value as the rules want it; each is made once, since a policy does not change."""
        asked = (kind, key, channel, *entry)
        kept = self._kept.get(asked)
        if kept is None:
            found = self.term(key, *entry, channel=channel)
            kept = self._kept[asked] = found.with_value(read(found.value))
        return kept

    def _block(self, key: str, channel: str) -> tuple[Block, Pack]:
        answers = list(self._answers(key, channel))
        if not answers:
            raise NotCovered(key, self.day, [pack.id for pack in self.packs])
        block, pack = answers[0]
        for lower, holder in answers[1:]:
            if lower.floor and lower.value is not None and block.value is not None:
                wider = _widened(block.value, lower.value)
                if wider != block.value:
                    block, pack = replace(lower, value=wider), holder
        return block, pack

    def _answers(self, key: str, channel: str) -> Iterator[tuple[Block, Pack]]:
        """The blocks that hold, most local first; of one pack, the one of this very channel."""
        for pack in self.packs:
            block = block_of(pack, key, channel, self.day, assuming_unchanged=self._assuming)
            if block is not None:
                yield block, pack

    def _pick(self, block: Block, entry: Sequence[str]) -> tuple[Value, list[str]]:
        assert block.value is not None
        value, names = _walk(block.value, entry)
        if (isinstance(value, Mapping) and entry) or value is None:
            raise NotCovered(block.key, self.day, [pack.id for pack in self.packs], entry)
        return value, names


def block_of(pack: Pack, key: str, channel: str, day: date, *, assuming_unchanged: bool) -> Block | None:
    """Of one pack the block that answers, of this very channel rather than of none.

    A block that begins past the pack's cover was published ahead of the rest: it answers on its own days.
    """
    for asked in dict.fromkeys((channel, "")):
        begun = [one for one in pack.blocks.get(key, ()) if one.channel == asked and one.since <= day]
        last = begun[-1] if begun else None
        if last is not None and last.since > pack.covers_until:
            held = last if assuming_unchanged or last.holds_on(day) else None
        elif assuming_unchanged or day <= pack.covers_until:
            on = min(day, pack.covers_until)
            held = next((one for one in begun if one.holds_on(on) and pack.covers(on)), None)
        else:
            held = None
        if held is not None:
            return held
    return None


def is_carried_on(block: Block, pack: Pack, day: date) -> bool:
    """Whether a block answers on a day for which nobody has said that it does."""
    return day > pack.covers_until and (block.since <= pack.covers_until or not block.holds_on(day))


def _walk(value: Value, entry: Sequence[str]) -> tuple[Value | None, list[str]]:
    """Down a table by level, by status, or by status then level. None: the table has no such entry."""
    names: list[str] = []
    while isinstance(value, Mapping) and entry:
        name = next((one for one in entry if one in value), None)
        if name is None:
            return None, names
        value = value[name]
        names.append(name)
    return value, names


def _differs(other: Value | None, value: Value) -> bool:
    """Whether another source says something else; one that is silent about this entry does not."""
    return other is not None and other != value


def _widened(local: Value, floor: Value) -> Value:
    """A local value may widen a floor, never narrow it."""
    if isinstance(local, tuple) and isinstance(floor, tuple):
        return local if set(floor) <= set(local) else (*floor, *(one for one in local if one not in floor))
    return max(local, floor)  # type: ignore[type-var]


def _number(value: Value) -> int | Decimal:
    if not isinstance(value, int | Decimal):
        raise TypeError(value)
    return value


def _listed(value: Value) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, tuple) else (str(value),)
