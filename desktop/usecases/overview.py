"""概览。What one account holds, how long it lasts, what needs attention and who used it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.settlement import EntryKind, Side
from desktop.usecases.account_lines import OF_A_PERSON, Line, account_lines
from desktop.usecases.family_map import FamilyMap, Standing, family_map
from desktop.usecases.snoozes import awake

if TYPE_CHECKING:
    from desktop.domain.care import Setting
    from desktop.domain.people import Person
    from desktop.planning.ledger import Ledger
    from desktop.planning.timeline import Month, Outlook, Shortfall
    from desktop.usecases.review import Review

_ATTENTION = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_MAY_USE = {Standing.BOUND, Standing.OWN_ACCOUNT_FIRST, Standing.CONFLICT}


@dataclass(frozen=True, slots=True)
class Cause:
    """What drew on the account: one person's visits of one kind, or premiums (`setting` None).

    `person` is None for the premiums of several people together.
    """

    person: str | None
    setting: Setting | None


@dataclass(frozen=True, slots=True)
class Overview:
    """`months_left`: planned months before it runs out, None where it lasts the whole plan.

    `history` holds the balance after each day on which it moved, this year, `lines` all there is, oldest
    first; spending is not negative. `lowest_after` is what drew most in the lowest month, if the balance fell
    in it; `dearest` the line of this year that took most. `frozen` is what of this account is a quota of
    relatives, which `balance` leaves out; `wallets` what each wallet in the family holds.
    """

    holder: Person
    as_of: date
    balance: Money
    credited_this_year: Money
    spent_this_year: Money
    moved_this_year: Money
    months_left: int | None
    planned_months: int
    shortfall: Shortfall | None
    short_for: Cause | None
    runs_out: date | None
    lowest: Month | None
    lowest_after: Cause | None
    map: FamilyMap
    history: tuple[tuple[date, Money], ...]
    projection: tuple[Month, ...]
    attention: tuple[Finding, ...]
    lines: tuple[Line, ...]
    recent: tuple[Line, ...]
    dearest: Line | None
    users: tuple[tuple[Person, Money], ...]
    frozen: Money
    wallets: tuple[tuple[Person, Money], ...]


_BILLS = {EntryKind.VISIT, EntryKind.PREMIUM, EntryKind.REFUND}


def overview(seen: Review) -> Overview:
    """On the family's own day. `lowest` is that of the next twelve months."""
    ledger, ahead, holder, day = seen.ledger, seen.ahead, seen.holder.id, seen.family.as_of
    lines = [line for line in account_lines(ledger, holder) if line.on <= day]
    this_year = [line for line in lines if line.on.year == day.year]
    family_view = map_of(seen)
    lowest = min(ahead.months[:12], key=lambda one: one.balance, default=None)
    spent = [line for line in this_year if line.kind in {EntryKind.VISIT, EntryKind.PREMIUM}]
    return Overview(
        holder=seen.holder,
        as_of=day,
        balance=ledger.balance(holder, day),
        credited_this_year=total(line.change for line in this_year if line.kind is EntryKind.CREDIT),
        spent_this_year=-total(line.change for line in this_year if line.kind in _BILLS),
        moved_this_year=total(line.change for line in this_year if line.kind not in _BILLS | OF_A_PERSON),
        months_left=_months_left(ahead),
        planned_months=len(ahead.months),
        shortfall=ahead.shortfall,
        short_for=None if ahead.shortfall is None else _of_event(ahead.ledger, ahead.shortfall.event),
        runs_out=ahead.runs_out,
        lowest=lowest,
        lowest_after=None if lowest is None else _drew_most(ahead.ledger, holder, lowest.month),
        map=family_view,
        history=_history(ledger, holder, date(day.year, 1, 1), day),
        projection=ahead.months,
        attention=tuple(sorted(awake(ledger), key=lambda one: _ATTENTION[one.severity])),
        lines=tuple(lines),
        recent=tuple(line for line in reversed(lines) if line.kind not in OF_A_PERSON),
        dearest=min(
            (line for line in spent if line.change < NOTHING and line.reversed_by is None),
            key=lambda line: line.change,
            default=None,
        ),
        users=tuple(
            (member.person, member.paid)
            for member in sorted(family_view.members, key=lambda one: one.paid, reverse=True)
            if member.paid or member.standing in _MAY_USE
        ),
        frozen=_held(
            ledger, day, Side.QUOTA, {one.id for one in ledger.lived.bindings if one.payer == holder}
        ),
        wallets=tuple(
            (person, money)
            for person in seen.lived.people
            if (money := _held(ledger, day, Side.WALLET, {person.id}))
        ),
    )


def _held(ledger: Ledger, day: date, side: Side, owners: set[str]) -> Money:
    """At the end of a day."""
    entries = (entry for entry in ledger.entries if entry.on <= day)
    return total(
        amount for entry in entries for at, owner, amount in entry.postings if at is side and owner in owners
    )


def map_of(seen: Review) -> FamilyMap:
    """The family seen from one account, with the limits of the law on the family's day."""
    day = seen.family.as_of
    law = seen.book.law(seen.holder.area_on(day), day)
    most_active = law.optional(lambda: law.policy.count("mutual_aid.most_active", channel="in_province"))
    lifetime = law.optional(lambda: law.policy.count("mutual_aid.most_in_lifetime", channel="in_province"))
    return family_map(
        seen.ledger,
        seen.holder.id,
        most_active.value if most_active is not None else None,
        lifetime.value if lifetime is not None else None,
    )


def _months_left(ahead: Outlook) -> int | None:
    if ahead.runs_out is None:
        return None
    return sum(1 for one in ahead.months if one.month < ahead.runs_out)


def _of_event(ledger: Ledger, event: str) -> Cause | None:
    if event in ledger.settlements:
        visit = ledger.settlements[event].visit
        return Cause(visit.patient, visit.setting)
    if event in ledger.premiums:
        return Cause(ledger.premiums[event].payment.insured, None)
    return None


def _drew_most(ledger: Ledger, holder: str, month: date) -> Cause | None:
    """In a month whose end is lower than its beginning: who by what, premiums counted together."""
    drawn: dict[Cause, Money] = {}
    fell = NOTHING
    for entry in ledger.entries:
        moved = entry.moved(holder)
        if not moved or entry.on.replace(day=1) != month:
            continue
        fell += moved
        cause = _of_event(ledger, entry.of)
        if cause is not None:
            together = cause if cause.setting is not None else Cause(None, None)
            drawn[together] = drawn.get(together, NOTHING) + moved
    return min(drawn, key=lambda one: drawn[one], default=None) if fell < NOTHING else None


def _history(ledger: Ledger, holder: str, first: date, last: date) -> tuple[tuple[date, Money], ...]:
    points: dict[date, Money] = {}
    balance = NOTHING
    for entry in ledger.entries:
        moved = entry.moved(holder)
        if not moved or entry.on > last:
            continue
        balance += moved
        points[max(entry.on, first)] = balance
    return tuple(points.items())
