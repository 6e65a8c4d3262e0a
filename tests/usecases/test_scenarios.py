"""方案的登记。Names, copies and order; what is kept of a scenario, and what it is beside now."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.family import Family
from desktop.domain.plan import Plan, PlannedPremium, RuleChange, Scenario, Snapshot
from desktop.usecases.changes import Change, Refused
from desktop.usecases.compare import Comparison, compare
from desktop.usecases.scenarios import (
    LONGEST_NAME,
    add_scenario,
    duplicate_scenario,
    remove_scenario,
    remove_snapshot,
    rename_scenario,
    replace_scenario,
    scenario_of,
    take_snapshot,
)
from desktop.usecases.snapshots import Figure, snapshots_of, then_and_now
from tests.families import bound, charged, family, resident, shipped, visit, worker, yuan

AS_OF, UNTIL = date(2025, 3, 20), date(2027, 3, 1)
PREMIUM = Plan(premiums=(PlannedPremium("mum", "me"),))


def ours(*scenarios: Scenario, plan: Plan | None = PREMIUM) -> Family:
    made = family(worker(balance=1000), resident(), bindings=(bound(),), as_of=AS_OF, plan=plan)
    return replace(made, scenarios=scenarios)


def names(made: Change | Refused) -> list[str]:
    assert isinstance(made, Change)
    return [one.name for one in made.family.scenarios]


def compared(made: Family, until: date = UNTIL) -> Comparison:
    return compare(made, shipped(), until, [one.name for one in made.scenarios])


# -------------------------------------------------------------------------------------------------- scenarios


def test_that_a_scenario_is_added_after_the_others_with_what_it_begins_with() -> None:
    start = Scenario("", leaves_out=("premium-mum",))
    made = add_scenario(ours(Scenario("old")), "  由妈妈支付 ", start)
    assert isinstance(made, Change)
    assert names(made) == ["old", "由妈妈支付"]
    assert (made.step, made.about) == ("新建方案“由妈妈支付”", "由妈妈支付")
    assert made.family.scenarios[1].leaves_out == ("premium-mum",)


def test_that_what_the_book_could_not_hold_is_refused_at_its_place() -> None:
    wrong = Scenario("甲", leaves_out=("nothing-planned",), rules=(RuleChange("a.b", AS_OF, "5"),))
    for refused in (add_scenario(ours(), "乙", wrong), replace_scenario(ours(Scenario("甲")), "甲", wrong)):
        assert isinstance(refused, Refused)
        assert [one.place for one in refused.faults] == ["leaves_out[0]"]
    word = replace(wrong, leaves_out=())
    assert isinstance(add_scenario(ours(), "乙", word), Refused)


@pytest.mark.parametrize(
    "name", ["", "  ", "字" * (LONGEST_NAME + 1), "两\n行", "基准", "old"], ids=lambda one: repr(one)[:8]
)
def test_that_a_name_that_cannot_be_is_refused_at_its_field(name: str) -> None:
    made = add_scenario(ours(Scenario("old")), name)
    assert isinstance(made, Refused)
    assert [one.place for one in made.faults] == ["name"]


def test_that_copies_stand_beside_the_original_and_are_counted() -> None:
    once = duplicate_scenario(ours(Scenario("甲"), Scenario("乙")), "甲")
    assert names(once) == ["甲", "甲 副本", "乙"]
    twice = duplicate_scenario(once.family, "甲 副本")
    assert names(twice) == ["甲", "甲 副本", "甲 副本 2", "乙"]
    assert (twice.step, twice.about) == ("复制方案“甲 副本”", "甲 副本 2")


def test_that_the_copy_of_a_long_name_is_no_longer_than_a_name_may_be() -> None:
    made = duplicate_scenario(ours(Scenario("长" * LONGEST_NAME)), "长" * LONGEST_NAME)
    assert len(made.about) == LONGEST_NAME
    assert made.about.endswith(" 副本")


def test_that_a_scenario_takes_what_was_kept_of_it_to_its_new_name() -> None:
    made = ours(Scenario("甲"), Scenario("乙"))
    for name in ("甲", "乙"):
        made = take_snapshot(made, compared(made), name, AS_OF).family
    after = rename_scenario(made, "甲", " 丙 ")
    assert isinstance(after, Change)
    assert names(after) == ["丙", "乙"]
    assert [one.scenario for one in after.family.snapshots] == ["丙", "乙"]
    assert (after.step, after.about) == ("改名方案“甲”", "丙")


def test_that_a_new_name_may_be_the_old_one_but_not_anothers() -> None:
    made = ours(Scenario("甲"), Scenario("乙"))
    assert names(rename_scenario(made, "甲", "甲")) == ["甲", "乙"]
    assert isinstance(rename_scenario(made, "甲", "乙"), Refused)


def test_that_what_a_scenario_lays_over_is_replaced_in_its_place() -> None:
    made = ours(Scenario("甲"), Scenario("乙"))
    after = replace_scenario(made, "甲", Scenario("甲 ", leaves_out=("premium-me",)))
    assert isinstance(after, Change)
    assert after.family.scenarios == (Scenario("甲", leaves_out=("premium-me",)), Scenario("乙"))
    assert after.step == "修改方案“甲”"
    assert isinstance(replace_scenario(made, "甲", Scenario("乙")), Refused)


def test_that_a_scenario_is_taken_out_and_what_was_kept_of_it_stays() -> None:
    made = ours(Scenario("甲"))
    made = take_snapshot(made, compared(made), "甲", AS_OF).family
    after = remove_scenario(made, "甲")
    assert (after.step, after.family.scenarios) == ("删去方案“甲”", ())
    assert after.family.snapshots == made.snapshots
    with pytest.raises(KeyError):
        scenario_of(after.family, "甲")


# -------------------------------------------------------------------------------------------------- snapshots


def test_that_what_a_run_came_to_is_kept_with_its_engine_and_its_packs() -> None:
    made = ours(Scenario("甲", premiums=(PlannedPremium("mum", None),)))
    comparison = compared(made)
    change = take_snapshot(made, comparison, "", date(2025, 3, 25))
    [kept] = change.family.snapshots
    assert change.step == "留存基准的结果"
    assert (kept.scenario, kept.taken_on, kept.account) == ("", date(2025, 3, 25), "me")
    assert (kept.engine, kept.packs[0]) == (
        comparison.engine,
        ("cn-4301", shipped().packs["cn-4301"].version),
    )
    assert (kept.lowest, kept.cash, kept.end) == (yuan(600), yuan(0), yuan(200))
    assert (kept.runs_out, kept.shortfall, kept.by_others) == (None, None, yuan(0))


def test_that_keeping_once_more_on_one_day_takes_the_place_of_the_first() -> None:
    made = ours(Scenario("甲"))
    comparison = compared(made)
    made = take_snapshot(made, comparison, "甲", AS_OF).family
    made = take_snapshot(made, comparison, "", AS_OF).family
    made = take_snapshot(made, comparison, "甲", AS_OF).family
    made = take_snapshot(made, comparison, "甲", date(2025, 4, 2)).family
    assert [(one.scenario, one.taken_on.month) for one in made.snapshots] == [("", 3), ("甲", 3), ("甲", 4)]
    assert [one.taken_on.month for one in snapshots_of(made.snapshots, "甲")] == [4, 3]


def test_that_what_was_kept_may_be_deleted() -> None:
    made = ours()
    made = take_snapshot(made, compared(made), "", AS_OF).family
    after = remove_snapshot(made, made.snapshots[0])
    assert (after.step, after.family.snapshots) == (f"删去 {AS_OF} 留存的“基准”", ())


def kept_of(made: Family) -> Snapshot:
    return take_snapshot(made, compared(made), "", AS_OF).family.snapshots[0]


def figures(made: Family, kept: Snapshot, until: date = UNTIL) -> tuple[list[str], list[str]]:
    comparison = compared(made, until)
    beside = then_and_now(kept, comparison, comparison.baseline)
    assert beside.same == (not beside.why)
    return [one.name for one in beside.figures if not one.same], [str(one) for one in beside.why]


def test_that_nothing_is_explained_where_nothing_differs() -> None:
    assert figures(ours(), kept_of(ours())) == ([], [])


def test_that_only_the_facts_can_be_why_where_all_else_is_the_same() -> None:
    more = Plan(expected=(visit("v", date(2025, 5, 1), "mum", charged(1500, fund=0)),))
    differs, why = figures(ours(plan=more), kept_of(ours()))
    assert differs == ["runs_out", "shortfall", "lowest", "cash", "end"]
    assert why == ["家里记下的事、绑定或预计改过了"]


def test_that_the_engine_the_packs_the_account_and_the_months_of_then_are_named() -> None:
    kept = replace(
        kept_of(ours()),
        engine="0.0.1",
        packs=(("cn-43", "2020.1"), ("cn-99", "1")),
        account="mum",
        taken_on=date(2025, 1, 2),
        cash=yuan(1),
    )
    packs = shipped().packs
    differs, why = figures(ours(), kept, date(2027, 4, 1))
    assert differs == ["cash"]
    assert why == [
        "那时算的是另一个人的账户",
        "那时推演到2027年3月，现在到2027年4月",
        "那时从2025年2月算起，现在从2025年4月算起",
        f"程序从 0.0.1 换成了 {compared(ours()).engine}",
        f"规则包 湖南 从 2020.1 换成了 {packs['cn-43'].version}",
        "那时用的规则包 cn-99 1 现在没有",
        f"多了规则包 长沙 {packs['cn-4301'].version}",
        f"多了规则包 全国 {packs['cn'].version}",
    ]


def test_that_a_figure_is_shown_as_it_was_and_as_it_is() -> None:
    made = replace(ours(), people=(worker(balance=300), resident()))
    comparison = compared(made)
    shown = then_and_now(kept_of(ours()), comparison, comparison.baseline).figures
    assert Figure("runs_out", None, date(2025, 9, 1)) in shown
    assert Figure("shortfall", None, yuan(100)) in shown
