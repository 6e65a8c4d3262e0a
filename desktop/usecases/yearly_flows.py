"""每年进出。What comes into the account and goes out of it in an average year of a run, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.care import Setting
from desktop.domain.money import NOTHING, Money
from desktop.domain.settlement import EntryKind, Settlement
from desktop.domain.terms import label
from desktop.domain.text import Text, text
from desktop.planning.timeline import holder_of
from desktop.usecases.kin import kinship
from desktop.usecases.run_entries import BILLS, RunEntries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.usecases.compare import Comparison, Run
    from desktop.usecases.kin import Kin

_A_YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class YearlyFlow:
    """One line of what comes in and goes out of the account in an average year of a run."""

    what: Text
    amount: Money


class _Flow(NamedTuple):
    """Under which line an entry is counted: credits, one person's stays, other visits, premiums, openings."""

    kind: EntryKind
    stays_of: str = ""


def yearly_flows(comparison: Comparison, run: Run) -> tuple[YearlyFlow, ...]:
    """What comes in, then what goes out, each largest first: the average of the run's whole years.

    It is what the account would pay, had it enough: what fell to cash for want of balance is in, since that
    is what the account can't keep up with. A run of less than a year is shown as it is.
    """
    books = RunEntries(run.outlook)
    known = kinship(books.ledger.family, holder_of(comparison.baseline.outlook.ledger.family))
    months = len(run.outlook.months)
    years = max(1, months // _A_YEAR)
    last = run.outlook.months[min(months, years * _A_YEAR) - 1].month
    sums: dict[_Flow, Money] = {}
    insured: set[str] = set()
    for on, event, flow, amount in _flows(books):
        if on.replace(day=1) <= last:
            sums[flow] = sums.get(flow, NOTHING) + amount
            insured |= {books.whose[event]} if flow.kind is EntryKind.PREMIUM else set()
    shown = [
        YearlyFlow(_flow_words(flow, known, len(insured)), amount)
        for flow, amount in zip(sums, _shared(list(sums.values()), years), strict=True)
        if amount
    ]
    return tuple(sorted(shown, key=lambda one: (one.amount < NOTHING, -abs(one.amount))))


def _flows(books: RunEntries) -> Iterator[tuple[date, str, _Flow, Money]]:
    for entry in books.planned:
        moved = entry.moved(books.account)
        if moved:
            yield entry.on, entry.of, _flow(books, entry.kind, entry.of), moved
    undone = {done.refund.of for done in books.ledger.refunds.values()}
    for short in books.ahead.shortfalls:
        if short.event not in undone:
            whole = books.ledger.premiums.get(short.event)  # paid in cash to the last fen: it cannot be split
            amount = short.amount if whole is None else whole.amount
            yield short.on, short.event, _flow(books, EntryKind.VISIT, short.event), -amount


def _flow(books: RunEntries, kind: EntryKind, of: str) -> _Flow:
    if kind not in BILLS:
        return _Flow(kind)
    refunded = books.ledger.refunds.get(of) if kind is EntryKind.REFUND else None
    done = books.ledger.settlements.get(of if refunded is None else refunded.refund.of)
    if not isinstance(done, Settlement):
        return _Flow(EntryKind.PREMIUM)
    stay = done.visit.setting is Setting.INPATIENT
    return _Flow(EntryKind.VISIT, done.visit.patient if stay else "")


def _flow_words(flow: _Flow, known: Mapping[str, Kin], insured: int) -> Text:
    if flow.stays_of:
        return text("{person}住院", person=known[flow.stays_of].word)
    return {
        EntryKind.CREDIT: text("划入"),
        EntryKind.VISIT: text("日常看病购药"),
        EntryKind.PREMIUM: text("代缴 {count} 人保费", count=insured),
    }.get(flow.kind, text(label(flow.kind)))


def _shared(sums: list[Money], years: int) -> list[Money]:
    """Each sum a year, in whole fen, so that they add up to the whole a year: what is over goes to the lines
    that lost most by rounding down.
    """
    each = [Money(one // years) for one in sums]
    over = sum(sums) // years - sum(each)
    most = sorted(range(len(sums)), key=lambda place: -(sums[place] % years))
    for place in most[:over]:
        each[place] += Money(1)
    return each
