"""锁定测试。Nothing behind the lock is seen, heard or reached; wrong codes wait; the watch tells once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from desktop.ui.lock import IdleWatch, LockScreen

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Desk(QMainWindow):
    """A window with a half-filled field, and an action with a key."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("周家 - 共济家账")
        middle = QWidget()
        self.field = QLineEdit("一半")
        QVBoxLayout(middle).addWidget(self.field)
        self.setCentralWidget(middle)
        self.done: list[str] = []
        action = QAction("撤销", self)
        action.setShortcut(QKeySequence("Ctrl+U"))
        action.triggered.connect(lambda: self.done.append("undo"))
        self.addAction(action)
        self.resize(800, 600)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_that_nothing_behind_it_is_seen_or_heard(look: Look, desk: Desk) -> None:
    QGuiApplication.clipboard().setText("8,426.35")
    lock = LockScreen(look, desk)
    assert lock.size() == desk.size()
    assert not desk.field.isVisible()
    assert "周家" not in desk.windowTitle()
    assert QGuiApplication.clipboard().text() == ""


def test_that_no_shortcut_works_behind_it(look: Look, desk: Desk) -> None:
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert desk.done == ["undo"]
    lock = LockScreen(look, desk, lambda _: False)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    lock.setFocus()
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert desk.done == ["undo"]
    assert lock.isVisible()


def test_that_nothing_can_be_dropped_behind_it(look: Look, desk: Desk) -> None:
    desk.setAcceptDrops(True)
    lock = LockScreen(look, desk)
    assert not desk.acceptDrops()
    QTest.keyClick(lock, Qt.Key.Key_Space)
    assert desk.acceptDrops()


def test_that_tab_stays_in_it(look: Look, desk: Desk) -> None:
    lock = LockScreen(look, desk, lambda _: False)
    for _ in range(5):
        QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Tab)
        assert desk.focusWidget() in {lock.code, lock.button}
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Backtab)
    assert desk.focusWidget() in {lock.code, lock.button}


def test_that_dialogs_over_the_window_are_closed(look: Look, desk: Desk) -> None:
    dialog, other = QDialog(desk), QWidget(desk, Qt.WindowType.Window)
    dialog.open()
    other.show()
    LockScreen(look, desk)
    assert not dialog.isVisible()
    assert not other.isVisible()


def test_that_without_a_code_any_key_goes_on_and_all_is_as_before(
    look: Look, desk: Desk, qtbot: QtBot
) -> None:
    lock = LockScreen(look, desk)
    with qtbot.waitSignal(lock.unlocked):
        QTest.keyClick(desk.windowHandle(), Qt.Key.Key_A)
    assert desk.field.isVisible()
    assert desk.field.text() == "一半"
    assert desk.focusWidget() is desk.field
    assert desk.windowTitle() == "周家 - 共济家账"


@pytest.mark.parametrize("key", [Qt.Key.Key_Control, Qt.Key.Key_L])
def test_that_the_keys_that_locked_it_do_not_open_it_while_they_are_held(
    look: Look, desk: Desk, key: Qt.Key
) -> None:
    lock = LockScreen(look, desk)
    pressed, control = QEvent.Type.KeyPress, Qt.KeyboardModifier.ControlModifier
    QGuiApplication.sendEvent(lock, QKeyEvent(pressed, key, control, "", True))
    assert lock.isVisible()


def test_that_the_button_goes_on(look: Look, desk: Desk, qtbot: QtBot) -> None:
    lock = LockScreen(look, desk)
    with qtbot.waitSignal(lock.unlocked):
        lock.button.click()


def test_that_what_was_hidden_before_stays_hidden(look: Look, desk: Desk) -> None:
    hidden = QWidget(desk)
    hidden.hide()
    LockScreen(look, desk).button.click()
    assert hidden.isHidden()


def test_that_only_the_code_opens(look: Look, desk: Desk, clock: Clock, qtbot: QtBot) -> None:
    lock = LockScreen(look, desk, lambda code: code == "2580", clock)
    QTest.keyClicks(lock.code, "1111")
    QTest.keyClick(lock.code, Qt.Key.Key_Return)
    assert lock.isVisible()
    assert lock.wrong.text() == "锁定码不对，请过 1 秒再试。"
    clock.now += 1
    qtbot.waitUntil(lock.code.isEnabled)
    QTest.keyClicks(lock.code, "2580")
    with qtbot.waitSignal(lock.unlocked):
        lock.button.click()
    assert desk.field.isVisible()


def test_that_each_wrong_code_waits_twice_as_long_up_to_a_minute(
    look: Look, desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    lock = LockScreen(look, desk, lambda _: False, clock)
    for seconds in (1, 2, 4, 8, 16, 32, 64, 64):
        lock.code.setText("0000")
        lock.button.click()
        assert lock.wrong.text() == f"锁定码不对，请过 {seconds} 秒再试。"
        assert not lock.code.isEnabled()
        clock.now += seconds
        qtbot.waitUntil(lock.code.isEnabled)


def test_that_nothing_is_tried_while_it_waits(look: Look, desk: Desk, clock: Clock) -> None:
    tried: list[str] = []

    def never(code: str) -> bool:
        tried.append(code)
        return False

    lock = LockScreen(look, desk, never, clock)
    for _ in range(3):
        lock.code.setText("0000")
        lock.code.returnPressed.emit()
    assert tried == ["0000"]


def test_that_an_empty_code_is_no_try(look: Look, desk: Desk) -> None:
    lock = LockScreen(look, desk, lambda _: False)
    lock.button.click()
    assert not lock.wrong.isVisible()


# ------------------------------------------------------------------------------------------------------ watch


def watch(desk: Desk, clock: Clock, minutes: int) -> tuple[IdleWatch, list[int]]:
    made, told = IdleWatch(minutes, desk, clock), []
    made.idle.connect(lambda: told.append(1))
    return made, told


def test_that_the_watch_tells_once_when_nobody_is_there(desk: Desk, clock: Clock) -> None:
    made, told = watch(desk, clock, 10)
    clock.now += 599
    made.timer.timeout.emit()
    assert told == []
    clock.now += 1
    made.timer.stop()
    made.timer.timeout.emit()
    assert told == [1]
    assert not made.timer.isActive()


@pytest.mark.parametrize("touch", ["key", "mouse"])
def test_that_a_touch_starts_the_wait_anew(desk: Desk, clock: Clock, touch: str) -> None:
    made, told = watch(desk, clock, 1)
    clock.now += 50
    if touch == "key":
        QTest.keyClick(desk.windowHandle(), Qt.Key.Key_A)
    else:
        QTest.mouseClick(desk.windowHandle(), Qt.MouseButton.LeftButton)
    clock.now += 50
    made.timer.timeout.emit()
    assert told == []
    clock.now += 10
    made.timer.timeout.emit()
    assert told == [1]


def test_that_windows_opened_later_are_watched_too(desk: Desk, clock: Clock, qtbot: QtBot) -> None:
    made, told = watch(desk, clock, 1)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    qtbot.waitExposed(other)
    other.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is other.windowHandle())
    clock.now += 50
    QTest.keyClick(other.windowHandle(), Qt.Key.Key_A)
    clock.now += 50
    made.timer.timeout.emit()
    assert told == []


def test_that_never_is_never(desk: Desk, clock: Clock) -> None:
    made, told = watch(desk, clock, 0)
    assert not made.timer.isActive()
    made.wait(5)
    assert made.timer.isActive()
    made.wait(0)
    assert not made.timer.isActive()
    assert told == []
