"""参保地范围。Payer and beneficiary must be insured within the area that the channel reaches on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.people import pool_of, province_of
from desktop.domain.text import text
from desktop.rules.checks.policy_disputed import disputed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import BindingCase


def outside_area(case: BindingCase) -> Iterator[Finding]:
    coverage = case.beneficiary.coverage_on(case.day)
    payer_area = case.payer.area_on(case.day)
    if coverage is None or not payer_area:
        return
    reach = case.law.policy.word("mutual_aid.area", channel=case.channel)
    inside = {
        "pool": pool_of(payer_area) == pool_of(coverage.area),
        "province": province_of(payer_area) == province_of(coverage.area),
        "nation": True,
    }
    if inside[reach.value]:
        if any(not inside[str(other.value)] for other in reach.disputed):
            yield disputed(reach, (case.binding.id,), case.day)
        return
    yield Finding(
        "binding.outside_area",
        Severity.ERROR,
        about=(case.binding.id, case.beneficiary.id),
        on=case.day,
        says=text(
            "{beneficiary}与{payer}不在同一个{reach}参保，这一天不能这样共济",
            beneficiary=case.beneficiary.name,
            payer=case.payer.name,
            reach="统筹地区" if reach.value == "pool" else "省",
        ),
        because=reach,
        fix=(
            text("省外的家人，看医保钱包（跨省共济）是否已在两地开通"),
            text("由与{beneficiary}同省参保的近亲属绑定", beneficiary=case.beneficiary.name),
        ),
    )
