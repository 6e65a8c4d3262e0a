"""所选的家人。Who someone is, what is wrong, what to do about it; and the forms, which open in its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget
from typing_extensions import override

from desktop.ui.family.binding_form import BindingForm, EndForm
from desktop.ui.family.editors import BindingEditor, EndEditor, PersonEditor
from desktop.ui.family.person_form import PersonForm
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column, row
from desktop.ui.widgets.figures import PairLine
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.forms import Radio
from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.painting import paint_round
from desktop.ui.widgets.panel import WhyPanel
from desktop.ui.widgets.scrolling import bring_to_view
from desktop.ui.widgets.trace import CaptionedLines
from desktop.ui.widgets.verdicts import Notice, verdict_word

if TYPE_CHECKING:
    from desktop.ui.family.form import Form
    from desktop.ui.family.model import BindingLine, FamilyModel, Inspector, Problem, Way
    from desktop.ui.look.look import Look


class InspectorPanel(WhyPanel):
    """`change` comes with a `Change`; `go` asks for another page; `form_left`: back to the family."""

    go = Signal(str, str)
    change = Signal(object)
    form_left = Signal()

    def __init__(self, look: Look, model: FamilyModel) -> None:
        super().__init__(look, self.tr("所选的家人"))
        self._model = model
        self.form: Form | None = None
        self._todo: dict[str, Todo] = {}
        model.chosen.connect(self._chosen)
        model.renewed.connect(self._renew)
        model.ways_known.connect(self._show_ways)
        look.changed.connect(self._dressed)
        self._fill()

    # -------------------------------------------------------------------------------------------- the forms

    def add_person(self) -> None:
        self._open(PersonForm(self._look, PersonEditor(self._model.seen, self._look)))

    def edit_person(self, person: str) -> None:
        form = PersonForm(self._look, PersonEditor(self._model.seen, self._look, person))
        form.removal.connect(partial(self._remove_person, person))
        self._open(form)

    def bind(self, person: str) -> None:
        self._open(BindingForm(self._look, BindingEditor(self._model.seen, self._look, person)))

    def edit_binding(self, binding: str) -> None:
        form = BindingForm(self._look, BindingEditor(self._model.seen, self._look, binding=binding))
        form.removal.connect(partial(self._remove_binding, binding))
        self._open(form)

    def end_binding(self, binding: str) -> None:
        self._open(EndForm(self._look, EndEditor(self._model.seen, self._look, binding)))

    def _open(self, form: Form) -> None:
        self._drop_form()
        self.empty()
        self._todo.clear()
        self.form = form
        form.made.connect(self.change)
        form.left.connect(self.leave)
        self.title.say(form.editor.title)
        self.body.addWidget(form)
        self.body.addStretch(1)
        self.show()
        form.start()
        bring_to_view(self, self._look.unit(2))

    def _drop_form(self) -> None:
        if self.form is not None:
            self.form.editor.leave()
            self.form = None

    def _remove_person(self, person: str) -> None:
        outcome = self._model.without_person(person)
        if isinstance(outcome, str) and self.form is not None:
            self.form.refuse(outcome)
        else:
            self._drop_form()
            self._fill()
            self.change.emit(outcome)

    def _remove_binding(self, binding: str) -> None:
        change = self._model.without_binding(binding)
        self._drop_form()
        self._fill()
        self.change.emit(change)

    @override
    def leave(self) -> None:
        """Close the innermost thing: a form, then the panel."""
        if self.form is None:
            super().leave()
            return
        self._drop_form()
        self._fill()
        self.form_left.emit()

    # ---------------------------------------------------------------------------------------------- following

    def enter(self) -> None:
        """Take the keyboard to what can be done here."""
        self.show()
        first = next((one for one in self.findChildren(Button) if one.isVisible()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _chosen(self) -> None:
        """A form in which something was typed stays."""
        if self.form is not None and self.form.editor.touched:
            return
        self._drop_form()
        self.show()
        self._fill()

    def _renew(self) -> None:
        if self.form is not None and self.form.editor.renew(self._model.seen):
            self.title.say(self.form.editor.title)
            return
        was_open = self.form is not None
        self._drop_form()
        self._fill()
        if was_open:
            self.form_left.emit()

    def _dressed(self) -> None:
        if self.form is None:
            self._fill()

    # ------------------------------------------------------------------------------------------ what is shown

    def _fill(self) -> None:
        self.empty()
        self._todo.clear()
        look, shown = self._look, self._model.inspector
        self.title.say(shown.who)
        self._add_head(shown)
        if not shown.problems:
            self._add_standing(shown)
        for problem in shown.problems:
            self._add_problem(problem)
        self._add_bindings(shown)
        self.body.addWidget(Rule(look))
        self.body.addWidget(PairLine(look, shown.paid_caption, shown.paid, strong=True))
        self.body.addWidget(PairLine(look, shown.account_caption, shown.account))
        links = [
            self._link(self.tr("看流水"), "ledger", shown.person),
            self._link(self.tr("试算一笔"), "visits", shown.person),
            self._link(self.tr("记一件办理"), "ledger", f"matter {shown.person}"),
        ]
        if shown.bindings:
            links.append(self._link(self.tr("绑定了不能用？"), "guides", f"doctor:{shown.person}"))
        self.body.addWidget(Flow(look, links, 4, ragged=True))
        self.body.addStretch(1)

    def _link(self, words: str, page: str, what: str) -> Button:
        if page == "family":
            return Button(self._look, words, partial(self.edit_person, what), "link")
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
        edit = Button(look, self.tr("编辑"), partial(self.edit_person, shown.person), "small")
        edit.setAccessibleDescription(self.tr("修改{who}的资料").format(who=shown.who))
        line.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)

    def _add_standing(self, shown: Inspector) -> None:
        if shown.fine:
            self.body.addWidget(Notice(self._look, Verdict.OK, verdict_word(Verdict.OK), shown.standing))
        else:
            self.body.addWidget(Words(self._look, shown.standing, Kind.TABLE, "text_2", fit=Fit.WRAP))

    def _add_problem(self, problem: Problem) -> None:
        look = self._look
        self.body.addWidget(Notice(look, problem.verdict, verdict_word(problem.verdict), problem.sentence))
        self.body.addWidget(Words(look, self.tr("依据"), Kind.BODY_B))
        self.body.addWidget(CaptionedLines(look, problem.basis))
        todo = Todo(look, problem, first=not self._todo)
        todo.change.connect(self.change)
        todo.show_ways(self._model.ways(problem.key))
        self._todo[problem.key] = todo
        self.body.addWidget(todo)
        links = [self._link(self.tr("在合规里看这一条"), "findings", problem.key)]
        links += [self._link(words, page, what) for words, page, what in problem.links]
        self.body.addWidget(Flow(look, links, 4, ragged=True))

    def _show_ways(self) -> None:
        for key, todo in self._todo.items():
            todo.show_ways(self._model.ways(key))

    def _add_bindings(self, shown: Inspector) -> None:
        look = self._look
        if not shown.bindings and not shown.may_bind:
            return
        self.body.addWidget(Rule(look))
        self.body.addWidget(Words(look, self.tr("绑定"), Kind.BODY_B))
        for one in shown.bindings:
            self._add_binding(one)
        if shown.may_bind:
            role = "normal" if shown.problems or shown.fine else "primary"
            self.body.addWidget(Button(look, shown.may_bind, partial(self.bind, shown.person), role))

    def _add_binding(self, one: BindingLine) -> None:
        look = self._look
        self.body.addWidget(Words(look, one.sentence, Kind.TABLE, "text_2", fit=Fit.WRAP))
        links = [Button(look, self.tr("修改绑定"), partial(self.edit_binding, one.id), "link")]
        if one.holds:
            links.append(Button(look, self.tr("结束绑定"), partial(self.end_binding, one.id), "link"))
        if one.draft:
            links.append(Button(look, self.tr("删去"), partial(self._remove_binding, one.id), "link"))
        for link in links:
            link.setAccessibleDescription(one.sentence)
        self.body.addWidget(Flow(look, links, 4, ragged=True))


class Todo(QWidget):
    """怎么办: ways to choose from with what each does to the money; where there is none, what people can do.

    The first on a page has the primary button.
    """

    change = Signal(object)

    def __init__(self, look: Look, problem: Problem, *, first: bool) -> None:
        super().__init__()
        self._look, self._problem, self._first = look, problem, first
        self._ways: tuple[Way, ...] | None = None
        self._chosen = 0
        self.cards: list[WayCard] = []
        self._title = Words(look, self.tr("怎么办"), Kind.BODY_B)
        self._lines = column(look, 2)
        column(look, 2, parent=self).take(self._title, self._lines)

    def show_ways(self, ways: tuple[Way, ...] | None) -> None:
        if ways == self._ways and self._lines.count():
            return
        same = self._ways is not None and ways is not None and len(ways) == len(self.cards) > 0
        self._ways = ways
        if same and ways is not None:
            for card, way in zip(self.cards, ways, strict=True):
                card.show_way(way)
        else:
            self._build()

    def _build(self) -> None:
        look, ways = self._look, self._ways or ()
        clear(self._lines)
        self.cards = []
        self._title.say(self._words(len(ways)))
        if not ways:
            self._advise()
            return
        group = QButtonGroup(self)
        for number, way in enumerate(ways):
            card = WayCard(look, way, chosen=number == self._chosen)
            card.radio.toggled.connect(partial(self._choose, number))
            group.addButton(card.radio)
            self.cards.append(card)
            self._lines.addWidget(card)
        self.act = Button(look, self.tr("按此修改"), self._act, "primary" if self._first else "normal")
        self._lines.addWidget(self.act)
        in_reading_order(self.parentWidget() or self)

    def _words(self, count: int) -> str:
        numbers = {2: self.tr("怎么办（二选一）"), 3: self.tr("怎么办（三选一）")}
        return numbers.get(count, self.tr("怎么办"))

    def _advise(self) -> None:
        fixes = self._problem.fixes
        for number, fix in enumerate(fixes, 1):
            words = f"{number}. {fix}" if len(fixes) > 1 else fix
            self._lines.addWidget(Words(self._look, words, Kind.TABLE, "text_2", fit=Fit.WRAP))

    def _choose(self, number: int, on: bool) -> None:
        self.cards[number].mark(chosen=on)
        if on:
            self._chosen = number

    def _act(self) -> None:
        if self._ways:
            self.change.emit(self._ways[self._chosen].change)


class WayCard(QFrame):
    """One way, to be chosen: its title, and what it does to the money."""

    def __init__(self, look: Look, way: Way, *, chosen: bool) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "choice")
        self.radio = Radio(look, way.title)
        self._lines = column(look, 0.5, (6.5, 0, 0, 0))
        column(look, 0.5, (2.5, 1.5, 3, 2), self).take(self.radio, self._lines)
        self.radio.setChecked(chosen)
        self.mark(chosen=chosen)
        self.show_way(way)

    def mark(self, *, chosen: bool) -> None:
        self.setProperty("chosen", chosen)
        self.style().polish(self)

    def show_way(self, way: Way) -> None:
        clear(self._lines)
        for line in way.lines:
            shown = PairLine(self._look, line.caption, line.words, tone=line.tone, strong=True)
            self._lines.addWidget(shown)
        if not way.lines:
            self._lines.addWidget(Words(self._look, self.tr("正在计算…"), Kind.CAPTION, "text_3"))
        said = "，".join(f"{line.caption} {line.words}" for line in way.lines)
        self.radio.setAccessibleDescription(self._look.money.sentence(said))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.radio.setChecked(True)
        self.radio.setFocus()
        event.accept()


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
