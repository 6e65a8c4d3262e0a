"""试算表测试。What makes sense in the form of a trial visit, and the visit it makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop.domain.care import Credential, Facility, Level, Purpose, Setting
from desktop.domain.money import Money
from desktop.domain.premium import PremiumGroup, PremiumPayment
from desktop.ui.visits.form import Form, PremiumForm

yuan = Money.yuan
FORM = Form("spouse", date(2026, 11, 21), total=yuan("1060.00"), full=yuan("60.00"))


def test_that_what_is_left_of_the_parts_is_in_scope() -> None:
    form = replace(FORM, upfront=yuan("100.00"), over=yuan("0.50"))
    assert form.in_scope == yuan("899.50")
    assert form.faults() == {}


@pytest.mark.parametrize("field", ["total", "full", "upfront", "over"])
def test_that_nonsense_is_told_at_its_field(field: str) -> None:
    form = replace(FORM, **{field: None})  # type: ignore[arg-type]
    assert list(form.faults()) == [field]
    assert form.in_scope is None


def test_that_no_total_asks_for_one() -> None:
    assert replace(FORM, total=Money(0)).faults() == {"total": "请填票据上的医疗费总额。"}


@pytest.mark.parametrize("edited", ["total", "full", "upfront", "over"])
def test_that_parts_above_the_total_are_told_where_one_typed(edited: str) -> None:
    form = replace(FORM, upfront=yuan("1000.01"), edited=edited)
    assert form.in_scope is None
    assert form.faults() == {
        edited: "全自费、先行自付和超限价合计 1,060.01，大于医疗费总额 1,060.00，请对照票据改正。"
    }


def test_that_the_fund_cannot_have_paid_more_than_the_bill() -> None:
    form = replace(FORM, fund=yuan("1060.01"), fund_stated=True)
    assert form.faults() == {"fund": "统筹支付 1,060.01 大于医疗费总额 1,060.00，请对照票据改正。"}


def test_that_nonsense_in_the_fund_is_told_though_it_may_be_empty() -> None:
    assert list(replace(FORM, fund_stated=True).faults()) == ["fund"]
    assert FORM.faults() == {}


def test_that_a_hospital_visit_has_a_level_and_needs_no_prescription() -> None:
    visit = replace(FORM, level=Level.SECONDARY, prescribed=False, own_credential=False).visit("430100")
    assert (visit.provider.kind, visit.provider.level) == (Facility.HOSPITAL, Level.SECONDARY)
    assert visit.prescribed
    assert visit.credential is Credential.OTHER


def test_that_a_pharmacy_has_no_level_and_may_lack_a_prescription() -> None:
    visit = replace(FORM, setting=Setting.PHARMACY, prescribed=False, designated=False).visit("430100")
    assert (visit.provider.kind, visit.provider.level) == (Facility.PHARMACY, None)
    assert not visit.prescribed
    assert not visit.provider.designated


def test_that_a_visit_of_the_book_is_mended_without_losing_what_the_form_does_not_show() -> None:
    form = replace(FORM, setting=Setting.PHARMACY, fund=yuan("1.00"), fund_stated=True, use_account=False)
    visit = replace(form, area="430300", purpose=Purpose.GOODS, note=" 药 ").visit("430100")
    at = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - as the book has it
    origin = replace(visit, id="v1", at=at)
    again = Form.of(origin)
    assert again.visit("430100", origin) == origin
    assert again.visit("430100", origin).note == "药"
    assert replace(again, on=date(2026, 11, 20)).visit("430100", origin).at is None


def test_that_a_form_is_emptied_for_the_next_bill_of_the_same_person() -> None:
    empty = replace(FORM, note="复诊", edited="full").emptied()
    assert (empty.patient, empty.total, empty.note, empty.empty) == ("spouse", Money(0), "", True)


TODAY = date(2026, 11, 21)
PREMIUM = PremiumForm("mother", TODAY, 2027, "me")


def test_that_a_premium_without_a_sum_means_the_standard() -> None:
    assert PREMIUM.faults() == {}
    payment = PREMIUM.payment()
    assert (payment.amount, payment.paid_from, payment.benefit_year) == (None, "me", 2027)
    assert replace(PREMIUM, payer="").payment().paid_from is None


@pytest.mark.parametrize("typed", [None, Money(0)])
def test_that_a_sum_of_a_premium_must_be_one(typed: Money | None) -> None:
    assert list(replace(PREMIUM, amount=typed, stated=True).faults()) == ["amount"]


def test_that_a_year_far_from_the_day_is_told_at_the_day() -> None:
    assert replace(PREMIUM, year=2029).faults() == {"on": "2026-11-21 缴不了 2029 年度的，请改正日期或年度。"}


def test_that_a_premium_of_the_book_is_read_and_written_alike() -> None:
    paid = PremiumPayment(
        "p1", TODAY, "mother", 2027, yuan("400.00"), None, note="微信缴", group=PremiumGroup.HALF
    )
    assert PremiumForm.of(paid).payment(paid) == paid


def test_that_what_lies_ahead_can_be_tried_and_not_booked() -> None:
    tomorrow = date(2026, 11, 22)
    assert replace(FORM, on=tomorrow).faults() == {}
    assert list(replace(FORM, on=tomorrow).hindrances(TODAY)) == ["on"]
    assert list(replace(PREMIUM, on=tomorrow).hindrances(TODAY)) == ["on"]
    assert FORM.hindrances(TODAY) == {}
