"""为什么。Every slice and every purse has its step, and the steps of the purses add up to the burden."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.domain.care import Charges, Level, Setting
from desktop.domain.family import Family, Settings
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.settlement import PurseKind, Settlement
from desktop.usecases.explain import Step, explain
from desktop.usecases.settle_family import settle_family
from tests.families import (
    bound,
    charged,
    families,
    family,
    hospital,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)

PURSES = set(PurseKind)


def settled(charges: Charges[Money], setting: Setting = Setting.OUTPATIENT, balance: int = 100) -> Settlement:
    bill = visit(patient="sis", charges=charges, setting=setting)
    people = worker(balance=5000), worker("sis", balance)
    ours = family(*people, bindings=(bound("me", "sis"),), events=(bill,))
    return settle_family(ours, shipped()).settlements["v1"]


def steps(done: Settlement) -> dict[str, Step]:
    return {step.name: step for step in explain(done)}


def test_that_the_steps_stand_in_the_order_of_the_rule() -> None:
    done = settled(charged(2000, own=100, over_limit=20, upfront=80))
    assert [step.name for step in explain(done)] == [
        "out_of_scope",
        "upfront",
        "deductible",
        "pool",
        "copay",
        "own_account",
        "mutual_aid",
        "cash",
    ]


def test_that_a_step_shows_how_its_sum_came_about() -> None:
    found = steps(settled(charged(2000, own=100, over_limit=20, upfront=80)))
    said = {name: str(step.reckoning) for name, step in found.items()}
    assert said["out_of_scope"] == "全自费 100.00 + 超限价 20.00"
    assert "1,800.00" in said["deductible"]
    assert said["pool"].startswith("1,500.00 × 60%")
    assert "100.00" in said["own_account"]
    assert (found["mutual_aid"].holder, found["own_account"].holder) == ("me", "sis")


def test_that_what_a_receipt_states_has_no_clause() -> None:
    found = steps(settled(charged(2000, upfront=80, fund=900)))
    assert (found["pool"].clause, str(found["pool"].reckoning)) == (None, "票据已列明")
    assert (found["pool"].amount, found["upfront"].clause) == (yuan(900), None)


def test_that_critical_illness_insurance_has_a_step_only_where_it_paid() -> None:
    big = steps(settled(charged(400_000), Setting.INPATIENT))
    assert big["critical"].amount > yuan(0)
    assert "critical" not in steps(settled(charged(2000), Setting.INPATIENT))
    assert big["critical"].clause is not None


def test_that_a_step_of_nothing_stands_where_a_clause_says_so() -> None:
    found = steps(settled(charged(100)))
    assert (found["pool"].amount, found["pool"].clause is None) == (yuan(0), False)
    assert "out_of_scope" not in found


@pytest.mark.parametrize(("balance", "contested_sum"), [(0, 0), (100, 0), (5000, 200)])
def test_that_what_a_contested_clause_paid_stands_apart(balance: int, contested_sum: int) -> None:
    done = settled(charged(1000, own=200), balance=balance)
    contested = [step for step in explain(done) if step.clause is not None and step.clause.in_dispute]
    assert {step.name for step in contested} <= {"own_account"}
    assert total(step.amount for step in contested) == yuan(contested_sum)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(families())
def test_that_every_slice_and_purse_has_a_step_and_the_purses_add_up(ours: Family) -> None:
    for done in settle_family(ours, shipped()).settlements.values():
        found = explain(done)
        paid = [step for step in found if step.name in PURSES]
        assert total(step.amount for step in paid) == done.burden
        assert {(step.name, step.holder) for step in paid} == {(p.purse, p.holder) for p in done.payments}
        cut = [(step.name, step.amount) for step in found if step.name not in PURSES]
        assert [one for one in cut if one[1]] == [(one.part, one.amount) for one in done.slices if one.amount]


def test_that_an_undesignated_place_is_explained_by_why_the_fund_pays_nothing() -> None:
    bill = visit(patient="me", provider=replace(hospital(), designated=False), charges=charged(50))
    ours = replace(family(worker(), resident(), events=(bill,)), settings=Settings(False))
    found = explain(settle_family(ours, shipped()).settlements["v1"])
    assert [step.name for step in found] == ["pool", "copay", "cash"]
    assert (found[0].amount, found[0].clause is not None and found[0].clause.key) == (
        NOTHING,
        "visit.designated_only",
    )


def test_that_a_limit_that_decided_is_quoted_beside_the_share() -> None:
    bill = visit(patient="mum", charges=charged(1000), provider=hospital(Level.GRASSROOTS))
    ours = replace(family(worker(), resident(), events=(bill,)), settings=Settings(False))
    [pool] = [one for one in explain(settle_family(ours, shipped()).settlements["v1"]) if one.name == "pool"]
    assert pool.clause is not None
    assert [pool.clause.key, *(one.key for one in pool.also)] == [
        "resident_outpatient.pool_share",
        "resident_outpatient.ceiling",
    ]
