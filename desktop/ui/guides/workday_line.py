"""工作日时间线。Days as cells numbered by working day; stages above, named days below; read day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.guides.day_cells import Laid, Room, lay, least_width
from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.marks import Square
from desktop.ui.widgets.painting import paint_focus, paint_icon, paint_text
from desktop.ui.widgets.tables import Grid
from desktop.usecases.guide_view import DayKind

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from desktop.ui.guides.day_cells import Bar, Flag, Spot
    from desktop.ui.look.look import Look
    from desktop.usecases.guide_view import DayCell, Mark, Timeline

_TONES = ("primary", "text_2", "info", "warn")
"""Of the stages, in their order; a fifth takes the first again."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_FAR = 10_000  # days


def day_words(day: date) -> str:
    return QCoreApplication.translate("WorkdayLine", "{month}月{day}日").format(month=day.month, day=day.day)


def weekday_of(day: date) -> str:
    return QCoreApplication.translate("WorkdayLine", "一二三四五六日")[day.weekday()]


def kind_words(cell: DayCell) -> str:
    """周末、国庆节、调休上班；working days as such."""
    tr = QCoreApplication.translate
    words = {
        DayKind.WORKDAY: tr("WorkdayLine", "工作日"),
        DayKind.WEEKEND: tr("WorkdayLine", "周末"),
        DayKind.HOLIDAY: cell.name or tr("WorkdayLine", "节假日"),
        DayKind.ADJUSTED: tr("WorkdayLine", "调休上班"),
    }[cell.kind]
    return words + (tr("WorkdayLine", "（预计）") if cell.estimated else "")


def timeline_grid(shown: Timeline) -> Grid:
    """The same as a table: every day in a line."""
    tr = QCoreApplication.translate
    headers = (
        tr("WorkdayLine", "日期"),
        tr("WorkdayLine", "星期"),
        tr("WorkdayLine", "这一天"),
        tr("WorkdayLine", "第几个工作日"),
        tr("WorkdayLine", "阶段和节点"),
    )
    return Grid(headers, tuple(_line(shown, cell) for cell in shown.cells))


def _line(shown: Timeline, cell: DayCell) -> tuple[str, ...]:
    marks = [mark.label for mark in shown.marks if mark.on == cell.on]
    stage = [shown.stages[cell.stage].label] if cell.stage >= 0 else []
    number = str(cell.number) if cell.number else ""
    return cell.on.isoformat(), weekday_of(cell.on), kind_words(cell), number, "，".join((*stage, *marks))


