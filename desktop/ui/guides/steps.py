"""一步一步。The guide in the middle: what it is for, for whom, and its steps to tick in their order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.guides.asking import CASE, PERSON, START, Questions
from desktop.ui.guides.keeping import keeps, same_focus
from desktop.ui.guides.said import SaidLine, doubts
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Box, Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.fields import Check
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.panel import Panel
from desktop.ui.widgets.verdicts import Notice
from desktop.usecases.guide_view import Asked, StepState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.ui.guides.model import GuidesModel
    from desktop.ui.look.look import Look
    from desktop.usecases.guide_view import GuideView, StepView

_CORNER = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
"""Of buttons: without it a column is no wider than its narrowest button."""


class GuideSheet(Panel):
    """`go` asks for the page where a step is seen to."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: GuidesModel) -> None:
        super().__init__(look, gap=1.5)
        self._model = model
        self._opened: set[str] = set()
        self._asking = False
        self.rows: dict[str, StepRow] = {}
        self.questions = Questions(look)
        self.questions.answered.connect(self._answered)
        self._head = column(look, 1.5)
        self._steps = column(look, 0)
        self._foot = column(look, 2)
        self.body.take(self._head, self.questions, self._steps, self._foot, None)
        model.changed.connect(self._fill)
        model.chosen.connect(self._forget)
        self._fill()

    def _forget(self) -> None:
        self._opened.clear()
        self._asking = False
        self._fill()

    def _fill(self) -> None:
        view = self._model.view
        if view is None:
            clear(self._head)
            says = self.tr("没有可以看的指南")
            self._head.addWidget(Notice(self._look, Verdict.INFO, says, self._model.trouble))
            return
        self.setAccessibleName(view.title)
        with same_focus(self):
            for part in (self._head, self._steps, self._foot):
                clear(part)
            self._fill_head(view)
            self.questions.show_questions([*self._asked(view)] if self._asks(view) else [])
            self._fill_steps(view)
            self._fill_foot(view)
        in_reading_order(self)

    # ------------------------------------------------------------------------------------------------ head

    def _fill_head(self, view: GuideView) -> None:
        look = self._look
        title = Words(look, view.title, Kind.HEADING)
        subject = Words(look, view.subject, Kind.TABLE, "text_2")
        self._head.addWidget(Flow(look, [title, subject, StatusChip(look, view)], 2.5))
        self._head.addWidget(SaidLine(look, view.summary))
        if self._model.has_questions:
            ask = partial(self._model.ask_questions, asked=True)
            self._head.addWidget(keeps(Button(look, self.tr("一句一句问我"), ask, "link"), "questions"))

    def _asks(self, view: GuideView) -> bool:
        """Before it is begun, where one wants to, and as long as something is missing."""
        missing = any(one.fault or not one.value for one in view.asks)
        return not view.errand or self._asking or missing or bool(self._model.faults)

    def _ask(self) -> None:
        self._asking = True
        self._fill()

    def _asked(self, view: GuideView) -> Iterator[Asked]:
        faults = self._model.faults
        if len(view.people) > 1 or not view.person:
            fault = faults.get(PERSON, "") if view.people else self.tr("家里没有可以办这件事的人。")
            label = self.tr("谁的事")
            yield Asked(PERSON, label, "person", view.person, view.people, fault)
        if view.cases:
            cases = tuple((one.id, one.title) for one in view.cases)
            yield Asked(CASE, self.tr("属于哪一种"), CASE, view.case, cases, faults.get(CASE, ""))
        for one in view.asks:
            fault = one.fault or faults.get(one.name, "")
            yield Asked(one.name, one.label, one.kind, one.value, one.choices, fault)
        if view.timeline is not None:
            day = view.timeline.counted_from.isoformat()
            yield Asked(START, self.tr("打算哪天提交"), "day", day, (), faults.get(START, ""))

    def _answered(self, name: str, value: str) -> None:
        if name == PERSON:
            self._model.choose_person(value)
        elif name == CASE:
            self._model.choose_case(value)
        elif name == START:
            self._model.plan_start(value)
        else:
            self._model.answer(name, value)

    # ----------------------------------------------------------------------------------------------- steps

    def _fill_steps(self, view: GuideView) -> None:
        look = self._look
        case = next((one for one in view.cases if one.id == view.case), None)
        if case is not None and case.says.says:
            self._steps.addWidget(SaidLine(look, case.says, Kind.TABLE, "text_2"))
            self._steps.gap(1)
        if not view.errand:
            self._fill_beginning()
        self.rows = {}
        before: StepRow | None = None
        for step in view.steps:
            line = StepRow(look, step, begun=bool(view.errand), opened=step.id in self._opened)
            if before is not None and not (before.current or line.current):
                self._steps.addWidget(_indented_rule(self._look))
            before = line
            line.ticked.connect(self._tick)
            line.opened.connect(self._open)
            line.go.connect(self.go)
            self.rows[step.id] = line
            self._steps.addWidget(line)

    def _tick(self, step: str, done: bool) -> None:
        self._model.tick(step, done=done)

    def _open(self, step: str) -> None:
        """怎么办: what a step other than the current one says."""
        self._opened ^= {step}
        self._fill()

    # ------------------------------------------------------------------------------------------------ foot

    def _fill_foot(self, view: GuideView) -> None:
        look, model = self._look, self._model
        refusal = model.faults.get("", "")
        if refusal:
            self._foot.addWidget(Notice(look, Verdict.WARN, refusal))
        if view.errand and view.done == len(view.steps):
            self._fill_end(view)
        if view.errand:
            self._foot.addWidget(Flow(look, [*self._links(view)], 4, ragged=True))

    def _links(self, view: GuideView) -> Iterator[QWidget]:
        look = self._look
        if not self._asks(view) and [*self._asked(view)]:
            yield _quiet(keeps(Button(look, self.tr("改人、地方和日期"), self._ask, "link"), "step ask"))
        over = view.done == len(view.steps)
        drop = Button(look, self.tr("删去这件事") if over else self.tr("不办了"), self._model.drop, "link")
        drop.setAccessibleDescription(self.tr("不再列在左边，可以撤销；记进账本的不动"))
        yield _quiet(keeps(drop, "step drop"))

    def _fill_beginning(self) -> None:
        look = self._look
        begin = keeps(Button(look, self.tr("开始办理"), self._model.begin, "primary"), "step")
        says = self.tr("开始以后，这件事留在“进行中”，勾到哪一步记到哪一步。")
        line = row(look, 3, (0, 1, 0, 1)).turning()
        line.addWidget(begin, 0, _CORNER)
        line.addWidget(Words(look, says, Kind.CAPTION, "text_2", fit=Fit.WRAP), 1)
        self._steps.addLayout(line)

    def _fill_end(self, view: GuideView) -> None:
        look, model = self._look, self._model
        self._foot.addWidget(Notice(look, Verdict.OK, self.tr("每一步都勾完了"), model.at_the_end))
        buttons: list[QWidget] = []
        if model.can_record:
            buttons.append(keeps(Button(look, self.tr("记入账本"), model.record, "primary"), "record"))
        buttons.append(keeps(Button(look, self.tr("再办一次"), model.read_anew), "step again"))
        self._foot.addWidget(Flow(look, buttons, 2, ragged=True))


