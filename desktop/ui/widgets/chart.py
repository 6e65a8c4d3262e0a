"""余额走势。The past solid, the computed future dashed, dates that matter with labels that never collide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Source
from desktop.ui.widgets.basic import IconButton
from desktop.ui.widgets.painting import paint_focus, paint_text
from desktop.ui.widgets.tables import Grid, GridModel, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.domain.money import Money
    from desktop.ui.look.look import Look

_MONTHS_NAMED = (4, 7, 10)
_NICE = (1, 2, 2.5, 5, 10)
_STEPS = 7
_FEN = 100
_DECEMBER = 12
_FAR = 6  # units from which on a label is joined to its point
_LEVEL = -0.5  # a label beside its point
_AROUND = (
    (-0.5, -1.0),
    (-0.5, 0.0),
    (-1.0, _LEVEL),
    (0.0, _LEVEL),
    (-0.15, -1.0),
    (-0.85, -1.0),
    (-0.15, 0.0),
    (-0.85, 0.0),
    (0.1, -1.0),
    (-1.1, -1.0),
    (0.1, 0.0),
    (-1.1, 0.0),
)


class MarkKind(StrEnum):
    EVENT = "event"  # something of the past worth a word
    LOW = "low"  # the lowest point of the next 12 months
    SHORTFALL = "shortfall"  # the first day the account does not suffice


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance at the end of a day."""

    on: date
    money: Money


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with a label of one or two lines; `**…**` is not understood here, the first line is bold."""

    kind: MarkKind
    on: date
    money: Money
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """History up to today, what is computed after it, and the marks; `sentence` says it for ears."""

    history: tuple[Balance, ...]
    projection: tuple[Balance, ...] = ()
    today: date | None = None
    marks: tuple[Mark, ...] = ()
    sentence: str = ""


def stairs(points: Sequence[Balance]) -> tuple[list[float], list[float]]:
    """A line of steps: the balance stays until the day it changes."""
    xs: list[float] = []
    ys: list[float] = []
    for before, point in zip((None, *points), points, strict=False):
        if before is not None:
            xs.append(point.on.toordinal())
            ys.append(int(before.money) / _FEN)
        xs.append(point.on.toordinal())
        ys.append(int(point.money) / _FEN)
    return xs, ys


def slopes(points: Sequence[Balance]) -> tuple[list[float], list[float]]:
    """A line straight from point to point: the future is known by the month only."""
    return [p.on.toordinal() for p in points], [int(p.money) / _FEN for p in points]


def nice_step(span: float) -> float:
    """The distance of grid lines that gives about seven of them."""
    rough = max(span, 1.0) / _STEPS
    magnitude = 10.0 ** (len(str(int(rough))) - 1)
    return next(magnitude * nice for nice in _NICE if magnitude * nice >= rough)


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months from `first` to `last`."""
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        if date(year, month, 1) >= first:
            yield date(year, month, 1)
        year, month = (year + 1, 1) if month == _DECEMBER else (year, month + 1)


