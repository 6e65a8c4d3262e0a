"""分配。An integer programme for who should bind whom: what accounts can pay at most, bill by bill.

It proposes; the simulation decides. What it says an assignment may cover is never less than what the full run
covers, so that the order in which it proposes them tells when nothing better can come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop.domain.binding import Channel
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.settlement import EntryKind, Part, PurseKind, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from desktop.domain.settlement import Entry, Payment, PremiumPaid, Settlement
    from desktop.planning.eligible import Limits, Pair
    from desktop.planning.ledger import Ledger
    from desktop.policy.book import Book
    from desktop.policy.law import Law, PurseLaw
    from desktop.policy.policy import Term

_FEN = 0.01
_HALF = 0.5
_OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-5,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
    "mip_max_nodes": 20_000,
}


@dataclass(frozen=True, slots=True)
class Inflow:
    """What comes into an account."""

    owner: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Need:
    """What one bill leaves to `person`.

    `amount` is what accounts may pay of it, `paid` what one does pay while nobody is bound; `payable` is how
    much others' accounts may pay, by their owner, and `own` how much the person's own. Of that, only the own
    account may pay `last`, and does so after all the rest is paid. `whole`: one pays all of it or none.
    """

    on: date
    person: str
    amount: Money
    paid: Money
    payable: Mapping[str, Money]
    own: Money = NOTHING
    last: Money = NOTHING
    whole: bool = False


Flow = Inflow | Need


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: `today` holds now, `fixed` begins later whatever is chosen."""

    pairs: tuple[Pair, ...]
    today: frozenset[Pair]
    fixed: frozenset[Pair]
    limits: Mapping[str, Limits]


