"""代缴与退费。Pays a resident's premium, and takes earlier events back, on what stands on the day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING, total
from desktop.domain.settlement import EntryKind, Posting, PremiumPaid, PurseKind, Refunded, Settlement, Side
from desktop.planning.counters import ONCE, taken_back
from desktop.rules import checks, premium
from desktop.rules.case import PremiumCase, RefundCase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.domain.money import Money
    from desktop.domain.premium import PremiumPayment, Refund
    from desktop.planning.bindings import Bindings
    from desktop.planning.counters import Counters
    from desktop.policy.law import Law
    from desktop.policy.policy import Term


@dataclass(frozen=True, slots=True)
class PremiumDay:
    """缴费当日: what stands when a premium is paid. `found` is what it breaks."""

    case: PremiumCase
    standard: Term[Money] | None
    found: tuple[Finding, ...]

    @property
    def happens(self) -> bool:
        """Where `bound` is None, a refused binding already says why the account may not pay."""
        return self.case.bound is not None and not _forbidden(self.found)


@dataclass(slots=True)
class Premiums:
    """From `cash_from` on, a premium that its account is too small for is paid in cash instead."""

    bindings: Bindings
    counters: Counters[Money]
    cash_from: date = date.max
    done: dict[str, Settlement | PremiumPaid] = field(default_factory=dict)
    """What was settled and not taken back, by event id."""

    def pay(self, payment: PremiumPayment) -> PremiumPaid | None:
        """None: it did not happen, and a finding says why. Raises `NotCovered` before any money moves."""
        holder = payment.paid_from
        balance = None if holder is None else self.bindings.accounts.balance(holder)
        if holder is None or balance is None or payment.on < self.cash_from:
            return self._pay(self.day_of(payment, balance))
        day = self.day_of(payment, None)
        if day.happens and not premium.paid_in_full(day.case.amount, balance):
            return self._pay(
                self.day_of(replace(payment, paid_from=None), None), (holder, day.case.amount - balance)
            )
        return self._pay(day)

    def day_of(self, payment: PremiumPayment, balance: Money | None) -> PremiumDay:
        """Judge a payment on its day; `balance` None: whatever the account holds. Raises `NotCovered`."""
        insured = self.bindings.people[payment.insured]
        law = self._law(payment, payment.on)
        year_law = self._law(payment, date(payment.benefit_year, 1, 1))
        standard, amount = self._standard(payment, year_law)
        case = PremiumCase(
            payment=payment,
            insured=insured,
            now=insured.coverage_on(payment.on),
            then=insured.coverage_on(max(payment.on, date(payment.benefit_year, 1, 1))),
            law=law,
            year_law=year_law,
            amount=amount,
            paid_before=self._paid_before(payment),
            bound=self._may_pay(payment, law),
            balance=balance,
        )
        return PremiumDay(case, standard, tuple(one for check in checks.ON_PREMIUM for one in check(case)))

    def _pay(self, day: PremiumDay, *lacked: tuple[str, Money]) -> PremiumPaid | None:
        findings, payment, amount = self.bindings.findings, day.case.payment, day.case.amount
        findings.add(day.found)
        if not day.happens:
            return None
        self.bindings.accounts.post(payment.on, EntryKind.PREMIUM, payment.id, postings_of(payment, amount))
        findings.rests_on(payment.id, payment.on, [] if day.standard is None else [day.standard])
        findings.settled(payment.id, payment.on, day.case.law)
        paid = PremiumPaid(payment, amount, payment.paid_from, day.standard, lacked)
        self.done[payment.id] = paid
        return paid

    def refund(self, refund: Refund) -> Refunded | None:
        """None: there was nothing to return, or it came too late. Raises `NotCovered`."""
        accounts = self.bindings.accounts
        of = self.done.get(refund.of)
        payment = of.payment if isinstance(of, PremiumPaid) else None
        person = (
            payment.insured if payment is not None else of.visit.patient if isinstance(of, Settlement) else ""
        )
        area = self.bindings.people[person].area_on(refund.on) if person else ""
        law = self.bindings.book.law(area, refund.on)
        year_law = self._law(payment, date(payment.benefit_year, 1, 1)) if payment is not None else None
        case = RefundCase(refund, payment, law, year_law, standing=of is not None)
        found = [finding for check in checks.ON_REFUND for finding in check(case)]
        self.bindings.findings.add(found)
        if of is None or _forbidden(found):
            return None
        # 各账户付了多少，退回多少，绑定已经结束的也一样。
        kind = EntryKind.VISIT if payment is None else EntryKind.PREMIUM
        moved = accounts.moved_by(kind, refund.of)
        back = [Posting(side, owner, -amount) for side, owner, amount in moved]
        accounts.post(refund.on, EntryKind.REFUND, refund.id, back)
        del self.done[refund.of]
        if isinstance(of, Settlement):
            self.counters.count(of.visit, of.scheme, taken_back(of.slices), ONCE * -1)
        returned, cash = _returned(of)
        return Refunded(refund, of, returned, cash, accounts.balance(person))

    def _standard(self, payment: PremiumPayment, year_law: Law) -> tuple[Term[Money] | None, Money]:
        """The year's standard and what is paid. A stated amount in cash needs no standard to be booked."""
        year, on = payment.benefit_year, payment.on
        if payment.paid_from is not None:
            standard = premium.personal_premium(year_law)
        elif payment.amount is not None:
            return year_law.optional(lambda: premium.premium_due(year_law, year, on)), payment.amount
        else:
            standard = premium.premium_due(year_law, year, on)
        return standard, standard.value if payment.amount is None else payment.amount

    def _law(self, payment: PremiumPayment, day: date) -> Law:
        """The insured's, or the payer's for someone not insured yet."""
        people = self.bindings.people
        area = people[payment.insured].area_on(day)
        if not area and payment.paid_from is not None:
            area = people[payment.paid_from].area_on(day)
        return self.bindings.book.law(area, day)

    def _paid_before(self, payment: PremiumPayment) -> bool:
        return any(
            (one.payment.insured, one.payment.benefit_year) == (payment.insured, payment.benefit_year)
            for one in self.done.values()
            if isinstance(one, PremiumPaid)
        )

    def _may_pay(self, payment: PremiumPayment, law: Law) -> bool | None:
        if payment.paid_from is None or payment.paid_from == payment.insured:
            return True
        if not premium.relative_may_pay(law).value:
            return False
        return self.bindings.may_pay_premium(payment.paid_from, payment.insured, payment.on, payment.id)


def postings_of(payment: PremiumPayment, amount: Money) -> list[Posting]:
    side = Posting(Side.CASH, payment.insured, -amount)
    if payment.paid_from is not None:
        side = Posting(Side.ACCOUNT, payment.paid_from, -amount)
    return [Posting(Side.PREMIUM, "", amount), side]


def _forbidden(found: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in found)


def _returned(of: Settlement | PremiumPaid) -> tuple[tuple[tuple[str, Money], ...], Money]:
    """What goes back to each account, and what in cash."""
    if isinstance(of, PremiumPaid):
        return ((), of.amount) if of.holder is None else (((of.holder, of.amount),), NOTHING)
    back: dict[str, Money] = {}
    for one in of.payments:
        if one.purse is not PurseKind.CASH:
            back[one.holder] = back.get(one.holder, NOTHING) + one.amount
    cash = total(one.amount for one in of.payments if one.purse is PurseKind.CASH)
    return tuple(back.items()), cash
