"""额度冻结。What is set aside for a relative is not the payer's own to spend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING
from desktop.domain.text import text
from desktop.rules.wallet import QUOTA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import FrozenCase


def frozen_quota_spent(case: FrozenCase) -> Iterator[Finding]:
    if case.frozen <= NOTHING:
        return
    yield Finding(
        "wallet.frozen_quota_spent",
        Severity.ERROR,
        about=(case.event, case.holder.id),
        on=case.on,
        says=text(
            "{holder}账户里有 {frozen} 元冻结为共济额度，自己不能用，这一笔差 {lacked} 元",
            holder=case.holder.name,
            frozen=case.frozen,
            lacked=case.lacked,
        ),
        because=case.law.policy.flag("wallet.quota_frozen", channel=QUOTA),
        fix=(text("差的部分付现金，或解除共济关系，额度退回后再用"),),
    )
