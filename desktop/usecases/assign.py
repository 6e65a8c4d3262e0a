"""谁绑谁。The assignment of relatives to payers with which the whole family pays least in cash.

An integer programme proposes, the full simulation judges: it alone says what an assignment costs. Of two that
cost the same, the one with fewer changes wins, then the one with which the holder's account lasts longer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING, Money, total
from desktop.domain.months import add_months
from desktop.domain.premium import PremiumPayment
from desktop.planning.assignment import Need, Programme, Unbound, flows
from desktop.planning.expected import first_planned_day
from desktop.planning.scenario import with_scenario
from desktop.planning.timeline import holder_of
from desktop.usecases.assign_options import Bond, Option, Options, Turn
from desktop.usecases.assign_words import reasons
from desktop.usecases.review import PLANNED_YEARS

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.domain.plan import Scenario
    from desktop.domain.text import Text
    from desktop.planning.assignment import Proposal
    from desktop.planning.eligible import Pair
    from desktop.policy.book import Book

__all__ = ["Assignment", "Bond", "Impossible", "Option", "Progress", "Turn", "assign", "best_assignment"]

MOST_JUDGED = 24
"""How many assignments are simulated before the best of them is taken, proven or not."""

MOST_AFTER = 6
"""How many more are simulated to find the runner-up."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """Someone with bills whom nobody may bind, and the rule that each account's owner would break."""

    person: str
    broken: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """`judged` assignments of at most `most` have been simulated."""

    judged: int
    most: int = MOST_JUDGED + MOST_AFTER


@dataclass(frozen=True, slots=True)
class Assignment:
    """From `since` on, up to the month of `until`.

    `natural` binds each to the nearest payer, the holder first; None: that would not stand. `floor` is the
    cash that no account may pay, whoever binds whom; `proven`: no assignment costs less than `best`. `payers`
    are those who may bind anyone. `unknown` are the pairs that could not be judged for want of a relation,
    `unrecorded` the employees without an account on record. `in_cash` are those whose premium the plan takes
    from an account that may not pay it, so that it is reckoned in cash.
    """

    holder: str
    since: date
    until: date
    today: Option
    best: Option
    runner_up: Option | None
    natural: Option | None
    floor: Money
    proven: bool
    judged: int
    payers: tuple[str, ...]
    unknown: tuple[Pair, ...]
    unrecorded: tuple[str, ...]
    impossible: tuple[Impossible, ...]
    in_cash: tuple[str, ...]
    why: tuple[Text, ...] = ()

    @property
    def bindings(self) -> tuple[Bond, ...]:
        return self.best.bindings

    @property
    def saving(self) -> Money:
        return self.today.cash - self.best.cash

    @property
    def scenario(self) -> Scenario | None:
        """What makes it real; None where nothing is to be changed."""
        return self.best.scenario if self.best.changes else None


def best_assignment(family: Family, book: Book, until: date | None = None) -> Assignment:
    """Up to the month of `until`; None: as far as the first page looks ahead."""
    last = until or add_months(family.as_of, 12 * PLANNED_YEARS)
    return next(one for one in assign(family, book, last) if isinstance(one, Assignment))


def assign(
    family: Family, book: Book, until: date, *, stop: threading.Event | None = None
) -> Iterator[Progress | Assignment]:
    """Progress after each simulation, then the answer; stopped early, no answer."""
    case = Options(replace(family, holder=holder_of(family)), book, until)
    search = _Search(case)
    for judged in search.judged():
        if stop is not None and stop.is_set():
            return
        yield Progress(judged)
    yield search.answer()


# ------------------------------------------------------------------------------------------------- the search


