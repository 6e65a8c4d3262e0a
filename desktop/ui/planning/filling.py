"""填写预计。What stands in the forms of a plan, what is wrong with it, and the change it makes.

A form makes a value: a bill, a premium, an event of life. Who opened it says what becomes of the value: it is
put into the plan, or into a scenario, which is a draft and changes nothing yet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Scheme, Status
from desktop.domain.plan import (
    Chance,
    Dies,
    Enrols,
    LifeEvent,
    Moves,
    PlannedPremium,
    Recurring,
    Retires,
    Rhythm,
)
from desktop.domain.terms import label
from desktop.ui.family.editors import Editor
from desktop.ui.widgets.fields import Choice
from desktop.usecases.areas import areas
from desktop.usecases.basis import basis
from desktop.usecases.kin import kinship
from desktop.usecases.odds import Origin, RiskEntry, set_risk, usual_chance
from desktop.usecases.plan_items import first_planned_day, life_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal

    from desktop.domain.family import Family
    from desktop.ui.look.look import Look
    from desktop.usecases.changes import Change, Refused
    from desktop.usecases.odds import Odd
    from desktop.usecases.review import Review

    Making = Callable[[Family, Any], Change | Refused]

ONCE = "once"
CASH = "cash"
RETIRES, MOVES, WORKS, OTHERWISE, DIES = "retires", "moves", "works", "otherwise", "dies"


class PlanningEditor(Editor):
    """`make` says what becomes of the value in the form; `removable`: the form offers to take it out."""

    removable = True

    def __init__(self, seen: Review, look: Look, make: Making) -> None:
        super().__init__(seen, look)
        self._make = make

    @property
    def value(self) -> object:
        raise NotImplementedError

    @override
    def outcome(self) -> Change | Refused:
        return self._make(self._seen.family, self.value)

    @override
    def renew(self, seen: Review) -> bool:
        """A plan that has become what was sent has no more use for the form."""
        if self.sent is not None and self.sent.family.plan == seen.family.plan:
            return False
        return super().renew(seen)

    @property
    def verb(self) -> str:
        return self.tr("保存")

    @property
    def people(self) -> tuple[Choice, ...]:
        return people_choices(self._seen, self._look)

    @property
    def areas(self) -> tuple[Choice, ...]:
        family = self._seen.family
        known = [one.area for person in family.people for one in person.coverage]
        return tuple(Choice(one.code, one.title) for one in areas(self._seen.book, known))

    @property
    def payers(self) -> tuple[Choice, ...]:
        """Cash, and everyone with an account."""
        owners = {one.id for one in self._seen.family.people if one.account is not None}
        held = (
            Choice(one.key, self.tr("{who}的账户").format(who=one.words))
            for one in self.people
            if one.key in owners
        )
        return (Choice(CASH, self.tr("现金")), *held)

    def _word(self, person: str) -> str:
        return kinship(self._seen.family, self._seen.holder.id)[person].word

    def _patient(self) -> str:
        """Whom a new item is about, until someone is chosen."""
        return self._seen.holder.id


def people_choices(seen: Review, look: Look) -> tuple[Choice, ...]:
    """母亲 刘*: everyone, as the look lets names be read."""
    known = kinship(seen.family, seen.holder.id)
    people = seen.family.people
    return tuple(Choice(one.id, look.money.person(known[one.id].word, one.name)) for one in people)


# ----------------------------------------------------------------------------------------------------- bills


@dataclass(frozen=True, slots=True)
class BillEntry:
    """`every` is `ONCE` for a single event; `area` empty: where the patient is insured.

    `happens` and `spread` None: as is usual.
    """

    patient: str
    since: date
    setting: Setting = Setting.OUTPATIENT
    level: Level = Level.TERTIARY
    area: str = ""
    every: str = Rhythm.YEAR
    until: date | None = None
    total: Money = NOTHING
    full: Money = NOTHING
    upfront: Money = NOTHING
    over: Money = NOTHING
    happens: Decimal | None = None
    spread: Decimal | None = None
    note: str = ""


def _entry_of(visit: Visit, item: Recurring | None, home: str) -> BillEntry:
    charges, chance = visit.charges, item.chance if item is not None else None
    return BillEntry(
        patient=visit.patient,
        since=visit.on,
        setting=visit.setting,
        level=visit.provider.level or Level.TERTIARY,
        area="" if visit.provider.area == home else visit.provider.area,
        every=item.every if item is not None else ONCE,
        until=item.until if item is not None else None,
        total=charges.total_fee,
        full=charges.fully_self_funded,
        upfront=charges.upfront_copay,
        over=charges.over_limit_self_funded,
        happens=chance.happens if chance is not None else None,
        spread=chance.spread if chance is not None else None,
        note=visit.note,
    )


class BillEditor(PlanningEditor):
    """A bill that comes back, or a single one; `origin` is what was planned before it was changed."""

    def __init__(
        self, seen: Review, look: Look, make: Making, origin: Recurring | Visit | None = None
    ) -> None:
        super().__init__(seen, look, make)
        self.origin = origin
        visit = origin.visit if isinstance(origin, Recurring) else origin
        if visit is None:
            self.entry = BillEntry(self._patient(), first_planned_day(seen.family))
        else:
            item = origin if isinstance(origin, Recurring) else None
            self.entry = _entry_of(visit, item, self._home(visit.patient))

    @property
    def title(self) -> str:
        if self.origin is None:
            return self.tr("添加账单")
        words = self.tr("改动{who}的{what}预计")
        return words.format(who=self._word(self.entry.patient), what=label(self.entry.setting))

    @property
    @override
    def verb(self) -> str:
        return self.tr("添加") if self.origin is None else self.tr("保存")

    @property
    def rhythms(self) -> tuple[Choice, ...]:
        """What is planned once stays so, and what comes back too: else it would be another item."""
        known = tuple(Choice(one, label(one)) for one in Rhythm)
        single = Choice(ONCE, self.tr("只有一次"))
        if self.origin is None:
            return (*known, single)
        return known if isinstance(self.origin, Recurring) else (single,)

    @property
    def once(self) -> bool:
        return self.entry.every == ONCE

    @property
    def at_pharmacy(self) -> bool:
        return self.entry.setting is Setting.PHARMACY

    @property
    def places(self) -> tuple[Choice, ...]:
        return (Choice("", self.tr("参保地")), *self.areas)

    @property
    def value(self) -> Recurring | Visit:
        visit = self._visit()
        if self.once:
            return visit
        item = Recurring(visit, Rhythm(self.entry.every), self.entry.until)
        return replace(item, chance=self._chance(item))

    def _chance(self, item: Recurring) -> Chance | None:
        """None: nothing is stated. Where one of the two is, the other is the usual one."""
        happens, spread = self.entry.happens, self.entry.spread
        if happens is not None and spread is not None:
            return Chance(happens, spread)
        if happens is None and spread is None:
            return None
        usual = usual_chance(self._seen.family, self._seen.book, item)
        return Chance(
            usual.happens if happens is None else happens, usual.spread if spread is None else spread
        )

    def _visit(self) -> Visit:
        entry, before = self.entry, self.origin
        origin = before.visit if isinstance(before, Recurring) else before
        provider = Provider(
            kind=Facility.PHARMACY if self.at_pharmacy else Facility.HOSPITAL,
            designated=True if origin is None else origin.provider.designated,
            area=entry.area or self._home(entry.patient),
            level=None if self.at_pharmacy else entry.level,
        )
        charges = Charges(entry.total, entry.full, entry.over, entry.upfront)
        if origin is None:
            return Visit("", entry.since, entry.patient, entry.setting, provider, charges, note=entry.note)
        same = replace(origin.charges, fund_paid=None) == charges
        return replace(
            origin,
            on=entry.since,
            patient=entry.patient,
            setting=entry.setting,
            provider=provider,
            charges=origin.charges if same else charges,
            note=entry.note,
        )

    def _home(self, person: str) -> str:
        return self._seen.lived.person(person).area_on(self._seen.family.as_of)

    @override
    def still_there(self) -> bool:
        return any(one.id == self.entry.patient for one in self._seen.family.people)

    def edit(self, place: str, trouble: str = "", **changes: object) -> None:
        """What cannot be read leaves the entry as it was, with the trouble in its place."""
        self._touch(place, trouble)
        if not trouble:
            self.entry = replace(self.entry, **changes)  # type: ignore[arg-type]
        self.changed.emit()


# -------------------------------------------------------------------------------------------------- premiums


class PremiumEditor(PlanningEditor):
    """Each year's premium of one person; `insured` is fixed where one planned already is changed."""

    def __init__(self, seen: Review, look: Look, make: Making, premium: PlannedPremium | None = None) -> None:
        super().__init__(seen, look, make)
        self.known = premium is not None
        self.entry = premium or PlannedPremium(self._first_resident(), seen.holder.id)

    def _first_resident(self) -> str:
        """A resident for whom nothing is planned yet."""
        family = self._seen.family
        planned = {one.insured for one in family.plan.premiums} if family.plan is not None else set()
        for one in self._seen.living(family.as_of):
            held = one.coverage_on(family.as_of)
            if held is not None and held.scheme is Scheme.RESIDENT and one.id not in planned:
                return one.id
        return family.people[0].id

    def propose(self, open_ones: tuple[PlannedPremium, ...]) -> None:
        """Begin with the first of these, where there is one."""
        self.entry = next(iter(open_ones), self.entry)

    @property
    def title(self) -> str:
        if not self.known:
            return self.tr("添加每年的保费")
        return self.tr("改动{who}的保费预计").format(who=self._word(self.entry.insured))

    @property
    def value(self) -> PlannedPremium:
        return self.entry

    @override
    def still_there(self) -> bool:
        return any(one.id == self.entry.insured for one in self._seen.family.people)

    def edit(self, place: str, **changes: str | None) -> None:
        self._touch(place, "")
        self.entry = replace(self.entry, **changes)  # type: ignore[arg-type]
        self.changed.emit()


