"""有多大把握。Many futures of one account, for a plan or a scenario; the fan fills in block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.trouble import Fault, InputRefused
from desktop.planning.fan import PERCENTILES, Driver, Fan, Source
from desktop.usecases.scenario_items import as_if
from desktop.usecases.scenarios import scenario_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from threading import Event

    from desktop.domain.family import Family
    from desktop.planning.script import Script
    from desktop.policy.book import Book
    from desktop.usecases.review import Review

__all__ = [
    "MOST_FUTURES",
    "PERCENTILES",
    "USUAL_FUTURES",
    "Driver",
    "Fan",
    "Ready",
    "Source",
    "fans",
    "scripted",
]

USUAL_FUTURES = 10_000
MOST_FUTURES = 1_000_000
MOST_SEED = 2**63 - 1


def scripted(family: Family, book: Book, account: str, until: date) -> Script:
    """What is the same in every future up to the month of `until`; it may be kept while the family stays.

    Raises `InputRefused` for a plan of far too many bills.
    """
    from desktop.planning.script import script

    return script(family, book, account, until)


class Ready:
    """What is the same in every future, kept while a slider moves: only how often illness comes is another.

    One job asks it at a time.
    """

    def __init__(self) -> None:
        self._review: Review | None = None
        self._asked: tuple[str, date] | None = None
        self._script: Script | None = None

    def script(self, review: Review, scenario: str, until: date) -> Script:
        """That of the family with the scenario laid over it, under the rules that it supposes."""
        if self._script is None or self._review is not review or self._asked != (scenario, until):
            family, book = review.family, review.book
            if scenario:
                chosen = scenario_of(family, scenario)
                family, book = as_if(family, chosen), book.with_changes(chosen.rules)
            self._script = scripted(family, book, review.holder.id, until)
            self._review, self._asked = review, (scenario, until)
        return self._script


def fans(
    ready: Script, *, seed: int, futures: int = USUAL_FUTURES, stop: Event | None = None
) -> Iterator[Fan]:
    """Each time there are twice as many. Raises `InputRefused` for a number or seed that makes no sense."""
    from desktop.planning import tally

    faults = []
    if not 1 <= futures <= MOST_FUTURES:
        what = f"推演次数 {futures} 不在 1 到 {MOST_FUTURES:,} 之间"
        faults.append(Fault("--paths", what, "一般推演 10000 次"))
    if not 0 <= seed <= MOST_SEED:
        faults.append(Fault("--seed", f"种子 {seed} 不在 0 到 {MOST_SEED} 之间", "例如用当天的日期 20261121"))
    if faults:
        raise InputRefused("", faults)
    return tally.fans(ready, seed, futures, stop=stop)
