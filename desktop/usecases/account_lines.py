"""流水。Every movement of a family's money as one line, with the balance of one account after it.

What was done at the office has a line whether it moved money or not. What was booked and could not be settled
moved nothing; it has a line too where it is asked for, so that one can mend it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.event import whose
from desktop.domain.matter import AccountTransfer, ArrearsPaid, Death, Enrolment, Payout, Retirement
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import (
    Entry,
    EntryKind,
    PremiumPaid,
    PurseKind,
    Refunded,
    Settlement,
    Side,
)
from desktop.domain.wallet import WalletQuota, WalletTransfer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.account import Credited
    from desktop.domain.event import Event
    from desktop.domain.finding import Finding
    from desktop.planning.ledger import Ledger

_UNKNOWN = "policy.not_covered"  # of what concerns the rules, this alone is about one record


@dataclass(frozen=True, slots=True)
class Line:
    """One line. Sums are None where the kind of movement has none; a refund's are negative.

    `what` moved the money; it is the bare event of a matter, and where nothing could be settled and no money
    moved. `event` is its id, or the binding's whose end gave money back. `person` is whose visit, premium,
    matter or credit it is; `change` and `balance` are those of the account in question; `reversed_by` and
    `reverses` link a refund and what it takes back, by event id.
    """

    on: date
    kind: EntryKind
    event: str
    person: str
    what: Settlement | PremiumPaid | Refunded | Credited | Event | None
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
    besides: Money = NOTHING
    """What a matter cost in cash; negative: what it brought."""


def account_lines(ledger: Ledger, holder: str, *, unsettled: bool = False) -> tuple[Line, ...]:
    """Oldest first. Credits and openings of other accounts are left out, everyone's visits are in.

    `unsettled`: with what could not be settled, after all else of its day.
    """
    entries = [*ledger.entries, *_still(ledger, unsettled=unsettled)]
    return tuple(_lines(ledger, holder, sorted(entries, key=lambda entry: entry.on)))


def _still(ledger: Ledger, *, unsettled: bool) -> Iterator[Entry]:
    """What moved no money: matters, and what could not be settled where that is asked for."""
    done = {*ledger.settlements, *ledger.premiums, *ledger.refunds}
    done |= {entry.of for entry in ledger.entries if entry.kind not in OF_A_PERSON}
    for event in ledger.family.events:
        if event.id not in done and (unsettled or not isinstance(event, Visit | PremiumPayment | Refund)):
            yield Entry(event.on, kind_of(event), event.id, ())


OF_A_PERSON = frozenset({EntryKind.OPENING, EntryKind.CREDIT})
"""The kinds of entry that no event makes."""

_KINDS: dict[type[Event], EntryKind] = {
    Visit: EntryKind.VISIT,
    PremiumPayment: EntryKind.PREMIUM,
    Refund: EntryKind.REFUND,
    WalletTransfer: EntryKind.WALLET,
    WalletQuota: EntryKind.WALLET,
    Enrolment: EntryKind.ENROLMENT,
    ArrearsPaid: EntryKind.ARREARS,
    AccountTransfer: EntryKind.TRANSFER_OUT,
    Retirement: EntryKind.RETIREMENT,
    Death: EntryKind.DEATH,
    Payout: EntryKind.PAYOUT,
}


def kind_of(event: Event) -> EntryKind:
    """Under what an event is entered on its own day."""
    return _KINDS[type(event)]


def _lines(ledger: Ledger, holder: str, entries: list[Entry]) -> Iterator[Line]:
    balance = NOTHING
    events = {event.id: event for event in ledger.family.events}
    payers = {binding.id: binding.payer for binding in ledger.family.bindings}
    reversed_by = {done.refund.of: event for event, done in ledger.refunds.items()}
    about = _about(ledger)
    credited = {(one.holder, one.on): one for one in ledger.credits}
    for entry in entries:
        change = entry.moved(holder)
        balance += change
        by_event = entry.kind not in OF_A_PERSON
        if not by_event and entry.of != holder:
            continue
        event = events.get(entry.of) if by_event else None
        done = _done(ledger, entry, credited)
        total_fee, fund, own, mutual_aid, cash = _sums(entry, done)
        yield Line(
            on=entry.on,
            kind=entry.kind,
            event=entry.of,
            person=payers.get(entry.of, entry.of) if event is None else whose(event, events.values()),
            what=done or event,
            note="" if event is None else event.note,
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
            besides=_in_cash(entry) if done is None else NOTHING,
        )


def _about(ledger: Ledger) -> dict[str, list[Finding]]:
    """The findings by what they are about; a matter's may name the person before it."""
    matters = {one.id for one in ledger.family.events if not isinstance(one, Visit | PremiumPayment | Refund)}
    about: dict[str, list[Finding]] = {}
    for finding in ledger.findings:
        if not finding.rule.startswith("policy.") or finding.rule == _UNKNOWN:
            for name in {finding.about[0], *matters.intersection(finding.about)}:
                about.setdefault(name, []).append(finding)
    return about


def _done(
    ledger: Ledger, entry: Entry, credited: Mapping[tuple[str, date], Credited]
) -> Settlement | PremiumPaid | Refunded | Credited | None:
    """What moved the money. An event may bear the id of a person, so its kind tells where to look."""
    match entry.kind:
        case EntryKind.VISIT:
            return ledger.settlements.get(entry.of)
        case EntryKind.PREMIUM:
            return ledger.premiums.get(entry.of)
        case EntryKind.REFUND:
            return ledger.refunds.get(entry.of)
        case EntryKind.CREDIT:
            return credited[entry.of, entry.on]
        case _:
            return None


def _sums(entry: Entry, done: object) -> tuple[Money | None, ...]:
    """What it cost in all, and what the fund, the own account, mutual aid and cash paid of it."""
    origin, sign = (done.of, -1) if isinstance(done, Refunded) else (done, 1)
    if isinstance(origin, Settlement):
        parts = (
            origin.charges.total_fee,
            origin.fund_paid,
            origin.own_paid,
            origin.mutual_aid_paid,
            origin.paid_by(PurseKind.CASH),
        )
        return tuple(part * sign for part in parts)
    if isinstance(origin, PremiumPaid):
        own = origin.amount if origin.holder == origin.payment.insured else NOTHING
        cash = _in_cash(entry) * sign
        return tuple(part * sign for part in (origin.amount, NOTHING, own, origin.amount - own - cash, cash))
    return (None, None, None, None, None)


def _in_cash(entry: Entry) -> Money:
    """What it took in cash."""
    return -total(p.amount for p in entry.postings if p.side is Side.CASH)
