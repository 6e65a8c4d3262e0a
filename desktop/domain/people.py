"""家人。The people of a family, and how each is insured on a day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.account import Account
    from desktop.domain.binding import Relation


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class Scheme(StrEnum):
    """险种。"""

    EMPLOYEE = "employee"
    RESIDENT = "resident"
    NONE = "none"


class Status(StrEnum):
    """参保状态。"""

    ACTIVE = "active"
    RETIRED = "retired"
    FLEXIBLE = "flexible"
    UNEMPLOYED = "unemployed"
    SUSPENDED = "suspended"


def pool_of(area: str) -> str:
    """统筹地区: the first four digits of a 6-digit area code (430102 and 430199 are both 4301)."""
    return area[:4]


def province_of(area: str) -> str:
    return area[:2]


def age_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Coverage:
    """参保记录。One stretch of insurance; `since` and `until` are both inclusive.

    `benefits_from` is reckoned, never recorded: the first day of treatment at the fund's cost where waiting
    or arrears move it; None: as the status says, from `since` on.
    """

    scheme: Scheme
    status: Status
    area: str
    since: date
    until: date | None = None
    benefits_from: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def gives_benefits(self) -> bool:
        """Whether someone insured like this is treated at the fund's cost."""
        return self.scheme is not Scheme.NONE and self.status is not Status.SUSPENDED

    @property
    def paid_back(self) -> bool:
        """补缴过: whether the arrears of a suspended stretch were paid, with benefits for it or without."""
        return self.status is Status.SUSPENDED and self.benefits_from is not None

    def treats_on(self, day: date) -> bool:
        """Whether the fund pays for a visit on a day of this stretch: waiting may still keep it from that."""
        if self.benefits_from is None:
            return self.gives_benefits
        return self.scheme is not Scheme.NONE and self.benefits_from <= day


@dataclass(frozen=True, slots=True)
class History:
    """缴费经历。What a person had paid up to `until` (inclusive), as the office's own record says.

    Months are those of 职工医保: `employee_months` all of them, of which `local_months` were actually paid
    in the province and `deemed_months` only count as paid (视同缴费). `resident_years` are the benefit years
    whose 居民医保 premium was paid, `zero_claim_years` those of them without any payment by the fund.
    """

    until: date
    employee_months: int = 0
    local_months: int = 0
    deemed_months: int = 0
    resident_years: tuple[int, ...] = ()
    zero_claim_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """`relation` is what they are to the holder, for as long as no binding says so."""

    id: str
    name: str
    coverage: tuple[Coverage, ...] = ()
    account: Account | None = None
    sex: Sex | None = None
    born: date | None = None
    id_number: str | None = None
    relation: Relation | None = None
    history: History | None = None
    retires_at: int | None = None
    """原法定退休年龄 in years, before the gradual reform: 60, 55 or 50. None: as is usual for the sex."""
    died: date | None = None
    """Reckoned, never recorded here: the day of a death that is on record."""

    def coverage_on(self, day: date) -> Coverage | None:
        """How this person is insured on a day. Of two schemes at once the earlier stays valid."""
        held: Coverage | None = None
        for one in self.coverage:
            if (
                one.scheme is not Scheme.NONE
                and one.holds_on(day)
                and (held is None or one.since < held.since)
            ):
                held = one
        return held

    def alive_on(self, day: date) -> bool:
        """The day of death counts: bills of that day are still theirs."""
        return self.died is None or day <= self.died

    def area_on(self, day: date) -> str:
        """Whose law an account follows: where insured on a day, or last before it; empty if never."""
        held = self.coverage_on(day)
        if held is None:
            past = [one for one in self.coverage if one.since <= day]
            held = max(past, key=lambda one: one.since) if past else None
        return held.area if held is not None else ""

    def enrolled_twice(self) -> Iterator[tuple[Coverage, Coverage]]:
        """Each pair of records that overlap: the one that stays valid, then the one in excess."""
        ordered = sorted((c for c in self.coverage if c.scheme is not Scheme.NONE), key=lambda one: one.since)
        for place, later in enumerate(ordered):
            for earlier in ordered[:place]:
                if earlier.holds_on(later.since):
                    yield earlier, later
                    break
