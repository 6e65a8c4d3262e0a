"""会怎样。What a change would do to the account and its places, in a few captioned words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.usecases.overview import map_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.money import Money
    from desktop.usecases.effects import Effect
    from desktop.usecases.review import Review


@dataclass(frozen=True, slots=True)
class Line:
    """A caption, a value, and the tone of the value: better is `ok`, worse is `warn`."""

    caption: str
    words: str
    tone: str = "text"


def money_lines(effect: Effect) -> tuple[Line, ...]:
    """The lowest balance of twelve months, and the first month that falls short."""
    before, after = effect.before, effect.after
    return (
        Line(
            _tr("12 个月内最低"),
            turned(_sum(before.lowest), _sum(after.lowest)),
            _tone(_fen(before.lowest), _fen(after.lowest)),
        ),
        Line(
            _tr("首次不足"),
            turned(_month(before.runs_out), _month(after.runs_out)),
            _tone(_last(before.runs_out), _last(after.runs_out)),
        ),
    )


def place_lines(seen: Review, effect: Effect) -> Iterator[Line]:
    """当前绑定 7 → 8 / 10: the places of the holder's account."""
    before, after = map_of(seen), map_of(effect.then)
    yield Line(_tr("当前绑定"), turned(before.active, after.active, after.most_active))
    yield Line(_tr("累计不同的人"), turned(before.lifetime, after.lifetime, after.most_in_lifetime))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Effect", words)


def turned(before: object, after: object, most: int | None = None) -> str:
    """7 → 8 / 10, or 7 / 10 不变."""
    limit = "" if most is None else f" / {most}"
    return f"{before}{limit} {_tr('不变')}" if before == after else f"{before} → {after}{limit}"


def _sum(money: Money | None) -> str:
    return _tr("无从推算") if money is None else f"{money:,}"


def _month(day: date | None) -> str:
    return _tr("5 年内无") if day is None else _tr("{year}年{month}月").format(year=day.year, month=day.month)


def _fen(money: Money | None) -> float:
    return 0 if money is None else int(money)


def _last(day: date | None) -> float:
    return float("inf") if day is None else day.toordinal()


def _tone(before: float, after: float) -> str:
    if before == after:
        return "text"
    return "ok" if after > before else "warn"
