"""图例。What a band or a line of the fan stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.look.tokens import Kind
from desktop.ui.planning.chart import band_colour
from desktop.ui.widgets.basic import Words, row

if TYPE_CHECKING:
    from desktop.ui.look.look import Look


class BandSwatch(QWidget):
    """A patch of a band, or without a shade the dotted line in the middle, and its name."""

    def __init__(self, look: Look, shade: float | None, words: str) -> None:
        super().__init__()
        row(look, 1.5, parent=self).take(_Patch(look, shade), Words(look, words, Kind.CAPTION, "text_2"))


class _Patch(QWidget):
    def __init__(self, look: Look, shade: float | None) -> None:
        super().__init__()
        self._look, self._shade = look, shade
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedSize(self._look.unit(5), self._look.unit(3))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shade is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(band_colour(look, self._shade))
            painter.drawRoundedRect(QRectF(self.rect()), look.unit(0.5), look.unit(0.5))
            return
        pen = QPen(look.colour("text_2"), look.tokens.chart.line_width)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
