"""划入提示。Months in which nothing could be credited, said once for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text
from desktop.policy.policy import NotCovered, Silence

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.people import Person
    from desktop.policy.law import Law


def base_missing(person: Person, on: date, law: Law) -> Finding:
    return Finding(
        "account.base_missing",
        Severity.NOTE,
        about=(person.id,),
        on=on,
        says=text("没有填{person}的缴费基数，每月划入没有计算", person=person.name),
        because=law.policy.rate("account.own_rate"),
        fix=(text("填上缴费基数（工资单或湘医保上可查）"),),
    )


def credit_not_covered(person: Person, on: date, missing: NotCovered) -> Finding:
    return Finding(
        "account.credit_not_covered",
        Severity.NOTE,
        about=(person.id,),
        on=on,
        says=text("{on} 起有几个月没有收录划入规则，{person}的账户没有计入", on=on, person=person.name),
        because=Silence(missing.key),
        fix=(text("把账户期初余额填在规则已收录的日子"),),
    )


def not_opened_yet(person: Person, on: date) -> Finding:
    assert person.account is not None
    opened = person.account.opened_on
    return Finding(
        "account.not_opened_yet",
        Severity.NOTE,
        about=(person.id,),
        on=on,
        says=text(
            "{person}的账户从 {opened} 起登记，这之前的余额不知道，没有动用",
            person=person.name,
            opened=opened,
        ),
        because=Silence("account.opening", says="账户期初登记的日子", since=opened),
        fix=(text("把期初余额登记到第一次使用之前的日子"),),
    )
