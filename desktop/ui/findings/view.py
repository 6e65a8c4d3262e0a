"""合规页的样子。Tabs that count and the findings at the left; why, and what a fix would do, at the right."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.ui.findings.model import LATER, SHOWN
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.fields import Check, Combo
from desktop.ui.widgets.figures import PairLine
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
    from desktop.ui.findings.preview import Preview
    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review

_KINDS_ACROSS = 4


class FindingsPage(QWidget):
    """`go` asks for another page and what to choose there, `act` for a command of the window.

    `change` comes with a `Change` that is to be kept.
    """

    go = Signal(str, str)
    change = Signal(object)
    act = Signal(str)

    def __init__(self, look: Look, model: FindingsModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        for mine, theirs in ((self.go, model.go), (self.change, model.change), (self.act, model.act)):
            theirs.connect(mine)
        ask = self.act.emit
        self.printed = Button(look, self.tr("打印清单"), partial(ask, "print_report"), icon=Icon.PRINT)
        self.recheck = Button(look, self.tr("重新检查"), partial(ask, "recheck"))
        self.head = PageHead(look, self.tr("合规"), model.context, [self.printed, self.recheck])
        self.tabs = VerdictTabs(look, SHOWN)
        self.tabs.chosen.connect(model.show_only)
        self.aside = Check(look, "")
        self.aside.toggled.connect(lambda on: model.show_aside(aside=on))
        self.order = Combo(look, self.tr("排列方式"), model.orders)
        self.order.chosen.connect(model.sort)
        self.list = FindingList(look, model)
        self.why = FindingWhy(look, model)
        main = QWidget()
        left = column(look, 3, parent=main)
        left.addWidget(Flow(look, [self.tabs, self.aside, self.order], 3))
        left.addWidget(self.list, 1)
        lines = column(look, 3, parent=self)
        lines.addWidget(self.head)
        lines.addWidget(Split(look, main, self.why, shares=(1, 0)), 1)
        stops = (self.printed, self.recheck, self.tabs, self.aside, self.order)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        model.changed.connect(self._show)
        self._show()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.why.leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def choose(self, key: str) -> None:
        self._model.choose(key)

    def renew(self, seen: Review) -> None:
        self._model.renew(seen)

    def _show(self) -> None:
        model = self._model
        self.head.context.say(model.context)
        self.tabs.show_counts(model.counts, whole=model.whole)
        self.tabs.choose(model.filter)
        words = self.tr("已暂缓 {count}").format(count=model.waiting)
        self.aside.setText(words)
        self.aside.setAccessibleName(words)
        self.aside.setChecked(model.aside)
        self.aside.setVisible(bool(model.waiting))


class FindingList(Panel):
    """A row for each finding shown; the chosen one is marked."""

    def __init__(self, look: Look, model: FindingsModel) -> None:
        super().__init__(look, edges=False, gap=0)
        self._model = model
        self.setAccessibleName(self.tr("提示"))
        self.rows: list[FindingRow] = []
        model.changed.connect(self._fill)
        model.chosen.connect(self._mark)
        model.offered.connect(self._offer)
        self._fill()

    def _fill(self) -> None:
        """The keyboard stays in the list if it was in it."""
        focus = self.window().focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        clear(self.body)
        self.rows = []
        lines = self._model.lines
        if not lines:
            self._say_fine()
            return
        for place, line in enumerate(lines):
            one = FindingRow(self._look, line, first=not place, last=place == len(lines) - 1)
            one.chosen.connect(self._model.choose)
            one.clause_asked.connect(self._model.show_law)
            one.record_asked.connect(self._model.show_record)
            one.fix_asked.connect(self._model.press)
            self.rows.append(one)
            self.body.addWidget(one)
        self.body.addStretch(1)
        self._mark()
        chosen = next((one for one in self.rows if one.finding.key == self._model.key), None)
        if inside and chosen is not None:
            chosen.show()
            chosen.setFocus()

    def _say_fine(self) -> None:
        if self._model.filter:
            words = self.tr("这一类里没有。")
            self.say_empty(words, self.tr("看全部"), partial(self._model.show_only, ""))
            return
        self.body.addStretch(1)
        fine = row(self._look, 2)
        fine.addStretch(1)
        fine.addWidget(VerdictIcon(self._look, Verdict.OK))
        fine.addWidget(Words(self._look, self.tr("现有记录里没有要处理的，按现行规则检查。"), fit=Fit.WRAP))
        fine.addStretch(1)
        self.body.addLayout(fine)
        self.body.addStretch(1)

    def _mark(self) -> None:
        for one in self.rows:
            one.choose(chosen=one.finding.key == self._model.key)

    def _offer(self, key: str) -> None:
        for one in self.rows:
            if one.finding.key == key:
                one.offer(self._model.buttons(key))


class FindingWhy(WhyPanel):
    """Verdict, sentence, kinds of relative, 依据, 怎么办 and 会怎样 of the finding chosen."""

    def __init__(self, look: Look, model: FindingsModel) -> None:
        super().__init__(look)
        self._model = model
        model.chosen.connect(self._open)
        model.changed.connect(self._fill)
        model.offered.connect(self._fill_if_chosen)
        look.changed.connect(self._fill)
        self.effect = Effect(look, model)
        self._fill()

    def _open(self) -> None:
        self.show()
        self._fill()

    def _fill_if_chosen(self, key: str) -> None:
        if key == self._model.key:
            self._fill()

    def _fill(self) -> None:
        self.body.removeWidget(self.effect)
        self.empty()
        self.effect.setParent(self)
        self.effect.hide()
        why = self._model.why
        if why is None:
            words = self._model.done or self.tr("这里会说明选中的一条为什么、依据什么、怎么办。")
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
        self._wrap(why.sentence, Kind.BODY, "text")
        self.body.addWidget(Rule(look))
        if why.kinds is not None:
            self._say_kinds(why.kinds)
            self.body.addWidget(Rule(look))
        self.body.addWidget(Words(look, self.tr("依据"), Kind.BODY_B))
        self.body.addWidget(CaptionedLines(look, why.basis))
        links = [
            Button(look, self.tr("看政策条目"), partial(self._model.show_law, why.key), "link"),
            Button(look, self.tr("看这条记录"), partial(self._model.show_record, why.key), "link"),
        ]
        self.body.addWidget(Flow(look, links, 4, ragged=True))
        self.body.addWidget(Rule(look))
        self._say_advice(why)
        if why.fixes:
            self.body.addWidget(Rule(look))
            self.body.addWidget(self.effect)
            self.effect.show_fixes(why.fixes)
            self.effect.show()
        self.body.addWidget(Rule(look))
        self._say_later(why)

    def _wrap(self, words: str, kind: Kind = Kind.TABLE, tone: str = "text_2") -> None:
        self.body.addWidget(Words(self._look, words, kind, tone, fit=Fit.WRAP))

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

    def _say_advice(self, why: Why) -> None:
        look = self._look
        self.body.addWidget(Words(look, self.tr("怎么办"), Kind.BODY_B))
        for number, one in enumerate(why.advice, 1):
            self._wrap(f"{number}. {one}" if len(why.advice) > 1 else one)
        last = len(why.places) - 1  # the value of the law, which 看政策条目 opens already
        places = [
            Button(look, words, partial(self._model.visit, number), "small")
            for number, words in enumerate(why.places[:last])
        ]
        if places:
            self.body.addWidget(Flow(look, places, 2, ragged=True))

    def _say_later(self, why: Why) -> None:
        look, model = self._look, self._model
        if why.until:
            self._wrap(self.tr("已暂缓，{day} 起再提醒。").format(day=why.until))
            self.body.addWidget(Button(look, self.tr("恢复提醒"), model.remind, "small"))
            return
        self.body.addWidget(Words(look, self.tr("稍后提醒"), Kind.BODY_B))
        buttons = [
            Button(look, self.tr("{count} 天后").format(count=days), partial(model.snooze, days), "small")
            for days in LATER
        ]
        self.body.addWidget(Flow(look, buttons, 2, ragged=True))


class Effect(QWidget):
    """改由哥哥支付，会怎样: what the fix picked would do, the button that does it, and the other fixes."""

    def __init__(self, look: Look, model: FindingsModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self._lines = column(look, 1, parent=self)
        self._fixes: tuple[str, ...] = ()
        model.foreseen.connect(self._fill)

    def show_fixes(self, fixes: tuple[str, ...]) -> None:
        self._fixes = fixes
        self._fill()

    def _fill(self) -> None:
        look, model = self._look, self._model
        clear(self._lines)
        if model.picked >= len(self._fixes):
            return
        title = self.tr("{fix}，会怎样").format(fix=self._fixes[model.picked])
        self._lines.addWidget(Words(look, title, Kind.BODY_B, fit=Fit.WRAP))
        if model.preview is None:
            self._lines.addWidget(Words(look, self.tr("正在推算…"), Kind.TABLE, "text_3"))
        else:
            self._say(model.preview)
        self._lines.gap(1)
        self._lines.addWidget(Button(look, self.tr("按此修改"), model.fix, "primary"))
        others = [
            Button(look, self.tr("看看“{fix}”").format(fix=words), partial(model.pick, number), "small")
            for number, words in enumerate(self._fixes)
            if number != model.picked
        ]
        if others:
            self._lines.addWidget(Flow(look, others, 2, ragged=True))

    def _say(self, seen: Preview) -> None:
        for line in seen.lines:
            self._lines.addWidget(PairLine(self._look, line.caption, line.words, tone=line.tone, strong=True))
        for verdict, sentence in seen.findings:
            said = row(self._look, 2)
            icon = VerdictIcon(self._look, verdict, "icon_small")
            said.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            said.addWidget(Words(self._look, sentence, Kind.CAPTION, "text_2", fit=Fit.WRAP), 1)
            self._lines.addLayout(said)


def _kind(look: Look, words: str) -> QFrame:
    """One kind of relative that is allowed, on soft green."""
    frame = QFrame()
    frame.setProperty("verdict", str(Verdict.OK))
    text = Words(look, words, Kind.CAPTION, str(Verdict.OK), strong=True)
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column(look, 0, (0.5, 0.75, 0.5, 0.75), frame).addWidget(text)
    return frame
