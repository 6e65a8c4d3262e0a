"""稍后提醒。Puts a finding aside until a day, and takes it up again before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.domain.family import Snooze
from desktop.usecases.changes import Change
from desktop.usecases.concerns import finding_key, unmet

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.planning.ledger import Ledger


def snooze(family: Family, finding: Finding, days: int) -> Change:
    """`until` is the first day on which it is shown again."""
    key = finding_key(finding)
    until = family.as_of + timedelta(days=days)
    kept = tuple(one for one in _waiting(family) if one.finding != key)
    step = f"设为 {until} 再提醒"
    return Change(step, replace(family, snoozes=(*kept, Snooze(key, until))), key)


def remind(family: Family, finding: Finding) -> Change:
    key = finding_key(finding)
    kept = tuple(one for one in _waiting(family) if one.finding != key)
    return Change("恢复提醒", replace(family, snoozes=kept), key)


def snoozed(family: Family) -> dict[str, date]:
    """Until when each finding that is put aside today waits, by its key."""
    return {one.finding: one.until for one in _waiting(family)}


def awake(ledger: Ledger) -> tuple[Finding, ...]:
    """What asks for something today."""
    waiting = snoozed(ledger.family)
    return tuple(one for one in unmet(ledger) if finding_key(one) not in waiting)


def _waiting(family: Family) -> tuple[Snooze, ...]:
    return tuple(one for one in family.snoozes if one.until > family.as_of)
