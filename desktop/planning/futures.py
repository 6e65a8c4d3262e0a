"""许多未来。Plays a script in many futures at once: every month's balance, when it falls short, and by what.

The money of each step is moved by the functions that the fold uses, over amounts that hold one sum for each
future. Futures are played in blocks, so that a run takes no more memory for being long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from desktop.domain.account import Credited
from desktop.domain.care import Visit
from desktop.domain.money import NOTHING
from desktop.domain.settlement import PurseKind, Side, Slice, Year
from desktop.planning.counters import ONCE, taken_back
from desktop.planning.draws import NO_BILL, Drawn, drawn, numbers, one_drawn
from desktop.planning.fan import Source
from desktop.planning.many import Amounts, Many, Some, expanded, put, tight
from desktop.planning.script import Comes, GoesBack, Opens, Pays
from desktop.planning.visits import NOT_YET, Paid, moves, settled
from desktop.rules.premium import paid_in_full
from desktop.rules.purse import Purse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.settlement import Part
    from desktop.planning.counters import Counters
    from desktop.planning.script import Happening, Script
    from desktop.policy.policy import Term

_NOBODY = np.zeros(0, dtype=np.intp)
Move = tuple[Side, str, Amounts]
"""One leg of what an event moves, in each future."""


class Watcher(Protocol):
    """Told what each event moves; `which` futures it is about, None for all."""

    def __call__(self, event: str, moves: Sequence[Move], which: NDArray[np.intp] | None, /) -> None: ...


class _Kept(NamedTuple):
    """What an event came to in each future, for its refund."""

    step: Comes | Pays
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
    bits = {name: numbers(seed, name, futures, times) for name, times in script.times.items()}
    return _Players(script, bits, len(futures), watch).play()


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
        self, script: Script, bits: Mapping[str, NDArray[np.uint16]], futures: int, watch: Watcher | None
    ) -> None:
        self._script, self._bits, self._futures, self._watch = script, bits, futures, watch
        self._balances: dict[str, Any] = dict(script.balances)
        self._counters: Counters[Any] = script.counters.copy()
        self._kept: dict[str, _Kept] = {}
        self._month = 0
        self._causes: dict[Source, int] = {}
        self._short_in = np.full(futures, len(script.months), dtype=np.int32)
        self._caused_by = np.full(futures, -1, dtype=np.int32)
        self._short: Any = NOTHING

    def play(self) -> Played:
        balances = np.empty((len(self._script.months), self._futures), dtype=np.int64)
        for month, (_, happenings) in enumerate(self._script.months):
            self._month = month
            for one in happenings:
                self._happens(one)
            self._balances = {holder: tight(balance) for holder, balance in self._balances.items()}
            balances[month] = _sums(self._balance(self._script.account))
        return Played(
            balances=balances,
            short_in=self._short_in,
            caused_by=self._caused_by,
            causes=tuple(self._causes),
            short=np.broadcast_to(np.asarray(_sums(self._short)), self._futures),
        )

    def _happens(self, one: Happening) -> None:
        match one:
            case Credited():
                self._balances[one.holder] = self._balance(one.holder) + one.amount
            case Comes():
                self._comes(one)
            case Pays():
                self._pays(one)
            case Opens():
                self._balances[one.holder] = one.amount
            case GoesBack():
                self._goes_back(one)

    def _balance(self, holder: str) -> Any:
        return self._balances.get(holder, NOTHING)

    def _comes(self, one: Comes) -> None:
        case = one.day.case
        visit, patient = case.visit, case.patient.id
        got = self._drawn(one)
        which = got.which
        if which is not None and not len(which):
            return
        scheme = None if case.coverage is None else case.coverage.scheme
        year: Year[Any] = NOT_YET
        if scheme is not None:
            year = _year_of(self._counters.year(patient, scheme, visit.setting, visit.on), which)
        own = [self._purse(PurseKind.OWN, patient, one.day.purses.own_account, which)] if one.own else []
        paid: Paid[Any] = settled(
            one.day,
            got.charges,
            year,
            own,
            lambda _owed: (self._purse(PurseKind.MUTUAL_AID, *payer, which) for payer in one.payers),
        )
        for purse in paid.used:
            if purse.balance is not None:
                self._set_balance(purse.holder, purse.balance, which)
        for holder, short in paid.lacked():
            if holder == self._script.account:
                self._falls_short(Source(patient, visit.setting), short, which)
        slices = paid.slices if which is None else [self._everywhere(one, which) for one in paid.slices]
        self._counters.count(visit, scheme, slices, got.times)
        if one.kept or self._watch is not None:
            self._tell(one, visit.id, slices, got, moves(paid, got.charges.total_fee))

    def _drawn(self, one: Comes) -> Drawn:
        if one.odds is None:
            return Drawn(None, one.day.case.visit.charges, ONCE)
        name, time = one.odds
        return drawn(self._script.odds[name], self._bits[name][time])

    def _purse(
        self,
        kind: PurseKind,
        holder: str,
        pays_for: Mapping[Part, Term[bool]],
        which: NDArray[np.intp] | None,
    ) -> Purse[Any]:
        return Purse(kind, holder, _some(self._balance(holder), which), pays_for)

    def _set_balance(self, holder: str, balance: Amounts, which: NDArray[np.intp] | None) -> None:
        if which is not None:
            balance = put(self._balance(holder), which, balance, self._futures)
        self._balances[holder] = balance

    def _everywhere(self, one: Slice[Any], which: NDArray[np.intp]) -> Slice[Any]:
        return Slice(one.part, expanded(one.amount, which, self._futures), one.because)

    def _pays(self, one: Pays) -> None:
        holder, amount = one.holder, one.amount
        side = (Side.CASH, one.payment.insured, -amount)
        told: list[Move] = [(Side.PREMIUM, "", amount), side]
        if holder is not None:
            balance = self._balance(holder)
            from_account: Any = paid_in_full(amount, balance)
            in_cash: Any = amount - from_account
            self._balances[holder] = balance - from_account
            if holder == self._script.account:
                self._falls_short(Source(one.payment.insured, None), in_cash, None)
            told[1:] = [(Side.ACCOUNT, holder, -from_account), (Side.CASH, one.payment.insured, -in_cash)]
        if one.kept or self._watch is not None:
            self._tell(one, one.payment.id, (), Drawn(None, NO_BILL, ONCE), told)

    def _tell(
        self, step: Comes | Pays, event: str, slices: Sequence[Slice[Any]], got: Drawn, told: Sequence[Move]
    ) -> None:
        if self._watch is not None:
            self._watch(event, told, got.which)
        if step.kept:
            if got.which is not None:
                told = [(side, owner, expanded(sums, got.which, self._futures)) for side, owner, sums in told]
            self._kept[event] = _Kept(step, slices, got.times, told)

    def _goes_back(self, one: GoesBack) -> None:
        kept = self._kept.get(one.of)
        moved: Sequence[Move] = one.postings if kept is None else kept.moves
        back: list[tuple[Side, str, Any]] = [(side, owner, -sums) for side, owner, sums in moved]
        for side, owner, sums in back:
            if side is Side.ACCOUNT:
                self._balances[owner] = self._balance(owner) + sums
        if one.fact is not None:
            self._counters.count(one.fact.visit, one.fact.scheme, taken_back(one.fact.slices), ONCE * -1)
        elif kept is not None and isinstance(kept.step, Comes):
            case = kept.step.day.case
            scheme = None if case.coverage is None else case.coverage.scheme
            self._counters.count(case.visit, scheme, taken_back(kept.slices), kept.times * -1)
        if self._watch is not None:
            self._watch(one.refund, back, None)

    def _falls_short(self, cause: Source, short: Amounts, which: NDArray[np.intp] | None) -> None:
        if isinstance(short, Many):
            fell = np.flatnonzero(short.fen)
        else:
            fell = np.arange(self._futures if which is None else len(which)) if short else _NOBODY
        if not len(fell):
            return
        self._short = self._short + (short if which is None else expanded(short, which, self._futures))
        futures = fell if which is None else which[fell]
        first = futures[self._caused_by[futures] < 0]
        self._caused_by[first] = self._causes.setdefault(cause, len(self._causes))
        self._short_in[first] = self._month


def _some(amount: Amounts, which: NDArray[np.intp] | None) -> Amounts:
    return amount[which] if which is not None and isinstance(amount, Many) else amount


def _year_of(year: Year[Any], which: NDArray[np.intp] | None) -> Year[Any]:
    if which is None:
        return year
    stays = {
        level: Some(stayed.holds[which]) if isinstance(stayed, Some) else stayed
        for level, stayed in year.stays.items()
    }
    deductible, pool, pool_this_month, base, paid = (_some(amount, which) for amount in year[:5])
    return Year(deductible, pool, pool_this_month, base, paid, stays)


def _sums(amount: Amounts) -> Any:
    return amount.fen if isinstance(amount, Many) else int(amount)
