"""每年进出。What comes in and goes out in an average year, and what is left below a double rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.domain.money import Money, total
from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.tokens import Kind, Source
from desktop.ui.widgets.painting import paint_bar, paint_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look

_RIGHT = Qt.AlignmentFlag.AlignRight
_HIGH, _BAR, _GAP, _LEAST_BAR = 5.75, 2.5, 3.0, 12.0


class FlowBars(QWidget):
    """A caption, a bar and a sum with its sign for each; the longest bar is the most."""

    def __init__(self, look: Look, flows: Sequence[tuple[str, Money]] = ()) -> None:
        super().__init__()
        self._look, self._flows = look, tuple(flows)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        heard_as(self, Role.StaticText)
        self._dress()
        look.changed.connect(self._dress)

    @property
    def net(self) -> tuple[str, Money]:
        whole = total(money for _, money in self._flows)
        return (self.tr("每年净增") if whole >= 0 else self.tr("每年净减")), whole

    def _dress(self) -> None:
        look = self._look
        self.setFixedHeight(look.unit(_HIGH) * (len(self._flows) + 1) + look.unit(3))
        self.setMinimumWidth(look.unit(56))
        said = [f"{caption} {look.money.change(money)}" for caption, money in (*self._flows, self.net)]
        self.setAccessibleName(self.tr("每年进出，单位元：") + "，".join(said))
        self.update()

    def _widths(self) -> tuple[float, float]:
        """Of the captions, which give way to the bars, and of the sums, which do not."""
        look = self._look
        plain, bold = QFontMetricsF(look.font(Kind.TABLE)), QFontMetricsF(look.font(Kind.TABLE, bold=True))
        sums = [bold.horizontalAdvance(look.money.change(money)) for _, money in (*self._flows, self.net)]
        captions = [plain.horizontalAdvance(caption) for caption, _ in self._flows]
        room = self.width() - max(sums) - look.unit(2 * _GAP + _LEAST_BAR)
        return min(max(captions, default=0.0), room), max(sums)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        captions, sums = self._widths()
        left = captions + look.unit(_GAP)
        room = self.width() - left - sums - look.unit(_GAP)
        most = max((abs(int(money)) for _, money in self._flows), default=0) or 1
        high, thick = look.unit(_HIGH), look.unit(_BAR)
        line = QRectF(0, 0, self.width(), high)
        for caption, money in self._flows:
            self._paint_words(painter, line, caption, money, captions)
            if money:
                long = max(room * abs(int(money)) / most, 1.0)
                bar = QRectF(left, round(line.center().y() - thick / 2), long, thick)
                paint_bar(painter, look, bar, Source.OWN if money > 0 else Source.SHARE)
            line.translate(0, high)
        painter.setPen(QPen(look.colour("line_strong"), 1))
        for y in (line.top() + look.unit(1), line.top() + look.unit(1.75)):
            painter.drawLine(QPointF(0, round(y) + 0.5), QPointF(self.width(), round(y) + 0.5))
        line.translate(0, look.unit(2.5))
        self._paint_words(painter, line, *self.net, self.width(), bold=True)

    def _paint_words(  # noqa: PLR0913 - a line of an account is its looks
        self, painter: QPainter, line: QRectF, caption: str, money: Money, room: float, *, bold: bool = False
    ) -> None:
        look = self._look
        font, ink = look.font(Kind.TABLE, bold=bold), look.colour("text")
        paint_text(painter, QRectF(line.left(), line.top(), room, line.height()), caption, font, ink)
        paint_text(painter, line, look.money.change(money), font, ink, align=_RIGHT)
