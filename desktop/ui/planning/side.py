"""旁边的表单。One form at a time beside a list; under the list where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from typing_extensions import override

from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.panel import WhyPanel
from desktop.ui.widgets.scrolling import bring_to_view

if TYPE_CHECKING:
    from desktop.ui.family.form import Form
    from desktop.usecases.review import Review


class FormSide(WhyPanel):
    """`made` comes with a `Change`, `left` when a form is given up; it hides while there is none."""

    made = Signal(object)
    left = Signal()
    form: Form | None = None

    def open(self, form: Form, *, enter: bool = True) -> None:
        """`enter`: the keyboard goes there; else it stays where one walks."""
        self.drop()
        self.empty()
        self.form = form
        form.made.connect(self.made)
        form.left.connect(self.leave)
        self.title.say(form.editor.title)
        self.setAccessibleName(form.editor.title)
        self.body.addWidget(form)
        self.body.addStretch(1)
        self.show()
        in_reading_order(self)
        if enter:
            form.start()
        bring_to_view(self, self._look.unit(2))

    @property
    def typing(self) -> bool:
        """Is something half typed that must not be lost?"""
        return self.form is not None and self.form.editor.touched

    def drop(self) -> None:
        """The form has done its work."""
        if self.form is not None:
            self.form.editor.leave()
            self.form = None
        self.hide()

    def renew(self, seen: Review) -> None:
        """What is half typed stays, unless it has just been kept."""
        if self.form is not None and not self.form.editor.renew(seen):
            self.drop()

    @override
    def leave(self) -> None:
        self.drop()
        self.left.emit()
