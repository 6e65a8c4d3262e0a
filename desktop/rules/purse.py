"""付款来源。A purse pays the parts that the rule gives it, until it is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from desktop.domain.money import A, least
from desktop.domain.settlement import BURDEN, Part, Payment, PurseKind, Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from desktop.policy.policy import Term


@dataclass(slots=True)
class Purse(Generic[A]):
    """`balance` None is cash, never dry. Drawing is local: accounts move when payments are posted.

    `relation` is the wallet relation that a quota is for, empty for every other purse.
    """

    kind: PurseKind
    holder: str
    balance: A | None
    pays_for: Mapping[Part, Term[bool]]
    relation: str = ""

    def draw(self, owed: A) -> A:
        if self.balance is None:
            return owed
        drawn = least(owed, self.balance)
        self.balance = self.balance - drawn
        return drawn


def burden(slices: Sequence[Slice[A]], nothing: A) -> dict[Part, A]:
    """个人负担，按构成。"""
    owed = dict.fromkeys(BURDEN, nothing)
    relief = nothing
    for one in slices:
        if one.part in owed:
            owed[one.part] = owed[one.part] + one.amount
        elif one.part is Part.CRITICAL:
            relief = relief + one.amount

    # 大病保险支付的，先抵按比例自付，再抵起付线。
    for part in (Part.COPAY, Part.DEDUCTIBLE):
        relieved = least(owed[part], relief)
        owed[part] = owed[part] - relieved
        relief = relief - relieved
    return owed


def pay(owed: dict[Part, A], in_turn: Iterable[Purse[A]]) -> Iterator[Payment[A]]:
    """每个账户只付规定归它付的部分，付到余额用完为止。"""
    for purse in in_turn:
        for part in BURDEN:
            rule = purse.pays_for[part]
            if rule.value and owed[part]:
                had = purse.balance
                drawn = purse.draw(owed[part])
                owed[part] = owed[part] - drawn
                yield Payment(purse.kind, purse.holder, part, drawn, had, rule, purse.relation)
