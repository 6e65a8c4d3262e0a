"""预计的事。What a plan expects, as dated events: recurring bills, expected events, premiums each autumn.

An event made here is named after what it comes from and its day or year, with a no-break space between: no id
that a person or a file gives holds one, so that nothing is ever taken for something else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.months import add_months, months_apart
from desktop.domain.plan import premium_id
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund
from desktop.domain.trouble import Fault, InputRefused
from desktop.planning.last_year import plan_of
from desktop.planning.lives import still_expected
from desktop.planning.matters import as_lived
from desktop.policy.policy import NotCovered
from desktop.rules.premium import window, year_paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.people import Person
    from desktop.domain.plan import Plan, PlannedPremium, Recurring
    from desktop.policy.book import Book

MOST_BILLS = 200_000
"""More recurring bills than this are no family's plan, and would be computed for minutes."""
_MADE = "\N{NO-BREAK SPACE}"


def first_planned_day(family: Family) -> date:
    """The first planned month is the one after the family's day."""
    return add_months(family.as_of.replace(day=1), 1)


def expected_events(family: Family, book: Book, until: date) -> Iterator[Event]:
    """From the first planned day to `until` (inclusive). Without a plan, last year comes back each year.

    Raises `InputRefused` where that would be far too many.
    """
    first, plan = first_planned_day(family), plan_of(family)
    times = [_times(recurring, first, until) for recurring in plan.recurring]
    _refuse_too_many(sum(map(len, times)), until)
    family = as_lived(family, book, until)
    planned = [
        *(bill for one, months in zip(plan.recurring, times, strict=True) for bill in _bills(one, months)),
        *plan.expected,
        *_planned_premiums(family, plan, book, until),
    ]
    due = [event for event in planned if first <= event.on <= until]
    life = (*plan.life, *family.events, *plan.expected)
    return still_expected(due, {person.id: person for person in family.people}, life)


def made_name(source: str, when: date | int) -> str:
    """What an expected event of a source is called, by its day or year."""
    return f"{source}{_MADE}{when}"


def source_of(event: str) -> str:
    """The id of the recurring bill or the planned premium that an expected event comes from, or its own.

    >>> source_of("stay\N{NO-BREAK SPACE}2027-05-26"), source_of("stay")
    ('stay', 'stay')
    """
    return event.partition(_MADE)[0]


def _times(recurring: Recurring, first: date, until: date) -> range:
    """How many months after its first day a bill may come back, from the first planned day on."""
    start, every = recurring.visit.on, recurring.every.months
    skipped = max(0, -(-months_apart(start, first) // every))
    return range(skipped * every, months_apart(start, min(until, recurring.until or until)) + 1, every)


def _bills(recurring: Recurring, times: range) -> Iterator[Event]:
    visit = recurring.visit
    for months in times:
        day = add_months(visit.on, months)
        if recurring.until is None or day <= recurring.until:
            yield replace(visit, id=made_name(visit.id, day), on=day)


def _refuse_too_many(bills: int, until: date) -> None:
    if bills > MOST_BILLS:
        what = f"周期性的就诊到 {until} 共要推演 {bills:,} 次，超过 {MOST_BILLS:,} 次"
        raise InputRefused("", [Fault("plan.recurring", what, "请减少条目，写上终止日，或把推演的终点改早")])


def _planned_premiums(family: Family, plan: Plan, book: Book, until: date) -> Iterator[Event]:
    """Each benefit year's premium, unless it is paid or expected already."""
    known = (*family.events, *plan.expected)
    returned = {event.of for event in known if isinstance(event, Refund)}
    paid = {
        (one.insured, one.benefit_year)
        for one in known
        if isinstance(one, PremiumPayment) and one.id not in returned
    }
    for planned in plan.premiums:
        insured = family.person(planned.insured)
        for year, day in _premium_days(planned, insured, family, book, until):
            if (insured.id, year) not in paid:
                paid.add((insured.id, year))
                name = f"{premium_id(insured.id)}{_MADE}{year}"
                group = _group_of(insured.id, family)
                yield PremiumPayment(name, day, insured.id, year, paid_from=planned.paid_from, group=group)


def _group_of(insured: str, family: Family) -> PremiumGroup:
    """As what someone last paid; nobody is a newborn twice."""
    paid = [one for one in family.events if isinstance(one, PremiumPayment) and one.insured == insured]
    last = max(paid, key=lambda one: one.on, default=None)
    if last is None or last.group is PremiumGroup.NEWBORN:
        return PremiumGroup.STANDARD
    return last.group


def _premium_days(
    planned: PlannedPremium, insured: Person, family: Family, book: Book, until: date
) -> Iterator[tuple[int, date]]:
    """Benefit years and when each is paid: on the plan's day, or the first planned one of its window."""
    first = first_planned_day(family)
    for year in range(first.year, until.year + 2):
        if planned.on is not None:
            day = add_months(planned.on, 12 * (year - year_paid_for(planned.on)))
            yield year, day
            continue
        january = date(year, 1, 1)
        try:
            opens, closes = window(book.law(insured.area_on(january), january), year).value
        except NotCovered:
            continue
        if first <= closes:
            yield year, max(opens, first)
