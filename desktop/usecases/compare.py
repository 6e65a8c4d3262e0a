"""方案对比。The baseline and up to four scenarios side by side, each difference taken from two full runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING, Money
from desktop.domain.text import Text, text
from desktop.domain.trouble import Fault, InputRefused
from desktop.planning.estimates import is_estimated
from desktop.planning.scenario import with_scenario
from desktop.planning.timeline import holder_of, outlook
from desktop.usecases.account_lines import OF_A_PERSON
from desktop.usecases.concerns import finding_key
from desktop.usecases.kin import kinship
from desktop.usecases.plan_years import account_of, no_month
from desktop.usecases.run_entries import STILL, RunEntries
from desktop.usecases.scenario_words import month_words, words_of_baseline, words_of_scenario
from desktop.usecases.shortfall_cause import cause_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from desktop.domain.family import Family
    from desktop.domain.plan import Scenario
    from desktop.domain.settlement import PremiumPaid
    from desktop.planning.timeline import Month, Outlook, Shortfall
    from desktop.policy.book import Book
    from desktop.policy.pack import Pack
    from desktop.usecases.kin import Kin

MOST_SCENARIOS = 4
"""How many scenarios stand beside the baseline at one time; a family may keep more."""

_A_YEAR = 12
_EMPTY = "binding.payer_balance_zero"  # that an account is empty is what the columns themselves say


@dataclass(frozen=True, slots=True)
class Run:
    """One column: a whole run of the engine.

    `scenario` is None for the baseline; `differs` says in a few words what it changes; `lowest` is the lowest
    month of the first twelve; `by_others` what each other account paid for the family beyond its owner's own
    care, by the owner's id; `cause` why it first falls short, in one sentence; `findings` are those of the
    planned months, and all that only this scenario brings about.
    """

    scenario: Scenario | None
    differs: Text
    outlook: Outlook
    lowest: Month | None
    cash: Money
    by_others: Mapping[str, Money]
    end: Money
    cause: Text | None
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """Empty for the baseline."""
        return "" if self.scenario is None else self.scenario.name

    @property
    def runs_out(self) -> date | None:
        return self.outlook.runs_out

    @property
    def shortfall(self) -> Shortfall | None:
        return self.outlook.shortfall


@dataclass(frozen=True, slots=True)
class Delta:
    """What a scenario differs by from the baseline.

    `later` is by how many months the account lasts longer (negative: less long); `beyond` says that one of
    the two never falls short, so that it is at least so many. `by_others` is what each other account pays
    more.
    """

    later: int
    beyond: bool
    lowest: Money
    cash: Money
    by_others: Mapping[str, Money]
    end: Money


@dataclass(frozen=True, slots=True)
class Difference:
    """One event whose postings are not the same in two runs; sums are what the other run has more.

    `account` is what moves more into (negative: out of) the account of the plan, `cash` what is paid more in
    cash, `others` what other accounts pay more for the family, `own_care` what they pay more for their
    owners. `event` is empty for a credit, and for all that differs before the first planned day.
    """

    on: date
    event: str
    what: Text
    account: Money
    cash: Money
    others: Money
    own_care: Money = NOTHING


@dataclass(frozen=True, slots=True)
class Comparison:
    """`until` is the last month; `chain` are the packs that speak for the account, most local first."""

    account: str
    until: date
    runs: tuple[Run, ...]
    chain: tuple[Pack, ...]
    engine: str
    notes: tuple[Finding, ...]

    @property
    def baseline(self) -> Run:
        return self.runs[0]

    @property
    def packs(self) -> tuple[tuple[str, str], ...]:
        """Title and version."""
        return tuple((pack.title, pack.version) for pack in self.chain)

    @property
    def first_month(self) -> date:
        return self.baseline.outlook.months[0].month

    def run(self, name: str) -> Run:
        """By the scenario's name, empty for the baseline. Raises `KeyError`."""
        for one in self.runs:
            if one.name == name:
                return one
        raise KeyError(name)


# ------------------------------------------------------------------------------------------------------- runs


def compare(
    family: Family, book: Book, until: date, names: Sequence[str], *, account: str | None = None
) -> Comparison:
    """The baseline, then the named scenarios in order.

    Raises `InputRefused` for an unknown name or account, for too many names, and where no month is planned.
    """
    chosen = _chosen(family, names)
    account = account_of(family, account)
    baseline = _baseline(family, book, account, until)
    runs = (baseline, *(_run(family, book, one, baseline, until) for one in chosen))
    return Comparison(
        account=account,
        until=baseline.outlook.months[-1].month,
        runs=runs,
        chain=book.chain(baseline.outlook.ledger.lived.person(account).area_on(family.as_of)),
        engine=__version__,
        notes=tuple(_each_once((*_estimates(runs), *(found for run in runs for found in run.findings)))),
    )


def _chosen(family: Family, names: Sequence[str]) -> list[Scenario]:
    if len(names) > MOST_SCENARIOS:
        what = f"一次最多和基准比较 {MOST_SCENARIOS} 个方案，现在选了 {len(names)} 个"
        raise InputRefused("--compare", [Fault("", what, "请分几次比较")])
    known = {one.name: one for one in family.scenarios}
    unknown = [name for name in names if name not in known]
    if unknown:
        offered = "、".join(known) or "（一个也没有）"
        faults = [Fault("", f"没有名为“{name}”的方案", f"可选：{offered}") for name in unknown]
        raise InputRefused("--compare", faults)
    return [known[name] for name in names]


