"""帮助。The help pages, read in the program: what each page answers, and the words it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import column, row
from desktop.ui.widgets.fields import Choice, Combo
from desktop.ui.widgets.panel import PageHead, Panel

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.ui.look.look import Look

FIRST = "start"
_LINE = 130  # percent of the type's own


class HelpPage(QWidget):
    """`leave` asks for the page one came from. `choose` takes the key of a page, or `glossary`."""

    leave = Signal()

    def __init__(self, look: Look, folder: Path, about: str = FIRST) -> None:
        super().__init__()
        self._look, self._folder = look, folder
        self.topics = Combo(look, self.tr("帮助的内容"), self._topics())
        self.topics.chosen.connect(self._read)
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("帮助"))
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setMinimumHeight(look.unit(100))
        sheet = Panel(look)
        sheet.add(self.text, 1)
        lines = column(look, 3, parent=self)
        context = self.tr("随程序安装，不用联网。结果仅供参考，可拨打 12393 核实。")
        lines.addWidget(PageHead(look, self.tr("帮助"), context))
        lines.addLayout(row(look).take(self.topics, None))
        lines.addWidget(sheet, 1)
        self._about = ""
        self.choose(about)
        look.changed.connect(self._dress)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.leave.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def choose(self, about: str) -> None:
        """A topic nobody wrote about is the first one."""
        keys = [topic.key for topic in self._topics()]
        known = about if about in keys else FIRST
        self.topics.choose(known)
        self._read(known)

    def _topics(self) -> tuple[Choice, ...]:
        return (
            Choice(FIRST, self.tr("从哪里开始")),
            Choice("overview", self.tr("概览")),
            Choice("family", self.tr("家庭")),
            Choice("visits", self.tr("结算")),
            Choice("ledger", self.tr("流水")),
            Choice("planning", self.tr("规划")),
            Choice("findings", self.tr("合规")),
            Choice("guides", self.tr("办事")),
            Choice("policies", self.tr("政策")),
            Choice("settings", self.tr("首选项")),
            Choice("glossary", self.tr("词语")),
        )

    def _read(self, about: str) -> None:
        self._about = about
        self._dress()

    def _dress(self) -> None:
        """Markdown keeps the size it was laid out with, so it is laid out anew."""
        self.text.document().setDefaultFont(self._look.font(Kind.BODY))
        self.text.setMarkdown((self._folder / f"{self._about}.md").read_text(encoding="utf-8"))
        spaced = QTextBlockFormat()
        spaced.setBottomMargin(self._look.unit(2.5))
        spaced.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        everything = QTextCursor(self.text.document())
        everything.select(QTextCursor.SelectionType.Document)
        everything.mergeBlockFormat(spaced)
