"""办理清单。An errand on A4: steps and papers to tick, where to go, the working days, what it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from desktop.domain.clause import Confidence
from desktop.domain.terms import label
from desktop.report.ink import BLACK, GREY, HAIR
from desktop.report.letterhead import (
    A4,
    BODY,
    LEAD,
    SMALL,
    A4Sheet,
    Letterhead,
    heading,
    law_words,
    paragraph,
)
from desktop.report.sheet import Block, flow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from PySide6.QtGui import QPainter

    from desktop.report.ink import Ink
    from desktop.report.sheet import Page
    from desktop.usecases.guide_report import ErrandReport
    from desktop.usecases.guide_view import DayCell, DeadlineView, GuideView, Said, Timeline

_ROW, _SMALL_ROW, _BOX, _INDENT = 32.0, 26.0, 22.0, 44.0
_WEEK, _CELL = 7, 54.0
_WEEKDAYS = "一二三四五六日"


def tr(words: str) -> str:
    return QCoreApplication.translate("Report", words)


@dataclass(frozen=True)
class ErrandPaper(A4Sheet):
    """A `Document`. `made` is when it is printed."""

    report: ErrandReport
    ink: Ink
    made: datetime
    engine: str

    @property
    def title(self) -> str:
        return tr("办理清单")

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return flow(_blocks(self.report.view, self.ink), A4)

    def paint_margins(self, painter: QPainter, number: int) -> None:
        report = self.report
        packs = law_words(self.engine, report.packs, report.covered_until)
        head = Letterhead(self.title, report.name, report.as_of, self.made, self.ink)
        verify = tr("地址、电话和时间请先拨打 12393 核实。人名和证件号不打印。")
        head.paint(painter, number, len(self.pages), (packs, verify))


def _blocks(view: GuideView, ink: Ink) -> Iterator[Block]:
    rests = Rests(view)
    yield paragraph(ink, f"{view.title}    {view.subject}", LEAD, gap=10)
    yield paragraph(ink, _next(view), BODY)
    yield _said(view.summary, rests, ink)
    for case in view.cases:
        if case.id == view.case:
            yield paragraph(ink, tr("情形：{case}").format(case=case.title), BODY)
    parts = (
        (tr("照着做"), _done(view), tuple(_steps(view, rests, ink))),
        (tr("要带的东西"), "", tuple(_papers(view, rests, ink))),
        (tr("去哪里办"), "", tuple(_places(view, rests, ink))),
        (tr("时间"), "" if view.timeline is None else view.timeline.title, tuple(_days(view, rests, ink))),
        (tr("会影响什么"), "", tuple(_said(effect.says, rests, ink) for effect in view.effects)),
        (tr("还要知道"), "", tuple(_said(note, rests, ink) for note in view.notes)),
        (tr("依据"), tr("句末的编号指这里"), tuple(_ground(line, ink) for line in rests.lines)),
    )
    for title, note, blocks in parts:
        if blocks:
            yield heading(ink, title, note)
            yield from blocks


class Rests:
    """What the sentences rest on: each document once, by the number that stands behind them."""

    def __init__(self, view: GuideView) -> None:
        said = (
            view.summary,
            *(one.says for group in (view.steps, view.papers, view.places) for one in group),
            *(one.says for group in (view.deadlines, view.effects) for one in group),
            *view.notes,
        )
        grounds = dict.fromkeys((one.source, one.confidence) for one in said if one.source)
        self._basis = view.basis
        self._numbers = {ground: number for number, ground in enumerate(grounds, 1)}

    def number(self, said: Said) -> str:
        number = self._numbers.get((said.source, said.confidence))
        return f" [{number}]" if number else ""

    @property
    def lines(self) -> Iterator[str]:
        """The first is the one the guide as a whole rests on, with its day."""
        for (source, confidence), number in self._numbers.items():
            named = self._basis if self._basis.startswith(source) else source
            sure = (
                "" if confidence is Confidence.HIGH else tr("，可信度{sure}").format(sure=label(confidence))
            )
            yield f"[{number}] {named}{sure}"


def _next(view: GuideView) -> str:
    """What is to be done now, and by when."""
    step = next((one for one in view.steps if one.done_on is None), None)
    if step is None:
        return tr("每一步都办完了。")
    words = tr("下一步：{step}").format(step=step.title)
    due = "" if step.due is None else tr("，最迟 {day.month}月{day.day}日").format(day=step.due)
    return f"{words}{due}。"


def _done(view: GuideView) -> str:
    return tr("{done} / {steps} 已办").format(done=view.done, steps=len(view.steps))


def _steps(view: GuideView, rests: Rests, ink: Ink) -> Iterator[Block]:
    for step in view.steps:
        done = step.done_on is not None
        below = step.detail + ("" if done else rests.number(step.says))
        yield _ticked(ink, step.title, (below, step.who), ticked=done)


def _papers(view: GuideView, rests: Rests, ink: Ink) -> Iterator[Block]:
    for paper in view.papers:
        below = paper.says.says + rests.number(paper.says)
        yield _ticked(ink, paper.title, (below, paper.need), ticked=paper.held)


def _places(view: GuideView, rests: Rests, ink: Ink) -> Iterator[Block]:
    for place in view.places:
        words = tr("{place}（请先拨打 12393 核实）") if place.verify else "{place}"
        yield _pair(ink, place.way, words.format(place=place.says.says) + rests.number(place.says))


def _days(view: GuideView, rests: Rests, ink: Ink) -> Iterator[Block]:
    if view.timeline is not None:
        yield from _timeline(view.timeline, ink)
    for deadline in view.deadlines:
        words = f"{deadline.title}。{deadline.says.says}{rests.number(deadline.says)}"
        yield _pair(ink, _until(deadline), words)


def _timeline(line: Timeline, ink: Ink) -> Iterator[Block]:
    for stage in line.stages:
        yield _pair(ink, tr("{stage.first} 至 {stage.last}").format(stage=stage), stage.label)
    if not line.cells:
        for mark in line.marks:
            yield _pair(ink, str(mark.on), mark.label)
    yield from _weeks(line.cells, {mark.on: mark.label for mark in line.marks}, ink)
    if line.note:
        yield paragraph(ink, line.note, SMALL, gap=6)


def _until(deadline: DeadlineView) -> str:
    return tr("未公布") if deadline.on is None else str(deadline.on)


# ------------------------------------------------------------------------------------------------ blocks


def _said(said: Said, rests: Rests, ink: Ink) -> Block:
    """A sentence, what is said otherwise, and the number of what it rests on."""
    other = tr("另一种说法：{other}").format(other=said.disputed) if said.disputed else ""
    return paragraph(ink, ink.masks.sentence(said.says + other) + rests.number(said), BODY)


def _ground(words: str, ink: Ink) -> Block:
    return paragraph(ink, words, SMALL)


def _ticked(ink: Ink, title: str, below: Sequence[str], *, ticked: bool) -> Block:
    """A box to tick, and what it is for; what stands `below` last stands at the right."""
    *details, right = below
    lines = ink.lines(ink.masks.sentence("".join(details)), SMALL, A4.inside.width() - _INDENT)

    def paint(painter: QPainter, area: QRectF) -> None:
        box = QRectF(area.left() + 2, area.top() + 7, _BOX, _BOX)
        painter.setPen(ink.pen(BLACK, 1.5))
        painter.drawRect(box)
        if ticked:
            corner = QPointF(box.left() + 9, box.bottom() - 5)
            painter.drawLine(QPointF(box.left() + 4, box.center().y()), corner)
            painter.drawLine(corner, QPointF(box.right() - 3, box.top() + 5))
        row = QRectF(area.left() + _INDENT, area.top() + 2, area.width() - _INDENT, _ROW)
        ink.line(painter, row.adjusted(0, 0, -ink.width(right, SMALL) - 20, 0), title, BODY, bold=True)
        ink.line(painter, row, right, SMALL, GREY, right=True)
        at = QRectF(row.left(), row.bottom(), row.width(), _SMALL_ROW)
        for line in lines:
            ink.line(painter, at, line, SMALL, GREY)
            at.translate(0, _SMALL_ROW)
        ink.rule(painter, area, area.bottom() - 1, HAIR)

    return Block(_ROW + _SMALL_ROW * len(lines) + 8, paint)


def _pair(ink: Ink, left: str, right: str) -> Block:
    """网上 …: a caption and a sentence that may take several lines."""
    indent = 330.0 if len(left) > len("2026-11-23") else 150.0
    lines = ink.lines(ink.masks.sentence(right), BODY, A4.inside.width() - indent)

    def paint(painter: QPainter, area: QRectF) -> None:
        ink.line(painter, QRectF(area.left(), area.top(), indent, _ROW), left, BODY, GREY)
        at = QRectF(area.left() + indent, area.top(), area.width() - indent, _ROW)
        for line in lines:
            ink.line(painter, at, line, BODY)
            at.translate(0, _ROW)

    return Block(_ROW * len(lines), paint)


def _weeks(cells: Sequence[DayCell], marked: dict[date, str], ink: Ink) -> Iterator[Block]:
    """The days by weeks, Monday first: the day, and below it which working day it is."""
    weeks: dict[date, list[DayCell]] = {}
    for cell in cells:
        weeks.setdefault(date.fromordinal(cell.on.toordinal() - cell.on.weekday()), []).append(cell)
    if weeks:
        yield Block(_SMALL_ROW, lambda painter, area: _paint_weekdays(painter, area, ink), keeps=True)
    for place, week in enumerate(weeks.values(), 1):
        yield _week(week, marked, ink, keeps=place < len(weeks))


def _across(area: QRectF, place: int) -> QRectF:
    wide = area.width() / _WEEK
    return QRectF(area.left() + place * wide, area.top(), wide, area.height())


def _paint_weekdays(painter: QPainter, area: QRectF, ink: Ink) -> None:
    for place, word in enumerate(_WEEKDAYS):
        ink.line(painter, _across(area, place), word, SMALL, GREY, centre=True)


def _week(cells: Sequence[DayCell], marked: dict[date, str], ink: Ink, *, keeps: bool) -> Block:
    def paint(painter: QPainter, area: QRectF) -> None:
        for cell in cells:
            box = _across(area, cell.on.weekday()).adjusted(3, 2, -3, -2)
            painter.setPen(ink.pen(BLACK if cell.number or cell.on in marked else HAIR, 1.5))
            painter.drawRect(box)
            upper = QRectF(box.left(), box.top() + 2, box.width(), _CELL / 2 - 4)
            day = f"{cell.on.month}/{cell.on.day}" + (tr("（预计）") if cell.estimated else "")
            ink.line(painter, upper, day, SMALL, BLACK if cell.number else GREY, centre=True)
            words = marked.get(cell.on, cell.name)
            below = " ".join(one for one in (str(cell.number or ""), words) if one)
            ink.line(painter, upper.translated(0, _CELL / 2 - 4), below, SMALL, bold=True, centre=True)

    return Block(_CELL, paint, keeps=keeps)
