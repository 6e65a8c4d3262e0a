"""两位共济人。A beneficiary may have only so many payers at one time; the earlier binding stays valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import BindingCase


def two_payers(case: BindingCase) -> Iterator[Finding]:
    if not case.in_province:
        return
    limit = case.law.optional(
        lambda: case.law.policy.term("mutual_aid.payers_per_beneficiary", channel=case.channel)
    )
    others = {
        one.payer
        for one in case.beside
        if one.beneficiary == case.beneficiary.id and one.payer != case.payer.id and one.holds_on(case.day)
    }
    if limit is None or not isinstance(limit.value, int) or len(others) < limit.value:
        return
    yield Finding(
        "binding.two_payers",
        Severity.ERROR,
        about=(case.binding.id, case.beneficiary.id),
        on=case.day,
        says=text(
            "{beneficiary}已有共济人，{payer}后来的绑定不能生效",
            beneficiary=case.beneficiary.name,
            payer=case.payer.name,
        ),
        because=limit,
        fix=(
            text("保留先绑定的一位，{payer}解除绑定", payer=case.payer.name),
            text("请先绑定的一位解绑后，{payer}再重新绑定", payer=case.payer.name),
        ),
    )
