"""概览的为什么面板。Lies over the right side of the page: what a figure adds up from, and its clause."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from typing_extensions import override

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, row
from desktop.ui.widgets.figures import PairLine
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.panel import WhyPanel
from desktop.ui.widgets.trace import CaptionedLines, TraceList
from desktop.ui.widgets.verdicts import VerdictIcon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from desktop.ui.look.look import Look
    from desktop.ui.overview.reasons import Reason


class ReasonPanel(WhyPanel):
    """`go` comes with a page and what to choose there. Closed, the keyboard is back where it was."""

    go = Signal(str, str)

    def __init__(self, look: Look, page: QWidget, highest: Callable[[], int]) -> None:
        """`highest` is how far from the top of the page it stays: its title and buttons remain in sight."""
        super().__init__(look)
        self._page, self._asker, self._highest = page, page, highest
        self.setParent(page)
        self.hide()
        self.closed.connect(self._give_back)
        page.installEventFilter(self)
        look.changed.connect(self._lay)

    def tell(self, reason: Reason, asker: QWidget) -> None:
        """`asker` is what was asked; the panel opens where it can be seen."""
        self._asker = asker
        self.empty()
        self._say(reason)
        self.body.addStretch(1)
        self.show()
        self.raise_()
        self._lay()
        self.setFocus()

    def _say(self, reason: Reason) -> None:
        look = self._look
        head = row(look, 2)
        if reason.verdict is not None:
            head.addWidget(VerdictIcon(look, reason.verdict))
        tone = "text" if reason.verdict is None else str(reason.verdict)
        head.addWidget(Words(look, reason.title, Kind.BODY_B, tone, fit=Fit.WRAP), 1)
        self.body.addLayout(head)
        for caption, value in reason.sums:
            self.body.addWidget(PairLine(look, caption, value))
        if reason.whole is not None:
            self.body.addWidget(Rule(look, firm=True))
            self.body.addWidget(PairLine(look, *reason.whole, strong=True))
        for sentence in reason.sentences:
            if sentence:
                self.body.addWidget(Words(look, sentence, Kind.TABLE, "text_2", fit=Fit.WRAP))
        self._say_whence(reason)

    def _say_whence(self, reason: Reason) -> None:
        """The steps, the clause, and where to read on."""
        look = self._look
        if reason.steps:
            trace = TraceList(look, reason.steps)
            trace.clause_asked.connect(lambda key: self.go.emit("policies", key))
            self.body.addWidget(trace)
        if reason.basis:
            self.body.addWidget(Rule(look))
            self.body.addWidget(Words(look, self.tr("依据"), Kind.BODY_B))
            self.body.addWidget(CaptionedLines(look, reason.basis))
        links = [
            Button(look, one.words, partial(self.go.emit, one.page, one.what), "link") for one in reason.links
        ]
        if links:
            self.body.addWidget(Flow(look, links, 4, ragged=True))

    def _give_back(self) -> None:
        self._asker.setFocus()

    def _lay(self) -> None:
        """At the right, no higher than what can be seen of the page, and never beyond its end."""
        if not self.isVisible():
            return
        page = self._page
        wide = min(self._look.size("why_panel"), page.width())
        high = max(self.heightForWidth(wide), self.minimumSizeHint().height())
        page.setMinimumHeight(high)
        seen = max(page.visibleRegion().boundingRect().top(), self._highest())
        top = min(seen, max(page.height() - high, 0))
        self.setGeometry(page.width() - wide, top, wide, high)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._page.setMinimumHeight(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._lay()
        return False
