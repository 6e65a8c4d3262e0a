"""沿革表。What answered one after the other as a Qt model, the newest first; the twin of the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from desktop.ui.look.money import EMPTY
from desktop.ui.look.tokens import Verdict
from desktop.ui.widgets.lines import CHIPS, SIGN, STRONG, TONE, Chip
from desktop.ui.widgets.tables import ACCESSIBLE, ALIGNMENT, DISPLAY

if TYPE_CHECKING:
    from desktop.ui.policies.model import Detail
    from desktop.usecases.policy_history import Stand

SINCE, VALUE, SOURCE, SURE = range(4)
TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class HistoryTable(QAbstractTableModel):
    """Rows count from the newest; `Detail.history` from the oldest."""

    def __init__(self, detail: Detail) -> None:
        super().__init__()
        self._detail = detail
        self._rows = detail.history[::-1]
        self._headers = (self.tr("何时起"), self.tr("数值"), self.tr("来源"), self.tr("可信度"))

    def row_of(self, place: int) -> int:
        """The row of a place in the history, and the other way round."""
        return len(self._rows) - 1 - place

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headers)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        return {DISPLAY: self._headers[section], ALIGNMENT: _align(section)}.get(role)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        stand, column = self._rows[index.row()], index.column()
        now = self._detail.now is not None and index.row() == self.row_of(self._detail.now)
        if role in (DISPLAY, TOOLTIP):
            return self._text(stand, column)
        if role == STRONG:
            return now
        if role == ALIGNMENT:
            return _align(column)
        if role == TONE:
            return "info" if column == VALUE and (stand.unpublished or stand.assumed) else "text"
        if role == ACCESSIBLE:
            return self.spoken(index.row()) if column == SINCE else self._text(stand, column)
        return self._beside(stand, column, role, now=now)

    def _beside(self, stand: Stand, column: int, role: int, *, now: bool) -> object:
        if role == SIGN and column == VALUE and stand.others:
            return Verdict.INFO
        if role == CHIPS and column == SINCE and now:
            return (Chip(self.tr("现行") if self._detail.today else self.tr("当时")),)
        return None

    def spoken(self, row: int) -> str:
        """A row as a sentence: from when to when, what, how sure, and what others say."""
        stand = self._rows[row]
        until = self.tr("至 {day}").format(day=stand.until) if stand.until is not None else ""
        others = [self.tr("另说 {words}").format(words=one.words) for one in stand.others]
        sure = self.tr("可信度{sure}").format(sure=stand.sure) if stand.sure else ""
        parts = (f"{stand.since} {until}".strip(), self._value(stand), *others, self._source(stand), sure)
        return "，".join(part for part in parts if part and part != EMPTY)

    def _text(self, stand: Stand, column: int) -> str:
        if column == SINCE:
            return stand.since.isoformat()
        if column == VALUE:
            return self._value(stand)
        if column == SOURCE:
            return self._source(stand)
        return EMPTY if stand.assumed else stand.sure or EMPTY

    def _value(self, stand: Stand) -> str:
        return self.tr("{words} 估").format(words=stand.brief) if stand.assumed else stand.short

    def _source(self, stand: Stand) -> str:
        if stand.assumed:
            return self.tr("还没有收录，暂按旧数")
        if not stand.known:
            return EMPTY
        return stand.document or stand.source.partition("（")[0]


def _align(column: int) -> int:
    return _RIGHT if column == SURE else _LEFT
