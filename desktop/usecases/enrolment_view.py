"""看参保。How one of a family is insured on a day, when benefits begin and why, what enrolling would give.

Sentences are plain words, each beside the clause that it rests on; screens, guides and the command line show
the same.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.matter import EnrolledAs, Enrolment
from desktop.domain.money import Money, total
from desktop.domain.people import Scheme
from desktop.domain.premium import PremiumGroup, RefundGround
from desktop.domain.settlement import Part
from desktop.planning.bonuses import bonus_in
from desktop.planning.enrolments import enrolment_case, record_of
from desktop.planning.findings import Findings
from desktop.planning.matters import lived_through
from desktop.policy.policy import NotCovered
from desktop.rules.bonus import loyal_years
from desktop.rules.checks.enrolment_not_qualified import in_the_way
from desktop.rules.enrolment import benefit_year_of, why_waiting
from desktop.rules.insured_years import Record
from desktop.rules.premium import group_premium, late_premium, personal_premium, refund_right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.clause import Clause
    from desktop.domain.family import Family
    from desktop.domain.people import Coverage, Person
    from desktop.domain.settlement import PremiumPaid
    from desktop.planning.ledger import Ledger
    from desktop.policy.book import Book
    from desktop.policy.law import Law
    from desktop.rules.enrolment import Waiting

_SIX_MONTHS = "7.15"
"""The row of the facts that says what some pages claim of gaps."""


class Reason(NamedTuple):
    """`days` is what this step adds to the waiting, or takes off."""

    says: str
    because: Clause
    days: int = 0


@dataclass(frozen=True, slots=True)
class InsuredView:
    """`first_day` is the first with benefits, `waits` says that there are none yet.

    `why` is empty where nothing was reckoned: the record itself says it.
    """

    coverage: Coverage | None
    first_day: date | None
    waits: bool
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class WaitingView:
    """What enrolling on the day would give. `hindered` are reasons against it, each with what to do instead.

    `first_day` None: no pack says. Where something is `missing` it is the earliest possible.
    """

    enrolled_as: EnrolledAs
    first_day: date | None
    days: int
    why: tuple[Reason, ...]
    hindered: tuple[tuple[Reason, str], ...]
    missing: tuple[str, ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PremiumView:
    """What a year's premium comes to on the day: `amounts` by group, `late` after the window."""

    benefit_year: int
    window: tuple[date, date]
    in_time: bool
    amounts: tuple[tuple[PremiumGroup, Money, Clause], ...]
    late: tuple[Money, Clause] | None
    paid: bool
    because: Clause

    def due(self, group: PremiumGroup = PremiumGroup.STANDARD) -> Money | None:
        """None: no pack says what that group pays."""
        if group is PremiumGroup.STANDARD and not self.in_time and self.late is not None:
            return self.late[0]
        return next((amount for one, amount, _ in self.amounts if one is group), None)


@dataclass(frozen=True, slots=True)
class RefundRight:
    """A premium that can be taken back on a ground up to a day; `open` says whether that day lies ahead."""

    of: str
    benefit_year: int
    amount: Money
    ground: RefundGround
    last_day: date
    open: bool
    because: Clause


@dataclass(frozen=True, slots=True)
class BonusView:
    """What raises the ceiling of critical illness insurance in a year."""

    year: int
    amount: Money
    loyal_years: int
    why: tuple[tuple[str, Money, Clause], ...]


@dataclass(frozen=True, slots=True)
class RefusedSaying:
    """What some pages say and this program does not, with the reason."""

    says: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    person: Person
    on: date
    insured: InsuredView
    waiting: tuple[WaitingView, ...]
    premium: PremiumView | None
    refunds: tuple[RefundRight, ...]
    bonus: BonusView | None
    refused: tuple[RefusedSaying, ...]


def enrolment_view(ledger: Ledger, book: Book, person_id: str, on: date) -> EnrolmentView:
    """Raises `KeyError` for an unknown id."""
    family = lived_through(ledger.family, book, on, Findings())
    person = family.person(person_id)
    area = person.area_on(on) or _home(family, on)
    asked = _Asked(ledger, book, family, person, area, on)
    return EnrolmentView(
        person=person,
        on=on,
        insured=asked.insured(),
        waiting=tuple(map(asked.waiting, EnrolledAs)),
        premium=asked.premium(),
        refunds=tuple(asked.refunds()),
        bonus=asked.bonus(),
        refused=tuple(
            RefusedSaying(one.says, one.reason, one.source.title)
            for pack in book.chain(area)
            for one in pack.refused
            if _SIX_MONTHS in one.rows
        ),
    )


