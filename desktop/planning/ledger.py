"""账。Folds a family's dated facts into settlements, movements of money and findings.

On one day bindings end, then begin, then credits fall, then events happen in file order. An event that the
law forbids takes nothing from any account; one that no pack covers is left unsettled, and the others go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.account import Credited
from desktop.domain.care import Visit
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.months import months_between, on_day
from desktop.domain.people import Coverage, Person, Status
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import Entry, EntryKind, Posting, PremiumPaid, Refunded, Settlement, Side
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.planning.accounts import Accounts
from desktop.planning.bindings import Bindings
from desktop.planning.counters import Counters
from desktop.planning.findings import Findings
from desktop.planning.matters import Matters, handled
from desktop.planning.premiums import Premiums
from desktop.planning.step import Rank, Step
from desktop.planning.visits import Visits
from desktop.planning.wallets import Wallets
from desktop.policy.policy import NotCovered
from desktop.rules import contribution
from desktop.rules.checks.account_notes import base_missing, credit_not_covered
from desktop.rules.checks.enrolment_double import double
from desktop.rules.checks.policy_not_covered import not_covered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.policy.book import Book


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a family's facts add up to. Balances are folded from `entries`, never kept."""

    family: Family
    settlements: Mapping[str, Settlement]
    premiums: Mapping[str, PremiumPaid]
    refunds: Mapping[str, Refunded]
    credits: tuple[Credited, ...]
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    standing: frozenset[str]
    """The ids of the bindings that stand."""
    lived: Family
    """The same family as its matters leave it: how each is insured, until when bindings hold."""

    @property
    def last_day(self) -> date:
        """The day of the last event; the family's day where there is none."""
        return max((event.on for event in self.family.events), default=self.family.as_of)

    def balance(self, person_id: str, day: date) -> Money:
        """At the end of a day."""
        return total(entry.moved(person_id) for entry in self.entries if entry.on <= day)

    def balances(self) -> dict[str, Money]:
        """Of everyone with an account, after the last event's day."""
        balances = {one.id: NOTHING for one in self.lived.people if one.account is not None}
        day = self.last_day
        for entry in self.entries:
            for side, owner, amount in entry.postings:
                if side is Side.ACCOUNT and entry.on <= day:
                    balances[owner] += amount
        return balances


def keep(family: Family, book: Book, until: date | None = None, *, cash_from: date = date.max) -> Ledger:
    """Fold a family's facts up to a day (inclusive); None: to the last event or binding.

    From `cash_from` on, a premium that its account is too small for is paid in cash: what is only planned
    is paid one way or the other.
    """
    keeper = Keeper(family, book, until, cash_from)
    for step in keeper.steps():
        step.do()
    return keeper.ledger()


