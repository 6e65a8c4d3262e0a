"""旁边的表单。One form at a time beside a list; under the list where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QScrollArea
from typing_extensions import override

from desktop.ui.widgets.order import in_reading_order
from desktop.ui.widgets.panel import WhyPanel

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
        QTimer.singleShot(0, self, self._bring_to_view)

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

    def _bring_to_view(self) -> None:
        """Under the list, where text is large, it must be scrolled to."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None:
            top = self.mapTo(inside, QPoint(0, 0)).y()
            bar = area.verticalScrollBar()
            if not bar.value() <= top < bar.value() + area.viewport().height() // 3:
                bar.setValue(top - self._look.unit(2))
