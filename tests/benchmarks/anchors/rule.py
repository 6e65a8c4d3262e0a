"""人月。The rule that every anchor settles: one person-month, all money in whole fen.

In January the counters of the year start anew.
Both accounts are credited: own += OWN_CREDIT, payer += PAYER_CREDIT.
deductible = min(bill, DEDUCTIBLE - deductible so far)
fund       = min(floor((bill - deductible) x percent / 100), CEILING - fund so far)
own        = min(bill - fund, own account)
mutual     = min(what is left, payer's account)
cash       = the rest
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEDUCTIBLE, CEILING = 30_000, 150_000
PERCENT, PERCENT_TERTIARY = 70, 60
OWN_OPENING, PAYER_OPENING = 200_000, 100_000
OWN_CREDIT, PAYER_CREDIT = 13_000, 9_000
MONTHS = 120
LARGEST = 5_000_000
SATURATED = 250_000
"""Of this the ceiling is paid: an anchor that multiplies no larger sum needs 32 bits only."""

_SEED = 7
_STEP = 10  # whole tenths of a yuan: 60 % and 70 % of them are whole fen, so that no rounding rule matters


class Month(NamedTuple):
    """What one person brings in one month; `bill` 0: no visit."""

    bill: int
    tertiary: bool


class Totals(NamedTuple):
    """Who paid, over all months."""

    fund: int
    own: int
    mutual: int
    cash: int


def draw_months(visited: float) -> list[Month]:
    """Heavy-tailed bills; `visited` is the share of months that have one."""
    random = np.random.default_rng(_SEED)
    months = []
    for _ in range(MONTHS):
        bill = min(float(random.lognormal(10.2, 1.1)), LARGEST)
        fen = int(bill) // _STEP * _STEP if random.random() < visited else 0
        months.append(Month(fen, bool(random.random() < 0.4)))
    return months


def tertiary_of(people: int) -> int:
    """How many of them, the first, always go to a tertiary hospital."""
    return people * 2 // 5


def draw_people(people: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Bills and levels of many people, a row a month: half the months have no bill."""
    random = np.random.default_rng(_SEED)
    bills = np.empty((MONTHS, people), np.int32)
    for month in range(MONTHS):
        sums = np.minimum(random.lognormal(10.2, 1.1, people), LARGEST).astype(np.int32)
        bills[month] = np.where(random.random(people) < 0.5, sums // _STEP * _STEP, 0)
    tertiary = np.zeros((MONTHS, people), np.int8)
    tertiary[:, : tertiary_of(people)] = 1
    return bills, tertiary
