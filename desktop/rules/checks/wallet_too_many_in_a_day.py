"""转账次数。A payer may send money to wallets only so often a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.domain.wallet import WalletTransfer
from desktop.rules.wallet import most_a_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import WalletCase


def too_many_in_a_day(case: WalletCase) -> Iterator[Finding]:
    event, limit = case.event, most_a_day(case.law)
    if not isinstance(event, WalletTransfer) or limit is None or case.earlier < limit.value:
        return
    yield Finding(
        "wallet.too_many_in_a_day",
        Severity.ERROR,
        about=(event.id, case.payer.id),
        on=event.on,
        says=text(
            "{payer}这一天已转账 {earlier} 次，医保钱包每天最多 {limit} 次",
            payer=case.payer.name,
            earlier=case.earlier,
            limit=limit.value,
        ),
        because=limit,
        fix=(text("改在第二天转"),),
    )
