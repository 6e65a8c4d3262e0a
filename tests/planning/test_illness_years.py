"""年岁。Unplanned illness over the years: who grows older, moves, is insured or no longer planned for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.domain.care import Setting, Visit
from desktop.domain.people import Scheme, Status
from desktop.domain.plan import Dies, Enrols, Moves, Plan, Risk
from desktop.planning.script import script
from tests.families import (
    CHANGSHA,
    ZHUZHOU,
    bound,
    charged,
    family,
    resident,
    shipped,
    visit,
    worker,
)

if TYPE_CHECKING:
    from desktop.domain.family import Family
    from desktop.domain.people import Person
    from desktop.planning.script import Script

TODAY, UNTIL = date(2025, 12, 31), date(2030, 12, 1)
STAY = Setting.INPATIENT
MUM = replace(resident(), born=date(1957, 6, 1))  # 70 in June 2027


def home(*people: Person, plan: Plan | None = None) -> Family:
    return family(worker(), *(people or (MUM,)), bindings=(bound(),), as_of=TODAY, plan=plan or Plan())


def ahead(ours: Family, until: date = UNTIL) -> Script:
    return script(ours, shipped(), "me", until)


def stays(of: Script, who: str = "mum") -> list[Visit]:
    return [
        event
        for event in of.family.events
        if isinstance(event, Visit) and (event.patient, event.setting) == (who, STAY)
    ]


def a_year(of: Script, who: str = "mum") -> dict[int, Decimal]:
    """How many stays are expected of someone in each year, as drawn."""
    usual = {one.name: one.times for one in of.unplanned}
    sums: dict[int, Decimal] = {}
    for one in stays(of, who):
        name, _ = of.may_come[one.id]
        sums[one.on.year] = sums.get(one.on.year, Decimal(0)) + usual[name]
    return sums


def test_that_who_grows_older_falls_ill_by_the_age_of_each_year() -> None:
    younger, older = Decimal("0.20"), Decimal("0.29")
    expected = {2026: younger, 2027: younger, 2028: older, 2029: older, 2030: older}
    assert a_year(ahead(home())) == expected


def test_that_what_stays_as_usual_is_one_kind_of_illness() -> None:
    of = ahead(home(replace(resident(), born=date(1990, 1, 1))))
    assert len([one for one in of.unplanned if one.source.person == "mum"]) == 2
    assert of.times["unplanned-mum-inpatient"] == len(stays(of)) == 5


def test_that_a_longer_look_ahead_has_the_same_bills_and_draws_first() -> None:
    short, long = ahead(home(), date(2028, 6, 1)), ahead(home())
    begins = [(one, short.may_come[one.id]) for one in stays(short)]
    assert begins == [(one, long.may_come[one.id]) for one in stays(long)][: len(begins)]


def test_that_who_is_insured_later_falls_ill_from_the_next_january_on() -> None:
    kid = replace(resident("kid"), coverage=())
    enrols = Enrols("kid", date(2027, 9, 1), Scheme.RESIDENT, Status.ACTIVE, CHANGSHA)
    of = ahead(home(MUM, kid, plan=Plan(life=(enrols,))))
    assert min(one.on.year for one in stays(of, "kid")) == 2028


def test_that_who_moves_goes_to_hospital_there_with_the_same_draws() -> None:
    of = ahead(home(replace(MUM, born=None), plan=Plan(life=(Moves("mum", date(2027, 5, 1), ZHUZHOU),))))
    assert [one.provider.area for one in stays(of)] == [CHANGSHA] * 2 + [ZHUZHOU] * 3
    assert {of.may_come[one.id][0] for one in stays(of)} == {"unplanned-mum-inpatient"}


def test_that_nobody_falls_ill_after_death() -> None:
    of = ahead(home(plan=Plan(life=(Dies("mum", date(2028, 1, 20)),))))
    assert max(one.on for one in stays(of)) <= date(2028, 1, 20)


def test_that_a_stay_planned_once_stands_for_the_unplanned_ones_of_a_year_only() -> None:
    planned = visit("stay", date(2026, 6, 1), charges=charged(5000), setting=STAY)
    of = ahead(home(plan=Plan(expected=(planned,))))
    unplanned = {one.on.year for one in stays(of) if one.id != "stay"}
    assert unplanned == {2027, 2028, 2029, 2030}


def test_that_what_a_receipt_says_the_fund_pays_is_so_of_a_larger_bill_too() -> None:
    """More than once a quarter is one larger bill; no rule of the packs is asked for its fund part."""
    clinic = visit("risk", TODAY, charges=charged(100, fund=40), setting=Setting.CHRONIC)
    of = ahead(home(plan=Plan(risks=(Risk(clinic, Decimal(8)),))))
    bills = of.odds["risk"].bills
    assert bills.fund_paid is not None
    assert (int(bills.total_fee[0]), int(bills.fund_paid[0])) == (20_000, 8_000)


def test_that_a_risk_of_the_plans_own_begins_on_its_day_and_never_ages() -> None:
    own = Risk(visit("risk", date(2027, 3, 20), charges=charged(5000), setting=STAY), Decimal(1))
    of = ahead(home(plan=Plan(risks=(own,))))
    assert min(one.on for one in stays(of)) > date(2027, 3, 20)
    assert {of.may_come[one.id][0] for one in stays(of)} == {"risk"}
