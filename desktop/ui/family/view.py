"""家庭页的样子。Slots and the graph or its table at the left, the one chosen at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.look.tokens import Kind, Source, Verdict
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, column, row
from desktop.ui.widgets.fields import Choice, Segmented
from desktop.ui.widgets.figures import PairLine, SlotMeter
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.graph import FamilyGraph
from desktop.ui.widgets.painting import paint_round
from desktop.ui.widgets.panel import PageHead, Panel, Split, WhyPanel
from desktop.ui.widgets.tables import GridModel, Table
from desktop.ui.widgets.trace import CaptionedLines
from desktop.ui.widgets.verdicts import Notice

if TYPE_CHECKING:
    from desktop.ui.family.model import FamilyModel, Inspector, Problem
    from desktop.ui.look.look import Look


class FamilyPage(QWidget):
    """`go` asks for another page and what to choose there."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: FamilyModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        head = PageHead(look, self.tr("家庭"), model.context)
        self.sheet = FamilySheet(look, model)
        self.inspector = InspectorPanel(look, model)
        self.inspector.go.connect(self.go)
        lines = column(look, 3, parent=self)
        lines.addWidget(head)
        lines.addWidget(Split(look, self.sheet, self.inspector, shares=(1, 0)), 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.inspector.leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def choose(self, person: str) -> None:
        self._model.choose(person)


class FamilySheet(Panel):
    """The slots, a switch, and the family as a graph or as a table with the same data."""

    def __init__(self, look: Look, model: FamilyModel) -> None:
        super().__init__(look, gap=3)
        self._model = model
        self.setAccessibleName(self.tr("谁为谁共济"))
        self.meters = (SlotMeter(look, model.active), SlotMeter(look, model.lifetime))
        self.switch = Segmented(
            look,
            self.tr("显示方式"),
            [Choice("graph", self.tr("关系图")), Choice("table", self.tr("列表"))],
        )
        self.switch.chosen.connect(self._switch)
        self.add(Flow(look, [*self.meters, self.switch], 5, growing=self.meters))
        self.add(Rule(look))
        kinds = [_Legend(look, kind) for kind in ("used", "idle", "rival")]
        self.legend = Flow(look, kinds, 5, ragged=True)
        self.add(self.legend)
        self.graph = FamilyGraph(look, model.tree)
        self.grid = GridModel(look, model.grid)
        self.table = Table(look, self.grid, self.tr("家人列表"), wide=1)
        self.table.fit_rows()
        self.table.hide()
        self.add(self.graph)
        self.add(self.table)
        self.body.addStretch(1)
        self.graph.selected.connect(model.choose)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        model.chosen.connect(self._mark)
        look.changed.connect(self._dress_names)
        self._mark(model.person)

    def _switch(self, key: str) -> None:
        for widget in (self.graph, self.legend):
            widget.setVisible(key == "graph")
        self.table.setVisible(key == "table")

    def _row_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self._model.choose(self._model.people[index.row()])

    def _mark(self, person: str) -> None:
        self.graph.choose(person)
        self.table.selectRow(self._model.people.index(person))

    def _dress_names(self) -> None:
        """Privacy hides names in the table too; the size of the text its rows."""
        before = self._model.person
        self.grid.show_grid(self._model.grid)
        self.table.fit_rows()
        self._mark(before)


class _Legend(QWidget):
    """A piece of line and what it means."""

    def __init__(self, look: Look, kind: str) -> None:
        super().__init__()
        words = {
            "used": self.tr("今年共济，粗细表示金额"),
            "idle": self.tr("已绑定，今年未用"),
            "rival": self.tr("与别的绑定冲突"),
        }[kind]
        line = row(look, 2, parent=self)
        line.addWidget(_Piece(look, kind))
        line.addWidget(Words(look, words, Kind.CAPTION, "text_2"))


class _Piece(QWidget):
    def __init__(self, look: Look, kind: str) -> None:
        super().__init__()
        self._look, self._kind = look, kind
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedSize(self._look.unit(7.5), self._look.unit(4))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, idle = self._look, self._kind == "idle"
        mark = look.colour("line_strong") if idle else QColor(look.tint(Source.SHARE).mark)
        pen = QPen(mark, look.px(1.5) if idle else look.unit())
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self._kind == "rival":
            pen.setWidth(look.unit(0.75))
            pen.setDashPattern([2.0, 1.2])
        painter = QPainter(self)
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))


