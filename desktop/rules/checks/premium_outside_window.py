"""征缴期外。An account pays a resident's premium only inside the collection window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.rules.premium import window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import PremiumCase


def outside_window(case: PremiumCase) -> Iterator[Finding]:
    payment = case.payment
    if payment.paid_from is None:
        return
    term = window(case.year_law, payment.benefit_year)
    first, last = term.value
    if first <= payment.on <= last:
        return
    yield Finding(
        "premium.outside_window",
        Severity.ERROR,
        about=(payment.id, case.insured.id),
        on=payment.on,
        says=text(
            "{year} 年度的居民医保费在 {first} 至 {last} 集中征缴，此外不能从个人账户代缴",
            year=payment.benefit_year,
            first=first,
            last=last,
        ),
        because=term,
        fix=(text("在集中征缴期内代缴"), text("特殊人群可通过湘税社保缴费")),
    )
