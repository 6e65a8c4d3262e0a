"""规划的文件。The part of a family document that plans: forms into plans, scenarios, snapshots; and back."""

from decimal import Decimal
from typing import Any

from desktop.domain.plan import (
    Chance,
    Dies,
    Enrols,
    LifeEvent,
    Moves,
    Plan,
    PlannedPremium,
    Recurring,
    Retires,
    Risk,
    RuleChange,
    Scenario,
    Snapshot,
)
from desktop.exchange.event_document import (
    binding_from,
    event_from,
    purse_from,
    visit_from,
    write_binding,
    write_care,
    write_event,
    write_span,
)
from desktop.exchange.family_form import (
    CASH,
    DiesForm,
    EnrolsForm,
    MovesForm,
    PlanForm,
    PlannedPremiumForm,
    RecurringForm,
    RetiresForm,
    RiskForm,
    RuleChangeForm,
    ScenarioForm,
    SnapshotForm,
)
from desktop.exchange.family_sense import recurring_id, risk_id
from desktop.exchange.matter_document import Pairs, said, write_money


def read_plan(document: object) -> Plan:
    """What `write_plan` wrote. Raises `ValueError` for anything else."""
    return plan_from(PlanForm.model_validate(document))


def read_scenario(document: object) -> Scenario:
    """What `write_scenario` wrote. Raises `ValueError` for anything else."""
    return scenario_from(ScenarioForm.model_validate(document))


def read_snapshot(document: object) -> Snapshot:
    """What `write_snapshot` wrote. Raises `ValueError` for anything else."""
    return snapshot_from(SnapshotForm.model_validate(document))


# ------------------------------------------------------------------------------------------- form to domain


def plan_from(form: PlanForm) -> Plan:
    return Plan(
        recurring=tuple(_recurring(one, number) for number, one in enumerate(form.recurring, start=1)),
        expected=tuple(map(event_from, form.expected)),
        premiums=tuple(map(_premium, form.premiums)),
        wage_growth=Decimal(0) if form.wage_growth is None else form.wage_growth,
        life=tuple(map(_life, form.life)),
        risks=tuple(_risk(one, number) for number, one in enumerate(form.risks, start=1)),
        illness=form.illness,
    )


def _recurring(form: RecurringForm, number: int) -> Recurring:
    visit = visit_from(form, form.id or recurring_id(number), form.since)
    chance = None if form.chance is None else Chance(form.chance.happens, form.chance.spread)
    return Recurring(visit, form.every, form.until, chance)


def _risk(form: RiskForm, number: int) -> Risk:
    return Risk(visit_from(form, form.id or risk_id(number), form.since), form.a_year, form.spread)


def _premium(form: PlannedPremiumForm) -> PlannedPremium:
    return PlannedPremium(form.insured, purse_from(form.paid_from), form.on)


def _life(form: RetiresForm | MovesForm | EnrolsForm | DiesForm) -> LifeEvent:
    match form:
        case RetiresForm():
            return Retires(form.person, form.on)
        case MovesForm():
            return Moves(form.person, form.on, form.area)
        case EnrolsForm():
            return Enrols(form.person, form.on, form.scheme, form.status, form.area, form.monthly_base)
        case DiesForm():
            return Dies(form.person, form.on)


def scenario_from(form: ScenarioForm) -> Scenario:
    return Scenario(
        name=form.name,
        ends=dict(form.end),
        bindings=tuple(map(binding_from, form.bindings)),
        events=tuple(map(event_from, form.events)),
        plan=None if form.plan is None else plan_from(form.plan),
        premiums=tuple(map(_premium, form.premiums)),
        recurring=tuple(_recurring(one, number) for number, one in enumerate(form.recurring, start=1)),
        leaves_out=tuple(form.leaves_out),
        life=tuple(map(_life, form.life)),
        rules=tuple(map(_rule, form.rules)),
    )


def _rule(form: RuleChangeForm) -> RuleChange:
    return RuleChange(form.key, form.since, form.value, tuple(form.entry))


def snapshot_from(form: SnapshotForm) -> Snapshot:
    packs = tuple((pack.id, pack.version) for pack in form.packs)
    return Snapshot(**(dict(form) | {"packs": packs}))


# ------------------------------------------------------------------------------------------- domain to form


