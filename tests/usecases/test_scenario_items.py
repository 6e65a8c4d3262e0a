"""方案的内容测试。What a scenario does otherwise, as sentences put in and taken out, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.binding import Channel, Relation
from desktop.domain.care import Setting
from desktop.domain.matter import Death, Retirement
from desktop.domain.people import Sex
from desktop.domain.plan import (
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
from desktop.usecases.bindings import BindingEntry
from desktop.usecases.changes import Refused, free_id
from desktop.usecases.review import review
from desktop.usecases.scenario_items import (
    Kind,
    Row,
    as_if,
    bill_in,
    bill_otherwise,
    end,
    happen,
    leave_out,
    open_bills,
    open_bindings,
    pay_premium,
    rows_of,
    suppose,
    switch,
    with_matter,
    without,
)
from tests.families import bound, charged, family, resident, shipped, visit, worker, yuan

DAY, LATER = date(2026, 11, 21), date(2026, 12, 1)
MUM = replace(resident("mum"), sex=Sex.FEMALE)
BROTHER = replace(worker("bro", 9000), sex=Sex.MALE, relation=Relation.SIBLING)
STAY = visit("stay", date(2027, 5, 1), "mum", charged(8000), setting=Setting.INPATIENT)
KNEE = replace(STAY, id="knee", on=date(2027, 6, 1))
BASE = replace(
    family(worker("me"), MUM, BROTHER, bindings=(bound("me", "mum"),), as_of=DAY),
    plan=Plan(
        recurring=(Recurring(STAY, Rhythm.YEAR),), expected=(KNEE,), premiums=(PlannedPremium("mum", "me"),)
    ),
    holder="me",
)
BLANK = Scenario("改由兄弟支付")
PREMIUM = RuleChange("premium.personal", date(2027, 1, 1), Decimal(500))


def entry(
    payer: str = "bro", beneficiary: str = "mum", since: date = LATER, until: date | None = None
) -> BindingEntry:
    return BindingEntry(payer, beneficiary, Relation.PARENT, Channel.IN_PROVINCE, since, until)


def switched(scenario: Scenario = BLANK, wanted: BindingEntry | None = None) -> Scenario:
    made = switch(BASE, scenario, wanted or entry())
    assert isinstance(made, Scenario)
    return made


def ended(binding: str = "me-mum", on: date = DAY) -> Scenario:
    made = end(BASE, BLANK, binding, on)
    assert isinstance(made, Scenario)
    return made


def places(outcome: Scenario | Refused) -> list[str]:
    assert isinstance(outcome, Refused)
    return [one.place for one in outcome.faults]


def rows(scenario: Scenario) -> tuple[Row, ...]:
    return rows_of(review(BASE, shipped()), scenario)


def said(scenario: Scenario) -> list[str]:
    return [one.says for one in rows(scenario)]


# --------------------------------------------------------------------------------------- who pays instead


def test_another_pays_from_a_day_and_who_paid_is_unbound_on_the_day_before() -> None:
    made = switched()
    assert made.ends == {"me-mum": date(2026, 11, 30)}
    assert [(one.payer, one.beneficiary, one.since) for one in made.bindings] == [("bro", "mum", LATER)]
    assert said(made) == ["2026-12-01 起，母亲改由兄弟支付"]


def test_who_has_nobody_yet_is_paid_for_without_any_ending() -> None:
    made = switched(wanted=entry("bro", "me"))
    assert made.ends == {}
    assert said(made) == ["2026-12-01 起，本人由兄弟支付"]


def test_a_binding_that_begins_later_is_not_ended_before_it_began() -> None:
    same_day = replace(BASE, bindings=(bound("me", "mum", LATER),))
    made = switch(same_day, BLANK, entry())
    assert isinstance(made, Scenario)
    assert made.ends == {}


def test_one_who_pays_beside_another_may_pay_alone() -> None:
    both = replace(BASE, bindings=(bound("me", "mum"), bound("bro", "mum")))
    made = switch(both, BLANK, entry())
    assert isinstance(made, Scenario)
    assert set(made.ends) == {"me-mum", "bro-mum"}


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        (entry("bro", "bro"), "beneficiary"),
        (entry("mum", "bro"), "payer"),
        (entry("me", "mum"), "payer"),
        (entry(since=DAY), "since"),
        (entry(until=date(2026, 11, 30)), "until"),
    ],
)
def test_a_switch_that_makes_no_sense_is_refused_at_its_field(wanted: BindingEntry, place: str) -> None:
    assert places(switch(BASE, BLANK, wanted)) == [place]


def test_the_same_person_is_not_switched_twice() -> None:
    assert places(switch(BASE, switched(), entry())) == ["beneficiary"]


def test_a_switch_taken_out_takes_its_endings_along() -> None:
    made = switched()
    assert without(BASE, made, rows(made)[0]) == BLANK


def test_the_ids_of_two_switches_differ_and_from_the_familys() -> None:
    made = switched(switched(), entry("bro", "me"))
    ids = [one.id for one in made.bindings]
    assert len(set(ids)) == 2
    held = replace(BASE, scenarios=(made,))
    assert free_id(held, "binding", LATER) not in ids


# ------------------------------------------------------------------------------------------------- endings


def test_a_binding_is_ended_and_kept_again() -> None:
    made = ended()
    assert said(made) == ["2026-11-21 解除本人与母亲的绑定"]
    assert open_bindings(BASE, made) == ()
    assert without(BASE, made, rows(made)[0]) == BLANK


def test_an_ending_in_the_past_or_before_the_beginning_is_refused() -> None:
    assert places(end(BASE, BLANK, "me-mum", date(2026, 11, 20))) == ["until"]
    assert places(end(BASE, BLANK, "me-mum", date(2025, 1, 1))) == ["until", "until"]


def test_what_is_over_is_not_offered_to_be_ended() -> None:
    over = bound("me", "bro", until=date(2026, 1, 1), relation=Relation.SIBLING)
    both = replace(BASE, bindings=(*BASE.bindings, over))
    assert [one.id for one in open_bindings(both, BLANK)] == ["me-mum"]


# ---------------------------------------------------------------------------------------- what is planned


def test_a_premium_is_paid_from_elsewhere_once_for_each_person() -> None:
    cash = pay_premium(BLANK, PlannedPremium("mum", None))
    other = pay_premium(cash, PlannedPremium("mum", "bro"))
    assert said(cash) == ["母亲的保费改付现金"]
    assert said(other) == ["母亲的保费改从兄弟的账户付"]
    assert without(BASE, other, rows(other)[0]) == BLANK


def test_a_planned_bill_is_left_out_and_no_longer_offered() -> None:
    assert open_bills(BASE, BLANK) == (
        ("stay", "每年母亲的住院 8,000.00"),
        ("knee", "2027-06-01 母亲的住院"),
    )
    made = leave_out(leave_out(BLANK, "stay"), "stay")
    assert said(made) == ["不再预计每年母亲的住院 8,000.00"]
    assert [name for name, _ in open_bills(BASE, made)] == ["knee"]
    assert open_bills(BASE, made, recurring=True) == ()
    assert without(BASE, made, rows(made)[0]) == BLANK


def test_a_premium_and_an_unplanned_illness_left_out_are_called_by_their_words() -> None:
    flu = Risk(replace(STAY, id="flu"), Decimal(1))
    planned = replace(BASE, plan=Plan(premiums=(PlannedPremium("mum", "me"),), risks=(flu,)))
    made = leave_out(leave_out(BLANK, "premium-mum"), "flu")
    assert [one.says for one in rows_of(review(planned, shipped()), made)] == [
        "不再预计母亲的保费",
        "不再预计计划外的母亲的住院",
    ]


def test_what_was_left_out_and_is_no_longer_planned_is_named_by_its_id() -> None:
    assert said(leave_out(BLANK, "gone")) == ["不再预计编号 gone 的一笔（预计里已经没有）"]


def test_a_bill_is_expected_otherwise() -> None:
    dearer = Recurring(replace(STAY, charges=charged(9000)), Rhythm.YEAR)
    made = bill_otherwise(bill_otherwise(BLANK, dearer), dearer)
    assert said(made) == ["母亲的住院改按每次 9,000.00 预计"]
    assert bill_in(BASE, made, "stay") == dearer
    assert bill_in(BASE, BLANK, "stay").visit.charges.total_fee == yuan(8000)
    assert without(BASE, made, rows(made)[0]) == BLANK


def test_events_of_a_document_are_told_and_taken_out() -> None:
    made = replace(BLANK, events=(KNEE, Refund("back", date(2027, 7, 1), "knee")))
    assert said(made) == ["2027-06-01 多一笔母亲的住院", "2027-07-01 多一笔退费"]
    assert without(BASE, made, rows(made)[1]).events == (KNEE,)


def test_a_change_in_life_is_laid_over() -> None:
    made = happen(BLANK, Retires("me", date(2030, 1, 1)))
    assert said(made) == ["2030-01-01 本人退休"]
    assert without(BASE, made, rows(made)[0]) == BLANK


def test_a_plan_of_its_own_is_told_and_its_bills_are_offered() -> None:
    made = replace(BLANK, plan=Plan(recurring=(Recurring(replace(STAY, id="own"), Rhythm.MONTH),)))
    assert said(made) == ["用方案自己的一份预计：1 笔反复的账单，0 件单次的事，0 人的保费"]
    assert open_bills(BASE, made) == (("own", "每月母亲的住院 8,000.00"),)
    assert bill_in(BASE, made, "own").every is Rhythm.MONTH
    assert without(BASE, made, rows(made)[0]) == BLANK


# ------------------------------------------------------------------------------------------------- rules


def test_a_matter_stands_under_an_id_of_its_own_and_is_put_in_its_own_place() -> None:
    made = with_matter(BASE, BLANK, Retirement("", LATER, "me"))
    assert not isinstance(made, Refused)
    scenario, retired = made
    assert retired.id == free_id(BASE, "matter", LATER)
    told = rows_of(review(BASE, shipped()), scenario)
    assert [(one.kind, one.says) for one in told] == [(Kind.EVENT, "2026-12-01 本人办理退休")]
    again = with_matter(BASE, replace(scenario, events=(KNEE, retired)), replace(retired, pays_up=False))
    assert not isinstance(again, Refused)
    assert again[0].events == (KNEE, replace(retired, pays_up=False))
    assert without(BASE, scenario, told[0]) == BLANK


def test_a_matter_that_lies_behind_or_cannot_be_is_refused() -> None:
    for wrong, place in (
        (Retirement("", DAY, "me"), "on"),
        (Retirement("", date(2101, 1, 1), "me"), "on"),
        (Death("", LATER, "nobody"), "person"),
    ):
        refused = with_matter(BASE, BLANK, wrong)
        assert isinstance(refused, Refused)
        assert [one.place for one in refused.faults] == [place]


def test_a_rule_is_supposed_once_for_each_day() -> None:
    made = suppose(suppose(BLANK, PREMIUM), replace(PREMIUM, value=Decimal(450)))
    assert said(made) == ["2027-01-01 起，假设居民医保个人缴费标准为 450.00 元/年（按规则包 400.00 元/年）"]
    assert rows(made)[0].kind is Kind.RULE
    assert without(BASE, made, rows(made)[0]) == BLANK


def test_only_the_sentence_meant_is_taken_out() -> None:
    made = suppose(happen(leave_out(switched(), "stay"), Retires("me", date(2030, 1, 1))), PREMIUM)
    assert len(rows(made)) == 4
    for place, row in enumerate(rows(made)):
        left = [one.says for one in rows(made)]
        left.pop(place)
        assert said(without(BASE, made, row)) == left


def test_a_scenario_is_tried_on_the_family() -> None:
    tried = as_if(BASE, switched())
    assert [one.payer for one in tried.bindings if one.holds_on(LATER)] == ["bro"]
