"""面板。A white sheet with a title, a sentence of context and actions; and the 为什么 panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Box, Button, Fit, IconButton, Words, clear, column, row
from desktop.ui.widgets.room import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desktop.ui.look.look import Look

_EDGE = 5
_HEAD = 2.25
_TOP = 2.5


class Panel(QFrame):
    """Put content into `body` (a `Box`), buttons at the right of the head with `act`.

    Without `edges` the body reaches the border, as a table does; `gap` is between its things, in units.
    """

    def __init__(
        self, look: Look, title: str = "", context: str = "", *, edges: bool = True, gap: float = 2
    ) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "panel")
        self.title = Words(look, title, Kind.HEADING)
        self.context = Words(look, context, Kind.CAPTION, "text_3", fit=Fit.ELIDE)
        self.head = row(look, 3, (_EDGE, _HEAD, _EDGE, 0))
        self.head.addWidget(self.title)
        self.head.addWidget(self.context, 1)
        side, foot = (_EDGE, _TOP) if edges else (0, 0)
        self.body = column(look, gap, (side, 1 if title else foot and _TOP, side, foot))
        outer = column(look, 0, parent=self)
        if title:
            outer.addLayout(self.head)
        else:
            self.title.setParent(self)
            self.context.setParent(self)
            self.title.hide()
            self.context.hide()
        outer.addLayout(self.body, 1)
        self.setAccessibleName(title)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.title.setMinimumHeight(self._look.size("min_target"))
        self.title.setMaximumHeight(self._look.size("min_target"))

    def act(self, *widgets: QWidget) -> None:
        """Put actions at the right end of the head."""
        for widget in widgets:
            self.head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(widget, stretch)

    room = 0.0
    """The width, in units, it wants to have beside another; it can do with less."""

    def needs(self) -> int:
        return max(self.minimumSizeHint().width(), self._look.unit(self.room))

    def choose(self, *, chosen: bool) -> None:
        self.setProperty("chosen", chosen)
        self.style().polish(self)

    def say_empty(self, sentence: str, button: str = "", do: Callable[[], object] | None = None) -> None:
        """Instead of content: one sentence and one button."""
        clear(self.body)
        self.body.addStretch(1)
        words = Words(self._look, sentence, tone="text_2", fit=Fit.WRAP)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(words)
        if do is not None:
            pressed = Button(self._look, button, do)
            self.body.addWidget(pressed, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(1)


class PageHead(QWidget):
    """The title of a page, one grey sentence, and its actions at the right: at most one of them primary.

    At large text the actions go under the title.
    """

    def __init__(self, look: Look, title: str, context: str = "", actions: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._look = look
        self.title = Words(look, title, Kind.TITLE)
        self.context = Words(look, context, Kind.TABLE, "text_2", fit=Fit.WRAP)
        named, acting = row(look, 2), row(look, 2)
        named.addWidget(self.title)
        named.gap(1)
        named.addWidget(self.context, 1)
        acting.addStretch(1)
        for action in actions:
            acting.addWidget(action)
        both = row(look, 2, parent=self).turning()
        both.addLayout(named, 1)
        both.addLayout(acting)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        """Titles stand at one height on every page, with actions or without."""
        self.setMinimumHeight(self._look.size("control"))


class Split(QWidget):
    """A main thing with one at its side, which goes under it at large text or in a narrow window."""

    def __init__(self, look: Look, main: QWidget, side: QWidget, *, shares: tuple[int, int] = (2, 1)) -> None:
        super().__init__()
        self._look = look
        self._line = Box(look, QBoxLayout.Direction.LeftToRight, 4, parent=self)
        self._line.addWidget(main, shares[0])
        self._line.addWidget(side, shares[1])
        self._main, self._side = main, side
        look.changed.connect(self._turn)
        self._turn()

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two: without room for both, one stands under the other."""
        return QSize(max(self._widths()), self._line.minimumSize().height())

    def _widths(self) -> tuple[int, ...]:
        items = (self._line.itemAt(place) for place in range(self._line.count()))
        return tuple(item.minimumSize().width() for item in items if item is not None)

    def needs(self) -> int:
        """The width at which all of it stands side by side."""
        both = zip((self._main, self._side), self._widths(), strict=True)
        wide = [one.needs() if isinstance(one, Split | Panel | WhyPanel) else width for one, width in both]
        return sum(wide) + self._line.spacing()

    def _turn(self) -> None:
        narrow = self.isVisible() and self.width() < self.needs()
        ways = QBoxLayout.Direction
        way = ways.TopToBottom if self._look.stacked or narrow else ways.LeftToRight
        if self._line.direction() is not way:
            self._line.setDirection(way)
        if isinstance(self._side, WhyPanel):
            self._side.spread(wide=way is ways.TopToBottom)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()


class WhyPanel(QFrame):
    """为什么: at the right, closes with Esc; the page scrolls it.

    Put content into `body`; `closed` tells when it went away.
    """

    closed = Signal()

    def __init__(self, look: Look, title: str = "") -> None:
        super().__init__()
        self._look, self._wide = look, False
        self.setProperty("role", "panel")
        self.setAccessibleName(title or self.tr("为什么"))
        self.title = Words(look, title or self.tr("为什么"), Kind.HEADING)
        head = row(look, 2, (_EDGE, 2, 3, 0))
        head.take(self.title, None, IconButton(look, Icon.X, self.tr("关闭（Esc）"), self.leave))
        inside = QWidget()
        inside.setProperty("role", "clear")
        self.body = column(look, 2, (_EDGE, 2, _EDGE, 4), inside)
        outer = column(look, 0, parent=self)
        outer.addLayout(head)
        outer.addWidget(inside, 1)
        self._dress()
        look.changed.connect(self._dress)

    def empty(self) -> None:
        """Take its content out, to show another."""
        clear(self.body)

    def leave(self) -> None:
        self.hide()
        self.closed.emit()

    def needs(self) -> int:
        """The width it has beside another, whatever it has now: else it would turn for ever."""
        return self._look.size("why_panel")

    def spread(self, *, wide: bool) -> None:
        """Under the main thing it is as wide as the page, at its side as wide as the tokens say."""
        self._wide = wide
        self._dress()

    def _dress(self) -> None:
        side = self._look.size("why_panel")
        if self._wide:
            self.setMinimumWidth(self._look.unit(60))
            self.setMaximumWidth(ANY)
        else:
            self.setFixedWidth(side)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
