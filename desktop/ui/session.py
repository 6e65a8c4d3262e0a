"""一次使用。Opens families behind the painted window and hands each page what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEventLoop, QObject, QThreadPool, QTimer, Signal

from desktop.domain.trouble import Fault, FileTrouble, InputRefused, Trouble
from desktop.ui.frame import Standing
from desktop.ui.look.icons import Icon
from desktop.ui.navigation import FamilyCard
from desktop.ui.window import Commands, Page, Sample, Window
from desktop.ui.work import Work

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from desktop.usecases.open_book import Book
    from desktop.usecases.review import Review


_SETTLING = 600  # milliseconds in which a page finishes what it works out in the background


@dataclass(frozen=True, slots=True)
class Opened:
    """A family that was read and worked out, with the file it came from."""

    file: Path
    book: Book
    review: Review


class Session(QObject):
    """The family open in a window. `opened` or `refused` ends each opening."""

    opened = Signal()
    refused = Signal()

    def __init__(
        self, window: Window, resources: Path, packs: Sequence[Path], today: date, engine: str
    ) -> None:
        super().__init__(window)
        self.window, self.look = window, window.look
        self._resources, self._packs, self._today, self._engine = resources, packs, today, engine
        self._book: Book | None = None
        self._review: Review | None = None
        self._work: Work | None = None
        self.trouble: Trouble | None = None
        samples = (
            Sample("sandwich-family.json", self.tr("周家")),
            Sample("young-couple.json", self.tr("小夫妻和四位老人")),
            Sample("retiree.json", self.tr("退休老人和孙辈")),
        )
        pages = (
            Page("overview", self.tr("概览"), Icon.GAUGE, self._overview),
            Page("family", self.tr("家庭"), Icon.FAMILY, self._family),
            Page("visits", self.tr("结算"), Icon.RECEIPT, self._visits),
            Page("ledger", self.tr("流水"), Icon.ROWS, self._ledger),
            Page("findings", self.tr("合规"), Icon.SHIELD, self._findings),
        )
        self.keys = tuple(page.key for page in pages)
        commands = Commands(self.open, lambda key: self.open(self.sample(key)), samples)
        window.furnish(pages, commands, Standing("", engine))

    def sample(self, key: str) -> Path:
        return self._resources / "samples" / key

    def open(self, file: Path) -> None:
        """Read and work out a family off the GUI thread; what is open stays until it is ready."""
        if self._work is not None:
            self._work.stop()
        self._work = Work(self._job(file), self)
        self._work.news.connect(self._show)
        self._work.failed.connect(self._refuse)
        self._work.start(QThreadPool.globalInstance())

    def wait(self, milliseconds: int) -> bool:
        """Whether an opening ended well within that time; for what runs without a person."""
        loop = QEventLoop()
        self.opened.connect(lambda: loop.exit(0))
        self.refused.connect(lambda: loop.exit(1))
        QTimer.singleShot(milliseconds, lambda: loop.exit(1))
        return loop.exec() == 0

    def picture(self, key: str) -> QPixmap:
        """The window on one page, once what it works out in the background has had its time."""
        self.window.show_page(key)
        loop = QEventLoop()
        QTimer.singleShot(_SETTLING, loop.quit)
        loop.exec()
        return self.window.grab()

    def _job(self, file: Path) -> Callable[[threading.Event], Iterator[object]]:
        def job(stop: threading.Event) -> Iterator[object]:
            # The window is painted before these are loaded.
            from desktop.usecases.open_book import open_book
            from desktop.usecases.open_family import open_family
            from desktop.usecases.review import review

            book = self._book or open_book(self._resources, self._packs)[0]
            family = open_family(file, self._today)
            if not stop.is_set():
                yield Opened(file, book, review(family, book))

        return job

    def _show(self, opened: Opened) -> None:
        self._book, self._review = opened.book, opened.review
        seen, is_sample = opened.review, opened.file.parent == self._resources / "samples"
        name = seen.family.name or opened.file.stem
        note = self.tr("示例家庭") if is_sample else opened.file.name
        packs = "，".join(f"{title} {version}" for title, version in reversed(seen.packs))
        until = self.tr("{packs}，有效至 {day}").format(packs=packs, day=seen.covered_until)
        self.window.status.show_standing(Standing(until, self._engine))
        self.window.show_badge("findings", seen.errors)
        self.window.show_family(FamilyCard(name, note, is_sample))
        self.opened.emit()

    def _refuse(self, error: Exception) -> None:
        self.trouble = error if isinstance(error, Trouble) else None
        if isinstance(error, InputRefused):
            self.window.show_faults(error.file, error.faults)
        elif isinstance(error, FileTrouble):
            self.window.show_faults(error.file, [Fault("", error.what, error.todo)])
        else:
            raise error
        self.refused.emit()

    # ------------------------------------------------------------------------------------------------- pages

    @property
    def _seen(self) -> Review:
        return cast("Review", self._review)

    def _overview(self) -> QWidget:
        from desktop.ui.overview.model import OverviewModel
        from desktop.ui.overview.view import OverviewPage

        page = OverviewPage(self.look, OverviewModel(self._seen, self.look))
        page.go.connect(self._go)
        return page

    def _family(self) -> QWidget:
        from desktop.ui.family.model import FamilyModel
        from desktop.ui.family.view import FamilyPage

        page = FamilyPage(self.look, FamilyModel(self._seen, self.look))
        page.go.connect(self._go)
        return page

    def _visits(self) -> QWidget:
        from desktop.ui.visits.model import VisitsModel
        from desktop.ui.visits.view import VisitsPage

        page = VisitsPage(self.look, VisitsModel(self._seen, self.look))
        page.go.connect(self._go)
        return page

    def _ledger(self) -> QWidget:
        from desktop.ui.ledger.model import LedgerModel
        from desktop.ui.ledger.view import LedgerPage

        page = LedgerPage(self.look, LedgerModel(self._seen, self.look))
        page.go.connect(self._go)
        return page

    def _findings(self) -> QWidget:
        from desktop.ui.findings.model import FindingsModel
        from desktop.ui.findings.view import FindingsPage

        page = FindingsPage(self.look, FindingsModel(self._seen, self.look))
        page.go.connect(self._go)
        return page

    def _go(self, key: str, what: str) -> None:
        """Where a link leads: another page, and what to choose there."""
        self.window.show_page(key)
        if what:
            self.window.choose(what)
