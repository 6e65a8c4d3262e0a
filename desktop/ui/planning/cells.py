"""可换行的表。A small table whose cells wrap; at large text each row becomes lines with their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.money import Money
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Fit, Rule, Words, clear, column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.ui.look.look import Look

    Cell = str | Money | Callable[[], QWidget]
    """Words, a sum, or what makes a widget: a table that turns makes its cells anew."""

_TOP = Qt.AlignmentFlag.AlignTop
_TOP_RIGHT = _TOP | Qt.AlignmentFlag.AlignRight


class CellTable(QWidget):
    """`shares` say how the width is divided. The first cell of a row is its name; sums end flush."""

    def __init__(self, look: Look, caption: str, headers: Sequence[str], shares: Sequence[int]) -> None:
        super().__init__()
        self._look, self._headers, self._shares = look, tuple(headers), tuple(shares)
        self._rows: tuple[tuple[Cell, ...], ...] = ()
        self._stacked = look.stacked
        self.setAccessibleName(caption)
        self._lines = column(look, 0, parent=self)
        look.changed.connect(self._turn)

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows = tuple(tuple(row) for row in rows)
        self._fill()

    def _turn(self) -> None:
        if self._look.stacked is not self._stacked:
            self._stacked = self._look.stacked
            self._fill()

    def _fill(self) -> None:
        clear(self._lines)
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._look.unit(4))
        grid.setVerticalSpacing(self._look.unit(1.5))
        if self._stacked:
            self._fill_stacked(grid)
        else:
            self._fill_wide(grid)
        self._lines.addWidget(held)

    def _fill_wide(self, grid: QGridLayout) -> None:
        sums = {place for row in self._rows for place, cell in enumerate(row) if isinstance(cell, Money)}
        sides = [_TOP_RIGHT if place in sums else _TOP for place in range(len(self._headers))]
        for place, (header, share) in enumerate(zip(self._headers, self._shares, strict=True)):
            caption = Words(self._look, header, Kind.CAPTION, "text_2", strong=True)
            grid.addWidget(caption, 0, place, sides[place])
            grid.setColumnStretch(place, share)
        for number, cells in enumerate(self._rows):
            line = 2 * number + 1
            grid.addWidget(Rule(self._look), line, 0, 1, len(self._headers))
            for place, cell in enumerate(cells):
                grid.addWidget(self._cell(cell, name=not place), line + 1, place, sides[place])

    def _fill_stacked(self, grid: QGridLayout) -> None:
        """A caption over each cell: beside it there would be no room."""
        line = 0
        for number, cells in enumerate(self._rows):
            if number:
                grid.addWidget(Rule(self._look), line, 0)
                line += 1
            for place, (header, cell) in enumerate(zip(self._headers, cells, strict=True)):
                if cell == "":
                    continue
                held = QWidget()
                inside = column(self._look, 0, parent=held)
                if place:
                    inside.addWidget(Words(self._look, header, Kind.CAPTION, "text_3"))
                inside.addWidget(self._cell(cell, name=not place))
                grid.addWidget(held, line, 0)
                line += 1

    def _cell(self, cell: Cell, *, name: bool) -> QWidget:
        if isinstance(cell, str):
            kind = Kind.BODY_B if name else Kind.TABLE
            return Words(self._look, cell, kind, "text" if name else "text_2", fit=Fit.WRAP)
        if isinstance(cell, Money):
            return Words(self._look, f"{cell:,}", Kind.TABLE)
        return cell()
