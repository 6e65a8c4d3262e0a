"""一句话。A sentence of a guide as it is shown: what it rests on, how sure it is, who says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.clause import Confidence
from desktop.domain.terms import label
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Fit, Words, column, row
from desktop.ui.widgets.verdicts import VerdictIcon

if TYPE_CHECKING:
    from desktop.ui.look.look import Look
    from desktop.usecases.guide_view import Said

_UNBROKEN = "\u2060"
"""Between two letters: no line ends here."""


def in_full(said: Said) -> str:
    """The sentence, and behind it how sure it is, where it is not beyond doubt."""
    if said.confidence is Confidence.HIGH:
        return said.says
    words = QCoreApplication.translate("Said", "（可信度{sure}）").format(sure=label(said.confidence))
    return said.says + _UNBROKEN.join(words)


def doubts(said: Said) -> str:
    """What must be known beside the sentence: that its numbers are 预计, that others say otherwise."""
    tr = QCoreApplication.translate
    parts = []
    if said.assumed and tr("Said", "（预计）") not in said.says:
        parts.append(tr("Said", "预计：所引的数还没有公布到那一天"))
    if said.disputed:
        parts.append(tr("Said", "另有说法：{words}").format(words=said.disputed))
    return "；".join(parts)


class SaidLine(QWidget):
    """The sentence; in small below it what makes it doubtful and, if asked, its source."""

    def __init__(
        self, look: Look, said: Said, kind: Kind = Kind.TABLE, tone: str = "text", *, sourced: bool = False
    ) -> None:
        super().__init__()
        lines = column(look, 0.5, parent=self)
        lines.addWidget(Words(look, in_full(said), kind, tone, fit=Fit.WRAP))
        words = doubts(said)
        if words:
            line = row(look, 1)
            mark = column(look, 0, (0, 0.25, 0, 0))
            mark.take(VerdictIcon(look, Verdict.INFO, "icon_small"), None)
            line.addLayout(mark)
            line.addWidget(Words(look, words, Kind.CAPTION, "info", fit=Fit.WRAP), 1)
            lines.addLayout(line)
        if sourced and said.source:
            words = QCoreApplication.translate("Said", "依据：{source}").format(source=said.source)
            lines.addWidget(Words(look, words, Kind.CAPTION, "text_3", fit=Fit.WRAP))
