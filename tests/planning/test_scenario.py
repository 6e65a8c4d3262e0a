"""方案叠加。What a scenario lays over a plan, and over last year where there is none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.domain.binding import Relation
from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.months import months_apart
from desktop.domain.plan import (
    Plan,
    PlannedPremium,
    Recurring,
    Retires,
    Rhythm,
    Risk,
    RuleChange,
    Scenario,
    premium_id,
)
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.trouble import InputRefused
from desktop.planning.estimates import is_estimated
from desktop.planning.expected import MOST_BILLS, expected_events, source_of
from desktop.planning.scenario import as_plan, plan_of, with_scenario
from desktop.planning.timeline import holder_of, outlook
from tests.families import (
    bound,
    charged,
    families,
    family,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)

TODAY = date(2025, 3, 20)
UNTIL = date(2028, 12, 31)


def planned(plan: Plan | None = None, *events: Event, as_of: date = TODAY) -> Family:
    return family(worker(), resident(), bindings=(bound(),), events=events, as_of=as_of, plan=plan)


def bill(name: str = "again", fee: int = 100, every: Rhythm = Rhythm.MONTH) -> Recurring:
    return Recurring(visit(name, date(2025, 1, 31), "mum", charged(fee, fund=0)), every)


def expected(ours: Family, until: date = UNTIL) -> list[Event]:
    return list(expected_events(ours, shipped().assuming_unchanged(), until))


# --------------------------------------------------------------------------------------------------- overlays


PLAN = Plan(
    (bill("one"), bill("two")),
    (visit("stay", date(2026, 1, 2)), Refund("back", date(2026, 2, 2), "stay")),
    (PlannedPremium("mum", "me"), PlannedPremium("me", None)),
    Decimal("0.05"),
    (Retires("me", date(2027, 1, 1)),),
    (Risk(visit("flu", TODAY), Decimal(1)), Risk(visit("fall", TODAY), Decimal(1))),
)


def laid(scenario: Scenario, ours: Family | None = None) -> Plan:
    plan = with_scenario(ours or planned(PLAN), scenario).plan
    assert plan is not None
    return plan


def test_that_a_scenario_leaves_it_whose_account_the_plan_is_about() -> None:
    ours = family(worker(), worker("bro"), resident(), bindings=(bound(),), as_of=TODAY)
    over = (bound("bro", name="b2"), bound("bro", "me", name="b3", relation=Relation.SIBLING))
    assert holder_of(replace(ours, bindings=(*ours.bindings, *over))) == "bro"
    assert holder_of(with_scenario(ours, Scenario("x", bindings=over))) == holder_of(ours) == "me"


def test_that_bills_and_premiums_take_the_place_of_those_of_their_name_and_others_are_added() -> None:
    dearer, new = bill("one", 500), bill("new")
    scenario = Scenario(
        "别的", recurring=(dearer, new), premiums=(PlannedPremium("mum", None), PlannedPremium("kid", "me"))
    )
    assert laid(scenario) == replace(
        PLAN,
        recurring=(dearer, bill("two"), new),
        premiums=(PlannedPremium("mum", None), PlannedPremium("me", None), PlannedPremium("kid", "me")),
    )


def test_that_what_is_left_out_does_not_come_nor_what_takes_it_back() -> None:
    out = ("one", "stay", "flu", premium_id("me"), "nothing-of-that-name")
    assert laid(Scenario("少些", leaves_out=out)) == replace(
        PLAN,
        recurring=(bill("two"),),
        expected=(),
        premiums=(PlannedPremium("mum", "me"),),
        risks=PLAN.risks[1:],
    )
    assert laid(Scenario("又加又减", recurring=(bill("new"),), leaves_out=("new",))) == PLAN


def test_that_life_is_added_and_a_plan_of_its_own_comes_first() -> None:
    moves = Retires("me", date(2030, 1, 1))
    assert laid(Scenario("早退休", life=(moves,))).life == (*PLAN.life, moves)
    assert laid(Scenario("另起", plan=Plan(), recurring=(bill(),))) == Plan((bill(),))


def test_that_a_scenario_that_plans_nothing_leaves_a_family_without_a_plan_without_one() -> None:
    assert with_scenario(planned(), Scenario("一样", bindings=(bound("me", "dad"),))).plan is None


# -------------------------------------------------------------------------------------------------- last year


HAPPENED = (
    visit("clinic", date(2024, 6, 30)),
    PremiumPayment("p1", date(2024, 10, 1), "mum", 2025, None, "me"),
    visit("wrong", date(2024, 11, 1)),
    Refund("r1", date(2024, 11, 2), "wrong"),
    visit("old", date(2024, 3, 20)),
)


def test_that_last_year_may_be_written_down_and_expects_the_same() -> None:
    ours = planned(None, *HAPPENED)
    plan = as_plan(ours)
    assert [(one.visit.id, one.every) for one in plan.recurring] == [("again-clinic", Rhythm.YEAR)]
    assert plan.premiums == (PlannedPremium("mum", "me", date(2024, 10, 1)),)
    assert expected(replace(ours, plan=plan)) == expected(ours)
    assert [(one.on, source_of(one.id)) for one in expected(ours, date(2026, 7, 1))] == [
        (date(2025, 6, 30), "again-clinic"),
        (date(2026, 6, 30), "again-clinic"),
        (date(2025, 10, 1), "premium-mum"),
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(families())
def test_that_writing_last_year_down_never_changes_what_is_expected(ours: Family) -> None:
    written = replace(ours, plan=as_plan(ours))
    assert plan_of(written) == plan_of(ours)
    assert expected(written) == expected(ours)
    names = [one.id for one in (*ours.events, *expected(written))]
    assert len(set(names)) == len(names)
    assert outlook(written, shipped(), ours.people[0].id, UNTIL).months == (
        outlook(ours, shipped(), ours.people[0].id, UNTIL).months
    )


def test_that_a_scenario_over_last_year_changes_only_what_it_names() -> None:
    ours = planned(None, *HAPPENED)
    in_cash = with_scenario(ours, Scenario("付现金", premiums=(PlannedPremium("mum", None),)))
    assert [
        replace(one, paid_from="me") if isinstance(one, PremiumPayment) else one for one in expected(in_cash)
    ] == expected(ours)
    none = with_scenario(ours, Scenario("都不要", leaves_out=("again-clinic", "premium-mum")))
    assert expected(none) == []


def test_that_a_premium_paid_out_of_turn_is_planned_in_its_turn() -> None:
    newborn = PremiumPayment("p1", date(2024, 8, 1), "mum", 2024, None, "me")
    assert as_plan(planned(None, newborn)).premiums == (PlannedPremium("mum", "me"),)


def test_that_of_two_payments_for_one_person_the_last_comes_back() -> None:
    twice = (
        PremiumPayment("p2", date(2024, 12, 1), "mum", 2025, None, None),
        PremiumPayment("p1", date(2024, 10, 1), "mum", 2025, None, "me"),
    )
    assert as_plan(planned(None, *twice)).premiums == (PlannedPremium("mum", None, date(2024, 12, 1)),)


def test_that_bills_of_last_year_have_names_that_nothing_else_has() -> None:
    long = "v" * 64
    happened = [visit(name, date(2024, 6, 1)) for name in ("a", "again-a", long, f"again-{long}"[:64])]
    names = [one.visit.id for one in as_plan(planned(None, *happened)).recurring]
    assert len({*names, *(one.id for one in happened)}) == 8
    assert max(map(len, names)) <= 64


def test_that_two_premiums_planned_for_one_person_are_one() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "me"), PlannedPremium("mum", None)))
    [paid] = expected(planned(plan), date(2025, 12, 31))
    assert isinstance(paid, PremiumPayment)
    assert paid.paid_from == "me"


def test_that_no_id_a_family_may_give_is_taken_for_a_planned_event() -> None:
    names = [one.id for one in expected(planned(replace(PLAN, premiums=PLAN.premiums[:1])))]
    made = [name for name in names if source_of(name) != name]
    assert len(made) == len(names) - 2  # all but the two events that stand in the plan with their own names
    assert not any(name.isprintable() for name in made)


# -------------------------------------------------------------------------------------------------- estimates


def test_that_a_paid_premium_knows_whether_it_was_estimated() -> None:
    stated = PremiumPayment("stated", date(2027, 9, 1), "mum", 2028, yuan(500), "me")
    plan = Plan(expected=(stated,), premiums=(PlannedPremium("mum", "me"),))
    paid = outlook(planned(plan), shipped(), "me", date(2028, 12, 1)).ledger.premiums.values()
    assert {one.payment.benefit_year: is_estimated(one) for one in paid} == {
        2026: False,
        2027: True,
        2028: False,
        2029: True,
    }


def test_that_a_premium_that_a_scenario_supposes_is_no_estimate() -> None:
    supposed = shipped().with_changes([RuleChange("premium.personal", date(2027, 1, 1), Decimal(430))])
    plan = Plan(premiums=(PlannedPremium("mum", "me"),))
    paid = outlook(planned(plan), supposed, "me", date(2026, 12, 1)).ledger.premiums.values()
    assert [(one.amount, is_estimated(one)) for one in paid] == [(yuan(400), False), (yuan(430), False)]


# ------------------------------------------------------------------------------------- too many, or too early


def test_that_far_too_many_bills_are_refused_at_once_with_their_number() -> None:
    plan = Plan(tuple(bill(f"bill-{number}") for number in range(10_000)))
    with pytest.raises(InputRefused) as refused:
        outlook(planned(plan), shipped(), "me", date(2045, 3, 1))
    [fault] = refused.value.faults
    assert fault.place == "plan.recurring"
    assert fault.what == "周期性的就诊到 2045-03-31 共要推演 2,400,000 次，超过 200,000 次"
    assert fault.todo


def test_that_what_a_bill_no_longer_or_not_yet_makes_is_not_counted() -> None:
    old = replace(bill(), visit=replace(bill().visit, on=date(1900, 1, 31)))
    ended = replace(old, until=date(2025, 1, 1))
    late = replace(bill(), visit=replace(bill().visit, on=date(2028, 6, 30)), every=Rhythm.QUARTER)
    plan = Plan((old, *(ended for _ in range(MOST_BILLS // 1000)), late))
    days = [one.on for one in expected(planned(plan))]
    assert (len(days), days[0], days[44]) == (48, date(2025, 4, 30), date(2028, 12, 31))
    assert days[45:] == [date(2028, 6, 30), date(2028, 9, 30), date(2028, 12, 30)]


def test_that_a_bill_ends_on_its_very_day_within_the_last_month() -> None:
    ended = replace(bill(), until=date(2025, 5, 30))
    assert [one.on for one in expected(planned(Plan((ended,))))] == [date(2025, 4, 30)]


@pytest.mark.parametrize(
    ("earlier", "later", "months"), [((2025, 1), (2025, 12), 11), ((2026, 3), (2025, 12), -3)]
)
def test_that_months_apart_are_counted(earlier: tuple[int, int], later: tuple[int, int], months: int) -> None:
    assert months_apart(date(*earlier, 31), date(*later, 1)) == months


def test_that_a_plan_before_the_first_pack_is_not_covered_and_no_number() -> None:
    early, long_before = date(1990, 3, 20), date(1980, 1, 1)
    me, mum = (
        replace(one, coverage=(replace(one.coverage[0], since=long_before),))
        for one in (worker(opened=long_before), resident())
    )
    plan = Plan(
        (replace(bill(), visit=replace(bill().visit, on=early)),),
        (PremiumPayment("paid", date(1991, 10, 1), "mum", 1992, None, "me"),),
        (PlannedPremium("mum", "me"),),
    )
    ours = family(
        me, mum, bindings=(bound(since=date(1985, 1, 1)),), as_of=early, plan=plan, credit_monthly=True
    )
    seen = outlook(ours, shipped(), "me", date(1992, 12, 1))
    events = [event for event in seen.ledger.family.events if event.on > early]
    assert len(events) == 33 + 1
    assert (seen.ledger.settlements, seen.ledger.premiums) == ({}, {})
    assert {month.balance for month in seen.months} == {yuan(1000)}
    assert (seen.cash_total, seen.runs_out, seen.shortfall) == (yuan(0), None, None)
    silent = {one.about[0] for one in seen.findings if one.rule == "policy.not_covered"}
    assert {event.id for event in events} <= silent
