"""参保与补缴。What enrolling and paying arrears make of a person: new stretches, an account, money paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.account import Account, Base
from desktop.domain.binding import Relation
from desktop.domain.matter import Enrolment
from desktop.domain.money import NOTHING
from desktop.domain.people import Coverage, Scheme, Status
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import Posting, Side
from desktop.planning.kinship import said
from desktop.planning.lives import before_day
from desktop.policy.book import day_after
from desktop.policy.policy import NotCovered
from desktop.rules import checks
from desktop.rules.case import ArrearsCase, EnrolmentCase
from desktop.rules.contribution import has_account
from desktop.rules.enrolment import after_arrears, owed, still_owed, waiting_of, whole_arrears
from desktop.rules.insured_years import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.domain.matter import ArrearsPaid
    from desktop.domain.people import Person
    from desktop.policy.book import Book
    from desktop.rules.enrolment import Waiting

_DAY = timedelta(days=1)


def judged(person: Person, event: Enrolment | ArrearsPaid, book: Book, family: Family) -> tuple[Finding, ...]:
    """What enrolling or paying arrears breaks, or leaves open. Raises `NotCovered`."""
    if isinstance(event, Enrolment):
        case = enrolment_case(person, event, book, family)
        return tuple(one for check in checks.ON_ENROLMENT for one in check(case))
    arrears = ArrearsCase(event, person, book.law(person.area_on(event.on), event.on))
    return tuple(one for check in checks.ON_ARREARS for one in check(arrears))


def enrolment_case(person: Person, event: Enrolment, book: Book, family: Family) -> EnrolmentCase:
    return EnrolmentCase(
        event=event,
        record=record_of(person, family, event.on),
        law_on=partial(book.law, event.area),
        waiting=_waiting(person, event, book, family),
        parents=parents_of(person.id, family),
    )


def record_of(person: Person, family: Family, on: date) -> Record:
    """What is known of a person before a day: stretches, and premiums paid by then and not taken back."""
    before = tuple(one for one in person.coverage if one.since < on)
    back = {event.of for event in family.events if isinstance(event, Refund) and event.on <= on}
    return Record(
        replace(person, coverage=before),
        tuple(
            event
            for event in family.events
            if isinstance(event, PremiumPayment)
            and (event.insured, event.on <= on, event.id in back) == (person.id, True, False)
        ),
    )


def parents_of(child: str, family: Family) -> tuple[Person, ...]:
    """The parents that bindings and records name."""
    known = said(family, family.holder)
    return tuple(one for one in family.people if known.get((child, one.id)) is Relation.PARENT)


def enrolled(person: Person, event: Enrolment, book: Book, family: Family) -> Person:
    """A new stretch from the day of enrolment ends those before it; one recorded for later ends the new one.

    Benefits that begin before that day (at birth, with the benefit year) are given from then on, unless
    another stretch gives them.
    """
    waiting = _waiting(person, event, book, family)
    since, benefits = _begins(person, event, waiting)
    later = [one for one in person.coverage if one.since > max(since, event.on)]
    scheme, status = event.enrolled_as.insured
    until = min((one.since for one in later), default=None)
    new = Coverage(scheme, status, event.area, since, until and until - _DAY, benefits)
    coverage = person.coverage
    if not _goes_on(person.coverage_on(event.on), new):
        coverage = (*before_day(coverage, since), new, *later)
    return replace(person, coverage=coverage, account=_account(person.account, event, book, new))


def _goes_on(held: Coverage | None, new: Coverage) -> bool:
    """Whether a stretch that gives benefits already is what the new one would be."""
    same = held is not None and replace(held, since=new.since, benefits_from=None) == new
    return same and held is not None and held.treats_on(new.since)


def _waiting(person: Person, event: Enrolment, book: Book, family: Family) -> Waiting | None:
    try:
        record = record_of(person, family, event.on)
        return waiting_of(event.enrolled_as, record, event.on, partial(book.law, event.area))
    except NotCovered:
        return None


def _begins(person: Person, event: Enrolment, waiting: Waiting | None) -> tuple[date, date | None]:
    """The first day of the new stretch, and that of its benefits where it is a later one."""
    if waiting is None:
        return event.on, None
    first, held = waiting.first_day, person.coverage_on(event.on)
    if first > event.on:
        # 续保的，上一段待遇不因为提前缴费而中断。
        renews = held is not None and held.scheme is Scheme.RESIDENT and held.treats_on(event.on)
        if renews and event.enrolled_as.insured[0] is Scheme.RESIDENT:
            return first, None
        return event.on, first
    before = person.coverage_on(first)
    treated = before is not None and before.treats_on(first)
    return (event.on if treated else first), None


def _account(account: Account | None, event: Enrolment, book: Book, new: Coverage) -> Account | None:
    """An employee's account opens empty; one that there is stays, whatever its owner becomes."""
    if not has_account(new, book.law(event.area, event.on)):
        return account
    account = account or Account(event.on, NOTHING)
    if event.monthly_base is None:
        return account
    earlier = (base for base in account.bases if base.since < event.on)
    later = (base for base in account.bases if base.since > event.on)
    return replace(account, bases=(*earlier, Base(event.on, event.monthly_base), *later))


