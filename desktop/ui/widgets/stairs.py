"""阶梯图。What a number was: known solid, assumed hatched, what others say as diamonds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import ceil, log10
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.painting import paint_focus, paint_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from desktop.ui.look.look import Look

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_NICE = (1, 2, 2.5, 5, 10)
_LEAST = 13.0  # units: the narrowest stair, however short its time
_ROOM = 1.3  # of the highest number, so that its label has room
_TICKS = 4


class Standing(StrEnum):
    """How a stair stands to the day looked at, and to what is known."""

    PAST = "past"
    NOW = "now"
    LATER = "later"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rival:
    """What another source says: its height and its label."""

    number: float
    label: str


@dataclass(frozen=True, slots=True)
class Stair:
    """One number from a day on. `number` is None where none is known: `label` says so.

    `days` is how long it lasted, `foot` what stands under it, `spoken` the sentence for those who listen.
    """

    since: date
    days: int
    number: float | None
    label: str
    foot: str
    spoken: str
    standing: Standing
    rivals: tuple[Rival, ...] = ()


class StairChart(QWidget):
    """←/→ walk the stairs, Home and End go to the ends; `walked` comes with the place of the stair."""

    walked = Signal(int)

    def __init__(self, look: Look, caption: str, stairs: Sequence[Stair], *, per_cent: bool = False) -> None:
        super().__init__()
        self._look, self._caption, self._stairs, self._per_cent = look, caption, tuple(stairs), per_cent
        self._here = next(
            (p for p, one in enumerate(stairs) if one.standing is Standing.NOW), len(stairs) - 1
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        heard_as(self, Role.Chart)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell()
        self._dress()
        look.changed.connect(self._dress)

    @property
    def here(self) -> int:
        return self._here

    def walk(self, place: int) -> None:
        place = min(max(place, 0), len(self._stairs) - 1)
        if place != self._here:
            self._here = place
            self._tell()
            self.update()
            self.walked.emit(place)

    def _tell(self) -> None:
        hint = self.tr("阶梯图，左右键逐段读")
        self.setAccessibleName(f"{self._caption}，{hint}")
        self.setAccessibleDescription(self._stairs[self._here].spoken)

    def _dress(self) -> None:
        self.setFixedHeight(self._look.unit(32) + 2 * self._look.line(Kind.CAPTION))
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.unit(50), self.height())

    # ---------------------------------------------------------------------------------------------- places

    def _plot(self) -> QRectF:
        look = self._look
        ticks = self._ticks()
        metrics = QFontMetricsF(look.font(Kind.CAPTION))
        left = max(metrics.horizontalAdvance(self._tick_words(tick)) for tick in ticks) + look.unit(2)
        below = look.line(Kind.CAPTION) + look.unit(1)
        return QRectF(self.rect()).adjusted(left, look.unit(1), -look.unit(1), -below)

    def _highest(self) -> float:
        own = [one.number for one in self._stairs if one.number is not None]
        return (
            max([*own, *(rival.number for one in self._stairs for rival in one.rivals)], default=0.0) or 1.0
        )

    def _ticks(self) -> tuple[float, ...]:
        """From nothing up, in round steps."""
        raw = self._highest() / _TICKS
        power = 10.0 ** ceil(log10(raw) - 1)
        step = next(one * power for one in _NICE if one * power >= raw * 0.999)
        return tuple(step * place for place in range(int(self._highest() * _ROOM / step) + 1))

    def _tick_words(self, tick: float) -> str:
        return f"{tick:,.4f}".rstrip("0").rstrip(".") + ("%" if self._per_cent else "")

    def _edges(self, plot: QRectF) -> list[float]:
        """As long as they lasted, but none too narrow to be read."""
        least = min(self._look.unit(_LEAST), plot.width() / len(self._stairs))
        spare = plot.width() - least * len(self._stairs)
        whole = sum(one.days for one in self._stairs) or 1
        edges = [plot.left()]
        for one in self._stairs:
            edges.append(edges[-1] + least + spare * one.days / whole)
        return edges

    def _y(self, plot: QRectF, number: float) -> float:
        return plot.bottom() - number / (self._highest() * _ROOM) * plot.height()

    def _rooms(self) -> list[QRectF]:
        plot = self._plot()
        return [QRectF(a, plot.top(), b - a, plot.height()) for a, b in pairwise(self._edges(plot))]

    # -------------------------------------------------------------------------------------------- painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, plot = QPainter(self), self._plot()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(plot, self._look.colour("sunken"))
        rooms = self._rooms()
        for room, one in zip(rooms, self._stairs, strict=True):
            self._paint_ground(painter, room, one)
        self._paint_grid(painter, plot)
        self._paint_line(painter, rooms)
        self._paint_labels(painter, rooms)
        if self.hasFocus():
            paint_focus(painter, self._look, rooms[self._here], self._look.radius("chip"))

    def _paint_ground(self, painter: QPainter, room: QRectF, one: Stair) -> None:
        look, area = self._look, QRectF(room)
        if one.number is not None:
            area.setTop(self._y(room, one.number))
        if one.standing in {Standing.ASSUMED, Standing.UNKNOWN}:
            painter.fillRect(area, look.colour("surface"))
            painter.fillRect(area, QBrush(look.colour("line_strong"), Qt.BrushStyle.BDiagPattern))
        elif one.number is not None:
            painter.fillRect(
                area, look.colour("selected" if one.standing is Standing.NOW else "primary_soft")
            )

    def _paint_grid(self, painter: QPainter, plot: QRectF) -> None:
        look = self._look
        for tick in self._ticks():
            y = self._y(plot, tick)
            painter.setPen(QPen(look.colour("line_strong" if not tick else "grid"), look.hairline))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            words = QRectF(0, y - look.unit(2), plot.left() - look.unit(1.5), look.unit(4))
            font, right = look.font(Kind.CAPTION), Qt.AlignmentFlag.AlignRight
            paint_text(painter, words, self._tick_words(tick), font, look.colour("text_3"), align=right)

    def _paint_line(self, painter: QPainter, rooms: list[QRectF]) -> None:
        look = self._look
        wide = look.px(look.tokens.chart.line_width)
        before: float | None = None
        for room, one in zip(rooms, self._stairs, strict=True):
            if one.number is None:
                before = None
                continue
            y = self._y(room, one.number)
            pen = QPen(look.colour("primary"), wide * (1.5 if one.standing is Standing.NOW else 1))
            if one.standing is Standing.ASSUMED:
                pen = QPen(look.colour("info"), wide)
                pen.setDashPattern(list(look.tokens.chart.dash))
            painter.setPen(pen)
            if before is not None:
                painter.drawLine(QPointF(room.left(), before), QPointF(room.left(), y))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            before = y

    def _paint_labels(self, painter: QPainter, rooms: list[QRectF]) -> None:
        look = self._look
        high = look.line(Kind.CAPTION)
        for room, one in zip(rooms, self._stairs, strict=True):
            now = one.standing is Standing.NOW
            font = look.font(Kind.CAPTION, bold=True)
            tone = "info" if one.standing in {Standing.ASSUMED, Standing.UNKNOWN} else "text"
            y = (
                room.center().y()
                if one.number is None
                else self._y(room, one.number) - high / 2 - look.unit(0.75)
            )
            if one.number is not None and any(rival.number >= one.number for rival in one.rivals):
                y += high + look.unit(2)
            self._label(painter, QPointF(room.center().x(), y), one.label, tone, room.width())
            for rival in one.rivals:
                self._paint_rival(painter, room, rival)
            foot = QRectF(room.left(), room.bottom() + look.unit(0.5), room.width(), high)
            font = look.font(Kind.CAPTION, bold=now)
            if QFontMetricsF(font).horizontalAdvance(one.foot) <= room.width() + look.unit(1):
                paint_text(
                    painter, foot, one.foot, font, look.colour("text" if now else "text_2"), align=_CENTRE
                )

    def _label(self, painter: QPainter, centre: QPointF, words: str, tone: str, room: float) -> None:
        """On a little piece of the sheet where there is a hatch behind; left out where it has no room."""
        look, font = self._look, self._look.font(Kind.CAPTION, bold=True)
        wide = QFontMetricsF(font).horizontalAdvance(words)
        if wide > room + look.unit(1):
            return
        area = QRectF(centre.x() - wide / 2, centre.y() - look.unit(2.25), wide, look.unit(4.5))
        if tone == "info":
            painter.fillRect(area.adjusted(-look.unit(0.5), 0, look.unit(0.5), 0), look.colour("surface"))
        paint_text(painter, area, words, font, look.colour(tone), align=_CENTRE)

    def _paint_rival(self, painter: QPainter, room: QRectF, rival: Rival) -> None:
        look, half = self._look, self._look.unit(1.25)
        x, y = room.center().x(), self._y(room, rival.number)
        corners = [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]
        painter.setPen(QPen(look.colour("info"), look.px(look.tokens.chart.line_width)))
        painter.setBrush(look.colour("surface"))
        painter.drawPolygon(QPolygonF(corners))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        above = QPointF(x, y - half - look.unit(2.25))
        self._label(painter, above, rival.label, "info", max(room.width(), look.unit(24)))

    # -------------------------------------------------------------------------------------------- handling

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.position().x()
        for place, room in enumerate(self._rooms()):
            if room.left() <= left <= room.right():
                self.walk(place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: self._here - 1, Qt.Key.Key_Right: self._here + 1}
        ways |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._stairs) - 1}
        place = ways.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        else:
            self.walk(place)
