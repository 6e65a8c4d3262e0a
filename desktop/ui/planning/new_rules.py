"""新规则的变化。What the law of a day, such as next 1 January, changes for this family, line by line."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.trouble import Trouble
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.planning.cells import CellTable
from desktop.ui.planning.turns import Turns
from desktop.ui.progress import ProgressStrip
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.forms import Asked, DayLine
from desktop.ui.widgets.panel import PageHead, Panel
from desktop.ui.widgets.trace import ClauseLink
from desktop.ui.widgets.verdicts import Notice, VerdictChip
from desktop.usecases.compare_packs import NewRules, Turn, changes_between, changes_on
from desktop.usecases.compare_packs_result import effect_words, unchanged_words
from desktop.usecases.open_book import book_with
from desktop.usecases.policy_history import entry_id

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from desktop.ui.look.look import Look
    from desktop.ui.planning.cells import Cell
    from desktop.ui.work import Job
    from desktop.usecases.compare_packs import NewRule
    from desktop.usecases.review import Review


class NewRulesPanel(QWidget):
    """`go` comes with a page and what to choose there, `leave` when it is closed; nothing is ever changed."""

    change = Signal(object)
    leave = Signal()
    go = Signal(str, str)

    def __init__(self, look: Look, seen: Review) -> None:
        super().__init__()
        self._look, self._seen = look, seen
        self._day = date(seen.family.as_of.year + 1, 1, 1)
        self._folder: Path | None = None
        self._trouble = ""
        self.found: NewRules | None = None
        self._turns = Turns(self)
        self._turns.answered.connect(self._hear)
        self._turns.idle.connect(self._ended)
        self.close_button = Button(look, self.tr("关闭"), self._close)
        self.head = PageHead(look, "", self.tr("同一家人，前一天和这一天的规则各算一遍"), [self.close_button])
        self.strip = ProgressStrip(look)
        self.sheet = Panel(look, gap=3)
        self.sheet.setAccessibleName(self.tr("规则的变化"))
        self.answer = QWidget()
        self._lines = column(look, 2.5, parent=self.answer)
        self.sheet.body.take(self._asking(), self.answer)
        lines = column(look, 3, parent=self)
        lines.take(self.head, self.strip, self.sheet)
        lines.addStretch(1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._close)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.day)
        self.start()

    def _asking(self) -> QWidget:
        look = self._look
        self.day = DayLine(look, self.tr("从哪一天起"))
        self.day.put(self._day)
        self.day.typed.connect(self._day_typed)
        self.day_asked = Asked(look, self.tr("从哪一天起"), self.day)
        self.folder_button = Button(look, self.tr("载入规则包文件夹…"), self._choose_folder, "small")
        self.shipped_button = Button(look, self.tr("恢复现在的规则包"), self.use_shipped, "link")
        return Flow(look, [self.day_asked, self.folder_button, self.shipped_button], 3, ragged=True)

    # ------------------------------------------------------------------------------------------------ asking

    def start(self) -> None:
        """Two full runs, off the GUI thread."""
        title = self.tr("{month} 月 {day} 日的变化").format(month=self._day.month, day=self._day.day)
        self.head.title.say(title)
        self.shipped_button.setVisible(self._folder is not None)
        self.found, self._trouble = None, ""
        self.strip.begin(self.tr("正在用两套规则各推演一遍…"), self._turns.drop)
        self._turns.ask(_job(self._seen, self._day, self._folder))

    def renew(self, seen: Review) -> None:
        self._seen = seen
        self.start()

    def use_folder(self, folder: Path) -> None:
        """The rule packs in it are laid over those of now, from the day on."""
        self._folder = folder
        self.start()

    def use_shipped(self) -> None:
        self._folder = None
        self.start()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("选规则包所在的文件夹"))
        if folder:
            self.use_folder(Path(folder))

    def _day_typed(self) -> None:
        """A day that makes sense is answered at once; the answer of before stays until then."""
        day, trouble = self.day.day(), self.day.trouble()
        if day is not None and not self._seen.family.as_of < day <= _last_day(self._seen):
            trouble = self.tr("请填 {first} 以后 20 年内的一天。").format(first=self._seen.family.as_of)
        if day is None and not trouble:
            trouble = self.tr("请填日期，例如 2027-01-01。")
        self.day_asked.complain(trouble)
        if day is not None and not trouble and (day != self._day or self._trouble):
            self._day = day
            self.start()

    def _hear(self, news: object) -> None:
        self._trouble = news if isinstance(news, str) else ""
        self.found = news if isinstance(news, NewRules) else None
        self._fill()

    def _ended(self) -> None:
        """Without an answer it was cancelled: a day or a folder chosen anew begins again."""
        self.strip.end()
        if self.found is None and not self._trouble:
            self._trouble = self.tr("已经取消。重新选一天，就再算一遍。")
            self._fill()

    def _close(self) -> None:
        self._turns.drop()
        self.leave.emit()

    # -------------------------------------------------------------------------------------------- the answer

    def _fill(self) -> None:
        look, lines, found = self._look, self._lines, self.found
        clear(lines)
        if found is None:
            lines.addWidget(Notice(look, Verdict.WARN, self.tr("没有算成"), self._trouble))
            return
        lines.addWidget(self._sum_up(found))
        headers = (
            self.tr("项目"),
            self.tr("之前"),
            self.tr("之后"),
            self.tr("依据和可信度"),
            self.tr("对我们家"),
        )
        if found.rules:
            caption = self.tr("规则的变化，逐条")
            self.table = CellTable(look, caption, headers, (3, 3, 3, 4, 4))
            self.table.show_rows([self._row(one) for one in (*found.changed, *found.estimated)])
            lines.addWidget(self.table)
        lines.take(Rule(look), Words(look, f"{unchanged_words(found)}。", Kind.TABLE, "text_2", fit=Fit.WRAP))

    def _sum_up(self, found: NewRules) -> QWidget:
        """What it all comes to in the first year."""
        count = len(found.changed)
        words = self.tr("这一天起的十二个月：{effect}。").format(effect=effect_words(found.effect))
        if count:
            title = self.tr("有 {count} 项变化关系到我们家").format(count=count)
            return Notice(self._look, Verdict.WARN, title, words)
        if found.estimated:
            title = self.tr("用到的规则没有已公布的变化，{count} 项还没有公布")
            return Notice(self._look, Verdict.INFO, title.format(count=len(found.estimated)), words)
        return Notice(self._look, Verdict.OK, self.tr("用到的规则都不变"), words)

    def _row(self, rule: NewRule) -> tuple[Cell, ...]:
        effect = (
            "" if rule.effect is None else self.tr("；一年{effect}").format(effect=effect_words(rule.effect))
        )
        return (
            lambda: self._link(rule),
            rule.before,
            lambda: self._after(rule),
            self._basis(rule),
            f"{rule.means}{effect}",
        )

    def _link(self, rule: NewRule) -> QWidget:
        """To the value in the policies, as it holds on the day."""
        what = entry_id(rule.key, rule.channel, self._day)
        return ClauseLink(self._look, rule.title, lambda: self.go.emit("policies", what), Icon.BOOK)

    def _after(self, rule: NewRule) -> QWidget:
        """What is not published is said to be an estimate."""
        held = QWidget()
        inside = column(self._look, 0.5, parent=held)
        inside.addWidget(Words(self._look, rule.after, Kind.TABLE, fit=Fit.WRAP))
        if rule.turn is Turn.ESTIMATED:
            inside.addWidget(VerdictChip(self._look, Verdict.INFO, self.tr("未公布")))
            fill = partial(self.go.emit, "policies", f"edit:{rule.key}")
            inside.addWidget(Button(self._look, self.tr("填上这个数"), fill, "link"))
        return held

    def _basis(self, rule: NewRule) -> str:
        if rule.turn is Turn.ESTIMATED:
            return self.tr("照上一年估算；上一年的依据：{source}，可信度{sure}").format(
                source=rule.source, sure=rule.sure
            )
        since = "" if rule.since is None else self.tr("{day} 起，").format(day=rule.since)
        words = self.tr("{since}{source}，可信度{sure}")
        return words.format(since=since, source=rule.source, sure=rule.sure)


def _last_day(seen: Review) -> date:
    """As far as plans reach."""
    return date(seen.family.as_of.year + 20, 12, 31)


def _job(seen: Review, day: date, folder: Path | None) -> Job:
    def job(stop: threading.Event) -> Iterator[object]:
        if stop.is_set():
            return
        try:
            if folder is None:
                yield changes_on(seen.family, seen.book, day)
            else:
                yield changes_between(seen.family, seen.book, book_with(seen.book, folder), day)
        except Trouble as trouble:
            yield str(trouble)

    return job
