"""概览页。The figures, the course of the balance, what to do, the last lines and who used the account."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.overview.table import ITEM, PAID, PERSON, TOTAL, RecentTable
from desktop.ui.widgets.basic import Button, Fit, IconButton, Rule, Words, column, row
from desktop.ui.widgets.chart import BalanceChart
from desktop.ui.widgets.figures import FigureStrip, SlotMeter, slots_cell
from desktop.ui.widgets.lines import Fold, LineTable
from desktop.ui.widgets.panel import PageHead, Panel, Split
from desktop.ui.widgets.sources import BarList, SourceLegend
from desktop.ui.widgets.verdicts import TodoRow, VerdictIcon

if TYPE_CHECKING:
    from desktop.ui.look.look import Look
    from desktop.ui.overview.model import OverviewModel

# The width in units each panel wants to have beside another.
_ROOM_CHART, _ROOM_LINES, _ROOM_SIDE = 140, 160, 76


class OverviewPage(QWidget):
    """`go` comes with the page a link leads to and what to select there."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: OverviewModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        model.go.connect(self.go)
        self.settle = Button(look, self.tr("结算一笔"), model.settle, "primary")
        lines = column(look, 4, parent=self)
        lines.addWidget(PageHead(look, self.tr("概览"), model.context, [self.settle]))
        lines.addWidget(FigureStrip(look, model.figures, self._slots()))
        lines.addWidget(Split(look, self._chart_panel(), self._todo_panel()), 1)
        lines.addWidget(Split(look, self._recent_panel(), self._used_panel()))
        stops = (
            self.settle,
            self.copy,
            self.chart.twin,
            self.chart,
            self.chart.table,
            self.all_findings,
            *(button for one in self.todos for button in one.findChildren(Button)),
            self.all_lines,
            self.table,
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # ---------------------------------------------------------------------------------------------- figures

    def _slots(self) -> QWidget:
        title, slots = self.tr("共济名额"), self._model.slots
        if slots:
            return slots_cell(self._look, title, [SlotMeter(self._look, one) for one in slots])
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
        panel.add(self.chart, 1)
        if not course.history:
            self.chart.hide()
            self.copy.hide()
            self.chart.twin.hide()
            panel.say_empty(self.tr("没有个人账户，画不出余额走势。在家庭文件里填上账户的期初余额。"))
            self.chart.setParent(panel)
        return panel

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
        self.table.laid.connect(self.table.fit_rows)
        self.table.fit_rows()
        panel.head.insertWidget(1, SourceLegend(look))
        panel.act(self.all_lines)
        if model.recent:
            panel.add(self.table)
            panel.body.addStretch(1)
        else:
            self.table.hide()
            panel.say_empty(self.tr("还没有结算过的记录。"), self.tr("试算一笔"), model.settle)
            self.table.setParent(panel)
        return panel

    def _used_panel(self) -> Panel:
        look, model = self._look, self._model
        title = self.tr("{year}年 谁用了这个账户").format(year=model.year)
        panel = Panel(look, title)
        panel.room = _ROOM_SIDE
        panel.act(
            Words(look, self.tr("合计 {money}").format(money=f"{model.used:,}"), Kind.CAPTION, "text_2")
        )
        self.bars = BarList(look, model.bars)
        if model.bars:
            panel.add(self.bars)
        else:
            self.bars.hide()
            self.bars.setParent(panel)
            panel.add(Words(look, self.tr("今年还没有人用过这个账户。"), tone="text_2", fit=Fit.WRAP))
        panel.body.addStretch(1)
        panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return panel