class StatusChip(QFrame):
    """进行中 2 / 5 on a soft ground."""

    def __init__(self, look: Look, view: GuideView) -> None:
        super().__init__()
        over = bool(view.steps) and view.done == len(view.steps)
        self.setProperty("role", "status_chip")
        self.setProperty("tone", "ok" if over else "")
        count = f" {view.done} / {len(view.steps)}" if view.errand else ""
        tone = "ok" if over else "primary"
        self.words = Words(look, f"{view.status}{count}", Kind.CAPTION, tone, strong=True)
        column(look, 0, (2, 0.5, 2, 0.5), self).addWidget(self.words)


class StepRow(QFrame):
    """A box to tick, the step, the line under it; the current one stands out, with its button."""

    ticked = Signal(str, bool)
    opened = Signal(str)
    go = Signal(str, str)

    def __init__(self, look: Look, step: StepView, *, begun: bool, opened: bool) -> None:
        super().__init__()
        self._look, self.step = look, step
        self.current = begun and step.state in {StepState.CURRENT, StepState.LATE}
        self.setProperty("role", "step")
        self.setProperty("chosen", self.current)
        self.box = Check(look, "")
        self.box.setChecked(step.state is StepState.DONE)
        self.box.setAccessibleName(step.title)
        self.box.setAccessibleDescription(step.detail)
        self.box.toggled.connect(self._tick)
        keeps(self.box, f"step {step.id}")
        line = row(look, 3, (2.5, 2.5, 4, 2.5), self)
        side = column(look, 0, (0, 0.75, 0, 0))
        side.take(self.box, None)
        line.addLayout(side)
        both = row(look, 3).turning() if self.current else row(look, 3)
        both.addLayout(self._words(opened=opened), 1)
        both.addLayout(self._actions(opened=opened))
        line.addLayout(both, 1)

    def _tick(self, on: bool) -> None:
        self.ticked.emit(self.step.id, on)

    def _words(self, *, opened: bool) -> Box:
        look, step = self._look, self.step
        lines = column(look, 0.5)
        lines.addWidget(Words(look, step.title, Kind.BODY_B if self.current else Kind.BODY, fit=Fit.WRAP))
        late = step.state is StepState.LATE
        detail = self.tr("已过期，{words}").format(words=step.detail) if late else step.detail
        if detail:
            lines.addWidget(Words(look, detail, Kind.TABLE, "bad" if late else "text_2", fit=Fit.WRAP))
        if self.current or opened:
            lines.addWidget(self._said())
        return lines

    def _said(self) -> QWidget:
        """Everything about it; not again what stands above already."""
        look, step = self._look, self.step
        whole = QWidget()
        lines = column(look, 1, parent=whole)
        if step.says.says not in (f"{step.title} {step.detail}") or doubts(step.says):
            lines.addWidget(SaidLine(look, step.says, Kind.TABLE))
        about = [self.tr("谁来办：{who}").format(who=step.who)] if step.who else []
        about += [self.tr("依据：{source}").format(source=step.says.source)] if step.says.source else []
        lines.addWidget(Words(look, "；".join(about), Kind.CAPTION, "text_3", fit=Fit.WRAP))
        if step.go:
            words = self.tr("去“{page}”页办").format(page=page_words(step.go))
            lines.addWidget(Button(look, words, partial(self.go.emit, step.go, ""), "link"))
        return whole

    def _actions(self, *, opened: bool) -> Box:
        look, step = self._look, self.step
        lines = column(look, 1)
        if self.current:
            self.done = Button(look, self.tr("勾选完成"), partial(self.ticked.emit, step.id, True), "primary")
            self.done.setAccessibleDescription(step.title)
            keeps(self.done, "step")
            lines.addStretch(1)
            lines.addWidget(self.done, 0, _CORNER)
            lines.addStretch(1)
            return lines
        words = self.tr("收起") if opened else self.tr("怎么办")
        more = Button(look, words, partial(self.opened.emit, step.id), "link")
        more.setProperty("quiet", True)
        more.setAccessibleDescription(step.title)
        keeps(more, f"more {step.id}")
        lines.addWidget(more, 0, _CORNER)
        lines.addStretch(1)
        return lines


def _quiet(link: QWidget) -> QWidget:
    link.setProperty("quiet", True)
    return link


def _indented_rule(look: Look) -> QWidget:
    """A hairline from where the words begin."""
    whole = QWidget()
    row(look, 0, (9.5, 0, 0, 0), whole).addWidget(Rule(look))
    return whole


def page_words(page: str) -> str:
    tr = QCoreApplication.translate
    return {
        "overview": tr("Pages", "概览"),
        "family": tr("Pages", "家庭"),
        "visits": tr("Pages", "结算"),
        "ledger": tr("Pages", "流水"),
        "planning": tr("Pages", "规划"),
        "findings": tr("Pages", "合规"),
        "policies": tr("Pages", "政策"),
        "guides": tr("Pages", "办事"),
    }.get(page, page)
