"""先说清楚。Who it is for, which case it is and what else the guide must know: asked in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.money import Money
from desktop.ui.widgets.basic import column
from desktop.ui.widgets.even import Even
from desktop.ui.widgets.fields import Choice, Combo, MoneyField, typed_money
from desktop.ui.widgets.forms import Asked, DayLine, TextLine, typed_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look
    from desktop.usecases.guide_view import Asked as Question

PERSON, CASE, START = "person", "case", "start"
"""The names of the questions every guide may have, beside those it names itself."""
_PAUSE = 300  # milliseconds: arrow keys run through days
_LEAST = 38  # units


class Questions(QWidget):
    """`answered` comes with the name of a question and what was answered."""

    answered = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._questions: tuple[Question, ...] = ()
        self.fields: dict[str, Combo | DayLine | TextLine | MoneyField] = {}
        self._asked: dict[str, Asked | MoneyField] = {}
        self._lines = column(look, 0, parent=self)
        self._even: Even | None = None

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Fields that ask the same as before stay, with what is being typed in them."""
        if [_shape(one) for one in questions] != [_shape(one) for one in self._questions]:
            self._build(questions)
        self._questions = tuple(questions)
        for one in questions:
            self._put(one)
        self.setVisible(bool(questions))

    def _build(self, questions: Sequence[Question]) -> None:
        if self._even is not None:
            self._lines.removeWidget(self._even)
            self._even.hide()
            self._even.deleteLater()
        self.fields, self._asked = {}, {}
        for one in questions:
            self._asked[one.name] = self._field(one)
        self._even = Even(self._look, [*self._asked.values()], _LEAST, 3, hang=True) if questions else None
        if self._even is not None:
            self._lines.addWidget(self._even)

    def _field(self, one: Question) -> Asked | MoneyField:
        look = self._look
        if one.choices:
            combo = Combo(look, one.label)
            combo.chosen.connect(partial(self.answered.emit, one.name))
            self.fields[one.name] = combo
            return Asked(look, one.label, combo)
        if one.kind == "day":
            return self._day(one)
        if one.kind == "sum":
            money = MoneyField(look, one.label)
            money.stand()
            money.line.editingFinished.connect(partial(self._give_sum, one.name))
            self.fields[one.name] = money
            return money
        line = TextLine(look, one.label)
        line.editingFinished.connect(lambda: self._give(one.name, line.text().strip()))
        self.fields[one.name] = line
        return Asked(look, one.label, line)

    def _day(self, one: Question) -> Asked:
        """Typed days count once they are left, those of the calendar and the arrows at once."""
        line = DayLine(self._look, one.label)
        later = QTimer(line)
        later.setSingleShot(True)
        later.setInterval(_PAUSE)
        later.timeout.connect(partial(self._give_day, one.name))
        line.typed.connect(lambda: None if line.isModified() else later.start())
        line.editingFinished.connect(partial(self._give_day, one.name))
        self.fields[one.name] = line
        return Asked(self._look, one.label, line)

    def _give(self, name: str, value: str) -> None:
        """Nothing is answered twice: each answer is a step that can be taken back."""
        if value != next(one.value for one in self._questions if one.name == name):
            self.answered.emit(name, value)

    def _give_day(self, name: str) -> None:
        line, asked = self.fields[name], self._asked[name]
        if isinstance(line, DayLine) and isinstance(asked, Asked):
            asked.complain(line.trouble())
            if not line.trouble():
                day = line.day()
                self._give(name, "" if day is None else day.isoformat())

    def _give_sum(self, name: str) -> None:
        field = self.fields[name]
        money = field.money() if isinstance(field, MoneyField) else None
        if isinstance(money, Money) and isinstance(field, MoneyField):
            self._give(name, str(money) if field.line.text().strip() else "")

    def _put(self, one: Question) -> None:
        field, asked = self.fields[one.name], self._asked[one.name]
        if isinstance(field, Combo):
            blank = () if one.value else (Choice("", self.tr("请选择")),)
            offered = [*blank, *(Choice(key, words) for key, words in one.choices)]
            if [*_offered(field)] != offered:
                field.offer(offered)
            field.choose(one.value)
        elif isinstance(field, DayLine):
            field.put(typed_day(one.value))
        elif isinstance(field, MoneyField):
            if not field.line.hasFocus():
                field.put(None if not one.value else typed_money(one.value))
        else:
            field.put(one.value)
        asked.complain(one.fault)


def _offered(combo: Combo) -> list[Choice]:
    return [Choice(str(combo.itemData(place) or ""), combo.itemText(place)) for place in range(combo.count())]


def _shape(one: Question) -> tuple[str, str, str, bool]:
    return one.name, one.kind, one.label, bool(one.choices)
