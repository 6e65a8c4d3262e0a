"""预计的内容测试。Bills, events, premiums and changes in life, put into a plan and taken out of it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.care import Setting
from desktop.domain.people import Coverage, Scheme, Sex, Status
from desktop.domain.plan import (
    Chance,
    Dies,
    Enrols,
    Moves,
    Plan,
    PlannedPremium,
    Recurring,
    Retires,
    Rhythm,
    Risk,
    Scenario,
)
from desktop.domain.premium import PremiumPayment, Refund
from desktop.usecases.changes import Change, Refused, free_id
from desktop.usecases.plan_items import (
    add_expected,
    add_life,
    add_recurring,
    change_expected,
    change_life,
    change_recurring,
    drop_premium,
    event_words,
    expected_of,
    last_year_again,
    own_plan,
    plan_of,
    recurring_of,
    remove_expected,
    remove_life,
    remove_recurring,
    set_illness,
    set_premium,
    set_wage_growth,
)
from tests.families import CHANGSHA, bound, charged, family, resident, visit, worker

DAY = date(2026, 11, 21)
LATER = date(2027, 3, 1)
MUM = replace(resident("mum"), born=date(1958, 3, 14), sex=Sex.FEMALE)
BASE = replace(family(worker("me"), MUM, bindings=(bound("me", "mum"),)), as_of=DAY, plan=Plan(), holder="me")
STAY = replace(visit("stay", LATER, "mum"), setting=Setting.INPATIENT, charges=charged(8000, own=200))
BILL = Recurring(STAY, Rhythm.YEAR)


def done(outcome: Change | Refused) -> Change:
    assert isinstance(outcome, Change)
    return outcome


def places(outcome: Change | Refused) -> list[str]:
    assert isinstance(outcome, Refused)
    return [one.place for one in outcome.faults]


# ------------------------------------------------------------------------------------------------ the plan


def test_a_family_without_a_plan_is_given_one_that_equals_last_year() -> None:
    before = replace(BASE, plan=None, events=(replace(STAY, on=date(2026, 5, 26)),))
    change = own_plan(before)
    assert change.step == "改成自己的预计"
    assert change.family.plan == plan_of(before)
    assert len(plan_of(change.family).recurring) == 1


def test_the_first_item_keeps_what_last_year_had() -> None:
    before = replace(BASE, plan=None, events=(replace(STAY, on=date(2026, 5, 26)),))
    after = done(add_recurring(before, BILL)).family
    assert len(plan_of(after).recurring) == 2


def test_a_plan_may_be_given_up_for_last_year_once_more() -> None:
    change = last_year_again(BASE)
    assert change.family.plan is None
    assert change.step == "预计恢复为照去年一样"


# ------------------------------------------------------------------------------------------------- bills


def test_a_bill_is_added_under_an_id_that_nothing_else_has() -> None:
    first = done(add_recurring(BASE, BILL))
    second = done(add_recurring(first.family, BILL))
    assert first.step == "添加母亲的住院预计"
    assert first.about != second.about
    assert [one.visit.id for one in plan_of(second.family).recurring] == [first.about, second.about]
    assert recurring_of(plan_of(second.family), second.about).visit.patient == "mum"


def test_a_changed_bill_keeps_its_id_and_place() -> None:
    one = done(add_recurring(BASE, BILL))
    two = done(add_recurring(one.family, BILL))
    change = done(change_recurring(two.family, one.about, replace(BILL, every=Rhythm.MONTH)))
    assert change.step == "改动母亲的住院预计"
    assert [(item.visit.id, item.every) for item in plan_of(change.family).recurring] == [
        (one.about, Rhythm.MONTH),
        (two.about, Rhythm.YEAR),
    ]


def test_a_removed_bill_is_gone_and_the_others_stay() -> None:
    one = done(add_recurring(BASE, BILL))
    two = done(add_recurring(one.family, BILL))
    change = remove_recurring(two.family, one.about)
    assert change.step == "删去母亲的住院预计"
    assert [item.visit.id for item in plan_of(change.family).recurring] == [two.about]


def test_an_unknown_bill_or_event_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        recurring_of(Plan(), "none")
    with pytest.raises(KeyError):
        expected_of(Plan(), "none")


@pytest.mark.parametrize(
    ("item", "place"),
    [
        (replace(BILL, visit=replace(STAY, patient="nobody")), "patient"),
        (replace(BILL, visit=replace(STAY, charges=charged(0))), "total_fee"),
        (replace(BILL, visit=replace(STAY, charges=charged(100, own=200))), "total_fee"),
        (replace(BILL, visit=replace(STAY, charges=charged(100, fund=200))), "fund_paid"),
        (replace(BILL, until=date(2027, 2, 1)), "until"),
        (replace(BILL, visit=replace(STAY, on=date(2026, 1, 1)), until=date(2026, 11, 30)), "until"),
        (replace(BILL, visit=replace(STAY, on=date(2200, 1, 1))), "since"),
        (replace(BILL, chance=Chance(Decimal("1.01"))), "happens"),
        (replace(BILL, chance=Chance(Decimal("-0.01"))), "happens"),
        (replace(BILL, chance=Chance(spread=Decimal(11))), "spread"),
        (replace(BILL, visit=replace(STAY, note="住" * 101)), "note"),
        (replace(BILL, chance=Chance(Decimal("0.3333333"))), "happens"),
    ],
)
def test_a_bill_that_makes_no_sense_is_refused_at_its_field(item: Recurring, place: str) -> None:
    assert places(add_recurring(BASE, item)) == [place]
    known = done(add_recurring(BASE, BILL))
    assert places(change_recurring(known.family, known.about, item)) == [place]


def test_a_bill_may_be_said_how_sure_it_is() -> None:
    sure = replace(BILL, chance=Chance(Decimal("0.8"), Decimal("0.3")))
    after = done(add_recurring(BASE, sure)).family
    assert plan_of(after).recurring[0].chance == sure.chance


# ----------------------------------------------------------------------------------------- single events


def test_a_single_event_is_added_changed_and_removed() -> None:
    added = done(add_expected(BASE, STAY))
    assert added.step == "添加母亲的住院预计"
    dearer = replace(STAY, charges=charged(9000))
    changed = done(change_expected(added.family, added.about, dearer))
    assert expected_of(plan_of(changed.family), added.about) == replace(dearer, id=added.about)
    assert plan_of(remove_expected(changed.family, added.about).family).expected == ()


def test_with_an_event_goes_what_takes_it_back() -> None:
    added = done(add_expected(BASE, STAY))
    other = done(add_expected(added.family, STAY))
    refund = Refund("back", date(2027, 4, 1), added.about)
    plan = plan_of(other.family)
    held = replace(other.family, plan=replace(plan, expected=(*plan.expected, refund)))
    assert [one.id for one in plan_of(remove_expected(held, added.about).family).expected] == [other.about]
    gone = remove_expected(held, "back")
    assert gone.step == "删去一笔退费预计"


def test_a_day_before_the_planned_months_is_refused() -> None:
    early = replace(STAY, on=date(2026, 11, 30))
    assert places(add_expected(BASE, early)) == ["since"]
    known = done(add_expected(BASE, STAY))
    assert places(change_expected(known.family, known.about, early)) == ["since"]
    assert places(add_expected(BASE, replace(STAY, on=date(2101, 1, 1)))) == ["since"]


def test_a_premium_may_be_expected_on_one_day() -> None:
    premium = PremiumPayment("", LATER, "mum", 2027)
    assert done(add_expected(BASE, premium)).step == "添加母亲的保费预计"
    assert event_words(BASE, premium) == "母亲的保费"


# --------------------------------------------------------------------------------------------- premiums


def test_a_person_has_one_planned_premium() -> None:
    first = done(set_premium(BASE, PlannedPremium("mum", "me")))
    second = done(set_premium(first.family, PlannedPremium("mum", None)))
    assert (first.step, second.step) == ("添加母亲的保费预计", "改动母亲的保费预计")
    assert plan_of(second.family).premiums == (PlannedPremium("mum", None),)
    dropped = drop_premium(second.family, "mum")
    assert dropped.step == "删去母亲的保费预计"
    assert plan_of(dropped.family).premiums == ()


@pytest.mark.parametrize(
    ("premium", "place"),
    [
        (PlannedPremium("nobody", None), "insured"),
        (PlannedPremium("mum", "mum"), "paid_from"),
        (PlannedPremium("mum", "nobody"), "paid_from"),
    ],
)
def test_a_premium_without_a_person_or_an_account_is_refused(premium: PlannedPremium, place: str) -> None:
    assert places(set_premium(BASE, premium)) == [place]


# ------------------------------------------------------------------------------------------ life, wages


def test_a_change_in_life_is_added_changed_and_removed() -> None:
    retires = Retires("me", date(2030, 5, 1))
    added = done(add_life(BASE, retires))
    assert added.step == "添加本人退休"
    later = replace(retires, on=date(2033, 5, 1))
    changed = done(change_life(added.family, retires, later))
    assert changed.step == "改动本人退休"
    assert plan_of(changed.family).life == (later,)
    removed = remove_life(changed.family, later)
    assert removed.step == "删去本人退休"
    assert plan_of(removed.family).life == ()


def test_every_change_in_life_has_its_gentle_words() -> None:
    works = Enrols("mum", LATER, Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA)
    otherwise = Enrols("mum", LATER, Scheme.RESIDENT, Status.ACTIVE, CHANGSHA)
    events = (Moves("mum", LATER, CHANGSHA), Dies("mum", LATER), works, otherwise)
    assert [done(add_life(BASE, one)).step for one in events] == [
        "添加母亲迁居",
        "添加母亲身故",
        "添加母亲参加工作",
        "添加母亲换险种",
    ]


def test_nobody_dies_twice_in_one_plan() -> None:
    dies = Dies("mum", LATER)
    known = done(add_life(BASE, dies)).family
    sooner = replace(dies, on=date(2040, 1, 1))
    assert places(add_life(known, sooner)) == ["person"]
    assert plan_of(done(change_life(known, dies, sooner)).family).life == (sooner,)
    with_me = done(add_life(known, Dies("me", LATER))).family
    assert places(change_life(with_me, Dies("me", LATER), sooner)) == ["person"]


def test_what_is_planned_no_more_is_left_out_no_more() -> None:
    added = done(add_recurring(replace(BASE, scenarios=(Scenario("空的"),)), BILL))
    bill = added.about
    lean = Scenario("甲", leaves_out=(bill, "premium-mum", "again-v1"))
    own = Scenario("自己的", plan=plan_of(added.family), leaves_out=(bill,))
    gone = remove_recurring(replace(added.family, scenarios=(lean, own)), bill).family
    assert [one.leaves_out for one in gone.scenarios] == [("premium-mum",), (bill,)]
    as_last_year = replace(BASE, plan=None, scenarios=(lean,))
    assert last_year_again(as_last_year).family.scenarios == (lean,)


def test_an_id_of_what_a_scenario_adds_is_not_given_away() -> None:
    first = free_id(BASE, "plan")
    taken = Scenario("甲", recurring=(replace(BILL, visit=replace(BILL.visit, id=first)),))
    risky = replace(plan_of(BASE), risks=(Risk(replace(BILL.visit, id="plan-2"), Decimal(1)),))
    assert free_id(replace(BASE, plan=risky, scenarios=(taken,)), "plan") == "plan-3"


def test_a_change_in_life_that_makes_no_sense_is_refused() -> None:
    retires = Retires("me", LATER)
    known = done(add_life(BASE, retires)).family
    assert places(add_life(BASE, Retires("nobody", LATER))) == ["person"]
    assert places(add_life(BASE, Retires("me", DAY))) == ["since"]
    assert places(add_life(BASE, Retires("me", date(2200, 1, 1)))) == ["since"]
    assert places(add_life(BASE, Retires("mum", LATER))) == ["person"]
    assert places(add_life(known, retires)) == ["since"]
    assert places(change_life(known, retires, Retires("nobody", LATER))) == ["person"]
    assert done(change_life(known, retires, retires)).family == known


def test_who_begins_to_work_may_retire_later() -> None:
    works = Enrols("mum", LATER, Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA)
    working = done(add_life(BASE, works)).family
    assert isinstance(add_life(working, Retires("mum", date(2040, 1, 1))), Change)


def test_who_is_retired_or_insured_nowhere_does_not_retire() -> None:
    retired = Coverage(Scheme.EMPLOYEE, Status.RETIRED, CHANGSHA, date(2010, 1, 1))
    people = (BASE.people[0], replace(MUM, coverage=(retired,)))
    assert places(add_life(replace(BASE, people=people), Retires("mum", LATER))) == ["person"]
    people = (BASE.people[0], replace(MUM, coverage=()))
    assert places(add_life(replace(BASE, people=people), Retires("mum", LATER))) == ["person"]


@pytest.mark.parametrize(
    ("ratio", "fits"), [("0.03", True), ("-0.5", True), ("1.01", False), ("-0.51", False)]
)
def test_wages_grow_within_reason(ratio: str, fits: bool) -> None:
    outcome = set_wage_growth(BASE, Decimal(ratio))
    if fits:
        assert plan_of(done(outcome).family).wage_growth == Decimal(ratio)
    else:
        assert places(outcome) == ["wage_growth"]


@pytest.mark.parametrize("factor", ["0", "1.5", "5"])
def test_more_or_less_unplanned_illness_is_reckoned_with(factor: str) -> None:
    assert plan_of(done(set_illness(BASE, Decimal(factor))).family).illness == Decimal(factor)


@pytest.mark.parametrize("factor", ["5.1", "-0.1"])
def test_unplanned_illness_stays_within_reason(factor: str) -> None:
    assert places(set_illness(BASE, Decimal(factor))) == ["illness"]


def test_an_id_is_free_in_plans_and_scenarios_too() -> None:
    added = done(add_expected(BASE, STAY))
    again = done(add_expected(added.family, STAY))
    assert added.about != again.about
