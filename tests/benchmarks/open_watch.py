"""看打开。Runs the program on a family: when all is loaded, the longest stall, then idling."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer

from desktop.__main__ import main
from desktop.ui import session
from tests.benchmarks.idling import age_of_this_process, tell_when_idle

_TICK = 2  # milliseconds


class _Watched(session.Session):
    """Feels how long the GUI thread is away, from the first paint until every page has been built."""

    def __init__(self, *given: object) -> None:
        self._last = time.perf_counter()
        self._longest = 0.0
        super().__init__(*given)  # type: ignore[arg-type]
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start(_TICK)
        self._left = [key for key in self.keys if key != "overview"]
        self.opened.connect(lambda: QTimer.singleShot(300, self._next))

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def _next(self) -> None:
        """Visit the pages one after the other; then all is loaded."""
        if self._left:
            self.window.show_page(self._left.pop(0))
            QTimer.singleShot(100, self._next)
            return
        self._ticks.stop()
        loaded = age_of_this_process()
        self.window.show_page("overview")
        tell_when_idle(loaded=loaded, stall=self._longest)


if __name__ == "__main__":
    session.Session = _Watched  # type: ignore[assignment,misc]
    sys.exit(main(sys.argv[1:]))
