"""对比走势。Several balances in one chart: each a dash pattern of its own, who falls short when, one band."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from desktop.report.axes import CHART, Scale, end_of, paint_axes, paint_ring
from desktop.report.ink import BLACK, CASH, HAIR
from desktop.report.letterhead import A4
from desktop.usecases.scenario_words import month_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from PySide6.QtGui import QPainter, QPen

    from desktop.report.ink import Ink
    from desktop.usecases.comparison_report import Column, ComparisonReport

_RIGHT = 196.0  # room for the names of the lines that last
_LEFT = 60.0  # so far names may stand to the left of the axis
_HIGH, _YEARS, _THREAD, _LINE, _GAP = 252.0, 34.0, 10.0, 23.0, 10.0
_LANE = 2 * _LINE + _GAP
_PATTERNS: tuple[tuple[float, tuple[float, ...]], ...] = (
    (4.0, ()),
    (2.5, (7, 2)),
    (2.5, (3.5, 2)),
    (2.5, (1, 1.5)),
    (2.5, (5, 1.5, 1, 1.5)),
)
"""How thick each column's line is and how it is broken, told in widths of the line; the baseline first."""


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


def line_pen(place: int, ink: Ink) -> QPen:
    """Of the column at a place: black, for paper may be copied without colours."""
    thick, dash = _PATTERNS[place]
    pen = ink.pen(BLACK, thick)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern(list(dash))
    return pen


def chart_height(report: ComparisonReport, ink: Ink) -> float:
    scale = _scale(QRectF(0, 0, A4.inside.width(), _HIGH), report)
    lanes = 1 + max((one.lane for one in _names(report, scale, ink)), default=-1)
    return _HIGH + (_THREAD + lanes * _LANE if lanes else 0)


def paint_curves(painter: QPainter, area: QRectF, report: ComparisonReport, ink: Ink) -> None:
    """With the privacy eye closed the lines keep their shapes, and no numbers."""
    scale = _scale(QRectF(area.left(), area.top(), area.width(), _HIGH), report)
    ink.smooth(painter)
    _paint_band(painter, scale, report, ink)
    paint_axes(painter, scale, ink)
    for place, column in reversed([*enumerate(report.columns)]):
        painter.setPen(line_pen(place, ink))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([scale.at(day, fen) for day, fen in _points(report, column)]))
    _paint_shorts(painter, scale, report, ink)
    _paint_lasting(painter, scale, report, ink)


def _scale(area: QRectF, report: ComparisonReport) -> Scale:
    points = [point for column in report.columns for point in _points(report, column)]
    high = [int(money) for _, _, money in report.sure.band] if report.sure is not None else []
    most = max(*(fen for _, fen in points), *high)
    return Scale(area, report.as_of, end_of(report.until), most, right=_RIGHT)


def _points(report: ComparisonReport, column: Column) -> list[tuple[date, int]]:
    ahead = [(end_of(month), int(money)) for month, money in column.balances]
    return [(report.as_of, int(report.balance)), *ahead]


def _paint_band(painter: QPainter, scale: Scale, report: ComparisonReport, ink: Ink) -> None:
    if report.sure is None:
        return
    today = scale.at(report.as_of, int(report.balance))
    low = [today, *(scale.at(end_of(month), int(money)) for month, money, _ in report.sure.band)]
    high = [today, *(scale.at(end_of(month), int(money)) for month, _, money in report.sure.band)]
    path = QPainterPath()
    path.addPolygon(QPolygonF([*low, *reversed(high)]))
    painter.fillPath(path, ink.colour(HAIR))


# ------------------------------------------------------------------------------------------- who falls short


class _Name(NamedTuple):
    """Of a column that falls short: the place on the axis, and where its name stands under it."""

    column: Column
    x: float
    left: float
    wide: float
    lane: int


def _names(report: ComparisonReport, scale: Scale, ink: Ink) -> Iterator[_Name]:
    """From left to right, in as many lanes as they take not to touch."""
    ends: list[float] = []
    short = [(one.runs_out, one) for one in report.columns if one.runs_out is not None]
    for month, column in sorted(short, key=lambda one: one[0]):
        x = scale.x(end_of(month))
        words = (ink.masks.sentence(column.name), _since(month))
        wide = max(ink.width(one, CHART, bold=True) for one in words) + 4
        left = max(min(x - wide / 2, scale.area.right() + _RIGHT - wide), scale.area.left() - _LEFT)
        lane = next((place for place, end in enumerate(ends) if left >= end), len(ends))
        ends[lane : lane + 1] = [left + wide + _GAP]
        yield _Name(column, x, left, wide, lane)


def _since(month: date) -> str:
    return tr("{month}起不足").format(month=month_words(month))


def _paint_shorts(painter: QPainter, scale: Scale, report: ComparisonReport, ink: Ink) -> None:
    """A ring on the axis; below the years its name and month, under a thread that crosses no other."""
    bottom = scale.area.bottom()
    for column, x, left, wide, lane in _names(report, scale, ink):
        assert column.runs_out is not None
        top = bottom + _YEARS + _THREAD + lane * _LANE
        painter.setPen(ink.pen(CASH, 2))
        painter.drawLine(QPointF(x, top - _THREAD), QPointF(x, top))
        paint_ring(painter, QPointF(x, bottom), CASH, ink)
        room = QRectF(left, top, wide, _LINE)
        ink.line(painter, room, ink.masks.sentence(column.name), CHART, bold=True, centre=True)
        ink.line(painter, room.translated(0, _LINE), _since(column.runs_out), CHART, CASH, centre=True)


def _paint_lasting(painter: QPainter, scale: Scale, report: ComparisonReport, ink: Ink) -> None:
    """Beside its end the name of each line that lasts, from the highest down."""
    lasting = [one for one in report.columns if one.runs_out is None]
    lasting.sort(key=lambda one: -int(one.balances[-1][1]))
    wide = _RIGHT - _GAP
    names = [ink.lines(ink.masks.sentence(one.name), CHART, wide, bold=True) for one in lasting]
    free, below = scale.area.top() - scale.top, sum(len(lines) * _LINE + _GAP for lines in names)
    for column, lines in zip(lasting, names, strict=True):
        beside = scale.y(int(column.balances[-1][1])) - _LINE / 2
        top = max(min(beside, scale.area.bottom() + _LINE - below), free)
        at = QRectF(scale.area.right() + _GAP, top, wide, _LINE)
        for line in lines:
            ink.line(painter, at, line, CHART, bold=True)
            at.translate(0, _LINE)
        free, below = at.top() + _GAP, below - len(lines) * _LINE - _GAP
