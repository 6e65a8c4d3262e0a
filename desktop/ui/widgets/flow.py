"""流式行。Widgets side by side that go on in the next line; the last stands at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look


class _FlowLayout(QLayout):
    def __init__(self, parent: QWidget, *, ragged: bool) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._ragged = ragged
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Put each item, or only reckon how high it all is."""
        gap, x, y, high = self.spacing(), 0, 0, 0
        below = gap // 4 if self._ragged else gap  # words stand closer than fields
        line: list[tuple[QLayoutItem, int]] = []
        items = [item for item in self._items if not item.isEmpty()]
        for item in items:
            wide = item.sizeHint().width()
            if line and x + wide > rect.width():
                self._put(line, rect, y, high, move=move)
                x, y, high, line = 0, y + high + below, 0, []
            line.append((item, x))
            x, high = x + wide + gap, max(high, item.sizeHint().height())
        if line and not self._ragged and not any(_grows(item) for item, _ in line):
            last, left = line[-1]  # the very last stands at the right
            line[-1] = (last, max(rect.width() - last.sizeHint().width(), left))
        self._put(line, rect, y, high, move=move)
        return y + high

    @staticmethod
    def _put(line: list[tuple[QLayoutItem, int]], rect: QRect, y: int, high: int, *, move: bool) -> None:
        if not line or not move:
            return
        growing = sum(_grows(item) for item, _ in line)
        spare = max(rect.width() - line[-1][1] - line[-1][0].sizeHint().width(), 0)
        share, moved = spare // max(growing, 1), 0
        for item, x in line:
            size = item.sizeHint()
            more = share if _grows(item) else 0
            wide = min(size.width() + more, rect.width())
            top = y if _hangs(item) else y + (high - size.height()) // 2
            item.setGeometry(QRect(rect.topLeft() + QPoint(x + moved, top), QSize(wide, size.height())))
            moved += more


def _grows(item: QLayoutItem) -> bool:
    """Whether it takes the room that is left in its line."""
    widget = item.widget()
    return widget is not None and widget.property("grows") is True


def _hangs(item: QLayoutItem) -> bool:
    """Whether it stands at the top of its line, however high its neighbours have become."""
    widget = item.widget()
    return widget is not None and widget.property("hangs") is True


class Flow(QWidget):
    """Give it widgets in reading order; `gap` in units.

    `growing` are those that share the room left in their line; `ragged`: the last does not go to the right.
    """

    def __init__(
        self,
        look: Look,
        widgets: Sequence[QWidget],
        gap: float = 2.5,
        *,
        growing: Sequence[QWidget] = (),
        ragged: bool = False,
    ) -> None:
        super().__init__()
        self._look, self._gap = look, gap
        self._lines = _FlowLayout(self, ragged=ragged)
        for widget in widgets:
            widget.setProperty("grows", widget in growing)
            self._lines.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self._lines.setSpacing(self._look.unit(self._gap))
        self._lines.invalidate()
