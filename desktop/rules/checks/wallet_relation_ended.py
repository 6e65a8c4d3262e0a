"""关系自动解除。A wallet relation ends with the insurance of either side, or as it moves away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.rules.wallet import ends_with_insurance

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.people import Person
    from desktop.policy.law import Law


def relation_ended(binding: Binding, moved: Person, day: date, law: Law) -> Finding:
    """`day` is the first on which it no longer holds, `moved` whose insurance ended it."""
    return Finding(
        "wallet.relation_ended",
        Severity.WARNING,
        about=(binding.id, moved.id),
        on=day,
        says=text("{person}的医保关系终止或转到别的统筹区，医保钱包的共济关系自动解除", person=moved.name),
        because=ends_with_insurance(law),
        fix=(text("还要跨省共济的，按新的参保地重新建立关系"),),
    )
