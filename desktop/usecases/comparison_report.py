"""对比报告。What the printed comparison says: conclusion, columns, what makes them differ, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.money import NOTHING, Money, total
from desktop.usecases.compare import Delta, Difference, Run, delta, differences
from desktop.usecases.comparison_words import (
    BASELINE,
    change_words,
    conclusion,
    later_words,
    longest,
    share_words,
    span_words,
    sure_words,
    thriftiest,
)
from desktop.usecases.kin import kinship, told, without_names
from desktop.usecases.report_grounds import verdict_of
from desktop.usecases.scenario_words import month_words, words_of_rule
from desktop.usecases.yearly_flows import yearly_flows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from desktop.domain.finding import Severity
    from desktop.domain.text import Text
    from desktop.usecases.chances import Fan
    from desktop.usecases.compare import Comparison
    from desktop.usecases.kin import Kin
    from desktop.usecases.review import Review

MOST_POSTINGS = 6
"""Of what makes a scenario differ: so many of the largest; the others are summed."""

_EMPTY = "\N{EN DASH}"
_ESTIMATED = "premium.estimated"
_DECEMBER = 12
_LOW, _MIDDLE, _HIGH = 10, 50, 90


class Figure(NamedTuple):
    caption: str
    value: str
    note: str


class Cell(NamedTuple):
    """A value and what it differs by from the baseline; empty for the baseline itself."""

    value: str
    delta: str = ""


class Sums(NamedTuple):
    """What moves into the account, what is paid in cash, and what other accounts pay for the family."""

    account: Money
    cash: Money
    others: Money


class Posting(NamedTuple):
    on: date
    what: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Changed:
    """差在哪里. The largest postings in order of day; `rest` sums the `left` others, `whole` is all together.

    `own_care` is what other accounts pay more for their owners, which is in none of the sums.
    """

    postings: tuple[Posting, ...]
    left: int
    rest: Sums
    whole: Sums
    own_care: Money


@dataclass(frozen=True, slots=True)
class Column:
    """One run: `cells` in the order of the captions, `balances` at the end of each month.

    `changed` is None for the baseline.
    """

    name: str
    differs: str
    cells: tuple[Cell, ...]
    balances: tuple[tuple[date, Money], ...]
    runs_out: date | None
    why: str
    changed: Changed | None


class Flow(NamedTuple):
    """每年进出. A line of what an average year brings, by column; None where a column has no such line."""

    what: str
    amounts: tuple[Money | None, ...]


class Chance(NamedTuple):
    """At the end of a month: how many futures have lasted, and between what sums they are."""

    month: date
    lasting: int
    share: str
    low: Money
    middle: Money
    high: Money


@dataclass(frozen=True, slots=True)
class Sure:
    """有多大把握. Of one column: sentences, a line for each year, and its band month by month (P10, P90)."""

    of: str
    futures: int
    seed: int
    said: tuple[str, ...]
    chances: tuple[Chance, ...]
    band: tuple[tuple[date, Money, Money], ...]


class Note(NamedTuple):
    """`mark` is 估 or 假设, or empty: then `severity` is that of a finding, None of what is simply so."""

    mark: str
    severity: Severity | None
    words: str


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """`chosen` is the place of the column looked at; `sure` is of it, None where nothing was drawn."""

    name: str
    as_of: date
    until: date
    conclusion: str
    balance: Money
    figures: tuple[Figure, ...]
    captions: tuple[str, ...]
    columns: tuple[Column, ...]
    chosen: int
    flows: tuple[Flow, ...]
    net: tuple[Money, ...]
    sure: Sure | None
    notes: tuple[Note, ...]
    engine: str
    packs: str
    covered_until: date


def comparison_report(
    seen: Review, comparison: Comparison, chosen: str = "", fan: Fan | None = None
) -> ComparisonReport:
    """`chosen` names a scenario, empty: the baseline; `fan` is of that one."""
    tell = _Telling(seen, comparison)
    run, baseline = comparison.run(chosen), comparison.baseline
    yearly = [yearly_flows(comparison, one) for one in comparison.runs]
    return ComparisonReport(
        name=seen.family.name,
        as_of=seen.family.as_of,
        until=comparison.until,
        conclusion=conclusion(comparison, tell.known, tell.names),
        balance=baseline.outlook.ledger.balance(comparison.account, seen.family.as_of),
        figures=tuple(_figures(comparison, tell)),
        captions=_captions(tell.span),
        columns=tuple(_column(comparison, one, tell) for one in comparison.runs),
        chosen=comparison.runs.index(run),
        flows=_flows([[(tell(one.what), one.amount) for one in flows] for flows in yearly]),
        net=tuple(total(one.amount for one in flows) for flows in yearly),
        sure=None if fan is None else _sure(fan, run, tell),
        notes=tuple(_notes(seen, comparison, tell)),
        engine=comparison.engine,
        packs="，".join(f"{title} {version}" for title, version in reversed(comparison.packs)),
        covered_until=baseline.outlook.assumed_from - timedelta(days=1),
    )


class _Telling:
    """Speaks of the family as paper may: with 母亲 where a name stood, in the names of scenarios too."""

    def __init__(self, seen: Review, comparison: Comparison) -> None:
        self._family = seen.family
        self.known: Mapping[str, Kin] = kinship(seen.family, seen.holder.id)
        self.span = span_words(len(comparison.baseline.outlook.months))
        self.names = {
            one.name: without_names(one.name, seen.family, self.known) or BASELINE for one in comparison.runs
        }

    def __call__(self, sentence: Text) -> str:
        return told(sentence, self._family, dict(self.known))

    def people(self, owners: Mapping[str, Money]) -> str:
        return "、".join(self.known[owner].word for owner in owners)


# ------------------------------------------------------------------------------------------ figures, columns


def _captions(span: str) -> tuple[str, ...]:
    return "首次不足", "12 个月内最低", f"{span}现金合计", "改由别人账户付", f"{span}末余额"


def _figures(comparison: Comparison, tell: _Telling) -> Iterator[Figure]:
    """How long the baseline lasts; what helps most, or where nothing does, its lowest month and its cash."""
    baseline, last = comparison.baseline, longest(comparison)
    if baseline.runs_out is None:
        yield Figure("基准还可支撑", f"{tell.span}够用", f"推算到{month_words(comparison.until)}为止")
    else:
        months = sum(1 for one in baseline.outlook.months if one.month < baseline.runs_out)
        yield Figure("基准还可支撑", f"{months} 个月", f"{month_words(baseline.runs_out)}起不够")
    if last is None:
        assert baseline.lowest is not None
        low = baseline.lowest
        yield Figure("12 个月内最低", f"{low.balance:,}", f"基准，{month_words(low.month)}末")
    else:
        run, of = last
        yield Figure("最多多撑", f"{of.later} 个月{'以上' if of.beyond else ''}", tell.names[run.name])
    saves = thriftiest(comparison)
    if saves is None:
        yield Figure(f"{tell.span}现金合计", f"{baseline.cash:,}", BASELINE)
    else:
        run, of = saves
        yield Figure(f"{tell.span}最多少付现金", f"{-of.cash:,}", tell.names[run.name])


def _column(comparison: Comparison, run: Run, tell: _Telling) -> Column:
    of = None if run is comparison.baseline else delta(comparison.baseline, run)
    return Column(
        name=tell.names[run.name],
        differs=tell(run.differs),
        cells=tuple(_cells(run, of, tell)),
        balances=tuple((one.month, one.balance) for one in run.outlook.months),
        runs_out=run.runs_out,
        why=_why(comparison, run, tell),
        changed=None if of is None else _changed(differences(comparison, run), tell),
    )


def _cells(run: Run, of: Delta | None, tell: _Telling) -> Iterator[Cell]:
    assert run.lowest is not None
    first = f"{tell.span}内无" if run.runs_out is None else month_words(run.runs_out)
    yield Cell(first, "" if of is None else later_words(of))
    yield Cell(f"{run.lowest.balance:,}", "" if of is None else change_words(of.lowest))
    yield Cell(f"{run.cash:,}", "" if of is None else change_words(of.cash))
    yield _by_others(of, tell)
    yield Cell(f"{run.end:,}", "" if of is None else change_words(of.end))


def _by_others(of: Delta | None, tell: _Telling) -> Cell:
    """What goes over to other accounts, and whose; less than nothing where it comes back from them."""
    moved = {} if of is None else of.by_others
    return Cell(f"{total(moved.values()):,}" if moved else _EMPTY, tell.people(moved))


def _why(comparison: Comparison, run: Run, tell: _Telling) -> str:
    if run.cause is not None:
        return f"{tell(run.cause)}。"
    return f"推算到{month_words(comparison.until)}，每一笔都付得起，到时还有 {run.end:,} 元。"


# ----------------------------------------------------------------------------------------------- what differs


def _changed(rows: Sequence[Difference], tell: _Telling) -> Changed:
    large = sorted((one for one in rows if any(_sums_of(one))), key=_weight, reverse=True)[:MOST_POSTINGS]
    rest = [one for one in rows if one not in large]
    return Changed(
        postings=tuple(Posting(one.on, tell(one.what), _sums_of(one)) for one in rows if one in large),
        left=len(rest),
        rest=_added(rest),
        whole=_added(rows),
        own_care=total(one.own_care for one in rows),
    )


def _sums_of(one: Difference) -> Sums:
    return Sums(one.account, one.cash, one.others)


def _weight(one: Difference) -> int:
    return max(abs(money) for money in _sums_of(one))


def _added(rows: Sequence[Difference]) -> Sums:
    return Sums(*(total(column) for column in zip(*map(_sums_of, rows), strict=True))) if rows else _STILL


_STILL = Sums(NOTHING, NOTHING, NOTHING)


def _flows(columns: Sequence[Sequence[tuple[str, Money]]]) -> tuple[Flow, ...]:
    """Every line of any column once: what comes in first, then what goes out, the largest first."""
    sums = [dict(one) for one in columns]
    largest = {what: max((one.get(what, NOTHING) for one in sums), key=abs) for one in sums for what in one}
    order = sorted(largest, key=lambda what: (largest[what] < NOTHING, -abs(largest[what])))
    return tuple(Flow(what, tuple(one.get(what) for one in sums)) for what in order)


# --------------------------------------------------------------------------------------- chances, assumptions


def _sure(fan: Fan, run: Run, tell: _Telling) -> Sure:
    low, middle, high = (fan.bands[one] for one in (_LOW, _MIDDLE, _HIGH))
    return Sure(
        of=tell.names[run.name],
        futures=fan.futures,
        seed=fan.seed,
        said=tuple(sure_words(fan, run, tell.known)),
        chances=tuple(
            Chance(month, lasting, share_words(lasting / fan.futures), low[at], middle[at], high[at])
            for at, (month, lasting) in enumerate(zip(fan.months, fan.lasting, strict=True))
            if month.month == _DECEMBER or month == fan.months[-1]
        ),
        band=tuple(zip(fan.months, low, high, strict=True)),
    )


def _notes(seen: Review, comparison: Comparison, tell: _Telling) -> Iterator[Note]:
    """What was estimated, supposed and found, and how all of it was reckoned."""
    estimated = [one for one in comparison.notes if one.rule == _ESTIMATED]
    yield from (Note("估", None, f"{tell(one.says)}。") for one in estimated)
    yield from _supposed(seen, comparison, tell)
    for one in comparison.notes:
        if one.rule != _ESTIMATED:
            yield Note("", verdict_of(one), f"{tell(one.says)}。")
    planned = "未来按填好的规划逐月推算"
    if seen.family.plan is None:
        planned = "没有填规划，未来按过去十二个月的费用每年再来一遍推算"
    yield Note("", None, f"{planned}；基准和每个方案都从头完整推演一遍，差额是两遍相减。")


def _supposed(seen: Review, comparison: Comparison, tell: _Telling) -> Iterator[Note]:
    """What the scenarios change of the law, and that it stays as it is past what the packs cover."""
    area, assumed = seen.holder.area_on(seen.family.as_of), comparison.baseline.outlook.assumed_from
    for run in comparison.runs:
        for change in () if run.scenario is None else run.scenario.rules:
            said = words_of_rule(seen.book, area, change).removeprefix("假设")
            yield Note("假设", None, f"“{tell.names[run.name]}”：{said}。")
    if comparison.until >= assumed:
        day = f"{assumed.year}年{assumed.month}月{assumed.day}日"
        yield Note("假设", None, f"{day}起的规则还没有收录，推算时假定不变。")
