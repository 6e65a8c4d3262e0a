"""小对象。The anchor in Python: small objects, one call a settlement, and no word about why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.anchors.rule import (
    CEILING,
    DEDUCTIBLE,
    OWN_CREDIT,
    OWN_OPENING,
    PAYER_CREDIT,
    PAYER_OPENING,
    PERCENT,
    PERCENT_TERTIARY,
    Month,
    Totals,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class Account:
    own: int = OWN_OPENING
    payer: int = PAYER_OPENING
    deductible: int = 0
    fund: int = 0


@dataclass(slots=True, frozen=True)
class Event:
    month: int
    bill: int
    tertiary: bool


@dataclass(slots=True, frozen=True)
class Settlement:
    deductible: int
    fund: int
    own: int
    mutual: int
    cash: int


def settle(account: Account, event: Event) -> Settlement:
    if event.month % 12 == 0:
        account.deductible = account.fund = 0
    account.own += OWN_CREDIT
    account.payer += PAYER_CREDIT
    deductible = min(event.bill, DEDUCTIBLE - account.deductible)
    account.deductible += deductible
    percent = PERCENT_TERTIARY if event.tertiary else PERCENT
    fund = min((event.bill - deductible) * percent // 100, CEILING - account.fund)
    account.fund += fund
    rest = event.bill - fund
    own = min(rest, account.own)
    account.own -= own
    mutual = min(rest - own, account.payer)
    account.payer -= mutual
    return Settlement(deductible, fund, own, mutual, rest - own - mutual)


def run(months: Sequence[Month]) -> Totals:
    fund = own = mutual = cash = 0
    account = Account()
    for number, (bill, tertiary) in enumerate(months):
        done = settle(account, Event(number, bill, tertiary))
        fund += done.fund
        own += done.own
        mutual += done.mutual
        cash += done.cash
    return Totals(fund, own, mutual, cash)
