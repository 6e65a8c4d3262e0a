"""流水的内容。The lines of one year, what filters leave of them, months as groups, totals that close."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.money import NOTHING, Money, total
from desktop.domain.settlement import EntryKind, Settlement
from desktop.ui.ledger.initials import initials
from desktop.ui.ledger.words import (
    VERDICTS,
    chip_words,
    kind_key,
    kind_word,
    origin_day,
    paid,
    summary,
    without_names,
    worst,
)
from desktop.ui.look.tokens import Source
from desktop.ui.widgets.brush import Span
from desktop.ui.widgets.chart import Balance
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.lines import Chip
from desktop.usecases.account_lines import Line, account_lines
from desktop.usecases.concerns import finding_key
from desktop.usecases.kin import kinship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desktop.ui.look.look import Look
    from desktop.usecases.review import Review


@dataclass(frozen=True, slots=True)
class Entry:
    """One line as it is shown. `aside` says whose account 本人账户 is, if not the holder's."""

    line: Line
    kind: str
    person: str
    item: str
    aside: str
    chips: tuple[Chip, ...]
    sought: str


@dataclass(frozen=True, slots=True)
class MonthHead:
    """The head of a month: what its lines credited and spent."""

    month: date
    credited: Money
    spent: Money


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


class LedgerModel(QObject):
    """`changed` comes when other lines are shown, `span_changed` when it is another year.

    `go` comes with the page to open and what to select there, `chosen` with the row to choose.
    """

    changed = Signal()
    span_changed = Signal()
    filters_changed = Signal()
    go = Signal(str, str)
    chosen = Signal(int)

    def __init__(self, review: Review, look: Look) -> None:
        super().__init__()
        self._look, self._family, self._holder = look, review.family, review.holder.id
        self._known = kinship(review.family, self._holder)
        lines = [
            line for line in account_lines(review.ledger, self._holder) if line.on <= review.family.as_of
        ]
        self._all = tuple(self._entry(line) for line in lines)
        self._today = review.family.as_of
        years = {line.on.year for line in lines} | {self._today.year}
        self.years = tuple(self._year_choice(year) for year in sorted(years, reverse=True))
        self.rows: tuple[Entry | MonthHead, ...] = ()
        self.year = self._today.year
        self.filters = self._whole_year()
        self._sift()
        look.changed.connect(self._worn)
        self._hidden = look.money.hidden

    # ------------------------------------------------------------------------------------------- what to pick

    @property
    def people(self) -> tuple[Choice, ...]:
        """Everyone who has a line, in the order of the family."""
        seen = {entry.line.person for entry in self._all}
        known = [Choice(one.id, self._known[one.id].word) for one in self._family.people if one.id in seen]
        return (Choice("", self.tr("全部家人")), *known)

    @property
    def kinds(self) -> tuple[Choice, ...]:
        keys = dict.fromkeys(kind_key(entry.line) for entry in self._all)
        return (Choice("", self.tr("全部类别")), *(Choice(key, kind_word(key)) for key in keys))

    @property
    def sources(self) -> tuple[Choice, ...]:
        tints = [Choice(str(source), self._look.tint(source).label) for source in Source]
        return (Choice("", self.tr("全部来源")), *tints)

    @property
    def span(self) -> Span:
        """The balances of the year, for the brush."""
        balances = {entry.line.on: entry.line.balance for entry in self._all if entry.line.on <= self._end}
        points = tuple(Balance(on, money) for on, money in balances.items())
        return Span(points, self._begin, self._end)

    @property
    def _begin(self) -> date:
        return date(self.year, 1, 1)

    @property
    def _end(self) -> date:
        return min(date(self.year, 12, 31), self._today)

    def _year_choice(self, year: int) -> Choice:
        return Choice(str(year), self.tr("{year}年").format(year=year))

    # ------------------------------------------------------------------------------------------------ filters

    def seek(self, words: str) -> None:
        self._filter(replace(self.filters, words=words.strip()))

    def choose_person(self, key: str) -> None:
        self._filter(replace(self.filters, person=key))

    def choose_kind(self, key: str) -> None:
        self._filter(replace(self.filters, kind=key))

    def choose_source(self, key: str) -> None:
        self._filter(replace(self.filters, source=key))

    def choose_days(self, first: date, last: date) -> None:
        """Inside the year; the two may come in either order."""
        low, high = sorted(min(max(day, self._begin), self._end) for day in (first, last))
        self._filter(replace(self.filters, first=low, last=high))

    def only_wrong(self, only: bool) -> None:
        self._filter(replace(self.filters, only_wrong=only))

    def choose_year(self, key: str) -> None:
        self.year = int(key)
        whole = self._whole_year()
        self.filters = replace(self.filters, first=whole.first, last=whole.last)
        self.span_changed.emit()
        self._filter(self.filters)

    def clear(self) -> None:
        """All lines of the year again."""
        self._filter(self._whole_year())

    def _whole_year(self) -> Filters:
        return Filters(self._begin, self._end)

    def _filter(self, filters: Filters) -> None:
        self.filters = filters
        self._sift()
        self.filters_changed.emit()
        self.changed.emit()

    def _worn(self) -> None:
        """Hidden sums cannot be sought."""
        if self._look.money.hidden != self._hidden:
            self._hidden = self._look.money.hidden
            if self.filters.words:
                self._filter(self.filters)

    # -------------------------------------------------------------------------------------------------- lines

    def _sift(self) -> None:
        of_year = [entry for entry in self._all if entry.line.on.year == self.year]
        in_days = [one for one in of_year if self.filters.first <= one.line.on <= self.filters.last]
        shown = [entry for entry in in_days if self._fits(entry)]
        self.whole = len(of_year)
        self.wrong = sum(1 for entry in in_days if entry.line.findings)
        self.rows = tuple(self._rows(reversed(shown)))
        self.totals = self._totals([entry.line for entry in shown])

    def _fits(self, entry: Entry) -> bool:
        asked, line = self.filters, entry.line
        if asked.person and line.person != asked.person:
            return False
        if asked.kind and kind_key(line) != asked.kind:
            return False
        if asked.source and not dict(paid(line))[Source(asked.source)]:
            return False
        if asked.only_wrong and not line.findings:
            return False
        return not asked.words or self._found(entry, asked.words.lower())

    def _found(self, entry: Entry, words: str) -> bool:
        if words in entry.sought:
            return True
        line = entry.line
        sums = (line.total_fee, line.fund, line.own, line.mutual_aid, line.cash, line.change, line.balance)
        if self._look.money.hidden:
            return False
        return any(words in str(sum_) or words in f"{sum_:,}" for sum_ in sums if sum_ is not None)

    def _rows(self, entries: Iterable[Entry]) -> Iterator[Entry | MonthHead]:
        """The newest month first, its head before its lines."""
        by_month: dict[date, list[Entry]] = {}
        for entry in entries:
            by_month.setdefault(entry.line.on.replace(day=1), []).append(entry)
        for month, inside in by_month.items():
            gains = [one.line.change for one in inside if one.line.kind is EntryKind.CREDIT]
            still = {EntryKind.CREDIT, EntryKind.OPENING}
            spent = [one.line.change for one in inside if one.line.kind not in still]
            yield MonthHead(month, total(gains), -total(spent))
            yield from inside

    def _totals(self, lines: list[Line]) -> Totals:
        before = [one.line for one in self._all if one.line.on < self.filters.first]
        until = [one.line for one in self._all if one.line.on <= self.filters.last]
        opened = (line.change for line in until if line.kind is EntryKind.OPENING and line not in before)
        opening = (before[-1].balance if before else NOTHING) + total(opened)
        balance = until[-1].balance if until else NOTHING
        change = total(line.change for line in lines if line.kind is not EntryKind.OPENING)
        return Totals(
            count=len(lines),
            total_fee=total(line.total_fee for line in lines if line.total_fee is not None),
            paid=tuple(
                total(sum_ for line in lines for source, sum_ in paid(line) if source is one and sum_)
                for one in Source
            ),
            change=change,
            elsewhere=balance - opening - change,
            opening=opening,
            balance=balance,
        )

    def _entry(self, line: Line) -> Entry:
        person, kind = self._known[line.person].word, kind_word(kind_key(line))
        item = without_names(summary(line), self._family, self._known)
        words = " ".join((item, person, kind))
        return Entry(
            line, kind, person, item, self._aside(line), tuple(self._chips(line)), self._sought(words)
        )

    @staticmethod
    def _sought(words: str) -> str:
        return f"{words.lower()} {initials(words)}"

    def _aside(self, line: Line) -> str:
        """本人账户 is the patient's own: said where that is another person's."""
        if not line.own or line.person == self._holder or not isinstance(line.what, Settlement):
            return ""
        return self.tr("{person}的账户").format(person=self._known[line.person].word)

    def _chips(self, line: Line) -> Iterator[Chip]:
        if line.reversed_by is not None:
            yield Chip(self.tr("已冲正"))
        if line.reverses is not None:
            yield Chip(self.tr("对应 {day}").format(day=origin_day(line)))
        finding = worst(line)
        if finding is not None:
            yield Chip(chip_words(line, finding), VERDICTS[finding.severity])

    # -------------------------------------------------------------------------------------------------- words

    @property
    def context(self) -> str:
        count, whole = self.totals.count, self.whole
        if count == whole:
            return self.tr("{year}年共 {count} 笔").format(year=self.year, count=whole)
        words = self.tr("{year}年共 {whole} 笔，筛选后 {count} 笔")
        return words.format(year=self.year, whole=whole, count=count)

    @property
    def period(self) -> str:
        first, last = self.filters.first, self.filters.last
        words = self.tr("选中期间 {m1}月{d1}日至{m2}月{d2}日，{count} 笔")
        return words.format(m1=first.month, d1=first.day, m2=last.month, d2=last.day, count=self.totals.count)

    @property
    def closing(self) -> str:
        """期初 + 变动 = 期末, as an equation anyone can check."""
        sums = self.totals
        words = self.tr("期初 {opening} {change} = 期末 {balance}")
        if sums.elsewhere:
            words = self.tr("期初 {opening}，所列 {change}，未列 {elsewhere}，期末 {balance}")
        return words.format(
            opening=f"{sums.opening:,}",
            change=_with_sign(sums.change, spaced=not sums.elsewhere),
            elsewhere=_with_sign(sums.elsewhere),
            balance=f"{sums.balance:,}",
        )

    # ----------------------------------------------------------------------------------------------- choosing

    def select(self, event: str) -> None:
        """Show the line of an event, in its year and without filters that hide it."""
        entry = next((one for one in self._all if one.line.event == event), None)
        if entry is None:
            return
        if self._row(event) is None:
            if entry.line.on.year != self.year:
                self.choose_year(str(entry.line.on.year))
            self.clear()
        row = self._row(event)
        if row is not None:
            self.chosen.emit(row)

    def open(self, row: int) -> None:
        """Of a reversal its other half, of a line that breaks a rule the finding."""
        entry = self.rows[row]
        if isinstance(entry, MonthHead):
            return
        pair = entry.line.reversed_by or entry.line.reverses
        finding = worst(entry.line)
        if pair is not None:
            self.select(pair)
        elif finding is not None:
            self.go.emit("findings", finding_key(finding))

    def _row(self, event: str) -> int | None:
        lines = enumerate(self.rows)
        return next((row for row, one in lines if isinstance(one, Entry) and one.line.event == event), None)


def _with_sign(money: Money, *, spaced: bool = False) -> str:
    sign, gap = ("-" if money < 0 else "+"), (" " if spaced else "")
    return f"{sign}{gap}{-money if money < 0 else money:,}"
