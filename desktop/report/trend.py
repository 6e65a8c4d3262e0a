"""余额走势。The chart of the report: what was booked in a solid line, what is planned in a broken one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF

from desktop.report.axes import CHART, Scale, end_of, paint_axes, paint_ring
from desktop.report.ink import BLACK, CASH, GREY
from desktop.usecases.report import month_words

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink
    from desktop.usecases.report import Report

_SHOWN_MONTHS = 24
_AFTER_A_SHORTFALL = 6
_PARTS = 8


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


def paint_trend(painter: QPainter, area: QRectF, report: Report, ink: Ink) -> None:
    """Of a report with a balance. With the privacy eye closed the line keeps its shape, and no numbers."""
    known = [(day, int(money)) for day, money in report.history]
    known.append((report.as_of, int(report.balance or 0)))
    ahead = [(end_of(month), int(money)) for month, money in report.projection[: _months(report)]]
    points = [*known, *ahead]
    scale = Scale(area, points[0][0], points[-1][0], max(fen for _, fen in points))
    ink.smooth(painter)
    paint_axes(painter, scale, ink)
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


def _paint_booked(painter: QPainter, scale: Scale, known: list[tuple[date, int]], ink: Ink) -> None:
    """In steps: a balance stays until something moves it."""
    line = QPolygonF()
    for place, (day, fen) in enumerate(known):
        if place:
            line.append(QPointF(scale.x(day), scale.y(known[place - 1][1])))
        line.append(QPointF(scale.x(day), scale.y(fen)))
    painter.setPen(ink.pen(BLACK, 3))
    painter.drawPolyline(line)


def _paint_planned(painter: QPainter, scale: Scale, ahead: list[tuple[date, int]], ink: Ink) -> None:
    painter.setPen(ink.pen(BLACK, 2.5, Qt.PenStyle.DashLine))
    painter.drawPolyline(QPolygonF([QPointF(scale.x(day), scale.y(fen)) for day, fen in ahead]))


def _paint_today(painter: QPainter, scale: Scale, day: date, ink: Ink) -> None:
    painter.setPen(ink.pen(GREY, 1.5, Qt.PenStyle.DotLine))
    x = scale.x(day)
    painter.drawLine(QPointF(x, scale.area.top() - scale.top), QPointF(x, scale.area.bottom()))
    at = QRectF(x + 8, scale.area.top() - scale.top - 4, 90, 26)
    ink.line(painter, at, tr("今天"), CHART, GREY)


def _paint_lowest(painter: QPainter, scale: Scale, report: Report, ink: Ink) -> None:
    """The lowest of the next twelve months, with its words where the line leaves room for them."""
    if report.lowest is None:
        return
    money, month = report.lowest
    spot = QPointF(scale.x(end_of(month)), scale.y(int(money)))
    words = tr("最低 {money}").format(money=ink.masks.money(money))
    wide = ink.width(words, CHART, bold=True) + 4
    low = min(spot.y() - 6, scale.area.bottom() - 28)
    corners = [(spot.x() - wide - 14, low), (spot.x() + 14, low)]
    corners += [(spot.x() - wide / 2, spot.y() - up) for up in (38, 64, 90)]
    line = _on_paper(scale, report)
    rooms = [QRectF(left, top, wide, 26) for left, top in corners]
    clear = (room for room in rooms if not any(room.contains(point) for point in line))
    ink.line(painter, next(clear, rooms[-1]), words, CHART, bold=True)
    paint_ring(painter, spot, BLACK, ink)


def _on_paper(scale: Scale, report: Report) -> list[QPointF]:
    """The planned line, point by point so near to one another that none jumps over a word."""
    ends = [(report.as_of, int(report.balance or 0))]
    ends += [(end_of(month), int(money)) for month, money in report.projection]
    dots = [QPointF(scale.x(day), scale.y(fen)) for day, fen in ends]
    return [one + (other - one) * (part / _PARTS) for one, other in pairwise(dots) for part in range(_PARTS)]


def _paint_shortfall(painter: QPainter, scale: Scale, report: Report, ink: Ink) -> None:
    """The first day on which the account does not suffice, where it is drawn."""
    if report.shortfall is None or report.shortfall[0] > scale.last:
        return
    day, missing = report.shortfall
    spot = QPointF(scale.x(day), scale.area.bottom())
    painter.setPen(ink.pen(CASH, 2))
    painter.drawLine(spot, QPointF(spot.x(), scale.area.top() + 40))
    paint_ring(painter, spot, CASH, ink)
    words = tr("{month} 缺 {money}").format(month=month_words(day), money=ink.masks.money(missing))
    wide = ink.width(words, CHART, bold=True) + 8
    x = min(max(spot.x() - wide / 2, scale.area.left()), scale.area.right() - wide)
    ink.line(painter, QRectF(x, scale.area.top() + 12, wide, 26), words, CHART, CASH, bold=True)
