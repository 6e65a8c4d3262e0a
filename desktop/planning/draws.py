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
_DENSE = 3  # where more than a third of the futures have a bill, all are settled, those without for nothing
_MOST = int(MOST_YUAN * 100)
NO_BILL: Charges[Any] = Charges(NOTHING, NOTHING, NOTHING, NOTHING)


@dataclass(frozen=True, slots=True)
class Odds:
    """A bill that may come each time it is due. `happens` is in 65,536ths; `sizes` are the bills it may be,
    from small to large and each as likely as the others, None where it is always the usual one.
    """

    name: str
    source: Source
    happens: int
    usual: Charges[Money]
    sizes: Charges[Any] | None

    @property
    def is_sure(self) -> bool:
        return self.happens == CERTAIN and self.sizes is None


@dataclass(frozen=True, slots=True)
class Drawn:
    """`which` futures have a bill (None: all are reckoned), and their `charges`; `times` of all futures, how
    often they do."""

    which: NDArray[np.intp] | None
    charges: Charges[Any]
    times: Amounts


def odds_of(name: str, source: Source, usual: Charges[Money], chance: Chance) -> Odds:
    """The larger a bill's spread, the longer its tail: sums are spread as logarithms are (对数正态分布)."""
    sizes = _sizes(usual, chance.spread) if chance.spread else None
    return Odds(name, source, round(chance.happens * CERTAIN), usual, sizes)


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
    if odds.happens == CERTAIN:
        return Drawn(None, _charges(odds, bits), ONCE)
    comes = bits < odds.happens
    which = np.flatnonzero(comes)
    futures, charges = len(bits), _charges(odds, bits[which])
    times = expanded(ONCE, which, futures) if len(which) else NOTHING
    if len(which) * _DENSE < futures:
        return Drawn(which, charges, times)
    return Drawn(None, _each(charges, lambda sums: expanded(sums, which, futures)), times)


def one_drawn(odds: Odds, bits: int) -> Charges[Money] | None:
    """The same for one future; None: no bill comes."""
    if bits >= odds.happens:
        return None
    if odds.sizes is None:
        return odds.usual
    size = bits * _SIZES // odds.happens
    return _each(odds.sizes, lambda sums: Money(int(sums[size])) if isinstance(sums, np.ndarray) else sums)


def _charges(odds: Odds, bits: NDArray[np.uint16]) -> Charges[Any]:
    if odds.sizes is None:
        return odds.usual
    size = bits.astype(np.uint32) * np.uint32(_SIZES) // np.uint32(odds.happens)
    return _each(odds.sizes, lambda sums: _picked(sums, size))


def _picked(sums: NDArray[Any] | Money, size: NDArray[np.uint32]) -> Amounts:
    return Many(sums[size], int(sums[0]), int(sums[-1])) if isinstance(sums, np.ndarray) else sums


def _sizes(usual: Charges[Money], spread: Decimal) -> Charges[Any]:
    """What is always nothing stays plainly nothing."""
    factor = _factors(float(spread))
    in_scope = usual.in_scope
    parts = [
        _scaled(part, factor)
        for part in (usual.fully_self_funded, usual.over_limit_self_funded, usual.upfront_copay, in_scope)
    ]
    own, over, upfront, inside = parts
    total_fee = own + over + upfront + inside
    fund = usual.fund_paid
    return Charges(
        _narrow(total_fee),
        _narrow(own),
        _narrow(over),
        _narrow(upfront),
        None if fund is None else _narrow(np.minimum(_scaled(fund, factor), total_fee)),
    )


def _scaled(usual: Money, factor: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.minimum(np.floor(float(usual) * factor + 0.5), float(_MOST // 8)).astype(np.int64)


def _narrow(sums: NDArray[np.int64]) -> NDArray[Any] | Money:
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
