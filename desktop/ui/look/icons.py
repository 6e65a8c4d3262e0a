"""图标。An icon by name, in the colour asked for, crisp at every pixel ratio; kept by who drew it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

if TYPE_CHECKING:
    from pathlib import Path

_RATIOS = (1.0, 1.5, 2.0, 3.0)


class Icon(StrEnum):
    """Each is a file in resources/icons."""

    GAUGE = "gauge"
    FAMILY = "family"
    RECEIPT = "receipt"
    ROWS = "rows"
    SHIELD = "shield"
    EYE = "eye"
    X = "x"
    DOWN = "down"
    BAD = "bad"
    WARN = "warn"
    OK = "ok"
    INFO = "info"
    DOC = "doc"
    TABLE = "table"
    CAL = "cal"
    CHECK = "check"
    COPY = "copy"
    SEARCH = "search"
    RIGHT = "right"
    PLAN = "plan"
    GUIDE = "guide"
    BOOK = "book"
    GEAR = "gear"
    HELP = "help"
    UNDO = "undo"
    REDO = "redo"
    LOCK = "lock"
    PRINT = "print"
    PLUS = "plus"
    OPEN = "open"
    FLAG = "flag"


class Icons:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn: dict[tuple[Icon, str, int, float], QPixmap] = {}

    def pixmap(self, icon: Icon, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
        """`size` is in logical pixels."""
        key = (icon, colour.name(QColor.NameFormat.HexArgb), size, ratio)
        if key not in self._drawn:
            self._drawn[key] = self._draw(*key)
        return self._drawn[key]

    def icon(self, icon: Icon, colour: QColor, size: int) -> QIcon:
        made = QIcon()
        for ratio in _RATIOS:
            made.addPixmap(self.pixmap(icon, colour, size, ratio))
        return made

    def _draw(self, icon: Icon, colour: str, size: int, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer

        svg = (self._folder / f"{icon}.svg").read_text(encoding="utf-8")
        opaque = QColor(colour).name()
        renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", opaque).encode()))
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
