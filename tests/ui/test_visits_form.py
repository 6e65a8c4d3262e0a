"""试算表测试。What makes sense in the form of a trial visit, and the visit it makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.care import Credential, Facility, Level, Setting
from desktop.domain.money import Money
from desktop.ui.visits.form import Form

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
