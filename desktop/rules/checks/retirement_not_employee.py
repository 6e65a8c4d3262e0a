"""不是职工参保。Only who was insured as an employee retires from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Retirement
from desktop.domain.people import Scheme
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def not_employee(case: MatterCase) -> Iterator[Finding]:
    matter = case.matter
    if not isinstance(matter, Retirement):
        return
    if any(one.scheme is Scheme.EMPLOYEE and one.since <= matter.on for one in case.person.coverage):
        return
    yield Finding(
        "retirement.not_employee",
        Severity.ERROR,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text("{person}到这一天没有参加过职工医保，不能办医保退休", person=case.person.name),
        because=case.law.policy.flag("retirement.who"),
        fix=(text("核对参保记录和办理日期"),),
    )
