"""线型。The colour and the dash by which a column is known in the table, on the chart and in its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.look.tokens import Source

if TYPE_CHECKING:
    from desktop.ui.look.look import Look

# What column: the baseline first, then up to four scenarios. A dash pattern is told in widths of the line.
_STYLES: tuple[tuple[Source | None, tuple[float, ...]], ...] = (
    (None, ()),
    (Source.FUND, ()),
    (Source.OWN, (4, 2)),
    (Source.SHARE, (1, 1.4)),
    (Source.CASH, (5, 1.5, 1, 1.5)),
)
_STRONG = 1.4


def colour_of(look: Look, place: int) -> QColor:
    source = _STYLES[place][0]
    return look.colour("text") if source is None else QColor(look.tint(source).text)


def pen_of(look: Look, place: int, *, strong: bool = False) -> QPen:
    """`strong`: it is the one that is looked at."""
    width = look.tokens.chart.line_width * (_STRONG if strong else 1) * look.scale**0.5
    pen = QPen(colour_of(look, place), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    dash = _STYLES[place][1]
    if dash:
        pen.setDashPattern(list(dash))
    return pen


class LineSwatch(QWidget):
    """A piece of a column's line before its name."""

    def __init__(self, look: Look, place: int) -> None:
        super().__init__()
        self._look, self._place = look, place
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedSize(self._look.unit(7), self._look.unit(4))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen_of(self._look, self._place, strong=True))
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
