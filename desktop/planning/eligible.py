"""可绑定。Who may bind whom on a day: each pair is tried by the checks of the rules, as an office would."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.domain.binding import Channel
from desktop.domain.finding import Severity
from desktop.planning.ledger import keep
from desktop.planning.matters import AtTheOffice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.policy.book import Book

Pair = tuple[str, str]
"""A payer and a beneficiary."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many one payer may bind at a time and in a lifetime, and how many payers one person may have.

    None: no rule sets a limit. `ever` are the people who have had a place of the lifetime already.
    """

    active: int | None
    lifetime: int | None
    payers: int | None
    ever: frozenset[str]


def why_not(family: Family, book: Book, binding: Binding) -> Finding | None:
    """The rule that a binding breaks on its first day, had all that held before ended; None: it stands."""
    last = binding.since - timedelta(days=1)
    before = [
        replace(one, until=last) if one.holds_on(binding.since) else one
        for one in family.bindings
        if one.since <= last
    ]
    # What visits and premiums did to the accounts decides nothing here: an empty one may be bound.
    bare = replace(
        family,
        events=tuple(one for one in family.events if isinstance(one, AtTheOffice)),
        bindings=(*before, binding),
        settings=replace(family.settings, credit_monthly=False),
    )
    ledger = keep(bare, book, binding.since)
    if binding.id in ledger.standing:
        return None
    broken = (one for one in ledger.findings if one.severity is Severity.ERROR)
    return next(one for one in broken if one.about[0] == binding.id)


def limits_of(family: Family, book: Book, payer: str, day: date, stood: Iterable[Binding]) -> Limits:
    """As the packs have them on a day; `stood` are the bindings that ever stood."""
    law = book.law(family.person(payer).area_on(day), day)
    policy, channel = law.policy, Channel.IN_PROVINCE
    active = law.optional(lambda: policy.count("mutual_aid.most_active", channel=channel))
    lifetime = law.optional(lambda: policy.count("mutual_aid.most_in_lifetime", channel=channel))
    payers = law.optional(lambda: policy.term("mutual_aid.payers_per_beneficiary", channel=channel))
    return Limits(
        active=None if active is None else active.value,
        lifetime=None if lifetime is None else lifetime.value,
        payers=payers.value if payers is not None and isinstance(payers.value, int) else None,
        ever=frozenset(
            one.beneficiary for one in stood if one.payer == payer and one.channel is Channel.IN_PROVINCE
        ),
    )
