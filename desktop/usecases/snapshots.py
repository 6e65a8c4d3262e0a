"""留存与现在。What a scenario came to when it was kept, what it comes to now, and why they may differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.money import total
from desktop.domain.months import add_months
from desktop.domain.text import Text, text
from desktop.usecases.scenario_words import month_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.money import Money
    from desktop.domain.plan import Snapshot
    from desktop.usecases.compare import Comparison, Run


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure twice: `runs_out` is a month, None where it never falls short; the others are sums."""

    name: str
    then: date | Money | None
    now: date | Money | None

    @property
    def same(self) -> bool:
        return self.then == self.now


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """`engine` and `packs` (id, version) are those of then; `why` is empty where no figure differs."""

    snapshot: Snapshot
    figures: tuple[Figure, ...]
    why: tuple[Text, ...]

    @property
    def same(self) -> bool:
        return all(one.same for one in self.figures)


def snapshots_of(snapshots: tuple[Snapshot, ...], scenario: str) -> tuple[Snapshot, ...]:
    """Of one scenario (empty: of the baseline), newest first."""
    kept = [one for one in snapshots if one.scenario == scenario]
    return tuple(sorted(kept, key=lambda one: one.taken_on, reverse=True))


def then_and_now(snapshot: Snapshot, comparison: Comparison, run: Run) -> ThenAndNow:
    figures = tuple(_figures(snapshot, run))
    differs = any(not one.same for one in figures)
    return ThenAndNow(snapshot, figures, tuple(_why(snapshot, comparison)) if differs else ())


def _figures(snapshot: Snapshot, run: Run) -> Iterator[Figure]:
    lowest = run.lowest.balance if run.lowest is not None else None
    yield Figure("runs_out", snapshot.runs_out, run.runs_out)
    yield Figure("shortfall", snapshot.shortfall, run.shortfall.amount if run.shortfall else None)
    yield Figure("lowest", snapshot.lowest, lowest)
    yield Figure("cash", snapshot.cash, run.cash)
    yield Figure("by_others", snapshot.by_others, total(run.by_others.values()))
    yield Figure("end", snapshot.end, run.end)


def _why(snapshot: Snapshot, comparison: Comparison) -> Iterator[Text]:
    """What is not the same by itself; if nothing is, it must be what the family wrote down."""
    reasons = (*_other_run(snapshot, comparison), *_other_rules(snapshot, comparison))
    yield from reasons
    if not reasons:
        yield text("家里记下的事、绑定或预计改过了")


def _other_run(snapshot: Snapshot, comparison: Comparison) -> Iterator[Text]:
    if snapshot.account != comparison.account:
        yield text("那时算的是另一个人的账户")
    if snapshot.until.replace(day=1) != comparison.until.replace(day=1):
        then, now = month_words(snapshot.until), month_words(comparison.until)
        yield text("那时推演到{then}，现在到{now}", then=then, now=now)
    first, now_first = add_months(snapshot.taken_on.replace(day=1), 1), comparison.first_month
    if first != now_first:
        yield text("那时从{then}算起，现在从{now}算起", then=month_words(first), now=month_words(now_first))


def _other_rules(snapshot: Snapshot, comparison: Comparison) -> Iterator[Text]:
    if snapshot.engine != comparison.engine:
        yield text("程序从 {then} 换成了 {now}", then=snapshot.engine, now=comparison.engine)
    titles = {pack.id: pack.title for pack in comparison.chain}
    then, now = dict(snapshot.packs), {pack.id: pack.version for pack in comparison.chain}
    for name in dict.fromkeys((*then, *now)):
        was, has, title = then.get(name), now.get(name), titles.get(name, name)
        if was is None:
            yield text("多了规则包 {pack} {now}", pack=title, now=has)
        elif has is None:
            yield text("那时用的规则包 {pack} {then} 现在没有", pack=title, then=was)
        elif was != has:
            yield text("规则包 {pack} 从 {then} 换成了 {now}", pack=title, then=was, now=has)
