"""家庭报告。The family report on A4: one sentence first, then figures, chart, people, sources, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPen

from desktop.domain.finding import Severity
from desktop.report.ink import BLACK, EMPTY, GREY, HAIR, Source, paint_code
from desktop.report.sheet import Block, Frame, flow
from desktop.report.trend import paint_trend
from desktop.usecases.capital_amount import capital_amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from PySide6.QtGui import QPainter

    from desktop.domain.money import Money
    from desktop.report.ink import Ink
    from desktop.report.sheet import Page
    from desktop.usecases.report import Ground, Report, Row

_FRAME = Frame(1240, 1754, 96, 184, 96, 142)
_MILLIMETRES = (210.0, 297.0)
_LARGE, _TITLE, _LEAD, _HEAD, _BODY, _SMALL = 34, 36, 27, 25, 20, 18
_CODE = 170  # 28.8 mm with the quiet zone, so that the modules alone are more than 25
_MARK = 22
_ROW = 33
_COLUMNS = (0.0, 0.095, 0.165, 0.35, 0.46, 0.585)  # where each begins, of the width
_USED_ENDS = 0.56


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


def _day(report: Report) -> str:
    return f"{report.as_of.year}年{report.as_of.month}月{report.as_of.day}日"


@dataclass(frozen=True)
class FamilyReport:
    """A `Document`. `made` is when it is printed, `engine` by which version."""

    report: Report
    ink: Ink
    made: datetime
    engine: str

    frame = _FRAME
    millimetres = _MILLIMETRES

    @property
    def title(self) -> str:
        return tr("家庭医保个人账户报告")

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return flow(_blocks(self.report, self.ink), _FRAME)

    def paint_margins(self, painter: QPainter, number: int) -> None:
        ink, inside = self.ink, _FRAME.inside
        top = QRectF(inside.left(), 78, inside.width(), 0)
        ink.seal(painter, QRectF(top.left(), 82, 56, 56))
        words = QRectF(top.left() + 78, 74, 760, 44)
        ink.line(painter, words, self.title, _TITLE, bold=True)
        under = QRectF(top.left() + 78, 120, 760, 28)
        who = self.report.name if not ink.masks.hidden else ""
        made = f"{_day(self.report)} {self.made:%H:%M}"
        ink.line(painter, under, "    ".join(one for one in (who, made) if one), _BODY, GREY)
        count = tr("第 {number} 页，共 {pages} 页").format(number=number, pages=len(self.pages))
        right = QRectF(inside.right() - 320, 84, 320, 28)
        ink.line(painter, right, count, _BODY, GREY, right=True)
        name = tr("编号 GJ-{made:%Y%m%d-%H%M}").format(made=self.made)
        ink.line(painter, right.translated(0, 36), name, _BODY, GREY, right=True)
        ink.rule(painter, inside, 166, BLACK, 3)
        ink.rule(painter, inside, 172, BLACK, 1)
        self._paint_foot(painter, inside)

    def _paint_foot(self, painter: QPainter, inside: QRectF) -> None:
        ink, y = self.ink, _FRAME.height - 132
        ink.rule(painter, inside, y, GREY)
        packs = tr("引擎 {engine}    规则包 {packs}，有效至 {until}").format(
            engine=self.engine, packs=self.report.packs, until=self.report.covered_until
        )
        kept = tr("证件号不打印。二维码只含方案数据，不含姓名和证件号，可在窗口离线打开。")
        only = tr("本报告仅供参考，以医保经办机构为准。医保服务热线 12393")
        for place, (words, bold) in enumerate(((packs, False), (kept, False), (only, True))):
            area = QRectF(inside.left(), y + 10 + place * 28, inside.width(), 28)
            ink.line(painter, area, words, _SMALL, BLACK if bold else GREY, bold=bold)


# ------------------------------------------------------------------------------------------------- sections


def _blocks(report: Report, ink: Ink) -> Iterator[Block]:
    yield _paragraph(ink, ink.masks.sentence(report.conclusion), _LEAD, gap=14)
    yield _figures(report, ink)
    yield _heading(ink, tr("一、余额走势"), tr("实线已记账，虚线按规划推算"))
    yield Block(238, lambda painter, area: paint_trend(painter, area, report, ink))
    yield _heading(ink, tr("二、家人与绑定"), tr("金额单位：元"))
    yield from _people(report, ink)
    year = report.as_of.year
    yield _heading(ink, tr("三、{year}年医疗费由谁支付").format(year=year), tr("金额单位：元"))
    yield _sources(report, ink)
    yield from _actions(report, ink)
    yield from _grounds(report.grounds, ink)


def _paragraph(ink: Ink, words: str, size: float, *, gap: float = 0, indent: float = 0) -> Block:
    lines = ink.lines(words, size, _FRAME.inside.width() - indent)
    tall = size * 1.62

    def paint(painter: QPainter, area: QRectF) -> None:
        for place, line in enumerate(lines):
            at = QRectF(area.left() + indent, area.top() + gap + place * tall, area.width() - indent, tall)
            ink.line(painter, at, line, size)

    return Block(len(lines) * tall + 2 * gap, paint)


def _heading(ink: Ink, words: str, note: str = "") -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        line = area.adjusted(0, 14, 0, -2)
        ink.line(painter, line, words, _HEAD, bold=True)
        ink.line(painter, line, note, _SMALL, GREY, right=True)

    return Block(50, paint, keeps=True)


def _figures(report: Report, ink: Ink) -> Block:
    masks = ink.masks
    lasts = report.months_left
    years = report.planned_months // 12
    if not report.planned_months:
        until = (EMPTY, tr("还没有规划"))
    elif lasts is None:
        until = (tr("{years} 年以上").format(years=years), tr("推算到 {years} 年为止").format(years=years))
    else:
        short = report.shortfall[0] if report.shortfall is not None else report.as_of
        until = (
            tr("{months} 个月").format(months=lasts),
            tr("{year}年{month}月首次不足").format(year=short.year, month=short.month),
        )
    low = (EMPTY, "")
    if report.lowest is not None:
        money, month = report.lowest
        low = (
            masks.money(money),
            tr("{year}年{month}月末").format(year=month.year, month=month.month),
        )
    words = "" if masks.hidden else capital_amount(report.balance)
    cells = (
        (tr("账户余额"), masks.money(report.balance), words, 0.31),
        (tr("还可支撑"), *until, 0.23),
        (tr("12 个月内最低"), *low, 0.25),
        (tr("共济名额"), _of(report.active), tr("累计 {of}").format(of=_of(report.lifetime)), 0.21),
    )

    def paint(painter: QPainter, area: QRectF) -> None:
        ink.rule(painter, area, area.top(), GREY)
        x = area.left()
        for caption, figure, note, share in cells:
            cell = QRectF(x, area.top() + 14, area.width() * share - 16, 0)
            ink.line(painter, _at(cell, 0, 28), caption, _BODY, GREY)
            ink.line(painter, _at(cell, 30, 46), figure, _LARGE, bold=True)
            ink.line(painter, _at(cell, 80, 26), note, _SMALL, GREY)
            x += area.width() * share
        ink.rule(painter, area, area.bottom() - 6, GREY)

    return Block(134, paint)


def _of(slots: tuple[int, int | None]) -> str:
    used, most = slots
    return f"{used} / {most}" if most is not None else str(used)


def _at(area: QRectF, down: float, tall: float) -> QRectF:
    return QRectF(area.left(), area.top() + down, area.width(), tall)


# --------------------------------------------------------------------------------------------------- people


def _people(report: Report, ink: Ink) -> Iterator[Block]:
    year = report.as_of.year
    captions = (
        tr("关系"),
        tr("姓名"),
        tr("参保"),
        tr("绑定起"),
        tr("{year}年用了").format(year=year),
        tr("状态"),
    )

    def paint_header(painter: QPainter, area: QRectF) -> None:
        ink.rule(painter, area, area.top(), BLACK, 2)
        for place, caption in enumerate(captions):
            ink.line(painter, _cell(area, place), caption, _SMALL, GREY, right=place == _USED)
        ink.rule(painter, area, area.bottom(), GREY)

    header = Block(_ROW, paint_header, keeps=True)
    yield Block(_ROW, paint_header, header=header, keeps=True)
    for row in report.rows:
        yield _person(row, ink, header)
    yield _own(report, ink, header)
    yield _total(report, ink, header)


_USED = 4


def _cell(area: QRectF, place: int) -> QRectF:
    ends = (*_COLUMNS[1:], 1.0)[place] - 0.012
    if place == _USED:
        ends = _USED_ENDS
    left = area.left() + area.width() * _COLUMNS[place]
    return QRectF(left, area.top(), area.left() + area.width() * ends - left, area.height())


def _person(row: Row, ink: Ink, header: Block) -> Block:
    masks = ink.masks
    cells = (
        row.word,
        masks.name(row.name),
        row.insured,
        str(row.since) if row.since is not None else EMPTY,
        masks.money(row.used),
    )

    def paint(painter: QPainter, area: QRectF) -> None:
        for place, words in enumerate(cells):
            bold = not place
            ink.line(painter, _cell(area, place), words, _BODY, bold=bold, right=place == _USED)
        state = _cell(area, 5)
        mark = QRectF(state.left(), state.center().y() - _MARK / 2, _MARK, _MARK)
        ink.mark(painter, mark, row.severity)
        verdict = _verdict(row.severity)
        said = QRectF(state.left() + _MARK + 8, state.top(), 70, state.height())
        ink.line(painter, said, verdict, _BODY, ink.tone(row.severity), bold=True)
        note = state.adjusted(_MARK + 8 + 76, 0, 0, 0)
        ink.line(painter, note, masks.sentence(row.note), _SMALL, GREY)
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
        ink.line(painter, _cell(area, _USED), ink.masks.money(report.holder.used), _BODY, right=True)

    return Block(40, paint, header, keeps=True)


def _total(report: Report, ink: Ink, header: Block) -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        ink.rule(painter, area, area.top(), BLACK, 3)
        ink.rule(painter, area, area.top() + 5, BLACK, 1)
        line = area.adjusted(0, 8, 0, 0)
        ink.line(painter, line, tr("合计"), _BODY, bold=True)
        ink.line(painter, _cell(line, _USED), ink.masks.money(report.total), _BODY, bold=True, right=True)
        words = "" if ink.masks.hidden else capital_amount(report.total)
        ink.line(painter, _cell(line, 5), words, _BODY, right=True)

    return Block(52, paint, header)


# -------------------------------------------------------------------------------------- sources and actions


def _sources(report: Report, ink: Ink) -> Block:
    sums = (report.sources.pool, report.sources.own, report.sources.mutual_aid, report.sources.cash)
    names = (tr("统筹基金"), tr("本人账户"), tr("家庭共济"), tr("现金"))
    pairs = tuple(zip(Source, names, sums, strict=True))

    def paint(painter: QPainter, area: QRectF) -> None:
        _paint_bar(painter, QRectF(area.left(), area.top() + 6, area.width(), 34), pairs, ink)
        for place, (source, name, money) in enumerate(pairs):
            x = area.left() + area.width() * place / len(pairs)
            ink.fill(painter, QRectF(x, area.top() + 58, 26, 20), source)
            ink.line(painter, QRectF(x + 38, area.top() + 54, 240, 28), name, _BODY)
            ink.line(
                painter,
                QRectF(x + 38, area.top() + 84, 240, 30),
                ink.masks.money(money),
                _BODY + 2,
                bold=True,
            )

    return Block(122, paint)


def _paint_bar(painter: QPainter, area: QRectF, pairs: Sequence[tuple[Source, str, Money]], ink: Ink) -> None:
    """A negative sum, of what was taken back, has no length."""
    whole = sum(max(int(money), 0) for _, _, money in pairs)
    x = area.left()
    for source, _, money in pairs:
        wide = area.width() * max(int(money), 0) / whole if whole else 0.0
        if wide:
            ink.fill(painter, QRectF(x, area.top(), max(wide - 3, 1), area.height()), source)
        x += wide


def _actions(report: Report, ink: Ink) -> Iterator[Block]:
    """What to do first, with the square code beside it."""
    title = tr("四、建议先做的事") if report.actions else tr("四、现在没有要办的事")
    yield _heading(ink, title)
    wide = _FRAME.inside.width() - _CODE - 60
    parts = [(one, ink.lines(ink.masks.sentence(one.detail), _SMALL, wide - 48)) for one in report.actions]
    tall = max(sum(32 + 24 * len(lines) for _, lines in parts), _CODE - 8)

    def paint(painter: QPainter, area: QRectF) -> None:
        y = area.top()
        for number, (action, lines) in enumerate(parts, 1):
            _paint_number(painter, QRectF(area.left(), y + 2, 28, 28), number, ink)
            ink.line(painter, QRectF(area.left() + 46, y, wide - 46, 32), action.title, _BODY, bold=True)
            for place, line in enumerate(lines):
                at = QRectF(area.left() + 46, y + 30 + 24 * place, wide - 46, 24)
                ink.line(painter, at, line, _SMALL, GREY)
            y += 32 + 24 * len(lines)
        if report.code is not None:
            _paint_code_beside(painter, area, report.code, ink)

    yield Block(tall, paint)


def _paint_number(painter: QPainter, area: QRectF, number: int, ink: Ink) -> None:
    painter.setPen(QPen(BLACK, 2))
    painter.drawEllipse(area)
    ink.line(painter, area, str(number), _SMALL, centre=True)


def _paint_code_beside(painter: QPainter, area: QRectF, code: str, ink: Ink) -> None:
    square = QRectF(area.right() - _CODE, area.top() - 46, _CODE, _CODE)
    paint_code(painter, square, code)
    under = QRectF(square.left(), square.bottom() - 4, _CODE, 26)
    ink.line(painter, under, tr("窗口扫码接着看"), _SMALL, GREY, centre=True)


def _grounds(grounds: Sequence[Ground], ink: Ink) -> Iterator[Block]:
    if not grounds:
        return
    yield _heading(ink, tr("五、依据"), tr("按事情发生那天的规则"))
    for ground in grounds:
        yield _ground(ground, ink)


def _ground(ground: Ground, ink: Ink) -> Block:
    masks, wide = ink.masks, _FRAME.inside.width() - 40
    said = ink.lines(masks.sentence(ground.sentence), _BODY, wide, bold=True)
    since = tr("{day} 起").format(day=ground.since) if ground.since else ""
    sure = tr("可信度{sure}").format(sure=ground.confidence)
    disputed = tr("各处说法不一") if ground.disputed else ""
    facts = "，".join(one for one in (ground.document, since, sure, disputed) if one)
    clause = ink.lines(masks.sentence(ground.clause), _SMALL, wide)

    def paint(painter: QPainter, area: QRectF) -> None:
        ink.mark(painter, QRectF(area.left(), area.top() + 10, _MARK, _MARK), ground.severity)
        y = area.top() + 6
        for line in said:
            ink.line(painter, QRectF(area.left() + 40, y, wide, 30), line, _BODY, bold=True)
            y += 30
        for line in clause:
            ink.line(painter, QRectF(area.left() + 40, y, wide, 26), line, _SMALL)
            y += 26
        ink.line(painter, QRectF(area.left() + 40, y, wide, 26), facts, _SMALL, GREY)
        ink.rule(painter, area, area.bottom() - 4, HAIR)

    return Block(6 + 30 * len(said) + 26 * len(clause) + 26 + 14, paint)
