"""清扫测试。What only holds itself is deleted on the GUI thread, whichever thread makes objects meanwhile."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QThreadPool

from desktop.ui.sweeper import Sweeper
from desktop.ui.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


class Knot:
    """Holds itself, and says where it was deleted."""

    def __init__(self, deleted_on: list[int]) -> None:
        self.itself, self.deleted_on = self, deleted_on

    def __del__(self) -> None:
        self.deleted_on.append(threading.get_ident())


def many_objects(_stop: threading.Event) -> Iterator[object]:
    """Far more than it takes to make Python collect."""
    yield len([[number] for number in range(200_000)])


def test_that_a_job_deletes_nothing_of_the_screen(qtbot: QtBot) -> None:
    deleted_on: list[int] = []
    work = Work(many_objects)
    with qtbot.waitSignal(work.done):
        work.start(QThreadPool.globalInstance())
        Knot(deleted_on)
    assert set(deleted_on) <= {threading.get_ident()}
    gc.collect()
    assert deleted_on == [threading.get_ident()]


def test_that_there_is_one_sweeper_and_it_collects_what_is_due(qtbot: QtBot, qapp: QApplication) -> None:
    for _ in range(2):
        work = Work(many_objects)
        with qtbot.waitSignal(work.done):
            work.start(QThreadPool.globalInstance())
    [sweeper] = qapp.findChildren(Sweeper)
    assert not gc.isenabled()
    deleted_on: list[int] = []
    Knot(deleted_on)
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]  # what is freed meanwhile is taken off
    sweeper.sweep()
    assert (len(deleted_on), len(kept)) == (1, 2 * gc.get_threshold()[0])
