"""数字条。Key figures side by side in one panel, and the meters of slots."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget
from typing_extensions import override

from desktop.domain.money import Money
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.asking import Asking
from desktop.ui.widgets.basic import Box, Fit, Rule, Voice, Words, clear, column, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look

_NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is money, a word such as "17", or None: not computable, and `note` says why.

    `**…**` in the note is bold, in the tone `accent`.
    """

    caption: str
    value: Money | str | None
    unit: str = ""
    note: str = ""
    accent: str = ""
    big: bool = False


@dataclass(frozen=True, slots=True)
class Slots:
    """So many of so many places taken."""

    caption: str
    used: int
    of: int
    note: str = ""


class BigNumber(QWidget):
    """￥ smaller and grey, the number, its unit: all on one baseline."""

    def __init__(self, look: Look, figure: Figure) -> None:
        super().__init__()
        self._look, self._figure = look, figure
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedHeight(self._look.line(Kind.DISPLAY))
        self.setAccessibleName(f"{self._figure.caption} {self._text()} {self._figure.unit}".strip())
        self.updateGeometry()
        self.update()

    def _text(self) -> str:
        value = self._figure.value
        is_money = value is None or isinstance(value, Money)
        return self._look.money.money(value) if is_money else str(value)  # type: ignore[arg-type]

    def _kind(self) -> Kind:
        return Kind.DISPLAY if self._figure.big else Kind.FIGURE

    def _pieces(self) -> list[tuple[str, Kind, float, bool]]:
        """Words, kind, share of its size, is it the number?"""
        yen = isinstance(self._figure.value, Money)
        kind, ratio = self._kind(), self._look.tokens.yen_ratio
        pieces = [("￥", kind, ratio, False)] if yen else []
        pieces.append((self._text(), kind, 1.0, True))
        if self._figure.unit:
            pieces.append((" " + self._figure.unit, Kind.HEADING, 1.0, False))
        return pieces

    @override
    def sizeHint(self) -> QSize:
        width = 0.0
        for text, kind, share, strong in self._pieces():
            font = self._look.font(kind, bold=strong)
            width += QFontMetricsF(font).horizontalAdvance(text) * share
        return QSize(round(width) + 1, self._look.line(Kind.DISPLAY))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = QFontMetricsF(self._look.font(self._kind()))
        base = (self.height() + metrics.capHeight()) / 2
        left = 0.0
        for text, kind, share, strong in self._pieces():
            font = self._look.font(kind, bold=strong)
            font.setPixelSize(round(font.pixelSize() * share))
            if not left:
                left = -QFontMetricsF(font).leftBearing(text[0])
            painter.setFont(font)
            painter.setPen(self._look.colour("text" if strong else "text_3"))
            painter.drawText(QPointF(left, base), text)
            left += QFontMetricsF(font).horizontalAdvance(text)


