"""填写一个值。What a form for a value of the law begins with, what was typed, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.domain.clause import Confidence
from desktop.domain.terms import label
from desktop.policy.policy import block_of
from desktop.usecases.pack_draft import NewValue, Source
from desktop.usecases.policy_history import find_entry
from desktop.usecases.policy_titles import rank_of
from desktop.usecases.policy_words import value_words
from desktop.usecases.value_fields import NotAValue, fields_of, typed_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from desktop.domain.trouble import Fault, InputRefused
    from desktop.policy.book import Book
    from desktop.policy.pack import Block, Pack, Value
    from desktop.usecases.policy_history import Entry
    from desktop.usecases.value_fields import Path, ValueField

SINCE, UNTIL, TITLE, ISSUED, SAYS = "since", "until", "title", "issued", "says"
SOURCE_KINDS = (("official", "政府文件、通告"), ("press", "媒体报道"), ("compiled", "汇编、转述"))
CONFIDENCES = tuple((str(one), label(one)) for one in Confidence)
_SAYS_AT_MOST, _TITLE_AT_MOST = 80, 200
_A_DAY = timedelta(days=1)
_A_YEAR = 365
_PLACE = re.compile(r"^[^/]*/(?P<file>[^ ]*) ?(?P<where>.*)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that a form asks for; `like` is one of the same shape, `was` what it says now, in words."""

    key: str
    channel: str
    title: str
    unit: str
    like: Value | None
    was: str
    fields: tuple[ValueField, ...]

    @property
    def id(self) -> str:
        return f"{self.key}/{self.channel}"


