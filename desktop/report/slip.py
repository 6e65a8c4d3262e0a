"""结算小票。The slip of one bill on an 80 mm roll: 576 dots across, black alone, whole dots for the code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from desktop.domain.terms import label
from desktop.report.marks import QUIET, Source, code_size, paint_code, paint_seal, paint_source, paint_sources
from desktop.report.sheet import Block, Frame, flow
from desktop.usecases.capital_amount import capital_amount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink
    from desktop.report.sheet import Page
    from desktop.usecases.slip import SlipFacts

_DOTS = 576  # of the head: 72 mm in the middle of a roll of 80 mm
_MARGIN = 32
_PAPER = _DOTS + 2 * _MARGIN
_DOTS_A_MILLIMETRE = 8.0
_ENDLESS = 100_000.0
_CODE, _FEWEST_DOTS = 360, 2  # as many dots as the square may have, as few as a module may have
_TITLE, _HEAD, _BODY, _SMALL, _FOOT = 34, 28, 26, 22, 19


def tr(words: str) -> str:
    return QCoreApplication.translate("Slip", words)


@dataclass(frozen=True)
class SettlementSlip:
    """A `Document` of one page, as long as it needs."""

    facts: SlipFacts
    ink: Ink
    made: datetime
    engine: str

    one_bit = True

    @property
    def title(self) -> str:
        return tr("看病费用结算单") if self.facts.booked else tr("看病费用试算单")

    @property
    def code(self) -> str | None:
        """It holds every balance, so that it is not printed where sums are hidden."""
        return None if self.ink.masks.hidden else self.facts.code

    @cached_property
    def frame(self) -> Frame:
        tall = sum(block.height for block in self._blocks) + 2 * _MARGIN
        return Frame(_PAPER, tall, _MARGIN, _MARGIN, _MARGIN, _MARGIN)

    @property
    def millimetres(self) -> tuple[float, float]:
        return _PAPER / _DOTS_A_MILLIMETRE, self.frame.height / _DOTS_A_MILLIMETRE

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return flow(self._blocks, Frame(_PAPER, _ENDLESS, _MARGIN, _MARGIN, _MARGIN, _MARGIN))

    def paint_margins(self, painter: QPainter, number: int) -> None:
        """A roll has none."""

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        return tuple(_blocks(self))


def _blocks(slip: SettlementSlip) -> Iterator[Block]:
    facts, ink = slip.facts, slip.ink
    masks = ink.masks
    yield Block(64, lambda painter, area: paint_seal(painter, _middle(area, 60), ink))
    yield _centred(ink, slip.title, _TITLE, 46, bold=True)
    yield _centred(ink, f"{slip.made:%Y-%m-%d %H:%M}", _SMALL, 30)
    yield _solid(2)
    yield _pair(ink, tr("使用人"), masks.person(facts.word, facts.name))
    if facts.identity and not masks.hidden:
        yield _pair(ink, tr("证件号"), facts.identity)
    yield _pair(ink, tr("项目"), _what(facts))
    yield _pair(ink, tr("日期"), str(facts.on))
    yield _dotted()
    yield _pair(ink, tr("医疗费总额"), masks.money(facts.total), _HEAD, bold=True)
    for row in facts.rows:
        words = f"    {row.words}" if row.inside else row.words
        yield _pair(ink, words, masks.money(row.amount), _SMALL + 2 if row.inside else _BODY)
    yield _double()
    yield _pair(ink, tr("合计（元）"), masks.money(facts.total), _HEAD + 4, bold=True)
    yield _right(ink, "" if masks.hidden else capital_amount(facts.total))
    yield Block(52, lambda painter, area: _paint_bar(painter, area, slip))
    yield Block(32, lambda painter, area: _paint_legend(painter, area, ink))
    yield _dotted()
    yield _left(ink, tr("要知道的事"))
    for number, note in enumerate(facts.notes, 1):
        yield _note(ink, number, masks.sentence(note))
    yield _dotted()
    if slip.code is not None:
        yield _code(slip.code, ink)
    yield _centred(ink, tr("规则包 {packs}").format(packs=facts.packs), _FOOT, 28)
    yield _centred(ink, tr("引擎 {engine}").format(engine=slip.engine), _FOOT, 28)
    yield _centred(ink, tr("仅供参考，以医保经办机构为准"), _SMALL, 32, bold=True)
    yield _centred(ink, tr("医保服务热线 12393"), _SMALL, 32)


def _what(facts: SlipFacts) -> str:
    setting = label(facts.setting)
    return f"{label(facts.level)} {setting}" if facts.level is not None else setting


def _middle(area: QRectF, side: float) -> QRectF:
    return QRectF(area.center().x() - side / 2, area.top(), side, side)


def _centred(ink: Ink, words: str, size: float, tall: float, *, bold: bool = False) -> Block:
    return Block(tall, lambda painter, area: ink.line(painter, area, words, size, bold=bold, centre=True))


def _left(ink: Ink, words: str) -> Block:
    return Block(38, lambda painter, area: ink.line(painter, area, words, _BODY, bold=True))


def _right(ink: Ink, words: str) -> Block:
    return Block(32, lambda painter, area: ink.line(painter, area, words, _SMALL, right=True))


def _pair(ink: Ink, words: str, value: str, size: float = _BODY, *, bold: bool = False) -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        ink.line(painter, area, words, size, bold=bold)
        ink.line(painter, area, value, size, bold=bold, right=True)

    return Block(size * 1.5, paint)


def _note(ink: Ink, number: int, words: str) -> Block:
    lines = ink.lines(words, _SMALL + 1, _DOTS - 2 * _MARGIN - 36)

    def paint(painter: QPainter, area: QRectF) -> None:
        for place, line in enumerate(lines):
            at = QRectF(area.left() + 36, area.top() + place * 32, area.width() - 36, 32)
            if not place:
                ink.line(painter, QRectF(area.left(), at.top(), 36, 32), f"{number}.", _SMALL + 1, bold=True)
            ink.line(painter, at, line, _SMALL + 1)

    return Block(32 * len(lines) + 6, paint)


def _solid(thick: float) -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        _draw(painter, area, area.center().y(), thick)

    return Block(16, paint)


def _double() -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        _draw(painter, area, area.center().y() - 2, 2)
        _draw(painter, area, area.center().y() + 3, 2)

    return Block(20, paint)


def _dotted() -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        _draw(painter, area, area.center().y(), 2, Qt.PenStyle.DashLine)

    return Block(22, paint)


def _draw(
    painter: QPainter, area: QRectF, y: float, thick: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> None:
    painter.setPen(QPen(Qt.GlobalColor.black, thick, style))
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))


def _paint_bar(painter: QPainter, area: QRectF, slip: SettlementSlip) -> None:
    paint_sources(painter, area.adjusted(0, 6, 0, -6), slip.facts.sources, slip.ink)


def _paint_legend(painter: QPainter, area: QRectF, ink: Ink) -> None:
    names = (tr("统筹基金"), tr("本人账户"), tr("家庭共济"), tr("现金"))
    for place, (source, name) in enumerate(zip(Source, names, strict=True)):
        x = area.left() + area.width() * place / len(names)
        paint_source(painter, QRectF(x, area.top() + 5, 20, 20), source, ink)
        ink.line(painter, QRectF(x + 28, area.top(), 112, 30), name, _SMALL)


def _code(code: str, ink: Ink) -> Block:
    """Whole dots for each module, or the scanner sees a blur; what it is for stands beside it."""
    module = max(_CODE // code_size(code), _FEWEST_DOTS)
    side = float(module * code_size(code))
    words = ink.lines(tr("扫一扫，窗口接着办。码里没有姓名和证件号。"), _SMALL, _DOTS - side - 12)

    def paint(painter: QPainter, area: QRectF) -> None:
        square = QRectF(area.left() - module * QUIET, float(round(area.top())), side, side)
        paint_code(painter, square, code)
        for place, line in enumerate(words):
            at = QRectF(square.right(), area.top() + side / 3 + 34 * place, _DOTS - side, 34)
            ink.line(painter, at, line, _SMALL)

    return Block(side, paint)
