"""居民医保费与退费。A resident's yearly premium, and taking an earlier event back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from desktop.domain.money import Money


class PremiumGroup(StrEnum):
    """缴费档次: who pays the whole premium, half of it, or none."""

    STANDARD = "standard"
    HALF = "half"
    FULL = "full"
    NEWBORN = "newborn"


class RefundGround(StrEnum):
    """退费缘由。"""

    DUPLICATE = "duplicate"
    JOINED_EMPLOYEE = "joined_employee"
    DEATH = "death"
    OTHER_AREA = "other_area"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PremiumPayment:
    """代缴居民医保费。`paid_from` is a person's id, None for cash; `amount` None: the group's standard."""

    id: str
    on: date
    insured: str
    benefit_year: int
    amount: Money | None = None
    paid_from: str | None = None
    at: datetime | None = None
    note: str = ""
    group: PremiumGroup = PremiumGroup.STANDARD


@dataclass(frozen=True, slots=True)
class Refund:
    """退费。Takes an earlier visit or premium back; `of` is its id, `ground` why (None: not said)."""

    id: str
    on: date
    of: str
    at: datetime | None = None
    note: str = ""
    ground: RefundGround | None = None