class BalanceChart(QStackedWidget):
    """The chart and its twin, a table with the same numbers; `twin` is the button that turns it over.

    `pointed` comes with the `Balance` under the mouse or at the keyboard's place.
    """

    pointed = Signal(object)

    def __init__(self, look: Look, course: Course | None = None) -> None:
        super().__init__()
        self._look = look
        self._course = course or Course(())
        self._at: int | None = None
        self._plot = plot_widget()
        self._view = self._plot.getPlotItem().getViewBox()
        self._over = _Overlay(look, self)
        self._under = _Underlay(look, self)
        front = QWidget()
        inside = QVBoxLayout(front)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._plot)
        self._under.setParent(front)
        self._under.lower()
        self._over.setParent(self._plot)
        self._model = GridModel(look, Grid(self._headers()))
        self.table = Table(look, self._model, self.tr("余额走势的数字"), wide=0)
        self.addWidget(front)
        self.addWidget(self.table)
        self.twin = IconButton(look, Icon.TABLE, self.tr("看表格或图"), self.turn_over)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        heard_as(self, Role.Chart)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.installEventFilter(self)
        self._plot.viewport().installEventFilter(self)
        self._plot.viewport().setMouseTracking(True)
        self._dress()
        look.changed.connect(self._dress)

    def turn_over(self) -> None:
        """From the picture to the table and back."""
        self.setCurrentIndex(1 - self.currentIndex())

    @property
    def course(self) -> Course:
        return self._course

    @property
    def read(self) -> Balance | None:
        """The point that is read now."""
        points = self._points()
        return points[self._at] if self._at is not None and points else None

    @override
    def sizeHint(self) -> QSize:
        """Small: the plot itself asks for more than a page has."""
        return QSize(self._look.unit(100), self._look.unit(60))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.unit(60), self._look.unit(60))

    def place(self, on: date, money: Money) -> QPointF:
        """Where a point lies, in pixels of the overlay."""
        return self.spot(on.toordinal(), int(money) / _FEN)

    def spot(self, x: float, y: float) -> QPointF:
        area = self.area()
        (x0, x1), (y0, y1) = self._view.viewRange()
        return QPointF(
            area.left() + (x - x0) / ((x1 - x0) or 1) * area.width(),
            area.bottom() - (y - y0) / ((y1 - y0) or 1) * area.height(),
        )

    def area(self) -> QRectF:
        """The plot without its margins for numbers and months."""
        look = self._look
        whole = QRectF(self._plot.rect())
        return whole.adjusted(look.unit(13), look.unit(5), -look.unit(2), -look.unit(8))

    def span(self) -> tuple[tuple[float, float], tuple[float, float]]:
        (x0, x1), (y0, y1) = self._view.viewRange()
        return (x0, x1), (y0, y1)

    # ------------------------------------------------------------------------------------------ drawing

    def _headers(self) -> tuple[str, ...]:
        return (self.tr("日期"), self.tr("怎么来的"), self.tr("余额（元）"))

    def _points(self) -> tuple[Balance, ...]:
        return self._course.history + self._course.projection

    def _dress(self) -> None:
        look = self._look
        self.setMinimumHeight(look.unit(60))
        self._plot.setBackground(None)
        item = self._plot.getPlotItem()
        item.clear()
        item.layout.setContentsMargins(look.unit(13), look.unit(5), look.unit(2), look.unit(8))
        if self._points():
            self._draw(item)
        self._fill_table()
        self.setAccessibleName(look.money.sentence(self._course.sentence))
        self._over.update()

    def _draw(self, item: Any) -> None:
        look, points = self._look, self._points()
        xs = [point.on.toordinal() for point in points]
        ys = [int(point.money) / _FEN for point in points]
        room = max(max(ys) - min(0.0, *ys), 1.0) * 0.08
        low = min(0.0, *ys)
        self._view.setRange(
            xRange=(min(xs), max(xs) + 1), yRange=(low - room, max(ys) + room), padding=0, update=True
        )
        width = look.tokens.chart.line_width
        past = QPen(look.colour("primary"), width)
        past.setCosmetic(True)
        item.plot(*stairs(self._course.history), pen=past, antialias=True)
        for part, colour in self._future():
            pen = QPen(colour, width)
            pen.setCosmetic(True)
            pen.setDashPattern([dash / width for dash in look.tokens.chart.dash])
            item.plot(*slopes(part), pen=pen, antialias=True)

    def _future(self) -> Iterator[tuple[Sequence[Balance], QColor]]:
        """The projection until it falls short, and after that in the colour of cash."""
        look, course = self._look, self._course
        joined = course.history[-1:] + course.projection
        short = next((m.on for m in course.marks if m.kind is MarkKind.SHORTFALL), None)
        if short is None:
            yield joined, look.colour("primary")
            return
        before = [point for point in joined if point.on <= short]
        yield before, look.colour("primary")
        after = before[-1:] + [point for point in joined if point.on > short]
        yield after, QColor(look.tint(Source.CASH).text)

    def _fill_table(self) -> None:
        past, future = self.tr("已记账"), self.tr("推算")
        rows = [(point.on.isoformat(), past, point.money) for point in self._course.history]
        rows += [(point.on.isoformat(), future, point.money) for point in self._course.projection]
        self._model.show_grid(Grid(self._headers(), tuple(rows)))

    # ------------------------------------------------------------------------------------------ reading

    def _read(self, place: int) -> None:
        points = self._points()
        if not points:
            return
        self._at = min(max(place, 0), len(points) - 1)
        point = points[self._at]
        self.setAccessibleDescription(f"{point.on.isoformat()}，{self._look.money.money(point.money)}")
        self._over.update()
        self.pointed.emit(point)

    def _read_at(self, left: float) -> None:
        points = self._points()
        if points:
            spots = [abs(self.place(point.on, point.money).x() - left) for point in points]
            self._read(spots.index(min(spots)))

    def _stop_reading(self) -> None:
        self._at = None
        self._over.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self.currentIndex() == 0:
            here = len(self._course.history) - 1 - step if self._at is None else self._at
            self._read(here + step)
        elif event.key() == Qt.Key.Key_Escape and self._at is not None:
            self._stop_reading()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._over.update()

    @override
    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._stop_reading()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(event, QResizeEvent):
            self._over.setGeometry(self._plot.rect())
            self._under.setGeometry(self._plot.geometry())
        elif event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._read_at(event.position().x())
        elif event.type() is QEvent.Type.Leave:
            self._stop_reading()
        return super().eventFilter(watched, event)


