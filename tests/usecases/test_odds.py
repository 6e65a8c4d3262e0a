"""看病的估计。What is reckoned of whom, whose word it is, and how a person says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desktop.domain.binding import Relation
from desktop.domain.care import Setting
from desktop.domain.people import Sex
from desktop.domain.plan import Chance, Plan, Recurring, Rhythm
from desktop.policy.book import Book
from desktop.usecases.changes import Change, Refused
from desktop.usecases.odds import (
    Odd,
    Origin,
    RiskEntry,
    forget_chance,
    forget_risk,
    odds,
    set_chance,
    set_illness,
    set_risk,
    usual_chance,
)
from tests.families import bound, charged, family, hospital, resident, shipped, visit, worker, yuan

if TYPE_CHECKING:
    from desktop.domain.family import Family

FIRST = date(2026, 1, 1)
STAY, CLINIC = Setting.INPATIENT, Setting.OUTPATIENT
MUM = replace(resident(), sex=Sex.FEMALE, born=date(1955, 6, 1))
DRUGS = Recurring(visit("r1", FIRST, charges=charged(300), setting=Setting.PHARMACY), Rhythm.MONTH)
ENTRY = RiskEntry(Decimal(2), yuan(9000), Decimal("0.5"))


def home(*recurring: Recurring) -> Family:
    return family(worker(), MUM, bindings=(bound(),), plan=Plan(recurring=recurring))


def done(change: Change | Refused) -> Change:
    assert isinstance(change, Change)
    return change


def odd(ours: Family, setting: Setting = STAY, who: str = "mum") -> Odd:
    [one] = [one for one in odds(ours, shipped()) if (one.person, one.setting) == (who, setting)]
    return one


def test_that_everyone_is_listed_with_what_nobody_plans_and_then_with_their_bills() -> None:
    listed = odds(home(DRUGS), shipped())
    assert [(one.who, one.setting, one.recurring) for one in listed] == [
        ("本人", CLINIC, ""),
        ("本人", STAY, ""),
        ("母亲", CLINIC, ""),
        ("母亲", STAY, ""),
        ("母亲", Setting.PHARMACY, "r1"),
    ]
    assert all(one.origin is Origin.USUAL and one.because is not None for one in listed)
    bill = listed[-1]
    assert (bill.a_year, bill.fee, bill.happens, bill.spread) == (
        Decimal(12),
        yuan(300),
        Decimal("0.95"),
        Decimal("0.20"),
    )


def test_that_what_is_usual_of_a_bill_does_not_hear_what_it_says_itself() -> None:
    unsure = replace(DRUGS, chance=Chance(Decimal("0.1")))
    assert usual_chance(home(unsure), shipped(), unsure) == Chance(Decimal("0.95"), Decimal("0.20"))


def test_that_the_plans_factor_changes_nothing_of_what_is_listed() -> None:
    ours = home()
    assert odds(done(set_illness(ours, Decimal(3))).family, shipped()) == odds(ours, shipped())


def test_that_ones_own_word_holds_and_keeps_how_a_bill_is_made_up() -> None:
    ours = home()
    change = done(set_risk(ours, shipped(), "mum", STAY, ENTRY))
    assert (change.step, change.about) == ("改动母亲的住院估计", "mum")
    said = odd(change.family)
    assert (said.a_year, said.fee, said.spread, said.origin, said.because) == (
        Decimal(2),
        yuan(9000),
        Decimal("0.5"),
        Origin.STATED,
        None,
    )
    assert change.family.plan is not None
    [risk] = change.family.plan.risks
    assert risk.visit.charges == charged(9000, own=900, upfront=450)
    assert (risk.visit.id, risk.visit.on) == ("plan-1", FIRST)


def test_that_a_word_said_twice_replaces_the_first_and_stays_where_it_was() -> None:
    once = done(set_risk(home(), shipped(), "mum", STAY, ENTRY)).family
    assert once.plan is not None
    far = replace(once.plan.risks[0], visit=replace(once.plan.risks[0].visit, provider=hospital()))
    there = replace(once, plan=replace(once.plan, risks=(far,)))
    both = done(set_risk(there, shipped(), "mum", CLINIC, ENTRY)).family
    again = done(set_risk(both, shipped(), "mum", STAY, replace(ENTRY, a_year=Decimal(0)))).family
    assert again.plan is not None
    assert [(one.visit.id, one.visit.setting, one.a_year) for one in again.plan.risks] == [
        ("plan-2", CLINIC, Decimal(2)),
        ("plan-1", STAY, Decimal(0)),
    ]
    assert again.plan.risks[1].visit.provider == hospital()


def test_that_a_word_taken_back_leaves_it_to_records_and_age() -> None:
    ours = home()
    said = done(set_risk(ours, shipped(), "mum", STAY, ENTRY)).family
    back = forget_risk(said, "mum", STAY)
    assert (back.step, back.about, back.family) == ("恢复母亲的住院估计", "mum", ours)


def test_that_a_family_without_a_plan_keeps_what_it_expected() -> None:
    ours = replace(home(), plan=None, events=(visit("v1", date(2025, 6, 1)),))
    after = done(set_risk(ours, shipped(), "mum", STAY, ENTRY)).family
    assert after.plan is not None
    assert [one.visit.id for one in after.plan.recurring] == ["again-v1"]
    assert [one.recurring for one in odds(ours, shipped()) if one.recurring] == ["again-v1"]


@pytest.mark.parametrize(
    ("setting", "entry", "places"),
    [
        (Setting.PHARMACY, ENTRY, ["setting"]),
        (STAY, replace(ENTRY, a_year=Decimal(-1)), ["a_year"]),
        (STAY, replace(ENTRY, a_year=Decimal(367)), ["a_year"]),
        (STAY, replace(ENTRY, fee=yuan(0)), ["fee"]),
        (STAY, replace(ENTRY, spread=Decimal(11)), ["spread"]),
        (
            Setting.CHRONIC,
            RiskEntry(Decimal(-1), yuan(-1), Decimal(-1)),
            ["setting", "a_year", "fee", "spread"],
        ),
    ],
)
def test_that_nonsense_is_refused_with_its_field(
    setting: Setting, entry: RiskEntry, places: list[str]
) -> None:
    refused = set_risk(home(), shipped(), "mum", setting, entry)
    assert isinstance(refused, Refused)
    assert [one.place for one in refused.faults] == places
    assert not any(set("abcdefghijklmnopqrstuvwxyz") & set(one.what) for one in refused.faults)


def test_that_packs_that_know_nothing_of_illness_list_bills_alone_and_take_no_word() -> None:
    ours = home(DRUGS)
    [bill] = odds(ours, Book([]))
    assert (bill.recurring, bill.because) == ("r1", None)
    assert (bill.happens, bill.spread) == (Decimal(1), Decimal(0))
    refused = set_risk(ours, Book([]), "mum", STAY, ENTRY)
    assert isinstance(refused, Refused)
    assert refused.faults[0].place == ""


def test_that_a_chance_is_set_and_taken_back() -> None:
    ours = home(DRUGS)
    change = done(set_chance(ours, "r1", Decimal("0.5"), Decimal("0.4")))
    assert (change.step, change.about) == ("改动母亲的药店购药预计", "r1")
    assert change.family.plan is not None
    assert change.family.plan.recurring[0].chance == Chance(Decimal("0.5"), Decimal("0.4"))
    said = odd(change.family, Setting.PHARMACY)
    assert (said.happens, said.spread, said.origin) == (Decimal("0.5"), Decimal("0.4"), Origin.STATED)
    assert done(forget_chance(change.family, "r1")).family == ours


def test_that_a_chance_beyond_sure_is_refused() -> None:
    refused = set_chance(home(DRUGS), "r1", Decimal("1.1"), Decimal(0))
    assert isinstance(refused, Refused)
    assert [one.place for one in refused.faults] == ["happens"]
    with pytest.raises(KeyError):
        set_chance(home(), "r1", Decimal(1), Decimal(0))


def test_that_a_relative_is_called_by_what_they_are() -> None:
    dad = replace(resident("dad"), sex=Sex.MALE, relation=Relation.PARENT_IN_LAW)
    ours = family(replace(worker(), sex=Sex.MALE), dad, plan=Plan())
    assert {one.who for one in odds(ours, shipped())} == {"本人", "岳父"}
