"""基本件。Words, lines, columns and buttons that follow the look; every other widget is made of them."""

from __future__ import annotations

import html
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from desktop.ui.look.tokens import Kind, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.ui.look.icons import Icon
    from desktop.ui.look.look import Look

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_NONE = (0.0, 0.0, 0.0, 0.0)


class Fit(StrEnum):
    """What words do when there is no room."""

    WHOLE = "whole"  # never cut; the row must be wide enough
    ELIDE = "elide"  # cut with …, the whole text as tool tip
    WRAP = "wrap"


class Words(QLabel):
    """A text of one kind and tone. `**…**` in it is bold; sums of money obey the privacy eye.

    `accent` is the tone of the bold part.
    """

    def __init__(  # noqa: PLR0913 - a label is its looks
        self,
        look: Look,
        text: str = "",
        kind: Kind = Kind.BODY,
        tone: str = "text",
        *,
        fit: Fit = Fit.WHOLE,
        accent: str = "",
        strong: bool = False,
        plain: bool = False,
    ) -> None:
        """`plain`: stars are stars, as in a masked number."""
        super().__init__()
        self._look, self._text, self._kind, self._fit, self._accent = look, text, kind, fit, accent
        self._plain, self._bare = plain, False
        for name, value in (("kind", str(kind)), ("tone", tone), ("strong", strong)):
            self.setProperty(name, value)
        self.setWordWrap(fit is Fit.WRAP)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if fit is Fit.ELIDE:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    def say(
        self, text: str, *, tone: str | None = None, accent: str | None = None, bare: bool = False
    ) -> None:
        """`bare`: the sums in it are no one's, such as an example, and privacy leaves them."""
        self._text, self._bare = text, bare
        self._accent = self._accent if accent is None else accent
        if tone is not None and tone != self.property("tone"):
            self.setProperty("tone", tone)
            self.style().polish(self)
        self._dress()

    def _dress(self) -> None:
        shown = self._text if self._bare else self._look.money.sentence(self._text)
        plain = shown if self._plain else _STRONG.sub(r"\1", shown)
        if plain != shown:
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setText(_rich(shown, self._colour_of(self._accent)))
        else:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(shown)
        self.setAccessibleName(plain)
        if self._fit is not Fit.WRAP:
            self.setFixedHeight(self._look.line(self._kind))
        self._mark_cut()
        self.updateGeometry()

    def _colour_of(self, tone: str) -> str:
        if not tone:
            return ""
        if tone in list(Source):
            return self._look.tint(Source(tone)).text
        return self._look.colour(tone).name()

    def _mark_cut(self) -> None:
        cut = self._fit is Fit.ELIDE and self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.accessibleName() if cut else "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark_cut()

    @override
    def sizeHint(self) -> QSize:
        if self._fit is Fit.ELIDE:
            self.ensurePolished()
            return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self.height())
        return super().sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height()) if self._fit is Fit.ELIDE else super().minimumSizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fit is not Fit.ELIDE or self.textFormat() is Qt.TextFormat.RichText:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = elided(self.fontMetrics(), self.text(), self.width())
        painter.drawText(self.rect(), int(self.alignment()), text)


def _rich(text: str, colour: str) -> str:
    style = f' style="color:{colour}"' if colour else ""
    inside = _STRONG.sub(rf"<b{style}>\1</b>", html.escape(text))
    return f'<span style="white-space:pre-wrap">{inside}</span>'


