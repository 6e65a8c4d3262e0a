"""填写。What stands in the forms of the family page, what is wrong with it, and the change it makes.

Each editor belongs to one form while it is open. It keeps what was typed over a renewal of the family.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.account import Account, Base
from desktop.domain.binding import Channel, Relation
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING
from desktop.domain.people import Coverage, History, Scheme, Status
from desktop.domain.terms import label
from desktop.ui.family.trying import DEBOUNCE, Trying, effect_job
from desktop.ui.widgets.fields import Choice
from desktop.usecases.areas import areas
from desktop.usecases.basis import basis
from desktop.usecases.bindings import (
    BindingEntry,
    bind_relative,
    binding_of,
    edit_binding,
    end_binding,
    near_relations,
)
from desktop.usecases.bindings import entry_of as entry_of_binding
from desktop.usecases.changes import Change, Refused
from desktop.usecases.kin import insured, kinship, told
from desktop.usecases.people import PersonEntry, add_person, edit_person, entry_of, told_by_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.domain.people import Person
    from desktop.ui.look.look import Look
    from desktop.usecases.effects import Effect
    from desktop.usecases.review import Review

_KINDS = (
    (Scheme.EMPLOYEE, Status.ACTIVE),
    (Scheme.EMPLOYEE, Status.RETIRED),
    (Scheme.EMPLOYEE, Status.FLEXIBLE),
    (Scheme.EMPLOYEE, Status.UNEMPLOYED),
    (Scheme.EMPLOYEE, Status.SUSPENDED),
    (Scheme.RESIDENT, Status.ACTIVE),
    (Scheme.RESIDENT, Status.SUSPENDED),
)
_ORDER = list(Severity)


class Editor(QObject):
    """`changed`: what stands in the form, or what is known of it, is another.

    `troubles` are what the fields themselves can't read; what is wrong is shown beside a field once it was
    touched, or once the form was to be made.
    """

    changed = Signal()

    def __init__(self, seen: Review, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen, self._look = seen, look
        self._troubles: dict[str, str] = {}
        self._touched: set[str] = set()
        self._pressed = False
        self.sent: Change | None = None

    def outcome(self) -> Change | Refused:
        """The change that what stands in the form would make."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        raise NotImplementedError

    @property
    def verb(self) -> str:
        """The words of the button that makes the change."""
        raise NotImplementedError

    @property
    def faults(self) -> dict[str, str]:
        """Every sentence by its field; what can't be read goes before what makes no sense."""
        outcome = self.outcome()
        found = {one.place: str(replace(one, place="")) for one in getattr(outcome, "faults", ())}
        return found | self._troubles

    @property
    def shown_faults(self) -> dict[str, str]:
        """Beside a field, once it was touched."""
        return {
            place: words for place, words in self.faults.items() if self._pressed or place in self._touched
        }

    @property
    def touched(self) -> bool:
        return bool(self._touched)

    def commit(self) -> Change | None:
        """The change, to be kept; None shows what is wrong instead."""
        self._pressed = True
        outcome = self.outcome()
        ready = not self.faults and isinstance(outcome, Change)
        self.sent = outcome if ready and isinstance(outcome, Change) else None
        self.changed.emit()
        return self.sent

    def renew(self, seen: Review) -> bool:
        """Whether the form is still wanted: not once what it sent has been kept."""
        self._seen = seen
        kept = self.sent is not None and _same(self.sent.family, seen.family)
        if not kept and self.still_there():
            self.sent = None
            self.renewed()
            self.changed.emit()
            return True
        return False

    def still_there(self) -> bool:
        """Whether what it edits is still in the family."""
        return True

    def renewed(self) -> None:
        """The family is another."""

    def leave(self) -> None:
        """The form is closed."""

    def _touch(self, place: str, trouble: str) -> None:
        self._touched.add(place)
        self._troubles.pop(place, None)
        if trouble:
            self._troubles[place] = trouble

    def _forget(self, lead: str) -> None:
        """Rows were added or taken away: what was said of them by number is no longer about them."""
        self._troubles = {
            place: words for place, words in self._troubles.items() if not place.startswith(lead)
        }
        self._touched = {place for place in self._touched if not place.startswith(lead)} | {lead}

    def relations(self, channel: Channel, on: date) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
        """Those who may be bound on a day, and those outside them."""
        near = near_relations(self._seen, channel, on)
        choices = [(relation, Choice(relation, label(relation))) for relation in Relation]
        return (
            tuple(choice for relation, choice in choices if relation in near),
            tuple(choice for relation, choice in choices if relation not in near),
        )


