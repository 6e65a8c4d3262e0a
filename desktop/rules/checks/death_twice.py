"""去世两次。Someone is recorded to have died already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Death
from desktop.domain.text import text
from desktop.policy.policy import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def died_twice(case: MatterCase) -> Iterator[Finding]:
    died = case.died
    if died is None or not isinstance(case.matter, Death):
        return
    yield Finding(
        "death.twice",
        Severity.ERROR,
        about=(case.matter.id, case.person.id),
        on=case.matter.on,
        says=text("{person}的去世已经记在 {day}", person=case.person.name, day=died),
        because=Silence("death.twice", says="事情的先后"),
        fix=(text("删去多记的一条"),),
    )
