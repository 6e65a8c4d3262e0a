"""绑定了不能用。One question at a time; at the end why it does not pay, what to do, and where."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.guides.asking import PERSON, Questions
from desktop.ui.guides.doctor_model import DoctorModel
from desktop.ui.look.tokens import Kind
from desktop.ui.look.tokens import Verdict as Tone
from desktop.ui.widgets.basic import Box, Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.even import Even
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.forms import typed_day
from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.panel import Panel, Split
from desktop.ui.widgets.trace import CaptionedLines
from desktop.ui.widgets.verdicts import VerdictIcon
from desktop.usecases.doctor import MOST_QUESTIONS, WORDS, Question, Sureness, Verdict
from desktop.usecases.guide_view import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.ui.guides.model import GuidesModel
    from desktop.ui.look.look import Look
    from desktop.usecases.doctor import Reason

_DAY = "day"
_LEAST = 56  # units: a choice, below which they stand one under the other
_TONES = {Sureness.CERTAIN: Tone.WARN, Sureness.LIKELY: Tone.WARN, Sureness.POSSIBLE: Tone.INFO}


class DoctorPanel(QWidget):
    """`go` asks for a guide or another page that helps."""

    go = Signal(str, str)

    def __init__(self, look: Look, guides: GuidesModel) -> None:
        super().__init__()
        self._look, self._guides = look, guides
        self.model = DoctorModel(guides.seen)
        self.model.setParent(self)
        self.choices: list[Button] = []
        self.questions = Questions(look)
        self.questions.answered.connect(self._chosen)
        self.main = Panel(look, gap=3)
        self.main.room = 100
        self._known, self._asked = column(look, 3), column(look, 2.5)
        self._lay()
        column(look, 0, parent=self).addWidget(Split(look, self.main, self._apart(), shares=(1, 0)))
        guides.changed.connect(self._renew)
        guides.chosen.connect(self._begin)
        self.model.changed.connect(self._fill)
        self._fill()

    def _lay(self) -> None:
        look = self._look
        title = Words(look, self.tr("绑定了，为什么不能用"), Kind.HEADING)
        says = self.tr("最多问 {most} 句，记录里有的不问。回答不会写进档案。").format(most=MOST_QUESTIONS)
        self.main.setAccessibleName(title.text())
        self.main.body.addWidget(title)
        self.main.body.addWidget(Words(look, says, Kind.TABLE, "text_2", fit=Fit.WRAP))
        self.main.body.take(self.questions, self._known, Rule(look), self._asked, None)

    def _apart(self) -> Panel:
        """The two that are taken for one another, in plain words."""
        look = self._look
        side = Panel(look, self.tr("不是一回事"), gap=2)
        side.room = 60
        side.setMinimumWidth(look.unit(60))
        says = (
            (self.tr("亲情账户"), self.tr("在手机里替家人出示医保码。只是出示，一分钱也不共用。")),
            (
                self.tr("家庭共济"),
                self.tr("用职工个人账户里的钱，替绑定的近亲属付。看病时出示的，还是家人自己的医保码。"),
            ),
            (
                self.tr("两样都绑"),
                self.tr("只绑了亲情账户，用不到账户里的钱；只绑了家庭共济，不能替家人出示医保码。"),
            ),
        )
        for name, words in says:
            side.body.addLayout(_titled(look, name, [Words(look, words, Kind.TABLE, "text_2", fit=Fit.WRAP)]))
        side.body.addStretch(1)
        return side

    # ------------------------------------------------------------------------------------------- following

    def _renew(self) -> None:
        if self._guides.is_doctor:
            self.model.renew(self._guides.seen)

    def _begin(self) -> None:
        if self._guides.is_doctor and self._guides.for_doctor:
            self.model.choose_patient(self._guides.for_doctor)
            self._guides.for_doctor = ""

    def _chosen(self, name: str, value: str) -> None:
        if name == PERSON:
            self.model.choose_patient(value)
            return
        day = typed_day(value)
        if day is not None:
            self.model.choose_day(day)

    def back(self) -> None:
        self.model.back()

    # ------------------------------------------------------------------------------------------ what is shown

    def _fill(self) -> None:
        focus = self.window().focusWidget()
        inside = focus is not None and focus is not self and self._holds(focus)
        if inside and focus is not None:
            focus.clearFocus()  # hidden with the keyboard, it would hand it on to whatever comes next
        clear(self._known)
        clear(self._asked)
        self.choices = []
        self._fill_known()
        outcome = self.model.outcome
        if isinstance(outcome, Question):
            self._ask(outcome)
        else:
            self._tell(outcome)
        ways = self._add_ways_back()
        in_reading_order(self)
        if inside:
            heir = (*self.choices, *ways)[0]
            heir.show()
            heir.setFocus(Qt.FocusReason.TabFocusReason)

    def _holds(self, widget: QWidget) -> bool:
        """Where a choice or a way back was pressed; not in the fields above, which keep the keyboard."""
        return self.isAncestorOf(widget) and not self.questions.isAncestorOf(widget)

    def _fill_known(self) -> None:
        look, model = self._look, self.model
        day = model.day.isoformat()
        self.questions.show_questions(
            [
                Asked(PERSON, self.tr("谁用不了"), "person", model.patient, model.people),
                Asked(_DAY, self.tr("哪一天"), "day", day),
            ]
        )
        known = QFrame()
        known.setProperty("role", "sunken")
        lines = column(look, 2, (4, 3, 4, 3), known)
        lines.addWidget(Words(look, self.tr("记录里已经知道的"), Kind.CAPTION, "text_2", strong=True))
        lines.addWidget(CaptionedLines(look, model.known))
        for one in model.answered:
            lines.addLayout(self._answered(one.id, one.asks, one.answer))
        self._known.addWidget(known)

    def _answered(self, name: str, asks: str, answer: str) -> Box:
        look = self._look
        line = row(look, 3).turning()
        words = Words(look, f"{asks} **{answer}**", Kind.TABLE, "text_2", fit=Fit.WRAP)
        line.addWidget(words, 1)
        again = Button(look, self.tr("改"), partial(self.model.return_to, name), "link")
        again.setAccessibleName(self.tr("改这一句的回答"))
        again.setAccessibleDescription(asks)
        line.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return line

    # ----------------------------------------------------------------------------------------- one question

    def _ask(self, question: Question) -> None:
        look, lines = self._look, self._asked
        count = self.tr("第 {number} 句，最多 {most} 句")
        words = count.format(number=question.number, most=MOST_QUESTIONS)
        lines.addWidget(Words(look, words, Kind.CAPTION, "text_2"))
        lines.addWidget(Words(look, question.asks, Kind.TITLE, fit=Fit.WRAP))
        lines.addWidget(Words(look, question.why, Kind.TABLE, "text_2", fit=Fit.WRAP))
        for choice in question.choices:
            button = LargeChoice(look, choice.label, partial(self.model.answer, choice.value))
            button.setAccessibleDescription(question.asks)
            self.choices.append(button)
        lines.addWidget(Even(look, self.choices, _LEAST, 2.5))

    def _add_ways_back(self) -> list[Button]:
        look = self._look
        ways: list[Button] = []
        if self.model.answered:
            ways.append(Button(look, self.tr("回到上一句"), self.back))
            ways.append(Button(look, self.tr("从头问起"), self.model.start_anew, "link"))
        listed = partial(self._guides.ask_questions, asked=False)
        ways.append(Button(look, self.tr("不问了，自己逐条核对"), listed, "link"))
        self._asked.addWidget(Flow(look, ways, 4, ragged=True))
        return ways

    # ------------------------------------------------------------------------------------------- the verdict

    def _tell(self, verdict: Verdict) -> None:
        look, lines = self._look, self._asked
        if not verdict.reasons:
            lines.addWidget(Words(look, verdict.title, Kind.TITLE, fit=Fit.WRAP))
        for number, reason in enumerate(verdict.reasons):
            if number:
                lines.addWidget(Rule(look))
            lines.addWidget(self._reason(reason, first=not number))
        if verdict.ask:
            lines.addWidget(Rule(look))
            asked = [
                Words(look, f"{number}. {one}？", Kind.TABLE, "text_2", fit=Fit.WRAP)
                for number, one in enumerate(verdict.ask, 1)
            ]
            lines.addLayout(_titled(look, self.tr("拨打 12393 时这样问"), asked))

    def _reason(self, reason: Reason, *, first: bool) -> QWidget:
        look, whole = self._look, QWidget()
        lines = column(look, 2, parent=whole)
        head = row(look, 2)
        tone = _TONES[reason.sure]
        mark = column(look, 0, (0, 1 if first else 0.5, 0, 0))
        mark.take(VerdictIcon(look, tone), None)
        head.addLayout(mark)
        title = self.tr("{sure}：{what}").format(sure=WORDS[reason.sure], what=reason.title)
        head.addWidget(Words(look, title, Kind.TITLE if first else Kind.HEADING, fit=Fit.WRAP), 1)
        lines.addLayout(head)
        inside = column(look, 1.5, (6.5, 0, 0, 0))
        lines.addLayout(inside)
        inside.addWidget(Words(look, f"{reason.says}。", fit=Fit.WRAP))
        inside.addLayout(_titled(look, self.tr("怎么办"), [*self._todo(reason)]))
        known = self.model.basis_of(reason)
        if known:
            inside.addLayout(_titled(look, self.tr("依据"), [CaptionedLines(look, known)]))
        links = [*self._links(reason)]
        if links:
            inside.addWidget(Flow(look, links, 4, ragged=True))
        return whole

    def _todo(self, reason: Reason) -> Iterator[QWidget]:
        for number, one in enumerate(reason.todo, 1):
            words = f"{number}. {one}" if len(reason.todo) > 1 else one
            yield Words(self._look, words, fit=Fit.WRAP)

    def _links(self, reason: Reason) -> Iterator[Button]:
        """Guides that are not there yet lead nowhere, and are left out."""
        look = self._look
        for one in reason.go:
            if one.page != "guides" or self._guides.knows(one.what):
                yield Button(look, one.title, partial(self.go.emit, one.page, one.what), "link")
        key = self.model.law_of(reason)
        if key:
            yield Button(look, self.tr("看政策条目"), partial(self.go.emit, "policies", key), "link")


def _titled(look: Look, title: str, lines: Sequence[QWidget]) -> Box:
    """A title close to what it is the title of."""
    whole = column(look, 0.5)
    whole.take(Words(look, title, Kind.BODY_B), *lines)
    return whole


class LargeChoice(Button):
    """An answer, high enough to be hit without aiming."""

    def __init__(self, look: Look, words: str, do: partial[None]) -> None:
        super().__init__(look, words, do, "choice")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
