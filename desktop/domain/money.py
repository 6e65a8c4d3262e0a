"""金额。Money in whole fen, and what a rule may do with any amount.

The rules are written over an *amount*: something that adds, subtracts, takes the lesser of two and takes a
share at a rate. `Money` is one sum. An array with one sum per future fits the same protocol, so one rule text
serves one visit and ten thousand futures.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

_YUAN = re.compile(r"-?(?:0|[1-9][0-9]{0,13})\.[0-9]{2}")
_FEN = Decimal("0.01")
MOST_YUAN = Decimal("99999999999999.99")
"""The largest sum that a settlement message has room for."""


class Rate(NamedTuple):
    """比例。An exact ratio, such as 7/10 for 70 %."""

    over: int
    under: int

    @classmethod
    def of(cls, ratio: Decimal) -> Rate:
        """The exact ratio of a decimal: `Rate.of(Decimal("0.70")) == Rate(7, 10)`."""
        return cls(*ratio.as_integer_ratio())

    def __str__(self) -> str:
        percent = Decimal(self.over * 100) / Decimal(self.under)
        return f"{percent.normalize():f}%"


class Amount(Protocol):
    """What a rule may do with money; `other` may always be a plain `Money`."""

    def __add__(self, other: Any, /) -> Any: ...
    def __radd__(self, other: Any, /) -> Any: ...
    def __sub__(self, other: Any, /) -> Any: ...
    def __rsub__(self, other: Any, /) -> Any: ...
    def __neg__(self) -> Any: ...
    def least(self, other: Any, /) -> Any: ...
    def greatest(self, other: Any, /) -> Any: ...
    def __mul__(self, times: int, /) -> Any: ...
    def divided_by(self, under: int, /) -> Any: ...
    def __ge__(self, other: Any, /) -> Any:
        """Whether it reaches the other: a `bool`, or of an array of futures a `Which`."""

    def __bool__(self) -> bool:
        """Whether there may be anything in it: of an array of futures, in any of them."""


class Which(Protocol):
    """是与否, in each future its own. A plain `bool` is one answer for all of them."""

    def choose(self, yes: Any, no: Any, /) -> Any: ...
    def __or__(self, other: Any, /) -> Any: ...
    def __ror__(self, other: Any, /) -> Any: ...


A = TypeVar("A", bound=Amount)


class Money(int):
    """A sum in whole fen.

    >>> Money.yuan("494.00") + Money(50)
    Money('494.50')
    >>> at(Money.yuan("0.05"), Rate(1, 2))
    Money('0.03')
    """

    __slots__ = ()

    @classmethod
    def yuan(cls, value: str | int | Decimal) -> Self:
        """Read yuan. A text must be written with two decimals (`"494.00"`); raises `ValueError` otherwise."""
        if isinstance(value, str):
            if not _YUAN.fullmatch(value):
                raise ValueError(value)
            return cls(int(value.replace(".", "")))
        return cls(int((Decimal(value) / _FEN).quantize(Decimal(1), ROUND_HALF_UP)))

    def __add__(self, other: int) -> Money:
        if type(other) is not Money:
            return NotImplemented
        return Money(int.__add__(self, other))

    def __sub__(self, other: int) -> Money:
        if type(other) is not Money:
            return NotImplemented
        return Money(int.__sub__(self, other))

    def __neg__(self) -> Money:
        return Money(int.__neg__(self))

    def least(self, other: Money) -> Money:
        return other if other < self else self

    def greatest(self, other: Money) -> Money:
        return other if other > self else self

    def __mul__(self, times: int) -> Money:
        return Money(int.__mul__(self, times))

    def divided_by(self, under: int) -> Money:
        """This sum (not negative) divided, 四舍五入 to the fen."""
        return Money((2 * int(self) + under) // (2 * under))

    def __str__(self) -> str:
        sign, fen = ("-", -int(self)) if self < 0 else ("", int(self))
        return f"{sign}{fen // 100}.{fen % 100:02d}"

    def __repr__(self) -> str:
        return f"Money('{self}')"

    def __format__(self, spec: str) -> str:
        """Plain `"494.00"`; with the spec `","` thousands are set apart: `"1,494.00"`."""
        if spec == ",":
            sign, fen = ("-", -int(self)) if self < 0 else ("", int(self))
            return f"{sign}{fen // 100:,}.{fen % 100:02d}"
        return format(str(self), spec)


NOTHING = Money(0)


def least(one: A | Money, other: A | Money) -> A:
    """The lesser of two amounts. Where one is a plain sum, the other kind decides how to compare."""
    if type(one) is Money:
        return other.least(one)  # type: ignore[return-value]
    return one.least(other)  # type: ignore[arg-type, return-value]


def greatest(one: A | Money, other: A | Money) -> A:
    """The greater of two amounts, of either kind."""
    if type(one) is Money:
        return other.greatest(one)  # type: ignore[return-value]
    return one.greatest(other)  # type: ignore[arg-type, return-value]


def chosen(which: bool | Which, yes: A | Money, no: A | Money) -> A:
    """One of two amounts, in each future its own."""
    if isinstance(which, bool):
        return cast("A", yes if which else no)
    return which.choose(yes, no)  # type: ignore[no-any-return]


def at(amount: A, rate: Rate) -> A:
    """A share of an amount at a rate, 四舍五入 to the fen."""
    return (amount * rate.over).divided_by(rate.under)  # type: ignore[no-any-return]


def total(sums: Iterable[Money]) -> Money:
    return sum(sums, NOTHING)


def summed(amounts: Iterable[A]) -> A:
    """The sum of amounts of either kind; of none, plainly nothing."""
    whole: Any = NOTHING
    for one in amounts:
        whole = whole + one
    return whole  # type: ignore[no-any-return]