def paid_back(person: Person, event: ArrearsPaid, book: Book) -> Person:
    """补缴以后，从缴费那天起恢复参保；欠缴期间补不补报，看欠了多久。

    Where no pack says so benefits come back on the day of paying. While something is still owed nothing comes
    back, but what was paid for stays paid.
    """
    area, coverage = person.area_on(event.on), person.coverage
    start, end = whole_arrears(person, event.since, event.until)
    try:
        first = after_arrears(start, end, event.on, book.law(area, event.on)).first_day
    except NotCovered:
        first = event.on
    left = still_owed(person, event.since, event.until, event.on)
    if first < event.on and not left:
        coverage = tuple(_in_hindsight(coverage, start, end))
    for since, until in owed(person, event.since, event.until):
        # A day after it all: none of it is treated.
        benefits = since if first < event.on and not left else day_after(max(until, event.on))
        where = person.area_on(since)
        coverage = _laid(coverage, Coverage(Scheme.EMPLOYEE, Status.SUSPENDED, where, since, until, benefits))
    if left:
        return replace(person, coverage=coverage)
    held = person.coverage_on(event.on)
    if held is None or held.status is Status.SUSPENDED:
        later = (one.since - _DAY for one in coverage if one.since > event.on)
        until = min((*later, held.until if held and held.until else date.max), default=date.max)
        coverage = _laid(
            coverage,
            Coverage(
                Scheme.EMPLOYEE,
                _status_before(person, event.since),
                area,
                event.on,
                None if until == date.max else until,
                first if first > event.on else None,
            ),
        )
    return replace(person, coverage=coverage)


def _in_hindsight(coverage: Iterable[Coverage], since: date, until: date) -> Iterator[Coverage]:
    """What was paid for earlier without benefits has them too, once nothing is owed any more."""
    for one in coverage:
        inside = one.paid_back and since <= one.since <= until
        yield replace(one, benefits_from=one.since) if inside else one


def _status_before(person: Person, day: date) -> Status:
    """As what a worker was insured before falling behind."""
    worked = (one for one in person.coverage if one.scheme is Scheme.EMPLOYEE and one.gives_benefits)
    last = max((one for one in worked if one.since < day), key=lambda one: one.since, default=None)
    return Status.ACTIVE if last is None else last.status


def _laid(coverage: tuple[Coverage, ...], new: Coverage) -> tuple[Coverage, ...]:
    """A stretch laid over others: what it does not cover of them stays."""
    last = new.until or date.max
    kept = [new]
    for one in coverage:
        if one.since < new.since:
            kept.append(replace(one, until=min(one.until or date.max, new.since - _DAY)))
        if (one.until or date.max) > last:
            kept.append(replace(one, since=max(one.since, last + _DAY)))
    return tuple(sorted(kept, key=lambda one: one.since))


def arrears_postings(event: ArrearsPaid) -> tuple[Posting, ...]:
    """The money of arrears: it goes to the fund, and to no account."""
    amount = event.amount or NOTHING
    return (Posting(Side.CASH, event.person, -amount), Posting(Side.CONTRIBUTION, "", amount))
