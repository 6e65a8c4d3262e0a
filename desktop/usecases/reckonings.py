"""来历。What the figures of the first page add up from, and the clauses they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.text import Text, text
from desktop.planning.timeline import Month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.clause import Clause
    from desktop.domain.money import Money
    from desktop.usecases.overview import Overview
    from desktop.usecases.review import Review


__all__ = ["Month", "Reckoning", "balance_of", "credit_clause", "month_of", "places_clauses"]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Signed sums that add up to `whole`; a name among the words is a person's."""

    sums: tuple[tuple[Text, Money], ...]
    whole: Money


def balance_of(shown: Overview) -> Reckoning:
    """What the year began with, what was credited, what each person used, and what was moved elsewhere."""
    year, account = shown.as_of.year, shown.holder.account
    moved = shown.moved_this_year
    began = shown.balance - shown.credited_this_year + shown.spent_this_year - moved
    opened = account.opened_on if account is not None else shown.as_of
    words = (
        text("{day} 登记的期初余额", day=opened) if opened.year == year else text("{year}年初余额", year=year)
    )
    used = ((text("{person}用了", person=person.name), -money) for person, money in shown.users if money)
    credited = (text("今年划入"), shown.credited_this_year)
    elsewhere = ((text("转账、转移和支取"), moved),) if moved else ()
    return Reckoning(((words, began), credited, *used, *elsewhere), shown.balance)


def month_of(month: Month) -> Reckoning:
    """What a planned month begins with, and all that moves in it."""
    spent = month.paid_own + month.paid_mutual_aid + month.premiums
    began = month.balance - month.credited + spent - month.moved
    return Reckoning(((text("月初余额"), began), *_moved(month)), month.balance)


def _moved(month: Month) -> Iterator[tuple[Text, Money]]:
    for words, money in (
        (text("划入"), month.credited),
        (text("付本人的费用"), -month.paid_own),
        (text("付家人的费用"), -month.paid_mutual_aid),
        (text("缴居民医保费"), -month.premiums),
        (text("转账、转移和支取"), month.moved),
    ):
        if money:
            yield words, money


def credit_clause(seen: Review) -> Clause | None:
    """By what the account was credited last."""
    credited = [one for one in seen.ledger.credits if one.holder == seen.holder.id]
    return credited[-1].because if credited else None


def places_clauses(seen: Review) -> tuple[Clause | None, Clause | None]:
    """By what so many may be bound at one time, and in a lifetime; None where no rule limits it."""
    day = seen.family.as_of
    law = seen.book.law(seen.holder.area_on(day), day)
    active = law.optional(lambda: law.policy.count("mutual_aid.most_active", channel="in_province"))
    ever = law.optional(lambda: law.policy.count("mutual_aid.most_in_lifetime", channel="in_province"))
    return active, ever
