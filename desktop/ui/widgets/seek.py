"""查找框。A line to type into with a lens before the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.widgets.painting import paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.ui.look.look import Look


class SeekLine(QLineEdit):
    """`hint` stands in it while it is empty, and is its accessible name."""

    def __init__(self, look: Look, hint: str) -> None:
        super().__init__()
        self._look = look
        self.ask(hint)
        self._dress()
        look.changed.connect(self._dress)

    def ask(self, hint: str) -> None:
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)

    def _dress(self) -> None:
        self.setTextMargins(self._look.unit(5.5), 0, 0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, side = self._look, self._look.size("icon_small")
        area = QRectF(look.unit(2), (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), look, Icon.SEARCH, look.colour("text_2"), area)
