"""账本。L1 to L3: checking, importing and opening 100,000 settlements, beside bean-check and plain SQLite.

bean-check reads, books and balances the export of the very same family, without its cache. What it does not
do, and ours does: deductibles, rates, ceilings, whose account pays, and thirty checks, each with its clause.
"""

from __future__ import annotations

import gc
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from sqlalchemy import insert
from sqlalchemy.dialects import sqlite

from db.engine import raw_connection
from db.events import EVENTS
from db.rows import stored
from db.shelf import Shelf
from desktop.domain.account import Account, Base
from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.family import Family
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.exchange.beancount import beancount_text
from desktop.usecases.open_book import open_book
from desktop.usecases.settle_family import settle_family
from tests.benchmarks.table import Row, Section, at_least, at_most

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.planning.ledger import Ledger
    from desktop.policy.book import Book

    _T = TypeVar("_T")

RECORDS = 100_000
FASTER = 40
IMPORT, SCAN = 1.5, 1.2
OPENED = 0.05

_RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_BEAN_CHECK = Path(sys.executable).parent / "bean-check"
_AREA = "430100"
_LONG_AGO = date(2015, 1, 1)
_FIRST, _LAST = date(2024, 1, 1), date(2026, 11, 20)
_RELATIVES = 10
_ROUNDS = 3
_SCAN = """
SELECT total_fee, fully_self_funded, over_limit_self_funded, upfront_copay, use_account
FROM visit ORDER BY place
"""
_FIVE = 5
_MANNERS = ("journal_mode = TRUNCATE", "synchronous = EXTRA", "foreign_keys = ON")


@dataclass(frozen=True, slots=True)
class Measured:
    """Of the whole family: what settling and checking took, and bean-check on its export; seconds."""

    family: Family
    ledger: Ledger
    book: Book
    ours: float
    theirs: float

    @property
    def records(self) -> int:
        return len(self.family.events) + len(self.family.bindings)


