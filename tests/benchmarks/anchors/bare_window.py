"""空窗口。The anchor of starting: a main window that holds one line of text and does nothing."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


def main() -> int:
    app = QApplication(sys.argv)
    window = QMainWindow()
    window.setWindowTitle("空窗口")
    window.resize(1000, 700)
    window.setCentralWidget(QLabel("医保个人账户 家庭共济"))
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
