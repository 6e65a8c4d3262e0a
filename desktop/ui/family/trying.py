"""先看后改。Works out, off the GUI thread, what families would become, and tells each answer as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from desktop.ui.work import Work, raised
from desktop.usecases.effects import effect_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from desktop.domain.family import Family
    from desktop.ui.work import Job
    from desktop.usecases.effects import Effect
    from desktop.usecases.review import Review

_END = object()
DEBOUNCE = 150  # milliseconds without another question before one is worked out


class Trying(QObject):
    """The newest question alone is answered: `answered` comes with what its job yields, then `ended`."""

    answered = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None, *, wait: int = 0) -> None:
        super().__init__(parent)
        self._number = 0
        self._work: Work | None = None
        self._job: Job | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(wait)
        self._wait.timeout.connect(self._start)

    @property
    def waiting(self) -> bool:
        """Is a question on its way?"""
        return self._job is not None

    def ask(self, job: Job) -> None:
        self.drop()
        self._job = job
        self._wait.start()

    def drop(self) -> None:
        """Nobody wants to know any more."""
        self._number += 1
        self._job = None
        self._wait.stop()
        if self._work is not None:
            self._work.stop()

    def _start(self) -> None:
        if self._job is None:
            return
        self._work = Work(_numbered(self._job, self._number))
        self._work.news.connect(self._take)
        self._work.failed.connect(raised)
        self._work.start(QThreadPool.globalInstance())

    def _take(self, numbered: tuple[int, object]) -> None:
        number, news = numbered
        if number != self._number:
            return
        if news is not _END:
            self.answered.emit(news)
        else:
            self._job = None
            self.ended.emit()


def _numbered(job: Job, number: int) -> Job:
    """The same news, each with the number of its question; and an end."""

    def told(stop: threading.Event) -> Iterator[object]:
        for news in job(stop):
            yield number, news
        yield number, _END

    return told


def effect_job(seen: Review, family: Family) -> Job:
    """Yields the one `Effect` of `seen` becoming `family`."""

    def job(stop: threading.Event) -> Iterator[Effect]:
        if not stop.is_set():
            yield effect_of(seen, family)

    return job
