"""导入的内容。The file chosen, what its columns are, and what became of each of its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.domain.terms import label
from desktop.domain.trouble import Fault, FileTrouble, InputRefused
from desktop.ui.look.money import MASK
from desktop.ui.widgets.fields import Choice
from desktop.ui.work import Work
from desktop.usecases.changes import Change
from desktop.usecases.import_sheet import (
    COLUMN_TITLES,
    Column,
    Defaults,
    Kept,
    Layout,
    Level,
    Progress,
    Setting,
    Sheet,
    Staged,
    StagedRow,
    guess_layout,
    import_rows,
    layout_faults,
    read_sheets,
    stage_job,
    titles,
    words_of,
)
from desktop.usecases.kin import kinship

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desktop.ui.look.look import Look
    from desktop.ui.work import Job
    from desktop.usecases.import_sheet import CellFault
    from desktop.usecases.review import Review

SHOWN_AT_MOST = 50
_OPEN_IN_PRIVACY = {Column.ON, Column.SETTING, Column.LEVEL, Column.YEAR}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file as it is shown, and what became of it; `staged` None: it was not looked at yet."""

    number: int
    cells: tuple[str, ...]
    staged: StagedRow | None


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One thing wrong: where as 第 7 行 医院等级, what, and what to do."""

    row: int
    place: str
    what: str
    todo: str


class ImportModel(QObject):
    """`changed` comes when something else is shown; `change` with what is to be kept, `kept` when it is.

    What takes its time `began` with words for it, `advanced` with a `Progress`, and `ended`.
    """

    changed = Signal()
    began = Signal(str)
    advanced = Signal(object)
    ended = Signal()
    change = Signal(object)
    kept = Signal()

    def __init__(self, seen: Review, look: Look) -> None:
        super().__init__()
        self._family, self._holder, self._look = seen.family, seen.holder.id, look
        self._work: Work | None = None
        self._awaited = ""
        self.file: Path | None = None
        self.refused: tuple[Fault, ...] = ()
        self.sheets: tuple[Sheet, ...] = ()
        self.sheet = Sheet("", ())
        self.layout = Layout(None, ())
        self.defaults = Defaults()
        self.duplicates = False
        self.staged: Staged | None = None
        self.filter: Kept | None = None

    def renew(self, seen: Review) -> None:
        """The family changed: by what was imported here, or otherwise, and then rows are looked at anew."""
        self._family, self._holder = seen.family, seen.holder.id
        if any(event.id == self._awaited for event in self._family.events):
            self._awaited = ""
            self.kept.emit()
        elif self.sheets:
            self._restage()

    # ------------------------------------------------------------------------------------------- the file

    def open(self, path: Path) -> None:
        """Read a file off the GUI thread; what was shown stays until it is read."""

        def job(_stop: threading.Event) -> Iterator[object]:
            yield read_sheets(path)

        def take(sheets: object) -> None:
            assert isinstance(sheets, tuple)
            self.file, self.sheets, self.refused = path, sheets, ()
            self._choose(sheets[0])

        self._run(job, take, self.tr("正在读 {file}…").format(file=path.name), path)

    def choose_sheet(self, name: str) -> None:
        self._choose(next(one for one in self.sheets if one.name == name))

    def _choose(self, sheet: Sheet) -> None:
        self.sheet, self.layout = sheet, guess_layout(sheet.rows)
        self.staged = self.filter = None
        self._restage()

    # ---------------------------------------------------------------------------------- what columns hold

    def map_column(self, place: int, key: str) -> None:
        """A meaning goes to one column: the one that had it before is no longer read."""
        column = Column(key) if key else None
        columns = [None if one is column else one for one in self.layout.columns]
        columns[place] = column
        self.layout = replace(self.layout, columns=tuple(columns))
        self._restage()

    def choose_patient(self, key: str) -> None:
        self.defaults = replace(self.defaults, patient=key or None)
        self._restage()

    def choose_setting(self, key: str) -> None:
        self.defaults = replace(self.defaults, setting=Setting(key) if key else None)
        self._restage()

    def choose_level(self, key: str) -> None:
        self.defaults = replace(self.defaults, level=Level(key) if key else None)
        self._restage()

    def take_duplicates(self, take: bool) -> None:
        self.duplicates = take
        self.changed.emit()

    def show_kept(self, key: str) -> None:
        """Only the rows of which this became; the empty word is all of them."""
        self.filter = Kept(key) if key else None
        self.changed.emit()

    # ---------------------------------------------------------------------------------------- what to pick

    @property
    def meanings(self) -> tuple[Choice, ...]:
        return (Choice("", self.tr("不导入")), *(Choice(key, COLUMN_TITLES[key]) for key in Column))

    @property
    def people(self) -> tuple[Choice, ...]:
        known = kinship(self._family, self._holder)
        told = [Choice(one.id, known[one.id].word) for one in self._family.people]
        return (Choice("", self.tr("不补")), *told)

    @property
    def settings(self) -> tuple[Choice, ...]:
        return (Choice("", self.tr("不补")), *(Choice(one, label(one)) for one in Setting))

    @property
    def levels(self) -> tuple[Choice, ...]:
        return (Choice("", self.tr("不补")), *(Choice(one, label(one)) for one in Level))

    # ---------------------------------------------------------------------------------------- what is shown

    @property
    def titles(self) -> tuple[str, ...]:
        """What stands over each column in the file."""
        return titles(self.sheet.rows, self.layout) if self.sheets else ()

    @property
    def missing(self) -> tuple[CellFault, ...]:
        """What no row can have yet."""
        return layout_faults(self.layout, self.defaults) if self.sheets else ()

    def count(self, kept: Kept | None) -> int:
        rows = self.staged.rows if self.staged is not None else ()
        return len(rows) if kept is None else sum(1 for row in rows if row.kept is kept)

    @property
    def importable(self) -> int:
        """How many records the button brings in."""
        if self.staged is None or self.busy or self.missing:
            return 0
        wanted = {Kept.READY, Kept.DUPLICATE} if self.duplicates else {Kept.READY}
        return sum(1 for row in self.staged.rows if row.kept in wanted and row.record is not None)

    @property
    def busy(self) -> bool:
        return self._work is not None

    @property
    def rows(self) -> tuple[PreviewRow, ...]:
        """The first of those asked for."""
        if self.staged is None or self.missing:
            numbers = range(self.layout.first, min(len(self.sheet.rows), self.layout.first + SHOWN_AT_MOST))
            return tuple(PreviewRow(place + 1, self._cells(place + 1), None) for place in numbers)
        asked = self.staged.rows if self.filter is None else self.staged.of(self.filter)
        return tuple(PreviewRow(one.number, self._cells(one.number), one) for one in asked[:SHOWN_AT_MOST])

    def _cells(self, number: int) -> tuple[str, ...]:
        """In privacy nothing that could be a name, a sum or a place."""
        words = [words_of(cell) for cell in self.sheet.rows[number - 1]]
        if not self._look.money.hidden:
            return tuple(words)
        columns = zip(words, self.layout.columns, strict=True)
        return tuple(text if column in _OPEN_IN_PRIVACY or not text else MASK for text, column in columns)

    @property
    def fault_lines(self) -> tuple[FaultLine, ...]:
        """By row number; the first of them."""
        if self.staged is None or self.missing:
            return ()
        found = [(row, fault) for row in self.staged.of(Kept.FAULTY) for fault in row.faults]
        return tuple(
            FaultLine(row.number, self._place(row.number, fault.column), fault.what, fault.todo)
            for row, fault in found[:SHOWN_AT_MOST]
        )

    def _place(self, number: int, column: Column | None) -> str:
        row = self.tr("第 {number} 行").format(number=number)
        if column is None:
            return row
        if column in self.layout.columns:
            return f"{row} {self.titles[self.layout.columns.index(column)]}"
        return f"{row} {COLUMN_TITLES[column]}"

    # ------------------------------------------------------------------------------------------- the work

    def keep(self) -> None:
        """Ask for the change to be kept; `kept` tells when it is in the book."""
        staged, family, duplicates = self.staged, self._family, self.duplicates
        if staged is None or not self.importable:
            return

        def job(_stop: threading.Event) -> Iterator[object]:
            yield import_rows(family, staged, duplicates=duplicates)

        def take(change: object) -> None:
            assert isinstance(change, Change)
            self._awaited = change.about
            self.change.emit(change)

        self._run(job, take, self.tr("正在导入…"))

    def stop(self) -> None:
        """End what is going on; nothing of it is left."""
        if self._work is not None:
            self._work.stop()
            self._leave_work()
            self.changed.emit()

    def _restage(self) -> None:
        if self.missing:
            self.stop()
            self.staged = None
            self.changed.emit()
            return

        def take(news: object) -> None:
            if isinstance(news, Progress):
                self.advanced.emit(news)
            elif isinstance(news, Staged):
                self.staged = news

        job = stage_job(self.sheet, self.layout, self.defaults, self._family)
        self._run(job, take, self.tr("正在逐行核对…"))

    def _run(self, job: Job, take: Callable[[object], None], words: str, path: Path | None = None) -> None:
        """One thing at a time: what went on before is stopped, and its news are heard no more."""
        if self._work is not None:
            self._work.stop()
            self._leave_work()
        work = Work(job, self)
        self._work = work
        work.news.connect(lambda news: take(news) if self._work is work else None)
        work.done.connect(lambda: self._done(work))
        work.failed.connect(lambda error: self._failed(work, error, path))
        self.began.emit(words)
        self.changed.emit()
        work.start(QThreadPool.globalInstance())

    def _done(self, work: Work) -> None:
        if self._work is work:
            self._leave_work()
            self.changed.emit()

    def _failed(self, work: Work, error: Exception, path: Path | None) -> None:
        if self._work is not work:
            return
        self._leave_work()
        if not isinstance(error, InputRefused | FileTrouble):
            raise error
        self.refused = (
            error.faults if isinstance(error, InputRefused) else (Fault("", error.what, error.todo),)
        )
        self.file, self.sheets, self.staged = path, (), None
        self.changed.emit()

    def _leave_work(self) -> None:
        self._work = None
        self.ended.emit()
