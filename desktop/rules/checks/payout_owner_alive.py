"""没有去世。What is inherited is the account of someone who died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Payout, PayoutReason
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def owner_alive(case: MatterCase) -> Iterator[Finding]:
    matter = case.matter
    if not isinstance(matter, Payout) or matter.reason is not PayoutReason.INHERITANCE:
        return
    if case.died is not None:
        return
    yield Finding(
        "payout.owner_alive",
        Severity.ERROR,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text("到这一天没有{person}去世的记录，余额不能继承", person=case.person.name),
        because=case.law.policy.flag("account.heritable"),
        fix=(text("先记下去世的日子，或核对支取的缘由"),),
    )
