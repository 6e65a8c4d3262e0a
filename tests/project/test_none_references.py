"""空值引用。Qt must give back every reference to None, True and False that a call hands out.

PySide6 6.12.0 on Python 3.11 loses one reference to None at each call that returns nothing; after some
thousands of calls the interpreter aborts. That is why pyproject.toml keeps PySide6 below 6.12. From
Python 3.12 on the three are immortal: their count says nothing and no loss can harm them.
"""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot
from typing_extensions import override

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False are immortal here")

CALLS = 1000
SINGLETONS = (None, True, False)

Call = Callable[[QLabel, QTableView], object]


class EmptyTable(QAbstractTableModel):
    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 10

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 2

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        return None


def announce_a_change(label: QLabel, view: QTableView) -> None:
    table = view.model()
    table.dataChanged.emit(table.index(0, 0), table.index(1, 1))


def counts() -> list[int]:
    return [sys.getrefcount(singleton) for singleton in SINGLETONS]


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda label, view: label.setText("共济"), id="a call that returns nothing"),
        pytest.param(lambda label, view: label.isEnabled(), id="a call that returns True"),
        pytest.param(lambda label, view: label.blockSignals(False), id="a call that returns False"),
        pytest.param(lambda label, view: view.viewport().repaint(), id="a model that answers None to Qt"),
        pytest.param(announce_a_change, id="a signal"),
    ],
)
def test_that_a_thousand_qt_calls_lose_no_reference(qtbot: QtBot, call: Call) -> None:
    label, view, table = QLabel("家"), QTableView(), EmptyTable()
    spare = [one for one in SINGLETONS for _ in range(100 * CALLS)]  # so that a loss fails and does not abort
    qtbot.addWidget(label)
    qtbot.addWidget(view)
    view.setModel(table)
    view.show()
    qtbot.waitExposed(view)
    call(label, view)

    before = counts()
    for _ in range(CALLS):
        call(label, view)
    after = counts()

    lost = [was - now for was, now in zip(before, after, strict=True)]
    assert lost == [0, 0, 0], "lost of None, True, False"
    assert spare
