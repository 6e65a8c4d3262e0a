"""累计绑定人数。A payer may bind only so many different people; the same person again takes no place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import BindingCase


def too_many_lifetime(case: BindingCase) -> Iterator[Finding]:
    if not case.in_province:
        return
    limit = case.law.optional(
        lambda: case.law.policy.count("mutual_aid.most_in_lifetime", channel=case.channel)
    )
    ever = {one.beneficiary for one in case.beside if one.payer == case.payer.id}
    if limit is None or len(ever | {case.beneficiary.id}) <= limit.value:
        return
    yield Finding(
        "binding.too_many_lifetime",
        Severity.ERROR,
        about=(case.binding.id, case.payer.id),
        on=case.day,
        says=text(
            "{payer}累计最多绑定 {limit} 个不同的人，{beneficiary}已超出",
            payer=case.payer.name,
            limit=limit.value,
            beneficiary=case.beneficiary.name,
        ),
        because=limit,
        fix=(
            text("重新绑定以前绑定过的人不占名额"),
            text("由另一位有个人账户的近亲属绑定{beneficiary}", beneficiary=case.beneficiary.name),
        ),
    )
