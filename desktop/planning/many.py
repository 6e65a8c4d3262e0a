"""许多未来的金额。An amount that has one sum for each of many futures, so that one rule text serves them all.

The sums are whole fen in a NumPy array. Each amount knows between which bounds its sums lie; it is kept in
the narrowest integers that are sure to hold them, so nothing overflows and nothing is rounded, and what the
bounds already decide (the lesser of two that never meet) is not computed. Sums beyond 64 bits are kept as
Python's own integers: slow, and exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from desktop.domain.money import NOTHING, Money

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NARROW, _WIDE = 2**31 - 1, 2**63 - 1
_INT32, _INT64, _OBJECT = np.dtype(np.int32), np.dtype(np.int64), np.dtype(object)


class Many:
    """`low` and `high` are bounds of the sums, not always met. An array is never changed once it is in here.

    `_not_over` are the amounts of which it is the lesser, so that taking it off one of them leaves something.
    """

    __slots__ = ("_not_over", "fen", "high", "low")

    def __init__(self, fen: NDArray[Any], low: int, high: int, not_over: tuple[object, ...] = ()) -> None:
        self.fen, self.low, self.high, self._not_over = fen, low, high, not_over

    @classmethod
    def of(cls, fen: NDArray[Any]) -> Many:
        """With the bounds that the sums have now. There must be at least one."""
        low, high = int(fen.min()), int(fen.max())
        return cls(_fitted(fen, low, high), low, high)

    def __getitem__(self, which: NDArray[Any]) -> Many:
        """The sums of some futures."""
        return Many(self.fen[which], self.low, self.high)

    def __len__(self) -> int:
        return len(self.fen)

    def future(self, number: int) -> Money:
        return Money(int(self.fen[number]))

    # ---------------------------------------------------------------------------------- what a rule may do

    def __add__(self, other: Many | Money, /) -> Many:
        if isinstance(other, Many):
            low, high = self.low + other.low, self.high + other.high
            mine, others = _together(self, other, low, high)
            return Many(np.add(mine, others), low, high)
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
            mine, others = _together(self, other, low, high)
            # What is taken off is never more than what it was the lesser of.
            if low < 0 and self in other._not_over:
                low = 0
            return Many(np.subtract(mine, others), low, high)
        return self + -other if other else self

    def __rsub__(self, other: Money, /) -> Many:
        plain = int(other)
        low, high = plain - self.high, plain - self.low
        return Many(np.subtract(plain, _wide_enough(self, low, high, plain)), low, high)

    def __neg__(self) -> Many:
        return Many(np.negative(self.fen), -self.high, -self.low)

    def __mul__(self, times: int, /) -> Many:
        if times == 1:
            return self
        low, high = sorted((self.low * times, self.high * times))
        return Many(np.multiply(_wide_enough(self, low, high, times), times), low, high)

    def divided_by(self, under: int, /) -> Many:
        """Each sum (not negative) divided, 四舍五入 to the fen."""
        if under % 2:
            return (self * 2).__floor(under, 2 * under)
        return self.__floor(under // 2, under)

    def __floor(self, more: int, under: int) -> Many:
        """(each sum + more) // under."""
        top = self.high + more
        fen = np.add(_wide_enough(self, self.low, top, under), more)
        low, high = (self.low + more) // under, top // under
        if self.low >= 0 and fen.dtype is _INT32:
            # Unsigned division is twice as fast.
            unsigned = fen.view(np.uint32)
            np.floor_divide(unsigned, np.uint32(under), out=unsigned)
            return Many(fen, low, high)
        return Many(_fitted(np.floor_divide(fen, under), low, high), low, high)

    def least(self, other: Many | Money, /) -> Many | Money:
        if isinstance(other, Many):
            if other is self or self.high <= other.low:
                return self
            if other.high <= self.low:
                return other
            low, high = min(self.low, other.low), min(self.high, other.high)
            return Many(np.minimum(*_together(self, other, low, high)), low, high, (self, other))
        plain = int(other)
        if self.high <= plain:
            return self
        if plain <= self.low:
            return other
        return Many(np.minimum(self.fen, plain), self.low, plain, (self,))

    def greatest(self, other: Many | Money, /) -> Many | Money:
        if isinstance(other, Many):
            if other is self or self.low >= other.high:
                return self
            if other.low >= self.high:
                return other
            low, high = max(self.low, other.low), max(self.high, other.high)
            return Many(np.maximum(*_together(self, other, low, high)), low, high)
        plain = int(other)
        if self.low >= plain:
            return self
        if plain >= self.high:
            return other
        return Many(np.maximum(self.fen, plain), plain, self.high)

    def __ge__(self, other: Many | Money, /) -> bool | Some:
        if isinstance(other, Many):
            return Some(np.greater_equal(*_together(self, other, 0, 0)))
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


def expanded(amount: Amounts, which: NDArray[Any], futures: int) -> Amounts:
    """The sums of some futures, with nothing in the others."""
    if not isinstance(amount, Many) and not amount:
        return amount
    fen, low, high = _bounded(amount)
    spread = np.zeros(futures, dtype=_kind(low, high))
    spread[which] = fen
    return Many(spread, min(low, 0), max(high, 0))


def put(whole: Amounts, which: NDArray[Any], amount: Amounts, futures: int) -> Amounts:
    """The sums of some futures in place of what they were."""
    fen, low, high = _bounded(whole)
    their_fen, their_low, their_high = _bounded(amount)
    low, high = min(low, their_low), max(high, their_high)
    changed = np.empty(futures, dtype=_kind(low, high))
    changed[:] = fen
    changed[which] = their_fen
    return Many(changed, low, high)


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


def _wide_enough(amount: Many, low: int, high: int, plain: int) -> NDArray[Any]:
    """The sums in integers that hold them, the result, and the plain number they are reckoned with."""
    if low >= -_NARROW and high <= _NARROW and -_NARROW <= plain <= _NARROW:
        return amount.fen
    return _widened(amount.fen, _kind(min(low, plain), max(high, plain)))


def _together(one: Many, other: Many, low: int, high: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Both in integers that hold either's sums and the result's bounds."""
    if one.fen.dtype is other.fen.dtype is _INT32 and low >= -_NARROW and high <= _NARROW:
        return one.fen, other.fen
    mine = _widened(_widened(one.fen, _kind(low, high)), other.fen.dtype)
    return mine, _widened(other.fen, mine.dtype)


def _widened(fen: NDArray[Any], kind: np.dtype[Any]) -> NDArray[Any]:
    if fen.dtype is kind or kind is _INT32 or fen.dtype is _OBJECT:
        return fen
    return fen.astype(kind)
