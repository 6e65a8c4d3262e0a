"""日历。The calendar a field of a day opens: in the words, colours and size of the look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QPen, QTextCharFormat, QTransform
from PySide6.QtWidgets import QBoxLayout, QCalendarWidget, QToolButton, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon

if TYPE_CHECKING:
    from desktop.ui.look.look import Look

_DAYS, _WEEKS = 7, 6
_BACK = 180  # degrees: the arrow that points left
_WEEK = (
    Qt.DayOfWeek.Monday,
    Qt.DayOfWeek.Tuesday,
    Qt.DayOfWeek.Wednesday,
    Qt.DayOfWeek.Thursday,
    Qt.DayOfWeek.Friday,
    Qt.DayOfWeek.Saturday,
    Qt.DayOfWeek.Sunday,
)


class Calendar(QCalendarWidget):
    """A month from Monday to Sunday, the year before the month; Esc closes it and nothing else."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._put_year_first()
        self._dress()
        look.changed.connect(self._dress)

    def _button(self, name: str) -> QToolButton | None:
        found = self.findChild(QToolButton, f"qt_calendar_{name}")
        return found if isinstance(found, QToolButton) else None

    def _put_year_first(self) -> None:
        bar = self.findChild(QWidget, "qt_calendar_navigationbar")
        line = bar.layout() if isinstance(bar, QWidget) else None
        year, month = self._button("yearbutton"), self._button("monthbutton")
        if isinstance(line, QBoxLayout) and year is not None and month is not None:
            line.removeWidget(year)
            line.insertWidget(line.indexOf(month), year)

    def _dress(self) -> None:
        look = self._look
        edge = look.hairline
        self.setContentsMargins(edge, edge, edge, edge)
        plain, head = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(look.colour("text"))
        head.setForeground(look.colour("text_2"))
        head.setBackground(look.colour("sunken"))
        for day in _WEEK:
            self.setWeekdayTextFormat(day, plain)
        self.setHeaderTextFormat(head)
        for name, turned in (("prevmonth", _BACK), ("nextmonth", 0)):
            button = self._button(name)
            if button is not None:
                side = look.size("icon")
                ratio = self.devicePixelRatioF()
                arrow = look.pixmap(Icon.RIGHT, look.colour("text"), side, ratio)
                turn = arrow.transformed(QTransform().rotate(turned))
                turn.setDevicePixelRatio(ratio)
                button.setIcon(QIcon(turn))
                button.setIconSize(QSize(side, side))
        self.setMinimumSize(self._size())
        self.updateGeometry()
        self.update()

    def _size(self) -> QSize:
        look = self._look
        lines = (_WEEKS + 1) * look.unit(8) + look.size("control") + look.unit(2)
        return QSize(_DAYS * look.unit(11) + 2 * look.hairline, lines)

    @override
    def event(self, event: QEvent) -> bool:
        """Esc is for the calendar, not for a short cut of the page it stands over."""
        mine = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if mine and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = self._look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.setPen(QPen(look.colour("line_strong"), look.hairline))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
