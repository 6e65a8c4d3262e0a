"""纸上的对比。What the page shows, as it goes on paper; what is not worked out yet is worked out there."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.ui.planning.model import futures_of
from desktop.usecases.compare import compare
from desktop.usecases.comparison_report import comparison_report

if TYPE_CHECKING:
    from desktop.ui.planning.model import Drawing, PlanningModel
    from desktop.usecases.chances import Fan
    from desktop.usecases.compare import Comparison
    from desktop.usecases.comparison_report import ComparisonReport


@dataclass(frozen=True, slots=True)
class OnPaper:
    """`drawing` draws all futures of the column looked at; `names` are the scenarios side by side."""

    drawing: Drawing
    names: tuple[str, ...]
    comparison: Comparison | None
    fan: Fan | None

    def report(self) -> ComparisonReport:
        """Off the GUI thread. Raises `InputRefused`."""
        review, until = self.drawing.review, self.drawing.until
        comparison = self.comparison
        if comparison is None:
            comparison = compare(review.family, review.book, until, self.names, account=review.holder.id)
        fan = self.fan
        if fan is None:
            *_, fan = futures_of(self.drawing, threading.Event())
        return comparison_report(review, comparison, self.drawing.asked.scenario, fan)


def on_paper(model: PlanningModel) -> OnPaper | None:
    """None where there is no account to compare. A fan that is still growing is drawn anew, to its end."""
    if not model.has_account:
        return None
    return OnPaper(
        drawing=model.in_full,
        names=model.beside,
        comparison=None if model.stale else model.comparison,
        fan=None if model.fan_stale or model.busy else model.fan,
    )
