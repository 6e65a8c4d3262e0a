"""还不知道的。Every value that is unpublished, ending, disputed or weak, and what is not computed with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.clause import Confidence
from desktop.policy.policy import NotCovered
from desktop.policy.value_kinds import KINDS
from desktop.usecases.kin import kinship
from desktop.usecases.pack_copies import is_copy
from desktop.usecases.policy_history import denied, entries, named
from desktop.usecases.policy_words import value_words
from desktop.usecases.rules_in_use import rules_in_use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from desktop.policy.book import Book
    from desktop.policy.law import Law
    from desktop.policy.pack import Block, Pack
    from desktop.usecases.policy_history import Entry
    from desktop.usecases.review import Review

_A_YEAR = timedelta(days=365)
_WINDOW = "premium.window"
_FEW = 3  # people who are named
_LAST_OF_YEAR = (12, 31)


class Group(StrEnum):
    """In the order of the page."""

    UNPUBLISHED = "unpublished"
    ENDING = "ending"
    DISPUTED = "disputed"
    DOUBTFUL = "doubtful"
    IDLE = "idle"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        return _GROUPS[self]


_GROUPS = {
    Group.UNPUBLISHED: "未公布",
    Group.ENDING: "到期",
    Group.DISPUTED: "有争议",
    Group.DOUBTFUL: "可信度低、中",
    Group.IDLE: "知道但没有用来算",
    Group.REFUSED: "看过不采用",
}


class Reliance(NamedTuple):
    """One value that someone of the family relies on, and in what: 母亲, 居民医保费."""

    key: str
    channel: str
    pack: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """One thing that is not known well. A statement that holds no value has `reason` and no `key`.

    `value` is empty where there is none. `meanwhile` is what the program does until it is known; `relied_on`
    says who of the family depends on it, and in what.
    """

    id: str
    group: Group
    title: str
    value: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""
    sure: str = ""
    says: str = ""
    meanwhile: str = ""
    reason: str = ""
    others: tuple[str, ...] = ()
    place: str = ""
    key: str = ""
    channel: str = ""
    relied_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackAge:
    """Until when a pack answers, and for how long nobody has compared it with its sources; 0: it is fresh."""

    id: str
    title: str
    version: str
    until: date
    checked_on: date
    unchecked_days: int

    @property
    def is_copy(self) -> bool:
        return is_copy(self.version)


@dataclass(frozen=True, slots=True)
class Unknowns:
    """In the order of the groups, what the family relies on first; `packs` most local first."""

    items: tuple[Unknown, ...]
    packs: tuple[PackAge, ...]

    @property
    def counts(self) -> dict[Group, int]:
        found = Counter(one.group for one in self.items)
        return {group: found[group] for group in Group}

    @property
    def open(self) -> int:
        """The values that somebody could fill in."""
        return sum(1 for one in self.items if one.key)


def unknowns(book: Book, area: str, day: date, relied: Iterable[Reliance] = ()) -> Unknowns:
    """Of the packs of an area on a day."""
    chain = book.chain(area)
    listed = list(relied)
    found = [
        *(one for entry in entries(book, area, day) if (one := _of(entry, chain, day, listed)) is not None),
        *_idle(chain),
        *(
            Unknown(one.id, Group.REFUSED, one.says, source=one.source, reason=one.reason, place=one.place)
            for one in denied(book, area)
        ),
    ]
    order = list(Group)
    return Unknowns(
        items=tuple(sorted(found, key=lambda one: (order.index(one.group), not one.relied_on))),
        packs=tuple(_age(pack, day) for pack in chain),
    )


def relied_on(seen: Review) -> tuple[Reliance, ...]:
    """What the family will ask of which pack, by what is planned for the next twelve months."""
    day = seen.family.as_of
    book = seen.book.assuming_unchanged()
    last = min(day, date.max - _A_YEAR) + _A_YEAR
    uses = rules_in_use(seen.family, seen.ahead.ledger, day, last, lambda where: (book.law(where, day),))
    known = kinship(seen.family, seen.holder.id)
    found = (
        Reliance(one.key, one.channel, pack, known[one.person].word, one.what)
        for one in dict.fromkeys(uses)
        for pack in _answering(book.law(one.area, day), one.key, one.channel)
    )
    return tuple(dict.fromkeys(found))


def _answering(law: Law, key: str, channel: str) -> tuple[str, ...]:
    """The pack that speaks of a key; of one that none does, all that were asked."""
    try:
        return (law.policy.term(key, channel=channel).pack,)
    except NotCovered as missing:
        return missing.packs


def counts_in(key: str) -> bool:
    """Whether sums rest on a key; others are for reading only."""
    file, _, term = key.partition(".")
    return term in KINDS.get(file, {})


# -------------------------------------------------------------------------------------------- value by value


def _of(entry: Entry, chain: Sequence[Pack], day: date, relied: Sequence[Reliance]) -> Unknown | None:
    ends = _ending(entry, chain, day)
    group = _group(entry, ends)
    if group is None:
        return None
    stand, last = entry.stand, _last_block(entry, chain)
    gone = None if stand.known else last
    return Unknown(
        id=entry.id,
        group=group,
        title=entry.full_title,
        value=stand.words if gone is None else value_words(gone.key, gone.value or "", gone.unit),
        since=stand.since if gone is None else gone.since,
        until=ends,
        source=named(gone.source)
        if gone is not None
        else "，".join(filter(None, (stand.source, stand.document))),
        sure=stand.sure,
        says=stand.says,
        meanwhile=_meanwhile(entry, group, ends),
        others=tuple(f"{one.words}（{one.source}）" for one in stand.others),
        place=stand.place,
        key=entry.key,
        channel=entry.channel,
        relied_on=tuple(_told([one for one in relied if one.key == entry.key and _rests(one, entry)])),
    )


def _rests(one: Reliance, entry: Entry) -> bool:
    """On this very value, which perhaps another pack gives elsewhere."""
    return entry.channel in {"", one.channel} and (one.pack == entry.stand.pack or not entry.stand.known)


def _told(relied: Sequence[Reliance]) -> Iterator[str]:
    """母亲、女儿的居民医保费; of many people only how many."""
    who: dict[str, list[str]] = {}
    for one in relied:
        who.setdefault(one.what, []).append(one.who)
    for what, names in who.items():
        yield f"{'、'.join(names)}的{what}" if len(names) <= _FEW else f"{len(names)} 人的{what}"


def _group(entry: Entry, ends: date | None) -> Group | None:
    stand = entry.stand
    if stand.unpublished:
        return Group.UNPUBLISHED
    if ends is not None:
        return Group.ENDING
    if stand.others:
        return Group.DISPUTED
    weak = stand.answers and (stand.confidence is not Confidence.HIGH or bool(stand.unsure))
    return Group.DOUBTFUL if weak else None


def _ending(entry: Entry, chain: Sequence[Pack], day: date) -> date | None:
    """The last day of a value that nothing follows, if it is carried on by now or ends within a year."""
    last = _last_block(entry, chain)
    if last.until is None:
        return None
    if last.until >= day:
        return last.until if last.until - day <= _A_YEAR else None
    # What ended in the course of a year gave way to another rule; that of a year waits for the next year's.
    of_a_year = (last.until.month, last.until.day) == _LAST_OF_YEAR and day - last.until <= _A_YEAR
    return last.until if entry.stand.assumed or (of_a_year and not entry.stand.known) else None


def _last_block(entry: Entry, chain: Sequence[Pack]) -> Block:
    """Of the most local pack that speaks of it: an entry comes from one of them."""
    held = (pack.blocks.get(entry.key, ()) for pack in chain)
    mine = ([one for one in blocks if one.channel == entry.channel] for blocks in held)
    return next(blocks[-1] for blocks in mine if blocks)


def _meanwhile(entry: Entry, group: Group, ends: date | None) -> str:
    stand = entry.stand
    if not counts_in(entry.key):
        return "只供查阅，不参与计算"
    if not stand.answers:
        return "不猜：算到它的地方标为“待确认”"
    if group is Group.ENDING:
        how = "照同样的月日顺延到下一年" if entry.key == _WINDOW else f"照 {stand.words} 估计"
        return f"{ends} 以后{how}，标“估”"
    if group is Group.DISPUTED:
        return "照采用的这一个算，差别写在“为什么”里"
    return "照这个数算，可信度写在结果旁边"


def _idle(chain: Sequence[Pack]) -> Iterator[Unknown]:
    for pack in chain:
        for place, one in enumerate(pack.not_modelled):
            yield Unknown(
                f"{pack.id} idle {place}", Group.IDLE, one.says, reason=one.reason, place=pack.title
            )


def _age(pack: Pack, day: date) -> PackAge:
    days = max((day - pack.checked_on).days, 0)
    return PackAge(pack.id, pack.title, pack.version, pack.covers_until, pack.checked_on, days)
