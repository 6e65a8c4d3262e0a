"""余额不够。What is sent or set aside leaves the account whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.domain.wallet import WalletTransfer
from desktop.rules.wallet import regime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.money import Money
    from desktop.rules.case import WalletCase


def account_short(case: WalletCase, balance: Money) -> Iterator[Finding]:
    """`balance` is the payer's."""
    event = case.event
    if balance >= event.amount:
        return
    yield Finding(
        "wallet.account_short",
        Severity.ERROR,
        about=(event.id, case.payer.id),
        on=event.on,
        says=text(
            "{payer}的账户余额 {balance} 元，不够转出 {amount} 元"
            if isinstance(event, WalletTransfer)
            else "{payer}的账户余额 {balance} 元，不够给出 {amount} 元的额度",
            payer=case.payer.name,
            balance=balance,
            amount=event.amount,
        ),
        because=regime(case.law),
        fix=(text("改为不超过 {balance} 元，或等下月划入以后", balance=balance),),
    )
