"""余额走势。The chart of the report: what was booked in a solid line, what is planned in a broken one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.report.ink import BLACK, CASH, GREY, HAIR

if TYPE_CHECKING:
    from desktop.report.ink import Ink
    from desktop.usecases.report import Report

_LEFT, _BOTTOM, _TOP = 92.0, 34.0, 26.0
_SMALL = 17
_STEPS = 4
_SHOWN_MONTHS = 36


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


class _Scale:
    """From days and fen to places on the paper; the money axis begins at zero."""

    def __init__(self, area: QRectF, first: date, last: date, most: int) -> None:
        self.area = area.adjusted(_LEFT, _TOP, 0, -_BOTTOM)
        self.first, self.last, self.days = first, last, max((last - first).days, 1)
        self.most = max(most, 1)

    def x(self, day: date) -> float:
        return self.area.left() + self.area.width() * (day - self.first).days / self.days

    def y(self, fen: int) -> float:
        return self.area.bottom() - self.area.height() * max(fen, 0) / self.most


def paint_trend(painter: QPainter, area: QRectF, report: Report, ink: Ink) -> None:
    known = [(day, int(money)) for day, money in report.history]
    known.append((report.as_of, int(report.balance)))
    ahead = [(_end_of(month), int(money)) for month, money in report.projection[:_SHOWN_MONTHS]]
    points = [*known, *ahead]
    step = _round_step(max(fen for _, fen in points))
    scale = _Scale(area, points[0][0], points[-1][0], step * _STEPS)
    _paint_axes(painter, scale, step, ink)
    _paint_booked(painter, scale, known)
    _paint_planned(painter, scale, [known[-1], *ahead])
    _paint_today(painter, scale, report.as_of, ink)
    _paint_lowest(painter, scale, report, ink)


def _end_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _round_step(most: int) -> int:
    """A quarter of the axis in fen: 1, 2 or 5 times a power of ten yuan."""
    unit = 100
    while True:
        for times in (1, 2, 5):
            if unit * times * _STEPS >= most:
                return unit * times
        unit *= 10


def _paint_axes(painter: QPainter, scale: _Scale, step: int, ink: Ink) -> None:
    area = scale.area
    for place in range(_STEPS + 1):
        y = scale.y(step * place)
        ink.rule(painter, area, y, BLACK if not place else HAIR, 2 if not place else 1)
        words = "" if ink.masks.hidden else f"{step * place // 100:,}"
        at = QRectF(area.left() - _LEFT, y - 14, _LEFT - 14, 28)
        ink.line(painter, at, words, _SMALL, GREY, right=True)
    for year in range(scale.first.year, scale.last.year + 1):
        day = max(date(year, 1, 1), scale.first)
        x = scale.x(day)
        painter.setPen(QPen(BLACK, 2))
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 8))
        room = QRectF(x + 6, area.bottom() + 6, 100, 26)
        if room.right() <= area.right() + 20:
            ink.line(painter, room, tr("{year}年").format(year=year), _SMALL, GREY)


def _paint_booked(painter: QPainter, scale: _Scale, known: list[tuple[date, int]]) -> None:
    """In steps: a balance stays until something moves it."""
    line = QPolygonF()
    for place, (day, fen) in enumerate(known):
        if place:
            line.append(QPointF(scale.x(day), scale.y(known[place - 1][1])))
        line.append(QPointF(scale.x(day), scale.y(fen)))
    painter.setPen(QPen(BLACK, 3))
    painter.drawPolyline(line)


def _paint_planned(painter: QPainter, scale: _Scale, ahead: list[tuple[date, int]]) -> None:
    pen = QPen(BLACK, 2.5)
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(scale.x(day), scale.y(fen)) for day, fen in ahead]))


def _paint_today(painter: QPainter, scale: _Scale, day: date, ink: Ink) -> None:
    pen = QPen(GREY, 1.5)
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    x = scale.x(day)
    painter.drawLine(QPointF(x, scale.area.top() - _TOP), QPointF(x, scale.area.bottom()))
    at = QRectF(x + 8, scale.area.top() - _TOP - 4, 90, 26)
    ink.line(painter, at, tr("今天"), _SMALL, GREY)


def _paint_lowest(painter: QPainter, scale: _Scale, report: Report, ink: Ink) -> None:
    """The lowest month of twelve, and the first that falls short; their words keep apart."""
    if report.lowest is not None:
        money, month = report.lowest
        spot = QPointF(scale.x(_end_of(month)), scale.y(int(money)))
        _paint_ring(painter, spot, BLACK)
        words = tr("最低 {money}").format(money=ink.masks.money(money))
        at = QRectF(spot.x() - 272, min(spot.y() - 6, scale.area.bottom() - 28), 260, 26)
        ink.line(painter, at, words, _SMALL, bold=True, right=True)
    if report.shortfall is not None and report.shortfall[0] <= scale.last:
        day, missing = report.shortfall
        spot = QPointF(scale.x(day), scale.area.bottom())
        painter.setPen(QPen(CASH, 2))
        painter.drawLine(spot, QPointF(spot.x(), scale.area.top() + 40))
        _paint_ring(painter, spot, CASH)
        words = tr("{year}年{month}月 缺 {money}").format(
            year=day.year, month=day.month, money=ink.masks.money(missing)
        )
        wide = ink.width(words, _SMALL, bold=True) + 8
        x = min(max(spot.x() - wide / 2, scale.area.left()), scale.area.right() - wide)
        ink.line(painter, QRectF(x, scale.area.top() + 12, wide, 26), words, _SMALL, CASH, bold=True)


def _paint_ring(painter: QPainter, spot: QPointF, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 3))
    painter.setBrush(QColor("white"))
    painter.drawEllipse(spot, 7, 7)
