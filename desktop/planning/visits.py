"""就诊结算。Settles one visit on what stands on its day, and posts who paid."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING, Generic

from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, A, Money, summed
from desktop.domain.settlement import (
    EntryKind,
    Part,
    Payment,
    Posting,
    PurseKind,
    Settlement,
    Side,
    Slice,
    Year,
)
from desktop.rules import checks, settlement
from desktop.rules.case import VisitCase
from desktop.rules.checks.visit_item_not_payable import out_of_scope_in_cash
from desktop.rules.purse import Purse, burden, pay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from desktop.domain.care import Charges, Visit
    from desktop.domain.family import Settings
    from desktop.domain.finding import Finding
    from desktop.planning.bindings import Bindings
    from desktop.planning.counters import Counters
    from desktop.policy.law import PurseLaw

NOT_YET: Year[Money] = Year(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
_SIDES = {PurseKind.OWN: Side.ACCOUNT, PurseKind.MUTUAL_AID: Side.ACCOUNT, PurseKind.CASH: Side.CASH}


@dataclass(frozen=True, slots=True)
class VisitDay:
    """就诊当日: what stands when a visit is settled, none of it money.

    `found` is what the visit breaks; `accounts` whether any account may pay for it.
    """

    case: VisitCase
    found: tuple[Finding, ...]
    settings: Settings
    accounts: bool

    @property
    def purses(self) -> PurseLaw:
        """Asked once the bill is cut: what is not known of treatment is told first. Raises `NotCovered`."""
        return self.case.law.purses(self.settings)


@dataclass(frozen=True, slots=True)
class Paid(Generic[A]):
    """How a bill was cut and paid; `used` are the purses that were asked, as they were left."""

    slices: tuple[Slice[A], ...]
    payments: tuple[Payment[A], ...]
    used: tuple[Purse[A], ...]

    def lacked(self) -> Iterator[tuple[str, A]]:
        """By holder: what fell to cash although the holder's account may pay it, because it ran dry."""
        for purse in self.used:
            short = self.lacked_by(purse)
            if purse.kind is not PurseKind.CASH and short:
                yield purse.holder, short

    def lacked_by(self, purse: Purse[A]) -> A:
        return summed(
            [
                one.amount
                for one in self.payments
                if one.purse is PurseKind.CASH and purse.pays_for[one.part].value
            ]
        )


def settled(
    day: VisitDay,
    charges: Charges[A],
    year: Year[A],
    own: Iterable[Purse[A]],
    payers: Callable[[Mapping[Part, A]], Iterable[Purse[A]]],
) -> Paid[A]:
    """The money of one visit, or of the same visit in many futures. Raises `NotCovered`.

    `own` is the patient's account, `payers` gives those of the payers for what is owed; each is asked only
    when its turn has come.
    """
    patient = day.case.patient.id
    slices = settlement.slices_of(day.case, charges, year, day.found)
    owed: dict[Part, A] = burden(slices, NOTHING)  # type: ignore[arg-type]
    purses: dict[str, Iterable[Purse[A]]] = {
        PurseKind.OWN: own if day.accounts else (),
        PurseKind.MUTUAL_AID: payers(owed) if day.accounts else (),
        PurseKind.CASH: [Purse(PurseKind.CASH, patient, None, day.purses.cash)],
    }
    used: list[Purse[A]] = []
    turn = settlement.in_turn(day.purses.order, purses)
    payments = tuple(one for one in pay(owed, _kept(turn, used)) if one.amount)
    return Paid(slices, payments, tuple(used))


def moves(paid: Paid[A], total_fee: A) -> list[tuple[Side, str, A]]:
    """Between which sides the money of a visit moves; the sums come to nothing."""
    fund = [one.amount for one in paid.slices if one.part in {Part.POOL, Part.CRITICAL}]
    return [
        (Side.PROVIDER, "", total_fee),
        *((Side.FUND, "", -amount) for amount in fund),
        *((_SIDES[one.purse], one.holder, -one.amount) for one in paid.payments),
    ]


