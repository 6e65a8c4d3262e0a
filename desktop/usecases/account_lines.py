"""流水。Every movement of a family's money as one line, with the balance of one account after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING, Money, total
from desktop.domain.settlement import (
    Entry,
    EntryKind,
    PremiumPaid,
    PurseKind,
    Refunded,
    Settlement,
    Side,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.account import Credited
    from desktop.domain.finding import Finding
    from desktop.planning.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Line:
    """One line. Sums are None where the kind of movement has none; a refund's are negative.

    `person` is whose visit, premium or credit it is; `change` and `balance` are those of the account in
    question; `reversed_by` and `reverses` link a refund and what it takes back, by event id.
    """

    on: date
    kind: EntryKind
    event: str
    person: str
    what: Settlement | PremiumPaid | Refunded | Credited | None
    note: str
    total_fee: Money | None
    fund: Money | None
    own: Money | None
    mutual_aid: Money | None
    cash: Money | None
    change: Money
    balance: Money
    findings: tuple[Finding, ...] = ()
    reversed_by: str | None = None
    reverses: str | None = None


def account_lines(ledger: Ledger, holder: str) -> tuple[Line, ...]:
    """Oldest first. Credits and openings of other accounts are left out, everyone's visits are in."""
    return tuple(_lines(ledger, holder))


def _lines(ledger: Ledger, holder: str) -> Iterator[Line]:
    balance = NOTHING
    notes = {event.id: event.note for event in ledger.family.events}
    reversed_by = {done.refund.of: event for event, done in ledger.refunds.items()}
    about: dict[str, list[Finding]] = {}
    for finding in ledger.findings:
        if not finding.rule.startswith("policy."):
            about.setdefault(finding.about[0], []).append(finding)
    credited = {(one.holder, one.on): one for one in ledger.credits}
    for entry in ledger.entries:
        change = entry.moved(holder)
        balance += change
        if entry.kind in {EntryKind.OPENING, EntryKind.CREDIT} and entry.of != holder:
            continue
        done = _done(ledger, entry, credited)
        by_event = entry.kind not in {EntryKind.OPENING, EntryKind.CREDIT}
        total_fee, fund, own, mutual_aid, cash = _sums(entry, done)
        yield Line(
            on=entry.on,
            kind=entry.kind,
            event=entry.of,
            person=_person(entry, done),
            what=done,
            note=notes.get(entry.of, "") if by_event else "",
            total_fee=total_fee,
            fund=fund,
            own=own,
            mutual_aid=mutual_aid,
            cash=cash,
            change=change,
            balance=balance,
            findings=tuple(about.get(entry.of, ())) if by_event else (),
            reversed_by=reversed_by.get(entry.of) if by_event else None,
            reverses=done.refund.of if isinstance(done, Refunded) else None,
        )


def _done(
    ledger: Ledger, entry: Entry, credited: Mapping[tuple[str, date], Credited]
) -> Settlement | PremiumPaid | Refunded | Credited | None:
    """What moved the money. An event may bear the id of a person, so its kind tells where to look."""
    match entry.kind:
        case EntryKind.VISIT:
            return ledger.settlements[entry.of]
        case EntryKind.PREMIUM:
            return ledger.premiums[entry.of]
        case EntryKind.REFUND:
            return ledger.refunds[entry.of]
        case EntryKind.CREDIT:
            return credited[entry.of, entry.on]
        case _:
            return None


def _person(entry: Entry, done: object) -> str:
    origin = done.of if isinstance(done, Refunded) else done
    if isinstance(origin, Settlement):
        return origin.visit.patient
    if isinstance(origin, PremiumPaid):
        return origin.payment.insured
    return entry.of


def _sums(entry: Entry, done: object) -> tuple[Money | None, ...]:
    """What it cost in all, and what the fund, the own account, mutual aid and cash paid of it."""
    origin, sign = (done.of, -1) if isinstance(done, Refunded) else (done, 1)
    if isinstance(origin, Settlement):
        parts = (
            origin.charges.total_fee,
            origin.fund_paid,
            origin.paid_by(PurseKind.OWN),
            origin.paid_by(PurseKind.MUTUAL_AID),
            origin.paid_by(PurseKind.CASH),
        )
        return tuple(part * sign for part in parts)
    if isinstance(origin, PremiumPaid):
        own = origin.amount if origin.holder == origin.payment.insured else NOTHING
        cash = -total(p.amount for p in entry.postings if p.side is Side.CASH) * sign
        return tuple(part * sign for part in (origin.amount, NOTHING, own, origin.amount - own - cash, cash))
    return (None, None, None, None, None)
