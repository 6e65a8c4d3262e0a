"""情景。Lays a scenario over a family's facts: endings, new bindings, events and another plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.domain.family import Family
    from desktop.domain.plan import Scenario


def with_scenario(family: Family, scenario: Scenario) -> Family:
    bindings = tuple(
        replace(one, until=scenario.ends[one.id]) if one.id in scenario.ends else one
        for one in family.bindings
    )
    return replace(
        family,
        bindings=(*bindings, *scenario.bindings),
        events=(*family.events, *scenario.events),
        plan=family.plan if scenario.plan is None else scenario.plan,
    )
