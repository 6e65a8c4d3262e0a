"""办理事项。What was done at the office or in its app: enrolling, moving an account, retiring, closing it.

Each is dated by the day on which it was done. What it makes of a person's insurance is reckoned from that day
by the rules, never recorded beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.people import Scheme, Status

if TYPE_CHECKING:
    from datetime import date, datetime

    from desktop.domain.money import Money


class EnrolledAs(StrEnum):
    """参保身份。"""

    EMPLOYEE = "employee"
    FLEXIBLE = "flexible"
    RESIDENT = "resident"
    NEWBORN = "newborn"
    STUDENT = "student"

    @property
    def insured(self) -> tuple[Scheme, Status]:
        match self:
            case EnrolledAs.EMPLOYEE:
                return Scheme.EMPLOYEE, Status.ACTIVE
            case EnrolledAs.FLEXIBLE:
                return Scheme.EMPLOYEE, Status.FLEXIBLE
            case _:
                return Scheme.RESIDENT, Status.ACTIVE


@dataclass(frozen=True, slots=True)
class Enrolment:
    """参保登记。`on` is the day of the first contribution; when benefits begin follows from it.

    `monthly_base` is the wage base that feeds an employee's account, None where it is not known.
    """

    id: str
    on: date
    person: str
    enrolled_as: EnrolledAs
    area: str
    monthly_base: Money | None = None
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArrearsPaid:
    """补缴欠费。`on` is the day it was paid, `since` and `until` the stretch it was owed for, both inclusive.

    `amount` is what it came to, None where it is not known.
    """

    id: str
    on: date
    person: str
    since: date
    until: date
    amount: Money | None = None
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AccountTransfer:
    """转移接续。`on` is the day of applying, `done` that of finishing, None while the law's time counts.

    `amount` is what another place still kept apart from this account; None: the whole account moves.
    """

    id: str
    on: date
    person: str
    origin: str
    destination: str
    amount: Money | None = None
    done: date | None = None
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Retirement:
    """医保退休。`on` is the day on which the procedure was finished.

    `pays_up`: the months that are missing are paid for at once.
    """

    id: str
    on: date
    person: str
    pays_up: bool = True
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Death:
    """去世。"""

    id: str
    on: date
    person: str
    at: datetime | None = None
    note: str = ""


class PayoutReason(StrEnum):
    """支取缘由。"""

    INHERITANCE = "inheritance"
    EMIGRATION = "emigration"
    NOT_TRANSFERABLE = "not_transferable"
    OLD_CARD = "old_card"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Payout:
    """个人账户一次性支取。`to` is who gets the money, None for someone outside the family.

    `amount` None: all that the account holds. The money of an old card is none of the account's, so its
    amount is always said.
    """

    id: str
    on: date
    person: str
    reason: PayoutReason
    to: str | None = None
    amount: Money | None = None
    at: datetime | None = None
    note: str = ""
