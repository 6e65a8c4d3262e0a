"""保管。The family that is open: read, changed and kept by one worker, one thing after the other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool, Signal

from desktop.domain.trouble import FileTrouble
from desktop.ui.pages import load_pages
from desktop.ui.work import Work

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from desktop.domain.family import Family
    from desktop.domain.text import Text
    from desktop.usecases.changes import Change
    from desktop.usecases.open_book import Book
    from desktop.usecases.open_guides import Guides
    from desktop.usecases.ports import Backup, FamilyStore, History, Shelf, Step
    from desktop.usecases.review import Review

DOCUMENT = ".json"
DAILY, BEFORE_IMPORT = "每日", "导入前"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a family came from: its name where it has none of its own, and whether it is a sample."""

    name: str
    note: str
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A family as it is now, worked out. `file` is None while it is in memory alone."""

    review: Review
    guides: Guides
    history: History
    steps: tuple[Step, ...]
    file: Path | None
    origin: Origin
    notices: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    """An open store with the family in it."""

    store: FamilyStore
    origin: Origin


class Keeper(QObject):
    """`opened` comes with a `Seen` for another family, `kept` for a change of this one.

    With `kept` comes the name of the step; it is empty where nothing new was written down. `said` comes with
    the file of a copy or a backup. `failed` comes with the exception, and whether it was an opening.

    The worker alone touches a store while it is open. What is asked of it waits in line, so a store is closed
    after all that was asked of it before.
    """

    opened = Signal(object)
    kept = Signal(object, str)
    said = Signal(object)
    failed = Signal(object, bool)
    busy = Signal(bool)

    def __init__(
        self,
        shelf: Callable[[], Shelf],
        resources: Path,
        packs: Sequence[Path],
        today: Callable[[], date],
        copies: Path | None = None,
    ) -> None:
        """`shelf` is first called on the worker: what a store is made of takes long to load.

        `copies` is where copies of packs are kept that were filled in here; None: nowhere.
        """
        super().__init__()
        self._take_shelf, self._resources, self.packs = shelf, resources, tuple(packs)
        self.today, self.copies = today, copies
        self._said: tuple[Text, ...] | None = None  # of copies that are not used; None: not looked at yet
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)  # the one writer
        self._read: tuple[Book, Guides] | None = None  # None: to be read, or read anew
        self._held: _Held | None = None
        self._works: set[Work] = set()
        self._opening: Work | None = None
        self._changing: Work | None = None
        self._known_shelf: Shelf | None = None

    # ---------------------------------------------------------------------------------------------- opening

    @property
    def file(self) -> Path | None:
        return self._held.store.file if self._held is not None else None

    def backups(self) -> Sequence[Backup]:
        """Of the open book, newest first. It reads the disk: not for the screen's own thread."""
        return () if self.file is None else self._shelf.backups(self.file)

    @property
    def _shelf(self) -> Shelf:
        """Off the screen's own thread."""
        if self._known_shelf is None:
            self._known_shelf = self._take_shelf()
        return self._known_shelf

    def open(self, file: Path, *, sample: bool = False) -> None:
        """A book, or a family document: of one that is no sample the first change makes a book."""
        if self._held is not None and self._held.store.file == file:
            self.recheck()
            return

        def held() -> _Held:
            if file.suffix.lower() != DOCUMENT:
                return _Held(self._shelf.open(file, self.today()), Origin(file.stem, file.name))
            # The window is painted before these are loaded.
            from desktop.usecases.open_family import open_family

            family = open_family(file, self.today())
            return _Held(self._shelf.hold(family), Origin(file.stem, file.name, sample))

        self._open(held)

    def hold(self, family: Family, note: str) -> None:
        """A family from elsewhere, in memory until it is changed."""
        self._open(lambda: _Held(self._shelf.hold(family), Origin(family.name, note)))

    def create(self, family: Family) -> None:
        """A new book on the shelf."""

        def held() -> _Held:
            store = self._shelf.create(family)
            return _Held(store, Origin(family.name, store.file.name if store.file else ""))

        self._open(held)

    def restore(self, backup: Backup) -> None:
        """The open book as a backup has it."""
        now = self._at_hand
        if now is None or now.store.file is None:
            return
        file = now.store.file

        def held() -> _Held:
            now.store.close()
            try:
                return _Held(self._shelf.restore(backup.file, file, self.today()), now.origin)
            except FileTrouble:
                self._held = _Held(self._shelf.open(file, self.today()), now.origin)
                raise

        self._open(held)

    def _open(self, held: Callable[[], _Held]) -> None:
        def job(stop: threading.Event) -> Iterator[object]:
            load_pages()
            new = held()
            try:
                seen = self._seen(new)
            except BaseException:
                new.store.close()
                raise
            if stop.is_set():
                new.store.close()
            else:
                yield new, seen
                self._back_up_daily(new.store)

        def take(news: tuple[_Held, Seen]) -> None:
            self._adopt(work, *news)

        for earlier in self._works:
            earlier.stop()
        work = self._opening = self._start(job, take, opening=True)

    def _back_up_daily(self, store: FamilyStore) -> None:
        """Once a day, when the family is on the screen already; what hinders it hinders no one else."""
        file = store.file
        if file is None:
            return
        with suppress(FileTrouble):
            if all(one.at.date() != self.today() for one in self._shelf.backups(file)):
                store.back_up(DAILY)

    def _adopt(self, work: Work, new: _Held, seen: Seen) -> None:
        """The newest opening wins: one that was overtaken is let go of as what was open before is."""
        newest = work is self._opening
        gone = self._held if newest else new
        if gone is not None:
            self._pool.start(gone.store.close)
        if newest:
            self._held, self._opening = new, None
            self.opened.emit(seen)

    # --------------------------------------------------------------------------------------------- changing

    def keep(self, change: Change) -> bool:
        """Write a change down; a family that is in memory alone becomes a book, but for a sample.

        False where nothing will come of it: while something else is being kept or opened, the change was made
        of what is out of date.
        """

        def do(held: _Held) -> tuple[_Held, str]:
            new = held
            if held.store.file is None and not held.origin.sample:
                new = self._on_the_shelf(held)
            try:
                if change.large:
                    new.store.back_up(BEFORE_IMPORT)
                differs = new.store.keep(change.step, change.family)
            except BaseException:
                if new is not held:
                    new.store.close()
                raise
            if new is not held:
                held.store.close()
            return new, change.step if differs else ""

        return self._change(do)

    def undo(self) -> None:
        self._change(lambda held: _after(held, held.store.undo))

    def redo(self) -> None:
        self._change(lambda held: _after(held, held.store.redo))

    def recheck(self) -> None:
        """Settle and plan anew, on the day it is now."""
        self._change(lambda held: (held, ""))

    def lay(self, do: Callable[[], object]) -> bool:
        """Do something to the copies of packs, then read every pack anew. False as with `keep`."""

        def again(held: _Held) -> tuple[_Held, str]:
            do()
            self._read = None
            return held, ""

        return self._change(again)

    def _on_the_shelf(self, held: _Held) -> _Held:
        store = self._shelf.create(held.store.family())
        return _Held(store, Origin(held.origin.name, store.file.name if store.file else ""))

    @property
    def _at_hand(self) -> _Held | None:
        """What can be changed now."""
        return self._held if self._opening is None and self._changing is None else None

    def _change(self, do: Callable[[_Held], tuple[_Held, str]]) -> bool:
        now = self._at_hand
        if now is None:
            return False

        def job(_stop: threading.Event) -> Iterator[object]:
            new, step = do(now)
            yield new, self._seen(new), step

        def take(news: tuple[_Held, Seen, str]) -> None:
            self._held, seen, step = news
            self._changing = None  # what is shown from here on is up to date
            self.kept.emit(seen, step)

        self._changing = self._start(job, take)
        return True

    # --------------------------------------------------------------------------------------------- besides

    def copy_to(self, file: Path) -> bool:
        """A whole copy somewhere else; of a family in memory, a book. False as with `keep`."""
        now = self._at_hand
        if now is None:
            return False

        def job(_stop: threading.Event) -> Iterator[object]:
            now.store.copy_to(file)
            yield file

        self._start(job, self.said.emit)
        return True

    def back_up(self, why: str) -> bool:
        """A dated copy among the others; of a family in memory there is none. False as with `keep`."""
        now = self._at_hand
        if now is None:
            return False

        def job(_stop: threading.Event) -> Iterator[object]:
            backup = now.store.back_up(why)
            if backup is not None:
                yield backup.file

        self._start(job, self.said.emit)
        return True

    def close(self) -> None:
        """Let the book go when all is done that was asked; nothing can be kept until another is opened.

        What has been done is told before, not after: news of a book that is closed would open it again.
        """
        for work in self._works:
            work.stop()
        self._pool.waitForDone()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
        self._pool.waitForDone()
        if self._held is not None:
            self._held.store.close()
            self._held = None

    # ---------------------------------------------------------------------------------------------- the work

    def _seen(self, held: _Held) -> Seen:
        """On the worker: everything the screens show."""
        from desktop.usecases.review import review

        if self._read is None:
            self._read = self._read_law()
        book, guides = self._read
        store = held.store
        family = store.family()
        if store.file is not None:  # a document says itself of which day it is
            family = replace(family, as_of=max(family.as_of, self.today()))
        return Seen(
            review=review(family, book),
            guides=guides,
            history=store.history(),
            steps=tuple(store.steps()),
            file=store.file,
            origin=held.origin,
            notices=(*store.notices, *(self._said or ())),
        )

    def _read_law(self) -> tuple[Book, Guides]:
        """The packs of the program; over them the copies filled in here, then those of the command line.

        And the guides, whose sentences quote them.
        """
        from desktop.usecases.open_book import book_with, open_book
        from desktop.usecases.open_guides import guides_at_hand
        from desktop.usecases.pack_copies import tidy, with_copies

        book = open_book(self._resources)[0]
        if self.copies is not None:
            if self._said is None:
                tidy(self.copies)
            book, self._said = with_copies(book, self.copies)
        for folder in self.packs:
            book = book_with(book, folder)
        return book, guides_at_hand(self._resources, book)

    def _start(
        self,
        job: Callable[[threading.Event], Iterator[object]],
        take: Callable[..., object],
        *,
        opening: bool = False,
    ) -> Work:
        work = Work(job)
        self._works.add(work)
        work.news.connect(take)
        work.failed.connect(lambda error: self._fail(work, error, opening=opening))
        work.done.connect(lambda: self._end(work))
        self.busy.emit(True)
        work.start(self._pool)
        return work

    def _fail(self, work: Work, error: Exception, *, opening: bool) -> None:
        self._end(work)
        self.failed.emit(error, opening)

    def _end(self, work: Work) -> None:
        if work is self._changing:
            self._changing = None
        if work is self._opening:
            self._opening = None
        self._works.discard(work)
        if not self._works:
            self.busy.emit(False)


def _after(held: _Held, do: Callable[[], object]) -> tuple[_Held, str]:
    do()
    return held, ""