def _same(one: Family, other: Family) -> bool:
    """The people and bindings, in whatever order they are kept."""
    return (set(one.people), set(one.bindings)) == (set(other.people), set(other.bindings))


class PersonEditor(Editor):
    """Someone new, or someone known by `person`; fields are named as the faults of `usecases.people` are."""

    def __init__(self, seen: Review, look: Look, person: str = "", parent: QObject | None = None) -> None:
        super().__init__(seen, look, parent)
        self.person = person
        self.entry = entry_of(seen.family.person(person)) if person else self._blank()

    def _blank(self) -> PersonEntry:
        """A relative as most are: a resident, insured where the holder is, since the year began."""
        day = self._seen.family.as_of
        area = self._seen.holder.area_on(day) or "430100"
        first = Coverage(Scheme.RESIDENT, Status.ACTIVE, area, date(day.year, 1, 1))
        return PersonEntry(name="", coverage=(first,))

    @property
    def is_holder(self) -> bool:
        return self.person == self._seen.holder.id

    @property
    def relation(self) -> Relation | None:
        """As chosen, or as it follows from others."""
        known = kinship(self._seen.family, self._seen.holder.id).get(self.person)
        return self.entry.relation or (known.relation if known is not None else None)

    @property
    def is_related_by_binding(self) -> bool:
        """Then the binding says what they are to the holder, and is where to mend it."""
        pair = {self.person, self._seen.holder.id}
        return any({one.payer, one.beneficiary} == pair for one in self._seen.family.bindings)

    def still_there(self) -> bool:
        return not self.person or any(one.id == self.person for one in self._seen.family.people)

    def outcome(self) -> Change | Refused:
        family = self._seen.family
        if self.person:
            return edit_person(family, self.person, self.entry, family.as_of)
        return add_person(family, self.entry, family.as_of)

    @property
    def title(self) -> str:
        if not self.person:
            return self.tr("添加家人")
        word = kinship(self._seen.family, self._seen.holder.id)[self.person].word
        return self.tr("{who}的资料").format(who=word)

    @property
    def verb(self) -> str:
        """添加母亲, as soon as it is known who she is."""
        if self.person:
            return self.tr("保存")
        outcome = self.outcome()
        return outcome.step if isinstance(outcome, Change) else self.tr("添加")

    @property
    def is_near(self) -> bool:
        """Whether the relation chosen may be bound today; True where none is chosen."""
        relation, day = self.relation, self._seen.family.as_of
        return relation is None or relation in near_relations(self._seen, Channel.IN_PROVINCE, day)

    @property
    def day(self) -> date:
        return self._seen.family.as_of

    @property
    def kinds(self) -> tuple[Choice, ...]:
        """How one may be insured; what someone has besides stays a choice."""
        mine = tuple((one.scheme, one.status) for one in self.entry.coverage)
        return tuple(
            Choice(f"{scheme}/{status}", insured(Coverage(scheme, status, "", date.min)))
            for scheme, status in dict.fromkeys((*_KINDS, *mine))
        )

    @property
    def areas(self) -> tuple[Choice, ...]:
        family = self._seen.family
        known = [one.area for person in family.people for one in person.coverage]
        mine = [one.area for one in self.entry.coverage]
        return tuple(Choice(one.code, one.title) for one in areas(self._seen.book, (*known, *mine)))

    # --------------------------------------------------------------------------------------------- editing

    def edit(self, place: str, trouble: str = "", **changes: object) -> None:
        """What cannot be read leaves the entry as it was, with the trouble in its place."""
        self._touch(place, trouble)
        if not trouble:
            self.entry = replace(self.entry, **changes)  # type: ignore[arg-type]
        self.changed.emit()

    def number(self, text: str) -> None:
        """An identity number says the day of birth and the sex, where they are not known yet."""
        said = told_by_number(text)
        born, sex = said or (None, None)
        entry = self.entry
        self.edit("id_number", id_number=text or None, born=entry.born or born, sex=entry.sex or sex)

    def edit_stretch(self, number: int, field: str, trouble: str = "", **changes: object) -> None:
        stretches = list(self.entry.coverage)
        if not trouble:
            stretches[number] = replace(stretches[number], **changes)  # type: ignore[arg-type]
        self.edit(f"coverage[{number}].{field}", trouble, coverage=tuple(stretches))

    def add_stretch(self) -> None:
        held = self.entry.coverage
        last = held[-1] if held else self._blank().coverage[0]
        fresh = replace(last, since=self.day, until=None)
        self._forget("coverage")
        self.edit("coverage", coverage=(*held, fresh))

    def drop_stretch(self, number: int) -> None:
        held = self.entry.coverage
        self._forget("coverage")
        self.edit("coverage", coverage=held[:number] + held[number + 1 :])

    def has_account(self, *, held: bool) -> None:
        self._forget("account")
        self.edit("account", account=Account(self.day, NOTHING) if held else None)

    def edit_account(self, field: str, trouble: str = "", **changes: object) -> None:
        account = self.entry.account
        if account is not None:
            self.edit(
                f"account.{field}",
                trouble,
                account=account if trouble else replace(account, **changes),  # type: ignore[arg-type]
            )

    def edit_base(self, number: int, field: str, trouble: str = "", **changes: object) -> None:
        bases = list(self.entry.account.bases if self.entry.account else ())
        if not trouble:
            bases[number] = replace(bases[number], **changes)  # type: ignore[arg-type]
        self.edit_account(f"bases[{number}].{field}", trouble, bases=tuple(bases))

    def add_base(self) -> None:
        account = self.entry.account
        if account is not None:
            last = account.bases[-1].monthly if account.bases else NOTHING
            self._forget("account.bases")
            self.edit_account("bases", bases=(*account.bases, Base(self.day, last)))

    def drop_base(self, number: int) -> None:
        account = self.entry.account
        if account is not None:
            self._forget("account.bases")
            self.edit_account("bases", bases=account.bases[:number] + account.bases[number + 1 :])

    # ----------------------------------------------------------------------------------------- what was paid

    def has_history(self, *, held: bool) -> None:
        self._forget("history")
        self.edit("history", history=History(self.day) if held else None)

    def edit_history(self, field: str, trouble: str = "", **changes: object) -> None:
        history = self.entry.history
        if history is not None:
            self.edit(
                f"history.{field}",
                trouble,
                history=history if trouble else replace(history, **changes),  # type: ignore[arg-type]
            )


