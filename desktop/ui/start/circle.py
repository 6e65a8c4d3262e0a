"""小关系图。A family drawn small: the holder in the middle, those paid for around, conflicts dashed."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.look.tokens import Kind, Source
from desktop.ui.widgets.painting import paint_round, rounded

if TYPE_CHECKING:
    from desktop.ui.look.look import Look

_HIGH = 41.0
_ACROSS, _DOWN = 20.0, 14.0
_SMALL, _LARGE = 8.0, 9.5
"""In units: the picture's height, the two half axes of the circle, a dot and the holder's dot."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A person; `pays` for somebody, `contested` by two payers."""

    person: str
    word: str
    pays: bool = False
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """Who pays for whom; `broken` where another payer is in the way."""

    payer: str
    beneficiary: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """`around` in the order of the clock, from the top."""

    middle: Dot
    around: tuple[Dot, ...]
    threads: tuple[Thread, ...]

    def places(self) -> dict[str, tuple[float, float]]:
        """Where each stands, from -1 to 1 both ways; the contested one at the top."""
        first = next((place for place, dot in enumerate(self.around) if dot.contested), 0)
        placed = {self.middle.person: (0.0, 0.0)}
        for place, dot in enumerate(self.around):
            turn = 2 * pi * (place - first) / len(self.around)
            placed[dot.person] = (sin(turn), -cos(turn))
        return placed


class CirclePicture(QWidget):
    """The top of a card: empty ground until there is something to draw."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._circle: Circle | None = None
        self._dress()
        look.changed.connect(self._dress)

    def show_circle(self, circle: Circle) -> None:
        self._circle = circle
        self.setAccessibleName(self._sentence(circle))
        self.update()

    def _sentence(self, circle: Circle) -> str:
        """The same as the picture, for ears."""
        words = {dot.person: dot.word for dot in (circle.middle, *circle.around)}
        tie = self.tr("{payer}为{beneficiary}共济")
        tied = [
            tie.format(payer=words[one.payer], beneficiary=words[one.beneficiary]) for one in circle.threads
        ]
        contested = [dot.word for dot in circle.around if dot.contested]
        said = self.tr("关系图：{ties}").format(ties="，".join(tied))
        return said + self.tr("；{who}有两位共济人").format(who="、".join(contested)) if contested else said

    def _dress(self) -> None:
        self.setFixedHeight(self._look.unit(_HIGH))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if self._circle is None:
            return
        unit, middle = self._look.unit(1), QRectF(self.rect()).center()
        places = {
            person: middle + QPointF(x * _ACROSS * unit, y * _DOWN * unit)
            for person, (x, y) in self._circle.places().items()
        }
        for thread in self._circle.threads:
            self._paint_thread(painter, thread, places)
        for dot in (self._circle.middle, *self._circle.around):
            self._paint_dot(painter, dot, places[dot.person])

    def _paint_ground(self, painter: QPainter) -> None:
        """Rounded as the card is at the top, and straight at the bottom."""
        look, edge = self._look, self._look.hairline
        area = QRectF(self.rect()).adjusted(edge, edge, -edge, 0)
        path: QPainterPath = rounded(area, look.radius("panel") - edge)
        path.addRect(area.adjusted(0, look.radius("panel"), 0, 0))
        path.setFillRule(Qt.FillRule.WindingFill)
        painter.fillPath(path, look.colour("sunken"))

    def _paint_thread(self, painter: QPainter, thread: Thread, places: dict[str, QPointF]) -> None:
        look = self._look
        colour = look.colour("bad") if thread.broken else QColor(look.tint(Source.SHARE).text)
        pen = QPen(colour, look.unit(0.5))
        if thread.broken:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(places[thread.payer], places[thread.beneficiary])

    def _paint_dot(self, painter: QPainter, dot: Dot, place: QPointF) -> None:
        look, circle = self._look, self._circle
        large = circle is not None and dot is circle.middle
        side = look.unit(_LARGE if large else _SMALL)
        area = QRectF(place.x() - side / 2, place.y() - side / 2, side, side)
        fill, edge, tone = ("primary", "primary", "on_primary") if dot.pays else _TONES[dot.contested]
        font = look.font(Kind.BODY_B)
        paint_round(painter, area, "", font, fill=look.colour(fill), edge=look.colour(edge))
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), dot.word[:1])


_TONES = {
    True: ("bad_soft", "bad_line", "bad"),
    False: ("surface", "line_strong", "text_2"),
}
