"""改动。What a person did to a family, as a value: the next family, or why there is none.

Everything that may be done is a function from a family and a request to `Change | Refused`. A broken rule
does not refuse a change: what happened is recorded as it happened, and the findings say what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from desktop.domain.plan import premium_id
from desktop.domain.trouble import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.plan import Plan, Scenario

__all__ = ["Change", "Fault", "Refused", "free_id", "planned_ids", "taken_ids", "tidied"]


@dataclass(frozen=True, slots=True)
class Change:
    """`step` is its name in the menu after 撤销 and after 已 in the notice: a verb and what it is done to.

    `about` is the record to choose afterwards: a person, binding or event. `large`: so much is changed that
    the book is backed up first.
    """

    step: str
    family: Family
    about: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The request makes no sense. Each fault names the field of the request it belongs to."""

    faults: tuple[Fault, ...]


def free_id(family: Family, kind: str, on: date | None = None) -> str:
    """An id that nobody and nothing in the family has: `visit-20261121-1`, `person-3`.

    What plans generate is named with a no-break space, which no id made here contains.
    """
    taken = taken_ids(family)
    lead = kind if on is None else f"{kind}-{on:%Y%m%d}"
    return next(name for name in (f"{lead}-{number}" for number in count(1)) if name not in taken)


def taken_ids(family: Family) -> set[str]:
    """Those of the facts, and those in plans and scenarios, which are laid among them."""
    facts = (*family.people, *family.bindings, *family.events, *family.errands)
    return {one.id for one in facts} | {*_planned(family)}


def _planned(family: Family) -> Iterator[str]:
    for one in family.scenarios:
        yield from (made.id for made in (*one.bindings, *one.events))
        yield from (item.visit.id for item in one.recurring)
    for plan in (family.plan, *(one.plan for one in family.scenarios)):
        yield from () if plan is None else planned_ids(plan)


def planned_ids(plan: Plan) -> Iterator[str]:
    """Of what a plan expects, but for premiums, which have none of their own."""
    yield from (item.visit.id for item in plan.recurring)
    yield from (risk.visit.id for risk in plan.risks)
    yield from (event.id for event in plan.expected)


def tidied(family: Family) -> Family:
    """What is planned no more, no scenario leaves out; while last year comes back, all stays as it is."""
    return replace(family, scenarios=tuple(_tidied(one, family) for one in family.scenarios))


def _tidied(scenario: Scenario, family: Family) -> Scenario:
    plan = scenario.plan or family.plan
    if plan is None or not scenario.leaves_out:
        return scenario
    known = {*planned_ids(plan), *(premium_id(one.id) for one in family.people)}
    return replace(scenario, leaves_out=tuple(one for one in scenario.leaves_out if one in known))
