"""就诊结算。Settles one visit on what stands on its day, and posts who paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, Money, total
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
    from collections.abc import Iterable, Iterator
    from datetime import date

    from desktop.domain.care import Visit
    from desktop.domain.family import Settings
    from desktop.domain.people import Coverage, Person
    from desktop.planning.bindings import Bindings
    from desktop.planning.counters import Counters
    from desktop.policy.law import PurseLaw

_NOT_YET: Year[Money] = Year(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
_SIDES = {PurseKind.OWN: Side.ACCOUNT, PurseKind.MUTUAL_AID: Side.ACCOUNT, PurseKind.CASH: Side.CASH}


@dataclass(slots=True)
class Visits:
    settings: Settings
    bindings: Bindings
    counters: Counters

    def settle(self, visit: Visit) -> Settlement:
        """Raises `NotCovered` before any money moves."""
        patient = self.bindings.people[visit.patient]
        coverage = patient.coverage_on(visit.on)
        law = self.bindings.book.law(patient.area_on(visit.on) or visit.provider.area, visit.on)
        case = VisitCase(visit, patient, coverage, law)
        found = [finding for check in checks.ON_VISIT for finding in check(case)]
        self.bindings.findings.add(found)

        year = self._year(visit, coverage)
        slices = settlement.slices_of(visit, coverage, year, law, found)
        owed = burden(slices, NOTHING)
        # 不可以的，不从任何账户支付。
        barred = any(finding.severity is Severity.ERROR for finding in found)
        accounts = visit.use_account and not barred
        purse_law = law.purses(self.settings)
        used: list[Purse[Money]] = []
        purses: dict[str, Iterable[Purse[Money]]] = {
            PurseKind.OWN: self._own(patient, visit.on, purse_law) if accounts else (),
            PurseKind.MUTUAL_AID: self._payers(visit, owed) if accounts else (),
            PurseKind.CASH: [Purse(PurseKind.CASH, patient.id, None, purse_law.cash)],
        }
        turn = settlement.in_turn(purse_law.order, purses)
        payments = tuple(one for one in pay(owed, _kept(turn, used)) if one.amount)
        self._post(visit, slices, payments)
        done = Settlement(
            visit=visit,
            scheme=coverage.scheme if coverage is not None else None,
            slices=slices,
            payments=payments,
            year=year,
            balance_after=self.bindings.accounts.balance(patient.id),
            lacked=tuple(_lacked(used, payments)),
        )
        self.counters.count(done)
        self._remember(done, case)
        if accounts:
            self._say_what_cash_paid(done, case, purse_law)
        return done

    def _year(self, visit: Visit, coverage: Coverage | None) -> Year[Money]:
        if coverage is None:
            return _NOT_YET
        return self.counters.year(visit.patient, coverage.scheme, visit.setting, visit.on)

    def _own(self, patient: Person, day: date, law: PurseLaw) -> Iterator[Purse[Money]]:
        accounts = self.bindings.accounts
        self.bindings.say_if_unopened(patient, day)
        if accounts.is_open(patient.id):
            yield Purse(PurseKind.OWN, patient.id, accounts.balance(patient.id), law.own_account)

    def _payers(self, visit: Visit, owed: dict[Part, Money]) -> Iterator[Purse[Money]]:
        """The payers' purses, one each, asked only when something is left that it may pay."""
        asked: set[str] = set()
        for binding in self.bindings.paying_for(visit.patient, visit.on):
            if binding.payer in asked:
                continue
            payer = self.bindings.people[binding.payer]
            law = self.bindings.book.law(payer.area_on(visit.on), visit.on).purses(self.settings)
            wanted = any(owed[part] for part, rule in law.mutual_aid.items() if rule.value)
            if wanted and self.bindings.may_pay(binding, visit.on, visit.id):
                asked.add(payer.id)
                balance = self.bindings.accounts.balance(payer.id)
                yield Purse(PurseKind.MUTUAL_AID, payer.id, balance, law.mutual_aid)

    def _post(
        self, visit: Visit, slices: tuple[Slice[Money], ...], payments: tuple[Payment[Money], ...]
    ) -> None:
        fund = [one.amount for one in slices if one.part in {Part.POOL, Part.CRITICAL}]
        postings = [Posting(Side.PROVIDER, "", visit.charges.total_fee)]
        postings += [Posting(Side.FUND, "", -amount) for amount in fund]
        postings += [Posting(_SIDES[one.purse], one.holder, -one.amount) for one in payments]
        self.bindings.accounts.post(visit.on, EntryKind.VISIT, visit.id, postings)

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


def _lacked(used: list[Purse[Money]], payments: tuple[Payment[Money], ...]) -> Iterator[tuple[str, Money]]:
    for purse in used:
        cash = [one for one in payments if one.purse is PurseKind.CASH and purse.pays_for[one.part].value]
        if purse.kind is not PurseKind.CASH and not purse.balance and cash:
            yield purse.holder, total(one.amount for one in cash)


def _kept(turn: Iterator[Purse[Money]], used: list[Purse[Money]]) -> Iterator[Purse[Money]]:
    for purse in turn:
        used.append(purse)
        yield purse
