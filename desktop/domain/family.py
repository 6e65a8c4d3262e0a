"""家庭。One family's facts: people, bindings, events, and what it plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.premium import PremiumPayment, Refund

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.people import Person

Event = Visit | PremiumPayment | Refund


@dataclass(frozen=True, slots=True)
class Settings:
    """口径设置。None leaves a disputed question to the rule pack."""

    credit_monthly: bool = True
    mutual_aid_pays_out_of_scope: bool | None = None
    own_account_pays_out_of_scope: bool | None = None


class Rhythm(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.YEAR: 12}[self]


@dataclass(frozen=True, slots=True)
class Recurring:
    """A bill that comes back: `visit.on` is the first day, `until` the last (inclusive)."""

    visit: Visit
    every: Rhythm
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedPremium:
    """Each year's premium for one person; `paid_from` None means cash."""

    insured: str
    paid_from: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """规划。`wage_growth` is a ratio a year."""

    recurring: tuple[Recurring, ...] = ()
    expected: tuple[Event, ...] = ()
    premiums: tuple[PlannedPremium, ...] = ()
    wage_growth: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Scenario:
    """情景。What is laid over the facts: bindings that end, new bindings and events, another plan."""

    name: str
    ends: Mapping[str, date] = field(default_factory=dict)
    bindings: tuple[Binding, ...] = ()
    events: tuple[Event, ...] = ()
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    """稍后提醒。A finding, by its key, that is not to be shown before a day."""

    finding: str
    until: date


@dataclass(frozen=True, slots=True)
class Family:
    """`holder` is whose account the family speaks of; empty: the payer with most bindings."""

    people: tuple[Person, ...]
    as_of: date
    bindings: tuple[Binding, ...] = ()
    events: tuple[Event, ...] = ()
    name: str = ""
    settings: Settings = Settings()
    plan: Plan | None = None
    scenarios: tuple[Scenario, ...] = ()
    holder: str = ""
    snoozes: tuple[Snooze, ...] = ()

    def person(self, person_id: str) -> Person:
        """Raises `KeyError` for an unknown id."""
        for person in self.people:
            if person.id == person_id:
                return person
        raise KeyError(person_id)
