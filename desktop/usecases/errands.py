"""办一件事。Begins an errand, ticks its steps, keeps its papers and answers, drops it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.domain.errand import Errand
from desktop.guides.guide import Ask
from desktop.usecases.changes import Change, Fault, Refused, free_id
from desktop.usecases.guide_asks import (
    Asking,
    answer_fault,
    answer_faults,
    answered,
    as_kept,
    in_words,
    settled,
)
from desktop.usecases.guide_words import filled_plainly
from desktop.usecases.kin import called

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.family import Family
    from desktop.guides.guide import Guide

_GONE = (Fault("", "这件事已经没有了，或指南里没有这一项", "请回办事页重新选"),)


def begin_errand(family: Family, guide: Guide, asking: Asking, on: date) -> Change | Refused:
    """For whom and what `asking` leaves open is taken as is usual, and kept."""
    asking = settled(guide, family, on, replace(asking, errand=None))
    faults = tuple(Fault(name, what) for name, what in answer_faults(guide, family, asking))
    if faults:
        return Refused(faults)
    answers = tuple(answered(guide, family, asking).items())
    errand = Errand(free_id(family, "errand", on), guide.id, asking.person, on, asking.case, answers=answers)
    step = f"开始办理{_what(family, guide, errand)}"
    return Change(step, replace(family, errands=(*family.errands, errand)), errand.id)


def tick_step(family: Family, guide: Guide, errand: str, step: str, on: date) -> Change | Refused:
    """It was done on that day; ticked again, on another day."""
    found = _find(family, errand)
    title = next((one.title for one in guide.steps if one.id == step), "")
    if found is None or not title:
        return Refused(_GONE)
    if on > family.as_of:
        return Refused((Fault("on", f"{on} 还没有到", "请填办完的那一天"),))
    days = {**dict(found.done), step: on}
    done = tuple((one.id, days[one.id]) for one in guide.steps if one.id in days)
    return _put(family, replace(found, done=done), f"勾选“{_said(family, guide, found, title)}”")


def untick_step(family: Family, guide: Guide, errand: str, step: str) -> Change | Refused:
    found = _find(family, errand)
    title = next((one.title for one in guide.steps if one.id == step), "")
    if found is None or not title:
        return Refused(_GONE)
    done = tuple(one for one in found.done if one[0] != step)
    return _put(family, replace(found, done=done), f"取消勾选“{_said(family, guide, found, title)}”")


def hold_paper(family: Family, guide: Guide, errand: str, paper: str, *, held: bool) -> Change | Refused:
    """A paper is at hand, or is not."""
    found = _find(family, errand)
    title = next((one.title for one in guide.papers if one.id == paper), "")
    if found is None or not title:
        return Refused(_GONE)
    papers = {*found.papers, paper} if held else {*found.papers} - {paper}
    kept = tuple(one.id for one in guide.papers if one.id in papers)
    verb = "备好" if held else "取消备好"
    return _put(family, replace(found, papers=kept), f"{verb}“{_said(family, guide, found, title)}”")


def answer(family: Family, guide: Guide, errand: str, name: str, value: str) -> Change | Refused:
    """What the guide asks; an empty answer takes it back."""
    found = _find(family, errand)
    if found is None or name not in guide.asks:
        return Refused(_GONE)
    fault = answer_fault(Ask(name), value, family) if value else ""
    if fault:
        return Refused((Fault(name, fault),))
    given = {**dict(found.answers), name: as_kept(Ask(name), value) if value else ""}
    answers = tuple((str(ask), given[ask]) for ask in guide.asks if given.get(ask))
    return _put(family, replace(found, answers=answers), f"填写{_what(family, guide, found)}")


def choose_case(family: Family, guide: Guide, errand: str, case: str) -> Change | Refused:
    found = _find(family, errand)
    title = next((one.title for one in guide.cases if one.id == case), "")
    if found is None or not title:
        return Refused(_GONE)
    return _put(family, replace(found, case=case), f"选择情形“{title}”")


def plan_start(family: Family, guide: Guide, errand: str, on: date | None) -> Change | Refused:
    """The day on which it is to be applied for; None: not planned any more."""
    found = _find(family, errand)
    if found is None:
        return Refused(_GONE)
    what = _what(family, guide, found)
    step = f"取消{what}的提交日期" if on is None else f"把{what}的提交日期定为 {on}"
    return _put(family, replace(found, starts_on=on), step)


def drop_errand(family: Family, guide: Guide, errand: str) -> Change | Refused:
    """It is not seen to any more; what was booked stays booked."""
    found = _find(family, errand)
    if found is None:
        return Refused(_GONE)
    left = tuple(one for one in family.errands if one.id != errand)
    return Change(f"不再办理{_what(family, guide, found)}", replace(family, errands=left))


def _find(family: Family, errand: str) -> Errand | None:
    return next((one for one in family.errands if one.id == errand), None)


def _put(family: Family, errand: Errand, step: str) -> Change:
    errands = tuple(errand if one.id == errand.id else one for one in family.errands)
    return Change(step, replace(family, errands=errands), errand.id)


def _what(family: Family, guide: Guide, errand: Errand) -> str:
    """弟弟的跨省转移接续."""
    return f"{called(family, errand.person)}的{guide.title}"


def _said(family: Family, guide: Guide, errand: Errand, title: str) -> str:
    """A title as the menu says it: 确认长沙已参保、东莞已停保."""
    asking = settled(guide, family, errand.begun, Asking(errand=errand))
    return filled_plainly(title, in_words(family, asking))
