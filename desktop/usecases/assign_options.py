"""一种分法。What an assignment of relatives to payers may be made of, and what the simulation says of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from desktop.domain.binding import Binding, Channel
from desktop.domain.money import NOTHING, Money
from desktop.domain.plan import Scenario
from desktop.domain.premium import PremiumPayment
from desktop.planning.assignment import Choices
from desktop.planning.eligible import limits_of, why_not
from desktop.planning.expected import expected_events
from desktop.planning.kinship import ties
from desktop.planning.last_year import plan_of
from desktop.planning.scenario import with_scenario
from desktop.planning.timeline import outlook
from desktop.rules.contribution import has_account
from desktop.usecases.changes import free_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from desktop.domain.binding import Relation
    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.domain.plan import Plan, PlannedPremium
    from desktop.planning.eligible import Pair
    from desktop.planning.ledger import Ledger
    from desktop.planning.timeline import Outlook
    from desktop.policy.book import Book

NAME = "最省现金的绑定"


class Turn(StrEnum):
    """What becomes of a binding of today's."""

    KEPT = "kept"
    NEW = "new"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Bond:
    """`relation` is what the beneficiary is to the payer; `assumed`: it is not written down, but follows if
    nobody between is married twice.
    """

    payer: str
    beneficiary: str
    relation: Relation
    turn: Turn
    assumed: bool = False

    @property
    def pair(self) -> Pair:
        return self.payer, self.beneficiary


@dataclass(frozen=True, slots=True)
class Option:
    """一种分法。One assignment and what the simulation says of it.

    `bonds` are in order of the people, ended ones last; `lent` is what each account pays for others, `left`
    what it holds at the end, by its owner.
    """

    bonds: tuple[Bond, ...]
    cash: Money
    lent: Mapping[str, Money]
    left: Mapping[str, Money]
    outlook: Outlook
    scenario: Scenario

    @property
    def bindings(self) -> tuple[Bond, ...]:
        return tuple(one for one in self.bonds if one.turn is not Turn.ENDED)

    @property
    def changes(self) -> tuple[Bond, ...]:
        return tuple(one for one in self.bonds if one.turn is not Turn.KEPT)

    @property
    def pairs(self) -> frozenset[Pair]:
        return frozenset(one.pair for one in self.bindings)


def _names() -> Iterator[str]:
    yield NAME
    yield from (f"{NAME} {number}" for number in count(2))


