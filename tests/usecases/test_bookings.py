"""记账测试。What is booked, reversed, mended or deleted, and what makes no sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.domain.care import Setting, Visit
from desktop.domain.money import Money
from desktop.domain.plan import Plan, Scenario
from desktop.domain.premium import PremiumPayment, Refund, RefundGround
from desktop.usecases.bookings import book_visit, delete_event, edit_event, pay_premium, reverse_event
from desktop.usecases.changes import Change, Refused
from desktop.usecases.settle_family import settle_family
from desktop.usecases.try_visit import AccountChange, try_change, try_premium, try_visit
from tests.families import (
    bound,
    charged,
    family,
    hospital,
    resident,
    shipped,
    visit,
    with_events,
    worker,
    yuan,
)

if TYPE_CHECKING:
    from desktop.domain.event import Event
    from desktop.domain.family import Family

ON = date(2025, 3, 1)
BOUGHT = visit("bought", ON, setting=Setting.PHARMACY)
PAID = PremiumPayment("paid", date(2025, 10, 9), "mum", 2026, yuan(400), "me")
BACK = Refund("back", date(2025, 4, 1), "bought")
OURS = family(worker(), resident(), bindings=(bound(),), events=(BOUGHT, PAID))


def made(result: Change | Refused) -> Change:
    assert isinstance(result, Change)
    return result


def places(result: Change | Refused) -> list[str]:
    assert isinstance(result, Refused)
    return [fault.place for fault in result.faults]


def event(of: Family, name: str) -> Event:
    return next(one for one in of.events if one.id == name)


# ---------------------------------------------------------------------------------------------------- booking


def test_that_a_visit_is_booked_last_under_an_id_of_its_own() -> None:
    change = made(book_visit(OURS, visit("trial", ON)))
    assert change.step == "记入父母门诊 2025-03-01"
    assert change.about == "visit-20250301-1"
    assert change.family.events == (*OURS.events, replace(visit("trial", ON), id="visit-20250301-1"))
    again = made(book_visit(change.family, visit("trial", ON)))
    assert again.about == "visit-20250301-2"


@pytest.mark.parametrize(
    ("payer", "step"),
    [
        ("me", "代缴父母 2026年度居民医保费"),
        ("mum", "缴纳父母 2026年度居民医保费"),
        (None, "缴纳父母 2026年度居民医保费"),
    ],
)
def test_that_a_premium_is_booked_from_an_account_or_in_cash(payer: str | None, step: str) -> None:
    change = made(pay_premium(OURS, replace(PAID, paid_from=payer)))
    assert (change.step, change.about) == (step, "premium-20251009-1")
    assert event(change.family, change.about) == replace(PAID, id=change.about, paid_from=payer)


def test_that_what_a_rule_forbids_is_booked_all_the_same() -> None:
    elsewhere = replace(visit("trial", ON), provider=replace(hospital(), designated=False))
    late = replace(PAID, on=date(2025, 5, 5), benefit_year=2025)
    assert made(book_visit(OURS, elsewhere)).family.events[-1].on == ON
    change = made(pay_premium(OURS, late))
    assert change.about in {
        name for one in settle_family(change.family, shipped()).findings for name in one.about
    }


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (replace(BOUGHT, patient="nobody"), "patient"),
        (replace(BOUGHT, on=date(2026, 1, 1)), "on"),
        (replace(BOUGHT, charges=charged(0)), "total_fee"),
        (replace(BOUGHT, charges=charged(100, own=-1)), "fully_self_funded"),
        (replace(BOUGHT, charges=charged(100, own=60, upfront=41)), "total_fee"),
        (replace(BOUGHT, charges=charged(100, fund=101)), "fund_paid"),
        (replace(BOUGHT, provider=replace(hospital(), level=None)), "level"),
    ],
)
def test_that_nonsense_in_a_visit_is_told_at_its_field(wrong: Visit, place: str) -> None:
    assert places(book_visit(OURS, wrong)) == [place]
    assert places(edit_event(OURS, wrong)) == [place]


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (replace(PAID, insured="nobody"), "insured"),
        (replace(PAID, paid_from="nobody"), "paid_from"),
        (replace(PAID, on=date(2026, 1, 1)), "on"),
        (replace(PAID, benefit_year=2028), "benefit_year"),
        (replace(PAID, amount=Money(0)), "amount"),
    ],
)
def test_that_nonsense_in_a_premium_is_told_at_its_field(wrong: PremiumPayment, place: str) -> None:
    assert places(pay_premium(OURS, wrong)) == [place]


# ------------------------------------------------------------------------------ mending, reversing, deleting


def test_that_mending_replaces_the_record_in_its_place() -> None:
    mended = replace(BOUGHT, charges=charged(90, fund=0))
    change = made(edit_event(OURS, mended))
    assert change.family.events == (mended, PAID)
    assert (change.step, change.about) == ("修改父母购药 2025-03-01", "bought")


def test_that_a_reversal_is_a_new_record_and_no_edit() -> None:
    change = made(reverse_event(OURS, "bought", ON, "退货"))
    assert change.step == "冲正 2025-03-01 购药"
    assert change.family.events == (*OURS.events, Refund("refund-20250301-1", ON, "bought", note="退货"))
    assert made(reverse_event(OURS, "paid", date(2025, 11, 1))).step == "冲正 2025-10-09 缴费"
    balances = settle_family(change.family, shipped()).balances()
    assert balances["me"] == settle_family(with_events(OURS, PAID), shipped()).balances()["me"]


def test_that_a_premium_is_asked_back_on_a_ground_and_a_visit_is_not() -> None:
    back = made(reverse_event(OURS, "paid", date(2025, 11, 1), ground=RefundGround.DUPLICATE))
    assert [one.ground for one in back.family.events if isinstance(one, Refund)] == [RefundGround.DUPLICATE]
    back = made(reverse_event(OURS, "bought", ON, ground=RefundGround.DUPLICATE))
    assert [one.ground for one in back.family.events if isinstance(one, Refund)] == [None]


def test_that_a_reversal_comes_on_the_day_of_the_record_or_later_but_not_tomorrow() -> None:
    assert places(reverse_event(OURS, "bought", date(2025, 2, 28))) == ["on"]
    assert places(reverse_event(OURS, "bought", date(2026, 1, 1))) == ["on"]


def test_that_what_was_reversed_stays_both_halves_of_it() -> None:
    reversed_ = with_events(OURS, BOUGHT, BACK)
    for name in ("bought", "back"):
        assert places(reverse_event(reversed_, name, BACK.on)) == [""]
        assert places(delete_event(reversed_, name)) == [""]
    assert places(edit_event(reversed_, BOUGHT)) == [""]


def test_that_what_is_gone_can_neither_be_mended_nor_reversed_nor_deleted() -> None:
    assert places(edit_event(OURS, replace(BOUGHT, id="gone"))) == [""]
    assert places(reverse_event(OURS, "gone", ON)) == [""]
    assert places(delete_event(OURS, "gone")) == [""]


def test_that_a_mistake_can_be_deleted() -> None:
    change = made(delete_event(OURS, "bought"))
    assert (change.step, change.family.events) == ("删去父母购药 2025-03-01", (PAID,))
    assert made(delete_event(OURS, "paid")).step == "删去父母 2026年度居民医保费"


def test_that_what_a_scenario_takes_back_is_not_deleted() -> None:
    planned = replace(OURS, scenarios=(Scenario("退药"), Scenario("再退", events=(BACK,))))
    result = delete_event(planned, "bought")
    assert isinstance(result, Refused)
    assert result.faults[0].what == "方案“再退”里有它的退费"
    assert made(delete_event(planned, "paid"))


def test_that_what_a_plan_takes_back_is_not_deleted() -> None:
    expected = Plan(expected=(BACK,))
    for planned, says in (
        (replace(OURS, plan=expected), "预计里有它的退费"),
        (replace(OURS, scenarios=(Scenario("再退", plan=expected),)), "方案“再退”里有它的退费"),
    ):
        result = delete_event(planned, "bought")
        assert isinstance(result, Refused)
        assert [one.what for one in result.faults] == [says]
        assert made(delete_event(planned, "paid"))


# -------------------------------------------------------------------------------------------------- on trial


def test_that_a_premium_is_tried_without_being_booked() -> None:
    trial = try_premium(OURS, shipped(), replace(PAID, id="new", insured="mum", benefit_year=2026))
    assert trial.paid is None  # paid already
    assert "premium.paid_twice" in [one.rule for one in trial.about_it]
    fresh = try_premium(with_events(OURS, BOUGHT), shipped(), replace(PAID, id="new"))
    assert fresh.paid is not None
    assert fresh.paid.amount == yuan(400)
    assert fresh.accounts == (AccountChange("me", yuan(900), yuan(500)),)


def test_that_a_record_of_the_book_is_tried_in_its_place() -> None:
    same_day = with_events(OURS, BOUGHT, visit("after", ON))
    trial = try_visit(same_day, shipped(), replace(BOUGHT, charges=charged(40, fund=0)))
    assert trial.event == "bought"
    assert trial.accounts == (AccountChange("me", yuan(1000), yuan(960)),)


def test_that_a_change_tells_what_becomes_of_the_balances() -> None:
    before = settle_family(OURS, shipped())
    trial = try_change(before, made(reverse_event(OURS, "bought", ON)), shipped())
    assert trial.accounts == (AccountChange("me", yuan(500), yuan(600)),)
    late = made(reverse_event(OURS, "paid", OURS.as_of))
    assert try_change(before, late, shipped()).event == "refund-20251231-1"
