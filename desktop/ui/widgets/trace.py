"""计算步骤。Numbered steps of a settlement: result, formula, sentence, clause, source and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Source
from desktop.ui.widgets.basic import Button, Fit, Voice, Words, clear, column, row
from desktop.ui.widgets.marks import Mark
from desktop.ui.widgets.painting import paint_focus, paint_icon, paint_text
from desktop.ui.widgets.room import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.ui.look.look import Look


@dataclass(frozen=True, slots=True)
class Step:
    """`source` colours the number (None: grey); `key` comes back when the clause is pressed.

    Without a key the clause is words and no link.
    """

    title: str
    formula: str = ""
    sentence: str = ""
    clause: str = ""
    origin: str = ""
    key: str = ""
    source: Source | None = None
    disputed: bool = False


class Cited(QWidget):
    """A document or record with its icon: words one reads, not a link."""

    def __init__(self, look: Look, text: str, icon: Icon, tone: str = "text_2") -> None:
        super().__init__()
        line = row(look, 1.5, parent=self)
        mark = column(look, 0, (0, 0.5, 0, 0))
        mark.take(Mark(look, icon, tone), None)
        line.addLayout(mark)
        line.addWidget(Words(look, text, Kind.CAPTION, tone, fit=Fit.WRAP), 1)


class ClauseLink(Button):
    """A document one can look up; its name goes on in the next line where there is no room."""

    def __init__(self, look: Look, text: str, do: Callable[[], object], icon: Icon) -> None:
        super().__init__(look, text, do, "link")
        self._mark, self._words = icon, text
        self.setProperty("kind", "caption")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setToolTip(self.tr("在“政策”页看这一条"))

    @property
    def _before(self) -> int:
        return self._look.size("icon_small") + self._look.unit(1.5)

    def _room(self, width: int) -> QRect:
        flags = int(Qt.TextFlag.TextWordWrap)
        metrics = QFontMetrics(self._look.font(Kind.CAPTION))
        return metrics.boundingRect(QRect(0, 0, max(width - self._before, 1), ANY), flags, self.text())

    @override
    def heightForWidth(self, width: int) -> int:
        return self._room(width).height() + self._look.unit(0.5)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._before + self._room(ANY).width(), self._look.line(Kind.CAPTION))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._before + self._look.unit(20), self._look.line(Kind.CAPTION))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        high = self.heightForWidth(self.width())
        self.setMinimumHeight(high)
        self.setMaximumHeight(high)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, side = self._look, QPainter(self), self._look.size("icon_small")
        colour = look.colour("primary")
        paint_icon(painter, look, self._mark, colour, QRectF(0, look.unit(0.5), side, side))
        font = look.font(Kind.CAPTION)
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(colour)
        area = self.rect().adjusted(self._before, 0, 0, 0)
        painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self.text())
        if self.hasFocus():
            paint_focus(painter, look, QRectF(self.rect()), look.radius("control"))


class TraceStep(QWidget):
    """One step; the line at its left goes on to the next."""

    clause_asked = Signal(str)

    def __init__(self, look: Look, number: int, step: Step, *, last: bool = False) -> None:
        super().__init__()
        self._look, self._number, self._step, self._last = look, number, step, last
        Voice(look, self, f"{number}. {step.title}。{step.formula}。{step.sentence}")
        lines = column(look, 0, (8, 0, 0, 3), self)
        lines.addWidget(Words(look, step.title, Kind.BODY_B, fit=Fit.WRAP))
        for text, kind in ((step.formula, Kind.TABLE), (step.sentence, Kind.CAPTION)):
            if text:
                lines.addWidget(Words(look, text, kind, "text_2", fit=Fit.WRAP))
        if step.clause:
            lines.addWidget(self._clause())
        if step.origin:
            lines.addWidget(Words(look, step.origin, Kind.CAPTION, "text_3", fit=Fit.WRAP))
        look.changed.connect(self.update)

    def _clause(self) -> QWidget:
        look, step = self._look, self._step
        icon = Icon.INFO if step.disputed else Icon.DOC
        if step.key:
            return ClauseLink(look, step.clause, lambda: self.clause_asked.emit(step.key), icon)
        return Cited(look, step.clause, icon, "info" if step.disputed else "primary")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.unit(5.5)
        disc = QRectF(0, 0, side, side)
        if not self._last:
            painter.setPen(QPen(look.colour("line_strong"), 1))
            middle = round(side / 2)
            painter.drawLine(middle, side + look.unit(0.5), middle, self.height() - look.unit(0.5))
        source = self._step.source
        fill = look.colour("text_3") if source is None else QColor(look.tint(source).text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(disc)
        paint_text(
            painter,
            disc,
            str(self._number),
            look.font(Kind.CAPTION, bold=True),
            look.colour("surface"),
            align=Qt.AlignmentFlag.AlignHCenter,
        )


class TraceList(QWidget):
    clause_asked = Signal(str)

    def __init__(self, look: Look, steps: Sequence[Step] = ()) -> None:
        super().__init__()
        self._look = look
        self._lines = column(look, 0, parent=self)
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        clear(self._lines)
        for number, step in enumerate(steps, 1):
            shown = TraceStep(self._look, number, step, last=number == len(steps))
            shown.clause_asked.connect(self.clause_asked)
            self._lines.addWidget(shown)
        self._lines.addStretch(1)


class CaptionedLines(QWidget):
    """Captions at the left, sentences beside them, as the basis of a finding."""

    def __init__(self, look: Look, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.unit(3))
        grid.setVerticalSpacing(look.unit(0.5))
        grid.setColumnStretch(1, 1)
        for place, (caption, words) in enumerate(pairs):
            left = Words(look, caption, Kind.CAPTION, "text_3")
            grid.addWidget(left, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Words(look, words, Kind.CAPTION, "text_2", fit=Fit.WRAP), place, 1)
