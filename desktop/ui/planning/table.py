"""方案表。The baseline and the scenarios side by side: each value at the left, what differs at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.planning.lines import LineSwatch, colour_of
from desktop.ui.widgets.basic import Box, Fit, IconButton, Voice, Words, column, row
from desktop.ui.widgets.forms import TextLine
from desktop.ui.widgets.painting import paint_focus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from desktop.ui.look.look import Look
    from desktop.ui.planning.words import Cell, Column

_CAPTION_ROOM = 40.0  # units of the column of captions
_SIDE = 4.0  # units each side of a cell
_NAME = 30.0  # units a name wants at least
_ROW, _STACKED = 9.0, 13.0  # units a row is high, with one line and with two
_LEAST = 60.0
_BAR = 0.75
_WALK = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_ASK = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_W)


class ScenarioTable(QFrame):
    """`chosen` comes with the column to look at, `asked` with the one of which a person wants to know why,
    `menu_asked` with one and where on the screen, `renamed` with its new name; `name_kept`: none was given.

    Where there is no room side by side, what differs goes under its value; where there is none for that
    either, the columns go one under the other.
    """

    chosen = Signal(int)
    asked = Signal(int)
    menu_asked = Signal(int, QPoint)
    renamed = Signal(str)
    name_kept = Signal()

    def __init__(self, look: Look, corner: QWidget) -> None:
        """`corner` stands over the captions."""
        super().__init__()
        self._look, self._corner = look, corner
        self._columns: tuple[Column, ...] = ()
        self._captions: tuple[str, ...] = ()
        self._place, self._shape = 0, ""
        self.heads: list[Head] = []
        self._inside: QWidget | None = None
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lines = column(look, 0, parent=self)
        self._lines.addWidget(corner)
        look.changed.connect(self._build)

    def show_columns(self, columns: Sequence[Column], captions: Sequence[str], place: int) -> None:
        self._columns, self._captions, self._place = tuple(columns), tuple(captions), place
        self._build()

    def choose(self, place: int) -> None:
        """Which column is looked at."""
        focused = any(head.hasFocus() for head in self.heads)
        self._place = place
        for head in self.heads:
            head.choose(chosen=head.place == place)
        if focused and place < len(self.heads):
            self.heads[place].setFocus()
        self.update()

    def rename(self) -> None:
        """Let the name of the column that is looked at be typed anew."""
        self.heads[self._place].edit()

    # ---------------------------------------------------------------------------------------------- its shape

    def _build(self) -> None:
        """Anew: its words may be others, and so many as never before."""
        focused = next((head.place for head in self.heads if _holds_focus(head)), None)
        typing = QApplication.focusWidget() if _holds_focus(self._corner) else None
        self._shape = self._fitting()
        before, self._inside = self._inside, QWidget()
        self.heads = [self._head(place) for place in range(len(self._columns))]
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        self._lines.removeWidget(self._corner)
        if self._shape == "down":
            self._lay_down(grid)
        else:
            self._lay_across(grid)
        self._lines.addWidget(self._inside)
        if before is not None:
            self._lines.removeWidget(before)
            before.hide()
            before.deleteLater()
        if focused is not None and focused < len(self.heads):
            self.heads[focused].setFocus()
        elif typing is not None:
            typing.setFocus()
        self.updateGeometry()
        self.update()

    def _lay_across(self, grid: QGridLayout) -> None:
        look = self._look
        high = look.unit(_STACKED if self._shape == "under" else _ROW)
        grid.addWidget(self._corner, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.setContentsMargins(look.unit(_SIDE), 0, 0, 0)
        grid.setColumnMinimumWidth(0, look.unit(_CAPTION_ROOM - _SIDE))
        for line, caption in enumerate(self._captions, 1):
            grid.addWidget(Words(look, caption, Kind.TABLE, "text_2"), line, 0)
            grid.setRowMinimumHeight(line, high)
        for place, one in enumerate(self._columns):
            grid.addWidget(self.heads[place], 0, place + 1)
            grid.setColumnStretch(place + 1, 1)
            for line, cell in enumerate(one.cells, 1):
                grid.addWidget(self._cell(place, cell), line, place + 1)

    def _lay_down(self, grid: QGridLayout) -> None:
        """One block under the other: the caption in a line of its own where the words are long."""
        look, line = self._look, 1
        corner = QWidget()
        row(look, 0, (_SIDE, 2, _SIDE, 2), corner).take(self._corner, None)
        grid.addWidget(corner, 0, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        for place, one in enumerate(self._columns):
            grid.addWidget(self.heads[place], line, 0, 1, 2)
            for below, (caption, cell) in enumerate(zip(self._captions, one.cells, strict=True), 1):
                words = Words(look, caption, Kind.TABLE, "text_2")
                words.setContentsMargins(look.unit(_SIDE), 0, 0, 0)
                grid.addWidget(words, line + below, 0)
                grid.addWidget(self._cell(place, cell), line + below, 1)
                grid.setRowMinimumHeight(line + below, look.unit(_ROW))
            line += len(self._captions) + 1

    def _head(self, place: int) -> Head:
        head = Head(self._look, place, self._columns[place], chosen=place == self._place)
        head.chosen.connect(self._walk)
        head.asked.connect(self.asked)
        head.menu_asked.connect(self.menu_asked)
        head.renamed.connect(self.renamed)
        head.name_kept.connect(self.name_kept)
        return head

    def _walk(self, place: int) -> None:
        if 0 <= place < len(self.heads):
            self.heads[place].setFocus()
            self.chosen.emit(place)

    def _cell(self, place: int, cell: Cell) -> QWidget:
        made = _Pair(self._look, cell, under=self._shape == "under")
        made.pressed.connect(partial(self.chosen.emit, place))
        made.asked.connect(partial(self.asked.emit, place))
        return made

    # ---------------------------------------------------------------------------------------------- its room

    def _fitting(self) -> str:
        if not self.isVisible() and not self._columns:
            return "beside"
        for shape in ("beside", "under"):
            if self._needs(shape) <= self.width():
                return shape
        return "down"

    def _needs(self, shape: str) -> int:
        look = self._look
        widths = [self._cell_wide(cell, shape) for one in self._columns for cell in one.cells]
        widest = max([*widths, look.unit(_NAME)], default=0) + 2 * look.unit(_SIDE)
        return round(look.unit(_CAPTION_ROOM) + widest * len(self._columns))

    def _cell_wide(self, cell: Cell, shape: str) -> float:
        look = self._look
        value = QFontMetricsF(look.font(Kind.BODY, bold=True)).horizontalAdvance(cell.value)
        differs = QFontMetricsF(look.font(Kind.TABLE, bold=True)).horizontalAdvance(cell.delta)
        if shape == "under":
            return max(value, differs)
        return value + (differs + look.unit(3) if cell.delta else 0)

    @override
    def minimumSizeHint(self) -> QSize:
        """One under the other it can be narrow."""
        words = [self._cell_wide(cell, "beside") for one in self._columns for cell in one.cells]
        captions = QFontMetricsF(self._look.font(Kind.TABLE))
        caption = max((captions.horizontalAdvance(one) for one in self._captions), default=0)
        wide = round(max(words, default=0) + caption) + self._look.unit(3 * _SIDE + 1)
        high = self._inside.minimumSizeHint().height() if self._inside is not None else 0
        return QSize(max(wide, self._look.unit(_LEAST)), high)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns and self._fitting() != self._shape:
            self._build()

    # --------------------------------------------------------------------------------------------- its lines

    def area_of(self, place: int) -> QRectF:
        """The whole of a column."""
        head = self.heads[place]
        top = head.mapTo(self, QPoint(0, 0))
        if self._shape == "down":
            after = self.heads[place + 1 : place + 2]
            bottom = after[0].mapTo(self, QPoint(0, 0)).y() if after else self.height()
            return QRectF(top.x(), top.y(), head.width(), bottom - top.y())
        return QRectF(top.x(), top.y(), head.width(), self.height() - top.y())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.heads:
            return
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look.hairline
        first = self.area_of(0)
        room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.fillRect(first.intersected(room), look.colour("sunken"))
        painter.setPen(QPen(look.colour("line"), look.hairline))
        self._paint_rules(painter)
        self._paint_chosen(painter, room)

    def _paint_rules(self, painter: QPainter) -> None:
        look, down = self._look, self._shape == "down"
        left, right = (0.0, 0.0) if down else (look.unit(_SIDE), look.unit(_SIDE))
        grid = self._inside.layout() if self._inside is not None else None
        assert isinstance(grid, QGridLayout)
        for line in range(1, grid.rowCount()):
            y = grid.cellRect(line, 0).top() + 0.5
            painter.drawLine(round(left), round(y), round(self.width() - right), round(y))
        for place in range(1, len(self.heads)):
            area = self.area_of(place)
            if not down and place > 1:
                x = round(area.left())
                painter.drawLine(x, look.unit(3), x, self.height() - look.unit(3))

    def _paint_chosen(self, painter: QPainter, room: QRectF) -> None:
        """A bar in the colour of its line over the column that is looked at."""
        if self._place >= len(self.heads):
            return
        look = self._look
        area = self.area_of(self._place).intersected(room)
        bar = QRectF(area.left(), area.top(), area.width(), look.unit(_BAR))
        painter.fillRect(bar, colour_of(look, self._place))


def _holds_focus(part: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))


class Head(QWidget):
    """The name of a column, which is where the keyboard is when it walks the columns."""

    chosen = Signal(int)
    asked = Signal(int)
    menu_asked = Signal(int, QPoint)
    renamed = Signal(str)
    name_kept = Signal()

    def __init__(self, look: Look, place: int, shown: Column, *, chosen: bool) -> None:
        super().__init__()
        self._look, self.place, self._shown = look, place, shown
        self.name = Words(look, shown.name, Kind.HEADING, fit=Fit.ELIDE)
        self.menu = IconButton(look, Icon.DOWN, "", self._ask_menu)
        self.menu.say(self.tr("可以对“{name}”做的").format(name=shown.name))
        self.field: TextLine | None = None
        self._upper = row(look, 2)
        self._upper.addWidget(LineSwatch(look, place))
        self._upper.addWidget(self.name, 1)
        self._upper.addWidget(self.menu)
        lines = column(look, 0, (_SIDE, 2.5, 2, 2), self)
        lines.addLayout(self._upper)
        self._differs = Words(look, shown.differs, Kind.TABLE, "text_2", fit=Fit.ELIDE)
        lines.addWidget(self._differs)
        heard_as(self, Role.RadioButton)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._voice = Voice(look, self, shown.sentence)
        self.choose(chosen=chosen)

    def choose(self, *, chosen: bool) -> None:
        """Tab stops at the one that is looked at; the others are reached from there, by the arrows."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.NoFocus)
        self.menu.setVisible(chosen)
        state = self.tr("正在看。") if chosen else ""
        self.setAccessibleDescription(state + self.tr("左右键换一列，按 W 看差在哪里"))

    def edit(self) -> None:
        if self.field is not None:
            return
        self.field = TextLine(self._look, self.tr("方案的新名字"))
        self.field.put(self._shown.name)
        self._upper.replaceWidget(self.name, self.field)
        self.name.hide()
        self.field.selectAll()
        self.field.setFocus()
        self.field.returnPressed.connect(self._rename)
        self.field.installEventFilter(self)

    def _rename(self) -> None:
        if self.field is not None:
            self.renamed.emit(self.field.text())

    def _stop_editing(self) -> None:
        if self.field is not None:
            self._upper.replaceWidget(self.field, self.name)
            self.field.hide()
            self.field.deleteLater()
            self.field = None
            self.name.show()
            self.setFocus()
            self.name_kept.emit()

    def _ask_menu(self) -> None:
        self.menu_asked.emit(self.place, self.menu.mapToGlobal(QPoint(0, self.menu.height())))

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if escape and event.type() is QEvent.Type.KeyPress:
            self._stop_editing()
            return True
        return False

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.place)
        if event.button() is Qt.MouseButton.RightButton:
            self.menu_asked.emit(self.place, event.globalPosition().toPoint())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _WALK.get(Qt.Key(event.key()))
        if step is not None:
            self.chosen.emit(self.place + step)
        elif event.key() in _ASK:
            self.asked.emit(self.place)
        elif event.key() == Qt.Key.Key_Menu:
            self._ask_menu()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            edge = self._look.unit(1)
            area = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
            paint_focus(QPainter(self), self._look, area, self._look.radius("control"))


class _Pair(QWidget):
    """A value, and what differs, which can be asked why."""

    pressed = Signal()
    asked = Signal()

    def __init__(self, look: Look, cell: Cell, *, under: bool) -> None:
        super().__init__()
        value = Words(look, cell.value, Kind.BODY, cell.accent, strong=True)
        self._differs = Words(look, cell.delta, Kind.TABLE, cell.tone, strong=cell.tone != "text_3")
        self._differs.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        ways = Box.Direction
        line = Box(look, ways.TopToBottom if under else ways.LeftToRight, 0, (_SIDE, 0, _SIDE, 0), self)
        line.addStretch(0 if not under else 1)
        line.addWidget(value)
        if cell.delta:
            line.addStretch(1 if not under else 0)
            line.addWidget(self._differs)
            self._differs.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self._differs.setParent(self)
            self._differs.hide()
        if under:
            self._differs.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if under or not cell.delta:
            line.addStretch(1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        if self._differs.isVisible() and self._differs.geometry().contains(event.position().toPoint()):
            self.asked.emit()
