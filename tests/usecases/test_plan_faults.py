"""规划的毛病。What can not be kept is known before it is, at its place; all else may be kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from desktop.domain.plan import (
    Chance,
    Dies,
    Moves,
    Plan,
    PlannedPremium,
    Recurring,
    Retires,
    Rhythm,
    Risk,
    RuleChange,
    Scenario,
)
from desktop.domain.premium import Refund
from desktop.domain.trouble import InputRefused
from desktop.exchange.family_document import parse_family, write_family
from desktop.usecases.plan_faults import plan_faults, scenario_faults
from tests.exchange.families import at_any_pace, families
from tests.families import CHANGSHA, bound, charged, family, resident, visit, worker

if TYPE_CHECKING:
    from desktop.domain.family import Family

BORN, DAY = date(1958, 3, 14), date(2027, 5, 26)
BILL = Recurring(visit("bill", DAY), Rhythm.MONTH)
BACK = Refund("back", DAY, "v1")
OURS = family(
    worker(),
    replace(resident(), born=BORN),
    bindings=(bound(),),
    events=(visit(), BACK),
    plan=Plan((BILL,), (visit("once", DAY),)),
)


@at_any_pace
@given(families())
def test_that_what_a_document_can_hold_has_no_faults(ours: Family) -> None:
    if ours.plan is not None:
        assert plan_faults(ours, ours.plan) == ()
    for scenario in ours.scenarios:
        assert scenario_faults(ours, scenario) == ()


@pytest.mark.parametrize(
    ("plan", "places"),
    [
        (Plan((replace(BILL, visit=visit("v1", DAY)),)), ["recurring[0].id"]),
        (Plan((replace(BILL, visit=visit("b", DAY, "dad")),)), ["recurring[0].patient"]),
        (
            Plan((replace(BILL, visit=visit("b", DAY, charges=charged(9, own=10))),)),
            ["recurring[0].total_fee"],
        ),
        (Plan((replace(BILL, visit=replace(visit("b"), note="长" * 101)),)), ["recurring[0].note"]),
        (Plan((replace(BILL, chance=Chance(Decimal(2))),)), ["recurring[0].chance.happens"]),
        (Plan((replace(BILL, chance=Chance(spread=Decimal(1) / 3)),)), ["recurring[0].chance.spread"]),
        (Plan(risks=(Risk(visit("r"), Decimal(-1)),)), ["risks[0].a_year"]),
        (Plan(expected=(Refund("again", DAY, "back"),)), ["expected[0].of"]),
        (Plan(expected=(Refund("again", DAY, "nothing"),)), ["expected[0].of"]),
        (Plan(premiums=(PlannedPremium("mum", "dad"),)), ["premiums[0].paid_from"]),
        (Plan(life=(Moves("mum", DAY, CHANGSHA), Dies("mum", date(1950, 1, 1)))), ["life[1].on"]),
        (Plan(life=(Retires("dad", DAY),), illness=Decimal(9)), ["life[0].person", "illness"]),
    ],
)
def test_that_a_plan_is_judged_as_its_document_would_be(plan: Plan, places: list[str]) -> None:
    found = plan_faults(OURS, plan)
    assert [one.place for one in found] == places
    with pytest.raises(InputRefused) as refused:
        parse_family(json.dumps(write_family(replace(OURS, plan=plan))).encode(), "", DAY)
    whole = [replace(one, place=one.place.removeprefix("plan.")) for one in refused.value.faults]
    assert whole == list(found)


@pytest.mark.parametrize(
    ("scenario", "places"),
    [
        (Scenario(""), ["name"]),
        (Scenario("甲", ends={"nobody's": DAY}), ['end["nobody\'s"]']),
        (Scenario("甲", bindings=(bound(),)), ["bindings[0].id"]),
        (Scenario("甲", events=(visit("once", DAY),)), ["events[0].id"]),
        (
            Scenario("甲", plan=Plan((replace(BILL, visit=visit("b", DAY, "dad")),))),
            ["plan.recurring[0].patient"],
        ),
        (Scenario("甲", recurring=(replace(BILL, visit=visit("once", DAY)),)), ["recurring[0].id"]),
        (Scenario("甲", leaves_out=("bill", "v1")), ["leaves_out[1]"]),
        (Scenario("甲", life=(Dies("mum", date(1950, 1, 1)),)), ["life[0].on"]),
        (Scenario("甲", rules=(RuleChange("", DAY, Decimal(1)),)), ["rules[0].key"]),
        (Scenario("甲", rules=(RuleChange("a.b", DAY, Decimal("0.1234567")),)), ["rules[0].value"]),
    ],
)
def test_that_a_scenario_is_judged_as_its_document_would_be(scenario: Scenario, places: list[str]) -> None:
    found = scenario_faults(OURS, scenario)
    assert [one.place for one in found] == places
    with pytest.raises(InputRefused) as refused:
        parse_family(json.dumps(write_family(replace(OURS, scenarios=(scenario,)))).encode(), "", DAY)
    whole = [replace(one, place=one.place.removeprefix("scenarios[0].")) for one in refused.value.faults]
    assert whole == list(found)


def test_that_a_scenario_of_a_family_without_a_plan_may_leave_out_last_years_bills() -> None:
    assert scenario_faults(replace(OURS, plan=None), Scenario("甲", leaves_out=("again-v1",))) == ()


def test_that_what_a_document_has_no_room_for_is_known_too() -> None:
    at_noon = replace(visit("b", DAY), at=datetime.fromisoformat("2027-05-26T12:00"))
    [fault] = plan_faults(OURS, Plan((replace(BILL, visit=at_noon),)))
    assert fault.what == "里面有家庭文件写不下的内容"
    assert scenario_faults(OURS, Scenario("甲", rules=(RuleChange("a.b", DAY, "5"),)))
