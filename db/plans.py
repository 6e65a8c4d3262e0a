"""规划的行。A plan, scenarios and snapshots, as documents in the form of the family document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.documents import content
from db.rows import Kind
from db.tables import PlanRow, ScenarioRow, SnapshotRow
from desktop.exchange.plan_document import (
    read_plan,
    read_scenario,
    read_snapshot,
    write_plan,
    write_scenario,
    write_snapshot,
)

if TYPE_CHECKING:
    from db.rows import Values
    from desktop.domain.plan import Plan, Scenario, Snapshot


def _plan_values(plan: Plan) -> Values:
    return (content(plan, write_plan, read_plan),)


def _plan(values: Values) -> Plan:
    return read_plan(json.loads(values[0]))


def _scenario_values(scenario: Scenario) -> Values:
    return scenario.name, content(scenario, write_scenario, read_scenario)


def _scenario(values: Values) -> Scenario:
    return read_scenario(json.loads(values[1]))


def _snapshot_values(snapshot: Snapshot) -> Values:
    return (content(snapshot, write_snapshot, read_snapshot),)


def _snapshot(values: Values) -> Snapshot:
    return read_snapshot(json.loads(values[0]))


PLAN = Kind(PlanRow, _plan_values, _plan)
SCENARIO = Kind(ScenarioRow, _scenario_values, _scenario)
SNAPSHOT = Kind(SnapshotRow, _snapshot_values, _snapshot)
