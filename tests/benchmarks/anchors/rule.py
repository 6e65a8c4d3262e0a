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

from typing import NamedTuple

import numpy as np

DEDUCTIBLE, CEILING = 30_000, 150_000
PERCENT, PERCENT_TERTIARY = 70, 60
OWN_OPENING, PAYER_OPENING = 200_000, 100_000
OWN_CREDIT, PAYER_CREDIT = 13_000, 9_000
MONTHS = 120

_SEED = 7
_LARGEST = 5e6
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
        bill = min(float(random.lognormal(10.2, 1.1)), _LARGEST)
        fen = int(bill) // _STEP * _STEP if random.random() < visited else 0
        months.append(Month(fen, bool(random.random() < 0.4)))
    return months
