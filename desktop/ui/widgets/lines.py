"""账行。A table of lines as in an account book: months as groups, chips, bars, bold balances."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCursor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from desktop.ui.look.money import EMPTY
from desktop.ui.look.tokens import Kind, Source, Verdict
from desktop.ui.widgets.painting import (
    ICON_OF,
    Slice,
    paint_bar,
    paint_icon,
    paint_slices,
    paint_text,
    rounded,
)
from desktop.ui.widgets.tables import ALIGNMENT, DISPLAY, SLICES
from desktop.ui.widgets.verdicts import chip_size, paint_chip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QResizeEvent

    from desktop.ui.look.look import Look

# Plain ints: an enum member costs nearly three times as much at each call of `data`.
STRONG = int(Qt.ItemDataRole.UserRole) + 2  # bold
TONE = int(Qt.ItemDataRole.UserRole) + 3  # the name of a colour
CHIPS = int(Qt.ItemDataRole.UserRole) + 4  # a tuple of `Chip` behind the words
SIGN = int(Qt.ItemDataRole.UserRole) + 5  # a `Verdict` whose shape stands before the words
GROUP = int(Qt.ItemDataRole.UserRole) + 6  # the row is the head of a group
SOURCE = int(Qt.ItemDataRole.UserRole) + 7  # of a header: the source whose square stands before it
ASIDE = int(Qt.ItemDataRole.UserRole) + 8  # of a header or cell: grey words behind it

Index = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_EDGE = 5.0  # units between the border of the sheet and the first words
_SIDE = 2.0  # units each side of a cell
_SIGNED = 4.0  # units before words that a verdict may stand before
_GAP, _LINE, _BAR = 3.0, 6.5, 30.0  # units between and of what stands under a folded row
_BEARS = 16.0  # units of words a table gives up before it folds
_FEW = 18.0  # units of words that stay however narrow it is
_WORDY = 120.0  # units a column of words takes at most before it is cut
_WIDE_CODE = 0x2E80  # from here on characters are as wide as they are high


class Piece(NamedTuple):
    """Something that stands under a folded row: its width, and how it is painted into its room."""

    width: float
    paint: Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class Fold:
    """Where there is no room, the columns `under` go below each row, and `wide` takes the room left.

    `bears`: so many units of words are given up before that.
    """

    wide: int
    under: tuple[int, ...]
    bears: float = _BEARS


@dataclass(frozen=True, slots=True)
class Chip:
    """A few words on a ground of their own; without a verdict a grey one."""

    words: str
    verdict: Verdict | None = None


def _chip_size(look: Look, chip: Chip) -> QSize:
    if chip.verdict is not None:
        return chip_size(look, chip.words)
    wide = QFontMetricsF(look.font(Kind.CAPTION, bold=True)).horizontalAdvance(chip.words)
    return QSize(round(wide) + look.unit(5), look.unit(5))


def _paint_any_chip(look: Look, chip: Chip, painter: QPainter, room: QRectF) -> None:
    """In the middle of the height of its room."""
    high = _chip_size(look, chip).height()
    area = QRectF(room.left(), round(room.center().y() - high / 2), room.width(), high)
    if chip.verdict is None:
        _paint_grey(painter, look, area, chip.words)
    else:
        paint_chip(painter, look, area, chip.verdict, chip.words)


def _paint_grey(painter: QPainter, look: Look, area: QRectF, words: str) -> None:
    framed = QPen(look.colour("line"), look.hairline)
    painter.setPen(framed if look.patterned else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(look.colour("track"))
    painter.drawRoundedRect(area, look.radius("chip"), look.radius("chip"))
    font = look.font(Kind.CAPTION, bold=True)
    paint_text(painter, area, words, font, look.colour("text_2"), align=Qt.AlignmentFlag.AlignHCenter)


class LineDelegate(QStyledItemDelegate):
    """Paints a cell as its roles say: `STRONG`, `TONE`, `CHIPS`, `SIGN`, `GROUP`, `ASIDE` and `SLICES`."""

    def __init__(self, look: Look, parent: LineTable) -> None:
        super().__init__(parent)
        self._look, self._table = look, parent
        self._painted: tuple[int, list[list[Piece]]] = (-1, [])

    def forget(self) -> None:
        """Another painting begins: what stood under a row may be other."""
        self._painted = (-1, [])

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(option.rect)
        group = bool(index.data(GROUP))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if group:
            painter.fillRect(area, self._look.colour("sunken"))
        else:
            self._paint_ground(painter, option, index)
        if self._table.folded and not group:
            painter.setClipRect(area)  # each cell paints its part of what stands under the whole row
            self._paint_under(painter, area, index.row())
            area.setHeight(self._look.size("row"))
        inner = self._table.inside(area, index.column())
        slices = index.data(SLICES)
        if slices:
            self._paint_bar(painter, inner, slices)
        else:
            self._paint_words(painter, inner, index, group=group)
        painter.restore()

    def _paint_bar(self, painter: QPainter, inner: QRectF, slices: Sequence[Slice]) -> None:
        high = self._look.unit(2.5)
        bar = QRectF(inner.left(), round(inner.center().y() - high / 2), inner.width(), high)
        paint_slices(painter, self._look, bar, slices)

    # ---------------------------------------------------------------------------------------- under a row

    def under(self, row: int) -> list[list[Piece]]:
        """What stands under a row that is folded, line by line."""
        room, gap = self._table.room_under(), self._look.unit(_GAP)
        lines: list[list[Piece]] = [[]]
        used = 0.0
        for piece in self._pieces(row):
            if lines[-1] and used + piece.width > room:
                lines.append([])
                used = 0.0
            lines[-1].append(piece)
            used += piece.width + gap
        return [line for line in lines if line]

    def _paint_under(self, painter: QPainter, area: QRectF, row: int) -> None:
        look, table = self._look, self._table
        high = look.unit(_LINE)
        left = table.horizontalHeader().sectionViewportPosition(0) + look.unit(_EDGE)
        top = area.top() + look.size("row") - look.unit()
        if self._painted[0] != row:  # its cells are painted one after another
            self._painted = row, self.under(row)
        for line in self._painted[1]:
            spot = left
            for piece in line:
                wide = min(piece.width, table.room_under())
                piece.paint(painter, QRectF(spot, top, wide, high))
                spot += round(piece.width + look.unit(_GAP))
            top += high

    def _pieces(self, row: int) -> Iterator[Piece]:
        model = self._table.model()
        for column in self._table.fold.under if self._table.fold is not None else ():
            index = model.index(row, column)
            slices = index.data(SLICES)
            if slices:
                wide = float(self._look.unit(_BAR))
                yield Piece(wide, partial(self._paint_slices_piece, slices))
            elif index.data(ALIGNMENT) == _RIGHT:
                yield from self._sum_piece(index)
            else:
                yield self._words_piece(index)
                yield from self._behind_pieces(index)

    def _paint_slices_piece(self, slices: Sequence[Slice], painter: QPainter, area: QRectF) -> None:
        self._paint_bar(painter, area, slices)

    def _words_piece(self, index: Index) -> Piece:
        look, text, font = self._look, str(index.data(DISPLAY) or ""), self.font_of(index)
        sign = index.data(SIGN)
        side = look.size("icon_small") - look.unit(0.5)
        before = float(side + look.unit()) if sign is not None else 0.0

        def paint(painter: QPainter, area: QRectF) -> None:
            if sign is not None:
                spot = QRectF(area.left(), area.center().y() - side / 2, side, side)
                paint_icon(painter, look, ICON_OF[sign], look.verdict(sign), spot)
            paint_text(painter, area.adjusted(before, 0, 0, 0), text, font, look.colour("text"))

        return Piece(QFontMetricsF(font).horizontalAdvance(text) + before + 1, paint)

    def _behind_pieces(self, index: Index) -> Iterator[Piece]:
        look = self._look
        aside = str(index.data(ASIDE) or "")
        if aside:
            yield self._caption_piece(aside, "text_3")
        for chip in index.data(CHIPS) or ():
            yield Piece(_chip_size(look, chip).width(), partial(_paint_any_chip, look, chip))

    def _sum_piece(self, index: Index) -> Iterator[Piece]:
        """The column's name with the sum, where there is one."""
        look, text = self._look, str(index.data(DISPLAY) or "")
        head = self._table.horizontalHeader()
        if text in ("", EMPTY) or not isinstance(head, LineHeader):
            return
        name, source, _ = head.parts(index.column())
        words = self._caption_piece(f"{name} {text}", "text")
        if source is None:
            yield words
            return
        side = look.unit(2.25)
        before = side + look.unit(1.5)

        def paint(painter: QPainter, area: QRectF) -> None:
            square = QRectF(area.left(), area.center().y() - side / 2, side, side)
            paint_bar(painter, look, square, source)
            words.paint(painter, area.adjusted(before, 0, 0, 0))

        yield Piece(words.width + before, paint)

    def _caption_piece(self, words: str, tone: str) -> Piece:
        look, font = self._look, self._look.font(Kind.CAPTION)

        def paint(painter: QPainter, area: QRectF) -> None:
            paint_text(painter, area, words, font, look.colour(tone))

        return Piece(QFontMetricsF(font).horizontalAdvance(words) + 1, paint)

    def font_of(self, index: Index) -> QFont:
        if index.data(GROUP):
            return self._look.font(Kind.CAPTION, bold=bool(index.data(STRONG)))
        return self._look.font(Kind.TABLE, bold=bool(index.data(STRONG)))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, area, column = self._look, QRectF(option.rect), index.column()
        last = column == index.model().columnCount() - 1
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or index.row() == self._table.hovered:
            painter.fillRect(area, look.colour("selected" if chosen else "hover"))
        painter.setPen(QPen(look.colour("line"), look.hairline))
        left = area.left() + (look.unit(_EDGE) if not column else 0)
        right = area.right() - (look.unit(_EDGE) if last else 0)
        under = area.bottom() - look.hairline / 2
        if not chosen and index.row() < index.model().rowCount() - 1:
            painter.drawLine(QPointF(left, under), QPointF(right, under))
        if chosen and not column:
            bar = QRectF(area.left(), area.top(), look.unit(0.75), area.height())
            painter.fillRect(bar, look.colour("primary"))
        if chosen and self._table.hasFocus():
            self._paint_ring(painter, area, first=not column, last=last)

    def _paint_ring(self, painter: QPainter, area: QRectF, *, first: bool, last: bool) -> None:
        """The keyboard is in this row."""
        half = self._look.ring / 2
        box = area.adjusted(half if first else 0, half, -half if last else 0, -half)
        painter.setPen(QPen(self._look.colour("focus"), self._look.ring))
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if first:
            painter.drawLine(box.topLeft(), box.bottomLeft())
        if last:
            painter.drawLine(box.topRight(), box.bottomRight())

    def _paint_words(self, painter: QPainter, inner: QRectF, index: Index, *, group: bool) -> None:
        look = self._look
        text, font = str(index.data(DISPLAY) or ""), self.font_of(index)
        tone = str(index.data(TONE) or ("text_2" if group and not index.data(STRONG) else "text"))
        sign = index.data(SIGN)
        if sign is not None:
            side = look.size("icon_small") - look.unit(0.5)
            spot = QRectF(inner.left() - side - look.unit(), inner.center().y() - side / 2, side, side)
            paint_icon(painter, look, ICON_OF[sign], look.verdict(sign), spot)
        if index.data(ALIGNMENT) == _RIGHT:
            paint_text(painter, inner, text, font, look.colour(tone), align=Qt.AlignmentFlag.AlignRight)
            return
        behind = self.behind(index)
        room = QRectF(inner)
        room.setWidth(max(inner.width() - behind, 0))
        paint_text(painter, room, text, font, look.colour(tone))
        wide = min(QFontMetricsF(font).horizontalAdvance(text), room.width())
        self._paint_behind(painter, inner.adjusted(wide, 0, 0, 0), index)

    def behind(self, index: Index) -> float:
        """The room that chips and grey words take."""
        look = self._look
        wide = 0.0
        for chip in index.data(CHIPS) or ():
            wide += _chip_size(look, chip).width() + look.unit(2.5)
        aside = str(index.data(ASIDE) or "")
        if aside:
            wide += QFontMetricsF(look.font(Kind.CAPTION)).horizontalAdvance(aside) + look.unit(2.5)
        return wide

    def _paint_behind(self, painter: QPainter, room: QRectF, index: Index) -> None:
        look = self._look
        aside = str(index.data(ASIDE) or "")
        if aside:
            room.setLeft(room.left() + look.unit(2.5))
            font = look.font(Kind.CAPTION)
            paint_text(painter, room, aside, font, look.colour("text_3"))
            room.setLeft(room.left() + QFontMetricsF(font).horizontalAdvance(aside))
        for chip in index.data(CHIPS) or ():
            area = room.adjusted(look.unit(2.5), 0, 0, 0)
            area.setWidth(_chip_size(look, chip).width())
            _paint_any_chip(look, chip, painter, area)
            room.setLeft(area.right())