def elided(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class Box(QBoxLayout):
    """A row or column whose gap and margins, in units of 4 px, follow the text size."""

    def __init__(
        self,
        look: Look,
        direction: QBoxLayout.Direction,
        gap: float = 0,
        margins: tuple[float, float, float, float] = _NONE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(direction, parent)
        self._look, self._gap, self._edges, self._turns = look, gap, margins, False
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setSpacing(self._look.unit(self._gap))
        self.setContentsMargins(*(self._look.unit(edge) for edge in self._edges))
        if self._turns:
            ways = QBoxLayout.Direction
            self.setDirection(ways.TopToBottom if self._look.stacked else ways.LeftToRight)

    def turning(self) -> Box:
        """A row that becomes a column at large text."""
        self._turns = True
        self._dress()
        return self

    def gap(self, units: float) -> None:
        """Room of so many units, at the text size of now."""
        self.addWidget(Gap(self._look, units))

    def take(self, *items: QWidget | QLayout | None) -> Box:
        """Add widgets and layouts in order; `None` is a stretch."""
        for item in items:
            if item is None:
                self.addStretch(1)
            elif isinstance(item, QWidget):
                self.addWidget(item)
            else:
                self.addLayout(item)
        return self


def column(
    look: Look,
    gap: float = 0,
    margins: tuple[float, float, float, float] = _NONE,
    parent: QWidget | None = None,
) -> Box:
    return Box(look, QBoxLayout.Direction.TopToBottom, gap, margins, parent)


def row(
    look: Look,
    gap: float = 0,
    margins: tuple[float, float, float, float] = _NONE,
    parent: QWidget | None = None,
) -> Box:
    return Box(look, QBoxLayout.Direction.LeftToRight, gap, margins, parent)


class Cells(QWidget):
    """Widgets side by side, which go to several lines at large text."""

    def __init__(self, look: Look, widgets: Sequence[QWidget], gap: float = 2, *, lines: int = 2) -> None:
        super().__init__()
        self._look, self._widgets, self._gap, self._lines = look, tuple(widgets), gap, lines
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        count = len(self._widgets)
        across = -(-count // self._lines) if self._look.stacked else count
        self._grid.setSpacing(self._look.unit(self._gap))
        for place, widget in enumerate(self._widgets):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, place // across, place % across, Qt.AlignmentFlag.AlignLeft)
        for column_ in range(count + 1):
            self._grid.setColumnStretch(column_, 1 if column_ == across else 0)


class Gap(QWidget):
    """Empty room of so many units each way."""

    def __init__(self, look: Look, units: float) -> None:
        super().__init__()
        self._look, self._units = look, units
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedSize(self._look.unit(self._units), self._look.unit(self._units))


class Rule(QFrame):
    """A hairline between things."""

    def __init__(self, look: Look, *, upright: bool = False, firm: bool = False) -> None:
        super().__init__()
        self._look, self._upright = look, upright
        self.setProperty("role", "rule")
        self.setProperty("firm", firm)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        if self._upright:
            self.setFixedWidth(self._look.hairline)
        else:
            self.setFixedHeight(self._look.hairline)


class Button(QPushButton):
    """`role` is "normal", "primary", "small" or "link"; sums of money in its words obey the privacy eye."""

    def __init__(
        self, look: Look, text: str, do: Callable[[], object], role: str = "normal", icon: Icon | None = None
    ) -> None:
        super().__init__()
        self._look, self._words, self._icon = look, text, icon
        self.setProperty("role", role)
        self.setAutoDefault(True)  # Enter presses it as the space bar does
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: do())  # noqa: PLW0108 - it would be given `checked`
        self._dress()
        look.changed.connect(self._dress)

    def say(self, text: str) -> None:
        self._words = text
        self._dress()

    def _dress(self) -> None:
        shown = self._look.money.sentence(self._words)
        self.setText(shown.replace("&", "&&"))
        self.setAccessibleName(shown)
        if self._icon is not None:
            tones = {"primary": "on_primary", "link": "primary"}
            self.setIcon(self._look.icon(self._icon, tones.get(self.property("role"), "text")))
            small = self._look.size("icon_small")
            self.setIconSize(QSize(small, small))


class IconButton(QToolButton):
    """A picture one can press, with its words as tool tip and accessible name."""

    def __init__(self, look: Look, icon: Icon, words: str, do: Callable[[], object]) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.say(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: do())  # noqa: PLW0108 - it would be given `checked`
        self._dress()
        look.changed.connect(self._dress)

    def say(self, words: str) -> None:
        self.setToolTip(words)
        self.setAccessibleName(words)

    def _dress(self) -> None:
        self.setIcon(self._look.icon(self._icon, "text_2"))
        self.setIconSize(self._look.icon_size())
        side = self._look.size("min_target")
        self.setFixedSize(side, side)


class Voice(QObject):
    """The accessible name of a widget, in which sums of money obey the privacy eye."""

    def __init__(self, look: Look, widget: QWidget, sentence: str) -> None:
        super().__init__(widget)
        self._look, self._widget, self._sentence = look, widget, sentence
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self._widget.setAccessibleName(self._look.money.sentence(self._sentence))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()
