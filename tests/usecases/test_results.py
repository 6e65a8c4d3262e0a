"""结果。What the command line prints keeps to the published form."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings

from desktop.domain.care import Setting
from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.plan import Plan
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.terms import AMOUNTS
from desktop.exchange.results import RESULTS
from desktop.planning.timeline import outlook
from desktop.policy.book import Book
from desktop.usecases.results import (
    findings_result,
    plan_result,
    settlements_result,
    term_result,
    value_result,
)
from desktop.usecases.settle_family import settle_family
from desktop.usecases.show_policy import show_policy
from tests.families import (
    CHANGSHA,
    bound,
    charged,
    families,
    family,
    hospital,
    resident,
    shipped,
    visit,
    worker,
)
from tests.policy.packs import block, pack

DAY = date(2025, 3, 1)


def home(*events: Event) -> Family:
    return family(worker(), resident(), bindings=(bound(),), events=events)


def settled(*events: Event) -> dict[str, Any]:
    return settlements_result(settle_family(home(*events), shipped()))


def keeps_to_its_form(name: str, result: dict[str, Any]) -> None:
    RESULTS[name].model_validate_json(json.dumps(result))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(families())
def test_that_the_results_of_any_family_keep_to_their_form(ours: Family) -> None:
    ledger = settle_family(ours, shipped())
    keeps_to_its_form("settlements", settlements_result(ledger))
    keeps_to_its_form("findings", findings_result(ledger.findings))
    ahead = outlook(ours, shipped(), ours.people[0].id, ours.as_of.replace(year=ours.as_of.year + 1, day=1))
    keeps_to_its_form("plan", plan_result(ahead, shipped().packs.values()))


def test_that_a_settlement_is_told_under_the_national_names_with_its_steps() -> None:
    [record] = settled(visit(charges=charged(1000, own=100, fund=200)))["settlements"]
    assert (record["event"], record["on"], record["patient"]) == ("v1", "2025-03-01", "mum")
    assert tuple(record["setlinfo"]) == AMOUNTS
    assert record["setlinfo"]["acct_mulaid_pay"] == "700.00"
    assert record["mutual_aid"] == [{"payer": "me", "amount": "700.00"}]
    printed = {step["step"]: step for step in record["trace"]}
    assert (printed["pool"]["key"], printed["pool"]["source"]) == (None, "票据")
    assert printed["mutual_aid"]["holder"] == "me"
    assert printed["mutual_aid"]["since"] == "2021-04-13"


def test_that_the_law_is_quoted_where_it_cut_the_bill() -> None:
    stay = visit(patient="me", charges=charged(30_000), setting=Setting.INPATIENT)
    [record] = settled(stay)["settlements"]
    [deductible] = [step for step in record["trace"] if step["step"] == "deductible"]
    assert deductible["key"] == "employee_inpatient.deductible"
    assert (deductible["confidence"], deductible["disputed"]) == ("medium", False)


def test_that_a_refunded_visit_stands_again_as_a_negative_record_on_its_day() -> None:
    result = settled(visit(), visit("v2", date(2025, 6, 2)), Refund("r1", date(2025, 5, 1), "v1"))
    assert [record["event"] for record in result["settlements"]] == ["v1", "r1", "v2"]
    back = result["settlements"][1]
    assert (back["refunds"], back["setlinfo"]["medfee_sumamt"], back["trace"]) == ("v1", "-100.00", [])
    assert back["mutual_aid"] == [{"payer": "me", "amount": "-100.00"}]
    assert result["refunds"] == [
        {
            "event": "r1",
            "of": "v1",
            "on": "2025-05-01",
            "returned": [{"account": "me", "amount": "100.00"}],
            "cash": "0.00",
        }
    ]


def test_that_premiums_and_their_refunds_are_told_apart_from_visits() -> None:
    paid = PremiumPayment("p1", date(2025, 10, 1), "mum", 2026, None, "me")
    result = settled(
        paid, PremiumPayment("p2", date(2025, 10, 1), "me", 2026), Refund("r1", date(2025, 10, 2), "p1")
    )
    assert result["settlements"] == []
    assert result["premiums"][0] == {
        "event": "p1",
        "on": "2025-10-01",
        "for": "mum",
        "benefit_year": 2026,
        "amount": "400.00",
        "paid_from": "me",
    }
    assert result["balances"] == {"me": "1000.00"}
    in_cash = settled(replace(paid, paid_from=None))
    assert in_cash["premiums"][0]["paid_from"] == "cash"


def test_that_a_finding_is_told_with_its_clause_and_a_way_on() -> None:
    [finding] = settled(visit(provider=hospital(designated=False)))["findings"]
    assert (finding["rule"], finding["severity"], finding["about"]) == (
        "visit.provider_not_designated",
        "error",
        ["v1", "mum"],
    )
    assert finding["clause"]["key"] == "visit.designated_only"
    assert finding["says"]
    assert finding["fix"]


def test_that_a_plan_is_told_month_by_month_with_its_packs() -> None:
    plan = Plan(expected=(visit("a", date(2026, 1, 5), charges=charged(1300, fund=0)),))
    ours = replace(home(), plan=plan)
    ahead = outlook(ours, shipped(), "me", date(2026, 2, 1))
    result = plan_result(ahead, [shipped().packs["cn"]])
    keeps_to_its_form("plan", result)
    assert [one["month"] for one in result["months"]] == ["2026-01", "2026-02"]
    assert (result["lowest"], result["runs_out"]) == ({"month": "2026-01", "balance": "0.00"}, "2026-01")
    assert result["first_shortfall"] == {
        "on": "2026-01-05",
        "event": "a",
        "patient": "mum",
        "amount": "300.00",
    }
    assert (result["cash_total"], result["seed"], len(result["packs"])) == ("300.00", None, 1)
    empty = plan_result(outlook(home(), shipped(), "me", date(2025, 12, 1)), ())
    assert (empty["lowest"], empty["runs_out"], empty["first_shortfall"]) == (None, None, None)


def test_that_a_value_of_the_law_is_told_with_its_authority() -> None:
    term = show_policy(shipped(), "own_account.pays_for", CHANGSHA, DAY)
    result = term_result(term, CHANGSHA, DAY)
    keeps_to_its_form("policy", result)
    assert result["value"] == ["deductible", "copay", "upfront", "out_of_scope"]
    assert (result["since"], result["until"], result["pack"]) == ("2021-04-13", None, "cn")
    assert result["disputed"][0]["value"] == ["deductible", "copay", "upfront"]


def test_that_a_value_of_any_kind_can_be_told() -> None:
    value: Any = {"a": Decimal("0.70"), "b": (1, True, "x"), "c": date(2025, 1, 1), "d": {"e": False}}
    book = Book([pack("cn", block("a.b", value, until=date(2026, 1, 1)))])
    result = term_result(show_policy(book, "a.b", CHANGSHA, DAY), CHANGSHA, DAY)
    assert result["value"] == {"a": "0.70", "b": [1, True, "x"], "c": "2025-01-01", "d": {"e": False}}
    assert result["until"] == "2026-01-01"
    assert value_result(Decimal("300.00")) == "300.00"
