"""输入。Fields of a form: money, a day, one of a list, one of a few; what is wrong stands under the field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from desktop.domain.money import Money
from desktop.ui.look.icons import Icon
from desktop.ui.look.money import MASK
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Fit, Words, column, row
from desktop.ui.widgets.calendar import Calendar
from desktop.ui.widgets.painting import paint_icon, paint_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look

_SHAPE = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{0,2})?")
_DIGITS_AT_MOST = 9
_DAY = "yyyy-MM-dd"


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    words: str


def _plain(text: str) -> str | None:
    """A number in plain digits, however big; `None` where it has not the shape of a sum."""
    plain = text.strip().removesuffix("元").lstrip("￥¥").strip()
    plain = plain.translate({ord("，"): ",", ord("。"): ".", 0xFF0E: "."})
    plain = plain.translate({0xFF10 + digit: str(digit) for digit in range(10)})
    return plain if _SHAPE.fullmatch(plain) else None


def typed_money(text: str) -> Money | None:
    """What someone typed, such as 1060 or 1,060.00 元, wide digits too; `None` where it is no money."""
    plain = _plain(text)
    if plain is None:
        return None
    whole, _, cents = plain.replace(",", "").partition(".")
    if len(whole.lstrip("0")) > _DIGITS_AT_MOST:
        return None
    return Money(int(whole) * 100 + int(cents.ljust(2, "0")))


class _Sum(QLineEdit):
    """The line with 元 in grey behind the sum."""

    def __init__(self, look: Look, unit: str) -> None:
        super().__init__()
        self._look, self._unit = look, unit
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setTextMargins(0, 0, self._look.unit(4), 0)
        hidden = self._look.money.hidden
        self.setEchoMode(QLineEdit.EchoMode.NoEcho if hidden else QLineEdit.EchoMode.Normal)
        self.update()

    @property
    def masked(self) -> str:
        """What privacy shows instead of any sum, however long."""
        return MASK if self._look.money.hidden and self.text() else ""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, painter = self._look, QPainter(self)
        area = QRectF(self.rect()).adjusted(0, 0, -look.unit(2.5), 0)
        if self.masked:
            inner = area.adjusted(0, 0, -look.unit(4.5), 0)
            right = Qt.AlignmentFlag.AlignRight
            paint_text(painter, inner, self.masked, look.font(Kind.BODY), look.colour("text"), align=right)
        paint_text(
            painter,
            area,
            self._unit,
            self._look.font(Kind.TABLE),
            self._look.colour("text_3"),
            align=Qt.AlignmentFlag.AlignRight,
        )


class MoneyField(QWidget):
    """A caption, a sum at the right with 元, and below it, when it is no sum, one sentence.

    `changed` comes with a `Money`, or `None` while what is typed is no sum of money.
    """

    changed = Signal(object)

    def __init__(
        self, look: Look, caption: str, money: Money | None = None, *, strong: bool = False, indent: int = 0
    ) -> None:
        super().__init__()
        self._look, self._caption = look, caption
        self.line = _Sum(look, self.tr("元"))
        self.line.setAccessibleName(self.tr("{caption}，单位元").format(caption=caption))
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._left)
        self.wrong = Words(look, "", Kind.CAPTION, "bad", fit=Fit.WRAP)
        self.wrong.hide()
        words = Words(look, caption, Kind.BODY_B if strong else Kind.TABLE, "text" if strong else "text_2")
        words.setBuddy(self.line)
        lines = column(look, 0.5, (indent, 0, 0, 0), self)
        self._across = row(look, 2)
        self._across.addWidget(words, 1)
        self._across.addWidget(self.line)
        lines.addLayout(self._across)
        lines.addWidget(self.wrong)
        self.setFocusProxy(self.line)
        self._dress()
        look.changed.connect(self._dress)
        self.put(money)

    def stand(self) -> None:
        """The caption above the sum: beside other fields that stand so."""
        self._across.setDirection(QBoxLayout.Direction.TopToBottom)
        self._across.setSpacing(self._look.unit(0.5))

    def money(self) -> Money | None:
        """The sum in it; an empty field is nothing, nonsense is `None`."""
        text = self.line.text()
        return Money(0) if not text.strip() else typed_money(text)

    def put(self, money: Money | None) -> None:
        self.line.setText("" if money is None else format(money, ","))
        self.complain("")

    def trouble(self) -> str:
        """What is wrong with the words typed, whatever stands elsewhere; empty: they are a sum of money."""
        if self.money() is not None:
            return ""
        if _plain(self.line.text()) is not None:
            return self.tr("金额太大，请对照票据改正。")
        return self.tr("请填金额，例如 1060 或 1,060.00，最多两位小数。")

    def complain(self, sentence: str) -> None:
        """Say below the field what is wrong with it; the empty sentence takes it back."""
        self.wrong.say(sentence, bare=sentence == self.trouble())
        self.wrong.setVisible(bool(sentence))
        self.line.setAccessibleDescription(self.wrong.accessibleName())
        self.line.setProperty("wrong", bool(sentence))
        self.line.style().polish(self.line)

    def _typed(self) -> None:
        money = self.money()
        self.complain(self.trouble())
        self.changed.emit(money)

    def _left(self) -> None:
        money = self.money()
        if money is not None and self.line.text().strip():
            self.line.setText(format(money, ","))

    def _dress(self) -> None:
        self.line.setFixedWidth(self._look.unit(33))
        self.line.setAccessibleDescription(self.wrong.accessibleName())


class DateField(QDateEdit):
    """A day as 2026-11-21 with a calendar; `chosen` comes with a `date`."""

    chosen = Signal(object)

    def __init__(self, look: Look, caption: str, day: date) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(caption)
        self.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.setDisplayFormat(_DAY)
        self.setCalendarPopup(True)
        self.setCalendarWidget(Calendar(look))
        self.lineEdit().setAccessibleName(caption)
        self.put(day)
        self.dateChanged.connect(lambda: self.chosen.emit(self.day()))
        look.changed.connect(self.update)

    def day(self) -> date:
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def put(self, day: date) -> None:
        self.setDate(QDate(day.year, day.month, day.day))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_mark(self, self._look, Icon.CAL)


class Combo(QComboBox):
    """One of a list; `chosen` comes with the key."""

    chosen = Signal(str)

    def __init__(self, look: Look, caption: str, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(caption)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.offer(choices)
        self.activated.connect(lambda: self.chosen.emit(self.key()))
        look.changed.connect(self.update)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Put a new list in it; the key chosen before stays chosen if it is still there."""
        before = self.key()
        self.clear()
        for choice in choices:
            self.addItem(choice.words, choice.key)
        self.choose(before)

    def key(self) -> str:
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        self.setCurrentIndex(max(self.findData(key), 0))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_mark(self, self._look, Icon.DOWN)


