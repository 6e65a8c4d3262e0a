"""抽取。What chance decides in each future: whether a bill comes, and how large it is.

The numbers of a future follow from the run's seed, the name of what is drawn and the future's own number, and
from nothing else: any split of the futures into blocks draws the same, a longer look ahead draws the same
beginning, and two scenarios draw the same illness for whatever both of them expect.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.domain.care import Charges
from desktop.domain.money import MOST_YUAN, NOTHING, Money
from desktop.planning.counters import ONCE
from desktop.planning.many import Amounts, Many, expanded

if TYPE_CHECKING:
    from decimal import Decimal

    from numpy.typing import NDArray

    from desktop.domain.plan import Chance
    from desktop.planning.fan import Source

CERTAIN = 65_536
"""Chances are counted in 65,536ths: one draw is 16 bits."""
_GRAIN = 1024  # futures whose numbers are drawn together
_SIZES = 4096  # different sizes that a bill may have
_DENSE = 3  # where a third of the futures have a bill, all are settled, those without for nothing
_MOST = int(MOST_YUAN * 100) // 4  # of each of the four parts of a bill
NO_BILL: Charges[Any] = Charges(NOTHING, NOTHING, NOTHING, NOTHING)


@dataclass(frozen=True, slots=True)
class Odds:
    """A bill that may come each time it is due.

    `happens` is in 65,536ths; `bills` are no bill and then those that may come, from small to large and each
    as likely as the others: arrays of fen, or plainly nothing.
    """

    name: str
    source: Source
    happens: int
    bills: Charges[Any]
    sizes: int

    @property
    def is_sure(self) -> bool:
        """Always comes, and always the same."""
        return self.happens == CERTAIN and self.sizes == 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """`which` futures have a bill (None: all are reckoned), and their `charges`.

    `times` says of all futures how often they have one.
    """

    which: NDArray[np.intp] | None
    charges: Charges[Any]
    times: Amounts


def odds_of(name: str, source: Source, usual: Charges[Money], chance: Chance) -> Odds:
    """The larger a bill's spread, the longer its tail: sums are spread as logarithms are (对数正态分布)."""
    factors = _factors(float(chance.spread)) if chance.spread else np.ones(1)
    return Odds(name, source, share(chance.happens), _bills(usual, factors), len(factors))


def share(happens: Decimal) -> int:
    """A probability in 65,536ths."""
    return round(happens * CERTAIN)


def numbers(seed: int, name: str, futures: range, times: int) -> NDArray[np.uint16]:
    """16 random bits for each time (row) in each future (column)."""
    drawn = np.empty((times, len(futures)), dtype=np.uint16)
    named = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
    for grain in range(futures.start // _GRAIN, -(-futures.stop // _GRAIN)):
        bits = np.random.Philox(key=[seed % 2**64, named], counter=[0, 0, 0, grain])
        block = bits.random_raw(times * _GRAIN // 4).view(np.uint16).reshape(times, _GRAIN)
        begins = grain * _GRAIN
        first, last = max(begins, futures.start), min(begins + _GRAIN, futures.stop)
        drawn[:, first - futures.start : last - futures.start] = block[:, first - begins : last - begins]
    return drawn


def drawn(odds: Odds, bits: NDArray[np.uint16]) -> Drawn:
    """What one draw of each future comes to."""
    sizes, happens = np.uint32(odds.sizes), np.uint32(odds.happens)
    if odds.happens == CERTAIN:
        return Drawn(None, _picked(odds, bits * sizes // happens + 1), ONCE)
    comes = bits < odds.happens
    if odds.happens * _DENSE < CERTAIN:
        which = np.flatnonzero(comes)
        charges = _picked(odds, bits.take(which) * sizes // happens + 1)
        return Drawn(which, charges, expanded(ONCE, which, len(bits)))
    place = np.where(comes, bits * sizes // happens + 1, 0)
    return Drawn(None, _picked(odds, place), Many(comes.astype(np.int32), 0, 1))


def one_drawn(odds: Odds, bits: int) -> Charges[Money] | None:
    """The same for one future; None: no bill comes."""
    if bits >= odds.happens:
        return None
    place = bits * odds.sizes // odds.happens + 1
    return _each(odds.bills, lambda sums: Money(int(sums[place])) if isinstance(sums, np.ndarray) else sums)


def _picked(odds: Odds, place: NDArray[np.integer[Any]]) -> Charges[Any]:
    return _each(
        odds.bills,
        lambda sums: Many(sums.take(place), 0, int(sums[-1])) if isinstance(sums, np.ndarray) else sums,
    )


def _bills(usual: Charges[Money], factors: NDArray[np.float64]) -> Charges[Any]:
    """No bill, and the usual one as large as each of the factors makes it."""
    own, over, upfront, inside = (
        _scaled(part, factors)
        for part in (
            usual.fully_self_funded,
            usual.over_limit_self_funded,
            usual.upfront_copay,
            usual.in_scope,
        )
    )
    total_fee = own + over + upfront + inside
    fund = None if usual.fund_paid is None else np.minimum(_scaled(usual.fund_paid, factors), total_fee)
    bills: Charges[Any] = Charges(total_fee, own, over, upfront, fund)
    return _each(bills, _or_nothing)


def _scaled(usual: Money, factors: NDArray[np.float64]) -> NDArray[np.int64]:
    sums = np.array([int(usual)]) if len(factors) == 1 else np.floor(float(usual) * factors + 0.5)
    return np.concatenate([[0], np.minimum(sums, _MOST)]).astype(np.int64)


def _or_nothing(sums: NDArray[np.int64]) -> NDArray[Any] | Money:
    """What is always nothing is plainly nothing."""
    return Many.of(sums).fen if sums.any() else NOTHING


def _factors(spread: float) -> NDArray[np.float64]:
    """How many times the mean each size is, from small to large; their own mean is 1."""
    variance = math.log1p(spread * spread)
    normal, sigma = NormalDist(), math.sqrt(variance)
    factors = np.array(
        [math.exp(sigma * normal.inv_cdf((size + 0.5) / _SIZES) - variance / 2) for size in range(_SIZES)]
    )
    mean: NDArray[np.float64] = factors / factors.mean()
    return mean


def _each(charges: Charges[Any], made: Any) -> Charges[Any]:
    return Charges(
        made(charges.total_fee),
        made(charges.fully_self_funded),
        made(charges.over_limit_self_funded),
        made(charges.upfront_copay),
        None if charges.fund_paid is None else made(charges.fund_paid),
    )
