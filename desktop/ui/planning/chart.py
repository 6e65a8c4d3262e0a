"""余额的可能范围。The fan of one column under the lines of all, and who falls short when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
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
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.domain.money import Money
from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.icons import Icon
from desktop.ui.look.money import EMPTY
from desktop.ui.look.tokens import Kind
from desktop.ui.planning.lines import colour_of, pen_of
from desktop.ui.widgets.basic import IconButton
from desktop.ui.widgets.brush import month_later
from desktop.ui.widgets.chart import months, nice_step, plot_widget
from desktop.ui.widgets.painting import paint_focus, paint_text
from desktop.ui.widgets.tables import Grid, GridModel, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from desktop.ui.look.look import Look

_FEN = 100
_PERCENTILES = (10, 25, 50, 75, 90)
WIDE_BAND, NARROW_BAND, _MIDDLE = (10, 90), (25, 75), 50
OUTER, INNER = 0.14, 0.22  # how much ink is in a band; the inner one lies over the outer
_SHADES = {WIDE_BAND: OUTER, NARROW_BAND: INNER}
_PALE = 0.4  # what is left of it while a newer one is drawn
_LEFT, _TOP, _FOOT, _ASIDE, _EDGE = 13.0, 3.0, 7.0, 36.0, 4.0
_THREAD = 2.0
_LANE = 2  # lines of a label under the axis
_ROOM_ABOVE = 1.05
_FEW_YEARS = 2


@dataclass(frozen=True, slots=True)
class Curve:
    """One column: its balance at the end of each month, and the first month that is short, if any."""

    name: str
    ends: tuple[Money, ...]
    short: date | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """`months` are first days; `start` is the balance of the day `today`. `bands` belong to the column
    `chosen`; `pale`: they are of before, and newer ones are being drawn.
    """

    today: date
    start: Money
    months: tuple[date, ...]
    curves: tuple[Curve, ...]
    chosen: int = 0
    bands: Mapping[int, tuple[Money, ...]] = field(default_factory=dict)
    pale: bool = False
    lasts: str = ""
    short: str = ""
    sentence: str = ""

    @property
    def spots(self) -> tuple[int, ...]:
        """Where the months lie on the axis: today, then the first day after each."""
        return (self.today.toordinal(), *(month_later(one, 1).toordinal() for one in self.months))

    def line(self, place: int) -> tuple[Money, ...]:
        return (self.start, *self.curves[place].ends)

    def band(self, percentile: int) -> tuple[Money, ...]:
        return (self.start, *self.bands[percentile])


class FanChart(QStackedWidget):
    """The chart and its twin, a table with the same numbers; `twin` is the button that turns it over.

    In a scene `lasts` says of a line that it is never short, `short` of a month that it is the first.
    """

    def __init__(self, look: Look, scene: Scene | None = None) -> None:
        super().__init__()
        self._look, self._scene = look, scene
        self._at: int | None = None
        self._lanes: list[tuple[int, QRectF]] = []
        self._aside = 0
        self._plot = plot_widget()
        self._view = self._plot.getPlotItem().getViewBox()
        self._over, self._under = _Over(look, self), _Under(look, self)
        front = QWidget()
        inside = QVBoxLayout(front)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._plot)
        self._under.setParent(front)
        self._under.lower()
        self._over.setParent(self._plot)
        self._model = GridModel(look, Grid(("",)))
        self.table = Table(look, self._model, self.tr("余额的可能范围，逐月的数字"), wide=0)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.addWidget(front)
        self.addWidget(self.table)
        self.twin = IconButton(look, Icon.TABLE, self.tr("看表格或图"), self.turn_over)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        heard_as(self, Role.Chart)
        for one in (self._plot, self._plot.viewport()):
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            one.installEventFilter(self)
        self._plot.viewport().setMouseTracking(True)
        self._dress()
        look.changed.connect(self._dress)

    def show_scene(self, scene: Scene) -> None:
        moved = self._scene is None or self._scene.months != scene.months
        self._scene = scene
        if moved:
            self._at = None
        self._dress()

    def turn_over(self) -> None:
        self.setCurrentIndex(1 - self.currentIndex())

    @property
    def scene(self) -> Scene | None:
        return self._scene

    @property
    def at(self) -> int | None:
        """The place among the months, today first, that is read."""
        return self._at

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.unit(100), self._look.unit(72))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.unit(60), self.minimumHeight())

    # --------------------------------------------------------------------------------------------- its places

    def area(self) -> QRectF:
        """The plot without its margins for numbers, years and labels."""
        left, top, right, bottom = self._margins()
        return QRectF(self._plot.rect()).adjusted(left, top, -right, -bottom)

    def _margins(self) -> tuple[int, int, int, int]:
        """Numbers at the left, at the right the names of what lasts, below the years and lanes of labels."""
        look = self._look
        right = self._aside or look.unit(_EDGE)
        bottom = look.unit(_FOOT) + self._lane_high() * self._lane_count()
        return look.unit(_LEFT), look.unit(_TOP), right, bottom

    def lasting(self) -> list[int]:
        """The columns that never fall short."""
        curves = () if self._scene is None else self._scene.curves
        return [place for place, one in enumerate(curves) if one.short is None]

    def _lane_high(self) -> int:
        return self._look.line(Kind.CAPTION) * _LANE + self._look.unit(2)

    def _lane_count(self) -> int:
        return max((lane for lane, _ in self._lanes), default=-1) + 1

    def spot(self, x: float, y: float) -> QPointF:
        area = self.area()
        (x0, x1), (y0, y1) = self.span()
        return QPointF(
            area.left() + (x - x0) / ((x1 - x0) or 1) * area.width(),
            area.bottom() - (y - y0) / ((y1 - y0) or 1) * area.height(),
        )

    def span(self) -> tuple[tuple[float, float], tuple[float, float]]:
        (x0, x1), (y0, y1) = self._view.viewRange()
        return (x0, x1), (y0, y1)

    def place(self, at: int, money: Money) -> QPointF:
        assert self._scene is not None
        return self.spot(self._scene.spots[at], int(money) / _FEN)

    def short_at(self, place: int) -> int | None:
        """The place among the months at which a column is short for the first time."""
        scene = self._scene
        short = None if scene is None else scene.curves[place].short
        if scene is None or short is None or short not in scene.months:
            return None
        return scene.months.index(short) + 1

    def labels(self) -> list[tuple[int, QRectF]]:
        """Of each column that falls short: which it is, and where its label stands under the axis."""
        top = self.area().bottom() + self._look.unit(_FOOT)
        shorts = self._shorts()
        return [
            (place, area.translated(0, top + lane * self._lane_high()))
            for (place, _), (lane, area) in zip(shorts, self._lanes, strict=True)
        ]

    def _shorts(self) -> list[tuple[int, int]]:
        found = (
            (place, self.short_at(place)) for place in range(len(self._scene.curves if self._scene else ()))
        )
        return sorted(((place, at) for place, at in found if at is not None), key=lambda one: one[1])

    def label_words(self, place: int) -> tuple[str, str]:
        assert self._scene is not None
        one = self._scene.curves[place]
        if one.short is None:
            return one.name, self._scene.lasts
        return one.name, self._scene.short.format(year=one.short.year, month=one.short.month)

    def label_wide(self, place: int) -> float:
        look = self._look
        name, words = self.label_words(place)
        bold = QFontMetricsF(look.font(Kind.CAPTION, bold=True)).horizontalAdvance(name)
        plain = QFontMetricsF(look.font(Kind.CAPTION)).horizontalAdvance(words)
        return min(max(bold, plain), look.unit(44)) + look.unit(1)

    def _lay_labels(self) -> None:
        """Each in the first lane where it touches no other; the lanes then make the room for them.

        What lasts has its label beside its end.
        """
        aside = max((self.label_wide(place) for place in self.lasting()), default=0.0)
        most = self._look.unit(_ASIDE)
        self._aside = min(round(aside) + self._look.unit(3), most) if aside else 0
        self._lanes = []
        if self._scene is None:
            return
        look, taken = self._look, list[tuple[int, QRectF]]()
        left, right = look.unit(_LEFT) - look.unit(2), self.width() - look.unit(1)
        for place, at in self._shorts():
            wide = self.label_wide(place)
            centre = self.place(at, Money(0)).x()
            start = max(min(centre - wide / 2, right - wide), left)
            area = QRectF(start, 0, wide, look.line(Kind.CAPTION) * _LANE)
            roomy = area.adjusted(-look.unit(1), 0, look.unit(1), 0)
            lane = 0
            while any(lane == other and roomy.intersects(box) for other, box in taken):
                lane += 1
            taken.append((lane, area))
        self._lanes = taken

    # ----------------------------------------------------------------------------------------------- drawing

    def _dress(self) -> None:
        look = self._look
        self._plot.setBackground(None)
        item = self._plot.getPlotItem()
        item.clear()
        if self._scene is not None and self._scene.curves:
            self._range(self._scene)
            self._lay_labels()
            self._draw(item, self._scene)
        left, top, right, bottom = self._margins()
        item.layout.setContentsMargins(left, top, right, bottom)
        self.setMinimumHeight(look.unit(44) + bottom)
        self._fill_table()
        self._speak()
        self._over.update()
        self._under.update()

    def _speak(self) -> None:
        sentence = "" if self._scene is None else self._scene.sentence
        self.setAccessibleName(self._look.money.sentence(sentence) or self.tr("余额的可能范围"))

    def _range(self, scene: Scene) -> None:
        """From zero, always; as high as the highest there is."""
        lines = [scene.line(place) for place in range(len(scene.curves))]
        bands = [scene.bands[one] for one in scene.bands]
        highest = max((int(one) for line in (*lines, *bands) for one in line), default=0) / _FEN
        lowest = min((int(one) for line in lines for one in line), default=0) / _FEN
        self._view.setRange(
            xRange=(scene.spots[0], scene.spots[-1]),
            yRange=(min(lowest, 0.0), max(highest, 1.0) * _ROOM_ABOVE),
            padding=0,
            update=True,
        )

    def _draw(self, item: Any, scene: Scene) -> None:
        self._draw_bands(item, scene)
        for place in (*(p for p in range(len(scene.curves)) if p != scene.chosen), scene.chosen):
            pen = pen_of(self._look, place, strong=place == scene.chosen)
            item.plot(list(scene.spots), _yuan(scene.line(place)), pen=pen, antialias=True)

    def _draw_bands(self, item: Any, scene: Scene) -> None:
        import pyqtgraph

        if not scene.bands:
            return
        xs = list(scene.spots)
        for (low, high), shade in _SHADES.items():
            edges = [pyqtgraph.PlotCurveItem(xs, _yuan(scene.band(one)), pen=None) for one in (low, high)]
            for edge in edges:
                item.addItem(edge)
            item.addItem(
                pyqtgraph.FillBetweenItem(*edges, brush=band_colour(self._look, shade, pale=scene.pale))
            )
        pen = QPen(self._look.colour("text_2"), self._look.tokens.chart.line_width * 0.75)
        pen.setCosmetic(True)
        pen.setDashPattern([1, 2])
        if scene.pale:
            pen.setColor(self._look.colour("line_strong"))
        item.plot(xs, _yuan(scene.band(_MIDDLE)), pen=pen, antialias=True)

    def _fill_table(self) -> None:
        scene = self._scene
        if scene is None:
            return
        names = tuple(one.name for one in scene.curves)
        shares = _PERCENTILES if scene.bands else ()
        heads = (self.tr("月末"), *names, *(f"P{one}" for one in shares))
        rows: tuple[tuple[str | Money | None, ...], ...] = tuple(
            (
                f"{month:%Y-%m}",
                *(one.ends[place] for one in scene.curves),
                *(scene.bands[one][place] for one in shares),
            )
            for place, month in enumerate(scene.months)
        )
        self._model.show_grid(Grid(heads, rows))

    # ----------------------------------------------------------------------------------------------- reading

    def read_words(self) -> tuple[str, ...]:
        """What is read at a point: the month, each column's balance, and between what most futures lie."""
        scene, at = self._scene, self._at
        if scene is None or at is None:
            return ()
        money = self._look.money
        day = (
            scene.today.isoformat()
            if not at
            else self.tr("{month:%Y-%m} 末").format(month=scene.months[at - 1])
        )
        said = [day, f"{scene.curves[scene.chosen].name} {money.money(scene.line(scene.chosen)[at])}"]
        for low, high in (NARROW_BAND, WIDE_BAND) if scene.bands else ():
            ends = (money.money(scene.band(one)[at]) for one in (low, high))
            said.append(f"{band_name(low, high)} {f' {EMPTY} '.join(ends)}")
        return tuple(said)

    def _read(self, at: int) -> None:
        if self._scene is None:
            return
        self._at = min(max(at, 0), len(self._scene.months))
        self.setAccessibleDescription("，".join(self.read_words()))
        self._over.update()

    def _read_at(self, left: float) -> None:
        if self._scene is not None:
            far = [abs(self.spot(spot, 0).x() - left) for spot in self._scene.spots]
            self._read(far.index(min(far)))

    def _stop_reading(self) -> None:
        self._at = None
        self._over.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self.currentIndex() == 0:
            self._read(0 if self._at is None else self._at + step)
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
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._over.setGeometry(self._plot.rect())
            self._under.setGeometry(self._plot.geometry())
        elif event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._read_at(event.position().x())
        elif event.type() is QEvent.Type.Leave:
            self._stop_reading()
        return super().eventFilter(watched, event)


