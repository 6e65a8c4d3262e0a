"""带什么、去哪里、影响什么。What stands beside the steps: papers, places, deadlines, effects, the basis."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.guides.keeping import keeps, same_focus
from desktop.ui.guides.said import SaidLine, doubts, in_full
from desktop.ui.guides.steps import page_words
from desktop.ui.guides.workday_line import day_words
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.fields import Check
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.ui.guides.model import GuidesModel
    from desktop.ui.look.look import Look
    from desktop.usecases.guide_view import DeadlineView, Effect, GuideView, PaperView, PlaceView, Said

_WAY = 10  # units: the column of 网上、窗口、电话
_SOON = 30  # days


class SidePanel(Panel):
    """`go` asks for another page: that of a number, of a value of the law."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: GuidesModel) -> None:
        super().__init__(look, gap=2)
        self._model = model
        self.papers: dict[str, Check] = {}
        self._told: bool | None = None
        self.setAccessibleName(self.tr("要带的东西、去哪里办、会影响什么"))
        self._lines = column(look, 2)
        self.body.take(self._lines, None)
        model.changed.connect(self._fill)
        model.chosen.connect(self._forget)
        self._fill()

    def _forget(self) -> None:
        self._told = None
        self._fill()

    def _fill(self) -> None:
        view = self._model.view
        if view is None:
            return
        with same_focus(self):
            clear(self._lines)
            self.papers = {}
            for number, section in enumerate(self._sections(view)):
                if number:
                    self._lines.addWidget(Rule(self._look))
                self._lines.addWidget(section)
        in_reading_order(self)

    def _sections(self, view: GuideView) -> Iterator[QWidget]:
        if view.papers:
            told = self._tells_papers(view)
            papers = [self._paper(one, told=told) for one in view.papers]
            yield self._section(self.tr("要带的东西"), papers, self._tell(told=told))
        if view.deadlines:
            yield self._section(self.tr("截止日期"), [self._deadline(one) for one in view.deadlines])
        if view.places:
            yield self._section(self.tr("去哪里办"), [*self._places(view)])
        if view.effects:
            yield self._section(self.tr("会影响什么"), [*self._effects(view.effects)])
        if view.notes:
            yield self._section(self.tr("还要知道"), [self._note(one) for one in view.notes])
        if view.basis:
            yield self._basis(view)

    def _section(self, title: str, lines: list[QWidget], more: QWidget | None = None) -> QWidget:
        whole = QWidget()
        whole.setAccessibleName(title)
        inside = column(self._look, 1.5, parent=whole)
        head = Words(self._look, title, Kind.HEADING)
        inside.addWidget(head if more is None else Flow(self._look, [head, more], 2))
        for one in lines:
            inside.addWidget(one)
        return whole

    # ----------------------------------------------------------------------------------------------- parts

    def _tells_papers(self, view: GuideView) -> bool:
        """What papers say stands below each, unless working days are to be seen on the same page."""
        return view.timeline is None if self._told is None else self._told

    def _tell(self, *, told: bool) -> QWidget:
        words = self.tr("收起") if told else self.tr("怎么备")
        more = Button(self._look, words, partial(self._turn, told=not told), "link")
        more.setProperty("quiet", True)
        more.setAccessibleDescription(self.tr("要带的东西"))
        return keeps(more, "papers")

    def _turn(self, *, told: bool) -> None:
        self._told = told
        self._fill()

    def _paper(self, paper: PaperView, *, told: bool) -> QWidget:
        """The box, what it is, and when it is needed; below it what it says, where that is more."""
        look = self._look
        whole = QWidget()
        box = Check(look, "")
        box.setChecked(paper.held)
        box.setAccessibleName(f"{paper.title}，{paper.need}")
        box.toggled.connect(partial(self._hold, paper.id))
        keeps(box, f"paper {paper.id}")
        self.papers[paper.id] = box
        line = row(look, 2, parent=whole)
        side = column(look, 0, (0, 0.25, 0, 0))
        side.take(box, None)
        line.addLayout(side)
        words = column(look, 0)
        title = Words(look, paper.title, fit=Fit.WRAP)
        need = Words(look, paper.need, Kind.CAPTION, "text_2")
        flow = Flow(look, [title, need], 2)
        words.addWidget(flow)
        if told and paper.says.says and paper.says.says != paper.title:
            words.addWidget(SaidLine(look, paper.says, Kind.CAPTION, "text_2"))
        line.addLayout(words, 1)
        return whole

    def _hold(self, paper: str, on: bool) -> None:
        self._model.hold(paper, held=on)

    def _places(self, view: GuideView) -> Iterator[QWidget]:
        for one in view.places:
            yield self._place(one)
        if any(one.verify for one in view.places):
            words = self.tr("地址和时间请先拨打 12393 核实")
            yield Words(self._look, words, Kind.TABLE, "warn", fit=Fit.WRAP)

    def _place(self, place: PlaceView) -> QWidget:
        look = self._look
        whole = QWidget()
        line = row(look, 2, parent=whole)
        way = Words(look, place.way, Kind.CAPTION, "text_2")
        way.setMinimumWidth(look.unit(_WAY) - look.unit(2))
        line.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
        said = SaidLine(look, place.says)
        line.addWidget(said, 1)
        return whole

    def _deadline(self, one: DeadlineView) -> QWidget:
        look = self._look
        whole = QWidget()
        lines = column(look, 0.5, parent=whole)
        title = Words(look, one.title, fit=Fit.WRAP)
        lines.addWidget(title)
        words, tone = self._left(one)
        lines.addWidget(Words(look, words, Kind.BODY_B, tone, fit=Fit.WRAP))
        lines.addWidget(SaidLine(look, one.says, Kind.CAPTION, "text_2"))
        return whole

    def _left(self, one: DeadlineView) -> tuple[str, str]:
        if one.on is None or one.left is None:
            return self.tr("还没有公布"), "info"
        day = f"{one.on.year}年{day_words(one.on)}"
        if one.left < 0:
            return self.tr("{day}，已过 {days} 天").format(day=day, days=-one.left), "bad"
        if one.left == 0:
            return self.tr("{day}，就是今天").format(day=day), "warn"
        words = self.tr("{day}，还有 {days} 天").format(day=day, days=one.left)
        return words, "warn" if one.left <= _SOON else "text"

    def _effects(self, effects: Sequence[Effect]) -> Iterator[QWidget]:
        """Each link once: below the last of those that lead to the same place."""
        for one, after in zip_longest(effects, effects[1:]):
            leads = after is None or (one.page, one.what) != (after.page, after.what)
            yield self._effect(one, leads=leads and bool(one.page))

    def _effect(self, effect: Effect, *, leads: bool) -> QWidget:
        """The link stands behind the sentence where there is room."""
        look = self._look
        if not leads:
            return SaidLine(look, effect.says)
        words = self.tr("看“{page}”").format(page=page_words(effect.page))
        link = Button(look, words, partial(self.go.emit, effect.page, effect.what), "link")
        link.setAccessibleDescription(effect.says.says)
        whole = QWidget()
        lines = column(look, 0.5, parent=whole)
        if doubts(effect.says):
            lines.addWidget(SaidLine(look, effect.says))
            lines.addWidget(link)
        else:
            said = Words(look, in_full(effect.says), Kind.TABLE, fit=Fit.WRAP)
            lines.addWidget(Flow(look, [said, link], 2, ragged=True))
        return whole

    def _note(self, note: Said) -> QWidget:
        return SaidLine(self._look, note, Kind.TABLE, "text_2", sourced=bool(doubts(note)))

    def _basis(self, view: GuideView) -> QWidget:
        """The documents, and the values of the law that are quoted."""
        look = self._look
        whole = QWidget()
        lines = column(look, 1, parent=whole)
        words = self.tr("依据：{basis}").format(basis=view.basis)
        lines.addWidget(Words(look, words, Kind.TABLE, "text_2", fit=Fit.WRAP))
        keys = dict.fromkeys(key for said in _sentences(view) for key in said.keys)
        links = [
            Button(look, words, partial(self.go.emit, "policies", key), "link")
            for key, words in self._model.titles(keys).items()
        ]
        if links:
            lines.addWidget(Flow(look, links, 3, ragged=True))
        return whole


def _sentences(view: GuideView) -> Iterator[Said]:
    yield view.summary
    for group in (view.steps, view.papers, view.places, view.effects, view.deadlines):
        yield from (one.says for one in group)
    yield from view.notes
