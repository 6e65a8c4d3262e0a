"""办理事项。What enrolling, moving, retiring and dying make of a family, and the money that they move.

`lived_through` is asked before anything is settled: how each is insured on a day follows from what was done
before it. A matter that a rule forbids changes nothing, and a finding says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.domain.account import Account
from desktop.domain.finding import Severity
from desktop.domain.matter import (
    AccountTransfer,
    ArrearsPaid,
    Death,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Coverage, Scheme, Status, pool_of, province_of
from desktop.domain.settlement import EntryKind, Posting, Side
from desktop.planning import enrolments
from desktop.planning.findings import Findings
from desktop.planning.last_year import plan_of
from desktop.planning.lives import before_day, grown, lived, valid_from
from desktop.planning.step import After, Rank, Step
from desktop.policy.book import day_after
from desktop.policy.policy import NotCovered
from desktop.rules import checks, closing, retirement, transfer
from desktop.rules.case import MatterCase
from desktop.rules.checks.payout_account_short import less_held
from desktop.rules.checks.payout_nothing_left import nothing_left
from desktop.rules.checks.policy_not_covered import matter_not_covered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.domain.clause import Clause
    from desktop.domain.event import Matter
    from desktop.domain.family import Family
    from desktop.domain.money import A
    from desktop.domain.people import Person
    from desktop.planning.bindings import Bindings
    from desktop.policy.book import Book

AtTheOffice = Enrolment | ArrearsPaid | AccountTransfer | Retirement | Death | Payout


@dataclass(frozen=True, slots=True)
class MatterDay:
    """办理当日: what stands when a matter came about, none of it the account's money.

    `arrives` is when an account that moves is there, None where there is none to move; `costs` what
    retiring costs for the months that were missing.
    """

    matter: AtTheOffice
    arrives: date | None = None
    costs: Money = NOTHING
    because: tuple[Clause, ...] = ()


class Lived(NamedTuple):
    """`done` are the matters that came about, by id."""

    family: Family
    done: Mapping[str, MatterDay]


def lived_through(family: Family, book: Book, until: date, findings: Findings) -> Family:
    """The family as its matters up to `until` (inclusive) leave it."""
    return handled(family, book, until, findings).family


def handled(family: Family, book: Book, until: date, findings: Findings) -> Lived:
    """The same, with what came of each matter."""
    matters = [one for one in family.events if isinstance(one, AtTheOffice) and one.on <= until]
    if not matters and not plan_of(family).wage_growth:
        return Lived(family, {})
    life = _Life(family, book, until, findings)
    # 同一天的，去世在其他事项之后，支取又在去世之后。
    for matter in sorted(
        matters, key=lambda one: (one.on, isinstance(one, Death) + 2 * isinstance(one, Payout))
    ):
        life.happens(matter)
    return life.so_far()


def as_lived(family: Family, book: Book, until: date) -> Family:
    """The family as its plan and all its matters, recorded and expected, leave it by a day."""
    plan = plan_of(family)
    then = lived(family, plan.life, until)
    if not any(isinstance(one, AtTheOffice) for one in (*family.events, *plan.expected)):
        return then
    whole = replace(then, events=(*then.events, *plan.expected))
    return replace(lived_through(whole, book, until, Findings()), events=family.events)


class _Life:
    """People and bindings as one matter after another changes them."""

    def __init__(self, family: Family, book: Book, until: date, findings: Findings) -> None:
        self._family, self._book, self._until, self._findings = family, book, until, findings
        self._people = {person.id: person for person in family.people}
        self._bindings = {binding.id: binding for binding in family.bindings}
        self._done: dict[str, MatterDay] = {}

    def so_far(self) -> Lived:
        family, bindings = self._family, tuple(self._bindings.values())
        # Wages grow from what people are paid in the end: where they enrolled anew, from that base.
        people = tuple(grown(one, family.plan, family.as_of, self._until) for one in self._people.values())
        return Lived(replace(family, people=people, bindings=bindings), self._done)

    def happens(self, matter: AtTheOffice) -> None:
        try:
            case = self._case(matter)
            found = [finding for check in checks.ON_MATTER for finding in check(case)]
            if isinstance(matter, Enrolment | ArrearsPaid):
                found += enrolments.judged(case.person, matter, self._book, self._family)
            # 办不成的，只说为什么办不成，不再提醒它的后果。
            hindered = [one for one in found if one.severity is Severity.ERROR]
            self._findings.add(hindered or found)
            if not hindered:
                day = self._changes(case)
                self._done[matter.id] = day
                self._findings.rests_on(matter.id, matter.on, day.because)
        except NotCovered as missing:
            self._findings.add([matter_not_covered((matter.id, matter.person), matter.on, missing)])

    def _case(self, matter: AtTheOffice) -> MatterCase:
        person = self._people[matter.person]
        area = person.area_on(matter.on)
        if isinstance(matter, AccountTransfer):
            area = matter.destination
        elif isinstance(matter, Enrolment):
            area = matter.area
        return MatterCase(
            matter=matter,
            person=person,
            area=area,
            law=self._book.law(area, matter.on),
            before=tuple(one.matter for one in self._done.values() if one.matter.person == person.id),
            bindings=tuple(
                one
                for one in self._family.bindings
                if person.id in {one.payer, one.beneficiary} and one.holds_on(matter.on)
            ),
            heir_died=self._death_of(matter.to) if isinstance(matter, Payout) else None,
        )

    def _death_of(self, person: str | None) -> Death | None:
        happened = (one.matter for one in self._done.values())
        return next((one for one in happened if isinstance(one, Death) and one.person == person), None)

    def _changes(self, case: MatterCase) -> MatterDay:
        """What comes of a matter that nothing forbids. Raises `NotCovered`."""
        match case.matter:
            case AccountTransfer() as moved:
                return self._moves(moved, case)
            case Retirement() as retired:
                return self._retires(retired, case)
            case Enrolment() as enrolled:
                self._put(enrolments.enrolled(case.person, enrolled, self._book, self._family))
            case ArrearsPaid() as paid:
                self._put(enrolments.paid_back(case.person, paid, self._book))
            case Death() as death:
                coverage = before_day(case.person.coverage, day_after(death.on))
                self._put(replace(case.person, coverage=tuple(coverage), died=death.on))
                self._end_bindings(death)
            case Payout() as payout:
                return MatterDay(payout, because=(closing.may_be_paid_out(payout.reason, case.law)[1],))
        return MatterDay(case.matter)

    def _moves(self, moved: AccountTransfer, case: MatterCase) -> MatterDay:
        how = transfer.moving(moved.origin, moved.destination, case.law)
        arrives, person = transfer.arrival(moved, how), case.person
        held = person.coverage_on(arrives)
        if held is None or pool_of(held.area) != pool_of(moved.destination):
            coverage = (*before_day(person.coverage, arrives), *_elsewhere(person, arrives, moved))
            person = replace(person, coverage=coverage)
        self._put(person)
        account = person.account
        there = account is not None and account.opened_on <= arrives
        return MatterDay(moved, arrives if there else None, because=how.because)

    def _retires(self, retired: Retirement, case: MatterCase) -> MatterDay:
        person, law, on = case.person, case.law, retired.on
        since = retirement.first_day_as_retiree(on, law)
        missing = retirement.shortfall(person, law, on, province_of(case.area))
        flexible = retirement.handled_as_flexible(person, on)
        costs = NOTHING
        because: tuple[Clause, ...] = (since,)
        if missing is not None and missing.months:
            paid = retirement.pay_up(missing.months, law, flexible=flexible)
            costs, because = paid.cost, (since, *paid.because)
        held = person.coverage_on(since.value)
        if held is None or held.status is not Status.RETIRED:
            as_retired = Coverage(Scheme.EMPLOYEE, Status.RETIRED, case.area, since.value)
            person = replace(person, coverage=(*before_day(person.coverage, since.value), as_retired))
        # 灵活就业期间没有账户的，从退休起才有。
        if person.account is None and flexible:
            person = replace(person, account=Account(since.value))
        self._put(person)
        return MatterDay(retired, costs=costs, because=because)

    def _put(self, person: Person) -> None:
        self._people[person.id] = person

    def _end_bindings(self, death: Death) -> None:
        for one in self._bindings.values():
            concerned = death.person in {one.payer, one.beneficiary}
            if concerned and one.since <= death.on < (one.until or date.max):
                self._bindings[one.id] = replace(one, until=death.on)


def _elsewhere(person: Person, arrives: date, moved: AccountTransfer) -> Iterator[Coverage]:
    """What was to come at the old place comes at the new one; who had stopped goes on there."""
    ahead = list(valid_from(person, arrives))
    for one in ahead:
        leaves = pool_of(one.area) == pool_of(moved.origin)
        yield replace(one, area=moved.destination) if leaves else one
    if not ahead:
        past = [one for one in person.coverage if one.scheme is Scheme.EMPLOYEE and one.since <= arrives]
        yield replace(max(past, key=lambda one: one.since), area=moved.destination, since=arrives, until=None)


# ------------------------------------------------------------------------------------------------------ money

Leg = tuple[Side, str, Any]
"""Between which sides money moves; amounts are plain, or one for each future."""


def moved_by(day: MatterDay, held: A) -> Iterator[tuple[EntryKind, list[Leg]]]:
    """What a matter moves on its day, while the account holds `held`; each kind's sums come to nothing."""
    matter = day.matter
    match matter:
        case AccountTransfer() if day.arrives is not None:
            # 整个账户划转；另有一处的旧余额转来的，只划那一笔。
            whole = matter.amount is None
            sent: Any = held if matter.amount is None else matter.amount
            left = (Side.ACCOUNT, matter.person) if whole else (Side.OPENING, "")
            yield EntryKind.TRANSFER_OUT, [(*left, -sent), (Side.TRANSIT, matter.person, sent)]
            if day.arrives <= matter.on:
                yield EntryKind.TRANSFER_IN, arrived(matter, sent)
        case Payout():
            yield EntryKind.PAYOUT, _paid_out(matter, held)
        case Retirement():
            cash = (Side.CASH, matter.person, -day.costs)
            yield EntryKind.RETIREMENT, [cash, (Side.CONTRIBUTION, "", day.costs)]
        case ArrearsPaid():
            yield EntryKind.ARREARS, list(enrolments.arrears_postings(matter))


