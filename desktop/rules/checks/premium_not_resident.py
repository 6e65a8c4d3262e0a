"""不是居民参保。A resident's premium is for residents; nobody is in two schemes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.people import Scheme
from desktop.domain.premium import RefundGround
from desktop.domain.text import text
from desktop.rules.checks.premium_refund_right import refund_right_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import PremiumCase


def not_resident(case: PremiumCase) -> Iterator[Finding]:
    # 缴费当天还没有参保的（新生儿、首次参保），缴费之后才成为居民参保人。
    schemes = {coverage.scheme for coverage in (case.now, case.then) if coverage is not None}
    if not schemes or Scheme.RESIDENT in schemes:
        return
    payment = case.payment
    yield Finding(
        "premium.not_resident",
        Severity.ERROR,
        about=(payment.id, case.insured.id),
        on=payment.on,
        says=text("{insured}参加的是职工医保，不用缴居民医保费", insured=case.insured.name),
        because=case.law.policy.count("enrolment.schemes_at_one_time"),
        fix=(
            text("核对{insured}的参保险种", insured=case.insured.name),
            *refund_right_words(case, RefundGround.JOINED_EMPLOYEE),
        ),
    )
