"""个人账户。One worker's account: what it opened with, and the wage base that feeds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING, Money

if TYPE_CHECKING:
    from desktop.domain.clause import Clause


@dataclass(frozen=True, slots=True)
class Base:
    """缴费基数: yuan a month (kept in fen), from a day on."""

    since: date
    monthly: Money


@dataclass(frozen=True, slots=True)
class Account:
    """`opening` is the balance at the start of `opened_on`; without a day, nothing from the beginning."""

    opened_on: date = date.min
    opening: Money = NOTHING
    bases: tuple[Base, ...] = ()

    def base_on(self, day: date) -> Money | None:
        current = [base for base in self.bases if base.since <= day]
        return max(current, key=lambda base: base.since).monthly if current else None


@dataclass(frozen=True, slots=True)
class Credited:
    """划入。What was credited to `holder` on a day; `base` is the wage base used, None for a fixed sum."""

    holder: str
    on: date
    amount: Money
    base: Money | None
    because: Clause
