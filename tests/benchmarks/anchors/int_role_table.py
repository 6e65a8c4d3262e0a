"""朴素表格。The anchor of the ledger's table: a plain view of a list of ints, which answers two roles."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView
from typing_extensions import override

COLUMNS = 11
DISPLAY, ALIGNMENT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROOT = QModelIndex()
_MANY = 90_000

Index = QModelIndex | QPersistentModelIndex


class IntRoleTable(QAbstractTableModel):
    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows
        self._lines = [[(row * 7919 + column) % _MANY for column in range(COLUMNS)] for row in range(1000)]

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._rows

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else COLUMNS

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if role == DISPLAY:
            value = self._lines[index.row() % 1000][index.column()]
            return f"{value // 100:,}.{value % 100:02d}"
        return _RIGHT if role == ALIGNMENT else None


def int_role_view(rows: int) -> QTableView:
    """The model is the view's own."""
    view = QTableView()
    model = IntRoleTable(rows)
    model.setParent(view)
    view.setModel(model)
    return view
