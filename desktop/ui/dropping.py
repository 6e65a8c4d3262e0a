"""拖放。The one file that is dragged over a widget, of the kinds it can do something with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

BOOKS = frozenset({".json", ".gongji"})
TABLES = frozenset({".xlsx", ".xls", ".ods", ".csv"})


def dropped(event: QDragEnterEvent | QDropEvent, endings: Collection[str]) -> Path | None:
    """None for several, and for one of another kind; `endings` are small and with their dot."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix.lower() in endings else None
