"""重复缴费。One premium for a person in a benefit year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.premium import RefundGround
from desktop.domain.text import text
from desktop.rules.checks.premium_refund_right import refund_right_words
from desktop.rules.premium import PROXY, personal_premium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import PremiumCase


def paid_twice(case: PremiumCase) -> Iterator[Finding]:
    if not case.paid_before:
        return
    payment, law = case.payment, case.law
    once = law.optional(lambda: law.policy.flag("mutual_aid.premium_once_a_year", channel=PROXY))
    yield Finding(
        "premium.paid_twice",
        Severity.ERROR,
        about=(payment.id, case.insured.id),
        on=payment.on,
        says=text(
            "{insured}{year} 年度的居民医保费已经缴过", insured=case.insured.name, year=payment.benefit_year
        ),
        because=once or personal_premium(case.year_law),
        fix=(text("不用再缴"), *refund_right_words(case, RefundGround.DUPLICATE)),
    )