class CheckedEditor(Editor):
    """A form whose change is tried out before it is made: `effect` is what it would do, once it is known."""

    def __init__(self, seen: Review, look: Look, parent: QObject | None = None) -> None:
        super().__init__(seen, look, parent)
        self.effect: Effect | None = None
        self._tried: Change | None = None
        self._trying = Trying(self, wait=DEBOUNCE)
        self._trying.answered.connect(self._take)
        self._trying.ended.connect(self.changed)

    def check(self) -> None:
        """Ask what the change that stands in the form would do."""
        outcome = self.outcome()
        if self.faults or not isinstance(outcome, Change):
            self._tried, self.effect = None, None
            self._trying.drop()
        else:
            self._tried = outcome
            self._trying.ask(effect_job(self._seen, outcome.family))
        self.changed.emit()

    @property
    def shown_faults(self) -> dict[str, str]:
        """All fields are filled from the start: what makes no sense is said at once."""
        faults = self.faults
        unread = {} if self._pressed else self._troubles.keys() - self._touched
        return {place: words for place, words in faults.items() if place not in unread}

    @property
    def sayings(self) -> tuple[str, ...]:
        """What it would do besides, in sentences."""
        return ()

    @property
    def seen(self) -> Review:
        return self._seen

    @property
    def stale(self) -> bool:
        """Is the effect that of an earlier form, or on its way?"""
        return self._trying.waiting

    @property
    def arising(self) -> tuple[Finding, ...]:
        """The gravest first."""
        found = self.effect.arises if self.effect is not None else ()
        return tuple(sorted(found, key=lambda one: _ORDER.index(one.severity)))

    @property
    def breaks_rules(self) -> bool:
        return any(one.severity is Severity.ERROR for one in self.arising)

    def sentence(self, finding: Finding) -> str:
        family = self._tried.family if self._tried is not None else self._seen.family
        return told(finding.says, family, kinship(family, self._seen.holder.id))

    def clause(self, finding: Finding) -> str:
        known = basis(self._seen.book, finding.because)
        since = "" if known.since is None else self.tr("，{day} 起").format(day=known.since)
        return f"{known.says or known.short}{since}"

    def renewed(self) -> None:
        self.check()

    def leave(self) -> None:
        self._trying.drop()

    def _take(self, effect: Effect) -> None:
        self.effect = effect

    def _word(self, person: str) -> str:
        return kinship(self._seen.family, self._seen.holder.id)[person].word


