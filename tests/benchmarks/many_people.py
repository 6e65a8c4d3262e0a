"""许多人。E2: the rule over a hundred thousand people, beside OpenFisca-Core and C, on the very same bills.

All settle every person's 120 months and write down what fund, own account, payer's account and cash paid of
each. Ours does it with the functions that settle a single visit (`cut`, `burden`, `pay`), over amounts of
many; every slice and payment keeps its clause.
"""

from __future__ import annotations

import ctypes
import gc
import shutil
import subprocess
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from desktop.domain.care import Charges, Level, Setting
from desktop.domain.family import Settings
from desktop.domain.money import NOTHING, Money, summed
from desktop.domain.settlement import Part, PurseKind, Year, cut_for
from desktop.planning.many import Many, in_each, reuse_memory, tight
from desktop.rules.purse import Purse, burden, pay
from desktop.rules.settlement import cut
from tests.benchmarks.anchors import rule
from tests.benchmarks.one_settlement import COVERED, DAYS, anchors_book
from tests.benchmarks.openfisca import NotInstalled, OpenFisca, make_environment
from tests.benchmarks.table import Row, Section, at_least

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from desktop.policy.law import Law

TITLE = "E2 许多人 · the rule over arrays, N = 100,000"
PEOPLE = 100_000
TO_OPENFISCA = (5, 7)  # target and stretch, times faster than OpenFisca
TO_C = 25  # per cent of the speed of C

_OURS, _C, _OPENFISCA = "our rule over arrays", "C, 32 bits", "OpenFisca-Core"
_AGAIN = "OpenFisca-Core, once more in the same process"
_NOTE = "One core each. A person's hospital has one level; each kept what everyone paid in every month."
_ROUNDS = 5
_SETTLEMENTS = PEOPLE * rule.MONTHS
_FOLDER = Path(__file__).resolve().parents[2] / "build" / "bench-c"
_SOURCE = Path(__file__).resolve().parent / "anchors" / "settle.c"


class Paid(NamedTuple):
    """A row a month, a column a person."""

    fund: NDArray[Any]
    own: NDArray[Any]
    mutual: NDArray[Any]
    cash: NDArray[Any]

    @classmethod
    def empty(cls) -> Paid:
        return cls(*(np.empty((rule.MONTHS, PEOPLE), np.int32) for _ in cls._fields))

    @property
    def totals(self) -> rule.Totals:
        return rule.Totals(*(int(paid.sum(dtype=np.int64)) for paid in self))


# ----------------------------------------------------------------------------------------------- our own rule


def run_rule(bills: NDArray[Any], paid: Paid, laws: Sequence[Law]) -> None:
    """All who go to hospitals of one level at once, then the others."""
    reuse_memory()
    tertiary = rule.tertiary_of(PEOPLE)
    for level, some in ((Level.TERTIARY, slice(tertiary)), (Level.PRIMARY, slice(tertiary, None))):
        _run(bills[:, some], Paid(*(one[:, some] for one in paid)), laws, level)


