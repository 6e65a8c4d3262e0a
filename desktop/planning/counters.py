"""年度累计。What a person's visits used in a calendar year: deductible, pool, stays, critical illness."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic

from desktop.domain.care import Setting
from desktop.domain.money import NOTHING, A, Money
from desktop.domain.settlement import Part, Slice, Year, cut_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desktop.domain.care import Level, Visit
    from desktop.domain.people import Scheme

ONCE = Money(1)
"""How often a visit counts is counted in ones of the amount, so that each future has a count of its own."""
_NOTHING: Any = NOTHING
"""Nothing is a plain sum, until futures differ in it."""


class Benefit(StrEnum):
    """待遇种类: visits that share one deductible and one ceiling."""

    OUTPATIENT = "outpatient"
    CHRONIC = "chronic"
    INPATIENT = "inpatient"

    @classmethod
    def of(cls, setting: Setting) -> Benefit:
        """急诊和购药并入门诊统筹。"""
        if setting is Setting.INPATIENT:
            return cls.INPATIENT
        return cls.CHRONIC if setting is Setting.CHRONIC else cls.OUTPATIENT


@dataclass(slots=True)
class _Used(Generic[A]):
    deductible: A = _NOTHING
    pool: A = _NOTHING
    pool_by_month: dict[int, A] = field(default_factory=dict)
    stays: dict[Level, A] = field(default_factory=dict)


@dataclass(slots=True)
class _Critical(Generic[A]):
    base: A = _NOTHING
    paid: A = _NOTHING


class Counters(Generic[A]):
    """The counters of a whole family; a refund takes back what its visit had counted."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, Scheme, Benefit, int], _Used[A]] = {}
        self._critical: dict[tuple[str, Scheme, int], _Critical[A]] = {}

    def year(self, patient: str, scheme: Scheme, setting: Setting, day: date) -> Year[A]:
        used = self._used.get((patient, scheme, Benefit.of(setting), day.year)) or _Used()
        critical = self._critical.get((patient, scheme, day.year)) or _Critical()
        return Year(
            deductible=used.deductible,
            pool=used.pool,
            pool_this_month=used.pool_by_month.get(day.month, _NOTHING),
            critical_base=critical.base,
            critical=critical.paid,
            stays={level: times >= ONCE for level, times in used.stays.items()},
        )

    def copy(self) -> Counters[A]:
        """Counters that go on from here by themselves."""
        other: Counters[A] = Counters()
        other._used = {
            key: replace(used, pool_by_month=dict(used.pool_by_month), stays=dict(used.stays))
            for key, used in self._used.items()
        }
        other._critical = {key: replace(critical) for key, critical in self._critical.items()}
        return other

    def forget_before(self, year: int) -> None:
        """What no visit of this year or a later one asks for."""
        self._used = {key: used for key, used in self._used.items() if key[-1] >= year}
        self._critical = {key: critical for key, critical in self._critical.items() if key[-1] >= year}

    def count(
        self, visit: Visit, scheme: Scheme | None, slices: Sequence[Slice[A]], times: A | Money = ONCE
    ) -> None:
        """Add what a visit used; `times` is how often it was (of each future, whether).

        What a receipt states counts as pool paid only.
        """
        if scheme is None:
            return
        benefit, year = Benefit.of(visit.setting), visit.on.year
        key = visit.patient, scheme, benefit, year
        used = self._used.get(key)
        if used is None:
            used = self._used[key] = _Used()
        pool, deductible = cut_for(Part.POOL, slices), cut_for(Part.DEDUCTIBLE, slices)
        used.deductible = used.deductible + deductible
        used.pool = used.pool + pool
        used.pool_by_month[visit.on.month] = used.pool_by_month.get(visit.on.month, _NOTHING) + pool
        parts = {one.part for one in slices}
        level = visit.provider.level
        if benefit is Benefit.INPATIENT and level is not None and Part.DEDUCTIBLE in parts:
            used.stays[level] = used.stays.get(level, _NOTHING) + times
        if Part.CRITICAL in parts:
            critical = self._critical.setdefault((visit.patient, scheme, year), _Critical())
            critical.base = critical.base + deductible + cut_for(Part.COPAY, slices)
            critical.paid = critical.paid + cut_for(Part.CRITICAL, slices)


def taken_back(slices: Sequence[Slice[A]]) -> list[Slice[A]]:
    """The slices of a visit, negative: what a refund counts."""
    return [Slice(one.part, one.amount * -1, one.because) for one in slices]
