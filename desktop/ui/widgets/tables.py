"""表格。A table in the look, a plain model of rows, and delegates for money, bars of sources and verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
)
from typing_extensions import override

from desktop.domain.money import Money

if TYPE_CHECKING:
    from desktop.ui.look.look import Look

# Plain ints: an enum member costs nearly three times as much at each call of `data`.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
SLICES = int(Qt.ItemDataRole.UserRole) + 1
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as data: headers, and rows of words and money; money stands at the right."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str | Money | None, ...], ...] = ()


class GridModel(QAbstractTableModel):
    """A `Grid` as a Qt model; money as the formatter writes it."""

    def __init__(self, look: Look, grid: Grid) -> None:
        super().__init__()
        self._look, self._grid = look, grid
        look.changed.connect(self._again)

    def show_grid(self, grid: Grid) -> None:
        self.beginResetModel()
        self._grid = grid
        self.endResetModel()

    def _again(self) -> None:
        if self._grid.rows:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._grid.rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._grid.headers)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if role == DISPLAY:
            value = self._grid.rows[index.row()][index.column()]
            money = self._look.money
            return money.sentence(value) if isinstance(value, str) else money.money(value)
        if role == ALIGNMENT:
            return _LEFT if isinstance(self._grid.rows[index.row()][index.column()], str) else _RIGHT
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == DISPLAY:
            return self._grid.headers[section]
        if role == ALIGNMENT:
            sums = any(isinstance(line[section], Money) for line in self._grid.rows)
            return _RIGHT if sums else _LEFT
        return None


class Table(QTableView):
    """A view of rows: no grid, whole rows chosen, row height of the look."""

    def __init__(
        self, look: Look, model: QAbstractItemModel, caption: str, *, wide: int = 0, crown: bool = False
    ) -> None:
        """`wide` is the column that takes the room left; `crown`: it stands at the top of a panel."""
        super().__init__()
        self._look, self._wide = look, wide
        self.setModel(model)
        self.setAccessibleName(caption)
        self.setProperty("crown", crown)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if model.columnCount():
            head.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.size("row"))
        self.verticalHeader().setMinimumSectionSize(self._look.size("row_compact"))
        self.horizontalHeader().setMinimumSectionSize(self._look.unit(14))

    def fit_rows(self) -> None:
        """As high as all its rows, so that the page scrolls and not the table."""
        rows = self.model().rowCount()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows * self._look.size("row") + self._look.unit())
