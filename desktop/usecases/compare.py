"""方案对比。The baseline and up to four scenarios side by side, each difference taken from two full runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.domain.plan import Scenario
    from desktop.domain.text import Text
    from desktop.planning.timeline import Month, Outlook, Shortfall
    from desktop.policy.book import Book

MOST_SCENARIOS = 4
"""How many scenarios stand beside the baseline at one time; a family may keep more."""


@dataclass(frozen=True, slots=True)
class Run:
    """One column: a whole run of the engine.

    `scenario` is None for the baseline; `differs` says in a few words what it changes; `lowest` is the lowest
    month of the first twelve; `by_others` what each other account paid for the family beyond its owner's own
    care, by the owner's id; `cause` why it first falls short, in one sentence.
    """

    scenario: Scenario | None
    differs: Text
    outlook: Outlook
    lowest: Month | None
    cash: Money
    by_others: Mapping[str, Money]
    end: Money
    cause: Text | None
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """Empty for the baseline."""
        return "" if self.scenario is None else self.scenario.name

    @property
    def runs_out(self) -> date | None:
        return self.outlook.runs_out

    @property
    def shortfall(self) -> Shortfall | None:
        return self.outlook.shortfall


@dataclass(frozen=True, slots=True)
class Delta:
    """What a scenario differs by from the baseline.

    `later` is by how many months the account lasts longer (negative: less long); `beyond` says that one of the
    two never falls short, so that it is at least so many. `by_others` is what each other account pays more.
    """

    later: int
    beyond: bool
    lowest: Money
    cash: Money
    by_others: Mapping[str, Money]
    end: Money


@dataclass(frozen=True, slots=True)
class Difference:
    """One event whose postings are not the same in two runs; sums are what the other run has more.

    `account` is what moves more into (negative: out of) the account of the plan, `cash` what is paid more in
    cash, `others` what other accounts pay more.
    """

    on: date
    event: str
    what: Text
    account: Money
    cash: Money
    others: Money


@dataclass(frozen=True, slots=True)
class YearlyFlow:
    """每年进出。One line of what comes in and goes out of the account in an average year of a run."""

    what: Text
    amount: Money


@dataclass(frozen=True, slots=True)
class Comparison:
    """`until` is the last month; `packs` (title, version) and `engine` are those of every run."""

    account: str
    until: date
    runs: tuple[Run, ...]
    packs: tuple[tuple[str, str], ...]
    engine: str
    notes: tuple[Finding, ...]

    @property
    def baseline(self) -> Run:
        return self.runs[0]
