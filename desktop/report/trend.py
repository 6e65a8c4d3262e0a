"""余额走势。The chart of the report: what was booked in a solid line, what is planned in a broken one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from desktop.report.ink import BLACK, CASH, GREY, HAIR, Tone
from desktop.usecases.report import month_words

if TYPE_CHECKING:
    from desktop.report.ink import Ink
    from desktop.usecases.report import Report

_LEFT, _BOTTOM, _TOP = 92.0, 34.0, 26.0
_SMALL = 17
_MOST_LINES = 4
_SHOWN_MONTHS = 24
_AFTER_A_SHORTFALL = 6
_PARTS = 8


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
    """Of a report with a balance. With the privacy eye closed the line keeps its shape, and no numbers."""
    known = [(day, int(money)) for day, money in report.history]
    known.append((report.as_of, int(report.balance or 0)))
    ahead = [(_end_of(month), int(money)) for month, money in report.projection[: _months(report)]]
    points = [*known, *ahead]
    most = max(fen for _, fen in points)
    lines = _lines(most)
    scale = _Scale(area, points[0][0], points[-1][0], max(most, lines[-1]))
    ink.smooth(painter)
    _paint_axes(painter, scale, lines, ink)
    _paint_booked(painter, scale, known, ink)
    _paint_planned(painter, scale, [known[-1], *ahead], ink)
    _paint_today(painter, scale, report.as_of, ink)
    _paint_lowest(painter, scale, report, ink)
    _paint_shortfall(painter, scale, report, ink)


def _months(report: Report) -> int:
    """Two years, or as many months as are needed to see the account fall short."""
    if report.shortfall is None:
        return _SHOWN_MONTHS
    before = sum(1 for month, _ in report.projection if month <= report.shortfall[0])
    return max(_SHOWN_MONTHS, before + _AFTER_A_SHORTFALL)


def _end_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _lines(most: int) -> tuple[int, ...]:
    """Round sums of yuan, in fen, up to the highest point: so few that they can be read."""
    unit = 100
    while True:
        for step in (unit, 2 * unit, 4 * unit, 5 * unit):
            if step * (_MOST_LINES + 1) > most:
                return tuple(range(0, max(most, 0) + 1, step))
        unit *= 10


def _paint_axes(painter: QPainter, scale: _Scale, lines: tuple[int, ...], ink: Ink) -> None:
    area = scale.area
    for fen in lines:
        y = scale.y(fen)
        ink.rule(painter, area, y, HAIR if fen else BLACK, 1 if fen else 2)
        words = "" if ink.masks.hidden else f"{fen // 100:,}"
        at = QRectF(area.left() - _LEFT, y - 14, _LEFT - 14, 28)
        ink.line(painter, at, words, _SMALL, GREY, right=True)
    for year in range(scale.first.year, scale.last.year + 1):
        day = max(date(year, 1, 1), scale.first)
        x = scale.x(day)
        painter.setPen(ink.pen(BLACK, 2))
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 8))
        room = QRectF(x + 6, area.bottom() + 6, 100, 26)
        if room.right() <= area.right() + 20:
            ink.line(painter, room, tr("{year}年").format(year=year), _SMALL, GREY)


def _paint_booked(painter: QPainter, scale: _Scale, known: list[tuple[date, int]], ink: Ink) -> None:
    """In steps: a balance stays until something moves it."""
    line = QPolygonF()
    for place, (day, fen) in enumerate(known):
        if place:
            line.append(QPointF(scale.x(day), scale.y(known[place - 1][1])))
        line.append(QPointF(scale.x(day), scale.y(fen)))
    painter.setPen(ink.pen(BLACK, 3))
    painter.drawPolyline(line)


def _paint_planned(painter: QPainter, scale: _Scale, ahead: list[tuple[date, int]], ink: Ink) -> None:
    painter.setPen(ink.pen(BLACK, 2.5, Qt.PenStyle.DashLine))
    painter.drawPolyline(QPolygonF([QPointF(scale.x(day), scale.y(fen)) for day, fen in ahead]))


def _paint_today(painter: QPainter, scale: _Scale, day: date, ink: Ink) -> None:
    painter.setPen(ink.pen(GREY, 1.5, Qt.PenStyle.DotLine))
    x = scale.x(day)
    painter.drawLine(QPointF(x, scale.area.top() - _TOP), QPointF(x, scale.area.bottom()))
    at = QRectF(x + 8, scale.area.top() - _TOP - 4, 90, 26)
    ink.line(painter, at, tr("今天"), _SMALL, GREY)


def _paint_lowest(painter: QPainter, scale: _Scale, report: Report, ink: Ink) -> None:
    """The lowest of the next twelve months, with its words where the line leaves room for them."""
    if report.lowest is None:
        return
    money, month = report.lowest
    spot = QPointF(scale.x(_end_of(month)), scale.y(int(money)))
    words = tr("最低 {money}").format(money=ink.masks.money(money))
    wide = ink.width(words, _SMALL, bold=True) + 4
    low = min(spot.y() - 6, scale.area.bottom() - 28)
    corners = [(spot.x() - wide - 14, low), (spot.x() + 14, low)]
    corners += [(spot.x() - wide / 2, spot.y() - up) for up in (38, 64, 90)]
    line = _on_paper(scale, report)
    rooms = [QRectF(left, top, wide, 26) for left, top in corners]
    clear = (room for room in rooms if not any(room.contains(point) for point in line))
    ink.line(painter, next(clear, rooms[-1]), words, _SMALL, bold=True)
    _paint_ring(painter, spot, BLACK, ink)


def _on_paper(scale: _Scale, report: Report) -> list[QPointF]:
    """The planned line, point by point so near to one another that none jumps over a word."""
    ends = [(report.as_of, int(report.balance or 0))]
    ends += [(_end_of(month), int(money)) for month, money in report.projection]
    dots = [QPointF(scale.x(day), scale.y(fen)) for day, fen in ends]
    return [one + (other - one) * (part / _PARTS) for one, other in pairwise(dots) for part in range(_PARTS)]


def _paint_shortfall(painter: QPainter, scale: _Scale, report: Report, ink: Ink) -> None:
    """The first day on which the account does not suffice, where it is drawn."""
    if report.shortfall is None or report.shortfall[0] > scale.last:
        return
    day, missing = report.shortfall
    spot = QPointF(scale.x(day), scale.area.bottom())
    painter.setPen(ink.pen(CASH, 2))
    painter.drawLine(spot, QPointF(spot.x(), scale.area.top() + 40))
    _paint_ring(painter, spot, CASH, ink)
    words = tr("{month} 缺 {money}").format(month=month_words(day), money=ink.masks.money(missing))
    wide = ink.width(words, _SMALL, bold=True) + 8
    x = min(max(spot.x() - wide / 2, scale.area.left()), scale.area.right() - wide)
    ink.line(painter, QRectF(x, scale.area.top() + 12, wide, 26), words, _SMALL, CASH, bold=True)


def _paint_ring(painter: QPainter, spot: QPointF, tone: Tone, ink: Ink) -> None:
    painter.setPen(ink.pen(tone, 3))
    painter.setBrush(ink.colour(Tone.PAPER))
    painter.drawEllipse(spot, 7, 7)
