"""新建家庭。A family begins with one person: the worker whose account it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.domain.account import Account, Base
from desktop.domain.family import Family
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Coverage, Scheme, Status
from desktop.usecases.changes import Change, Fault, Refused
from desktop.usecases.people import PersonEntry, entry_faults, person_of

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.people import Sex

HOLDER = "person-1"
LONGEST_TITLE = 60
_FIELDS = {
    "name": "person",
    "coverage[0].area": "area",
    "coverage[0].since": "since",
    "account.opened_on": "opened_on",
    "account.opening": "opening",
    "account.bases[0].monthly": "base",
}
"""Where this request has what a person's entry has."""


@dataclass(frozen=True, slots=True)
class NewFamily:
    """`name` is the family's, after the holder's first character where it is empty; `person` the holder's.

    They are insured as employees since `since`, with `opening` in the account at the start of `opened_on`
    (None: today) and wages of `base` a month from that day on (None: not known, or retired).
    """

    person: str
    since: date
    area: str
    name: str = ""
    sex: Sex | None = None
    born: date | None = None
    status: Status = Status.ACTIVE
    opening: Money = NOTHING
    opened_on: date | None = None
    base: Money | None = None


def new_family(ask: NewFamily, today: date) -> Change | Refused:
    """The faults are named by the fields of `NewFamily`."""
    entry = _entry(ask, today)
    faults = [replace(one, place=_FIELDS.get(one.place, one.place)) for one in entry_faults(entry, today)]
    if len(ask.name) > LONGEST_TITLE:
        faults.append(Fault("name", f"家庭的名称太长，最多 {LONGEST_TITLE} 个字"))
    if faults:
        return Refused(tuple(faults))
    holder = person_of(HOLDER, entry)
    title = ask.name.strip() or f"{holder.name[0]}家"
    family = Family(people=(holder,), as_of=today, name=title, holder=HOLDER)
    return Change(f"新建{title}", family, HOLDER)


def _entry(ask: NewFamily, today: date) -> PersonEntry:
    opened_on = ask.opened_on or today
    bases = () if ask.base is None else (Base(opened_on, ask.base),)
    return PersonEntry(
        name=ask.person,
        sex=ask.sex,
        born=ask.born,
        coverage=(Coverage(Scheme.EMPLOYEE, ask.status, ask.area, ask.since),),
        account=Account(opened_on, ask.opening, bases),
    )