# ----------------------------------------------------------------------------------------------- life events


@dataclass(frozen=True, slots=True)
class LifeEntry:
    kind: str
    person: str
    on: date
    area: str
    insured: str = f"{Scheme.RESIDENT}/{Status.ACTIVE}"
    base: Money | None = None


class LifeEditor(PlanningEditor):
    """One event of life: retirement, a move, work or another insurance, a death."""

    def __init__(self, seen: Review, look: Look, make: Making, event: LifeEvent | None = None) -> None:
        super().__init__(seen, look, make)
        self.origin = event
        day = first_planned_day(seen.family)
        home = seen.holder.area_on(seen.family.as_of)
        new = LifeEntry(RETIRES, seen.holder.id, day, home)
        self.entry = new if event is None else _life_entry(event, home)

    @property
    def title(self) -> str:
        if self.origin is None:
            return self.tr("添加人生的事件")
        return self.tr("改动{what}").format(what=life_words(self._seen.family, self.origin))

    @property
    def kinds(self) -> tuple[Choice, ...]:
        return (
            Choice(RETIRES, self.tr("退休")),
            Choice(WORKS, self.tr("参加工作")),
            Choice(OTHERWISE, self.tr("换险种")),
            Choice(MOVES, self.tr("迁居")),
            Choice(DIES, self.tr("身故")),
        )

    @property
    def ways(self) -> tuple[Choice, ...]:
        """How someone may be insured otherwise."""
        return (
            Choice(f"{Scheme.RESIDENT}/{Status.ACTIVE}", self.tr("居民医保")),
            Choice(f"{Scheme.EMPLOYEE}/{Status.FLEXIBLE}", self.tr("灵活就业")),
            Choice(f"{Scheme.EMPLOYEE}/{Status.UNEMPLOYED}", self.tr("失业")),
            Choice(f"{Scheme.EMPLOYEE}/{Status.SUSPENDED}", self.tr("停保")),
        )

    @property
    def value(self) -> LifeEvent:
        entry = self.entry
        if entry.kind == RETIRES:
            return Retires(entry.person, entry.on)
        if entry.kind == MOVES:
            return Moves(entry.person, entry.on, entry.area)
        if entry.kind == DIES:
            return Dies(entry.person, entry.on)
        if entry.kind == WORKS:
            return Enrols(entry.person, entry.on, Scheme.EMPLOYEE, Status.ACTIVE, entry.area, entry.base)
        scheme, _, status = entry.insured.partition("/")
        return Enrols(entry.person, entry.on, Scheme(scheme), Status(status), entry.area)

    @override
    def still_there(self) -> bool:
        return any(one.id == self.entry.person for one in self._seen.family.people)

    def edit(self, place: str, trouble: str = "", **changes: object) -> None:
        self._touch(place, trouble)
        if not trouble:
            self.entry = replace(self.entry, **changes)  # type: ignore[arg-type]
        self.changed.emit()


