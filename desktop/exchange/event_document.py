"""事件的文件。The part of a family document that happens: forms into bindings and events; and back.

What is done at the office has a module of its own, `matter_document`.
"""

from datetime import date, datetime

from desktop.domain.binding import Binding
from desktop.domain.care import Charges, Provider, Visit
from desktop.domain.event import Event
from desktop.domain.premium import PremiumGroup, PremiumPayment, Refund
from desktop.exchange.family_form import (
    CASH,
    BindingForm,
    CareForm,
    MatterForm,
    PremiumForm,
    RefundForm,
    VisitForm,
)
from desktop.exchange.matter_document import (
    Pairs,
    matter_from,
    moment_from,
    said,
    write_matter,
    write_money,
)

# ------------------------------------------------------------------------------------------- form to domain


def binding_from(form: BindingForm) -> Binding:
    return Binding(form.id, form.payer, form.beneficiary, form.relation, form.channel, form.since, form.until)


def event_from(form: VisitForm | PremiumForm | RefundForm | MatterForm) -> Event:
    on, at = moment_from(form.on)
    match form:
        case VisitForm():
            return visit_from(form, form.id, on, at)
        case PremiumForm():
            paid_from = purse_from(form.paid_from)
            return PremiumPayment(
                *(form.id, on, form.insured, form.benefit_year, form.amount, paid_from, at, form.note),
                group=form.group,
            )
        case RefundForm():
            return Refund(form.id, on, form.of, at, form.note, form.ground)
        case _:
            return matter_from(form, on, at)


def purse_from(paid_from: str) -> str | None:
    return None if paid_from == CASH else paid_from


def visit_from(form: CareForm, name: str, on: date, at: datetime | None = None) -> Visit:
    charges = Charges(
        total_fee=form.total_fee,
        fully_self_funded=form.fully_self_funded,
        over_limit_self_funded=form.over_limit_self_funded,
        upfront_copay=form.upfront_copay,
        fund_paid=form.fund_pay_total,
    )
    provider = form.provider
    return Visit(
        id=name,
        on=on,
        patient=form.patient,
        setting=form.setting,
        provider=Provider(provider.kind, provider.designated, provider.area, provider.level),
        charges=charges,
        credential=form.credential,
        use_account=form.use_account,
        prescribed=form.prescription,
        purpose=form.purpose,
        at=at,
        note=form.note,
    )


# ------------------------------------------------------------------------------------------- domain to form


def write_binding(binding: Binding) -> Pairs:
    yield "id", binding.id
    yield "payer", binding.payer
    yield "beneficiary", binding.beneficiary
    yield "relation", binding.relation.value
    yield "channel", binding.channel.value
    yield from write_span(binding.since, binding.until)


def write_event(event: Event) -> Pairs:
    if not isinstance(event, Visit | PremiumPayment | Refund):
        yield from write_matter(event).items()
        return
    on = (event.at or event.on).isoformat()
    match event:
        case Visit():
            yield from {"id": event.id, "type": "visit", "on": on}.items()
            yield from write_care(event)
        case PremiumPayment():
            yield from {"id": event.id, "type": "premium", "on": on, "for": event.insured}.items()
            yield "benefit_year", event.benefit_year
            yield from said(amount=write_money(event.amount)).items()
            yield "paid_from", event.paid_from or CASH
            yield from said(group=event.group if event.group is not PremiumGroup.STANDARD else None).items()
        case _:
            yield from {"id": event.id, "type": "refund", "on": on, "of": event.of}.items()
            yield from said(ground=event.ground).items()
    yield from said(note=event.note).items()


def write_care(visit: Visit) -> Pairs:
    """A visit's fields without `id`, `type`, `on` and `note`."""
    provider, charges = visit.provider, visit.charges
    yield "patient", visit.patient
    yield "setting", visit.setting.value
    yield (
        "provider",
        {
            "kind": provider.kind.value,
            **said(level=provider.level),
            "designated": provider.designated,
            "area": provider.area,
        },
    )
    yield "credential", visit.credential.value
    yield "total_fee", str(charges.total_fee)
    yield "fully_self_funded", str(charges.fully_self_funded)
    yield "over_limit_self_funded", str(charges.over_limit_self_funded)
    yield "upfront_copay", str(charges.upfront_copay)
    yield from said(fund_pay_total=write_money(charges.fund_paid)).items()
    yield "use_account", visit.use_account
    yield "purpose", visit.purpose.value
    yield "prescription", visit.prescribed


def write_span(since: date, until: date | None) -> Pairs:
    yield "from", str(since)
    if until is not None:
        yield "to", str(until)
