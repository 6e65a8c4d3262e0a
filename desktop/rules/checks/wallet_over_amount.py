"""转账金额。Only so much may be sent to a wallet at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.domain.wallet import WalletTransfer
from desktop.rules.wallet import most_at_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import WalletCase


def over_amount(case: WalletCase) -> Iterator[Finding]:
    event, limit = case.event, most_at_once(case.law)
    if not isinstance(event, WalletTransfer) or limit is None or event.amount <= limit.value:
        return
    yield Finding(
        "wallet.over_amount",
        Severity.ERROR,
        about=(event.id, case.payer.id),
        on=event.on,
        says=text(
            "这一次转账 {amount} 元，超过医保钱包每次最多 {limit} 元",
            amount=event.amount,
            limit=limit.value,
        ),
        because=limit,
        fix=(text("分成几次转，每次不超过 {limit} 元", limit=limit.value),),
    )
