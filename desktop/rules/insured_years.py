"""参保年份。In which years a person was insured, as far as records say; else it is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.people import Scheme

if TYPE_CHECKING:
    from desktop.domain.people import Coverage, Person
    from desktop.domain.premium import PremiumPayment


@dataclass(frozen=True, slots=True)
class Record:
    """缴费记录. A person as recorded, and the premiums paid for them that were not taken back."""

    person: Person
    premiums: tuple[PremiumPayment, ...] = ()

    def insured_in(self, year: int) -> bool | None:
        """Whether insured in any scheme; None: no record speaks of that year.

        A premium paid after its year mends a broken one, it does not unmake it.
        """
        person, history = self.person, self.person.history
        if year in self._premium_years() or any(_treats_in(one, year) for one in person.coverage):
            return True
        if any(one.since.year <= year for one in person.coverage):
            return False
        # 缴费经历只写居民医保的年份，职工医保的不知道在哪一年。
        if history is None or history.until < date(year, 12, 31) or history.employee_months:
            return None
        return False

    def broken_before(self, year: int) -> tuple[tuple[int, ...], bool]:
        """断保年份: the years just before `year` without insurance, and whether all of them are known.

        Someone who never was insured broke nothing off: of them it is the last year alone.
        """
        broken: list[int] = []
        for one in range(year - 1, min(self._first_year(), year - 1) - 1, -1):
            insured = self.insured_in(one)
            if insured is None:
                return tuple(broken), False
            if insured:
                break
            broken.append(one)
        return tuple(broken), True

    def mended(self, years: tuple[int, ...]) -> int:
        """How many of these years were paid for after they had ended."""
        late = {one.benefit_year for one in self.premiums if one.on.year > one.benefit_year}
        return len(late & set(years))

    def resident_in(self, year: int) -> bool:
        history = self.person.history
        return (history is not None and year in history.resident_years) or any(
            one.scheme is Scheme.RESIDENT and _treats_in(one, year) for one in self.person.coverage
        )

    def _premium_years(self) -> set[int]:
        history = self.person.history
        years = set() if history is None else set(history.resident_years)
        return years | {one.benefit_year for one in self.premiums if one.on.year <= one.benefit_year}

    def _first_year(self) -> int:
        """The first year that some record shows as insured; none: later than any."""
        began = (one.since.year for one in self.person.coverage if one.scheme is not Scheme.NONE)
        return min((*self._premium_years(), *began), default=date.max.year)


def _treats_in(one: Coverage, year: int) -> bool:
    """Whether a stretch gives benefits in a year; waiting through all of it does not count."""
    last = min(date(year, 12, 31), one.until or date.max)
    return one.since <= last and last.year == year and one.treats_on(last)
