"""匿名的一家。A family without identity whose accounts, counters and plans go on as the real one's do.

What happened is gone: each account opens on the family's day with what it then held. Of this year only the
visits that count towards a yearly limit are kept, and the premiums paid for this year or later, all of them
paid in cash so that they move no account. What it can't tell any more: names, identity numbers, notes, days
of birth, who used how much of the account, what was taken back, other scenarios, what is put aside.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.family import Family
from desktop.domain.matter import Payout
from desktop.domain.money import NOTHING
from desktop.domain.plan import Plan
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import Part, PremiumPaid
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.planning.last_year import plan_of
from desktop.usecases.kin import kinship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from desktop.domain.account import Account
    from desktop.domain.binding import Binding
    from desktop.domain.event import Event
    from desktop.domain.people import Person
    from desktop.domain.settlement import Settlement
    from desktop.planning.ledger import Ledger
    from desktop.usecases.review import Review

_MIDDLE_OF_THE_YEAR = (7, 1)
_DAY = timedelta(days=1)


def anonymous(seen: Review) -> Family:
    """People are p1, p2 … and bear the word for their relation as a name: 母亲, 儿子, 儿子2."""
    family, ids = seen.family, {one.id: f"p{number}" for number, one in enumerate(seen.family.people, 1)}
    words = _words(seen)
    return Family(
        people=tuple(_person(seen.ledger, one, ids, words) for one in family.people),
        as_of=family.as_of,
        bindings=tuple(_binding(one, number, ids) for number, one in enumerate(family.bindings, 1)),
        events=tuple(_renamed(_remaining(seen.ledger), ids, "e")),
        settings=family.settings,
        plan=_plan(seen, ids),
        holder=ids[seen.holder.id],
    )


def _words(seen: Review) -> dict[str, str]:
    known = kinship(seen.family, seen.holder.id)
    words: dict[str, str] = {}
    for person in seen.family.people:
        word = known[person.id].word
        before = sum(1 for other in words if known[other].word == word)
        words[person.id] = f"{word}{before + 1}" if before else word
    return words


def _person(ledger: Ledger, person: Person, ids: Mapping[str, str], words: Mapping[str, str]) -> Person:
    return replace(
        person,
        id=ids[person.id],
        name=words[person.id],
        born=None if person.born is None else _year_of(person.born, ledger.family.as_of),
        id_number=None,
        account=None if person.account is None else _account(ledger, person, person.account),
    )


def _year_of(born: date, day: date) -> date:
    """The middle of the year, or its beginning where the middle may not have come yet."""
    return date(born.year, *_MIDDLE_OF_THE_YEAR) if born.year < day.year else date(born.year, 1, 1)


def _account(ledger: Ledger, person: Person, account: Account) -> Account:
    """What is credited on the family's day is credited anew, so it is no part of the opening."""
    day = ledger.family.as_of
    if account.opened_on > day:
        return account
    balance = ledger.balance(person.id, day)
    today = sum(
        (one.amount for one in ledger.credits if (one.holder, one.on) == (person.id, day)), start=NOTHING
    )
    now = max((one.since for one in account.bases if one.since <= day), default=day)
    kept = replace(account, bases=tuple(one for one in account.bases if one.since >= now))
    if balance < today:  # credited and spent on one day
        return replace(kept, opened_on=day + _DAY, opening=balance)
    return replace(kept, opened_on=day, opening=balance - today)


def _binding(binding: Binding, number: int, ids: Mapping[str, str]) -> Binding:
    payer, beneficiary = ids[binding.payer], ids[binding.beneficiary]
    return replace(binding, id=f"b{number}", payer=payer, beneficiary=beneficiary)


# ----------------------------------------------------------------------------------------------------- events


def _remaining(ledger: Ledger) -> Iterator[Event]:
    """What is to come, and what of the past still counts: towards limits, and as premiums already paid."""
    day = ledger.family.as_of
    returned = {done.refund.of for done in ledger.refunds.values() if done.refund.on <= day}
    for event in ledger.family.events:
        if event.on > day:
            yield event
        elif event.id not in returned:
            done = ledger.settlements.get(event.id) or ledger.premiums.get(event.id)
            kept = None if done is None else _kept(done, day.year)
            if kept is not None:
                yield kept


def _kept(done: Settlement | PremiumPaid, year: int) -> Event | None:
    if isinstance(done, PremiumPaid):
        paid = done.payment
        return replace(paid, amount=done.amount, paid_from=None) if paid.benefit_year >= year else None
    counts = done.fund_paid or any(one.part is Part.DEDUCTIBLE for one in done.slices)
    return replace(done.visit, use_account=False) if counts and done.visit.on.year == year else None


def _renamed(events: Iterable[Event], ids: Mapping[str, str], lead: str) -> Iterator[Event]:
    """Without notes and hours; a refund of what is gone is gone too."""
    names: dict[str, str] = {}
    for event in events:
        if isinstance(event, Refund) and event.of not in names:
            continue
        names[event.id] = f"{lead}{len(names) + 1}"
        bare = replace(event, id=names[event.id], at=None, note="")
        match bare:
            case Visit():
                yield replace(bare, patient=ids[bare.patient])
            case PremiumPayment():
                payer = None if bare.paid_from is None else ids[bare.paid_from]
                yield replace(bare, insured=ids[bare.insured], paid_from=payer)
            case Refund():
                yield replace(bare, of=names[bare.of])
            case WalletTransfer() | WalletQuota():
                yield replace(bare, payer=ids[bare.payer], beneficiary=ids[bare.beneficiary])
            case Payout():
                to = None if bare.to is None else ids[bare.to]
                yield replace(bare, person=ids[bare.person], to=to)
            case _:
                yield replace(bare, person=ids[bare.person])


# ------------------------------------------------------------------------------------------------------- plan


def _plan(seen: Review, ids: Mapping[str, str]) -> Plan:
    """Its own, or that last year comes back each year, said in full."""
    family, day = seen.family, seen.family.as_of
    plan = plan_of(family)
    return Plan(
        recurring=tuple(
            replace(one, visit=_bare(one.visit, f"r{number}", ids))
            for number, one in enumerate(plan.recurring, 1)
            if one.until is None or one.until > day
        ),
        expected=tuple(_renamed((one for one in plan.expected if one.on > day), ids, "x")),
        premiums=tuple(
            replace(one, insured=ids[one.insured], paid_from=one.paid_from and ids[one.paid_from])
            for one in plan.premiums
        ),
        wage_growth=plan.wage_growth,
        life=tuple(replace(one, person=ids[one.person]) for one in plan.life),
        risks=tuple(
            replace(one, visit=_bare(one.visit, f"s{number}", ids))
            for number, one in enumerate(plan.risks, 1)
        ),
        illness=plan.illness,
    )


def _bare(visit: Visit, name: str, ids: Mapping[str, str]) -> Visit:
    return replace(visit, id=name, patient=ids[visit.patient], at=None, note="")
