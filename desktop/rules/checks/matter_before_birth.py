"""出生之前。Nothing is done for someone before they are born."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.policy.policy import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def before_birth(case: MatterCase) -> Iterator[Finding]:
    matter, born = case.matter, case.person.born
    if born is None or born <= matter.on:
        return
    yield Finding(
        "matter.before_birth",
        Severity.ERROR,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text("{person}生于 {day}，这一天还没有出生", person=case.person.name, day=born),
        because=Silence("matter.before_birth", says="事情的先后"),
        fix=(text("核对办理的日期和出生日期"),),
    )
