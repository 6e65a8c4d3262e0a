"""清扫。Garbage is collected on the GUI thread alone.

Python collects in whichever thread happens to make an object at the time. Widgets that only hold each other
would then be deleted by a worker, which Qt does not survive.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_PAUSE = 2000  # milliseconds


class Sweeper(QObject):
    """Collects as often as Python would have: by its own counts and thresholds."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self.sweep)
        timer.start(_PAUSE)

    @staticmethod
    def sweep() -> None:
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [place for place in range(len(counts)) if counts[place] > limits[place]]
        if due:
            gc.collect(max(due))


def sweep_here() -> None:
    """From now on, on the thread of the application; asking again changes nothing."""
    app = QCoreApplication.instance()
    if app is not None and app.findChild(Sweeper) is None:
        Sweeper(app)
