"""有争议的依据。Sources differ about a value that results rest on, or the packs were not compared since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.text import text

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.clause import Clause


def disputed(clause: Clause, events: tuple[str, ...], first: date) -> Finding:
    return Finding(
        "policy.disputed",
        Severity.NOTE,
        about=events,
        on=first,
        says=text("“{says}”各处说法不一，{count} 条记录按这个口径计算", says=clause.says, count=len(events)),
        because=clause,
        fix=(text("结果仅供参考，请拨打 12393 核实"),),
    )


def not_checked_since(clause: Clause, checked_on: date, events: tuple[str, ...], first: date) -> Finding:
    return Finding(
        "policy.not_checked_since",
        Severity.NOTE,
        about=events,
        on=first,
        says=text(
            "规则最近核对到 {checked_on}，之后的 {count} 条记录此后未核对",
            checked_on=checked_on,
            count=len(events),
        ),
        because=clause,
        fix=(text("有新文件时装入新的政策包"),),
    )
