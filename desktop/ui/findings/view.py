"""合规页的样子。Tabs that count and the findings at the left, why and what to do at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.ui.findings.model import SHOWN
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.fields import Combo
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.panel import PageHead, Panel, Split, WhyPanel
from desktop.ui.widgets.trace import CaptionedLines
from desktop.ui.widgets.verdicts import (
    FindingRow,
    VerdictChip,
    VerdictIcon,
    VerdictTabs,
    verdict_word,
)

if TYPE_CHECKING:
    from desktop.ui.findings.model import FindingsModel, Kinds, Why
    from desktop.ui.look.look import Look

_KINDS_ACROSS = 4


class FindingsPage(QWidget):
    """`go` asks for another page and what to choose there."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: FindingsModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        self.tabs = VerdictTabs(look, SHOWN)
        self.tabs.show_counts(model.counts, whole=model.whole)
        self.tabs.chosen.connect(model.show_only)
        self.order = Combo(look, self.tr("排列方式"), model.orders)
        self.order.chosen.connect(model.sort)
        self.list = FindingList(look, model)
        self.list.record_asked.connect(lambda key: self.go.emit(*model.record(key)))
        self.why = FindingWhy(look, model)
        self.why.record_asked.connect(lambda key: self.go.emit(*model.record(key)))
        main = QWidget()
        left = column(look, 3, parent=main)
        left.addWidget(Flow(look, [self.tabs, self.order], 3))
        left.addWidget(self.list, 1)
        lines = column(look, 3, parent=self)
        lines.addWidget(PageHead(look, self.tr("合规"), model.context))
        lines.addWidget(Split(look, main, self.why, shares=(1, 0)), 1)
        model.changed.connect(self._show_filter)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.why.leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def choose(self, key: str) -> None:
        self._model.choose(key)

    def _show_filter(self) -> None:
        self.tabs.choose(self._model.filter)


class FindingList(Panel):
    """A row for each finding shown; the chosen one is marked."""

    record_asked = Signal(str)

    def __init__(self, look: Look, model: FindingsModel) -> None:
        super().__init__(look, edges=False, gap=0)
        self._model = model
        self.setAccessibleName(self.tr("违规提示"))
        self.rows: list[FindingRow] = []
        model.changed.connect(self._fill)
        model.chosen.connect(self._mark)
        self._fill()

    def _fill(self) -> None:
        clear(self.body)
        self.rows = []
        lines = self._model.lines
        if not lines:
            self.say_empty(self.tr("没有违规提示"))
            return
        for place, line in enumerate(lines):
            one = FindingRow(self._look, line, first=not place, last=place == len(lines) - 1)
            one.chosen.connect(self._model.choose)
            one.clause_asked.connect(self._model.choose)
            one.record_asked.connect(self.record_asked)
            self.rows.append(one)
            self.body.addWidget(one)
        self.body.addStretch(1)
        self._mark()

    def _mark(self) -> None:
        for one in self.rows:
            one.choose(chosen=one.finding.key == self._model.key)


class FindingWhy(WhyPanel):
    """Verdict, sentence, the kinds of relative, 依据 and 怎么办 of the finding chosen."""

    record_asked = Signal(str)

    def __init__(self, look: Look, model: FindingsModel) -> None:
        super().__init__(look)
        self._model = model
        model.chosen.connect(self._open)
        model.changed.connect(self._fill)
        look.changed.connect(self._fill)
        self._fill()

    def _open(self) -> None:
        self.show()
        self._fill()

    def _fill(self) -> None:
        self.empty()
        why = self._model.why
        if why is None:
            words = self.tr("这里会说明选中的一条为什么、依据什么、怎么办。")
            self.body.addWidget(Words(self._look, words, Kind.TABLE, "text_2", fit=Fit.WRAP))
        else:
            self._say(why)
        self.body.addStretch(1)

    def _say(self, why: Why) -> None:
        look = self._look
        head = row(look, 2)
        head.addWidget(VerdictIcon(look, why.verdict))
        head.addWidget(Words(look, verdict_word(why.verdict), Kind.HEADING, str(why.verdict)), 1)
        self.body.addLayout(head)
        self.body.addWidget(Words(look, why.sentence, Kind.BODY, fit=Fit.WRAP))
        self.body.addWidget(Rule(look))
        if why.kinds is not None:
            self._say_kinds(why.kinds)
            self.body.addWidget(Rule(look))
        self.body.addWidget(Words(look, self.tr("依据"), Kind.BODY_B))
        self.body.addWidget(CaptionedLines(look, why.basis))
        link = Button(look, self.tr("看这条记录"), partial(self.record_asked.emit, why.key), "link")
        self.body.addWidget(link)
        self.body.addWidget(Rule(look))
        self.body.addWidget(Words(look, self.tr("怎么办"), Kind.BODY_B))
        for number, fix in enumerate(why.fixes, 1):
            words = f"{number}. {fix}" if len(why.fixes) > 1 else fix
            self.body.addWidget(Words(look, words, Kind.TABLE, "text_2", fit=Fit.WRAP))

    def _say_kinds(self, kinds: Kinds) -> None:
        look = self._look
        title = self.tr("可以绑定的 {count} 类").format(count=len(kinds.allowed))
        self.body.addWidget(Words(look, title, Kind.BODY_B))
        grid = QGridLayout()
        grid.setSpacing(look.unit(1.5))
        for place, words in enumerate(kinds.allowed):
            grid.addWidget(_kind(look, words), place // _KINDS_ACROSS, place % _KINDS_ACROSS)
        self.body.addLayout(grid)
        refused = row(look, 3)
        refused.addWidget(VerdictChip(look, Verdict.BAD, kinds.refused))
        refused.addWidget(Words(look, kinds.who, Kind.CAPTION, "text_2"), 1)
        self.body.addLayout(refused)


def _kind(look: Look, words: str) -> QFrame:
    """One kind of relative that is allowed, on soft green."""
    frame = QFrame()
    frame.setProperty("verdict", str(Verdict.OK))
    text = Words(look, words, Kind.CAPTION, str(Verdict.OK), strong=True)
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column(look, 0, (0.5, 0.75, 0.5, 0.75), frame).addWidget(text)
    return frame