def plot_widget() -> Any:
    """The plot without its own axes, menus and mouse: the overlay writes the numbers."""
    import pyqtgraph

    plot = pyqtgraph.PlotWidget()
    item = plot.getPlotItem()
    item.hideButtons()
    item.setMenuEnabled(enableMenu=False)
    for side in ("left", "bottom"):
        item.hideAxis(side)
    box = item.getViewBox()
    box.setMouseEnabled(x=False, y=False)
    box.disableAutoRange()
    return plot


class _Underlay(QWidget):
    """The ground of the future, the grid and its numbers, behind the plot's curves."""

    def __init__(self, look: Look, chart: BalanceChart) -> None:
        super().__init__()
        self._look, self._chart = look, chart

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._chart.course.history:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        today, area = self._chart.course.today, self._chart.area()
        if today is not None:
            area.setLeft(self._chart.spot(today.toordinal(), 0).x())
            painter.fillRect(area, self._look.colour("sunken"))
        self._paint_money(painter)
        self._paint_months(painter)

    def _paint_money(self, painter: QPainter) -> None:
        look, chart = self._look, self._chart
        _, (low, high) = chart.span()
        area = chart.area()
        step = nice_step(high - low)
        value = step * -int(-low // step)
        while value <= high:
            y = round(chart.spot(0, value).y()) + 0.5
            painter.setPen(QPen(look.colour("line_strong" if not value else "grid"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            words = "" if look.money.hidden else f"{value:,.0f}"
            line = QRectF(0, y - look.unit(2.5), area.left() - look.unit(2), look.unit(5))
            paint_text(
                painter,
                line,
                words,
                look.font(Kind.CAPTION),
                look.colour("text_2"),
                align=Qt.AlignmentFlag.AlignRight,
            )
            value += step

    def _paint_months(self, painter: QPainter) -> None:
        look, chart = self._look, self._chart
        (x0, x1), _ = chart.span()
        area = chart.area()
        taken: list[QRectF] = []
        days = list(months(date.fromordinal(int(x0)), date.fromordinal(int(x1))))
        for day in sorted(days, key=lambda day: (not self._new_year(day, days), day)):
            named = self._new_year(day, days)
            if not named and day.month not in _MONTHS_NAMED:
                continue
            words = self._month_words(day, new_year=named)
            font = look.font(Kind.CAPTION, bold=named)
            left, top = round(chart.spot(day.toordinal(), 0).x()), area.bottom() + look.unit(0.5)
            wide = QFontMetricsF(font).horizontalAdvance(words) + look.unit(2)
            line = QRectF(left + look.unit(0.75), top + look.unit(0.5), wide, look.unit(6))
            if line.right() > self.width() + look.unit(2) or any(line.intersects(other) for other in taken):
                continue
            painter.setPen(QPen(look.colour("line_strong"), 1))
            painter.drawLine(QPointF(left + 0.5, top), QPointF(left + 0.5, top + look.unit()))
            paint_text(painter, line, words, font, look.colour("text" if named else "text_2"))
            taken.append(line)

    @staticmethod
    def _new_year(day: date, days: Sequence[date]) -> bool:
        return day.month == 1 or (day == days[0] and all(d.month != 1 for d in days[:4]))

    def _month_words(self, day: date, *, new_year: bool) -> str:
        if day.month == 1:
            return self.tr("{year}年").format(year=day.year)
        if new_year:
            return self.tr("{year}年{month}月").format(year=day.year, month=day.month)
        return self.tr("{month}月").format(month=day.month)


class _Overlay(QWidget):
    """Today, marks and the read-out, over the plot's curves."""

    def __init__(self, look: Look, chart: BalanceChart) -> None:
        super().__init__()
        self._look, self._chart = look, chart
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._chart.course.history:
            return
        taken: list[QRectF] = []
        self._paint_today(painter, taken)
        self._paint_marks(painter, taken)
        self._paint_read(painter)
        if self._chart.hasFocus():
            paint_focus(painter, self._look, QRectF(self.rect()), self._look.radius("control"))

    def _paint_today(self, painter: QPainter, taken: list[QRectF]) -> None:
        look, chart, today = self._look, self._chart, self._chart.course.today
        if today is None:
            return
        area = chart.area()
        x = round(chart.spot(today.toordinal(), 0).x()) + 0.5
        painter.setPen(QPen(look.colour("text_2"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, area.top() - look.unit(3)), QPointF(x, area.bottom()))
        words = self.tr("今天")
        wide = QFontMetricsF(look.font(Kind.CAPTION)).horizontalAdvance(words)
        line = QRectF(x + look.unit(1.5), area.top() - look.unit(4), wide + 2, look.unit(5))
        if line.right() > self.width():
            line.moveRight(x - look.unit(1.5))
        paint_text(painter, line, words, look.font(Kind.CAPTION), look.colour("text_2"))
        taken += [line, QRectF(x, area.top(), 1, area.height())]

    # -------------------------------------------------------------------------------------------- marks

    def _paint_marks(self, painter: QPainter, taken: list[QRectF]) -> None:
        """The shortfall first: it may choose its place."""
        kinds = list(MarkKind)
        room = self._room()
        zero = QRectF(room.left(), self._chart.spot(0, 0).y() - 0.5, room.width(), 1)
        curve = [*self._curve(), zero]
        for mark in sorted(self._chart.course.marks, key=lambda m: -kinds.index(m.kind)):
            point = self._chart.place(mark.on, mark.money)
            up = mark.kind is MarkKind.SHORTFALL
            label = free_place(self._label_size(mark), point, self._room(), [*taken, *curve], up=up)
            taken.append(label)
            self._paint_thread(painter, mark, point, label)
            self._paint_mark(painter, mark, point, label)

    def _room(self) -> QRectF:
        return self._chart.area()

    def _curve(self) -> list[QRectF]:
        """Little boxes along the lines, which labels keep off."""
        points = (*self._chart.course.history, *self._chart.course.projection)
        spots = [self._chart.place(point.on, point.money) for point in points]
        side = self._look.unit(1.5)
        boxes = [QRectF(s.x() - side, s.y() - side, 2 * side, 2 * side) for s in spots]
        for before, after in pairwise(spots):
            flat = QRectF(before.x(), before.y() - side, after.x() - before.x(), 2 * side)
            steep = QRectF(
                after.x() - side, min(before.y(), after.y()), 2 * side, abs(after.y() - before.y())
            )
            boxes += [flat, steep]
        return boxes

    def _lines(self, mark: Mark) -> tuple[str, ...]:
        money = self._look.money
        return tuple(money.sentence(words) for words in (mark.title, mark.detail) if words)

    def _label_size(self, mark: Mark) -> QRectF:
        look = self._look
        lines = self._lines(mark)
        bold = QFontMetricsF(look.font(Kind.CAPTION, bold=True))
        wide = max(bold.horizontalAdvance(words) for words in lines)
        edge = look.unit(4) if mark.kind is MarkKind.SHORTFALL else look.unit()
        return QRectF(0, 0, wide + edge, look.line(Kind.CAPTION) * len(lines) + edge / 2)

    def _paint_mark(self, painter: QPainter, mark: Mark, point: QPointF, label: QRectF) -> None:
        look = self._look
        short = mark.kind is MarkKind.SHORTFALL
        cash = QColor(look.tint(Source.CASH).text)
        tone = cash if short else look.colour("primary")
        if mark.kind is not MarkKind.EVENT:
            if short:
                self._paint_stalk(painter, point, label, cash)
            side = look.unit(1.25)
            painter.setPen(QPen(tone, look.ring))
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(point, side, side)
        if short:
            painter.setPen(QPen(cash, 1))
            painter.setBrush(look.colour("surface"))
            painter.drawRoundedRect(label, look.radius("chip"), look.radius("chip"))
        edge = look.unit(2) if short else look.unit(0.5)
        line = QRectF(
            label.left() + edge, label.top() + edge / 2, label.width() - edge, look.line(Kind.CAPTION)
        )
        for place, words in enumerate(self._lines(mark)):
            strong = place == 0 and mark.kind is not MarkKind.EVENT
            colour = cash if strong and short else look.colour("text")
            paint_text(painter, line, words, look.font(Kind.CAPTION, bold=strong), colour)
            line.translate(0, look.line(Kind.CAPTION))

    def _paint_thread(self, painter: QPainter, mark: Mark, point: QPointF, label: QRectF) -> None:
        """Joins a label to its point where there was no room beside it."""
        near = QPointF(
            min(max(point.x(), label.left()), label.right()), min(max(point.y(), label.top()), label.bottom())
        )
        far = (near - point).manhattanLength() > self._look.unit(_FAR)
        if mark.kind is not MarkKind.SHORTFALL and far:
            painter.setPen(QPen(self._look.colour("line_strong"), 1))
            painter.drawLine(point, near)

    @staticmethod
    def _paint_stalk(painter: QPainter, point: QPointF, label: QRectF, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1))
        foot = label.bottom() if label.bottom() < point.y() else label.top()
        painter.drawLine(QPointF(min(max(point.x(), label.left()), label.right()), foot), point)

    def _paint_read(self, painter: QPainter) -> None:
        look, read = self._look, self._chart.read
        if read is None:
            return
        area = self._chart.area()
        point = self._chart.place(read.on, read.money)
        painter.setPen(QPen(look.colour("focus"), 1))
        painter.drawLine(QPointF(point.x(), area.top()), QPointF(point.x(), area.bottom()))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(point, look.unit(), look.unit())
        words = f"{read.on.isoformat()}  {look.money.money(read.money)}"
        font = look.font(Kind.CAPTION, bold=True)
        wide = QFontMetricsF(font).horizontalAdvance(words) + look.unit(4)
        label = QRectF(point.x() + look.unit(2), area.top() + look.unit(2), wide, look.unit(6))
        if label.right() > area.right():
            label.moveRight(point.x() - look.unit(2))
        painter.setPen(QPen(look.colour("focus"), 1))
        painter.drawRoundedRect(label, look.radius("chip"), look.radius("chip"))
        paint_text(painter, label, words, font, look.colour("text"), align=Qt.AlignmentFlag.AlignHCenter)


def free_place(
    size: QRectF, point: QPointF, room: QRectF, taken: Sequence[QRectF], *, up: bool = False
) -> QRectF:
    """Where a label of this size can stand near the point: inside the room, on nothing that is taken.

    Every side is tried, near first (with `up` the place above, at any distance); if nothing is free, the
    place that covers least.
    """
    wide, high = size.width(), size.height()
    best, least = QRectF(point.x(), point.y(), wide, high), float("inf")
    for dx, dy, away in _tries(up=up):
        gap = high * away
        area = QRectF(point.x() + dx * wide, point.y() + dy * high, wide, high)
        area.translate(gap * (2 * dx + 1) if dy == _LEVEL else 0.0, gap * (2 * dy + 1))
        area.moveLeft(min(max(area.left(), room.left()), room.right() - wide))
        area.moveTop(min(max(area.top(), room.top()), room.bottom() - high))
        covered = sum(_area(area.intersected(other)) for other in taken)
        if not covered:
            return area
        if covered < least:
            best, least = area, covered
    return best


def _tries(*, up: bool) -> Iterator[tuple[float, float, float]]:
    """Where to try, as shares of the label's width and height, and how far away in heights."""
    if up:
        yield from ((dx, -1.0, away) for away in (1.0, 1.5, 2.0, 3.0, 4.0) for dx in (-0.5, -0.35, -0.65))
    for away in (0.5, 1.0, 2.0, 3.0, 4.5, 6.0):
        yield from ((dx, dy, away) for dx, dy in _AROUND)


def _area(area: QRectF) -> float:
    return max(area.width(), 0) * max(area.height(), 0)
