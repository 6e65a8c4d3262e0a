"""规划的为什么。Why the chosen column falls short, what it differs in, and what was kept of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.planning.differing import CASH, ON, OTHERS, WHAT, DifferenceTable, sums
from desktop.ui.planning.flows import FlowBars
from desktop.ui.planning.words import brief, change_words, figure_words, month_words, name_of
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.fields import Choice, Segmented
from desktop.ui.widgets.figures import PairLine
from desktop.ui.widgets.lines import Fold, LineTable
from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.panel import Panel
from desktop.ui.widgets.verdicts import VerdictIcon
from desktop.usecases.plan_items import plan_of
from desktop.usecases.snapshots import snapshots_of, then_and_now

if TYPE_CHECKING:
    from desktop.domain.plan import Snapshot
    from desktop.ui.look.look import Look
    from desktop.ui.planning.model import PlanningModel
    from desktop.usecases.compare import Run

CAUSE, DIFFERS, KEPT = "cause", "differs", "kept"
_ROOM = 84.0
_FEW_NOTES = 4
_ROWS_HIGH = 64.0


class WhyRun(Panel):
    """为什么会不够: of the column that is looked at. `told` tells that its content is another one."""

    told = Signal()
    room = _ROOM

    def __init__(self, look: Look, model: PlanningModel) -> None:
        super().__init__(look, " ", gap=2)
        self._model = model
        kinds = (
            Choice(CAUSE, self.tr("为什么")),
            Choice(DIFFERS, self.tr("差在哪里")),
            Choice(KEPT, self.tr("留存")),
        )
        self.tabs = Segmented(look, self.tr("看什么"), kinds)
        self.tabs.chosen.connect(self._fill)
        self.add(self.tabs)
        self._inside = QWidget()
        self._lines = column(look, 1.5, parent=self._inside)
        self.add(self._inside, 1)
        self._every_note = False
        self._odds: Words | None = None
        self._shares: Words | None = None
        model.compared.connect(self._fill)
        model.chosen.connect(self._fill)
        model.drawn.connect(self._say_odds)

    def turn_to(self, tab: str) -> None:
        self.tabs.choose(tab)

    # ------------------------------------------------------------------------------------------- what it says

    def _fill(self, *_: object) -> None:
        run = self._model.run
        self._odds = self._shares = None
        clear(self._lines)
        if run is None:
            self.title.say(self.tr("为什么"))
            return
        self.title.say(self._title(run))
        {CAUSE: self._say_cause, DIFFERS: self._say_differences, KEPT: self._say_kept}[self.tabs.key()](run)
        self._lines.addStretch(0)  # what grows takes the room left, else this
        in_reading_order(self)
        self.told.emit()

    def _title(self, run: Run) -> str:
        name = brief(name_of(run))
        if self.tabs.key() == DIFFERS:
            return self.tr("差在哪里（{name}）").format(name=name)
        if self.tabs.key() == KEPT:
            return self.tr("以前的留存（{name}）").format(name=name)
        if run.runs_out is not None:
            return self.tr("为什么会不够（{name}）").format(name=name)
        return self.tr("按预计够不够（{name}）").format(name=name)

    def _say(self, words: str, kind: Kind = Kind.TABLE, tone: str = "text") -> Words:
        said = Words(self._look, words, kind, tone, fit=Fit.WRAP)
        self._lines.addWidget(said)
        return said

    def _say_cause(self, run: Run) -> None:
        model = self._model
        self._say(self._cause(run))
        flows = [(model.words.tell(one.what), one.amount) for one in model.flows()]
        if flows:
            self._lines.addWidget(Rule(self._look))
            self._say(self.tr("每年进出（元）"), Kind.BODY_B)
            self._lines.addWidget(FlowBars(self._look, flows))
        self._lines.addWidget(Rule(self._look))
        self._say(self.tr("有多大把握"), Kind.BODY_B)
        self._odds = self._say("")
        self._shares = self._say("", Kind.CAPTION, "text_2")
        self._say_odds()
        self._say_notes()

    def _cause(self, run: Run) -> str:
        if run.cause is not None:
            return self._model.words.tell(run.cause) + self.tr("。")
        words = self.tr("只按预计的账单推算到 {month}，每一笔都付得起，到时还有 {end:,}。")
        plan = plan_of(self._model.family)
        if not (plan.recurring or plan.expected or plan.premiums):
            words = self.tr("还没有预计的账单和保费，到 {month} 账户里有 {end:,}。写上以后，才知道够不够。")
        return words.format(month=month_words(run.outlook.months[-1].month), end=run.end)

    def _say_odds(self) -> None:
        """What was drawn of before stays, in grey, until there is something new."""
        run, fan = self._model.run, self._model.fan
        if self._odds is None or self._shares is None or run is None:
            return
        if fan is None or self._model.fan_stale:
            self._odds.say(self.tr("正在推演。"), tone="text_3")
            self._shares.say("")
            return
        self._odds.say(self._model.words.odds(fan, run, self._model.until), tone="text")
        self._shares.say(self._model.words.shortfalls(fan))

    def _say_notes(self) -> None:
        comparison = self._model.comparison
        assert comparison is not None
        notes = [self._model.words.tell(one.says) for one in comparison.notes]
        shown = notes if self._every_note else notes[:_FEW_NOTES]
        for note in shown:
            line = row(self._look, 2)
            line.addWidget(VerdictIcon(self._look, Verdict.INFO, "icon_small"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(self._look, note, Kind.CAPTION, "info", fit=Fit.WRAP), 1)
            self._lines.addLayout(line)
        if len(shown) < len(notes):
            words = self.tr("另有 {more} 条，全部列出").format(more=len(notes) - len(shown))
            self._lines.addWidget(Button(self._look, words, self._list_notes, "link"))

    def _list_notes(self) -> None:
        self._every_note = True
        self._fill()

    # ------------------------------------------------------------------------------------------- what differs

    def _say_differences(self, run: Run) -> None:
        lines = self._model.differences()
        comparison = self._model.comparison
        if comparison is not None and run is comparison.baseline:
            self._say(self.tr("这一列就是基准。选一个方案，这里列出它和基准不同的每一笔。"), tone="text_2")
            return
        if not lines:
            self._say(self.tr("和基准没有一笔不同。"), tone="text_2")
            return
        words = self.tr("共 {count} 笔不同。多进账户、多付的为正，合计就是表里的差。")
        self._say(words.format(count=len(lines)), Kind.CAPTION, "text_2")
        captions = (self.tr("账户合计"), self.tr("现金合计"), self.tr("别人账户合计"))
        for caption, money in zip(captions, sums(lines), strict=True):
            self._lines.addWidget(PairLine(self._look, caption, change_words(money), strong=True))
        model = DifferenceTable(self._look, self._model.words, lines)
        caption = self.tr("“{name}”和基准不同的每一笔").format(name=name_of(run))
        table = LineTable(self._look, model, caption, wide=WHAT, fold=Fold(WHAT, (ON, CASH, OTHERS)))
        model.setParent(table)
        table.setMinimumHeight(self._look.unit(_ROWS_HIGH))
        self._lines.addWidget(table, 1)

    # ------------------------------------------------------------------------------------------ what was kept

    def _say_kept(self, run: Run) -> None:
        every = self._model.family.snapshots
        kept = snapshots_of(every, run.name)
        if not kept:
            none = self.tr("还没有留存过这一列。留存以后，过几年可以对照当时算的和那时算的。")
            self._say(none, tone="text_2")
        keep = Button(self._look, self.tr("留存现在的结果"), self._model.take_snapshot, "small")
        self._lines.addWidget(keep)
        for one in kept:
            self._lines.addWidget(Rule(self._look))
            self._say_snapshot(one, run)
        others = len(every) - len(kept)
        if others:
            words = self.tr("其他列另有 {others} 份留存，选那一列就能看到。")
            self._say(words.format(others=others), Kind.CAPTION, "text_2")

    def _say_snapshot(self, one: Snapshot, run: Run) -> None:
        comparison = self._model.comparison
        assert comparison is not None
        titles = {pack.id: pack.title for pack in comparison.chain}
        packs = "、".join(f"{titles.get(pack, pack)} {version}" for pack, version in one.packs)
        kept = self.tr("留存于 {day}，引擎 {engine}，规则包 {packs}，推算到 {month}")
        until, day = month_words(one.until), one.taken_on.isoformat()
        self._say(kept.format(day=day, engine=one.engine, packs=packs, month=until), Kind.CAPTION, "text_2")
        both = then_and_now(one, comparison, run)
        for figure in both.figures:
            caption = self._figure(figure.name)
            then, now = (figure_words(figure.name, value) for value in (figure.then, figure.now))
            value = self.tr("{value} 没变").format(value=then) if figure.same else f"{then} → {now}"
            self._lines.addWidget(PairLine(self._look, caption, value, strong=not figure.same))
        for reason in both.why:
            self._say(self._model.words.tell(reason) + "。", Kind.CAPTION, "text_2")
        remove = Button(
            self._look, self.tr("删除这份留存"), partial(self._model.remove_snapshot, one), "link"
        )
        name = self.tr("删除“{name}”{day}的留存").format(name=name_of(run), day=day)
        remove.setAccessibleName(name)
        self._lines.addWidget(remove)

    def _figure(self, name: str) -> str:
        return {
            "runs_out": self.tr("首次不足"),
            "shortfall": self.tr("首次缺"),
            "lowest": self.tr("12 个月内最低"),
            "cash": self.tr("现金合计"),
            "by_others": self.tr("别人账户付"),
            "end": self.tr("末了余额"),
        }[name]
