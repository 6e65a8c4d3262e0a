"""许多未来。Plays a script in many futures at once: every month's balance, when it falls short, and by what.

The money of each step is moved by the functions that the fold uses, over amounts that hold one sum for each
future. Futures are played in blocks, so that of a long run only its balances stay in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from desktop.domain.account import Credited
from desktop.domain.care import Visit
from desktop.domain.money import NOTHING
from desktop.domain.settlement import EntryKind, PurseKind, Side, Slice, Year
from desktop.planning.accounts import HOLDS
from desktop.planning.counters import ONCE, taken_back
from desktop.planning.draws import NO_BILL, Drawn, Draws, numbers, one_drawn
from desktop.planning.fan import Source
from desktop.planning.many import Amounts, in_each, reuse_memory, tight
from desktop.planning.matters import arrived, moved_by
from desktop.planning.script import Arrives, Comes, GoesBack, Handled, Opens, Pays, Shifts
from desktop.planning.visits import NOT_YET, Paid, moves, pocket_of, settled
from desktop.rules.premium import paid_in_full
from desktop.rules.purse import Purse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.settlement import Part
    from desktop.planning.accounts import Pocket
    from desktop.planning.counters import Counters
    from desktop.planning.script import Happening, Script
    from desktop.planning.visits import Asked
    from desktop.policy.policy import Term

Move = tuple[Side, str, Amounts]
"""One leg of what an event moves, in each future."""


class Watcher(Protocol):
    """Told what each event moves."""

    def __call__(self, event: str, moves: Sequence[Move], /) -> None: ...


class _Kept(NamedTuple):
    """What an event came to in each future, for its refund."""

    step: Comes | Pays | Shifts
    slices: Sequence[Slice[Any]]
    times: Amounts
    moves: Sequence[Move]


@dataclass(frozen=True, slots=True)
class Played:
    """A block of futures: a row for each month, a column for each future.

    `balances` are those of the account at each month's end; `short_in` is the number of the month in which a
    future first falls short, that of the month after the last where it never does; `caused_by` the place of
    its cause in `causes`, -1 for none; `short` what falls to cash for want of balance.
    """

    balances: NDArray[Any]
    short_in: NDArray[np.int32]
    caused_by: NDArray[np.int32]
    causes: tuple[Source, ...]
    short: NDArray[Any]


def play(script: Script, seed: int, futures: range, watch: Watcher | None = None) -> Played:
    reuse_memory()
    draws = {
        name: Draws(odds, numbers(seed, name, futures, script.times[name]))
        for name, odds in script.odds.items()
        if odds.happens
    }
    return _Players(script, draws, len(futures), watch).play()


def alone(script: Script, seed: int, number: int) -> Family:
    """The family of one future: the bills it draws, as if they were known."""
    only = range(number, number + 1)
    bits = {name: numbers(seed, name, only, times) for name, times in script.times.items()}

    def events() -> Iterator[Event]:
        for event in script.family.events:
            if event.id not in script.may_come or not isinstance(event, Visit):
                yield event
                continue
            name, time = script.may_come[event.id]
            charges = one_drawn(script.odds[name], int(bits[name][time, 0]))
            if charges is not None:
                yield replace(event, charges=charges)

    return replace(script.family, events=tuple(events()))


class _Players:
    """One block of futures, month by month."""

    def __init__(
        self, script: Script, draws: Mapping[str, Draws], futures: int, watch: Watcher | None
    ) -> None:
        self._script, self._draws, self._futures, self._watch = script, draws, futures, watch
        self._held: dict[Pocket, Any] = dict(script.held)
        self._account: Pocket = (Side.ACCOUNT, script.account)
        self._counters: Counters[Any] = script.counters.copy()
        self._kept: dict[str, _Kept] = {}
        self._sent: dict[str, Any] = {}
        self._month = 0
        self._causes: dict[Source, int] = {}
        self._short_in = np.full(futures, len(script.months), dtype=np.int32)
        self._caused_by = np.full(futures, -1, dtype=np.int32)
        self._lasts, self._lasting = np.ones(futures, dtype=np.bool_), futures
        self._short: Any = NOTHING

    def play(self) -> Played:
        balances: list[NDArray[Any]] = []
        for number, (month, happenings) in enumerate(self._script.months):
            self._month = number
            if month.month == 1:
                self._begin_year(month.year)
            for one in happenings:
                self._happens(one)
            balances.append(in_each(self._holds(self._account), self._futures))
        return Played(
            balances=np.stack(balances) if balances else np.empty((0, self._futures), dtype=np.int32),
            short_in=self._short_in,
            caused_by=self._caused_by,
            causes=tuple(self._causes),
            short=in_each(self._short, self._futures),
        )

    def _begin_year(self, year: int) -> None:
        """What grows over the years is told what it has come to; no visit asks for past years' counters."""
        self._counters.forget_before(year)
        self._held = {pocket: tight(held) for pocket, held in self._held.items()}
        self._short = tight(self._short)

    def _happens(self, one: Happening) -> None:
        match one:
            case Comes():
                self._comes(one)
            case Credited():
                self._add((Side.ACCOUNT, one.holder), one.amount)
            case Pays():
                self._pays(one)
            case Shifts():
                self._shifts(one)
            case Opens():
                self._held[Side.ACCOUNT, one.holder] = one.amount
            case GoesBack():
                self._goes_back(one)
            case Handled() | Arrives():
                self._at_the_office(one)

    def _holds(self, pocket: Pocket) -> Any:
        return self._held.get(pocket, NOTHING)

    def _add(self, pocket: Pocket, amount: Amounts) -> None:
        self._held[pocket] = self._holds(pocket) + amount

    def _comes(self, one: Comes) -> None:
        got = self._drawn(one)
        if got is None:
            return
        case = one.day.case
        visit, patient = case.visit, case.patient.id
        scheme = None if case.coverage is None else case.coverage.scheme
        year: Year[Any] = NOT_YET
        if scheme is not None:
            year = self._counters.year(patient, scheme, visit.setting, visit.on)
        paid: Paid[Any] = settled(one.day, got.charges, year, self._purses(one))
        for purse in paid.used:
            if purse.balance is not None:
                pocket = pocket_of(purse)
                self._held[pocket] = purse.balance
                if pocket == self._account:
                    self._falls_short(Source(patient, visit.setting), paid.lacked_by(purse))
        self._counters.count(visit, scheme, paid.slices, got.times)
        if one.kept or self._watch is not None:
            self._tell(one, visit.id, paid.slices, got, moves(paid, got.charges.total_fee))

    def _drawn(self, one: Comes) -> Drawn | None:
        """None: it comes in no future."""
        if one.odds is None:
            return Drawn(one.day.case.visit.charges, ONCE)
        name, time = one.odds
        return self._draws[name].at(time) if name in self._draws else None

    def _purses(self, one: Comes) -> dict[PurseKind, Asked[Any]]:
        """Made anew each time: nothing is drawn from a purse before its turn."""
        patient = one.day.case.patient.id
        asked: dict[PurseKind, Asked[Any]] = {
            PurseKind.MUTUAL_AID: lambda _owed: [
                self._purse(PurseKind.MUTUAL_AID, *payer) for payer in one.payers
            ]
        }
        if (own := one.own) is not None:
            asked[PurseKind.OWN] = lambda _owed: [self._purse(PurseKind.OWN, patient, own)]
        if (wallet := one.wallet) is not None:
            asked[PurseKind.WALLET] = lambda _owed: [self._purse(PurseKind.WALLET, patient, wallet)]
        if one.quotas:
            asked[PurseKind.QUOTA] = lambda _owed: [
                Purse(
                    PurseKind.QUOTA, relation.payer, self._holds((Side.QUOTA, relation.id)), pays, relation.id
                )
                for relation, pays in one.quotas
            ]
        return asked

    def _purse(self, kind: PurseKind, holder: str, pays_for: Mapping[Part, Term[bool]]) -> Purse[Any]:
        side = Side.WALLET if kind is PurseKind.WALLET else Side.ACCOUNT
        return Purse(kind, holder, self._holds((side, holder)), pays_for)

    def _pays(self, one: Pays) -> None:
        pocket, amount, insured = one.pocket, one.amount, one.payment.insured
        told: list[Move] = [(Side.PREMIUM, "", amount), (Side.CASH, insured, -amount)]
        if pocket[0] is not Side.CASH:
            held = self._holds(pocket)
            from_purse: Any = paid_in_full(amount, held)
            in_cash: Any = amount - from_purse
            self._held[pocket] = held - from_purse
            if pocket == self._account:
                self._falls_short(Source(insured, None), in_cash)
            told[1:] = [(*pocket, -from_purse), (Side.CASH, insured, -in_cash)]
        if one.kept or self._watch is not None:
            self._tell(one, one.payment.id, (), Drawn(NO_BILL, ONCE), told)

    def _shifts(self, one: Shifts) -> None:
        held = self._holds(one.out)
        moved: Any = held if one.amount is None else paid_in_full(one.amount, held)
        told: list[Move] = [(*one.out, -moved), (*one.into, moved)]
        self._held[one.out] = held - moved
        if one.into[0] in HOLDS:
            self._add(one.into, moved)
        if one.kept or self._watch is not None:
            self._tell(one, one.event, (), Drawn(NO_BILL, ONCE), told)

    def _tell(
        self,
        step: Comes | Pays | Shifts,
        event: str,
        slices: Sequence[Slice[Any]],
        got: Drawn,
        told: Sequence[Move],
    ) -> None:
        if self._watch is not None:
            self._watch(event, told)
        if step.kept:
            self._kept[event] = _Kept(step, slices, got.times, told)

    def _goes_back(self, one: GoesBack) -> None:
        kept = self._kept.get(one.of)
        back: Sequence[Move] = one.back
        if kept is not None:
            back = [
                (*one.closed.get((side, owner), (side, owner)), -sums) for side, owner, sums in kept.moves
            ]
        for side, owner, sums in back:
            if side in HOLDS:
                self._add((side, owner), sums)
        if one.fact is not None:
            self._counters.count(one.fact.visit, one.fact.scheme, taken_back(one.fact.slices), ONCE * -1)
        elif kept is not None and isinstance(kept.step, Comes):
            case = kept.step.day.case
            scheme = None if case.coverage is None else case.coverage.scheme
            self._counters.count(case.visit, scheme, taken_back(kept.slices), kept.times * -1)
        if self._watch is not None:
            self._watch(one.event, back)

    def _at_the_office(self, one: Handled | Arrives) -> None:
        if isinstance(one, Arrives):
            sent = self._sent[one.moved.id] if one.sent is None else one.sent
            self._move(one.moved.id, arrived(one.moved, sent))
            return
        matter = one.day.matter
        for kind, legs in moved_by(one.day, self._holds((Side.ACCOUNT, matter.person))):
            if kind is EntryKind.TRANSFER_OUT:
                self._sent[matter.id] = legs[-1][2]
            self._move(matter.id, legs)

    def _move(self, matter: str, legs: Sequence[Move]) -> None:
        for side, owner, amount in legs:
            if side in HOLDS:
                self._add((side, owner), amount)
        if self._watch is not None:
            self._watch(matter, legs)

    def _falls_short(self, cause: Source, short: Amounts) -> None:
        if not short:
            return
        self._short = self._short + short
        if not self._lasting:
            return
        fell = np.flatnonzero(self._lasts & (in_each(short, self._futures) > 0))
        if len(fell):
            self._lasts[fell], self._lasting = False, self._lasting - len(fell)
            self._caused_by[fell] = self._causes.setdefault(cause, len(self._causes))
            self._short_in[fell] = self._month
