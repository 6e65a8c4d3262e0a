"""去世之后。Nobody enrols, moves, retires, sees a doctor or pays a premium after their death."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Death, Payout
from desktop.domain.premium import RefundGround
from desktop.domain.text import text
from desktop.policy.policy import Silence
from desktop.rules.checks.premium_refund_right import refund_right_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.people import Person
    from desktop.domain.text import Text
    from desktop.rules.case import MatterCase, PremiumCase, VisitCase


def after_death(case: MatterCase) -> Iterator[Finding]:
    """身后的事，只有领取余额。"""
    matter, died = case.matter, case.died
    if died is None or isinstance(matter, Death | Payout):
        return
    says = text("{person}已于 {day} 去世，这一天不能再办理", person=case.person.name, day=died)
    yield _not_any_more(matter.id, case.person, matter.on, says, text("核对办理的日期和去世的日期"))


def visit_after_death(case: VisitCase) -> Iterator[Finding]:
    visit, patient = case.visit, case.patient
    if patient.alive_on(visit.on):
        return
    says = text("{person}已于 {day} 去世，这一天不能再就诊", person=patient.name, day=patient.died)
    yield _not_any_more(visit.id, patient, visit.on, says, text("核对就诊的日期和去世的日期"))


def premium_after_death(case: PremiumCase) -> Iterator[Finding]:
    payment, insured = case.payment, case.insured
    if insured.alive_on(payment.on):
        return
    says = text("{person}已于 {day} 去世，不用再缴居民医保费", person=insured.name, day=insured.died)
    fixes = text("核对缴费的日期和去世的日期"), *refund_right_words(case, RefundGround.DEATH)
    yield _not_any_more(payment.id, insured, payment.on, says, *fixes)


def _not_any_more(of: str, person: Person, on: date, says: Text, *fixes: Text) -> Finding:
    return Finding(
        "matter.after_death",
        Severity.ERROR,
        about=(of, person.id),
        on=on,
        says=says,
        because=Silence("matter.after_death", says="事情的先后"),
        fix=fixes,
    )
