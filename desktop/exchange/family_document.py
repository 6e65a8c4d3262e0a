"""家庭文件。Reads a `gongji-family/1` document into a family, or says all that is wrong with it; and back."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from desktop.domain.account import Account, Base
from desktop.domain.binding import Binding
from desktop.domain.care import Charges, Provider, Visit
from desktop.domain.event import Event
from desktop.domain.family import Family, Settings, Snooze
from desktop.domain.money import Money
from desktop.domain.people import Coverage, Person
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Scenario
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.trouble import Fault, InputRefused
from desktop.exchange.family_form import (
    CASH,
    FORMAT,
    AccountForm,
    BindingForm,
    CareForm,
    CoverageForm,
    FamilyForm,
    PersonForm,
    PlanForm,
    PremiumForm,
    RecurringForm,
    RefundForm,
    ScenarioForm,
    VisitForm,
)
from desktop.exchange.family_sense import recurring_id, sense_faults
from desktop.exchange.form_faults import form_faults
from desktop.exchange.strict_json import Located, read_bytes, read_json, refusal, shown


def read_family(path: Path, today: date) -> Family:
    """`today` is the document's `as_of` where it has none. Raises `InputRefused`, `FileTrouble`."""
    return parse_family(read_bytes(path), str(path), today)


def parse_family(data: bytes, file: str, today: date) -> Family:
    """`file` is how the faults name the document. Raises `InputRefused` with every fault of it."""
    document, faults = read_json(data, file)
    if not isinstance(document, dict):
        what = f"最外层要是花括号里的一组 {{ … }}，不能是 {shown(document)}"
        raise InputRefused(file, [Fault("", what, "请检查是不是选错了文件")])
    written = document.get("format", FORMAT)
    if written != FORMAT:
        what = f"文件的格式是 {shown(written)}，本程序读的是 {FORMAT}"
        raise InputRefused(file, [Fault("format", what, "请换用相应版本的文件或程序")])
    form, more = _validated(document)
    faults += more
    faults += sense_faults(document)
    if form is None or faults:
        raise refusal(file, faults, document)
    return _family(form, today)