def _life_entry(event: LifeEvent, home: str) -> LifeEntry:
    if isinstance(event, Enrols):
        works = (event.scheme, event.status) == (Scheme.EMPLOYEE, Status.ACTIVE)
        insured = f"{event.scheme}/{event.status}"
        kind = WORKS if works else OTHERWISE
        return LifeEntry(kind, event.person, event.on, event.area, insured, event.monthly_base)
    kind = {Retires: RETIRES, Moves: MOVES, Dies: DIES}[type(event)]
    return LifeEntry(kind, event.person, event.on, event.area if isinstance(event, Moves) else home)


# ------------------------------------------------------------------------------------------------ one number


class NumberEditor(PlanningEditor):
    """A single number of the plan, such as the growth of wages."""

    def __init__(self, seen: Review, look: Look, make: Making, number: Decimal, title: str) -> None:
        super().__init__(seen, look, make)
        self.number, self._title = number, title

    @property
    def title(self) -> str:
        return self._title

    @property
    def value(self) -> Decimal:
        return self.number

    def edit(self, place: str, trouble: str, number: Decimal | None) -> None:
        self._touch(place, trouble or ("" if number is not None else self.tr("请填一个数。")))
        if number is not None:
            self.number = number
        self.changed.emit()


# ------------------------------------------------------------------------------------------------------- odds