def _run(bills: NDArray[Any], paid: Paid, laws: Sequence[Law], level: Level) -> None:
    own: Any = Money(rule.OWN_OPENING)
    payer: Any = Money(rule.PAYER_OPENING)
    year: Year[Any] = Year(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
    lawful = [(law.treatment(COVERED, Setting.OUTPATIENT, level), law.purses(Settings())) for law in laws]
    for month, bill in enumerate(bills):
        treatment, purses = lawful[month % 12]
        if month % 12 == 0:
            year = Year(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
            own, payer = tight(own), tight(payer)
        charges: Charges[Any] = Charges(Many(bill, 0, rule.LARGEST), NOTHING, NOTHING, NOTHING)
        slices = cut(charges, year, treatment, level)
        in_turn: tuple[Purse[Any], ...] = (
            Purse(PurseKind.OWN, "patient", own + Money(rule.OWN_CREDIT), purses.own_account),
            Purse(PurseKind.MUTUAL_AID, "payer", payer + Money(rule.PAYER_CREDIT), purses.mutual_aid),
            Purse(PurseKind.CASH, "patient", None, purses.cash),
        )
        payments = list(pay(burden(slices, NOTHING), in_turn))
        own, payer = in_turn[0].balance, in_turn[1].balance
        pool = cut_for(Part.POOL, slices)
        year = year._replace(
            deductible=year.deductible + cut_for(Part.DEDUCTIBLE, slices), pool=year.pool + pool
        )
        paid.fund[month] = in_each(pool, len(bill))
        for purse, sums in zip(in_turn, paid[1:], strict=True):
            _write(sums[month], [one.amount for one in payments if one.purse is purse.kind])


def _write(sums: NDArray[Any], amounts: Sequence[Any]) -> None:
    """What several amounts come to, without writing it down twice."""
    np.add(in_each(summed(amounts[:-1]), len(sums)), in_each(summed(amounts[-1:]), len(sums)), out=sums)


# ------------------------------------------------------------------------------------------------------- in C


def compiled() -> Callable[[NDArray[Any], NDArray[Any], Paid], None] | None:
    """None: there is no compiler here."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    _FOLDER.mkdir(parents=True, exist_ok=True)
    library = _FOLDER / "settle.so"
    names = (
        *("DEDUCTIBLE", "CEILING", "PERCENT", "PERCENT_TERTIARY"),
        *("OWN_OPENING", "PAYER_OPENING", "OWN_CREDIT", "PAYER_CREDIT", "SATURATED"),
    )
    given = [f"-D{name}={getattr(rule, name)}" for name in names]
    options = ("-O3", "-march=native", "-shared", "-fPIC")
    subprocess.run([compiler, *options, *given, str(_SOURCE), "-o", str(library)], check=True)
    settle = ctypes.CDLL(str(library)).settle

    def run(bills: NDArray[Any], tertiary: NDArray[Any], paid: Paid) -> None:
        arrays = [one.ctypes.data_as(ctypes.c_void_p) for one in (bills, tertiary, *paid)]
        settle(*arrays, *map(ctypes.c_int64, bills.shape))

    return run


# ---------------------------------------------------------------------------------------------------- measure


Run = Callable[[], tuple[float, rule.Totals]]


def benchmark() -> Section:
    bills, tertiary = rule.draw_people(PEOPLE)
    book, notes = anchors_book(), [_NOTE]
    laws = [book.law(COVERED.area, day) for day in DAYS]
    ours, in_c, openfisca = Paid.empty(), Paid.empty(), OpenFiscas()
    runs: dict[str, Run] = {}
    try:
        make_environment()
        runs[_OPENFISCA], runs[_AGAIN] = openfisca.first, openfisca.again
    except NotInstalled as why:
        notes.append(f"OpenFisca-Core could not be installed, and is left out: {why}")
    settle = compiled()
    if settle is None:
        notes.append("There is no C compiler here (cc): C is left out.")
    else:
        runs[_C] = lambda: _once(in_c, lambda: settle(bills, tertiary, in_c))
    runs[_OURS] = lambda: _once(ours, lambda: run_rule(bills, ours, laws))
    taken = [{name: run() for name, run in runs.items()} for _ in range(_ROUNDS)]
    least = {name: min(one[name][0] for one in taken) for name in runs}
    agree = len({totals for one in taken for _, totals in one.values()}) == 1
    if settle is not None:
        agree = agree and all(np.array_equal(one, other) for one, other in zip(ours, in_c, strict=True))
    notes.append("Every settlement of C and the sums of all agree to the fen." if agree else "THEY DIFFER.")
    held = {_OURS: _peak(lambda: run_rule(bills, ours, laws)), _OPENFISCA: openfisca.bytes}
    return Section(TITLE, [row for name in runs for row in _rows(name, least, held)], notes)


class OpenFiscas:
    """A fresh process each round, as someone who asks once has it; and once more in the same."""

    bytes = 0

    def first(self) -> tuple[float, rule.Totals]:
        with OpenFisca(people=PEOPLE) as one:
            found, self._again = one.run(), one.run()
        self.bytes = one.bytes
        return found

    def again(self) -> tuple[float, rule.Totals]:
        return self._again


def _once(paid: Paid, run: Callable[[], object]) -> tuple[float, rule.Totals]:
    gc.collect()
    began = time.process_time()
    run()
    return time.process_time() - began, paid.totals


def _peak(run: Callable[[], object]) -> int:
    """Bytes beyond inputs and outputs."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _rows(name: str, least: dict[str, float], held: dict[str, int]) -> list[Row]:
    speed = f"{_SETTLEMENTS / least[name] / 1e6:6.1f} M a second"
    memory = f"{held[name] / 2**20:6.0f} MiB" if name in held else ""
    if name != _OURS:
        return [Row(name, speed, "(anchor)"), *([Row("", memory)] if memory else [])]
    rows = [Row(name, speed), Row("", memory)]
    if _OPENFISCA in least:
        faster = least[_OPENFISCA] / least[_OURS]
        rows.append(Row("", "", f"{faster:5.2f}× faster than OpenFisca", *at_least(faster, *TO_OPENFISCA)))
    if _C in least:
        share = least[_C] / least[_OURS] * 100
        verdict = "reached" if share >= TO_C else "MISSED"
        rows.append(Row("", "", f"{share:5.1f} % of C", f"≥ {TO_C} %", verdict))
    return rows
