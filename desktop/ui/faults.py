"""错处页。A file was refused: its name, every fault with its place and what to do, and two ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.ui.look.tokens import Verdict
from desktop.ui.widgets.basic import Button, column, row
from desktop.ui.widgets.panel import PageHead, Panel
from desktop.ui.widgets.tables import Grid, GridModel, Table
from desktop.ui.widgets.verdicts import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.domain.trouble import Fault
    from desktop.ui.look.look import Look


class FaultsPage(QWidget):
    def __init__(
        self,
        look: Look,
        file: str,
        faults: Sequence[Fault],
        again: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__()
        lines = column(look, 4, parent=self)
        lines.addWidget(PageHead(look, self.tr("这个文件没有打开"), file))
        title = self.tr("有 {count} 处要改").format(count=len(faults))
        says = self.tr("文件一处有疑问，就整个不用，没有改动任何东西。改好以后重新打开。")
        lines.addWidget(Notice(look, Verdict.BAD, title, says))
        whole = self.tr("整个文件")
        rows = tuple((fault.place or whole, fault.what, fault.todo) for fault in faults)
        headers = (self.tr("在哪里"), self.tr("是什么"), self.tr("怎么办"))
        self.table = Table(look, GridModel(look, Grid(headers, rows)), self.tr("要改的地方"), wide=1)
        self.table.setWordWrap(True)
        panel = Panel(look, self.tr("要改的地方"), edges=False)
        panel.add(self.table, 1)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setMinimumHeight(look.unit(40))
        lines.addWidget(panel, 1)
        self.again = Button(look, self.tr("重新打开"), again, "primary")
        self.back = Button(look, self.tr("返回"), back)
        lines.addLayout(row(look, 2).take(self.again, self.back, None))