@dataclass(slots=True)
class Visits:
    settings: Settings
    bindings: Bindings
    counters: Counters[Money]

    def day_of(self, visit: Visit) -> VisitDay:
        """Judge a visit on its day. Raises `NotCovered`."""
        patient = self.bindings.people[visit.patient]
        law = self.bindings.book.law(patient.area_on(visit.on) or visit.provider.area, visit.on)
        case = VisitCase(visit, patient, patient.coverage_on(visit.on), law)
        found = tuple(finding for check in checks.ON_VISIT for finding in check(case))
        self.bindings.findings.add(found)
        # 不可以的，不从任何账户支付。
        barred = any(finding.severity is Severity.ERROR for finding in found)
        return VisitDay(case, found, self.settings, visit.use_account and not barred)

    def settle(self, visit: Visit) -> Settlement:
        """Raises `NotCovered` before any money moves."""
        day = self.day_of(visit)
        coverage = day.case.coverage
        year = NOT_YET
        if coverage is not None:
            year = self.counters.year(visit.patient, coverage.scheme, visit.setting, visit.on)
        paid = settled(day, visit.charges, year, self._own(day), lambda owed: self._payers(visit, owed))
        moved = moves(paid, visit.charges.total_fee)
        self.bindings.accounts.post(visit.on, EntryKind.VISIT, visit.id, starmap(Posting, moved))
        done = Settlement(
            visit=visit,
            scheme=coverage.scheme if coverage is not None else None,
            slices=paid.slices,
            payments=paid.payments,
            year=year,
            balance_after=self.bindings.accounts.balance(visit.patient),
            lacked=tuple(paid.lacked()),
        )
        self.counters.count(visit, done.scheme, done.slices)
        self._remember(done, day.case)
        if day.accounts:
            self._say_what_cash_paid(done, day.case, day.purses)
        return done

    def payers_on(self, visit: Visit, asked: Callable[[PurseLaw], bool]) -> Iterator[tuple[str, PurseLaw]]:
        """Whose accounts may pay for a visit as mutual aid, one each, with the law of each.

        A payer is judged only where `asked` says of their law that they are wanted.
        """
        known: set[str] = set()
        for binding in self.bindings.paying_for(visit.patient, visit.on):
            if binding.payer in known:
                continue
            payer = self.bindings.people[binding.payer]
            law = self.bindings.book.law(payer.area_on(visit.on), visit.on).purses(self.settings)
            if asked(law) and self.bindings.may_pay(binding, visit.on, visit.id):
                known.add(payer.id)
                yield payer.id, law

    def _own(self, day: VisitDay) -> Iterator[Purse[Money]]:
        accounts, patient = self.bindings.accounts, day.case.patient
        self.bindings.say_if_unopened(patient, day.case.visit.on)
        if accounts.is_open(patient.id):
            yield Purse(PurseKind.OWN, patient.id, accounts.balance(patient.id), day.purses.own_account)

    def _payers(self, visit: Visit, owed: Mapping[Part, Money]) -> Iterator[Purse[Money]]:
        """The payers' purses, asked only when something is left that they may pay."""

        def is_wanted(law: PurseLaw) -> bool:
            return any(owed[part] for part, rule in law.mutual_aid.items() if rule.value)

        for payer, law in self.payers_on(visit, is_wanted):
            balance = self.bindings.accounts.balance(payer)
            yield Purse(PurseKind.MUTUAL_AID, payer, balance, law.mutual_aid)

    def _remember(self, done: Settlement, case: VisitCase) -> None:
        """What this result rests on."""
        findings, visit = self.bindings.findings, done.visit
        clauses = [clause for one in done.slices if one.amount for clause in one.because]
        clauses += [one.because for one in done.payments]
        findings.rests_on(visit.id, visit.on, clauses)
        findings.settled(visit.id, visit.on, case.law)

    def _say_what_cash_paid(self, done: Settlement, case: VisitCase, own: PurseLaw) -> None:
        """Whether 自费 fell to cash beside an account that still holds money and may not pay it."""
        part, visit = Part.OUT_OF_SCOPE, done.visit
        in_cash = [one for one in done.payments if (one.purse, one.part) == (PurseKind.CASH, part)]
        if not in_cash:
            return
        rules = [(case.patient.id, own.own_account[part])]
        for binding in self.bindings.paying_for(visit.patient, visit.on):
            area = self.bindings.people[binding.payer].area_on(visit.on)
            law = self.bindings.book.law(area, visit.on).purses(self.settings)
            rules.append((binding.payer, law.mutual_aid[part]))
        for holder, rule in rules:
            if self.bindings.accounts.balance(holder) and not rule.value:
                self.bindings.findings.add([out_of_scope_in_cash(case, in_cash[0].amount, rule)])
                return


def _kept(turn: Iterator[Purse[A]], used: list[Purse[A]]) -> Iterator[Purse[A]]:
    for purse in turn:
        used.append(purse)
        yield purse
