"""家庭。One family's facts: people, bindings, events, and what it plans and weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.errand import Errand
    from desktop.domain.event import Event
    from desktop.domain.people import Person
    from desktop.domain.plan import Plan, Scenario, Snapshot


@dataclass(frozen=True, slots=True)
class Settings:
    """口径设置。None leaves a disputed question to the rule pack."""

    credit_monthly: bool = True
    mutual_aid_pays_out_of_scope: bool | None = None
    own_account_pays_out_of_scope: bool | None = None


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
    snapshots: tuple[Snapshot, ...] = ()
    errands: tuple[Errand, ...] = ()

    def person(self, person_id: str) -> Person:
        """Raises `KeyError` for an unknown id."""
        for person in self.people:
            if person.id == person_id:
                return person
        raise KeyError(person_id)