class Options:
    """What an assignment may be made of, and how one is simulated."""

    def __init__(self, family: Family, book: Book, until: date) -> None:
        self.family = family
        self.book = book.assuming_unchanged()
        self.until = until
        self.holder = family.holder
        self.day = family.as_of + timedelta(days=1)
        self.plan: Plan = plan_of(family)
        self.ties = ties(family, self.holder)
        self.now = self.simulated(family)
        stood = [
            one
            for one in family.bindings
            if one.id in self.now.ledger.standing and one.channel is Channel.IN_PROVINCE
        ]
        self.held = [one for one in stood if one.holds_on(self.day) and one.since < self.day]
        self.today = frozenset((one.payer, one.beneficiary) for one in self.held)
        self.fixed = frozenset((one.payer, one.beneficiary) for one in stood if one.since >= self.day)
        self.refused = dict(self._refused())
        self.choices = self._choices([one for one in stood if one.since < self.day])
        self.proxies = self._proxies()
        self.name = next(name for name in _names() if name not in {one.name for one in family.scenarios})

    def simulated(self, family: Family) -> Outlook:
        return outlook(family, self.book, self.holder, self.until)

    def owners(self) -> Iterator[str]:
        """Who has an account, the holder first."""
        people = sorted(self.family.people, key=lambda one: one.id != self.holder)
        return (one.id for one in people if one.account is not None)

    def tried(self) -> Iterator[Pair]:
        for payer in self.owners():
            yield from ((payer, one.id) for one in self.family.people if one.id != payer)

    def binding(self, pair: Pair, name: str) -> Binding:
        payer, beneficiary = pair
        relation = self.ties[pair].relation
        return Binding(name, payer, beneficiary, relation, Channel.IN_PROVINCE, self.day)

    def _refused(self) -> Iterator[tuple[Pair, Finding | None]]:
        """Each pair whose relation is known, and why it may not be bound; None: it may."""
        name = free_id(self.family, "binding")
        for pair in self.tried():
            if pair in self.ties:
                yield pair, why_not(self.family, self.book, self.binding(pair, name))

    def _choices(self, stood: list[Binding]) -> Choices:
        may = [pair for pair, finding in self.refused.items() if finding is None]
        pairs = tuple(dict.fromkeys([*may, *sorted(self.today | self.fixed)]))
        payers = dict.fromkeys(payer for payer, _ in pairs)
        limits = {one: limits_of(self.family, self.book, one, self.day, stood) for one in payers}
        return Choices(pairs, self.today, self.fixed, limits)

    def _proxies(self) -> frozenset[Pair]:
        """The pairs bound today that may pay premiums, and nothing else."""
        paid = self.now.ledger.premiums.values()
        return frozenset((one.holder, one.payment.insured) for one in paid if one.holder) - self.today

    def unrecorded(self) -> Iterator[str]:
        """Employees of whose account nothing is on record, so that they are no payer here."""
        for person in self.family.people:
            coverage = person.coverage_on(self.day)
            if person.account is None and coverage is not None:
                law = self.book.law(coverage.area, self.day)
                if has_account(coverage, law):
                    yield person.id

    def scenario(self, pairs: frozenset[Pair]) -> Scenario:
        """Laid over the family, it makes these hold from the day after the family's own."""
        bindings: list[Binding] = []
        for pair in sorted(pairs - self.today - self.fixed):
            after = replace(self.family, bindings=(*self.family.bindings, *bindings))
            bindings.append(self.binding(pair, free_id(after, "binding")))
        gone = [one for one in self.held if (one.payer, one.beneficiary) not in pairs]
        return Scenario(
            name=self.name,
            ends={one.id: self.family.as_of for one in gone},
            bindings=tuple(bindings),
            plan=self._plan(pairs),
            premiums=tuple(self._premiums(pairs)),
        )

    def _premiums(self, pairs: frozenset[Pair]) -> Iterator[PlannedPremium]:
        for one in self.plan.premiums:
            payer = self.payer_of(one.insured, one.paid_from, pairs)
            if payer != one.paid_from:
                yield replace(one, paid_from=payer)

    def _plan(self, pairs: frozenset[Pair]) -> Plan | None:
        """A plan of its own only where a premium expected on one day has to be paid by someone else."""
        expected = tuple(
            replace(one, paid_from=self.payer_of(one.insured, one.paid_from, pairs))
            if isinstance(one, PremiumPayment)
            else one
            for one in self.plan.expected
        )
        return None if expected == self.plan.expected else replace(self.plan, expected=expected)

    def payer_of(self, insured: str, paid_from: str | None, pairs: frozenset[Pair]) -> str | None:
        """Who pays a premium that the plan takes from an account: whoever binds the insured, or cash."""
        if paid_from in (None, insured) or (paid_from, insured) in pairs | self.proxies:
            return paid_from
        return next((payer for payer, who in sorted(pairs) if who == insured), None)

    def lent_premiums(self) -> frozenset[str]:
        """The planned premiums of relatives that are taken from an account, by event id."""
        planned = expected_events(self.family, self.book, self.until)
        paid = (one for one in planned if isinstance(one, PremiumPayment))
        return frozenset(one.id for one in paid if one.paid_from not in (None, one.insured))

    def option(self, pairs: frozenset[Pair]) -> Option | None:
        """None: not all of these bindings would stand, or what is paid today would not be paid at all.

        Today's own is always one.
        """
        scenario = self.scenario(pairs)
        ahead = self.simulated(with_scenario(self.family, scenario))
        if pairs != self.today | self.fixed and not self._keeps_all(scenario, ahead.ledger):
            return None
        return Option(
            bonds=tuple(self._bonds(pairs)),
            cash=ahead.cash_total,
            lent=_lent(ahead.ledger, self.day),
            left={one: ahead.ledger.balance(one, date.max) for one in self.owners()},
            outlook=ahead,
            scenario=scenario,
        )

    def _keeps_all(self, scenario: Scenario, then: Ledger) -> bool:
        now = self.now.ledger
        return (
            {one.id for one in scenario.bindings} | now.standing <= then.standing
            and now.settlements.keys() <= then.settlements.keys()
            and now.premiums.keys() <= then.premiums.keys()
        )

    def _bonds(self, pairs: frozenset[Pair]) -> Iterator[Bond]:
        place = {person.id: number for number, person in enumerate(self.family.people)}
        for pair in sorted(
            pairs | self.today, key=lambda one: (one not in pairs, place[one[1]], place[one[0]])
        ):
            turn = Turn.ENDED if pair not in pairs else Turn.NEW
            if pair in pairs & (self.today | self.fixed):
                turn = Turn.KEPT
            relation, assumed = self.ties[pair]
            yield Bond(*pair, relation, turn, assumed)

    def natural(self, needy: Collection[str]) -> frozenset[Pair]:
        """Each who has bills or is bound by the nearest who may: the holder, else whoever does today."""
        chosen = set(self.fixed)
        order = {payer: place for place, payer in enumerate(self.owners())}
        for person in self.family.people:
            held = any(who == person.id for _, who in self.today)
            if not held and (person.id == self.holder or person.id not in needy):
                continue
            theirs = [pair for pair in self.choices.pairs if pair[1] == person.id]
            theirs.sort(key=lambda one: (one[0] != self.holder, one not in self.today, order.get(one[0], 0)))
            chosen |= set(next(((one,) for one in theirs if self._has_room(one, chosen)), ()))
        return frozenset(chosen)

    def _has_room(self, pair: Pair, chosen: Iterable[Pair]) -> bool:
        limit = self.choices.limits[pair[0]]
        bound = {who for payer, who in chosen if payer == pair[0]} | {pair[1]}
        return (limit.active is None or len(bound) <= limit.active) and (
            limit.lifetime is None or len(bound | limit.ever) <= limit.lifetime
        )


def _lent(ledger: Ledger, since: date) -> dict[str, Money]:
    """What each account pays for others from a day on, but for what is taken back."""
    lent: dict[str, Money] = {}
    for payer, amount in _paid_for_others(ledger, since):
        lent[payer] = lent.get(payer, NOTHING) + amount
    return lent


def _paid_for_others(ledger: Ledger, since: date) -> Iterator[tuple[str, Money]]:
    back = {done.refund.of for done in ledger.refunds.values()}
    for event, done in ledger.settlements.items():
        if done.visit.on >= since and event not in back:
            yield from done.by_payer().items()
    for event, paid in ledger.premiums.items():
        if paid.payment.on >= since and event not in back and paid.holder not in (None, paid.payment.insured):
            yield str(paid.holder), paid.amount
