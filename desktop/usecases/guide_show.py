"""看指南。One guide for one person on a day: its numbers filled in, its steps as far as they have come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.guides.guide import GROUPS, Ask, Guide
from desktop.planning.timeline import holder_of
from desktop.rules.premium import year_paid_for
from desktop.usecases.guide_asks import Asking, asked, in_words, settled, who_may
from desktop.usecases.guide_effects import effects
from desktop.usecases.guide_times import last_day, spans, timeline, usual_start
from desktop.usecases.guide_view import (
    CaseView,
    DeadlineView,
    Effect,
    GuideName,
    GuideView,
    PaperView,
    PlaceView,
    StepState,
    StepView,
)
from desktop.usecases.guide_words import Filling, day_words, filled, named, near_day_words, said
from desktop.usecases.initials import initials
from desktop.usecases.kin import called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from desktop.domain.errand import Errand
    from desktop.domain.family import Family
    from desktop.guides.guide import Step
    from desktop.policy.book import Book
    from desktop.usecases.guide_times import Span

__all__ = ["Asking", "Guide", "guide_names", "guide_view"]


def guide_names(guides: Iterable[Guide], words: str = "") -> tuple[GuideName, ...]:
    """In the order of their groups; with words, those found by them or by the first letters of their 拼音."""
    names = [_name(one) for one in guides]
    sought = words.lower().split()
    found = [one for one in names if all(word in one.words for word in sought)]
    return tuple(sorted(found, key=lambda one: GROUPS.index(one.group)))


def _name(guide: Guide) -> GuideName:
    said_so = " ".join((guide.title, guide.group, *guide.words))
    return GuideName(guide.id, guide.group, guide.title, f"{said_so.lower()} {initials(said_so)}")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A guide as it is being read: for whom, in which case, from which day on, with what filled in."""

    guide: Guide
    asking: Asking
    today: date
    start: date
    done: Mapping[str, date]
    filling: Filling
    spans: tuple[Span, ...]

    @property
    def case(self) -> str:
        return self.asking.case

    @property
    def steps(self) -> tuple[Step, ...]:
        return of_case(self.guide.steps, self.case)

    @property
    def starts_on_a_day(self) -> bool:
        """Whether the day of applying was planned, or days are counted from it."""
        errand = self.asking.errand
        planned = errand is not None and errand.starts_on is not None
        return planned or any(span.due is not None for span in self.spans)


def of_case(steps: Iterable[Step], case: str) -> tuple[Step, ...]:
    """Those that are needed in a case."""
    return tuple(one for one in steps if not one.cases or case in one.cases)


def guide_view(guide: Guide, family: Family, book: Book, today: date, asking: Asking) -> GuideView:
    """What is shown of a guide on a day. Whom and what `asking` leaves open is taken as is usual."""
    family = asking.seen.lived if asking.seen is not None else family
    read = _read(guide, family, book, today, settled(guide, family, today, asking))
    asking, filling = read.asking, read.filling
    errand = asking.errand
    done = sum(step.id in read.done for step in read.steps)
    note = said(guide.overdue, filling).says if guide.overdue is not None else ""
    return GuideView(
        id=guide.id,
        errand=errand.id if errand is not None else "",
        person=asking.person,
        title=filled(guide.title, filling),
        subject=_subject(guide, filling),
        summary=said(guide.says, filling),
        status=_status(errand, done, len(read.steps)),
        done=done,
        steps=tuple(_steps(read)),
        papers=tuple(_papers(read)),
        places=tuple(_places(read)),
        effects=(
            *(Effect(said(one, filling)) for one in guide.effects),
            *(effects(guide, asking.seen, today, asking) if asking.seen is not None else ()),
        ),
        deadlines=tuple(_deadlines(read)),
        notes=tuple(said(one, filling) for one in guide.notes),
        basis=_basis(guide),
        cases=tuple(CaseView(one.id, one.title, said(one.says, filling)) for one in guide.cases),
        case=asking.case,
        asks=asked(guide, family, book, asking),
        timeline=timeline(read.spans, read.start, today, note),
        records=guide.records,
        people=tuple((one.id, called(family, one.id)) for one in who_may(guide, family, today)),
    )


def _read(guide: Guide, family: Family, book: Book, today: date, asking: Asking) -> _Reading:
    steps = of_case(guide.steps, asking.case)
    ticked = dict(asking.errand.done) if asking.errand is not None else {}
    done = {step.id: ticked[step.id] for step in steps if step.id in ticked}
    start = _start(steps, done, asking.errand, today)
    words = in_words(family, asking)
    area = _area(family, today, asking)
    year = _year(asking, today)
    filling = Filling(book, area, today, year, words)
    by_place = {"": filling} | {
        place: replace(filling, area=asking.answers.get(place) or area)
        for place in (Ask.ORIGIN, Ask.DESTINATION, Ask.AREA)
    }
    made = spans(steps, start, done, by_place)
    ends = [span.due for span in made if span.due is not None]
    days = {"start": day_words(start), "last": near_day_words(ends[-1], today) if ends else "期限"}
    return _Reading(guide, asking, today, start, done, replace(filling, words={**words, **days}), made)


