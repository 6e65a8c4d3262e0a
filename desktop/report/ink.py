"""笔墨。Type and lines on paper in the colours of the tokens; how money and names are written there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from desktop.domain.money import Money

EMPTY = "\N{EN DASH}"
"""What stands where there is no money and no day."""

_ALIGN = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)


class Tone(StrEnum):
    """The colours of paper, by their names among the tokens."""

    BLACK = "text"
    GREY = "text_2"
    HAIR = "line"
    PAPER = "surface"
    SHADE = "canvas"
    SEAL = "primary"
    BAD = "bad"
    WARN = "warn"
    INFO = "info"
    OK = "ok"
    POOL = "fund"
    OWN = "own"
    MUTUAL_AID = "share"
    CASH = "cash"


BLACK, GREY, HAIR, CASH = Tone.BLACK, Tone.GREY, Tone.HAIR, Tone.CASH


class Masks(Protocol):
    """Writes money and names; with the privacy eye closed it shows neither."""

    @property
    def hidden(self) -> bool: ...

    def money(self, money: Money | None, /) -> str: ...

    def change(self, money: Money | None, /) -> str: ...

    def sentence(self, text: str, /) -> str: ...

    def person(self, relation: str, name: str, /) -> str: ...

    def name(self, name: str, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Press:
    """What paper is printed with: the font (`family` empty: whatever there is) and the colours."""

    family: str
    colours: Mapping[Tone, QColor]


def read_colours(resources: Path) -> dict[Tone, QColor]:
    """Of the light theme, for paper is white."""
    tokens = tomllib.loads((resources / "look" / "tokens.toml").read_text(encoding="utf-8"))
    light = tokens["color"]["light"] | {name: one["light"] for name, one in tokens["source"].items()}
    return {tone: QColor(light[tone]) for tone in Tone}


@dataclass(frozen=True, slots=True)
class Ink:
    """`one_bit`: black alone, for a roll of paper."""

    press: Press
    masks: Masks
    one_bit: bool = False

    def colour(self, tone: Tone) -> QColor:
        if self.one_bit:
            return QColor(Qt.GlobalColor.white if tone is Tone.PAPER else Qt.GlobalColor.black)
        return self.press.colours[tone]

    def smooth(self, painter: QPainter) -> None:
        """Round shapes are smooth where there are greys."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=not self.one_bit)

    # ------------------------------------------------------------------------------------------------ text

    def font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self.press.family) if self.press.family else QFont()
        font.setPixelSize(round(size))
        font.setBold(bold)
        return font

    def line(  # noqa: PLR0913 - a line of text is its looks
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        size: float,
        tone: Tone = BLACK,
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
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 1)
        painter.setFont(font)
        painter.setPen(self.colour(tone))
        painter.drawText(area, int(across) | _ALIGN | int(Qt.TextFlag.TextDontClip), shown)

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
            broken.append(text[one.textStart() : one.textStart() + one.textLength()].strip())
        layout.endLayout()
        return broken

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        return QFontMetricsF(self.font(size, bold=bold)).horizontalAdvance(text)

    # ----------------------------------------------------------------------------------------------- lines

    def pen(self, tone: Tone, thick: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        return QPen(self.colour(tone), thick, style)

    def rule(self, painter: QPainter, area: QRectF, y: float, tone: Tone = HAIR, thick: float = 1) -> None:
        painter.setPen(self.pen(tone, thick))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
