"""退费已过期。A premium can be taken back only until a day, a later one where an account paid it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.rules.premium import refund_right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import RefundCase


def refund_too_late(case: RefundCase) -> Iterator[Finding]:
    premium = case.premium
    if premium is None or case.year_law is None or not case.standing:
        return
    from_account = premium.paid_from is not None
    last = refund_right(case.year_law, premium.benefit_year, case.refund.ground, from_account=from_account)
    if last is None or case.refund.on <= last.value:
        return
    yield Finding(
        "premium.refund_too_late",
        Severity.ERROR,
        about=(case.refund.id, premium.id),
        on=case.refund.on,
        says=text(
            "{year} 年度的居民医保费最晚 {last} 申请退费，已经过期",
            year=premium.benefit_year,
            last=last.value,
        ),
        because=last,
        fix=(text("下次在期限之前到参保地申请"),),
    )
