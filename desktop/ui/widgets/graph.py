"""关系图。Who pays for whom: generations in rows, the payer amid them, lines as thick as their money."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QSizePolicy,
    QStyleOptionGraphicsItem,
    QWidget,
)
from typing_extensions import override

from desktop.ui.look.heard import Role, heard_as
from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind, Source
from desktop.ui.widgets.painting import (
    label_area,
    paint_focus,
    paint_icon,
    paint_paper_label,
    paint_round,
    paint_text,
    rounded,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.domain.money import Money
    from desktop.ui.look.look import Look


class NodeState(StrEnum):
    PAYER = "payer"  # 共济人, in the middle
    BOUND = "bound"  # 已绑定
    OWN_FIRST = "own_first"  # 先用自己的账户
    CONFLICT = "conflict"  # 两位共济人
    OTHER_PAYER = "other_payer"  # 另一位共济人
    REFUSED = "refused"  # 不在近亲属之内
    ENDED = "ended"  # 关系已结束
    UNBOUND = "unbound"  # 未绑定


@dataclass(frozen=True, slots=True)
class Node:
    """`generation`: 0 grandparents, 1 parents, 2 the payer's own, 3 children, 4 grandchildren.

    `beside` is the id of the node an `OTHER_PAYER` also pays for. `name` is the true name: it is masked here.
    `more` is a second line of those apart.
    """

    id: str
    relation: str
    name: str
    generation: int
    state: NodeState
    detail: str = ""
    status: str = ""
    balance: Money | None = None
    beside: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """Money of this year from the payer to `to`; `conflict` draws it dashed."""

    to: str
    yearly: Money | None
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class FamilyTree:
    """`sentence` says the whole picture for ears; `tag` stands between two payers, such as 只留一."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    generations: tuple[str, ...] = ("祖辈", "父辈", "同辈", "子女", "孙辈")
    sentence: str = ""
    tag: str = ""
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    row: int
    column: int


_LOOKS = {  # line of the frame, tone of the status, its icon
    NodeState.BOUND: ("line_strong", "ok", Icon.OK),
    NodeState.OWN_FIRST: ("line_strong", "ok", Icon.OK),
    NodeState.CONFLICT: ("bad_line", "bad", Icon.BAD),
    NodeState.OTHER_PAYER: ("line_strong", "text_2", Icon.INFO),
    NodeState.REFUSED: ("bad_line", "bad", Icon.BAD),
    NodeState.ENDED: ("line", "text_2", None),
    NodeState.UNBOUND: ("line_strong", "text_2", None),
    NodeState.PAYER: ("primary", "on_primary", None),
}
_APART = (NodeState.REFUSED, NodeState.ENDED)
_DASHED = (NodeState.OTHER_PAYER, NodeState.ENDED)
_COLUMNS = 3
_MIDDLE = 1
_THIN, _THICK = 1.0, 6.0


