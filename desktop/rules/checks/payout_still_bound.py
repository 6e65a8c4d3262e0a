"""还有共济关系。Shared relations are ended before an account is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Payout, PayoutReason
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def still_bound(case: MatterCase) -> Iterator[Finding]:
    matter, law = case.matter, case.law
    if not isinstance(matter, Payout) or matter.reason is PayoutReason.OLD_CARD or not case.bindings:
        return
    rule = law.optional(lambda: law.policy.flag("closing.ends_bindings"))
    if rule is None or not rule.value:
        return
    yield Finding(
        "payout.still_bound",
        Severity.WARNING,
        about=(matter.id, case.person.id, *(one.id for one in case.bindings)),
        on=matter.on,
        says=text(
            "{person}还有 {count} 条共济关系没有解除", person=case.person.name, count=len(case.bindings)
        ),
        because=rule,
        fix=(text("领取余额之前，先在湘医保或窗口解除共济关系，并在这里写上终止日"),),
    )
