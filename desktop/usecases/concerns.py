"""相关提示。The findings that concern one person: their binding, their visits, a binding they pay for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.event import whose

if TYPE_CHECKING:
    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.planning.ledger import Ledger

_OF_A_CLAUSE = {"policy.disputed", "policy.not_checked_since"}


def concerning(
    findings: tuple[Finding, ...], family: Family, person: str, holder: str
) -> tuple[Finding, ...]:
    """In the order given; what concerns the rules themselves is left out."""
    bindings = {
        one.id
        for one in family.bindings
        if (one.payer, one.beneficiary) == (holder, person) or (one.payer == person and person != holder)
    }
    return tuple(
        one
        for one in findings
        if not one.rule.startswith("policy.") and (one.about[0] in bindings or person in one.about)
    )


def finding_key(finding: Finding) -> str:
    """What tells a finding from every other of its family.

    One about the law itself keeps its key as more records come to rest on the clause.
    """
    if finding.rule in _OF_A_CLAUSE:
        return f"{finding.rule} {finding.because.key}"
    return f"{finding.rule} {finding.on} {' '.join(finding.about)}"


def unmet(ledger: Ledger) -> tuple[Finding, ...]:
    """The findings that still ask for something: what a visit broke is put right once it was taken back."""
    returned = {done.refund.of for done in ledger.refunds.values()}
    return tuple(
        one for one in ledger.findings if one.about[0] not in returned or not one.rule.startswith("visit.")
    )


def record_of(finding: Finding, family: Family) -> tuple[str, str]:
    """What record a finding is about, and whose: binding, event, person or rules, and a person's id."""
    about = subject_of(finding, family)
    for binding in family.bindings:
        if binding.id == about:
            return "binding", binding.beneficiary
    for event in family.events:
        if event.id == about:
            return "event", whose(event, family.events)
    return ("person", about) if _is_person(family, about) else ("rules", "")


def subject_of(finding: Finding, family: Family) -> str:
    """The id of what a finding is about: of its first, or of the event that it names after a person."""
    first = finding.about[0]
    events = {event.id for event in family.events} if _is_person(family, first) else set()
    return next((name for name in finding.about if name in events), first)


def _is_person(family: Family, name: str) -> bool:
    return any(person.id == name for person in family.people)
