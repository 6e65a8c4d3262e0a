"""家庭报告。The family report on A4: one sentence first, then figures, chart, people, sources, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt

from desktop.report.ink import BLACK, EMPTY, GREY, HAIR
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
from desktop.report.marks import (
    QUIET,
    Source,
    code_size,
    paint_code,
    paint_source,
    paint_sources,
    paint_verdict,
)
from desktop.report.people import people_table
from desktop.report.sheet import Block, flow
from desktop.report.trend import paint_trend
from desktop.usecases.capital_amount import capital_amount
from desktop.usecases.report import month_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink
    from desktop.report.sheet import Page
    from desktop.usecases.report import Action, Ground, Report

_CODE = 188  # 32 mm with the quiet zone, so that no module is smaller than 0.25 mm
_MARK = 20


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


@dataclass(frozen=True)
class FamilyReport(A4Sheet):
    """A `Document`. `made` is when it is printed, `engine` by which version."""

    report: Report
    ink: Ink
    made: datetime
    engine: str

    @property
    def title(self) -> str:
        return tr("家庭医保个人账户报告")

    @property
    def code(self) -> str | None:
        """It holds every balance, so that it is not printed where sums are hidden."""
        return None if self.ink.masks.hidden else self.report.code

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return flow(_blocks(self), A4)

    def paint_margins(self, painter: QPainter, number: int) -> None:
        report = self.report
        packs = law_words(self.engine, report.packs, report.covered_until)
        kept = tr("证件号不打印。")
        if self.code is not None:
            kept += tr("二维码只含方案数据，不含姓名和证件号，可在窗口离线打开。")
        head = Letterhead(self.title, report.name, report.as_of, self.made, self.ink)
        head.paint(painter, number, len(self.pages), (packs, kept))


# ------------------------------------------------------------------------------------------------- sections


def _blocks(document: FamilyReport) -> Iterator[Block]:
    report, ink = document.report, document.ink
    yield paragraph(ink, ink.masks.sentence(report.conclusion), LEAD, gap=14)
    yield _figures(report, ink)
    if report.balance is not None:
        yield heading(ink, tr("一、余额走势"), tr("实线已记账，虚线按规划推算，单位：元"))
        yield Block(236, lambda painter, area: paint_trend(painter, area, report, ink))
    else:
        yield heading(ink, tr("一、余额走势"))
        yield paragraph(ink, tr("登记个人账户和期初余额之后，这里画出余额的走势。"), BODY)
    yield heading(ink, tr("二、家人与绑定"), tr("金额单位：元"))
    yield from people_table(report, ink)
    yield heading(ink, tr("三、{year}年医疗费由谁支付").format(year=report.as_of.year), tr("金额单位：元"))
    yield _sources(report, ink)
    yield from _actions(document)
    yield from _grounds(report.grounds, ink)
    yield heading(ink, tr("六、怎么算的"))
    for sentence in report.method:
        yield paragraph(ink, sentence, SMALL)


def _figures(report: Report, ink: Ink) -> Block:
    return figures(
        ink,
        (
            Figure(tr("账户余额"), *_balance(report, ink), 0.31),
            Figure(tr("还可支撑"), *_lasting(report), 0.22),
            Figure(tr("12 个月内最低"), *_lowest(report, ink), 0.25),
            Figure(tr("共济名额"), _of(report.active), tr("累计 {of}").format(of=_of(report.lifetime)), 0.22),
        ),
    )


def _balance(report: Report, ink: Ink) -> tuple[str, str]:
    if report.balance is None:
        return EMPTY, tr("没有登记个人账户")
    words = "" if ink.masks.hidden else capital_amount(report.balance)
    return ink.masks.money(report.balance), words


def _lasting(report: Report) -> tuple[str, str]:
    years = report.planned_months // 12
    if report.balance is None:
        return EMPTY, ""
    if report.months_left is None or report.runs_out is None:
        return tr("{years} 年够用").format(years=years), tr("推算到 {years} 年为止").format(years=years)
    months = tr("{months} 个月").format(months=report.months_left)
    return months, tr("{month}起不够").format(month=month_words(report.runs_out))


def _lowest(report: Report, ink: Ink) -> tuple[str, str]:
    if report.lowest is None or report.balance is None:
        return EMPTY, ""
    money, month = report.lowest
    return ink.masks.money(money), tr("{month}末").format(month=month_words(month))


def _of(slots: tuple[int, int | None]) -> str:
    used, most = slots
    return f"{used} / {most}" if most is not None else str(used)


def _sources(report: Report, ink: Ink) -> Block:
    names = (tr("统筹基金"), tr("本人账户"), tr("家庭共济"), tr("现金"))
    pairs = tuple(zip(Source, names, report.sources.sums, strict=True))

    def paint(painter: QPainter, area: QRectF) -> None:
        bar = QRectF(area.left(), area.top() + 4, area.width(), 34)
        paint_sources(painter, bar, report.sources.sums, ink)
        for place, (source, name, money) in enumerate(pairs):
            x = area.left() + area.width() * place / len(pairs)
            paint_source(painter, QRectF(x, area.top() + 56, 26, 20), source, ink)
            ink.line(painter, QRectF(x + 38, area.top() + 52, 200, 28), name, BODY)
            sum_at = QRectF(x + 38, area.top() + 80, 220, 30)
            ink.line(painter, sum_at, ink.masks.money(money), BODY + 2, bold=True)

    return Block(114, paint)


# -------------------------------------------------------------------------------------------------- actions


def _actions(document: FamilyReport) -> Iterator[Block]:
    """What to do first, with the square code beside it."""
    report, ink = document.report, document.ink
    yield heading(ink, tr("四、建议先做的事") if report.actions else tr("四、现在没有要办的事"))
    wide = A4.inside.width() - _CODE - 16
    parts = [(one, ink.lines(ink.masks.sentence(one.detail), SMALL, wide - 42)) for one in report.actions]
    tall = max(sum(34 + 24 * len(lines) for _, lines in parts), _CODE - 20)

    def paint(painter: QPainter, area: QRectF) -> None:
        y = area.top()
        for number, (action, lines) in enumerate(parts, 1):
            at = QRectF(area.left(), y, wide, 32)
            _paint_action(painter, at, number, action, lines, ink)
            y += 34 + 24 * len(lines)
        _paint_code_beside(painter, area, document)

    yield Block(tall, paint)


def _paint_action(  # noqa: PLR0913, PLR0917
    painter: QPainter, at: QRectF, number: int, action: Action, lines: Sequence[str], ink: Ink
) -> None:
    ring = QRectF(at.left() + 1, at.top() + 3, 27, 27)
    ink.smooth(painter)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink.pen(BLACK, 2))
    painter.drawEllipse(ring)
    ink.line(painter, ring, str(number), SMALL, centre=True)
    words = at.adjusted(42, 0, 0, 0)
    ink.line(painter, words, ink.masks.sentence(action.title), BODY, bold=True)
    for place, line in enumerate(lines):
        below = QRectF(words.left(), at.bottom() + 24 * place - 1, words.width(), 24)
        ink.line(painter, below, line, SMALL, GREY)


def _paint_code_beside(painter: QPainter, area: QRectF, document: FamilyReport) -> None:
    """Its outermost modules end where the text of the page does; or an empty place, and why."""
    ink, code = document.ink, document.code
    square = QRectF(area.right() - _CODE, area.top() - 44, _CODE, _CODE)
    if code is not None:
        square.translate(_CODE * QUIET / code_size(code), 0)
        paint_code(painter, square, code)
        under = QRectF(square.left(), square.bottom() - 6, _CODE, 26)
        ink.line(painter, under, tr("窗口扫码接着看"), SMALL, GREY, centre=True)
        return
    box = square.adjusted(10, 10, 0, 0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink.pen(HAIR, 1.5))
    painter.drawRect(box)
    words = tr("金额已隐藏，不印二维码") if ink.masks.hidden else tr("内容太多，二维码放不下")
    for place, line in enumerate(ink.lines(words, SMALL, box.width() - 40)):
        at = QRectF(box.left(), box.center().y() - 26 + 26 * place, box.width(), 26)
        ink.line(painter, at, line, SMALL, GREY, centre=True)


# -------------------------------------------------------------------------------------------------- grounds


def _grounds(grounds: Sequence[Ground], ink: Ink) -> Iterator[Block]:
    yield heading(ink, tr("五、依据"), tr("按事情发生那天的规则"))
    if not grounds:
        yield paragraph(ink, tr("没有要提示的，所以没有依据要列出来。"), BODY)
    for ground in grounds:
        yield _ground(ground, ink)


def _ground(ground: Ground, ink: Ink) -> Block:
    wide = A4.inside.width() - 40
    said = ink.lines(ink.masks.sentence(ground.sentence), BODY, wide, bold=True)
    since = tr("{day} 起").format(day=ground.since) if ground.since else ""
    sure = tr("可信度{sure}").format(sure=ground.confidence)
    disputed = tr("有争议") if ground.disputed else ""
    facts = "，".join(one for one in (ground.document, since, sure, disputed) if one)
    others = [tr("另说：{words}").format(words=one) for one in ground.others]
    small = [(line, BLACK) for line in ink.lines(ink.masks.sentence(ground.clause), SMALL, wide)]
    small += [(line, GREY) for words in (*others, facts) for line in ink.lines(words, SMALL, wide)]

    def paint(painter: QPainter, area: QRectF) -> None:
        paint_verdict(painter, QRectF(area.left() + 1, area.top() + 9, _MARK, _MARK), ground.severity, ink)
        at = QRectF(area.left() + 40, area.top() + 4, wide, 30)
        for line in said:
            ink.line(painter, at, line, BODY, bold=True)
            at.translate(0, 30)
        at.setHeight(26)
        for line, tone in small:
            ink.line(painter, at, line, SMALL, tone)
            at.translate(0, 26)
        ink.rule(painter, area, area.bottom() - 4)

    return Block(4 + 30 * len(said) + 26 * len(small) + 12, paint)
