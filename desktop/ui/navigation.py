"""导航。The left list of pages with the family's card; at large text a bar with words under the icons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QButtonGroup, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Box, Fit, Words, column, row
from desktop.ui.widgets.marks import Mark
from desktop.ui.widgets.painting import paint_focus, paint_icon, paint_text

if TYPE_CHECKING:
    from desktop.ui.look.look import Look

_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """Whose book is open: `note` is the file name, or that it is a sample."""

    name: str
    note: str


class NavItem(QAbstractButton):
    """A page to switch to; `badge` counts what is 不可以 on it."""

    def __init__(self, look: Look, icon: Icon, title: str) -> None:
        super().__init__()
        self._look, self._icon, self._badge = look, icon, 0
        self.setText(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress()
        look.changed.connect(self._dress)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the page as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @property
    def badge(self) -> int:
        return self._badge

    def count(self, badge: int) -> None:
        self._badge = badge
        self._dress()

    def _dress(self) -> None:
        counted = self.tr("{page}，{count} 项不可以")
        title = self.text()
        self.setAccessibleName(counted.format(page=title, count=self._badge) if self._badge else title)
        across = QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = self._look
        if not look.stacked:
            return QSize(look.unit(30), look.unit(9.5))
        wide = QFontMetricsF(look.font(Kind.TABLE, bold=True)).horizontalAdvance(self.text())
        return QSize(round(wide) + look.unit(10), look.size("icon") + look.line(Kind.TABLE) + look.unit(3))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        area = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selected" if self.isChecked() else "hover"))
            painter.drawRoundedRect(area, look.radius("control"), look.radius("control"))
        tone = look.colour("primary" if self.isChecked() else "text")
        if look.stacked:
            self._paint_under(painter, area, tone)
        else:
            self._paint_beside(painter, area, tone)
        if self.hasFocus():
            paint_focus(painter, look, area, look.radius("control"))

    def _paint_beside(self, painter: QPainter, area: QRectF, tone: QColor) -> None:
        look = self._look
        side = look.size("icon")
        if self.isChecked():
            bar = QRectF(0, area.top() + look.unit(2.25), look.unit(0.75), area.height() - look.unit(4.5))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary"))
            painter.drawRoundedRect(bar, look.unit(0.25), look.unit(0.25))
        icon = QRectF(look.unit(3.25), area.center().y() - side / 2, side, side)
        paint_icon(painter, look, self._icon, tone, icon)
        words = area.adjusted(look.unit(10.5), 0, -look.unit(2), 0)
        paint_text(painter, words, self.text(), look.font(Kind.BODY, bold=self.isChecked()), tone)
        if self._badge:
            place = QRectF(area.right() - look.unit(10), area.center().y() - look.unit(2.5), 0, look.unit(5))
            place.setWidth(look.unit(8))
            self._paint_badge(painter, place)

    def _paint_under(self, painter: QPainter, area: QRectF, tone: QColor) -> None:
        look = self._look
        side = look.size("icon")
        icon = QRectF(area.center().x() - side / 2, look.unit(1), side, side)
        paint_icon(painter, look, self._icon, tone, icon)
        line = QRectF(area.left(), icon.bottom(), area.width(), look.line(Kind.TABLE))
        font = look.font(Kind.TABLE, bold=self.isChecked())
        paint_text(painter, line, self.text(), font, tone, align=_CENTRE)
        if self.isChecked():
            bar = QRectF(area.center().x() - side / 2, area.bottom() - look.unit(0.75), side, look.unit(0.75))
            painter.fillRect(bar, look.colour("primary"))
        if self._badge:
            wide = look.unit(4)
            left = min(icon.right() + look.unit(0.5), area.right() - wide)
            self._paint_badge(painter, QRectF(left, look.unit(0.5), wide, look.unit(4)))

    def _paint_badge(self, painter: QPainter, area: QRectF) -> None:
        look = self._look
        painter.setPen(QPen(look.colour("bad_line"), look.hairline))
        painter.setBrush(look.colour("bad_soft"))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        font = look.font(Kind.CAPTION, bold=True)
        paint_text(painter, area, str(self._badge), font, look.colour("bad"), align=_CENTRE)


class _Disc(QWidget):
    """The first character of the family's name, on the action colour."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._word = look, ""
        self._dress()
        look.changed.connect(self._dress)

    def show_word(self, word: str) -> None:
        self._word = word
        self.update()

    def _dress(self) -> None:
        self.setFixedSize(self._look.unit(7.5), self._look.unit(7.5))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("primary"))
        painter.drawEllipse(self.rect())
        font = self._look.font(Kind.BODY_B)
        area = QRectF(self.rect())
        paint_text(painter, area, self._word, font, self._look.colour("on_primary"), align=_CENTRE)


