"""信笺。What all sheets of A4 have alike: head and foot, headings, paragraphs and the strip of figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from desktop.report.ink import BLACK, GREY, HAIR
from desktop.report.marks import paint_seal
from desktop.report.sheet import Block, Frame

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink

A4 = Frame(1240, 1754, 96, 184, 96, 142)
MILLIMETRES = (210.0, 297.0)
LARGE, TITLE, LEAD, HEAD, BODY, SMALL = 34, 36, 26, 25, 20, 18


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


class A4Sheet:
    """What every `Document` on A4 has alike."""

    frame = A4
    millimetres = MILLIMETRES
    one_bit = False


def law_words(engine: str, packs: str, until: date) -> str:
    """By which version and which packs it was reckoned, for the foot."""
    words = tr("引擎 {engine}    规则包 {packs}，有效至 {until}")
    return words.format(engine=engine, packs=packs, until=until)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`name` is the family's; `made` is when it is printed, `as_of` up to when it tells."""

    title: str
    name: str
    as_of: date
    made: datetime
    ink: Ink

    def paint(self, painter: QPainter, number: int, pages: int, foot: Sequence[str]) -> None:
        """Of page `number`. What it is good for stands under the `foot`."""
        ink, inside = self.ink, A4.inside
        paint_seal(painter, QRectF(inside.left(), 82, 56, 56), ink)
        ink.line(painter, QRectF(inside.left() + 78, 74, 700, 44), self.title, TITLE, bold=True)
        ink.line(painter, QRectF(inside.left() + 78, 120, 760, 28), self._about(), BODY, GREY)
        count = tr("第 {number} 页，共 {pages} 页").format(number=number, pages=pages)
        right = QRectF(inside.right() - 320, 84, 320, 28)
        ink.line(painter, right, count, BODY, GREY, right=True)
        name = tr("编号 GJ-{made:%Y%m%d-%H%M}").format(made=self.made)
        ink.line(painter, right.translated(0, 36), name, BODY, GREY, right=True)
        ink.rule(painter, inside, 166, BLACK, 3)
        ink.rule(painter, inside, 172, BLACK, 1)
        self._paint_foot(painter, foot)

    def _about(self) -> str:
        """Whose it is, how far it reaches, and when it was printed where that is another day."""
        made = self.made
        day = tr("{day.year}年{day.month}月{day.day}日")
        said = f"{day.format(day=made)} {made:%H:%M}"
        if made.date() != self.as_of:
            until = day.format(day=self.as_of)
            said = tr("截至 {until}    打印于 {made}").format(until=until, made=said)
        name = "" if self.ink.masks.hidden else self.name
        return "    ".join(one for one in (name, said) if one)

    def _paint_foot(self, painter: QPainter, foot: Sequence[str]) -> None:
        ink, inside, y = self.ink, A4.inside, A4.height - 132
        ink.rule(painter, inside, y, GREY)
        only = tr("本报告仅供参考，以医保经办机构为准。医保服务热线 12393")
        for place, words in enumerate((*foot, only)):
            last = place == len(foot)
            area = QRectF(inside.left(), y + 10 + place * 28, inside.width(), 28)
            ink.line(painter, area, words, SMALL, BLACK if last else GREY, bold=last)


# ------------------------------------------------------------------------------------------------ blocks


def paragraph(ink: Ink, words: str, size: float, *, gap: float = 0) -> Block:
    lines = ink.lines(words, size, A4.inside.width())
    tall = size * 1.6

    def paint(painter: QPainter, area: QRectF) -> None:
        for place, line in enumerate(lines):
            at = QRectF(area.left(), area.top() + gap + place * tall, area.width(), tall)
            ink.line(painter, at, line, size)

    return Block(len(lines) * tall + 2 * gap, paint)


def heading(ink: Ink, words: str, note: str = "") -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        line = area.adjusted(0, 12, 0, -2)
        ink.line(painter, line, words, HEAD, bold=True)
        ink.line(painter, line, note, SMALL, GREY, right=True)

    return Block(50, paint, keeps=True)


class Figure(NamedTuple):
    """`share` of the width is its own."""

    caption: str
    value: str
    note: str
    share: float


def figures(ink: Ink, cells: Sequence[Figure]) -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        ink.rule(painter, area, area.top(), GREY)
        x = area.left()
        for caption, value, note, share in cells:
            if x > area.left():
                painter.setPen(ink.pen(HAIR, 1.5))
                painter.drawLine(QPointF(x - 20, area.top() + 14), QPointF(x - 20, area.bottom() - 20))
            cell = QRectF(x, area.top() + 10, area.width() * share - 24, 0)
            ink.line(painter, _at(cell, 0, 28), caption, BODY, GREY)
            ink.line(painter, _at(cell, 30, 46), value, LARGE, bold=True)
            ink.line(painter, _at(cell, 80, 26), note, SMALL, GREY)
            x += area.width() * share
        ink.rule(painter, area, area.bottom() - 6, GREY)

    return Block(128, paint)


def _at(area: QRectF, down: float, tall: float) -> QRectF:
    return QRectF(area.left(), area.top() + down, area.width(), tall)
