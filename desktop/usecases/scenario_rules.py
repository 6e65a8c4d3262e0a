"""假设的规则。Which values of the law a scenario may suppose to be others, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.domain.binding import Channel
from desktop.domain.trouble import InputRefused
from desktop.policy.policy import NotCovered
from desktop.usecases.changes import Fault
from desktop.usecases.policy_titles import SUBJECTS, rank_of, title_of, topic_of
from desktop.usecases.policy_words import figure_words, of_one_kind, value_lines, value_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.plan import RuleChange
    from desktop.policy.book import Book
    from desktop.policy.pack import Value
    from desktop.policy.policy import Policy, Term

_MONEY, _RATIO = "yuan", "ratio"
_ESTIMATES = "illness"


@dataclass(frozen=True, slots=True)
class Supposable:
    """可假设的规则。A value or one entry of a table: `value` holds, `unit` is what the packs count it in."""

    key: str
    entry: tuple[str, ...]
    topic: str
    title: str
    unit: str
    value: Decimal | bool

    @property
    def id(self) -> str:
        return "/".join((self.key, *self.entry))

    @property
    def is_money(self) -> bool:
        return self.unit.startswith(_MONEY)

    @property
    def is_ratio(self) -> bool:
        return self.unit == _RATIO

    @property
    def unit_words(self) -> str:
        """天, 人, 个月: what stands behind its number."""
        return figure_words(self.key, Decimal(1), self.unit)[1]

    def words(self, value: Decimal | bool) -> str:
        """400.00 元/年, 70%, 可以继承."""
        return value_words(self.key, value, self.unit)


def supposable(book: Book, area: str, day: date) -> tuple[Supposable, ...]:
    """Every number and every yes or no that has a name and answers on a day, in the order of the topics.

    What the program itself reckons illness with is no rule, and is edited with the plan.
    """
    policy = book.assuming_unchanged().law(area, day).policy
    known = {key for pack in policy.packs for key in pack.blocks if title_of(key) is not None}
    keys = {key for key in known if key.partition(".")[0] != _ESTIMATES}
    return tuple(one for key in sorted(keys, key=rank_of) for one in _of_key(policy, key))


def find_supposable(book: Book, area: str, change: RuleChange) -> Supposable | None:
    """None where the packs do not hold what a scenario, perhaps an old one, supposes to be otherwise."""
    policy = book.assuming_unchanged().law(area, change.since).policy
    return next((one for one in _of_key(policy, change.key) if one.entry == change.entry), None)


def change_words(book: Book, area: str, change: RuleChange) -> str:
    """假设居民医保个人缴费标准为 500.00 元/年（现为 400.00 元/年）."""
    found = find_supposable(book, area, change)
    if found is None or isinstance(change.value, str):
        return f"假设 {'/'.join((change.key, *change.entry))} 为 {change.value}"
    return f"假设{found.title}为 {found.words(change.value)}（按规则包 {found.words(found.value)}）"


def change_faults(book: Book, found: Supposable, change: RuleChange, as_of: date) -> Iterator[Fault]:
    """Each names its field, `value` or `since`; a value is judged as one of a pack would be."""
    if change.value == found.value:
        yield Fault("value", "与规则包里的一样，方案不会有差别", "请填另一个数")
    try:
        book.with_changes([change])
    except InputRefused as refused:
        yield from (replace(one, place="value") for one in refused.faults)
    if change.since <= as_of:
        yield Fault("since", f"方案从 {as_of} 以后算起", "请写以后的一天")


def _of_key(policy: Policy, key: str) -> Iterator[Supposable]:
    term = _term(policy, key)
    if term is None:
        return
    names = _entry_names(key, term.value, term.unit)
    title = title_of(key)
    named = f"{SUBJECTS.get(key.partition('.')[0], '')}{title.name}" if title is not None else key
    for entry, value in _leaves(term.value):
        if entry and entry not in names:
            continue  # part of a day or a span, which has no number of its own
        words = f"{named}（{names[entry]}）" if entry else named
        yield Supposable(key, entry, topic_of(key, term.channel), words, term.unit, value)


def _term(policy: Policy, key: str) -> Term[Value] | None:
    """As it holds in every channel, or else inside the province."""
    for channel in ("", Channel.IN_PROVINCE):
        try:
            return policy.term(key, channel=channel)
        except NotCovered:
            continue
    return None


def _leaves(value: Value, entry: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Decimal | bool]]:
    if isinstance(value, Mapping) and of_one_kind(value):
        for name, inner in value.items():
            yield from _leaves(inner, (*entry, name))
    elif isinstance(value, bool):
        yield entry, value
    elif isinstance(value, int | Decimal):
        yield entry, Decimal(value)


def _entry_names(key: str, value: Value, unit: str) -> dict[tuple[str, ...], str]:
    """退休，三级: what the entries of a table are called, by their place in it."""
    if not isinstance(value, Mapping):
        return {}
    cells = [(line.name, cell.name) for line in value_lines(key, value, unit) for cell in line.cells]
    places = [
        (name, inside)
        for name, inner in value.items()
        for inside in (inner if isinstance(inner, Mapping) else ("",))
    ]
    return {
        tuple(part for part in place if part): "，".join(part for part in words if part)
        for place, words in zip(places, cells, strict=False)
    }
