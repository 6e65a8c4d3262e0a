"""抽取。What is drawn follows from seed, name and number alone, and comes as often as was said."""

from decimal import Decimal

import numpy as np
import pytest

from desktop.domain.care import Charges, Setting
from desktop.domain.money import NOTHING, Money
from desktop.domain.plan import Chance
from desktop.planning.draws import CERTAIN, Draws, Odds, drawn, numbers, odds_of, one_drawn, share
from desktop.planning.fan import Source
from desktop.planning.many import Many
from tests.families import charged

SOURCE = Source("mum", Setting.OUTPATIENT)
MANY = 40_000


def odds(happens: str = "1", spread: str = "0", usual: "Charges[Money] | None" = None) -> Odds:
    return odds_of("visit", SOURCE, usual or charged(100), Chance(Decimal(happens), Decimal(spread)))


def drawn_fees(one: Odds, futures: int = MANY) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """The fee of each future; nothing where no bill comes."""
    (found,) = drawn(one, numbers(7, one.name, range(futures), 1))
    return np.asarray(found.charges.total_fee.fen, dtype=np.int64)


def test_that_a_futures_numbers_are_the_same_in_any_block() -> None:
    whole = numbers(7, "stay", range(3000), 5)
    split = [numbers(7, "stay", part, 5) for part in (range(1000), range(1000, 1001), range(1001, 3000))]
    assert np.array_equal(whole, np.concatenate(split, axis=1))


def test_that_a_longer_look_ahead_begins_with_the_same_numbers() -> None:
    assert np.array_equal(numbers(7, "stay", range(50), 40)[:5], numbers(7, "stay", range(50), 5))


@pytest.mark.parametrize(("seed", "name"), [(8, "stay"), (7, "other")])
def test_that_another_seed_or_name_draws_otherwise(seed: int, name: str) -> None:
    assert not np.array_equal(numbers(seed, name, range(100), 2), numbers(7, "stay", range(100), 2))


@pytest.mark.parametrize("happens", ["0.02", "0.2", "0.5", "0.9"])
def test_that_a_bill_comes_as_often_as_was_said(happens: str) -> None:
    came = np.count_nonzero(drawn_fees(odds(happens))) / MANY
    assert came == pytest.approx(float(happens), abs=0.01)


@pytest.mark.parametrize("spread", ["0.3", "1", "2"])
def test_that_bills_are_on_average_as_large_as_the_usual_one_and_vary_as_was_said(spread: str) -> None:
    fees = drawn_fees(odds("1", spread))
    assert fees.mean() == pytest.approx(10_000, rel=0.03)
    assert fees.std() / fees.mean() == pytest.approx(float(spread), rel=0.15)


def test_that_the_parts_of_a_bill_grow_with_it() -> None:
    one = odds("1", "0.5", charged(1000, own=100, upfront=50, fund=300))
    found = drawn(one, numbers(7, "visit", range(100), 1))[0].charges
    for number in range(100):
        fee, own = found.total_fee.future(number), found.fully_self_funded.future(number)
        assert own == pytest.approx(fee / 10, abs=2)
        assert found.fund_paid is not None
        assert found.fund_paid.future(number) <= fee
        assert found.over_limit_self_funded == NOTHING


@pytest.mark.parametrize("happens", ["0", "0.1", "0.5", "1"])
@pytest.mark.parametrize("spread", ["0", "0.7"])
def test_that_one_future_draws_what_it_does_among_many(happens: str, spread: str) -> None:
    one = odds(happens, spread)
    bits, fees = numbers(7, one.name, range(500), 1)[0], drawn_fees(one, 500)
    for number in range(500):
        bill = one_drawn(one, int(bits[number]))
        assert (NOTHING if bill is None else bill.total_fee) == fees[number]


def test_that_a_bill_which_always_comes_the_same_is_sure() -> None:
    assert odds().is_sure
    assert not odds("0.5").is_sure
    assert not odds("1", "0.1").is_sure
    assert share(Decimal(1)) == CERTAIN


def test_that_a_bill_of_the_largest_sum_stays_a_sum_that_a_message_can_hold() -> None:
    most = Money.yuan("99999999999999.99")
    every = np.arange(2**16, dtype=np.uint16)
    (found,) = drawn(odds("1", "3", Charges(most, NOTHING, NOTHING, NOTHING)), every[None])
    assert found.charges.total_fee.high <= most


def test_that_times_drawn_at_once_are_those_drawn_one_by_one() -> None:
    one = odds("0.5", "1")
    bits = numbers(7, one.name, range(3000), 7)
    draws = Draws(one, bits)
    for time in (0, 1, 2, 3, 6, 1):
        alone, found = drawn(one, bits[[time]])[0], draws.at(time)
        assert np.array_equal(found.charges.total_fee.fen, alone.charges.total_fee.fen)
        assert isinstance(found.times, Many)
        assert np.count_nonzero(found.times.fen) == np.count_nonzero(found.charges.total_fee.fen)