class Navigation(QWidget):
    """`chosen` comes with the key of the page pressed; arrow keys walk the pages."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._open = look, False
        self.setProperty("role", "navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("页面"))
        self._group = QButtonGroup(self)
        self._items: dict[str, NavItem] = {}
        self._box = Box(look, QBoxLayout.Direction.TopToBottom, 1, (2.5, 3, 2.5, 3), self)
        self._card = self._build_card()
        self._box.addWidget(self._card)
        self._pages = Box(look, QBoxLayout.Direction.TopToBottom, 1, (0, 2.5, 0, 0))
        self._box.addLayout(self._pages)
        self._box.addStretch(1)
        self._foot = Box(look, QBoxLayout.Direction.TopToBottom, 1)
        self._box.addLayout(self._foot)
        self._dress()
        look.changed.connect(self._dress)

    def add(self, key: str, icon: Icon, title: str, *, foot: bool = False) -> None:
        item = NavItem(self._look, icon, title)
        item.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(item)
        self._items[key] = item
        (self._foot if foot else self._pages).addWidget(item)

    def item(self, key: str) -> NavItem:
        return self._items[key]

    def show_page(self, key: str) -> None:
        """An empty key: none of them."""
        self._group.setExclusive(bool(key))
        for name, item in self._items.items():
            item.setChecked(name == key)

    def show_no_family(self) -> None:
        self._open = False
        self._card.hide()

    def show_family(self, card: FamilyCard) -> None:
        self._open = True
        self._card.setVisible(not self._look.stacked)
        self._name.say(card.name)
        self._note.say(card.note)
        self._disc.show_word(card.name[:1])
        self._card.setAccessibleName(f"{card.name}，{card.note}")

    def _build_card(self) -> QToolButton:
        """The family's name, which opens a menu of others."""
        card = QToolButton()
        card.setProperty("role", "card")
        card.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        card.setCursor(Qt.CursorShape.PointingHandCursor)
        line = row(self._look, 2, (2, 1.5, 2, 1.5), card)
        self._disc = _Disc(self._look)
        self._name = Words(self._look, "", Kind.BODY_B, fit=Fit.ELIDE)
        self._note = Words(self._look, "", Kind.CAPTION, "text_2", fit=Fit.ELIDE)
        lines = column(self._look)
        lines.take(self._name, self._note)
        line.addWidget(self._disc)
        line.addLayout(lines, 1)
        more = Mark(self._look, Icon.DOWN, "text_2")
        line.addWidget(more)
        for words in (self._disc, self._name, self._note, more):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return card

    @property
    def card(self) -> QToolButton:
        """What shows whose book is open; others are chosen from its menu."""
        return self._card

    def _dress(self) -> None:
        stacked = self._look.stacked
        ways = QBoxLayout.Direction
        for box in (self._box, self._pages, self._foot):
            box.setDirection(ways.LeftToRight if stacked else ways.TopToBottom)
        self.setProperty("bar", stacked)
        self.style().polish(self)
        self._card.setVisible(self._open and not stacked)
        self._card.setFixedHeight(self._look.unit(13))
        if stacked:
            self.setMinimumWidth(0)
            self.setMaximumWidth(self._look.px(self._look.tokens.window_design[0] * 2))
        else:
            self.setFixedWidth(self._look.size("nav_width"))
        if stacked:
            self._box.setContentsMargins(*([self._look.unit()] * 4))
            self._pages.setContentsMargins(0, 0, 0, 0)
