"""试算一笔。Settles a visit or a premium that is not booked; what the accounts hold before and after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.money import NOTHING
from desktop.planning.ledger import keep
from desktop.policy.policy import NotCovered
from desktop.rules.premium import window
from desktop.usecases.account_lines import kind_of
from desktop.usecases.settle_family import settle_family

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.care import Visit
    from desktop.domain.event import Event
    from desktop.domain.family import Family, Settings
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.domain.premium import PremiumPayment
    from desktop.domain.settlement import PremiumPaid, Settlement
    from desktop.planning.ledger import Ledger
    from desktop.policy.book import Book
    from desktop.usecases.changes import Change


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What was done to one account."""

    holder: str
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class Trial:
    """`event` is the id it was tried under.

    `settled` and `paid` are None where the law of the day is not known, or forbids it; a finding says so.
    """

    event: str
    accounts: tuple[AccountChange, ...]
    findings: tuple[Finding, ...]
    settled: Settlement | None = None
    paid: PremiumPaid | None = None

    @property
    def about_it(self) -> tuple[Finding, ...]:
        """The findings that name it."""
        return tuple(one for one in self.findings if self.event in one.about)


def usual_benefit_year(book: Book, area: str, on: date) -> int:
    """For which year a premium is usually paid on a day: the next one from the day its collection opens.

    The window of this year tells, moved along by one; where no pack has one, it is this year.
    """
    try:
        opens, _ = window(book.law(area, on), on.year + 1).value
    except NotCovered:
        return on.year
    return on.year + (opens <= on)


class Slip(NamedTuple):
    """What a settlement slip is printed of: a visit settled on trial, or in its place in the book."""

    trial: Trial
    visit: Visit


def slip_of(trial: Trial) -> Slip | None:
    """None: it was not settled, or is no visit."""
    return Slip(trial, trial.settled.visit) if trial.settled is not None else None


def try_visit(family: Family, book: Book, visit: Visit, settings: Settings | None = None) -> Trial:
    """The family itself is not changed. `settings` replace the family's for this one trial.

    A visit whose id is in the book is tried in its place there; any other comes last on its day.
    """
    return _tried(replace(family, settings=settings or family.settings), book, visit)


def try_premium(family: Family, book: Book, payment: PremiumPayment) -> Trial:
    """As `try_visit`."""
    return _tried(family, book, payment)


def try_change(before: Ledger, change: Change, book: Book) -> Trial:
    """The accounts whose balance of today is another one once the change is made, and what it breaks."""
    day, after = before.family.as_of, settle_family(change.family, book)
    accounts = (
        AccountChange(one.id, before.balance(one.id, day), after.balance(one.id, day))
        for one in change.family.people
        if one.account is not None
    )
    return Trial(
        event=change.about,
        accounts=tuple(one for one in accounts if one.before != one.after),
        findings=tuple(one for one in after.findings if change.about in one.about),
    )


def _tried(family: Family, book: Book, event: Visit | PremiumPayment) -> Trial:
    booked = {one.id for one in family.events}
    known = event.id in booked
    names = (f"trial-{number}" for number in count())
    tried = event if known else replace(event, id=next(name for name in names if name not in booked))
    events = (*_until(family, tried), *(() if known else (tried,)))
    ledger = keep(replace(family, events=events), book, tried.on)
    return Trial(
        event=tried.id,
        accounts=tuple(_accounts(ledger, tried)),
        findings=tuple(one for one in ledger.findings if tried.id in one.about or one.on == tried.on),
        settled=ledger.settlements.get(tried.id),
        paid=ledger.premiums.get(tried.id),
    )


def _until(family: Family, tried: Event) -> Iterator[Event]:
    """What happened up to its day, with what is tried in its own place."""
    for one in family.events:
        if one.id == tried.id:
            yield tried
        elif one.on <= tried.on:
            yield one


def _accounts(ledger: Ledger, tried: Visit | PremiumPayment) -> Iterator[AccountChange]:
    """Just before it and just after it, whatever else comes that day."""
    kind = kind_of(tried)
    entries = ledger.entries
    places = (place for place, one in enumerate(entries) if (one.kind, one.of) == (kind, tried.id))
    place = next(places, len(entries))
    for person in ledger.family.people:
        if person.account is not None and person.account.opened_on <= tried.on:
            before = sum((one.moved(person.id) for one in entries[:place]), NOTHING)
            moved = entries[place].moved(person.id) if place < len(entries) else NOTHING
            yield AccountChange(person.id, before, before + moved)
