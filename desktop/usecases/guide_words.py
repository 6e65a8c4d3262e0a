"""填指南。Fills the sentences of a guide with what the packs say in an area on a day, and with answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.clause import Confidence
from desktop.guides.reader import Quoted, quoted
from desktop.policy.policy import NotCovered, Unpublished
from desktop.rules.premium import refund_until, window
from desktop.usecases.guide_view import Said
from desktop.usecases.policy_words import figure_of, figure_words, value_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.guides.guide import Sentence
    from desktop.policy.book import Book
    from desktop.policy.law import Law
    from desktop.policy.pack import Source, Value
    from desktop.policy.policy import Term

UNPUBLISHED = "（未公布）"
UNRULED = "（未见规定）"
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_SURE = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
_PREMIUM = "premium."
_MONTH_AND_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in for what is in braces: `words` by name, the packs' values in `area` on `day`.

    What the packs say of a premium they say by benefit year.
    """

    book: Book
    area: str
    day: date
    benefit_year: int
    words: Mapping[str, str]

    def law(self, key: str) -> Law:
        """The law that answers for a key, its last values carried on where its packs end."""
        by_year = key.startswith(_PREMIUM)
        day = date(self.benefit_year, 1, 1) if by_year else self.day
        return self.book.assuming_unchanged().law(self.area, day)

    def term(self, asked: Quoted) -> Term[Value]:
        """Raises `NotCovered`."""
        return self.law(asked.key).policy.term(asked.key, *asked.entry, channel=asked.channel)


def said(sentence: Sentence, filling: Filling) -> Said:
    """A sentence with its numbers; no surer than what it rests on."""
    terms = [*_terms(sentence, filling)]
    sure = min((sentence.confidence, *(one.confidence for one in terms)), key=_SURE.index)
    others = [other.says for one in terms if one.in_dispute for other in one.disputed]
    return Said(
        says=filled(sentence.says, filling),
        source=named(sentence.source),
        confidence=sure,
        disputed=sentence.disputed or "；".join(others),
        keys=tuple(dict.fromkeys(one.key for one in terms)),
        assumed=any(one.assumed for one in terms),
    )


def named(source: Source) -> str:
    return source.number or source.title


def filled(says: str, filling: Filling) -> str:
    """The text with every brace filled; a unit that the text says itself is not said twice."""
    parts: list[str] = []
    end = 0
    for found in _IN_BRACES.finditer(says):
        parts += [says[end : found.start()], _words(found[1], says[found.end() :], filling)]
        end = found.end()
    return "".join((*parts, says[end:]))


def filled_plainly(says: str, words: Mapping[str, str]) -> str:
    """The same where no pack is asked: with the words alone."""
    return _IN_BRACES.sub(lambda found: words.get(found[1], ""), says)


def day_words(day: date) -> str:
    return f"{day.month}月{day.day}日"


def full_day_words(day: date) -> str:
    return f"{day.year}年{day_words(day)}"


def near_day_words(day: date, today: date) -> str:
    """With its year where that is another one."""
    return day_words(day) if day.year == today.year else full_day_words(day)


def _terms(sentence: Sentence, filling: Filling) -> list[Term[Value]]:
    terms: list[Term[Value]] = []
    for one in sentence.rests_on:
        asked = quoted(one)
        try:
            terms += [] if asked is None else [filling.term(asked)]
        except NotCovered:
            continue
    return terms


def _words(name: str, after: str, filling: Filling) -> str:
    asked = quoted(name)
    if asked is None:
        return filling.words.get(name, "")
    try:
        term = filling.term(asked)
        words = _dated(asked, filling) or _value(term, after)
    except Unpublished:
        return UNPUBLISHED
    except NotCovered:
        return UNRULED
    return f"{words}（预计）" if term.assumed else words


def _dated(asked: Quoted, filling: Filling) -> str:
    """The days that the rules know how to read, in full; empty for any other key."""
    law, year = filling.law(asked.key), filling.benefit_year
    if asked.key == "premium.window":
        first, last = window(law, year).value
        return f"{full_day_words(first)}至{full_day_words(last)}"
    if asked.key == "premium.refund_until":
        return full_day_words(refund_until(law, year, from_account=bool(asked.channel)).value)
    return ""


def _value(term: Term[Value], after: str) -> str:
    number = figure_of(term.value)
    if number is None:
        day = _MONTH_AND_DAY.fullmatch(str(term.value))
        if day is not None:
            return f"{int(day[1])}月{int(day[2])}日"
        return value_words(term.key, term.value, term.unit)
    figure, unit = figure_words(term.key, number, term.unit)
    figure = figure.removesuffix(".00")
    if unit.isascii() or after.lstrip().startswith(unit.partition("/")[0]):
        return figure
    return f"{figure} {unit}"
