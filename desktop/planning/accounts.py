"""账户余额。The accounts of a family as money moves, each movement an entry whose postings sum to nothing.

Wallets and frozen quotas stand beside them: what is in those is no longer in an account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING, Money
from desktop.domain.settlement import Entry, EntryKind, Posting, Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from desktop.domain.people import Person

Pocket = tuple[Side, str]
"""Whose money a posting moves: a side and its owner."""

HOLDS = frozenset({Side.ACCOUNT, Side.WALLET, Side.QUOTA})
"""The sides that hold money to be spent."""


class Accounts:
    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._by_event: dict[tuple[EntryKind, str], Entry] = {}
        self._held: dict[Pocket, Money] = {}
        self.closed: dict[Pocket, Pocket] = {}
        """Where what comes back to a quota goes on to, once its relation has ended."""

    def open(self, person: Person, on: date) -> None:
        """The balance a person's account starts with."""
        assert person.account is not None
        opening = person.account.opening
        self._held[Side.ACCOUNT, person.id] = NOTHING
        self.post(
            on,
            EntryKind.OPENING,
            person.id,
            [Posting(Side.ACCOUNT, person.id, opening), Posting(Side.OPENING, "", -opening)],
        )

    def is_open(self, person_id: str) -> bool:
        return (Side.ACCOUNT, person_id) in self._held

    def balance(self, person_id: str) -> Money:
        return self.held((Side.ACCOUNT, person_id))

    def held(self, pocket: Pocket) -> Money:
        """What an account, a wallet or a quota holds."""
        return self._held.get(pocket, NOTHING)

    def every(self) -> dict[Pocket, Money]:
        """What is held wherever anything ever was: also in each account that is open."""
        return dict(self._held)

    def known_balance(self, person: Person) -> Money | None:
        """None while an account is recorded but not yet opened; nothing for someone without one."""
        return None if person.account is not None and not self.is_open(person.id) else self.balance(person.id)

    def taken_back(self, kind: EntryKind, event: str) -> tuple[Posting, ...]:
        """The postings that give back what an event moved; none where it moved nothing."""
        entry = self._by_event.get((kind, event))
        moved = () if entry is None else entry.postings
        return tuple(
            Posting(*self.closed.get((side, owner), (side, owner)), -amount) for side, owner, amount in moved
        )

    def post(self, on: date, kind: EntryKind, of: str, postings: Iterable[Posting]) -> None:
        """Move money. Postings of nothing are dropped; an entry left with none is not written."""
        moved = tuple(posting for posting in postings if posting.amount)
        if not moved:
            return
        entry = Entry(on, kind, of, moved)
        self.entries.append(entry)
        self._by_event[kind, of] = entry
        for side, owner, amount in moved:
            if side in HOLDS:
                self._held[side, owner] = self.held((side, owner)) + amount