def _paint_mark(widget: QWidget, look: Look, icon: Icon) -> None:
    side = look.size("icon_small")
    area = QRectF(widget.width() - side - look.unit(2), (widget.height() - side) / 2, side, side)
    painter = QPainter(widget)
    paint_icon(painter, look, icon, look.colour("text_2"), area)


class Check(QCheckBox):
    """A box to tick; `toggled` of Qt tells."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__(words)
        self._look = look
        look.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            side = self._look.size("icon_small") - self._look.unit(0.5)
            area = QRectF(0, 0, side, side)
            area.moveCenter(QRectF(box).center())
            paint_icon(QPainter(self), self._look, Icon.CHECK, self._look.colour("on_primary"), area)


class Labelled(QWidget):
    """A caption over a field."""

    def __init__(self, look: Look, caption: str, field: QWidget) -> None:
        super().__init__()
        words = Words(look, caption, Kind.TABLE, "text_2")
        words.setBuddy(field)
        lines = column(look, 1, parent=self)
        lines.addWidget(words)
        lines.addWidget(field)


class Segmented(QFrame):
    """One of a few, side by side; arrow keys walk them, `chosen` comes with the key.

    `across`: so many stand in a line where they are too many for one.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, caption: str, choices: Sequence[Choice], *, across: int = 0) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "segments")
        self.setAccessibleName(caption)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        lines = column(look, 0.5, (0.5, 0.5, 0.5, 0.5), self)
        for place, choice in enumerate(choices):
            if not place or (across and not place % across):
                line = row(look, 0.5)
                lines.addLayout(line)
            button = QToolButton()
            button.setText(choice.words)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.toggled.connect(partial(self._toggled, choice.key))
            self._group.addButton(button)
            self._buttons[choice.key] = button
            line.addWidget(button, 1)
        next(iter(self._buttons.values())).setChecked(True)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        """Room for its words in bold inside the ring of the keyboard's place."""
        look = self._look
        bold = QFontMetricsF(look.font(Kind.TABLE, bold=True))
        edges = 2 * (look.space("s") + look.ring) + look.unit()
        for button in self._buttons.values():
            button.setMinimumWidth(round(bold.horizontalAdvance(button.text())) + edges)

    def _toggled(self, key: str, on: bool) -> None:
        """The Tab key stops at what is chosen: the others are reached from there, by the arrows."""
        stop = Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus
        self._buttons[key].setFocusPolicy(stop)
        if on:
            self.chosen.emit(key)

    def key(self) -> str:
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        self._buttons[key].setChecked(True)
