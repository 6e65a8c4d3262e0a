"""划入。What is credited to an account each month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.money import A, Money, at, greatest, least
from desktop.domain.people import Coverage, Scheme, Status

if TYPE_CHECKING:
    from desktop.domain.clause import Clause
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


def retiree_credit(law: Law) -> tuple[Money, Clause]:
    """退休人员每月定额划入，不分年龄和养老金高低。Raises `NotCovered`."""
    fixed = law.policy.money("account.retiree_monthly")
    return fixed.value, fixed
