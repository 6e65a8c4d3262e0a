"""进度条。A strip over the page while something takes its time: only after half a second, with 取消."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Words, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.look.look import Look

PATIENCE = 500  # milliseconds that need no excuse
_WHOLE = 1000


class ProgressStrip(QFrame):
    """`begin`, `advance` as often as there is news, `end`; what ends soon is never seen."""

    def __init__(self, look: Look, patience: int = PATIENCE) -> None:
        super().__init__()
        self._look = look
        self._cancel: Callable[[], object] | None = None
        self.setProperty("role", "strip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._words = Words(look, "", Kind.TABLE, fit=Fit.WRAP)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._stop = Button(look, self.tr("取消"), self._stopped, "small")
        line = row(look, 3, (6, 1, 4, 1), self)
        line.addWidget(self._words, 1)
        line.addWidget(self.bar, 1)
        line.addWidget(self._stop)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setTimerType(Qt.TimerType.PreciseTimer)
        self._wait.setInterval(patience)
        self._wait.timeout.connect(self.show)
        self.hide()

    def show_busy(self, words: str, *, busy: bool) -> None:
        """The short form, for work that cannot be stopped half way."""
        if busy:
            self.begin(words)
        else:
            self.end()

    def begin(self, words: str, cancel: Callable[[], object] | None = None) -> None:
        """`cancel` None: it cannot be stopped half way, and no 取消 is shown."""
        self._cancel = cancel
        self._stop.setVisible(cancel is not None)
        self._stop.setEnabled(True)
        self.advance(None, words)
        if self.isHidden():
            self._wait.start()

    def advance(self, done: float | None, words: str = "") -> None:
        """`done` from 0 to 1; None: nobody knows how much is left."""
        if words:
            self._words.say(words)
            self.bar.setAccessibleName(words)
        self.bar.setRange(0, 0 if done is None else _WHOLE)
        if done is not None:
            self.bar.setValue(round(min(max(done, 0.0), 1.0) * _WHOLE))

    def end(self) -> None:
        self._wait.stop()
        self._cancel = None
        self.hide()

    def patience_left(self) -> int:
        """Milliseconds until it is seen; -1: it does not wait."""
        return self._wait.remainingTime()

    def _stopped(self) -> None:
        """Once is enough; it ends when the work has."""
        if self._cancel is not None:
            self._stop.setEnabled(False)
            self._words.say(self.tr("正在停下，什么都不会留下…"))
            self._cancel()
