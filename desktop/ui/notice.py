"""页脚提示。The bar at the foot of the page: what was done, with 撤销; or what went wrong, with a way on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, IconButton, Words, clear, row
from desktop.ui.widgets.painting import paint_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.look.look import Look


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: the words of its button, and what it does."""

    words: str
    do: Callable[[], object]


class FootNotice(QFrame):
    """It stays until the next thing is told or until it is closed; it takes no focus and never times out."""

    undo_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "foot")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._mark = _Mark(look)
        self._words = Words(look, "", Kind.BODY, fit=Fit.WRAP)
        self._ways = row(look, 2)
        line = row(look, 3, (6, 1.5, 4, 1.5), self)
        line.addWidget(self._mark)
        line.addWidget(self._words, 1)
        line.addLayout(self._ways)
        line.addWidget(IconButton(look, Icon.X, self.tr("收起这条提示（Esc）"), self.clear))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.clear)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        look.changed.connect(self._name)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty while it is closed."""
        return "" if self.isHidden() else self._words.accessibleName()

    def say(self, sentence: str, *ways: Way) -> None:
        """Something to know."""
        self._show(sentence, ways, Icon.OK, "ok")

    def say_done(self, sentence: str) -> None:
        """The family was changed, such as 已绑定母亲; it can be undone here."""
        self.say(sentence, Way(self.tr("撤销"), self.undo_asked.emit))

    def say_trouble(self, sentence: str, *ways: Way) -> None:
        """Something could not be done: why, and what to do now."""
        self._show(sentence, ways, Icon.WARN, "warn")

    def clear(self) -> None:
        """Nothing to say any more; the keyboard does not stay on what is gone."""
        if self.focusWidget() is not None and self.focusWidget().hasFocus():
            self.window().setFocus()
        self.hide()

    def _show(self, sentence: str, ways: tuple[Way, ...], icon: Icon, tone: str) -> None:
        self.setProperty("tone", tone)
        self.style().polish(self)
        self._mark.show_icon(icon, tone)
        self._words.say(sentence)
        clear(self._ways)
        for way in ways:
            self._ways.addWidget(Button(self._look, way.words, way.do, "small"))
        self._name()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.sentence))

    def _name(self) -> None:
        said = self._words.accessibleName()
        trouble = self.property("tone") == "warn"
        kind = self.tr("没有办成") if trouble else self.tr("通知")
        self.setAccessibleName(f"{kind}：{said}")


class _Mark(QWidget):
    """Done, or not: shape and colour."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._icon, self._tone = look, Icon.OK, "ok"
        self._dress()
        look.changed.connect(self._dress)

    def show_icon(self, icon: Icon, tone: str) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def _dress(self) -> None:
        side = self._look.size("icon")
        self.setFixedSize(side, side)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        paint_icon(QPainter(self), self._look, self._icon, self._look.colour(self._tone), area)
