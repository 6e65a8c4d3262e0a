"""小记号。Squares of the size of an icon, for eyes only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.widgets.painting import paint_icon

if TYPE_CHECKING:
    from desktop.ui.look.icons import Icon
    from desktop.ui.look.look import Look


class Square(QWidget):
    """As wide and as high as an icon of that size; who inherits it paints it."""

    def __init__(self, look: Look, size: str = "icon_small") -> None:
        super().__init__()
        self._look, self._size = look, size
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        side = self._look.size(self._size)
        self.setFixedSize(side, side)
        self.update()


class Mark(Square):
    """A small icon in one tone."""

    def __init__(self, look: Look, icon: Icon, tone: str) -> None:
        super().__init__(look)
        self._icon, self._tone = icon, tone

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._look.colour(self._tone)
        paint_icon(QPainter(self), self._look, self._icon, colour, QRectF(self.rect()))
