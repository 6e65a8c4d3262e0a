"""办完记什么。The event of an errand that is done, as far as its guide and its answers say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.matter import (
    AccountTransfer,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.money import Money
from desktop.domain.premium import PremiumPayment
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.guides.guide import Ask
from desktop.usecases.changes import free_id
from desktop.usecases.guide_asks import Asking, answered, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.domain.errand import Errand
    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.guides.guide import Guide


@dataclass(frozen=True, slots=True)
class Missing:
    """What the errand does not say, or says senselessly: names of answers, or of fields of the event."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What an errand says of its event. `kind` is its reason, or what one is enrolled as; empty: not said."""

    id: str
    on: date
    finished: date | None
    person: str
    kind: str
    answers: Mapping[str, str]

    @property
    def amount(self) -> Money | None:
        written = self.answers.get(Ask.AMOUNT, "")
        return Money.yuan(written) if written else None


def record_of(guide: Guide, errand: Errand, family: Family) -> Event | Missing | None:
    """None: nothing is booked by its guide, or in its case. The event is under an id of its own."""
    if not guide.records:
        return None
    asking = settled(guide, family, errand.begun, Asking(errand=errand))
    answers = answered(guide, family, asking)
    senseless = (name for name, value in asking.answers.items() if value and name not in answers)
    needed = (name for name in _NEEDED.get(guide.records, ()) if name not in answers)
    missing = tuple(dict.fromkeys((*needed, *senseless)))
    made = _MADE.get(guide.records)
    kind = kind_of(guide, asking.case)
    kinds = _OF_A_KIND.get(guide.records, (kind,))
    if kind not in kinds:
        if any(kind_of(guide, one.id) for one in guide.cases):
            return None
        missing = (*missing, _KIND_NAMES[guide.records])
    if made is None or missing:
        return Missing(missing or _ELSEWHERE.get(guide.records, ()))
    on = _on(guide, errand, answers)
    ticked = dict(errand.done)
    finished = errand.done[-1][1] if all(one.id in ticked for one in guide.steps) else None
    said = _Said(free_id(family, guide.records, on), on, finished, asking.person, kind, answers)
    return made(said)


def kind_of(guide: Guide, case: str) -> str:
    """What the case says, where it is a kind of this event (`old-card`), else what the guide says."""
    kind = case.replace("-", "_")
    return kind if kind in _OF_A_KIND.get(guide.records, ()) else guide.recorded_as


def _on(guide: Guide, errand: Errand, answers: Mapping[str, str]) -> date:
    """The day that was answered, that of applying, that of the last step ticked, that of the beginning."""
    if answers.get(Ask.ON):
        return date.fromisoformat(answers[Ask.ON])
    ticked = dict(errand.done)
    submitted = [ticked[step.id] for step in guide.steps if step.submits and step.id in ticked]
    return next(iter((*submitted, *reversed(ticked.values()), errand.begun)))


def _transfer(said: _Said) -> Event:
    origin, destination = said.answers[Ask.ORIGIN], said.answers[Ask.DESTINATION]
    return AccountTransfer(said.id, said.on, said.person, origin, destination, said.amount, said.finished)


def _retirement(said: _Said) -> Event:
    return Retirement(said.id, said.finished or said.on, said.person)


def _death(said: _Said) -> Event:
    return Death(said.id, said.on, said.person)


def _payout(said: _Said) -> Event:
    to = said.answers.get(Ask.RELATIVE) or None
    return Payout(said.id, said.on, said.person, PayoutReason(said.kind), to, said.amount)


def _enrolment(said: _Said) -> Event:
    return Enrolment(said.id, said.on, said.person, EnrolledAs(said.kind), said.answers[Ask.AREA])


def _premium(said: _Said) -> Event:
    """Someone else's is paid from the person's account; one's own in cash."""
    insured = said.answers.get(Ask.RELATIVE) or said.person
    year = int(said.answers[Ask.BENEFIT_YEAR])
    paid_from = said.person if insured != said.person else None
    return PremiumPayment(said.id, said.on, insured, year, said.amount, paid_from)


def _wallet_transfer(said: _Said) -> Event:
    assert said.amount is not None
    return WalletTransfer(said.id, said.on, said.person, said.answers[Ask.RELATIVE], said.amount)


def _wallet_quota(said: _Said) -> Event:
    assert said.amount is not None
    return WalletQuota(said.id, said.on, said.person, said.answers[Ask.RELATIVE], said.amount)


_MADE: Mapping[str, Callable[[_Said], Event]] = {
    "transfer": _transfer,
    "retirement": _retirement,
    "death": _death,
    "payout": _payout,
    "enrolment": _enrolment,
    "premium": _premium,
    "wallet_transfer": _wallet_transfer,
    "wallet_quota": _wallet_quota,
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "transfer": (Ask.ORIGIN, Ask.DESTINATION),
    "death": (Ask.ON,),
    "enrolment": (Ask.AREA,),
    "premium": (Ask.BENEFIT_YEAR,),
    "wallet_transfer": (Ask.RELATIVE, Ask.AMOUNT),
    "wallet_quota": (Ask.RELATIVE, Ask.AMOUNT),
}
_ELSEWHERE: Mapping[str, tuple[str, ...]] = {"refund": ("of",), "arrears": ("from", "to")}
"""Events that need what no guide asks."""
_OF_A_KIND = {"payout": tuple(PayoutReason), "enrolment": tuple(EnrolledAs)}
_KIND_NAMES = {"payout": "reason", "enrolment": "as"}
