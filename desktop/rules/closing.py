"""账户的终点。When what an account holds may be taken out, and how much that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.matter import PayoutReason
from desktop.domain.money import least

if TYPE_CHECKING:
    from desktop.domain.clause import Clause
    from desktop.domain.money import A, Money
    from desktop.policy.law import Law


def may_be_paid_out(reason: PayoutReason, law: Law) -> tuple[bool, Clause]:
    """Raises `NotCovered`."""
    # 去世以后，账户余额依法继承，各地都一样；
    if reason is PayoutReason.INHERITANCE:
        heritable = law.policy.flag("account.heritable")
        return heritable.value, heritable
    # 其余只有规定写明的情形可以取出，此外不得提取现金。
    payable = law.policy.words("closing.payable")
    return reason.value in payable.value, payable


def paid_out(stated: Money | None, held: A) -> A:
    """没有写明金额的，全部取出；写明的，不超过账户里有的。"""
    return held if stated is None else least(stated, held)
