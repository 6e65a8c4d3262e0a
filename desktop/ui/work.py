"""后台工作。Runs a job, a plain generator without Qt, off the GUI thread; its news arrive on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid
from typing_extensions import override

from desktop.ui.sweeper import sweep_here

Job = Callable[[threading.Event], Iterator[object]]


class Work(QObject):
    """One job. It yields news and looks at its event to stop early.

    `news` comes with what it yields; then exactly one of `done` and `failed` (with the exception). A work
    stays for as long as its parent does; what its job held on to goes with the last word.
    """

    news = Signal(object)
    done = Signal()
    failed = Signal(object)

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self._stop = threading.Event()

    def start(self, pool: QThreadPool) -> None:
        app = QCoreApplication.instance()
        assert app is not None
        sweep_here()
        post = app.findChild(_Post) or _Post(app)
        pool.start(_Runner(self.job, self._stop, post, post.expect(self)))

    def stop(self) -> None:
        """Ask the job to end; it ends at its next look at the event."""
        self._stop.set()


class _Word(NamedTuple):
    """What a worker says: `news`, or the last word, with the exception if it failed."""

    news: object = None
    last: bool = False
    error: Exception | None = None


class _Post(QObject):
    """Brings what workers say to the GUI thread; there is one, which lives as long as the application.

    It holds on to each work until its last word: what a job holds on to, a page's model perhaps, would be
    deleted by the worker if that were the last to let go of it, and Qt does not survive that.
    """

    said = Signal(int, object)

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._works: dict[int, Work] = {}
        self._numbers = count()
        self.said.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def expect(self, work: Work) -> int:
        number = next(self._numbers)
        self._works[number] = work
        return number

    def _pass_on(self, number: int, word: _Word) -> None:
        """A work whose page is gone hears nothing."""
        work = self._works.pop(number) if word.last else self._works[number]
        if word.last:
            work.job = _nothing
        if not isValid(work):
            return
        if not word.last:
            work.news.emit(word.news)
        elif word.error is not None:
            work.failed.emit(word.error)
        else:
            work.done.emit()


class _Runner(QRunnable):
    def __init__(self, job: Job, stop: threading.Event, post: _Post, number: int) -> None:
        super().__init__()
        self._job, self._stop, self._post, self._number = job, stop, post, number

    @override
    def run(self) -> None:
        said, number = self._post.said, self._number
        try:
            for news in self._job(self._stop):
                said.emit(number, _Word(news))
        except Exception as error:
            last = _Word(last=True, error=error)
        else:
            last = _Word(last=True)
        self._job = _nothing  # the last to let go of a job must be the GUI thread
        said.emit(number, last)


def raised(error: Exception) -> None:
    """For `failed`, where no failure is foreseen: it goes where the program's own mistakes go."""
    raise error


def _nothing(_stop: threading.Event) -> Iterator[object]:
    yield from ()
