"""医保钱包。What each wallet relation comes to on a day: given, used, left, and who is on-line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.binding import Channel
from desktop.domain.money import Money, total
from desktop.domain.settlement import EntryKind, Side
from desktop.domain.text import Text, text
from desktop.domain.wallet import WalletTransfer
from desktop.policy.policy import NotCovered
from desktop.rules.wallet import QUOTA, TRANSFER, online, regime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.clause import Clause
    from desktop.planning.ledger import Ledger
    from desktop.policy.book import Book

_WORDS = {True: "可以", False: "不可以", None: "待确认"}
_HOW = {
    TRANSFER: text("转账制：钱转入医保钱包，转出以后不再是共济人的"),
    QUOTA: text("额度制：钱冻结在共济人账户里，用多少付多少"),
}


class Place(NamedTuple):
    """Where one side is insured, and whether it is on-line; `answer` None: nobody has said so."""

    person: str
    area: str
    answer: bool | None
    because: Clause

    @property
    def words(self) -> str:
        return _WORDS[self.answer]


@dataclass(frozen=True, slots=True)
class WalletState:
    """One relation on a day.

    `how` is the regime in words, None before there was a wallet, `because` its clause. `frozen` is what is
    left of the quota, `used` what has been paid from it, `sent` what has been transferred and taken; `held`
    is what the beneficiary's wallet still holds, whoever sent it. `ended` is the first day on which it ended
    by itself.
    """

    binding: Binding
    stands: bool
    ended: date | None
    how: Text | None
    because: Clause | None
    frozen: Money
    used: Money
    sent: Money
    held: Money
    places: tuple[Place, ...]

    @property
    def answer(self) -> bool | None:
        """Whether it can be used: 可以、不可以，或待确认."""
        answers = {place.answer for place in self.places}
        if not self.stands or self.how is None or False in answers:
            return False
        return None if None in answers else True

    @property
    def words(self) -> str:
        return _WORDS[self.answer]


def wallet_states(ledger: Ledger, book: Book, day: date) -> tuple[WalletState, ...]:
    """At the end of a day, in the order of the family's bindings."""
    every = (one for one in ledger.lived.bindings if one.channel is Channel.WALLET)
    return tuple(_state(one, ledger, book, day) for one in every)


def _state(binding: Binding, ledger: Ledger, book: Book, day: date) -> WalletState:
    ended = next(
        (
            one.on
            for one in ledger.findings
            if (one.rule, one.about[0], one.on <= day) == ("wallet.relation_ended", binding.id, True)
        ),
        None,
    )
    how = _regime(binding, ledger, book, day)
    gifts = {
        one.id
        for one in ledger.family.events
        if isinstance(one, WalletTransfer)
        and (one.payer, one.beneficiary) == (binding.payer, binding.beneficiary)
    }
    moved = [(entry, posting) for entry in ledger.entries if entry.on <= day for posting in entry.postings]
    quota = [
        (entry.kind, amount)
        for entry, (side, owner, amount) in moved
        if (side, owner) == (Side.QUOTA, binding.id)
    ]
    wallet = [
        (entry.of, amount)
        for entry, (side, owner, amount) in moved
        if (side, owner) == (Side.WALLET, binding.beneficiary)
    ]
    return WalletState(
        binding=binding,
        stands=binding.id in ledger.standing and binding.holds_on(day) and ended is None,
        ended=ended,
        how=None if how is None else _HOW[how[0]],
        because=None if how is None else how[1],
        frozen=total(amount for _, amount in quota),
        used=-total(
            amount for kind, amount in quota if kind not in {EntryKind.WALLET, EntryKind.WALLET_BACK}
        ),
        sent=total(amount for of, amount in wallet if of in gifts),
        held=total(amount for _, amount in wallet),
        places=tuple(_places(binding, ledger, book, day)),
    )


def _regime(binding: Binding, ledger: Ledger, book: Book, day: date) -> tuple[str, Clause] | None:
    area = ledger.lived.person(binding.payer).area_on(day)
    try:
        clause = regime(book.law(area, day))
    except NotCovered:
        return None
    return clause.channel, clause


def _places(binding: Binding, ledger: Ledger, book: Book, day: date) -> Iterator[Place]:
    for side in (binding.payer, binding.beneficiary):
        area = ledger.lived.person(side).area_on(day)
        yield Place(side, area, *online(area, book.law(area, day)))
