"""OpenFisca。The anchor in OpenFisca-Core: monthly variables over an array of one, parameters in a tree.

Runs in an environment of its own, where nothing of this program is. Its argument is a JSON list of months,
each `[bill, tertiary]`; for each line on standard input it reckons a fresh simulation and answers with one
line of JSON: `{"seconds": ..., "totals": [fund, own, mutual, cash]}`.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from openfisca_core.entities import build_entity  # type: ignore[import-not-found]
from openfisca_core.parameters import ParameterNode  # type: ignore[import-not-found]
from openfisca_core.periods import MONTH, period  # type: ignore[import-not-found]
from openfisca_core.simulations import SimulationBuilder  # type: ignore[import-not-found]
from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-not-found]
from openfisca_core.variables import Variable  # type: ignore[import-not-found]
from rule import (  # type: ignore[import-not-found]
    CEILING,
    DEDUCTIBLE,
    OWN_CREDIT,
    OWN_OPENING,
    PAYER_CREDIT,
    PAYER_OPENING,
    PERCENT,
    PERCENT_TERTIARY,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_YEAR = 2020

Formula = Any  # what OpenFisca calls with an entity, a period and, where it asks for them, the parameters


def closing(variable: str, opening: int) -> Callable[[Any, Any], Any]:
    """The closing value of the month before; `opening` before the first month."""

    def ask(person: Any, when: Any) -> Any:
        if (when.start.year, when.start.month) == (FIRST_YEAR, 1):
            return np.full(person.count, opening, np.int32)
        return person(variable, when.last_month)

    return ask


def of_this_year(variable: str) -> Callable[[Any, Any], Any]:
    before = closing(variable, 0)

    def ask(person: Any, when: Any) -> Any:
        return np.zeros(person.count, np.int32) if when.start.month == 1 else before(person, when)

    return ask


year_deductible, year_fund = of_this_year("deductible_close"), of_this_year("fund_close")
own_before, payer_before = closing("own_close", OWN_OPENING), closing("payer_close", PAYER_OPENING)


def deductible(person: Any, period: Any, parameters: Any) -> Any:
    law = parameters(period).outpatient
    return np.minimum(person("bill", period), law.deductible - year_deductible(person, period))


def deductible_close(person: Any, period: Any) -> Any:
    return year_deductible(person, period) + person("deductible", period)


def fund(person: Any, period: Any, parameters: Any) -> Any:
    law = parameters(period).outpatient
    percent = np.where(person("tertiary", period) != 0, law.percent_tertiary, law.percent)
    eligible = person("bill", period) - person("deductible", period)
    return np.minimum(eligible.astype(np.int64) * percent // 100, law.ceiling - year_fund(person, period))


def fund_close(person: Any, period: Any) -> Any:
    return year_fund(person, period) + person("fund", period)


def own(person: Any, period: Any, parameters: Any) -> Any:
    law = parameters(period).outpatient
    rest = person("bill", period) - person("fund", period)
    return np.minimum(rest, own_before(person, period) + law.own_credit)


def own_close(person: Any, period: Any, parameters: Any) -> Any:
    law = parameters(period).outpatient
    return own_before(person, period) + law.own_credit - person("own", period)


def mutual(person: Any, period: Any, parameters: Any) -> Any:
    law = parameters(period).outpatient
    rest = person("bill", period) - person("fund", period) - person("own", period)
    return np.minimum(rest, payer_before(person, period) + law.payer_credit)


def payer_close(person: Any, period: Any, parameters: Any) -> Any:
    law = parameters(period).outpatient
    return payer_before(person, period) + law.payer_credit - person("mutual", period)


def cash(person: Any, period: Any) -> Any:
    paid = person("fund", period) + person("own", period) + person("mutual", period)
    return person("bill", period) - paid


FORMULAS: dict[str, Formula | None] = {
    "bill": None,
    "tertiary": None,
    "deductible": deductible,
    "deductible_close": deductible_close,
    "fund": fund,
    "fund_close": fund_close,
    "own": own,
    "own_close": own_close,
    "mutual": mutual,
    "payer_close": payer_close,
    "cash": cash,
}
PARAMETERS = {
    "deductible": DEDUCTIBLE,
    "ceiling": CEILING,
    "percent": PERCENT,
    "percent_tertiary": PERCENT_TERTIARY,
    "own_credit": OWN_CREDIT,
    "payer_credit": PAYER_CREDIT,
}
PAID = ("fund", "own", "mutual", "cash")
CARRIED = ("payer_close", "own_close", "deductible_close", "fund_close")


def build_system() -> Any:
    person = build_entity(key="person", plural="persons", label="person", is_person=True)
    roles = [{"key": "member", "plural": "members", "label": "member"}]
    household = build_entity(key="household", plural="households", label="household", roles=roles)
    system = TaxBenefitSystem([person, household])
    for name, formula in FORMULAS.items():
        facts = {"value_type": int, "entity": person, "definition_period": MONTH, "label": name}
        if formula is not None:
            facts["formula"] = formula
        system.add_variable(type(name, (Variable,), facts))
    since_ever = {name: {"values": {"2015-01-01": {"value": value}}} for name, value in PARAMETERS.items()}
    system.parameters = ParameterNode("", data={"outpatient": since_ever})
    return system


def settle(system: Any, months: list[tuple[int, bool]]) -> dict[str, object]:
    bills, tertiary = np.array(months, np.int32).T[:, :, None]
    return settle_all(system, bills, tertiary)


def settle_all(system: Any, bills: Any, tertiary: Any) -> dict[str, object]:
    """One fresh simulation; a row a month, a column a person. Only what is reckoned is timed, not the setting
    of inputs.
    """
    simulation = SimulationBuilder().build_default_simulation(system, bills.shape[1])
    periods = [period(f"{FIRST_YEAR + one // 12}-{one % 12 + 1:02d}") for one in range(len(bills))]
    for when, bill, level in zip(periods, bills, tertiary, strict=True):
        simulation.set_input("bill", when, bill)
        simulation.set_input("tertiary", when, level)
    totals = dict.fromkeys(PAID, 0)
    gc.collect()
    began = time.process_time()
    for when in periods:
        for name in PAID:
            totals[name] += int(simulation.calculate(name, when).sum(dtype=np.int64))
        for name in CARRIED:
            simulation.calculate(name, when)
    return {"seconds": time.process_time() - began, "totals": list(totals.values())}


def main() -> None:
    months = json.loads(sys.argv[1])
    system = build_system()
    for _ in sys.stdin:
        sys.stdout.write(json.dumps(settle(system, months)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
