"""导出的内容。The form chosen, whether names stand in it, where it goes, and what came of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QThreadPool, Signal

from desktop.domain.trouble import FileTrouble
from desktop.ui.widgets.fields import Choice
from desktop.ui.work import Work
from desktop.usecases.export import FORMS, Form, export_job

if TYPE_CHECKING:
    from desktop.ui.look.look import Look
    from desktop.usecases.export import FormWords
    from desktop.usecases.review import Review

NAMED, MASKED = "named", "masked"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class ExportModel(QObject):
    """`changed` comes with another form, place or outcome; `began` and `ended` around the writing.

    `written` is where the file is once it is; `trouble` is why it is not.
    """

    changed = Signal()
    began = Signal(str)
    ended = Signal()

    def __init__(self, seen: Review, look: Look, folder: Path | None = None) -> None:
        """Where the privacy eye is closed, names are masked unless one says otherwise."""
        super().__init__()
        self._seen = seen
        self._work: Work | None = None
        self._folder = folder or _documents()
        self._name = ""
        self.form = Form.XLSX
        self.masked = look.money.hidden
        self.written: Path | None = None
        self.trouble: FileTrouble | None = None

    def renew(self, seen: Review) -> None:
        self._seen = seen
        self._forget()

    # ------------------------------------------------------------------------------------------- choosing

    @property
    def forms(self) -> tuple[Choice, ...]:
        return tuple(Choice(form, words.title) for form, words in FORMS.items())

    @property
    def names(self) -> tuple[Choice, ...]:
        return (Choice(NAMED, self.tr("写姓名")), Choice(MASKED, self.tr("遮盖姓名，只写称呼")))

    @property
    def words(self) -> FormWords:
        return FORMS[self.form]

    @property
    def file(self) -> Path:
        """The place chosen, with the ending of the form; two forms of one ending do not take one name."""
        family = self._seen.family
        named = _NOT_IN_NAMES.sub("", family.name) or self.tr("家庭")
        about = f" {self.words.title}" if self.form is Form.MESSAGES else ""
        stem = self._name or f"{named} {family.as_of}{about}"
        return self._folder / f"{stem}{self.words.suffix}"

    @property
    def replaces(self) -> bool:
        """Whether there is such a file already."""
        return self.file.exists() and self.file != self.written

    @property
    def busy(self) -> bool:
        return self._work is not None

    def choose_form(self, key: str) -> None:
        self.form = Form(key)
        self._forget()

    def choose_names(self, key: str) -> None:
        self.masked = key == MASKED
        self._forget()

    def choose_file(self, file: Path) -> None:
        self._folder = file.parent
        self._name = file.name.removesuffix(self.words.suffix)
        self._forget()

    def _forget(self) -> None:
        """What was written is not what is chosen now."""
        self.written = self.trouble = None
        self.changed.emit()

    # -------------------------------------------------------------------------------------------- writing

    def write(self) -> None:
        """Off the GUI thread; one at a time."""
        if self._work is not None:
            return
        masked = self.masked and self.words.can_mask
        self.written = self.trouble = None
        self._work = Work(export_job(self._seen.ledger, self.form, self.file, masked=masked), self)
        self._work.news.connect(self._take)
        self._work.done.connect(self._end)
        self._work.failed.connect(self._fail)
        self.began.emit(self.tr("正在导出…"))
        self.changed.emit()
        self._work.start(QThreadPool.globalInstance())

    def stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _take(self, file: Path) -> None:
        self.written = file

    def _fail(self, error: Exception) -> None:
        self.trouble = error if isinstance(error, FileTrouble) else None
        self._end()
        if self.trouble is None:
            raise error

    def _end(self) -> None:
        self._work = None
        self.ended.emit()
        self.changed.emit()


def _documents() -> Path:
    """The folder of a person's documents, or their home where they have made none."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()
