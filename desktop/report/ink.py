"""笔墨。Type, colours, patterns and marks on paper; and how money and names are written there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

import segno
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTextLayout,
    QTextOption,
)

from desktop.domain.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.domain.money import Money

READABLE = ("WenQuanYi Micro Hei", "Droid Sans Fallback")
"""Fonts whose text can be searched in the PDFs that Qt writes; with Noto CJK it can't."""
_FILES = ("wqy-microhei.ttc", "DroidSansFallbackFull.ttf")

EMPTY = "\N{EN DASH}"
"""What stands where there is no money and no day."""

BLACK, GREY, HAIR = QColor("#1b1f1d"), QColor("#5b625e"), QColor("#c9cec9")
GREEN, RED, AMBER, BLUE = QColor("#17612f"), QColor("#b3261e"), QColor("#8a5200"), QColor("#35507a")
SEAL, CASH = QColor("#0f6b60"), QColor("#6b2a5b")
_TONES = {Severity.ERROR: RED, Severity.WARNING: AMBER, Severity.NOTE: BLUE, None: GREEN}


class Masks(Protocol):
    """Writes money and names; with the privacy eye closed it shows neither."""

    @property
    def hidden(self) -> bool: ...

    def money(self, money: Money | None, /) -> str: ...

    def sentence(self, text: str, /) -> str: ...

    def person(self, relation: str, name: str, /) -> str: ...

    def name(self, name: str, /) -> str: ...


class Source(Enum):
    """Where money comes from: a colour and a pattern, in the order that never changes."""

    POOL = (QColor("#2f5aa8"), Qt.BrushStyle.SolidPattern)
    OWN = (QColor("#178a72"), Qt.BrushStyle.BDiagPattern)
    MUTUAL_AID = (QColor("#c58a22"), Qt.BrushStyle.Dense5Pattern)
    CASH = (CASH, Qt.BrushStyle.DiagCrossPattern)


def paper_family(resources: Path) -> str:
    """The first font at hand whose text stays searchable; empty if there is none."""
    known = set(QFontDatabase.families())
    for family, file in zip(READABLE, _FILES, strict=True):
        if family in known:
            return family
        beside = resources / "fonts" / file
        if beside.is_file() and QFontDatabase.addApplicationFont(str(beside)) >= 0:
            return family
    return ""


@dataclass(frozen=True, slots=True)
class Ink:
    """`family` of the type; empty: whatever the system has. `one_bit`: black alone, for a roll of paper."""

    family: str
    masks: Masks
    one_bit: bool = False

    def font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self.family) if self.family else QFont()
        font.setPixelSize(round(size))
        font.setBold(bold)
        return font

    def colour(self, colour: QColor) -> QColor:
        return QColor("#000000") if self.one_bit else colour

    # ------------------------------------------------------------------------------------------------ text

    def line(  # noqa: PLR0913 - a line of text is its looks
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        size: float,
        colour: QColor = BLACK,
        *,
        bold: bool = False,
        right: bool = False,
        centre: bool = False,
    ) -> None:
        """One line, cut with … where it has no room."""
        font = self.font(size, bold=bold)
        across = Qt.AlignmentFlag.AlignLeft
        if right or centre:
            across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignHCenter
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(font)
        painter.setPen(self.colour(colour))
        painter.drawText(area, across | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """The text broken into lines that fit."""
        layout = QTextLayout(text, self.font(size, bold=bold))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        broken = []
        while (one := layout.createLine()).isValid():
            one.setLineWidth(width)
            broken.append(text[one.textStart() : one.textStart() + one.textLength()].rstrip())
        layout.endLayout()
        return broken

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        return QFontMetricsF(self.font(size, bold=bold)).horizontalAdvance(text)

    # ----------------------------------------------------------------------------------------- lines, marks

    def rule(
        self, painter: QPainter, area: QRectF, y: float, colour: QColor = HAIR, thick: float = 1
    ) -> None:
        painter.setPen(QPen(self.colour(colour), thick))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    def fill(self, painter: QPainter, area: QRectF, source: Source) -> None:
        """A piece of a bar: pattern and colour, and a frame of the colour."""
        colour, pattern = source.value
        painter.setPen(QPen(self.colour(colour), 1.5))
        painter.setBrush(QBrush(self.colour(colour), pattern))
        painter.drawRect(area)

    def mark(self, painter: QPainter, area: QRectF, severity: Severity | None) -> None:
        """A verdict by its shape: octagon, triangle, diamond, circle."""
        colour = self.colour(_TONES[severity])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, area.width() / 9))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        centre, side = area.center(), area.width()
        if severity is None:
            painter.drawEllipse(area)
            tick = [(-0.22, 0.02), (-0.05, 0.2), (0.25, -0.18)]
            painter.drawPolyline(QPolygonF([centre + QPointF(x * side, y * side) for x, y in tick]))
            return
        painter.drawPolygon(QPolygonF([centre + QPointF(x * side, y * side) for x, y in _SHAPES[severity]]))
        sign = {Severity.ERROR: "×", Severity.WARNING: "!", Severity.NOTE: "?"}[severity]
        self.line(painter, area, sign, side * 0.66, _TONES[severity], bold=True, centre=True)

    def tone(self, severity: Severity | None) -> QColor:
        return _TONES[severity]

    def seal(self, painter: QPainter, area: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(SEAL))
        radius = area.width() / 6
        painter.drawRoundedRect(area, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("white"), area.width() / 30))
        edge = area.width() / 12
        painter.drawRoundedRect(area.adjusted(edge, edge, -edge, -edge), radius / 2, radius / 2)
        font = self.font(area.width() * 0.58, bold=True)
        painter.setFont(font)
        painter.setPen(QColor("white"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "济")


_SHAPES = {
    Severity.ERROR: [
        (-0.21, -0.5),
        (0.21, -0.5),
        (0.5, -0.21),
        (0.5, 0.21),
        (0.21, 0.5),
        (-0.21, 0.5),
        (-0.5, 0.21),
        (-0.5, -0.21),
    ],
    Severity.WARNING: [(0.0, -0.5), (0.54, 0.46), (-0.54, 0.46)],
    Severity.NOTE: [(0.0, -0.54), (0.54, 0.0), (0.0, 0.54), (-0.54, 0.0)],
}


def code_size(code: str) -> int:
    """How many modules a side of the square code has, with the quiet zone."""
    return int(segno.make(code, error="l", micro=False).symbol_size(border=4)[0])


def paint_code(painter: QPainter, area: QRectF, code: str) -> None:
    """A square code of whole modules; `area` is square and holds the quiet zone of four modules."""
    made = segno.make(code, error="l", micro=False)
    module = area.width() / code_size(code)
    path = QPainterPath()
    for down, row in enumerate(made.matrix):
        for across, dark in enumerate(row):
            if dark:
                corner = area.topLeft() + QPointF((across + 4) * module, (down + 4) * module)
                path.addRect(QRectF(corner.x(), corner.y(), module, module))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(area, QColor("white"))
    painter.setBrush(QColor("black"))
    painter.drawPath(path)
