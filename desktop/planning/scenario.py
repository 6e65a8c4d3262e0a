"""方案。Lays a scenario over a family: endings, new bindings and events, and what is planned otherwise.

Its changed rules are not the family's: `Book.with_changes(scenario.rules)`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.domain.plan import premium_id
from desktop.domain.premium import Refund
from desktop.planning.last_year import as_plan, plan_of
from desktop.planning.timeline import holder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.plan import Plan, PlannedPremium, Recurring, Scenario

__all__ = ["as_plan", "plan_of", "with_scenario"]


def with_scenario(family: Family, scenario: Scenario) -> Family:
    """Whose account it is about stays, whatever is bound."""
    bindings = tuple(
        replace(one, until=scenario.ends[one.id]) if one.id in scenario.ends else one
        for one in family.bindings
    )
    laid = replace(
        family,
        holder=holder_of(family),
        bindings=(*bindings, *scenario.bindings),
        events=(*family.events, *scenario.events),
        plan=family.plan if scenario.plan is None else scenario.plan,
    )
    if not (scenario.premiums or scenario.recurring or scenario.life or scenario.leaves_out):
        return laid
    return replace(laid, plan=_with_overlay(plan_of(laid), scenario))


def _with_overlay(plan: Plan, scenario: Scenario) -> Plan:
    """First what takes the place of something planned or is added to it, then what is left out."""
    out = set(scenario.leaves_out)
    return replace(
        plan,
        recurring=tuple(one for one in _recurring(plan, scenario) if one.visit.id not in out),
        expected=tuple(one for one in plan.expected if not _left_out(one, out)),
        premiums=tuple(one for one in _premiums(plan, scenario) if premium_id(one.insured) not in out),
        life=(*plan.life, *scenario.life),
        risks=tuple(one for one in plan.risks if one.visit.id not in out),
    )


def _left_out(event: Event, out: set[str]) -> bool:
    """A refund of what does not come does not come either."""
    return event.id in out or (isinstance(event, Refund) and event.of in out)


def _recurring(plan: Plan, scenario: Scenario) -> Iterator[Recurring]:
    instead = {one.visit.id: one for one in scenario.recurring}
    for one in plan.recurring:
        yield instead.pop(one.visit.id, one)
    yield from instead.values()


def _premiums(plan: Plan, scenario: Scenario) -> Iterator[PlannedPremium]:
    """Who pays otherwise pays on the same day, unless the scenario names one."""
    instead = {one.insured: one for one in scenario.premiums}
    for one in plan.premiums:
        other = instead.pop(one.insured, None)
        yield one if other is None else replace(other, on=other.on or one.on)
    yield from instead.values()
