"""空窗口的闲时。The bare window of the anchor, which tells what it holds and uses while nobody touches it."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from tests.benchmarks.idling import age_of_this_process, tell_when_idle


def main() -> int:
    app = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1000, 700)
    window.setCentralWidget(QLabel("医保个人账户 家庭共济"))
    window.show()
    window.repaint()
    tell_when_idle(loaded=age_of_this_process())
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
