"""政策条目。Every value of the law in an area on a day, what it was before, and who relies on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.domain.clause import Confidence
from desktop.domain.terms import label
from desktop.policy.book import day_after
from desktop.policy.policy import NotCovered, Policy, Unpublished, block_of, is_carried_on
from desktop.usecases.basis import KINDS
from desktop.usecases.policy_titles import CHANNELS, SUBJECTS, rank_of, title_of, topic_of
from desktop.usecases.policy_words import brief_words, figure_of, figure_words, value_lines, value_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from desktop.policy.book import Book
    from desktop.policy.pack import Block, Pack, Source, Value
    from desktop.usecases.policy_words import Line

_POOL = len("cn-4301")
_NO_CHANNEL_FIRST = ("", *CHANNELS)


@dataclass(frozen=True, slots=True)
class Said:
    """What another source says instead."""

    words: str
    figure: Decimal | None
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Stand:
    """What answers from a day on. `words` is empty where nothing does: `unpublished`, or no rule at all.

    `assumed`: it is the last value carried past what the packs cover. `unsure` are entries of a table that
    are less sure than the rest.
    """

    since: date
    until: date | None
    words: str = ""
    brief: str = ""
    figure: Decimal | None = None
    number: tuple[str, str] = ("", "")
    lines: tuple[Line, ...] = ()
    says: str = ""
    note: str = ""
    source: str = ""
    document: str = ""
    kind: str = ""
    confidence: Confidence | None = None
    unsure: tuple[str, ...] = ()
    others: tuple[Said, ...] = ()
    place: str = ""
    pack: str = ""
    rows: tuple[str, ...] = ()
    unpublished: bool = False
    assumed: bool = False

    @property
    def answers(self) -> bool:
        return bool(self.words)

    @property
    def known(self) -> bool:
        """Is there such a rule, be its value published or not?"""
        return self.answers or self.unpublished

    @property
    def short(self) -> str:
        """What a list says of it."""
        return self.brief or ("未公布" if self.unpublished else "这一天没有这一项")

    @property
    def doubtful(self) -> bool:
        """Is it, or a part of it, of low confidence?"""
        return self.answers and (self.confidence is Confidence.LOW or bool(self.unsure))

    @property
    def sure(self) -> str:
        """高, 中, 低; nothing where nothing answers."""
        return label(self.confidence) if self.answers and self.confidence is not None else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """条目。One value of the law as a list shows it; `stand` is what answers on the day asked."""

    key: str
    channel: str
    topic: str
    subject: str
    title: str
    stand: Stand

    @property
    def id(self) -> str:
        return entry_id(self.key, self.channel)

    @property
    def full_title(self) -> str:
        return f"{self.subject} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """各市不同: one value, and where it holds."""

    words: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """查过而不采用: a statement, who makes it, and why it is not taken."""

    id: str
    says: str
    reason: str
    source: str
    place: str


def entry_id(key: str, channel: str = "", day: date | None = None) -> str:
    """What a link says to lead to a value, on a day.

    >>> entry_id("premium.personal", day=date(2026, 3, 1))
    'premium.personal@2026-03-01'
    """
    return f"{key}/{channel}".rstrip("/") + (f"@{day}" if day is not None else "")


def read_id(what: str) -> tuple[str, str, date | None]:
    """Key, channel and day of what a link says; a day that is none is left out."""
    named, _, on = what.partition("@")
    key, _, channel = named.partition("/")
    try:
        return key, channel, date.fromisoformat(on)
    except ValueError:
        return key, channel, None


def entries(book: Book, area: str, day: date) -> tuple[Entry, ...]:
    """Every value that the packs of an area have ever held, in the order of the topics."""
    chain = book.chain(area)
    found: dict[str, list[str]] = {}
    for pack in chain:
        for key, blocks in pack.blocks.items():
            found.setdefault(key, []).extend(one.channel for one in blocks)
    policy = Policy(chain, day, assuming_unchanged=True)
    channels = {(key, channel) for key, held in found.items() for channel in held}
    return tuple(
        _entry(policy, key, channel, several=len(set(found[key])) > 1)
        for key, channel in sorted(channels, key=lambda one: _place(*one))
    )


def _place(key: str, channel: str) -> tuple[bool, tuple[int, int], str, int]:
    """In the order of the files and titles; what stands under a topic that is not its own comes last."""
    borrowed = topic_of(key, channel) != topic_of(key)
    return borrowed, rank_of(key), key, _NO_CHANNEL_FIRST.index(channel)


def find_entry(listed: Sequence[Entry], key: str, channel: str = "") -> Entry | None:
    """That of this very channel; for no channel also the first of the key that answers, else its first."""
    of_key = [one for one in listed if one.key == key and channel in {"", one.channel}]
    exact = [one for one in of_key if one.channel == channel]
    answering = [one for one in of_key if one.stand.answers]
    return next(iter((*exact, *answering, *of_key)), None)


def history(book: Book, area: str, key: str, channel: str = "") -> tuple[Stand, ...]:
    """What answered one after the other, oldest first, ending with what is assumed past the packs' cover."""
    chain = book.chain(area)
    turns = sorted(set(_turns(chain, key, channel)))
    stands: list[Stand] = []
    for since, after in zip(turns, [*turns[1:], None], strict=True):
        until = None if after is None else after - timedelta(days=1)
        stand = _stand(Policy(chain, since, assuming_unchanged=True), key, channel)
        if stands and _same(stands[-1], stand):
            stands[-1] = _lasting(stands[-1], stands[-1].since, until)
        elif stands or stand.known:
            stands.append(_lasting(stand, since, until))
    last_known = max((place for place, one in enumerate(stands) if one.known), default=-1)
    return tuple(stands[: last_known + 1])


