"""不足的原因。Why a run first falls short, in one sentence, from the entries that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING
from desktop.domain.text import Text, text
from desktop.planning.timeline import TAKES_ALL
from desktop.usecases.scenario_words import month_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.domain.settlement import Entry
    from desktop.planning.timeline import Shortfall
    from desktop.usecases.kin import Kin
    from desktop.usecases.run_entries import RunEntries


def cause_of(books: RunEntries, known: Mapping[str, Kin]) -> Text | None:
    """2028年5月母亲住院，医保后要付 2,900.00，当时账户只有 2,784.35，缺 115.65."""
    short, used_up = books.ahead.shortfall, _used_up(books)
    if short is None:
        return None if used_up is None else _said_used_up(books, used_up, known)
    if used_up is not None and used_up.on.replace(day=1) < short.on.replace(day=1):
        first = _said_used_up(books, used_up, known)
        return text("{first}；{then}", first=first, then=_said_short(books, short, known))
    return _said_short(books, short, known)


def _said_short(books: RunEntries, short: Shortfall, known: Mapping[str, Kin]) -> Text:
    held, premium = books.held_before(short.event), books.ledger.premiums.get(short.event)
    if premium is not None:
        return text(
            "{month}代缴{what} {needed:,}，当时账户只有 {held:,}，缺 {short:,}",
            month=month_words(short.on),
            what=books.event_words(short.event, known),
            needed=held + short.amount,
            held=held,
            short=short.amount,
        )
    return text(
        "{month}{what}，医保后要付 {needed:,}，当时账户只有 {held:,}，缺 {short:,}",
        month=month_words(short.on),
        what=books.event_words(short.event, known),
        needed=held + short.amount,
        held=held,
        short=short.amount,
    )


def _used_up(books: RunEntries) -> Entry | None:
    """The first planned entry that draws the account to nothing."""
    held = books.began_with
    for entry in books.planned:
        moved = entry.moved(books.account)
        held += moved
        if moved < NOTHING and held <= NOTHING and entry.kind not in TAKES_ALL:
            return entry
    return None


def _said_used_up(books: RunEntries, entry: Entry, known: Mapping[str, Kin]) -> Text:
    return text(
        "{month}付了{what}之后，账户正好用完", month=month_words(entry.on), what=books.words(entry, known)
    )
