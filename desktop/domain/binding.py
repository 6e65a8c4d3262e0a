"""绑定。Who lets whom use an account: 共济人 (payer) and 使用人 (beneficiary)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Relation(StrEnum):
    """What the beneficiary is to the payer: eight kinds of near relative, and those outside them."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    MATERNAL_GRANDPARENT = "maternal_grandparent"
    GRANDCHILD = "grandchild"
    MATERNAL_GRANDCHILD = "maternal_grandchild"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    OTHER = "other"


class Channel(StrEnum):
    """共济渠道: bound inside the province, or through the national wallet."""

    IN_PROVINCE = "in_province"
    WALLET = "wallet"


@dataclass(frozen=True, slots=True)
class Binding:
    """`since` and `until` are both inclusive."""

    id: str
    payer: str
    beneficiary: str
    relation: Relation
    channel: Channel
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
