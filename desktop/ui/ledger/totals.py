"""合计行。The totals under a double rule, each under its column, and the equation that closes the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.ledger.table import BALANCE, CHANGE, TOTAL
from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.tokens import Kind, Source
from desktop.ui.widgets.painting import paint_focus, paint_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from desktop.domain.money import Money
    from desktop.ui.ledger.model import LedgerModel
    from desktop.ui.look.look import Look
    from desktop.ui.widgets.lines import LineTable


class TotalsRow(QWidget):
    """Follows the columns of the table above it, also when that is scrolled sideways.

    `why_asked` when it is pressed, or with Enter.
    """

    why_asked = Signal()

    def __init__(self, look: Look, model: LedgerModel, table: LineTable) -> None:
        super().__init__()
        self._look, self._model, self._table = look, model, table
        self._parts: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        heard_as(self, Role.Button)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("为什么是这些数（W）"))
        table.totals = self.texts
        table.refit()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.laid.connect(self._dress)
        table.horizontalScrollBar().valueChanged.connect(self.update)
        model.changed.connect(self._dress)
        look.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        money, sums = self._look.money, self._model.totals
        named = [(self._look.tint(source).label, one) for source, one in zip(Source, sums.paid, strict=True)]
        named.insert(0, (self.tr("医疗费总额"), sums.total_fee))
        self._parts = [f"{name} {money.money(one)}" for name, one in named]
        change = self.tr("账户变动 {money}").format(money=money.change(sums.change))
        self.setAccessibleName(f"{self._model.period}：{'，'.join([*self._parts, change, self.closing])}")
        self._lay()

    def _lay(self) -> None:
        """As high as its lines; the sums whose columns are folded stand in lines of their own."""
        lines = len(self._folded()) + 1
        high = self._look.line(Kind.BODY) + lines * self._look.line(Kind.CAPTION) + self._look.unit(2.5)
        if high != self.height():
            self.setFixedHeight(high)
        self.update()

    def _folded(self) -> list[str]:
        """The sums without a column, in as many lines as they need."""
        if not self._table.folded:
            return []
        metrics = QFontMetricsF(self._look.font(Kind.CAPTION))
        lines = [""]
        for part in self._parts:
            longer = f"{lines[-1]}    {part}" if lines[-1] else part
            if lines[-1] and metrics.horizontalAdvance(longer) > self.width() - self._look.unit(10):
                lines.append(part)
            else:
                lines[-1] = longer
        return lines

    @property
    def closing(self) -> str:
        closing = self._look.money.sentence(self._model.closing)
        return self.tr("{closing}，单位元").format(closing=closing) if self._table.folded else closing

    def texts(self) -> dict[int, str]:
        """What stands under each column of money."""
        money, sums = self._look.money, self._model.totals
        columns: dict[int, Money] = {TOTAL: sums.total_fee}
        columns |= {TOTAL + 1 + place: one for place, one in enumerate(sums.paid)}
        texts = {column: money.money(one) for column, one in columns.items()}
        return texts | {CHANGE: money.change(sums.change), BALANCE: money.money(sums.balance)}

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setPen(QPen(look.colour("text"), 1))
        for top in (0.5, look.unit(0.75) + 0.5):
            painter.drawLine(QPointF(0, top), QPointF(self.width(), top))
        top = look.unit(1.5)
        line = QRectF(0, top, self.width(), look.line(Kind.BODY))
        left = self._paint_sums(painter, line)
        words = QRectF(look.unit(5), top, max(left - look.unit(6), 0), line.height())
        font = look.font(Kind.TABLE, bold=True)
        paint_text(painter, words, self._model.period, font, look.colour("text"))
        under = QRectF(look.unit(5), line.bottom(), self.width() - look.unit(10), look.line(Kind.CAPTION))
        for words_below in (*self._folded(), self.closing):
            paint_text(painter, under, words_below, look.font(Kind.CAPTION), look.colour("text_2"))
            under.translate(0, look.line(Kind.CAPTION))

        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), look.radius("control"))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.why_asked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.why_asked.emit()
        else:
            super().keyPressEvent(event)

    def _paint_sums(self, painter: QPainter, line: QRectF) -> float:
        """Each under its column; what comes back is where the first of them begins."""
        head, font = self._table.horizontalHeader(), self._look.font(Kind.TABLE, bold=True)
        first = float(self.width())
        for column, text in self.texts().items():
            if head.isSectionHidden(column):
                continue
            left = head.sectionViewportPosition(column)
            area = QRectF(left, line.top(), head.sectionSize(column), line.height())
            inner = self._table.inside(area, column)
            colour = self._look.colour("text")
            paint_text(painter, inner, text, font, colour, align=Qt.AlignmentFlag.AlignRight)
            first = min(first, inner.right() - QFontMetricsF(font).horizontalAdvance(text))
        return first
