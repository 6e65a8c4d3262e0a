"""家庭文件。Reads a `gongji-family/1` document into a family, or says all that is wrong with it; and back."""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from desktop.domain.account import Account, Base
from desktop.domain.family import Family, Settings, Snooze
from desktop.domain.people import Coverage, History, Person
from desktop.domain.trouble import Fault, InputRefused
from desktop.exchange.event_document import (
    binding_from,
    event_from,
    write_binding,
    write_event,
    write_span,
)
from desktop.exchange.family_form import (
    FORMAT,
    AccountForm,
    CoverageForm,
    FamilyForm,
    HistoryForm,
    PersonForm,
)
from desktop.exchange.family_sense import sense_faults
from desktop.exchange.form_faults import form_faults
from desktop.exchange.matter_document import Pairs, errand_from, said, write_errand
from desktop.exchange.plan_document import (
    plan_from,
    scenario_from,
    snapshot_from,
    write_plan,
    write_scenario,
    write_snapshot,
)
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
        bindings=tuple(map(binding_from, form.bindings)),
        events=tuple(map(event_from, form.events)),
        name=form.name,
        settings=Settings(**dict(form.settings)),
        plan=None if form.plan is None else plan_from(form.plan),
        scenarios=tuple(map(scenario_from, form.scenarios)),
        holder=form.holder or "",
        snoozes=tuple(Snooze(one.finding, one.until) for one in form.snoozes),
        snapshots=tuple(map(snapshot_from, form.snapshots)),
        errands=tuple(map(errand_from, form.errands)),
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
        history=None if form.history is None else history_from(form.history),
        retires_at=form.retires_at,
    )


def read_history(document: object) -> History:
    """What `write_history` wrote. Raises `ValueError` for anything else."""
    return history_from(HistoryForm.model_validate(document))


def history_from(form: HistoryForm) -> History:
    return History(
        *(form.until, form.employee_months, form.local_months, form.deemed_months),
        *(tuple(form.resident_years), tuple(form.zero_claim_years)),
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


# ------------------------------------------------------------------------------------------- domain to form


def write_family(family: Family) -> dict[str, Any]:
    """The document of a family; what is at its default is left out."""
    return {
        "format": FORMAT,
        **said(name=family.name),
        "as_of": str(family.as_of),
        **said(holder=family.holder),
        "people": [dict(_write_person(one)) for one in family.people],
        "bindings": [dict(write_binding(one)) for one in family.bindings],
        "events": [dict(write_event(one)) for one in family.events],
        **said(settings=_write_settings(family.settings)),
        **said(plan=None if family.plan is None else write_plan(family.plan)),
        **said(scenarios=[write_scenario(one) for one in family.scenarios]),
        **said(snoozes=[{"finding": one.finding, "until": str(one.until)} for one in family.snoozes]),
        **said(snapshots=[write_snapshot(one) for one in family.snapshots]),
        **said(errands=[write_errand(one) for one in family.errands]),
    }


def _write_person(person: Person) -> Pairs:
    yield from {"id": person.id, "name": person.name}.items()
    born = None if person.born is None else str(person.born)
    known = said(sex=person.sex, born=born, id_number=person.id_number, relation=person.relation)
    yield from known.items()
    yield "coverage", [dict(_write_coverage(one)) for one in person.coverage]
    if person.account is not None:
        yield "account", dict(_write_account(person.account))
    if person.history is not None:
        yield "history", write_history(person.history)
    yield from said(retires_at=person.retires_at).items()


def write_history(history: History) -> dict[str, Any]:
    months = {name: getattr(history, name) for name in ("employee_months", "local_months", "deemed_months")}
    return {
        "until": str(history.until),
        **{name: count for name, count in months.items() if count},
        **said(resident_years=[*history.resident_years], zero_claim_years=[*history.zero_claim_years]),
    }


def _write_coverage(coverage: Coverage) -> Pairs:
    yield "scheme", coverage.scheme.value
    yield "status", coverage.status.value
    yield "area", coverage.area
    yield from write_span(coverage.since, coverage.until)


def _write_account(account: Account) -> Pairs:
    if account.opened_on != date.min:
        yield "opening", {"on": str(account.opened_on), "balance": str(account.opening)}
    if account.bases:
        yield "base", [{"from": str(one.since), "monthly": str(one.monthly)} for one in account.bases]


def _write_settings(settings: Settings) -> dict[str, bool]:
    return {
        "credit_monthly": settings.credit_monthly,
        **said(
            mutual_aid_pays_out_of_scope=settings.mutual_aid_pays_out_of_scope,
            own_account_pays_out_of_scope=settings.own_account_pays_out_of_scope,
        ),
    }
