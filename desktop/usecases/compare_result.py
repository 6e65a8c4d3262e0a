"""对比的结果。A comparison in the published form, and as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.usecases.compare import delta, differences
from desktop.usecases.results import finding_result
from desktop.usecases.yearly_flows import yearly_flows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desktop.domain.money import Money
    from desktop.usecases.compare import Comparison, Delta, Run


def comparison_result(comparison: Comparison) -> dict[str, Any]:
    """`gongji plan FILE --compare NAME … --json`. The baseline comes first and has no `delta`."""
    return {
        "format": "gongji-comparison/1",
        "account": comparison.account,
        "from": _month(comparison.first_month),
        "until": _month(comparison.until),
        "runs": [_run(comparison, one) for one in comparison.runs],
        "engine": comparison.engine,
        "packs": [{"id": pack.id, "version": pack.version} for pack in comparison.chain],
        "notes": [finding_result(one) for one in comparison.notes],
    }


def _run(comparison: Comparison, run: Run) -> dict[str, Any]:
    short, lowest = run.shortfall, run.lowest
    assert lowest is not None
    written = {
        "scenario": run.name or None,
        "differs": str(run.differs),
        "runs_out": _month(run.runs_out),
        "first_shortfall": None
        if short is None
        else {
            "on": str(short.on),
            "event": short.event,
            "patient": short.patient,
            "amount": str(short.amount),
        },
        "cause": None if run.cause is None else str(run.cause),
        "lowest_in_a_year": {"month": _month(lowest.month), "balance": str(lowest.balance)},
        "cash": str(run.cash),
        "by_others": _sums(run.by_others),
        "end": str(run.end),
        "yearly": [
            {"what": str(one.what), "amount": str(one.amount)} for one in yearly_flows(comparison, run)
        ],
    }
    if run.scenario is None:
        return written
    return written | {
        "delta": _delta(delta(comparison.baseline, run)),
        "differences": _differences(comparison, run),
    }


def _delta(one: Delta) -> dict[str, Any]:
    return {
        "later": one.later,
        "at_least": one.beyond,
        "lowest_in_a_year": str(one.lowest),
        "cash": str(one.cash),
        "by_others": _sums(one.by_others),
        "end": str(one.end),
    }


def _differences(comparison: Comparison, run: Run) -> list[dict[str, str]]:
    return [
        {
            "on": str(one.on),
            "event": one.event,
            "what": str(one.what),
            "account": str(one.account),
            "cash": str(one.cash),
            "others": str(one.others),
            "own_care": str(one.own_care),
        }
        for one in differences(comparison, run)
    ]


def _sums(sums: Mapping[str, Money]) -> dict[str, str]:
    return {owner: str(amount) for owner, amount in sums.items()}


def _month(day: date | None) -> str | None:
    return None if day is None else f"{day:%Y-%m}"