def arrived(moved: AccountTransfer, sent: Any) -> list[Leg]:
    """转出多少，到账多少。"""
    return [(Side.TRANSIT, moved.person, -sent), (Side.ACCOUNT, moved.person, sent)]


def _paid_out(payout: Payout, held: Any) -> list[Leg]:
    # 旧医保卡里的钱不在账户里，有多少取多少；其余的从账户里取。
    gets = payout.to or payout.person
    if payout.reason is PayoutReason.OLD_CARD:
        amount: Any = payout.amount or NOTHING
        return [(Side.OPENING, "", -amount), (Side.CASH, gets, amount)]
    amount = closing.paid_out(payout.amount, held)
    return [(Side.ACCOUNT, payout.person, -amount), (Side.CASH, gets, amount)]


@dataclass(slots=True)
class Matters:
    """The money that matters move. `done` are those that came about."""

    bindings: Bindings
    done: Mapping[str, MatterDay] = field(default_factory=dict)
    sent: dict[str, Money] = field(default_factory=dict)
    """What left with an account that moves, by matter."""

    def move(self, matter: Matter) -> None:
        """A matter that did not come about moves nothing."""
        day = self.done.get(matter.id)
        if day is None:
            return
        accounts = self.bindings.accounts
        held = accounts.balance(matter.person)
        for kind, legs in moved_by(day, held):
            if kind is EntryKind.TRANSFER_OUT:
                self.sent[matter.id] = legs[-1][2]
            accounts.post(matter.on, kind, matter.id, [Posting(*leg) for leg in legs])
        law = self.bindings.book.law(self.bindings.people[matter.person].area_on(matter.on), matter.on)
        self.bindings.findings.settled(matter.id, matter.on, law)
        if isinstance(matter, Payout) and matter.reason is not PayoutReason.OLD_CARD:
            because = day.because[0]
            short = less_held(matter, held, because) if held else [nothing_left(matter, because)]
            self.bindings.findings.add(short)

    def later(self, _family: Family, until: date) -> Iterator[Step]:
        """What arrives on a later day, before anything else is paid on it."""
        for day in self.done.values():
            matter, arrives = day.matter, day.arrives
            if isinstance(matter, AccountTransfer) and arrives is not None and matter.on < arrives <= until:
                yield Step(arrives, Rank.CREDIT, After(matter), partial(self._arrive, matter, arrives))

    def _arrive(self, moved: AccountTransfer, on: date) -> None:
        legs = arrived(moved, self.sent[moved.id])
        self.bindings.accounts.post(on, EntryKind.TRANSFER_IN, moved.id, [Posting(*leg) for leg in legs])
