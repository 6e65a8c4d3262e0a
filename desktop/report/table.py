"""表。A table of words and sums that flows over pages with its head again; a double rule over the total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from desktop.report.ink import BLACK, GREY
from desktop.report.letterhead import A4, BODY, SMALL
from desktop.report.sheet import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink

_ROW, _CAPTION, _TOTAL = 32.0, 24.0, 40.0
_GAP = 12.0
_SHORT = 12  # rows


@dataclass(frozen=True, slots=True)
class Columns:
    """`begins` are shares of the width, then where the last ends; after the first `words` come sums."""

    captions: Sequence[str]
    begins: Sequence[float]
    words: int = 1

    def cell(self, area: QRectF, place: int) -> QRectF:
        left, right = (area.left() + area.width() * one for one in self.begins[place : place + 2])
        return QRectF(left, area.top(), right - left - (_GAP if place < self.words else 0), area.height())


def table(
    ink: Ink, columns: Columns, rows: Sequence[Sequence[str]], total: Sequence[str] | None = None
) -> Iterator[Block]:
    """One that is short is not parted at all, and the last row never from the total."""
    header = _header(ink, columns)
    yield header
    for place, cells in enumerate(rows):
        last = place == len(rows) - 1
        keeps = total is not None if last else len(rows) <= _SHORT
        yield _row(ink, columns, cells, header, keeps=keeps)
    if total is not None:
        yield _total(ink, columns, total, header)


def _header(ink: Ink, columns: Columns) -> Block:
    """Captions in as many lines as they take."""
    whole = QRectF(0, 0, A4.inside.width(), 0)
    lines = [
        ink.lines(caption, SMALL, columns.cell(whole, place).width() - _GAP)
        for place, caption in enumerate(columns.captions)
    ]
    high = 8 + _CAPTION * max(map(len, lines))

    def paint(painter: QPainter, area: QRectF) -> None:
        ink.rule(painter, area, area.top(), BLACK, 2)
        for place, caption in enumerate(lines):
            at = columns.cell(area.adjusted(0, 4, 0, 0), place)
            at.setHeight(_CAPTION)
            for line in caption:
                ink.line(painter, at, line, SMALL, GREY, right=place >= columns.words)
                at.translate(0, _CAPTION)
        ink.rule(painter, area, area.bottom(), GREY)

    return Block(high, paint, keeps=True)


def _row(ink: Ink, columns: Columns, cells: Sequence[str], header: Block, *, keeps: bool) -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        _paint_cells(painter, area, columns, cells, ink)
        ink.rule(painter, area, area.bottom())

    return Block(_ROW, paint, header, keeps=keeps)


def _total(ink: Ink, columns: Columns, cells: Sequence[str], header: Block) -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        ink.rule(painter, area, area.top(), BLACK, 2.5)
        ink.rule(painter, area, area.top() + 5, BLACK, 1)
        _paint_cells(painter, area.adjusted(0, 6, 0, 0), columns, cells, ink, bold=True)

    return Block(_TOTAL, paint, header)


def _paint_cells(  # noqa: PLR0913, PLR0917 - a line of an account is its looks
    painter: QPainter, area: QRectF, columns: Columns, cells: Sequence[str], ink: Ink, bold: bool = False
) -> None:
    for place, words in enumerate(cells):
        right = place >= columns.words
        ink.line(painter, columns.cell(area, place), words, BODY, bold=bold, right=right)
