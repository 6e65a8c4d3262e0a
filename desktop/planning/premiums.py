"""代缴与退费。Pays a resident's premium, and takes earlier events back, on what stands on the day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING, total
from desktop.domain.settlement import EntryKind, Posting, PremiumPaid, PurseKind, Refunded, Settlement, Side
from desktop.planning.counters import ONCE, taken_back
from desktop.policy.policy import NotCovered
from desktop.rules import checks, premium
from desktop.rules.case import FrozenCase, PremiumCase, RefundCase
from desktop.rules.checks.wallet_frozen_quota_spent import frozen_quota_spent
from desktop.rules.wallet import QUOTA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desktop.domain.binding import Binding
    from desktop.domain.money import Money
    from desktop.domain.premium import PremiumPayment, Refund
    from desktop.planning.accounts import Pocket
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
    pocket: Pocket
    """Out of which it is paid."""

    @property
    def holder(self) -> str | None:
        """Whose purse pays; None for cash."""
        if self.pocket[0] is Side.WALLET:
            return self.pocket[1]
        return self.case.payment.paid_from

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
        _, pocket = self._pocket(payment)
        if pocket[0] is Side.CASH:
            return self._pay(self.day_of(payment))
        balance = self.bindings.accounts.held(pocket)
        planned = payment.on >= self.cash_from
        day = self.day_of(payment, None if planned else balance)
        lacked = day.case.amount - balance
        if lacked <= NOTHING or not day.case.bound:
            return self._pay(day)
        short = [(pocket[1], lacked)] if pocket[0] is Side.ACCOUNT else []
        self._say_what_is_frozen(payment, short)
        if not planned or not day.happens:
            return self._pay(day)
        return self._pay(self.day_of(replace(payment, paid_from=None)), *short)

    def day_of(self, payment: PremiumPayment, balance: Money | None = None) -> PremiumDay:
        """Judge a payment on its day; `balance` None: whatever its purse holds.

        Raises `NotCovered`, but not for someone who is not to pay at all.
        """
        insured = self.bindings.people[payment.insured]
        law = self._law(payment, payment.on)
        year_law = self._law(payment, date(payment.benefit_year, 1, 1))
        relation, pocket = self._pocket(payment)
        case = PremiumCase(
            payment=payment,
            insured=insured,
            now=insured.coverage_on(payment.on),
            then=insured.coverage_on(max(payment.on, date(payment.benefit_year, 1, 1))),
            law=law,
            year_law=year_law,
            amount=NOTHING,
            paid_before=self._paid_before(payment),
            bound=None,
            balance=balance,
            purse=pocket[0],
        )
        try:
            standard, amount = self._standard(payment, year_law)
        except NotCovered:
            # 标准还没有公布，也能看出不是居民、已经去世。
            found = _found(checks.ON_INSURED, case)
            if not _forbidden(found):
                raise
            return PremiumDay(case, None, found, pocket)
        case = replace(case, amount=amount, bound=self._may_pay(payment, law, relation))
        return PremiumDay(case, standard, _found(checks.ON_PREMIUM, case), pocket)

    def _pay(self, day: PremiumDay, *lacked: tuple[str, Money]) -> PremiumPaid | None:
        findings, payment, amount = self.bindings.findings, day.case.payment, day.case.amount
        findings.add(day.found)
        if not day.happens:
            return None
        postings = [Posting(Side.PREMIUM, "", amount), Posting(*day.pocket, -amount)]
        self.bindings.accounts.post(payment.on, EntryKind.PREMIUM, payment.id, postings)
        findings.rests_on(payment.id, payment.on, [] if day.standard is None else [day.standard])
        findings.settled(payment.id, payment.on, day.case.law)
        paid = PremiumPaid(payment, amount, day.holder, day.standard, lacked)
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
        accounts.post(refund.on, EntryKind.REFUND, refund.id, accounts.taken_back(kind, refund.of))
        del self.done[refund.of]
        if isinstance(of, Settlement):
            self.counters.count(of.visit, of.scheme, taken_back(of.slices), ONCE * -1)
        returned, cash = _returned(of)
        return Refunded(refund, of, returned, cash, accounts.balance(person))

    def _standard(self, payment: PremiumPayment, year_law: Law) -> tuple[Term[Money] | None, Money]:
        """The year's standard and what is paid. A stated amount in cash needs no standard to be booked."""
        year, on = payment.benefit_year, payment.on
        group = payment.group
        if payment.paid_from is not None:
            standard = premium.group_premium(year_law, group) or premium.personal_premium(year_law)
        elif payment.amount is not None:
            return year_law.optional(lambda: premium.premium_due(year_law, year, on, group)), payment.amount
        else:
            standard = premium.premium_due(year_law, year, on, group)
        return standard, standard.value if payment.amount is None else payment.amount

    def _law(self, payment: PremiumPayment, day: date) -> Law:
        """The insured's, or the payer's for someone not insured yet; a newborn's year began before them."""
        people = self.bindings.people
        insured = people[payment.insured]
        area = insured.area_on(day) or insured.area_on(payment.on)
        if not area and payment.paid_from is not None:
            area = people[payment.paid_from].area_on(day)
        return self.bindings.book.law(area, day)

    def _paid_before(self, payment: PremiumPayment) -> bool:
        return any(
            (one.payment.insured, one.payment.benefit_year) == (payment.insured, payment.benefit_year)
            for one in self.done.values()
            if isinstance(one, PremiumPaid)
        )

    def _pocket(self, payment: PremiumPayment) -> tuple[Binding | None, Pocket]:
        """Out of which a premium is paid, and the wallet relation by which it is.

        A relative who is bound through the wallet alone pays by what they gave: out of the quota, or out of
        the insured's wallet. Someone with no account of their own has at most a wallet.
        """
        payer, insured = payment.paid_from, payment.insured
        if payer is None:
            return None, (Side.CASH, insured)
        if payer == insured:
            with_account = self.bindings.people[insured].account is not None
            return None, (Side.ACCOUNT if with_account else Side.WALLET, insured)
        relation = self.bindings.wallet_between(payer, insured, payment.on)
        if relation is None or self.bindings.bound_in_province(payer, insured, payment.on) is not None:
            return None, (Side.ACCOUNT, payer)
        by_quota = self._law(payment, payment.on).wallet_channel == QUOTA
        return relation, (Side.QUOTA, relation.id) if by_quota else (Side.WALLET, insured)

    def _may_pay(self, payment: PremiumPayment, law: Law, relation: Binding | None) -> bool | None:
        if payment.paid_from is None or payment.paid_from == payment.insured:
            return True
        channel = premium.PROXY if relation is None else law.wallet_channel
        if not premium.relative_may_pay(law, channel).value:
            return False
        if relation is not None:
            return self.bindings.may_give(relation, payment.on, payment.id) or None
        return self.bindings.may_pay_premium(payment.paid_from, payment.insured, payment.on, payment.id)

    def _say_what_is_frozen(self, payment: PremiumPayment, short: Iterable[tuple[str, Money]]) -> None:
        """Whether an account lacked money while some of it was set aside for others."""
        for holder, lacked in short:
            payer, frozen = self.bindings.people[holder], self.bindings.frozen(holder)
            law = self.bindings.book.law(payer.area_on(payment.on), payment.on)
            of = FrozenCase(payment.id, payment.on, payer, lacked, frozen, law)
            self.bindings.findings.add(frozen_quota_spent(of))


def _found(
    judged: Iterable[Callable[[PremiumCase], Iterable[Finding]]], case: PremiumCase
) -> tuple[Finding, ...]:
    return tuple(one for check in judged for one in check(case))


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
