"""锁定。A screen that hides everything behind it from eyes, ears and keys; and the watch that calls it.

It hides and does not encrypt: the file of the family lies on the disk as before.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QToolTip, QWidget
from typing_extensions import override

from desktop.ui.frame import Seal
from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Words, column, row
from desktop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.look.look import Look

_SECOND = 1000
_LONGEST_WAIT = 64  # seconds
_HELD = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
}


class LockScreen(QWidget):
    """Over the whole of `window` from its first moment until `unlocked`; then it is gone for good.

    `opens` tells whether a code is the right one; without it any key or the button goes on. After a wrong
    code one waits 1, 2, 4 … seconds.
    """

    unlocked = Signal()

    def __init__(
        self,
        look: Look,
        window: QWidget,
        opens: Callable[[str], bool] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._look, self._opens, self._clock = look, opens, clock
        self._wrong, self._until = 0, 0.0
        self.setObjectName("over")
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("已锁定"))
        heard_as(self, Role.Dialog)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tick = QTimer(self)
        self._tick.setInterval(_SECOND // 4)
        self._tick.timeout.connect(self._count_down)
        self._fill()
        self._hide_the_rest()
        self.resize(window.size())
        self.show()
        self.raise_()
        (self.code if opens is not None else self.button).setFocus()

    # ----------------------------------------------------------------------------------------------- content

    def _fill(self) -> None:
        look = self._look
        panel = Panel(look, gap=3)
        head = row(look, 3)
        head.take(Seal(look), Words(look, self.tr("已锁定"), Kind.TITLE), None)
        panel.body.addLayout(head)
        asks = self.tr("输入锁定码继续。") if self._opens is not None else self.tr("按任意键继续。")
        says = self.tr("家里的账收起来了，没有关闭，填了一半的也还在。") + asks
        panel.add(Words(look, says, tone="text_2", fit=Fit.WRAP))
        self.code = QLineEdit(self)
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.code.setAccessibleName(self.tr("锁定码"))
        self.code.returnPressed.connect(self._try)
        self.wrong = Words(look, "", Kind.TABLE, "bad", fit=Fit.WRAP)
        self.wrong.setParent(self)
        self.wrong.hide()
        if self._opens is None:
            self.code.hide()
        else:
            caption = Words(look, self.tr("锁定码"), Kind.TABLE, "text_2")
            caption.setBuddy(self.code)
            for widget in (caption, self.code, self.wrong):
                panel.add(widget)
        self.button = Button(look, self.tr("继续使用"), self._try, "primary")
        panel.body.addLayout(row(look).take(self.button, None))
        column(look, 0, (4, 4, 4, 4), self).take(None, row(look).take(None, panel, None), None)
        self._panel = panel
        self._dress()
        look.changed.connect(self._dress)

    def _dress(self) -> None:
        self._panel.setFixedWidth(min(self._look.unit(96), self._look.tokens.window_min[0]))

    # ---------------------------------------------------------------------------------------------- the rest

    def _hide_the_rest(self) -> None:
        """What is hidden is neither painted, nor told to a screen reader, nor walked to with Tab."""
        window = self._window
        self._focus = window.focusWidget()
        self._title = window.windowTitle()
        self._dropping = window.acceptDrops()
        window.setAcceptDrops(False)
        window.setWindowTitle(self.tr("已锁定 - 共济家账"))
        _close_what_floats(window)
        rest = window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._rest = [one for one in rest if one is not self and not one.isHidden() and not one.isWindow()]
        for one in self._rest:
            one.hide()
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        QToolTip.hideText()

    def _leave(self) -> None:
        self._window.setWindowTitle(self._title)
        self._window.setAcceptDrops(self._dropping)
        for one in self._rest:
            one.show()
        self.hide()
        if self._focus is not None:
            self._focus.setFocus()
        self.deleteLater()
        self.unlocked.emit()

    # ------------------------------------------------------------------------------------------------- trying

    def _try(self) -> None:
        if self._opens is None:
            self._leave()
        elif self._clock() < self._until or not self.code.text():
            self.code.setFocus()
        elif self._opens(self.code.text()):
            self.code.clear()
            self._leave()
        else:
            self._refuse()

    def _refuse(self) -> None:
        self._wrong += 1
        self.code.clear()
        self._until = self._clock() + min(2 ** (self._wrong - 1), _LONGEST_WAIT)
        self._tick.start()
        self._count_down()

    def _count_down(self) -> None:
        left = self._until - self._clock()
        waiting = left > 0
        self.code.setEnabled(not waiting)
        self.button.setEnabled(not waiting)
        if waiting:
            self.wrong.say(self.tr("锁定码不对，请过 {left} 秒再试。").format(left=-int(-left // 1)))
        else:
            self._tick.stop()
            self.wrong.say(self.tr("锁定码不对，请再试一次。"))
            self.code.setFocus()
        self.wrong.show()
        self.code.setAccessibleDescription(self.wrong.accessibleName())

    # --------------------------------------------------------------------------------------------------- keys

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut of the window works behind the lock
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing passes on to the window; without a code any key opens."""
        event.accept()
        held = event.isAutoRepeat() or Qt.Key(event.key()) in _HELD  # as the keys that locked it may be
        if self._opens is None and not held:
            self._leave()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside."""
        stops: list[QWidget | None] = [self.code, self.button] if self._opens is not None else [self.button]
        here = stops.index(self.focusWidget()) if self.focusWidget() in stops else -1
        to = stops[(here + (1 if forward else -1)) % len(stops)]
        if to is not None:
            to.setFocus(Qt.FocusReason.TabFocusReason)
        return True


def _close_what_floats(window: QWidget) -> None:
    """Menus, dialogs and other windows of the program, which would stand over the lock."""
    for one in QApplication.topLevelWidgets():
        if one is window.window() or not one.isVisible():
            continue
        if isinstance(one, QDialog):
            one.reject()
        else:
            one.close()


class IdleWatch(QObject):
    """Tells once when nobody has touched a window of the program for so many minutes; 0: never.

    It listens at the windows of the screen, not at every widget: each touch is seen once, and cheaply.
    """

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._touched = clock()
        self._limit = 0.0
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._look_at_the_clock)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._listen)
        for window in app.topLevelWindows():
            self._listen(window)
        self.wait(minutes)

    def wait(self, minutes: int) -> None:
        """From now on so many minutes."""
        self._limit = minutes * 60.0
        self.touch()

    def touch(self) -> None:
        """Somebody is there; after a lock, call it to watch on."""
        self._touched = self._clock()
        if self._limit and not self.timer.isActive():
            self.timer.start(round(self._limit * _SECOND))
        elif not self._limit:
            self.timer.stop()

    def _look_at_the_clock(self) -> None:
        left = self._limit - (self._clock() - self._touched)
        if left > 0:
            self.timer.start(max(round(left * _SECOND), 1))
        else:
            self.idle.emit()

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a second time changes nothing

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touch()
        return False