def _home(family: Family, on: date) -> str:
    """Where someone not insured yet would enrol: where the others of the family are insured."""
    return next((area for area in (one.area_on(on) for one in family.people) if area), "")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom the view is about. `family` is as its matters leave it by the day, the ledger's is as recorded."""

    ledger: Ledger
    book: Book
    family: Family
    person: Person
    area: str
    on: date

    def year_law(self, year: int) -> Law:
        return self.book.law(self.area, date(year, 1, 1))

    def insured(self) -> InsuredView:
        held = self.person.coverage_on(self.on)
        if held is None:
            return InsuredView(None, None, waits=False, why=())
        first = held.benefits_from or (held.since if held.gives_benefits else None)
        return InsuredView(held, first, not held.treats_on(self.on), tuple(self._why(held)))

    def _why(self, held: Coverage) -> Iterator[Reason]:
        """By which steps benefits begin: those of the enrolment that the stretch comes from."""
        enrolments = (
            one
            for one in self.ledger.family.events
            if isinstance(one, Enrolment)
            and (one.person, one.area) == (self.person.id, held.area)
            and one.enrolled_as.insured == (held.scheme, held.status)
            and one.on <= self.on
        )
        event = max(enrolments, key=lambda one: one.on, default=None)
        waiting = None if event is None else self._waiting_after(event)
        if waiting is not None:
            yield from _reasons(waiting)
        elif held.benefits_from is not None:
            law = self.book.law(held.area, self.on)
            clause = law.optional(lambda: why_waiting(self.person, held, law))
            yield from [] if clause is None else [Reason(clause.says, clause)]

    def _waiting_after(self, event: Enrolment) -> Waiting | None:
        before = lived_through(self.ledger.family, self.book, event.on - timedelta(days=1), Findings())
        return enrolment_case(before.person(event.person), event, self.book, before).waiting

    def waiting(self, enrolled_as: EnrolledAs) -> WaitingView:
        event = Enrolment("", self.on, self.person.id, enrolled_as, self.area)
        case = enrolment_case(self.person, event, self.book, self.family)
        hindered: tuple[tuple[Reason, str], ...] = ()
        with suppress(NotCovered):
            hindered = tuple((Reason(str(one.says), one.because), str(one.fix)) for one in in_the_way(case))
        waiting = case.waiting
        if waiting is None:
            return WaitingView(enrolled_as, None, 0, (), hindered, ())
        return WaitingView(
            enrolled_as=enrolled_as,
            first_day=waiting.first_day,
            days=waiting.days,
            why=tuple(_reasons(waiting)),
            hindered=hindered,
            missing=tuple(map(str, waiting.missing)),
            until=waiting.until,
        )

    def premium(self) -> PremiumView | None:
        """None: no pack knows the year that would be paid for."""
        try:
            year, in_time, term = benefit_year_of(self.on, partial(self.book.law, self.area))
            amounts = tuple(_amounts(self.year_law(year)))
        except NotCovered:
            return None
        late = late_premium(self.year_law(year))
        record = record_of(self.person, self.ledger.family, self.on)
        return PremiumView(
            benefit_year=year,
            window=term.value,
            in_time=in_time,
            amounts=amounts,
            late=None if late is None else (late.value, late),
            paid=any(one.benefit_year == year for one in record.premiums),
            because=term,
        )

    def refunds(self) -> Iterator[RefundRight]:
        """Of each premium that was paid and not taken back, on each ground."""
        back = {one.refund.of for one in self.ledger.refunds.values() if one.refund.on <= self.on}
        for paid in self.ledger.premiums.values():
            payment = paid.payment
            if payment.insured == self.person.id and payment.on <= self.on and payment.id not in back:
                yield from self._rights(paid)

    def _rights(self, paid: PremiumPaid) -> Iterator[RefundRight]:
        year, from_account = paid.payment.benefit_year, paid.holder is not None
        law = self.year_law(year)
        for ground in RefundGround:
            last = law.optional(partial(refund_right, law, year, ground, from_account=from_account))
            if last is not None:
                yield RefundRight(
                    of=paid.payment.id,
                    benefit_year=year,
                    amount=paid.amount,
                    ground=ground,
                    last_day=last.value,
                    open=self.on <= last.value,
                    because=last,
                )

    def bonus(self) -> BonusView | None:
        """None: no resident, or no pack knows of a bonus that year."""
        held, year = self.person.coverage_on(self.on), self.on.year
        law, record = self.year_law(year), Record(self.person)
        years = law.optional(lambda: loyal_years(record, year, law))
        if held is None or held.scheme is not Scheme.RESIDENT or years is None:
            return None
        earned = bonus_in(year, self.person, self.area, self.book, self._critical_paid)
        why = tuple((str(one.says), one.amount, one.because) for one in earned.steps)
        return BonusView(year, earned.amount, years, why)

    def _critical_paid(self, year: int) -> Money:
        return total(
            one.of(Part.CRITICAL)
            for one in self.ledger.settlements.values()
            if (one.visit.patient, one.visit.on.year) == (self.person.id, year)
        )


def _reasons(waiting: Waiting) -> Iterator[Reason]:
    return (Reason(str(one.says), one.because, one.days) for one in waiting.steps)


def _amounts(law: Law) -> Iterator[tuple[PremiumGroup, Money, Clause]]:
    """Raises `NotCovered` where not even the standard is known."""
    personal = personal_premium(law)
    yield PremiumGroup.STANDARD, personal.value, personal
    for group in PremiumGroup:
        term = law.optional(partial(group_premium, law, group))
        if term is not None:
            yield group, term.value, term
