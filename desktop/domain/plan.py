"""规划。What a family expects, how sure of it it is, and the scenarios it weighs against one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.care import Visit
    from desktop.domain.event import Event
    from desktop.domain.money import Money
    from desktop.domain.people import Scheme, Status


class Rhythm(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.YEAR: 12}[self]


@dataclass(frozen=True, slots=True)
class Chance:
    """把握。How sure an expected bill is.

    `happens` is the probability (0 to 1) of each single time, `spread` how far its sums vary: their standard
    deviation over their mean.
    """

    happens: Decimal = Decimal(1)
    spread: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A bill that comes back: `visit.on` is the first day, `until` the last (inclusive).

    `chance` None: as is usual for its kind of visit.
    """

    visit: Visit
    every: Rhythm
    until: date | None = None
    chance: Chance | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """计划外的病。Visits of one kind that nobody plans, from `visit.on` on.

    `visit` is the usual one (its sums are means), `a_year` how many are expected in a year, `spread` as in
    `Chance`. One for a person and a setting takes the place of what is usual at that age.
    """

    visit: Visit
    a_year: Decimal
    spread: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PlannedPremium:
    """Each year's premium for one person; `paid_from` None means cash.

    `on` is a day it was paid on: it is paid on that day every year. None: as soon as it can be paid.
    """

    insured: str
    paid_from: str | None
    on: date | None = None


def premium_id(insured: str) -> str:
    """What the premium planned for someone is called where a scenario leaves it out."""
    return f"premium-{insured}"


@dataclass(frozen=True, slots=True)
class Retires:
    """退休。From `on` an employee is insured as retired."""

    person: str
    on: date


@dataclass(frozen=True, slots=True)
class Moves:
    """迁居。From `on` someone is insured in another area."""

    person: str
    on: date
    area: str


@dataclass(frozen=True, slots=True)
class Enrols:
    """换险种。From `on` someone is insured otherwise: a child begins to work, a worker stops.

    `monthly_base` opens an account that is fed from it; None: no wage base is known.
    """

    person: str
    on: date
    scheme: Scheme
    status: Status
    area: str
    monthly_base: Money | None = None


@dataclass(frozen=True, slots=True)
class Dies:
    """去世。After `on` nothing is expected of someone any more, and their bindings end."""

    person: str
    on: date


LifeEvent = Retires | Moves | Enrols | Dies


@dataclass(frozen=True, slots=True)
class Plan:
    """规划。`wage_growth` is a ratio a year.

    `illness` is how much unplanned illness is reckoned with when futures are drawn: 1 as usual, 0 none.
    """

    recurring: tuple[Recurring, ...] = ()
    expected: tuple[Event, ...] = ()
    premiums: tuple[PlannedPremium, ...] = ()
    wage_growth: Decimal = Decimal(0)
    life: tuple[LifeEvent, ...] = ()
    risks: tuple[Risk, ...] = ()
    illness: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """假设的规则。From `since` a value of the law is taken to be another one.

    `entry` names the place in a table by level or status; empty: the whole value.
    """

    key: str
    since: date
    value: Decimal | bool | str
    entry: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """方案。What is laid over the baseline.

    `ends` says until when (inclusive) a binding holds; `premiums` replace the plan's by whom they insure,
    `recurring` its bills by id; `leaves_out` are ids of planned bills and events that do not come. A `plan`
    of its own takes the place of the family's before all that.
    """

    name: str
    ends: Mapping[str, date] = field(default_factory=dict)
    bindings: tuple[Binding, ...] = ()
    events: tuple[Event, ...] = ()
    plan: Plan | None = None
    premiums: tuple[PlannedPremium, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    leaves_out: tuple[str, ...] = ()
    life: tuple[LifeEvent, ...] = ()
    rules: tuple[RuleChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """留存。What a scenario came to on the day it was kept, and by which engine and packs (id, version).

    `scenario` is empty for the baseline; `runs_out` is the first month that falls short, None if none up to
    `until`; `lowest` is the lowest month's end of the first twelve, `by_others` what other accounts paid.
    """

    scenario: str
    taken_on: date
    until: date
    account: str
    engine: str
    packs: tuple[tuple[str, str], ...]
    runs_out: date | None
    shortfall: Money | None
    lowest: Money | None
    cash: Money
    by_others: Money
    end: Money