def schema() -> dict[str, Any]:
    """The JSON Schema of a family document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FamilyForm.model_json_schema(by_alias=True),
        "title": f"家庭文件 {FORMAT}",
    }


def _validated(document: dict[str, Any]) -> tuple[FamilyForm | None, list[Located]]:
    try:
        return FamilyForm.model_validate(document), []
    except ValidationError as error:
        return None, list(form_faults(error, FamilyForm))


# ------------------------------------------------------------------------------------------- form to domain


def _family(form: FamilyForm, today: date) -> Family:
    return Family(
        people=tuple(map(_person, form.people)),
        as_of=form.as_of or today,
        bindings=tuple(map(_binding, form.bindings)),
        events=tuple(map(_event, form.events)),
        name=form.name,
        settings=Settings(**dict(form.settings)),
        plan=_plan(form.plan),
        scenarios=tuple(map(_scenario, form.scenarios)),
        holder=form.holder or "",
        snoozes=tuple(Snooze(one.finding, one.until) for one in form.snoozes),
    )


def _person(form: PersonForm) -> Person:
    return Person(
        id=form.id,
        name=form.name,
        coverage=tuple(map(_coverage, form.coverage)),
        account=_account(form.account),
        sex=form.sex,
        born=form.born,
        id_number=form.id_number,
        relation=form.relation,
    )


def _coverage(form: CoverageForm) -> Coverage:
    return Coverage(form.scheme, form.status, form.area, form.since, form.until)


def _account(form: AccountForm | None) -> Account | None:
    if form is None:
        return None
    bases = tuple(Base(one.since, one.monthly) for one in form.base)
    if form.opening is None:
        return Account(bases=bases)
    return Account(form.opening.on, form.opening.balance, bases)


def _binding(form: BindingForm) -> Binding:
    return Binding(form.id, form.payer, form.beneficiary, form.relation, form.channel, form.since, form.until)


def _event(form: VisitForm | PremiumForm | RefundForm) -> Event:
    on, at = _moment(form.on)
    match form:
        case VisitForm():
            return _visit(form, form.id, on, at)
        case PremiumForm():
            paid_from = _purse(form.paid_from)
            return PremiumPayment(
                form.id, on, form.insured, form.benefit_year, form.amount, paid_from, at, form.note
            )
        case _:
            return Refund(form.id, on, form.of, at, form.note)


def _moment(written: date | datetime) -> tuple[date, datetime | None]:
    return (written.date(), written) if isinstance(written, datetime) else (written, None)


def _purse(paid_from: str) -> str | None:
    return None if paid_from == CASH else paid_from


def _visit(form: CareForm, name: str, on: date, at: datetime | None = None) -> Visit:
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


def _plan(form: PlanForm | None) -> Plan | None:
    if form is None:
        return None
    return Plan(
        recurring=tuple(_recurring(one, number) for number, one in enumerate(form.recurring, start=1)),
        expected=tuple(map(_event, form.expected)),
        premiums=tuple(PlannedPremium(one.insured, _purse(one.paid_from)) for one in form.premiums),
        wage_growth=Decimal(0) if form.wage_growth is None else form.wage_growth,
    )


def _recurring(form: RecurringForm, number: int) -> Recurring:
    visit = _visit(form, form.id or recurring_id(number), form.since)
    return Recurring(visit, form.every, form.until)


def _scenario(form: ScenarioForm) -> Scenario:
    return Scenario(
        name=form.name,
        ends=dict(form.end),
        bindings=tuple(map(_binding, form.bindings)),
        events=tuple(map(_event, form.events)),
        plan=_plan(form.plan),
    )


# ------------------------------------------------------------------------------------------- domain to form


def write_family(family: Family) -> dict[str, Any]:
    """The document of a family; what is at its default is left out."""
    return {
        "format": FORMAT,
        **_said(name=family.name),
        "as_of": str(family.as_of),
        **_said(holder=family.holder),
        "people": [dict(_write_person(one)) for one in family.people],
        "bindings": [dict(_write_binding(one)) for one in family.bindings],
        "events": [dict(_write_event(one)) for one in family.events],
        **_said(settings=_write_settings(family.settings)),
        **_said(plan=_write_plan(family.plan), scenarios=[_write_scenario(one) for one in family.scenarios]),
        **_said(snoozes=[{"finding": one.finding, "until": str(one.until)} for one in family.snoozes]),
    }


_Pairs = Iterator[tuple[str, Any]]


def _said(**fields: Any) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def _write_person(person: Person) -> _Pairs:
    yield from {"id": person.id, "name": person.name}.items()
    born = None if person.born is None else str(person.born)
    known = _said(sex=person.sex, born=born, id_number=person.id_number, relation=person.relation)
    yield from known.items()
    yield "coverage", [dict(_write_coverage(one)) for one in person.coverage]
    if person.account is not None:
        yield "account", dict(_write_account(person.account))


def _write_coverage(coverage: Coverage) -> _Pairs:
    yield "scheme", coverage.scheme.value
    yield "status", coverage.status.value
    yield "area", coverage.area
    yield from _write_span(coverage.since, coverage.until)


def _write_span(since: date, until: date | None) -> _Pairs:
    yield "from", str(since)
    if until is not None:
        yield "to", str(until)


def _write_account(account: Account) -> _Pairs:
    if account.opened_on != date.min:
        yield "opening", {"on": str(account.opened_on), "balance": str(account.opening)}
    if account.bases:
        yield "base", [{"from": str(one.since), "monthly": str(one.monthly)} for one in account.bases]


def _write_binding(binding: Binding) -> _Pairs:
    yield "id", binding.id
    yield "payer", binding.payer
    yield "beneficiary", binding.beneficiary
    yield "relation", binding.relation.value
    yield "channel", binding.channel.value
    yield from _write_span(binding.since, binding.until)


def _write_event(event: Event) -> _Pairs:
    on = (event.at or event.on).isoformat()
    match event:
        case Visit():
            yield from {"id": event.id, "type": "visit", "on": on}.items()
            yield from _write_care(event)
        case PremiumPayment():
            yield from {"id": event.id, "type": "premium", "on": on, "for": event.insured}.items()
            yield "benefit_year", event.benefit_year
            yield from _said(amount=_write_money(event.amount)).items()
            yield "paid_from", event.paid_from or CASH
        case _:
            yield from {"id": event.id, "type": "refund", "on": on, "of": event.of}.items()
    yield from _said(note=event.note).items()


def _write_money(money: Money | None) -> str | None:
    return None if money is None else str(money)


def _write_care(visit: Visit) -> _Pairs:
    """A visit's fields without `id`, `type`, `on` and `note`."""
    provider, charges = visit.provider, visit.charges
    yield "patient", visit.patient
    yield "setting", visit.setting.value
    yield (
        "provider",
        {
            "kind": provider.kind.value,
            **_said(level=provider.level),
            "designated": provider.designated,
            "area": provider.area,
        },
    )
    yield "credential", visit.credential.value
    yield "total_fee", str(charges.total_fee)
    yield "fully_self_funded", str(charges.fully_self_funded)
    yield "over_limit_self_funded", str(charges.over_limit_self_funded)
    yield "upfront_copay", str(charges.upfront_copay)
    yield from _said(fund_pay_total=_write_money(charges.fund_paid)).items()
    yield "use_account", visit.use_account
    yield "purpose", visit.purpose.value
    yield "prescription", visit.prescribed


