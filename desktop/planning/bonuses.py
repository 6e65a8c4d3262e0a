"""参保激励。A resident's bonus for a year, by their records and settled visits of the years before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.care import Setting
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Scheme
from desktop.rules.bonus import NO_BONUS, Bonus, bonus
from desktop.rules.insured_years import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.care import Visit
    from desktop.domain.people import Person
    from desktop.planning.counters import Counters
    from desktop.policy.book import Book
    from desktop.policy.policy import Term

CriticalPaid = Callable[[int], Money]
"""What critical illness insurance paid in a year."""


def bonus_on(visit: Visit, patient: Person, book: Book, counters: Counters[Money], known: int) -> Bonus:
    """What raises the ceiling for a visit. Years from `known` on are only planned: they clear nothing."""
    if visit.setting not in {Setting.INPATIENT, Setting.CHRONIC}:
        return NO_BONUS
    held = patient.coverage_on(visit.on)
    if held is None or held.scheme is not Scheme.RESIDENT:
        return NO_BONUS

    def paid(year: int) -> Money:
        if year >= known:
            return NOTHING
        return counters.year(patient.id, Scheme.RESIDENT, Setting.INPATIENT, date(year, 1, 1)).critical

    return bonus_in(visit.on.year, patient, held.area, book, paid)


def bonus_in(year: int, person: Person, area: str, book: Book, paid: CriticalPaid) -> Bonus:
    """What a person has earned by the beginning of a year."""
    ceiling = _ceiling(book, area, year)
    if ceiling is None:
        return NO_BONUS
    law = book.law(area, date(year, 1, 1))
    used = tuple(_used(person, area, book, paid, year))
    return bonus(Record(person), year, law, ceiling.value, used)


def _used(person: Person, area: str, book: Book, paid: CriticalPaid, before: int) -> Iterator[int]:
    """用过奖励额度的年份: in which more was paid than the plain ceiling."""
    if person.history is None or not person.history.zero_claim_years:
        return
    for year in range(min(person.history.zero_claim_years) + 1, before):
        ceiling = _ceiling(book, area, year)
        if ceiling is not None and paid(year) > ceiling.value:
            yield year


def _ceiling(book: Book, area: str, year: int) -> Term[Money] | None:
    law = book.law(area, date(year, 1, 1))
    return law.optional(lambda: law.policy.money("resident_critical.ceiling"))