@dataclass(frozen=True, slots=True)
class Form:
    """`also` are the values that the same document gave last time, each of which may be left empty.

    `ahead`: it follows one that ends, so that what is typed is new; else it is put right from `since` on.
    """

    pack: str
    place: str
    asked: Asked
    also: tuple[Asked, ...]
    since: date
    until: date | None
    ahead: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields, as it was typed. `values` by the id of what is asked, then by entry."""

    values: Mapping[str, Mapping[Path, str]]
    since: date | None
    until: date | None
    title: str = ""
    number: str = ""
    issued: date | None = None
    kind: str = "official"
    says: str = ""
    confidence: str = "high"
    unread: frozenset[str] = field(default_factory=frozenset)
    """The fields in which something stands that is no day."""


class FormRefused(Exception):
    """A sentence for each field: `since`, `title`, or the id of a value and the entry in it."""

    def __init__(self, faults: Mapping[tuple[str, Path], str]) -> None:
        self.faults = dict(faults)
        super().__init__("；".join(self.faults.values()))


def form_for(book: Book, area: str, entry: Entry, listed: Sequence[Entry], day: date) -> Form | None:
    """What there is to fill in for a value in an area; None: no pack there has ever spoken of it."""
    pack = _pack_of(book, area, entry)
    if pack is None:
        return None
    block = _standing(pack, entry, day)
    ahead = block.until is not None and not _is_open(pack, block)
    since = block.until + _A_DAY if ahead and block.until is not None else block.since
    return Form(
        pack=pack.id,
        place=pack.title,
        asked=_asked(entry, pack, block, ahead=ahead),
        also=tuple(_also(pack, block, listed)) if ahead else (),
        since=since,
        until=_a_year_on(block) if ahead else block.until,
        ahead=ahead,
    )


def suggested_words(form: Form, value: Value, since: date) -> str:
    """2027-01-01 起，居民医保 个人缴费标准：420.00 元/年."""
    words = value_words(form.asked.key, value, form.asked.unit)
    return f"{form.asked.title}：{words}（{since} 起）"[:_SAYS_AT_MOST]


def values_typed(form: Form, typed: Typed) -> tuple[NewValue, ...]:
    """Raises `FormRefused` with every fault of the form."""
    faults: dict[tuple[str, Path], str] = dict(_wrong_about(typed))
    read: list[tuple[Asked, Value]] = []
    for asked in (form.asked, *form.also):
        given = typed.values.get(asked.id, {})
        if asked in form.also and not any(words.strip() for words in given.values()):
            continue
        try:
            read.append((asked, typed_value(asked.key, asked.like, asked.unit, given)))
        except NotAValue as wrong:
            faults.update({(asked.id, path): sentence for path, sentence in wrong.faults.items()})
    if faults or typed.since is None:
        raise FormRefused(faults)
    new = NewValue(
        key="",
        value=0,
        since=typed.since,
        until=typed.until,
        says=typed.says.strip(),
        source=Source(typed.title.strip(), typed.number.strip(), typed.issued, typed.kind),
        confidence=typed.confidence,
    )
    return tuple(_about(form, new, asked, value) for asked, value in read)


def faults_by_field(form: Form, refused: InputRefused) -> dict[tuple[str, Path], str]:
    """The faults of the pack reader beside the fields they are about; what is about none is under `since`."""
    found: dict[tuple[str, Path], str] = {}
    for fault in refused.faults:
        found.setdefault(_field_of(form, fault), f"{fault.what}。{fault.todo}".rstrip("。") + "。")
    return found


# ---------------------------------------------------------------------------------------------- what is asked


def _pack_of(book: Book, area: str, entry: Entry) -> Pack | None:
    """The one that answers, else the most local one that speaks of it."""
    chain = book.chain(area)
    speaking = [pack for pack in chain if _blocks(pack, entry.key, entry.channel)]
    return next((pack for pack in speaking if pack.id == entry.stand.pack), next(iter(speaking), None))


def _blocks(pack: Pack, key: str, channel: str) -> tuple[Block, ...]:
    return tuple(one for one in pack.blocks.get(key, ()) if one.channel == channel)


def _standing(pack: Pack, entry: Entry, day: date) -> Block:
    """The block that answers on the day, else the last one."""
    held = block_of(pack, entry.key, entry.channel, day, assuming_unchanged=True)
    return (
        held
        if held is not None and held.channel == entry.channel
        else _blocks(pack, entry.key, entry.channel)[-1]
    )


def _is_open(pack: Pack, block: Block) -> bool:
    """Does another follow it? A reader closes what is open the day before the next."""
    return _blocks(pack, block.key, block.channel)[-1] is not block


def _asked(entry: Entry, pack: Pack, block: Block, *, ahead: bool) -> Asked:
    known = [one for one in _blocks(pack, block.key, block.channel) if one.value is not None]
    like = block.value if block.value is not None else known[-1].value if known else None
    fields = fields_of(block.key, like, block.unit)
    if ahead or block.value is None:
        fields = tuple(replace(one, now="") for one in fields)
    was = "" if block.value is None else value_words(block.key, block.value, block.unit)
    return Asked(block.key, block.channel, entry.full_title, block.unit, like, was, fields)


def _also(pack: Pack, block: Block, listed: Sequence[Entry]) -> Iterator[Asked]:
    """The other values of the same document that end on the same day, those of the same topic first."""
    file = block.key.partition(".")[0]
    ordered = sorted(
        pack.blocks.items(), key=lambda one: (not one[0].startswith(f"{file}."), rank_of(one[0]))
    )
    for key, blocks in ordered:
        last = blocks[-1]
        same = (last.source.id, last.until) == (block.source.id, block.until)
        entry = find_entry(listed, key, last.channel)
        if same and key != block.key and entry is not None and last.value is not None:
            yield _asked(entry, pack, last, ahead=True)


def _a_year_on(block: Block) -> date | None:
    """A value of a year is followed by one of a year."""
    if block.until is None or (block.until - block.since).days > _A_YEAR:
        return None
    following = block.until + _A_DAY
    try:
        return following.replace(year=following.year + 1) - _A_DAY
    except ValueError:
        return None


# ---------------------------------------------------------------------------------------------- what is wrong


def _wrong_about(typed: Typed) -> Iterator[tuple[tuple[str, Path], str]]:
    unread = "请填日历上有的一天，例如 2027-01-01"
    for name in typed.unread:
        yield (name, ()), unread
    if typed.since is None and SINCE not in typed.unread:
        yield (SINCE, ()), "请填从哪天起"
    if typed.since is not None and typed.until is not None and typed.until < typed.since:
        yield (UNTIL, ()), "最后一天早于第一天"
    if not typed.title.strip():
        yield (TITLE, ()), "请填文件或通告的名称，没有依据的数不能用"
    elif len(typed.title) > _TITLE_AT_MOST:
        yield (TITLE, ()), f"名称太长，最多 {_TITLE_AT_MOST} 字"
    if not typed.says.strip():
        yield (SAYS, ()), "请用一句话写出规则原意"
    elif len(typed.says) > _SAYS_AT_MOST:
        yield (SAYS, ()), f"句子太长，最多 {_SAYS_AT_MOST} 字"


def _field_of(form: Form, fault: Fault) -> tuple[str, Path]:
    found = _PLACE.match(fault.place)
    file, where = (found["file"], found["where"]) if found is not None else ("", "")
    if file == "pack.toml":
        return (TITLE, ())
    name, _, part = where.partition(".")
    key = f"{file.removesuffix('.toml')}.{name.partition('[')[0]}"
    asked = next((one for one in (form.asked, *form.also) if one.key == key), form.asked)
    if part.startswith("value"):
        return (asked.id, _path_of(asked, fault.what))
    return {"says": (SAYS, ()), "source": (TITLE, ()), "to": (UNTIL, ())}.get(part, (SINCE, ()))


def _path_of(asked: Asked, what: str) -> Path:
    """The reader names an entry of a table before it says what it should be."""
    named = (one.path for one in asked.fields if what.startswith(" ".join(one.path) + " 应是"))
    return next(named, asked.fields[0].path)


def _about(form: Form, new: NewValue, asked: Asked, value: Value) -> NewValue:
    """One of the values of a document; the sentence typed is about the first, others are said in words."""
    says = new.says if asked is form.asked else suggested_words(replace(form, asked=asked), value, new.since)
    return replace(new, key=asked.key, channel=asked.channel, unit=asked.unit, value=value, says=says)
