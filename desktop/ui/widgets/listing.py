"""清单。Things to choose from, one under the other: a title with chips, a line under it, heads of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.painting import paint_focus, paint_text
from desktop.ui.widgets.room import ANY
from desktop.ui.widgets.tables import ACCESSIBLE, DISPLAY
from desktop.ui.widgets.verdicts import chip_size, paint_chip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from desktop.ui.look.look import Look
    from desktop.ui.look.tokens import Verdict

_ITEM = int(Qt.ItemDataRole.UserRole)
_ROOT = QModelIndex()
_EDGE, _TALL, _LOW, _GAP, _AIR = 4.0, 2.5, 1.25, 2.0, 5.0  # units
_LEAST, _ALONE = 30, 80  # units: beside something at least so high, alone at most
_ENDLESS = 10_000.0  # px: as high as it needs to be
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
Index = QModelIndex | QPersistentModelIndex


class Mark(NamedTuple):
    """A few words on a soft ground, with the shape of their verdict."""

    words: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Item:
    """`words` stand under the title, `aside` at the right. The `head` of a group cannot be chosen; an `airy`
    one has room above it instead of a ground.

    What is `plain` is a title in normal weight, as in a list of pages. The sums in a `bare` one are no one's,
    and privacy leaves them.
    """

    key: str
    title: str
    words: str = ""
    aside: str = ""
    marks: tuple[Mark, ...] = ()
    tone: str = "text_2"
    plain: bool = False
    head: bool = False
    airy: bool = False
    bare: bool = False

    @property
    def spoken(self) -> str:
        parts = (self.title, self.words, self.aside, *(mark.words for mark in self.marks))
        return "，".join(part for part in parts if part)


class _Spots(NamedTuple):
    """Where things stand in an item, and how high it is."""

    title: QRectF
    words: QRectF
    aside: QRectF
    marks: QPointF
    high: int


class _Items(QAbstractListModel):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.items: tuple[Item, ...] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.items[index.row()].head:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        item = self.items[index.row()]
        if role == _ITEM:
            return item
        if role == DISPLAY:
            return _shown(self._look, item, item.title)
        return _shown(self._look, item, item.spoken) if role == ACCESSIBLE else None


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, view: Listing) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self._spots(index.data(_ITEM), width).high)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, area = index.data(_ITEM), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item.head:
            self._paint_head(painter, area, item)
        else:
            self._paint_ground(painter, option, item, last=index.row() == index.model().rowCount() - 1)
            self._paint_item(painter, area, item, chosen=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    # ---------------------------------------------------------------------------------------------- places

    def _font(self, item: Item, *, chosen: bool = False) -> QFont:
        return self._look.font(Kind.BODY, bold=not item.plain or chosen)

    def _spots(self, item: Item, width: int) -> _Spots:
        """Side by side where there is room, else one under the other."""
        look = self._look
        if item.head:
            high = look.line(Kind.CAPTION) + look.unit(_AIR if item.airy else 2)
            return _Spots(QRectF(), QRectF(), QRectF(), QPointF(), high)
        edge, tall = look.unit(_EDGE), look.unit(_LOW if item.plain else _TALL)
        room = width - 2 * edge
        aside = self._wide(item, item.aside, Kind.CAPTION) if item.aside else 0.0
        beside = aside if item.plain else self._marks_wide(item)
        title, marks, under = self._upper(item, room, beside)
        if item.plain:
            words, behind = QRectF(), QRectF(room - aside, 0, aside, title.height())
        else:
            words, behind = self._lower(item, room, aside)
            under += look.unit(0.5) if words.height() or behind.height() else 0
        for area in (words, behind):
            area.translate(edge, tall + (0 if item.plain else under))
        title.translate(edge, tall)
        bottom = max(under + tall, words.bottom(), behind.bottom())
        return _Spots(title, words, behind, marks + QPointF(edge, tall), round(bottom + tall))

    def _upper(self, item: Item, room: float, beside: float) -> tuple[QRectF, QPointF, float]:
        """The title, where its marks begin, and where what comes under them begins."""
        look, font = self._look, self._font(item, chosen=True)
        left = room - (beside + look.unit(_GAP) if beside else 0)
        title = self._room(_shown(look, item, item.title), font, left)
        if title.height() <= look.line(Kind.BODY) or item.plain or not beside:
            return title, QPointF(room - beside, 0), title.height()
        title = self._room(_shown(look, item, item.title), font, room)
        marks = QPointF(0, title.bottom() + look.unit(0.5))
        return title, marks, marks.y() + chip_size(look, "").height()

    def _lower(self, item: Item, room: float, aside: float) -> tuple[QRectF, QRectF]:
        """The words, and behind or under them what stands aside."""
        look, line = self._look, self._look.line(Kind.TABLE)
        both = self._wide(item, item.words, Kind.TABLE) + look.unit(_GAP) + aside <= room
        behind = QRectF(0, 0, room, line if item.aside else 0)
        if not item.words:
            return QRectF(), behind
        words = self._room(_shown(look, item, item.words), look.font(Kind.TABLE), room)
        if item.aside and not both:
            behind.moveTop(words.bottom())
        return words, behind

    @staticmethod
    def _room(text: str, font: QFont, width: float) -> QRectF:
        metrics = QFontMetricsF(font)
        found = metrics.boundingRect(QRectF(0, 0, max(width, 1), _ENDLESS), _WRAP, text)
        return QRectF(0, 0, width, max(found.height(), metrics.height()))

    def _wide(self, item: Item, text: str, kind: Kind) -> float:
        return QFontMetricsF(self._look.font(kind)).horizontalAdvance(_shown(self._look, item, text))

    def _marks_wide(self, item: Item) -> float:
        sizes = [chip_size(self._look, mark.words).width() for mark in item.marks]
        return sum(sizes) + self._look.unit() * max(len(sizes) - 1, 0)

    # -------------------------------------------------------------------------------------------- painting

    def _paint_head(self, painter: QPainter, area: QRectF, item: Item) -> None:
        look = self._look
        if item.airy:
            area = area.adjusted(0, look.unit(_AIR - 2), 0, 0)
        else:
            painter.fillRect(area, look.colour("sunken"))
        inner = area.adjusted(look.unit(_EDGE), 0, -look.unit(_EDGE), 0)
        paint_text(painter, inner, item.title, look.font(Kind.CAPTION, bold=True), look.colour("text_2"))

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, item: Item, *, last: bool
    ) -> None:
        look, area = self._look, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = area.adjusted(look.unit(1), look.unit(0.25), -look.unit(1), -look.unit(0.25))
        ground = ground if item.plain else area
        radius = look.radius("control") if item.plain else 0
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(ground, radius, radius)
        if chosen:
            inset = look.unit(2) if item.plain else 0
            bar = QRectF(ground.left(), ground.top() + inset, look.unit(0.75), ground.height() - 2 * inset)
            painter.fillRect(bar, look.colour("primary"))
        elif not item.plain and not last:
            painter.setPen(QPen(look.colour("line"), look.hairline))
            under = area.bottom() - look.hairline / 2
            painter.drawLine(
                QPointF(area.left() + look.unit(_EDGE), under),
                QPointF(area.right() - look.unit(_EDGE), under),
            )
        if chosen and self._view.hasFocus():
            paint_focus(painter, look, ground, radius)

    def _paint_item(self, painter: QPainter, area: QRectF, item: Item, *, chosen: bool) -> None:
        look, spots = self._look, self._spots(item, round(area.width()))
        tone = "primary" if chosen and item.plain else "text"
        heavy = self._font(item, chosen=chosen)
        title, words, aside = (_shown(look, item, text) for text in (item.title, item.words, item.aside))
        self._write(painter, spots.title.translated(area.topLeft()), title, heavy, tone)
        body = look.font(Kind.TABLE)
        self._write(painter, spots.words.translated(area.topLeft()), words, body, item.tone)
        behind = spots.aside.translated(area.topLeft())
        right = Qt.AlignmentFlag.AlignRight
        caption = look.font(Kind.CAPTION)
        paint_text(painter, behind, aside, caption, look.colour("text_3"), align=right)
        left = spots.marks + area.topLeft()
        for mark in item.marks:
            size = chip_size(look, mark.words)
            paint_chip(painter, look, QRectF(left, size), mark.verdict, mark.words)
            left += QPointF(size.width() + look.unit(), 0)

    def _write(self, painter: QPainter, area: QRectF, text: str, font: QFont, tone: str) -> None:
        painter.setFont(font)
        painter.setPen(self._look.colour(tone))
        painter.drawText(area, _WRAP, text)


def _shown(look: Look, item: Item, text: str) -> str:
    return text if item.bare else look.money.sentence(text)


class Listing(QListView):
    """`chosen` comes with the key walked to or pressed, `opened` with what Enter or a double click opens."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, look: Look, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._items = look, _Items(look)
        self._items.setParent(self)
        self._quiet = False
        self.setModel(self._items)
        self.setItemDelegate(_Painter(look, self))
        self.setAccessibleName(caption)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._walked)
        self._alone: bool | None = None
        look.changed.connect(self.scheduleDelayedItemsLayout)

    def show_items(self, items: Sequence[Item], key: str = "") -> None:
        """New items, the one of this key chosen if it is there; no signal comes."""
        if tuple(items) != self._items.items:
            self._quiet = True
            place = self.verticalScrollBar().value()
            self._items.show_items(items)
            self._quiet = False
            self.doItemsLayout()
            self.verticalScrollBar().setValue(place)
        if self._alone is not None:
            self.stand(alone=self._alone)
        self.choose(key)

    @property
    def items(self) -> tuple[Item, ...]:
        return self._items.items

    @property
    def key(self) -> str:
        index = self.currentIndex()
        return self._items.items[index.row()].key if index.isValid() else ""

    def choose(self, key: str) -> None:
        """Show one as chosen, without a signal; none where the key is unknown."""
        row = next((row for row, one in enumerate(self.items) if one.key == key and not one.head), None)
        self._quiet = True
        index = QModelIndex() if row is None else self._items.index(row)
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        if row is not None:
            self.scrollTo(index)
        self._quiet = False

    def step(self, by: int) -> None:
        """To the next one that can be chosen, in that direction."""
        rows = [row for row, one in enumerate(self.items) if not one.head]
        here = self.currentIndex().row()
        ahead = [row for row in rows if (row > here if by > 0 else row < here)]
        if ahead:
            self.setCurrentIndex(self._items.index(ahead[0] if by > 0 else ahead[-1]))

    def whole_height(self) -> int:
        """The height at which nothing has to be scrolled."""
        rows = range(self._items.rowCount())
        return sum(self.sizeHintForIndex(self._items.index(row)).height() for row in rows)

    def stand(self, *, alone: bool) -> None:
        """Alone, with nothing beside it, it is as high as some of its lines, and the rest scrolls."""
        self._alone = alone
        high = min(self.whole_height(), self._look.unit(_ALONE)) if alone else 0
        self.setMinimumHeight(high or self._look.unit(_LEAST))
        self.setMaximumHeight(high or ANY)

    def _walked(self, index: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self.chosen.emit(self._items.items[index.row()].key)

    def _open(self) -> None:
        if self.key:
            self.opened.emit(self.key)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._open()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to the first one, if it was nowhere yet."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.step(1)
        self.viewport().update()
