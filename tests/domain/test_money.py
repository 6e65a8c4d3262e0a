"""金额。Money is whole fen: read exactly, rounded half up, compared with whatever other kind there is."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import NOTHING, Money, Rate, at, greatest, least, total

fen = st.integers(0, 10**16).map(Money)


@pytest.mark.parametrize(
    ("text", "whole"),
    [("0.00", 0), ("494.00", 49_400), ("-0.05", -5), ("99999999999999.99", 9_999_999_999_999_999)],
)
def test_that_yuan_are_read_from_a_text_with_two_decimals(text: str, whole: int) -> None:
    assert int(Money.yuan(text)) == whole
    assert str(Money(whole)) == text


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.0", "1.000", "01.00", "+1.00", "1,000.00", " 1.00", "1.00\n", "\uff11.00", "1e2", "nan",
     "100000000000000.00", ".50", "--1.00"],
)  # fmt: skip
def test_that_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Money.yuan(text)


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (3, 300),
        (Decimal("0.005"), 1),
        (Decimal("0.0049"), 0),
        (Decimal("-0.005"), -1),
        (Decimal(10) ** 12, 10**14),
    ],
)
def test_that_decimals_are_rounded_half_up_to_the_fen(value: Decimal | int, whole: int) -> None:
    assert Money.yuan(value) == Money(whole)


@given(fen)
def test_that_what_is_written_is_read_back(one: Money) -> None:
    if one <= Money.yuan("99999999999999.99"):
        assert Money.yuan(str(one)) == one
        assert f"{one:,}".replace(",", "") == str(one)


@given(fen, st.integers(0, 10**4), st.integers(1, 10**4))
def test_that_a_share_is_exact_and_rounded_half_up_once(one: Money, over: int, under: int) -> None:
    scaled = Decimal(int(one)) * over
    whole, rest = divmod(int(scaled), under)
    assert at(one, Rate(over, under)) == Money(whole + (2 * rest >= under))


@given(st.integers(0, 10**9).map(Money), st.decimals(0, 1, places=4))
def test_that_a_rate_of_a_decimal_shares_as_the_decimal_does(one: Money, ratio: Decimal) -> None:
    expected = (Decimal(int(one)) * ratio).quantize(Decimal(1), ROUND_HALF_UP)
    assert at(one, Rate.of(ratio)) == Money(int(expected))


@pytest.mark.parametrize(("ratio", "text"), [("0.70", "70%"), ("0.025", "2.5%"), ("0", "0%"), ("1", "100%")])
def test_that_a_rate_is_written_as_percent(ratio: str, text: str) -> None:
    assert str(Rate.of(Decimal(ratio))) == text


@given(fen, fen)
def test_that_sums_differences_and_multiples_stay_money(one: Money, other: Money) -> None:
    for found in (one + other, one - other, -one, one * 3, one.divided_by(7), total([one, other])):
        assert type(found) is Money
    assert int(one + other) == int(one) + int(other)
    assert one - other == -(other - one)
    assert total([]) == NOTHING


@given(fen, fen)
def test_that_the_lesser_and_the_greater_of_two_sums_are_the_two(one: Money, other: Money) -> None:
    assert (least(one, other), greatest(one, other)) == (min(one, other), max(one, other))
    assert (one.least(other), one.greatest(other)) == (min(one, other), max(one, other))


class Pair(tuple[int, ...]):
    """Another kind of amount: two futures at once."""

    def least(self, other: Any, /) -> "Pair":
        return Pair(min(one, int(other)) for one in self)

    def greatest(self, other: Any, /) -> "Pair":
        return Pair(max(one, int(other)) for one in self)

    def __radd__(self, other: Any, /) -> "Pair":
        return Pair(int(other) + one for one in self)

    def __rsub__(self, other: Any, /) -> "Pair":
        return Pair(int(other) - one for one in self)


def test_that_the_other_kind_decides_how_it_compares_and_adds_to_a_plain_sum() -> None:
    pair: Any = Pair([1, 9])
    assert least(pair, Money(5)) == least(Money(5), pair) == (1, 5)
    assert greatest(pair, Money(5)) == greatest(Money(5), pair) == (5, 9)
    assert Money(5) + pair == (6, 14)
    assert Money(5) - pair == (4, -4)


@pytest.mark.parametrize(
    ("spec", "text"), [("", "-1234567.05"), (",", "-1,234,567.05"), (">14", "   -1234567.05")]
)
def test_that_a_sum_is_written_plain_or_with_thousands_apart(spec: str, text: str) -> None:
    assert format(Money(-123456705), spec) == text


def test_that_a_sum_shows_itself_in_yuan() -> None:
    assert repr(Money(5)) == "Money('0.05')"
    assert f"{Money(5):,}" == "0.05"
