"""不在待遇期。Before the first coverage, while suspended or not insured, the fund pays nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import VisitCase


def not_covered_yet(case: VisitCase) -> Iterator[Finding]:
    if case.coverage is not None and case.coverage.gives_benefits:
        return
    yield Finding(
        "visit.not_covered_yet",
        Severity.WARNING,
        about=(case.visit.id, case.patient.id),
        on=case.visit.on,
        says=text("{patient}这一天没有医保待遇，统筹基金不支付", patient=case.patient.name),
        because=case.law.policy.flag("visit.insured_only"),
        fix=(text("核对参保状态，缴清费用后按规定恢复待遇"),),
    )
