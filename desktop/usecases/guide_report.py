"""办理清单。What the printed list of an errand says, beside the guide as it is shown: whose, until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from desktop.usecases.guide_view import GuideView
    from desktop.usecases.review import Review


@dataclass(frozen=True, slots=True)
class ErrandReport:
    """`packs` speak for the holder until `covered_until`. People are called by what they are."""

    view: GuideView
    name: str
    as_of: date
    packs: str
    covered_until: date


def errand_report(seen: Review, view: GuideView) -> ErrandReport:
    return ErrandReport(
        view=view,
        name=seen.family.name,
        as_of=seen.family.as_of,
        packs="，".join(f"{title} {version}" for title, version in reversed(seen.packs)),
        covered_until=seen.covered_until,
    )
