"""金额写法。The one way money and names are written on every screen, and what privacy leaves of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.domain.money import Money

EMPTY = "\u2013"
MASK = "••••"
_MONEY = re.compile(r"[+-]?(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}(?![\d.])")
_ID = re.compile(r"(?<!\d)(\d{3})\d{11}(\d{3}[\dX])(?!\d)")


class MoneyText:
    """Writes money and names; `hidden` is the privacy eye, set by `Look.wear` alone.

    >>> MoneyText().person("母亲", "刘桂兰"), MoneyText().sentence("缺 115.65")
    ('母亲 刘**', '缺 115.65')
    """

    def __init__(self) -> None:
        self.hidden = False

    def money(self, money: Money | None) -> str:
        """`1,494.00`; a real zero is `0.00`, no money at all is `EMPTY`."""
        if money is None:
            return EMPTY
        return MASK if self.hidden else format(money, ",")

    def change(self, money: Money | None) -> str:
        """The same with its sign always shown: `+196.00`."""
        plus = "+" if money is not None and money > 0 and not self.hidden else ""
        return plus + self.money(money)

    def sentence(self, text: str) -> str:
        """A sentence as it may be shown: with the privacy eye closed, no sum of money in it can be read."""
        return _MONEY.sub(MASK, text) if self.hidden else text

    def name(self, name: str) -> str:
        """`刘*`: the first character and a star for each other one; nothing at all in privacy."""
        if self.hidden or not name:
            return ""
        return name[0] + "*" * (len(name) - 1)

    def person(self, relation: str, name: str) -> str:
        """Relation first, then the masked name: `母亲 刘*`."""
        return f"{relation} {self.name(name)}".strip()

    def identity(self, number: str) -> str:
        """An identity number as 3 + 11 stars + 4."""
        return _ID.sub(r"\1***********\2", number)
