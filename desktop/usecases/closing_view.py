"""看账户的终点。What may be taken out of an account, on what grounds, and which relations end first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.matter import Death, PayoutReason
from desktop.domain.terms import label
from desktop.domain.text import Text, text
from desktop.policy.policy import NotCovered
from desktop.rules.closing import may_be_paid_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.clause import Clause
    from desktop.domain.money import Money
    from desktop.domain.people import Person
    from desktop.policy.law import Law
    from desktop.usecases.review import Review


@dataclass(frozen=True, slots=True)
class PayoutWay:
    """One ground. `allowed` None: no pack says; `days` how many working days it takes at most."""

    reason: PayoutReason
    allowed: bool | None
    says: Text
    days: int | None
    because: Clause | None


@dataclass(frozen=True, slots=True)
class ClosingView:
    """`died` None: there is no record of it. `relations` are those recorded to hold, to be ended first."""

    person: Person
    on: date
    balance: Money
    died: date | None
    ways: tuple[PayoutWay, ...]
    relations: tuple[Binding, ...]
    notes: tuple[Text, ...]


def closing_view(seen: Review, person_id: str, on: date) -> ClosingView:
    family = seen.family
    died = {one.person: one.on for one in family.events if isinstance(one, Death) and one.on <= on}
    person = seen.ledger.lived.person(person_id)
    law = seen.book.law(person.area_on(on), on)
    return ClosingView(
        person=person,
        on=on,
        balance=seen.ledger.balance(person_id, on),
        died=died.get(person_id),
        ways=tuple(_way(reason, law, died.get(person_id)) for reason in PayoutReason),
        relations=tuple(
            one for one in family.bindings if person_id in {one.payer, one.beneficiary} and one.holds_on(on)
        ),
        notes=tuple(_notes(law)),
    )


def _way(reason: PayoutReason, law: Law, died: date | None) -> PayoutWay:
    try:
        allowed, because = may_be_paid_out(reason, law)
    except NotCovered:
        says = text("没有收录这里的规定，请先拨打 12393 核实")
        return PayoutWay(reason, None, says, None, None)
    if not allowed:
        return PayoutWay(reason, False, text("不能取成现金，可以留着看病购药、共济或缴费"), None, because)
    if reason is not PayoutReason.INHERITANCE:
        return PayoutWay(
            reason, True, text("可以一次性支取（{reason}）", reason=label(reason)), None, because
        )
    days = law.optional(lambda: law.policy.count("closing.days"))
    says = text("由亲属继承，付到继承人的银行账户")
    if died is None:
        says = text("去世以后由亲属继承；在世时不能取")
    return PayoutWay(reason, died is not None, says, None if days is None else days.value, because)


def _notes(law: Law) -> Iterator[Text]:
    """没有继承人、统筹基金，各按收录的规定。"""
    for key in ("closing.without_heir", "closing.pool_heritable"):
        rule = law.optional(lambda key=key: law.policy.term(key))  # type: ignore[misc]
        if rule is not None:
            yield text("{says}", says=rule.says)
