"""滚动。Brings what has just opened to where a person looks, on pages that scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def bring_to_view(widget: QWidget, margin: int) -> None:
    """Where text is large a panel opens below the list, perhaps out of sight. Once it has its place there."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget, margin))


def _scroll_to(widget: QWidget, margin: int) -> None:
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    inside = area.widget() if isinstance(area, QScrollArea) else None
    if isinstance(area, QScrollArea) and inside is not None:
        top = widget.mapTo(inside, QPoint(0, 0)).y()
        bar = area.verticalScrollBar()
        if not bar.value() <= top < bar.value() + area.viewport().height() // 3:
            bar.setValue(top - margin)
