"""习惯。The person's preferences at work: worn by the look, and kept whenever they change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.ui.look.tokens import Theme
from desktop.usecases.preferences import (
    Preferences,
    forgotten,
    opened_last,
    read_preferences,
    write_preferences,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.domain.text import Text
    from desktop.ui.look.look import Look
    from desktop.ui.window import Window


class Habits(QObject):
    """`preferences` as they are now; every change is written down at once, all or nothing."""

    changed = Signal()

    def __init__(self, file: Path | None) -> None:
        """No file: the preferences of a first start, which are not kept."""
        super().__init__()
        self._file = file
        self.preferences, self.notices = (Preferences(), ()) if file is None else read_preferences(file)
        self._tell: Callable[[Text], object] = lambda _: None

    def dress(self, look: Look) -> None:
        """Theme, size and privacy as they were, before anything is painted."""
        kept = self.preferences
        look.wear(theme=Theme(kept.theme), scale=kept.scale, hidden=kept.hidden)

    def follow(self, window: Window, tell: Callable[[Text], object]) -> None:
        """From now on keep what the person chooses; `tell` says what could not be kept."""
        self._window, self._tell = window, tell
        window.look.changed.connect(self._keep_look)
        window.closing.connect(self._keep_place)
        place = self.preferences.places.get(window.screen().name(), "")
        if place:
            window.take_place(place)
        for notice in self.notices:
            tell(notice)

    def take(self, preferences: Preferences) -> None:
        """What the person chose."""
        if preferences == self.preferences:
            return
        self.preferences = preferences
        hindered = None if self._file is None else write_preferences(self._file, preferences)
        if hindered is not None:
            self._tell(hindered)
        self.changed.emit()

    def opened(self, book: Path) -> None:
        self.take(opened_last(self.preferences, book))

    def gone(self, book: Path) -> None:
        self.take(forgotten(self.preferences, book))

    def closed(self) -> None:
        """No family is to be opened by itself next time."""
        self.take(replace(self.preferences, last_book=None))

    def _keep_look(self) -> None:
        look = self._window.look
        self.take(
            replace(self.preferences, theme=str(look.theme), scale=look.scale, hidden=look.money.hidden)
        )

    def _keep_place(self) -> None:
        places = {**self.preferences.places, self._window.screen().name(): self._window.place}
        self.take(replace(self.preferences, places=places))
