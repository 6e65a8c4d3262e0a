"""单笔结算。E1: what one explained settlement costs, beside its anchors, on the very same bills.

All settle one person's 120 person-months and carry accounts and the year's counters from one to the next.
The anchors know deductible, rate, ceiling and three purses, and say nothing about why. Ours also cuts what is
out of scope and paid up front, asks for each part of the burden whether a purse may pay it, keeps the clause
of each slice and payment, and explains them.
"""

from __future__ import annotations

import gc
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.account import Account
from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.family import Settings
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.settlement import EntryKind, Part, Posting, PurseKind, Settlement, Side, Year
from desktop.planning.accounts import Accounts
from desktop.planning.bindings import Bindings
from desktop.planning.counters import Counters
from desktop.planning.findings import Findings
from desktop.planning.visits import Visits
from desktop.policy.book import Book
from desktop.policy.reader import read_packs
from desktop.rules.purse import Purse, burden, pay
from desktop.rules.settlement import cut
from desktop.usecases.explain import explain
from tests.benchmarks.anchors import small_objects
from tests.benchmarks.anchors.rule import (
    DEDUCTIBLE,
    OWN_CREDIT,
    OWN_OPENING,
    PAYER_CREDIT,
    PAYER_OPENING,
    Totals,
    draw_months,
)
from tests.benchmarks.openfisca import NotInstalled, OpenFisca, make_environment
from tests.benchmarks.table import Row, Section, at_least, at_most

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from desktop.policy.law import Law
    from desktop.usecases.explain import Step
    from tests.benchmarks.anchors.rule import Month

TITLE = "E1 单笔结算 · one explained settlement, N = 1"
TO_OBJECTS = (20, 10)  # target and stretch, times the small objects
TO_OPENFISCA = (7, 15)  # target and stretch, times faster than OpenFisca
MIXES = {"half": 0.5, "all": 1.0}  # the share of months with a bill

_OBJECTS, _OPENFISCA = "small Python objects", "OpenFisca-Core"
_RULE = "(a) rule and trace"  # of the anchors' scope: the one that has a target
_ROUNDS = 25
_ENOUGH = 0.02  # seconds for which each is timed in each round

