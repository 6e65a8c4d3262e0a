"""家庭关系。Who pays for whom, whether it is allowed, and what it came to this year."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.finding import Finding, Severity
from desktop.domain.money import NOTHING, Money
from desktop.domain.settlement import EntryKind

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.binding import Binding, Relation
    from desktop.domain.people import Coverage, Person
    from desktop.planning.ledger import Ledger


class Standing(StrEnum):
    """How a person stands to the account: the tag and frame of a node."""

    HOLDER = "holder"
    BOUND = "bound"
    OWN_ACCOUNT_FIRST = "own_account_first"
    CONFLICT = "conflict"
    OTHER_PAYER = "other_payer"
    REFUSED = "refused"
    ENDED = "ended"
    NOT_BOUND = "not_bound"


@dataclass(frozen=True, slots=True)
class Member:
    """One person as seen from the holder's account.

    `relation` is what the person is to the holder, where a binding says so; `paid` what the account paid for
    them this year; `findings` what concerns them or their binding.
    """

    person: Person
    standing: Standing
    relation: Relation | None
    binding: Binding | None
    coverage: Coverage | None
    paid: Money
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge of the graph: a binding that holds today or was refused; `in_conflict` with another one."""

    payer: str
    beneficiary: str
    stands: bool
    in_conflict: bool
    paid: Money
    since: date


@dataclass(frozen=True, slots=True)
class FamilyMap:
    """`active` and `lifetime` count people bound now and ever; the limits are None where no rule sets one."""

    holder: str
    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    active: int
    most_active: int | None
    lifetime: int
    most_in_lifetime: int | None
    paid_this_year: Money


def family_map(
    ledger: Ledger, holder: str, most_active: int | None, most_in_lifetime: int | None
) -> FamilyMap:
    """On the family's own day, as its matters leave it."""
    family, day = ledger.lived, ledger.lived.as_of
    paid = _paid_this_year(ledger, holder, day)
    standing = [one for one in family.bindings if one.id in ledger.standing and one.payer == holder]
    members = tuple(_member(ledger, person, holder, paid.get(person.id, NOTHING)) for person in family.people)
    return FamilyMap(
        holder=holder,
        members=members,
        ties=tuple(_ties(ledger, members, paid, holder)),
        active=len({one.beneficiary for one in standing if one.holds_on(day)}),
        most_active=most_active,
        lifetime=len({one.beneficiary for one in standing if one.since <= day}),
        most_in_lifetime=most_in_lifetime,
        paid_this_year=Money(sum(int(amount) for person, amount in paid.items() if person != holder)),
    )


_BILLS = {EntryKind.VISIT, EntryKind.PREMIUM, EntryKind.REFUND}


def _paid_this_year(ledger: Ledger, holder: str, day: date) -> dict[str, Money]:
    """What the account paid this year, by whom it was for; refunds are taken off."""
    paid: dict[str, Money] = {}
    for entry in ledger.entries:
        of = ledger.refunds[entry.of].refund.of if entry.kind is EntryKind.REFUND else entry.of
        if of in ledger.settlements:
            person = ledger.settlements[of].visit.patient
        elif of in ledger.premiums:
            person = ledger.premiums[of].payment.insured
        else:
            continue
        if entry.on.year == day.year and entry.on <= day and entry.kind in _BILLS:
            paid[person] = paid.get(person, NOTHING) - entry.moved(holder)
    return paid


def _member(ledger: Ledger, person: Person, holder: str, paid: Money) -> Member:
    family, day = ledger.lived, ledger.lived.as_of
    bindings = [one for one in family.bindings if (one.payer, one.beneficiary) == (holder, person.id)]
    mine = max(bindings, key=lambda one: (one.holds_on(day), one.since), default=None)
    concerned = {person.id} | ({mine.id} if mine is not None else set())
    findings = tuple(one for one in ledger.findings if _concerns(one, person.id, concerned))
    return Member(
        person=person,
        standing=_standing(ledger, person, holder, mine, findings),
        relation=mine.relation if mine is not None else None,
        binding=mine,
        coverage=person.coverage_on(day),
        paid=paid,
        findings=findings,
    )


def _concerns(finding: Finding, person: str, concerned: set[str]) -> bool:
    """Whether it is about them or their binding; a second payer's binding concerns the one bound twice."""
    if finding.rule.startswith("policy."):
        return False
    return finding.about[0] in concerned or (
        finding.rule == "binding.two_payers" and finding.about[1] == person
    )


def _standing(
    ledger: Ledger, person: Person, holder: str, mine: Binding | None, findings: tuple[Finding, ...]
) -> Standing:
    day = ledger.lived.as_of
    if person.id == holder:
        return Standing.HOLDER
    if mine is None:
        pays = any(one.payer == person.id and one.holds_on(day) for one in ledger.lived.bindings)
        return Standing.OTHER_PAYER if pays else Standing.NOT_BOUND
    if any(one.rule == "binding.two_payers" for one in findings) and mine.holds_on(day):
        return Standing.CONFLICT
    if mine.id not in ledger.standing:
        return Standing.REFUSED
    if not mine.holds_on(day):
        return Standing.ENDED if mine.since <= day else Standing.NOT_BOUND
    return Standing.OWN_ACCOUNT_FIRST if person.account is not None else Standing.BOUND


def _ties(ledger: Ledger, members: tuple[Member, ...], paid: dict[str, Money], holder: str) -> list[Tie]:
    day = ledger.lived.as_of
    contested = {member.person.id for member in members if member.standing is Standing.CONFLICT}
    errors = {
        one.about[0]
        for one in ledger.findings
        if one.rule == "binding.two_payers" and one.severity is Severity.ERROR
    }
    return [
        Tie(
            payer=one.payer,
            beneficiary=one.beneficiary,
            stands=one.id in ledger.standing,
            in_conflict=one.beneficiary in contested and (one.payer == holder or one.id in errors),
            paid=paid.get(one.beneficiary, NOTHING) if one.payer == holder else NOTHING,
            since=one.since,
        )
        for one in ledger.lived.bindings
        if one.holds_on(day)
    ]
