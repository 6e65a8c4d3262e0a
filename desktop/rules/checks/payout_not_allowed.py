"""不得提取。Only on the grounds that the law names may money be taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Payout
from desktop.domain.terms import label
from desktop.domain.text import text
from desktop.rules.closing import may_be_paid_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def not_allowed(case: MatterCase) -> Iterator[Finding]:
    matter = case.matter
    if not isinstance(matter, Payout):
        return
    allowed, rule = may_be_paid_out(matter.reason, case.law)
    if allowed:
        return
    yield Finding(
        "payout.not_allowed",
        Severity.ERROR,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text(
            "个人账户的钱不能因“{reason}”取成现金，只能看病购药、共济或缴费",
            reason=label(matter.reason),
        ),
        because=rule,
        fix=(text("余额可以一直用下去，也可以绑定亲属共济使用"),),
    )
