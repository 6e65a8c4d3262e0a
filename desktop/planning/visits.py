"""就诊结算。Settles one visit on what stands on its day, and posts who paid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
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
from desktop.planning.bonuses import bonus_on
from desktop.rules import checks, settlement
from desktop.rules.case import FrozenCase, VisitCase
from desktop.rules.checks.visit_item_not_payable import out_of_scope_in_cash
from desktop.rules.checks.wallet_frozen_quota_spent import frozen_quota_spent
from desktop.rules.purse import Purse, burden, pay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.binding import Binding
    from desktop.domain.care import Charges, Visit
    from desktop.domain.family import Settings
    from desktop.domain.finding import Finding
    from desktop.planning.bindings import Bindings
    from desktop.planning.counters import Counters
    from desktop.policy.law import PurseLaw, WalletLaw
    from desktop.policy.policy import Term

NOT_YET: Year[Money] = Year(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
_SIDES = {
    PurseKind.OWN: Side.ACCOUNT,
    PurseKind.WALLET: Side.WALLET,
    PurseKind.QUOTA: Side.QUOTA,
    PurseKind.MUTUAL_AID: Side.ACCOUNT,
    PurseKind.CASH: Side.CASH,
}
ACCOUNTS = frozenset({PurseKind.OWN, PurseKind.MUTUAL_AID})
"""The purses that are accounts: of what is set aside for someone nobody says that it was too little."""

Asked = Callable[[Mapping[Part, A]], Iterable[Purse[A]]]
"""The purses of one kind, given what is owed; each is asked only when its turn has come."""


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

    @property
    def wallet(self) -> WalletLaw:
        """Asked only for who was given something through a wallet. Raises `NotCovered`."""
        return self.case.law.wallet(self.settings)


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
            if purse.kind in ACCOUNTS and short:
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
    purses: Mapping[PurseKind, Asked[A]],
) -> Paid[A]:
    """The money of one visit, or of the same visit in many futures. Raises `NotCovered`."""
    patient = day.case.patient.id
    slices = settlement.slices_of(day.case, charges, year, day.found)
    owed: dict[Part, A] = burden(slices, NOTHING)  # type: ignore[arg-type]
    asked: dict[str, Iterable[Purse[A]]] = {
        PurseKind.CASH: [Purse(PurseKind.CASH, patient, None, day.purses.cash)]
    }
    if day.accounts:
        asked |= {kind: ask(owed) for kind, ask in purses.items()}
    order = day.wallet.order.value if PurseKind.WALLET in asked else day.purses.order
    used: list[Purse[A]] = []
    turn = settlement.in_turn(order, asked)
    payments = tuple(one for one in pay(owed, _kept(turn, used)) if one.amount)
    return Paid(slices, payments, tuple(used))


def moves(paid: Paid[A], total_fee: A) -> list[tuple[Side, str, A]]:
    """Between which sides the money of a visit moves; the sums come to nothing."""
    fund = [one.amount for one in paid.slices if one.part in {Part.POOL, Part.CRITICAL}]
    return [
        (Side.PROVIDER, "", total_fee),
        *((Side.FUND, "", -amount) for amount in fund),
        *((*pocket_of(one), -one.amount) for one in paid.payments),
    ]


def pocket_of(one: Purse[A] | Payment[A]) -> tuple[Side, str]:
    """Where the money of a purse lies."""
    kind = one.kind if isinstance(one, Purse) else one.purse
    return _SIDES[kind], one.relation or one.holder


@dataclass(slots=True)
class Visits:
    settings: Settings
    bindings: Bindings
    counters: Counters[Money]
    cash_from: date = date.max
    """The first day that is only planned."""

    def day_of(self, visit: Visit) -> VisitDay:
        """Judge a visit on its day. Raises `NotCovered`."""
        patient = self.bindings.people[visit.patient]
        law = self.bindings.book.law(patient.area_on(visit.on) or visit.provider.area, visit.on)
        extra = bonus_on(visit, patient, self.bindings.book, self.counters, self.cash_from.year)
        case = VisitCase(visit, patient, patient.coverage_on(visit.on), law, extra)
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
        paid = settled(day, visit.charges, year, self._purses(day))
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
            self._say_what_is_frozen(done, day.case)
        return done

    def quotas_on(
        self, visit: Visit, asked: Callable[[Binding, WalletLaw], bool]
    ) -> Iterator[tuple[Binding, WalletLaw]]:
        """By which wallet relations a visit may be paid from a quota, with the law of each payer.

        A relation is judged only where `asked` says that it is wanted.
        """
        for relation in self.bindings.quotas_for(visit.patient, visit.on):
            payer = self.bindings.people[relation.payer]
            law = self.bindings.book.law(payer.area_on(visit.on), visit.on).wallet(self.settings)
            if asked(relation, law) and self.bindings.may_give(relation, visit.on, visit.id):
                yield relation, law

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

    def _purses(self, day: VisitDay) -> dict[PurseKind, Asked[Money]]:
        visit = day.case.visit
        purses: dict[PurseKind, Asked[Money]] = {
            PurseKind.OWN: partial(self._own, day),
            PurseKind.MUTUAL_AID: partial(self._payers, visit),
        }
        if visit.patient in self.bindings.given:
            purses[PurseKind.WALLET] = partial(self._wallet, day)
            purses[PurseKind.QUOTA] = partial(self._quotas, visit)
        return purses

    def _own(self, day: VisitDay, _owed: Mapping[Part, Money]) -> Iterator[Purse[Money]]:
        accounts, patient = self.bindings.accounts, day.case.patient
        self.bindings.say_if_unopened(patient, day.case.visit.on)
        if accounts.is_open(patient.id):
            yield Purse(PurseKind.OWN, patient.id, accounts.balance(patient.id), day.purses.own_account)

    def _wallet(self, day: VisitDay, _owed: Mapping[Part, Money]) -> Iterator[Purse[Money]]:
        patient = day.case.patient.id
        held = self.bindings.accounts.held((Side.WALLET, patient))
        if held:
            yield Purse(PurseKind.WALLET, patient, held, day.wallet.pays_for)

    def _quotas(self, visit: Visit, owed: Mapping[Part, Money]) -> Iterator[Purse[Money]]:
        """The quotas, asked only when something is left that they may pay, and with which to pay it."""
        accounts = self.bindings.accounts

        def is_wanted(relation: Binding, law: WalletLaw) -> bool:
            return bool(accounts.held((Side.QUOTA, relation.id))) and _is_owed(owed, law.pays_for)

        for relation, law in self.quotas_on(visit, is_wanted):
            held = accounts.held((Side.QUOTA, relation.id))
            yield Purse(PurseKind.QUOTA, relation.payer, held, law.pays_for, relation.id)

    def _payers(self, visit: Visit, owed: Mapping[Part, Money]) -> Iterator[Purse[Money]]:
        """The payers' purses, asked only when something is left that they may pay."""
        for payer, law in self.payers_on(visit, lambda law: _is_owed(owed, law.mutual_aid)):
            balance = self.bindings.accounts.balance(payer)
            yield Purse(PurseKind.MUTUAL_AID, payer, balance, law.mutual_aid)

    def _remember(self, done: Settlement, case: VisitCase) -> None:
        """What this result rests on."""
        findings, visit = self.bindings.findings, done.visit
        clauses = [clause for one in done.slices if one.amount for clause in one.because]
        clauses += [one.because for one in done.payments]
        if any(one.purse in {PurseKind.WALLET, PurseKind.QUOTA} for one in done.payments) and any(
            self.bindings.paying_for(visit.patient, visit.on)
        ):
            clauses.append(case.law.wallet(self.settings).order)
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

    def _say_what_is_frozen(self, done: Settlement, case: VisitCase) -> None:
        """Whether the patient's own account lacked money while some of it was set aside for others."""
        lacked = dict(done.lacked).get(case.patient.id)
        if lacked is not None:
            frozen = self.bindings.frozen(case.patient.id)
            of = FrozenCase(done.visit.id, done.visit.on, case.patient, lacked, frozen, case.law)
            self.bindings.findings.add(frozen_quota_spent(of))


def _is_owed(owed: Mapping[Part, Money], pays_for: Mapping[Part, Term[bool]]) -> bool:
    return any(owed[part] for part, rule in pays_for.items() if rule.value)


def _kept(turn: Iterator[Purse[A]], used: list[Purse[A]]) -> Iterator[Purse[A]]:
    for purse in turn:
        used.append(purse)
        yield purse
