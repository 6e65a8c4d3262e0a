"""医保钱包。Sharing across provinces: money sent to a relative's wallet, or a quota opened for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from desktop.domain.money import Money


@dataclass(frozen=True, slots=True)
class WalletTransfer:
    """医保钱包转账 (from 2024-12-02): money goes from the payer's account to the beneficiary's wallet.

    `accepted` False: nobody took it, and it comes back.
    """

    id: str
    on: date
    payer: str
    beneficiary: str
    amount: Money
    accepted: bool = True
    at: datetime | None = None
    note: str = ""

    @property
    def person(self) -> str:
        return self.payer


@dataclass(frozen=True, slots=True)
class WalletQuota:
    """共济额度 (notice of 2026-01-09): a sum of the payer's account is frozen for the beneficiary."""

    id: str
    on: date
    payer: str
    beneficiary: str
    amount: Money
    at: datetime | None = None
    note: str = ""

    @property
    def person(self) -> str:
        return self.payer
