"""方案码。Opens the scenario of a square code: a scanner types it, or it is pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop.domain.trouble import InputRefused
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Words, column, row
from desktop.usecases.scenario_code import decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desktop.ui.look.look import Look


class CodeDialog(QDialog):
    """`opened` comes with the family; what is no code is told beside the field."""

    opened = Signal(object)

    def __init__(self, look: Look, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self.setWindowTitle(self.tr("打开二维码里的方案"))
        lines = column(look, 3, (6, 5, 6, 5), self)
        lines.addWidget(Words(look, self.tr("打开二维码里的方案"), Kind.TITLE))
        says = self.tr("光标放在框里，用扫码枪扫报告或小票上的二维码；也可以把扫到的文字粘贴进来。")
        asks = Words(look, says, Kind.TABLE, "text_2", fit=Fit.WRAP)
        asks.setMinimumWidth(look.unit(100))
        lines.addWidget(asks)
        self.code = QPlainTextEdit()
        self.code.setAccessibleName(self.tr("二维码里的文字"))
        self.code.setTabChangesFocus(True)
        self.code.setMinimumHeight(look.unit(30))
        self.code.textChanged.connect(self._typed)
        lines.addWidget(self.code)
        self.fault = Words(look, "", Kind.TABLE, "bad", fit=Fit.WRAP)
        self.fault.hide()
        lines.addWidget(self.fault)
        self.open_button = Button(look, self.tr("打开"), self._open, "primary")
        close = Button(look, self.tr("取消"), self.reject)
        lines.addLayout(row(look, 2).take(None, close, self.open_button))
        self.code.setFocus()

    def _typed(self) -> None:
        """A scanner ends what it types with the enter key."""
        text = self.code.toPlainText()
        if text.strip() and text.endswith("\n"):
            self._open()

    def _open(self) -> None:
        try:
            family = decode(self.code.toPlainText(), self._today())
        except InputRefused as refused:
            self.fault.say("\n".join(str(fault) for fault in refused.faults))
            self.fault.show()
            return
        self.opened.emit(family)
        self.accept()
