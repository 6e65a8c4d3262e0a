"""记号。The seal, a shape for each verdict, bars in patterns and the square code, all of plain lines."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import segno
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from desktop.domain.finding import Severity
from desktop.report.ink import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.domain.money import Money
    from desktop.report.ink import Ink

QUIET = 4
"""Empty modules around a square code, or no scanner sees it."""

Stroke = tuple[tuple[float, float], ...]


def paint_seal(painter: QPainter, area: QRectF, ink: Ink) -> None:
    side = area.width()
    ink.smooth(painter)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.colour(Tone.SEAL))
    painter.drawRoundedRect(area, side / 6, side / 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink.pen(Tone.PAPER, side / 30))
    edge = side / 12
    painter.drawRoundedRect(area.adjusted(edge, edge, -edge, -edge), side / 12, side / 12)
    ink.line(painter, area, "济", side * 0.58, Tone.PAPER, bold=True, centre=True)


def tone_of(severity: Severity | None) -> Tone:
    return _TONES[severity]


def paint_verdict(painter: QPainter, area: QRectF, severity: Severity | None, ink: Ink) -> None:
    """Octagon and cross, triangle and bar, diamond and point; 可以 is a circle and a tick."""
    side = area.width()
    ink.smooth(painter)
    pen = ink.pen(_TONES[severity], side / 10)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    outline, strokes = _SHAPES[severity]
    if outline:
        painter.drawPolygon(_points(outline, area))
    else:
        painter.drawEllipse(area)
    for stroke in strokes:
        painter.drawPolyline(_points(stroke, area))


def _points(line: Stroke, area: QRectF) -> QPolygonF:
    return QPolygonF([area.topLeft() + QPointF(x, y) * area.width() for x, y in line])


_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.NOTE: Tone.INFO, None: Tone.OK}
_OCTAGON = ((0.3, 0), (0.7, 0), (1, 0.3), (1, 0.7), (0.7, 1), (0.3, 1), (0, 0.7), (0, 0.3))
_SHAPES: dict[Severity | None, tuple[Stroke, tuple[Stroke, ...]]] = {
    Severity.ERROR: (_OCTAGON, (((0.33, 0.33), (0.67, 0.67)), ((0.67, 0.33), (0.33, 0.67)))),
    Severity.WARNING: (
        ((0.5, 0.04), (1.02, 0.94), (-0.02, 0.94)),
        (((0.5, 0.38), (0.5, 0.62)), ((0.5, 0.78), (0.5, 0.79))),
    ),
    Severity.NOTE: (
        ((0.5, -0.04), (1.04, 0.5), (0.5, 1.04), (-0.04, 0.5)),
        (((0.5, 0.27), (0.5, 0.56)), ((0.5, 0.72), (0.5, 0.73))),
    ),
    None: ((), (((0.28, 0.52), (0.45, 0.69), (0.73, 0.34)),)),
}


# ------------------------------------------------------------------------------------------------- patterns


def _slanted(painter: QPainter, area: QRectF, step: float, *, up: bool) -> None:
    at = area.left() - area.height()
    ends = (area.bottom(), area.top()) if up else (area.top(), area.bottom())
    while at < area.right():
        painter.drawLine(QPointF(at, ends[0]), QPointF(at + area.height(), ends[1]))
        at += step * 1.3


def _diagonal(painter: QPainter, area: QRectF, step: float) -> None:
    _slanted(painter, area, step, up=True)


def _cross(painter: QPainter, area: QRectF, step: float) -> None:
    _slanted(painter, area, step, up=True)
    _slanted(painter, area, step, up=False)


def _dots(painter: QPainter, area: QRectF, step: float) -> None:
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    radius, top, shift = step * 0.27, area.top() + step * 0.55, False
    while top < area.bottom():
        left = area.left() + step * (1.05 if shift else 0.55)
        while left < area.right():
            painter.drawEllipse(QPointF(left, top), radius, radius)
            left += step
        top, shift = top + step * 0.8, not shift


def _solid(painter: QPainter, area: QRectF, _step: float) -> None:
    painter.fillRect(area, painter.pen().color())


class Source(Enum):
    """Where money comes from: a colour and a pattern, in the order that never changes."""

    POOL = (Tone.POOL, _solid)
    OWN = (Tone.OWN, _diagonal)
    MUTUAL_AID = (Tone.MUTUAL_AID, _dots)
    CASH = (Tone.CASH, _cross)


_STEP = 7.0


def paint_source(painter: QPainter, area: QRectF, source: Source, ink: Ink) -> None:
    """A piece of a bar: the pattern in a frame. Plain lines, for brushes look different on every device."""
    tone: Tone
    draw: Callable[[QPainter, QRectF, float], None]
    tone, draw = source.value
    painter.save()
    ink.smooth(painter)
    painter.setPen(ink.pen(tone, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0.75, 0.75, -0.75, -0.75))
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    draw(painter, area, _STEP)
    painter.restore()


def paint_sources(painter: QPainter, area: QRectF, sums: Sequence[Money], ink: Ink) -> None:
    """Who paid, in one bar; a negative sum, of what was taken back, has no length."""
    paid = [(source, int(money)) for source, money in zip(Source, sums, strict=True) if money > 0]
    between = 3.0
    whole, room = sum(fen for _, fen in paid), area.width() - between * (len(paid) - 1)
    left = area.left()
    for source, fen in paid:
        wide = max(room * fen / whole, between)
        paint_source(painter, QRectF(left, area.top(), wide, area.height()), source, ink)
        left += wide + between


# ---------------------------------------------------------------------------------------------- square code


def modules_of(code: str) -> tuple[tuple[bool, ...], ...]:
    """The square code row by row, with the quiet zone around it."""
    rows = segno.make_qr(code, error="l").matrix_iter(border=QUIET)
    return tuple(tuple(bool(module) for module in row) for row in rows)


def code_size(code: str) -> int:
    """How many modules a side of the square code has, with the quiet zone."""
    return len(modules_of(code))


def paint_code(painter: QPainter, area: QRectF, code: str) -> None:
    """`area` is square and holds the quiet zone. One path, so that no seams show between modules."""
    square = modules_of(code)
    module = area.width() / len(square)
    path = QPainterPath()
    for down, row in enumerate(square):
        for across, dark in enumerate(row):
            if dark:
                path.addRect(area.left() + across * module, area.top() + down * module, module, module)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(area, Qt.GlobalColor.white)
    painter.fillPath(path, Qt.GlobalColor.black)
