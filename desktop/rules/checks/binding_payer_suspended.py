"""共济人停保。Whether an account may pay for relatives while its owner is suspended is not settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.people import Status
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import BindingCase


def payer_suspended(case: BindingCase) -> Iterator[Finding]:
    coverage = case.payer.coverage_on(case.day)
    if coverage is None or coverage.status is not Status.SUSPENDED:
        return
    rule = case.law.policy.flag("mutual_aid.suspended_payer_pays", channel=case.channel)
    yield Finding(
        "binding.payer_suspended",
        Severity.NOTE if rule.value else Severity.ERROR,
        about=(case.binding.id, case.payer.id),
        on=case.day,
        says=text("{payer}停保期间能否继续共济，未见规定", payer=case.payer.name),
        because=rule,
        fix=(text("请先拨打 12393 核实，或恢复缴费后再用"),),
    )
