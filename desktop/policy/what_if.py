"""假设的规则。A scenario's own values, laid over the block in force, and which changes make no sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from desktop.domain.clause import Confidence
from desktop.domain.money import MOST_YUAN
from desktop.domain.trouble import Fault, InputRefused
from desktop.policy.pack import Block, Pack, Source, SourceKind, Value
from desktop.policy.value_kinds import KINDS, wrong_values

if TYPE_CHECKING:
    from desktop.domain.plan import RuleChange

SCENARIO = Source("scenario", "方案假设", SourceKind.PROGRAM)


def changed(block: Block, entry: Sequence[str], changes: Iterable[RuleChange]) -> Block:
    """The block as an ask for `entry` sees it. Of several changes that fit, the latest answers.

    A change to one entry of a table fits an ask that names all of it: one to 三级 answers for every status.
    A table asked for as a whole is the law's.
    """
    fitting = [one for one in changes if one.key == block.key and set(one.entry) <= set(entry)]
    if not fitting:
        return block
    last = max(reversed(fitting), key=lambda one: one.since)
    return replace(
        block,
        since=last.since,
        until=None,
        value=last.value,
        source=SCENARIO,
        says=SCENARIO.title,
        confidence=Confidence.LOW,
        weaker={},
        disputed=(),
    )


def accepted(changes: Sequence[RuleChange], packs: Iterable[Pack]) -> list[RuleChange]:
    """The changes with their numbers as packs write them. Raises `InputRefused`, naming `rules[n]`."""
    held: dict[str, list[Block]] = {}
    for pack in packs:
        for key, blocks in pack.blocks.items():
            held.setdefault(key, []).extend(blocks)
    plain = [replace(one, value=_plain(one.value)) for one in changes]
    faults = [fault for number, one in enumerate(plain) for fault in _faults(f"rules[{number}]", one, held)]
    if faults:
        raise InputRefused("", faults)
    return plain


def _faults(place: str, change: RuleChange, held: Mapping[str, Sequence[Block]]) -> Iterator[Fault]:
    blocks = held.get(change.key)
    if blocks is None:
        what = f"没有哪个政策包写有“{change.key}”"
        yield Fault(f"{place}.key", what, "请在“政策”一页核对这一条的名称")
        return
    values = [block.value for block in blocks if block.value is not None]
    for wrong in wrong_values(change.key, change.value):
        yield Fault(f"{place}.value", wrong, "请照这一条原来的写法改正")
    if values and not _has_kind(change.key) and not any(_alike(change.value, one) for one in values):
        yield Fault(f"{place}.value", "与这一条原来的值不是同一种", "请照这一条原来的写法改正")
    if change.entry and not any(set(change.entry) <= path for value in values for path in _paths(value)):
        what = f"“{change.key}”的表里没有“{'、'.join(change.entry)}”这一项"
        yield Fault(f"{place}.entry", what, "请按表里已有的级别、身份填写，不分项的留空")


def _plain(value: Decimal | bool | str) -> Decimal | bool | str:
    """A whole number as an `int`: a count is one in a pack, and sums and ratios may be."""
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value) > MOST_YUAN:
        return value
    return cast("Decimal", int(value)) if value == value.to_integral_value() else value


def _has_kind(key: str) -> bool:
    file, _, term = key.partition(".")
    return term in KINDS.get(file, {})


def _alike(one: object, other: object) -> bool:
    """Whether two values are of one sort, or the other is a table of that sort."""
    if isinstance(other, Mapping):
        return any(_alike(one, entry) for entry in other.values())
    return _sort(one) == _sort(other)


def _sort(value: object) -> object:
    return Decimal if isinstance(value, Decimal | int) and not isinstance(value, bool) else type(value)


def _paths(value: Value, names: frozenset[str] = frozenset()) -> Iterator[frozenset[str]]:
    """The names that lead to each value of a table; to a plain value none."""
    if not isinstance(value, Mapping):
        yield names
        return
    for name, entry in value.items():
        yield from _paths(entry, names | {name})
