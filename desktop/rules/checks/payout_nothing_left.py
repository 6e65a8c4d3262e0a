"""没有余额。Nothing is left in the account to be taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text

if TYPE_CHECKING:
    from desktop.domain.clause import Clause
    from desktop.domain.matter import Payout


def nothing_left(payout: Payout, because: Clause) -> Finding:
    return Finding(
        "payout.nothing_left",
        Severity.NOTE,
        about=(payout.id, payout.person),
        on=payout.on,
        says=text("账户里已经没有钱，没有支取"),
        because=because,
        fix=(text("核对支取的日期和金额"),),
    )
