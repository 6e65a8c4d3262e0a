"""非定点机构。Neither the fund nor any account pays at a place that is not designated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import VisitCase


def provider_not_designated(case: VisitCase) -> Iterator[Finding]:
    if case.visit.provider.designated:
        return
    rule = case.law.policy.flag("visit.designated_only")
    if not rule.value:
        return
    yield Finding(
        "visit.provider_not_designated",
        Severity.ERROR,
        about=(case.visit.id, case.patient.id),
        on=case.visit.on,
        says=text("{patient}去的不是定点医药机构，医保和个人账户都不能支付", patient=case.patient.name),
        because=rule,
        fix=(text("下次选择定点医院或定点药店"), text("这一笔由现金支付")),
    )
