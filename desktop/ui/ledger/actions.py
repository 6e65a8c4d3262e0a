"""一笔的操作。What can be done with the chosen line, why not where not, and a reversal before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from desktop.domain.premium import RefundGround
from desktop.domain.terms import label
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, column
from desktop.ui.widgets.fields import Choice, Combo, DateField
from desktop.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.ui.ledger.model import Allowed, LedgerModel
    from desktop.ui.look.look import Look


class LineActions(QFrame):
    """Under the table, while a line is chosen. `asked` comes with why, edit, reverse, delete or pair."""

    asked = Signal(str)

    def __init__(self, look: Look, model: LedgerModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self.setAccessibleName(self.tr("选中的一笔"))
        self._words = Words(look, "", Kind.TABLE, strong=True)
        named = (
            ("why", self.tr("为什么")),
            ("pair", self.tr("看对应的一笔")),
            ("edit", self.tr("修改")),
            ("reverse", self.tr("冲正")),
            ("delete", self.tr("删去")),
        )
        self.buttons = {key: self._button(key, words) for key, words in named}
        self._reason = Words(look, "", Kind.CAPTION, "text_2", fit=Fit.WRAP)
        self._line = Flow(look, [self._words, *self.buttons.values()], 2, ragged=True)
        outer = column(look, 0, parent=self)
        outer.addWidget(Rule(look))
        lines = column(look, 1, (5, 1.5, 5, 1.5))
        outer.addLayout(lines)
        lines.addWidget(self._line)
        lines.addWidget(self._reason)
        self.reversal = ReversalLine(look, model)
        lines.addWidget(self.reversal)
        model.reversing.connect(self._turn)
        look.changed.connect(self._dress)
        self._dress()
        self._turn()

    def _dress(self) -> None:
        """Sentences that wrap are as high as they are wide, not as high as in the narrowest page."""
        self._reason.setMinimumHeight(self._look.line(Kind.CAPTION))
        self.reversal.says.setMinimumHeight(self._look.line(Kind.TABLE))

    def _button(self, key: str, words: str) -> Button:
        return Button(self._look, words, lambda: self.asked.emit(key), "small")

    def show_line(self, named: str, allowed: Allowed, *, paired: bool) -> None:
        self._words.say(named)
        reasons = {"edit": allowed.edit, "reverse": allowed.reverse, "delete": allowed.delete}
        for key, reason in reasons.items():
            button = self.buttons[key]
            button.setEnabled(not reason)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)
        self.buttons["pair"].setVisible(paired)
        told = "".join(dict.fromkeys(one for one in reasons.values() if one))
        self._reason.say(told)
        self._reason.setVisible(bool(told))

    def _turn(self) -> None:
        """A reversal stands in place of the buttons."""
        reversing = self._model.reversal is not None
        self._line.setVisible(not reversing)
        self._reason.setVisible(not reversing and bool(self._reason.text()))


class ReversalLine(QWidget):
    """冲正的日期, what the balance becomes, and the button that makes it so."""

    def __init__(self, look: Look, model: LedgerModel) -> None:
        super().__init__()
        self._model, self._event = model, ""
        caption = self.tr("冲正的日期")
        self.day = DateField(look, caption, model.filters.last)
        self.day.chosen.connect(model.reverse_on)
        grounds = [Choice("", self.tr("缘由不填")), *(Choice(one, label(one)) for one in RefundGround)]
        self.ground = Combo(look, self.tr("退费的缘由"), grounds)
        self.ground.chosen.connect(model.reverse_for)
        self.says = Words(look, "", Kind.TABLE, fit=Fit.WRAP)
        self.book = Button(look, self.tr("记入冲正"), model.reverse)
        self.book.setAutoDefault(True)
        self.leave = Button(look, self.tr("不冲正"), model.give_up, "link")
        lines = column(look, 1.5, parent=self)
        fields = [Words(look, caption, Kind.TABLE, "text_2"), self.day, self.ground, self.book, self.leave]
        lines.addWidget(Flow(look, fields, 2, ragged=True))
        lines.addWidget(self.says)
        model.reversing.connect(self._show)
        self._show()

    def _show(self) -> None:
        asked = self._model.reversal
        self.setVisible(asked is not None)
        if asked is None:
            self._event = ""
            return
        if asked.event != self._event:
            self._event = asked.event
            self.day.blockSignals(True)
            self.day.put(asked.on)
            self.day.blockSignals(False)
            self.ground.setVisible(asked.of_premium)
            self.ground.choose("")
            self.day.setFocus()
        lead = self.tr("记一笔负数，原来那一笔不改。")
        said = f"{lead}{asked.says}。" if asked.says else self.tr("正在试算冲正后的余额…")
        self.says.say(asked.fault or said, tone="bad" if asked.fault else "text")
        self.book.setEnabled(asked.change is not None)
        self.book.setAccessibleDescription(self.says.accessibleName())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._model.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.day.hasFocus():
            self._model.reverse()
        else:
            super().keyPressEvent(event)
