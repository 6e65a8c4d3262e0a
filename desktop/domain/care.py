"""就诊。A visit to a hospital or pharmacy, and the bill it brings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic

from desktop.domain.money import A, Money

if TYPE_CHECKING:
    from datetime import date, datetime


class Setting(StrEnum):
    """就诊类别。"""

    OUTPATIENT = "outpatient"
    EMERGENCY = "emergency"
    CHRONIC = "chronic"
    INPATIENT = "inpatient"
    PHARMACY = "pharmacy"


class Facility(StrEnum):
    """机构种类。"""

    HOSPITAL = "hospital"
    PHARMACY = "pharmacy"


class Level(StrEnum):
    """医院等级。"""

    GRASSROOTS = "grassroots"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"
    PROVINCIAL = "provincial"


class Credential(StrEnum):
    """就诊凭证: the patient's own, or another person's."""

    OWN = "own"
    OTHER = "other"


class Purpose(StrEnum):
    """费用用途。"""

    TREATMENT = "treatment"
    PUBLIC_HEALTH = "public_health"
    FITNESS = "fitness"
    WELLNESS = "wellness"
    GOODS = "goods"


@dataclass(frozen=True, slots=True)
class Provider:
    """定点医药机构; only hospitals have a level."""

    kind: Facility
    designated: bool
    area: str
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Charges(Generic[A]):
    """费用明细, as printed on the receipt. `fund_paid` is the fund's part where it is printed too."""

    total_fee: A
    fully_self_funded: A
    over_limit_self_funded: A
    upfront_copay: A
    fund_paid: A | None = None

    @property
    def out_of_scope(self) -> A:
        return self.fully_self_funded + self.over_limit_self_funded  # type: ignore[no-any-return]

    @property
    def in_scope(self) -> A:
        """符合政策范围金额。"""
        return self.total_fee - self.out_of_scope - self.upfront_copay  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Visit:
    id: str
    on: date
    patient: str
    setting: Setting
    provider: Provider
    charges: Charges[Money]
    credential: Credential = Credential.OWN
    use_account: bool = True
    prescribed: bool = True
    purpose: Purpose = Purpose.TREATMENT
    at: datetime | None = None
    note: str = ""
