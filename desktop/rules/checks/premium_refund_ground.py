"""退费缘由。A premium is given back only on the grounds that the rules name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.terms import label
from desktop.domain.text import text
from desktop.rules.premium import refund_grounds, refund_right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import RefundCase


def refund_ground_not_allowed(case: RefundCase) -> Iterator[Finding]:
    premium, law, ground = case.premium, case.year_law, case.refund.ground
    if premium is None or law is None or ground is None or not case.standing:
        return
    from_account = premium.paid_from is not None
    if refund_right(law, premium.benefit_year, ground, from_account=from_account) is not None:
        return
    yield Finding(
        "premium.refund_ground_not_allowed",
        Severity.ERROR,
        about=(case.refund.id, premium.id),
        on=case.refund.on,
        says=text("因“{ground}”不能退居民医保费", ground=label(ground)),
        because=refund_grounds(law, from_account=from_account),
        fix=(text("只有重复缴费、参加职工医保、死亡等几种情形可以退"),),
    )
