"""时间线面板。The days of a guide that waits for working days: as cells, or as a table of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.guides.workday_line import HatchSwatch, WorkdayLine, timeline_grid
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Fit, Rule, Words, column, row
from desktop.ui.widgets.fields import Choice, Segmented
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.panel import Panel
from desktop.ui.widgets.tables import Grid, GridModel, Table
from desktop.ui.widgets.verdicts import VerdictIcon

if TYPE_CHECKING:
    from desktop.ui.guides.model import GuidesModel
    from desktop.ui.look.look import Look
    from desktop.usecases.guide_view import Timeline

CELLS, TABLE = "cells", "table"
_NO_DAYS = Grid(("", "", "", "", ""))
_NOTE = 4  # the column of stages and named days


class TimelinePanel(Panel):
    """Hidden where a guide waits for nothing that is counted in working days."""

    def __init__(self, look: Look, model: GuidesModel) -> None:
        super().__init__(look, gap=1.75)
        self._model = model
        self.setAccessibleName(self.tr("工作日时间线"))
        self.line = WorkdayLine(look)
        self._grid = GridModel(look, _NO_DAYS)
        self._grid.setParent(self)
        self.table = Table(look, self._grid, self.tr("工作日时间线，逐日"), wide=_NOTE)
        self.table.hide()
        self.switch = Segmented(
            look, self.tr("怎么看"), [Choice(CELLS, self.tr("日历格")), Choice(TABLE, self.tr("表格"))]
        )
        self.switch.chosen.connect(self._turn)
        self._says = Words(look, "", Kind.TABLE, "text_2")
        self.reading = Words(look, "", Kind.TABLE, "text_2", fit=Fit.WRAP)
        self.line.read.connect(self._read)
        self._note = Words(look, "", Kind.TABLE, "text_2", fit=Fit.WRAP)
        self._estimated = Words(look, self.tr("虚线框：预计，那年的放假安排还没有公布"), Kind.CAPTION, "info")
        self._lay()
        model.changed.connect(self._fill)
        self._fill()

    def _lay(self) -> None:
        """One line above the days, which goes on in the next where there is no room."""
        look = self._look
        heading = Words(look, self.tr("工作日时间线"), Kind.HEADING)
        hatched = QWidget()
        row(look, 1.5, parent=hatched).take(
            HatchSwatch(look), Words(look, self.tr("周末和节假日，不计"), Kind.CAPTION, "text_2")
        )
        number = Words(look, self.tr("格内第二行：第几个工作日"), Kind.CAPTION, "text_2")
        self.legend = (hatched, number)
        head = Flow(look, [heading, self._says, hatched, number, self._estimated, self.switch], 4)
        self._foot = QStackedWidget()
        self._foot.addWidget(self._noted())
        self._foot.addWidget(self.reading)
        self.body.take(head, self.line, self.table, Rule(look), self._foot)

    def _noted(self) -> QWidget:
        """What is to be known of these days; the day one points at is read in its place."""
        look, whole = self._look, QWidget()
        line = row(look, 2, parent=whole)
        mark = column(look, 0, (0, 0.5, 0, 0))
        mark.take(VerdictIcon(look, Verdict.INFO, "icon_small"), None)
        line.addLayout(mark)
        line.addWidget(self._note, 1)
        return whole

    def _turn(self, how: str) -> None:
        self.line.setVisible(how == CELLS)
        for one in self.legend:
            one.setVisible(how == CELLS)
        self.table.setVisible(how == TABLE)
        self.table.fit_rows()
        self._read("")

    def _read(self, sentence: str) -> None:
        self.reading.say(sentence)
        self._foot.setCurrentIndex(1 if sentence else 0)

    def _fill(self) -> None:
        view = self._model.view
        shown = view.timeline if view is not None else None
        self.setVisible(shown is not None)
        if shown is not None:
            self._show_timeline(shown)

    def _show_timeline(self, shown: Timeline) -> None:
        self._says.say(shown.title)
        self._estimated.setVisible(any(cell.estimated for cell in shown.cells))
        self.line.show_timeline(shown)
        self._grid.show_grid(timeline_grid(shown))
        self.table.fit_rows()
        self._note.say(shown.note or self.tr("指着一天，或者用左右键，逐日看。"))
