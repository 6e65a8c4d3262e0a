"""许多未来的金额。Arrays of sums do what plain sums do, one by one, whatever their size."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import NOTHING, Money, Rate, at, chosen, greatest, least
from desktop.planning.many import Amounts, Many, in_each, tight

FUTURES = 4
ANY_SIZE = st.one_of(st.integers(0, 50), st.integers(0, 2**31), st.integers(0, 2**63), st.integers(0, 10**25))
sums = st.lists(ANY_SIZE, min_size=FUTURES, max_size=FUTURES)
plain = ANY_SIZE.map(Money)


def many(fens: list[int]) -> Many:
    return Many.of(np.array(fens, dtype=object))


def future(amount: Amounts, number: int) -> Money:
    return amount.future(number) if isinstance(amount, Many) else amount


def check(made: Amounts, alone: Callable[[int], int]) -> None:
    """The sums are those of each future alone, and within the bounds that the amount says of itself."""
    for number in range(FUTURES):
        assert future(made, number) == alone(number)
    if isinstance(made, Many):
        assert all(made.low <= int(fen) <= made.high for fen in made.fen)


@given(sums, sums)
def test_that_two_amounts_are_reckoned_future_by_future(one: list[int], other: list[int]) -> None:
    mine, others = many(one), many(other)
    check(mine + others, lambda n: one[n] + other[n])
    check(mine - others, lambda n: one[n] - other[n])
    check(least(mine, others), lambda n: min(one[n], other[n]))
    check(greatest(mine, others), lambda n: max(one[n], other[n]))
    reached = mine >= others
    assert isinstance(reached, bool) or reached.holds.tolist() == [
        a >= b for a, b in zip(one, other, strict=True)
    ]


@given(sums, plain)
def test_that_a_plain_sum_is_the_same_in_every_future(one: list[int], other: Money) -> None:
    mine: Any = many(one)
    check(mine + other, lambda n: one[n] + other)
    check(other + mine, lambda n: one[n] + other)
    check(mine - other, lambda n: one[n] - other)
    check(other - mine, lambda n: other - one[n])
    check(least(mine, other), lambda n: min(one[n], other))
    check(least(other, mine), lambda n: min(one[n], other))
    check(greatest(mine, other), lambda n: max(one[n], other))
    check(-mine, lambda n: -one[n])
    for times in (-2, -1, 0, 1, 3):
        check(mine * times, lambda n, times=times: one[n] * times)  # type: ignore[misc]
    check(chosen(mine >= other, mine, other), lambda n: max(one[n], other))
    check(chosen(other >= mine, mine, other), lambda n: min(one[n], other))


@given(sums, st.integers(1, 1000), st.integers(1, 1000))
def test_that_a_share_is_rounded_in_each_future_as_it_is_alone(one: list[int], over: int, under: int) -> None:
    rate = Rate(over, under)
    check(at(many(one), rate), lambda n: at(Money(one[n]), rate))


@given(sums, sums, plain)
def test_that_what_is_taken_off_in_turn_never_leaves_less_than_nothing(
    left: list[int], wanted: list[int], limit: Money
) -> None:
    whole: Any = many(left)
    taken = least(least(many(wanted), limit), whole)
    rest = whole - taken
    check(rest, lambda n: left[n] - min(wanted[n], limit, left[n]))
    assert not isinstance(rest, Many) or rest.low >= 0


def test_that_taking_off_the_lesser_of_others_keeps_honest_bounds() -> None:
    small, large = many([1, 2, 3, 4]), many([0, 10, 0, 10])
    check(small - least(large, many([5, 5, 5, 5])), lambda n: [1, 2, 3, 4][n] - [0, 5, 0, 5][n])


@given(sums, plain)
def test_that_every_future_has_its_sum_in_an_array(one: list[int], other: Money) -> None:
    assert in_each(many(one), FUTURES).tolist() == one
    assert in_each(other, FUTURES).tolist() == [other] * FUTURES


@given(sums)
def test_that_tight_bounds_change_no_sum(one: list[int]) -> None:
    check(tight(many(one)), lambda n: one[n])


@given(sums, st.integers(0, 1000), st.integers(1, 1000))
def test_that_a_share_of_a_sum_is_never_more_than_it(one: list[int], over: int, under: int) -> None:
    whole: Any = many(one)
    share = at(whole, Rate(over, under))
    check(least(share, whole), lambda n: min(one[n], at(Money(one[n]), Rate(over, under))))
    check(whole - share, lambda n: one[n] - at(Money(one[n]), Rate(over, under)))


@given(sums, sums, sums)
def test_that_what_is_used_of_a_plain_sum_never_comes_to_more(
    first: list[int], second: list[int], third: list[int]
) -> None:
    limit = Money(10**6)
    used: Any = NOTHING
    sums = [0] * FUTURES
    for wanted in (first, second, third):
        used = used + least(many(wanted), limit - used)
        sums = [so_far + min(fen, limit - so_far) for so_far, fen in zip(sums, wanted, strict=True)]
    check(used, lambda n: sums[n])


def test_that_an_amount_knows_that_a_limit_keeps_it() -> None:
    used: Any = many([0, 3, 9, 10])
    more: Any = used + least(many([0, 5, 5, 5]), Money(10) - used)
    check(more, lambda n: [0, 8, 10, 10][n])
    assert more.high == 10


def test_that_sums_that_are_all_the_same_become_plain_again() -> None:
    assert tight(many([7, 7, 7, 7])) == Money(7)
    assert tight(Money(7)) == Money(7)
    assert isinstance(tight(many([7, 8, 7, 7])), Many)


@pytest.mark.parametrize(
    ("fen", "kind"), [(2**31 - 1, np.int32), (2**31, np.int64), (2**63 - 1, np.int64), (2**63, np.object_)]
)
def test_that_sums_are_kept_in_the_narrowest_integers_that_hold_them(fen: int, kind: type) -> None:
    assert many([0, 1, 2, fen]).fen.dtype == kind
    assert (many([0, 1, 2, fen - 1]) + Money(1)).future(3) == fen


def test_that_a_sum_is_nothing_only_where_that_is_sure() -> None:
    assert not many([0, 0, 0, 0])
    assert many([0, 0, 1, 0])
    rest = many([1, 1, 1, 1]) - Money(1)
    assert isinstance(rest, Many)
    assert not rest


def test_that_any_yes_in_a_future_is_a_yes_there() -> None:
    early, late = many([0, 1, 0, 1]) >= Money(1), many([0, 0, 1, 1]) >= Money(1)
    assert not isinstance(early, bool)
    assert not isinstance(late, bool)
    both = early | late
    assert not isinstance(both, bool)
    assert both.holds.tolist() == [False, True, True, True]
    assert (False | early) is early
    assert (True | early) is True
