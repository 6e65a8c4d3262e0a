"""流水页。Filters, the strip of the year, the lines with the balance after each, and totals that close."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from desktop.ui.ledger.table import CHANGE, ITEM, PERSON, LedgerTable
from desktop.ui.ledger.totals import TotalsRow
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Words, column, row
from desktop.ui.widgets.brush import BrushStrip
from desktop.ui.widgets.fields import Check, Combo, DateField
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.lines import Fold, LineTable
from desktop.ui.widgets.painting import paint_icon
from desktop.ui.widgets.panel import PageHead, Panel

if TYPE_CHECKING:
    from datetime import date

    from desktop.ui.ledger.model import LedgerModel
    from desktop.ui.look.look import Look


class Search(QLineEdit):
    """Finds lines by words, letters of their sound, or a sum."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setPlaceholderText(self.tr("搜索摘要、家人、金额"))
        self.setAccessibleName(self.tr("搜索摘要、家人、金额，可用拼音首字母"))
        self.setClearButtonEnabled(False)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedWidth(self._look.unit(48))
        self.setTextMargins(self._look.unit(5.5), 0, 0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, side = self._look, self._look.size("icon_small")
        area = QRectF(look.unit(2), (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), look, Icon.SEARCH, look.colour("text_2"), area)


class LedgerPage(QWidget):
    """`go` comes with the page a link leads to and what to select there."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: LedgerModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        model.go.connect(self.go)
        self.year = Combo(look, self.tr("看哪一年"), model.years)
        self.year.setVisible(len(model.years) > 1)
        self.head = PageHead(look, self.tr("流水"), model.context, [self.year])
        self.strip = BrushStrip(look, model.span)
        lines = column(look, 3, parent=self)
        lines.addWidget(self.head)
        lines.addWidget(self._filters())
        lines.addWidget(self.strip)
        lines.addWidget(self._sheet(), 1)
        self._connect()
        self._fill()
        self._dress()
        look.changed.connect(self._dress)

    def choose(self, what: str) -> None:
        """Choose the line of an event; another page sends one here."""
        self._model.select(what)

    # --------------------------------------------------------------------------------------------- building

    def _filters(self) -> Flow:
        look, model = self._look, self._model
        self.search = Search(look)
        self.person = Combo(look, self.tr("家人"), model.people)
        self.kind = Combo(look, self.tr("类别"), model.kinds)
        self.source = Combo(look, self.tr("来源"), model.sources)
        self.first = DateField(look, self.tr("从哪天起"), model.filters.first)
        self.last = DateField(look, self.tr("到哪天止"), model.filters.last)
        days = QWidget()
        row(look, 1.5, parent=days).take(
            self.first, Words(look, self.tr("至"), Kind.TABLE, "text_2"), self.last
        )
        self.wrong = Check(look, self.tr("只看有问题的"))
        self.wrong_count = Words(look, "", Kind.TABLE, "bad", strong=True)
        wrong = QWidget()
        row(look, 2, parent=wrong).take(self.wrong, self.wrong_count)
        self.clear = Button(look, self.tr("清除筛选"), model.clear, "link")
        return Flow(look, [self.search, self.person, self.kind, self.source, days, wrong, self.clear])

    def _sheet(self) -> Panel:
        look, model = self._look, self._model
        panel = Panel(look, edges=False, gap=0)
        panel.setAccessibleName(self.tr("流水"))
        caption = self.tr("流水，上下键逐笔看，按回车看对应的一笔或依据")
        fold = Fold(PERSON, tuple(range(ITEM, CHANGE)))
        self.table = LineTable(look, LedgerTable(look, model), caption, wide=ITEM, fold=fold, crown=True)
        self.table.model().setParent(self.table)
        self.totals = TotalsRow(look, model, self.table)
        self.none = Button(look, self.tr("清除筛选，看全年"), model.clear)
        nothing = QWidget()
        self.nothing = Words(look, "", tone="text_2", fit=Fit.WRAP)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        centre = column(look, 3, (6, 6, 6, 6), nothing)
        centre.addStretch(1)
        centre.addWidget(self.nothing)
        centre.addWidget(self.none, 0, Qt.AlignmentFlag.AlignHCenter)
        centre.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(nothing)
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        panel.add(self.stack, 1)
        panel.add(self.totals)
        return panel

    def _connect(self) -> None:
        model = self._model
        self.year.chosen.connect(model.choose_year)
        self.search.textEdited.connect(model.seek)
        self.person.chosen.connect(model.choose_person)
        self.kind.chosen.connect(model.choose_kind)
        self.source.chosen.connect(model.choose_source)
        self.first.chosen.connect(lambda day: model.choose_days(day, self.last.day()))
        self.last.chosen.connect(lambda day: model.choose_days(self.first.day(), day))
        self.strip.range_changed.connect(model.choose_days)
        self.wrong.toggled.connect(model.only_wrong)
        self.table.opened.connect(model.open)
        model.chosen.connect(self._choose)
        model.span_changed.connect(lambda: self.strip.show_span(model.span))
        model.changed.connect(self._fill)
        stops = (
            self.year,
            self.search,
            self.person,
            self.kind,
            self.source,
            self.first,
            self.last,
            self.wrong,
            self.clear,
            self.strip,
            self.table,
            self.none,
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # ---------------------------------------------------------------------------------------------- showing

    def _fill(self) -> None:
        """What the model holds now, in every control."""
        model, filters = self._model, self._model.filters
        self.head.context.say(model.context)
        self.year.choose(str(model.year))
        self.person.choose(filters.person)
        self.kind.choose(filters.kind)
        self.source.choose(filters.source)
        if self.search.text().strip() != filters.words:
            self.search.setText(filters.words)
        self._show_days(filters.first, filters.last)
        self.wrong.blockSignals(True)
        self.wrong.setChecked(filters.only_wrong)
        self.wrong.blockSignals(False)
        self.wrong_count.say(str(model.wrong))
        self.wrong.setAccessibleName(self.tr("只看有问题的，{count} 笔").format(count=model.wrong))
        none = self.tr("{year}年还没有流水。") if not model.whole else self.tr("没有符合这些条件的流水。")
        self.nothing.say(none.format(year=model.year))
        self.none.setVisible(bool(model.whole))
        self.stack.setCurrentIndex(0 if model.rows else 1)

    def _show_days(self, first: date, last: date) -> None:
        self.strip.put(first, last)
        for field, day in ((self.first, first), (self.last, last)):
            field.blockSignals(True)
            field.put(day)
            field.blockSignals(False)

    def _choose(self, line: int) -> None:
        self.table.put(line)
        self.table.setFocus()

    def _dress(self) -> None:
        self.stack.setMinimumHeight(self._look.unit(70))