_RESOURCES = Path(__file__).resolve().parents[2] / "resources"
_AREA = "430100"
_YEAR = 2025  # each of the ten years is settled on days of this one, which the packs cover
_LONG_AGO = date(2015, 1, 1)
_SETTINGS = Settings()
COVERED = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, _AREA, _LONG_AGO)
_PROVIDERS = {
    tertiary: Provider(Facility.HOSPITAL, designated=True, area=_AREA, level=level)
    for tertiary, level in ((True, Level.TERTIARY), (False, Level.PRIMARY))
}
DAYS = tuple(date(_YEAR, month, 5) for month in range(1, 13))
_NEW_YEAR: Year[Money] = Year(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
_OWN_CREDIT, _PAYER_CREDIT = Money(OWN_CREDIT), Money(PAYER_CREDIT)


# ------------------------------------------------------------------------------------------- what is settled


def anchors_book() -> Book:
    """The packs of Hunan, with the anchors' one deductible for hospitals of every level."""
    packs = {pack.id: pack for pack in read_packs(_RESOURCES / "policy")}
    province, key = packs["cn-43"], "employee_outpatient.deductible"
    value = Decimal(DEDUCTIBLE) / 100
    blocks = tuple(replace(one, value=dict.fromkeys(Level, value)) for one in province.blocks[key])
    packs["cn-43"] = replace(province, blocks={**province.blocks, key: blocks})
    return Book(packs.values())


def visit_of(number: int, month: Month) -> Visit:
    """Made while the clock runs, as the small objects make their event."""
    return Visit(
        id=f"v{number}",
        on=DAYS[number % 12],
        patient="patient",
        setting=Setting.OUTPATIENT,
        provider=_PROVIDERS[month.tertiary],
        charges=Charges(Money(month.bill), NOTHING, NOTHING, NOTHING),
    )


class Sums:
    """Who paid, as settlements come in; one a lap."""

    def __init__(self) -> None:
        self.fund = self.own = self.mutual = self.cash = NOTHING

    def add(self, done: Settlement) -> None:
        self.fund += done.fund_paid
        for one in done.payments:
            if one.purse is PurseKind.OWN:
                self.own += one.amount
            elif one.purse is PurseKind.MUTUAL_AID:
                self.mutual += one.amount
            else:
                self.cash += one.amount

    @property
    def totals(self) -> Totals:
        return Totals(self.fund, self.own, self.mutual, self.cash)


# -------------------------------------------------------------------------------- (a) the rule and its trace


@dataclass(slots=True)
class Standing:
    """What is carried from one settlement to the next."""

    own: Money
    payer: Money
    year: Year[Money]


def settle(standing: Standing, visit: Visit, law: Law) -> tuple[Settlement, tuple[Step, ...]]:
    """The rule as the program does it, and its whole explanation."""
    if visit.on.month == 1:
        standing.year = _NEW_YEAR
    standing.own += _OWN_CREDIT
    standing.payer += _PAYER_CREDIT
    level, year = visit.provider.level, standing.year
    slices = cut(visit.charges, year, law.treatment(COVERED, visit.setting, level), level)
    purses = law.purses(_SETTINGS)
    in_turn: tuple[Purse[Money], ...] = (
        Purse(PurseKind.OWN, visit.patient, standing.own, purses.own_account),
        Purse(PurseKind.MUTUAL_AID, "payer", standing.payer, purses.mutual_aid),
        Purse(PurseKind.CASH, visit.patient, None, purses.cash),
    )
    payments = tuple(one for one in pay(burden(slices, NOTHING), in_turn) if one.amount)
    for one in payments:
        if one.purse is PurseKind.OWN:
            standing.own -= one.amount
        elif one.purse is PurseKind.MUTUAL_AID:
            standing.payer -= one.amount
    done = Settlement(visit, Scheme.EMPLOYEE, slices, payments, year, standing.own)
    standing.year = year._replace(
        deductible=year.deductible + done.of(Part.DEDUCTIBLE), pool=year.pool + done.of(Part.POOL)
    )
    return done, explain(done)


def run_rule(months: Sequence[Month], laws: Sequence[Law]) -> Totals:
    standing = Standing(Money(OWN_OPENING), Money(PAYER_OPENING), _NEW_YEAR)
    sums = Sums()
    for number, month in enumerate(months):
        done, _ = settle(standing, visit_of(number, month), laws[number % 12])
        sums.add(done)
    return sums.totals


def run_written(months: Sequence[Month], laws: Sequence[Law]) -> Totals:
    """The same, and every sentence of the explanation is written out, as a page that shows all would."""
    standing = Standing(Money(OWN_OPENING), Money(PAYER_OPENING), _NEW_YEAR)
    sums = Sums()
    for number, month in enumerate(months):
        done, steps = settle(standing, visit_of(number, month), laws[number % 12])
        for step in steps:
            str(step.reckoning)
        sums.add(done)
    return sums.totals


# ---------------------------------------------------------------------------------- (b) the whole ledger step


def run_ledger(months: Sequence[Month], book: Book) -> Totals:
    """Coverage, law of the day, checks, binding judged again, postings, counters, and the explanation."""
    people = {
        name: Person(name, name, (COVERED,), Account(_LONG_AGO, Money(opening)))
        for name, opening in (("patient", OWN_OPENING), ("payer", PAYER_OPENING))
    }
    accounts, findings = Accounts(), Findings()
    bindings = Bindings(people, book, accounts, findings)
    for person in people.values():
        accounts.open(person, _LONG_AGO)
    first = date(_YEAR, 1, 1)
    bindings.begin(Binding("b", "payer", "patient", Relation.SPOUSE, Channel.IN_PROVINCE, first))
    visits = Visits(_SETTINGS, bindings, Counters())
    sums = Sums()
    for number, month in enumerate(months):
        if number % 12 == 0:
            visits = Visits(_SETTINGS, bindings, Counters())
        visit = visit_of(number, month)
        _credit(accounts, visit.on, "patient", _OWN_CREDIT)
        _credit(accounts, visit.on, "payer", _PAYER_CREDIT)
        done = visits.settle(visit)
        explain(done)
        sums.add(done)
    return sums.totals


def _credit(accounts: Accounts, on: date, holder: str, amount: Money) -> None:
    postings = (Posting(Side.ACCOUNT, holder, amount), Posting(Side.CONTRIBUTION, "", -amount))
    accounts.post(on, EntryKind.CREDIT, holder, postings)


# --------------------------------------------------------------------------------------------------- measure


class Measured(NamedTuple):
    """One contender on one mix: seconds a settlement in each round, and who paid."""

    rounds: list[float]
    totals: Totals

    @property
    def microseconds(self) -> float:
        return median(self.rounds) * 1e6

    def times(self, anchor: Measured) -> float:
        """The median of the ratios of each round, so that a busy minute weighs on both."""
        pairs = zip(self.rounds, anchor.rounds, strict=True)
        return median(ours / theirs for ours, theirs in pairs)


def once(run: Callable[[], Totals]) -> tuple[float, Totals]:
    """Seconds of processor time that one lap takes, of as many as fill the time."""
    laps, totals = 0, Totals(0, 0, 0, 0)
    gc.collect()
    began = time.process_time()
    while (taken := time.process_time() - began) < _ENOUGH:
        totals, laps = run(), laps + 1
    return taken / laps, totals


def measure(months: Sequence[Month], book: Book, openfisca: OpenFisca | None) -> dict[str, Measured]:
    """All contenders in turn, round by round."""
    laws = [book.law(_AREA, day) for day in DAYS]
    contenders: dict[str, Callable[[], tuple[float, Totals]]] = {
        _OBJECTS: lambda: once(lambda: small_objects.run(months)),
        _RULE: lambda: once(lambda: run_rule(months, laws)),
        "(a) sentences written out": lambda: once(lambda: run_written(months, laws)),
        "(b) whole ledger step": lambda: once(lambda: run_ledger(months, book)),
    }
    if openfisca is not None:
        contenders[_OPENFISCA] = openfisca.run
    for run in contenders.values():
        run()
    taken = [{name: run() for name, run in contenders.items()} for _ in range(_ROUNDS)]
    return {
        name: Measured([one[name][0] / len(months) for one in taken], taken[0][name][1])
        for name in contenders
    }


def benchmark() -> Section:
    notes = [
        "A settlement is a person-month; ours and the small objects make their event while the clock runs.",
        "Median of interleaved rounds, processor time. half / all: the share of months that have a bill.",
        "Ours does more: out of scope, upfront, which purse may pay which part, clauses, explanation;",
        "(b) also coverage, checks, the binding judged again, postings that balance, counters, findings.",
        "Targets are for (a), whose scope is the anchors'; the stretch is in parentheses.",
    ]
    mixes = {name: draw_months(visited) for name, visited in MIXES.items()}
    book, found = anchors_book(), {}
    with ExitStack() as running:
        anchors: dict[str, OpenFisca] = {}
        try:
            make_environment()
            for name, months in mixes.items():
                anchors[name] = running.enter_context(OpenFisca(months))
                anchors[name].run()
        except NotInstalled as why:
            anchors.clear()
            notes.append(f"OpenFisca-Core could not be installed, and is left out: {why}")
        for name, months in mixes.items():
            found[name] = measure(months, book, anchors.get(name))
    notes += [_agreement(name, measured) for name, measured in found.items()]
    return Section(TITLE, [row for name, measured in found.items() for row in _rows(name, measured)], notes)


def _rows(mix: str, measured: Mapping[str, Measured]) -> list[Row]:
    rows = []
    objects, openfisca = measured[_OBJECTS], measured.get(_OPENFISCA)
    for name, one in measured.items():
        taken = f"{one.microseconds:7.2f} µs"
        if one in (objects, openfisca):
            rows.append(Row(f"{mix}: {name}", taken, "(anchor)"))
            continue
        judged = name == _RULE
        slower = one.times(objects)
        verdict = at_most(slower, *TO_OBJECTS) if judged else ()
        rows.append(Row(f"{mix}: {name}", taken, f"{slower:5.1f}× small objects", *verdict))
        if openfisca is not None:
            faster = openfisca.times(one)
            verdict = at_least(faster, *TO_OPENFISCA) if judged else ()
            rows.append(Row("", "", f"{faster:5.1f}× faster than OpenFisca", *verdict))
    return rows


def _agreement(mix: str, measured: Mapping[str, Measured]) -> str:
    """Whether all paid the same; if not, by how many fen each differs from the small objects."""
    theirs = measured[_OBJECTS].totals
    apart = {name: one.totals for name, one in measured.items() if one.totals != theirs}
    sums = " ".join(f"{name} {sum_}" for name, sum_ in theirs._asdict().items())
    if not apart:
        return f"{mix}: all agree to the fen over {len(draw_months(1))} months: {sums}."
    differences = (
        f"{name} by " + " ".join(f"{ours - his:+d}" for ours, his in zip(totals, theirs, strict=True))
        for name, totals in apart.items()
    )
    return f"{mix}: SUMS DIFFER from {sums}: " + "; ".join(differences)
