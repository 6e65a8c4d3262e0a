"""看守。Locks the window when it is asked to or nobody touches it, with the code the person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ui.lock import IdleWatch, LockScreen
from desktop.usecases.preferences import opens

if TYPE_CHECKING:
    from desktop.ui.habits import Habits
    from desktop.ui.window import Window


class Guard(QObject):
    def __init__(self, window: Window, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._habits = window, habits
        self.screen: LockScreen | None = None
        self.watch = IdleWatch(habits.preferences.idle_minutes, self)
        self.watch.idle.connect(self.lock)
        habits.changed.connect(lambda: self.watch.wait(habits.preferences.idle_minutes))

    def lock(self) -> None:
        if self.screen is not None:
            return
        code = self._habits.preferences.lock_code
        asks = None if code is None else lambda typed: opens(typed, code)
        self.screen = LockScreen(self._window.look, self._window, asks)
        self.screen.unlocked.connect(self._open)

    def _open(self) -> None:
        self.screen = None
        self.watch.touch()
