"""概览页。The figures, the course of the balance, what to do, the last lines and who used the account."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.overview.model import FIGURES
from desktop.ui.overview.table import ITEM, PAID, PERSON, TOTAL, RecentTable
from desktop.ui.overview.why import ReasonPanel
from desktop.ui.widgets.asking import Asking
from desktop.ui.widgets.basic import Button, Fit, IconButton, Rule, Words, column, row
from desktop.ui.widgets.chart import BalanceChart
from desktop.ui.widgets.figures import FigureStrip, SlotMeter, slots_cell
from desktop.ui.widgets.lines import Fold, LineTable
from desktop.ui.widgets.panel import PageHead, Panel, Split
from desktop.ui.widgets.sources import BarList, SourceLegend
from desktop.ui.widgets.verdicts import TodoRow, VerdictIcon

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from desktop.ui.look.look import Look
    from desktop.ui.overview.model import OverviewModel
    from desktop.usecases.review import Review

# The width in units each panel wants to have beside another.
_ROOM_CHART, _ROOM_LINES, _ROOM_SIDE = 140, 160, 76


class OverviewPage(QWidget):
    """`go` comes with the page a link leads to and what to select there, `act` with a command of the window.

    Every figure can be asked why: by a click or by W; the answer lies over the right side of the page.
    """

    go = Signal(str, str)
    act = Signal(str)

    def __init__(self, look: Look, model: OverviewModel) -> None:
        super().__init__()
        self._look, self._model, self._stale = look, model, False
        model.setParent(self)
        model.go.connect(self.go)
        model.changed.connect(self._renewed)
        model.offered.connect(self._offer)
        self._lines = column(look, 0, parent=self)
        self._inside = self._furnish()
        self._lines.addWidget(self._inside)
        self.why = ReasonPanel(look, self, self._below_the_head)
        self.why.go.connect(self.go)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.why.leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def renew(self, seen: Review) -> None:
        self._model.renew(seen)

    def ask(self, figure: str, what: str = "") -> None:
        """Say why a figure is what it is."""
        reason = self._model.why(figure, what)
        if reason is not None:
            self.why.tell(reason, self.focusWidget() or self)

    def _below_the_head(self) -> int:
        return self.strip.y()

    def _renewed(self) -> None:
        """Built anew where it is seen, and else when it is seen next."""
        self._stale = True
        if self.isVisible():
            self._refurnish()

    def _refurnish(self) -> None:
        """What one looks at stays: the table in place of the chart, the line chosen."""
        turned, row_ = self.chart.currentIndex(), self.table.currentIndex().row()
        self._stale = False
        self.why.hide()
        before, self._inside = self._inside, self._furnish()
        self._lines.replaceWidget(before, self._inside)
        before.hide()
        before.deleteLater()
        self.chart.setCurrentIndex(turned)
        self.table.selectRow(min(row_, self.table.model().rowCount() - 1))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refurnish()

    def _offer(self, key: str, words: str) -> None:
        for one in self.todos:
            if one.finding.key == key:
                one.fix.say(words)

    def _furnish(self) -> QWidget:
        look, model = self._look, self._model
        inside = QWidget()
        ask = self.act.emit
        self.printed = Button(look, self.tr("打印报告"), partial(ask, "print_report"), icon=Icon.PRINT)
        self.settle = Button(look, self.tr("结算一笔"), model.settle, "primary")
        self.meters = [SlotMeter(look, one) for one in model.slots]
        self.strip = FigureStrip(look, model.figures, self._slots())
        self.strip.asked.connect(lambda place: self.ask(FIGURES[place]))
        lines = column(look, 4, parent=inside)
        lines.addWidget(PageHead(look, self.tr("概览"), model.context, [self.printed, self.settle]))
        lines.addWidget(self.strip)
        lines.addWidget(Split(look, self._chart_panel(), self._todo_panel()), 1)
        lines.addWidget(Split(look, self._recent_panel(), self._used_panel()))
        stops = (
            self.printed,
            self.settle,
            *self.strip.cells,
            *self.meters,
            self.copy,
            self.chart.twin,
            self.chart,
            self.chart.table,
            self.all_findings,
            *(stop for one in self.todos for stop in (one, one.fix)),
            self.all_lines,
            self.table,
            self.bars,
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        return inside

    # ---------------------------------------------------------------------------------------------- figures

    def _slots(self) -> QWidget:
        title = self.tr("共济名额")
        if self.meters:
            for meter in self.meters:
                Asking(self._look, meter).asked.connect(partial(self.ask, "places"))
            return slots_cell(self._look, title, self.meters)
        cell = QWidget()
        lines = column(self._look, 1, parent=cell)
        lines.addWidget(Words(self._look, title, Kind.TABLE, "text_2"))
        none = self.tr("规则里没有查到名额上限")
        lines.addWidget(Words(self._look, none, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        lines.addStretch(1)
        return cell

    # ------------------------------------------------------------------------------------------------ chart

    def _chart_panel(self) -> Panel:
        look, course = self._look, self._model.course
        kinds = self.tr("实线：已记账    虚线：按现有绑定推算")
        panel = Panel(look, self.tr("余额走势"), kinds)
        panel.room = _ROOM_CHART
        self.chart = BalanceChart(look, course)
        self.copied = Words(look, self.tr("已复制数字和图"), Kind.CAPTION, "ok")
        self.copied.hide()
        self.copy = IconButton(look, Icon.COPY, self.tr("复制余额走势的数字和图"), self._copy)
        panel.act(self.copied, self.copy, self.chart.twin)
        why = QShortcut(QKeySequence(Qt.Key.Key_W), self.chart, self._ask_point)
        why.setContext(Qt.ShortcutContext.WidgetShortcut)
        panel.add(self.chart, 1)
        if not course.history:
            self.chart.hide()
            self.copy.hide()
            self.chart.twin.hide()
            panel.context.say("")
            words = self.tr("没有个人账户，画不出余额走势。先填上账户的期初余额。")
            panel.say_empty(words, self.tr("填期初余额"), self._model.open_holder)
            self.chart.setParent(panel)
        return panel

    def _ask_point(self) -> None:
        """The point that is read, or today."""
        read = self.chart.read
        self.ask("day", str(read.on)) if read is not None else self.ask("balance")

    def _copy(self) -> None:
        """What the chart shows, as rows for a spreadsheet and as a picture; hidden money stays hidden."""
        model = self.chart.table.model()
        places = range(model.columnCount())
        head = [str(model.headerData(place, Qt.Orientation.Horizontal)) for place in places]
        rows = [
            [str(model.index(line, place).data()) for place in places] for line in range(model.rowCount())
        ]
        mime = QMimeData()
        mime.setText("\n".join("\t".join(cells) for cells in (head, *rows)))
        mime.setImageData(self.chart.grab().toImage())
        QApplication.clipboard().setMimeData(mime)
        self.copied.show()

    # ------------------------------------------------------------------------------------------------- to do

    def _todo_panel(self) -> Panel:
        look, model = self._look, self._model
        panel = Panel(look, self.tr("需要处理"), gap=0)
        panel.room = _ROOM_SIDE
        words = self.tr("全部 {count} 条").format(count=model.todo_count)
        self.all_findings = Button(look, words, model.open_findings, "link")
        self.todos = [TodoRow(look, finding) for finding in model.todo]
        panel.act(self.all_findings)
        if not self.todos and not model.is_bound:
            self.all_findings.hide()
            words = self.tr("还没有绑定家人。绑定后家人也能用这个账户。")
            panel.say_empty(words, self.tr("去绑定家人"), model.open_family)
            return panel
        if not self.todos:
            self.all_findings.hide()
            fine = row(look, 2)
            fine.addWidget(VerdictIcon(look, Verdict.OK))
            none = self.tr("现有记录里没有要处理的，按现行规则检查。")
            fine.addWidget(Words(look, none, fit=Fit.WRAP), 1)
            panel.body.addLayout(fine)
        for todo in self.todos:
            panel.add(Rule(look))
            panel.add(todo, 1)
            todo.fix_asked.connect(lambda key, _fix: model.open_finding(key))
            todo.asked.connect(partial(self.ask, "finding"))
        panel.body.addStretch(0 if self.todos else 1)
        return panel

    # ------------------------------------------------------------------------------------------------- lines

    def _recent_panel(self) -> Panel:
        look, model = self._look, self._model
        panel = Panel(look, self.tr("最近的结算"), edges=False)
        panel.room = _ROOM_LINES
        self.all_lines = Button(look, self.tr("看全部流水"), model.open_ledger, "link")
        caption = self.tr("最近的结算，按回车到流水看这一笔")
        lines, fold = RecentTable(look, model.recent), Fold(PERSON, (ITEM, TOTAL, PAID))
        self.table = LineTable(look, lines, caption, wide=ITEM, fold=fold, signed=ITEM)
        self.table.model().setParent(self.table)
        self.table.opened.connect(model.open_line)
        self.table.clicked.connect(lambda index: self._ask_line(index.row()))
        why = QShortcut(QKeySequence(Qt.Key.Key_W), self.table)
        why.setContext(Qt.ShortcutContext.WidgetShortcut)
        why.activated.connect(lambda: self._ask_line(self.table.currentIndex().row()))
        self.table.laid.connect(self.table.fit_rows)
        self.table.fit_rows()
        legend = SourceLegend(look)
        panel.head.insertWidget(1, legend)
        panel.act(self.all_lines)
        if model.recent:
            panel.add(self.table)
            panel.body.addStretch(1)
        else:
            self.table.hide()
            legend.hide()
            self.all_lines.hide()
            words = self.tr("还没有记过一笔。记下第一笔，就知道谁付了多少。")
            panel.say_empty(words, self.tr("记第一笔"), model.settle)
            self.table.setParent(panel)
        return panel

    def _ask_line(self, row_: int) -> None:
        if 0 <= row_ < len(self._model.recent):
            self.ask("line", self._model.recent[row_].event)

    def _used_panel(self) -> Panel:
        look, model = self._look, self._model
        title = self.tr("{year}年 谁用了这个账户").format(year=model.year)
        panel = Panel(look, title)
        panel.room = _ROOM_SIDE
        panel.act(
            Words(look, self.tr("合计 {money}").format(money=f"{model.used:,}"), Kind.CAPTION, "text_2")
        )
        self.bars = BarList(look, model.bars)
        Asking(look, self.bars).asked.connect(partial(self.ask, "used"))
        if model.bars:
            panel.add(self.bars)
        else:
            self.bars.hide()
            self.bars.setParent(panel)
            panel.add(Words(look, self.tr("今年还没有人用过这个账户。"), tone="text_2", fit=Fit.WRAP))
        panel.body.addStretch(1)
        panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return panel
