"""转账与额度。Money is sent to wallets under one regime, a quota is opened under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.domain.wallet import WalletTransfer
from desktop.rules.wallet import TRANSFER, regime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import WalletCase


def wrong_regime(case: WalletCase) -> Iterator[Finding]:
    event, now = case.event, regime(case.law)
    by_transfer = now.channel == TRANSFER
    if isinstance(event, WalletTransfer) is by_transfer:
        return
    yield Finding(
        "wallet.wrong_regime",
        Severity.ERROR,
        about=(event.id, case.payer.id),
        on=event.on,
        says=text("这一天还没有共济额度，钱要转入{beneficiary}的医保钱包", beneficiary=case.beneficiary.name)
        if by_transfer
        else text(
            "这一天不能再往医保钱包转钱，只能给{beneficiary}共济额度", beneficiary=case.beneficiary.name
        ),
        because=now,
        fix=(text("改记为医保钱包转账") if by_transfer else text("改记为共济额度"),),
    )
