"""不予支付的项目。What an account never pays for, and what is disputed: 目录外自费."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.care import Purpose
from desktop.domain.finding import Finding, Severity
from desktop.domain.terms import label
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.clause import Clause
    from desktop.domain.money import Money
    from desktop.rules.case import VisitCase


def item_not_payable(case: VisitCase) -> Iterator[Finding]:
    purpose = case.visit.purpose
    if purpose is Purpose.TREATMENT or not case.visit.use_account:
        return
    excluded = case.law.policy.words("visit.excluded_purposes")
    if purpose.value not in excluded.value:
        return
    yield Finding(
        "visit.item_not_payable",
        Severity.ERROR,
        about=(case.visit.id, case.patient.id),
        on=case.visit.on,
        says=text(
            "{patient}的这一笔是{purpose}，不能用个人账户支付",
            patient=case.patient.name,
            purpose=label(purpose),
        ),
        because=excluded,
        fix=(text("这一笔改由现金支付"), text("已从账户支付的，到原机构退费冲正")),
    )


def out_of_scope_in_cash(case: VisitCase, amount: Money, because: Clause) -> Finding:
    """自费部分有账户可用而付了现金：能不能共济，各地说法不一。"""
    return Finding(
        "visit.item_not_payable",
        Severity.NOTE,
        about=(case.visit.id, case.patient.id),
        on=case.visit.on,
        says=text(
            "{patient}的目录外自费 {amount} 元付了现金，账户能否支付各地说法不一",
            patient=case.patient.name,
            amount=amount,
        ),
        because=because,
        fix=(text("结算前问收费窗口，或在设置里改口径后重算"),),
    )
