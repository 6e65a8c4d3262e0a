"""同时绑定人数。A payer may bind only so many relatives at one time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import BindingCase


def too_many_active(case: BindingCase) -> Iterator[Finding]:
    if not case.in_province:
        return
    limit = case.law.optional(lambda: case.law.policy.count("mutual_aid.most_active", channel=case.channel))
    bound = {one.beneficiary for one in case.beside if one.payer == case.payer.id and one.holds_on(case.day)}
    if limit is None or len(bound | {case.beneficiary.id}) <= limit.value:
        return
    yield Finding(
        "binding.too_many_active",
        Severity.ERROR,
        about=(case.binding.id, case.payer.id),
        on=case.day,
        says=text(
            "{payer}同时最多绑定 {limit} 人，{beneficiary}是第 {place} 人",
            payer=case.payer.name,
            limit=limit.value,
            beneficiary=case.beneficiary.name,
            place=len(bound) + 1,
        ),
        because=limit,
        fix=(
            text("先解除一位不常用的家人，再绑定{beneficiary}", beneficiary=case.beneficiary.name),
            text("由另一位有个人账户的近亲属绑定{beneficiary}", beneficiary=case.beneficiary.name),
        ),
    )
