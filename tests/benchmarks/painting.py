"""绘制。G1 and G2: a page of a ledger of a million lines, the chart of balances and the family picture.

Drawn into the backing store of windows that nobody sees, at the size they have in the window.
"""

from __future__ import annotations

import gc
import os
import random
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QTableView, QWidget
from typing_extensions import override

from desktop.ui.family.model import FamilyModel
from desktop.ui.ledger.model import LedgerModel
from desktop.ui.ledger.sift import Book
from desktop.ui.ledger.view import LedgerPage
from desktop.ui.look.look import Look
from desktop.ui.look.style import follow
from desktop.ui.overview.model import OverviewModel
from desktop.ui.widgets.chart import BalanceChart, Course
from desktop.ui.widgets.graph import FamilyGraph
from desktop.usecases.open_book import open_book
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.benchmarks.anchors.int_role_table import int_role_view
from tests.benchmarks.table import Row, Section, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.usecases.account_lines import Line

LINES = 1_000_000
PAGE, FRAME = 8.0, 1000 / 60  # milliseconds
CHART, PICTURE = 10.0, 2.0

_RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_SAMPLE = _RESOURCES / "samples" / "sandwich-family.json"
_TODAY = date(2026, 11, 21)
_WIDE, _HIGH = 1136, 756  # of a page, as designed
_CHART_SIZE = (706, 260)
_ROUNDS = 9
_JUMPS = 30
_A_DAY = timedelta(days=1)


class Stage:
    """An application that nobody sees, dressed as the program is, and the sample family in review."""

    def __init__(self) -> None:
        gc.collect()  # what the benchmark before left would be looked through again and again
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        app = QApplication.instance()
        self.app = app if isinstance(app, QApplication) else QApplication([])
        self.look = Look(_RESOURCES)
        follow(self.app, self.look)
        book = open_book(_RESOURCES)[0]
        self.seen: Review = review(open_family(_SAMPLE, _TODAY), book)

    def show(self, widget: QWidget, wide: int = _WIDE, high: int = _HIGH) -> None:
        widget.resize(wide, high)
        widget.show()
        self.app.processEvents()


class LongLedger(LedgerModel):
    """The sample's lines over and over: a million of them in one year."""

    @override
    def _take_family(self, seen: Review) -> None:
        super()._take_family(seen)
        self._book = Book(many(self._book.lines), self._read)


def many(lines: object) -> list[Line]:
    """Each day has all of the lines, again and again."""
    assert isinstance(lines, list)
    first = date(_TODAY.year, 1, 1)
    days = (_TODAY - first).days + 1
    times = -(-LINES // (days * len(lines)))
    made: list[Line] = []
    for day in range(days):
        made += [replace(line, on=first + day * _A_DAY) for line in lines] * times
    return made[:LINES]


# --------------------------------------------------------------------------------------------------- tables


def table_pages() -> Section:
    stage = Stage()
    page = LedgerPage(stage.look, LongLedger(stage.seen, stage.look))
    stage.show(page)
    plain = int_role_view(LINES)
    stage.show(plain, page.table.width(), page.table.height())
    draw = random.Random(1)
    ours, theirs = list[float](), list[float]()
    for _ in range(_ROUNDS):
        theirs += _jumps(plain, draw)
        ours += _jumps(page.table, draw)
    steps = _steps(page.table)
    middle, anchor = median(ours), median(theirs)
    shown = page.table.model().rowCount()
    rows = [
        Row("plain view of ints, jump and repaint", f"{anchor:6.2f} ms", "(anchor)"),
        Row(
            "page of the ledger, jump and repaint",
            f"{middle:6.2f} ms",
            f"{middle / anchor:5.2f}× the plain view",
            *within(middle, PAGE, "ms"),
        ),
        Row("the longest of them", f"{max(ours):6.2f} ms", "", *within(max(ours), FRAME, "ms")),
        Row("one row on, by the wheel", f"{median(steps):6.2f} ms", "", *within(median(steps), PAGE, "ms")),
    ]
    notes = [
        f"{shown:,} rows with the heads of months; each jump makes lines that were not seen before.",
        f"{_ROUNDS * _JUMPS} jumps; of the plain view the longest took {max(theirs):.2f} ms.",
    ]
    return Section("G1 流水表 · a page of a ledger of 1,000,000 lines", rows, notes)


def _jumps(view: QTableView, draw: random.Random) -> list[float]:
    bar = view.verticalScrollBar()

    def jump() -> None:
        bar.setValue(draw.randrange(bar.maximum()))
        view.viewport().repaint()

    return [milliseconds(jump) for _ in range(_JUMPS)]


def _steps(view: QTableView) -> list[float]:
    bar = view.verticalScrollBar()

    def step() -> None:
        bar.setValue(bar.value() + 1)
        view.viewport().repaint()

    return [milliseconds(step) for _ in range(_ROUNDS * _JUMPS)]


# ------------------------------------------------------------------------------------------------- pictures


def pictures() -> Section:
    stage = Stage()
    course = OverviewModel(stage.seen, stage.look).course
    graph = FamilyGraph(stage.look, FamilyModel(stage.seen, stage.look).tree)
    stage.show(graph, 734, 640)
    picture = [milliseconds(graph.viewport().repaint) for _ in range(_ROUNDS * _JUMPS)]
    points = len(course.history) + len(course.projection)
    cards = len(stage.seen.family.people)
    notes = [f"{points} points on the chart, {cards} people in the picture. The fan comes with its page."]
    rows = [*_charts(stage, course), _row("family picture, painted again", picture, PICTURE)]
    return Section("G2 图 · chart and family picture", rows, notes)


def _charts(stage: Stage, course: Course) -> list[Row]:
    made: list[BalanceChart] = []

    def make_anew() -> None:
        """As the first page does it once the family has changed."""
        for before in made:
            before.hide()
            before.deleteLater()
        made[:] = [BalanceChart(stage.look, course)]
        stage.show(made[0], *_CHART_SIZE)

    look = Look(_RESOURCES)  # worn by nothing but the chart
    chart = BalanceChart(look, course)
    stage.show(chart, *_CHART_SIZE)

    def draw_again() -> None:
        look.changed.emit()
        _repaint(chart)

    anew = [milliseconds(make_anew) for _ in range(_JUMPS)]
    curves = [milliseconds(draw_again) for _ in range(_ROUNDS * _JUMPS)]
    again = [milliseconds(lambda: _repaint(chart)) for _ in range(_ROUNDS * _JUMPS)]
    return [
        _row("chart of balances, made anew and painted", anew, CHART),
        _row("its curves drawn anew and painted", curves, CHART),
        _row("painted again", again, CHART),
    ]


def _repaint(chart: BalanceChart) -> None:
    for one in (chart, *chart.findChildren(QWidget)):
        if one.isVisible():
            one.update()
    chart.repaint()
    QApplication.processEvents()


def _row(name: str, taken: list[float], target: float) -> Row:
    middle = median(taken)
    return Row(name, f"{middle:6.2f} ms", f"longest {max(taken):.2f} ms", *within(middle, target, "ms"))


def milliseconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1e3
