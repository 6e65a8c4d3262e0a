"""问为什么。Makes a figure one that can be asked: by a click, Enter, the space bar or W."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.look.heard import Role, heard_as
from desktop.ui.widgets.painting import paint_focus

if TYPE_CHECKING:
    from desktop.ui.look.look import Look

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_W)


class Asking(QObject):
    """`asked` tells that a person wants to know why. Buttons inside the widget keep their own clicks."""

    asked = Signal()

    def __init__(self, look: Look, widget: QWidget) -> None:
        super().__init__(widget)
        self._ring = _Ring(look, widget)
        heard_as(widget, Role.Button)
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.setCursor(Qt.CursorShape.PointingHandCursor)
        widget.setAccessibleDescription(self.tr("按 W 看为什么"))
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self._ring.follow(shown=kind is not QEvent.Type.FocusOut)
        if isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.LeftButton:
            event.accept()  # else the release would go to what lies behind
            if kind is QEvent.Type.MouseButtonRelease:
                self.asked.emit()
            return True
        if isinstance(event, QKeyEvent) and kind is QEvent.Type.KeyPress and event.key() in _KEYS:
            self.asked.emit()
            return True
        return False


class _Ring(QWidget):
    """The keyboard's place, a little outside of the widget: while it is shown it belongs to the parent."""

    def __init__(self, look: Look, around: QWidget) -> None:
        super().__init__(around)
        self._look, self._around = look, around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def follow(self, *, shown: bool) -> None:
        outer = self._around.parentWidget()
        if not shown or outer is None or not self._around.hasFocus():
            self.setParent(self._around)
            self.hide()
            return
        wider = self._look.unit(1.5)
        around = self._around.geometry().adjusted(-wider, -wider, wider, wider)
        self.setParent(outer)
        self.setGeometry(around.intersected(outer.rect()))
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_focus(QPainter(self), self._look, QRectF(self.rect()), self._look.radius("control"))