@dataclass(frozen=True, slots=True)
class Unbound:
    """A run in which nobody is bound and premiums of relatives, `lent` by event id, are paid in cash."""

    ledger: Ledger
    after: date
    lent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`covered` is the most that accounts could pay with it, in fen."""

    pairs: frozenset[Pair]
    covered: float


def flows(run: Unbound, book: Book, choices: Choices) -> tuple[Flow, ...]:
    """What comes into the accounts and what they are needed for after a day, in order."""
    return tuple(_Reading(run, book, choices).flows())


class _Reading:
    def __init__(self, run: Unbound, book: Book, choices: Choices) -> None:
        self._ledger, self._after, self._lent = run.ledger, run.after, run.lent
        self._book = book
        self._payers: dict[str, list[str]] = {}
        for payer, beneficiary in choices.pairs:
            self._payers.setdefault(beneficiary, []).append(payer)
        later = {entry.of for entry in run.ledger.entries if entry.on > run.after}
        # What is taken back moves nothing in the end, whoever paid it.
        self._undone = later & {done.refund.of for done in run.ledger.refunds.values()}
        errors = (one for one in run.ledger.findings if one.severity is Severity.ERROR)
        # What a frozen quota does not pay, the rest of the account still may.
        self._barred = {one.about[0] for one in errors if one.rule != "wallet.frozen_quota_spent"}
        wallets = [one for one in run.ledger.family.bindings if one.channel is Channel.WALLET]
        self._given = {one.id: one.beneficiary for one in wallets}
        self._gifted = {one.beneficiary for one in wallets}

    def flows(self) -> Iterator[Flow]:
        people = [person.id for person in self._ledger.family.people]
        for person in people:
            before = (entry for entry in self._ledger.entries if entry.on <= self._after)
            yield Inflow(person, total(self._came(entry, person) for entry in before))
        for entry in self._ledger.entries:
            if entry.on <= self._after or self._is_undone(entry):
                continue
            if entry.kind is EntryKind.VISIT:
                yield from self._visit(self._ledger.settlements[entry.of])
            elif entry.kind is EntryKind.PREMIUM:
                yield from self._premium(self._ledger.premiums[entry.of])
            else:
                moved = ((person, self._came(entry, person)) for person in people)
                yield from (Inflow(person, amount) for person, amount in moved if amount)

    def _came(self, entry: Entry, person: str) -> Money:
        """What came to someone: into their account, their wallet, or a quota for them."""
        return entry.moved(person) + total(
            amount
            for side, owner, amount in entry.postings
            if (side is Side.WALLET and owner == person)
            or (side is Side.QUOTA and self._given[owner] == person)
        )

    def _is_undone(self, entry: Entry) -> bool:
        of = self._ledger.refunds[entry.of].refund.of if entry.kind is EntryKind.REFUND else entry.of
        return of in self._undone

    def _visit(self, done: Settlement) -> Iterator[Need]:
        visit = done.visit
        if not visit.use_account or visit.id in self._barred:
            return
        owed = _by_part(done.payments)
        paid = _by_part(one for one in done.payments if one.purse is not PurseKind.CASH)
        purses = self._purses(visit.patient, visit.on)
        has_account = self._ledger.family.person(visit.patient).account is not None
        own = _parts(purses.own_account) if has_account else frozenset[Part]()
        if visit.patient in self._gifted:
            own |= _parts(self._law(visit.patient, visit.on).wallet(self._ledger.family.settings).pays_for)
        # Whoever may bind them, this is what relatives' accounts may pay where the patient is insured.
        shared = _parts(purses.mutual_aid)
        payable: dict[str, Money] = {}
        for payer in self._payers.get(visit.patient, ()):
            pays = _parts(self._purses(payer, visit.on).mutual_aid)
            payable[payer] = _within(owed, pays)
            shared |= pays
        own_first = purses.order.index("own_account") < purses.order.index("mutual_aid")
        yield Need(
            on=visit.on,
            person=visit.patient,
            amount=_within(owed, own | shared),
            paid=_within(paid, own | shared),
            payable=payable,
            own=_within(owed, own),
            last=_within(owed, own - shared) if own_first else NOTHING,
        )

    def _premium(self, done: PremiumPaid) -> Iterator[Need]:
        on, insured, owner = done.payment.on, done.payment.insured, done.payment.paid_from
        if owner is not None:
            yield Need(on, owner, done.amount, done.amount, {}, own=done.amount, whole=True)
        elif done.payment.id in self._lent:
            payers = self._payers.get(insured, ())
            yield Need(on, insured, done.amount, NOTHING, dict.fromkeys(payers, done.amount), whole=True)

    def _purses(self, owner: str, day: date) -> PurseLaw:
        return self._law(owner, day).purses(self._ledger.family.settings)

    def _law(self, owner: str, day: date) -> Law:
        return self._book.law(self._ledger.lived.person(owner).area_on(day), day)


def within_reach(flow: Sequence[Flow]) -> Iterator[Flow]:
    """The same without what decides nothing: more money than all bills ask for, and more of a bill than comes
    into the accounts that may pay it. Such sums may be far too large for a programme to tell cents apart.
    """
    asked = total(one.amount for one in flow if isinstance(one, Need))
    reach: dict[str, Money] = {}
    inflows = []
    for one in flow:
        if isinstance(one, Inflow):
            before = reach.get(one.owner, NOTHING)
            reach[one.owner] = (before + one.amount).least(asked)
            inflows.append(replace(one, amount=reach[one.owner] - before))
    ahead = iter(inflows)
    for one in flow:
        yield next(ahead) if isinstance(one, Inflow) else _reached(one, reach)


def _reached(one: Need, reach: Mapping[str, Money]) -> Need:
    most = {owner: amount.least(reach.get(owner, NOTHING)) for owner, amount in one.payable.items()}
    payable = {
        owner: amount for owner, amount in most.items() if amount and (not one.whole or amount == one.amount)
    }
    own = one.own.least(reach.get(one.person, NOTHING))
    last = (own - (one.own - one.last)).greatest(NOTHING)
    shared = (one.amount - one.last).least(total(payable.values()) + own - last)
    return replace(one, amount=shared + last, payable=payable, own=own, last=last)


def _parts(pays_for: Mapping[Part, Term[bool]]) -> frozenset[Part]:
    return frozenset(part for part, rule in pays_for.items() if rule.value)


def _by_part(payments: Iterable[Payment[Money]]) -> dict[Part, Money]:
    sums: dict[Part, Money] = {}
    for one in payments:
        sums[one.part] = sums.get(one.part, NOTHING) + one.amount
    return sums


def _within(sums: Mapping[Part, Money], parts: frozenset[Part]) -> Money:
    return total(amount for part, amount in sums.items() if part in parts)


class Programme:
    """整数规划。Each call of `next` gives the best assignment that was not given before.

    Of two that cover as much, the one with fewer changes to today's comes first. Two that differ only in
    relatives without bills count as one.
    """

    def __init__(self, choices: Choices, flow: Sequence[Flow]) -> None:
        import highspy  # noqa: PLC0415 - it takes a moment to load, and is seldom needed

        self.exhausted = False
        flow = tuple(within_reach(flow))
        self._choices = choices
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._infeasible = highspy.HighsModelStatus.kInfeasible
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            self._highs.setOptionValue(option, value)
        needy = {one.person for one in flow if isinstance(one, Need) and one.amount}
        self.needed = frozenset(pair for pair in choices.pairs if pair[1] in needy)
        kept = choices.today | choices.fixed
        self._bound = {
            pair: self._highs.addBinary() for pair in choices.pairs if pair in self.needed or pair in kept
        }
        for pair in choices.fixed:
            self._highs.addConstr(self._bound[pair] >= 1)
        self._limit()
        self._held: dict[str, Any] = {}
        self._came: dict[str, float] = {}
        self._most: dict[str, float] = {}
        # Money kept back for what only the own account may pay would make an assignment look too good.
        self._in_order = {one.person for one in flow if isinstance(one, Need) and one.last and one.payable}
        self._covered = self._pay(flow)
        # All changes together weigh less than a fen.
        light = _FEN / 4 / (len(self._bound) + 1)
        changes = [1 - bound if pair in choices.today else bound for pair, bound in self._bound.items()]
        self._aim = self._highs.qsum(self._covered) - light * self._highs.qsum(changes)

    def next(self) -> Proposal | None:
        """None: every assignment has been given (`exhausted`), or the programme is too large to be solved."""
        self._highs.maximize(self._aim)
        if self._highs.getModelStatus() != self._optimal:
            self.exhausted = self._highs.getModelStatus() == self._infeasible
            return None
        value = self._highs.getSolution().col_value
        chosen = frozenset(pair for pair, bound in self._bound.items() if value[bound.index] > _HALF)
        self._rule_out(chosen)
        covered = sum(value[one.index] for one in self._covered)
        return Proposal(chosen, covered / _FEN)

    def demand_without(self, pairs: frozenset[Pair]) -> None:
        """From here on only assignments that lack one of these."""
        without = [1 - self._bound[pair] for pair in sorted(pairs)]
        self._highs.addConstr(self._highs.qsum(without) >= 1)

    def _rule_out(self, chosen: frozenset[Pair]) -> None:
        differs = [
            1 - self._bound[pair] if pair in chosen else self._bound[pair] for pair in sorted(self.needed)
        ]
        self._highs.addConstr(self._highs.qsum(differs) >= 1)

    def _limit(self) -> None:
        limits = self._choices.limits
        for payer, limit in limits.items():
            mine = {pair: bound for pair, bound in self._bound.items() if pair[0] == payer}
            new = [bound for pair, bound in mine.items() if pair[1] not in limit.ever]
            if limit.active is not None:
                self._at_most(list(mine.values()), limit.active)
            if limit.lifetime is not None:
                self._at_most(new, max(0, limit.lifetime - len(limit.ever)))
        for beneficiary in dict.fromkeys(pair[1] for pair in self._bound):
            theirs = {pair[0]: bound for pair, bound in self._bound.items() if pair[1] == beneficiary}
            most = [limits[payer].payers for payer in theirs]
            self._at_most(list(theirs.values()), min((one for one in most if one is not None), default=None))

    def _at_most(self, bound: list[Any], most: int | None) -> None:
        if most is not None and len(bound) > most:
            self._highs.addConstr(self._highs.qsum(bound) <= most)

    def _pay(self, flow: Sequence[Flow]) -> list[Any]:
        """Bill by bill, no account may pay more than has come into it by then."""
        return [drawn for one in flow for drawn in self._flow(one)]

    def _flow(self, one: Flow) -> list[Any]:
        if isinstance(one, Inflow):
            amount = int(one.amount) * _FEN
            self._came[one.owner] = self._came.get(one.owner, 0.0) + amount
            self._most[one.owner] = self._most.get(one.owner, 0.0) + amount
            return []
        drawn = []
        for owner, most in one.payable.items():
            # Nothing for a relative who is not bound to the account.
            pays = self._draw(owner, int(most) * _FEN)
            self._highs.addConstr(pays - int(most) * _FEN * self._bound[owner, one.person] <= 0)
            drawn.append(pays)
        if one.whole:
            self._all_or_none(drawn, one)
        last = []
        if one.own and self._has(one.person):
            own = self._draw(one.person, int(one.own - one.last) * _FEN)
            drawn.append(own)
            last = [self._draw(one.person, int(one.last) * _FEN)] if one.last else []
            if one.person in self._in_order:
                self._own_first(one, own, last)
        if len(drawn) > 1:
            self._highs.addConstr(self._highs.qsum(drawn) <= int(one.amount - one.last) * _FEN)
        return drawn + last

    def _all_or_none(self, drawn: list[Any], one: Need) -> None:
        """A premium is not shared between an account and cash."""
        for pays in drawn:
            self._highs.addConstr(pays - int(one.amount) * _FEN * self._highs.addBinary() == 0)

    def _own_first(self, one: Need, own: Any, last: list[Any]) -> None:
        """The own account pays all it may or runs dry, and what only it may pay not before the rest."""
        whole = self._highs.addBinary()
        self._highs.addConstr(own + self._highs.qsum(last) - int(one.own) * _FEN * whole >= 0)
        self._highs.addConstr(self._held[one.person] - self._most[one.person] * whole <= 0)
        for pays in last:
            reached = self._highs.addBinary()
            self._highs.addConstr(pays - int(one.last) * _FEN * reached <= 0)
            self._highs.addConstr(own - int(one.own - one.last) * _FEN * reached >= 0)

    def _has(self, owner: str) -> bool:
        """Whether anything has come into this account yet."""
        return owner in self._held or bool(self._came.get(owner))

    def _draw(self, owner: str, most: float) -> Any:
        """A sum of at most so much, taken from what an account holds."""
        pays, left = self._highs.addVariable(lb=0, ub=most), self._highs.addVariable(lb=0)
        before = self._held.get(owner)
        rest = left + pays if before is None else left + pays - before
        self._highs.addConstr(rest == self._came.pop(owner, 0.0))
        self._held[owner] = left
        return pays
