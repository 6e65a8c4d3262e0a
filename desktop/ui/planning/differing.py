"""差在哪里。The postings that make a scenario another one than the baseline, as a table with its total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from desktop.domain.money import Money, total
from desktop.ui.widgets.tables import ACCESSIBLE, ALIGNMENT, DISPLAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look
    from desktop.ui.planning.words import Wording
    from desktop.usecases.compare import Difference

ON, WHAT, ACCOUNT, CASH, OTHERS = range(5)
_SUMS = (ACCOUNT, CASH, OTHERS)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class DifferenceTable(QAbstractTableModel):
    """One line for each event, in order of day."""

    def __init__(self, look: Look, words: Wording, lines: Sequence[Difference]) -> None:
        super().__init__()
        self._look = look
        self._headers = (
            self.tr("日期"),
            self.tr("事项"),
            self.tr("账户"),
            self.tr("现金"),
            self.tr("别人账户"),
        )
        self._rows: list[tuple[str, str, Money, Money, Money]] = [
            (one.on.isoformat(), words.tell(one.what), one.account, one.cash, one.others) for one in lines
        ]
        look.changed.connect(self._again)

    def _again(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, OTHERS))

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headers)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        column = index.column()
        if role == DISPLAY:
            return self._text(index.row(), column)
        if role == ALIGNMENT:
            return _RIGHT if column in _SUMS else _LEFT
        if role == ACCESSIBLE:
            return self._spoken(index.row(), column)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == DISPLAY:
            return self._headers[section]
        if role == ALIGNMENT:
            return _RIGHT if section in _SUMS else _LEFT
        return None

    def _text(self, row: int, column: int) -> str:
        value = self._rows[row][column]
        if not isinstance(value, Money):
            return self._look.money.sentence(value)
        return self._look.money.change(value or None)

    def _spoken(self, row: int, column: int) -> str:
        """The first cell says the whole line, every other one its header with it."""
        if column != ON:
            return f"{self._headers[column]} {self._text(row, column)}"
        said = [self._text(row, ON), self._text(row, WHAT)]
        said += [self._spoken(row, one) for one in _SUMS if self._rows[row][one]]
        return "，".join(part for part in said if part)


def sums(lines: Sequence[Difference]) -> tuple[Money, Money, Money]:
    """In all: into the account, in cash, from the accounts of others. It is what the two runs differ by."""
    return (
        total(one.account for one in lines),
        total(one.cash for one in lines),
        total(one.others for one in lines),
    )
