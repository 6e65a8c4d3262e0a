"""居民医保费与退费。A resident's yearly premium, and taking an earlier event back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from desktop.domain.money import Money


@dataclass(frozen=True, slots=True)
class PremiumPayment:
    """代缴居民医保费。`paid_from` is a person's id, None for cash; `amount` None means the standard."""

    id: str
    on: date
    insured: str
    benefit_year: int
    amount: Money | None = None
    paid_from: str | None = None
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refund:
    """退费。Takes an earlier visit or premium back; `of` is its id."""

    id: str
    on: date
    of: str
    at: datetime | None = None
    note: str = ""