def band_name(low: int, high: int) -> str:
    """P10, a dash, P90."""
    return f"P{low}{EMPTY}P{high}"


def band_colour(look: Look, shade: float, *, pale: bool = False) -> QColor:
    """Grey: so much ink over the sheet."""
    ink = QColor(look.colour("text_2"))
    ink.setAlphaF(shade * (_PALE if pale else 1))
    return ink


def _yuan(line: Sequence[Money]) -> list[float]:
    return [int(one) / _FEN for one in line]


class _Under(QWidget):
    """The grid, its numbers and the years, behind the curves."""

    def __init__(self, look: Look, chart: FanChart) -> None:
        super().__init__()
        self._look, self._chart = look, chart

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chart.scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_money(painter)
        self._paint_years(painter, self._chart.scene)

    def _paint_money(self, painter: QPainter) -> None:
        look, chart = self._look, self._chart
        _, (low, high) = chart.span()
        area, step = chart.area(), nice_step(high - low)
        value = step * -int(-low // step)
        while value <= high:
            y = round(chart.spot(0, value).y()) + 0.5
            painter.setPen(QPen(look.colour("line_strong" if not value else "grid"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            words = "" if look.money.hidden else f"{value:,.0f}"
            line = QRectF(0, y - look.unit(2.5), area.left() - look.unit(2), look.unit(5))
            right = Qt.AlignmentFlag.AlignRight
            paint_text(painter, line, words, look.font(Kind.CAPTION), look.colour("text_2"), align=right)
            value += step

    def _paint_years(self, painter: QPainter, scene: Scene) -> None:
        look, chart = self._look, self._chart
        font = look.font(Kind.CAPTION)
        area, free = chart.area(), 0.0
        for day in self._days(scene):
            words = (self.tr("{day.year}年") if day.month == 1 else self.tr("{day.month}月")).format(day=day)
            left = round(chart.spot(day.toordinal(), 0).x())
            wide = QFontMetricsF(font).horizontalAdvance(words) + look.unit(2)
            if left < free or left + wide > self.width():
                continue
            painter.setPen(QPen(look.colour("line_strong"), 1))
            painter.drawLine(
                QPointF(left + 0.5, area.bottom()), QPointF(left + 0.5, area.bottom() + look.unit(2))
            )
            line = QRectF(left + look.unit(1), area.bottom() + look.unit(0.5), wide, look.unit(6))
            paint_text(painter, line, words, font, look.colour("text_2"))
            free = left + wide

    @staticmethod
    def _days(scene: Scene) -> list[date]:
        """New Year, and the quarters where there are few years."""
        first, last = scene.today, month_later(scene.months[-1], 1)
        named = (1, 4, 7, 10) if last.year - first.year <= _FEW_YEARS else (1,)
        return [day for day in months(first, last) if day.month in named]


class _Over(QWidget):
    """Who falls short when, what lasts, and the read-out, over the curves."""

    def __init__(self, look: Look, chart: FanChart) -> None:
        super().__init__()
        self._look, self._chart = look, chart
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chart.scene is None:
            return
        self._paint_shorts(painter)
        self._paint_ends(painter, self._chart.scene)
        self._paint_read(painter, self._chart.scene)
        if self._chart.hasFocus():
            paint_focus(painter, self._look, QRectF(self.rect()), self._look.radius("control"))

    def _paint_shorts(self, painter: QPainter) -> None:
        """A ring on the axis, a thread down to its label."""
        look, chart = self._look, self._chart
        side = look.unit(1.25)
        for place, area in chart.labels():
            at = chart.short_at(place)
            assert at is not None
            point = chart.place(at, Money(0))
            painter.setPen(QPen(colour_of(look, place), look.ring))
            foot = QPointF(
                min(max(point.x(), area.left() + 1), area.right() - 1), area.top() - look.unit(0.5)
            )
            painter.drawLine(QPointF(point.x(), self._thread_from(place, foot)), foot)
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(point, side, side)
            self._paint_label(painter, area, place, Qt.AlignmentFlag.AlignHCenter)

    def _thread_from(self, place: int, foot: QPointF) -> float:
        """As high as nothing else is in its way: from below the years, or close above its own label."""
        look, chart = self._look, self._chart
        top = chart.area().bottom() + look.unit(_FOOT - _THREAD)
        thread = QRectF(foot.x() - 1, top, 2, foot.y() - top)
        free = all(not thread.intersects(area) for other, area in chart.labels() if other != place)
        return top if free else foot.y() - look.unit(_THREAD - 0.5)

    def _paint_label(self, painter: QPainter, area: QRectF, place: int, align: Qt.AlignmentFlag) -> None:
        look = self._look
        name, words = self._chart.label_words(place)
        line = QRectF(area.left(), area.top(), area.width(), look.line(Kind.CAPTION))
        bold = look.font(Kind.CAPTION, bold=True)
        paint_text(painter, line, name, bold, colour_of(look, place), align=align)
        line.translate(0, look.line(Kind.CAPTION))
        paint_text(painter, line, words, look.font(Kind.CAPTION), look.colour("text_2"), align=align)

    def _paint_ends(self, painter: QPainter, scene: Scene) -> None:
        """Beside its end, the name of each line that never falls short; from the highest down."""
        look, chart = self._look, self._chart
        high, area = look.line(Kind.CAPTION) * _LANE, chart.area()
        lasting = chart.lasting()
        tops = {p: chart.place(len(scene.months), scene.line(p)[-1]).y() - high / 2 for p in lasting}
        bottom = area.bottom() + look.unit(2) - (high + look.unit(1)) * len(lasting)
        free = area.top() - look.unit(2)
        for place in sorted(lasting, key=lambda one: tops[one]):
            top = max(min(tops[place], bottom), free)
            left = area.right() + look.unit(2)
            room = QRectF(left, top, self.width() - left, high)
            self._paint_label(painter, room, place, Qt.AlignmentFlag.AlignLeft)
            free, bottom = top + high + look.unit(1), bottom + high + look.unit(1)

    def _paint_read(self, painter: QPainter, scene: Scene) -> None:
        look, chart, at = self._look, self._chart, self._chart.at
        if at is None:
            return
        area = chart.area()
        point = chart.place(at, scene.line(scene.chosen)[at])
        painter.setPen(QPen(look.colour("focus"), 1))
        painter.drawLine(QPointF(point.x(), area.top()), QPointF(point.x(), area.bottom()))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(point, look.unit(), look.unit())
        lines = chart.read_words()
        fonts = [look.font(Kind.CAPTION, bold=place < _LANE) for place in range(len(lines))]
        wide = max(QFontMetricsF(f).horizontalAdvance(w) for f, w in zip(fonts, lines, strict=True))
        high = look.line(Kind.CAPTION)
        label = QRectF(0, area.top(), wide + look.unit(4), high * len(lines) + look.unit(2))
        label.moveLeft(point.x() + look.unit(2))
        if label.right() > self.width():
            label.moveRight(point.x() - look.unit(2))
        painter.setPen(QPen(look.colour("focus"), 1))
        painter.drawRoundedRect(label, look.radius("chip"), look.radius("chip"))
        for place, words in enumerate(lines):
            line = QRectF(label.left() + look.unit(2), label.top() + look.unit(1) + place * high, wide, high)
            paint_text(painter, line, words, fonts[place], look.colour("text"))
