"""家庭报告。The family report on A4: one sentence first, then figures, chart, people, sources, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt

from desktop.report.ink import BLACK, EMPTY, GREY, HAIR
from desktop.report.marks import (
    QUIET,
    Source,
    code_size,
    paint_code,
    paint_seal,
    paint_source,
    paint_sources,
    paint_verdict,
)
from desktop.report.people import people_table
from desktop.report.sheet import Block, Frame, flow
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

_FRAME = Frame(1240, 1754, 96, 184, 96, 142)
_MILLIMETRES = (210.0, 297.0)
_LARGE, _TITLE, _LEAD, _HEAD, _BODY, _SMALL = 34, 36, 26, 25, 20, 18
_CODE = 188  # 32 mm with the quiet zone, so that no module is smaller than 0.25 mm
_MARK = 20


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


@dataclass(frozen=True)
class FamilyReport:
    """A `Document`. `made` is when it is printed, `engine` by which version."""

    report: Report
    ink: Ink
    made: datetime
    engine: str

    frame = _FRAME
    millimetres = _MILLIMETRES
    one_bit = False

    @property
    def title(self) -> str:
        return tr("家庭医保个人账户报告")

    @property
    def code(self) -> str | None:
        """It holds every balance, so that it is not printed where sums are hidden."""
        return None if self.ink.masks.hidden else self.report.code

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return flow(_blocks(self), _FRAME)

    def paint_margins(self, painter: QPainter, number: int) -> None:
        ink, inside = self.ink, _FRAME.inside
        paint_seal(painter, QRectF(inside.left(), 82, 56, 56), ink)
        ink.line(painter, QRectF(inside.left() + 78, 74, 700, 44), self.title, _TITLE, bold=True)
        ink.line(painter, QRectF(inside.left() + 78, 120, 760, 28), self._about(), _BODY, GREY)
        count = tr("第 {number} 页，共 {pages} 页").format(number=number, pages=len(self.pages))
        right = QRectF(inside.right() - 320, 84, 320, 28)
        ink.line(painter, right, count, _BODY, GREY, right=True)
        name = tr("编号 GJ-{made:%Y%m%d-%H%M}").format(made=self.made)
        ink.line(painter, right.translated(0, 36), name, _BODY, GREY, right=True)
        ink.rule(painter, inside, 166, BLACK, 3)
        ink.rule(painter, inside, 172, BLACK, 1)
        self._paint_foot(painter, inside)

    def _about(self) -> str:
        """Whose it is, how far it reaches, and when it was printed where that is another day."""
        report, made = self.report, self.made
        day = tr("{day.year}年{day.month}月{day.day}日")
        said = f"{day.format(day=made)} {made:%H:%M}"
        if made.date() != report.as_of:
            until = day.format(day=report.as_of)
            said = tr("截至 {until}    打印于 {made}").format(until=until, made=said)
        name = "" if self.ink.masks.hidden else report.name
        return "    ".join(one for one in (name, said) if one)

    def _paint_foot(self, painter: QPainter, inside: QRectF) -> None:
        ink, y = self.ink, _FRAME.height - 132
        ink.rule(painter, inside, y, GREY)
        packs = tr("引擎 {engine}    规则包 {packs}，有效至 {until}").format(
            engine=self.engine, packs=self.report.packs, until=self.report.covered_until
        )
        kept = tr("证件号不打印。")
        if self.code is not None:
            kept += tr("二维码只含方案数据，不含姓名和证件号，可在窗口离线打开。")
        only = tr("本报告仅供参考，以医保经办机构为准。医保服务热线 12393")
        for place, (words, bold) in enumerate(((packs, False), (kept, False), (only, True))):
            area = QRectF(inside.left(), y + 10 + place * 28, inside.width(), 28)
            ink.line(painter, area, words, _SMALL, BLACK if bold else GREY, bold=bold)


# ------------------------------------------------------------------------------------------------- sections


def _blocks(document: FamilyReport) -> Iterator[Block]:
    report, ink = document.report, document.ink
    yield _paragraph(ink, ink.masks.sentence(report.conclusion), _LEAD, gap=14)
    yield _figures(report, ink)
    if report.balance is not None:
        yield _heading(ink, tr("一、余额走势"), tr("实线已记账，虚线按规划推算，单位：元"))
        yield Block(236, lambda painter, area: paint_trend(painter, area, report, ink))
    else:
        yield _heading(ink, tr("一、余额走势"))
        yield _paragraph(ink, tr("登记个人账户和期初余额之后，这里画出余额的走势。"), _BODY)
    yield _heading(ink, tr("二、家人与绑定"), tr("金额单位：元"))
    yield from people_table(report, ink)
    yield _heading(ink, tr("三、{year}年医疗费由谁支付").format(year=report.as_of.year), tr("金额单位：元"))
    yield _sources(report, ink)
    yield from _actions(document)
    yield from _grounds(report.grounds, ink)
    yield _heading(ink, tr("六、怎么算的"))
    for sentence in report.method:
        yield _paragraph(ink, sentence, _SMALL)


def _paragraph(ink: Ink, words: str, size: float, *, gap: float = 0) -> Block:
    lines = ink.lines(words, size, _FRAME.inside.width())
    tall = size * 1.6

    def paint(painter: QPainter, area: QRectF) -> None:
        for place, line in enumerate(lines):
            at = QRectF(area.left(), area.top() + gap + place * tall, area.width(), tall)
            ink.line(painter, at, line, size)

    return Block(len(lines) * tall + 2 * gap, paint)


def _heading(ink: Ink, words: str, note: str = "") -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        line = area.adjusted(0, 12, 0, -2)
        ink.line(painter, line, words, _HEAD, bold=True)
        ink.line(painter, line, note, _SMALL, GREY, right=True)

    return Block(50, paint, keeps=True)


def _figures(report: Report, ink: Ink) -> Block:
    cells = (
        (tr("账户余额"), *_balance(report, ink), 0.31),
        (tr("还可支撑"), *_lasting(report), 0.22),
        (tr("12 个月内最低"), *_lowest(report, ink), 0.25),
        (tr("共济名额"), _of(report.active), tr("累计 {of}").format(of=_of(report.lifetime)), 0.22),
    )

    def paint(painter: QPainter, area: QRectF) -> None:
        ink.rule(painter, area, area.top(), GREY)
        x = area.left()
        for caption, figure, note, share in cells:
            if x > area.left():
                painter.setPen(ink.pen(HAIR, 1.5))
                painter.drawLine(QPointF(x - 20, area.top() + 14), QPointF(x - 20, area.bottom() - 20))
            cell = QRectF(x, area.top() + 10, area.width() * share - 24, 0)
            ink.line(painter, _at(cell, 0, 28), caption, _BODY, GREY)
            ink.line(painter, _at(cell, 30, 46), figure, _LARGE, bold=True)
            ink.line(painter, _at(cell, 80, 26), note, _SMALL, GREY)
            x += area.width() * share
        ink.rule(painter, area, area.bottom() - 6, GREY)

    return Block(128, paint)


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


def _at(area: QRectF, down: float, tall: float) -> QRectF:
    return QRectF(area.left(), area.top() + down, area.width(), tall)


def _sources(report: Report, ink: Ink) -> Block:
    names = (tr("统筹基金"), tr("本人账户"), tr("家庭共济"), tr("现金"))
    pairs = tuple(zip(Source, names, report.sources.sums, strict=True))

    def paint(painter: QPainter, area: QRectF) -> None:
        bar = QRectF(area.left(), area.top() + 4, area.width(), 34)
        paint_sources(painter, bar, report.sources.sums, ink)
        for place, (source, name, money) in enumerate(pairs):
            x = area.left() + area.width() * place / len(pairs)
            paint_source(painter, QRectF(x, area.top() + 56, 26, 20), source, ink)
            ink.line(painter, QRectF(x + 38, area.top() + 52, 200, 28), name, _BODY)
            sum_at = QRectF(x + 38, area.top() + 80, 220, 30)
            ink.line(painter, sum_at, ink.masks.money(money), _BODY + 2, bold=True)

    return Block(114, paint)


# -------------------------------------------------------------------------------------------------- actions


def _actions(document: FamilyReport) -> Iterator[Block]:
    """What to do first, with the square code beside it."""
    report, ink = document.report, document.ink
    yield _heading(ink, tr("四、建议先做的事") if report.actions else tr("四、现在没有要办的事"))
    wide = _FRAME.inside.width() - _CODE - 16
    parts = [(one, ink.lines(ink.masks.sentence(one.detail), _SMALL, wide - 42)) for one in report.actions]
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
    ink.line(painter, ring, str(number), _SMALL, centre=True)
    words = at.adjusted(42, 0, 0, 0)
    ink.line(painter, words, ink.masks.sentence(action.title), _BODY, bold=True)
    for place, line in enumerate(lines):
        below = QRectF(words.left(), at.bottom() + 24 * place - 1, words.width(), 24)
        ink.line(painter, below, line, _SMALL, GREY)


def _paint_code_beside(painter: QPainter, area: QRectF, document: FamilyReport) -> None:
    """Its outermost modules end where the text of the page does; or an empty place, and why."""
    ink, code = document.ink, document.code
    square = QRectF(area.right() - _CODE, area.top() - 44, _CODE, _CODE)
    if code is not None:
        square.translate(_CODE * QUIET / code_size(code), 0)
        paint_code(painter, square, code)
        under = QRectF(square.left(), square.bottom() - 6, _CODE, 26)
        ink.line(painter, under, tr("窗口扫码接着看"), _SMALL, GREY, centre=True)
        return
    box = square.adjusted(10, 10, 0, 0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink.pen(HAIR, 1.5))
    painter.drawRect(box)
    words = tr("金额已隐藏，不印二维码") if ink.masks.hidden else tr("内容太多，二维码放不下")
    for place, line in enumerate(ink.lines(words, _SMALL, box.width() - 40)):
        at = QRectF(box.left(), box.center().y() - 26 + 26 * place, box.width(), 26)
        ink.line(painter, at, line, _SMALL, GREY, centre=True)


# -------------------------------------------------------------------------------------------------- grounds


def _grounds(grounds: Sequence[Ground], ink: Ink) -> Iterator[Block]:
    yield _heading(ink, tr("五、依据"), tr("按事情发生那天的规则"))
    if not grounds:
        yield _paragraph(ink, tr("没有要提示的，所以没有依据要列出来。"), _BODY)
    for ground in grounds:
        yield _ground(ground, ink)


def _ground(ground: Ground, ink: Ink) -> Block:
    wide = _FRAME.inside.width() - 40
    said = ink.lines(ink.masks.sentence(ground.sentence), _BODY, wide, bold=True)
    since = tr("{day} 起").format(day=ground.since) if ground.since else ""
    sure = tr("可信度{sure}").format(sure=ground.confidence)
    disputed = tr("有争议") if ground.disputed else ""
    facts = "，".join(one for one in (ground.document, since, sure, disputed) if one)
    others = [tr("另说：{words}").format(words=one) for one in ground.others]
    small = [(line, BLACK) for line in ink.lines(ink.masks.sentence(ground.clause), _SMALL, wide)]
    small += [(line, GREY) for words in (*others, facts) for line in ink.lines(words, _SMALL, wide)]

    def paint(painter: QPainter, area: QRectF) -> None:
        paint_verdict(painter, QRectF(area.left() + 1, area.top() + 9, _MARK, _MARK), ground.severity, ink)
        at = QRectF(area.left() + 40, area.top() + 4, wide, 30)
        for line in said:
            ink.line(painter, at, line, _BODY, bold=True)
            at.translate(0, 30)
        at.setHeight(26)
        for line, tone in small:
            ink.line(painter, at, line, _SMALL, tone)
            at.translate(0, 26)
        ink.rule(painter, area, area.bottom() - 4)

    return Block(4 + 30 * len(said) + 26 * len(small) + 12, paint)
