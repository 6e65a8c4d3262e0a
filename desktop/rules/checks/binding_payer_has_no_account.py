"""共济人账户。Only someone with an employee's personal account can pay for relatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.people import Scheme, Status
from desktop.domain.text import text
from desktop.rules.contribution import has_account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import BindingCase


def payer_has_no_account(case: BindingCase) -> Iterator[Finding]:
    coverage, policy = case.payer.coverage_on(case.day), case.law.policy
    if has_account(coverage, case.law):
        return
    flexible = coverage is not None and (coverage.scheme, coverage.status) == (
        Scheme.EMPLOYEE,
        Status.FLEXIBLE,
    )
    rule = (
        policy.flag("account.flexible_has_account")
        if flexible
        else policy.flag("mutual_aid.payer_has_account", channel=case.channel)
    )
    yield Finding(
        "binding.payer_has_no_account",
        Severity.ERROR,
        about=(case.binding.id, case.payer.id),
        on=case.day,
        says=text("{payer}这一天没有职工医保个人账户，不能作共济人", payer=case.payer.name),
        because=rule,
        fix=(text("由有职工医保个人账户的近亲属绑定{beneficiary}", beneficiary=case.beneficiary.name),),
    )
