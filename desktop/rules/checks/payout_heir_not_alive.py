"""继承人已去世。Nobody is paid an inheritance after their own death."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.policy.policy import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def heir_not_alive(case: MatterCase) -> Iterator[Finding]:
    heir = case.heir_died
    if heir is None:
        return
    yield Finding(
        "payout.heir_not_alive",
        Severity.ERROR,
        about=(case.matter.id, heir.person),
        on=case.matter.on,
        says=text("领取的家人已于 {day} 去世，这一天不能领取", day=heir.on),
        because=Silence("payout.heir_not_alive", says="事情的先后"),
        fix=(text("改写另一位继承人，或核对支取和去世的日期"),),
    )
