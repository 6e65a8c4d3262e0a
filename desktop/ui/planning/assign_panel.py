"""最佳绑定建议。Searches who should bind whom, and says what it saves, why, and what it does not know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.money import NOTHING
from desktop.domain.terms import label
from desktop.domain.trouble import Trouble
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.planning.cells import CellTable
from desktop.ui.planning.turns import Turns
from desktop.ui.progress import ProgressStrip
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.figures import BigNumber, Figure
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.panel import PageHead, Panel
from desktop.ui.widgets.verdicts import Notice, VerdictChip
from desktop.usecases.assign import Assignment, Progress, Turn, assign
from desktop.usecases.kin import kinship, told
from desktop.usecases.scenarios import add_scenario

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.text import Text
    from desktop.ui.look.look import Look
    from desktop.ui.planning.cells import Cell
    from desktop.ui.work import Job
    from desktop.usecases.assign import Bond, Option
    from desktop.usecases.review import Review


class AssignPanel(QWidget):
    """`change` comes with a `Change`, `go` with a page and what to choose there, `leave` at the end."""

    change = Signal(object)
    leave = Signal()
    go = Signal(str, str)

    def __init__(self, look: Look, seen: Review, until: date) -> None:
        super().__init__()
        self._look, self._seen, self._until = look, seen, until
        self.found: Assignment | None = None
        self._trouble = ""
        self._turns = Turns(self)
        self._turns.answered.connect(self._hear)
        self._turns.idle.connect(self._ended)
        self.add_button = Button(look, self.tr("作为方案加入"), self._add, "primary")
        self.again_button = Button(look, self.tr("重新计算"), self.start)
        self.close_button = Button(look, self.tr("关闭"), self._close)
        acts = [self.again_button, self.close_button, self.add_button]
        self.head = PageHead(look, self.tr("最佳绑定建议"), self._context(), acts)
        self.strip = ProgressStrip(look, patience=0)
        self.sheet = Panel(look, gap=3)
        self.sheet.setAccessibleName(self.tr("建议"))
        lines = column(look, 3, parent=self)
        lines.take(self.head, self.strip, self.sheet)
        lines.addStretch(1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._close)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.close_button)
        self.start()

    def _context(self) -> str:
        words = self.tr("谁绑谁，全家到 {year}年{month}月为止付的现金最少")
        return words.format(year=self._until.year, month=self._until.month)

    # -------------------------------------------------------------------------------------------- the search

    def start(self) -> None:
        self.found, self._trouble = None, ""
        self._turns.ask(_job(self._seen, self._until))
        self.strip.begin(self.tr("正在推演各种绑定…"), self.stop)
        self._fill()

    def stop(self) -> None:
        """What was found until then is not kept: only a finished search says what is best."""
        self._turns.drop()

    def renew(self, seen: Review) -> None:
        """What was found is of the family as it was: search anew, unless nothing about it changed."""
        before, self._seen = self._seen.family, seen
        if _asked(before) != _asked(seen.family):
            self.start()
        else:
            self._fill()

    def _hear(self, news: object) -> None:
        if isinstance(news, Progress):
            words = self.tr("正在推演各种绑定，已比较 {count} 种…").format(count=news.judged)
            self.strip.advance(news.judged / news.most, words)
        elif isinstance(news, Assignment):
            self.found = news
        else:
            self._trouble = str(news)

    def _ended(self) -> None:
        self.strip.end()
        self._fill()

    def _close(self) -> None:
        self._turns.drop()
        self.leave.emit()

    def _add(self) -> None:
        """As a scenario of its own: nothing is bound or ended by it."""
        if self.found is not None and self.found.scenario is not None:
            scenario = self.found.scenario
            self.change.emit(add_scenario(self._seen.family, scenario.name, scenario))

    # -------------------------------------------------------------------------------------------- the answer

    @property
    def added(self) -> bool:
        """Is there a scenario that is just this one already?"""
        wanted = self.found.scenario if self.found is not None else None
        return wanted is not None and any(
            (one.ends, one.bindings) == (wanted.ends, wanted.bindings) for one in self._seen.family.scenarios
        )

    @property
    def _gains(self) -> bool:
        found = self.found
        return found is not None and found.scenario is not None and found.saving > NOTHING

    def _fill(self) -> None:
        found, body = self.found, self.sheet.body
        busy = self._turns.busy
        self.add_button.setVisible(self._gains and not self.added)
        self.again_button.setVisible(found is None and not busy)
        self.sheet.setVisible(not (found is None and busy))
        clear(body)
        if found is None:
            words = self._trouble or self.tr("没有算完，所以没有建议。可以重新计算。")
            body.addWidget(Words(self._look, words, Kind.BODY, "text_2", fit=Fit.WRAP))
            return
        self._say_gain(found)
        if found.best.bonds:
            self._say_bonds(found)
            self._say_why(found)
            self._say_others(found)
        self._say_gaps(found)

    def _say_gain(self, found: Assignment) -> None:
        look, body = self._look, self.sheet.body
        if not found.best.bonds:
            words = self.tr("没有可以绑定的家人，或没有可以出钱的账户。先在家庭页添加家人。")
            body.addWidget(Notice(look, Verdict.INFO, self.tr("没有谁可以绑定"), words))
            return
        if not self._gains:
            words = self._tell(found.why[:1])[0] if found.why else self.tr("没有比现在更省的绑定。")
            body.addWidget(Notice(look, Verdict.OK, self.tr("不必改绑"), words))
            return
        caption = self.tr("全家少付现金")
        body.addWidget(Words(look, caption, Kind.TABLE, "text_2"))
        body.addWidget(BigNumber(look, Figure(caption, found.saving, big=True)))
        if self.added:
            words = self.tr("这个建议已经作为方案加入，关闭后可以和基准对比。")
            body.addWidget(Notice(look, Verdict.OK, self.tr("已加入方案"), words))

    def _say_bonds(self, found: Assignment) -> None:
        headers = (self.tr("使用人"), self.tr("由谁支付"), self.tr("使用人是共济人的"), self.tr("怎么办"))
        self.bonds = CellTable(self._look, self.tr("建议的绑定"), headers, (2, 2, 2, 2))
        order = (Turn.NEW, Turn.ENDED, Turn.KEPT)
        bonds = sorted(found.best.bonds, key=lambda one: order.index(one.turn))
        self.bonds.show_rows([self._bond(one) for one in bonds])
        self.sheet.body.take(Rule(self._look), self.bonds)

    def _bond(self, bond: Bond) -> tuple[Cell, ...]:
        verdict, words = {
            Turn.NEW: (Verdict.INFO, self.tr("新绑定")),
            Turn.ENDED: (Verdict.WARN, self.tr("解除")),
            Turn.KEPT: (Verdict.OK, self.tr("保留")),
        }[bond.turn]
        relation = label(bond.relation)
        if bond.assumed:
            relation = self.tr("{relation}（推算，请核对）").format(relation=relation)
        chip = partial(VerdictChip, self._look, verdict, words)
        return self._word(bond.beneficiary), self._word(bond.payer), relation, chip

    def _say_why(self, found: Assignment) -> None:
        said = self._tell(found.why if found.saving > NOTHING else found.why[1:])
        if said:
            self._lines_of(self.tr("为什么"), said)

    def _say_others(self, found: Assignment) -> None:
        """All ways side by side: today's, the best, the next best, the one that seems natural."""
        ways: list[tuple[str, Option | None]] = [
            (self.tr("现在"), found.today),
            (self.tr("建议"), found.best),
            (self.tr("其次"), found.runner_up),
            (self.tr("最近的人绑定"), found.natural),
        ]
        headers = (self.tr("分法"), self.tr("现金合计"), self.tr("首次不足"), self.tr("改动"))
        self.ways = CellTable(self._look, self.tr("各种分法的比较"), headers, (2, 2, 2, 1))
        self.ways.show_rows([self._way(name, one) for name, one in ways if one is not None])
        self.sheet.body.take(Rule(self._look), Words(self._look, self.tr("比一比"), Kind.BODY_B), self.ways)

    def _way(self, name: str, option: Option) -> tuple[Cell, ...]:
        out = option.outlook.runs_out
        short = self.tr("期内无") if out is None else self.tr("{y}年{m}月").format(y=out.year, m=out.month)
        changes = (
            self.tr("{count} 处").format(count=len(option.changes)) if option.changes else self.tr("不改")
        )
        return name, option.cash, short, changes

    def _say_gaps(self, found: Assignment) -> None:
        """Who could not be judged, each with the way to where it is filled in."""
        wanting = dict.fromkeys((*(payer for payer, _ in found.unknown), *found.unrecorded))
        if not wanting or found.best.cash <= found.floor:
            return  # no more can be gained, whatever is filled in
        words = self.tr("去家庭页补上{who}的资料")
        links = [
            Button(
                self._look,
                words.format(who=self._word(person)),
                partial(self.go.emit, "family", person),
                "link",
            )
            for person in wanting
        ]
        caption = Words(self._look, self.tr("没有算进去的"), Kind.BODY_B)
        self.sheet.body.take(Rule(self._look), caption, Flow(self._look, links, 3, ragged=True))

    def _lines_of(self, caption: str, sentences: Sequence[str]) -> None:
        self.sheet.body.take(Rule(self._look), Words(self._look, caption, Kind.BODY_B))
        for sentence in sentences:
            line = row(self._look, 1.5)
            line.addWidget(Words(self._look, "·", Kind.BODY, "text_3"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(self._look, f"{sentence}。", Kind.BODY, fit=Fit.WRAP), 1)
            self.sheet.body.addLayout(line)

    def _tell(self, sentences: Sequence[Text]) -> list[str]:
        family = self._seen.family
        known = kinship(family, self._seen.holder.id)
        return [told(one, family, known) for one in sentences]

    def _word(self, person: str) -> str:
        return kinship(self._seen.family, self._seen.holder.id)[person].word


def _asked(family: Family) -> tuple[object, ...]:
    """What the search looks at: everything but the scenarios and what was kept of them."""
    return family.people, family.bindings, family.events, family.plan, family.settings


def _job(seen: Review, until: date) -> Job:
    def job(stop: threading.Event) -> Iterator[object]:
        try:
            yield from assign(seen.family, seen.book, until, stop=stop)
        except Trouble as trouble:
            yield str(trouble)

    return job
