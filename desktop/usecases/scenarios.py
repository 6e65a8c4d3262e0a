"""方案的登记。Add a scenario, duplicate, rename, replace, take one out; keep what one came to on a day."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from desktop.domain.money import total
from desktop.domain.plan import Scenario, Snapshot
from desktop.usecases.changes import Change, Fault, Refused
from desktop.usecases.plan_faults import scenario_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from desktop.domain.family import Family
    from desktop.usecases.compare import Comparison

LONGEST_NAME = 60
"""As long as a name in a family document may be."""
BASELINE = "基准"
_COPY = re.compile(r" 副本( \d+)?$")
_EMPTY = Scenario("")


def scenario_of(family: Family, name: str) -> Scenario:
    """Raises `KeyError` for an unknown name."""
    for one in family.scenarios:
        if one.name == name:
            return one
    raise KeyError(name)


def add_scenario(family: Family, name: str, start: Scenario = _EMPTY) -> Change | Refused:
    """Under this name; `start` is what it begins with: nothing, another payer, premiums in cash …"""
    made = replace(start, name=name.strip())
    faults = tuple(name_faults(family, name)) or scenario_faults(family, made)
    if faults:
        return Refused(faults)
    return Change(f"新建方案“{made.name}”", replace(family, scenarios=(*family.scenarios, made)), made.name)


def duplicate_scenario(family: Family, name: str) -> Change:
    """Beside the original, as … 副本, … 副本 2."""
    origin = scenario_of(family, name)
    made = replace(origin, name=_name_of_copy(family, name))
    place = family.scenarios.index(origin) + 1
    scenarios = (*family.scenarios[:place], made, *family.scenarios[place:])
    return Change(f"复制方案“{name}”", replace(family, scenarios=scenarios), made.name)


def rename_scenario(family: Family, name: str, new: str) -> Change | Refused:
    """What was kept of it goes by the new name too."""
    faults = tuple(name_faults(family, new, name))
    if faults:
        return Refused(faults)
    after = _instead(family, name, replace(scenario_of(family, name), name=new.strip()))
    return Change(f"改名方案“{name}”", after, new.strip())


def replace_scenario(family: Family, name: str, scenario: Scenario) -> Change | Refused:
    """What a scenario lays over, anew, under its old name or another."""
    made = replace(scenario, name=scenario.name.strip())
    faults = tuple(name_faults(family, scenario.name, name)) or scenario_faults(family, made)
    if faults:
        return Refused(faults)
    return Change(f"修改方案“{name}”", _instead(family, name, made), made.name)


def remove_scenario(family: Family, name: str) -> Change:
    """What was kept of it stays."""
    gone = scenario_of(family, name)
    left = tuple(one for one in family.scenarios if one is not gone)
    return Change(f"删去方案“{name}”", replace(family, scenarios=left))


def _instead(family: Family, name: str, made: Scenario) -> Family:
    before = scenario_of(family, name)
    return replace(
        family,
        scenarios=tuple(made if one is before else one for one in family.scenarios),
        snapshots=tuple(
            replace(one, scenario=made.name) if one.scenario == name else one for one in family.snapshots
        ),
    )


def name_faults(family: Family, name: str, before: str | None = None) -> Iterator[Fault]:
    """Each is about the field `name`; `before` is what the scenario was called until now."""
    asked = name.strip()
    if not asked:
        yield Fault("name", "没有写方案的名字")
    elif len(asked) > LONGEST_NAME:
        yield Fault("name", f"方案的名字太长，最多 {LONGEST_NAME} 个字")
    elif not asked.isprintable():
        yield Fault("name", "方案的名字里有换行或控制字符", "请删去")
    elif asked == BASELINE:
        yield Fault("name", f"“{BASELINE}”指现在的安排", "请换一个名字")
    elif asked != before and any(one.name == asked for one in family.scenarios):
        yield Fault("name", f"已经有名为“{asked}”的方案", "请换一个名字")


def _name_of_copy(family: Family, name: str) -> str:
    taken, lead = {one.name for one in family.scenarios}, _COPY.sub("", name)
    ends = (" 副本" if number == 1 else f" 副本 {number}" for number in count(1))
    names = (f"{lead[: LONGEST_NAME - len(end)]}{end}" for end in ends)
    return next(one for one in names if one not in taken)


# -------------------------------------------------------------------------------------------------- snapshots


def take_snapshot(family: Family, comparison: Comparison, name: str, today: date) -> Change:
    """Keep what a run came to; once more on the same day takes the place of the first. Raises `KeyError`."""
    run = comparison.run(name)
    made = Snapshot(
        scenario=name,
        taken_on=today,
        until=comparison.until,
        account=comparison.account,
        engine=comparison.engine,
        packs=tuple((pack.id, pack.version) for pack in comparison.chain),
        runs_out=run.runs_out,
        shortfall=run.shortfall.amount if run.shortfall is not None else None,
        lowest=run.lowest.balance if run.lowest is not None else None,
        cash=run.cash,
        by_others=total(run.by_others.values()),
        end=run.end,
    )
    kept = tuple(one for one in family.snapshots if _asked(one) != _asked(made))
    whose = f"方案“{name}”" if name else BASELINE
    return Change(f"留存{whose}的结果", replace(family, snapshots=(*kept, made)), name)


def remove_snapshot(family: Family, snapshot: Snapshot) -> Change:
    kept = tuple(one for one in family.snapshots if one != snapshot)
    step = f"删去 {snapshot.taken_on} 留存的“{snapshot.scenario or BASELINE}”"
    return Change(step, replace(family, snapshots=kept), snapshot.scenario)


def _asked(one: Snapshot) -> tuple[object, ...]:
    return one.scenario, one.taken_on, one.until, one.account