def elsewhere(book: Book, key: str, channel: str, day: date) -> tuple[Elsewhere, ...]:
    """The values of all cities where they differ; nothing where all say the same."""
    places: dict[str, list[str]] = {}
    for pack in book.packs.values():
        if len(pack.id) == _POOL:
            policy = Policy(book.chain(area_of(pack)), day, assuming_unchanged=True)
            places.setdefault(_stand(policy, key, channel).words, []).append(pack.title)
    return tuple(Elsewhere(words, tuple(where)) for words, where in places.items()) if len(places) > 1 else ()


def areas(book: Book) -> tuple[tuple[str, str], ...]:
    """The cities that have a pack: code and name."""
    return tuple((area_of(pack), pack.title) for pack in book.packs.values() if len(pack.id) == _POOL)


def area_of(pack: Pack) -> str:
    """
    >>> from types import SimpleNamespace
    >>> area_of(SimpleNamespace(id="cn-4301"))
    '430100'
    """
    return pack.id.partition("-")[2].ljust(6, "0")


def denied(book: Book, area: str, rows: Sequence[str] | None = None) -> tuple[Denied, ...]:
    """Statements that were examined and refused, each once: all, or those about the same facts as a value."""
    found: dict[str, Denied] = {}
    for pack in book.chain(area):
        for place, one in enumerate(pack.refused):
            if rows is None or set(rows) & set(one.rows):
                made = Denied(f"{pack.id} {place}", one.says, one.reason, named(one.source), pack.title)
                found.setdefault(one.says, made)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class PackState:
    """规则包的状态: until when it answers, and when it was last compared with its sources."""

    title: str
    version: str
    until: date
    checked_on: date


def pack_state(book: Book, pack: str) -> PackState | None:
    found = book.packs.get(pack)
    if found is None:
        return None
    return PackState(found.title, found.version, found.covers_until, found.checked_on)


def named(source: Source) -> str:
    """Title and number of a document."""
    return f"{source.title}，{source.number}" if source.number else source.title


# ------------------------------------------------------------------------------------------------- reading


def _entry(policy: Policy, key: str, channel: str, *, several: bool) -> Entry:
    stand, title = _stand(policy, key, channel), title_of(key)
    name = title.name if title is not None else stand.says or _first_words(policy, key)
    word = CHANNELS.get(channel, "") if several else ""
    return Entry(
        key=key,
        channel=channel,
        topic=topic_of(key, channel),
        subject=SUBJECTS.get(key.partition(".")[0], "") if title is not None else "",
        title=f"{name}（{word}）" if word else name,
        stand=stand,
    )


def _first_words(policy: Policy, key: str) -> str:
    return next(pack.blocks[key][-1].says for pack in policy.packs if key in pack.blocks)


def _stand(policy: Policy, key: str, channel: str) -> Stand:
    """As it answers on the policy's day; from when and until when is the block's own say."""
    try:
        term = policy.term(key, channel=channel)
    except Unpublished as missing:
        block, pack = _block(policy, missing.packs[0], key, channel)
        return _told(policy, pack, block, None)
    except NotCovered:
        return Stand(policy.day, None)
    block, pack = _block(policy, term.pack, key, channel)
    return _told(policy, pack, block, term.value)


def _block(policy: Policy, pack_id: str, key: str, channel: str) -> tuple[Block, Pack]:
    pack = next(one for one in policy.packs if one.id == pack_id)
    block = block_of(pack, key, channel, policy.day, assuming_unchanged=True)
    assert block is not None
    return block, pack


def _told(policy: Policy, pack: Pack, block: Block, value: Value | None) -> Stand:
    key, unit, figure = block.key, block.unit, figure_of(value)
    others = [one for one in block.disputed if value is not None and one.value != value]
    return Stand(
        since=block.since,
        until=block.until,
        words="" if value is None else value_words(key, value, unit),
        brief="" if value is None else brief_words(key, value, unit),
        figure=figure,
        number=("", "") if figure is None else figure_words(key, figure, unit),
        lines=() if value is None else value_lines(key, value, unit),
        says=block.says,
        note=block.note,
        source=block.source.title,
        document=block.source.number,
        kind=KINDS[block.source.kind],
        confidence=block.confidence,
        unsure=tuple(name for name, sure in block.weaker.items() if sure is Confidence.LOW),
        others=tuple(
            Said(value_words(key, one.value, unit), figure_of(one.value), one.says, named(one.source))
            for one in others
        ),
        place=pack.title,
        pack=pack.id,
        rows=block.rows,
        unpublished=value is None,
        assumed=value is not None and is_carried_on(block, pack, policy.day),
    )


def _turns(chain: Sequence[Pack], key: str, channel: str) -> Iterator[date]:
    """The days on which this value may change."""
    for pack in chain:
        yield from (pack.covers_from, day_after(pack.covers_until))
        for block in pack.blocks.get(key, ()):
            if block.channel in {"", channel}:
                yield block.since
                if block.until is not None:
                    yield day_after(block.until)


def _same(one: Stand, other: Stand) -> bool:
    """Is it the same block still? What is assumed is told apart from what is known."""
    return (one.pack, one.words, one.says, one.assumed, one.unpublished) == (
        other.pack,
        other.words,
        other.says,
        other.assumed,
        other.unpublished,
    )


def _lasting(stand: Stand, since: date, until: date | None) -> Stand:
    return replace(stand, since=since, until=until)
