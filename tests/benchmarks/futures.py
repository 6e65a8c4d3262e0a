"""许多未来。E3, E4, E5 and E6: what ten thousand futures of a family cost, and whether they are right.

The anchor of E3 settles eleven people on one shared account by one fixed rule, and knows nothing else. Ours
plays the same shape through everything that the packs say: whose bill comes on which day, the law of that
day, own and payer's accounts in turn by part of the burden, the counters of the year, by what the account
falls short first, and what drives it.
"""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.account import Account, Base
from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.family import Family
from desktop.domain.money import NOTHING, Money
from desktop.domain.months import add_months
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.plan import Chance, Plan, Recurring, Rhythm
from desktop.domain.settlement import EntryKind
from desktop.exchange.family_document import read_family
from desktop.planning.futures import alone, play
from desktop.planning.ledger import keep
from desktop.planning.many import Many
from desktop.planning.script import script
from desktop.planning.tally import fans
from desktop.planning.timeline import holder_of
from desktop.policy.book import Book
from desktop.policy.reader import read_packs
from tests.benchmarks.anchors import family_paths
from tests.benchmarks.anchors.rule import MONTHS, OWN_OPENING, PAYER_OPENING
from tests.benchmarks.table import Row, Section, at_most, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.planning.fan import Fan
    from desktop.planning.futures import Move
    from desktop.planning.script import Script

FUTURES, MANY_FUTURES = 10_000, 40_000
TO_PATHS = (3, 1.5)  # target and stretch, times the plain arrays
FRAME = 16.7  # milliseconds
BYTES = 8  # a settlement
GROWTH = 1.1  # four times the futures may take so many times the bytes a settlement

_SEED = 20261231
_ROUNDS = 9
_MOVES = 100  # of the slider
_AT_ONCE = 1000
_SAMPLED = range(5, 1024, 73)

_ROOT = Path(__file__).resolve().parents[2]
_AREA = "430100"
_LONG_AGO = date(2015, 1, 1)
_AS_OF, _UNTIL = date(2026, 12, 31), date(2036, 12, 31)
_WORKER = "worker"
_OWN_BASE, _WORKERS_BASE = "6500.00", "11000.00"  # 2 % of them are the anchor's credits
_USUAL = Money(49_250)  # the mean of the anchor's bills that are not none,
_CHANCE = Chance(Decimal("0.5"), Decimal("1.53"))  # how many are, and how far they are spread
_SAMPLE_AS_OF, _SAMPLE_UNTIL = date(2026, 11, 21), date(2031, 11, 30)


# ---------------------------------------------------------------------------------------------- the families


def book() -> Book:
    return Book(read_packs(_ROOT / "resources" / "policy"))


def family_of_paths() -> Family:
    """A worker and ten bound relatives, each with an account of their own and a bill every other month."""
    relatives = [f"relative{number}" for number in range(1, family_paths.PEOPLE)]
    people = [
        _employee(_WORKER, OWN_OPENING + PAYER_OPENING, _WORKERS_BASE),
        *(_employee(name, OWN_OPENING, _OWN_BASE) for name in relatives),
    ]
    bindings = [
        Binding(f"binding-{name}", _WORKER, name, Relation.PARENT, Channel.IN_PROVINCE, _LONG_AGO)
        for name in relatives
    ]
    bills = [_bill(person, place) for place, person in enumerate(people)]
    plan = Plan(recurring=tuple(bills), illness=Decimal(0))
    return Family(tuple(people), _AS_OF, tuple(bindings), plan=plan, holder=_WORKER)


def _employee(name: str, opening: int, base: str) -> Person:
    covered = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, _AREA, _LONG_AGO)
    held = Account(_AS_OF, Money(opening), (Base(_LONG_AGO, Money.yuan(base)),))
    return Person(name, name, (covered,), held)


def _bill(person: Person, place: int) -> Recurring:
    """At hospitals of two levels in turn."""
    visit = Visit(
        id=f"bill-{person.id}",
        on=add_months(_AS_OF.replace(day=5 + place), 1),
        patient=person.id,
        setting=Setting.OUTPATIENT,
        provider=Provider(Facility.HOSPITAL, True, _AREA, Level.TERTIARY if place % 2 else Level.PRIMARY),
        charges=Charges(_USUAL, NOTHING, NOTHING, NOTHING),
    )
    return Recurring(visit, Rhythm.MONTH, chance=_CHANCE)


def script_of_paths(law: Book) -> Script:
    return script(family_of_paths(), law, _WORKER, _UNTIL)


def script_of_sample(law: Book) -> Script:
    family = read_family(_ROOT / "resources" / "samples" / "sandwich-family.json", _SAMPLE_AS_OF)
    return script(family, law, holder_of(family), _SAMPLE_UNTIL)


def last_fan(ready: Script, futures: int) -> Fan:
    """The fan of all futures, with every fan that is shown on the way."""
    *_, last = fans(ready, _SEED, futures)
    return last


# --------------------------------------------------------------------------------------------------- measure


