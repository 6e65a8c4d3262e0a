"""看首帧。Runs the program, and tells which modules were loaded when its window was first painted.

Not timed: watching every event costs time. Prints one line of JSON, then ends the program.
"""

from __future__ import annotations

import json
import os
import sys

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer

from desktop.__main__ import main


class _Watched(QtWidgets.QApplication):
    """Takes the place of the application, and sees every event before its receiver does."""

    painted = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if not self.painted and event.type() is QEvent.Type.Paint and isinstance(receiver, QtWidgets.QWidget):
            self.painted = True
            QTimer.singleShot(0, _tell)  # once every part of the window has had its turn
        return super().notify(receiver, event)


def _tell() -> None:
    sys.stdout.write(json.dumps(sorted(sys.modules)) + "\n")
    sys.stdout.flush()
    os._exit(0)  # whatever a worker has begun is of no interest


if __name__ == "__main__":
    QtWidgets.QApplication = _Watched  # type: ignore[misc]
    sys.exit(main(sys.argv[1:]))
