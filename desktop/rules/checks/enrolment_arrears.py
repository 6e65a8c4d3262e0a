"""补缴。Arrears are paid for a time that was owed, and that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.people import Scheme
from desktop.domain.text import text
from desktop.policy.policy import Silence
from desktop.rules.enrolment import owed, still_owed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.clause import Clause
    from desktop.domain.text import Text
    from desktop.rules.case import ArrearsCase


def order(case: ArrearsCase) -> Iterator[Finding]:
    """没有参加过职工医保的，没有可补的。"""
    if not _worked_before(case):
        says = text(
            "{person}在 {since} 以前没有参加过职工医保，没有欠缴",
            person=case.person.name,
            since=case.event.since,
        )
        yield _refused(case, "enrolment.order", says, text("先登记参保，或改欠缴的起止日期"))


def arrears_in_future(case: ArrearsCase) -> Iterator[Finding]:
    if case.event.until > case.event.on:
        says = text("欠缴的日子到 {until}，晚于补缴的 {on}", until=case.event.until, on=case.event.on)
        yield _refused(case, "enrolment.arrears_in_future", says, text("只补到办理那天为止，以后的按月缴"))


def arrears_not_owed(case: ArrearsCase) -> Iterator[Finding]:
    event = case.event
    if not _worked_before(case) or owed(case.person, event.since, event.until):
        return
    says = text(
        "{person}在 {since} 至 {until} 没有欠缴，或者已经补过",
        person=case.person.name,
        since=event.since,
        until=event.until,
    )
    yield _refused(case, "enrolment.arrears_not_owed", says, text("核对欠缴的起止日期和参保记录"))


def arrears_left(case: ArrearsCase) -> Iterator[Finding]:
    """没有补足的，待遇不恢复。"""
    event = case.event
    if not _worked_before(case):
        return
    for first, last in still_owed(case.person, event.since, event.until, event.on)[:1]:
        yield Finding(
            "enrolment.arrears_left",
            Severity.WARNING,
            about=(case.person.id, event.id),
            on=event.on,
            says=text(
                "{person}还欠 {first} 至 {last} 的，没有补足，待遇不恢复",
                person=case.person.name,
                first=first,
                last=last,
            ),
            because=_basis(case),
            fix=(text("把欠缴的月份一次补足"),),
        )


def credits_not_known(case: ArrearsCase) -> Iterator[Finding]:
    """补缴的月份补不补划个人账户，未见规定：不补划。"""
    if case.person.account is None:
        return
    yield Finding(
        "account.arrears_not_credited",
        Severity.NOTE,
        about=(case.person.id,),
        on=case.event.on,
        says=text("补缴的月份是否补划个人账户，未见规定；{person}的账户没有补计", person=case.person.name),
        because=Silence("account.arrears_credit", says="补缴月份是否补划个人账户，未见规定"),
        fix=(text("以湘医保里的账户明细为准；补划了的，记进账户期初余额"),),
    )


def _worked_before(case: ArrearsCase) -> bool:
    history = case.person.history
    if history is not None and history.employee_months:
        return True
    return any(one.scheme is Scheme.EMPLOYEE and one.since < case.event.since for one in case.person.coverage)


def _refused(case: ArrearsCase, rule: str, says: Text, fix: Text) -> Finding:
    return Finding(
        rule,
        Severity.ERROR,
        about=(case.person.id, case.event.id),
        on=case.event.on,
        says=says,
        because=_basis(case),
        fix=(fix,),
    )


def _basis(case: ArrearsCase) -> Clause:
    law = case.law
    rule = law.optional(lambda: law.policy.count("enrolment.arrears_retroactive_within"))
    return rule or Silence("enrolment.arrears_retroactive_within")
