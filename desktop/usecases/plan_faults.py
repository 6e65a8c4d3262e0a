"""规划的毛病。What keeps a plan or a scenario from being written into the family's book, before it is.

Places are those in its own document: `recurring[0].total_fee`, `life[1].on`, `plan.expected[2].of`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.domain.premium import Refund
from desktop.domain.trouble import Fault
from desktop.exchange.family_form import PlanForm, ScenarioForm
from desktop.exchange.family_sense import sense_faults
from desktop.exchange.form_faults import faults_of
from desktop.exchange.matter_document import type_of
from desktop.exchange.plan_document import (
    read_plan,
    read_scenario,
    write_plan,
    write_scenario,
)
from desktop.exchange.strict_json import refusal
from desktop.usecases.matters import is_matter

if TYPE_CHECKING:
    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.plan import Plan, Scenario
    from desktop.exchange.strict_json import Located, Where


def plan_faults(family: Family, plan: Plan) -> tuple[Fault, ...]:
    """Of a plan that is to become this family's; empty where it may be kept."""
    written = write_plan(plan)
    found = faults_of(written, PlanForm)
    found += _senseless(_around(family) | {"plan": written}, ("plan",))
    return _told(found, written) or _lost(read_plan(written) != plan)


def scenario_faults(family: Family, scenario: Scenario) -> tuple[Fault, ...]:
    """Of a scenario that is to be one of this family's; its name is not compared with theirs."""
    written = write_scenario(scenario)
    plan = {} if family.plan is None else {"plan": write_plan(family.plan)}
    found = faults_of(written, ScenarioForm)
    found += _senseless(_around(family) | plan | {"scenarios": [written]}, ("scenarios", 0))
    return _told(found, written) or _lost(read_scenario(written) != scenario)


def _around(family: Family) -> dict[str, Any]:
    """As much of the family's document as a plan may speak of."""
    return {
        "people": [
            {"id": one.id} | ({} if one.born is None else {"born": str(one.born)}) for one in family.people
        ],
        "bindings": [{"id": one.id} for one in family.bindings],
        "events": [{"id": one.id, "type": _type(one)} for one in family.events],
    }


def _type(event: Event) -> str:
    """As the checks of a document tell events apart: what may be refunded, and what may not."""
    if is_matter(event):
        return type_of(event)
    return "refund" if isinstance(event, Refund) else "bill"


def _senseless(document: dict[str, Any], where: Where) -> list[Located]:
    """What makes no sense inside of one place, with the place as seen from there."""
    inside = len(where)
    return [
        one._replace(where=one.where[inside:])
        for one in sense_faults(document)
        if one.where[:inside] == where
    ]


def _told(found: list[Located], written: dict[str, Any]) -> tuple[Fault, ...]:
    return refusal("", found, written).faults


def _lost(differs: bool) -> tuple[Fault, ...]:
    """Something that the form has no room for: an hour of a bill that comes back, a number for a word."""
    return (Fault("", "里面有家庭文件写不下的内容", "请删去多余的，或分开写"),) if differs else ()
