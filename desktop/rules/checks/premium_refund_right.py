"""退费的权利。Until when a premium that need not have been paid can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.text import Text, text
from desktop.rules.premium import refund_right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.premium import RefundGround
    from desktop.rules.case import PremiumCase


def refund_right_words(case: PremiumCase, ground: RefundGround) -> Iterator[Text]:
    """The last day, where the law of the benefit year names one."""
    year, law = case.payment.benefit_year, case.year_law
    from_account = case.payment.paid_from is not None
    last = law.optional(lambda: refund_right(law, year, ground, from_account=from_account))
    if last is None:
        return
    if last.value < case.payment.on:
        yield text("已缴的，退费截止 {last}，已经过期", last=last.value)
    else:
        yield text("已缴的，{last} 以前可以到参保地申请退费", last=last.value)
