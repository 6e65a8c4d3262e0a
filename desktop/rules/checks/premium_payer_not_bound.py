"""没有绑定。An account pays the premium only of a relative bound to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.rules.premium import relative_may_pay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import PremiumCase


def payer_not_bound(case: PremiumCase) -> Iterator[Finding]:
    if case.bound is not False:
        return
    payment = case.payment
    yield Finding(
        "premium.payer_not_bound",
        Severity.ERROR,
        about=(payment.id, case.insured.id),
        on=payment.on,
        says=text("这一天没有绑定{insured}，不能从这个账户代缴", insured=case.insured.name),
        because=relative_may_pay(case.law),
        fix=(text("先在家庭共济里绑定{insured}，再代缴", insured=case.insured.name),),
    )
