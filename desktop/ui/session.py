"""一次使用。What the keeper, the pages and the window have to do with one another while the program runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal, SignalInstance

from desktop.domain.trouble import Fault, FileTrouble, InputRefused, Trouble
from desktop.ui.actions import Actions
from desktop.ui.commands import WindowCommands
from desktop.ui.frame import Standing
from desktop.ui.guard import Guard
from desktop.ui.look.icons import Icon
from desktop.ui.navigation import FamilyCard
from desktop.ui.pages import page_list
from desktop.ui.search import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from desktop.ui.habits import Habits
    from desktop.ui.keeper import Keeper, Seen
    from desktop.ui.window import Window
    from desktop.usecases.changes import Change
    from desktop.usecases.pack_copies import PackChange, PackPlaces

_P = TypeVar("_P", bound="QWidget")
_SETTLING = 600  # milliseconds in which a page finishes what it works out in the background


@dataclass(frozen=True, slots=True)
class Places:
    """Where the program's own data lie, and where families' books are kept."""

    resources: Path
    books: Path

    @property
    def packs(self) -> Path:
        """Copies of rule packs that were filled in here."""
        return self.books / "packs"


class Session(QObject):
    """The family open in a window. `opened` or `refused` ends an opening, `kept` or `refused` a change."""

    opened = Signal()
    kept = Signal()
    refused = Signal()

    def __init__(self, window: Window, keeper: Keeper, habits: Habits, places: Places, engine: str) -> None:
        super().__init__(window)
        self.window, self.look, self.keeper, self.habits = window, window.look, keeper, habits
        self.resources, self.folder, self.engine = places.resources, places.books, engine
        self.trouble: Trouble | None = None
        self.seen: Seen | None = None
        self._about = self._laid = ""
        keeper.setParent(self)
        keeper.opened.connect(self._show)
        keeper.kept.connect(self._renew)
        keeper.said.connect(self._tell_place)
        keeper.failed.connect(self._refuse)
        working = self.tr("正在计算，旧的数先留着")
        pages = page_list(self)
        self.keys = tuple(page.key for page in pages)
        window.furnish(pages, Standing(engine=engine))
        self.search = SearchField(self.look)
        self.search.go.connect(self.go)
        self.commands = WindowCommands(self)
        self.actions = Actions(window, self.commands, pages, self.commands.samples)
        self._fill_top()
        keeper.busy.connect(lambda busy: window.progress.show_busy(working, busy=busy))
        window.notice.undo_asked.connect(keeper.undo)
        window.file_dropped.connect(self.open)
        window.table_dropped.connect(self.commands.import_table)
        window.closing.connect(keeper.close)
        habits.setParent(self)
        habits.follow(window, lambda words: self.tell(str(words)))
        self.guard = Guard(window, habits)
        if habits.preferences.lock_code is not None:  # or one would get past it by starting anew
            self.opened.connect(self.guard.lock, Qt.ConnectionType.SingleShotConnection)

    def _fill_top(self) -> None:
        """What is always at hand, at the right of the menus."""
        top, named = self.window.top, self.actions.named
        top.put(self.search)
        for icon, name in ((Icon.UNDO, "undo"), (Icon.REDO, "redo"), (Icon.PRINT, "print_report")):
            top.put_action(icon, named[name], spared=True)
        top.put_action(Icon.EYE, named["hide"])
        top.put_action(Icon.LOCK, named["lock"])

    # --------------------------------------------------------------------------------------------- opening

    def begin(self) -> None:
        """What is shown first: the book that was open last, or the first page."""
        self.actions.show_recent(self.habits.preferences.recent)
        last = self.habits.preferences.last_book
        if last is not None and last.exists():
            self.open(last)
        else:
            self.commands.show_start()

    def open(self, file: Path) -> None:
        """A book, or a family document; a document of the program's own is a sample."""
        self.keeper.open(file, sample=file.parent == self.resources / "samples")

    def close_family(self) -> None:
        self.keeper.close()
        self.habits.closed()
        self.seen = None
        self.window.show_no_family()
        self.window.status.show_standing(Standing(engine=self.engine))
        self.actions.show_open(is_open=False)
        self.actions.show_history(None)
        self.window.notice.clear()
        self.window.show_badge("findings", 0)
        self.search.renew(None)
        self.commands.show_start()

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

    # ----------------------------------------------------------------------------------------------- pages

    def wire(self, page: _P) -> _P:
        """Connect what a page asks for, of what it can ask."""
        asked = (
            ("go", self.go),
            ("change", self.keep),
            ("lay", self.lay),
            ("act", self.actions.do),
            ("leave", self.leave),
        )
        for name, do in asked:
            signal = getattr(page, name, None)
            if isinstance(signal, SignalInstance):
                signal.connect(do)
        return page

    def show_alone(self, page: QWidget, *, edges: bool = True) -> None:
        """A page that stands in for the others until it is left."""
        self.window.show_alone(self.wire(page), edges=edges)

    def leave(self) -> None:
        """From a page that stood in for the others: back to where one was, or to the first page."""
        if self.seen is None:
            self.commands.show_start()
        else:
            self.window.leave_alone()

    def go(self, key: str, what: str) -> None:
        """Where a link leads: another page, and what to choose there."""
        self.window.show_page(key)
        if what:
            self.window.choose(what)

    def keep(self, change: Change) -> None:
        """A page's change: it is written down, and every page shows what has become of it."""
        if self.keeper.keep(change):
            self._about = change.about
        else:
            self.tell_busy()

    @property
    def pack_places(self) -> PackPlaces | None:
        """None: copies of packs are kept nowhere."""
        from desktop.usecases.pack_copies import PackPlaces

        copies = self.keeper.copies
        return None if copies is None else PackPlaces(self.resources / "policy", copies)

    def lay(self, change: PackChange) -> None:
        """A copy of a pack is written, taken away or put back, and everything is worked out anew by it."""
        if self.keeper.lay(change.do):
            self._laid = change.words
        else:
            self.tell_busy()

    # ------------------------------------------------------------------------------ what the keeper brings

    @property
    def name(self) -> str:
        seen = self.seen
        return (seen.review.family.name or seen.origin.name) if seen is not None else ""

    def _show(self, seen: Seen) -> None:
        self.seen, self._about = seen, ""
        self._stand(seen)
        self.window.navigation.show()
        self.window.show_family(self._card(seen), seen.review)
        self.actions.show_open(is_open=True)
        self._remember(seen.file)
        self.window.notice.clear()
        for notice in seen.notices:
            self.tell(str(notice))
        self.opened.emit()

    def _renew(self, seen: Seen, step: str) -> None:
        was_in_memory = self.seen is not None and self.seen.file is None
        self.seen = seen
        self._stand(seen)
        if was_in_memory:
            self._remember(seen.file)
        self.window.navigation.show_family(self._card(seen))
        self.window.renew(seen.review)
        if step:
            self.window.notice.say_done(self.tr("已{step}").format(step=step))
        elif self._laid:
            self.tell(self._laid)
        else:
            self.window.notice.clear()
        self._laid = ""
        if self._about:
            self.window.choose(self._about)
            self._about = ""
        self.kept.emit()

    def _card(self, seen: Seen) -> FamilyCard:
        if seen.file is not None:
            return FamilyCard(self.name, seen.file.name)
        return FamilyCard(self.name, self.tr("示例家庭") if seen.origin.sample else seen.origin.note)

    def _remember(self, file: Path | None) -> None:
        if file is not None:
            self.habits.opened(file)
        self.actions.show_recent(self.habits.preferences.recent)

    def _stand(self, seen: Seen) -> None:
        """Status bar, badge and the names in the menu."""
        review = seen.review
        packs = "，".join(f"{title} {version}" for title, version in reversed(review.packs))
        until = self.tr("{packs}，有效至 {day}").format(packs=packs, day=review.covered_until)
        kept, ribbon = self._kept(seen), self._ribbon(seen)
        self.window.status.show_standing(Standing(until, self.engine, kept, ribbon))
        self.window.show_badge("findings", review.errors)
        self.actions.show_history(seen.history)
        self.search.renew(review, seen.guides.read)

    def _kept(self, seen: Seen) -> str:
        if seen.file is None:
            return ""
        if not seen.steps:
            return self.tr("已自动保存")
        return self.tr("已自动保存 {at:%H:%M}").format(at=seen.steps[0].at)

    def _ribbon(self, seen: Seen) -> str:
        if seen.origin.sample:
            return self.tr("示例数据，不写入磁盘")
        return self.tr("尚未存为档案，改动时自动建立") if seen.file is None else ""

    def tell(self, words: str) -> None:
        self.window.notice.say(words)

    def tell_busy(self) -> None:
        """Nothing came of what was asked."""
        self.tell(self.tr("上一步还没有记完，这一步没有做，请再做一次。"))

    def _tell_place(self, file: Path) -> None:
        """A copy or a backup was made."""
        self.tell(self.tr("已存到 {file}").format(file=file))

    def _refuse(self, error: Exception, opening: bool) -> None:
        self.trouble = error if isinstance(error, Trouble) else None
        self._about = self._laid = ""
        if isinstance(error, InputRefused):
            self._show_faults(error.file, error.faults)
        elif isinstance(error, FileTrouble) and opening:
            self._forget(Path(error.file))
            self._show_faults(error.file, [Fault("", error.what, error.todo)])
        elif isinstance(error, FileTrouble):
            self.window.notice.say_trouble(str(error))
        self.refused.emit()
        if not isinstance(error, Trouble):
            raise error

    def _forget(self, book: Path) -> None:
        """What is no longer there is not offered again."""
        if not book.exists():
            self.habits.gone(book)
            self.actions.show_recent(self.habits.preferences.recent)

    def _show_faults(self, file: str, faults: Sequence[Fault]) -> None:
        from desktop.ui.faults import FaultsPage

        self.show_alone(FaultsPage(self.look, file, faults, self.commands.ask_file, self.leave))
