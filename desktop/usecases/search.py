"""搜索。Finds people, guides, lines, findings and values of the law by words, their letters or sums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.settlement import PremiumPaid, Settlement
from desktop.domain.terms import label
from desktop.usecases.account_lines import OF_A_PERSON, account_lines
from desktop.usecases.concerns import finding_key
from desktop.usecases.initials import initials, name_initials
from desktop.usecases.kin import about_person, kinship, told, without_names
from desktop.usecases.matter_words import told_of
from desktop.usecases.matters import is_matter
from desktop.usecases.policy_history import entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.domain.money import Money
    from desktop.usecases.account_lines import Line
    from desktop.usecases.kin import Kin
    from desktop.usecases.open_guides import Guide
    from desktop.usecases.review import Review


class HitKind(StrEnum):
    """In the order in which they are shown."""

    PERSON = "person"
    GUIDE = "guide"
    POLICY = "policy"
    FINDING = "finding"
    LINE = "line"


_MOST = {HitKind.PERSON: 5, HitKind.GUIDE: 5, HitKind.POLICY: 6, HitKind.FINDING: 4, HitKind.LINE: 6}
_NOWHERE = 3
_SUM = re.compile(r"[\d,]+\.\d{2}")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: the page that shows it and what to choose there. A person's `name` is to be masked."""

    page: str
    what: str
    title: str
    detail: str
    kind: HitKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Findable:
    """Something that can be found, by its words, the letters of its title, or its sums."""

    hit: Hit
    words: str
    letters: str
    sums: tuple[str, ...] = ()


def findable(seen: Review, guides: Sequence[Guide] = ()) -> tuple[Findable, ...]:
    """All there is to find of a family. It takes a while: make it once, and search it many times."""
    known = kinship(seen.family, seen.holder.id)
    return (
        *_people(seen, known),
        *map(_guide, guides),
        *_policies(seen),
        *_findings(seen, known),
        *_lines(seen, known),
    )


def search(things: Sequence[Findable], query: str, *, sums: bool = True) -> tuple[Hit, ...]:
    """What fits every word asked for, the best first, a few of each kind. Without `sums` none is found."""
    asked = query.lower().split()
    if not asked:
        return ()
    ranked = [(_rank(one, asked, sums=sums), one.hit) for one in things]
    found = sorted((one for one in ranked if one[0] < _NOWHERE), key=lambda one: one[0])
    of_kind = {kind: [hit for _, hit in found if hit.kind is kind] for kind in HitKind}
    return tuple(hit for kind, hits in of_kind.items() for hit in hits[: _MOST[kind]])


def _rank(one: Findable, asked: Sequence[str], *, sums: bool) -> int:
    """The worst of how well each word fits: at the beginning, in the title, anywhere, nowhere."""
    return max(_fit(one, word, sums=sums) for word in asked)


def _fit(one: Findable, word: str, *, sums: bool) -> int:
    title = f"{one.hit.title} {one.hit.name}".lower()
    title = title if sums else _SUM.sub("", title)
    starts = any(part.startswith(word) for text in (title, one.letters) for part in text.split())
    if starts:
        return 0
    if word in title or (len(word) > 1 and word in one.letters):
        return 1
    in_sums = sums and any(word in sum_ for sum_ in one.sums)
    return _NOWHERE - 1 if word in one.words or in_sums else _NOWHERE


def _people(seen: Review, known: dict[str, Kin]) -> Iterator[Findable]:
    family = seen.lived
    home = seen.holder.area_on(family.as_of)
    for person in family.people:
        word = known[person.id].word
        about = about_person(seen.book, person, family.as_of, home)
        hit = Hit("family", person.id, word, about, HitKind.PERSON, person.name)
        yield Findable(hit, about.lower(), f"{initials(word)} {name_initials(person.name)}")


def _guide(guide: Guide) -> Findable:
    hit = Hit("guides", guide.id, guide.title, guide.group, HitKind.GUIDE)
    return Findable(hit, " ".join((guide.group, *guide.words)).lower(), initials(guide.title))


def _policies(seen: Review) -> Iterator[Findable]:
    day = seen.family.as_of
    for one in entries(seen.book, seen.holder.area_on(day), day):
        hit = Hit("policies", one.id, one.full_title, one.stand.short, HitKind.POLICY)
        words = " ".join((one.key, one.topic, one.stand.says, one.stand.words))
        yield Findable(hit, words.lower(), initials(one.full_title))


def _findings(seen: Review, known: dict[str, Kin]) -> Iterator[Findable]:
    for one in seen.ledger.findings:
        title = told(one.says, seen.family, known)
        detail = f"{label(one.severity)}，{one.on}"
        hit = Hit("findings", finding_key(one), title, detail, HitKind.FINDING)
        yield Findable(hit, f"{detail} {one.because.says} {one.rule}".lower(), initials(_SUM.sub("", title)))


def _lines(seen: Review, known: dict[str, Kin]) -> Iterator[Findable]:
    """The newest first, without what comes by itself: credits each month, and what an account opened with."""
    lines = account_lines(seen.ledger, seen.holder.id)
    for line in sorted(lines, key=lambda one: one.on, reverse=True):
        if line.on <= seen.family.as_of and line.kind not in OF_A_PERSON:
            yield _line(line, seen, known)


def _line(line: Line, seen: Review, known: dict[str, Kin]) -> Findable:
    note = without_names(line.note, seen.family, known)
    title = f"{line.on} {_title(line, known)}"
    amount = line.total_fee if line.total_fee is not None else line.change
    detail = "，".join(part for part in (note, f"{amount:,} 元" if amount or line.total_fee else "") if part)
    hit = Hit("ledger", line.event, title, detail, HitKind.LINE)
    words = f"{note} {line.on.year}年{line.on.month}月{line.on.day}日"
    return Findable(hit, words.lower(), initials(f"{title} {note}"), tuple(_sums(line)))


def _title(line: Line, known: dict[str, Kin]) -> str:
    """母亲 住院, 弟弟的账户从东莞转到长沙."""
    if is_matter(line.what) and line.what.on == line.on:
        return str(told_of(line.what, {person: kin.word for person, kin in known.items()}))
    return f"{known[line.person].word} {_what(line)}"


def _what(line: Line) -> str:
    if isinstance(line.what, Settlement):
        return label(line.what.visit.setting)
    if isinstance(line.what, PremiumPaid):
        return f"{line.what.payment.benefit_year}年度居民医保费"
    return label(line.kind)


def _sums(line: Line) -> Iterator[str]:
    """Each sum as one may type it: 1,060.00 and 1060.00."""
    sums: tuple[Money | None, ...] = (
        line.total_fee,
        line.fund,
        line.own,
        line.mutual_aid,
        line.cash,
        line.change,
    )
    for one in sums:
        if one:
            yield from {f"{one:,}", str(one)}
