"""转移后的绑定。What becomes of bindings in the province after a move is not published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.binding import Channel
from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import AccountTransfer
from desktop.domain.text import text
from desktop.policy.policy import Silence, Unpublished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def binding_unknown(case: MatterCase) -> Iterator[Finding]:
    matter = case.matter
    bound = [one for one in case.bindings if one.channel is Channel.IN_PROVINCE]
    # 只转来另一处旧余额的，参保地没有变。
    if not bound or not isinstance(matter, AccountTransfer) or matter.amount is not None:
        return
    key = "transfer.in_province_bindings"
    try:
        case.law.optional(lambda: case.law.policy.flag(key))
    except Unpublished:
        yield Finding(
            "transfer.binding_unknown",
            Severity.NOTE,
            about=(matter.id, case.person.id, *(one.id for one in bound)),
            on=matter.on,
            says=text("转到别的统筹区以后，{count} 条省内共济的绑定是否继续，未见规定", count=len(bound)),
            because=Silence(key, says="转移以后的省内共济绑定，未见规定"),
            fix=(text("办理转移时请先拨打 12393 核实，必要时重新绑定"),),
        )
