"""结算全家。Settles every event of a family in order of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.planning.ledger import Ledger, keep

if TYPE_CHECKING:
    from desktop.domain.family import Family
    from desktop.policy.book import Book

__all__ = ["Ledger", "settle_family"]


def settle_family(family: Family, book: Book) -> Ledger:
    """Up to the last event or binding, and at least to the family's own day."""
    days = [*(event.on for event in family.events), *(one.since for one in family.bindings), family.as_of]
    return keep(family, book, max(days))