def write_plan(plan: Plan) -> dict[str, Any]:
    return {
        "recurring": [
            dict(_write_recurring(one, recurring_id(number)))
            for number, one in enumerate(plan.recurring, start=1)
        ],
        "expected": [dict(write_event(one)) for one in plan.expected],
        "premiums": [_write_premium(one) for one in plan.premiums],
        **said(
            wage_growth=_write_number(plan.wage_growth, unless=0),
            life=[dict(_write_life(one)) for one in plan.life],
            risks=[dict(_write_risk(one, risk_id(number))) for number, one in enumerate(plan.risks, start=1)],
            illness=_write_number(plan.illness, unless=1),
        ),
    }


def _write_number(number: Decimal, unless: int) -> str | None:
    """None where it is at its default."""
    return None if number == unless else f"{number:f}"


def _write_recurring(recurring: Recurring, unnamed: str = "") -> Pairs:
    """`unnamed` is what it is called where its name is left out."""
    visit = recurring.visit
    yield from said(id=visit.id if visit.id != unnamed else None).items()
    yield from write_care(visit)
    yield from said(note=visit.note).items()
    yield "every", recurring.every.value
    yield from write_span(visit.on, recurring.until)
    if recurring.chance is not None:
        yield "chance", _write_chance(recurring.chance)


def _write_chance(chance: Chance) -> dict[str, Any]:
    return said(
        happens=_write_number(chance.happens, unless=1), spread=_write_number(chance.spread, unless=0)
    )


def _write_risk(risk: Risk, unnamed: str) -> Pairs:
    visit = risk.visit
    yield from said(id=visit.id if visit.id != unnamed else None).items()
    yield from write_care(visit)
    yield from said(note=visit.note).items()
    yield from write_span(visit.on, None)
    yield "a_year", f"{risk.a_year:f}"
    yield from said(spread=_write_number(risk.spread, unless=0)).items()


def _write_premium(premium: PlannedPremium) -> dict[str, Any]:
    on = None if premium.on is None else str(premium.on)
    return {"for": premium.insured, "paid_from": premium.paid_from or CASH, **said(on=on)}


def _write_life(event: LifeEvent) -> Pairs:
    words = {Retires: "retire", Moves: "move", Enrols: "enrol", Dies: "death"}
    yield from {"type": words[type(event)], "person": event.person, "on": str(event.on)}.items()
    match event:
        case Moves():
            yield "area", event.area
        case Enrols():
            yield from {
                "scheme": event.scheme.value,
                "status": event.status.value,
                "area": event.area,
            }.items()
            yield from said(monthly_base=write_money(event.monthly_base)).items()


def write_scenario(scenario: Scenario) -> dict[str, Any]:
    return {
        "name": scenario.name,
        "end": {name: str(day) for name, day in scenario.ends.items()},
        "bindings": [dict(write_binding(one)) for one in scenario.bindings],
        "events": [dict(write_event(one)) for one in scenario.events],
        **said(
            plan=None if scenario.plan is None else write_plan(scenario.plan),
            premiums=[_write_premium(one) for one in scenario.premiums],
            recurring=[dict(_write_recurring(one)) for one in scenario.recurring],
            leaves_out=[*scenario.leaves_out],
            life=[dict(_write_life(one)) for one in scenario.life],
            rules=[_write_rule(one) for one in scenario.rules],
        ),
    }


def _write_rule(change: RuleChange) -> dict[str, Any]:
    value = f"{change.value:f}" if isinstance(change.value, Decimal) else change.value
    return {"key": change.key, "from": str(change.since), "value": value, **said(entry=[*change.entry])}


def write_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {
        **said(scenario=snapshot.scenario),
        "taken_on": str(snapshot.taken_on),
        "until": str(snapshot.until),
        "account": snapshot.account,
        "engine": snapshot.engine,
        "packs": [{"id": name, "version": version} for name, version in snapshot.packs],
        **said(
            runs_out=None if snapshot.runs_out is None else str(snapshot.runs_out),
            shortfall=write_money(snapshot.shortfall),
            lowest=write_money(snapshot.lowest),
        ),
        "cash": str(snapshot.cash),
        "by_others": str(snapshot.by_others),
        "end": str(snapshot.end),
    }
