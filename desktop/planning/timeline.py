"""时间线。One account month by month, from the facts and what is expected, and when it runs out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING, Money, total
from desktop.domain.months import add_months, months_between
from desktop.domain.settlement import Entry, EntryKind, Side
from desktop.planning.expected import expected_events, first_planned_day
from desktop.planning.last_year import plan_of
from desktop.planning.ledger import Ledger, keep
from desktop.planning.lives import lived
from desktop.policy.book import day_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.policy.book import Book


@dataclass(frozen=True, slots=True)
class Month:
    """One planned month of an account. `cash` is what the whole family pays in cash; `balance` at its end.

    `moved` is what came or went otherwise: opened with, sent to a wallet, moved between places, paid out.
    """

    month: date
    credited: Money
    paid_own: Money
    paid_mutual_aid: Money
    premiums: Money
    cash: Money
    balance: Money
    moved: Money = NOTHING


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The first time something the account may pay fell to cash because it was empty."""

    on: date
    event: str
    patient: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Outlook:
    """`runs_out` is the first month in which the account is drawn to nothing, `assumed_from` the first day
    past what the packs cover; `shortfalls` is every time it was too small, in order of day."""

    account: str
    months: tuple[Month, ...]
    runs_out: date | None
    shortfall: Shortfall | None
    assumed_from: date
    ledger: Ledger
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def lowest(self) -> Month | None:
        return min(self.months, key=lambda one: one.balance, default=None)

    @property
    def cash_total(self) -> Money:
        return total(one.cash for one in self.months)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the planned months break; the facts before them have findings of their own."""
        first = self.months[0].month if self.months else date.max
        return tuple(one for one in self.ledger.findings if one.on >= first)


def holder_of(family: Family) -> str:
    """The account that a plan is about: whose the family says, or the payer's with most bindings."""
    if family.holder:
        return family.holder
    owners = [person.id for person in family.people if person.account is not None]
    bindings = Counter(binding.payer for binding in family.bindings)
    return max(owners or [family.people[0].id], key=lambda owner: bindings[owner])


@dataclass(frozen=True, slots=True)
class Ahead:
    """A family with all that it expects from `first` to `last` (inclusive) as events of its own.

    `planned` are their ids; `book` goes on past what the packs cover, as an assumption.
    """

    family: Family
    book: Book
    first: date
    last: date
    planned: frozenset[str]


def looked_ahead(family: Family, book: Book, until: date) -> Ahead:
    """Up to the month of `until`. Raises `InputRefused` for a plan of far too many bills."""
    assuming = book.assuming_unchanged()
    last = add_months(until.replace(day=1), 1) - timedelta(days=1)
    planned = tuple(expected_events(family, assuming, last))
    then = lived(family, plan_of(family).life, last)
    return Ahead(
        family=replace(then, events=(*family.events, *planned)),
        book=assuming,
        first=first_planned_day(family),
        last=last,
        planned=frozenset(event.id for event in planned),
    )


def outlook(family: Family, book: Book, account: str, until: date) -> Outlook:
    """The balance month by month up to the month of `until`, past the packs' cover as an assumption."""
    ahead = looked_ahead(family, book, until)
    return outlook_of(keep(ahead.family, ahead.book, ahead.last, cash_from=ahead.first), ahead, account)


def outlook_of(ledger: Ledger, ahead: Ahead, account: str) -> Outlook:
    first, person = ahead.first, ledger.lived.person(account)
    shortfalls = sorted(_shortfalls(ledger, account, first), key=lambda one: one.on)
    shortfall = shortfalls[0] if shortfalls else None
    return Outlook(
        account=account,
        months=tuple(_months(ledger, account, first, ahead.last)),
        runs_out=_runs_out(ledger, account, first, shortfall),
        shortfall=shortfall,
        assumed_from=day_after(ahead.book.covered_until(person.area_on(ahead.family.as_of))),
        ledger=ledger,
        shortfalls=tuple(shortfalls),
    )


def _months(ledger: Ledger, account: str, first: date, last: date) -> Iterator[Month]:
    patients = _patients(ledger)
    by_month: dict[date, list[Entry]] = {}
    for entry in ledger.entries:
        by_month.setdefault(entry.on.replace(day=1), []).append(entry)
    balance = ledger.balance(account, first - timedelta(days=1))
    for month in months_between(first, last):
        entries = by_month.get(month, [])
        moved = {
            kind: [one for one in entries if one.kind is kind and one.moved(account)] for kind in EntryKind
        }
        refunds = moved[EntryKind.REFUND]
        premiums = [*moved[EntryKind.PREMIUM], *(one for one in refunds if one.of not in patients)]
        visits = [*moved[EntryKind.VISIT], *(one for one in refunds if one.of in patients)]
        own = [one for one in visits if patients[one.of] == account]
        balance += total(one.moved(account) for one in entries)
        yield Month(
            month=month,
            credited=total(one.moved(account) for one in moved[EntryKind.CREDIT]),
            paid_own=-total(one.moved(account) for one in own),
            paid_mutual_aid=-total(one.moved(account) for one in visits if one not in own),
            premiums=-total(one.moved(account) for one in premiums),
            cash=-total(p.amount for one in entries for p in one.postings if p.side is Side.CASH),
            balance=balance,
            moved=total(
                one.moved(account) for kind in EntryKind if kind not in _SHOWN for one in moved[kind]
            ),
        )


TAKES_ALL = {EntryKind.TRANSFER_OUT, EntryKind.PAYOUT}
"""The kinds that take all there is though nothing is paid for: no account runs out by them."""
_SHOWN = {EntryKind.CREDIT, EntryKind.VISIT, EntryKind.PREMIUM, EntryKind.REFUND}
"""The kinds that a month has fields of their own for."""


def _patients(ledger: Ledger) -> dict[str, str]:
    """Whose visit an entry is about, by event id; a premium's refund is about none."""
    patients = {event: done.visit.patient for event, done in ledger.settlements.items()}
    for event, refunded in ledger.refunds.items():
        if refunded.refund.of in ledger.settlements:
            patients[event] = patients[refunded.refund.of]
    return patients


def _runs_out(ledger: Ledger, account: str, first: date, short: Shortfall | None) -> date | None:
    balance = NOTHING
    for entry in ledger.entries:
        moved = entry.moved(account)
        balance += moved
        if entry.on >= first and moved < NOTHING and balance <= NOTHING and entry.kind not in TAKES_ALL:
            return min(entry.on, short.on if short is not None else entry.on).replace(day=1)
    return short.on.replace(day=1) if short is not None else None


def _shortfalls(ledger: Ledger, account: str, first: date) -> Iterator[Shortfall]:
    """The planned visits and premiums that this account would have paid for, had it held enough."""
    for paid in ledger.premiums.values():
        short = dict(paid.lacked).get(account)
        if short:
            yield Shortfall(paid.payment.on, paid.payment.id, paid.payment.insured, short)
    for done in ledger.settlements.values():
        short = dict(done.lacked).get(account)
        if short and done.visit.on >= first:
            yield Shortfall(done.visit.on, done.visit.id, done.visit.patient, short)
