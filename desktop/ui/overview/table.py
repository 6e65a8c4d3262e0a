"""最近的结算。The last lines as a table: who, what for, who paid, and the balance after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from desktop.ui.widgets.lines import SIGN, STRONG
from desktop.ui.widgets.sources import slices_sentence
from desktop.ui.widgets.tables import ACCESSIBLE, ALIGNMENT, DISPLAY, SLICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.domain.money import Money
    from desktop.ui.look.look import Look
    from desktop.ui.look.tokens import Verdict
    from desktop.ui.widgets.painting import Slice

ON, PERSON, ITEM, TOTAL, PAID, CHANGE, BALANCE = range(7)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_BOLD = (PERSON, BALANCE)
_SUMS = (TOTAL, CHANGE, BALANCE)
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Recent:
    """One line; `verdict` and `wrong` are there only if it breaks a rule."""

    event: str
    on: str
    person: str
    item: str
    verdict: Verdict | None
    wrong: str
    total_fee: Money | None
    slices: tuple[Slice, ...]
    change: Money
    balance: Money


class RecentTable(QAbstractTableModel):
    def __init__(self, look: Look, lines: Sequence[Recent]) -> None:
        super().__init__()
        self._look, self._lines = look, tuple(lines)
        self._headers = (
            self.tr("日期"),
            self.tr("使用人"),
            self.tr("项目"),
            self.tr("医疗费总额"),
            self.tr("谁付的"),
            self.tr("账户变动"),
            self.tr("余额"),
        )
        look.changed.connect(self._again)

    def _again(self) -> None:
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, BALANCE))

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headers)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        line, column = self._lines[index.row()], index.column()
        if role == DISPLAY:
            return self._text(line, column)
        if role == ALIGNMENT:
            return _RIGHT if column in _SUMS else _LEFT
        if role == STRONG:
            return column in _BOLD
        if role == ACCESSIBLE:
            return self._spoken(line, column)
        return {(PAID, SLICES): line.slices, (ITEM, SIGN): line.verdict}.get((column, role))

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == DISPLAY:
            return self._headers[section]
        if role == ALIGNMENT:
            return _RIGHT if section in _SUMS else _LEFT
        return None

    def _text(self, line: Recent, column: int) -> str:
        money = self._look.money
        if column == ITEM:
            return money.sentence(line.item)
        if column in _SUMS:
            sums = {TOTAL: line.total_fee, CHANGE: line.change, BALANCE: line.balance}
            return money.money(sums[column])
        return {ON: line.on, PERSON: line.person}.get(column, "")

    def _spoken(self, line: Recent, column: int) -> str:
        """The first cell says the whole line, every other one its header with it."""
        if column == PAID:
            return slices_sentence(self._look, line.slices)
        if column != ON:
            return f"{self._headers[column]} {self._text(line, column)}"
        cells = [self._text(line, place) for place in (ON, PERSON, ITEM)]
        cells += [self._spoken(line, place) for place in (TOTAL, PAID, CHANGE, BALANCE)]
        return "，".join(part for part in (*cells, line.wrong) if part)
