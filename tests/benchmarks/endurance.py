"""耐久。G3: a million calls into Qt leave the counts of None, True and False, and the memory, as they were.

On Python 3.12 and later the three are immortal; there only the memory tells.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from desktop.ui.ledger.model import LedgerModel
from desktop.ui.ledger.view import LedgerPage
from tests.benchmarks.painting import Stage
from tests.benchmarks.table import Row, Section, within

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE = "G3 耐久 · 1,000,000 calls into Qt"
CALLS = 1_000_000
LOST = 20  # references; what the collector still holds is no loss
GROWN = 2.0  # MiB
_SINGLETONS = (None, True, False)
_PARTS = 4
_MEGABYTE = 1 << 20


def benchmark() -> Section:
    stage = Stage()
    page = LedgerPage(stage.look, LedgerModel(stage.seen, stage.look))
    stage.show(page)
    spare = [one for one in _SINGLETONS for _ in range(CALLS)]  # so that a loss is told and does not abort
    calls = _calls(page)
    _go(calls, CALLS // 20)
    before, memory, began = _counts(), [_resident()], time.perf_counter()
    for _ in range(_PARTS):
        _go(calls, CALLS // _PARTS)
        memory.append(_resident())
    took = time.perf_counter() - began
    lost = [was - now for was, now in zip(before, _counts(), strict=True)]
    grown = (memory[-1] - memory[0]) / _MEGABYTE
    worst = float(max(map(abs, lost)))
    rows = [
        Row(
            "references to None, True, False lost",
            ", ".join(map(str, lost)),
            "",
            *within(worst, LOST, "references"),
        ),
        Row("memory grown", f"{grown:6.2f} MiB", "", *within(grown, GROWN, "MiB")),
    ]
    parts = ", ".join(f"{one / _MEGABYTE:.1f}" for one in memory)
    notes = [
        f"{len(calls)} kinds of calls in turn, {took:.1f} s; resident after each quarter: {parts} MiB.",
        f"Python {sys.version.split()[0]}; of {len(spare):,} spare references none was needed.",
    ]
    return Section(TITLE, rows, notes)


def _calls(page: LedgerPage) -> list[Callable[[], object]]:
    """Such as the program makes, in their proportion: many small ones, few that paint."""
    table, model = page.table, page.table.model()
    index, label = model.index(1, 1), page.head.title
    bar = table.verticalScrollBar()
    small: list[Callable[[], object]] = [
        lambda: label.setText("流水"),
        label.isEnabled,
        label.isHidden,
        lambda: label.blockSignals(False),
        lambda: model.data(index, 0),
        lambda: model.data(index, 1),
        lambda: bar.setValue(1 - bar.value()),
        lambda: model.dataChanged.emit(index, index),
        label.update,
        table.hasFocus,
    ]
    return small


def _go(calls: list[Callable[[], object]], many: int) -> None:
    """What was asked to be painted is painted now and then, which calls back thousands of times."""
    for number in range(many // len(calls)):
        for call in calls:
            call()
        if not number % 1000:
            QApplication.processEvents()
    gc.collect()


def _counts() -> list[int]:
    return [sys.getrefcount(one) for one in _SINGLETONS]


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096
