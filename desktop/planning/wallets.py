"""医保钱包。Money sent to relatives' wallets and quotas frozen for them, as visits use them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.wallet import WalletQuota, WalletTransfer
    from desktop.planning.bindings import Bindings
    from desktop.planning.step import Step


@dataclass(slots=True)
class Wallets:
    bindings: Bindings

    def move(self, _event: WalletTransfer | WalletQuota) -> None:
        """Raises `NotCovered` before any money moves."""

    def later(self, _family: Family, _until: date) -> Iterator[Step]:
        """What comes back on a later day."""
        yield from ()
