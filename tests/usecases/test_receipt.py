"""票据。A settlement in the words of a receipt: two cuts of one bill, and how each step was reckoned."""

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.domain.care import Charges, Setting
from desktop.domain.family import Family
from desktop.domain.money import Money, Rate, total
from desktop.domain.settlement import Settlement
from desktop.usecases.explain import explain
from desktop.usecases.receipt import formula, pool_rate, receipt, year_use
from desktop.usecases.settle_family import settle_family
from tests.families import charged, families, family, shipped, visit, worker, yuan

NO_FUND = charged(100, fund=0)


def settled(
    charges: Charges[Money], setting: Setting = Setting.OUTPATIENT, before: Charges[Money] | None = None
) -> Settlement:
    first = [] if before is None else [visit("v0", patient="me", charges=before)]
    bills = (*first, visit("v1", patient="me", charges=charges, setting=setting))
    return settle_family(family(worker(), events=bills), shipped()).settlements["v1"]


def formulas(done: Settlement) -> dict[str, str]:
    return {step.name: str(formula(done, step)) for step in explain(done)}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(families())
def test_that_both_cuts_of_a_receipt_add_up_to_the_bill(ours: Family) -> None:
    for done in settle_family(ours, shipped()).settlements.values():
        shown = receipt(done)
        whole = [row.amount for row in shown.by_payer if not row.inside]
        assert total(whole) == done.charges.total_fee
        if done.charges.fund_paid is None:
            assert shown.burden == done.burden


def test_that_other_funds_have_a_line_only_where_they_paid() -> None:
    words = [row.words for row in receipt(settled(NO_FUND)).by_payer]
    assert "其他支付" not in words
    big = settled(charged(400_000), Setting.INPATIENT)
    assert "其他支付" in [row.words for row in receipt(big).by_payer]


def test_that_the_year_before_a_visit_is_told_with_its_limits() -> None:
    use = year_use(settled(charged(1000), before=charged(500)))
    assert (use.deductible, use.deductible_limit) == (yuan(300), yuan(300))
    assert (use.pool, use.pool_limit) == (yuan(120), yuan(1500))
    stay = year_use(settled(charged(9000), Setting.INPATIENT))
    assert (stay.deductible_limit, stay.pool_limit) == (yuan(2000), yuan(150_000))
    known = year_use(settled(NO_FUND))
    assert (known.deductible_limit, known.pool_limit) == (None, None)


def test_that_the_share_of_the_fund_is_told_where_a_rule_says_one() -> None:
    assert pool_rate(settled(charged(1000))) == Rate(3, 5)
    assert pool_rate(settled(NO_FUND)) is None


@pytest.mark.parametrize(
    ("done", "step", "equation"),
    [
        (settled(charged(1000)), "deductible", "300.00 - 0.00 = 300.00"),
        (settled(charged(1000), before=charged(200)), "deductible", "300.00 - 200.00 = 100.00"),
        (settled(charged(1000)), "pool", "700.00 × 60% = 420.00"),
        (settled(charged(9000)), "pool", "1,500.00 - 0.00 = 1,500.00，已到年度上限"),
        (settled(charged(900), before=charged(9000)), "pool", "年度上限 1,500.00 已用完"),
        (settled(charged(5000, fund=0)), "cash", "5,000.00 - 1,000.00 = 4,000.00"),
        (settled(charged(5000, fund=700)), "pool", "票据已列明"),
    ],
)
def test_that_a_sum_is_shown_as_an_equation_where_it_is_one(
    done: Settlement, step: str, equation: str
) -> None:
    assert formulas(done)[step] == equation


def test_that_what_is_no_equation_is_said_in_words() -> None:
    small = settled(charged(100))
    assert formulas(small)["deductible"].startswith("起付线的余额")
    assert formulas(settled(charged(9000), Setting.INPATIENT))["deductible"].startswith("起付线的余额")
    assert formulas(small)["copay"] == "余下的政策范围内费用"


def test_that_a_pool_that_is_neither_its_share_nor_its_ceiling_is_said_in_words() -> None:
    done = settled(charged(1000))
    [step] = [one for one in explain(done) if one.name == "pool"]
    odd = type(step)(step.name, yuan(7), step.reckoning, step.clause)
    assert formula(done, odd) == step.reckoning
