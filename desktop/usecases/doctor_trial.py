"""试一次。The family as the answers complete it, and one payment settled in it by the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.account import Account
from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Charges, Facility, Level, Provider, Purpose, Setting, Visit
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.premium import PremiumPayment
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.planning.findings import Findings
from desktop.planning.kinship import ties
from desktop.planning.ledger import keep
from desktop.planning.matters import lived_through
from desktop.planning.timeline import holder_of
from desktop.rules.contribution import has_account
from desktop.rules.premium import year_paid_for
from desktop.usecases.changes import free_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.domain.family import Family
    from desktop.planning.ledger import Ledger
    from desktop.policy.book import Book
    from desktop.policy.law import Law

_LONG_AGO = date(2000, 1, 1)
_ENOUGH = Money.yuan(
    1000
)  # more than the bill of the trial: an account that is said to hold money pays it all
_BILL = Charges(Money.yuan(100), NOTHING, NOTHING, NOTHING, NOTHING)
_NOWHERE = "990000"  # some other province; which one makes no difference


class Asked(StrEnum):
    """What may be asked, in this order; no way through asks more than these six."""

    BOUND = "bound"
    PAYER = "payer"
    RELATION = "relation"
    PATIENT = "patient"
    BALANCE = "balance"
    PAID_FOR = "paid_for"


class Bound(StrEnum):
    """What was bound on the phone, where the family has no record of a binding."""

    SHARED = "shared"
    SHARED_THEN_MOVED = "moved"
    WALLET = "wallet"
    CODE_ONLY = "code_only"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Outsider(StrEnum):
    """A payer who is not one of the family in this book."""

    SAME_PROVINCE = "outside"
    OTHER_PROVINCE = "outside_elsewhere"


class Patient(StrEnum):
    """How the patient is insured, or only (`HAS`, `HAS_NOT`) whether their own account holds money."""

    EMPLOYEE_WITH_MONEY = "employee_with_money"
    EMPLOYEE_EMPTY = "employee_empty"
    RESIDENT = "resident"
    NOT_INSURED = "not_insured"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"
    HAS = "has"
    HAS_NOT = "has_not"


class Balance(StrEnum):
    """What is left in the payer's account. This and earlier years are told apart where the law does."""

    SOME = "some"
    ONLY_THIS_YEAR = "only_this_year"
    NONE = "none"
    ON_CARD = "on_card"
    UNKNOWN = "unknown"


class PaidFor(StrEnum):
    HOSPITAL = "hospital"
    PHARMACY = "pharmacy"
    GOODS = "goods"
    PREVENTION = "prevention"
    NOT_DESIGNATED = "not_designated"
    PREMIUM = "premium"


RELATIONS: Mapping[str, Relation] = {
    "immediate": Relation.PARENT,
    "sibling": Relation.SIBLING,
    "two_generations": Relation.GRANDPARENT,
    "in_law": Relation.PARENT_IN_LAW,
    "other": Relation.OTHER,
}
"""Kinds of relative that the law has always named together: one of each stands for them all."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Who could not use whose account on which day, and what has been answered so far.

    `lived` is the family as its own matters (enrolments, moves …) have made it by that day.
    """

    family: Family
    lived: Family
    book: Book
    day: date
    patient: Person
    answers: Mapping[str, str]

    def answer(self, asked: Asked) -> str:
        return self.answers.get(asked, "")

    @property
    def bindings(self) -> tuple[Binding, ...]:
        """On record for the patient, whenever."""
        return tuple(one for one in self.lived.bindings if one.beneficiary == self.patient.id)

    @property
    def held(self) -> tuple[Binding, ...]:
        """On record for the day; those of one payer where another one's account is not meant."""
        held = tuple(one for one in self.bindings if one.holds_on(self.day))
        return tuple(one for one in held if self.answer(Asked.PAYER) in {"", one.payer})

    @property
    def event(self) -> Visit | PremiumPayment | None:
        """What is on record of the day; the last one of several."""
        found: Visit | PremiumPayment | None = None
        for one in self.family.events:
            mine = isinstance(one, Visit) and one.patient == self.patient.id
            mine |= isinstance(one, PremiumPayment) and one.insured == self.patient.id
            if mine and one.on == self.day and isinstance(one, Visit | PremiumPayment):
                found = one
        return found

    @property
    def payer(self) -> Person | None:
        """Whose account was meant; None: nobody's of this book."""
        recorded = (*self.held, *reversed(self.bindings))
        known = self.answer(Asked.PAYER) or next((one.payer for one in recorded), "")
        return next((one for one in self.lived.people if one.id == known), None)

    @property
    def relation(self) -> Relation | None:
        """What the patient is to the payer, where the records or an answer tell."""
        for one in self.held:
            return one.relation
        if self.payer is not None:
            tie = ties(self.family, holder_of(self.family)).get((self.payer.id, self.patient.id))
            if tie is not None:
                return tie.relation
        return RELATIONS.get(self.answer(Asked.RELATION))

    @property
    def law(self) -> Law:
        """The payer's, as for every binding."""
        payer = self.payer
        area = "" if payer is None else payer.area_on(self.day)
        return self.book.law(area or self.home, self.day)

    @property
    def home(self) -> str:
        """Where the patient is insured, else the holder."""
        holder = self.lived.person(holder_of(self.family))
        return self.patient.area_on(self.day) or holder.area_on(self.day)

    def knows_balance(self, person: Person) -> bool:
        """Whether the book says what an account holds; someone who can have none holds nothing."""
        if person.account is not None:
            return person.account.opened_on <= self.day
        return not has_account(
            person.coverage_on(self.day), self.book.law(person.area_on(self.day), self.day)
        )


