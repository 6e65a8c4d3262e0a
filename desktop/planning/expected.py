"""预计的事。What a plan expects, as dated events: recurring bills, expected events, premiums each autumn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.domain.account import Base
from desktop.domain.money import MOST_YUAN, Money
from desktop.domain.premium import PremiumPayment, Refund
from desktop.planning.months import add_months
from desktop.policy.policy import NotCovered
from desktop.rules.premium import window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.care import Visit
    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.people import Person
    from desktop.domain.plan import Plan
    from desktop.policy.book import Book


def first_planned_day(family: Family) -> date:
    """The first planned month is the one after the family's day."""
    return add_months(family.as_of.replace(day=1), 1)


def expected_events(family: Family, book: Book, until: date) -> Iterator[Event]:
    """From the first planned day to `until` (inclusive). Without a plan, last year comes back each year."""
    first = first_planned_day(family)
    if family.plan is None:
        planned = _as_last_year(family, until)
    else:
        planned = _as_planned(family, family.plan, book, until)
    return (event for event in planned if first <= event.on <= until)


def grown(person: Person, plan: Plan | None, as_of: date, until: date) -> Person:
    """A person whose wage base grows each January, by the plan's ratio a year."""
    account = person.account
    if account is None or not account.bases or plan is None or not plan.wage_growth:
        return person
    bases = list(account.bases)
    for year in range(as_of.year + 1, until.year + 1):
        january = date(year, 1, 1)
        known = max(
            (one for one in account.bases if one.since <= january), key=lambda one: one.since, default=None
        )
        if known is None:
            continue
        factor = (1 + plan.wage_growth) ** (year - max(as_of.year, known.since.year))
        bases.append(Base(january, Money.yuan(min(Decimal(str(known.monthly)) * factor, MOST_YUAN))))
    return replace(person, account=replace(account, bases=tuple(bases)))


def _as_last_year(family: Family, until: date) -> Iterator[Event]:
    """The events of the twelve months before the family's day, each year again, but for what was refunded."""
    since = add_months(family.as_of, -12)
    refunded = {event.of for event in family.events if isinstance(event, Refund)}
    for event in family.events:
        if isinstance(event, Refund) or event.id in refunded or not since < event.on <= family.as_of:
            continue
        for years in range(1, until.year - event.on.year + 1):
            yield _years_later(event, years)


def _years_later(event: Visit | PremiumPayment, years: int) -> Event:
    later = replace(event, id=f"{event.id}+{years}", on=add_months(event.on, 12 * years), at=None)
    if isinstance(later, PremiumPayment):
        return replace(later, benefit_year=later.benefit_year + years, amount=None)
    return later


def _as_planned(family: Family, plan: Plan, book: Book, until: date) -> Iterator[Event]:
    for recurring in plan.recurring:
        last = min(until, recurring.until or until)
        start, months = recurring.visit.on, 0
        while (day := add_months(start, months)) <= last:
            yield replace(recurring.visit, id=f"{recurring.visit.id}@{day}", on=day)
            months += recurring.every.months
    yield from plan.expected
    yield from _planned_premiums(family, plan, book, until)


def _planned_premiums(family: Family, plan: Plan, book: Book, until: date) -> Iterator[Event]:
    """Each benefit year's premium, on the first planned day of its collection window."""
    first = first_planned_day(family)
    known = (*family.events, *plan.expected)
    returned = {event.of for event in known if isinstance(event, Refund)}
    paid = {
        (one.insured, one.benefit_year)
        for one in known
        if isinstance(one, PremiumPayment) and one.id not in returned
    }
    for planned in plan.premiums:
        area = family.person(planned.insured).area_on(family.as_of)
        for year in range(first.year, until.year + 2):
            try:
                opens, closes = window(book.law(area, date(year, 1, 1)), year).value
            except NotCovered:
                continue
            day = max(opens, first)
            if (planned.insured, year) not in paid and day <= closes:
                yield PremiumPayment(
                    f"premium-{planned.insured}-{year}",
                    day,
                    planned.insured,
                    year,
                    paid_from=planned.paid_from,
                )
