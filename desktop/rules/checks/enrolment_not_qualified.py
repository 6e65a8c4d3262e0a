"""不符合参保条件。Who is insured otherwise, too old or out of term can't enrol like this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.matter import EnrolledAs
from desktop.domain.text import text
from desktop.rules.enrolment import no_parent_insured, obstacles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.rules.case import EnrolmentCase
    from desktop.rules.enrolment import Obstacle


def not_qualified(case: EnrolmentCase) -> Iterator[Finding]:
    event, person = case.event, case.record.person
    for one in in_the_way(case):
        yield Finding(
            "enrolment.not_qualified",
            Severity.ERROR,
            about=(person.id, event.id),
            on=event.on,
            says=text("{person}{why}", person=person.name, why=one.says),
            because=one.because,
            fix=(one.fix,),
        )


def in_the_way(case: EnrolmentCase) -> Iterator[Obstacle]:
    """All that stands in the way of enrolling. Raises `NotCovered`."""
    event, person = case.event, case.record.person
    yield from obstacles(event.enrolled_as, event.area, event.on, person, case.law_on)
    born = person.born
    if event.enrolled_as is EnrolledAs.NEWBORN and born is not None and born.year == event.on.year:
        yield from no_parent_insured(event.area, event.on, case.parents, case.law_on)
