"""许多未来的金额。An amount that has one sum for each of many futures, so that one rule text serves them all.

The sums are whole fen in a NumPy array. Each amount knows between which bounds its sums lie; it is kept in
the narrowest integers that are sure to hold them, so nothing overflows and nothing is rounded. It also knows
of which amounts it is never more. What bounds and origin already decide (the lesser of two that never meet,
of a share and its whole) is not computed. Sums beyond 64 bits are kept as Python's own integers: slow, and
exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.domain.money import NOTHING, Money

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NARROW, _WIDE = 2**31 - 1, 2**63 - 1
_INT32, _INT64, _OBJECT = np.dtype(np.int32), np.dtype(np.int64), np.dtype(object)
_KEPT = 2**24  # bytes; from blocks of more than twice that it learns nothing
_UINT32 = np.dtype(np.uint32)


class Many:
    """`low` and `high` are bounds of the sums, not always met. An array is never changed once it is in here.

    `_not_over` are amounts of which it is, in every future, at most as much.
    """

    __slots__ = ("_not_over", "fen", "high", "low")

    def __init__(self, fen: NDArray[Any], low: int, high: int, not_over: tuple[Many, ...] = ()) -> None:
        self.fen = fen
        self.low = low
        self.high = high
        self._not_over = not_over

    @classmethod
    def of(cls, fen: NDArray[Any]) -> Many:
        """With the bounds that the sums have now. There must be at least one."""
        low, high = int(np.minimum.reduce(fen)), int(np.maximum.reduce(fen))
        return cls(_fitted(fen, low, high), low, high)

    def future(self, number: int) -> Money:
        return Money(int(self.fen[number]))

    # ---------------------------------------------------------------------------------- what a rule may do

    def __add__(self, other: Many | Money, /) -> Many:
        if isinstance(other, Many):
            low, high = self.low + other.low, self.high + other.high
            if low >= -_NARROW and high <= _NARROW:
                fen = np.add(self.fen, other.fen)
            else:
                fen = np.add(*_widened_to(_kind(low, high), self, other))
            for one in other._not_over:
                # What is added is never more than what was left beside this.
                if isinstance(one, _Rest) and one.beside is self:
                    high = min(high, one.whole)
            return Many(fen, low, high)
        if not other:
            return self
        plain = int(other)
        low, high = self.low + plain, self.high + plain
        return Many(np.add(_wide_enough(self, low, high, plain), plain), low, high)

    __radd__ = __add__

    def __sub__(self, other: Many | Money, /) -> Many | Money:
        if isinstance(other, Many):
            if other is self:
                return NOTHING
            low, high = self.low - other.high, self.high - other.low
            if low >= -_NARROW and high <= _NARROW:
                fen = np.subtract(self.fen, other.fen)
            else:
                fen = np.subtract(*_widened_to(_kind(low, high), self, other))
            # What is taken off is never more than what it was the lesser of.
            if low < 0 and self in other._not_over:
                low = 0
            return Many(fen, low, high)
        return self + -other if other else self

    def __rsub__(self, other: Money, /) -> Many:
        plain = int(other)
        low, high = plain - self.high, plain - self.low
        return _Rest(np.subtract(plain, _wide_enough(self, low, high, plain)), low, high, plain, self)

    def __neg__(self) -> Many:
        return Many(np.negative(self.fen), -self.high, -self.low)

    def __mul__(self, times: int, /) -> Many | Money:
        if times in {0, 1}:
            return self if times else NOTHING
        low, high = self.low * times, self.high * times
        if low > high:
            low, high = high, low
        return _Times(np.multiply(_wide_enough(self, low, high, times), times), low, high, self, times)

    def divided_by(self, under: int, /) -> Many:
        """Each sum (not negative) divided, 四舍五入 to the fen."""
        more = under // 2
        low, high = (self.low + more) // under, (self.high + more) // under
        fen = np.add(_wide_enough(self, self.low, self.high + more, under), more)
        if fen.dtype is _INT32 and self.low >= 0:
            # Unsigned division is twice as fast.
            unsigned = fen.view(_UINT32)
            np.floor_divide(unsigned, under, out=unsigned)
        else:
            fen = _fitted(np.floor_divide(fen, under), low, high)
        return Many(fen, low, high, self._shares(under))

    def _shares(self, _under: int) -> tuple[Many, ...]:
        """Of what this, divided, is a share."""
        return ()

    def least(self, other: Many | Money, /) -> Many | Money:
        if isinstance(other, Many):
            if other is self or self.high <= other.low or other in self._not_over:
                return self
            if other.high <= self.low or self in other._not_over:
                return other
            low = other.low if other.low < self.low else self.low
            high = other.high if other.high < self.high else self.high
            not_over = (self, other, *self._not_over, *other._not_over)
            return Many(np.minimum(self.fen, other.fen), low, high, not_over)
        plain = int(other)
        if self.high <= plain:
            return self
        if plain <= self.low:
            return other
        least = _filled(self, plain)
        return Many(np.minimum(self.fen, least, out=least), self.low, plain, (self, *self._not_over))

    def greatest(self, other: Many | Money, /) -> Many | Money:
        if isinstance(other, Many):
            if other is self or self.low >= other.high:
                return self
            if other.low >= self.high:
                return other
            low, high = max(self.low, other.low), max(self.high, other.high)
            return Many(np.maximum(self.fen, other.fen), low, high)
        plain = int(other)
        if self.low >= plain:
            return self
        if plain >= self.high:
            return other
        greatest = _filled(self, plain)
        return Many(np.maximum(self.fen, greatest, out=greatest), plain, self.high)

    def __ge__(self, other: Many | Money, /) -> bool | Some:
        if isinstance(other, Many):
            return Some(np.greater_equal(self.fen, other.fen))
        plain = int(other)
        if self.low >= plain or self.high < plain:
            return self.low >= plain
        return Some(np.greater_equal(self.fen, plain))

    def __le__(self, other: Money, /) -> bool | Some:
        """What a plain sum asks that is compared with this."""
        plain = int(other)
        if self.high <= plain or self.low > plain:
            return self.high <= plain
        return Some(np.less_equal(self.fen, plain))

    def __bool__(self) -> bool:
        """False is sure; True is not: asking every sum would cost more than it saves."""
        return self.low < 0 or self.high > 0


class _Rest(Many):
    """What is left of a plain sum beside an amount: `whole - beside`."""

    __slots__ = ("beside", "whole")

    def __init__(self, fen: NDArray[Any], low: int, high: int, whole: int, beside: Many) -> None:
        self.fen, self.low, self.high, self._not_over = fen, low, high, ()
        self.whole, self.beside = whole, beside


class _Times(Many):
    """A multiple of an amount, on the way to a share of it."""

    __slots__ = ("once", "times")

    def __init__(self, fen: NDArray[Any], low: int, high: int, once: Many, times: int) -> None:
        self.fen, self.low, self.high, self._not_over = fen, low, high, ()
        self.once, self.times = once, times

    def _shares(self, under: int) -> tuple[Many, ...]:
        return (self.once, *self.once._not_over) if self.low >= 0 <= self.times <= under else ()


class Some:
    """是与否。A yes or no for each future."""

    __slots__ = ("holds",)

    def __init__(self, holds: NDArray[np.bool_]) -> None:
        self.holds = holds

    def choose(self, yes: Many | Money, no: Many | Money, /) -> Many:
        (yes_fen, yes_low, yes_high), (no_fen, no_low, no_high) = _bounded(yes), _bounded(no)
        low, high = min(yes_low, no_low), max(yes_high, no_high)
        kind = _kind(low, high)
        fen = np.where(self.holds, np.asarray(yes_fen, dtype=kind), np.asarray(no_fen, dtype=kind))
        return Many(fen, low, high)

    def __or__(self, other: Some | bool, /) -> Some | bool:
        if isinstance(other, bool):
            return other or self
        return Some(np.logical_or(self.holds, other.holds))

    __ror__ = __or__


Amounts = Many | Money
"""One sum for each future; a plain sum is the same in all of them."""


def reuse_memory() -> None:
    """Have arrays that are done with make room for the next ones.

    The C library (glibc) else gives memory back to the system and asks for it anew, array by array, until it
    has once seen a block as large as this come and go. That costs more than the reckoning.
    """
    np.empty(_KEPT, dtype=np.uint8)


def in_each(amount: Amounts, futures: int) -> NDArray[Any]:
    """The sums, one for each future."""
    fen, low, high = _bounded(amount)
    return fen if isinstance(amount, Many) else np.full(futures, fen, dtype=_kind(low, high))


def tight(amount: Amounts) -> Amounts:
    """With the bounds that the sums have now; plain again where they are all the same."""
    if not isinstance(amount, Many):
        return amount
    now = Many.of(amount.fen)
    return Money(now.low) if now.low == now.high else now


def _bounded(amount: Amounts) -> tuple[Any, int, int]:
    if isinstance(amount, Many):
        return amount.fen, amount.low, amount.high
    plain = int(amount)
    return plain, plain, plain


def _kind(low: int, high: int) -> np.dtype[Any]:
    if low >= -_NARROW and high <= _NARROW:
        return _INT32
    return _INT64 if low >= -_WIDE and high <= _WIDE else _OBJECT


def _fitted(fen: NDArray[Any], low: int, high: int) -> NDArray[Any]:
    kind = _kind(low, high)
    return fen if fen.dtype is kind else fen.astype(kind)


def _filled(amount: Many, plain: int) -> NDArray[Any]:
    """A plain sum within the bounds of an amount, for each future: two arrays are compared faster."""
    filled = np.empty_like(amount.fen)
    filled.fill(plain)
    return filled


def _wide_enough(amount: Many, low: int, high: int, plain: int) -> NDArray[Any]:
    """The sums in integers that hold them, the result, and the plain number they are reckoned with."""
    if low >= -_NARROW and high <= _NARROW and -_NARROW <= plain <= _NARROW:
        return amount.fen
    return _widened(amount.fen, _kind(min(low, plain), max(high, plain)))


def _widened_to(kind: np.dtype[Any], *amounts: Many) -> list[NDArray[Any]]:
    return [_widened(one.fen, kind) for one in amounts]


def _widened(fen: NDArray[Any], kind: np.dtype[Any]) -> NDArray[Any]:
    if fen.dtype is kind or kind is _INT32 or fen.dtype is _OBJECT:
        return fen
    return fen.astype(kind)
