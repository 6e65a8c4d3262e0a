"""年限不够。Both totals of years must be reached, or what is missing paid for at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import Retirement
from desktop.domain.people import province_of
from desktop.domain.text import text
from desktop.rules.retirement import shortfall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import MatterCase


def years_short(case: MatterCase) -> Iterator[Finding]:
    matter, person, law = case.matter, case.person, case.law
    if not isinstance(matter, Retirement) or matter.pays_up:
        return
    missing = shortfall(person, law, matter.on, province_of(case.area))
    if missing is None or not missing.months:
        return
    yield Finding(
        "retirement.years_short",
        Severity.ERROR,
        about=(matter.id, person.id),
        on=matter.on,
        says=text(
            "{person}的缴费年限还差 {months} 个月，没有补缴，不能办医保退休",
            person=person.name,
            months=missing.months,
        ),
        because=missing.because,
        fix=(text("一次补缴所差的月数，或继续缴费到年限够了再办"),),
    )


def years_unknown(case: MatterCase) -> Iterator[Finding]:
    matter, person, law = case.matter, case.person, case.law
    if not isinstance(matter, Retirement):
        return
    if shortfall(person, law, matter.on, province_of(case.area)) is not None:
        return
    yield Finding(
        "retirement.years_unknown",
        Severity.NOTE,
        about=(matter.id, person.id),
        on=matter.on,
        says=text("没有{person}的性别或缴费经历，年限够不够、要补缴多少，没有计算", person=person.name),
        because=law.policy.flag("retirement.who"),
        fix=(text("在湘医保或窗口查到已缴月数，填进家人资料的缴费经历"),),
    )
