"""重复参保。Nobody is in two schemes at once; the earlier record stays valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.people import Scheme
from desktop.domain.premium import RefundGround
from desktop.domain.terms import label
from desktop.domain.text import text
from desktop.rules.premium import refund_right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.people import Coverage, Person
    from desktop.domain.text import Text
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
        fix=(text("停掉其中一份"), *_refund(earlier, later, law)),
    )


def _refund(earlier: Coverage, later: Coverage, law: Law) -> Iterator[Text]:
    """多缴的居民医保费，说明退费的最后一天。"""
    if Scheme.RESIDENT not in {earlier.scheme, later.scheme}:
        return
    year = later.since.year
    ground = RefundGround.JOINED_EMPLOYEE
    proxy = law.optional(lambda: refund_right(law, year, ground, from_account=True))
    cash = law.optional(lambda: refund_right(law, year, ground, from_account=False))
    if proxy is None or cash is None:
        yield text("多缴的居民医保费在规定日期前申请退费")
        return
    yield text(
        "多缴的 {year} 年度居民医保费可以退：现金缴的截止 {cash}，个人账户代缴的截止 {proxy}",
        year=year,
        cash=cash.value,
        proxy=proxy.value,
    )
