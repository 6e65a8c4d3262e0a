"""筛选。What filters leave of the lines of one year, months as groups, and totals that close.

Plain values without Qt: a few lines are sifted at once, a great many off the GUI thread.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.money import NOTHING, Money, total
from desktop.domain.settlement import EntryKind
from desktop.ui.ledger.words import kind_key, paid
from desktop.ui.look.tokens import Source
from desktop.usecases.account_lines import OF_A_PERSON

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from desktop.usecases.account_lines import Line

_FEW = 300
_SUMS = tuple(
    attrgetter(name) for name in ("total_fee", "fund", "own", "mutual_aid", "cash", "change", "balance")
)
BILLS = frozenset({EntryKind.VISIT, EntryKind.PREMIUM, EntryKind.REFUND})
"""The kinds of line by which the account pays for something."""


@dataclass(frozen=True, slots=True)
class MonthHead:
    """The head of a month: what its lines credited and spent, and what matters moved in or out."""

    month: date
    credited: Money
    spent: Money
    moved: Money = NOTHING


@dataclass(frozen=True, slots=True)
class Totals:
    """Of the lines shown. `opening` + `change` + `elsewhere` (lines not shown) = `balance`.

    What an account opened with is no change: it belongs to `opening`.
    """

    count: int
    total_fee: Money
    paid: tuple[Money, ...]
    change: Money
    elsewhere: Money
    opening: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class Filters:
    """The empty word is everything."""

    first: date
    last: date
    words: str = ""
    person: str = ""
    kind: str = ""
    source: str = ""
    only_wrong: bool = False


@dataclass(frozen=True, slots=True)
class Sifted:
    """`rows` are places of lines, newest first, with the heads of months between; `whole` counts the year.

    `telling` are the rows by which columns are measured: all of a few; of many the heads, the first lines and
    those with the longest sums.
    """

    rows: tuple[int | MonthHead, ...]
    telling: tuple[int, ...]
    totals: Totals
    whole: int
    wrong: int


class Key(NamedTuple):
    """What a line is of, whatever its sums are; of a credit also its day."""

    kind: EntryKind
    event: str
    on: date | None


def key_of(line: Line) -> Key:
    return Key(line.kind, line.event, line.on if line.kind is EntryKind.CREDIT else None)


@dataclass(slots=True)
class Book:
    """Every line, oldest first. `read` gives the words of one, in which one seeks; asked once a line."""

    lines: Sequence[Line]
    read: Callable[[Line], str]
    _days: list[date] = field(init=False)
    _places: dict[Key, int] = field(init=False)
    _read: dict[int, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._days = [line.on for line in self.lines]
        self._places = {key_of(line): place for place, line in enumerate(self.lines)}

    def place(self, key: Key) -> int | None:
        return self._places.get(key)

    def read_ahead(self, most: int, stop: threading.Event) -> None:
        """Read the newest lines before anyone seeks: what reads them aloud takes its time to load."""
        for place in reversed(range(len(self.lines))[-most:]):
            if stop.is_set():
                return
            self._words(place)

    def _words(self, place: int) -> str:
        if place not in self._read:
            self._read[place] = self.read(self.lines[place])
        return self._read[place]

    def between(self, first: date, last: date) -> range:
        """The places of the lines of these days."""
        return range(bisect_left(self._days, first), bisect_right(self._days, last))

    def year(self, year: int) -> range:
        return self.between(date(year, 1, 1), date(year, 12, 31))

    def sift(self, asked: Filters, *, hidden: bool) -> Sifted:
        """`hidden`: sums cannot be sought."""
        inside = self.between(asked.first, asked.last)
        shown = [place for place in inside if self._fits(place, asked, hidden=hidden)]
        rows = tuple(self._rows(shown))
        return Sifted(
            rows=rows,
            telling=tuple(self._telling(rows)),
            totals=self._totals(inside, [self.lines[place] for place in shown]),
            whole=len(self.year(asked.first.year)),
            wrong=sum(1 for place in inside if self.lines[place].findings),
        )

    def _fits(self, place: int, asked: Filters, *, hidden: bool) -> bool:
        line = self.lines[place]
        if asked.person and line.person != asked.person:
            return False
        if asked.kind and kind_key(line) != asked.kind:
            return False
        if asked.source and not dict(paid(line))[Source(asked.source)]:
            return False
        if asked.only_wrong and not line.findings:
            return False
        return not asked.words or self._found(place, asked.words.lower(), hidden=hidden)

    def _found(self, place: int, words: str, *, hidden: bool) -> bool:
        line = self.lines[place]
        if words in self._words(place):
            return True
        sums = (line.total_fee, line.fund, line.own, line.mutual_aid, line.cash, line.change, line.balance)
        if hidden:
            return False
        return any(words in str(sum_) or words in f"{sum_:,}" for sum_ in sums if sum_ is not None)

    def _rows(self, shown: list[int]) -> Iterator[int | MonthHead]:
        """The newest month first, its head before its lines."""
        by_month: dict[tuple[int, int], list[int]] = {}
        for place in reversed(shown):
            on = self.lines[place].on
            by_month.setdefault((on.year, on.month), []).append(place)
        for (year, month), inside in by_month.items():
            lines = [self.lines[place] for place in inside]
            gains = total(line.change for line in lines if line.kind is EntryKind.CREDIT)
            spent = total(line.change for line in lines if line.kind in BILLS)
            moved = total(line.change for line in lines if line.kind not in BILLS | OF_A_PERSON)
            yield MonthHead(date(year, month, 1), gains, -spent, moved)
            yield from inside

    def _telling(self, rows: tuple[int | MonthHead, ...]) -> Iterable[int]:
        if len(rows) <= _FEW:
            return range(len(rows))
        told = {row for row, place in enumerate(rows) if isinstance(place, MonthHead)} | {*range(_FEW)}
        lines = [(row, self.lines[place]) for row, place in enumerate(rows) if isinstance(place, int)]
        for sum_of in _SUMS:
            known = [(sum_, row) for row, line in lines if (sum_ := sum_of(line)) is not None]
            told |= {max(known)[1], min(known)[1]} if known else set()
        return sorted(told)

    def _totals(self, inside: range, shown: list[Line]) -> Totals:
        lines = self.lines
        opened = total(lines[place].change for place in inside if lines[place].kind is EntryKind.OPENING)
        opening = (lines[inside.start - 1].balance if inside.start else NOTHING) + opened
        balance = lines[inside.stop - 1].balance if inside.stop else NOTHING
        change = total(line.change for line in shown if line.kind is not EntryKind.OPENING)
        sums = [dict(paid(line)) for line in shown]
        return Totals(
            count=len(shown),
            total_fee=total(line.total_fee for line in shown if line.total_fee is not None),
            paid=tuple(total(one[source] or NOTHING for one in sums) for source in Source),
            change=change,
            elsewhere=balance - opening - change,
            opening=opening,
            balance=balance,
        )