def least_seconds(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """The least processor time of each, all in turn, round by round: others use this machine too."""
    for run in runs:
        run()
    taken = [[_once(run) for run in runs] for _ in range(rounds)]
    return [min(of_one) for of_one in zip(*taken, strict=True)]


def _once(run: Callable[[], object]) -> float:
    gc.collect()
    began = time.process_time()
    run()
    return time.process_time() - began


def ten_thousand() -> Section:
    law, table = book(), family_paths.bill_table()
    ready = script_of_paths(law)
    ran, written, played = least_seconds(
        _ROUNDS,
        lambda: family_paths.run(table, FUTURES),
        lambda: script_of_paths(law),
        lambda: last_fan(ready, FUTURES),
    )
    settlements = FUTURES * MONTHS * family_paths.PEOPLE
    rows = [
        Row("arrays, one fixed rule", f"{ran * 1e3:7.1f} ms", "(anchor)"),
        Row(
            "all rules, draws to bands",
            f"{played * 1e3:7.1f} ms",
            f"{played / ran:5.2f}×",
            *at_most(played / ran, *TO_PATHS),
        ),
        Row(
            "with the script written",
            f"{(written + played) * 1e3:7.1f} ms",
            f"{(written + played) / ran:5.2f}×",
        ),
        Row("a settlement", f"{played / settlements * 1e9:7.1f} ns"),
    ]
    notes = [
        f"{FUTURES:,} futures × {MONTHS} months × {family_paths.PEOPLE} people, a bill every other "
        "month; the script is what is the same in all futures, judged once.",
        "The anchor draws the hospital's level with the bill; in ours it is the person's. Ours shows a first "
        "fan after 1,024 futures, and says by whose bills and in which month each future falls short.",
    ]
    return Section("E3 一万个未来 · ten thousand futures, draws to bands", rows, notes)


def slider() -> Section:
    ready = script_of_sample(book())
    factors = [Decimal(number) / 10 for number in range(5, 25)]

    def moved(factor: Decimal) -> float:
        began = time.process_time()
        last_fan(ready.with_illness(factor), _AT_ONCE)
        return (time.process_time() - began) * 1e3

    moved(factors[0])
    taken = sorted(moved(factors[number % len(factors)]) for number in range(_MOVES))
    least = taken[0]
    bills = sum(ready.times.values())
    rows = [
        Row("illness moved, new bands", f"{least:6.1f} ms", "", *within(least, FRAME, "ms")),
        Row("in the middle of all moves", f"{taken[len(taken) // 2]:6.1f} ms"),
    ]
    notes = [
        f"{_AT_ONCE:,} futures of the sandwich family, {len(ready.months)} months; {bills} bills may come."
    ]
    return Section("E4 拖动滑块 · a slider moves", rows, notes)


# ---------------------------------------------------------------------------------------------------- memory


def memory() -> Section:
    ready = script_of_paths(book())
    few, many = (_peak(ready, futures) for futures in (FUTURES, MANY_FUTURES))
    each = [
        peak / (futures * MONTHS * family_paths.PEOPLE)
        for peak, futures in ((few, FUTURES), (many, MANY_FUTURES))
    ]
    rows = [
        Row(
            f"{FUTURES:,} futures",
            f"{few / 2**20:6.1f} MiB",
            f"{each[0]:5.2f} bytes a settlement",
            *within(each[0], BYTES, "bytes"),
        ),
        Row(
            f"{MANY_FUTURES:,} futures",
            f"{many / 2**20:6.1f} MiB",
            f"{each[1]:5.2f} bytes a settlement, {each[1] / each[0]:4.2f}×",
            *at_most(each[1] / each[0], GROWTH),
        ),
    ]
    note = "The most that Python and NumPy held at one time during the run of E3, as tracemalloc counts it."
    return Section("E5 内存 · memory of such a run", rows, [note])


def _peak(ready: Script, futures: int) -> int:
    tracemalloc.start()
    try:
        last_fan(ready, futures)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


# ------------------------------------------------------------------------------------------------- the truth


class Sampled:
    """What each event moves in some futures, by future, event, side and owner."""

    def __init__(self, wanted: Sequence[int]) -> None:
        self._wanted = wanted
        self.legs: Counter[tuple[int, str, str, str]] = Counter()

    def __call__(self, event: str, moves: Sequence[Move]) -> None:
        for number in self._wanted:
            for side, owner, amount in moves:
                fen = amount.fen[number] if isinstance(amount, Many) else amount
                self.legs[number, event, side, owner] += int(fen)


def truth() -> Section:
    law = book()
    rows = []
    for name, ready in (
        ("eleven people, ten years", script_of_paths(law)),
        ("the sample, five years", script_of_sample(law)),
    ):
        compared, apart = _compare(ready)
        rows.append(
            Row(
                name,
                f"{compared:,} postings",
                f"of {len(_SAMPLED)} futures",
                "all equal",
                "equal to the fen" if not apart else f"{apart} DIFFER",
            )
        )
    note = "Against the scalar run of each of these futures alone: every posting, and every month's balance."
    return Section("E6 逐笔相同 · the array run is the scalar run", rows, [note])


def _compare(ready: Script) -> tuple[int, int]:
    """How many postings and balances were compared, and how many of them differ."""
    sampled = Sampled(_SAMPLED)
    played = play(ready, _SEED, range(_SAMPLED.stop), sampled)
    compared = apart = 0
    for number in _SAMPLED:
        ours = {leg[1:]: fen for leg, fen in sampled.legs.items() if leg[0] == number and fen}
        ledger = keep(alone(ready, _SEED, number), ready.book, ready.last, cash_from=ready.first)
        theirs: Counter[tuple[str, str, str]] = Counter()
        for entry in ledger.entries:
            if entry.on >= ready.first and entry.kind in {
                EntryKind.VISIT,
                EntryKind.PREMIUM,
                EntryKind.REFUND,
            }:
                for side, owner, amount in entry.postings:
                    theirs[entry.of, side, owner] += int(amount)
        legs = {leg for leg in theirs if theirs[leg]} | set(ours)
        apart += sum(theirs[leg] != ours.get(leg, 0) for leg in legs)
        for row, (month, _) in enumerate(ready.months):
            balance = ledger.balance(ready.account, add_months(month, 1) - timedelta(days=1))
            apart += balance != played.balances[row, number]
        compared += len(legs) + len(ready.months)
    return compared, apart
