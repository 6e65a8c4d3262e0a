"""结算页的样子。The form at the left, where the money comes from in the middle, why at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.visits.filling import FormPanel
from desktop.ui.visits.result import ResultPanel, fading
from desktop.ui.widgets.basic import Box, Button, Fit, Words, clear, column, row
from desktop.ui.widgets.panel import PageHead, Panel, Split, WhyPanel
from desktop.ui.widgets.trace import TraceList
from desktop.ui.widgets.verdicts import VerdictIcon

if TYPE_CHECKING:
    from desktop.ui.look.look import Look
    from desktop.ui.visits.model import Remark, VisitsModel
    from desktop.usecases.review import Review
    from desktop.usecases.try_visit import Slip


class VisitsPage(QWidget):
    """`go` asks for another page and what to choose there, `change` to keep a record, `act` to print."""

    go = Signal(str, str)
    change = Signal(object)
    act = Signal(str)

    def __init__(self, look: Look, model: VisitsModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        self.form = FormPanel(look, model)
        self.result = ResultPanel(look, model)
        self.why = WhyPanel(look, self.tr("为什么是这些数"))
        self.trace = TraceList(look)
        self.trace.clause_asked.connect(lambda key: self.go.emit("policies", key))
        self.open_points = column(look, 2)
        self.why.body.addWidget(self.trace)
        self.why.body.addLayout(self.open_points)
        self.why.body.addStretch(1)
        self._lay()
        self._fade = fading(self.why)
        self._connect()
        self.why_button.hide()
        self._show()

    def _lay(self) -> None:
        look, model = self._look, self._model
        self.why_button = Button(look, self.tr("为什么是这些数"), self.open_why)
        self.print = Button(look, self.tr("打印小票"), lambda: self.act.emit("print_slip"), icon=Icon.PRINT)
        self.leave = Button(look, self.tr("不改了"), model.leave_editing)
        self.book = Button(look, self.tr("记入流水"), model.book, "primary")
        self.book.setAutoDefault(True)
        actions = [self.why_button, self.print, self.leave, self.book]
        self.head = PageHead(look, self.tr("结算一笔"), "", actions)
        self.booked = BookedLine(look)
        self.booked.asked.connect(lambda: self.go.emit("ledger", model.booked))
        lines = column(look, 3, parent=self)
        lines.addWidget(self.head)
        lines.addWidget(self.booked)
        both = Split(look, self.form, self.result, shares=(0, 1))
        lines.addWidget(Split(look, both, self.why, shares=(1, 0)), 1)

    def _connect(self) -> None:
        model = self._model
        self.result.fund_asked.connect(self.form.state_fund)
        self.result.why_asked.connect(self.open_why)
        self.why.closed.connect(self._why_closed)
        model.worked.connect(self._show)
        model.touched.connect(self._grey)
        model.formed.connect(self._grey)
        model.change.connect(self.change)
        self._look.changed.connect(self._show)
        for keys, do in (
            (Qt.Key.Key_Escape, self.why.leave),
            (Qt.Key.Key_W, self.open_why),
            (Qt.Key.Key_F5, model.recompute),
            (Qt.Modifier.CTRL | Qt.Key.Key_Return, model.book),
        ):
            short = QShortcut(QKeySequence(keys), self, do)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def choose(self, what: str) -> None:
        """Try a visit of someone, or mend a record of the book."""
        self._model.choose(what)

    def renew(self, seen: Review) -> None:
        """What is half typed stays."""
        self._model.renew(seen)

    @property
    def slip(self) -> Slip | None:
        """What can be printed now; None while nothing is settled."""
        return self._model.slip

    def open_why(self) -> None:
        self.why.show()
        self.why_button.hide()
        self.why.setFocus()

    def _why_closed(self) -> None:
        self.why_button.show()
        self.why_button.setFocus()

    def _grey(self) -> None:
        self._fade.setEnabled(self._model.stale)
        self.result.grey()
        self._show_head()

    def _show_head(self) -> None:
        """What the page is about now, and why something cannot be done, in words beside it."""
        model, editing = self._model, self._model.origin is not None
        self.head.title.say(self.tr("修改一笔") if editing else self.tr("结算一笔"))
        self.book.say(self.tr("保存修改") if editing else self.tr("记入流水"))
        self.leave.setVisible(editing)
        standing = self.tr("试算，未记入流水")
        if model.origin is not None:
            standing = self.tr("正在修改 {day} 的一笔").format(day=model.origin.on)
        self.head.context.say("。".join(one for one in (standing, model.hindrance) if one))
        self.book.setEnabled(not model.hindrance)
        self.book.setAccessibleDescription(model.hindrance)
        self.book.setToolTip(model.hindrance)
        self.print.setEnabled(model.slip is not None)
        no_slip = self.tr("结算出结果之后才能打印小票。")
        self.print.setAccessibleDescription("" if model.slip is not None else no_slip)
        self.print.setToolTip("" if model.slip is not None else no_slip)
        self.booked.show_step(model.booked_words if model.booked else "")

    def _show(self) -> None:
        self.trace.show_steps(self._model.steps)
        clear(self.open_points)
        if not self._model.steps:
            empty = self._model.unbilled
            words = self.tr("填上金额之后，这里写明每一步怎么来的。") if empty else ""
            words = words or self.tr("这一笔没有结算，所以没有步骤。")
            self.open_points.addWidget(Words(self._look, words, Kind.TABLE, "text_2", fit=Fit.WRAP))
        for remark in self._model.remarks:
            if remark.verdict is Verdict.INFO:
                self.open_points.addLayout(_open_point(self._look, remark))
        self.form.refresh()
        self.result.refresh()
        self._grey()


class BookedLine(Panel):
    """已记入 …: what was kept a moment ago, with the way to its line in the book."""

    asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, edges=False, gap=0)
        self._words = Words(look, "", Kind.BODY_B, "ok", fit=Fit.WRAP)
        self.link = Button(look, self.tr("在流水里看这一笔"), self.asked.emit, "link", Icon.ROWS)
        line = row(look, 2, (4, 1, 4, 1))
        line.addWidget(VerdictIcon(look, Verdict.OK, "icon_small"), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._words, 1)
        line.addWidget(self.link)
        self.body.addLayout(line)
        self.hide()

    def show_step(self, step: str) -> None:
        """Empty: nothing was."""
        self.setVisible(bool(step))
        self._words.say(self.tr("已{step}").format(step=step))
        self.setAccessibleName(self._words.accessibleName())


def _open_point(look: Look, remark: Remark) -> Box:
    """What is not sure, beside its diamond."""
    line = row(look, 2)
    line.addWidget(VerdictIcon(look, remark.verdict, "icon_small"), 0, Qt.AlignmentFlag.AlignTop)
    words = "。".join((remark.sentence, *remark.fixes))
    line.addWidget(Words(look, words, Kind.CAPTION, "text_2", fit=Fit.WRAP), 1)
    return line
