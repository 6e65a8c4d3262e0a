"""不在待遇期。Before the first coverage, while suspended or not insured, the fund pays nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.people import Scheme
from desktop.domain.text import text
from desktop.rules.enrolment import why_waiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.people import Coverage
    from desktop.rules.case import VisitCase


def not_covered_yet(case: VisitCase) -> Iterator[Finding]:
    coverage, on = case.coverage, case.visit.on
    if coverage is not None and coverage.treats_on(on):
        yield from _perhaps_waiting(case)
        return
    if coverage is not None and coverage.benefits_from is not None and not coverage.paid_back:
        yield _waiting(case, coverage, coverage.benefits_from)
        return
    yield Finding(
        "visit.not_covered_yet",
        Severity.WARNING,
        about=(case.visit.id, case.patient.id),
        on=on,
        says=text("{patient}这一天没有医保待遇，统筹基金不支付", patient=case.patient.name),
        because=case.law.policy.flag("visit.insured_only"),
        fix=(text("核对参保状态，缴清费用后按规定恢复待遇"),),
    )


def _waiting(case: VisitCase, coverage: Coverage, first_day: date) -> Finding:
    """等待期内，基金不支付；本人账户照常可用。"""
    law = case.law
    return Finding(
        "visit.not_covered_yet",
        Severity.WARNING,
        about=(case.visit.id, case.patient.id),
        on=case.visit.on,
        says=text(
            "{patient}在等待期内，{first_day} 起才有待遇，这一次统筹基金不支付",
            patient=case.patient.name,
            first_day=first_day,
        ),
        because=law.optional(lambda: why_waiting(case.patient, coverage, law))
        or law.policy.flag("visit.insured_only"),
        fix=(text("不急的，等到 {first_day} 以后再看", first_day=first_day), text("本人账户的钱照常可用")),
    )


def _perhaps_waiting(case: VisitCase) -> Iterator[Finding]:
    """首次参加职工医保，缴费满规定天数后开始享受待遇。参保记录写的是缴费日还是待遇日，文件里看不出来，只提醒。"""
    first = min(case.patient.coverage, key=lambda one: one.since)
    law = case.law
    days = law.optional(lambda: law.policy.count("enrolment.first_benefits"))
    if first.benefits_from is not None or first.scheme is not Scheme.EMPLOYEE:
        return
    if days is None or first.since < days.since:
        return
    if case.visit.on >= first.since + timedelta(days=days.value):
        return
    yield Finding(
        "visit.not_covered_yet",
        Severity.WARNING,
        about=(case.visit.id, case.patient.id),
        on=case.visit.on,
        says=text(
            "{patient}首次参保未满 {days} 天，如果参保日是缴费之日，这一天还没有待遇",
            patient=case.patient.name,
            days=days.value,
        ),
        because=days,
        fix=(text("核对待遇开始的日子，以它作参保起始日"),),
    )
