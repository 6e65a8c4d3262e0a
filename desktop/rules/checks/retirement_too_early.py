"""还没到龄。Before the earliest age of one's own choice, only a pension already drawn lets one retire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Retirement
from desktop.domain.text import text
from desktop.rules.retirement import legal_age, original_age

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def too_early(case: MatterCase) -> Iterator[Finding]:
    """特殊工种、病退的早已领取养老金，也可以办，所以只提醒。"""
    matter, person = case.matter, case.person
    if not isinstance(matter, Retirement) or person.born is None:
        return
    original = original_age(person, case.law)
    if original is None:
        return
    legal = legal_age(person.born, original, case.law)
    if matter.on >= legal.earliest:
        return
    yield Finding(
        "retirement.too_early",
        Severity.WARNING,
        about=(matter.id, person.id),
        on=matter.on,
        says=text(
            "{person}最早 {day} 才到退休年龄，除非已经领取基本养老金，还不能办医保退休",
            person=person.name,
            day=legal.earliest,
        ),
        because=legal.because[0],
        fix=(text("核对出生日期、原法定退休年龄和办理日期"),),
    )
