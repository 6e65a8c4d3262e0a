"""穿戴。The two choices of how everything looks, which work at once: text size and theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.ui.frame import size_names
from desktop.ui.look.tokens import Theme
from desktop.ui.widgets.fields import Choice, Segmented

if TYPE_CHECKING:
    from desktop.ui.look.look import Look


class SizeChoice(Segmented):
    def __init__(self, look: Look) -> None:
        scales = tuple(str(scale) for scale in look.tokens.scales)
        named = zip(scales, size_names(), strict=True)
        tr = QCoreApplication.translate
        super().__init__(look, tr("Wear", "字号"), [Choice(scale, name) for scale, name in named])
        self._scales = scales
        self._follow()
        self.chosen.connect(lambda scale: look.wear(scale=float(scale)))
        look.changed.connect(self._follow)

    def _follow(self) -> None:
        self.choose(self._scales[self._look.nearest_scale])


class ThemeChoice(Segmented):
    def __init__(self, look: Look) -> None:
        tr = QCoreApplication.translate
        names = {
            Theme.LIGHT: tr("Wear", "浅色"),
            Theme.DARK: tr("Wear", "深色"),
            Theme.HC: tr("Wear", "高对比"),
        }
        super().__init__(look, tr("Wear", "外观"), [Choice(theme, name) for theme, name in names.items()])
        self._follow()
        self.chosen.connect(lambda theme: look.wear(theme=Theme(theme)))
        look.changed.connect(self._follow)

    def _follow(self) -> None:
        self.choose(self._look.theme)
