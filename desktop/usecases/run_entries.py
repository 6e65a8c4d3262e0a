"""一次推演的流水。The entries of one run, read as what they mean to the account it is about."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.money import NOTHING, Money, total
from desktop.domain.settlement import Entry, EntryKind, Side
from desktop.domain.terms import label
from desktop.domain.text import Text, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.planning.ledger import Ledger
    from desktop.planning.timeline import Outlook
    from desktop.usecases.kin import Kin

EVENTS = {EntryKind.VISIT, EntryKind.PREMIUM, EntryKind.REFUND}
"""The kinds of entry that an event makes; the others are about a person."""


class Moved(NamedTuple):
    """What one entry moves: into the account, and out of the other purses, as in `Difference`."""

    account: Money = NOTHING
    cash: Money = NOTHING
    others: Money = NOTHING
    own_care: Money = NOTHING

    def less(self, other: Moved) -> Moved:
        return Moved(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))


class Line(NamedTuple):
    entry: Entry
    moved: Moved


STILL = Moved()


class RunEntries:
    """A run's entries, read as what they mean to the account of the plan."""

    def __init__(self, ahead: Outlook) -> None:
        self.ahead = ahead
        self.account = ahead.account
        self.ledger: Ledger = ahead.ledger
        self.first = ahead.months[0].month
        self.whose = _whose(ahead.ledger)
        self.planned = [one for one in ahead.ledger.entries if one.on >= self.first]
        self.began_with = total(
            one.moved(self.account) for one in ahead.ledger.entries if one.on < self.first
        )

    def lines(self) -> dict[tuple[EntryKind, str, date | None], Line]:
        """What moves the account, cash, or what others pay; a credit is told by its day too."""
        return {
            (one.kind, one.of, None if one.kind in EVENTS else one.on): Line(one, moved)
            for one in self.planned
            if any(moved := self._moved(one))
        }

    def by_others(self) -> dict[str, Money]:
        paid: dict[str, Money] = {}
        for entry in self.planned:
            for owner, amount in self._drawn(entry):
                if owner not in {self.account, self.whose[entry.of]}:
                    paid[owner] = paid.get(owner, NOTHING) + amount
        return {owner: amount for owner, amount in paid.items() if amount}

    def _moved(self, entry: Entry) -> Moved:
        drawn = [(owner, amount) for owner, amount in self._drawn(entry) if owner != self.account]
        own = total(amount for owner, amount in drawn if owner == self.whose[entry.of])
        return Moved(
            account=entry.moved(self.account),
            cash=-total(p.amount for p in entry.postings if p.side is Side.CASH),
            others=total(amount for _, amount in drawn) - own,
            own_care=own,
        )

    def _drawn(self, entry: Entry) -> Iterator[tuple[str, Money]]:
        """What each account pays of an event; what is credited pays for nothing."""
        if entry.kind in EVENTS:
            for side, owner, amount in entry.postings:
                if side is Side.ACCOUNT:
                    yield owner, -amount

    def held_before(self, event: str) -> Money:
        """What the account held when an event came."""
        before = takewhile(lambda one: one.kind not in EVENTS or one.of != event, self.ledger.entries)
        return total(one.moved(self.account) for one in before)

    def words(self, entry: Entry, known: Mapping[str, Kin]) -> Text:
        if entry.kind not in EVENTS:
            return text("划入") if entry.kind is EntryKind.CREDIT else text("期初余额")
        return self.event_words(entry.of, known)

    def event_words(self, event: str, known: Mapping[str, Kin]) -> Text:
        """母亲住院, 父亲的 2028 年度居民医保费, 退回母亲住院."""
        who = known[self.whose[event]].word
        refunded = self.ledger.refunds.get(event)
        if refunded is not None:
            return text("退回{what}", what=self.event_words(refunded.refund.of, known))
        paid = self.ledger.premiums.get(event)
        if paid is not None:
            return text("{person}的 {year} 年度居民医保费", person=who, year=paid.payment.benefit_year)
        return text("{person}{kind}", person=who, kind=label(self.ledger.settlements[event].visit.setting))


def _whose(ledger: Ledger) -> dict[str, str]:
    """Whose visit or premium an event is; of a refund, whose was taken back."""
    people = {event: done.visit.patient for event, done in ledger.settlements.items()}
    people |= {event: done.payment.insured for event, done in ledger.premiums.items()}
    return people | {event: people[done.refund.of] for event, done in ledger.refunds.items()}
