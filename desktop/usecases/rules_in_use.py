"""用到的规则。Which values of the law a family relies on from a day on: who, in what area, and for what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.binding import Channel
from desktop.domain.care import Setting, Visit
from desktop.domain.people import Scheme, Status
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund
from desktop.domain.settlement import Settlement
from desktop.domain.terms import label
from desktop.policy.law import CriticalLaw, Law, TreatmentLaw, group_of
from desktop.policy.policy import NotCovered, Term
from desktop.rules.premium import PROXY
from desktop.rules.wallet import QUOTA, TRANSFER
from desktop.usecases.matter_words import kind_of_matter
from desktop.usecases.rules_of_matters import relied_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.binding import Binding
    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.domain.money import Money
    from desktop.domain.people import Coverage, Person
    from desktop.domain.settlement import PremiumPaid, Refunded
    from desktop.planning.ledger import Ledger

Laws = Callable[[str], Sequence[Law]]
"""Those of an area."""

_OF_A_VISIT = (
    "visit.own_credential",
    "visit.designated_only",
    "visit.excluded_purposes",
    "visit.insured_only",
    "enrolment.first_benefits",
)
_OF_A_BONUS = (
    "loyalty_years",
    "loyalty_first_effect",
    "loyalty_bonus",
    "loyalty_bonus_least",
    "loyalty_restarts_after_gap",
    "zero_claim_bonus",
    "zero_claim_bonus_least",
    "zero_claim_cleared_when_used",
    "bonus_ceiling",
    "bonus_ceiling_share",
)
_OF_A_GROUP = {
    PremiumGroup.STANDARD: ("personal", "late"),
    PremiumGroup.HALF: ("half_group",),
    PremiumGroup.FULL: ("full_group",),
    PremiumGroup.NEWBORN: ("newborn_free", "personal", "late"),
}
_OF_A_BINDING = (
    "relations",
    "most_active",
    "most_in_lifetime",
    "payers_per_beneficiary",
    "area",
    "beneficiary_insured",
    "payer_has_account",
    "suspended_payer_pays",
    "pays_for",
    "purse_order",
)
_OF_A_WALLET = (
    "relations",
    "area",
    "beneficiary_insured",
    "payer_has_account",
    "suspended_payer_pays",
    "ends_with_insurance",
    "pays_for",
    "pays_premium",
    "purse_order",
)
_OF_A_GIFT = ("money_moves", "transfers_a_day", "transfer_most", "closed_hours", "quota_frozen")


class Use(NamedTuple):
    """One value that someone relies on: in what area, by which entry of a table, and for what."""

    area: str
    key: str
    channel: str
    entry: tuple[str, ...]
    person: str
    what: str


def rules_in_use(family: Family, ledger: Ledger, day: date, last: date, laws: Laws) -> Iterator[Use]:
    """Of everyone, as they are insured on a day, and by what the ledger holds from then to `last`.

    `laws` are all by which someone in an area is judged: a treatment may rest on one value by this law and on
    another by that.
    """
    for person in family.people:
        coverage = person.coverage_on(day)
        if coverage is not None:
            yield from _credit(person, coverage)
    for one in family.bindings:
        if one.holds_on(day):
            yield from _binding(one, family.person(one.payer).area_on(day))
    for event in ledger.family.events:
        if day <= event.on <= last:
            yield from _of_event(event, ledger, laws)


def _of_event(event: Event, ledger: Ledger, laws: Laws) -> Iterator[Use]:
    match event:
        case Visit():
            coverage = ledger.lived.person(event.patient).coverage_on(event.on)
            if event.id in ledger.settlements and coverage is not None:
                yield from _treatment(event, coverage, laws)
        case PremiumPayment():
            if event.id in ledger.premiums:
                yield from _premium(ledger.premiums[event.id], ledger.lived)
        case Refund():
            if event.id in ledger.refunds:
                yield from _refund(ledger.refunds[event.id], ledger.lived)
        case _:
            for one in relied_on(event, ledger.lived):
                what = kind_of_matter(event)
                yield Use(one.area, one.key, one.channel, one.entry, event.person, what)


def _credit(person: Person, coverage: Coverage) -> Iterator[Use]:
    if person.account is None or coverage.scheme is not Scheme.EMPLOYEE:
        return
    area = coverage.area
    asked = {
        Status.ACTIVE: ("own_rate", "base_floor", "base_ceiling", "credit_day"),
        Status.RETIRED: ("retiree_monthly", "credit_day"),
        Status.FLEXIBLE: ("flexible_has_account",),
    }
    for name in asked.get(coverage.status, ()):
        yield Use(area, f"account.{name}", "", (), person.id, "个人账户划入")
    yield Use(area, "own_account.pays_for", "", (), person.id, "用自己账户付的费用")


def _treatment(visit: Visit, coverage: Coverage, laws: Laws) -> Iterator[Use]:
    """What the fund pays of a visit of this kind, by either law, and what any visit has to be."""
    area, what, level = coverage.area, label(visit.setting), visit.provider.level
    entry = (group_of(coverage), *([] if level is None else [str(level)]))
    for law in laws(area):
        try:
            keys = [*_keys_of(law.treatment(coverage, visit.setting, level))]
        except NotCovered as missing:
            keys = [missing.key]
        for key in keys:
            yield Use(area, key, "", entry, visit.patient, what)
    for key in _OF_A_VISIT:
        yield Use(area, key, "", (), visit.patient, "看病购药")
    if coverage.scheme is Scheme.RESIDENT and visit.setting in {Setting.INPATIENT, Setting.CHRONIC}:
        for name in _OF_A_BONUS:
            yield Use(area, f"premium.{name}", "", (), visit.patient, "大病保险限额")


def _keys_of(law: TreatmentLaw | CriticalLaw) -> Iterator[str]:
    for field in fields(law):
        value = getattr(law, field.name)
        if isinstance(value, Term):
            yield value.key
        elif isinstance(value, CriticalLaw):
            yield from _keys_of(value)
            yield _beside(value.deductible, "segment_origin")
    if isinstance(law, TreatmentLaw) and law.per_stay:
        yield _beside(law.deductible, "later_stay_by_level")


def _beside(term: Term[Money], name: str) -> str:
    """Another value of the same file, of which a law holds only what it says."""
    return f"{term.key.partition('.')[0]}.{name}"


def _premium(paid: PremiumPaid, family: Family) -> Iterator[Use]:
    insured, on = paid.payment.insured, paid.payment.on
    area = family.person(insured).area_on(on)
    for name in (*_OF_A_GROUP[paid.payment.group], "window", "refund_until"):
        yield Use(area, f"premium.{name}", PROXY, (), insured, "居民医保费")
    if paid.holder is not None:
        for name in ("pays_premium", "premium_full_amount", "premium_once_a_year"):
            yield Use(area, f"mutual_aid.{name}", PROXY, (), insured, "代缴居民医保费")
        payers = family.person(paid.holder).area_on(on)
        yield Use(payers, "mutual_aid.relations", PROXY, (), insured, "代缴居民医保费")


def _refund(done: Refunded, family: Family) -> Iterator[Use]:
    """On what ground, and until when, a premium comes back."""
    if isinstance(done.of, Settlement):
        return
    who = done.of.payment.insured
    area = family.person(who).area_on(done.refund.on)
    for channel in (PROXY, "") if done.of.holder is not None else ("",):
        for name in ("refund_until", "refund_grounds"):
            yield Use(area, f"premium.{name}", channel, (), who, "居民医保费退费")


def _binding(binding: Binding, area: str) -> Iterator[Use]:
    who = binding.beneficiary
    if binding.channel is Channel.WALLET:
        for way in (TRANSFER, QUOTA):
            for name in _OF_A_WALLET:
                yield Use(area, f"mutual_aid.{name}", way, (), who, "医保钱包的绑定")
            for name in _OF_A_GIFT:
                yield Use(area, f"wallet.{name}", way, (), who, "医保钱包")
        return
    for name in _OF_A_BINDING:
        yield Use(area, f"mutual_aid.{name}", str(binding.channel), (), who, "绑定")
