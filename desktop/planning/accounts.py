"""账户余额。The accounts of a family as money moves, each movement an entry whose postings sum to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING, Money
from desktop.domain.settlement import Entry, EntryKind, Posting, Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from desktop.domain.people import Person


class Accounts:
    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._by_event: dict[tuple[EntryKind, str], Entry] = {}
        self._balances: dict[str, Money] = {}

    def open(self, person: Person, on: date) -> None:
        """The balance a person's account starts with."""
        assert person.account is not None
        opening = person.account.opening
        self._balances[person.id] = NOTHING
        self.post(
            on,
            EntryKind.OPENING,
            person.id,
            [Posting(Side.ACCOUNT, person.id, opening), Posting(Side.OPENING, "", -opening)],
        )

    def is_open(self, person_id: str) -> bool:
        return person_id in self._balances

    def balance(self, person_id: str) -> Money:
        return self._balances.get(person_id, NOTHING)

    def balances(self) -> dict[str, Money]:
        """Of every account that is open."""
        return dict(self._balances)

    def known_balance(self, person: Person) -> Money | None:
        """None while an account is recorded but not yet opened; nothing for someone without one."""
        return None if person.account is not None and not self.is_open(person.id) else self.balance(person.id)

    def moved_by(self, kind: EntryKind, event: str) -> tuple[Posting, ...]:
        """What an event moved; nothing where it moved nothing."""
        entry = self._by_event.get((kind, event))
        return () if entry is None else entry.postings

    def post(self, on: date, kind: EntryKind, of: str, postings: Iterable[Posting]) -> None:
        """Move money. Postings of nothing are dropped; an entry left with none is not written."""
        moved = tuple(posting for posting in postings if posting.amount)
        if not moved:
            return
        entry = Entry(on, kind, of, moved)
        self.entries.append(entry)
        self._by_event[kind, of] = entry
        for side, owner, amount in moved:
            if side is Side.ACCOUNT:
                self._balances[owner] = self.balance(owner) + amount
