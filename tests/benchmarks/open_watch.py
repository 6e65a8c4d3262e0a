"""看打开。Runs the program on a family: when all is loaded, the longest stall, then idling."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer

from desktop.__main__ import main
from desktop.ui import session
from tests.benchmarks.idling import age_of_this_process, tell_when_idle

_TICK = 2  # milliseconds
_OPENING = "opening"


class _Watched(session.Session):
    """Feels how long the GUI thread is away, from the first paint until every page has been built."""

    def __init__(self, *given: object) -> None:
        self._last = time.perf_counter()
        self._stage, self._stalls = _OPENING, dict[str, float]()
        super().__init__(*given)  # type: ignore[arg-type]
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start(_TICK)
        self._left = [key for key in self.keys if key != "overview"]
        self.opened.connect(lambda: QTimer.singleShot(_TICK, self._next))

    def _tick(self) -> None:
        now = time.perf_counter()
        self._stalls[self._stage] = max(self._stalls.get(self._stage, 0), now - self._last)
        self._last = now

    def _next(self) -> None:
        """Visit the pages, each once the one before is on the screen; then all is loaded."""
        self._tick()
        if self._left:
            self._stage = self._left.pop(0)
            self.window.show_page(self._stage)
            self.window.repaint()
            QTimer.singleShot(_TICK, self._next)
            return
        self._ticks.stop()
        loaded = age_of_this_process()
        self.window.show_page("overview")
        stalls = {f"stall {stage}": longest for stage, longest in self._stalls.items()}
        tell_when_idle(loaded=loaded, stall=max(self._stalls.values()), **stalls)


if __name__ == "__main__":
    session.Session = _Watched  # type: ignore[assignment,misc]
    sys.exit(main(sys.argv[1:]))
