"""书桌。A whole window with a shelf of its own, and a hand that uses it by the names one hears."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from db.shelf import Shelf
from desktop.ui.faults import FaultsPage
from desktop.ui.habits import Habits
from desktop.ui.keeper import Keeper
from desktop.ui.look.look import Look
from desktop.ui.session import Places, Session
from desktop.ui.widgets.fields import Segmented
from desktop.ui.window import Window
from desktop.usecases.changes import Change
from tests.ui.conftest import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.domain.family import Family

    _W = TypeVar("_W", bound=QWidget)

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
PATIENCE = 20_000  # milliseconds
SAMPLES = RESOURCES / "samples"


class Desk:
    """A window with everything in it, and a shelf of its own."""

    def __init__(
        self, qtbot: QtBot, folder: Path, packs: tuple[Path, ...] = (), look: Look | None = None
    ) -> None:
        self.qtbot = qtbot
        self.shelf = Shelf(folder / "books", now=lambda: NOW)
        self.window = Window(look or Look(RESOURCES))
        qtbot.addWidget(self.window)
        with qtbot.waitSignal(self.window.painted, timeout=PATIENCE):
            self.window.show()
        self.keeper = Keeper(lambda: self.shelf, RESOURCES, packs, lambda: TODAY, folder / "packs")
        self.habits = Habits(folder / "preferences.json")
        self.session = Session(
            self.window, self.keeper, self.habits, Places(RESOURCES, self.shelf.folder), "0.0.0"
        )

    def open(self, file: Path) -> None:
        with self.qtbot.waitSignals([self.session.opened, self.keeper.busy], timeout=PATIENCE):
            self.session.open(file)

    def begin(self) -> None:
        """The program begins with the book that was open last."""
        with self.qtbot.waitSignal(self.session.opened, timeout=PATIENCE):
            self.session.begin()

    def refused(self, file: Path) -> FaultsPage:
        with self.qtbot.waitSignal(self.session.refused, timeout=PATIENCE):
            self.session.open(file)
        shown = self.window.shown
        assert isinstance(shown, FaultsPage)
        return shown

    def keep(self, change: Change) -> None:
        with self.qtbot.waitSignal(self.session.kept, timeout=PATIENCE):
            self.session.keep(change)

    def press(self, action: str) -> None:
        """A command that ends in a change or an undone one."""
        with self.qtbot.waitSignal(self.session.kept, timeout=PATIENCE):
            self.session.actions.do(action)

    @property
    def family(self) -> Family:
        assert self.session.seen is not None
        return self.session.seen.review.family

    def named(self, name: str) -> Change:
        """A change that is easily seen."""
        return Change(f"改名{name}", replace(self.family, name=name))


class Hand:
    """Fills in and presses what can be seen in a window, found by its accessible name or its words."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._qtbot = desk, desk.qtbot

    def sees(self, words: str) -> bool:
        labels = self._desk.window.findChildren(QLabel)
        return any(words in one.text() for one in labels if one.isVisible())

    def press(self, words: str) -> None:
        """By the space bar, once it can be pressed."""
        QTest.keyClick(self._wait_for(QAbstractButton, words), Qt.Key.Key_Space)

    def change(self, words: str) -> None:
        """Press what ends in a change that is kept."""
        with self._qtbot.waitSignal(self._desk.session.kept, timeout=PATIENCE):
            self.press(words)

    def fill(self, caption: str, words: str) -> None:
        """As an input method does, for Chinese too."""
        line = self._wait_for(QLineEdit, caption)
        line.setFocus()
        line.selectAll()
        line.insert(words)
        line.editingFinished.emit()

    def pick(self, caption: str, words: str) -> None:
        """From the list that a combo box opens."""
        combo = self._wait_for(QComboBox, caption)
        self._qtbot.waitUntil(lambda: combo.findText(words) >= 0, timeout=PATIENCE)
        place = combo.findText(words)
        combo.showPopup()
        combo.view().setCurrentIndex(combo.model().index(place, 0))
        QTest.keyClick(combo.view(), Qt.Key.Key_Return)
        assert combo.currentText() == words

    def choose(self, caption: str, words: str) -> None:
        """One of a few that stand side by side."""
        inside = self._wait_for(Segmented, caption)
        QTest.keyClick(self._wait_for(QAbstractButton, words, inside), Qt.Key.Key_Space)

    def _wait_for(self, kind: type[_W], name: str, within: QWidget | None = None) -> _W:
        found: list[_W] = []

        def look() -> bool:
            QApplication.processEvents()
            found[:] = [
                one
                for one in (within or self._desk.window).findChildren(kind)
                if one.isVisible() and one.isEnabled() and name in _names(one)
            ]
            return bool(found)

        self._qtbot.waitUntil(look, timeout=PATIENCE)
        return found[0]


def _names(widget: QWidget) -> set[str]:
    """What it is called: its accessible name with and without the unit, and its own words."""
    name = widget.accessibleName()
    words = widget.text() if isinstance(widget, QAbstractButton) else name
    return {name, name.partition("，")[0], words}


def wait_until(desk: Desk, holds: Callable[[], bool]) -> None:
    desk.qtbot.waitUntil(holds, timeout=PATIENCE)