class SlotMeter(QWidget):
    """7 / 10 as single segments: amber from four fifths on, red when full, always with its number."""

    def __init__(self, look: Look, slots: Slots) -> None:
        super().__init__()
        self._look, self._slots = look, slots
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    def show_slots(self, slots: Slots) -> None:
        self._slots = slots
        self._dress()

    def _dress(self) -> None:
        given = self._slots
        sentence = self.tr("{caption}：已用 {used}，共 {total}。{note}")
        self.setAccessibleName(
            sentence.format(caption=given.caption, used=given.used, total=given.of, note=given.note)
        )
        note = self._look.line(Kind.CAPTION) + self._look.unit() if given.note else 0
        self.setFixedHeight(self._look.line(Kind.TABLE) + self._look.unit(2.5) + note)
        small = QFontMetricsF(self._look.font(Kind.CAPTION))
        number = QFontMetricsF(self._look.font(Kind.HEADING)).horizontalAdvance(str(given.used))
        first = small.horizontalAdvance(f"{given.caption} / {given.of}") + number + self._look.unit(3)
        words = max(small.horizontalAdvance(given.note), first)
        self.setMinimumWidth(max(self._look.unit(40), round(words) + 1))
        self.update()

    @property
    def tone(self) -> str:
        """The colour of the taken segments."""
        if self._slots.used >= self._slots.of:
            return "bad"
        return "warn" if self._slots.used >= _NEARLY * self._slots.of else "primary"

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)
        self._paint_segments(painter)

    def _paint_words(self, painter: QPainter) -> None:
        look, given = self._look, self._slots
        caption, number = look.font(Kind.CAPTION), look.font(Kind.HEADING)
        base = look.line(Kind.TABLE) - look.unit(1.25)
        painter.setFont(caption)
        painter.setPen(look.colour("text_2"))
        painter.drawText(QPointF(0, base), given.caption)
        rest = f" / {given.of}"
        left = self.width() - QFontMetricsF(caption).horizontalAdvance(rest)
        painter.drawText(QPointF(left, base), rest)
        painter.setFont(number)
        painter.setPen(look.colour("text"))
        painter.drawText(
            QPointF(left - QFontMetricsF(number).horizontalAdvance(str(given.used)), base), str(given.used)
        )
        if given.note:
            painter.setFont(caption)
            painter.setPen(look.colour("text_2"))
            bottom = self.height() - look.line(Kind.CAPTION)
            area = QRectF(0, bottom, self.width(), look.line(Kind.CAPTION))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), given.note)

    def _paint_segments(self, painter: QPainter) -> None:
        look, given = self._look, self._slots
        gap, height = look.unit(0.75), look.unit(1.25)
        width = (self.width() - gap * (given.of - 1)) / max(given.of, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in range(given.of):
            painter.setBrush(look.colour(self.tone if place < given.used else "track"))
            area = QRectF(place * (width + gap), look.line(Kind.TABLE), width, height)
            painter.drawRoundedRect(area, look.unit(0.5), look.unit(0.5))


class FigureStrip(QFrame):
    """Three or four figures with hairlines between; `tail` is a last cell of your own, such as meters.

    `asked` comes with the place of a figure of which a person wants to know why; `cells` are their widgets.
    """

    asked = Signal(int)

    def __init__(self, look: Look, figures: Sequence[Figure] = (), tail: QWidget | None = None) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._tail = tail
        self.cells: list[QWidget] = []
        self._cells = Box(look, QBoxLayout.Direction.LeftToRight, 5, (5, 3, 5, 3), self)
        look.changed.connect(self._turn)
        self.show_figures(figures)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        if self._tail is not None:
            self._cells.removeWidget(self._tail)
        clear(self._cells)
        self.cells = [self._cell(figure) for figure in figures]
        for place, cell in enumerate(self.cells):
            if place:
                self._cells.addWidget(Rule(self._look, upright=True))
            self._cells.addWidget(cell, 1)
            Asking(self._look, cell).asked.connect(partial(self.asked.emit, place))
        if self._tail is not None:
            if figures:
                self._cells.addWidget(Rule(self._look, upright=True))
            self._cells.addWidget(self._tail, 1)
        self._turn()

    def _turn(self) -> None:
        """One under the other at large text, and where there is no room for all side by side."""
        narrow = self.isVisible() and self.width() < self._needs()
        upright, ways = self._look.stacked or narrow, QBoxLayout.Direction
        self._cells.setDirection(ways.TopToBottom if upright else ways.LeftToRight)
        for rule in self.findChildren(Rule, options=Qt.FindChildOption.FindDirectChildrenOnly):
            rule.setVisible(not upright)

    def _widths(self) -> list[int]:
        items = (self._cells.itemAt(place) for place in range(self._cells.count()))
        widgets = (item.widget() for item in items if item is not None)
        cells = [cell for cell in widgets if cell is not None and not isinstance(cell, Rule)]
        return [max(cell.minimumSizeHint().width(), cell.minimumWidth()) for cell in cells] or [0]

    def _needs(self) -> int:
        gaps = 2 * (len(self._widths()) - 1) * (self._cells.spacing() + self._look.hairline)
        return sum(self._widths()) + gaps + self._margins()

    def _margins(self) -> int:
        margins = self._cells.contentsMargins()
        return margins.left() + margins.right() + 2 * self.frameWidth()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._widths()) + self._margins(), self._cells.minimumSize().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    @override
    def event(self, event: QEvent) -> bool:
        """Words that became wider may need another direction."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._turn()
        return done

    def _cell(self, figure: Figure) -> QWidget:
        cell = QWidget()
        lines = column(self._look, 0, parent=cell)
        lines.addWidget(Words(self._look, figure.caption, Kind.TABLE, "text_2"))
        lines.addWidget(BigNumber(self._look, figure))
        value = f"{figure.value:,}" if isinstance(figure.value, Money) else figure.value or ""
        said = f"{figure.caption} {value} {figure.unit}".strip()
        Voice(self._look, cell, f"{said}。{figure.note.replace('**', '')}")
        note = Words(
            self._look, figure.note, Kind.CAPTION, "text_2", fit=Fit.WRAP, accent=figure.accent or "text"
        )
        lines.addWidget(note)
        lines.addStretch(1)
        return cell


def slots_cell(look: Look, title: str, meters: Sequence[SlotMeter]) -> QWidget:
    """Meters under a title, as the last cell of a `FigureStrip`."""
    cell = QWidget()
    lines = column(look, 0, parent=cell)
    lines.addWidget(Words(look, title, Kind.TABLE, "text_2"))
    for meter in meters:
        lines.addWidget(meter)
    lines.addStretch(1)
    return cell


class PairLine(QWidget):
    """A caption left and its value right, as in a list of counters; money or a word."""

    def __init__(
        self, look: Look, caption: str, value: Money | str | None, *, tone: str = "text", strong: bool = False
    ) -> None:
        super().__init__()
        self._look, self._value = look, value
        self._words = Words(look, "", Kind.TABLE, tone, strong=strong)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = row(look, 2, parent=self)
        line.addWidget(Words(look, caption, Kind.TABLE, "text_2", fit=Fit.ELIDE), 1)
        line.addWidget(self._words)
        self._dress()
        look.changed.connect(self._dress)

    def show_value(self, value: Money | str | None) -> None:
        self._value = value
        self._dress()

    def _dress(self) -> None:
        value = self._value
        self._words.say(value if isinstance(value, str) else self._look.money.money(value))
