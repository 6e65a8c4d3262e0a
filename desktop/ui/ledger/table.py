"""流水表。Months as groups and their lines as a Qt model; every sum as the one formatter writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from desktop.domain.money import NOTHING
from desktop.domain.settlement import EntryKind
from desktop.ui.ledger.model import Entry
from desktop.ui.ledger.sift import MonthHead
from desktop.ui.look.tokens import Source
from desktop.ui.widgets.lines import ASIDE, CHIPS, GROUP, SOURCE, STRONG, TONE
from desktop.ui.widgets.tables import ACCESSIBLE, ALIGNMENT, DISPLAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.domain.money import Money
    from desktop.ui.ledger.model import LedgerModel
    from desktop.ui.look.look import Look

ON, KIND, PERSON, ITEM, TOTAL, FUND, OWN, SHARE, CASH, CHANGE, BALANCE = range(11)
TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROOT = QModelIndex()
_SOURCES = {FUND: Source.FUND, OWN: Source.OWN, SHARE: Source.SHARE, CASH: Source.CASH}
Index = QModelIndex | QPersistentModelIndex


class LedgerTable(QAbstractTableModel):
    def __init__(self, look: Look, model: LedgerModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self._rows = model.rows
        self._headers = (
            self.tr("日期"),
            self.tr("类别"),
            self.tr("使用人"),
            self.tr("摘要"),
            self.tr("医疗费总额"),
            *(look.tint(source).label for source in Source),
            self.tr("账户变动"),
            self.tr("账户余额"),
        )
        model.changed.connect(self._other_lines)
        look.changed.connect(self._again)

    def _other_lines(self) -> None:
        self.beginResetModel()
        self._rows = self._model.rows
        self.endResetModel()

    def text(self, rows: Iterable[int]) -> str:
        """Rows as lines of text with tabs between the cells, as the screen shows them, under headers."""
        lines = [(*self._headers, self.tr("提示"))]
        for row in rows:
            entry = self._rows[row]
            if isinstance(entry, Entry):
                cells = (self._text(entry, column) for column in range(self.columnCount()))
                lines.append((*cells, "，".join(chip.words for chip in entry.chips)))
        return "\n".join("\t".join(cell.replace("\t", " ") for cell in line) for line in lines)

    def _again(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, BALANCE))

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headers)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """The keyboard walks over the heads of months."""
        if index.isValid() and isinstance(self._rows[index.row()], MonthHead):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        row, column = self._rows[index.row()], index.column()
        if role == ALIGNMENT:
            return _RIGHT if column >= TOTAL else _LEFT
        if isinstance(row, MonthHead):
            return self._head(row, column, role)
        return self._line(row, column, role)

    def _line(self, row: Entry, column: int, role: int) -> object:
        if role == DISPLAY:
            return self._text(row, column)
        if role == STRONG:
            return column in (PERSON, BALANCE)
        if role == TONE:
            return self._tone(row, column)
        if role == ACCESSIBLE:
            return self._spoken(row, column)
        return self._behind(row, role) if column == ITEM else None

    def _behind(self, row: Entry, role: int) -> object:
        if role == CHIPS:
            return row.chips
        if role == ASIDE:
            return row.aside
        if role == TOOLTIP:
            return self._look.money.sentence(row.item)
        return None

    def _head(self, row: MonthHead, column: int, role: int) -> object:
        if role == GROUP:
            return True
        if role == STRONG:
            return column == ON
        if role == DISPLAY:
            return self._head_text(row, column)
        if role == ACCESSIBLE:
            parts = (self._head_text(row, place) for place in (ON, ITEM, CHANGE, BALANCE))
            return "，".join(part for part in parts if part) if column == ON else self._head_text(row, column)
        return None

    def _head_text(self, row: MonthHead, column: int) -> str:
        money = self._look.money
        if column == ON:
            return self.tr("{year}年{month}月").format(year=row.month.year, month=row.month.month)
        if column == ITEM and row.moved:
            words = self.tr("转入 {money}") if row.moved > NOTHING else self.tr("转出 {money}")
            return words.format(money=money.money(row.moved if row.moved > NOTHING else -row.moved))
        if column == CHANGE:
            return self.tr("划入 {money}").format(money=money.money(row.credited))
        if column == BALANCE:
            return self.tr("支出 {money}").format(money=money.money(row.spent))
        return ""

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == DISPLAY:
            return self._headers[section]
        if role == ALIGNMENT:
            return _RIGHT if section >= TOTAL else _LEFT
        if role == SOURCE:
            return _SOURCES.get(section)
        if role == ASIDE:
            return self.tr("金额单位：元") if section == ITEM else ""
        return None

    @staticmethod
    def _sum(row: Entry, column: int) -> Money | None:
        line = row.line
        return {
            TOTAL: line.total_fee,
            FUND: line.fund or None,
            OWN: line.own or None,
            SHARE: line.mutual_aid or None,
            CASH: line.cash or None,
            BALANCE: line.balance,
        }[column]

    def _text(self, row: Entry, column: int) -> str:
        if column >= TOTAL:
            return self._sum_text(row, column)
        if column == ITEM:
            return self._look.money.sentence(row.item)
        return {ON: row.line.on.isoformat(), KIND: row.kind, PERSON: row.person}[column]

    def _sum_text(self, row: Entry, column: int) -> str:
        line, money = row.line, self._look.money
        if column == CHANGE:
            return money.change(None if line.kind is EntryKind.OPENING else line.change)
        sum_ = self._sum(row, column)
        nothing = sum_ is None and line.total_fee is None  # a credit has no bill at all
        return "" if nothing else money.money(sum_)

    def _tone(self, row: Entry, column: int) -> str:
        if column >= TOTAL and self._text(row, column) == self._look.money.money(None):
            return "text_3"
        if column == CHANGE and row.line.change > NOTHING:
            return "ok"
        return "text_2" if column in (ON, KIND) else "text"

    def _spoken(self, row: Entry, column: int) -> str:
        """The first cell says the whole line, every other one its header with it."""
        if column != ON:
            return f"{self._headers[column]} {self._text(row, column)}"
        cells = [self._text(row, place) for place in (ON, KIND, PERSON, ITEM)]
        cells += [row.aside, *(chip.words for chip in row.chips)]
        cells += [self._spoken(row, place) for place in _SOURCES if self._sum(row, place) is not None]
        cells += [self._spoken(row, place) for place in (CHANGE, BALANCE)]
        return "，".join(cell for cell in cells if cell)