class _Disc(QWidget):
    """The first character of a relation in a round."""

    def __init__(self, look: Look, text: str, verdict: Verdict | None) -> None:
        super().__init__()
        self._look, self._text, self._verdict = look, text, verdict
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedSize(self._look.unit(9.5), self._look.unit(9.5))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, verdict = self._look, self._verdict
        fill = look.colour("primary_soft") if verdict is None else look.verdict(verdict, "soft")
        edge = look.colour("primary") if verdict is None else look.verdict(verdict)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_round(QPainter(self), area, self._text, look.font(Kind.BODY_B), fill=fill, edge=edge)


class InspectorPanel(WhyPanel):
    """Who, what is wrong, 依据, 怎么办, and what it came to this year."""

    go = Signal(str, str)

    def __init__(self, look: Look, model: FamilyModel) -> None:
        super().__init__(look, self.tr("所选的家人"))
        self._model = model
        model.chosen.connect(self._open)
        look.changed.connect(self._fill)
        self._fill()

    def _open(self) -> None:
        self.show()
        self._fill()

    def _fill(self) -> None:
        self.empty()
        look, shown = self._look, self._model.inspector
        self.title.say(shown.who)
        self._add_head(shown)
        if not shown.problems:
            self._add_standing(shown)
        for problem in shown.problems:
            self._add_problem(problem)
        self.body.addWidget(Rule(look))
        self.body.addWidget(PairLine(look, shown.paid_caption, shown.paid, strong=True))
        self.body.addWidget(PairLine(look, shown.account_caption, shown.account))
        links = row(look, 4)
        links.addWidget(self._link(self.tr("看流水"), "ledger", shown.person))
        links.addWidget(self._link(self.tr("试算一笔"), "visits", shown.person))
        links.addStretch(1)
        self.body.addLayout(links)
        self.body.addStretch(1)

    def _link(self, words: str, page: str, what: str) -> Button:
        return Button(self._look, words, partial(self.go.emit, page, what), "link")

    def _add_head(self, shown: Inspector) -> None:
        look = self._look
        line = row(look, 3)
        verdict = shown.problems[0].verdict if shown.problems else None
        line.addWidget(_Disc(look, shown.mark, verdict), 0, Qt.AlignmentFlag.AlignTop)
        words = column(look, 0)
        if shown.number:
            words.addWidget(Words(look, shown.number, Kind.CAPTION, "text_2", plain=True))
        words.addWidget(Words(look, shown.about, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        words.addStretch(1)
        line.addLayout(words, 1)
        self.body.addLayout(line)

    def _add_standing(self, shown: Inspector) -> None:
        if shown.fine:
            self.body.addWidget(Notice(self._look, Verdict.OK, self.tr("可以"), shown.standing))
        else:
            self.body.addWidget(Words(self._look, shown.standing, Kind.TABLE, "text_2", fit=Fit.WRAP))

    def _add_problem(self, problem: Problem) -> None:
        look = self._look
        self.body.addWidget(Notice(look, problem.verdict, problem.sentence))
        self.body.addWidget(Words(look, self.tr("依据"), Kind.BODY_B))
        self.body.addWidget(CaptionedLines(look, problem.basis))
        self.body.addWidget(Words(look, self.tr("怎么办"), Kind.BODY_B))
        for number, fix in enumerate(problem.fixes, 1):
            words = f"{number}. {fix}" if len(problem.fixes) > 1 else fix
            self.body.addWidget(Words(look, words, Kind.TABLE, "text_2", fit=Fit.WRAP))
        self.body.addWidget(self._link(self.tr("在合规里看这一条"), "findings", problem.key))