class LineHeader(QHeaderView):
    """Names of the columns over their words, a square before a source, grey words behind."""

    def __init__(self, look: Look, parent: LineTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look, self._table = look, parent
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._look.unit(8.5 if self._table.crown else 7.5))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look, area = self._look, QRectF(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(self._shape())
        painter.fillRect(area, look.colour("sunken"))
        under = area.bottom() - look.hairline / 2
        if self._table.crown:
            painter.setPen(QPen(look.colour("line"), look.hairline))
            painter.drawLine(QPointF(area.left(), under), QPointF(area.right(), under))
        self._paint_name(painter, self._table.inside(area, logicalIndex), logicalIndex)
        painter.restore()

    def _shape(self) -> QPainterPath:
        """Rounded above where the table stands at the top of a sheet."""
        radius = self._look.radius("panel") - self._look.hairline
        beside = radius if self._table.verticalScrollBar().isVisible() else 0
        whole = QRectF(0, 0, self.width() + beside, self.height() + radius)
        return rounded(whole, radius if self._table.crown else 0)

    def _paint_name(self, painter: QPainter, inner: QRectF, section: int) -> None:
        look = self._look
        font = look.font(Kind.CAPTION, bold=True)
        text, source, aside = self.parts(section)
        wide = QFontMetricsF(font).horizontalAdvance(text)
        align = self._asked(section, ALIGNMENT)
        to_right = align == _RIGHT
        words = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
        paint_text(painter, inner, text, font, look.colour("text_2"), align=words)
        if source is not None:
            side = look.unit(2.25)
            left = (inner.right() - wide if to_right else inner.left()) - side - look.unit(1.5)
            paint_bar(painter, look, QRectF(left, inner.center().y() - side / 2, side, side), source)
        if aside:
            inner.setLeft(inner.left() + wide + look.unit(2.5))
            caption = look.font(Kind.CAPTION)
            if QFontMetricsF(caption).horizontalAdvance(aside) <= inner.width() + 1:
                paint_text(painter, inner, aside, caption, look.colour("text_3"))

    def parts(self, section: int) -> tuple[str, Source | None, str]:
        source = self._asked(section, SOURCE)
        noted = self._table.noted(section)
        text, aside = str(self._asked(section, DISPLAY) or ""), str(self._asked(noted, ASIDE) or "")
        return text, Source(str(source)) if source is not None else None, aside

    def _asked(self, section: int, role: int) -> object:
        return self.model().headerData(section, Qt.Orientation.Horizontal, role)

    def needed(self, section: int) -> float:
        """The width of what stands in a section."""
        look = self._look
        text, source, _ = self.parts(section)
        aside = str(self._asked(section, ASIDE) or "")
        wide = QFontMetricsF(look.font(Kind.CAPTION, bold=True)).horizontalAdvance(text)
        wide += look.unit(3.75) if source is not None else 0
        if aside:
            wide += QFontMetricsF(look.font(Kind.CAPTION)).horizontalAdvance(aside) + look.unit(2.5)
        return float(wide)


class _Corner(QWidget):
    """The header goes on over the scroll bar."""

    def __init__(self, look: Look, parent: LineTable) -> None:
        super().__init__()
        self._look, self._table = look, parent

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sunken"))
        radius = look.radius("panel") - look.hairline
        whole = QRectF(-radius, 0, self.width() + radius, self.height() + radius)
        painter.drawPath(rounded(whole, radius if self._table.crown else 0))
        painter.fillRect(QRectF(0, 0, self.width() - radius, self.height()), look.colour("sunken"))
        painter.setPen(QPen(look.colour("line"), look.hairline))
        under = self.height() - look.hairline / 2
        if self._table.crown:
            painter.drawLine(QPointF(0, under), QPointF(self.width(), under))


class LineTable(QTableView):
    """Whole rows are chosen; heads of groups are skipped.

    `opened` comes with the row that Enter or a double click opens, `laid` when the columns were laid out.
    `wide` is the column that takes the room left; `crown`: it stands at the top of a sheet. `totals` gives
    what stands under the columns in a row of totals; the column `signed` has room for a verdict before it.
    """

    opened = Signal(int)
    laid = Signal()

    def __init__(  # noqa: PLR0913 - a table is its columns
        self,
        look: Look,
        model: QAbstractItemModel,
        caption: str,
        *,
        wide: int,
        fold: Fold | None = None,
        signed: int = -1,
        crown: bool = False,
        telling: Callable[[], Sequence[int]] | None = None,
    ) -> None:
        """`telling`: the rows to measure, and every head, where there are too many to measure all."""
        super().__init__()
        self._telling = telling
        self._look, self._wide, self.crown, self.hovered = look, wide, crown, -1
        self.fold, self.folded, self._signed = fold, False, signed
        self.totals: Callable[[], Mapping[int, str]] = dict
        self._columns: list[int] = []
        self._yields = 0
        self.setAccessibleName(caption)
        self.setProperty("lines", True)
        self.setHorizontalHeader(LineHeader(look, self))
        self.setModel(model)
        self._delegate = LineDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self._behave()
        self._corner = _Corner(look, self)
        self.addScrollBarWidget(self._corner, Qt.AlignmentFlag.AlignTop)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._dress)
        look.changed.connect(self._dress)
        self._dress()

    def _behave(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)

    def inside(self, area: QRectF, column: int) -> QRectF:
        """A cell without its margins: more of it at the borders of the sheet."""
        look = self._look
        last = column == self.model().columnCount() - 1
        before = _SIGNED if column == self._signed else _SIDE
        left, right = (_EDGE if not column else before), (_EDGE if last else _SIDE)
        return area.adjusted(look.unit(left), 0, -look.unit(right), 0)

    def fit_rows(self) -> None:
        """As high as all its rows, so that the page scrolls and not the table."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = self.horizontalScrollBar()
        room = bar.sizeHint().height() if bar.maximum() else 0
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + self.verticalHeader().length() + room)

    def refit(self) -> None:
        """Lay out anew, for totals that have come."""
        self._dress()

    def mark(self, row: int) -> None:
        """Choose a row where it is, whatever keys are held down."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags.ClearAndSelect | flags.Rows)

    def put(self, row: int) -> None:
        """Choose a row and show it."""
        self.mark(row)
        self.scrollTo(self.model().index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    # ------------------------------------------------------------------------------------------- laying out

    def _dress(self) -> None:
        rows, model, look = self.verticalHeader(), self.model(), self._look
        rows.setMinimumSectionSize(look.unit(5))
        rows.setDefaultSectionSize(look.size("row"))
        self._columns = [self._column_needed(column) for column in range(model.columnCount())]
        self._yields = self._yielding()
        self._fit_rows_high()
        self._fit_columns()

    def _rows(self) -> Sequence[int]:
        """Those that are measured."""
        return range(self.model().rowCount()) if self._telling is None else self._telling()

    def _fit_rows_high(self) -> None:
        """Rows that are not measured are as high as the highest that is."""
        rows, model, look = self.verticalHeader(), self.model(), self._look
        highs: dict[int, int] = {}
        for row in self._rows():
            highs[row] = look.size("row")
            if model.index(row, 0).data(GROUP):
                highs[row] = look.size("control_small")
            elif self.folded:
                highs[row] += look.unit(_LINE) * len(self._delegate.under(row))
        if len(highs) < model.rowCount():
            rows.setDefaultSectionSize(max(highs.values()))
        for row, high in highs.items():
            if rows.sectionSize(row) != high:
                rows.resizeSection(row, high)

    def room_under(self) -> int:
        """The width that what is folded has under a row."""
        return self.viewport().width() - 2 * self._look.unit(_EDGE)

    def noted(self, section: int) -> int:
        """Whose grey words a header shows: those of a folded column go to the one that takes its room."""
        return self._wide if self.folded and self.fold is not None and section == self.fold.wide else section

    def _yielding(self) -> int:
        """By how much the wide column may be narrower than its words: a few of them always stay."""
        rows = (self.model().index(row, self._wide) for row in self._rows())
        behind = max((self._delegate.behind(index) for index in rows), default=0.0)
        head = self.horizontalHeader()
        least = max(
            behind + self._look.unit(_FEW), head.needed(self._wide) if isinstance(head, LineHeader) else 0
        )
        margins = self.inside(QRectF(0, 0, 0, 0), self._wide).width()
        most = self._look.unit(self.fold.bears) if self.fold is not None else self._columns[self._wide]
        return min(max(self._columns[self._wide] - round(least - margins), 0), most)

    def _needed(self) -> int:
        return sum(self._columns)

    def _fit_columns(self) -> None:
        """The wide column takes what is left, and gives up words before anything is folded or scrolled."""
        room, head = self.viewport().width(), self.horizontalHeader()
        self._turn_folded(folded=self.fold is not None and self._needed() - self._yields > room)
        kept = [place for place in range(len(self._columns)) if not head.isSectionHidden(place)]
        wide = self.fold.wide if self.folded and self.fold is not None else self._wide
        least = 0 if self.folded else -self._yields
        spare = max(room - sum(self._columns[place] for place in kept), least)
        for place in kept:
            head.resizeSection(place, self._columns[place] + (spare if place == wide else 0))
        if self.folded:
            self._fit_rows_high()
        self._corner.setFixedHeight(head.height())
        self.laid.emit()

    def _turn_folded(self, *, folded: bool) -> None:
        if folded == self.folded or self.fold is None:
            return
        self.folded = folded
        for column in self.fold.under:
            self.setColumnHidden(column, folded)
        self._fit_rows_high()

    def _column_needed(self, column: int) -> int:
        """As wide as its header and its widest words."""
        look, head = self._look, self.horizontalHeader()
        needed = head.needed(column) if isinstance(head, LineHeader) else 0.0
        widest: dict[tuple[bool, bool], tuple[int, Index]] = {}
        for row in self._rows():
            index = self.model().index(row, column)
            kind = bool(index.data(GROUP)), bool(index.data(CHIPS) or index.data(ASIDE))
            weight = sum(2 if ord(letter) >= _WIDE_CODE else 1 for letter in str(index.data(DISPLAY) or ""))
            if kind[1]:
                needed = max(needed, min(self._words_needed(index), look.unit(_WORDY)))
            elif weight > widest.get(kind, (-1, index))[0]:
                widest[kind] = weight, index
        for _, longest in widest.values():
            needed = max(needed, min(self._words_needed(longest), look.unit(_WORDY)))
        total = QFontMetricsF(look.font(Kind.TABLE, bold=True)).horizontalAdvance(
            self.totals().get(column, "")
        )
        margins = self.inside(QRectF(0, 0, 0, 0), column).width()
        return round(max(needed, total) - margins) + 2

    def _words_needed(self, index: Index) -> float:
        if index.data(SLICES):
            return float(self._look.unit(24))
        wide = QFontMetricsF(self._delegate.font_of(index)).horizontalAdvance(str(index.data(DISPLAY) or ""))
        return float(wide) + self._delegate.behind(index)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    # --------------------------------------------------------------------------------------------- handling

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and not index.data(GROUP):
            self.opened.emit(index.row())

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _hover_here(self) -> None:
        """The row under the mouse, after the rows moved or the mouse came back without a move."""
        port = self.viewport()
        at = port.mapFromGlobal(QCursor.pos())
        self._hover(self.rowAt(at.y()) if port.underMouse() and port.rect().contains(at) else -1)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._hover_here()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hover_here()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._delegate.forget()
        super().paintEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to the first line, if it was nowhere yet."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            lines = (
                row for row in range(self.model().rowCount()) if not self.model().index(row, 0).data(GROUP)
            )
            row = next(lines, None)
            if row is not None:
                self.mark(row)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)
