"""缴费经历的登记。What can't be true of what an office's record says that a person had paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.usecases.changes import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.people import History

RETIREMENT_AGES = (60, 55, 50)
"""原法定退休年龄: men, women in offices, women in workshops."""
MOST_MONTHS = 1200
FIRST_BENEFIT_YEAR = 2000
_MONTHS = {
    "employee_months": "职工医保的月数",
    "local_months": "在本省实际缴费的月数",
    "deemed_months": "视同缴费的月数",
}


def history_faults(history: History, today: date) -> Iterator[Fault]:
    """Each names its field: `history.local_months`."""
    if history.until > today:
        yield Fault("history.until", "记录要截至今天或以前的某一天")
    for name, what in _MONTHS.items():
        months = getattr(history, name)
        if not 0 <= months <= MOST_MONTHS:
            yield Fault(f"history.{name}", f"{what}要在 0 到 {MOST_MONTHS} 之间")
        elif months > max(history.employee_months, 0):
            yield Fault(f"history.{name}", f"{what}多于全部的月数", "请对照经办机构的记录改正")
    yield from _year_faults(history)


def _year_faults(history: History) -> Iterator[Fault]:
    for name in ("resident_years", "zero_claim_years"):
        years = getattr(history, name)
        last = history.until.year + 1
        if any(not FIRST_BENEFIT_YEAR <= one <= last for one in years):
            yield Fault(f"history.{name}", f"参保年度要在 {FIRST_BENEFIT_YEAR} 到 {last} 之间")
        if len({*years}) < len(years):
            yield Fault(f"history.{name}", "同一个年度写了两次")
    if not {*history.zero_claim_years} <= {*history.resident_years}:
        yield Fault("history.zero_claim_years", "有的年度没有缴过居民医保费，谈不上没有报销")
