"""没有参过保。An account moves only from where its owner was insured as an employee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import AccountTransfer
from desktop.domain.people import Scheme, pool_of
from desktop.domain.places import place_name
from desktop.domain.text import text
from desktop.policy.policy import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def never_insured_there(case: MatterCase) -> Iterator[Finding]:
    matter = case.matter
    if not isinstance(matter, AccountTransfer):
        return
    held = (one for one in case.person.coverage if one.scheme is Scheme.EMPLOYEE and one.since <= matter.on)
    if any(pool_of(one.area) == pool_of(matter.origin) for one in held):
        return
    law = case.law
    yield Finding(
        "transfer.never_insured_there",
        Severity.ERROR,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text(
            "{person}的参保记录里，没有在{place}参加过职工医保",
            person=case.person.name,
            place=place_name(matter.origin),
        ),
        because=law.optional(lambda: law.policy.flag("transfer.stopped_at_origin"))
        or Silence("transfer.stopped_at_origin"),
        fix=(text("核对转出地，或在家人资料里补上那一段参保记录"),),
    )
