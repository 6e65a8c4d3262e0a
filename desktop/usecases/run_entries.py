"""一次推演的流水。The entries of one run, read as what they mean to the account it is about."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.event import whose
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.settlement import Entry, EntryKind, Side
from desktop.domain.terms import label
from desktop.domain.text import Text, text
from desktop.domain.wallet import WalletTransfer
from desktop.usecases.account_lines import OF_A_PERSON
from desktop.usecases.matter_words import told_of
from desktop.usecases.matters import is_matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.planning.ledger import Ledger
    from desktop.planning.timeline import Outlook
    from desktop.usecases.kin import Kin

BILLS = {EntryKind.VISIT, EntryKind.PREMIUM, EntryKind.REFUND}
"""The kinds of entry by which accounts pay for something."""
_WALLET = {EntryKind.WALLET, EntryKind.WALLET_BACK}


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
        self.events = {event.id: event for event in ahead.ledger.family.events}
        self.payers = {binding.id: binding.payer for binding in ahead.ledger.family.bindings}
        self.whose = self.payers | {
            name: whose(one, self.events.values()) for name, one in self.events.items()
        }
        self.planned = [one for one in ahead.ledger.entries if one.on >= self.first]
        self.began_with = total(
            one.moved(self.account) for one in ahead.ledger.entries if one.on < self.first
        )

    def lines(self) -> dict[tuple[EntryKind, str, date | None], Line]:
        """What moves the account, cash, or what others pay; a credit is told by its day too."""
        return {
            (one.kind, one.of, None if one.kind in BILLS else one.on): Line(one, moved)
            for one in self.planned
            if any(moved := self._moved(one))
        }

    def by_others(self) -> dict[str, Money]:
        paid: dict[str, Money] = {}
        for entry in self.planned:
            for owner, amount in self._drawn(entry):
                if owner not in {self.account, self._for_whom(entry)}:
                    paid[owner] = paid.get(owner, NOTHING) + amount
        return {owner: amount for owner, amount in paid.items() if amount}

    def _moved(self, entry: Entry) -> Moved:
        drawn = [(owner, amount) for owner, amount in self._drawn(entry) if owner != self.account]
        own = total(amount for owner, amount in drawn if owner == self._for_whom(entry))
        return Moved(
            account=entry.moved(self.account),
            cash=-total(p.amount for p in entry.postings if p.side is Side.CASH),
            others=total(amount for _, amount in drawn) - own,
            own_care=own,
        )

    def _drawn(self, entry: Entry) -> Iterator[tuple[str, Money]]:
        """What each account pays of a bill, or gives to a wallet; a quota is paid by whoever froze it.

        What is credited, frozen or moved elsewhere pays for nothing.
        """
        if entry.kind in BILLS or _is_gift(entry):
            for side, owner, amount in entry.postings:
                if side is Side.ACCOUNT:
                    yield owner, -amount
                elif side is Side.QUOTA:
                    yield self.payers[owner], -amount

    def _for_whom(self, entry: Entry) -> str | None:
        """Whose bill it is, whose wallet is given to; None for what is nobody's alone."""
        given = self.events.get(entry.of)
        return given.beneficiary if isinstance(given, WalletTransfer) else self.whose.get(entry.of)

    def held_before(self, event: str) -> Money:
        """What the account held when an event came."""
        before = takewhile(lambda one: one.kind in OF_A_PERSON or one.of != event, self.ledger.entries)
        return total(one.moved(self.account) for one in before)

    def words(self, entry: Entry, known: Mapping[str, Kin]) -> Text:
        if entry.kind in OF_A_PERSON:
            return text("划入") if entry.kind is EntryKind.CREDIT else text("期初余额")
        if entry.kind in BILLS:
            return self.event_words(entry.of, known)
        return self._matter_words(entry, known)

    def _matter_words(self, entry: Entry, known: Mapping[str, Kin]) -> Text:
        """弟弟的账户从东莞转到长沙; what comes of it later, and when a relation ends: 弟弟账户转入."""
        event = self.events.get(entry.of)
        if is_matter(event) and event.on == entry.on:
            return told_of(event, {person: kin.word for person, kin in known.items()})
        return text("{person}{kind}", person=known[self.whose[entry.of]].word, kind=label(entry.kind))

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


def _is_gift(entry: Entry) -> bool:
    """Money to a wallet, or back from it."""
    return entry.kind in _WALLET and any(side is Side.WALLET for side, _, _ in entry.postings)