def family_of(records: int) -> Family:
    """One account, ten retired relatives bound to it, and their visits over three years."""
    worker = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, _AREA, _LONG_AGO)
    retired = Coverage(Scheme.EMPLOYEE, Status.RETIRED, _AREA, _LONG_AGO)
    account = Account(_FIRST, Money.yuan(9_000_000), (Base(_LONG_AGO, Money.yuan(8_000)),))
    names = [f"p{number}" for number in range(_RELATIVES + 1)]
    people = [Person(names[0], "本人", (worker,), account)]
    people += [Person(name, name, (retired,)) for name in names[1:]]
    bindings = [
        Binding(f"b-{name}", names[0], name, Relation.PARENT, Channel.IN_PROVINCE, _FIRST)
        for name in names[1:]
    ]
    days = (_LAST - _FIRST).days
    many = records - len(bindings)
    visits = [_visit(number, names, _FIRST + timedelta(days=number * days // many)) for number in range(many)]
    return Family(
        people=tuple(people),
        as_of=_LAST + timedelta(days=1),
        name="十万笔",
        holder=names[0],
        bindings=tuple(bindings),
        events=tuple(visits),
    )


def _visit(number: int, names: list[str], on: date) -> Visit:
    fee, own = 3_000 + number * 7919 % 30_000, 0 if number % 5 else 500
    level = (Level.PRIMARY, Level.SECONDARY, Level.TERTIARY)[number % 3]
    return Visit(
        id=f"v{number}",
        on=on,
        patient=names[number % len(names)],
        setting=Setting.OUTPATIENT,
        provider=Provider(Facility.HOSPITAL, designated=True, area=_AREA, level=level),
        charges=Charges(Money(fee), Money(own), NOTHING, NOTHING),
        note=f"票据 {number}",
    )


@cache
def measured() -> Measured:
    book, family = open_book(_RESOURCES)[0], family_of(RECORDS)
    settle_family(replace(family, events=family.events[:1000]), book)
    ours, ledger = _timed(lambda: settle_family(family, book))
    with TemporaryDirectory() as folder:
        export = Path(folder) / "family.beancount"
        export.write_text(beancount_text(ledger.entries, family), "utf-8")
        theirs, _ = _timed(lambda: subprocess.run([_BEAN_CHECK, "--no-cache", export], check=True))
    return Measured(family, ledger, book, ours, theirs)


def _timed(do: Callable[[], _T]) -> tuple[float, _T]:
    gc.collect()
    began = time.perf_counter()
    done = do()
    return time.perf_counter() - began, done


# ------------------------------------------------------------------------------------------------------ L1


def checks() -> Section:
    all_of = measured()
    tenth = replace(all_of.family, events=all_of.family.events[: RECORDS // 10])
    small, _ = _timed(lambda: settle_family(tenth, all_of.book))
    times = all_of.theirs / all_of.ours
    rows = [
        Row("bean-check, its export", _each(all_of.theirs, all_of.records), "(anchor)"),
        Row(
            "settled and checked in memory",
            _each(all_of.ours, all_of.records),
            f"{times:5.1f}× faster a record",
            *at_least(times, FASTER, FASTER),
        ),
    ]
    straight = all_of.ours / small / 10
    notes = [
        f"{len(all_of.ledger.settlements):,} settled, {len(all_of.ledger.findings):,} findings.",
        f"Of ten times the records, one takes {straight:.2f} times as long.",
        "Settling is part of it: checks ask what each account, counter and binding held on that day.",
    ]
    return Section(f"L1 查账 · all checks over {RECORDS:,} settlements and bindings", rows, notes)


def _each(seconds: float, records: int) -> str:
    return f"{seconds / records * 1e6:7.1f} µs"


# ------------------------------------------------------------------------------------------------------ L2


def rows() -> Section:
    family = family_of(RECORDS)
    empty = replace(family, events=())
    ours, theirs, into_arrays, scans = list[float](), list[float](), list[float](), list[float]()
    for _ in range(_ROUNDS):
        with TemporaryDirectory() as folder:
            theirs.append(_raw_import(Path(folder), empty, family))
        with TemporaryDirectory() as folder:
            took, file = _our_import(Path(folder), empty, family)
            ours.append(took)
            _scan(file, scans, into_arrays)
    times = _times(ours, theirs)
    loaded = _times(into_arrays, scans)
    found = [
        Row("raw sqlite3, executemany", f"{median(theirs) * 1e3:6.0f} ms", "(anchor)"),
        Row(
            "kept in one step that can be undone",
            f"{median(ours) * 1e3:6.0f} ms",
            f"{times:5.2f}× raw sqlite3",
            *at_most(times, IMPORT),
        ),
        Row("raw sqlite3, scan of five columns", f"{median(scans) * 1e3:6.0f} ms", "(anchor)"),
        Row(
            "the same into numpy arrays",
            f"{median(into_arrays) * 1e3:6.0f} ms",
            f"{loaded:5.2f}× the scan",
            *at_most(loaded, SCAN),
        ),
    ]
    notes = [
        "Ours converts and compares whole families, and journals each row; raw rows were converted before.",
        "Both with the store's journal mode and its sync, on the same disk. The arrays are read as a planner "
        "will read them: none does yet.",
    ]
    return Section(f"L2 导入 · {RECORDS:,} rows into the store, five columns out of it", found, notes)


def _times(ours: list[float], theirs: list[float]) -> float:
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def _raw_import(folder: Path, empty: Family, family: Family) -> float:
    """The same rows into the same tables, which hold the people already."""
    store = Shelf(folder).create(empty)
    file = store.file
    store.close()
    assert file is not None
    kind = EVENTS[Visit]
    table = kind.row.table()
    ready = stored(table, [(place, *kind.values(one)) for place, one in enumerate(family.events, 1)])
    statement = str(insert(table).compile(dialect=sqlite.dialect(paramstyle="qmark")))
    raw = sqlite3.connect(file, isolation_level=None)
    for manner in _MANNERS:
        raw.execute(f"PRAGMA {manner}")

    def write() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(statement, ready)
        raw.execute("COMMIT")

    took, _ = _timed(write)
    raw.close()
    return took


def _our_import(folder: Path, empty: Family, family: Family) -> tuple[float, Path]:
    store = Shelf(folder).create(empty)
    took, _ = _timed(lambda: store.keep("导入", family))
    file = store.file
    store.close()
    assert file is not None
    return took, file


def _scan(file: Path, scans: list[float], into_arrays: list[float]) -> None:
    raw = sqlite3.connect(file)
    took, lines = _timed(lambda: raw.execute(_SCAN).fetchall())
    scans.append(took)
    raw.close()
    ours = raw_connection(file)
    wanted = len(lines) * _FIVE

    def load() -> np.ndarray:
        flat = chain.from_iterable(ours.execute(_SCAN))
        return np.fromiter(flat, np.int64, wanted).reshape(-1, _FIVE).T

    took, arrays = _timed(load)
    assert arrays.shape == (_FIVE, len(lines))
    into_arrays.append(took)
    ours.close()


# ------------------------------------------------------------------------------------------------------ L3


def opening() -> Section:
    all_of = measured()
    opened, settled = list[float](), list[float]()
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        store = shelf.create(all_of.family)
        file = store.file
        store.close()
        assert file is not None
        size = file.stat().st_size
        for _ in range(_ROUNDS):
            took, store = _timed(lambda: shelf.open(file, all_of.family.as_of))
            opened.append(took)
            settled.append(_timed(partial(settle_family, store.family(), all_of.book))[0])
            store.close()
    whole = median(opened) + median(settled)
    share = whole / all_of.theirs
    found = [
        Row("bean-check, its export", f"{all_of.theirs * 1e3:6.0f} ms", "(anchor)"),
        Row(
            "opened and checked",
            f"{whole * 1e3:6.0f} ms",
            f"{share * 100:5.1f} % of bean-check",
            f"≤ {OPENED * 100:g} %",
            "reached" if share <= OPENED else "MISSED",
        ),
        Row("  opened", f"{median(opened) * 1e3:6.0f} ms"),
        Row("  checked", f"{median(settled) * 1e3:6.0f} ms"),
    ]
    notes = [f"A file of {size / (1 << 20):.1f} MiB with {RECORDS:,} settlements and bindings."]
    return Section(f"L3 打开 · a data file of {RECORDS:,} settlements, opened and checked", found, notes)
