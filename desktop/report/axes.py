"""坐标。From days and fen to places on the paper, with the axes that every chart of balances has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from desktop.report.ink import BLACK, GREY, HAIR, Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink

CHART = 17
"""The type of a chart."""

_LEFT, _BOTTOM, _TOP = 92.0, 34.0, 26.0
_MOST_LINES = 4
_YEAR = 62.0  # the least room for the number of a year


class Scale:
    """The money axis begins at zero and ends with `most` or the highest of the `lines`."""

    top = _TOP

    def __init__(self, area: QRectF, first: date, last: date, most: int, *, right: float = 0) -> None:
        self.area = area.adjusted(_LEFT, _TOP, -right, -_BOTTOM)
        self.first, self.last, self.days = first, last, max((last - first).days, 1)
        self.lines = round_sums(most)
        self.most = max(most, self.lines[-1], 1)

    def x(self, day: date) -> float:
        return self.area.left() + self.area.width() * (day - self.first).days / self.days

    def y(self, fen: int) -> float:
        return self.area.bottom() - self.area.height() * max(fen, 0) / self.most

    def at(self, day: date, fen: int) -> QPointF:
        return QPointF(self.x(day), self.y(fen))


def end_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def round_sums(most: int) -> tuple[int, ...]:
    """Round sums of yuan, in fen, up to the highest point: so few that they can be read."""
    unit = 100
    while True:
        for step in (unit, 2 * unit, 4 * unit, 5 * unit):
            if step * (_MOST_LINES + 1) > most:
                return tuple(range(0, max(most, 0) + 1, step))
        unit *= 10


def paint_axes(painter: QPainter, scale: Scale, ink: Ink) -> None:
    """With the privacy eye closed the lines stay, without their sums."""
    area = scale.area
    for fen in scale.lines:
        y = scale.y(fen)
        ink.rule(painter, area, y, HAIR if fen else BLACK, 1 if fen else 2)
        words = "" if ink.masks.hidden else f"{fen // 100:,}"
        at = QRectF(area.left() - _LEFT, y - 14, _LEFT - 14, 28)
        ink.line(painter, at, words, CHART, GREY, right=True)
    soon = scale.x(date(scale.first.year + 1, 1, 1))  # a year that is soon over gives way to the next
    free = area.left() if soon - area.left() >= _YEAR else soon
    for year in range(scale.first.year, scale.last.year + 1):
        x = scale.x(max(date(year, 1, 1), scale.first))
        painter.setPen(ink.pen(BLACK, 2))
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 8))
        room = QRectF(x + 6, area.bottom() + 6, 100, 26)
        if x >= free and room.right() <= area.right() + 20:
            ink.line(painter, room, tr("{year}年").format(year=year), CHART, GREY)
            free = x + _YEAR


def paint_ring(painter: QPainter, spot: QPointF, tone: Tone, ink: Ink) -> None:
    painter.setPen(ink.pen(tone, 3))
    painter.setBrush(ink.colour(Tone.PAPER))
    painter.drawEllipse(spot, 7, 7)


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)