def arrange(nodes: Sequence[Node]) -> dict[str, Place]:
    """A place for each node: rows of three, the payer in the middle of its own.

    The middle column is used only in the rows next to the payer's, so that no line runs through a card.
    """
    placed: dict[str, Place] = {}
    payer = next((n for n in nodes if n.state is NodeState.PAYER), None)
    own = payer.generation if payer else 0
    pairs = {n.beside: n for n in nodes if n.state is NodeState.OTHER_PAYER and n.beside}
    alone = [n for n in nodes if n not in pairs.values() and n is not payer and n.state not in _APART]
    alone.sort(key=lambda n: n.state is NodeState.UNBOUND)  # the middle is for those with a line
    generations = sorted({n.generation for n in nodes if n.state not in _APART})
    next_to_own = {*[g for g in generations if g < own][-1:], *[g for g in generations if g > own][:1]}
    row, taken = 0, set[int]()  # below the payer, by its own generation
    for generation in generations:
        members = [n for n in alone if n.generation == generation]
        middle = generation in next_to_own and _MIDDLE not in taken
        has_payer = payer is not None and generation == own
        rows = _rows(members, pairs, has_payer=has_payer, has_middle=middle, above=generation < own)
        if has_payer:
            taken = {column for line in rows[1:] for column in line}
        for line in rows:
            for column, node in line.items():
                placed[node.id] = Place(row, column)
            row += 1
            if has_payer and payer is not None and payer.id not in placed:
                placed[payer.id] = Place(row - 1, _MIDDLE)
    for count, node in enumerate(n for n in nodes if n.state in _APART):
        placed[node.id] = Place(row + count // _COLUMNS, count % _COLUMNS)
    return placed


def _rows(
    members: Sequence[Node], pairs: dict[str, Node], *, has_payer: bool, has_middle: bool, above: bool
) -> list[dict[int, Node]]:
    """The rows of one generation: of those above the payer the last is the nearest, below it the first.

    `has_middle`: nobody stands between its nearest row and the payer, so that the middle may be used there.
    """
    coupled = [n for n in members if n.id in pairs]
    single = [n for n in members if n.id not in pairs]
    lines: list[dict[int, Node]] = [{}] if has_payer else []
    near = 0
    for node in coupled:
        if has_middle and not lines:
            lines.append({_MIDDLE: node, _MIDDLE + 1: pairs[node.id]})
        else:
            lines.append({_MIDDLE - 1: node, _MIDDLE: pairs[node.id]})
    sides = (0, 2)
    for node in single:
        free = next(
            (
                (line, column)
                for place, line in enumerate(lines)
                for column in ((0, 1, 2) if has_middle and place == near else sides)
                if column not in line
            ),
            None,
        )
        if free is None:
            lines.append({})
            free = (lines[-1], 0)
        free[0][free[1]] = node
    return lines[::-1] if above else lines


class _Card(QGraphicsItem):
    """One person, painted in scene pixels."""

    def __init__(self, look: Look, node: Node, area: QRectF) -> None:
        super().__init__()
        self._look, self.node, self.area = look, node, area
        self.selected_here = False
        self.setZValue(1)

    @override
    def boundingRect(self) -> QRectF:
        edge = self._look.unit(1.5)
        return self.area.adjusted(-edge, -edge, edge, edge)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_sheet(painter)
        if self.node.state is NodeState.PAYER:
            self._paint_payer(painter)
        else:
            self._paint_relative(painter)
        if self.selected_here:
            edge = self._look.unit()
            ring = self.area.adjusted(-edge, -edge, edge, edge)
            paint_focus(painter, self._look, ring, self._look.radius("panel") + edge)

    def _paint_sheet(self, painter: QPainter) -> None:
        look, state = self._look, self.node.state
        line, _, _ = _LOOKS[state]
        wide = look.ring if state is NodeState.CONFLICT else look.hairline
        style = Qt.PenStyle.DashLine if state in _DASHED else Qt.PenStyle.SolidLine
        painter.setPen(QPen(look.colour(line), wide, style))
        painter.setBrush(look.colour("primary" if state is NodeState.PAYER else "surface"))
        half = wide / 2
        painter.drawPath(rounded(self.area.adjusted(half, half, -half, -half), look.radius("panel")))

    def _paint_disc(self, painter: QPainter, left: float, top: float, fill: str, edge: str) -> None:
        look = self._look
        side = look.unit(8)
        disc = QRectF(left, top, side, side)
        font = look.font(Kind.BODY_B)
        paint_round(
            painter, disc, self.node.relation[:1], font, fill=look.colour(fill), edge=look.colour(edge)
        )

    def _title(self, painter: QPainter, area: QRectF, tone: str, after: str) -> None:
        look, node = self._look, self.node
        bold = look.font(Kind.BODY_B)
        paint_text(painter, area, node.relation, bold, look.colour(tone))
        width = painter.fontMetrics().horizontalAdvance(node.relation) + look.unit(1)
        rest = area.adjusted(width, 0, 0, 0)
        paint_text(painter, rest, after, look.font(Kind.TABLE), look.colour(tone))

    def _paint_relative(self, painter: QPainter) -> None:
        look, node = self._look, self.node
        unit = look.unit()
        bad = node.state in (NodeState.CONFLICT, NodeState.REFUSED)
        soft, edge = ("bad_soft", "bad") if bad else ("primary_soft", "primary")
        plain = node.state in _DASHED or node.state is NodeState.UNBOUND
        self._paint_disc(
            painter,
            self.area.left() + 3 * unit,
            self.area.top() + 3 * unit,
            "surface" if plain else soft,
            "text_3" if plain else edge,
        )
        left = self.area.left() + 13 * unit
        line = QRectF(left, self.area.top() + 2 * unit, self.area.right() - 2 * unit - left, 5.5 * unit)
        self._title(painter, line, "text", look.money.name(node.name))
        line.translate(0, 5 * unit)
        paint_text(painter, line, node.detail, look.font(Kind.CAPTION), look.colour("text_2"))
        line.translate(0, 5.25 * unit)
        if node.state in _APART:
            left = self.area.left() + 3 * unit
            line = QRectF(left, self.area.top() + 13 * unit, self.area.width() - 6 * unit, 5 * unit)
            more = line.translated(0, 5.25 * unit)
            tone_more = "primary" if node.state is NodeState.REFUSED else "text_2"
            paint_text(painter, more, node.more, look.font(Kind.CAPTION), look.colour(tone_more))
        self._paint_status(painter, line)

    def _paint_status(self, painter: QPainter, line: QRectF) -> None:
        look, node = self._look, self.node
        _, tone, icon = _LOOKS[node.state]
        if icon is not None:
            side = look.size("icon_small")
            paint_icon(
                painter,
                look,
                icon,
                look.colour(tone),
                QRectF(line.left(), line.center().y() - side / 2, side, side),
            )
            line = line.adjusted(side + look.unit(), 0, 0, 0)
        strong = node.state in (NodeState.CONFLICT, NodeState.REFUSED)
        paint_text(
            painter,
            line,
            look.money.sentence(node.status),
            look.font(Kind.CAPTION, bold=strong),
            look.colour(tone),
        )

    def _paint_payer(self, painter: QPainter) -> None:
        look, node = self._look, self.node
        unit = look.unit()
        self._paint_disc(
            painter, self.area.left() + 3.5 * unit, self.area.top() + 4 * unit, "surface", "primary"
        )
        left = self.area.left() + 14 * unit
        line = QRectF(left, self.area.top() + 2.5 * unit, self.area.right() - 2 * unit - left, 6 * unit)
        self._title(painter, line, "on_primary", node.status)
        line.translate(0, 5 * unit)
        paint_text(painter, line, node.detail, look.font(Kind.CAPTION), look.colour("on_primary"))
        foot = QRectF(self.area.left() + 4 * unit, self.area.bottom() - 8 * unit, 0, 8 * unit)
        foot.setRight(self.area.right() - 4 * unit)
        painter.setPen(QPen(look.colour("on_primary"), 1))
        painter.drawLine(foot.topLeft(), foot.topRight())
        paint_text(
            painter,
            foot,
            self.words_of_balance,
            look.font(Kind.CAPTION, bold=True),
            look.colour("on_primary"),
        )
        paint_text(
            painter,
            foot,
            look.money.money(node.balance),
            look.font(Kind.HEADING),
            look.colour("on_primary"),
            align=Qt.AlignmentFlag.AlignRight,
        )

    words_of_balance = ""


class _Line(QGraphicsItem):
    """The money between payer and relative."""

    def __init__(self, look: Look, path: QPainterPath, edge: Edge, wide: float) -> None:
        super().__init__()
        self._look, self._path, self._edge, self._wide = look, path, edge, wide
        self._stroke = QPainterPathStroker()
        self._stroke.setWidth(wide + look.unit(2))

    @override
    def boundingRect(self) -> QRectF:
        return self._stroke.createStroke(self._path).boundingRect()

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        used = self._edge.yearly is not None and self._edge.yearly > 0
        colour = QColor(self._look.tint(Source.SHARE).mark) if used else self._look.colour("line_strong")
        pen = QPen(colour, self._wide)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self._edge.conflict:
            pen.setDashPattern([2.0, 1.2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)


class _Sum(QGraphicsItem):
    """The year's sum of a line on a little paper label, over every line that crosses it."""

    def __init__(self, look: Look, edge: Edge, at: QPointF) -> None:
        super().__init__()
        self._look, self._edge, self._at = look, edge, at
        self.setZValue(0.5)

    def _words(self) -> str:
        return self._look.money.money(self._edge.yearly)

    @override
    def boundingRect(self) -> QRectF:
        return label_area(self._look, self._at, self._words())

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        tone = "warn" if self._edge.conflict else "text_2"
        paint_paper_label(painter, self._look, self._at, self._words(), self._look.colour(tone))


class _Rival(QGraphicsItem):
    """The dashed line to another payer, with its tag above."""

    def __init__(self, look: Look, ends: tuple[QPointF, QPointF], tag: str) -> None:
        super().__init__()
        self._look, self._ends, self._tag = look, ends, tag

    def _label(self) -> QRectF:
        middle = QPointF(
            (self._ends[0].x() + self._ends[1].x()) / 2, self._ends[0].y() - self._look.unit(6.5)
        )
        area = label_area(self._look, middle, self._tag)
        return area.adjusted(0, -1, 0, 1)

    @override
    def boundingRect(self) -> QRectF:
        edge = self._look.unit()
        return QRectF(*self._ends).normalized().adjusted(0, -edge, 0, edge).united(self._label())

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        look = self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(look.tint(Source.SHARE).mark), look.unit(0.75))
        pen.setDashPattern([2.0, 1.2])
        painter.setPen(pen)
        painter.drawLine(*self._ends)
        if self._tag:
            area = self._label()
            painter.setPen(QPen(look.colour("warn_line"), look.hairline))
            painter.setBrush(look.colour("warn_soft"))
            painter.drawRoundedRect(area, look.radius("chip"), look.radius("chip"))
            paint_text(
                painter,
                area,
                self._tag,
                look.font(Kind.CAPTION, bold=True),
                look.colour("warn"),
                align=Qt.AlignmentFlag.AlignHCenter,
            )


class _Caption(QGraphicsItem):
    """A grey word in the scene: the name of a generation, the title of those apart."""

    def __init__(self, look: Look, area: QRectF, text: str, *, strong: bool = False) -> None:
        super().__init__()
        self._look, self._area, self._text, self._strong = look, area, text, strong

    @override
    def boundingRect(self) -> QRectF:
        return self._area

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        tone = "text" if self._strong else "text_2"
        kind = Kind.TABLE if self._strong else Kind.CAPTION
        font = self._look.font(kind, bold=self._strong)
        paint_text(painter, self._area, self._text, font, self._look.colour(tone))
        if self._strong:
            painter.setPen(QPen(self._look.colour("line"), self._look.hairline))
            painter.drawLine(self._area.topLeft(), self._area.topRight())


class FamilyGraph(QGraphicsView):
    """`selected` comes with the id of the node pressed, or walked to with the arrow keys."""

    selected = Signal(str)

    def __init__(self, look: Look, tree: FamilyTree | None = None) -> None:
        super().__init__()
        self._look = look
        self._tree = tree or FamilyTree(())
        self._kept_scene = QGraphicsScene(self)  # the view does not own it
        self.setScene(self._kept_scene)
        self._cards: dict[str, _Card] = {}
        self._chosen = ""
        self._laid_for = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        heard_as(self, Role.Graphic)
        look.changed.connect(self._lay)
        self._lay()

    def show_tree(self, tree: FamilyTree) -> None:
        """Another state of the family; who is chosen stays chosen while they are in it."""
        self._tree = tree
        self._lay()
        self.choose(self._chosen)

    def choose(self, node: str) -> None:
        """Show a node as selected, without a signal."""
        self._chosen = node if node in self._cards else ""
        self._mark()

    @property
    def chosen(self) -> str:
        return self._chosen

    def card_area(self, node: str) -> QRectF:
        return self._cards[node].area

    # ------------------------------------------------------------------------------------------ laying out

    def _card_area(self, state: NodeState, centre: float, top: float) -> QRectF:
        unit = self._look.unit()
        wide, high = (50 * unit, 22 * unit) if state is NodeState.PAYER else (47 * unit, 19 * unit)
        return QRectF(centre - wide / 2, top - (high - 19 * unit) / 2, wide, high)

    def _apart_area(self, column: int, top: float, room: float) -> QRectF:
        unit = self._look.unit()
        gap, edge = 3.5 * unit, 1.25 * unit  # room for the ring of the one chosen
        wide = (room - 2 * edge - (_COLUMNS - 1) * gap) / _COLUMNS
        return QRectF(edge + column * (wide + gap), top, wide, 25 * unit)

    def _lay(self) -> None:
        look, unit = self._look, self._look.unit()
        self._kept_scene.clear()
        self._cards.clear()
        places = arrange(self._tree.nodes)
        margin = 9 * unit
        pitch = max((self.viewport().width() - margin - unit - 47 * unit) / 2, 61 * unit)
        tops = self._tops(places)
        for node in self._tree.nodes:
            place = places[node.id]
            centre = margin + place.column * pitch + 23.5 * unit
            area = self._card_area(node.state, centre, tops[place.row])
            if node.state in _APART:
                area = self._apart_area(place.column, tops[place.row], margin + 2 * pitch + 47 * unit)
            card = _Card(look, node, area)
            card.words_of_balance = self.tr("账户余额")
            self._cards[node.id] = card
            self._kept_scene.addItem(card)
        self._label_rows(places, tops)
        self._draw_edges(places)
        self._draw_rivals()
        height = max((c.area.bottom() for c in self._cards.values()), default=0) + unit
        width = margin + 2 * pitch + 47 * unit + unit
        self._kept_scene.setSceneRect(0, 0, width, height)
        cut = width > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if cut else 0
        self.setFixedHeight(round(height) + 2 + bar)
        self.setAccessibleName(look.money.sentence(self._tree.sentence))
        self._mark()
        self.viewport().update()

    def _tops(self, places: dict[str, Place]) -> list[float]:
        unit = self._look.unit()
        tops: list[float] = []
        by_row: dict[int, list[Node]] = {p.row: [] for p in places.values()}
        for node in self._tree.nodes:
            by_row[places[node.id].row].append(node)
        payer = next((r for r, line in by_row.items() if any(n.state is NodeState.PAYER for n in line)), -1)
        top = (3.0 if payer == 0 else 1.5) * unit  # the payer's card is higher, and its ring must be seen
        for row in sorted(by_row):
            apart = by_row[row][0].state in _APART
            if apart and (not row or by_row[row - 1][0].state not in _APART):
                top += 6 * unit
            tops.append(top)
            steps = {payer - 1: 36.0, payer: 31.5}
            top += (28.5 if apart else steps.get(row, 26.0)) * unit
        return tops

    def _label_rows(self, places: dict[str, Place], tops: Sequence[float]) -> None:
        unit, seen = self._look.unit(), set()
        for node in sorted(self._tree.nodes, key=lambda one: places[one.id].row):
            row, apart = places[node.id].row, node.state in _APART
            kind = "apart" if apart else node.generation
            if kind in seen or node.state is NodeState.OTHER_PAYER:
                continue
            seen.add(kind)
            if apart:
                width = self._look.unit(200)
                area = QRectF(0, tops[row] - 9 * unit, width, 7 * unit)
                words = self._tree.apart or self.tr("不在当前绑定")
                self._kept_scene.addItem(_Caption(self._look, area, words, strong=True))
            else:
                area = QRectF(0, tops[row] + 6.5 * unit, 9 * unit, 6 * unit)
                words = self._tree.generations[node.generation]
                self._kept_scene.addItem(_Caption(self._look, area, words))

    def _draw_edges(self, places: dict[str, Place]) -> None:
        payer = next((c for c in self._cards.values() if c.node.state is NodeState.PAYER), None)
        if payer is None:
            return
        most = max((int(e.yearly) for e in self._tree.edges if e.yearly), default=1)
        taken = [card.area for card in self._cards.values()]
        for edge in self._tree.edges:
            card = self._cards.get(edge.to)
            if card is None or card is payer:
                continue
            path = self._path(card.area, payer.area, places[edge.to], places[payer.node.id])
            far = abs(places[edge.to].row - places[payer.node.id].row)
            at = self._label_at(path, edge, taken, far=far)
            share = int(edge.yearly or 0) / max(most, 1)
            wide = self._look.px(_THIN + (_THICK - _THIN) * share if edge.yearly else _THIN)
            self._kept_scene.addItem(_Line(self._look, path, edge, wide))
            if edge.yearly is not None:
                self._kept_scene.addItem(_Sum(self._look, edge, at))

    def _path(self, card: QRectF, payer: QRectF, place: Place, middle: Place) -> QPainterPath:
        """From the relative's side that faces the payer to the payer's nearest edge."""
        if place.column == middle.column:
            above = place.row < middle.row
            start = QPointF(card.center().x(), card.bottom() if above else card.top())
            path = QPainterPath(start)
            path.lineTo(payer.center().x(), payer.top() if above else payer.bottom())
            return path
        left = place.column < middle.column
        start = QPointF(card.right() if left else card.left(), card.center().y())
        path = QPainterPath(start)
        facing = payer.left() if left else payer.right()
        if place.row == middle.row:
            path.lineTo(facing, payer.center().y())
            return path
        far = abs(place.row - middle.row)
        share = 0.3 / far if place.row < middle.row else 1 - 0.3 / far
        end = QPointF(facing, payer.top() + payer.height() * share)
        middle_x = (start.x() + facing) / 2 + self._look.unit(2) * (far - 1) * (1 if left else -1)
        path.cubicTo(QPointF(middle_x, start.y()), QPointF(middle_x, end.y()), end)
        return path

    def _label_at(self, path: QPainterPath, edge: Edge, taken: list[QRectF], *, far: int) -> QPointF:
        """A point of the line where its label covers no card and no other label."""
        words = self._look.money.money(edge.yearly)
        shares = (0.3, 0.25, 0.35, 0.2, 0.4, 0.5) if far > 1 else (0.5, 0.45, 0.55, 0.4, 0.6, 0.3, 0.7)
        for share in shares:
            area = label_area(self._look, path.pointAtPercent(share), words)
            if not any(area.intersects(other) for other in taken):
                taken.append(area)
                return path.pointAtPercent(share)
        return path.pointAtPercent(0.5)

    def _draw_rivals(self) -> None:
        for card in list(self._cards.values()):
            near = self._cards.get(card.node.beside)
            if card.node.state is NodeState.OTHER_PAYER and near is not None:
                ends = (
                    QPointF(near.area.right(), near.area.center().y()),
                    QPointF(card.area.left(), card.area.center().y()),
                )
                self._kept_scene.addItem(_Rival(self._look, ends, self._tree.tag))

    # ------------------------------------------------------------------------------------------ choosing

    def _mark(self) -> None:
        for name, card in self._cards.items():
            card.selected_here = name == self._chosen
            card.update()
        if self._chosen in self._cards:
            node = self._cards[self._chosen].node
            person = self._look.money.person(node.relation, node.name)
            about = f"{person}，{node.detail}，{node.status}"
            self.setAccessibleDescription(self._look.money.sentence(about))

    def _select(self, node: str) -> None:
        self._chosen = node
        self._mark()
        self.ensureVisible(self._cards[node], 0, 0)
        self.selected.emit(node)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        where = self.mapToScene(event.position().toPoint())
        for name, card in self._cards.items():
            if card.area.contains(where):
                self._select(name)
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {
            Qt.Key.Key_Left: QPointF(-1, 0),
            Qt.Key.Key_Right: QPointF(1, 0),
            Qt.Key.Key_Up: QPointF(0, -1),
            Qt.Key.Key_Down: QPointF(0, 1),
        }.get(Qt.Key(event.key()))
        if way is None or not self._cards:
            super().keyPressEvent(event)
        else:
            self._walk(way)

    def _walk(self, way: QPointF) -> None:
        if self._chosen not in self._cards:
            payer = [n for n, c in self._cards.items() if c.node.state is NodeState.PAYER]
            self._select((payer or list(self._cards))[0])
            return
        here = self._cards[self._chosen].area.center()
        ahead = [
            (self._distance(card.area.center() - here, way), name)
            for name, card in self._cards.items()
            if QPointF.dotProduct(card.area.center() - here, way) > 1
        ]
        if ahead:
            self._select(min(ahead)[1])

    @staticmethod
    def _distance(step: QPointF, way: QPointF) -> float:
        """What lies straight ahead is nearer than what lies aside."""
        along = QPointF.dotProduct(step, way)
        aside = abs(step.x() * way.y() - step.y() * way.x())
        return along + 2 * aside

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._laid_for:
            self._laid_for = self.viewport().width()
            self._lay()
