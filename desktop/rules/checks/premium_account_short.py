"""余额不够代缴。A premium is paid in full or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.settlement import Side
from desktop.domain.terms import label
from desktop.domain.text import text
from desktop.rules.premium import PROXY, personal_premium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import PremiumCase


def account_short(case: PremiumCase) -> Iterator[Finding]:
    if case.bound is not True or case.balance is None or case.balance >= case.amount:
        return
    payment, law = case.payment, case.law
    full = law.optional(lambda: law.policy.flag("mutual_aid.premium_full_amount", channel=PROXY))
    yield Finding(
        "premium.account_short",
        Severity.ERROR,
        about=(payment.id, case.insured.id),
        on=payment.on,
        says=text(
            "{purse}余额 {balance} 元，不够代缴{insured}的 {amount} 元，居民医保费要一次缴清",
            purse="账户" if case.purse is Side.ACCOUNT else label(case.purse),
            balance=case.balance,
            insured=case.insured.name,
            amount=case.amount,
        ),
        because=full or personal_premium(case.year_law),
        fix=(text("改由现金缴费，或等下月划入后在征缴期内代缴"),),
    )
