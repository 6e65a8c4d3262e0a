"""判断。Verdicts as shape, word and colour; rows of findings; tabs that count them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.asking import Asking
from desktop.ui.widgets.basic import Box, Button, Cells, Fit, Voice, Words, clear, column, row
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.marks import Square
from desktop.ui.widgets.painting import ICON_OF, paint_focus, paint_icon, paint_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop.ui.look.look import Look


def verdict_word(verdict: Verdict) -> str:
    tr = QCoreApplication.translate
    return {
        Verdict.BAD: tr("Verdict", "不可以"),
        Verdict.WARN: tr("Verdict", "需注意"),
        Verdict.INFO: tr("Verdict", "待确认"),
        Verdict.OK: tr("Verdict", "可以"),
    }[verdict]


@dataclass(frozen=True, slots=True)
class Fix:
    """Something one can do about a finding: its key comes back, its words are on the button."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """`record` and `clause` are the words of links; empty: none such. `done`: it was put right just now."""

    key: str
    verdict: Verdict
    title: str
    sentence: str
    record: str = ""
    clause: str = ""
    fixes: tuple[Fix, ...] = ()
    done: bool = False


class VerdictIcon(Square):
    def __init__(self, look: Look, verdict: Verdict, size: str = "icon") -> None:
        super().__init__(look, size)
        self._verdict = verdict
        self.setAccessibleName(verdict_word(verdict))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._look.verdict(self._verdict)
        paint_icon(QPainter(self), self._look, ICON_OF[self._verdict], colour, QRectF(self.rect()))


class VerdictChip(QWidget):
    """Icon and word on a soft ground; `words` in place of the plain verdict, such as 不可以：保健品."""

    def __init__(self, look: Look, verdict: Verdict, words: str = "") -> None:
        super().__init__()
        self._look, self._verdict, self._words = look, verdict, words or verdict_word(verdict)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setAccessibleName(self._look.money.sentence(self._words))
        self.setFixedSize(chip_size(self._look, self._words))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self._look, QRectF(self.rect()), self._verdict, self._words)


def chip_size(look: Look, words: str) -> QSize:
    width = QFontMetricsF(look.font(Kind.CAPTION, bold=True)).horizontalAdvance(look.money.sentence(words))
    return QSize(round(width) + look.size("icon_small") + look.unit(5), look.unit(5.5))


def paint_chip(painter: QPainter, look: Look, area: QRectF, verdict: Verdict, words: str) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.verdict(verdict, "line"), look.hairline))
    painter.setBrush(look.verdict(verdict, "soft"))
    edge = look.hairline / 2
    painter.drawRoundedRect(area.adjusted(edge, edge, -edge, -edge), look.radius("chip"), look.radius("chip"))
    side = look.size("icon_small") - look.unit(0.5)
    icon = QRectF(area.left() + look.unit(1.75), area.center().y() - side / 2, side, side)
    paint_icon(painter, look, ICON_OF[verdict], look.verdict(verdict), icon)
    paint_text(
        painter,
        area.adjusted(side + look.unit(3), 0, -look.unit(), 0),
        look.money.sentence(words),
        look.font(Kind.CAPTION, bold=True),
        look.verdict(verdict),
    )
    painter.restore()


class FindingRow(QFrame):
    """A finding of the list: verdict, sentence, links to the record and the clause, what can be done.

    Pressed or walked to with Enter it is `chosen`; links and buttons tell with their own signals.
    """

    chosen = Signal(str)
    record_asked = Signal(str)
    clause_asked = Signal(str)
    fix_asked = Signal(str, str)

    def __init__(self, look: Look, finding: FindingLine, *, first: bool = False, last: bool = False) -> None:
        super().__init__()
        self._look, self.finding = look, finding
        self.setProperty("role", "finding")
        self.setProperty("first", first)
        self.setProperty("last", last)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        heard_as(self, Role.ListItem)
        verdict = Verdict.OK if finding.done else finding.verdict
        Voice(look, self, f"{verdict_word(verdict)}：{finding.title}。{finding.sentence}")
        line = row(look, 3, (6, 4, 5, 3), self)
        icon = column(look, 0, (0, 0.75, 0, 0))
        icon.take(VerdictIcon(look, verdict), None)
        line.addLayout(icon)
        both = row(look, 3).turning()
        both.addLayout(self._words(), 1)
        both.addLayout(self._actions())
        line.addLayout(both, 1)

    def choose(self, *, chosen: bool) -> None:
        self.setProperty("chosen", chosen)
        self.style().polish(self)
        self.update()

    def _words(self) -> Box:
        look, finding = self._look, self.finding
        lines = column(look, 0.5)
        title = Words(look, finding.title, Kind.HEADING, fit=Fit.WRAP)
        title.setProperty("struck", finding.done)
        lines.addWidget(title)
        lines.addWidget(Words(look, finding.sentence, Kind.TABLE, "text_2", fit=Fit.WRAP))
        links: list[Button] = []
        for words, icon, signal in (
            (finding.record, Icon.ROWS, self.record_asked),
            (finding.clause, Icon.DOC, self.clause_asked),
        ):
            if words:
                link = Button(look, words, partial(signal.emit, finding.key), "link", icon)
                link.setProperty("kind", "caption")
                links.append(link)
        lines.addWidget(Flow(look, links, 3, ragged=True))
        lines.addStretch(1)
        return lines

    def _actions(self) -> Box:
        look, finding = self._look, self.finding
        lines = column(look, 3)
        chip = VerdictChip(look, finding.verdict)
        chip.setVisible(not finding.done)
        lines.addWidget(chip, 0, Qt.AlignmentFlag.AlignRight)
        self._buttons = row(look, 2)
        lines.addLayout(self._buttons)
        lines.addStretch(1)
        self.offer(finding.fixes)
        return lines

    def offer(self, fixes: Sequence[Fix]) -> None:
        """The buttons: what can be done about it, once that is known."""
        clear(self._buttons)
        self._buttons.addStretch(1)
        for fix in fixes:
            ask = partial(self.fix_asked.emit, self.finding.key, fix.key)
            self._buttons.addWidget(Button(self._look, fix.words, ask, "small"))

    @override
    def minimumSizeHint(self) -> QSize:
        """As high as its words need at the width it has, not at the least width."""
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), self.heightForWidth(self.width())))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.setFocus()
        self.chosen.emit(self.finding.key)
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.finding.key)
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self.property("chosen"):
            bar = QRectF(0, self._look.unit(3), self._look.unit(0.75), self.height() - self._look.unit(6))
            painter.fillRect(bar, self._look.colour("primary"))
        if self.hasFocus():
            paint_focus(painter, self._look, QRectF(self.rect()), self._look.radius("control"))


class TodoRow(QWidget):
    """A finding in few words, with the one thing to do as a link; for the overview.

    `asked` comes with its key when a person wants to know why.
    """

    fix_asked = Signal(str, str)
    asked = Signal(str)

    def __init__(self, look: Look, finding: FindingLine) -> None:
        super().__init__()
        self.finding = finding
        Voice(look, self, f"{verdict_word(finding.verdict)}：{finding.title}。{finding.sentence}")
        Asking(look, self).asked.connect(partial(self.asked.emit, finding.key))
        line = row(look, 3, (0, 1.25, 0, 1.25), self)
        icon = column(look, 0, (0, 0.5, 0, 0))
        icon.take(VerdictIcon(look, finding.verdict), None)
        words = column(look, 0)
        words.addWidget(Words(look, finding.title, Kind.BODY_B, fit=Fit.WRAP))
        below = row(look, 2)
        below.addWidget(Words(look, finding.sentence, Kind.CAPTION, "text_2", fit=Fit.WRAP), 1)
        for fix in finding.fixes[:1]:
            self.fix = Button(look, fix.words, partial(self.fix_asked.emit, finding.key, fix.key), "link")
            self.fix.setProperty("strong", True)
            self.fix.setProperty("kind", "caption")
            below.addWidget(self.fix)
        words.addLayout(below)
        words.addStretch(1)
        line.addLayout(icon)
        line.addLayout(words, 1)


class VerdictTabs(QWidget):
    """Tabs that are counts: 全部 7, 不可以 3 … `chosen` sends the verdict's word of code, or "" for all."""

    chosen = Signal(str)

    def __init__(self, look: Look, verdicts: Sequence[Verdict] = tuple(Verdict)) -> None:
        super().__init__()
        self._look = look
        self._counts: Mapping[Verdict, int] = {}
        self._group = QButtonGroup(self)
        self._tabs: dict[str, QToolButton] = {}
        tabs = [self._tab(key) for key in ("", *verdicts)]
        column(look, 0, parent=self).addWidget(Cells(look, tabs))
        self._tabs[""].setChecked(True)
        self._dress()
        look.changed.connect(self._dress)

    def show_counts(self, counts: Mapping[Verdict, int], *, whole: int) -> None:
        """`whole` is the number under 全部: what asks for something, usually without 可以."""
        self._counts = {**counts}
        self._whole = whole
        self._dress()

    _whole = 0

    def choose(self, key: str) -> None:
        """Show a tab as chosen, without a signal."""
        self._tabs[key].setChecked(True)

    def _tab(self, key: str) -> QToolButton:
        tab = QToolButton()
        tab.setProperty("role", "tab")
        tab.setCheckable(True)
        tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tab.clicked.connect(lambda: self.chosen.emit(str(key)))
        self._group.addButton(tab)
        self._tabs[key] = tab
        return tab

    def _dress(self) -> None:
        for key, tab in self._tabs.items():
            if not key:
                self._say(tab, self.tr("全部 {count}").format(count=self._whole))
                continue
            verdict = Verdict(key)
            self._say(tab, f"{verdict_word(verdict)} {self._counts.get(verdict, 0)}")
            tab.setIcon(self._look.icon(ICON_OF[verdict], key))
            tab.setIconSize(self._look.icon_size())

    @staticmethod
    def _say(tab: QToolButton, words: str) -> None:
        tab.setText(words)
        tab.setAccessibleName(words)


class Notice(QFrame):
    """A verdict with its sentence on a soft ground, as at the top of an inspector."""

    def __init__(self, look: Look, verdict: Verdict, title: str, sentence: str = "") -> None:
        super().__init__()
        self.setProperty("verdict", str(verdict))
        Voice(look, self, f"{verdict_word(verdict)}：{title}。{sentence}")
        lines = column(look, 1.5, (3, 3, 3, 3), self)
        head = row(look, 2)
        head.addWidget(VerdictIcon(look, verdict), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Words(look, title, Kind.BODY_B, str(verdict), fit=Fit.WRAP), 1)
        lines.addLayout(head)
        if sentence:
            lines.addWidget(Words(look, sentence, Kind.TABLE, fit=Fit.WRAP))
