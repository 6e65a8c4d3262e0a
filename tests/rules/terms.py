"""条款样例。Terms and laws put together by hand, so that a rule is tested on sums a person can follow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from desktop.domain.clause import Confidence
from desktop.domain.money import Money, Rate
from desktop.domain.settlement import BURDEN, Part
from desktop.policy.law import CriticalLaw, Segment, TreatmentLaw
from desktop.policy.policy import Term
from tests.families import yuan
from tests.policy.packs import SOURCE

V = TypeVar("V")


def term(value: V, key: str = "a.b") -> Term[V]:
    return Term(
        key=key,
        value=value,
        since=date(2020, 1, 1),
        until=None,
        source=SOURCE,
        says="规则原意",
        confidence=Confidence.HIGH,
        disputed=(),
        in_dispute=False,
        unit="",
        channel="",
        pack="cn",
        assumed=False,
        unchecked=False,
    )


def sum_of(amount: int) -> Term[Money]:
    return term(yuan(amount))


def ratio(share: str) -> Term[Rate]:
    return term(Rate.of(Decimal(share)))


def law(
    deductible: int = 0,
    share: str = "0.7",
    *,
    ceiling: int | None = None,
    deductible_year: int | None = None,
    later: str | None = None,
    quota: int | None = None,
    critical: CriticalLaw | None = None,
    per_stay: bool = False,
    by_level: bool = True,
) -> TreatmentLaw:
    return TreatmentLaw(
        deductible=sum_of(deductible),
        pool_share=ratio(share),
        ceiling=None if ceiling is None else sum_of(ceiling),
        deductible_year=None if deductible_year is None else sum_of(deductible_year),
        later_stay_share=None if later is None else ratio(later),
        monthly_quota=None if quota is None else sum_of(quota),
        critical=critical,
        per_stay=per_stay,
        later_stay_by_level=by_level,
    )


def critical(
    deductible: int,
    *segments: tuple[int, int | None, str],
    ceiling: int = 500_000,
    from_deductible: bool = True,
) -> CriticalLaw:
    return CriticalLaw(
        deductible=sum_of(deductible),
        segments=term(
            tuple(
                Segment(yuan(since), None if until is None else yuan(until), Rate.of(Decimal(share)))
                for since, until, share in segments
            )
        ),
        ceiling=sum_of(ceiling),
        from_deductible=from_deductible,
    )


def pays(*parts: Part) -> dict[Part, Term[bool]]:
    return {part: replace(term(part in parts), key=f"pays.{part}") for part in BURDEN}
