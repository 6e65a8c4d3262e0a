"""办事的视图模型。Which guide is read, for whom, how far it has come; everything done to it is a `Change`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.finding import Severity
from desktop.domain.premium import PremiumPayment
from desktop.domain.trouble import FileTrouble
from desktop.ui.widgets.listing import Item
from desktop.usecases.bookings import pay_premium
from desktop.usecases.changes import Change, Refused
from desktop.usecases.errand_calendar import write_calendar
from desktop.usecases.errand_record import Missing, record_of
from desktop.usecases.errands import (
    answer,
    begin_errand,
    choose_case,
    drop_errand,
    hold_paper,
    plan_start,
    tick_step,
    untick_step,
)
from desktop.usecases.guide_show import Asking, guide_names, guide_view
from desktop.usecases.matters import is_matter, record_matter
from desktop.usecases.policy_titles import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from desktop.domain.errand import Errand
    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.usecases.guide_show import Guide
    from desktop.usecases.guide_view import GuideName, GuideView
    from desktop.usecases.review import Review

DOCTOR = "doctor"
"""What links say for the guide that can be asked question by question: `doctor:mother`."""
_ASKED = "bound-unusable"
"""The id of that guide."""
BEGUN = "errand "
"""Before the id of an errand in the keys of the list."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is chosen for a guide that is not begun: nothing of it is written down."""

    person: str = ""
    case: str = ""
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def asking(self) -> Asking:
        return Asking(person=self.person, case=self.case, answers=self.answers)


