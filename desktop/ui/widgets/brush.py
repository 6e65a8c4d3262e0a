"""选日期带。The balance of a year with two handles: what lies between them is what the ledger shows."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QSizePolicy
from typing_extensions import override

from desktop.domain.money import Money
from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.chart import Balance, months, stairs
from desktop.ui.widgets.painting import paint_focus, paint_text

if TYPE_CHECKING:
    from desktop.ui.look.look import Look


@dataclass(frozen=True, slots=True)
class Span:
    """The balances from `first` to `last`, both shown."""

    balances: tuple[Balance, ...]
    first: date
    last: date


def month_later(day: date, months_on: int) -> date:
    """The same day of another month, or that month's last."""
    count = day.year * 12 + day.month - 1 + months_on
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class BrushStrip(QFrame):
    """`range_changed` comes with two `date`s. ←/→ move the handle in hand by a day, with Shift by a month;
    ↑/↓ take the other handle in hand."""

    range_changed = Signal(object, object)

    def __init__(self, look: Look, span: Span) -> None:
        super().__init__()
        self._look, self._span = look, span
        self._days = [span.first, span.last]
        self._hand = 0
        self._drag = False
        self.setProperty("role", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        heard_as(self, Role.Slider)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    def show_span(self, span: Span) -> None:
        """A new year: both handles go to its ends."""
        self._span = span
        self._days = [span.first, span.last]
        self._dress()

    @property
    def range(self) -> tuple[date, date]:
        return self._days[0], self._days[1]

    def put(self, first: date, last: date) -> None:
        """Move both handles, without a signal."""
        self._days = [max(first, self._span.first), min(last, self._span.last)]
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._look.unit(15))
        first, last = self.range
        sentence = self.tr("选日期：{first} 至 {last}。左右键移动一天，按住 Shift 移动一个月，上下键换一端。")
        self.setAccessibleName(sentence.format(first=first.isoformat(), last=last.isoformat()))
        self.update()

    def _move(self, day: date) -> None:
        """The handle in hand goes to this day, but not past the other one."""
        low = self._span.first if self._hand == 0 else self._days[0]
        high = self._days[1] if self._hand == 0 else self._span.last
        day = min(max(day, low), high)
        if day != self._days[self._hand]:
            self._days[self._hand] = day
            self._dress()
            self.range_changed.emit(*self.range)

    # -------------------------------------------------------------------------------------------- places

    def _area(self) -> QRectF:
        look = self._look
        whole = QRectF(self.rect())
        return whole.adjusted(look.unit(22.5), look.unit(0.5), -look.unit(5), -look.unit(0.5))

    def _x(self, day: date) -> float:
        area, days = self._area(), max((self._span.last - self._span.first).days, 1)
        return area.left() + (day - self._span.first).days / days * area.width()

    def _day(self, left: float) -> date:
        area, days = self._area(), (self._span.last - self._span.first).days
        share = min(max((left - area.left()) / max(area.width(), 1), 0), 1)
        return self._span.first + timedelta(days=round(share * days))

    # ------------------------------------------------------------------------------------------- painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)
        self._paint_curve(painter)
        self._paint_months(painter)
        for place in (0, 1):
            self._paint_handle(painter, place)
        if self.hasFocus():
            paint_focus(painter, self._look, QRectF(self.rect()), self._look.radius("panel"))

    def _paint_words(self, painter: QPainter) -> None:
        look = self._look
        line = QRectF(look.unit(5), look.unit(2), look.unit(16), look.unit(5.5))
        paint_text(painter, line, self.tr("余额"), look.font(Kind.CAPTION, bold=True), look.colour("text_2"))
        line.translate(0, look.unit(5.5))
        paint_text(painter, line, self.tr("拖动选日期"), look.font(Kind.CAPTION), look.colour("text_2"))

    def _paint_curve(self, painter: QPainter) -> None:
        look, area = self._look, self._area()
        xs, ys = stairs(self._steps())
        top = max([*ys, 1.0]) * 1.15
        plot = area.adjusted(0, look.unit(4), 0, 0)
        start = self._span.first.toordinal()
        days = max((self._span.last - self._span.first).days, 1)
        corners = [
            QPointF(plot.left() + (x - start) / days * plot.width(), plot.bottom() - y / top * plot.height())
            for x, y in zip(xs, ys, strict=True)
        ]
        line = QPolygonF(corners)
        if not line.isEmpty():
            ends = [QPointF(corners[-1].x(), plot.bottom()), QPointF(corners[0].x(), plot.bottom())]
            filled = QPolygonF([*corners, *ends])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("sunken"))
            painter.drawPolygon(filled)
            chosen = QRectF(self._x(self._days[0]), area.top(), 0, area.height())
            chosen.setRight(self._x(self._days[1]))
            painter.fillRect(chosen, look.colour("primary_soft"))
            painter.setClipRect(chosen)
            painter.setBrush(look.colour("selected"))
            painter.drawPolygon(filled)
            painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("primary"), look.ring * 0.75))
        painter.drawPolyline(line)

    def _steps(self) -> tuple[Balance, ...]:
        """The balances inside the span, held flat to its last day."""
        span = self._span
        inside = [b for b in span.balances if span.first <= b.on <= span.last]
        before = [b for b in span.balances if b.on < span.first]
        money = before[-1].money if before else (inside[0].money if inside else Money(0))
        points = [Balance(span.first, money), *inside]
        return (*points, Balance(span.last, points[-1].money))

    def _paint_months(self, painter: QPainter) -> None:
        look = self._look
        end = 0.0
        for day in months(self._span.first, self._span.last):
            line = QRectF(self._x(day) + look.unit(), look.unit(0.5), look.unit(12), look.unit(4.5))
            if line.left() < end or line.left() + look.unit(7) > self._area().right() + look.unit(2):
                continue
            words = self.tr("{month}月").format(month=day.month)
            paint_text(painter, line, words, look.font(Kind.CAPTION), look.colour("text_2"))
            end = line.left() + look.unit(9)

    def _paint_handle(self, painter: QPainter, place: int) -> None:
        look, area = self._look, self._area()
        x = self._x(self._days[place])
        painter.setPen(QPen(look.colour("primary"), look.ring))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        grip = QRectF(
            x - look.unit(0.75), area.center().y() - look.unit(2.75), look.unit(1.5), look.unit(5.5)
        )
        in_hand = self.hasFocus() and place == self._hand
        painter.setPen(QPen(look.colour("focus" if in_hand else "primary"), look.ring))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(grip, look.unit(0.75), look.unit(0.75))

    # ------------------------------------------------------------------------------------------- handling

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.position().x()
        self._hand = min((0, 1), key=lambda place: abs(self._x(self._days[place]) - left))
        self._drag = True
        self._move(self._day(left))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag:
            self._move(self._day(event.position().x()))
        near = min(abs(self._x(day) - event.position().x()) for day in self._days)
        shape = Qt.CursorShape.SplitHCursor if near < self._look.unit(2) else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is not None:
            here = self._days[self._hand]
            far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._move(month_later(here, way) if far else here + timedelta(days=way))
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._hand = 1 - self._hand
            self.update()
        else:
            super().keyPressEvent(event)
