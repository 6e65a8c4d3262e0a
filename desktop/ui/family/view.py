"""家庭页的样子。Slots and the graph or its table at the left, the one chosen at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.family.inspector import InspectorPanel
from desktop.ui.look.tokens import Kind, Source
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, column, row
from desktop.ui.widgets.fields import Choice, Segmented
from desktop.ui.widgets.figures import SlotMeter
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.graph import FamilyGraph
from desktop.ui.widgets.panel import PageHead, Panel, Split
from desktop.ui.widgets.tables import GridModel, Table

if TYPE_CHECKING:
    from desktop.ui.family.model import FamilyModel
    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review

NEW_PERSON = "+"


class FamilyPage(QWidget):
    """`go` asks for another page and what to choose there; `change` comes with a `Change` to be kept."""

    go = Signal(str, str)
    change = Signal(object)

    def __init__(self, look: Look, model: FamilyModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        model.setParent(self)
        self.inspector = InspectorPanel(look, model)
        self.add_button = Button(look, self.tr("添加家人"), self.inspector.add_person)
        self._head = PageHead(look, self.tr("家庭"), model.context, [self.add_button])
        self.sheet = FamilySheet(look, model)
        self.sheet.add_asked.connect(self.inspector.add_person)
        self.sheet.opened.connect(self.inspector.enter)
        self.inspector.go.connect(self.go)
        self.inspector.change.connect(self.change)
        self.inspector.form_left.connect(self.sheet.take_keyboard)
        lines = column(look, 3, parent=self)
        lines.addWidget(self._head)
        lines.addWidget(Split(look, self.sheet, self.inspector, shares=(1, 0)), 1)
        model.renewed.connect(self._renewed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.inspector.leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._renewed()

    def choose(self, what: str) -> None:
        """A person, the one bound by a binding, or `NEW_PERSON`: the form for someone new."""
        if what == NEW_PERSON:
            self.inspector.add_person()
        else:
            self._model.choose(what)

    def renew(self, seen: Review) -> None:
        self._model.renew(seen)

    def _renewed(self) -> None:
        self._head.context.say(self._model.context)
        self.add_button.setVisible(not self._model.alone)  # the empty sheet has one of its own


class FamilySheet(Panel):
    """The slots, a switch, and the family as a graph or as a table with the same data.

    `opened`: Enter was pressed on someone; `add_asked`: there is nobody yet but the holder.
    """

    opened = Signal()
    add_asked = Signal()
    room = 190.0
    """In it the graph of a family stands without being scrolled across."""

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
        self.empty = self._nobody_yet(look)
        self.add(self.empty)
        self.body.addStretch(1)
        self.graph.selected.connect(model.choose)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        for shown in (self.graph, self.table):
            enter = QShortcut(QKeySequence(Qt.Key.Key_Return), shown, self.opened.emit)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        model.chosen.connect(self._mark)
        model.renewed.connect(self._renew)
        look.changed.connect(self._dress_names)
        self._switch(self.switch.key())
        self._mark(model.person)

    def _nobody_yet(self, look: Look) -> QWidget:
        """Instead of relatives: one sentence and one button."""
        empty = QWidget()
        words = self.tr("还没有别的家人。先添加一位要用这个账户看病的家人，再绑定。")
        said = Words(look, words, Kind.BODY, "text_2", fit=Fit.WRAP)
        self.add_first = Button(look, self.tr("添加家人"), self.add_asked.emit, "primary")
        column(look, 3, (0, 4, 0, 4), empty).take(said, self.add_first)
        return empty

    def take_keyboard(self) -> None:
        """Back to the one chosen, in the graph or the list."""
        shown = self.graph if self.graph.isVisible() else self.table
        shown.setFocus()

    def _renew(self) -> None:
        model = self._model
        for meter, slots in zip(self.meters, (model.active, model.lifetime), strict=True):
            meter.show_slots(slots)
        self.graph.show_tree(model.tree)
        self._switch(self.switch.key())
        self._dress_names()

    def _switch(self, key: str) -> None:
        alone = self._model.alone
        self.graph.setVisible(key == "graph")
        self.legend.setVisible(key == "graph" and not alone)
        self.table.setVisible(key == "table")
        self.empty.setVisible(alone)

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
