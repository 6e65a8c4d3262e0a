"""大病保险。What a year's burden is owed, segment by segment, counted from either origin."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import Money
from desktop.policy.law import CriticalLaw
from desktop.rules.critical_illness import due_for_year
from tests.families import yuan
from tests.rules.terms import critical

SEGMENTS = ((0, 30_000, "0.6"), (30_000, 80_000, "0.65"), (80_000, 150_000, "0.75"), (150_000, None, "0.85"))
ABOVE = critical(16_000, *SEGMENTS, ceiling=400_000)
FROM_ZERO = critical(16_000, *SEGMENTS, ceiling=400_000, from_deductible=False)


@pytest.mark.parametrize(
    ("base", "due"),
    [
        (0, 0),
        (16_000, 0),
        (16_001, "0.60"),
        (46_000, 18_000),
        (47_000, 18_650),
        (96_000, 18_000 + 32_500),
        (166_000, 18_000 + 32_500 + 52_500),
        (176_000, 18_000 + 32_500 + 52_500 + 8500),
        (9_000_000, 400_000),
    ],
)
def test_that_segments_count_from_the_deductible(base: int, due: int | str) -> None:
    assert due_for_year(yuan(base), ABOVE) == yuan(due)


@pytest.mark.parametrize(
    ("base", "due"),
    [(16_000, 0), (30_000, 8400), (80_000, 8400 + 32_500), (150_001, "93400.85")],
)
def test_that_segments_count_from_nothing_and_the_deductible_is_left_out(base: int, due: int | str) -> None:
    assert due_for_year(yuan(base), FROM_ZERO) == yuan(due)


def test_that_all_segments_together_are_rounded_once() -> None:
    three = critical(0, (0, 1, "0.333"), (1, 2, "0.333"), (2, None, "0.334"))
    assert due_for_year(yuan(3), three) == yuan("1.00")
    half = critical(0, (0, None, "0.5"))
    assert due_for_year(Money(1), half) == Money(1)


@given(st.integers(0, 10**9).map(Money), st.sampled_from([ABOVE, FROM_ZERO]))
def test_that_what_is_due_is_the_sum_of_its_segments_to_the_fen(base: Money, law: CriticalLaw) -> None:
    origin = int(law.deductible.value) if law.from_deductible else 0
    exact = Decimal(0)
    for one in law.segments.value:
        low = max(origin + int(one.since), int(law.deductible.value))
        high = int(base) if one.until is None else min(int(base), origin + int(one.until))
        exact += Decimal(max(high - low, 0)) * one.share.over / one.share.under
    whole = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert due_for_year(base, law) == min(Money(whole), law.ceiling.value)
