"""结算。How one visit is paid for: first the bill is cut, then the purses pay in turn.

What differs by place and day is in the packs. What is the same everywhere, the order of cutting and paying,
is here and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.care import Setting
from desktop.domain.money import A, Money, at, chosen, least
from desktop.domain.settlement import Part, Slice, Year
from desktop.rules.bill import Bill
from desktop.rules.critical_illness import due_for_year

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from desktop.domain.care import Charges, Level
    from desktop.domain.clause import Clause
    from desktop.domain.finding import Finding
    from desktop.domain.money import Which
    from desktop.policy.law import TreatmentLaw
    from desktop.rules.case import VisitCase
    from desktop.rules.purse import Purse

BARS_FUND = frozenset({"visit.provider_not_designated", "visit.credential_not_own"})


def slices_of(
    case: VisitCase, charges: Charges[A], year: Year[A], broken: Collection[Finding]
) -> tuple[Slice[A], ...]:
    """How a visit's bill is cut, given what it breaks. Raises `NotCovered` where the law is unknown.

    `charges` are the visit's own, or those of the same visit in many futures.
    """
    visit, coverage, law = case.visit, case.coverage, case.law

    # 非定点机构、冒用他人凭证的，基金不支付。
    barring = [finding.because for finding in broken if finding.rule in BARS_FUND]
    if barring:
        return cut_without_fund(charges, *barring)

    # 票据已列明基金支付的，照票据。
    if charges.fund_paid is not None:
        return cut_as_printed(charges, charges.fund_paid)

    # 没有参保、停保或在等待期内的，没有处方到药店购药的，基金不支付。
    if coverage is None or not coverage.treats_on(visit.on):
        return cut_without_fund(charges, law.policy.flag("visit.insured_only"))
    if visit.setting is Setting.PHARMACY and not visit.prescribed:
        rule = law.optional(lambda: law.policy.rate("pharmacy.share_without_prescription"))
        return cut_without_fund(charges, *([] if rule is None else [rule]))
    level = visit.provider.level
    treatment = law.treatment(coverage, visit.setting, level)
    # 居民连续参保、零报销的奖励，提高大病保险的限额。
    return cut(charges, year, treatment.with_bonus(case.bonus.amount, case.bonus.because), level)


def cut(charges: Charges[A], year: Year[A], law: TreatmentLaw, level: Level | None) -> tuple[Slice[A], ...]:
    """Cut a bill by the law of the day. `level` is the hospital's, for the deductible of a later stay."""
    bill = Bill(charges.total_fee)

    # 目录外和超限价的费用，由个人自费。
    bill.take(Part.OUT_OF_SCOPE, charges.out_of_scope)

    # 乙类等项目，先由个人自付一部分（票据上已列出）。
    bill.take(Part.UPFRONT, charges.upfront_copay)

    # 余下为政策范围内费用。起付标准以内的，由个人自付；
    deductible = bill.take(Part.DEDUCTIBLE, deductible_left(year, law, level), *law.deductible_terms)

    # 起付标准以上、最高支付限额以内的，由统筹基金按比例支付；
    share = at(bill.left, law.pool_share.value)
    bill.take(Part.POOL, within_limits(share, year, law), *law.pool_terms)

    # 其余由个人按比例自付，超过最高支付限额的也在其中。
    copay = bill.take(Part.COPAY, bill.left, law.pool_share)

    # 住院和慢特病的个人自付，全年累计超过大病保险起付线的，由大病保险分段支付，已付的扣除。
    if law.critical is not None:
        base = year.critical_base + deductible + copay
        due = due_for_year(base, law.critical) - year.critical
        relief = Bill(deductible + copay)
        relief.take(Part.CRITICAL, due, *law.critical.terms)
        bill.slices += relief.slices
    return tuple(bill.slices)


def cut_as_printed(charges: Charges[A], fund_paid: A, *because: Clause) -> tuple[Slice[A], ...]:
    """票据已列明基金支付的，照票据；其余由个人负担，先认自费，再认先行自付。"""
    bill = Bill(charges.total_fee)
    bill.take(Part.POOL, fund_paid, *because)
    bill.take(Part.OUT_OF_SCOPE, charges.out_of_scope)
    bill.take(Part.UPFRONT, charges.upfront_copay)
    bill.take(Part.COPAY, bill.left)
    return tuple(bill.slices)


def cut_without_fund(charges: Charges[A], *because: Clause) -> tuple[Slice[A], ...]:
    """基金不支付的（非定点、非本人凭证、未参保、没有处方的购药），全部由个人负担。"""
    return cut_as_printed(charges, charges.total_fee * 0, *because)


def deductible_left(year: Year[A], law: TreatmentLaw, level: Level | None) -> A:
    """这一次还要自付的起付线。"""
    whole, limit = law.deductible.value, law.deductible_year
    if not law.per_stay:
        # 门诊起付标准按年累计，各级医院合计不超过全年上限。
        target: Money = whole if limit is None else least(whole, limit.value)
        return target - year.deductible  # type: ignore[no-any-return]

    # 住院起付标准按次计算，第二次及以后住院的减半（职工限同级别医院），全年合计不超过上限。
    later = whole if law.later_stay_share is None else at(whole, law.later_stay_share.value)
    this_stay: A = chosen(stayed_before(year, law, level), later, whole)
    return this_stay if limit is None else least(this_stay, limit.value - year.deductible)


def stayed_before(year: Year[A], law: TreatmentLaw, level: Level | None) -> bool | Which:
    """今年是不是已经住过院：职工看同级别医院，居民不分级别。"""
    if law.later_stay_by_level:
        return year.stays.get(level, False) if level is not None else False
    before: bool | Which = False
    for stayed in year.stays.values():
        before = before | stayed
    return before


def within_limits(share: A, year: Year[A], law: TreatmentLaw) -> A:
    """统筹基金支付不超过年度最高支付限额的余额；慢特病不超过当月限额的余额。"""
    if law.ceiling is not None:
        share = least(share, law.ceiling.value - year.pool)
    if law.monthly_quota is not None:
        share = least(share, law.monthly_quota.value - year.pool_this_month)
    return share


def in_turn(order: Sequence[str], purses: Mapping[str, Iterable[Purse[A]]]) -> Iterator[Purse[A]]:
    """基金支付之后，各付款来源依规定的先后支付；同为共济账户的，按绑定先后；同为额度的，按给出先后。"""
    for name in order:
        yield from purses.get(name, ())
