"""对比。Scenarios compared on A4: one sentence first, then the columns, why they differ, how sure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF

from desktop.report.columns import scenario_table, yearly_table
from desktop.report.curves import chart_height, paint_curves
from desktop.report.letterhead import (
    A4,
    BODY,
    LEAD,
    SMALL,
    A4Sheet,
    Figure,
    Letterhead,
    figures,
    heading,
    law_words,
    paragraph,
)
from desktop.report.marks import paint_verdict
from desktop.report.sheet import Block, flow
from desktop.report.table import Columns, table
from desktop.usecases.capital_amount import capital_amount
from desktop.usecases.scenario_words import month_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink
    from desktop.report.sheet import Page
    from desktop.usecases.comparison_report import Changed, Column, ComparisonReport, Note, Sums, Sure

_ROW, _MARK = 32.0, 20.0
_DIFFERS = (0.0, 0.14, 0.49, 0.66, 0.83, 1.0)
_CHANCES = (0.0, 0.2, 0.35, 0.5, 0.67, 0.835, 1.0)
"""Where each column of a table begins, of the width; then where the last ends."""


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


@dataclass(frozen=True)
class ComparisonPaper(A4Sheet):
    """A `Document`. `made` is when it is printed."""

    report: ComparisonReport
    ink: Ink
    made: datetime

    @property
    def title(self) -> str:
        return tr("方案对比")

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return flow(_blocks(self.report, self.ink), A4)

    def paint_margins(self, painter: QPainter, number: int) -> None:
        report, sure = self.report, self.report.sure
        packs = law_words(report.engine, report.packs, report.covered_until)
        drawn = ""
        if sure is not None:
            drawn = tr("推演 {futures:,} 次，种子 {seed}。").format(futures=sure.futures, seed=sure.seed)
        head = Letterhead(self.title, report.name, report.as_of, self.made, self.ink)
        head.paint(painter, number, len(self.pages), (packs, drawn + tr("证件号不打印。")))


def _blocks(report: ComparisonReport, ink: Ink) -> Iterator[Block]:
    yield paragraph(ink, ink.masks.sentence(report.conclusion), LEAD, gap=14)
    yield _figures(report, ink)
    yield heading(ink, tr("一、并列的方案"), tr("每格下面是和基准的差，金额单位：元"))
    yield from scenario_table(report, ink)
    yield heading(ink, tr("二、余额走势"), _about_chart(report, ink))
    yield Block(chart_height(report, ink), lambda painter, area: paint_curves(painter, area, report, ink))
    yield heading(ink, tr("三、为什么"))
    for column in report.columns:
        yield _cause(column, ink)
    yield heading(ink, tr("每年进出"), tr("整年的平均，余额不够时也照应付的算，金额单位：元"))
    yield from yearly_table(report, ink)
    yield from _differences(report, ink)
    yield from _sure(report, ink)
    yield heading(ink, tr("六、假设和依据"))
    for note in report.notes:
        yield _note(note, ink)


def _about_chart(report: ComparisonReport, ink: Ink) -> str:
    if report.sure is None:
        return tr("线型见表头，单位：元")
    words = tr("线型见表头；阴影是“{name}”的 P10 至 P90，单位：元")
    return words.format(name=ink.masks.sentence(report.sure.of))


def _figures(report: ComparisonReport, ink: Ink) -> Block:
    masks = ink.masks
    capital = "" if masks.hidden else capital_amount(report.balance)
    cells = [Figure(tr("账户余额"), masks.money(report.balance), capital, 0.29)]
    for one, share in zip(report.figures, (0.215, 0.25, 0.245), strict=True):
        cells.append(Figure(one.caption, masks.sentence(one.value), masks.sentence(one.note), share))
    return figures(ink, cells)


def _cause(column: Column, ink: Ink) -> Block:
    words = tr("{name}：{why}").format(name=column.name, why=column.why)
    return paragraph(ink, ink.masks.sentence(words), BODY)


# ------------------------------------------------------------------------------------------------ differences


def _differences(report: ComparisonReport, ink: Ink) -> Iterator[Block]:
    yield heading(ink, tr("四、差在哪里"), tr("多进账户、多付的为正，合计就是和基准的差，金额单位：元"))
    if len(report.columns) == 1:
        yield paragraph(ink, tr("没有并列的方案。"), BODY)
    for column in report.columns:
        if column.changed is not None:
            yield from _changed(column, column.changed, ink)


def _changed(column: Column, changed: Changed, ink: Ink) -> Iterator[Block]:
    words = tr("{name}：{differs}").format(name=column.name, differs=column.differs)
    yield _subheading(ink, ink.masks.sentence(words))
    if not (changed.postings or changed.left):
        yield paragraph(ink, tr("和基准没有一笔不同。"), BODY)
        return
    captions = (tr("日期"), tr("事项"), tr("账户"), tr("现金"), tr("别人账户"))
    rows = [(str(on), ink.masks.sentence(what), *_sums(sums, ink)) for on, what, sums in changed.postings]
    if changed.left:
        rest = tr("其余 {count} 笔").format(count=changed.left)
        rows.append(("", rest, *_sums(changed.rest, ink)))
    total = (tr("合计"), "", *map(ink.masks.change, changed.whole))
    yield from table(ink, Columns(captions, _DIFFERS, 2), rows, total)
    if changed.own_care:
        own = tr("别人账户给自己看病另付 {money} 元，不在合计里。")
        yield paragraph(ink, own.format(money=ink.masks.change(changed.own_care)), SMALL)


def _subheading(ink: Ink, words: str) -> Block:
    lines = ink.lines(words, BODY, A4.inside.width(), bold=True)

    def paint(painter: QPainter, area: QRectF) -> None:
        at = QRectF(area.left(), area.top() + 14, area.width(), 30)
        for line in lines:
            ink.line(painter, at, line, BODY, bold=True)
            at.translate(0, 30)

    return Block(30 * len(lines) + 20, paint, keeps=True)


def _sums(sums: Sums, ink: Ink) -> list[str]:
    return [ink.masks.change(money or None) for money in sums]


# ------------------------------------------------------------------------------------------ chances, notes


def _sure(report: ComparisonReport, ink: Ink) -> Iterator[Block]:
    sure = report.sure
    if sure is None:
        yield heading(ink, tr("五、有多大把握"))
        yield paragraph(ink, tr("没有推演，所以没有上下区间。"), BODY)
        return
    of = tr("“{name}”，推演 {futures:,} 次，种子 {seed}")
    name = ink.masks.sentence(sure.of)
    yield heading(ink, tr("五、有多大把握"), of.format(name=name, futures=sure.futures, seed=sure.seed))
    yield paragraph(ink, ink.masks.sentence("".join(sure.said)), BODY)
    yield from _chances(sure, ink)


def _chances(sure: Sure, ink: Ink) -> Iterator[Block]:
    captions = (tr("到"), tr("还够用的次数"), tr("占"), tr("余额 P10"), tr("余额 P50"), tr("余额 P90"))
    rows = [
        (
            tr("{month}末").format(month=month_words(one.month)),
            f"{one.lasting:,}",
            one.share,
            *map(ink.masks.money, (one.low, one.middle, one.high)),
        )
        for one in sure.chances
    ]
    yield from table(ink, Columns(captions, _CHANCES), rows)


def _note(note: Note, ink: Ink) -> Block:
    lines = ink.lines(ink.masks.sentence(note.words), BODY, A4.inside.width() - 64)

    def paint(painter: QPainter, area: QRectF) -> None:
        if note.mark:
            ink.line(painter, QRectF(area.left(), area.top(), 56, _ROW), note.mark, BODY, bold=True)
        elif note.severity is not None:
            paint_verdict(painter, QRectF(area.left() + 2, area.top() + 6, _MARK, _MARK), note.severity, ink)
        at = QRectF(area.left() + 64, area.top(), area.width() - 64, _ROW)
        for line in lines:
            ink.line(painter, at, line, BODY)
            at.translate(0, _ROW)

    return Block(_ROW * len(lines), paint)
