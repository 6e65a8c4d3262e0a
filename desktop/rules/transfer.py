"""转移接续。Moving an account after its owner: who must act, how long it takes, what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.people import pool_of, province_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.clause import Clause
    from desktop.domain.matter import AccountTransfer
    from desktop.policy.law import Law
    from desktop.policy.policy import Term

_FRIDAY = 4
_CONDITIONS = ("transfer.stopped_at_origin", "transfer.enrolled_at_destination", "transfer.no_arrears")


class Distance(StrEnum):
    """转移范围。"""

    NOWHERE = "nowhere"
    IN_PROVINCE = "in_province"
    CROSS_PROVINCE = "cross_province"


@dataclass(frozen=True, slots=True)
class Moving:
    """How a transfer goes on a day.

    `out_days` and `in_days` are working days, those of the place left and of the new one; `automatic`: it
    happens by itself on enrolling (None where nobody says so: it has to be applied for).
    """

    distance: Distance
    out_days: Term[int]
    in_days: Term[int]
    automatic: Term[bool] | None

    @property
    def days(self) -> int:
        return self.out_days.value + self.in_days.value

    @property
    def by_itself(self) -> bool:
        return self.automatic is not None and self.automatic.value

    @property
    def because(self) -> tuple[Clause, ...]:
        return (self.out_days, self.in_days, *([] if self.automatic is None else [self.automatic]))


def distance(origin: str, destination: str) -> Distance:
    # 同一统筹区之内，没有什么可转移的；
    if pool_of(origin) == pool_of(destination):
        return Distance.NOWHERE
    # 同省的是省内转移，其余是跨省转移。
    same = province_of(origin) == province_of(destination)
    return Distance.IN_PROVINCE if same else Distance.CROSS_PROVINCE


def moving(origin: str, destination: str, law: Law) -> Moving:
    """`law` is that of the new place on the day of applying. Raises `NotCovered`."""
    far, policy = distance(origin, destination), law.policy
    # 跨省的，转出地、转入地各有时限；
    if far is Distance.CROSS_PROVINCE:
        return Moving(far, policy.count("transfer.out_days"), policy.count("transfer.in_days"), None)
    # 省内的另有时限，2025-07-10 起免申转、即时办结。
    return Moving(
        distance=far,
        out_days=policy.count("transfer.in_province_out_days"),
        in_days=policy.count("transfer.in_province_in_days"),
        automatic=law.optional(lambda: policy.flag("transfer.automatic")),
    )


def arrival(transfer: AccountTransfer, how: Moving) -> date:
    """办结之日：记录写明的照记录，没有写明的按时限推算。"""
    return transfer.done or workdays_after(transfer.on, how.days)


def workdays_after(day: date, count: int) -> date:
    """So many working days later, Monday to Friday: the rules know no holidays."""
    for _ in range(count):
        day += timedelta(days=1)
        while day.weekday() > _FRIDAY:
            day += timedelta(days=1)
    return day


def conditions(law: Law) -> Iterator[Term[bool]]:
    """转移之前要满足的条件：原地停保、新地参保、没有欠费。"""
    for key in _CONDITIONS:
        rule = law.optional(lambda key=key: law.policy.flag(key))  # type: ignore[misc]
        if rule is not None and rule.value:
            yield rule