class RiskEditor(PlanningEditor):
    """How often and how dearly someone falls ill unplanned; nothing is said until a number is changed."""

    def __init__(self, seen: Review, look: Look, odd: Odd) -> None:
        super().__init__(seen, look, self._set)
        self.odd = odd
        self.entry = RiskEntry(odd.a_year, odd.fee, odd.spread)

    def _set(self, family: Family, entry: RiskEntry) -> Change | Refused:
        return set_risk(family, self._seen.book, self.odd.person, self.odd.setting, entry)

    @property
    def value(self) -> RiskEntry:
        return self.entry

    @property
    def title(self) -> str:
        return self.tr("{who}的{what}估计").format(who=self.odd.who, what=label(self.odd.setting))

    @property
    def stated(self) -> bool:
        return self.odd.origin is Origin.STATED

    @property
    def origin(self) -> str:
        """Whose word the numbers are."""
        return origin_words(self.odd)

    @property
    def because(self) -> str:
        """The value of the packs that they rest on."""
        if self.odd.because is None:
            return ""
        known = basis(self._seen.book, self.odd.because)
        words = self.tr("依据：{says}。{source}，可信度{sure}。")
        return words.format(says=known.says, source=known.short, sure=known.confidence)

    def still_there(self) -> bool:
        return any(one.id == self.odd.person for one in self._seen.family.people)

    def edit(self, place: str, trouble: str, value: Decimal | Money | None) -> None:
        missing = "" if value is not None else self.tr("请填一个数。")
        self._touch(place, trouble or missing)
        if value is not None and not trouble:
            self.entry = replace(self.entry, **{place: value})  # type: ignore[arg-type]
        self.changed.emit()


def origin_words(odd: Odd) -> str:
    """自己填的, 自己的记录（3 次）, 同龄人的常见情况."""
    if odd.origin is Origin.STATED:
        return _tr("自己填的")
    if odd.origin is Origin.RECORDS:
        return _tr("自己的记录（{count} 次）").format(count=odd.records)
    return _tr("同龄人的常见情况")


def _tr(words: str) -> str:
    return QCoreApplication.translate("Filling", words)
