"""读屏。What a widget that paints itself is to a screen reader, which Qt cannot know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface

Role = QAccessible.Role
_HEARD = "heard"


def heard_as(widget: QWidget, role: Role) -> None:
    """Its name is its `accessibleName`, as of every widget."""
    widget.setProperty(_HEARD, role.value)


def let_be_heard() -> None:
    """Once for the program: from now on such widgets are told with their role."""
    QAccessible.installFactory(_interface)


def _interface(name: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt asks for each class of the thing in turn, the nearest first, and owns what it is given."""
    if not isinstance(thing, QWidget) or name != thing.metaObject().className():
        return None
    role = thing.property(_HEARD)
    return None if role is None else QAccessibleWidget(thing, Role(role))
