"""大病保险。What critical illness insurance owes for a year's burden, segment by segment."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING, A, Money, greatest, least

if TYPE_CHECKING:
    from desktop.policy.law import CriticalLaw


def due_for_year(base: A, law: CriticalLaw) -> A:
    """全年应付。`base` is the year's in-scope burden; rounded to the fen once, over all segments."""
    segments = law.segments.value
    under = lcm(*(segment.share.under for segment in segments))
    # 分段自起付线以上起算（或自零起算，起付线以内不付）。
    origin = law.deductible.value if law.from_deductible else NOTHING
    weighed: A = base * 0
    for segment in segments:
        # 起付线以上的部分，分段按比例支付；
        floor: Money = greatest(origin + segment.since, law.deductible.value)
        upto: A = base if segment.until is None else least(base, origin + segment.until)
        share = segment.share
        within: A = greatest(upto - floor, NOTHING)
        weighed = weighed + within * (share.over * (under // share.under))
    # 各段合计一次四舍五入到分，不超过年度最高支付限额。
    due: A = least(weighed.divided_by(under), law.ceiling.value)
    return due
