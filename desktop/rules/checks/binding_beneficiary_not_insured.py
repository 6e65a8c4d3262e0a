"""使用人参保。A beneficiary must be insured, as an employee or a resident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import BindingCase


def beneficiary_not_insured(case: BindingCase) -> Iterator[Finding]:
    coverage = case.beneficiary.coverage_on(case.day)
    if coverage is not None and coverage.gives_benefits:
        return
    rule = case.law.policy.flag("mutual_aid.beneficiary_insured", channel=case.channel)
    if not rule.value:
        return
    yield Finding(
        "binding.beneficiary_not_insured",
        Severity.ERROR,
        about=(case.binding.id, case.beneficiary.id),
        on=case.day,
        says=text("{beneficiary}这一天没有正常参保，不能使用家庭共济", beneficiary=case.beneficiary.name),
        because=rule,
        fix=(text("先为{beneficiary}参保或恢复缴费，再重新绑定", beneficiary=case.beneficiary.name),),
    )
