"""抽取。What chance decides in each future: whether a bill comes, and how large it is.

The numbers of a future follow from the run's seed, the name of what is drawn and the future's own number, and
from nothing else: any split of the futures into blocks draws the same, a longer look ahead draws the same
beginning, and two scenarios draw the same illness for whatever both of them expect.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.domain.care import Charges
from desktop.domain.money import MOST_YUAN, NOTHING, Money
from desktop.planning.many import Amounts, Many

if TYPE_CHECKING:
    from decimal import Decimal

    from numpy.typing import NDArray

    from desktop.domain.plan import Chance
    from desktop.planning.fan import Source

CERTAIN = 65_536
"""Chances are counted in 65,536ths: one draw is 16 bits."""
_GRAIN = 1024  # futures whose numbers are drawn together
_AT_ONCE = 8192  # draws that are reckoned together, unless a block has more futures
_SIZES = 4096  # different sizes that a bill may have
_MOST = int(MOST_YUAN * 100)  # fen, of each of the four parts of a bill; all four fit 64 bits
NO_BILL: Charges[Any] = Charges(NOTHING, NOTHING, NOTHING, NOTHING)


@dataclass(frozen=True, slots=True)
class Odds:
    """A bill that may come each time it is due.

    `happens` is in 65,536ths; `bills` are those that may come, from small to large and each as likely as the
    others: arrays of fen, or plainly nothing.
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
    """The charges of all futures, nothing for those that have no bill; `times` is how often they have one."""

    charges: Charges[Any]
    times: Amounts


def odds_of(name: str, source: Source, usual: Charges[Money], chance: Chance) -> Odds:
    """The larger a bill's spread, the longer its tail: sums are spread as logarithms are (对数正态分布)."""
    bills = _bills(usual, float(chance.spread))
    return Odds(name, source, share(chance.happens), bills, _SIZES if chance.spread else 1)


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


def drawn(odds: Odds, bits: NDArray[np.uint16]) -> list[Drawn]:
    """What the draws of each future come to: a row of them each time."""
    under = np.uint32(max(odds.happens, 1))
    place = (bits.astype(np.uint32) * np.uint32(odds.sizes) // under).astype(np.intp)
    comes = (bits < odds.happens).astype(np.int32)

    def picked(sums: NDArray[Any] | Money | None) -> list[Any]:
        """Where no bill comes, the largest is picked, no times."""
        if not isinstance(sums, np.ndarray):
            return [sums] * len(bits)
        most = int(sums[-1])
        return [Many(fen, 0, most) for fen in sums.take(place, mode="clip") * comes]

    parts = zip(*map(picked, _parts(odds.bills)), strict=True)
    return [Drawn(Charges(*bill), Many(came, 0, 1)) for bill, came in zip(parts, comes, strict=True)]


class Draws:
    """One kind of bill in a block of futures, time after time. In a small block, several times are drawn at
    once: small arrays cost more to ask for than to reckon.
    """

    def __init__(self, odds: Odds, bits: NDArray[np.uint16]) -> None:
        self._odds, self._bits = odds, bits
        self._at_once = max(1, _AT_ONCE // bits.shape[1])
        self._first, self._drawn = 0, list[Drawn]()

    def at(self, time: int) -> Drawn:
        if not self._first <= time < self._first + len(self._drawn):
            self._first, self._drawn = time, drawn(self._odds, self._bits[time : time + self._at_once])
        return self._drawn[time - self._first]


def one_drawn(odds: Odds, bits: int) -> Charges[Money] | None:
    """The same for one future, one time; None: no bill comes."""
    if bits >= odds.happens:
        return None
    place = bits * odds.sizes // odds.happens
    parts = _parts(odds.bills)
    return Charges(*[Money(int(one[place])) if isinstance(one, np.ndarray) else one for one in parts])


@lru_cache(maxsize=64)
def _bills(usual: Charges[Money], spread: float) -> Charges[Any]:
    """The usual bill, as large as each of the factors makes it. Kept: that it comes more often, or seldom,
    makes no other bill of it.
    """
    factors = _factors(spread) if spread else np.ones(1)
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
    parts = (total_fee, own, over, upfront, fund)
    return Charges(*[None if one is None else _or_nothing(one) for one in parts])


def _scaled(usual: Money, factors: NDArray[np.float64]) -> NDArray[np.int64]:
    if not usual:
        return np.zeros(len(factors), dtype=np.int64)
    if len(factors) == 1:
        return np.array([int(usual)])
    sums = np.minimum(np.floor(float(usual) * factors + 0.5), float(2 * _MOST))
    no_more: NDArray[np.int64] = np.minimum(sums.astype(np.int64), _MOST)
    return no_more


def _or_nothing(sums: NDArray[np.int64]) -> NDArray[Any] | Money:
    """What is always nothing is plainly nothing."""
    return Many.of(sums).fen if sums.any() else NOTHING


@lru_cache(maxsize=64)
def _factors(spread: float) -> NDArray[np.float64]:
    """How many times the mean each size is, from small to large; their own mean is 1."""
    variance = math.log1p(spread * spread)
    normal, sigma = NormalDist(), math.sqrt(variance)
    factors = np.array(
        [math.exp(sigma * normal.inv_cdf((size + 0.5) / _SIZES) - variance / 2) for size in range(_SIZES)]
    )
    mean: NDArray[np.float64] = factors / factors.mean()
    return mean


def _parts(bills: Charges[Any]) -> tuple[Any, ...]:
    return (
        bills.total_fee,
        bills.fully_self_funded,
        bills.over_limit_self_funded,
        bills.upfront_copay,
        bills.fund_paid,
    )
