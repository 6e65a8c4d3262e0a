"""转移的前提。Stopped at the old place, enrolled at the new one, nothing owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import AccountTransfer
from desktop.domain.people import Scheme, Status, pool_of
from desktop.domain.places import place_name
from desktop.domain.text import text
from desktop.rules.transfer import Distance, arrival, distance, moving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def arrears_first(case: MatterCase) -> Iterator[Finding]:
    """停保是转移的前提，也可能是欠费：欠不欠，记录里看不出来，只提醒。"""
    matter, law = case.matter, case.law
    if not isinstance(matter, AccountTransfer):
        return
    rule = law.optional(lambda: law.policy.flag("transfer.no_arrears"))
    there = [one for one in case.person.coverage if pool_of(one.area) == pool_of(matter.origin)]
    last = max((one for one in there if one.since <= matter.on), key=lambda one: one.since, default=None)
    if rule is None or not rule.value or last is None or last.status is not Status.SUSPENDED:
        return
    # 补缴过的，不再欠。
    if last.paid_back:
        return
    yield Finding(
        "transfer.arrears",
        Severity.NOTE,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text(
            "{person}在{place}停保，如有欠费，要先补清才能转移",
            person=case.person.name,
            place=place_name(matter.origin),
        ),
        because=rule,
        fix=(text("向转出地查询是否欠费；补缴了的，记一条补缴欠费"),),
    )


def not_enrolled_there(case: MatterCase) -> Iterator[Finding]:
    matter, law = case.matter, case.law
    if not isinstance(matter, AccountTransfer):
        return
    rule = law.optional(lambda: law.policy.flag("transfer.enrolled_at_destination"))
    nowhere = distance(matter.origin, matter.destination) is Distance.NOWHERE
    if rule is None or not rule.value or nowhere:
        return
    arrives = arrival(matter, moving(matter.origin, matter.destination, law))
    there = (one for one in case.person.coverage if pool_of(one.area) == pool_of(matter.destination))
    if any(one.scheme is Scheme.EMPLOYEE and one.since <= arrives for one in there):
        return
    yield Finding(
        "transfer.not_enrolled_there",
        Severity.WARNING,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text(
            "{person}的记录里还没有在{place}参保，按 {day} 起在那里参保计算",
            person=case.person.name,
            place=place_name(matter.destination),
            day=arrives,
        ),
        because=rule,
        fix=(text("先在转入地参保，再办转移；参保的日子记在参保登记里"),),
    )
