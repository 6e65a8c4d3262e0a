"""表单的样子。What every form in the panel at the right has: fields with their faults, and two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFrame, QWidget
from typing_extensions import override

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Words, column, row
from desktop.ui.widgets.fields import Choice, Combo, MoneyField
from desktop.ui.widgets.forms import Asked, DayLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from desktop.domain.money import Money
    from desktop.ui.family.editors import Editor
    from desktop.ui.look.look import Look


class Form(QWidget):
    """Fields by the place of their faults, and the buttons below. Enter makes the change when it can be made.

    `made` comes with a `Change`; `left` when it is given up; `removal` when the record is to be taken out.
    """

    made = Signal(object)
    left = Signal()
    removal = Signal()

    def __init__(self, look: Look, editor: Editor) -> None:
        super().__init__()
        self._look, self.editor = look, editor
        editor.setParent(self)
        self._asked: dict[str, Asked | MoneyField] = {}
        self.lines = column(look, 2.5, parent=self)
        self.commit_button = Button(look, "", self.commit, "primary")
        self.leave_button = Button(look, self.tr("取消"), self.left.emit)
        self.refusal = Words(look, "", Kind.CAPTION, "bad", fit=Fit.WRAP)
        self.refusal.hide()

    def begin(self, removal: str = "") -> None:
        """All fields stand: put the buttons below them, and follow what is typed."""
        line = row(self._look, 2)
        line.take(self.commit_button, self.leave_button, None)
        self.lines.addLayout(line)
        if removal:
            self.lines.addWidget(Button(self._look, removal, self.removal.emit, "link"))
        self.lines.addWidget(self.refusal)
        self.editor.changed.connect(self.refresh)
        self._look.changed.connect(self.refresh)
        self.refresh()

    # ----------------------------------------------------------------------------------------------- fields

    def ask(self, place: str, caption: str, field: QWidget) -> Asked:
        asked = self._asked[place] = Asked(self._look, caption, field)
        return asked

    def ask_day(
        self,
        place: str,
        caption: str,
        change: Callable[[str, date | None], None],
        *,
        needed: bool = True,
    ) -> DayField:
        """`change` is given what is wrong with the words, and the day."""
        field = self._asked[place] = DayField(self._look, caption, change, needed=needed)
        return field

    def ask_sum(self, place: str, caption: str, change: Callable[[str, Money | None], None]) -> MoneyField:
        field = self._asked[place] = MoneyField(self._look, caption)
        field.changed.connect(lambda money: change(field.trouble(), money))
        return field

    def forget(self, lead: str) -> None:
        """The fields whose place begins like this are gone."""
        self._asked = {place: field for place, field in self._asked.items() if not place.startswith(lead)}

    # ------------------------------------------------------------------------------------------- the change

    def commit(self) -> None:
        change = self.editor.commit()
        if change is not None:
            self.made.emit(change)
            return
        faults = self.editor.faults
        first = next((field for place, field in self._asked.items() if place in faults), None)
        if first is not None:
            first.setFocus()

    def refresh(self) -> None:
        """Say beside each field what is wrong with it, and on the button what it would do."""
        faults = self.editor.shown_faults
        for place, field in self._asked.items():
            field.complain(faults.get(place, ""))
        self.commit_button.say(self.editor.verb)

    def refuse(self, sentence: str) -> None:
        """Why the record cannot be taken out."""
        self.refusal.say(sentence)
        self.refusal.setVisible(bool(sentence))

    def start(self) -> None:
        """The keyboard begins at the first field."""
        first = next(iter(self._asked.values()), None)
        if first is not None:
            first.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        at = self.focusWidget()
        if isinstance(at, QAbstractButton) and not isinstance(at, QCheckBox):
            at.click()
        else:
            self.commit()
        event.accept()


class DayField(Asked):
    """A day with its caption; one that is `needed` may not be left out."""

    def __init__(
        self, look: Look, caption: str, change: Callable[[str, date | None], None], *, needed: bool
    ) -> None:
        self.line = DayLine(look, caption)
        super().__init__(look, caption, self.line)
        self._needed = needed
        self.line.typed.connect(lambda: change(self.trouble(), self.line.day()))

    def trouble(self) -> str:
        if self._needed and not self.line.text().strip():
            return self.tr("请填日期，例如 2026-11-21。")
        return self.line.trouble()

    def put(self, day: date | None) -> None:
        """A day from elsewhere, unless words that are no day yet are being typed."""
        if not self.trouble() or not self.line.text():
            self.line.put(day)


class RelationCombo(Combo):
    """What someone is to another: those who may be bound first, the others in grey behind them."""

    def __init__(self, look: Look, caption: str) -> None:
        super().__init__(look, caption)
        self._near: tuple[Choice, ...] = ()

    def show_relations(self, near: Sequence[Choice], others: Sequence[Choice], chosen: str) -> None:
        asked = (Choice("", self.tr("请选择")), *near, *others)
        self._near = tuple(near)
        if [self.itemData(place) for place in range(self.count())] != [one.key for one in asked]:
            self.offer(asked)
        for place in range(len(near) + 1, self.count()):
            self.setItemData(place, self._look.colour("text_3"), Qt.ItemDataRole.ForegroundRole)
            self.setItemData(place, self.tr("不在可以绑定的亲属之内"), Qt.ItemDataRole.ToolTipRole)
        self.choose(chosen)


def sheet(look: Look, lines: Sequence[Sequence[QWidget]], foot: QWidget) -> QFrame:
    """Fields that belong together on sunken ground, each line side by side until the text is large."""
    frame = QFrame()
    frame.setProperty("role", "sunken")
    body = column(look, 2, (3, 2.5, 3, 1.5), frame)
    for line in lines:
        across = row(look, 2).turning()
        for widget in line:
            across.addWidget(widget, 1)
        body.addLayout(across)
    body.addWidget(foot)
    return frame