class GuidesModel(QObject):
    """`changed`: something else is shown; `chosen`: another guide or errand; `listed`: the list is another.

    `change` and `go` are those of the page.
    """

    changed = Signal()
    chosen = Signal()
    listed = Signal()
    change = Signal(object)
    go = Signal(str, str)

    def __init__(self, seen: Review, guides: Sequence[Guide], trouble: str = "") -> None:
        """`trouble` is why there are no guides, where there are none."""
        super().__init__()
        self.trouble = trouble
        self._seen = seen
        self._guides = {guide.id: guide for guide in guides}
        self._drafts: dict[str, Draft] = {}
        self._view: GuideView | None = None
        self.sought = ""
        self.faults: dict[str, str] = {}
        self.for_doctor = ""
        self._by_questions = True
        self.guide, self.errand = "", ""
        open_ = [one for one in self._errands() if not self._is_done(one)]
        self._turn_to(*((open_[0].guide, open_[0].id) if open_ else (self._first, "")))

    def renew(self, seen: Review) -> None:
        """What was just begun is what one looks at; what is gone is read as a guide again."""
        before = {one.id for one in self._errands()}
        self._seen, self._view = seen, None
        new = [one for one in self._errands() if one.id not in before and one.guide == self.guide]
        if new:
            self.errand = new[0].id
        elif self.errand and self._errand is None:
            self.errand = ""
        self.faults = {}
        self.listed.emit()
        self.changed.emit()

    # ------------------------------------------------------------------------------------------- choosing

    def choose(self, what: str) -> None:
        """A guide or an errand; `retire:mother` is that guide for that person. Unknown: nothing."""
        before = (self.guide, self.errand)
        key, _, person = what.removeprefix(BEGUN).partition(":")
        key = _ASKED if key == DOCTOR else key
        errand = next((one for one in self._errands() if one.id == what.removeprefix(BEGUN)), None)
        if errand is not None:
            self._turn_to(errand.guide, errand.id)
        elif key in self._guides:
            self.for_doctor = person if key == _ASKED else ""
            self._by_questions = True
            self._turn_to(key, "" if self.for_doctor else self._open_errand(key, person))
            if person and not self.errand:
                self._drafts[key] = replace(self._draft, person=person)
                self._again()
        else:
            return
        self.listed.emit()
        if (self.guide, self.errand) != before or self.for_doctor:
            self.chosen.emit()

    def seek(self, words: str) -> None:
        self.sought = words.strip()
        self.listed.emit()

    def _turn_to(self, guide: str, errand: str) -> None:
        self.guide, self.errand = guide, errand
        self.faults = {}
        self._again()

    def _again(self) -> None:
        self._view = None
        self.changed.emit()

    def _open_errand(self, guide: str, person: str) -> str:
        """That of this guide, and of this person where one is named, which is not done yet."""
        fitting = [
            one.id
            for one in self._errands()
            if one.guide == guide and person in {"", one.person} and not self._is_done(one)
        ]
        return fitting[0] if fitting else ""

    @property
    def _first(self) -> str:
        return next((one.id for one in self._names("")), "")

    # ------------------------------------------------------------------------------------------- the list

    @property
    def key(self) -> str:
        """Of what is chosen, in the list."""
        return f"{BEGUN}{self.errand}" if self.errand else self.guide

    @property
    def items(self) -> tuple[Item, ...]:
        """What is being done first, then the guides by group; while something is sought, what was found."""
        return self._lines(self.sought)

    def _lines(self, sought: str) -> tuple[Item, ...]:
        begun = [] if sought else [(one, self._view_of(one)) for one in self._errands()]
        lines = [*self._begun(self.tr("进行中"), [one for one in begun if not _is_over(one[1])])]
        group = ""
        for name in self._names(sought):
            if name.group != group:
                group = name.group
                lines.append(Item(f"head {group}", group, head=True, airy=True))
            lines.append(Item(name.id, name.title, plain=True))
        return (*lines, *self._begun(self.tr("已办完"), [one for one in begun if _is_over(one[1])]))

    @property
    def choices(self) -> tuple[Item, ...]:
        """Everything there is to choose from, whatever is sought."""
        return tuple(one for one in self._lines("") if not one.head)

    def _begun(self, title: str, begun: list[tuple[Errand, GuideView]]) -> Iterator[Item]:
        if begun:
            yield Item(f"head {title}", title, head=True, airy=True)
        for errand, view in begun:
            who = dict(view.people).get(view.person, "")
            aside = f"{who} {view.done} / {len(view.steps)}".strip()
            yield Item(f"{BEGUN}{errand.id}", view.title, aside=aside, plain=True)

    def _names(self, sought: str) -> tuple[GuideName, ...]:
        return guide_names(self._guides.values(), sought)

    # ---------------------------------------------------------------------------------------- out, on paper

    @property
    def has_days(self) -> bool:
        """Whether there is a day to put into a calendar."""
        view = self.view
        if view is None:
            return False
        return view.timeline is not None or any(one.on is not None for one in view.deadlines)

    @property
    def calendar_name(self) -> str:
        view = self.view
        return "" if view is None else f"{view.title} {self.today}.ics"

    def save_calendar(self, file: Path) -> FileTrouble | None:
        """Why it was not written, if it was not."""
        view = self.view
        if view is None:
            return None
        try:
            write_calendar(file, view, self.today)
        except FileTrouble as trouble:
            return trouble
        return None

    @property
    def context(self) -> str:
        return self.tr("照着做，勾一项记一项")

    # ---------------------------------------------------------------------------------------- what is shown

    @property
    def is_doctor(self) -> bool:
        """Whether questions are asked, instead of steps ticked."""
        return self.guide == _ASKED and self._by_questions and not self.errand

    @property
    def has_questions(self) -> bool:
        """Whether what is shown as steps can be asked, too."""
        return self.guide == _ASKED and not self.errand

    def ask_questions(self, *, asked: bool) -> None:
        """One way of looking at the causes or the other: asked one by one, or all as a list to tick."""
        self._by_questions = asked
        self.changed.emit()

    @property
    def view(self) -> GuideView | None:
        """None where there is no guide at all."""
        guide = self._guides.get(self.guide)
        if self._view is None and guide is not None:
            self._view = self._read(guide, replace(self._asking, seen=self._seen))
        return self._view

    @property
    def seen(self) -> Review:
        return self._seen

    @property
    def today(self) -> date:
        return self._family.as_of

    @property
    def _family(self) -> Family:
        return self._seen.family

    @property
    def _draft(self) -> Draft:
        return self._drafts.get(self.guide, Draft())

    @property
    def _errand(self) -> Errand | None:
        return next((one for one in self._errands() if one.id == self.errand), None)

    @property
    def _asking(self) -> Asking:
        errand = self._errand
        return self._draft.asking if errand is None else Asking(errand=errand)

    def _errands(self) -> tuple[Errand, ...]:
        """Those whose guide is known."""
        return tuple(one for one in self._family.errands if one.guide in self._guides)

    def _view_of(self, errand: Errand) -> GuideView:
        return self._read(self._guides[errand.guide], Asking(errand=errand))

    def _is_done(self, errand: Errand) -> bool:
        return _is_over(self._view_of(errand))

    def _read(self, guide: Guide, asking: Asking) -> GuideView:
        return guide_view(guide, self._family, self._seen.book, self.today, asking)

    def knows(self, guide: str) -> bool:
        return guide in self._guides

    def titles(self, keys: Iterable[str]) -> dict[str, str]:
        """Values of the law that are quoted, as the page of policies calls them."""
        found = {key: title_of(key.partition("@")[0].partition(":")[0]) for key in keys}
        return {key: title.name for key, title in found.items() if title is not None}

    # ------------------------------------------------------------------------------------- what one can do

    def choose_person(self, person: str) -> None:
        """Whoever is begun for stays; for another person it is another errand."""
        if self.errand:
            self._turn_to(self.guide, self._open_errand(self.guide, person))
            self.listed.emit()
        if not self.errand:
            self._drafts[self.guide] = replace(self._draft, person=person)
            self._again()

    def choose_case(self, case: str) -> None:
        if self.errand:
            self._do(lambda family, guide: choose_case(family, guide, self.errand, case))
        else:
            self._drafts[self.guide] = replace(self._draft, case=case)
            self._again()

    def answer(self, name: str, value: str) -> None:
        if self.errand:
            self._do(lambda family, guide: answer(family, guide, self.errand, name, value))
        else:
            self._drafts[self.guide] = replace(self._draft, answers={**self._draft.answers, name: value})
            self._again()

    def begin(self) -> None:
        self._do(self._begin)

    def plan_start(self, value: str) -> None:
        """The day from which working days are counted; it begins what is not begun yet."""
        on = date.fromisoformat(value) if value else None
        self._do_begun(lambda family, guide, errand: plan_start(family, guide, errand, on))

    def tick(self, step: str, *, done: bool) -> None:
        if done:
            self._do_begun(lambda family, guide, errand: tick_step(family, guide, errand, step, self.today))
        elif self.errand:
            self._do(lambda family, guide: untick_step(family, guide, self.errand, step))

    def hold(self, paper: str, *, held: bool) -> None:
        self._do_begun(lambda family, guide, errand: hold_paper(family, guide, errand, paper, held=held))

    def drop(self) -> None:
        """Do it no more: the guide stays."""
        self._do(lambda family, guide: drop_errand(family, guide, self.errand))

    # --------------------------------------------------------------------------------------------- its end

    @property
    def _event(self) -> Event | Missing | None:
        """What is booked of the errand one looks at; None: nothing is."""
        errand = self._errand
        return None if errand is None else record_of(self._guides[errand.guide], errand, self._family)

    @property
    def _recorded(self) -> str:
        """The id of this very event in the book; empty: it is not in it."""
        event = self._event
        if event is None or isinstance(event, Missing):
            return ""
        return next((one.id for one in self._family.events if _same(one, event)), "")

    @property
    def _is_forbidden(self) -> bool:
        """Whether what is recorded did not come about."""
        findings = self._seen.ledger.findings
        return any(one.severity is Severity.ERROR and self._recorded in one.about for one in findings)

    @property
    def _asks(self) -> set[str]:
        return {*self._guides[self.guide].asks}

    @property
    def _places(self) -> set[str]:
        """Where a fault can be told: beside what is asked; any other is told at the foot."""
        return {"person", "case", "start", *self._asks}

    @property
    def can_record(self) -> bool:
        event = self._event
        return event is not None and not isinstance(event, Missing) and not self._recorded

    @property
    def at_the_end(self) -> str:
        """What is left to do with an errand whose steps are all ticked."""
        event = self._event
        if event is None:
            return self.tr("这件事不用在这里记账。")
        if isinstance(event, Missing):
            if set(event.names) & self._asks:
                return self.tr("要记入账本，还差上面没有填的几项；也可以在“流水”页自己记。")
            return self.tr("日期和金额这里没有问，请在“流水”页记下。")
        if self._recorded and self._is_forbidden:
            return self.tr("已记入账本，但这样办不成，没有算进去；缘由和办法在“合规”页。")
        if self._recorded:
            return self.tr("已记入账本，在“流水”页可以看到。")
        return self.tr("记入账本以后，余额、合规和规划都按办好了来算，可以撤销。")

    def record(self) -> None:
        event = self._event
        if event is None or isinstance(event, Missing):
            return
        booked = event
        self._do(lambda family, _: _booked(family, booked, self.today))

    def read_anew(self) -> None:
        """The guide of an errand that is over, for the next time."""
        self._turn_to(self.guide, "")
        self.listed.emit()

    def _begin(self, family: Family, guide: Guide) -> Change | Refused:
        return begin_errand(family, guide, self._draft_in_full.asking, self.today)

    @property
    def _draft_in_full(self) -> Draft:
        """The draft with what is shown as chosen, though nobody chose it."""
        view = self.view
        if view is None:
            return self._draft
        return replace(self._draft, person=view.person, case=view.case)

    def _do_begun(self, do: Callable[[Family, Guide, str], Change | Refused]) -> None:
        """With the errand one looks at; what is not begun is begun in the same step."""
        if self.errand:
            self._do(lambda family, guide: do(family, guide, self.errand))
            return

        def both(family: Family, guide: Guide) -> Change | Refused:
            begun = self._begin(family, guide)
            if isinstance(begun, Refused):
                return begun
            known = {one.id for one in family.errands}
            errand = next(one.id for one in begun.family.errands if one.id not in known)
            return do(begun.family, guide, errand)

        self._do(both)

    def _do(self, do: Callable[[Family, Guide], Change | Refused]) -> None:
        """Faults are told beside their fields."""
        outcome = do(self._family, self._guides[self.guide])
        if isinstance(outcome, Refused):
            self.faults = {}
            for fault in outcome.faults:
                place = fault.place if fault.place in self._places else ""
                told = "，".join(filter(None, (fault.what, fault.todo)))
                self.faults[place] = "；".join(filter(None, (self.faults.get(place, ""), told)))
            self.changed.emit()
        else:
            self.faults = {}
            self.change.emit(outcome)


def _booked(family: Family, event: Event, today: date) -> Change | Refused:
    """As what it is: a matter, a bill, a premium."""
    if isinstance(event, PremiumPayment):
        return pay_premium(family, event)
    assert is_matter(event)
    return record_matter(family, event, today)


def _same(one: Event, other: Event) -> bool:
    return type(one) is type(other) and replace(one, id=other.id) == other


def _is_over(view: GuideView) -> bool:
    return bool(view.steps) and view.done == len(view.steps)
