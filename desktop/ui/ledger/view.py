"""流水页。Filters, the strip of the year, the lines with the balance after each, and totals that close.

The chosen line can be asked why, mended, reversed, deleted and copied: by button, by key and by context menu.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCursor,
    QFontMetricsF,
    QGuiApplication,
    QKeySequence,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from desktop.ui.ledger.actions import LineActions
from desktop.ui.ledger.model import Entry
from desktop.ui.ledger.table import CHANGE, ITEM, PERSON, TOTAL, LedgerTable
from desktop.ui.ledger.totals import TotalsRow
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.matters.editor import MatterEditor
from desktop.ui.matters.form import MatterForm
from desktop.ui.planning.side import FormSide
from desktop.ui.widgets.basic import Button, Fit, Words, column, row
from desktop.ui.widgets.brush import BrushStrip
from desktop.ui.widgets.fields import Check, Combo, DateField
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.lines import Fold, LineTable
from desktop.ui.widgets.panel import PageHead, Panel, Split, WhyPanel
from desktop.ui.widgets.seek import SeekLine
from desktop.ui.widgets.tables import DISPLAY
from desktop.ui.widgets.trace import TraceList
from desktop.ui.widgets.verdicts import Notice
from desktop.usecases.matters import matter_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desktop.ui.ledger.model import LedgerModel, Why
    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review
    from desktop.usecases.try_visit import Slip


MATTER = "matter"


class LedgerPage(QWidget):
    """`go` comes with the page a link leads to and what to select there, `change` with what is to be kept,
    `act` with a command of the window."""

    go = Signal(str, str)
    change = Signal(object)
    act = Signal(str)

    def __init__(self, look: Look, model: LedgerModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self._why: Callable[[], Why] | None = None
        self._at = 0
        model.setParent(self)
        model.go.connect(self.go)
        model.change.connect(self.change)
        self.year = Combo(look, self.tr("看哪一年"), model.years)
        actions = self._head_actions()
        self.head = PageHead(look, self.tr("流水"), model.context, [self.year, *actions])
        self.strip = BrushStrip(look, model.span)
        self.why = WhyPanel(look)
        self.why.hide()
        self.side = FormSide(look)
        self.side.hide()
        main = QWidget()
        left = column(look, 3, parent=main)
        left.addWidget(self._filters())
        left.addWidget(self.strip)
        left.addWidget(self._sheet(), 1)
        lines = column(look, 3, parent=self)
        lines.addWidget(self.head)
        beside = Split(look, main, self.why, shares=(1, 0))
        lines.addWidget(Split(look, beside, self.side, shares=(1, 0)), 1)
        self.commands = self._line_commands()
        self._connect()
        self._fill()
        self._dress()
        look.changed.connect(self._dress)

    def choose(self, what: str) -> None:
        """Choose the line of an event, or with `MATTER` and a person begin one: other pages send one here."""
        lead, _, person = what.partition(" ")
        if lead == MATTER:
            self.add_matter(person)
        else:
            self._model.select(what)

    def renew(self, seen: Review) -> None:
        """The family changed; filters, the chosen line, what is scrolled to and half typed stay."""
        self._model.renew(seen)
        self.side.renew(seen)

    @property
    def slip(self) -> Slip | None:
        """What can be printed of the chosen line; None where it is no visit, or was not settled."""
        return self._model.slip

    # --------------------------------------------------------------------------------------------- building

    def _head_actions(self) -> list[Button]:
        look = self._look
        self.bring = Button(look, self.tr("导入"), lambda: self.act.emit("import"))
        self.give = Button(look, self.tr("导出"), lambda: self.act.emit("export"))
        self.new_matter = Button(look, self.tr("记办理"), self.add_matter)
        self.new_matter.setAccessibleName(self.tr("记一件办理"))
        new = self.tr("记一笔")
        self.new = Button(look, new, lambda: self.go.emit("visits", ""), "primary", Icon.PLUS)
        return [self.bring, self.give, self.new_matter, self.new]

    def _filters(self) -> Flow:
        look, model = self._look, self._model
        self.search = SeekLine(look, self.tr("搜索摘要、家人、金额"))
        self.search.setAccessibleName(self.tr("搜索摘要、家人、金额，可用拼音首字母"))
        self.person = Combo(look, self.tr("家人"), model.people)
        self.kind = Combo(look, self.tr("类别"), model.kinds)
        self.source = Combo(look, self.tr("来源"), model.sources)
        self.first = DateField(look, self.tr("从哪天起"), model.filters.first)
        self.last = DateField(look, self.tr("到哪天止"), model.filters.last)
        days = QWidget()
        row(look, 1.5, parent=days).take(
            self.first, Words(look, self.tr("至"), Kind.TABLE, "text_2"), self.last
        )
        self.wrong = Check(look, self.tr("只看有问题的"))
        self.wrong_count = Words(look, "", Kind.TABLE, "bad", strong=True)
        wrong = QWidget()
        row(look, 2, parent=wrong).take(self.wrong, self.wrong_count)
        self.clear = Button(look, self.tr("清除筛选"), model.clear, "link")
        return Flow(look, [self.search, self.person, self.kind, self.source, days, wrong, self.clear])

    def _sheet(self) -> Panel:
        look, model = self._look, self._model
        panel = Panel(look, edges=False, gap=0)
        panel.setAccessibleName(self.tr("流水"))
        caption = self.tr("流水，上下键逐笔看，按回车看对应的一笔、依据或为什么，按菜单键看可以做什么")
        self.lines = LedgerTable(look, model)
        self.table = LineTable(
            look,
            self.lines,
            caption,
            wide=ITEM,
            fold=Fold(PERSON, tuple(range(ITEM, CHANGE))),
            crown=True,
            telling=lambda: model.telling,
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.lines.setParent(self.table)
        self.totals = TotalsRow(look, model, self.table)
        self.below = LineActions(look, model)
        self.below.hide()
        self.none = Button(look, self.tr("清除筛选，看全年"), model.clear)
        nothing = QWidget()
        self.nothing = Words(look, "", tone="text_2", fit=Fit.WRAP)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        centre = column(look, 3, (6, 6, 6, 6), nothing)
        centre.addStretch(1)
        centre.addWidget(self.nothing)
        centre.addWidget(self.none, 0, Qt.AlignmentFlag.AlignHCenter)
        centre.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(nothing)
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        panel.add(self.stack, 1)
        panel.add(self.below)
        panel.add(self.totals)
        return panel

    def _line_commands(self) -> dict[str, QAction]:
        """By name; they work while the keyboard is in the table, and make up its context menu."""
        named: tuple[tuple[str, str, QKeySequence | Qt.Key, Callable[[], object]], ...] = (
            ("why", self.tr("为什么"), Qt.Key.Key_W, self.ask_why),
            ("pair", self.tr("看对应的一笔"), Qt.Key.Key_P, self._open),
            ("edit", self.tr("修改…"), Qt.Key.Key_F2, self._edit),
            ("reverse", self.tr("冲正…"), Qt.Key.Key_R, self._ask_reversal),
            ("delete", self.tr("删去"), QKeySequence(QKeySequence.StandardKey.Delete), self._delete),
            ("copy", self.tr("复制"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy),
        )
        made = {}
        for key, words, keys, do in named:
            action = QAction(words, self.table)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, do=do: do())
            self.table.addAction(action)
            made[key] = action
        return made

    def _connect(self) -> None:
        model = self._model
        self.year.chosen.connect(model.choose_year)
        self.search.textEdited.connect(model.seek)
        self.person.chosen.connect(model.choose_person)
        self.kind.chosen.connect(model.choose_kind)
        self.source.chosen.connect(model.choose_source)
        self.first.chosen.connect(lambda day: model.choose_days(day, self.last.day()))
        self.last.chosen.connect(lambda day: model.choose_days(self.first.day(), day))
        self.strip.range_changed.connect(model.choose_days)
        self.wrong.toggled.connect(model.only_wrong)
        self._connect_table()
        model.chosen.connect(self._choose)
        model.span_changed.connect(self._show_years)
        model.filters_changed.connect(self._show_filters)
        model.changed.connect(self._fill)
        stops = (
            self.year,
            self.bring,
            self.give,
            self.new_matter,
            self.new,
            self.search,
            self.person,
            self.kind,
            self.source,
            self.first,
            self.last,
            self.wrong,
            self.clear,
            self.strip,
            self.table,
            self.none,
            *self.below.buttons.values(),
            self.below.reversal.day,
            self.below.reversal.ground,
            self.below.reversal.book,
            self.below.reversal.leave,
            self.totals,
        )
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _connect_table(self) -> None:
        table, model = self.table, self._model
        table.opened.connect(self._open_or_ask)
        table.clicked.connect(self._pressed)
        table.customContextMenuRequested.connect(self._open_menu)
        table.selectionModel().currentRowChanged.connect(self._walked)
        table.laid.connect(self._stay_in_sight)
        self.lines.modelAboutToBeReset.connect(self._remember)
        self.totals.why_asked.connect(lambda: self._open_why(lambda: model.why_totals))
        self.below.asked.connect(lambda key: self.commands[key].trigger())
        self.why.closed.connect(self.table.setFocus)
        model.reversing.connect(self._show_below)
        model.matter_asked.connect(self._edit_matter)
        self.side.made.connect(self.change)
        self.side.left.connect(self.table.setFocus)

    # ---------------------------------------------------------------------------------------- the chosen line

    @property
    def row(self) -> int:
        """Where the keyboard is; -1: nowhere."""
        index = self.table.currentIndex()
        return index.row() if index.isValid() else -1

    def _walked(self, current: QModelIndex) -> None:
        self._model.pick(current.row())
        self._show_below()
        if self._why is not None and self.why.isVisible():
            self._ask_why_of(current.row())

    def _show_below(self) -> None:
        model, row = self._model, self.row
        entry = model.rows[row] if 0 <= row < len(model.rows) else None
        self.below.setVisible(isinstance(entry, Entry))
        if not isinstance(entry, Entry):
            return
        allowed, paired = model.allowed(row), bool(entry.line.reversed_by or entry.line.reverses)
        self.below.show_line(model.named(row), allowed, paired=paired)
        self.commands["edit"].setEnabled(not allowed.edit)
        self.commands["reverse"].setEnabled(not allowed.reverse)
        self.commands["delete"].setEnabled(not allowed.delete)
        self.commands["pair"].setVisible(paired)

    def _open_or_ask(self, row: int) -> None:
        if not self._model.open(row):
            self._ask_why_of(row)

    def _pressed(self, index: QModelIndex) -> None:
        """A sum tells why; what stands behind the words leads where it says."""
        if index.column() >= TOTAL and index.data(DISPLAY):
            self._ask_why_of(index.row())
        elif index.column() == ITEM and self._behind(index):
            self._model.open(index.row())

    def _behind(self, index: QModelIndex) -> bool:
        """Is the mouse behind the words of a line, on its chips?"""
        entry = self._model.rows[index.row()]
        if not isinstance(entry, Entry) or not entry.chips:
            return False
        inner = self.table.inside(QRectF(self.table.visualRect(index)), ITEM)
        words = QFontMetricsF(self._look.font(Kind.TABLE)).horizontalAdvance(str(index.data(DISPLAY)))
        at = self.table.viewport().mapFromGlobal(QCursor.pos())
        return at.x() > inner.left() + words

    def _open_menu(self, at: QPoint) -> None:
        """With the mouse at the line under it, by key at the line one is at."""
        index = self.table.indexAt(at)
        if index.isValid() and isinstance(self._model.rows[index.row()], Entry):
            self.table.setCurrentIndex(index)
        if self.below.isVisibleTo(self):
            self.menu().popup(self.table.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """What can be done with the line one is at."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(self.commands.values()))
        return menu

    def _open(self) -> None:
        if self.row >= 0:
            self._model.open(self.row)

    def _edit(self) -> None:
        if self.row >= 0:
            self._model.edit(self.row)

    def _ask_reversal(self) -> None:
        if self.row >= 0:
            self._model.ask_reversal(self.row)

    def _delete(self) -> None:
        if self.row >= 0:
            self._model.delete(self.row)

    def copy(self) -> None:
        """The chosen lines, as the screen shows them."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        if rows:
            QGuiApplication.clipboard().setText(self.lines.text(rows))

    # -------------------------------------------------------------------------------------------- the matters

    def add_matter(self, person: str = "") -> None:
        self._show_form(MatterForm(self._look, MatterEditor(self._model.seen, self._look, person=person)))

    def _edit_matter(self, matter: str) -> None:
        origin = matter_of(self._model.seen.family, matter)
        editor = MatterEditor(self._model.seen, self._look, origin=origin)
        form = MatterForm(self._look, editor, self.tr("记错了，删去这一件"))
        form.removal.connect(self._remove_matter)
        self._show_form(form)

    def _show_form(self, form: MatterForm) -> None:
        """In the place of why."""
        self.why.hide()
        self.side.open(form)

    def _remove_matter(self) -> None:
        self.side.drop()
        self._delete()

    # ---------------------------------------------------------------------------------------------------- why

    def ask_why(self) -> None:
        """Of the line one is at."""
        if self.row >= 0:
            self._ask_why_of(self.row)

    def _ask_why_of(self, row: int) -> None:
        if 0 <= row < len(self._model.rows):
            self._open_why(lambda: self._model.why(row))

    def _open_why(self, ask: Callable[[], Why]) -> None:
        """A form in which something was typed stays beside it."""
        if not self.side.typing:
            self.side.drop()
        self._why = ask
        self._show_why()
        self.why.show()

    def _show_why(self) -> None:
        if self._why is None:
            return
        look, why = self._look, self._why()
        self.why.empty()
        self.why.title.say(self.tr("为什么"))
        self.why.body.addWidget(Words(look, why.title, Kind.BODY_B, fit=Fit.WRAP))
        for remark in why.remarks:
            self.why.body.addWidget(Notice(look, remark.verdict, remark.sentence, "。".join(remark.fixes)))
        trace = TraceList(look, why.steps)
        trace.clause_asked.connect(lambda key: self.go.emit("policies", key))
        self.why.body.addWidget(trace)
        self.why.body.addStretch(1)

    # ---------------------------------------------------------------------------------------------- showing

    def _stay_in_sight(self) -> None:
        """Rows that fold, and a table that gets lower, do not push the chosen line out of it."""
        if self.row >= 0:
            self.table.scrollTo(self.table.currentIndex())

    def _remember(self) -> None:
        self._at = self.table.verticalScrollBar().value()

    def _show_years(self) -> None:
        """Another year, or another family of lines."""
        model = self._model
        for combo, choices in (
            (self.year, model.years),
            (self.person, model.people),
            (self.kind, model.kinds),
        ):
            combo.offer(choices)
        self.strip.show_span(model.span)

    def _fill(self) -> None:
        """What the model holds now, in every control."""
        model = self._model
        self.head.context.say(model.context)
        self.year.setVisible(len(model.years) > 1)
        self.year.choose(str(model.year))
        self._show_filters()
        self.wrong_count.say(str(model.wrong))
        self.wrong.setAccessibleName(self.tr("只看有问题的，{count} 笔").format(count=model.wrong))
        none = self.tr("{year}年还没有流水。") if not model.whole else self.tr("没有符合这些条件的流水。")
        self.nothing.say(none.format(year=model.year))
        self.none.setVisible(bool(model.whole))
        self.stack.setCurrentIndex(0 if model.rows else 1)
        self._keep_place()

    def _keep_place(self) -> None:
        """The line one was at is chosen again, and nothing scrolls."""
        row = self._model.picked
        if row is not None:
            self.table.mark(row)
            self.table.verticalScrollBar().setValue(self._at)
        self._show_below()
        if self._why is not None and self.why.isVisible():
            if row is not None:
                self._ask_why_of(row)
            else:
                self.why.hide()

    def _show_filters(self) -> None:
        filters = self._model.filters
        self.person.choose(filters.person)
        self.kind.choose(filters.kind)
        self.source.choose(filters.source)
        if self.search.text().strip() != filters.words:
            self.search.setText(filters.words)
        self._show_days(filters.first, filters.last)
        self.wrong.blockSignals(True)
        self.wrong.setChecked(filters.only_wrong)
        self.wrong.blockSignals(False)

    def _show_days(self, first: date, last: date) -> None:
        self.strip.put(first, last)
        for field, day in ((self.first, first), (self.last, last)):
            field.blockSignals(True)
            field.put(day)
            field.blockSignals(False)

    def _choose(self, line: int) -> None:
        self.table.put(line)
        self.table.setFocus()

    def _dress(self) -> None:
        self.stack.setMinimumHeight(self._look.unit(70))
        self.search.setFixedWidth(self._look.unit(48))

    @override
    def minimumSizeHint(self) -> QSize:
        """As high as it must be at its width: what wraps would ask for the height of its narrowest."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self.heightForWidth(max(self.width(), hint.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the innermost thing."""
        if event.key() == Qt.Key.Key_Escape and self._model.reversal is not None:
            self._model.give_up()
        elif event.key() == Qt.Key.Key_Escape and self.side.form is not None:
            self.side.leave()
        elif event.key() == Qt.Key.Key_Escape and self.why.isVisible():
            self.why.leave()
        else:
            super().keyPressEvent(event)