class _Search:
    """Simulates today's assignment, the natural one, and what the programme proposes, best first."""

    def __init__(self, case: Options) -> None:
        self._case = case
        self._options: dict[frozenset[Pair], Option] = {}
        self._tried: set[frozenset[Pair]] = set()
        self._needs: list[Need] = []
        self._floor = NOTHING
        self._natural: frozenset[Pair] = frozenset()
        self._apart: frozenset[Pair] = frozenset()
        self._is_best = False
        self._proven = False

    def judged(self) -> Iterator[int]:
        programme = self._programme()
        for pairs in (self._case.today | self._case.fixed, self._natural):
            self._judge(pairs)
            yield len(self._tried)
        yield from self._proposed(programme, self._best, MOST_JUDGED)
        self._proven = self._is_best
        self._apart = self._told_apart_by()
        if self._apart:
            programme.demand_without(self._apart)
            yield from self._proposed(programme, self._second, len(self._tried) + MOST_AFTER)

    def _proposed(
        self, programme: Programme, champion: Callable[[], Option | None], most: int
    ) -> Iterator[int]:
        """Simulate proposals until none that may follow can beat the champion of those simulated."""
        self._is_best = not programme.needed
        while not self._is_best and len(self._tried) < most:
            proposal = programme.next()
            if proposal is None:
                self._is_best = programme.exhausted
                return
            best = champion()
            if best is not None and not self._may_beat(proposal, best):
                self._is_best = True
                return
            self._judge(proposal.pairs)
            yield len(self._tried)

    def _may_beat(self, proposal: Proposal, best: Option) -> bool:
        """Whether it may cost less, or as much with fewer changes; those after it cost no less."""
        least = int(self._floor) + int(total(one.amount for one in self._needs)) - proposal.covered
        changes = proposal.pairs ^ (self._case.today | self._case.fixed)
        return least <= int(best.cash) - 1 or (
            least < int(best.cash) + 1 and len(changes) < len(best.changes)
        )

    def _told_apart_by(self) -> frozenset[Pair]:
        """What an assignment must lack to be really another than the best: what that changes, or lives by."""
        best = self._best()
        new = frozenset(one.pair for one in best.changes if one.turn is Turn.NEW)
        needy = {one.person for one in self._needs}
        return new or frozenset(pair for pair in best.pairs if pair[1] in needy)

    def _programme(self) -> Programme:
        """From a run in which nobody is bound: what comes in, and what each bill would need."""
        case = self._case
        ledger_run = case.simulated(with_scenario(case.family, case.scenario(case.fixed)))
        run = Unbound(ledger_run.ledger, case.family.as_of, case.lent_premiums())
        flow = flows(run, case.book, case.choices)
        first = first_planned_day(case.family)
        self._needs = [one for one in flow if isinstance(one, Need) and one.on >= first]
        self._floor = ledger_run.cash_total - total(one.amount - one.paid for one in self._needs)
        self._natural = case.natural({one.person for one in self._needs})
        return Programme(case.choices, flow)

    def _judge(self, pairs: frozenset[Pair]) -> None:
        self._tried.add(pairs)
        if pairs not in self._options:
            option = self._case.option(pairs)
            if option is not None:
                self._options[pairs] = option

    def _best(self) -> Option:
        return min(self._options.values(), key=self._rank)

    def _second(self) -> Option | None:
        """The best of those that are really different."""
        others = [one for one in self._options.values() if not self._apart <= one.pairs]
        return min(others, key=self._rank, default=None)

    def _rank(self, option: Option) -> tuple[int, int, int, list[Pair]]:
        runs_out = option.outlook.runs_out or date.max
        return int(option.cash), len(option.changes), -runs_out.toordinal(), sorted(option.pairs)

    def answer(self) -> Assignment:
        case, best = self._case, self._best()
        found = Assignment(
            holder=case.holder,
            since=case.day,
            until=case.until,
            today=self._options[case.today | case.fixed],
            best=best,
            runner_up=self._second(),
            natural=self._options.get(self._natural),
            floor=self._floor,
            proven=self._proven,
            judged=len(self._tried),
            payers=tuple(dict.fromkeys(payer for payer, _ in case.choices.pairs)),
            unknown=tuple(self._unknown()),
            unrecorded=tuple(case.unrecorded()),
            impossible=tuple(self._impossible()),
            in_cash=tuple(self._in_cash()),
        )
        return replace(found, why=reasons(case.family, found))

    def _needy(self) -> Iterator[str]:
        """Those who need another's account: with bills, and without a way to pay all of them themselves."""
        short = {one.person for one in self._needs if one.paid < one.amount}
        return (one.id for one in self._case.family.people if one.id in short)

    def _unknown(self) -> Iterator[Pair]:
        needy = set(self._needy())
        return (pair for pair in self._case.tried() if pair not in self._case.ties and pair[1] in needy)

    def _impossible(self) -> Iterator[Impossible]:
        unknown = {who for _, who in self._unknown()}
        may = {who for _, who in self._case.choices.pairs}
        for person in self._needy():
            if person not in may | unknown and self._case.family.person(person).account is None:
                refused = self._case.refused.items()
                broken = [finding for (_, who), finding in refused if who == person and finding is not None]
                yield Impossible(person, tuple({one.rule: one for one in broken}.values()))

    def _in_cash(self) -> Iterator[str]:
        case = self._case
        planned = [(one.insured, one.paid_from) for one in case.plan.premiums]
        paid = (one for one in case.plan.expected if isinstance(one, PremiumPayment))
        planned += [(one.insured, one.paid_from) for one in paid]
        for insured, paid_from in dict.fromkeys(planned):
            if paid_from is not None and case.payer_of(insured, paid_from, case.today | case.fixed) is None:
                yield insured