class Keeper:
    """Folds one step after another; `steps` are in the order in which they happen."""

    def __init__(self, family: Family, book: Book, until: date | None, cash_from: date = date.max) -> None:
        self._book = book
        days = [*(event.on for event in family.events), *(one.since for one in family.bindings)]
        self._until = until or max(days, default=family.as_of)
        self._findings = Findings()
        self._recorded = family
        self._family, done = handled(family, book, self._until, self._findings)
        family = self._family
        self.accounts = Accounts()
        self.counters: Counters[Money] = Counters()
        people = {person.id: person for person in family.people}
        self._bindings = Bindings(people, book, self.accounts, self._findings)
        self.visits = Visits(family.settings, self._bindings, self.counters, cash_from)
        self.premiums = Premiums(self._bindings, self.counters, cash_from)
        self.wallets = Wallets(self._bindings)
        self.matters = Matters(self._bindings, done)
        self._settlements: dict[str, Settlement] = {}
        self._paid: dict[str, PremiumPaid] = {}
        self._refunds: dict[str, Refunded] = {}
        self._credits: list[Credited] = []

    def steps(self) -> list[Step]:
        # What comes back on a day does so before new bindings are judged.
        steps = [*self.wallets.later(self._family, self._until), *self._openings(), *self._beginnings()]
        steps += [*self._credit_days(), *self._events(), *self.matters.later(self._family, self._until)]
        return sorted(steps, key=lambda step: (step.on, step.rank))

    def ledger(self) -> Ledger:
        return Ledger(
            family=self._recorded,
            settlements=self._settlements,
            premiums=self._paid,
            refunds=self._refunds,
            credits=tuple(self._credits),
            entries=tuple(self.accounts.entries),
            findings=self._findings.all(),
            standing=frozenset(one.id for one in self._bindings.standing),
            lived=self._family,
        )

    def credit_of(self, person: Person, day: date) -> Credited | None:
        """What is credited to an account on a day; None: nothing, and a finding may say why."""
        assert person.account is not None
        coverage = person.coverage_on(day)
        law = self._book.law(person.area_on(day), day)
        if coverage is None or not contribution.has_account(coverage, law):
            return None
        base = None
        try:
            if coverage.status is Status.RETIRED:
                flexible = contribution.was_flexible(person, day)
                amount, because = contribution.retiree_credit(law, was_flexible=flexible)
                self._findings.rests_on(person.id, day, [because])
            elif coverage.status is Status.ACTIVE:
                base = person.account.base_on(day)
                if base is None:
                    self._findings.add([base_missing(person, day, law)])
                    return None
                counted, limits = contribution.counted_base(base, law)
                if counted != base:
                    self._findings.rests_on(person.id, day, limits)
                base = counted
                amount, because = contribution.worker_credit(counted, law)
            else:
                return None
        except NotCovered as missing:
            self._findings.add([credit_not_covered(person, day, missing)])
            return None
        return Credited(person.id, day, amount, base, because)

    def _openings(self) -> Iterator[Step]:
        for person in self._family.people:
            if person.account is not None and person.account.opened_on <= self._until:
                on = person.account.opened_on
                yield Step(on, Rank.OPENING, person, partial(self.accounts.open, person, on))

    def _beginnings(self) -> Iterator[Step]:
        for person in self._family.people:
            for earlier, later in person.enrolled_twice():
                since = min(later.since, self._until)
                do = partial(self._enrolled_twice, person, earlier, later)
                yield Step(since, Rank.BEGINNING, person, do)
        for binding in self._family.bindings:
            if binding.since <= self._until:
                do = partial(self._bindings.begin, binding)
                yield Step(binding.since, Rank.BEGINNING, binding, do)

    def _credit_days(self) -> Iterator[Step]:
        if not self._family.settings.credit_monthly:
            return
        for person in self._family.people:
            if person.account is None or not person.coverage:
                continue
            first = max(person.account.opened_on, min(one.since for one in person.coverage))
            for month in months_between(first, self._until):
                day = on_day(month, self._credit_day(person, max(month, first)))
                if first <= day <= self._until:
                    yield Step(day, Rank.CREDIT, person, partial(self._credit, person, day))

    def _credit_day(self, person: Person, day: date) -> int:
        """On which day of the month that `day` lies in an account is credited."""
        law = self._book.law(person.area_on(day), day)
        rule = law.optional(lambda: law.policy.count("account.credit_day"))
        return 1 if rule is None else rule.value

    def _events(self) -> Iterator[Step]:
        for event in self._family.events:
            if event.on <= self._until:
                yield Step(event.on, Rank.EVENT, event, partial(self._event, event))

    def _enrolled_twice(self, person: Person, earlier: Coverage, later: Coverage) -> None:
        last = min(one or self._until for one in (earlier.until, later.until, self._until))
        law = self._book.law(later.area, max(last, later.since))
        self._findings.add(double(person, earlier, later, law))

    def _event(self, event: Event) -> None:
        try:
            if isinstance(event, Visit):
                done = self._settlements[event.id] = self.visits.settle(event)
                self.premiums.done[event.id] = done
            elif isinstance(event, PremiumPayment):
                paid = self.premiums.pay(event)
                self._paid |= {event.id: paid} if paid is not None else {}
            elif isinstance(event, WalletTransfer | WalletQuota):
                self.wallets.move(event)
            elif not isinstance(event, Refund):
                self.matters.move(event)
            else:
                refunded = self.premiums.refund(event)
                self._refunds |= {event.id: refunded} if refunded is not None else {}
        except NotCovered as missing:
            self._findings.add([not_covered((event.id,), event.on, missing)])

    def _credit(self, person: Person, day: date) -> None:
        credited = self.credit_of(person, day)
        if credited is None:
            return
        amount = credited.amount
        postings = [Posting(Side.ACCOUNT, person.id, amount), Posting(Side.CONTRIBUTION, "", -amount)]
        self.accounts.post(day, EntryKind.CREDIT, person.id, postings)
        self._credits.append(credited)
