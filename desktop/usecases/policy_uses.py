"""用到的地方。Where a family's sums and findings rest on one value of the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import PremiumPaid, Settlement
from desktop.domain.terms import label
from desktop.policy.policy import NotCovered
from desktop.usecases.concerns import finding_key
from desktop.usecases.kin import kinship, told
from desktop.usecases.matter_words import matter_words
from desktop.usecases.rules_of_matters import relied_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.domain.event import Matter
    from desktop.planning.ledger import Ledger
    from desktop.policy.book import Book
    from desktop.usecases.policy_history import Entry
    from desktop.usecases.review import Review
    from desktop.usecases.rules_of_matters import Relied


@dataclass(frozen=True, slots=True)
class Use:
    """One place: the page that shows it, what to choose there, and its words. The words name no one."""

    page: str
    what: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Uses:
    """`lines` and `findings` newest first; `credits` and `planned` are counted only."""

    lines: tuple[Use, ...] = ()
    findings: tuple[Use, ...] = ()
    credits: int = 0
    planned: int = 0

    def __bool__(self) -> bool:
        return bool(self.lines or self.findings or self.credits or self.planned)


def uses_of(seen: Review, entry: Entry) -> Uses:
    """What of this family rests on the very value that answers, not on one before or after it."""
    day = seen.family.as_of
    lines = [one for one in (*_lines(seen, entry), *_matters(seen, entry)) if one.on <= day]
    return Uses(
        lines=tuple(sorted(lines, key=lambda one: one.on, reverse=True)),
        findings=tuple(sorted(_findings(seen, entry), key=lambda one: one.on, reverse=True)),
        credits=sum(_rests(one.because, entry) for one in seen.ledger.credits if one.on <= day),
        planned=sum(
            1
            for on in (
                *_moved(seen.ahead.ledger, entry),
                *(one.on for one in _resting(seen.ahead.ledger, seen.book.assuming_unchanged(), entry)),
            )
            if on > day
        ),
    )


def _lines(seen: Review, entry: Entry) -> Iterator[Use]:
    known = kinship(seen.family, seen.holder.id)
    for event, done in _done(seen.ledger):
        if any(_rests(one, entry) for one in _clauses(done)):
            if isinstance(done, Settlement):
                on, who, what = done.visit.on, done.visit.patient, label(done.visit.setting)
            else:
                on, who, what = done.payment.on, done.payment.insured, "居民医保费"
            yield Use("ledger", event, on, f"{known[who].word} {what}")


def _matters(seen: Review, entry: Entry) -> Iterator[Use]:
    for one in _resting(seen.ledger, seen.book, entry):
        yield Use("ledger", one.id, one.on, str(matter_words(seen.family, one)))


def _resting(ledger: Ledger, book: Book, entry: Entry) -> Iterator[Matter]:
    """The matters for which this very value answered."""
    for event in ledger.family.events:
        if not isinstance(event, Visit | PremiumPayment | Refund) and any(
            _answered(book, relied, event.on, entry) for relied in relied_on(event, ledger.lived)
        ):
            yield event


def _answered(book: Book, relied: Relied, on: date, entry: Entry) -> bool:
    if relied.key != entry.key:
        return False
    try:
        return _rests(book.law(relied.area, on).policy.term(relied.key, channel=relied.channel), entry)
    except NotCovered:
        return False


def _findings(seen: Review, entry: Entry) -> Iterator[Use]:
    known = kinship(seen.family, seen.holder.id)
    for one in seen.ledger.findings:
        if _rests(one.because, entry):
            yield Use("findings", finding_key(one), one.on, told(one.says, seen.family, known))


def _moved(ledger: Ledger, entry: Entry) -> Iterator[date]:
    """The days on which money moves by this value."""
    for _, done in _done(ledger):
        if any(_rests(one, entry) for one in _clauses(done)):
            yield done.visit.on if isinstance(done, Settlement) else done.payment.on
    for credit in ledger.credits:
        if _rests(credit.because, entry):
            yield credit.on


def _done(ledger: Ledger) -> Iterator[tuple[str, Settlement | PremiumPaid]]:
    yield from ledger.settlements.items()
    yield from ledger.premiums.items()


def _clauses(done: Settlement | PremiumPaid) -> tuple[Clause, ...]:
    if isinstance(done, PremiumPaid):
        return () if done.because is None else (done.because,)
    cuts = (clause for cut in done.slices for clause in cut.because)
    return (*cuts, *(payment.because for payment in done.payments))


def _rests(clause: Clause, entry: Entry) -> bool:
    """The same block: its key, its pack, its first day, and the channel it was asked for."""
    return (
        clause.key == entry.key
        and clause.since == entry.stand.since
        and getattr(clause, "pack", "") == entry.stand.pack
        and getattr(clause, "channel", "") in {"", entry.channel}
    )
