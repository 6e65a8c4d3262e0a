"""划入。What is credited to an account each month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.money import A, Money, at, greatest, least
from desktop.domain.people import Coverage, Scheme, Status

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.domain.people import Person
    from desktop.policy.law import Law


def has_account(coverage: Coverage | None, law: Law) -> bool:
    # 只有职工医保参保人有个人账户；
    if coverage is None or coverage.scheme is not Scheme.EMPLOYEE:
        return False
    # 灵活就业人员在缴费期间不建个人账户。
    if coverage.status is Status.FLEXIBLE:
        rule = law.optional(lambda: law.policy.flag("account.flexible_has_account"))
        return rule is None or rule.value
    return True


def counted_base(base: A, law: Law) -> tuple[A, tuple[Clause, Clause]]:
    """缴费基数不低于下限、不高于上限。Raises `NotCovered`."""
    floor, ceiling = law.policy.money("account.base_floor"), law.policy.money("account.base_ceiling")
    at_least: A = greatest(base, floor.value)
    return least(at_least, ceiling.value), (floor, ceiling)


def worker_credit(counted: A, law: Law) -> tuple[A, Clause]:
    """在职职工每月划入：单位缴费不划入个人账户，本人缴费全部计入。Raises `NotCovered`."""
    rate = law.policy.rate("account.own_rate")
    return at(counted, rate.value), rate


def old_retiree_credit(pension: A, law: Law) -> tuple[A, Clause]:
    """改革以前，退休人员每月按本人养老金的比例划入。Raises `NotCovered` since the reform."""
    rate = law.policy.rate("account.retiree_pension_share")
    return at(pension, rate.value), rate


def retiree_credit(law: Law, *, was_flexible: bool = False) -> tuple[Money, Clause]:
    """退休人员每月定额划入，不分年龄和养老金高低。Raises `NotCovered`."""
    # 灵活就业的退休人员另有规定的，照那一条（长沙以外有争议）。
    if was_flexible:
        apart = law.optional(lambda: law.policy.money("account.flexible_retiree_monthly"))
        if apart is not None:
            return apart.value, apart
    fixed = law.policy.money("account.retiree_monthly")
    return fixed.value, fixed


def was_flexible(person: Person, day: date) -> bool:
    """Whether a retiree's last stretch as an employee before retiring was one of flexible work."""
    before = [
        one
        for one in person.coverage
        if one.scheme is Scheme.EMPLOYEE
        and one.since <= day
        and one.status not in {Status.RETIRED, Status.SUSPENDED}
    ]
    return bool(before) and max(before, key=lambda one: one.since).status is Status.FLEXIBLE
