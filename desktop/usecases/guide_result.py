"""指南的结果。A guide as `gongji guide --json` writes it, and as lines to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from desktop.usecases.guide_view import GuideName, GuideView, Said, Timeline

_DONE, _OPEN = "[x]", "[ ]"


def names_result(names: Iterable[GuideName]) -> dict[str, Any]:
    return {
        "format": "gongji-guides/1",
        "guides": [{"id": one.id, "group": one.group, "title": one.title} for one in names],
    }


def names_lines(names: Iterable[GuideName]) -> Iterator[str]:
    group = ""
    for one in names:
        if one.group != group:
            group = one.group
            yield group
        yield f"  {one.id}  {one.title}"


def guide_result(view: GuideView) -> dict[str, Any]:
    """People are called by what they are, and named by their ids."""
    return {
        "format": "gongji-guide/1",
        "id": view.id,
        "title": view.title,
        "person": view.person,
        "subject": view.subject,
        "case": view.case,
        "summary": _said(view.summary),
        "steps": [
            {
                "id": one.id,
                "title": one.title,
                "detail": one.detail,
                "who": one.who,
                "state": one.state,
                "done_on": _day(one.done_on),
                "due": _day(one.due),
            }
            for one in view.steps
        ],
        "papers": [{"id": one.id, "title": one.title, "need": one.need} for one in view.papers],
        "places": [{"way": one.way, "verify": one.verify, **_said(one.says)} for one in view.places],
        "deadlines": [
            {"title": one.title, "on": _day(one.on), "days_left": one.left, **_said(one.says)}
            for one in view.deadlines
        ],
        "timeline": None if view.timeline is None else _timeline(view.timeline),
        "effects": [_said(one.says) for one in view.effects],
        "notes": [_said(one) for one in view.notes],
        "basis": view.basis,
    }


def _timeline(line: Timeline) -> dict[str, Any]:
    return {
        "counted_from": _day(line.counted_from),
        "estimated": line.estimated,
        "stages": [
            {"label": one.label, "first": _day(one.first), "last": _day(one.last)} for one in line.stages
        ],
    }


def guide_lines(view: GuideView) -> Iterator[str]:
    yield f"{view.title}：{view.subject}"
    yield view.summary.says
    yield ""
    for number, step in enumerate(view.steps, 1):
        yield f"{number}. {_DONE if step.done_on else _OPEN} {step.title}（{step.who}）"
        yield f"   {step.detail}"
    yield from _part("要带的东西", (f"{_OPEN} {one.title}（{one.need}）" for one in view.papers))
    places = (
        f"{one.way}：{one.says.says}{'（请先拨打 12393 核实）' if one.verify else ''}" for one in view.places
    )
    yield from _part("去哪里办", places)
    yield from _part(
        "期限", (f"{one.title}：{_day(one.on) or '未公布'}。{one.says.says}" for one in view.deadlines)
    )
    yield from _part("会影响什么", (one.says.says for one in view.effects))
    yield from _part("要知道的事", (one.says for one in view.notes))
    if view.timeline is not None:
        yield from _part(view.timeline.title, (f"{one.on} {one.label}" for one in view.timeline.marks))
    yield ""
    yield f"依据：{view.basis}"


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    written = [f"  {one}" for one in lines]
    if written:
        yield from ("", title, *written)


def _said(said: Said) -> dict[str, Any]:
    """A sentence with what it rests on."""
    return {
        "says": said.says,
        "source": said.source,
        "confidence": said.confidence,
        "disputed": said.disputed,
        "assumed": said.assumed,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