class BindingEditor(CheckedEditor):
    """A binding by the holder for someone, or one that is known by its id."""

    def __init__(
        self,
        seen: Review,
        look: Look,
        beneficiary: str = "",
        binding: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(seen, look, parent)
        self.binding = binding
        if binding:
            self.entry = entry_of_binding(binding_of(seen.family, binding))
        else:
            self.entry = self._blank(beneficiary)
            self._propose()
        self.check()

    def _blank(self, beneficiary: str) -> BindingEntry:
        """For the one who is asked for, or else the first who is not bound yet."""
        holder, family = self._seen.holder.id, self._seen.family
        bound = {one.beneficiary for one in family.bindings if one.payer == holder}
        people = self._seen.living(family.as_of)
        if all(one.id == holder for one in people):
            people = family.people
        others = sorted((one.id for one in people if one.id != holder), key=bound.__contains__)
        whom = beneficiary if beneficiary in others else others[0]
        return BindingEntry(holder, whom, Relation.OTHER, Channel.IN_PROVINCE, family.as_of)

    def _propose(self) -> None:
        """What the one is known to be to the other; where it is not known, it must be chosen."""
        family, entry = self._seen.family, self.entry
        relation = kinship(family, entry.payer)[entry.beneficiary].relation
        self._troubles.pop("relation", None)
        if relation is None:
            self._troubles["relation"] = self.tr("请选使用人是共济人的什么人。")
        else:
            self.entry = replace(entry, relation=relation)

    def still_there(self) -> bool:
        family = self._seen.family
        people = {one.id for one in family.people}
        known = not self.binding or any(one.id == self.binding for one in family.bindings)
        return known and {self.entry.payer, self.entry.beneficiary} <= people

    def outcome(self) -> Change | Refused:
        family = self._seen.family
        if self.binding:
            return edit_binding(family, self.binding, self.entry)
        return bind_relative(family, self.entry)

    @property
    def title(self) -> str:
        who = self._word(self.entry.beneficiary)
        words = self.tr("修改{who}的绑定") if self.binding else self.tr("绑定{who}")
        return words.format(who=who)

    @property
    def verb(self) -> str:
        if self.breaks_rules and not self.stale:
            return self.tr("照实记下")
        return self.tr("保存") if self.binding else self.tr("绑定")

    @property
    def payers(self) -> tuple[Choice, ...]:
        """Those with an account; the payer of now is one in any case."""
        return self._people(lambda one: one.account is not None or one.id == self.entry.payer)

    @property
    def beneficiaries(self) -> tuple[Choice, ...]:
        return self._people(lambda _: True)

    def _people(self, wanted: Callable[[Person], bool]) -> tuple[Choice, ...]:
        """Of those who live on the first day, and whom the binding is between already."""
        alive = {one.id for one in self._seen.living(self.entry.since)}
        between = {self.entry.payer, self.entry.beneficiary}
        money = self._look.money
        return tuple(
            Choice(one.id, money.person(self._word(one.id), one.name))
            for one in self._seen.lived.people
            if wanted(one) and one.id in alive | between
        )

    @property
    def relation_known(self) -> bool:
        return "relation" not in self._troubles

    def edit(self, place: str, trouble: str = "", **changes: object) -> None:
        self._touch(place, trouble)
        if not trouble:
            self.entry = replace(self.entry, **changes)  # type: ignore[arg-type]
        if place in {"payer", "beneficiary"}:
            self._propose()
        self.check()


class EndEditor(CheckedEditor):
    """The last day of a binding."""

    def __init__(self, seen: Review, look: Look, binding: str, parent: QObject | None = None) -> None:
        super().__init__(seen, look, parent)
        self.binding = binding
        self.on = max(seen.family.as_of, binding_of(seen.family, binding).since)
        self.check()

    def still_there(self) -> bool:
        return any(one.id == self.binding for one in self._seen.family.bindings)

    def outcome(self) -> Change | Refused:
        return end_binding(self._seen.family, self.binding, self.on)

    @property
    def title(self) -> str:
        who = self._word(binding_of(self._seen.family, self.binding).beneficiary)
        return self.tr("结束{who}的绑定").format(who=who)

    @property
    def verb(self) -> str:
        return self.tr("照实记下") if self.breaks_rules and not self.stale else self.tr("结束绑定")

    def edit(self, on: date | None, trouble: str = "") -> None:
        self._touch("until", trouble)
        if on is not None and not trouble:
            self.on = on
        self.check()
