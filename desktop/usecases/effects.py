"""影响。What a change would do: to the months ahead of the account, and to the findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.usecases.concerns import finding_key, unmet
from desktop.usecases.review import review

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.usecases.review import Review

_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the next twelve months and five years hold; None: nothing planned, or it never falls short.

    `lowest` is the lowest balance of twelve months, `runs_out` the first month that falls short.
    """

    lowest: Money | None
    runs_out: date | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Two full runs, before and after; `arises` and `goes` are the findings that only one of them has.

    `then` is everything that would be seen.
    """

    before: Ahead
    after: Ahead
    arises: tuple[Finding, ...]
    goes: tuple[Finding, ...]
    then: Review


def effect_of(seen: Review, family: Family) -> Effect:
    """What differs if `seen` became `family`. It settles and plans anew: call it off the GUI thread."""
    return effect_between(seen, review(family, seen.book))


def effect_between(seen: Review, then: Review) -> Effect:
    """What differs between two runs, whether the family or the law was changed."""
    return Effect(
        before=_ahead(seen),
        after=_ahead(then),
        arises=_only_in(then, seen),
        goes=_only_in(seen, then),
        then=then,
    )


def _ahead(seen: Review) -> Ahead:
    months = seen.ahead.months[:_A_YEAR]
    return Ahead(min((one.balance for one in months), default=None), seen.ahead.runs_out)


def _only_in(one: Review, other: Review) -> tuple[Finding, ...]:
    known = {finding_key(finding) for finding in unmet(other.ledger)}
    return tuple(finding for finding in unmet(one.ledger) if finding_key(finding) not in known)
