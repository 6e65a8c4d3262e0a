"""估。Which premiums rest on a year that nobody has published yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.policy.policy import NotCovered, Term
from desktop.rules.premium import personal_premium

if TYPE_CHECKING:
    from desktop.domain.settlement import PremiumPaid
    from desktop.policy.book import Book


def is_estimated(paid: PremiumPaid) -> bool:
    """Whether its amount was carried on from an earlier year; one that was stated is what it is."""
    because = paid.because
    return paid.payment.amount is None and isinstance(because, Term) and because.assumed


def estimated_from(book: Book, area: str, benefit_year: int) -> int | None:
    """The last published year, whose premium stands for that of `benefit_year`; None where it has its own."""
    assuming = book.assuming_unchanged()
    try:
        standard = personal_premium(assuming.law(area, date(benefit_year, 1, 1)))
    except NotCovered:
        return None
    return book.packs[standard.pack].covers_until.year if standard.assumed else None
