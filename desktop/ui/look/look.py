"""外观总管。Theme, text size and privacy as they are now; every widget is given it and follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap

from desktop.ui.look.icons import Icon, Icons
from desktop.ui.look.money import MoneyText
from desktop.ui.look.tokens import Kind, Source, Theme, Tint, Verdict, read_tokens

if TYPE_CHECKING:
    from pathlib import Path

BAR_FROM = 1.5  # from this text size on, side things go above or under the main one
_TABULAR = QFont.Tag("tnum")


class Look(QObject):
    changed = Signal()

    def __init__(self, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tokens = read_tokens(resources / "look" / "tokens.toml")
        self.template = (resources / "look" / "base.qss").read_text(encoding="utf-8")
        self.icons = Icons(resources / "icons")
        self.money = MoneyText()
        self.theme = self.tokens.default_theme
        self.scale = 1.0

    def wear(
        self, *, theme: Theme | None = None, scale: float | None = None, hidden: bool | None = None
    ) -> None:
        """Change what is given; `changed` tells everyone once."""
        before = (self.theme, self.scale, self.money.hidden)
        self.theme = self.theme if theme is None else theme
        self.scale = self.scale if scale is None else min(max(scale, 1.0), max(self.tokens.scales))
        self.money.hidden = self.money.hidden if hidden is None else hidden
        if before != (self.theme, self.scale, self.money.hidden):
            self.changed.emit()

    @property
    def stacked(self) -> bool:
        """Is the text so large that things stand one under the other?"""
        return self.scale >= BAR_FROM

    @property
    def nearest_scale(self) -> int:
        """The place among the tokens' text sizes of the one that is nearest to that of now."""
        scales = self.tokens.scales
        return min(range(len(scales)), key=lambda place: abs(scales[place] - self.scale))

    @property
    def patterned(self) -> bool:
        """Must the sources of money be told apart by pattern?"""
        return self.theme is Theme.HC

    # -------------------------------------------------------------------------------------------- sizes

    def px(self, size: float) -> int:
        """A size of the tokens at the text size of now."""
        return round(size * self.scale)

    def unit(self, times: float = 1) -> int:
        """So many times the 4 px every size is made of."""
        return self.px(self.tokens.space["unit"] * times)

    def space(self, name: str) -> int:
        return self.px(self.tokens.space[name])

    def size(self, name: str) -> int:
        return self.px(self.tokens.sizes[name])

    def radius(self, name: str) -> int:
        return self.px(self.tokens.radius[name])

    @property
    def hairline(self) -> int:
        """Borders are thicker in high contrast."""
        return self.tokens.border["hc" if self.theme is Theme.HC else "hairline"]

    @property
    def ring(self) -> int:
        return self.tokens.border["focus"]

    # -------------------------------------------------------------------------------------------- colour

    def colour(self, name: str) -> QColor:
        return QColor(self.tokens.colours[self.theme][name])

    def tint(self, source: Source) -> Tint:
        return self.tokens.sources[self.theme][source]

    def verdict(self, verdict: Verdict, part: str = "") -> QColor:
        """`part` is "", "soft" or "line"."""
        return self.colour(f"{verdict}_{part}" if part else verdict)

    def icon(self, icon: Icon, tone: str = "text_2") -> QIcon:
        return self.icons.icon(icon, self.colour(tone), self.size("icon"))

    def icon_size(self) -> QSize:
        return QSize(self.size("icon"), self.size("icon"))

    def pixmap(self, icon: Icon, colour: QColor, size: int, ratio: float) -> QPixmap:
        return self.icons.pixmap(icon, colour, size, ratio)

    # -------------------------------------------------------------------------------------------- type

    def font(self, kind: Kind, *, bold: bool | None = None) -> QFont:
        """Digits of one width; the families in order of preference."""
        given = self.tokens.types[kind]
        font = QFont(list(self.tokens.families))
        font.setPixelSize(self.px(given.size))
        heavy = given.weight > QFont.Weight.Medium if bold is None else bold
        font.setWeight(QFont.Weight.Bold if heavy else QFont.Weight.Normal)
        font.setFeature(_TABULAR, 1)
        return font

    def line(self, kind: Kind) -> int:
        """The height of a line of this kind of type."""
        return self.px(self.tokens.types[kind].line)
