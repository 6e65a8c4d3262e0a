"""后台工作测试。News arrive on the GUI thread; a job stops when asked; its error is told."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QThreadPool

from desktop.ui.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


def test_that_news_arrive_on_the_gui_thread_in_order(qtbot: QtBot) -> None:
    there: list[int] = []

    def job(stop: threading.Event) -> Iterator[object]:
        there.append(threading.get_ident())
        yield from range(3)

    here: list[tuple[object, int]] = []
    work = Work(job)
    work.news.connect(lambda news: here.append((news, threading.get_ident())))
    with qtbot.waitSignal(work.done):
        work.start(QThreadPool.globalInstance())
    assert here == [(n, threading.get_ident()) for n in range(3)]
    assert there != [threading.get_ident()]


def test_that_a_job_ends_when_asked(qtbot: QtBot) -> None:
    def job(stop: threading.Event) -> Iterator[object]:
        yield "begun"
        stop.wait(10)
        yield "stopped" if stop.is_set() else "never"

    heard: list[object] = []
    work = Work(job)
    work.news.connect(heard.append)
    work.news.connect(lambda _: work.stop())
    with qtbot.waitSignal(work.done):
        work.start(QThreadPool.globalInstance())
    assert heard == ["begun", "stopped"]


def test_that_an_error_of_the_job_is_told(qtbot: QtBot) -> None:
    def job(stop: threading.Event) -> Iterator[object]:
        yield 1
        raise ValueError("不行")

    work = Work(job)
    with qtbot.waitSignal(work.failed) as failed:
        work.start(QThreadPool.globalInstance())
    assert failed.args is not None
    assert str(failed.args[0]) == "不行"


def test_that_a_job_that_ended_lets_go_of_what_it_held(qtbot: QtBot) -> None:
    class Held: ...

    held = Held()
    known = weakref.ref(held)

    def job(_stop: threading.Event, held: Held = held) -> Iterator[object]:
        yield str(held)

    work = Work(job)
    del held, job
    with qtbot.waitSignal(work.done):
        work.start(QThreadPool.globalInstance())
    qtbot.waitUntil(lambda: known() is None)
