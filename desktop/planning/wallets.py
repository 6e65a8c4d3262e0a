"""医保钱包。Money sent to relatives' wallets and quotas frozen for them, as visits use them up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.binding import Channel
from desktop.domain.finding import Severity
from desktop.domain.settlement import EntryKind, Posting, Side
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.planning.step import After, Rank, Step
from desktop.policy.book import day_after
from desktop.policy.policy import NotCovered
from desktop.rules import checks
from desktop.rules.case import WalletCase
from desktop.rules.checks.wallet_account_short import account_short
from desktop.rules.checks.wallet_relation_ended import relation_ended
from desktop.rules.wallet import comes_back_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.family import Family
    from desktop.planning.accounts import Pocket
    from desktop.planning.bindings import Bindings


@dataclass(frozen=True, slots=True)
class WalletDay:
    """给钱当日: what stands when money is sent or set aside, none of it money."""

    case: WalletCase
    relation: Binding

    @property
    def moves(self) -> tuple[Pocket, Pocket]:
        """Out of which purse, and into which. What nobody took is on its way until it comes back."""
        event = self.case.event
        account = Side.ACCOUNT, event.payer
        if isinstance(event, WalletQuota):
            return account, (Side.QUOTA, self.relation.id)
        return account, (Side.WALLET, event.beneficiary) if event.accepted else (Side.TRANSIT, event.payer)


@dataclass(slots=True)
class Wallets:
    bindings: Bindings
    _sent: Counter[tuple[str, date]] = field(default_factory=Counter)

    def begin(self, event: WalletTransfer | WalletQuota) -> WalletDay | None:
        """Judge it on its day, apart from what the account holds; None: it is forbidden, and a finding says
        why. Raises `NotCovered`.
        """
        bindings, on = self.bindings, event.on
        case, relation = self._case(event), self._relation(event)
        found = tuple(finding for check in checks.ON_WALLET for finding in check(case))
        bindings.findings.add(found)
        bindings.say_if_unopened(case.payer, on)
        if relation is None or any(finding.severity is Severity.ERROR for finding in found):
            return None
        if not bindings.may_give(relation, on, event.id):
            return None
        if isinstance(event, WalletQuota):
            bindings.quotas.setdefault(relation.id, relation)
        else:
            if not event.accepted:
                comes_back_on(on, case.law)
            self._sent[event.payer, on] += 1
        bindings.given.add(event.beneficiary)
        return WalletDay(case, relation)

    def move(self, event: WalletTransfer | WalletQuota) -> None:
        """Raises `NotCovered` before any money moves."""
        day = self.begin(event)
        if day is None:
            return
        accounts, findings = self.bindings.accounts, self.bindings.findings
        short = tuple(account_short(day.case, accounts.balance(event.payer)))
        findings.add(short)
        if short:
            return
        out, into = day.moves
        postings = [Posting(*out, -event.amount), Posting(*into, event.amount)]
        accounts.post(event.on, EntryKind.WALLET, event.id, postings)
        findings.settled(event.id, event.on, day.case.law)

    def later(self, family: Family, until: date) -> Iterator[Step]:
        """What comes back on a later day: what nobody took, and the rest of a quota."""
        for event in family.events:
            if isinstance(event, WalletTransfer) and not event.accepted:
                back = self._back_on(event)
                if back is not None and back <= until:
                    yield Step(back, Rank.BEGINNING, After(event), partial(self._comes_back, event, back))
        for binding in family.bindings:
            if binding.channel is Channel.WALLET:
                last = self.bindings.while_insured(binding).until
                if last is not None and last < until:
                    over = day_after(last)
                    yield Step(over, Rank.BEGINNING, After(binding), partial(self._ends, binding, over))

    def _relation(self, event: WalletTransfer | WalletQuota) -> Binding | None:
        """Nobody gives to themselves, whatever is bound."""
        if event.payer == event.beneficiary:
            return None
        return self.bindings.wallet_between(event.payer, event.beneficiary, event.on)

    def _case(self, event: WalletTransfer | WalletQuota) -> WalletCase:
        bindings, on = self.bindings, event.on
        payer, beneficiary = bindings.people[event.payer], bindings.people[event.beneficiary]
        return WalletCase(
            event=event,
            payer=payer,
            beneficiary=beneficiary,
            law=bindings.book.law(payer.area_on(on), on),
            there=bindings.book.law(beneficiary.area_on(on), on),
            earlier=self._sent[payer.id, on],
            bound=self._relation(event) is not None,
        )

    def _back_on(self, event: WalletTransfer) -> date | None:
        area = self.bindings.people[event.payer].area_on(event.on)
        try:
            return comes_back_on(event.on, self.bindings.book.law(area, event.on))
        except NotCovered:
            return None

    def _comes_back(self, event: WalletTransfer, on: date) -> None:
        accounts = self.bindings.accounts
        back = accounts.taken_back(EntryKind.WALLET, event.id)
        accounts.post(on, EntryKind.WALLET_BACK, event.id, back)

    def _ends(self, binding: Binding, on: date) -> None:
        """The relation no longer holds: what is left of a quota is the payer's again."""
        bindings, accounts = self.bindings, self.bindings.accounts
        if all(one.id != binding.id for one in bindings.standing):
            return
        if binding.id in bindings.ended:
            payer = bindings.people[binding.payer]
            law = bindings.book.law(payer.area_on(on), on)
            bindings.findings.add([relation_ended(binding, bindings.ended[binding.id][1], on, law)])
        quota, account = quota_of(binding)
        rest = accounts.held(quota)
        accounts.post(
            on, EntryKind.WALLET_BACK, binding.id, [Posting(*quota, -rest), Posting(*account, rest)]
        )
        accounts.closed[quota] = account


def quota_of(binding: Binding) -> tuple[Pocket, Pocket]:
    """The quota of a relation, and the account that it was set aside in."""
    return (Side.QUOTA, binding.id), (Side.ACCOUNT, binding.payer)
