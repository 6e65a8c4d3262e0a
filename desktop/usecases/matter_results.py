"""办理事项的结果。What came of each matter, in the published form, and what wallets and quotas hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.domain.finding import Severity
from desktop.domain.matter import AccountTransfer, ArrearsPaid, Enrolment, Retirement
from desktop.domain.money import NOTHING, Money
from desktop.exchange.matter_document import type_of
from desktop.usecases.account_lines import OF_A_PERSON
from desktop.usecases.matter_words import told_of
from desktop.usecases.matters import is_matter

if TYPE_CHECKING:
    from desktop.domain.event import Matter
    from desktop.domain.people import Coverage
    from desktop.domain.settlement import Side
    from desktop.planning.ledger import Ledger

_INSURES = (Enrolment, ArrearsPaid, AccountTransfer, Retirement)
_LATER = (AccountTransfer, Retirement)


def matter_results(ledger: Ledger) -> list[dict[str, Any]]:
    """In the order in which they are recorded, those that a rule forbids too."""
    names = {person.id: person.name for person in ledger.family.people}
    return [_result(ledger, one, names) for one in ledger.family.events if is_matter(one)]


def _result(ledger: Ledger, matter: Matter, names: dict[str, str]) -> dict[str, Any]:
    insured = _insured(ledger, matter) if isinstance(matter, _INSURES) else None
    return {
        "event": matter.id,
        "type": type_of(matter),
        "on": str(matter.on),
        "person": matter.person,
        "says": str(told_of(matter, names)),
        "stands": stands(ledger, matter),
        "moved": [
            {"on": str(entry.on), "side": side.value, "owner": owner, "amount": str(amount)}
            for entry in ledger.entries
            if entry.of == matter.id and entry.kind not in OF_A_PERSON
            for side, owner, amount in entry.postings
        ],
        **({} if insured is None else {"insured": _written(insured)}),
    }


def stands(ledger: Ledger, matter: Matter) -> bool:
    """Whether it came about: neither forbidden, nor of a day that no rules are known of."""
    return not any(
        matter.id in one.about and (one.severity is Severity.ERROR or one.rule == "policy.not_covered")
        for one in ledger.findings
    )


def _insured(ledger: Ledger, matter: Matter) -> Coverage | None:
    """How it leaves the person: by the stretch of its day, or that which follows where it works later."""
    person = ledger.lived.person(matter.person)
    ahead = (one for one in person.coverage if one.since >= matter.on)
    follows = min(ahead, key=lambda one: one.since, default=None)
    held = person.coverage_on(matter.on)
    return follows or held if isinstance(matter, _LATER) else held or follows


def _written(held: Coverage) -> dict[str, Any]:
    return {
        "scheme": held.scheme.value,
        "status": held.status.value,
        "area": held.area,
        "since": str(held.since),
        "until": None if held.until is None else str(held.until),
        "benefits_from": None if held.benefits_from is None else str(held.benefits_from),
    }


def held_aside(ledger: Ledger, side: Side) -> dict[str, Money]:
    """What wallets (by person), quotas (by binding) or the way between places (by person) hold.

    After the last event's day, and only where they hold any.
    """
    held: dict[str, Money] = {}
    for entry in ledger.entries:
        for posting in entry.postings:
            if posting.side is side and entry.on <= ledger.last_day:
                held[posting.owner] = held.get(posting.owner, NOTHING) + posting.amount
    return {owner: amount for owner, amount in held.items() if amount}
