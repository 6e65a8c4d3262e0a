"""已经退休。Who is insured as retired does not retire again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Retirement
from desktop.domain.people import Status
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def retired_already(case: MatterCase) -> Iterator[Finding]:
    matter = case.matter
    if not isinstance(matter, Retirement):
        return
    held = case.person.coverage_on(matter.on)
    before = any(isinstance(one, Retirement) for one in case.before)
    if not before and (held is None or held.status is not Status.RETIRED):
        return
    yield Finding(
        "retirement.twice",
        Severity.ERROR,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text("{person}已经办过医保退休", person=case.person.name),
        because=case.law.policy.flag("retirement.who"),
        fix=(text("删去多记的一条，或核对参保记录里退休的起始日"),),
    )
