"""表单。What a form is made of: a line of words, a day that may be left out, one of a few, what is wrong."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.money import MASK
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Fit, Words, column
from desktop.ui.widgets.calendar import Calendar
from desktop.ui.widgets.painting import paint_focus, paint_icon, paint_text

if TYPE_CHECKING:
    from desktop.ui.look.look import Look

_DAYS = (
    re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII),
    re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
)
_NARROW = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0D: "-", 0xFF0F: "/", 0xFF0E: "."}
_A_DAY = timedelta(days=1)


def typed_day(text: str) -> date | None:
    """What someone typed, such as 2024-6-1, 20240601 or 2024年6月1日; None where it is no day."""
    plain = text.strip().translate(_NARROW)
    for shape in _DAYS:
        read = shape.fullmatch(plain)
        if read is not None:
            try:
                return date(*(int(part) for part in read.groups()))
            except ValueError:
                return None
    return None


class TextLine(QLineEdit):
    """A line of words; what stands in a `private` one cannot be read while the privacy eye is closed."""

    def __init__(self, look: Look, caption: str, *, private: bool = False) -> None:
        super().__init__()
        self._look, self._private = look, private
        self.setAccessibleName(caption)
        self._dress()
        look.changed.connect(self._dress)

    def put(self, text: str) -> None:
        """Words from elsewhere; the cursor of someone who types them stays where it is."""
        if text != self.text():
            self.setText(text)

    @property
    def masked(self) -> str:
        """What privacy shows instead, however long it is."""
        return MASK if self._private and self._look.money.hidden and self.text() else ""

    def _dress(self) -> None:
        hidden = self._private and self._look.money.hidden
        self.setEchoMode(QLineEdit.EchoMode.NoEcho if hidden else QLineEdit.EchoMode.Normal)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.masked:
            look = self._look
            area = QRectF(self.rect()).adjusted(look.unit(2.5), 0, 0, 0)
            paint_text(QPainter(self), area, self.masked, look.font(Kind.BODY), look.colour("text"))


class DayLine(QLineEdit):
    """A day, typed in any usual way or taken from the calendar; `typed` tells that it is another.

    Up and Down go a day on or back; Alt+Down opens the calendar.
    """

    typed = Signal()

    def __init__(self, look: Look, caption: str) -> None:
        super().__init__()
        self._look = look
        self._calendar: Calendar | None = None
        self.setAccessibleName(caption)
        self.setMouseTracking(True)
        self.setAccessibleDescription(self.tr("上下键改一天，Alt+下键打开日历"))
        self.textEdited.connect(lambda _: self.typed.emit())
        self.editingFinished.connect(self._tidy)
        self._dress()
        look.changed.connect(self._dress)

    def day(self) -> date | None:
        return typed_day(self.text())

    def put(self, day: date | None) -> None:
        """A day from elsewhere; what is being typed stays while it says the same."""
        if day != self.day() or (day is None and self.text()):
            self.setText("" if day is None else day.isoformat())

    def trouble(self) -> str:
        """What is wrong with the words typed; empty: they are a day, or nothing at all."""
        if not self.text().strip() or self.day() is not None:
            return ""
        return self.tr("请填日历上有的一天，例如 2026-11-21。")

    def open_calendar(self) -> None:
        """Below the line; a day chosen there is taken, and Esc closes it."""
        if self._calendar is None:
            self._calendar = Calendar(self._look)
            self._calendar.setParent(self, Qt.WindowType.Popup)
            self._calendar.setAccessibleName(self.accessibleName())
            self._calendar.clicked.connect(self._take)
            self._calendar.activated.connect(self._take)
        day = self.day() or date.today()  # noqa: DTZ011 - where the calendar opens, no fact
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        self._calendar.show()
        self._calendar.setFocus()

    def _take(self, chosen: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        self._change_to(date(chosen.year(), chosen.month(), chosen.day()))
        self.setFocus()

    def _change_to(self, day: date) -> None:
        self.setText(day.isoformat())
        self.typed.emit()

    def _tidy(self) -> None:
        day = self.day()
        if day is not None:
            self.put(day)
            self.setText(day.isoformat())

    def _dress(self) -> None:
        self.setTextMargins(0, 0, self._look.unit(6), 0)
        self.update()

    @property
    def mark(self) -> QRectF:
        """Where the calendar opens at a press."""
        side, edge = self._look.size("icon_small"), self._look.unit(2)
        return QRectF(self.width() - side - edge, (self.height() - side) / 2, side, side)

    def _is_on_mark(self, event: QMouseEvent) -> bool:
        return event.position().x() >= self.mark.left() - self._look.unit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_icon(QPainter(self), self._look, Icon.CAL, self._look.colour("text_2"), self.mark)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        shape = Qt.CursorShape.PointingHandCursor if self._is_on_mark(event) else Qt.CursorShape.IBeamCursor
        self.setCursor(shape)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_on_mark(event):
            self.open_calendar()
        else:
            super().mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: _A_DAY, Qt.Key.Key_Down: -_A_DAY}
        key, day = Qt.Key(event.key()), self.day()
        if key is Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif key in steps and day is not None and date.min < day < date.max:
            self._change_to(day + steps[key])
        else:
            super().keyPressEvent(event)


class Asked(QWidget):
    """A caption over a field, a remark below it, and in one sentence what is wrong with what stands in it."""

    def __init__(self, look: Look, caption: str, field: QWidget, remark: str = "") -> None:
        super().__init__()
        self.setProperty("hangs", True)  # a sentence below a neighbour leaves the captions in one line
        self.field = field
        self._about = field.accessibleDescription()
        words = Words(look, caption, Kind.TABLE, "text_2")
        words.setBuddy(field)
        self.remark = Words(look, remark, Kind.CAPTION, "text_3", fit=Fit.WRAP)
        self.remark.setVisible(bool(remark))
        self.wrong = Words(look, "", Kind.CAPTION, "bad", fit=Fit.WRAP)
        self.wrong.hide()
        column(look, 0.5, parent=self).take(words, field, self.remark, self.wrong)
        self.setFocusProxy(field)

    def note(self, sentence: str, tone: str = "text_3") -> None:
        self.remark.say(sentence, tone=tone)
        self.remark.setVisible(bool(sentence))

    def complain(self, sentence: str) -> None:
        """The empty sentence takes it back."""
        if sentence == self.wrong.text():
            return
        self.wrong.say(sentence)
        self.wrong.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence or self._about)
        self.field.setProperty("wrong", bool(sentence))
        self.field.style().polish(self.field)


class Radio(QRadioButton):
    """One of a few, with a ring and a dot before its words."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__(words)
        self._look = look
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = self._look
        wide = QFontMetricsF(look.font(Kind.BODY_B)).horizontalAdvance(self.text())
        return QSize(round(wide) + look.size("icon") + look.unit(3), look.size("min_target"))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.size("icon_small")
        ring = QRectF(look.hairline, (self.height() - side) / 2, side, side)
        tone = look.colour("primary" if self.isChecked() else "line_strong")
        painter.setPen(QPen(tone, look.ring if self.isChecked() else look.hairline))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(ring)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone)
            edge = side * 0.28
            painter.drawEllipse(ring.adjusted(edge, edge, -edge, -edge))
        words = QRectF(self.rect()).adjusted(side + look.unit(2.5), 0, 0, 0)
        paint_text(painter, words, self.text(), look.font(Kind.BODY_B), look.colour("text"))
        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), look.radius("control"))
