"""导入预览。The first rows of a file with what becomes of each; over each column what it is taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView
from typing_extensions import override

from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.fields import Combo
from desktop.ui.widgets.lines import CHIPS, STRONG, TONE, Chip, LineHeader, LineTable
from desktop.ui.widgets.painting import paint_text
from desktop.ui.widgets.tables import ACCESSIBLE, ALIGNMENT, DISPLAY
from desktop.usecases.import_sheet import Column, Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect

    from desktop.ui.importing.model import ImportModel, PreviewRow
    from desktop.ui.look.look import Look
    from desktop.usecases.import_sheet import CellFault

NUMBER, STATE, FIRST = range(3)
TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROOT = QModelIndex()
_SUMS = {Column.TOTAL, Column.OWN, Column.OVER_LIMIT, Column.UPFRONT, Column.FUND, Column.OTHER_FUND}
_NAME, _GAP = 6.5, 1.0  # units high: the file's own name of a column, and the room around its choice
_NARROWEST = 27.0  # units a choice needs
_SHORT = 10  # words of a fault that stand in its cell
Index = QModelIndex | QPersistentModelIndex


class PreviewTable(QAbstractTableModel):
    def __init__(self, look: Look, model: ImportModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self._rows: tuple[PreviewRow, ...] = ()
        self._titles: tuple[str, ...] = ()
        self._columns: tuple[Column | None, ...] = ()
        self.take()
        model.changed.connect(self.take)
        look.changed.connect(self.take)

    def take(self) -> None:
        """What the model shows now."""
        self.beginResetModel()
        self._rows, self._titles = self._model.rows, self._model.titles
        self._columns = self._model.layout.columns
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else FIRST + len(self._titles)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == DISPLAY:
            return (self.tr("行"), self.tr("结果"), *self._titles)[section]
        if role == ALIGNMENT:
            return _LEFT
        return None

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        row, column = self._rows[index.row()], index.column()
        if role == DISPLAY:
            return self._text(row, column)
        if role == ALIGNMENT:
            return self._align(row, column)
        if role == CHIPS:
            return self._chips(row, column)
        if role == ACCESSIBLE:
            return self._spoken(row, column)
        return self._dressed(row, column, role)

    def _dressed(self, row: PreviewRow, column: int, role: int) -> object:
        if role == TONE:
            return self._tone(row)
        if role == STRONG:
            return column == STATE
        if role == TOOLTIP:
            wrong = [fault.what for fault in _faults(row) if self._column_of(fault) == column]
            return "，".join(wrong) or (self._why(row) if column == STATE else None)
        return None

    def _text(self, row: PreviewRow, column: int) -> str:
        if column == NUMBER:
            return str(row.number)
        return self._state(row) if column == STATE else row.cells[column - FIRST]

    def _state(self, row: PreviewRow) -> str:
        if row.staged is None:
            return self.tr("还没有核对")
        return {
            Kept.READY: self.tr("可导入"),
            Kept.DUPLICATE: self.tr("重复"),
            Kept.NEEDLESS: self.tr("不用导入"),
            Kept.FAULTY: self.tr("要改 {count} 处").format(count=len(row.staged.faults)),
        }[row.staged.kept]

    def _tone(self, row: PreviewRow) -> str:
        kept = row.staged.kept if row.staged is not None else Kept.READY
        return "text_3" if kept in {Kept.DUPLICATE, Kept.NEEDLESS} else "text"

    def _align(self, row: PreviewRow, column: int) -> int:
        is_sum = column >= FIRST and self._columns[column - FIRST] in _SUMS
        return _RIGHT if is_sum and not self._chips(row, column) else _LEFT

    def _chips(self, row: PreviewRow, column: int) -> tuple[Chip, ...]:
        """What is wrong stands in the cell; what no column holds stands with the result."""
        here = [fault for fault in _faults(row) if self._column_of(fault) == column]
        return tuple(Chip(self._short(fault.what), Verdict.BAD) for fault in here[:1])

    def _short(self, what: str) -> str:
        """The whole sentence stands in the list beside the table."""
        return what if len(what) <= _SHORT else self.tr("要改")

    def _column_of(self, fault: CellFault) -> int:
        if fault.column is None or fault.column not in self._columns:
            return STATE
        return FIRST + self._columns.index(fault.column)

    def _why(self, row: PreviewRow) -> str:
        return row.staged.why if row.staged is not None else ""

    def _spoken(self, row: PreviewRow, column: int) -> str:
        if column != NUMBER:
            name = str(self.headerData(column, Qt.Orientation.Horizontal))
            wrong = [fault.what for fault in _faults(row) if self._column_of(fault) == column]
            return "，".join((f"{name} {self._text(row, column)}", *wrong))
        parts = [self.tr("第 {number} 行").format(number=row.number), self._state(row), self._why(row)]
        parts += [fault.what for fault in _faults(row)]
        return "，".join(part for part in parts if part)


def _faults(row: PreviewRow) -> Sequence[CellFault]:
    return row.staged.faults if row.staged is not None else ()


class _Meaning(Combo):
    """The choice over one column; `reached` when the keyboard comes to it."""

    reached = Signal()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()


class MeaningHeader(LineHeader):
    """The file's own name over each column, and under it a choice of what it is taken for."""

    chosen = Signal(int, str)

    def __init__(self, look: Look, parent: LineTable, model: ImportModel) -> None:
        super().__init__(look, parent)
        self._own, self._sheet = look, model
        self.meanings: list[_Meaning] = []
        self.sectionResized.connect(self._put)
        self.geometriesChanged.connect(self._put)
        parent.horizontalScrollBar().valueChanged.connect(self._put)
        model.changed.connect(self._fill)
        look.changed.connect(self._put)
        self._fill()

    @override
    def sizeHint(self) -> QSize:
        look = self._own
        high = look.unit(_NAME + 2 * _GAP) + look.size("control")
        return QSize(super().sizeHint().width(), high)

    @override
    def needed(self, section: int) -> float:
        least = self._own.unit(_NARROWEST) if section >= FIRST else 0
        return max(super().needed(section), least)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look, area = self._own, QRectF(rect)
        painter.save()
        painter.fillRect(area, look.colour("sunken"))
        painter.setPen(QPen(look.colour("line"), look.hairline))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(look.unit(3), 0, -look.unit(2), 0)
        inner.setHeight(look.unit(_NAME))
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        paint_text(painter, inner, text, look.font(Kind.CAPTION, bold=True), look.colour("text_2"))
        painter.restore()

    def _fill(self) -> None:
        """A choice for every column of the sheet, set to what it is taken for now."""
        names, columns = self._sheet.titles, self._sheet.layout.columns
        while len(self.meanings) > len(names):
            self.meanings.pop().deleteLater()
        while len(self.meanings) < len(names):
            self.meanings.append(self._meaning(len(self.meanings)))
        for name, column, meaning in zip(names, columns, self.meanings, strict=True):
            meaning.setAccessibleName(self.tr("“{name}”这一列是").format(name=name))
            meaning.choose(column or "")
        self._put()

    def _meaning(self, place: int) -> _Meaning:
        made = _Meaning(self._own, "", self._sheet.meanings)
        made.setParent(self.viewport())
        made.chosen.connect(lambda key: self.chosen.emit(place, key))
        made.reached.connect(lambda: self._show(place))
        made.show()
        return made

    def _put(self) -> None:
        look, scrolled = self._own, self._table.horizontalScrollBar().value()
        for place, meaning in enumerate(self.meanings):
            if FIRST + place >= self.count():
                continue
            left = self.sectionPosition(FIRST + place) - scrolled + look.unit(_GAP)
            wide = self.sectionSize(FIRST + place) - look.unit(2 * _GAP)
            meaning.setGeometry(left, look.unit(_NAME), wide, look.size("control"))

    def _show(self, place: int) -> None:
        """Bring the column of a choice into view."""
        bar, left = self._table.horizontalScrollBar(), self.sectionPosition(FIRST + place)
        right = left + self.sectionSize(FIRST + place) - self._table.viewport().width()
        bar.setValue(min(max(bar.value(), right), left))


class PreviewView(LineTable):
    """The preview with choices over its columns."""

    def __init__(self, look: Look, model: ImportModel, caption: str) -> None:
        table = PreviewTable(look, model)
        super().__init__(look, table, caption, wide=STATE)
        table.setParent(self)
        self.head = MeaningHeader(look, self, model)
        self.setHorizontalHeader(self.head)
        self.head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.head.chosen.connect(model.map_column)
        self.refit()
