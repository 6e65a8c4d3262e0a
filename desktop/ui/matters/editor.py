"""填写办理。What stands in the form of a matter, which fields its kind has, and the matter it makes.

Who opened the form says what becomes of the matter: a fact, something expected, a part of a scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from desktop.domain.finding import Severity
from desktop.domain.matter import (
    AccountTransfer,
    ArrearsPaid,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.money import NOTHING, Money
from desktop.domain.places import place_code
from desktop.domain.terms import label
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.ui.family.editors import CheckedEditor
from desktop.ui.widgets.fields import Choice
from desktop.usecases.concerns import finding_key
from desktop.usecases.kin import kinship
from desktop.usecases.matter_effect import matter_effect
from desktop.usecases.matter_words import matter_name
from desktop.usecases.matters import record_matter, replace_matter
from desktop.usecases.plan_items import first_planned_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desktop.domain.event import Event, Matter
    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.ui.look.look import Look
    from desktop.usecases.changes import Change, Refused
    from desktop.usecases.effects import Effect
    from desktop.usecases.matter_effect import MatterEffect
    from desktop.usecases.review import Review

    Making = Callable[[Family, Matter], Change | Refused]

_ORDER = list(Severity)
OUTSIDE = ""
"""Who gets the money of an account is no one of the family."""
_A_MONTH = timedelta(days=30)


class MatterKind(StrEnum):
    """办理的种类, in pairs that belong together."""

    ENROLMENT = "enrolment"
    ARREARS = "arrears"
    TRANSFER = "transfer"
    RETIREMENT = "retirement"
    WALLET_TRANSFER = "wallet_transfer"
    WALLET_QUOTA = "wallet_quota"
    DEATH = "death"
    PAYOUT = "payout"


FIELDS = {
    MatterKind.ENROLMENT: ("person", "enrolled_as", "area", "monthly_base"),
    MatterKind.ARREARS: ("person", "since", "until", "amount"),
    MatterKind.TRANSFER: ("person", "origin", "destination", "done", "amount"),
    MatterKind.RETIREMENT: ("person", "pays_up"),
    MatterKind.WALLET_TRANSFER: ("payer", "beneficiary", "amount", "at", "accepted"),
    MatterKind.WALLET_QUOTA: ("payer", "beneficiary", "amount"),
    MatterKind.DEATH: ("person",),
    MatterKind.PAYOUT: ("person", "reason", "to", "amount"),
}
"""By the names of the fields in the record; beside these each kind has a day and a note."""


@dataclass(frozen=True, slots=True)
class MatterEntry:
    """Everything that any kind asks for; `to` is `OUTSIDE` for someone who is none of the family."""

    kind: MatterKind
    person: str
    on: date
    beneficiary: str
    since: date
    until: date
    area: str
    origin: str = ""
    destination: str = ""
    enrolled_as: EnrolledAs = EnrolledAs.EMPLOYEE
    monthly_base: Money | None = None
    amount: Money | None = None
    done: date | None = None
    pays_up: bool = True
    accepted: bool = True
    reason: PayoutReason = PayoutReason.INHERITANCE
    to: str = OUTSIDE
    at: time | None = None
    note: str = ""


def entry_of(matter: Matter, blank: MatterEntry) -> MatterEntry:
    """What a matter would have been typed as; what its kind does not ask for is as in a `blank` one."""
    kind = _KINDS[type(matter)]
    known = {name: getattr(matter, name) for name in FIELDS[kind] if name != "payer"}
    known |= {"person": matter.person, "on": matter.on, "note": matter.note}
    known["at"] = None if matter.at is None else matter.at.time()
    if isinstance(matter, Payout):
        known["to"] = matter.to or OUTSIDE
    return replace(blank, kind=kind, **known)


def typed_matter(entry: MatterEntry, matter_id: str) -> Matter:
    return _MADE[entry.kind](
        entry, matter_id, None if entry.at is None else datetime.combine(entry.on, entry.at)
    )


def _enrolment(one: MatterEntry, name: str, at: datetime | None) -> Matter:
    base = one.monthly_base if one.enrolled_as is EnrolledAs.EMPLOYEE else None
    return Enrolment(name, one.on, one.person, one.enrolled_as, one.area, base, at, one.note)


def _arrears(one: MatterEntry, name: str, at: datetime | None) -> Matter:
    return ArrearsPaid(name, one.on, one.person, one.since, one.until, one.amount, at, one.note)


def _transfer(one: MatterEntry, name: str, at: datetime | None) -> Matter:
    places = one.origin, one.destination
    return AccountTransfer(name, one.on, one.person, *places, one.amount, one.done, at, one.note)


def _retirement(one: MatterEntry, name: str, at: datetime | None) -> Matter:
    return Retirement(name, one.on, one.person, one.pays_up, at, one.note)


def _wallet_transfer(one: MatterEntry, name: str, at: datetime | None) -> Matter:
    amount = NOTHING if one.amount is None else one.amount
    return WalletTransfer(name, one.on, one.person, one.beneficiary, amount, one.accepted, at, one.note)


def _wallet_quota(one: MatterEntry, name: str, at: datetime | None) -> Matter:
    amount = NOTHING if one.amount is None else one.amount
    return WalletQuota(name, one.on, one.person, one.beneficiary, amount, at, one.note)


def _death(one: MatterEntry, name: str, at: datetime | None) -> Matter:
    return Death(name, one.on, one.person, at, one.note)


def _payout(one: MatterEntry, name: str, at: datetime | None) -> Matter:
    return Payout(name, one.on, one.person, one.reason, one.to or None, one.amount, at, one.note)


_MADE: dict[MatterKind, Callable[[MatterEntry, str, datetime | None], Matter]] = {
    MatterKind.ENROLMENT: _enrolment,
    MatterKind.ARREARS: _arrears,
    MatterKind.TRANSFER: _transfer,
    MatterKind.RETIREMENT: _retirement,
    MatterKind.WALLET_TRANSFER: _wallet_transfer,
    MatterKind.WALLET_QUOTA: _wallet_quota,
    MatterKind.DEATH: _death,
    MatterKind.PAYOUT: _payout,
}
_KINDS: dict[type[Matter], MatterKind] = {
    Enrolment: MatterKind.ENROLMENT,
    ArrearsPaid: MatterKind.ARREARS,
    AccountTransfer: MatterKind.TRANSFER,
    Retirement: MatterKind.RETIREMENT,
    WalletTransfer: MatterKind.WALLET_TRANSFER,
    WalletQuota: MatterKind.WALLET_QUOTA,
    Death: MatterKind.DEATH,
    Payout: MatterKind.PAYOUT,
}


# ------------------------------------------------------------------------------------------------- the editor


@dataclass(frozen=True, slots=True)
class Destiny:
    """What becomes of a matter that is not recorded; `among` is where one that is changed stands."""

    make: Making
    among: Callable[[Family], Iterable[Event]]


class MatterEditor(CheckedEditor):
    """`origin` is what is changed. `destiny` says what becomes of the matter; None: it is recorded as a fact.

    What a kind must have and nobody has typed yet is asked for once it was touched, or is to be made.
    """

    def __init__(
        self,
        seen: Review,
        look: Look,
        destiny: Destiny | None = None,
        *,
        origin: Matter | None = None,
        person: str = "",
    ) -> None:
        super().__init__(seen, look)
        self.origin, self._destiny = origin, destiny
        self.brings: MatterEffect | None = None
        day = seen.family.as_of if destiny is None else first_planned_day(seen.family)
        blank = self._blank(person or seen.holder.id, day)
        self.entry = blank if origin is None else entry_of(origin, blank)
        self.check()

    @property
    def is_fact(self) -> bool:
        return self._destiny is None

    def _blank(self, person: str, day: date) -> MatterEntry:
        family = self._seen.lived
        area = family.person(person).area_on(family.as_of) or self._seen.holder.area_on(family.as_of)
        other = next((one.id for one in family.people if one.id != person), person)
        owed = day.replace(day=1) - timedelta(days=1)
        since = (owed - _A_MONTH).replace(day=1)
        return MatterEntry(MatterKind.ENROLMENT, person, day, other, since, owed, area, origin=area)

    # ------------------------------------------------------------------------------------------ what it makes

    @property
    def matter(self) -> Matter:
        return typed_matter(self.entry, "" if self.origin is None else self.origin.id)

    @override
    def outcome(self) -> Change | Refused:
        family = self._seen.family
        if self._destiny is not None:
            return self._destiny.make(family, self.matter)
        if self.origin is None:
            return record_matter(family, self.matter, family.as_of)
        return replace_matter(family, self.matter, family.as_of)

    @property
    @override
    def shown_faults(self) -> dict[str, str]:
        empty = {
            name for name in ("amount", "origin", "destination", "area") if not getattr(self.entry, name)
        }
        waiting = set() if self._pressed else empty - self._touched
        return {place: words for place, words in super().shown_faults.items() if place not in waiting}

    @override
    def still_there(self) -> bool:
        family = self._seen.family
        among = family.events if self._destiny is None else self._destiny.among(family)
        known = self.origin is None or any(one.id == self.origin.id for one in among)
        return known and {self.entry.person, self.entry.beneficiary} <= {one.id for one in family.people}

    @override
    def renew(self, seen: Review) -> bool:
        if self.sent is not None and _same(self.sent.family, seen.family):
            return False
        return super().renew(seen)

    # ------------------------------------------------------------------------------------------- in words

    @property
    def title(self) -> str:
        if self.origin is not None:
            words = self.tr("修改{what}") if self.is_fact else self.tr("改动{what}")
            return words.format(what=matter_name(self._seen.family, self.origin))
        return self.tr("记一件办理") if self.is_fact else self.tr("添加要办理的事")

    @property
    def verb(self) -> str:
        if self.is_fact and self.breaks_rules and not self.stale:
            return self.tr("照实记下")
        if self.origin is not None:
            return self.tr("保存")
        return self.tr("记入流水") if self.is_fact else self.tr("添加")

    @property
    def sayings(self) -> tuple[str, ...]:
        """What it would do: the money day by day, then insurance, bindings and credits."""
        if self.brings is None:
            return ()
        moves = (f"{one.on}：{'，'.join(str(part) for part in one.parts)}" for one in self.brings.moves)
        return (*moves, *(str(one) for one in self.brings.turns))

    @property
    @override
    def arising(self) -> tuple[Finding, ...]:
        """Of what is only expected, what the plan says of it: there the law is carried on."""
        about = () if self.brings is None or self.effect is None else self.brings.findings
        told = super().arising if self.is_fact else ()
        found = {finding_key(one): one for one in (*told, *about)}
        return tuple(sorted(found.values(), key=lambda one: _ORDER.index(one.severity)))

    @override
    def _take(self, effect: Effect) -> None:
        super()._take(effect)
        about = "" if self._tried is None else self._tried.about
        self.brings = matter_effect(self._seen, effect.then, about)

    # ---------------------------------------------------------------------------------------------- to choose

    @property
    def kinds(self) -> tuple[Choice, ...]:
        return tuple(Choice(kind, kind_word(kind)) for kind in MatterKind)

    @property
    def people(self) -> tuple[Choice, ...]:
        known, money = kinship(self._seen.family, self._seen.holder.id), self._look.money
        return tuple(
            Choice(one.id, money.person(known[one.id].word, one.name)) for one in self._seen.family.people
        )

    @property
    def payers(self) -> tuple[Choice, ...]:
        """Those with an account; whoever it is now is one in any case."""
        owners = {one.id for one in self._seen.family.people if one.account is not None}
        return tuple(one for one in self.people if one.key in {*owners, self.entry.person})

    @property
    def heirs(self) -> tuple[Choice, ...]:
        return (Choice(OUTSIDE, self.tr("不在家里的人")), *self.people)

    # -------------------------------------------------------------------------------------------- editing

    def choose_kind(self, key: str) -> None:
        """What was wrong in a field that this kind does not have is no longer asked for."""
        kind = MatterKind(key)
        if kind is self.entry.kind:
            return
        kept = {*FIELDS[kind], "on", "note"}
        self._troubles = {place: words for place, words in self._troubles.items() if place in kept}
        self._touched = {place for place in self._touched if place in kept}
        self._pressed = False
        self.edit("kind", kind=kind)

    def edit(self, place: str, trouble: str = "", **changes: object) -> None:
        """What cannot be read leaves the entry as it was, with the trouble in its place."""
        self._touch(place, trouble)
        if not trouble:
            self.entry = replace(self.entry, **changes)  # type: ignore[arg-type]
        self.check()

    def edit_area(self, place: str, words: str) -> None:
        self.edit(place, **{place: place_code(words)})

    def edit_time(self, words: str) -> None:
        at = typed_time(words)
        wrong = bool(words.strip()) and at is None
        self.edit("at", self.tr("请填几点几分，例如 14:30。") if wrong else "", at=at)


def typed_time(words: str) -> time | None:
    """
    >>> typed_time("9:05"), typed_time("22：30"), typed_time("25:00")
    (datetime.time(9, 5), datetime.time(22, 30), None)
    """
    hour, _, minute = words.strip().replace("：", ":").partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


def _same(one: Family, other: Family) -> bool:
    """The events, whatever order they are kept in, and the plan."""
    return (frozenset(one.events), one.plan) == (frozenset(other.events), other.plan)


def kind_word(kind: MatterKind) -> str:
    tr = QCoreApplication.translate
    return {
        MatterKind.ENROLMENT: tr("Matters", "参保登记"),
        MatterKind.ARREARS: tr("Matters", "补缴欠费"),
        MatterKind.TRANSFER: tr("Matters", "转移接续"),
        MatterKind.RETIREMENT: tr("Matters", "医保退休"),
        MatterKind.WALLET_TRANSFER: tr("Matters", "医保钱包转账"),
        MatterKind.WALLET_QUOTA: tr("Matters", "共济额度"),
        MatterKind.DEATH: tr("Matters", "去世"),
        MatterKind.PAYOUT: tr("Matters", "账户支取"),
    }[kind]


def enrolled_choices() -> tuple[Choice, ...]:
    return tuple(Choice(one, label(one)) for one in EnrolledAs)


def reason_choices() -> tuple[Choice, ...]:
    return tuple(Choice(one, label(one)) for one in PayoutReason)
