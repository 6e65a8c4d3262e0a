"""小窗口和将来的页测试。Every key of every menu on one sheet; pages that are not there yet say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow, QScrollArea

from desktop.ui.dialogs import About, KeyGroup, KeyLine, ShortcutSheet, grouped

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """Two menus with four actions, one of which has no keys."""
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(1024, 700)
    menus = {"文件(&F)": [("打开档案…", "Ctrl+O"), ("退出", "")], "编辑(&E)": [("重做", "Ctrl+Y")]}
    for title, entries in menus.items():
        menu = made.menuBar().addMenu(title)
        for words, keys in entries:
            action = QAction(words, made)
            action.setShortcut(QKeySequence(keys))
            menu.addAction(action)
            made.addAction(action)
    made.actions()[-1].setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
    made.show()
    qtbot.waitExposed(made)
    return made


def test_that_keys_are_grouped_by_menu(window: QMainWindow) -> None:
    assert grouped(window.actions()) == (
        KeyGroup("文件", (KeyLine("打开档案", ("Ctrl+O",)),)),
        KeyGroup("编辑", (KeyLine("重做", ("Ctrl+Y", "Ctrl+Shift+Z")),)),
    )


def test_that_an_action_of_no_menu_is_listed_too(look: Look) -> None:
    action = QAction("读数")
    action.setShortcut(QKeySequence("F6"))
    assert grouped([action]) == (KeyGroup("", (KeyLine("读数", ("F6",)),)),)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_the_sheet_fits_the_window_and_shows_every_key(
    look: Look, window: QMainWindow, scale: float, qtbot: QtBot
) -> None:
    look.wear(scale=scale)
    sheet = ShortcutSheet(look, window.actions(), window)
    sheet.open()
    qtbot.waitExposed(sheet)
    assert sheet.width() <= window.width()
    assert sheet.height() <= window.height()
    shown = {one.text() for one in sheet.findChildren(QLabel)}
    assert {"文件", "打开档案", "Ctrl+O", "Ctrl+Shift+Z", "在图和表里", "方向键"} <= shown
    area = sheet.findChild(QScrollArea)
    assert area is not None
    assert area.horizontalScrollBar().maximum() == 0
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not window.findChildren(ShortcutSheet, options=Qt.FindChildOption.FindDirectChildrenOnly) or (
        not sheet.isVisible()
    )


def test_that_the_program_says_what_it_is(look: Look, window: QMainWindow, qtbot: QtBot) -> None:
    about = About(look, "1.0.0", window)
    about.open()
    qtbot.waitExposed(about)
    said = "\n".join(one.text() for one in about.findChildren(QLabel))
    assert "引擎 1.0.0" in said
    assert "不联网" in said
