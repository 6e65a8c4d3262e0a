"""重复参保。Nobody is in two schemes at once; the earlier record stays valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.terms import label
from desktop.domain.text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.people import Coverage, Person
    from desktop.policy.law import Law


def double(person: Person, earlier: Coverage, later: Coverage, law: Law) -> Iterator[Finding]:
    limit = law.optional(lambda: law.policy.count("enrolment.schemes_at_one_time"))
    if limit is None:
        return
    yield Finding(
        "enrolment.double",
        Severity.ERROR,
        about=(person.id,),
        on=max(later.since, limit.since),
        says=text(
            "{person}同时参加了{first}和{second}，不能重复参保、重复享受待遇",
            person=person.name,
            first=label(earlier.scheme),
            second=label(later.scheme),
        ),
        because=limit,
        fix=(text("停掉其中一份；多缴的居民医保费在规定日期前申请退费"),),
    )
