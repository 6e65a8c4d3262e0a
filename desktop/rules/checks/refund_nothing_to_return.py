"""没有可退的。An event that was never settled, or was taken back already, can't be refunded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.policy.policy import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import RefundCase


def nothing_to_return(case: RefundCase) -> Iterator[Finding]:
    if case.standing:
        return
    law = case.law
    yield Finding(
        "refund.nothing_to_return",
        Severity.ERROR,
        about=(case.refund.id, case.refund.of),
        on=case.refund.on,
        says=text("要退的那一笔没有结算成，或已经退过"),
        because=law.optional(lambda: law.policy.word("mutual_aid.refund_goes_to"))
        or Silence("mutual_aid.refund_goes_to"),
        fix=(text("核对要退的是哪一笔"),),
    )
