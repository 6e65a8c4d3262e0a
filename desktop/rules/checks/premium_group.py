"""缴费档次。A group pays its own standard, and only those who belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.premium import PremiumGroup
from desktop.domain.terms import label
from desktop.domain.text import text
from desktop.rules.premium import PROXY, group_premium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import PremiumCase


def group_not_newborn(case: PremiumCase) -> Iterator[Finding]:
    """出生当年免缴，以后照缴。"""
    payment, born, law = case.payment, case.insured.born, case.year_law
    if payment.group is not PremiumGroup.NEWBORN or born is None or born.year == payment.benefit_year:
        return
    yield Finding(
        "premium.group_not_newborn",
        Severity.ERROR,
        about=(payment.id, case.insured.id),
        on=payment.on,
        says=text(
            "{insured}{born} 出生，{year} 年度不按新生儿免缴",
            insured=case.insured.name,
            born=born,
            year=payment.benefit_year,
        ),
        because=law.policy.flag("premium.newborn_free", channel=PROXY),
        fix=(text("按个人缴费标准缴"),),
    )


def group_amount_differs(case: PremiumCase) -> Iterator[Finding]:
    payment, law = case.payment, case.year_law
    standard = law.optional(lambda: group_premium(law, payment.group))
    if standard is None or payment.amount is None or payment.amount == standard.value:
        return
    yield Finding(
        "premium.group_amount_differs",
        Severity.WARNING,
        about=(payment.id, case.insured.id),
        on=payment.on,
        says=text(
            "{insured}按“{group}”应缴 {due} 元，记的是 {amount} 元",
            insured=case.insured.name,
            group=label(payment.group),
            due=standard.value,
            amount=payment.amount,
        ),
        because=standard,
        fix=(text("核对缴费档次和金额"),),
    )
