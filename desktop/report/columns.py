"""并列。The scenarios side by side: what each comes to, and what an average year brings in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from desktop.report.curves import line_pen
from desktop.report.ink import BLACK, CASH, GREY, HAIR, Tone
from desktop.report.letterhead import A4, BODY, SMALL
from desktop.report.sheet import Block
from desktop.report.table import Columns, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink
    from desktop.usecases.comparison_report import ComparisonReport

_CAPTIONS = 172.0
_PAD = 12.0
_LINE, _NOTE = 28.0, 24.0
_MOST_LINES = 4
"""So many lines of what a scenario changes stand over its column; the rest where the differences do."""


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


def scenario_table(report: ComparisonReport, ink: Ink) -> Iterator[Block]:
    header = _header(report, ink)
    yield header
    for place in range(len(report.captions)):
        yield _row(report, place, ink, header, keeps=place < len(report.captions) - 1)


def yearly_table(report: ComparisonReport, ink: Ink) -> Iterator[Block]:
    count = len(report.columns)
    begins = [(_CAPTIONS + place * _width(report)) / A4.inside.width() for place in range(count)]
    names = [ink.masks.sentence(one.name) for one in report.columns]
    rows = [[flow.what, *map(ink.masks.change, flow.amounts)] for flow in report.flows]
    net = [tr("每年净增减"), *map(ink.masks.change, report.net)]
    yield from table(ink, Columns(["", *names], [0.0, *begins, 1.0]), rows, net)


# -------------------------------------------------------------------------------------------------- the table


def _width(report: ComparisonReport) -> float:
    return (A4.inside.width() - _CAPTIONS) / len(report.columns)


def _cell(area: QRectF, place: int, report: ComparisonReport) -> QRectF:
    """Within its lines, without them."""
    wide = _width(report)
    left = area.left() + _CAPTIONS + place * wide
    return QRectF(left + _PAD, area.top(), wide - 2 * _PAD, area.height())


def _paint_columns(painter: QPainter, area: QRectF, report: ComparisonReport, ink: Ink) -> None:
    """The baseline is shaded; lines between the others."""
    for place in range(len(report.columns)):
        cell = _cell(area, place, report).adjusted(-_PAD, 0, _PAD, 0)
        if not place:
            painter.fillRect(cell, ink.colour(Tone.SHADE))
        else:
            painter.setPen(ink.pen(HAIR, 1))
            painter.drawLine(cell.topLeft(), cell.bottomLeft())


def _header(report: ComparisonReport, ink: Ink) -> Block:
    """The line, the name and in small what it changes, as many lines as the longest takes."""
    wide = _width(report) - 2 * _PAD
    names = [ink.lines(ink.masks.sentence(one.name), BODY, wide, bold=True) for one in report.columns]
    notes = [_few(ink.lines(ink.masks.sentence(one.differs), SMALL, wide)) for one in report.columns]
    high = 26 + _LINE * max(map(len, names)) + _NOTE * max(map(len, notes)) + 10

    def paint(painter: QPainter, area: QRectF) -> None:
        _paint_columns(painter, area, report, ink)
        ink.rule(painter, area, area.top(), BLACK, 2)
        for place, (name, note) in enumerate(zip(names, notes, strict=True)):
            cell = _cell(area, place, report)
            painter.setPen(line_pen(place, ink))
            painter.drawLine(cell.topLeft() + QPointF(0, 16), cell.topLeft() + QPointF(56, 16))
            at = QRectF(cell.left(), cell.top() + 26, cell.width(), _LINE)
            for line in name:
                ink.line(painter, at, line, BODY, bold=True)
                at.translate(0, _LINE)
            at.setHeight(_NOTE)
            for line in note:
                ink.line(painter, at, line, SMALL, GREY)
                at.translate(0, _NOTE)
        ink.rule(painter, area, area.bottom(), GREY)

    return Block(high, paint, keeps=True)


def _few(lines: list[str]) -> list[str]:
    return (
        lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1]}…"]
    )


def _row(report: ComparisonReport, caption: int, ink: Ink, header: Block, *, keeps: bool) -> Block:
    """A value, and under it what it differs by."""

    def paint(painter: QPainter, area: QRectF) -> None:
        _paint_columns(painter, area, report, ink)
        ink.line(painter, area.adjusted(0, 0, 0, -_NOTE), report.captions[caption], BODY, GREY)
        for place, column in enumerate(report.columns):
            cell, (value, delta) = _cell(area, place, report), column.cells[caption]
            tone = CASH if not caption and column.runs_out is not None else BLACK
            upper = QRectF(cell.left(), cell.top() + 2, cell.width(), _LINE)
            ink.line(painter, upper, ink.masks.sentence(value), BODY, tone, bold=True)
            lower = QRectF(cell.left(), upper.bottom(), cell.width(), _NOTE)
            ink.line(painter, lower, ink.masks.sentence(delta), SMALL, GREY)
        ink.rule(painter, area, area.bottom())

    return Block(_LINE + _NOTE + 4, paint, header, keeps=keeps)
