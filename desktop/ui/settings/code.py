"""锁定码的表单。Sets, changes or takes away the code that opens the locked screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from desktop.ui.widgets.basic import Button, column, row
from desktop.ui.widgets.forms import Asked

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.ui.look.look import Look
    from desktop.ui.settings.model import SettingsModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CodeForm(QWidget):
    """Two buttons at rest; pressed, the fields it takes. `done` comes with what was done, in a sentence."""

    done = Signal(str)

    def __init__(self, look: Look, model: SettingsModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self._removing = False
        self.now = self._ask(self.tr("现在的锁定码"))
        self.new = self._ask(self.tr("新的锁定码"), self.tr("4 到 32 个字，数字、字母、汉字都可以"))
        self.again = self._ask(self.tr("再输一次"))
        self._asked = {"now": self.now, "new": self.new, "again": self.again}
        self.set = Button(look, "", self._begin_setting)
        self.remove = Button(look, self.tr("去掉锁定码…"), self._begin_removing)
        self.keep = Button(look, "", self._keep, "primary")
        self.leave = Button(look, self.tr("取消"), self.close_fields)
        lines = column(look, 2, parent=self)
        lines.addLayout(row(look, 2).take(self.set, self.remove, None))
        lines.take(self.now, self.new, self.again)
        lines.addLayout(row(look, 2).take(self.keep, self.leave, None))
        model.changed.connect(self._stand)
        self.close_fields()

    def _ask(self, caption: str, remark: str = "") -> Asked:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(caption)
        return Asked(self._look, caption, line, remark)

    def _begin_setting(self) -> None:
        self._begin(removing=False)

    def _begin_removing(self) -> None:
        self._begin(removing=True)

    def _begin(self, *, removing: bool) -> None:
        self._removing = removing
        self.close_fields()
        self.now.setVisible(self._model.has_code)
        self.new.setVisible(not removing)
        self.again.setVisible(not removing)
        self.keep.say(self.tr("去掉") if removing else self.tr("保存"))
        self.keep.show()
        self.leave.show()
        self.set.hide()
        self.remove.hide()
        (self.now if self._model.has_code else self.new).setFocus()

    def close_fields(self) -> None:
        """At rest, with nothing left in the fields."""
        for asked in self._asked.values():
            asked.hide()
            asked.complain("")
            self._line(asked).clear()
        self.keep.hide()
        self.leave.hide()
        self.set.show()
        self._stand()

    def _stand(self) -> None:
        """At rest the buttons say what there is to do."""
        has = self._model.has_code
        self.set.say(self.tr("更改锁定码…") if has else self.tr("设锁定码…"))
        self.remove.setVisible(has and self.set.isVisibleTo(self))

    def _keep(self) -> None:
        now, new, again = (self._line(one).text() for one in self._asked.values())
        removing = self._removing
        faults = self._model.remove_code(now) if removing else self._model.set_code(now, new, again)
        for name, asked in self._asked.items():
            asked.complain(faults.get(name, ""))
        if faults:
            self._asked[next(iter(faults))].setFocus()
            return
        self.close_fields()
        self.set.setFocus()
        self.done.emit(self.tr("锁定码去掉了。") if removing else self.tr("锁定码存好了。"))

    @staticmethod
    def _line(asked: Asked) -> QLineEdit:
        assert isinstance(asked.field, QLineEdit)
        return asked.field

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keep.isVisible():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape or self._is_enter_on(event, self.leave):
            self.close_fields()
            self.set.setFocus()
        elif event.key() in _ENTER:
            self._keep()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _is_enter_on(event: QKeyEvent, button: Button) -> bool:
        return event.key() in _ENTER and button.hasFocus()
