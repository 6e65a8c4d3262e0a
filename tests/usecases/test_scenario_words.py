"""方案的话。What a scenario changes, in a few words, however it is laid over."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.family import Family
from desktop.domain.people import Scheme, Status
from desktop.domain.plan import (
    Dies,
    Enrols,
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
from desktop.domain.premium import PremiumPayment, Refund
from desktop.usecases.compare import compare
from tests.families import ZHUZHOU, bound, charged, family, resident, shipped, visit, worker

AS_OF, LATER = date(2025, 3, 20), date(2025, 6, 1)
DRUGS = Recurring(visit("drugs", date(2025, 4, 5), "mum", charged(10, fund=0)), Rhythm.MONTH)
ONCE = visit("once", date(2025, 5, 1), "mum", charged(10, fund=0))
PLAN = Plan((DRUGS,), (ONCE,), (PlannedPremium("mum", "me"),))
BY_BRO = bound("bro", "mum", LATER, name="b2")


def ours(plan: Plan | None = PLAN) -> Family:
    people = (worker(), resident(), worker("bro"), resident("dad"), resident("aunt"))
    made = family(*people, bindings=(bound(), bound("me", "dad")), as_of=AS_OF, plan=plan)
    return replace(made, holder="me")


def said(scenario: Scenario, plan: Plan | None = PLAN) -> str:
    made = replace(ours(plan), scenarios=(scenario,))
    return str(compare(made, shipped(), date(2025, 12, 1), [scenario.name]).runs[1].differs)


def premiums(*people: str, paid_from: str | None = None) -> tuple[PlannedPremium, ...]:
    return tuple(PlannedPremium(one, paid_from) for one in people)


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        (Scenario("s"), "与基准相同"),
        (Scenario("s", ends={"me-mum": LATER}), "解除本人与父母的绑定"),
        (Scenario("s", bindings=(replace(BY_BRO, beneficiary="aunt"),)), "家人绑定家人"),
        (Scenario("s", ends={"me-mum": LATER}, bindings=(BY_BRO,)), "父母换成兄弟姐妹出"),
        (Scenario("s", premiums=premiums("mum")), "父母的保费用现金交"),
        (Scenario("s", premiums=premiums("mum", paid_from="bro")), "父母的保费由家人交"),
        (Scenario("s", premiums=premiums("mum", "dad", "aunt")), "3 人保费用现金交"),
        (Scenario("s", plan=replace(PLAN, premiums=())), "父母的保费不再交"),
        (Scenario("s", leaves_out=("drugs",)), "不再预计父母普通门诊"),
        (Scenario("s", leaves_out=("once",)), "没有2025年5月父母普通门诊"),
        (
            Scenario("s", recurring=(replace(DRUGS, visit=replace(DRUGS.visit, charges=charged(30))),)),
            "父母普通门诊改为每月 30.00",
        ),
        (
            Scenario("s", recurring=(replace(DRUGS, visit=replace(DRUGS.visit, id="more")),)),
            "多出每月父母普通门诊",
        ),
        (Scenario("s", events=(visit("v9", LATER, "dad"),)), "2025年6月父母普通门诊"),
        (
            Scenario("s", events=(PremiumPayment("p9", LATER, "dad", 2025), Refund("r9", LATER, "p9"))),
            "2025年6月父母的居民医保费；2025年6月退费",
        ),
        (Scenario("s", life=(Retires("me", LATER),)), "2025年6月本人退休"),
        (Scenario("s", life=(Moves("mum", LATER, ZHUZHOU),)), "2025年6月父母迁居"),
        (Scenario("s", life=(Dies("dad", LATER),)), "2025年6月父母身故"),
        (
            Scenario("s", life=(Enrols("aunt", LATER, Scheme.EMPLOYEE, Status.ACTIVE, ZHUZHOU),)),
            "2025年6月家人参加工作",
        ),
        (Scenario("s", plan=replace(PLAN, wage_growth=Decimal("0.0350"))), "工资每年涨 3.5%"),
        (Scenario("s", plan=replace(PLAN, illness=Decimal("1.50"))), "计划外的病按 1.5 倍算"),
        (
            Scenario("s", plan=replace(PLAN, risks=(Risk(visit("r", LATER, "mum"), Decimal("0.20")),))),
            "父母普通门诊按每年 0.2 次算",
        ),
        (
            Scenario("s", rules=(RuleChange("premium.personal", LATER, Decimal(500)),)),
            "假设2025年6月起居民医保个人缴费标准为 500.00 元/年",
        ),
        (
            Scenario("s", rules=(RuleChange("mutual_aid.area", LATER, "nation"),)),
            "假设2025年6月起 mutual_aid.area 为 nation",
        ),
        (
            Scenario("s", ends={"me-mum": LATER}, premiums=premiums("mum")),
            "解除本人与父母的绑定；父母的保费用现金交",
        ),
    ],
)
def test_that_a_scenario_says_what_it_changes(scenario: Scenario, words: str) -> None:
    assert said(scenario) == words


def test_that_several_who_are_no_longer_paid_for_are_counted() -> None:
    several = replace(PLAN, premiums=premiums("mum", "dad", "aunt"))
    assert said(Scenario("s", plan=replace(PLAN, premiums=())), several) == "3 人保费不再交"


def test_that_a_risk_and_an_event_of_both_is_not_said() -> None:
    both = replace(PLAN, risks=(Risk(visit("r", LATER, "mum"), Decimal("0.20")),), life=(Dies("dad", LATER),))
    assert said(Scenario("s", leaves_out=("once",)), both) == "没有2025年5月父母普通门诊"


def test_that_last_year_once_more_is_the_same_with_a_scenario_or_without() -> None:
    assert said(Scenario("s", ends={"me-mum": LATER}), None) == "解除本人与父母的绑定"
    assert said(Scenario("s", premiums=premiums("mum")), None) == "父母的保费用现金交"
