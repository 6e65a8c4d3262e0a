"""事项清单。What is being done, then every guide by group; found by words or first letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Fit, Words, column
from desktop.ui.widgets.fields import Choice, Combo
from desktop.ui.widgets.listing import Listing
from desktop.ui.widgets.panel import Panel
from desktop.ui.widgets.room import ANY, hold_width
from desktop.ui.widgets.seek import SeekLine

if TYPE_CHECKING:
    from desktop.ui.guides.model import GuidesModel
    from desktop.ui.look.look import Look

_SIDE, _FOUND = 55, 60  # units: how wide it is beside the guide, how high what was found is above it


class GuideList(Panel):
    """Beside the guide it is a list; above it, where there is no room, a box one opens."""

    def __init__(self, look: Look, model: GuidesModel) -> None:
        super().__init__(look, edges=False, gap=0)
        self._model, self._beside = model, True
        self.setAccessibleName(self.tr("要办的事"))
        self.seek = SeekLine(look, self.tr("查找，可用首字母"))
        self.seek.textEdited.connect(model.seek)
        self.box = Combo(look, self.tr("要办的事"))
        self.box.chosen.connect(model.choose)
        self.list = Listing(look, self.tr("要办的事，上下键逐件看"))
        self.list.chosen.connect(model.choose)
        self.none = Words(look, self.tr("没有找到，换个说法试试。"), Kind.TABLE, "text_2", fit=Fit.WRAP)
        top = QFrame()
        column(look, 2, (3, 3, 3, 1), top).take(self.box, self.seek, self.none)
        self.body.addWidget(top)
        self.body.addWidget(self.list, 1)
        self.stops = (self.box, self.seek, self.list)
        model.listed.connect(self._fill)
        self.turn(beside=True)
        self._fill()

    def turn(self, *, beside: bool) -> None:
        self._beside = beside
        self.box.setVisible(not beside)
        hold_width(self, self._look.unit(_SIDE) if beside else None)
        self._fit()

    def _fit(self) -> None:
        """Above the guide only what is sought is listed, as high as it needs to be."""
        look, found = self._look, bool(self._model.items)
        self.list.setVisible(found and (self._beside or bool(self._model.sought)))
        high = min(self.list.whole_height() + look.unit(2), look.unit(_FOUND))
        self.list.setMinimumHeight(look.unit(40) if self._beside else high)
        self.list.setMaximumHeight(ANY if self._beside else high)
        self.none.setVisible(not found)
        foot = 2 if self._beside or self._model.sought else 3
        self.body.setContentsMargins(0, 0, 0, look.unit(foot))

    def _fill(self) -> None:
        model = self._model
        self.list.show_items(model.items, model.key)
        self.box.offer([Choice(one.key, _in_box(one.title, one.aside)) for one in model.choices])
        self.box.choose(model.key)
        if self.seek.text().strip() != model.sought:
            self.seek.setText(model.sought)
        self._fit()


def _in_box(title: str, aside: str) -> str:
    return f"{title}（{aside}）" if aside else title
