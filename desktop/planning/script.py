"""剧本。What is the same in every future, judged once: the days, the law, who may pay; none of it money.

The facts are folded as ever. From the first planned day on, each step is only judged and written down; the
futures then play the money of all steps over and over (`futures.py`), with the functions that the fold uses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.domain.account import Account, Credited
from desktop.domain.binding import Binding
from desktop.domain.care import Visit
from desktop.domain.matter import AccountTransfer, ArrearsPaid, Payout, Retirement
from desktop.domain.money import Money
from desktop.domain.months import add_months, months_apart, months_between
from desktop.domain.people import Person
from desktop.domain.plan import Chance
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import EntryKind, Settlement
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.planning.draws import Odds, odds_of
from desktop.planning.expected import made_name, source_of
from desktop.planning.fan import Source
from desktop.planning.illness import as_usual, chance_of, scaled
from desktop.planning.last_year import plan_of
from desktop.planning.ledger import Keeper
from desktop.planning.lives import last_days
from desktop.planning.step import After, Rank
from desktop.planning.timeline import looked_ahead
from desktop.planning.visits import NOT_YET
from desktop.planning.wallets import quota_of
from desktop.policy.policy import NotCovered
from desktop.rules.settlement import slices_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.domain.care import Charges
    from desktop.domain.family import Family
    from desktop.domain.plan import Risk
    from desktop.domain.settlement import Part, Posting
    from desktop.planning.accounts import Pocket
    from desktop.planning.counters import Counters
    from desktop.planning.matters import MatterDay
    from desktop.planning.step import Step
    from desktop.planning.timeline import Ahead
    from desktop.planning.visits import VisitDay
    from desktop.policy.book import Book
    from desktop.policy.policy import Term

_A_YEAR = 12  # months
_MIDDLE = 15  # the day of the month on which an unplanned bill comes
_APART = (12, 6, 3)  # months between the times when an illness may come
_SELDOM = Decimal("0.25")  # how likely it may be each time, unless it comes more than once a quarter


@dataclass(frozen=True, slots=True)
class Opens:
    holder: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Comes:
    """A visit. `own` is what the patient's account pays for (None without one), `wallet` what their wallet
    does (None without one); `quotas` and `payers` are by whom they may be helped.

    `odds` names those by which it comes, and which time of theirs it is; None: it comes as it stands. `kept`:
    a refund later on asks what it paid.
    """

    day: VisitDay
    own: Mapping[Part, Term[bool]] | None
    wallet: Mapping[Part, Term[bool]] | None
    quotas: tuple[tuple[Binding, Mapping[Part, Term[bool]]], ...]
    payers: tuple[tuple[str, Mapping[Part, Term[bool]]], ...]
    odds: tuple[str, int] | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Pays:
    """A premium, out of a purse, or in cash: where it says so, and where the purse holds too little."""

    payment: PremiumPayment
    amount: Money
    pocket: Pocket
    kept: bool


@dataclass(frozen=True, slots=True)
class Shifts:
    """Money that goes from one purse into another, whole or not at all; `amount` None: all that is there."""

    event: str
    out: Pocket
    into: Pocket
    amount: Money | None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class GoesBack:
    """What an event moved comes back, by a refund or by itself.

    `fact` is what a fact had come to, `back` what it gives back; None and empty where the event is still to
    come. `closed` is where money goes on to from a quota whose relation has ended.
    """

    event: str
    of: str
    fact: Settlement | None
    back: tuple[Posting, ...]
    closed: Mapping[Pocket, Pocket]


@dataclass(frozen=True, slots=True)
class Handled:
    """A matter that came about, and moves money on its day."""

    day: MatterDay


@dataclass(frozen=True, slots=True)
class Arrives:
    """An account arrives where it moved to. `sent` had left with it as a fact; None: still to come."""

    moved: AccountTransfer
    sent: Money | None


Happening = Opens | Credited | Comes | Pays | Shifts | GoesBack | Handled | Arrives


@dataclass(frozen=True, slots=True)
class Unplanned:
    """An illness that nobody plans: how often it comes each time as usual, and its usual bill."""

    name: str
    source: Source
    usual: Charges[Money]
    times: Decimal
    spread: Decimal

    def odds(self, factor: Decimal) -> Odds:
        """By `factor` as often as usual. What comes more than once each time is one larger bill."""
        times, usual = self.times * factor, self.usual
        if times > 1:
            usual = scaled(usual, Money.yuan(Decimal(str(usual.total_fee)) * times))
        return odds_of(self.name, self.source, usual, Chance(min(times, Decimal(1)), self.spread))


@dataclass(frozen=True, slots=True)
class Script:
    """`months` is what happens from the first planned month on, `held` and `counters` where it starts.

    `odds` are by name, `times` how often each is drawn. `family` has every bill that may come, as an event;
    `may_come` says by which odds, and which time of theirs it is.
    """

    account: str
    family: Family
    book: Book
    first: date
    last: date
    months: tuple[tuple[date, tuple[Happening, ...]], ...]
    held: Mapping[Pocket, Money]
    counters: Counters[Money]
    odds: Mapping[str, Odds]
    times: Mapping[str, int]
    may_come: Mapping[str, tuple[str, int]]
    unplanned: tuple[Unplanned, ...]

    def with_illness(self, factor: Decimal) -> Script:
        """The same with unplanned illness `factor` times as frequent as usual."""
        return replace(self, odds={**self.odds, **{one.name: one.odds(factor) for one in self.unplanned}})


def script(family: Family, book: Book, account: str, until: date) -> Script:
    """Up to the month of `until`. Raises `InputRefused` for a plan of far too many bills."""
    ahead = looked_ahead(family, book, until)
    bills = _Bills(family, ahead)
    whole = replace(ahead.family, events=(*ahead.family.events, *bills.unplanned_visits()))
    writer = _Writer(whole, Keeper(whole, ahead.book, ahead.last, ahead.first), bills, ahead.first)
    held, counters = writer.write()
    months = months_between(ahead.first, ahead.last)
    return Script(
        account=account,
        family=whole,
        book=ahead.book,
        first=ahead.first,
        last=ahead.last,
        months=tuple((month, tuple(writer.happenings.get(month, ()))) for month in months),
        held=held,
        counters=counters,
        odds=bills.odds,
        times=bills.times,
        may_come=bills.may_come,
        unplanned=tuple(bills.unplanned),
    )


class _Bills:
    """The bills that may come: planned ones by their chance, unplanned ones by what is usual."""

    def __init__(self, family: Family, ahead: Ahead) -> None:
        self._family, self._ahead, self._plan = family, ahead, plan_of(family)
        self.odds: dict[str, Odds] = {}
        self.times: Counter[str] = Counter()
        self.may_come: dict[str, tuple[str, int]] = {}
        self.unplanned: list[Unplanned] = []
        self._last_days = last_days((*self._plan.life, *ahead.family.events))
        self._add_planned()

    def _add_planned(self) -> None:
        recurring = {one.visit.id: one for one in self._plan.recurring}
        chances: dict[str, Odds] = {}
        for event in self._ahead.family.events:
            name = source_of(event.id)
            if event.id not in self._ahead.planned or not isinstance(event, Visit) or name not in recurring:
                continue
            if name not in chances:
                chance, _, _ = chance_of(recurring[name], self._family, self._ahead.book)
                source = Source(event.patient, event.setting)
                chances[name] = odds_of(name, source, event.charges, chance)
            if not chances[name].is_sure:
                self._add(chances[name], event)

    def unplanned_visits(self) -> Iterator[Visit]:
        """Each kind of illness a few times a year, once each time at most, not all in one month.

        What is usual is read anew each January: people are older then, have moved, are insured otherwise.
        """
        turns: dict[str, int] = {}
        for begins, ends in _years(self._ahead.first, self._ahead.last):
            for one in as_usual(self._family, self._ahead.book, begins):
                turn = turns.setdefault(one.risk.visit.id, len(turns))
                yield from self._in_a_year(one.risk, turn, begins, ends)

    def _in_a_year(self, risk: Risk, turn: int, begins: date, ends: date) -> Iterator[Visit]:
        usual, first = risk.visit, self._ahead.first
        months = _months_apart(risk.a_year)
        odds = self._unplanned(risk, risk.a_year * months / _A_YEAR, begins).odds(self._plan.illness)
        since = months_apart(first, begins)
        last = min(ends, self._last_days.get(usual.patient, ends))
        for later in range(since + (turn - since) % months, months_apart(first, ends) + 1, months):
            day = add_months(first, later).replace(day=_MIDDLE)
            if usual.on <= day <= last:
                visit = replace(usual, id=made_name(usual.id, day), on=day)
                self._add(odds, visit)
                yield visit

    def _unplanned(self, risk: Risk, times: Decimal, begins: date) -> Unplanned:
        """The illness of that kind, the one of earlier years as long as its odds are the same."""
        usual, same = risk.visit, (times, risk.visit.charges, risk.spread)
        source, name = Source(usual.patient, usual.setting), usual.id
        for known in self.unplanned:
            if known.source == source:
                if (known.times, known.usual, known.spread) == same:
                    return known
                name = made_name(usual.id, begins.year)
        self.unplanned.append(Unplanned(name, source, usual.charges, times, risk.spread))
        return self.unplanned[-1]

    def _add(self, odds: Odds, event: Visit) -> None:
        self.odds[odds.name] = odds
        self.may_come[event.id] = odds.name, self.times[odds.name]
        self.times[odds.name] += 1


class _Writer:
    """Folds what is before the first planned day, and writes down what comes after it."""

    def __init__(self, family: Family, keeper: Keeper, bills: _Bills, first: date) -> None:
        self._keeper, self._bills, self._first = keeper, bills, first
        self._refunded = {event.of for event in family.events if isinstance(event, Refund)}
        self._ahead: set[str] = set()
        self.happenings: dict[date, list[Happening]] = {}

    def write(self) -> tuple[Mapping[Pocket, Money], Counters[Money]]:
        """What is held and the counters with which the first planned month begins."""
        steps = self._keeper.steps()
        planned = bisect_left(steps, self._first, key=lambda step: step.on)
        for step in steps[:planned]:
            step.do()
        begins = self._keeper.accounts.every(), self._keeper.counters.copy()
        for step in steps[planned:]:
            with suppress(NotCovered):
                happening = self._judged(step)
                if happening is not None:
                    self.happenings.setdefault(step.on.replace(day=1), []).append(happening)
        return begins

    def _judged(self, step: Step) -> Happening | None:
        """Raises `NotCovered` for what no rule is known for: it is left unsettled."""
        match step.of:
            case Person() as person if step.rank is Rank.CREDIT:
                return self._keeper.credit_of(person, step.on)
            case Person(account=Account() as account) as person if step.rank is Rank.OPENING:
                step.do()
                return Opens(person.id, account.opening)
            case Visit() as visit:
                return self._visit(visit, step)
            case PremiumPayment() as payment:
                return self._premium(payment, step)
            case Refund() as refund:
                return self._refund(refund, step)
            case _:
                return self._shifted(step)

    def _shifted(self, step: Step) -> Happening | None:
        """What only moves money, or nothing at all."""
        match step.of:
            case WalletTransfer() | WalletQuota() as gift:
                return self._gift(gift)
            case After(of=WalletTransfer() as gift):
                return self._goes_back(gift.id, gift.id, EntryKind.WALLET)
            case After(of=Binding() as relation):
                step.do()
                quota, account = quota_of(relation)
                return Shifts(relation.id, quota, account, None)
            case AccountTransfer() | Retirement() | ArrearsPaid() | Payout() as matter:
                return self._matter(matter, step)
            case After(of=AccountTransfer() as moved):
                sent = None if moved.id in self._ahead else self._keeper.matters.sent[moved.id]
                step.do()
                return Arrives(moved, sent)
            case _:
                step.do()
                return None

    def _visit(self, visit: Visit, step: Step) -> Comes:
        visits = self._keeper.visits
        day = visits.day_of(visit)
        slices_of(day.case, visit.charges, NOT_YET, day.found)
        pays_for = day.purses.own_account
        quotas = visits.quotas_on(visit, lambda *_: True) if day.accounts else ()
        payers = visits.payers_on(visit, lambda _law: True) if day.accounts else ()
        given = visit.patient in visits.bindings.given
        kept = visit.id in self._refunded
        if kept:
            # A refund is judged by what stands.
            step.do()
        self._ahead.add(visit.id)
        return Comes(
            day=day,
            own=pays_for if self._keeper.accounts.is_open(visit.patient) else None,
            wallet=day.wallet.pays_for if given else None,
            quotas=tuple((relation, law.pays_for) for relation, law in quotas),
            payers=tuple((payer, law.mutual_aid) for payer, law in payers),
            odds=self._bills.may_come.get(visit.id),
            kept=kept,
        )

    def _premium(self, payment: PremiumPayment, step: Step) -> Pays | None:
        day = self._keeper.premiums.day_of(payment)
        if not day.happens:
            return None
        step.do()
        self._ahead.add(payment.id)
        return Pays(payment, day.case.amount, day.pocket, payment.id in self._refunded)

    def _matter(
        self, matter: AccountTransfer | Retirement | ArrearsPaid | Payout, step: Step
    ) -> Handled | None:
        step.do()
        self._ahead.add(matter.id)
        day = self._keeper.matters.done.get(matter.id)
        return None if day is None else Handled(day)

    def _gift(self, gift: WalletTransfer | WalletQuota) -> Shifts | None:
        day = self._keeper.wallets.begin(gift)
        if day is None:
            return None
        self._ahead.add(gift.id)
        returns = isinstance(gift, WalletTransfer) and not gift.accepted
        return Shifts(gift.id, *day.moves, gift.amount, kept=returns)

    def _refund(self, refund: Refund, step: Step) -> GoesBack | None:
        of = self._keeper.premiums.done.get(refund.of)
        step.do()
        if of is None or refund.of in self._keeper.premiums.done:
            return None
        if isinstance(of, Settlement):
            return self._goes_back(refund.id, refund.of, EntryKind.VISIT, of)
        return self._goes_back(refund.id, refund.of, EntryKind.PREMIUM)

    def _goes_back(self, event: str, of: str, kind: EntryKind, settled: Settlement | None = None) -> GoesBack:
        accounts = self._keeper.accounts
        if of in self._ahead:
            return GoesBack(event, of, None, (), dict(accounts.closed))
        return GoesBack(event, of, settled, accounts.taken_back(kind, of), {})


def _years(first: date, last: date) -> Iterator[tuple[date, date]]:
    """From a first day to a last one, each calendar year's part."""
    for year in range(first.year, last.year + 1):
        yield max(first, date(year, 1, 1)), min(last, date(year, 12, 31))


def _months_apart(a_year: Decimal) -> int:
    """How many months lie between the times when an illness may come: seldom ones are drawn once a year."""
    return next((months for months in _APART if a_year * months <= _A_YEAR * _SELDOM), _APART[-1])
