"""试算一笔。Settles a visit that is not booked, and tells what the accounts hold before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from desktop.domain.settlement import EntryKind
from desktop.planning.ledger import keep

if TYPE_CHECKING:
    from desktop.domain.care import Visit
    from desktop.domain.family import Family, Settings
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.domain.settlement import Settlement
    from desktop.policy.book import Book


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What the visit did to one account."""

    holder: str
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class Trial:
    """`settled` is None where the law of the day is not known; a finding says so."""

    settled: Settlement | None
    accounts: tuple[AccountChange, ...]
    findings: tuple[Finding, ...]


def try_visit(family: Family, book: Book, visit: Visit, settings: Settings | None = None) -> Trial:
    """The family itself is not changed. `settings` replace the family's for this one trial."""
    taken = {event.id for event in family.events}
    trial = next(name for name in (f"trial-{number}" for number in count()) if name not in taken)
    tried = replace(visit, id=trial)
    with_it = replace(
        family,
        events=(*(event for event in family.events if event.on <= visit.on), tried),
        settings=settings or family.settings,
    )
    ledger = keep(with_it, book, visit.on)
    entry = next((one for one in ledger.entries if (one.kind, one.of) == (EntryKind.VISIT, trial)), None)
    accounts = []
    for person in family.people:
        if person.account is not None and person.account.opened_on <= visit.on:
            after = ledger.balance(person.id, visit.on)
            moved = entry.moved(person.id) if entry is not None else after - after
            accounts.append(AccountChange(person.id, after - moved, after))
    return Trial(
        settled=ledger.settlements.get(trial),
        accounts=tuple(accounts),
        findings=tuple(one for one in ledger.findings if trial in one.about or one.on == visit.on),
    )
