"""原地转移。Inside one pool there is nothing to move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import AccountTransfer
from desktop.domain.text import text
from desktop.policy.policy import Silence
from desktop.rules.transfer import Distance, distance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def same_place(case: MatterCase) -> Iterator[Finding]:
    matter = case.matter
    if not isinstance(matter, AccountTransfer):
        return
    if distance(matter.origin, matter.destination) is not Distance.NOWHERE:
        return
    yield Finding(
        "transfer.same_place",
        Severity.ERROR,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text("转出地和转入地是同一个统筹区，不用转移"),
        because=Silence("transfer.same_place", says="同一统筹区之内，账户不变"),
        fix=(text("核对转出地和转入地"),),
    )
