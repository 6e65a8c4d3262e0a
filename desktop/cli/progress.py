"""进度。How far many families at once are, on standard error."""

from __future__ import annotations

import math
from time import monotonic
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from desktop.usecases.plan_batch import Reached


class BatchProgress:
    """How far a batch is, on standard error: one line that changes on a terminal, else a line at times."""

    _PAUSE = 10  # seconds between two lines that stay

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._began = self._told = monotonic()
        self._seen: set[str] = set()
        self._is_open = False
        self.done = self.skipped = 0

    def tell(self, reached: Reached) -> None:
        self.done, self.skipped = reached.done, reached.skipped
        fresh = [bug for bug in dict.fromkeys(reached.bugs) if bug not in self._seen]
        self._seen.update(fresh)
        if reached.faults or fresh:
            self.end()
            self._out.write("".join(f"{one}\n" for one in (*reached.faults, *fresh)))
        now = monotonic()
        if self._out.isatty():
            self._out.write(f"\r{self._line(reached, now)}\x1b[K")
            self._is_open = True
        elif now - self._told >= self._PAUSE or reached.done == reached.total:
            self._out.write(f"{self._line(reached, now)}\n")
            self._told = now
        self._out.flush()

    def end(self) -> None:
        """Leave the line that changes."""
        if self._is_open:
            self._out.write("\n")
        self._is_open = False

    def _line(self, reached: Reached, now: float) -> str:
        kept = f"（{reached.kept} 户是上次算好的）" if reached.kept else ""
        pace = (reached.done - reached.kept) / max(now - self._began, 1e-9)
        if not pace:
            return f"{reached.done}/{reached.total} 户{kept}"
        minutes, seconds = divmod(math.ceil((reached.total - reached.done) / pace), 60)
        left = f"{minutes} 分 {seconds} 秒" if minutes else f"{seconds} 秒"
        return f"{reached.done}/{reached.total} 户{kept}，每秒 {pace:.1f} 户，还要 {left}"
