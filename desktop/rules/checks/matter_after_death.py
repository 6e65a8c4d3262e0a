"""去世之后。Nobody enrols, moves, retires or pays arrears after their death."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Death, Payout
from desktop.domain.text import text
from desktop.policy.policy import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def after_death(case: MatterCase) -> Iterator[Finding]:
    matter, died = case.matter, case.died
    if died is None or isinstance(matter, Death | Payout):
        return
    yield Finding(
        "matter.after_death",
        Severity.ERROR,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text("{person}已于 {day} 去世，这一天不能再办理", person=case.person.name, day=died),
        because=Silence("matter.after_death", says="事情的先后"),
        fix=(text("核对办理的日期和去世的日期"),),
    )
