"""家人与绑定。The table of the report: who is bound, what the account paid for them, and may it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF

from desktop.domain.finding import Severity
from desktop.report.ink import BLACK, EMPTY, GREY
from desktop.report.marks import paint_verdict, tone_of
from desktop.report.sheet import Block
from desktop.usecases.capital_amount import capital_amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink
    from desktop.usecases.report import Report, Row

_BODY, _SMALL = 20, 18
_ROW, _MARK = 33, 20
_COLUMNS = (0.0, 0.095, 0.17, 0.375, 0.495, 0.66, 1.0)
"""Where each begins, of the width; then where the last ends."""
_USED = 4
_USED_ENDS = 0.62


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


def people_table(report: Report, ink: Ink) -> Iterator[Block]:
    header = _header(report, ink)
    yield header
    for row in report.rows:
        yield _person(row, ink, header)
    yield _own(report, ink, header)
    yield _total(report, ink, header)


def _header(report: Report, ink: Ink) -> Block:
    used = tr("{year}年用了").format(year=report.as_of.year)
    captions = (tr("关系"), tr("姓名"), tr("参保"), tr("绑定起"), used, tr("状态"))

    def paint(painter: QPainter, area: QRectF) -> None:
        ink.rule(painter, area, area.top(), BLACK, 2)
        for place, caption in enumerate(captions):
            ink.line(painter, _cell(area, place), caption, _SMALL, GREY, right=place == _USED)
        ink.rule(painter, area, area.bottom(), GREY)

    return Block(_ROW, paint, keeps=True)


def _cell(area: QRectF, place: int) -> QRectF:
    ends = _USED_ENDS if place == _USED else _COLUMNS[place + 1]
    left = area.left() + area.width() * _COLUMNS[place]
    return QRectF(left, area.top(), area.left() + area.width() * ends - left, area.height())


def _person(row: Row, ink: Ink, header: Block) -> Block:
    masks = ink.masks
    since = str(row.since) if row.since is not None else EMPTY
    cells = (row.word, masks.name(row.name), row.insured, since, masks.money(row.used))

    def paint(painter: QPainter, area: QRectF) -> None:
        for place, words in enumerate(cells):
            ink.line(painter, _cell(area, place), words, _BODY, bold=not place, right=place == _USED)
        state = _cell(area, _USED + 1)
        mark = QRectF(state.left(), state.center().y() - _MARK / 2, _MARK, _MARK)
        paint_verdict(painter, mark, row.severity, ink)
        said = state.adjusted(_MARK + 9, 0, 0, 0)
        ink.line(painter, said, _verdict(row.severity), _BODY, tone_of(row.severity), bold=True)
        ink.line(painter, said.adjusted(72, 0, 0, 0), row.note, _SMALL, GREY)
        ink.rule(painter, area, area.bottom())

    return Block(_ROW, paint, header)


def _verdict(severity: Severity | None) -> str:
    return {
        Severity.ERROR: tr("不可以"),
        Severity.WARNING: tr("需注意"),
        Severity.NOTE: tr("待确认"),
        None: tr("可以"),
    }[severity]


def _own(report: Report, ink: Ink, header: Block) -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        ink.line(painter, area, tr("本人自用"), _BODY, GREY)
        ink.line(painter, _cell(area, _USED), ink.masks.money(report.own), _BODY, right=True)

    return Block(38, paint, header, keeps=True)


def _total(report: Report, ink: Ink, header: Block) -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        ink.rule(painter, area, area.top(), BLACK, 2.5)
        ink.rule(painter, area, area.top() + 5, BLACK, 1)
        line = area.adjusted(0, 6, 0, 0)
        ink.line(painter, line, tr("合计"), _BODY, bold=True)
        ink.line(painter, _cell(line, _USED), ink.masks.money(report.total), _BODY, bold=True, right=True)
        words = "" if ink.masks.hidden else capital_amount(report.total)
        ink.line(
            painter,
            line.adjusted(_cell(line, _USED).right() - area.left(), 0, 0, 0),
            words,
            _BODY,
            right=True,
        )

    return Block(46, paint, header)
