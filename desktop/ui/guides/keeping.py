"""焦点。What is built anew gives the keyboard back to the thing that had it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = "keeps"


def keeps(widget: QWidget, name: str) -> QWidget:
    """This widget stands for that thing, however often it is built: `step apply`, `paper id-card`."""
    widget.setProperty(_NAME, name)
    return widget


@contextmanager
def same_focus(root: QWidget) -> Iterator[None]:
    """Build inside it: the keyboard stays at what has the same name, else at what has its first word."""
    focus = root.window().focusWidget()
    name = str(focus.property(_NAME) or "") if focus is not None and root.isAncestorOf(focus) else ""
    going = {*root.findChildren(QWidget)}  # what is taken out stays a child for a while
    if name and focus is not None:
        focus.clearFocus()  # hidden with the keyboard, it would hand it on and the page would scroll there
    yield
    built = {one.property(_NAME): one for one in root.findChildren(QWidget) if one not in going}
    heir = built.get(name) or built.get(name.partition(" ")[0])
    if name and heir is not None:
        heir.show()
        heir.setFocus()
