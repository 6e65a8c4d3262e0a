"""有多大把握。Many futures of one account, for a plan or a scenario; the fan fills in block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.trouble import Fault, InputRefused
from desktop.planning.fan import PERCENTILES, Driver, Fan, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from threading import Event

    from desktop.domain.family import Family
    from desktop.planning.script import Script
    from desktop.policy.book import Book

__all__ = [
    "MOST_FUTURES",
    "PERCENTILES",
    "USUAL_FUTURES",
    "Driver",
    "Fan",
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
