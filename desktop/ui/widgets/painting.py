"""画法。Bars of money with their pattern, chips, round marks: shared by widgets, delegates and the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Source, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.domain.money import Money
    from desktop.ui.look.look import Look

_PATTERNS = {
    "diagonal": Qt.BrushStyle.BDiagPattern,
    "dots": Qt.BrushStyle.Dense6Pattern,
    "cross": Qt.BrushStyle.DiagCrossPattern,
}
ICON_OF = {
    Verdict.BAD: Icon.BAD,
    Verdict.WARN: Icon.WARN,
    Verdict.INFO: Icon.INFO,
    Verdict.OK: Icon.OK,
}


@dataclass(frozen=True, slots=True)
class Slice:
    """So much from one source."""

    source: Source
    money: Money


def paint_bar(painter: QPainter, look: Look, area: QRectF, source: Source) -> None:
    """One rounded bar in the colour of a source; framed and patterned where colour is not enough."""
    tint = look.tint(source)
    radius = min(look.unit(0.5), area.height() / 2, area.width() / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    style = _PATTERNS.get(tint.pattern) if look.patterned else None
    if style is None:
        painter.setBrush(QColor(tint.mark))
        painter.drawRoundedRect(area, radius, radius)
    else:
        inner = area.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(tint.mark), 1))
        painter.setBrush(QBrush(QColor(tint.mark), style))
        painter.drawRoundedRect(inner, radius, radius)
    painter.restore()


def paint_slices(painter: QPainter, look: Look, area: QRectF, slices: Sequence[Slice]) -> None:
    """One bill as a stacked bar, in the order of payment; what is not zero can be seen."""
    paid = sorted((s for s in slices if s.money > 0), key=lambda s: list(Source).index(s.source))
    whole = sum(int(s.money) for s in paid)
    if not whole:
        paint_track(painter, look, area)
        return
    gap = look.tokens.chart.bar_gap
    room = area.width() - gap * (len(paid) - 1)
    left = area.left()
    for one in paid:
        width = max(room * int(one.money) / whole, 1.0)
        paint_bar(painter, look, QRectF(left, area.top(), width, area.height()), one.source)
        left += width + gap


def paint_track(painter: QPainter, look: Look, area: QRectF) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("track"))
    radius = min(look.unit(0.5), area.height() / 2)
    painter.drawRoundedRect(area, radius, radius)
    painter.restore()


def paint_icon(painter: QPainter, look: Look, icon: Icon, colour: QColor, area: QRectF) -> None:
    ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
    pixmap = look.pixmap(icon, colour, round(area.width()), ratio)
    painter.drawPixmap(QPointF(round(area.left()), round(area.top())), pixmap)


def paint_text(  # noqa: PLR0913 - a line of text is its looks
    painter: QPainter,
    area: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line, cut with … where it does not fit, in the middle of the area's height."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 1)
    painter.drawText(area, int(align | Qt.AlignmentFlag.AlignVCenter), shown)


def paint_round(  # noqa: PLR0913
    painter: QPainter, area: QRectF, text: str, font: QFont, *, fill: QColor, edge: QColor
) -> None:
    """A disc with one character in the colour of its edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(fill)
    painter.drawEllipse(area)
    painter.setFont(font)
    painter.setPen(edge)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


def paint_focus(painter: QPainter, look: Look, area: QRectF, radius: float) -> None:
    """The ring of the keyboard's place."""
    half = look.ring / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("focus"), look.ring))
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def paint_paper_label(painter: QPainter, look: Look, centre: QPointF, text: str, colour: QColor) -> QRectF:
    """A word on a little piece of the sheet, so that a line behind does not cross it."""
    font = look.font(Kind.CAPTION)
    area = label_area(look, centre, text)
    painter.fillRect(area, look.colour("surface"))
    paint_text(painter, area, text, font, colour, align=Qt.AlignmentFlag.AlignHCenter)
    return area


def label_area(look: Look, centre: QPointF, text: str) -> QRectF:
    width = QFontMetricsF(look.font(Kind.CAPTION)).horizontalAdvance(text) + look.unit(2)
    height = look.line(Kind.CAPTION)
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)


def rounded(area: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(area, radius, radius)
    return path