def _start(steps: Iterable[Step], done: Mapping[str, date], errand: Errand | None, today: date) -> date:
    """The day of applying: when it was done, else when it is to be, else the next day an office works."""
    submitted = [done[step.id] for step in steps if step.submits and step.id in done]
    if submitted:
        return submitted[0]
    return errand.starts_on if errand is not None and errand.starts_on is not None else usual_start(today)


def _area(family: Family, today: date, asking: Asking) -> str:
    """Whose law answers: that of the place it is done for, else the person's, else the holder's."""
    given = [asking.answers[ask] for ask in (Ask.AREA, Ask.DESTINATION) if asking.answers.get(ask)]
    people = (asking.person, holder_of(family))
    return next(iter((*given, *filter(None, (family.person(one).area_on(today) for one in people)))), "")


def _year(asking: Asking, today: date) -> int:
    given = asking.answers.get(Ask.BENEFIT_YEAR, "")
    return int(given) if given.isdecimal() and len(given) == len("2026") else year_paid_for(today)


# --------------------------------------------------------------------------------------------- its parts


def _subject(guide: Guide, filling: Filling) -> str:
    """弟弟，东莞 → 长沙."""
    words = filling.words
    if Ask.ORIGIN in guide.asks and Ask.DESTINATION in guide.asks:
        return f"{words['person']}，{words['origin']} → {words['destination']}"
    shown = [words[ask] for ask in (Ask.RELATIVE, Ask.AREA, Ask.BENEFIT_YEAR) if ask in guide.asks]
    return "，".join((words["person"], *shown))


def _status(errand: Errand | None, done: int, steps: int) -> str:
    if errand is None:
        return "未开始"
    return "已办完" if done == steps else "进行中"


def _steps(read: _Reading) -> Iterator[StepView]:
    spans_by_step = {span.step.id: span for span in read.spans}
    current = next((step.id for step in read.steps if step.id not in read.done), "")
    before = False
    for step in read.steps:
        span = spans_by_step.get(step.id)
        due = _due(step, span, read)
        yield StepView(
            id=step.id,
            title=filled(step.title, read.filling),
            detail=_detail(step, span, read, again=before),
            who=step.who,
            state=_state(step, due, read, current),
            says=said(step.says, read.filling),
            done_on=read.done.get(step.id),
            due=due,
            go=step.go,
            submits=step.submits,
        )
        before = before or span is not None


def _due(step: Step, span: Span | None, read: _Reading) -> date | None:
    """Of applying, the day that was planned for it; of waiting, its last day."""
    errand = read.asking.errand
    if step.submits and errand is not None:
        return errand.starts_on
    return span.due if span is not None else None


def _state(step: Step, due: date | None, read: _Reading, current: str) -> StepState:
    if step.id in read.done:
        return StepState.DONE
    if due is not None and due < read.today:
        return StepState.LATE
    return StepState.CURRENT if step.id == current else StepState.WAITING


def _detail(step: Step, span: Span | None, read: _Reading, *, again: bool) -> str:
    if step.id in read.done:
        return f"{step.ticked}，{read.done[step.id]}"
    if span is not None:
        return _wait_words(span, read.today, again=again)
    says = filled(step.says.says, read.filling)
    if step.submits and read.starts_on_a_day:
        return f"{says}打算 {day_words(read.start)} 提交"
    return says


def _wait_words(span: Span, today: date, *, again: bool) -> str:
    """10 个工作日内，最迟 12月7日."""
    if span.due is None or not span.number:
        return span.length
    return f"{'再 ' if again else ''}{span.length}内，最迟 {near_day_words(span.due, today)}"


def _papers(read: _Reading) -> Iterator[PaperView]:
    held = read.asking.errand.papers if read.asking.errand is not None else ()
    for paper in read.guide.papers:
        if not paper.cases or read.case in paper.cases:
            title = filled(paper.title, read.filling)
            yield PaperView(paper.id, title, paper.need, paper.id in held, said(paper.says, read.filling))


def _places(read: _Reading) -> Iterator[PlaceView]:
    """Of each way those of the own area before those of everywhere; none of another area."""
    area = read.filling.area
    own = [one for one in read.guide.places if area.startswith(one.area)]
    ways = list(dict.fromkeys(one.way for one in own))
    for one in sorted(own, key=lambda place: (ways.index(place.way), -len(place.area))):
        yield PlaceView(one.way, said(one.says, read.filling), one.verify)


def _deadlines(read: _Reading) -> Iterator[DeadlineView]:
    for one in read.guide.deadlines:
        if one.cases and read.case not in one.cases:
            continue
        day = last_day(one, read.start, read.filling)
        left = (day - read.today).days if day is not None else None
        yield DeadlineView(one.title, day, left, said(one.says, read.filling))


def _basis(guide: Guide) -> str:
    """医保办发〔2021〕43号，2021-11-01."""
    source = guide.says.source
    return named(source) if source.issued is None else f"{named(source)}，{source.issued}"
