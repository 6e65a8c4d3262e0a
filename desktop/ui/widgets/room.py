"""余地。How much room a page has for its columns, and how wide and high it and they must then be."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QLayout, QWidget

    from desktop.ui.look.look import Look

BETWEEN = 4  # units between two columns
ANY = 16777215  # QWIDGETSIZE_MAX


class Room(StrEnum):
    """How much there is: for three columns, for two of them, or for one under the other."""

    WIDE = "wide"
    MIDDLE = "middle"
    NARROW = "narrow"


def room_of(page: QWidget, look: Look, two: tuple[float, ...], three: tuple[float, ...] = ()) -> Room:
    """`two` and `three` are the least widths of so many columns, in units; some pages have no third."""
    for columns, room in ((three, Room.WIDE), (two, Room.MIDDLE)):
        least = sum(columns) + BETWEEN * (len(columns) - 1)
        if columns and not look.stacked and page.width() >= look.unit() * least:
            return room
    return Room.NARROW


def hold_width(widget: QWidget, width: int | None) -> None:
    """No wider and no narrower; None: as it likes."""
    widget.setMinimumWidth(width or 0)
    widget.setMaximumWidth(width or ANY)


def least_size(page: QWidget, layout: QLayout | None, parts: Iterable[QWidget]) -> QSize:
    """As narrow as the widest of its parts, which stand one under the other then; as high as it must be."""
    widest = max(one.minimumSizeHint().width() for one in parts)
    high = layout.minimumHeightForWidth(max(page.width(), widest)) if layout is not None else 0
    return QSize(widest, high)
