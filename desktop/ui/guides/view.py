"""办事页的样子。Guides at the left, the one chosen with its steps, papers and places; below it the days."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.guides.doctor import DoctorPanel
from desktop.ui.guides.list import GuideList
from desktop.ui.guides.papers import SidePanel
from desktop.ui.guides.steps import GuideSheet
from desktop.ui.guides.timeline import TimelinePanel
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Verdict
from desktop.ui.widgets.basic import Box, Button, clear, column
from desktop.ui.widgets.panel import PageHead
from desktop.ui.widgets.room import BETWEEN, Room, hold_width, least_size, room_of
from desktop.ui.widgets.verdicts import Notice

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.ui.guides.model import GuidesModel
    from desktop.ui.look.look import Look
    from desktop.usecases.guide_view import GuideView
    from desktop.usecases.review import Review

_LIST, _SHEET, _SIDE = 55, 90, 83  # units


class GuidesPage(QWidget):
    """`go` asks for another page and what to choose there, `act` for a command of the window.

    `change` comes with a `Change` that is to be kept.
    """

    go = Signal(str, str)
    change = Signal(object)
    act = Signal(str)

    def __init__(self, look: Look, model: GuidesModel) -> None:
        super().__init__()
        self._look, self.model = look, model
        model.setParent(self)
        model.go.connect(self.go)
        model.change.connect(self.change)
        self.calendar = Button(look, self.tr("导出日历文件…"), self._ask_file, icon=Icon.CAL)
        self.printed = Button(look, self.tr("打印办理清单"), self._print, icon=Icon.PRINT)
        self.head = PageHead(look, self.tr("办事"), model.context, [self.calendar, self.printed])
        self.list = GuideList(look, model)
        self.sheet = GuideSheet(look, model)
        self.side = SidePanel(look, model)
        self.timeline = TimelinePanel(look, model)
        self.doctor = DoctorPanel(look, model)
        for part in (self.sheet, self.side, self.doctor):
            part.go.connect(self._go)
        self._lay()
        model.changed.connect(self._show)
        model.chosen.connect(self._begin_anew)
        look.changed.connect(self._turn)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.room = Room.WIDE
        self._turn()
        self._show()

    def _lay(self) -> None:
        look, ways = self._look, QBoxLayout.Direction
        self._outcome = column(look, 2)
        self._upper = Box(look, ways.LeftToRight, BETWEEN)
        self._upper.addWidget(self.sheet, 1)
        self._upper.addWidget(self.side)
        self.timeline.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._right = column(look, BETWEEN)
        self._right.addLayout(self._outcome)
        self._right.addWidget(self.doctor, 1)
        self._right.addLayout(self._upper, 1)
        self._right.addWidget(self.timeline)
        self._across = Box(look, ways.LeftToRight, BETWEEN)
        self._across.addWidget(self.list)
        self._across.addLayout(self._right, 1)
        lines = column(look, 3, parent=self)
        lines.addWidget(self.head)
        lines.addLayout(self._across, 1)

    # ------------------------------------------------------------------------------------------- as a page

    def choose(self, what: str) -> None:
        """A guide, an errand, `doctor`; with `:` and a person it is for that one."""
        self.model.choose(what)

    def renew(self, seen: Review) -> None:
        self.model.renew(seen)

    @property
    def guide(self) -> GuideView | None:
        """What is printed."""
        return self.model.view

    def _go(self, page: str, what: str) -> None:
        """A link to another guide stays on this page."""
        if page == "guides":
            self.choose(what)
        else:
            self.go.emit(page, what)

    def _show(self) -> None:
        asked = self.model.is_doctor
        for part in (self.sheet, self.side):
            part.setVisible(not asked)
        self.doctor.setVisible(asked)
        self._right.setStretchFactor(self._upper, 0 if asked else 1)  # an empty row would take its share
        self.timeline.setVisible(self.model.view is not None and self.model.view.timeline is not None)
        self.calendar.setEnabled(self.model.has_days)
        self.printed.setEnabled(self.model.view is not None)

    def _begin_anew(self) -> None:
        """What was said of another guide is not said of this one."""
        clear(self._outcome)

    def _leave(self) -> None:
        """The innermost thing: what is sought, then what was told, then one question back."""
        if self.model.sought:
            self.model.seek("")
        elif self._outcome.count():
            clear(self._outcome)
        elif self.model.is_doctor:
            self.doctor.back()

    # --------------------------------------------------------------------------------------- out, on paper

    def _ask_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = str(Path(folder) / self.model.calendar_name)
        title, kinds = self.tr("导出日历文件"), self.tr("日历文件（*.ics）")
        file, _ = QFileDialog.getSaveFileName(self, title, name, kinds)
        if file:
            self.save_calendar(Path(file).with_suffix(".ics"))

    def save_calendar(self, file: Path) -> None:
        trouble = self.model.save_calendar(file)
        clear(self._outcome)
        if trouble is None:
            says = self.tr("在文件夹 {folder}，可以导入手机和电脑的日历。").format(folder=file.parent)
            title = self.tr("已存为 {file}").format(file=file.name)
            self._outcome.addWidget(Notice(self._look, Verdict.OK, title, says))
        else:
            title = self.tr("没有存成：{what}").format(what=trouble.what)
            self._outcome.addWidget(Notice(self._look, Verdict.BAD, title, f"{trouble.todo}。"))

    def _print(self) -> None:
        self.act.emit("print_errand")

    # ------------------------------------------------------------------------------------------------ room

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of the parts: without room they stand one under the other."""
        parts = (self.head, self.list, self.sheet, self.side, self.timeline, self.doctor)
        return least_size(self, self.layout(), parts)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
        self.updateGeometry()

    def _turn(self) -> None:
        look, ways = self._look, QBoxLayout.Direction
        self.room = room_of(self, look, (_LIST, _SHEET), (_LIST, _SHEET, _SIDE))
        wide, narrow = self.room is Room.WIDE, self.room is Room.NARROW
        self._across.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._upper.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        hold_width(self.side, look.unit(_SIDE) if wide else None)
        self.list.turn(beside=not narrow)
