"""问诊的视图模型。Whose account could not be used on which day, what is on record, what has been answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.ui.findings.words import basis_lines
from desktop.usecases.basis import basis
from desktop.usecases.doctor import Question, Verdict, examine
from desktop.usecases.kin import about_person, kinship

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.people import Person
    from desktop.usecases.doctor import Reason
    from desktop.usecases.review import Review


class Answered(NamedTuple):
    """A question that was asked, and what was said to it."""

    id: str
    asks: str
    answer: str


class DoctorModel(QObject):
    """`changed`: another question, or the verdict."""

    changed = Signal()

    def __init__(self, seen: Review) -> None:
        super().__init__()
        self._read(seen)
        self.patient = self._first
        self.day = seen.family.as_of
        self._answers: dict[str, str] = {}
        self._known_trail: tuple[tuple[Answered, ...], Question | Verdict] | None = None

    def renew(self, seen: Review) -> None:
        """What was answered stays: the records may tell more now."""
        self._read(seen)
        if self.patient not in self._kin:
            self.choose_patient(self._first)
        else:
            self._again()

    def _read(self, seen: Review) -> None:
        self._seen = seen
        self._kin = kinship(seen.family, seen.holder.id)

    @property
    def _first(self) -> str:
        """Someone who is bound, else anyone but the holder."""
        family, holder = self._seen.family, self._seen.holder.id
        bound = [one.beneficiary for one in family.bindings if one.payer == holder]
        others = [one.id for one in family.people if one.id != holder]
        return next(iter([*bound, *others]), holder)

    # ------------------------------------------------------------------------------------------- answering

    def choose_patient(self, person: str) -> None:
        """For someone else everything is asked anew; a person nobody knows changes nothing."""
        if person in self._kin and person != self.patient:
            self.patient = person
            self.start_anew()

    def choose_day(self, day: date) -> None:
        self.day = day
        self._again()

    def answer(self, value: str) -> None:
        asked = self.outcome
        if isinstance(asked, Question):
            self._answers[asked.id] = value
            self._again()

    def back(self) -> bool:
        """To the question before; False where none was answered."""
        answered = self.answered
        if answered:
            self.return_to(answered[-1].id)
        return bool(answered)

    def return_to(self, question: str) -> None:
        """Ask this one again, and what came after it."""
        names = [one.id for one in self.answered]
        kept = names[: names.index(question)]
        self._answers = {name: self._answers[name] for name in kept}
        self._again()

    def start_anew(self) -> None:
        self._answers = {}
        self._again()

    def _again(self) -> None:
        self._known_trail = None
        self.changed.emit()

    # ---------------------------------------------------------------------------------------- what is shown

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.id, self._kin[one.id].word) for one in self._seen.family.people)

    @property
    def outcome(self) -> Question | Verdict:
        return self._trail[1]

    @property
    def answered(self) -> tuple[Answered, ...]:
        """In the order in which it was asked."""
        return self._trail[0]

    @property
    def _trail(self) -> tuple[tuple[Answered, ...], Question | Verdict]:
        """What was asked and answered, and what comes next: worked out once, it takes some milliseconds."""
        if self._known_trail is None:
            self._known_trail = self._ask_all()
        return self._known_trail

    def _ask_all(self) -> tuple[tuple[Answered, ...], Question | Verdict]:
        given: dict[str, str] = {}
        lines: list[Answered] = []
        while True:
            asked = self._examine(given)
            labels = {} if isinstance(asked, Verdict) else {one.value: one.label for one in asked.choices}
            value = "" if isinstance(asked, Verdict) else self._answers.get(asked.id, "")
            if isinstance(asked, Verdict) or value not in labels:  # the records may offer others by now
                return tuple(lines), asked
            given[asked.id] = value
            lines.append(Answered(asked.id, asked.asks, labels[value]))

    def _examine(self, answers: dict[str, str]) -> Question | Verdict:
        return examine(self._seen.family, self._seen.book, self.day, self.patient, answers)

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        """What the records say of that day, so that nobody is asked."""
        seen, day = self._seen, self.day
        person = seen.lived.person(self.patient)
        home = seen.holder.area_on(day)
        lines = [(self._kin[person.id].word, about_person(seen.book, person, day, home))]
        lines += [(self.tr("绑定"), words) for words in self._bindings(person)]
        return tuple(lines)

    def _bindings(self, person: Person) -> Iterator[str]:
        found = [one for one in self._seen.lived.bindings if one.beneficiary == person.id]
        for one in found:
            yield self._binding(one)
        if not found:
            yield self.tr("没有记下谁和{who}绑定").format(who=self._kin[person.id].word)

    def _binding(self, one: Binding) -> str:
        words = self.tr("{payer}的账户，{since} 起")
        if one.until is not None:
            words = self.tr("{payer}的账户，{since} 至 {until}")
        if one.since > self.day:
            words = self.tr("{payer}的账户，{since} 才开始")
        return words.format(payer=self._kin[one.payer].word, since=one.since, until=one.until)

    def basis_of(self, reason: Reason) -> tuple[tuple[str, str], ...]:
        """What it rests on, as captioned lines; none where nobody has written it down."""
        return () if reason.clause is None else basis_lines(basis(self._seen.book, reason.clause))

    def law_of(self, reason: Reason) -> str:
        return "" if reason.clause is None else reason.clause.key
