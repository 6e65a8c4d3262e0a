"""没有账户可转。Who has no account of their own has nothing that the money of a transfer could come into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import AccountTransfer
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def no_account(case: MatterCase) -> Iterator[Finding]:
    """余额随医保关系划转；没有登记账户的（灵活就业缴费期间不设），钱怎么办未见规定，不计算。"""
    matter, law = case.matter, case.law
    if not isinstance(matter, AccountTransfer) or case.person.account is not None:
        return
    rule = law.optional(lambda: law.policy.flag("transfer.money_follows"))
    if rule is None:
        return
    yield Finding(
        "transfer.no_account",
        Severity.NOTE,
        about=(matter.id, case.person.id),
        on=matter.on,
        says=text("{person}没有登记个人账户，年限照转，账户里的钱没有计算", person=case.person.name),
        because=rule,
        fix=(
            text("有账户的，在家人资料里登记期初余额"),
            text("灵活就业缴费期间不设账户的，转来的钱怎么办请先拨打 12393 核实"),
        ),
    )
