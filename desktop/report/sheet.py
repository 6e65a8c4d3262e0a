"""版面。Blocks one under the other, flowed over pages, painted on whatever is given: paper, PDF, picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QPainter


@dataclass(frozen=True, slots=True)
class Block:
    """`height` in the units of the page. `header` is painted again where a page begins with this block.

    `keeps`: it is not parted from the next one, as a heading from what it heads.
    """

    height: float
    paint: Callable[[QPainter, QRectF], None]
    header: Block | None = None
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    block: Block
    area: QRectF


Page = tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A page of `width` × `height` units with its margins; head and foot stand in the margins."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def inside(self) -> QRectF:
        return QRectF(
            self.left, self.top, self.width - self.left - self.right, self.height - self.top - self.bottom
        )


class Document(Protocol):
    """Something that can be printed."""

    @property
    def title(self) -> str: ...

    @property
    def frame(self) -> Frame: ...

    @property
    def millimetres(self) -> tuple[float, float]:
        """The size of the paper."""
        ...

    @property
    def one_bit(self) -> bool:
        """Whether it is in black and white alone."""
        ...

    @property
    def pages(self) -> Sequence[Page]: ...

    def paint_margins(self, painter: QPainter, number: int) -> None:
        """Head and foot of page `number`, the first being 1."""
        ...


def flow(blocks: Iterable[Block], frame: Frame) -> tuple[Page, ...]:
    """On as many pages as it takes; a block taller than a page stands alone on one."""
    pages: list[list[Placed]] = [[]]
    inside, y = frame.inside, frame.inside.top()
    waiting: list[Block] = []
    for block in blocks:
        waiting.append(block)
        if block.keeps:
            continue
        if pages[-1] and y + sum(one.height for one in waiting) > inside.bottom():
            pages.append([])
            y = inside.top()
            first = waiting[0]
            if first.header is not None and first.header is not first:
                waiting.insert(0, first.header)
        for one in waiting:
            pages[-1].append(Placed(one, QRectF(inside.left(), y, inside.width(), one.height)))
            y += one.height
        waiting = []
    return tuple(tuple(page) for page in pages)


def paint_page(painter: QPainter, document: Document, number: int) -> None:
    """Page `number` in the units of its frame, the first being 1."""
    document.paint_margins(painter, number)
    for placed in document.pages[number - 1]:
        painter.save()
        placed.block.paint(painter, placed.area)
        painter.restore()