class WorkdayLine(QWidget):
    """`read` comes with a sentence about the day under the pointer or the keyboard; empty: about none.

    ←/→ go a day on, ↑/↓ a week, Home and End to the first and the last.
    """

    read = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: Timeline | None = None
        self._here = 0
        self._laid = Laid((), (), (), 0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        heard_as(self, Role.Chart)
        look.changed.connect(self._lay)

    def show_timeline(self, shown: Timeline) -> None:
        self._shown = shown
        started = [place for place, cell in enumerate(shown.cells) if cell.on == shown.counted_from]
        self._here = started[0] if started else 0
        self._lay()
        self._tell()

    @property
    def here(self) -> DayCell | None:
        """The day the keyboard is at."""
        return self._shown.cells[self._here] if self._shown and self._shown.cells else None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where each day stands."""
        return self._laid.spots

    def sentence(self, place: int) -> str:
        """11月24日，星期二，第 1 个工作日，转出地 10 个工作日."""
        if self._shown is None or not self._shown.cells:
            return ""
        shown, cell = self._shown, self._shown.cells[place]
        parts = [
            f"{cell.on.year}年{day_words(cell.on)}",
            self.tr("星期{name}").format(name=weekday_of(cell.on)),
        ]
        if cell.number:
            estimated = self.tr("（预计）") if cell.estimated else ""
            parts.append(self.tr("第 {number} 个工作日").format(number=cell.number) + estimated)
        else:
            parts.append(kind_words(cell))
        parts += [shown.stages[cell.stage].label] if cell.stage >= 0 else []
        parts += [mark.label for mark in shown.marks if mark.on == cell.on]
        return "，".join(parts)

    def _spoken(self) -> str:
        shown = self._shown
        if shown is None:
            return ""
        named = "，".join(f"{day_words(mark.on)} {mark.label}" for mark in shown.marks)
        words = self.tr("工作日时间线。{title}。{named}。现在在 {here}。左右键逐日看，上下键隔一周。")
        return words.format(title=shown.title, named=named, here=self.sentence(self._here))

    def _tell(self) -> None:
        self.setAccessibleName(self._spoken())
        self.read.emit(self.sentence(self._here) if self.hasFocus() else "")
        self.update()

    # ---------------------------------------------------------------------------------------------- places

    def _lay(self) -> None:
        if self._shown is None:
            return
        room = Room(max(self.width(), least_width(self._look.unit)), self._look.unit, self._wide)
        self._laid = lay(self._shown, room)
        self.setFixedHeight(self._laid.high)
        self.updateGeometry()
        self.update()

    def _wide(self, mark: Mark) -> float:
        look = self._look
        label = QFontMetricsF(look.font(Kind.TABLE)).horizontalAdvance(mark.label)
        return max(label, QFontMetricsF(look.font(Kind.BODY_B)).horizontalAdvance(day_words(mark.on))) + 2

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(least_width(self._look.unit), self._laid.high)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._lay()

    # -------------------------------------------------------------------------------------------- painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for bar in self._laid.bars:
            self._paint_bar(painter, bar)
        for spot in self._laid.spots:
            self._paint_day(painter, spot, self._shown.cells[spot.place])
        for flag in self._laid.flags:
            self._paint_flag(painter, flag)

    def _paint_bar(self, painter: QPainter, bar: Bar) -> None:
        look, shown = self._look, self._shown
        if shown is None:
            return
        tone = _tone(bar.stage)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(tone))
        painter.drawRoundedRect(bar.area, look.radius("chip"), look.radius("chip"))
        over = look.colour("on_primary" if tone == "primary" else "surface")
        font, inner = look.font(Kind.CAPTION, bold=True), bar.area.adjusted(look.unit(), 0, -look.unit(), 0)
        paint_text(painter, inner, shown.stages[bar.stage].label, font, over, align=_CENTRE)

    def _paint_day(self, painter: QPainter, spot: Spot, cell: DayCell) -> None:
        look = self._look
        paint_text(
            painter,
            spot.name,
            weekday_of(cell.on),
            look.font(Kind.CAPTION),
            look.colour("text_2"),
            align=_CENTRE,
        )
        free = cell.kind in {DayKind.WEEKEND, DayKind.HOLIDAY}
        if free:
            self._paint_free(painter, spot.frame)
        else:
            self._paint_frame(painter, spot.frame, cell)
        self._paint_words(painter, spot.frame, cell, free=free)
        if self.hasFocus() and spot.place == self._here:
            around = spot.frame.adjusted(-look.ring, -look.ring, look.ring, look.ring)
            paint_focus(painter, look, around, look.radius("control"))

    def _paint_free(self, painter: QPainter, frame: QRectF) -> None:
        """Hatched: nobody counts this day."""
        paint_hatch(painter, self._look, frame)

    def _paint_frame(self, painter: QPainter, frame: QRectF, cell: DayCell) -> None:
        look = self._look
        counted = cell.stage >= 0 or self._is_start(cell)
        tone = _tone(cell.stage) if cell.stage >= 0 else "primary"
        pen = QPen(look.colour(tone if counted else "line"), look.hairline * (1.5 if counted else 1))
        if self._is_start(cell):
            pen.setWidthF(look.ring)
        if cell.estimated:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.colour("primary_soft" if self._is_start(cell) else "surface"))
        inner = frame.adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inner, look.radius("chip"), look.radius("chip"))

    def _paint_words(self, painter: QPainter, frame: QRectF, cell: DayCell, *, free: bool) -> None:
        look, half = self._look, frame.height() / 2
        above = QRectF(frame.left(), frame.top() + look.unit(0.5), frame.width(), half)
        below = above.translated(0, half - look.unit())
        strong = self._is_start(cell)
        tone = look.colour("text_3" if free else "text")
        if free:
            self._paint_plate(painter, above, self._number(cell), Kind.CAPTION)
        font = look.font(Kind.CAPTION, bold=strong)
        paint_text(painter, above, self._number(cell), font, tone, align=_CENTRE)
        if strong:
            side = look.size("icon_small")
            area = QRectF(0, 0, side, side)
            area.moveCenter(below.center())
            paint_icon(painter, look, Icon.FLAG, look.colour("primary"), area)
            return
        words, colour = self._second(cell)
        if free and words:
            self._paint_plate(painter, below, words, Kind.CAPTION)
        bold = look.font(Kind.CAPTION, bold=bool(cell.number))
        paint_text(painter, below, words, bold, look.colour(colour), align=_CENTRE)

    def _paint_plate(self, painter: QPainter, area: QRectF, words: str, kind: Kind) -> None:
        """A piece of the sheet behind words, so that the hatching does not cross them."""
        look = self._look
        wide = QFontMetricsF(look.font(kind)).horizontalAdvance(words) + look.unit()
        plate = QRectF(0, 0, min(wide, area.width()), look.line(kind) - look.unit(0.5))
        plate.moveCenter(area.center())
        painter.fillRect(plate, look.colour("surface"))

    def _number(self, cell: DayCell) -> str:
        """The day of the month; with its month where one begins."""
        return f"{cell.on.month}/{cell.on.day}" if cell.on.day == 1 else str(cell.on.day)

    def _second(self, cell: DayCell) -> tuple[str, str]:
        """What stands under the day, and its tone: the number of a working day, 休, 班."""
        if cell.number:
            return str(cell.number), _tone(max(cell.stage, 0))
        if cell.kind is DayKind.HOLIDAY:
            return self.tr("休"), "text_3"
        return (self.tr("班"), "text_3") if cell.kind is DayKind.ADJUSTED else ("", "text_3")

    def _is_start(self, cell: DayCell) -> bool:
        return self._shown is not None and cell.on == self._shown.counted_from

    def _paint_flag(self, painter: QPainter, flag: Flag) -> None:
        look, words = self._look, flag.words
        painter.setPen(QPen(look.colour("text_2"), look.hairline))
        painter.drawLine(QPointF(flag.x, flag.top + look.unit(0.5)), QPointF(flag.x, words.top()))
        half = words.height() / 2
        label = QRectF(words.left(), words.top(), words.width(), half)
        paint_text(painter, label, flag.mark.label, look.font(Kind.TABLE), look.colour("text_2"))
        day = label.translated(0, half)
        paint_text(painter, day, day_words(flag.mark.on), look.font(Kind.BODY_B), look.colour("text"))

    # -------------------------------------------------------------------------------------------- handling

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        by = _KEYS.get(key, {Qt.Key.Key_Home: -_FAR, Qt.Key.Key_End: _FAR}.get(key, 0))
        if not by or self._shown is None or not self._shown.cells:
            super().keyPressEvent(event)
            return
        self._here = min(max(self._here + by, 0), len(self._shown.cells) - 1)
        self._tell()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        under = [one.place for one in self._laid.spots if one.frame.contains(event.position())]
        self.read.emit(self.sentence(under[0]) if under else "")

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()


def paint_hatch(painter: QPainter, look: Look, area: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(look.colour("line_strong"), Qt.BrushStyle.BDiagPattern))
    painter.setOpacity(_HATCH)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), look.radius("chip"), look.radius("chip"))
    painter.setOpacity(1.0)


_HATCH = 0.55


class HatchSwatch(Square):
    """A small piece of hatching, for the legend."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_hatch(QPainter(self), self._look, QRectF(self.rect()))


def _tone(stage: int) -> str:
    return _TONES[stage % len(_TONES)]
