"""计算步骤。Numbered steps of a settlement: result, formula, sentence, clause, source and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Source
from desktop.ui.widgets.basic import Button, Fit, Voice, Words, clear, column
from desktop.ui.widgets.painting import paint_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.look.look import Look


@dataclass(frozen=True, slots=True)
class Step:
    """`source` colours the number (None: grey); `key` comes back when the clause is pressed."""

    title: str
    formula: str = ""
    sentence: str = ""
    clause: str = ""
    origin: str = ""
    key: str = ""
    source: Source | None = None
    disputed: bool = False


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
            icon = Icon.INFO if step.disputed else Icon.DOC
            link = Button(look, step.clause, lambda: self.clause_asked.emit(step.key), "link", icon)
            link.setProperty("kind", "caption")
            lines.addWidget(link)
        if step.origin:
            lines.addWidget(Words(look, step.origin, Kind.CAPTION, "text_3", fit=Fit.WRAP))
        look.changed.connect(self.update)

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
