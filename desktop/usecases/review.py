"""看一家。Everything the screens show of one family, worked out once: settled and planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.finding import Severity
from desktop.domain.months import add_months
from desktop.planning.timeline import holder_of, outlook
from desktop.usecases.settle_family import settle_family
from desktop.usecases.snoozes import awake

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.people import Person
    from desktop.planning.ledger import Ledger
    from desktop.planning.timeline import Outlook
    from desktop.policy.book import Book

PLANNED_YEARS = 5
"""How far the first page looks ahead for the month in which the account runs out."""


@dataclass(frozen=True, slots=True)
class Review:
    """`family` is as recorded, and mended there; `holder`, whose account it is, as their matters leave them.

    `ahead` looks five years on.
    """

    family: Family
    book: Book
    ledger: Ledger
    ahead: Outlook
    holder: Person

    def name(self, person_id: str) -> str:
        return self.family.person(person_id).name

    @property
    def lived(self) -> Family:
        """The family as its matters leave it: how each is insured, until when bindings hold, who died."""
        return self.ledger.lived

    def living(self, on: date) -> tuple[Person, ...]:
        """Those who may still be treated, bound or paid for on a day."""
        return tuple(one for one in self.lived.people if one.alive_on(on))

    @property
    def covered_until(self) -> date:
        """The last day on which the holder's packs answer."""
        return self.book.covered_until(self.holder.area_on(self.family.as_of))

    @property
    def errors(self) -> int:
        """What is not allowed; what no rule is known about is open, and not counted."""
        return sum(
            1
            for one in awake(self.ledger)
            if one.severity is Severity.ERROR and one.rule != "policy.not_covered"
        )

    @property
    def packs(self) -> tuple[tuple[str, str], ...]:
        """Title and version of the packs that speak for the holder, most local first."""
        chain = self.book.chain(self.holder.area_on(self.family.as_of))
        return tuple((pack.title, pack.version) for pack in chain)


def review(family: Family, book: Book) -> Review:
    ledger = settle_family(family, book)
    holder = ledger.lived.person(holder_of(family))
    return Review(
        family=family,
        book=book,
        ledger=ledger,
        ahead=outlook(family, book, holder.id, add_months(family.as_of, 12 * PLANNED_YEARS)),
        holder=holder,
    )