def _baseline(family: Family, book: Book, account: str, until: date) -> Run:
    ahead = outlook(family, book, account, until)
    if not ahead.months:
        raise no_month(until)
    differs = words_of_baseline(family, ahead.ledger.standing, account)
    return _column(None, differs, ahead, ahead.findings, _known(family, family))


def _run(family: Family, book: Book, scenario: Scenario, baseline: Run, until: date) -> Run:
    laid_over = with_scenario(family, scenario)
    known = _known(laid_over, family)
    law = book.with_changes(scenario.rules) if scenario.rules else book
    ahead = outlook(laid_over, law, baseline.outlook.account, until)
    before = {finding_key(one) for one in baseline.outlook.ledger.findings}
    found = {finding_key(one): one for one in ahead.findings}
    found |= {key: one for one in ahead.ledger.findings if (key := finding_key(one)) not in before}
    differs = words_of_scenario(family, laid_over, scenario, law, known)
    return _column(scenario, differs, ahead, tuple(found.values()), known)


def _column(
    scenario: Scenario | None,
    differs: Text,
    ahead: Outlook,
    findings: tuple[Finding, ...],
    known: Mapping[str, Kin],
) -> Run:
    books = RunEntries(ahead)
    return Run(
        scenario=scenario,
        differs=differs,
        outlook=ahead,
        lowest=min(ahead.months[:_A_YEAR], key=lambda month: month.balance),
        cash=ahead.cash_total,
        by_others=books.by_others(),
        end=ahead.months[-1].balance,
        cause=cause_of(books, known),
        findings=findings,
    )


def _known(family: Family, of: Family) -> dict[str, Kin]:
    """Seen from the same holder, whatever a scenario binds; its bindings may tell who is what."""
    return kinship(family, holder_of(of))


def _each_once(found: Iterable[Finding]) -> Iterator[Finding]:
    """What breaks again each year is said once."""
    said: set[str] = set()
    for one in found:
        if one.rule != _EMPTY and str(one.says) not in said:
            said.add(str(one.says))
            yield one


def _estimates(runs: Iterable[Run]) -> Iterator[Finding]:
    """The premiums that are not published yet, and what they are taken to be."""
    years: dict[Money, dict[int, str]] = {}
    because: dict[Money, PremiumPaid] = {}
    for run in runs:
        for event, paid in run.outlook.ledger.premiums.items():
            if is_estimated(paid):
                years.setdefault(paid.amount, {}).setdefault(paid.payment.benefit_year, event)
                because.setdefault(paid.amount, paid)
    for amount, events in years.items():
        first, last, paid = min(events), max(events), because[amount]
        assert paid.because is not None
        yield Finding(
            "premium.estimated",
            Severity.NOTE,
            about=tuple(events[year] for year in sorted(events)),
            on=paid.payment.on,
            says=text(
                "{years}年度保费未公布，按 {amount:,} 估算",
                years=f"{first}" if first == last else f"{first} 至 {last} ",
                amount=amount,
            ),
            because=paid.because,
            fix=(text("公布后装入新的政策包，会按公布的数重算"),),
        )


# ---------------------------------------------------------------------------------------------- what differs


def delta(baseline: Run, run: Run) -> Delta:
    later, beyond = _later(baseline.outlook, run.outlook)
    owners = {*baseline.by_others, *run.by_others}
    more = {
        owner: run.by_others.get(owner, NOTHING) - baseline.by_others.get(owner, NOTHING)
        for owner in sorted(owners)
    }
    assert baseline.lowest is not None
    assert run.lowest is not None
    return Delta(
        later=later,
        beyond=beyond,
        lowest=run.lowest.balance - baseline.lowest.balance,
        cash=run.cash - baseline.cash,
        by_others={owner: amount for owner, amount in more.items() if amount},
        end=run.end - baseline.end,
    )


def _later(one: Outlook, other: Outlook) -> tuple[int, bool]:
    """One that never falls short does so after the last month at the earliest."""
    past = one.months[-1].month
    ends = [_count(ahead.runs_out or past) + (ahead.runs_out is None) for ahead in (one, other)]
    return ends[1] - ends[0], (one.runs_out is None) != (other.runs_out is None)


def _count(month: date) -> int:
    return month.year * _A_YEAR + month.month


def differences(comparison: Comparison, run: Run) -> tuple[Difference, ...]:
    """In order of day; the sums of `account`, `cash` and `others` are those of the delta."""
    before, after = RunEntries(comparison.baseline.outlook), RunEntries(run.outlook)
    known = _known(after.ledger.family, before.ledger.family)
    made = [*_began_with(before, after)]
    theirs, ours = before.lines(), after.lines()
    for key in [*ours, *(key for key in theirs if key not in ours)]:
        here, there = ours.get(key), theirs.get(key)
        books, line = (after, here) if here is not None else (before, there)
        assert line is not None
        moved = (here.moved if here else STILL).less(there.moved if there else STILL)
        if any(moved):
            event = "" if line.entry.kind in OF_A_PERSON else line.entry.of
            made.append(Difference(line.entry.on, event, books.words(line.entry, known), *moved))
    return tuple(sorted(made, key=lambda one: one.on))


def _began_with(before: RunEntries, after: RunEntries) -> Iterator[Difference]:
    """What a scenario changes before the first planned day is in the balance that the months begin with."""
    more = after.began_with - before.began_with
    if more:
        what = text("{month}以前的进出", month=month_words(before.first))
        yield Difference(before.first - timedelta(days=1), "", what, more, NOTHING, NOTHING)
