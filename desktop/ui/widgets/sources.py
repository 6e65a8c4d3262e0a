"""资金来源。One bill as a stacked bar, the legend, the waterfall, and who used the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.domain.money import Money, total
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Source
from desktop.ui.widgets.basic import Cells, Words, column, row
from desktop.ui.widgets.painting import (
    Slice,
    paint_bar,
    paint_icon,
    paint_text,
    paint_track,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look

_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Fall:
    """One step of the waterfall: a source, what is written under it, and how much."""

    source: Source
    note: str
    money: Money


@dataclass(frozen=True, slots=True)
class Bill:
    """A total and the four that pay it; `words` name the total where it is not 医疗费总额."""

    whole: Money
    falls: tuple[Fall, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """How much someone used."""

    label: str
    money: Money
    source: Source


def slices_sentence(look: Look, slices: Sequence[Slice]) -> str:
    """统筹基金 420.00，现金 60.00: the bar for ears."""
    return "，".join(f"{look.tint(s.source).label} {look.money.money(s.money)}" for s in slices if s.money)


class Swatch(QWidget):
    """The little square of a source."""

    def __init__(self, look: Look, source: Source) -> None:
        super().__init__()
        self._look, self._source = look, source
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedSize(self._look.unit(2.5), self._look.unit(2.5))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_bar(QPainter(self), self._look, QRectF(self.rect()), self._source)


class SourceLegend(QWidget):
    """Squares with the names of the sources, in the order of payment."""

    def __init__(self, look: Look, sources: Sequence[Source] = tuple(Source)) -> None:
        super().__init__()
        pairs = []
        for source in sources:
            pair = QWidget()
            line = row(look, 1.25, parent=pair)
            line.addWidget(Swatch(look, source), 0, Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(Words(look, look.tint(source).label, Kind.CAPTION, "text_2"))
            pairs.append(pair)
        column(look, 0, parent=self).addWidget(Cells(look, pairs, 3))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


class Waterfall(QWidget):
    """Five rows: bars hang from each other by dotted joins; under a double rule the sum is checked."""

    def __init__(self, look: Look, bill: Bill | None = None) -> None:
        super().__init__()
        self._look, self._bill = look, bill
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    def show_bill(self, bill: Bill | None) -> None:
        """`None`: a bill that cannot be computed now."""
        self._bill = bill
        self._dress()

    @property
    def difference(self) -> Money:
        """What the sources lack to the total: nothing, unless someone erred."""
        bill = self._bill
        return bill.whole - total(fall.money for fall in bill.falls) if bill else Money(0)

    def _dress(self) -> None:
        look, bill = self._look, self._bill
        rows = 5 if bill is None else 1 + len(bill.falls)
        foot = look.unit(8) if bill is not None and self.tall_check else 0
        self.setFixedHeight(rows * look.unit(15) + look.unit(11) + foot)
        self.setMinimumWidth(look.unit(80))
        if bill is None:
            self.setAccessibleName(self.tr("还没有可以显示的结算。"))
        else:
            sentence = self.tr("{words} {whole}，其中：{parts}。")
            parts = slices_sentence(look, [Slice(fall.source, fall.money) for fall in bill.falls])
            whole = look.money.money(bill.whole)
            self.setAccessibleName(sentence.format(words=self._whole_words(), whole=whole, parts=parts))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.unit(103), self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bill = self._bill
        if bill is None:
            return
        self._paint_row(painter, 0, self._whole_words(), "", bill.whole)
        plot = self._plot()
        scale = plot.width() / max(int(bill.whole), 1)
        self._paint_whole(painter, plot)
        end = plot.right()
        for place, fall in enumerate(bill.falls, 1):
            label = self._look.tint(fall.source).label
            self._paint_row(painter, place, label, fall.note, fall.money)
            width = int(fall.money) * scale
            through = not fall.money and place < len(bill.falls)
            self._paint_join(painter, place, end, through=through)
            if fall.money:
                paint_bar(
                    painter, self._look, self._bar(place, end - max(width, 1), max(width, 1)), fall.source
                )
            end -= width
        self._paint_check(painter, 1 + len(bill.falls))

    def _whole_words(self) -> str:
        return self._bill.words if self._bill is not None and self._bill.words else self.tr("医疗费总额")

    def _plot(self) -> QRectF:
        left = self._look.unit(31)
        return QRectF(left, 0, max(self.width() - left - self.sums_room, 1), self.height())

    @property
    def sums_room(self) -> int:
        """What the numbers at the right need, and a gap before them."""
        look, bill = self._look, self._bill
        font = QFontMetricsF(look.font(Kind.HEADING))
        sums = [bill.whole, *(fall.money for fall in bill.falls)] if bill else []
        widest = max((font.horizontalAdvance(look.money.money(money)) for money in sums), default=0.0)
        return max(round(widest) + look.unit(4), look.unit(22))

    @property
    def tall_check(self) -> bool:
        """Whether the sum that is checked needs a line of its own above the total."""
        words = QFontMetricsF(self._look.font(Kind.TABLE)).horizontalAdvance(self._check_words())
        return words > self.width() - self._look.unit(8) - self.sums_room

    def _check_words(self) -> str:
        look, bill = self._look, self._bill
        if bill is None:
            return ""
        parts = " + ".join(look.money.money(fall.money) for fall in bill.falls)
        if not self.difference:
            return parts
        short = self.tr("{parts}，相差 {difference}")
        return short.format(parts=parts, difference=look.money.money(self.difference))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._dress()

    def _bar(self, place: int, left: float, width: float) -> QRectF:
        unit = self._look.unit()
        return QRectF(left, place * 15 * unit + 3.5 * unit, width, 8 * unit)

    def _paint_whole(self, painter: QPainter, plot: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("text_3"))
        radius = self._look.unit(0.5)
        painter.drawRoundedRect(self._bar(0, plot.left(), plot.width()), radius, radius)

    def _paint_join(self, painter: QPainter, place: int, at: float, *, through: bool) -> None:
        pen = QPen(self._look.colour("text_3"), 1, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        above, here = self._bar(place - 1, at, 0), self._bar(place, at, 0)
        end = here.bottom() if through else here.top()
        painter.drawLine(QPointF(round(at) + 0.5, above.bottom()), QPointF(round(at) + 0.5, end))

    def _paint_row(self, painter: QPainter, place: int, label: str, note: str, money: Money) -> None:
        look = self._look
        unit, high = look.unit(), look.unit(15)
        top = place * high
        if place:
            painter.setPen(QPen(look.colour("line"), look.hairline))
            painter.drawLine(QPointF(0, top + 0.5), QPointF(self.width(), top + 0.5))
        words = QRectF(0, top + (2.5 if note else 4.5) * unit, look.unit(30), look.line(Kind.BODY))
        paint_text(painter, words, label, look.font(Kind.BODY_B), look.colour("text"))
        under = QRectF(0, words.bottom() - 0.5 * unit, look.unit(32), look.line(Kind.CAPTION))
        paint_text(painter, under, look.money.sentence(note), look.font(Kind.CAPTION), look.colour("text_2"))
        sum_area = QRectF(0, top, self.width(), high)
        paint_text(
            painter,
            sum_area,
            look.money.money(money),
            look.font(Kind.HEADING),
            look.colour("text"),
            align=_RIGHT,
        )

    def _paint_check(self, painter: QPainter, place: int) -> None:
        look, bill = self._look, self._bill
        if bill is None:
            return
        unit, top = look.unit(), place * look.unit(15)
        painter.setPen(QPen(look.colour("text"), 1))
        for rule in (0.5, 0.5 + look.unit(0.75)):
            painter.drawLine(QPointF(0, top + rule), QPointF(self.width(), top + rule))
        right = not self.difference
        tone, icon = ("ok", Icon.OK) if right else ("bad", Icon.BAD)
        side = look.size("icon_small")
        line = QRectF(0, top + 2 * unit, self.width(), 8 * unit)
        paint_icon(
            painter,
            look,
            icon,
            look.colour(tone),
            QRectF(0, line.center().y() - side / 2, side, side),
        )
        tall, room = self.tall_check, self.sums_room
        words = line.adjusted(6 * unit, 0, 0 if tall else -room - 2 * unit, 0)
        if tall:
            line.translate(0, 8 * unit)
        paint_text(
            painter,
            words,
            self._check_words(),
            look.font(Kind.TABLE),
            look.colour("text_2" if right else "bad"),
        )
        equals = line.adjusted(0, 0, -room, 0)
        paint_text(painter, equals, "=", look.font(Kind.TABLE), look.colour("text_2"), align=_RIGHT)
        paint_text(
            painter,
            line,
            look.money.money(bill.whole),
            look.font(Kind.HEADING),
            look.colour("text"),
            align=_RIGHT,
        )


class BarList(QWidget):
    """Who used the account: a bar and a sum for each, the longest is the most."""

    def __init__(self, look: Look, bars: Sequence[Bar] = ()) -> None:
        super().__init__()
        self._look = look
        self._bars = tuple(bars)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedHeight(self._look.unit(6.25) * max(len(self._bars), 1))
        self.setMinimumWidth(self._look.unit(48))
        money = self._look.money
        self.setAccessibleName("，".join(f"{bar.label} {money.money(bar.money)}" for bar in self._bars))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look
        high, most = look.unit(6.25), max((int(bar.money) for bar in self._bars), default=0)
        for place, bar in enumerate(self._bars):
            line = QRectF(0, place * high, self.width(), high)
            paint_text(painter, line, bar.label, look.font(Kind.TABLE), look.colour("text"))
            left, high_bar = round(look.unit(11)), look.unit(2.5)
            top = round(line.center().y() - high_bar / 2)
            track = QRectF(left, top, self.width() - left - look.unit(19), high_bar)
            paint_track(painter, look, track)
            if bar.money > 0:
                filled = QRectF(track)
                filled.setWidth(max(track.width() * int(bar.money) / most, 1))
                paint_bar(painter, look, filled, bar.source)
            paint_text(
                painter,
                line,
                look.money.money(bar.money),
                look.font(Kind.TABLE),
                look.colour("text"),
                align=_RIGHT,
            )
