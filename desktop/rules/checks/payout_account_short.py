"""余额不足所写。The account holds less than is said to be taken out: all there is goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.clause import Clause
    from desktop.domain.matter import Payout
    from desktop.domain.money import Money


def less_held(payout: Payout, held: Money, because: Clause) -> Iterator[Finding]:
    """没有余额的另外说明。"""
    if payout.amount is None or not NOTHING < held < payout.amount:
        return
    yield Finding(
        "payout.account_short",
        Severity.WARNING,
        about=(payout.id, payout.person),
        on=payout.on,
        says=text("账户里只有 {held} 元，不够写的 {amount} 元，全部取出", held=held, amount=payout.amount),
        because=because,
        fix=(text("核对支取的金额和账户余额"),),
    )