def complaint(family: Family, book: Book, day: date, patient: str) -> Complaint:
    """Nothing answered yet. Raises `KeyError` for an unknown person."""
    lived = lived_through(family, book, day, Findings())
    return Complaint(family, lived, book, day, lived.person(patient), {})


@dataclass(frozen=True, slots=True)
class Trial:
    """`event` is what was to be paid, `payer` whose account was meant; `records` are the ids of whatever was
    to help: the bindings, and money given to the patient's wallet.
    """

    ledger: Ledger
    event: str
    records: frozenset[str]
    payer: str


def tried(case: Complaint) -> Trial:
    """Settle what could not be paid: as it is recorded, else a small bill of the kind that was named.

    What has not been answered is taken to be in order, so that a cause found now will not go away.
    """
    family = replace(case.family, holder=holder_of(case.family))
    payer = case.payer.id if case.payer is not None else free_id(family, "payer")
    people = tuple(_completed(case, family.people, payer))
    bindings = case.held or (_assumed(case, payer, free_id(family, "trial")),)
    event = _event(case, payer, free_id(family, "trial-event"))
    given = tuple(_given(case, payer, free_id(family, "trial-quota")))
    others = (one for one in family.events if one.id != event.id)
    laid = replace(
        family,
        people=people,
        bindings=(*family.bindings, *(() if case.held else bindings)),
        events=(*others, *given, event),
    )
    ledger = keep(laid, case.book, case.day)
    to_wallet = (one for one in laid.events if isinstance(one, WalletTransfer | WalletQuota))
    records = {*(one.id for one in to_wallet if one.beneficiary == case.patient.id)}
    return Trial(ledger, event.id, frozenset(records | {one.id for one in bindings}), payer)


def _assumed(case: Complaint, payer: str, name: str) -> Binding:
    channel = Channel.WALLET if case.answer(Asked.BOUND) == Bound.WALLET else Channel.IN_PROVINCE
    relation = case.relation or Relation.OTHER
    return Binding(name, payer, case.patient.id, relation, channel, case.day)


def _given(case: Complaint, payer: str, name: str) -> Iterator[WalletTransfer | WalletQuota]:
    """Who says that it was the wallet is taken to have got enough for the bill into it, by the day's way."""
    if case.answer(Asked.BOUND) != Bound.WALLET:
        return
    policy, amount = case.law.policy, _BILL.total_fee
    if case.law.optional(lambda: policy.flag("wallet.quota_frozen", channel="wallet_quota")) is not None:
        yield WalletQuota(name, case.day, payer, case.patient.id, amount)
    else:
        yield WalletTransfer(name, case.day, payer, case.patient.id, amount)


def _completed(case: Complaint, people: tuple[Person, ...], payer: str) -> Iterator[Person]:
    """What an answer says of the patient and the payer, where the book is silent."""
    for one in people:
        if one.id == case.patient.id:
            yield _answered_patient(case, one)
        elif one.id == payer and (case.answer(Asked.BALANCE) or not case.knows_balance(one)):
            yield replace(one, account=_account(case))
        else:
            yield one
    if case.payer is None:
        elsewhere = case.answer(Asked.PAYER) == Outsider.OTHER_PROVINCE
        area = _NOWHERE if elsewhere else case.home
        insured = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, area, _LONG_AGO)
        yield Person(payer, "这位共济人", (insured,), _account(case))


def _answered_patient(case: Complaint, person: Person) -> Person:
    answer = case.answer(Asked.PATIENT)
    coverage, account = person.coverage, person.account
    scheme = Scheme.EMPLOYEE if answer.startswith(Scheme.EMPLOYEE) else Scheme.RESIDENT
    if not coverage and answer != Patient.NOT_INSURED:
        area = _NOWHERE if answer == Patient.ELSEWHERE else case.home
        coverage = (Coverage(scheme, Status.ACTIVE, area, _LONG_AGO),)
    if answer in {Patient.EMPLOYEE_WITH_MONEY, Patient.HAS}:
        account = Account(case.day, _ENOUGH)
    return replace(person, coverage=coverage, account=account)


def _account(case: Complaint) -> Account:
    """What the payer is said to have; who does not know is taken to have some."""
    empty = case.answer(Asked.BALANCE) in {Balance.NONE, Balance.ON_CARD}
    return Account(case.day, NOTHING if empty else _ENOUGH)


def _event(case: Complaint, payer: str, name: str) -> Visit | PremiumPayment:
    recorded = case.event
    if isinstance(recorded, PremiumPayment):
        return replace(recorded, paid_from=payer)
    if recorded is not None:
        return replace(recorded, use_account=True)
    paid_for = case.answer(Asked.PAID_FOR)
    if paid_for == PaidFor.PREMIUM:
        return PremiumPayment(name, case.day, case.patient.id, year_paid_for(case.day), None, payer)
    pharmacy = paid_for == PaidFor.PHARMACY
    provider = Provider(
        Facility.PHARMACY if pharmacy else Facility.HOSPITAL,
        paid_for != PaidFor.NOT_DESIGNATED,
        case.home,
        None if pharmacy else Level.GRASSROOTS,
    )
    return Visit(
        name,
        case.day,
        case.patient.id,
        Setting.PHARMACY if pharmacy else Setting.OUTPATIENT,
        provider,
        _BILL,
        purpose=Purpose.GOODS if paid_for == PaidFor.GOODS else Purpose.TREATMENT,
    )
