"""事项用到的规则。On which values of the law a matter done at the office rests, and in what area."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.matter import (
    AccountTransfer,
    ArrearsPaid,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.people import pool_of, province_of
from desktop.domain.wallet import WalletTransfer
from desktop.rules.premium import PROXY
from desktop.rules.retirement import handled_as_flexible
from desktop.rules.transfer import Distance, distance
from desktop.rules.wallet import QUOTA, TRANSFER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.event import Matter
    from desktop.domain.family import Family
    from desktop.domain.people import Person
    from desktop.domain.wallet import WalletQuota

_AS_EMPLOYEE = (
    "enrolment.first_benefits",
    "enrolment.arrears_retroactive_within",
    "enrolment.benefits_after_long_arrears",
)
_AS_RESIDENT = (
    "enrolment.waiting",
    "enrolment.waiting_per_gap_year",
    "enrolment.waiting_less_per_paid_year",
    "enrolment.waiting_least_after_four_gap_years",
    "enrolment.switch_without_waiting",
)
_ENROLLING = {
    EnrolledAs.EMPLOYEE: _AS_EMPLOYEE,
    EnrolledAs.FLEXIBLE: ("account.flexible_has_account", *_AS_EMPLOYEE),
    EnrolledAs.RESIDENT: _AS_RESIDENT,
    EnrolledAs.NEWBORN: ("enrolment.newborn_covered_from_birth", *_AS_RESIDENT),
    EnrolledAs.STUDENT: ("enrolment.university_entrants",),
}
_ARREARS = ("enrolment.arrears_retroactive_within", "enrolment.benefits_after_long_arrears")
_CONDITIONS = ("transfer.stopped_at_origin", "transfer.enrolled_at_destination", "transfer.no_arrears")
_MOVING = {
    Distance.NOWHERE: (),
    Distance.IN_PROVINCE: (
        "transfer.in_province_out_days",
        "transfer.in_province_in_days",
        "transfer.automatic",
        "transfer.in_province_bindings",
        *_CONDITIONS,
    ),
    Distance.CROSS_PROVINCE: ("transfer.out_days", "transfer.in_days", *_CONDITIONS),
}
_RETIRING = (
    "retirement.who",
    "retirement.total_years",
    "retirement.local_years",
    "retirement.legal_age",
    "retirement.months_per_step",
    "retirement.flexible_years",
    "retirement.starts_after",
    "account.retiree_monthly",
)
_PAYING_UP = (
    "retirement.shortfall_employee",
    "account.base_reference",
    "account.unit_contribution_rate",
    "account.maternity_rate",
    "account.own_rate",
    "account.critical_illness_fee",
)
_PAYING_UP_AS_FLEXIBLE = (
    "retirement.shortfall_flexible",
    "account.base_floor",
    "account.flexible_contribution_rate",
    "account.flexible_retiree_monthly",
    "account.critical_illness_fee",
)
_OF_A_GIFT = {
    TRANSFER: (
        "wallet.transfers_a_day",
        "wallet.transfer_most",
        "wallet.closed_hours",
        "wallet.unaccepted_returns_at",
    ),
    QUOTA: ("wallet.quota_frozen",),
}


class Relied(NamedTuple):
    """One value: in what area, of which channel, by which entry of a table."""

    area: str
    key: str
    channel: str = ""
    entry: tuple[str, ...] = ()


def relied_on(matter: Matter, family: Family) -> Iterator[Relied]:
    """`family` is as its matters leave it."""
    area = family.person(matter.person).area_on(matter.on)
    match matter:
        case Enrolment():
            yield from _enrolment(matter)
        case ArrearsPaid():
            yield from (Relied(area, key) for key in _ARREARS)
        case AccountTransfer():
            far = distance(matter.origin, matter.destination)
            yield from (Relied(matter.destination, key) for key in _MOVING[far])
        case Retirement():
            yield from _retirement(family.person(matter.person), matter.on, area)
        case Death():
            yield Relied(area, "closing.ends_bindings")
        case Payout():
            inherited = matter.reason is PayoutReason.INHERITANCE
            yield Relied(area, "account.heritable" if inherited else "closing.payable")
            yield Relied(area, "closing.ends_bindings")
        case _:
            yield from _gift(matter, family)


def _enrolment(matter: Enrolment) -> Iterator[Relied]:
    for key in ("enrolment.schemes_at_one_time", *_ENROLLING[matter.enrolled_as]):
        yield Relied(matter.area, key)
    if matter.enrolled_as in {EnrolledAs.RESIDENT, EnrolledAs.NEWBORN}:
        for key in ("premium.window", "premium.late"):
            yield Relied(matter.area, key, PROXY)


def _retirement(person: Person, on: date, area: str) -> Iterator[Relied]:
    """By sex, by 原法定退休年龄, by the year of retiring: whichever a table goes by."""
    sex = () if person.sex is None else (str(person.sex),)
    age = () if person.retires_at is None else (str(person.retires_at),)
    flexible = handled_as_flexible(person, on)
    usual = ("retirement.usual_original_age",) if person.retires_at is None else ()
    for key in (*_RETIRING, *usual, *(_PAYING_UP_AS_FLEXIBLE if flexible else _PAYING_UP)):
        yield Relied(area, key, entry=(*sex, *age, str(on.year)))


def _gift(matter: WalletTransfer | WalletQuota, family: Family) -> Iterator[Relied]:
    """Both places have to be on-line; how much and when goes by the payer's law."""
    payer, who = (family.person(one).area_on(matter.on) for one in (matter.payer, matter.beneficiary))
    for area in dict.fromkeys((payer, who)):
        yield Relied(area, "wallet.online", entry=(province_of(area), "other"))
        yield Relied(area, "wallet.pool_online", entry=(pool_of(area), province_of(area), "other"))
    channel = TRANSFER if isinstance(matter, WalletTransfer) else QUOTA
    for key in ("wallet.money_moves", *_OF_A_GIFT[channel]):
        yield Relied(payer, key, channel)
