"""估。Which premiums rest on a year that nobody has published yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.policy.policy import Term

if TYPE_CHECKING:
    from desktop.domain.settlement import PremiumPaid


def is_estimated(paid: PremiumPaid) -> bool:
    """Whether its amount was carried on from an earlier year; one that was stated is what it is."""
    because = paid.because
    return paid.payment.amount is None and isinstance(because, Term) and because.assumed
