"""共济人余额为零。A binding made with an empty account is allowed, but pays nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import BindingCase


def payer_balance_zero(case: BindingCase) -> Iterator[Finding]:
    if not case.in_province or case.balance is None or case.balance > NOTHING:
        return
    yield Finding(
        "binding.payer_balance_zero",
        Severity.WARNING,
        about=(case.binding.id, case.payer.id, *([case.event] if case.event is not None else [])),
        on=case.day,
        says=text(
            "{payer}的个人账户余额为 0，{beneficiary}用不到共济的钱",
            payer=case.payer.name,
            beneficiary=case.beneficiary.name,
        ),
        because=case.law.policy.flag("mutual_aid.payer_has_account", channel=case.channel),
        fix=(text("等下月划入后再用，或由另一位有余额的近亲属绑定"),),
    )
