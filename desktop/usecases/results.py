"""结果。Settlements, findings, plans and values of the law in the published form (`resources/schema/`)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop import __version__
from desktop.domain.money import NOTHING
from desktop.domain.premium import PremiumGroup
from desktop.domain.settlement import PremiumPaid, Settlement, Side
from desktop.domain.terms import AMOUNTS
from desktop.exchange.setlinfo import reversed_setlinfo, setlinfo
from desktop.usecases.assign_options import Turn
from desktop.usecases.explain import Step, explain
from desktop.usecases.matter_results import held_aside, matter_results

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from desktop.domain.clause import Clause
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.domain.settlement import Refunded
    from desktop.planning.fan import Fan, Source
    from desktop.planning.ledger import Ledger
    from desktop.planning.timeline import Month, Outlook
    from desktop.policy.pack import Pack, Value
    from desktop.policy.policy import Term
    from desktop.usecases.assign import Assignment, Bond, Option


def settlements_result(ledger: Ledger) -> dict[str, Any]:
    """`gongji settle --json`. Refunded visits stand again as negative records, in order of day."""
    settled = [(done.visit.on, _settlement(event, done)) for event, done in ledger.settlements.items()]
    settled += [
        (done.refund.on, _reversal(event, done))
        for event, done in ledger.refunds.items()
        if isinstance(done.of, Settlement)
    ]
    return {
        "format": "gongji-settlements/1",
        "settlements": [record for _, record in sorted(settled, key=lambda pair: pair[0])],
        "premiums": [_premium(event, done) for event, done in ledger.premiums.items()],
        "refunds": [_refund(event, done) for event, done in ledger.refunds.items()],
        "matters": matter_results(ledger),
        "balances": {person: str(balance) for person, balance in ledger.balances().items()},
        **_aside(ledger),
        "findings": [finding_result(finding) for finding in ledger.findings],
    }


def _aside(ledger: Ledger) -> dict[str, dict[str, str]]:
    """Wallets, quotas and what is on its way, where there are any."""
    sides = {"wallets": Side.WALLET, "quotas": Side.QUOTA, "transit": Side.TRANSIT}
    held = {name: held_aside(ledger, side) for name, side in sides.items()}
    return {
        name: {owner: str(amount) for owner, amount in sums.items()} for name, sums in held.items() if sums
    }


def findings_result(findings: Iterable[Finding]) -> dict[str, Any]:
    """`gongji check --json`."""
    return {"format": "gongji-findings/1", "findings": [finding_result(finding) for finding in findings]}


def finding_result(finding: Finding) -> dict[str, Any]:
    because = finding.because
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "about": list(finding.about),
        "on": str(finding.on),
        "says": str(finding.says),
        "clause": {
            "key": because.key,
            "title": because.source.title,
            "number": because.source.number,
            "since": _day(because.since),
            "confidence": because.confidence,
        },
        "fix": [str(one) for one in finding.fix],
    }


def plan_result(ahead: Outlook, packs: Iterable[Pack], fan: Fan | None = None) -> dict[str, Any]:
    """`gongji plan --json`; without paths `seed` is null."""
    lowest, short = ahead.lowest, ahead.shortfall
    return {
        "format": "gongji-plan/1",
        "account": ahead.account,
        "months": [
            _month(one) | ({} if fan is None else _bands(fan, place))
            for place, one in enumerate(ahead.months)
        ],
        "lowest": None
        if lowest is None
        else {"month": f"{lowest.month:%Y-%m}", "balance": str(lowest.balance)},
        "runs_out": None if ahead.runs_out is None else f"{ahead.runs_out:%Y-%m}",
        "first_shortfall": None
        if short is None
        else {
            "on": str(short.on),
            "event": short.event,
            "patient": short.patient,
            "amount": str(short.amount),
        },
        "cash_total": str(ahead.cash_total),
        "assumed_from": str(ahead.assumed_from),
        "seed": None,
        **({} if fan is None else _chances(fan)),
        "engine": __version__,
        "packs": [{"id": pack.id, "version": pack.version} for pack in packs],
        "findings": [finding_result(finding) for finding in ahead.findings],
    }


def _bands(fan: Fan, place: int) -> dict[str, Any]:
    bands: dict[str, Any] = {f"p{percent}": str(sums[place]) for percent, sums in fan.bands.items()}
    return bands | {"lasting": fan.lasting[place]}


def _chances(fan: Fan) -> dict[str, Any]:
    """`causes` counts by what futures fall short first; `short` is what they lack in all."""
    driver = fan.driver
    return {
        "seed": fan.seed,
        "paths": fan.futures,
        "causes": [{**_source(source), "futures": count} for source, count in fan.causes],
        "short": {f"p{percent}": str(amount) for percent, amount in fan.short_sums.items()},
        "driver": None
        if driver is None
        else {
            **_source(driver.source),
            "month": f"{driver.month:%Y-%m}",
            "lasting_with": round(driver.with_it, 4),
            "lasting_without": round(driver.without_it, 4),
        },
    }


def _source(source: Source) -> dict[str, str]:
    return {"person": source.person, "what": "premium" if source.setting is None else source.setting.value}


def assign_result(found: Assignment, packs: Iterable[Pack]) -> dict[str, Any]:
    """`gongji assign --json`. `why` are whole sentences; `from` is null where nothing is to be changed."""
    best, scenario = found.best, found.scenario
    return {
        "format": "gongji-assignment/1",
        "account": found.holder,
        "until": f"{found.until:%Y-%m}",
        "bindings": [_bond(one) for one in best.bindings],
        "ended": [_bond(one) for one in best.bonds if one.turn is Turn.ENDED],
        "from": None if scenario is None else str(found.since),
        "cash_before": str(found.today.cash),
        "cash": str(best.cash),
        "saving": str(found.saving),
        "paid_by_others": _moved(best),
        "runner_up": None if found.runner_up is None else _option(found.runner_up),
        "natural": None if found.natural is None else _option(found.natural),
        "why": [str(one) for one in found.why],
        "proven": found.proven,
        "judged": found.judged,
        "unknown": [{"payer": payer, "beneficiary": who} for payer, who in found.unknown],
        "impossible": [
            {"person": one.person, "findings": [finding_result(broken) for broken in one.broken]}
            for one in found.impossible
        ],
        "engine": __version__,
        "packs": [{"id": pack.id, "version": pack.version} for pack in packs],
    }


def _bond(one: Bond) -> dict[str, Any]:
    return {
        "payer": one.payer,
        "beneficiary": one.beneficiary,
        "relation": one.relation,
        "turn": one.turn,
        "assumed": one.assumed,
    }


def _option(one: Option) -> dict[str, Any]:
    bonds = [_bond(bond) for bond in one.bindings]
    return {"bindings": bonds, "cash": str(one.cash), "paid_by_others": _moved(one)}


def _moved(one: Option) -> list[dict[str, str]]:
    """What each account pays for others than its owner, and what it still holds at the end."""
    return [
        {"payer": owner, "amount": str(one.lent.get(owner, NOTHING)), "left": str(left)}
        for owner, left in one.left.items()
    ]


def term_result(term: Term[Value], area: str, on: date) -> dict[str, Any]:
    """`gongji policy show --json`."""
    return {
        "key": term.key,
        "area": area,
        "on": str(on),
        "value": value_result(term.value),
        "unit": term.unit,
        "since": str(term.since),
        "until": _day(term.until),
        "source": f"{term.source.title}{term.source.number}",
        "source_kind": term.source.kind,
        "says": term.says,
        "confidence": term.confidence,
        "disputed": [
            {"value": value_result(other.value), "source": other.source.title, "says": other.says}
            for other in term.disputed
        ],
        "channel": term.channel,
        "pack": term.pack,
        "unchecked": term.unchecked,
    }


def value_result(value: Value) -> Any:
    """A value of a pack for JSON: decimals as written, tables and lists as they are."""
    if isinstance(value, tuple):
        return [value_result(one) for one in value]
    if isinstance(value, Decimal | date):
        return str(value)
    if isinstance(value, bool | int | str):
        return value
    return {name: value_result(one) for name, one in value.items()}


def _settlement(event: str, done: Settlement) -> dict[str, Any]:
    return {
        "event": event,
        "on": str(done.visit.on),
        "patient": done.visit.patient,
        "setlinfo": _amounts(setlinfo(done)),
        "mutual_aid": [{"payer": payer, "amount": str(amount)} for payer, amount in done.by_payer().items()],
        "trace": [_step(step) for step in explain(done)],
    }


def _reversal(event: str, done: Refunded) -> dict[str, Any]:
    assert isinstance(done.of, Settlement)
    shares = done.of.by_payer().items()
    return {
        "event": event,
        "on": str(done.refund.on),
        "patient": done.of.visit.patient,
        "refunds": done.refund.of,
        "setlinfo": _amounts(reversed_setlinfo(done.of, done.balance_after)),
        "mutual_aid": [{"payer": payer, "amount": str(-amount)} for payer, amount in shares],
        "trace": [],
    }


def _amounts(fields: Mapping[str, Money]) -> dict[str, str]:
    return {name: str(fields[name]) for name in AMOUNTS}


def _step(step: Step) -> dict[str, Any]:
    clause: Clause | None = step.clause
    written: dict[str, Any] = {"step": step.name, "amount": str(step.amount)}
    if step.holder is not None:
        written["holder"] = step.holder
    if clause is None:
        return written | {
            "key": None,
            "source": "票据",
            "since": None,
            "confidence": "high",
            "disputed": False,
            "says": str(step.reckoning),
        }
    written |= _quoted(clause)
    return written | ({"also": [_quoted(one) for one in step.also]} if step.also else {})


def _quoted(clause: Clause) -> dict[str, Any]:
    return {
        "key": clause.key,
        "source": f"{clause.source.title}{clause.source.number}",
        "since": _day(clause.since),
        "confidence": clause.confidence,
        "disputed": clause.in_dispute,
        "says": clause.says,
    }


def _premium(event: str, done: PremiumPaid) -> dict[str, Any]:
    group = done.payment.group
    return {
        "event": event,
        "on": str(done.payment.on),
        "for": done.payment.insured,
        "benefit_year": done.payment.benefit_year,
        "amount": str(done.amount),
        "paid_from": done.holder or "cash",
        **({} if group is PremiumGroup.STANDARD else {"group": group.value}),
    }


def _refund(event: str, done: Refunded) -> dict[str, Any]:
    return {
        "event": event,
        "of": done.refund.of,
        "on": str(done.refund.on),
        "returned": [{"account": holder, "amount": str(amount)} for holder, amount in done.returned],
        "cash": str(done.cash),
        **({} if done.refund.ground is None else {"ground": done.refund.ground.value}),
    }


def _month(one: Month) -> dict[str, str]:
    return {
        "month": f"{one.month:%Y-%m}",
        "credited": str(one.credited),
        "paid_own": str(one.paid_own),
        "paid_mutual_aid": str(one.paid_mutual_aid),
        "premiums": str(one.premiums),
        "cash": str(one.cash),
        "moved": str(one.moved),
        "balance": str(one.balance),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)
