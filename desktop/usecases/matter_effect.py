"""办理的影响。What one matter does: the money it moves, what becomes of how people are insured, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING
from desktop.domain.people import Scheme
from desktop.domain.places import place_name
from desktop.domain.settlement import Side
from desktop.domain.terms import label
from desktop.domain.text import Text, text
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.planning.findings import Findings
from desktop.planning.matters import handled
from desktop.planning.timeline import holder_of
from desktop.policy.policy import NotCovered
from desktop.rules.wallet import regime
from desktop.usecases.kin import insured, kinship
from desktop.usecases.scenario_words import month_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.domain.event import Matter
    from desktop.domain.finding import Finding
    from desktop.domain.people import Coverage, Person
    from desktop.domain.settlement import Posting
    from desktop.planning.ledger import Ledger
    from desktop.policy.book import Book
    from desktop.usecases.kin import Kin
    from desktop.usecases.review import Review


_UNKNOWN = "policy.not_covered"


@dataclass(frozen=True, slots=True)
class Move:
    """One day on which it moves money; the parts add up to nothing."""

    on: date
    parts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class MatterEffect:
    """`turns` are what becomes of insurance, bindings and credits; `findings` are about the matter itself."""

    moves: tuple[Move, ...]
    turns: tuple[Text, ...]
    findings: tuple[Finding, ...]


def matter_effect(seen: Review, then: Review, matter: str) -> MatterEffect:
    """What the matter of that id, recorded or expected, brings about where `seen` becomes `then`."""
    ledger = then.ahead.ledger
    return MatterEffect(
        moves=moves_of(ledger, matter),
        turns=tuple(_turns(seen, then)),
        findings=tuple(
            one
            for one in ledger.findings
            if matter in one.about and (one.rule == _UNKNOWN or not one.rule.startswith("policy."))
        ),
    )


# ------------------------------------------------------------------------------------------------- the money


def moves_of(ledger: Ledger, of: str, on: date | None = None) -> tuple[Move, ...]:
    """What the entries of an event, or of a binding that ends, move: on one day, or on every one."""
    known = kinship(ledger.family, holder_of(ledger.family))
    ends = {one.id: one.beneficiary for one in ledger.family.bindings}
    return tuple(
        Move(entry.on, tuple(_part(one, known, ends) for one in entry.postings))
        for entry in ledger.entries
        if entry.of == of and on in {None, entry.on} and entry.postings
    )


def _part(posting: Posting, known: Mapping[str, Kin], ends: Mapping[str, str]) -> Text:
    """本人的个人账户 -500.00, 给母亲冻结的共济额度 +500.00, 家外的现金 +500.00."""
    side, owner, amount = posting
    known_by = known.get(ends.get(owner, owner))
    whose = "" if known_by is None else f"给{known_by.word}" if side is Side.QUOTA else f"{known_by.word}的"
    return text(
        "{whose}{side} {sign}{amount:,}",
        whose=whose,
        side=_SIDES.get(side) or label(side),
        sign="-" if amount < NOTHING else "+",
        amount=-amount if amount < NOTHING else amount,
    )


_SIDES = {Side.CONTRIBUTION: "医保缴费", Side.TRANSIT: "在途款", Side.OPENING: "原参保地账户"}
"""What other entries call otherwise."""


# --------------------------------------------------------------------------------------------- the insurance


def _turns(seen: Review, then: Review) -> Iterator[Text]:
    before, after = seen.ahead.ledger.lived, then.ahead.ledger.lived
    known = kinship(then.family, holder_of(then.family))
    was = {one.id: one for one in before.people}
    for person in after.people:
        yield from _insured_otherwise(known[person.id].word, was[person.id], person)
    held = {one.id: one for one in before.bindings}
    for one in after.bindings:
        if one.id in held and one.until != held[one.id].until and one.until is not None:
            yield text(
                "{payer}与{who}的绑定到 {until} 为止",
                payer=known[one.payer].word,
                who=known[one.beneficiary].word,
                until=one.until,
            )
    yield from _credited_otherwise(seen, then)


def _insured_otherwise(who: str, was: Person, now: Person) -> Iterator[Text]:
    for one in now.coverage:
        before = next((held for held in was.coverage if _same_stretch(held, one)), None)
        if one in was.coverage or one.scheme is Scheme.NONE:
            continue
        if before is None:
            yield text(
                "{who}自 {since} 起在{area}参保：{insured}",
                who=who,
                since=one.since,
                area=place_name(one.area),
                insured=insured(one),
            )
        if one.benefits_from is not None and (before is None or before.benefits_from != one.benefits_from):
            yield text("{who}自 {day} 起享受医保待遇", who=who, day=one.benefits_from)
        if before is not None and one.until is not None and one.until != before.until:
            yield text(
                "{who}的参保（{insured}）到 {until} 为止", who=who, insured=insured(one), until=one.until
            )


def _same_stretch(one: Coverage, other: Coverage) -> bool:
    return (one.scheme, one.status, one.area, one.since) == (
        other.scheme,
        other.status,
        other.area,
        other.since,
    )


def _credited_otherwise(seen: Review, then: Review) -> Iterator[Text]:
    """From which planned month on another sum comes into the account of the plan."""
    for before, after in zip(seen.ahead.months, then.ahead.months, strict=False):
        if before.credited != after.credited:
            yield text(
                "{month}起，每月划入由 {before:,} 变为 {after:,}",
                month=month_words(after.month),
                before=before.credited,
                after=after.credited,
            )
            return


# -------------------------------------------------------------------------------------------------- why


def grounds_of(ledger: Ledger, book: Book, matter: Matter) -> tuple[Clause, ...]:
    """The clauses that what it does rests on; none where it came to nothing or no pack speaks of it."""
    if isinstance(matter, WalletTransfer | WalletQuota):
        area = ledger.lived.person(matter.payer).area_on(matter.on)
        try:
            return (regime(book.law(area, matter.on)),)
        except NotCovered:
            return ()
    done = handled(ledger.family, book, matter.on, Findings()).done
    return tuple(dict.fromkeys(done[matter.id].because)) if matter.id in done else ()
