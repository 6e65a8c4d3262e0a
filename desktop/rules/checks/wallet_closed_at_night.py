"""夜间不能转账。Wallets take no money at night; without an hour nobody can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.domain.wallet import WalletTransfer
from desktop.rules.wallet import closed_hours, is_closed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import WalletCase


def closed_at_night(case: WalletCase) -> Iterator[Finding]:
    event, hours = case.event, closed_hours(case.law)
    if not isinstance(event, WalletTransfer) or hours is None:
        return
    if event.at is not None and not is_closed(event.at, hours.value):
        return
    first, last = (f"{hour:%H:%M}" for hour in hours.value)
    told = (
        text("没有写明几点转账，{first} 至次日 {last} 不能转，无法核对", first=first, last=last)
        if event.at is None
        else text(
            "{hour} 不能转账，医保钱包每天 {first} 至次日 {last} 停办",
            hour=f"{event.at:%H:%M}",
            first=first,
            last=last,
        )
    )
    yield Finding(
        "wallet.closed_at_night",
        Severity.NOTE if event.at is None else Severity.ERROR,
        about=(event.id, case.payer.id),
        on=event.on,
        says=told,
        because=hours,
        fix=(text("填上转账的时刻"),) if event.at is None else (text("改在 {last} 以后转", last=last),),
    )
