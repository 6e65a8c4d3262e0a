"""等宽列。Widgets side by side in columns of one width, as many as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.ui.look.look import Look


class Even(QWidget):
    """A column is never narrower than `least` units while there is room for one of that width."""

    def __init__(
        self, look: Look, widgets: Sequence[QWidget], least: float, gap: float = 4, *, hang: bool = False
    ) -> None:
        """`hang`: they hang from one line, each as high as it must be; else all of a line are as high."""
        super().__init__()
        self._look, self._widgets, self._least, self._gap = look, tuple(widgets), least, gap
        self._across = 0
        self._edge = Qt.AlignmentFlag.AlignTop if hang else Qt.AlignmentFlag(0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._dress()
        look.changed.connect(self._dress)

    @property
    def across(self) -> int:
        return self._across

    def _dress(self) -> None:
        self._grid.setSpacing(self._look.unit(self._gap))
        self._lay(self._fitting())

    def _fitting(self) -> int:
        gap = self._look.unit(self._gap)
        least = max(self._look.unit(self._least), self._widest())
        return max(1, min(len(self._widgets), (self.width() + gap) // (least + gap)))

    def _widest(self) -> int:
        return max(one.minimumSizeHint().width() for one in self._widgets)

    def _lay(self, across: int) -> None:
        if across == self._across:
            return
        for place, widget in enumerate(self._widgets):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, place // across, place % across, self._edge)
        for column in range(len(self._widgets)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
            self._grid.setColumnMinimumWidth(column, 0)
        self._across = across
        self.updateGeometry()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(self._fitting())

    @override
    def minimumSizeHint(self) -> QSize:
        """It can be as narrow as one column."""
        return QSize(self._widest(), self._grid.minimumSize().height())
