"""后台工作。Runs a job, a plain generator without Qt, off the GUI thread; its news arrive on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from typing_extensions import override

from desktop.ui.sweeper import sweep_here

Job = Callable[[threading.Event], Iterator[object]]


class Work(QObject):
    """One job. It yields news and looks at its event to stop early.

    `news` comes with what it yields; then exactly one of `done` and `failed` (with the exception).
    """

    news = Signal(object)
    done = Signal()
    failed = Signal(object)

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._stop = threading.Event()
        self._told: _Teller | None = None

    def start(self, pool: QThreadPool) -> None:
        sweep_here()
        self._told = _Teller()  # lives on as long as the worker speaks through it
        self._told.news.connect(self.news)
        self._told.done.connect(self.done)
        self._told.failed.connect(self.failed)
        pool.start(_Runner(self._job, self._stop, self._told))

    def stop(self) -> None:
        """Ask the job to end; it ends at its next look at the event."""
        self._stop.set()


class _Teller(QObject):
    news = Signal(object)
    done = Signal()
    failed = Signal(object)


class _Runner(QRunnable):
    def __init__(self, job: Job, stop: threading.Event, told: _Teller) -> None:
        super().__init__()
        self._job, self._stop, self._told = job, stop, told

    @override
    def run(self) -> None:
        try:
            for news in self._job(self._stop):
                self._told.news.emit(news)
        except Exception as error:
            self._told.failed.emit(error)
        else:
            self._told.done.emit()
