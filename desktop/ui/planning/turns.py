"""轮流。One job at a time: of those that are asked for meanwhile, the newest alone comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.ui.work import Work, raised

if TYPE_CHECKING:
    from desktop.ui.work import Job


class Turns(QObject):
    """`answered` comes with each news of the job at work, `idle` when none is left.

    A slider asks faster than it can be answered: were each job stopped for the next, none would ever end.
    """

    answered = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._next: Job | None = None
        self._heard = True

    @property
    def busy(self) -> bool:
        return self._work is not None

    def ask(self, job: Job, *, at_once: bool = True) -> None:
        """`at_once`: what is at work is stopped and heard no more; else it may end first."""
        self._next = job
        if self._work is None:
            self._start()
        elif at_once:
            self._hush()

    def drop(self) -> None:
        """Nobody wants to know any more."""
        self._next = None
        self._hush()

    def _hush(self) -> None:
        if self._work is not None:
            self._heard = False
            self._work.stop()

    def _start(self) -> None:
        job, self._next, self._heard = self._next, None, True
        if job is None:
            self.idle.emit()
            return
        self._work = Work(job, self)
        self._work.news.connect(self._tell)
        self._work.done.connect(self._ended)
        self._work.failed.connect(self._failed)
        self._work.start(QThreadPool.globalInstance())

    def _tell(self, news: object) -> None:
        if self._heard:
            self.answered.emit(news)

    def _ended(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.deleteLater()
        self._start()

    def _failed(self, error: Exception) -> None:
        self._ended()
        raised(error)
