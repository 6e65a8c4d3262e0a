"""年度累计。What a person's visits used in a calendar year: deductible, pool, stays, critical illness."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.care import Level, Setting
from desktop.domain.money import NOTHING, Money
from desktop.domain.settlement import Part, Settlement, Year

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.people import Scheme


class Benefit(StrEnum):
    """待遇种类: visits that share one deductible and one ceiling."""

    OUTPATIENT = "outpatient"
    CHRONIC = "chronic"
    INPATIENT = "inpatient"

    @classmethod
    def of(cls, setting: Setting) -> Benefit:
        """急诊和购药并入门诊统筹。"""
        return {Setting.CHRONIC: cls.CHRONIC, Setting.INPATIENT: cls.INPATIENT}.get(setting, cls.OUTPATIENT)


@dataclass(slots=True)
class _Used:
    deductible: Money = NOTHING
    pool: Money = NOTHING
    pool_by_month: dict[int, Money] = field(default_factory=dict)
    stays: Counter[Level] = field(default_factory=Counter)


@dataclass(slots=True)
class _Critical:
    base: Money = NOTHING
    paid: Money = NOTHING


class Counters:
    """The counters of a whole family; a refund takes back what its visit had counted."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, Scheme, Benefit, int], _Used] = {}
        self._critical: dict[tuple[str, Scheme, int], _Critical] = {}

    def year(self, patient: str, scheme: Scheme, setting: Setting, day: date) -> Year[Money]:
        used = self._used.get((patient, scheme, Benefit.of(setting), day.year), _Used())
        critical = self._critical.get((patient, scheme, day.year), _Critical())
        return Year(
            deductible=used.deductible,
            pool=used.pool,
            pool_this_month=used.pool_by_month.get(day.month, NOTHING),
            critical_base=critical.base,
            critical=critical.paid,
            stays=frozenset(level for level, times in used.stays.items() if times > 0),
        )

    def count(self, done: Settlement, *, sign: int = 1) -> None:
        """Add a settlement (`sign` -1: take it back); what a receipt states counts as pool paid only."""
        visit = done.visit
        if done.scheme is None:
            return
        benefit, year = Benefit.of(visit.setting), visit.on.year
        used = self._used.setdefault((visit.patient, done.scheme, benefit, year), _Used())
        used.deductible += done.of(Part.DEDUCTIBLE) * sign
        pool = done.of(Part.POOL) * sign
        used.pool += pool
        used.pool_by_month[visit.on.month] = used.pool_by_month.get(visit.on.month, NOTHING) + pool
        if visit.provider.level is not None and any(one.part is Part.DEDUCTIBLE for one in done.slices):
            used.stays[visit.provider.level] += sign
        if any(one.part is Part.CRITICAL for one in done.slices):
            critical = self._critical.setdefault((visit.patient, done.scheme, year), _Critical())
            critical.base += (done.of(Part.DEDUCTIBLE) + done.of(Part.COPAY)) * sign
            critical.paid += done.of(Part.CRITICAL) * sign