def _write_settings(settings: Settings) -> dict[str, bool]:
    return {
        "credit_monthly": settings.credit_monthly,
        **_said(
            mutual_aid_pays_out_of_scope=settings.mutual_aid_pays_out_of_scope,
            own_account_pays_out_of_scope=settings.own_account_pays_out_of_scope,
        ),
    }


def _write_plan(plan: Plan | None) -> dict[str, Any] | None:
    if plan is None:
        return None
    premiums = [{"for": one.insured, "paid_from": one.paid_from or CASH} for one in plan.premiums]
    return {
        "recurring": [
            dict(_write_recurring(one, number)) for number, one in enumerate(plan.recurring, start=1)
        ],
        "expected": [dict(_write_event(one)) for one in plan.expected],
        "premiums": premiums,
        **_said(wage_growth=f"{plan.wage_growth:f}" if plan.wage_growth else None),
    }


def _write_recurring(recurring: Recurring, number: int) -> _Pairs:
    visit = recurring.visit
    if visit.id != recurring_id(number):
        yield "id", visit.id
    yield from _write_care(visit)
    yield from _said(note=visit.note).items()
    yield "every", recurring.every.value
    yield from _write_span(visit.on, recurring.until)


def _write_scenario(scenario: Scenario) -> dict[str, Any]:
    return {
        "name": scenario.name,
        "end": {name: str(day) for name, day in scenario.ends.items()},
        "bindings": [dict(_write_binding(one)) for one in scenario.bindings],
        "events": [dict(_write_event(one)) for one in scenario.events],
        **_said(plan=_write_plan(scenario.plan)),
    }


# ----------------------------------------------------------------------------------- plans by themselves


def write_plan(plan: Plan) -> dict[str, Any]:
    return _write_plan(plan) or {}


def read_plan(document: object) -> Plan:
    """What `write_plan` wrote. Raises `ValueError` for anything else."""
    return _plan(PlanForm.model_validate(document)) or Plan()


def write_scenario(scenario: Scenario) -> dict[str, Any]:
    return _write_scenario(scenario)


def read_scenario(document: object) -> Scenario:
    """What `write_scenario` wrote. Raises `ValueError` for anything else."""
    return _scenario(ScenarioForm.model_validate(document))
