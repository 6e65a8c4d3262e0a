"""汇总。Adds blocks of futures up to what is shown of them: bands, chances, causes, and what drives them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.domain.money import Money
from desktop.planning.draws import CERTAIN, numbers
from desktop.planning.fan import PERCENTILES, Driver, Fan
from desktop.planning.futures import play
from desktop.planning.script import Comes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    from numpy.typing import NDArray

    from desktop.planning.fan import Source
    from desktop.planning.futures import Played
    from desktop.planning.script import Script

_FIRST_BLOCK, _BLOCK = 1024, 9 * 1024  # something to see soon; then as many as stay near the processor
_ASKED = 2048  # futures that are asked what drives them; fewer tell too little


def fans(script: Script, seed: int, futures: int, *, stop: Event | None = None) -> Iterator[Fan]:
    """What the futures come to, each time there are twice as many. The same, however they are split."""
    tally = Tally(script, seed, futures)
    begins = shown = 0
    while begins < futures and not (stop is not None and stop.is_set()):
        ends = min(futures, begins + (_BLOCK if begins else _FIRST_BLOCK))
        tally.add(play(script, seed, range(begins, ends)))
        begins = ends
        if ends == futures or ends >= 2 * shown:
            shown = ends
            yield tally.fan()


class Tally:
    def __init__(self, script: Script, seed: int, wanted: int) -> None:
        self._script, self._seed, self._wanted = script, seed, wanted
        self._driver: Driver | None = None
        self._balances: list[NDArray[Any]] = []
        self._short: list[NDArray[Any]] = []
        self._short_in: list[NDArray[np.int32]] = []
        self._causes: Counter[Source] = Counter()

    def add(self, played: Played) -> None:
        self._balances.append(played.balances)
        self._short.append(played.short[played.short_in < len(self._script.months)])
        self._short_in.append(played.short_in)
        caused = np.bincount(played.caused_by + 1, minlength=len(played.causes) + 1)[1:]
        self._causes.update(dict(zip(played.causes, caused.tolist(), strict=True)))

    def fan(self) -> Fan:
        balances = self._sorted_balances()
        short, short_in = np.sort(np.concatenate(self._short)), np.concatenate(self._short_in)
        futures, months = len(short_in), [month for month, _ in self._script.months]
        fell = np.cumsum(np.bincount(short_in, minlength=len(months) + 1))[: len(months)]
        lasting = futures - fell
        return Fan(
            account=self._script.account,
            seed=self._seed,
            futures=futures,
            wanted=self._wanted,
            months=tuple(months),
            bands={one: _sums(balances[:, _place(one, futures)]) for one in PERCENTILES},
            lasting=tuple(lasting.tolist()),
            causes=tuple((source, count) for source, count in self._causes.most_common() if count),
            short_sums={one: Money(int(short[_place(one, len(short))])) for one in PERCENTILES if len(short)},
            driver=self._asked_driver(short_in),
        )

    def _sorted_balances(self) -> NDArray[Any]:
        """Kept as they are sorted: a balance need not remember its future."""
        balances = np.concatenate(self._balances, axis=1)
        balances.sort(axis=1)
        self._balances = [balances]
        return balances

    def _asked_driver(self, short_in: NDArray[np.int32]) -> Driver | None:
        """Once there are enough futures to ask, more of them change nothing."""
        if self._driver is None and len(short_in) >= _ASKED:
            self._driver = driver(self._script, self._seed, short_in[:_ASKED])
        return self._driver


def driver(script: Script, seed: int, short_in: NDArray[np.int32]) -> Driver | None:
    """What decides most whether a future lasts beyond the month by which half of them have fallen short."""
    half = int(np.sort(short_in)[len(short_in) // 2])
    lasts = short_in > half
    if half == len(script.months):
        return None
    best, most = None, 0.0
    for source, much in _much_of(script, seed, half, len(short_in)).items():
        if much.any() and not much.all():
            with_it, without = float(lasts[much].mean()), float(lasts[~much].mean())
            # How far the two shares are apart counts for more, the more futures stand on either side.
            apart = (without - with_it) * float(much.mean() * (1 - much.mean())) ** 0.5
            if apart > most:
                best, most = Driver(source, script.months[half][0], with_it, without), apart
    return best


def _much_of(script: Script, seed: int, until: int, futures: int) -> dict[Source, NDArray[np.bool_]]:
    """Of each source, the futures that draw more of it than the mean, up to a month."""
    times = Counter(
        one.odds[0]
        for _, happenings in script.months[: until + 1]
        for one in happenings
        if isinstance(one, Comes) and one.odds is not None
    )
    drawn: dict[Source, NDArray[np.float64]] = {}
    for name, odds in script.odds.items():
        if not odds.happens:
            continue
        bits = numbers(seed, name, range(futures), times[name])
        much = np.where(bits < odds.happens, CERTAIN + bits.astype(np.float64), 0.0).sum(axis=0)
        drawn[odds.source] = drawn.get(odds.source, np.zeros(futures)) + much
    return {source: much > much.mean() for source, much in drawn.items()}


def _place(percent: int, futures: int) -> int:
    """A band is the balance of some future, never one between two."""
    return percent * (futures - 1) // 100


def _sums(fen: NDArray[Any]) -> tuple[Money, ...]:
    return tuple(map(Money, fen.tolist()))
