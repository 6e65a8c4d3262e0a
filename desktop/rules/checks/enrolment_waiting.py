"""待遇何时开始。What enrolling does not give at once, and what is not known of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import EnrolledAs
from desktop.domain.text import text
from desktop.policy.policy import Silence
from desktop.rules.enrolment import benefit_year_of
from desktop.rules.premium import late_premium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import EnrolmentCase


def too_late_for_window(case: EnrolmentCase) -> Iterator[Finding]:
    """集中缴费期外参保的，个人和财政两部分都由自己缴，还要等待。"""
    event, person = case.event, case.record.person
    if case.waiting is None or event.enrolled_as is not EnrolledAs.RESIDENT:
        return
    year, in_time, _ = benefit_year_of(event.on, case.law_on)
    late = late_premium(case.law_on(date(year, 1, 1)))
    if in_time or late is None or not case.waiting.days:
        return
    yield Finding(
        "enrolment.too_late_for_window",
        Severity.NOTE,
        about=(person.id, event.id),
        on=event.on,
        says=text(
            "{person}在 {year} 年度集中缴费期外参保，要缴 {amount} 元，{day} 起才有待遇",
            person=person.name,
            year=year,
            amount=late.value,
            day=case.waiting.first_day,
        ),
        because=late,
        fix=(text("以后在集中缴费期内参保，缴个人部分就行，不用等待"),),
    )


def history_missing(case: EnrolmentCase) -> Iterator[Finding]:
    """以前的参保情况不知道的，只说最早哪天有待遇。"""
    if case.waiting is None or case.waiting.sure:
        return
    event, person = case.event, case.record.person
    yield Finding(
        "enrolment.history_missing",
        Severity.NOTE,
        about=(person.id, event.id),
        on=event.on,
        says=text(
            "{person}的待遇最早 {day} 开始：{missing}",
            person=person.name,
            day=case.waiting.first_day,
            missing="；".join(map(str, case.waiting.missing)),
        ),
        because=case.waiting.steps[-1].because,
        fix=(
            text(
                "补上{person}的出生日期、参保记录或缴费经历；规定没有写明的，向参保地核实", person=person.name
            ),
        ),
    )


def benefits_not_known(case: EnrolmentCase) -> Iterator[Finding]:
    if case.waiting is not None:
        return
    event, person = case.event, case.record.person
    yield Finding(
        "enrolment.benefits_not_known",
        Severity.NOTE,
        about=(person.id, event.id),
        on=event.on,
        says=text("这一天、这个地方参保后几时有待遇，没有收录的规则；{person}暂按当天算", person=person.name),
        because=Silence("enrolment.first_benefits"),
        fix=(text("向参保地问清待遇开始的日子，记成参保记录"),),
    )
