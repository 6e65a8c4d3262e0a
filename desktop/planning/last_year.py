"""照去年。What is expected of a family that plans nothing: the last twelve months, each year again."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.months import add_months
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Rhythm
from desktop.domain.premium import PremiumPayment, Refund
from desktop.rules.premium import year_paid_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.family import Family

_LONGEST_ID = 64


def plan_of(family: Family) -> Plan:
    """The family's own plan, or that last year comes back."""
    return as_plan(family) if family.plan is None else family.plan


def as_plan(family: Family) -> Plan:
    """The twelve months before the family's day, but for what was refunded, as a plan that may be kept.

    Each visit comes back as a yearly bill, each person's last premium every year.
    """
    since = add_months(family.as_of, -12)
    refunded = {event.of for event in family.events if isinstance(event, Refund)}
    recent = [
        event for event in family.events if since < event.on <= family.as_of and event.id not in refunded
    ]
    paid = sorted((event for event in recent if isinstance(event, PremiumPayment)), key=lambda one: one.on)
    last_paid = {event.insured: event for event in paid}
    visits = [event for event in recent if isinstance(event, Visit)]
    return Plan(
        recurring=tuple(_yearly(visits, {event.id for event in family.events})),
        premiums=tuple(map(_each_year, last_paid.values())),
    )


def _each_year(paid: PremiumPayment) -> PlannedPremium:
    """On the same day, unless that was out of turn: a newborn's first year, or a payment long overdue."""
    in_turn = year_paid_for(paid.on) == paid.benefit_year
    return PlannedPremium(paid.insured, paid.paid_from, paid.on if in_turn else None)


def _yearly(visits: list[Visit], taken: set[str]) -> Iterator[Recurring]:
    """Named after the visit, so that a scenario can speak of the bill; no two of one name."""
    for visit in visits:
        name = f"again-{visit.id}"
        names = chain([name[:_LONGEST_ID]], (f"{name[: _LONGEST_ID - 10]}-{n}" for n in count(2)))
        free = next(one for one in names if one not in taken)
        taken.add(free)
        yield Recurring(replace(visit, id=free, at=None), Rhythm.YEAR)
