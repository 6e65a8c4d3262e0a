"""家庭的许多路径。The anchor in plain NumPy: eleven people on one shared account, written for speed alone.

Each path, each month and each person has the bill that one table lookup gives them, half of them none, and is
settled by `rule.py`. It knows no law, no calendar, no clause; whose bill emptied the account it cannot say.
All people of a month are reckoned at once, for theirs is one demand on the shared account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tests.benchmarks.anchors.rule import (
    CEILING,
    DEDUCTIBLE,
    MONTHS,
    OWN_CREDIT,
    OWN_OPENING,
    PAYER_CREDIT,
    PAYER_OPENING,
    PERCENT,
    PERCENT_TERTIARY,
    SATURATED,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

PEOPLE = 11
PERCENTILES = (5, 25, 50, 75, 95)

_BLOCK = 4096
_SIZES = 32_768
_I32, _U32 = np.int32, np.uint32


class Drawn(NamedTuple):
    """By month, person and path."""

    bills: NDArray[Any]
    tertiary: NDArray[Any]


def bill_table() -> NDArray[Any]:
    """What each of 65,536 draws comes to; half of them are no bill."""
    table = np.zeros(2 * _SIZES, _I32)
    sizes = np.random.default_rng(0).lognormal(10.2, 1.1, _SIZES)
    table[_SIZES:] = np.sort(np.minimum(sizes, 5e6)).astype(_I32)
    return table


def draw(table: NDArray[Any], random: np.random.Generator, paths: int) -> Drawn:
    bits = np.frombuffer(random.bytes(2 * MONTHS * PEOPLE * paths), np.uint16)
    shape = MONTHS, PEOPLE, paths
    return Drawn(table[bits].reshape(shape), (bits & 1).astype(np.int8).reshape(shape))


def simulate(drawn: Drawn) -> tuple[NDArray[Any], NDArray[Any]]:
    """The shared account at each month's end, and the cash of each path."""
    paths = drawn.bills.shape[2]
    balances, cash = np.empty((MONTHS, paths), _I32), np.zeros(paths, np.int64)
    for begins in range(0, paths, _BLOCK):
        some = slice(begins, min(paths, begins + _BLOCK))
        _simulate(Drawn(drawn.bills[:, :, some], drawn.tertiary[:, :, some]), balances[:, some], cash[some])
    return balances, cash


def _simulate(drawn: Drawn, balances: NDArray[Any], cash: NDArray[Any]) -> None:
    shape = drawn.bills.shape[1:]
    own, payer = np.full(shape, OWN_OPENING, _I32), np.full(shape[1], PAYER_OPENING, _I32)
    deductible_left, fund_left = np.empty(shape, _I32), np.empty(shape, _I32)
    part, rest, demand = np.empty(shape, _I32), np.empty(shape, _I32), np.empty(shape[1], _I32)
    for month in range(MONTHS):
        if month % 12 == 0:
            deductible_left.fill(DEDUCTIBLE)
            fund_left.fill(CEILING)
        own += _I32(OWN_CREDIT)
        payer += _I32(PAYER_CREDIT)
        bills = drawn.bills[month]
        np.minimum(bills, deductible_left, out=part)
        deductible_left -= part
        np.subtract(bills, part, out=part)
        np.minimum(part, _I32(SATURATED), out=part)
        np.multiply(drawn.tertiary[month], _I32(PERCENT_TERTIARY - PERCENT), out=rest)
        rest += _I32(PERCENT)
        part *= rest
        np.floor_divide(part.view(_U32), _U32(100), out=part.view(_U32))
        np.minimum(part, fund_left, out=part)
        fund_left -= part
        np.subtract(bills, part, out=rest)
        np.minimum(rest, own, out=part)
        own -= part
        rest -= part
        np.sum(rest, axis=0, out=demand, dtype=_I32)
        np.minimum(demand, payer, out=part[0])
        payer -= part[0]
        demand -= part[0]
        cash += demand
        balances[month] = payer


def bands(balances: NDArray[Any]) -> NDArray[Any]:
    """Sorting and picking costs a fifth of `numpy.quantile`."""
    places = [percent * (balances.shape[1] - 1) // 100 for percent in PERCENTILES]
    return np.asarray(np.sort(balances, axis=1)[:, places])


def run(table: NDArray[Any], paths: int, seed: int = 1) -> NDArray[Any]:
    """From draws to bands."""
    balances, _ = simulate(draw(table, np.random.Generator(np.random.SFC64(seed)), paths))
    return bands(balances)
