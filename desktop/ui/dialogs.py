"""小窗口。About the program, and the sheet of its shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Words, column, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look


class ShortcutSheet(QDialog):
    """Every action that has keys, with its keys."""

    def __init__(self, look: Look, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("快捷键一览"))
        lines = column(look, 3, (6, 5, 6, 5), self)
        lines.addWidget(Words(look, self.tr("快捷键一览"), Kind.TITLE))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.unit(10))
        grid.setVerticalSpacing(look.unit())
        for place, action in enumerate(a for a in actions if not a.shortcut().isEmpty()):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(Words(look, action.text().replace("&", ""), Kind.TABLE), place, 0)
            grid.addWidget(Words(look, keys, Kind.TABLE, "text_2"), place, 1)
        lines.addLayout(grid)
        inside = self.tr("方向键在关系图里走到家人，在走势图上逐点读数；Enter 打开，Esc 关闭最里面的一层。")
        lines.addWidget(Words(look, inside, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        lines.addLayout(row(look).take(None, Button(look, self.tr("关闭"), self.accept)))


class About(QDialog):
    def __init__(self, look: Look, version: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("关于共济家账"))
        lines = column(look, 2, (6, 5, 6, 5), self)
        lines.addWidget(Words(look, self.tr("共济家账"), Kind.TITLE))
        lines.addWidget(Words(look, self.tr("引擎 {version}").format(version=version), tone="text_2"))
        says = self.tr(
            "职工医保个人账户家庭共济的结算、查账与规划。结果仅供参考，以经办机构为准，可拨打 12393 核实。"
        )
        words = Words(look, says, Kind.TABLE, fit=Fit.WRAP)
        words.setMinimumWidth(look.unit(90))
        lines.addWidget(words)
        lines.addWidget(Words(look, self.tr("本程序不联网。Apache-2.0 许可。"), Kind.CAPTION, "text_2"))
        lines.addLayout(row(look).take(None, Button(look, self.tr("关闭"), self.accept)))
