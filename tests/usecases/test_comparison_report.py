"""对比报告测试。The sentences and numbers of a printed comparison, before anything is painted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest

from desktop.domain.binding import Relation
from desktop.domain.care import Setting
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Rhythm, RuleChange, Scenario
from desktop.planning.fan import PERCENTILES, Driver, Fan, Source
from desktop.usecases.compare import Comparison, compare, delta
from desktop.usecases.comparison_report import MOST_POSTINGS, ComparisonReport, comparison_report
from desktop.usecases.open_family import open_family
from desktop.usecases.plan_years import plan_years
from desktop.usecases.report import month_words, report_of
from desktop.usecases.results import plan_result
from desktop.usecases.review import Review, review
from desktop.usecases.yearly_flows import yearly_flows
from tests.families import RESOURCES, bound, charged, family, resident, shipped, visit, worker, yuan

if TYPE_CHECKING:
    from desktop.domain.family import Family

TODAY = date(2026, 11, 21)
UNTIL = date(2031, 11, 1)
SAMPLES = ("sandwich-family", "young-couple", "retiree")
EMPTY = "\N{EN DASH}"
AS_OF, LATER = date(2025, 3, 20), date(2027, 3, 1)


@cache
def sample(name: str) -> Review:
    return review(open_family(RESOURCES / "samples" / f"{name}.json", TODAY), shipped())


@cache
def compared(name: str = "sandwich-family") -> Comparison:
    seen = sample(name)
    return compare(seen.family, seen.book, UNTIL, [one.name for one in seen.family.scenarios])


@cache
def said(name: str = "sandwich-family") -> ComparisonReport:
    return comparison_report(sample(name), compared(name))


def told(made: Family, until: date = LATER, *, chosen: str = "", fan: Fan | None = None) -> ComparisonReport:
    seen = review(made, shipped())
    names = [one.name for one in made.scenarios]
    return comparison_report(seen, compare(made, seen.book, until, names), chosen, fan)


def stay(fee: int = 1000) -> Recurring:
    one = visit("stay", date(2025, 5, 10), "mum", charged(fee, fund=0), setting=Setting.INPATIENT)
    return Recurring(one, Rhythm.YEAR)


def ours(*scenarios: Scenario, balance: int = 1500, plan: Plan | None = None) -> Family:
    made = family(
        replace(worker(balance=balance), relation=None),
        resident(),
        worker("bro", 5000),
        bindings=(bound(),),
        as_of=AS_OF,
        plan=plan or Plan((stay(),)),
    )
    return replace(made, scenarios=scenarios, holder="me")


def to_brother(name: str = "改由弟弟支付") -> Scenario:
    by_brother = bound("bro", "mum", date(2025, 4, 1), name="b2", relation=Relation.CHILD)
    return Scenario(name, ends={"me-mum": date(2025, 3, 31)}, bindings=(by_brother,))


def fan(**changes: object) -> Fan:
    """Twenty-four months in which half of a thousand futures fall short in the end."""
    months = tuple(date(2025 + (3 + n) // 12, (3 + n) % 12 + 1, 1) for n in range(24))
    made = Fan(
        account="me",
        seed=20250320,
        futures=1000,
        wanted=1000,
        months=months,
        bands={one: tuple(yuan(one * 10) for _ in months) for one in PERCENTILES},
        lasting=tuple(1000 - 500 * n // 23 for n in range(24)),
        causes=((Source("mum", Setting.INPATIENT), 500),),
        short_sums={one: yuan(one) for one in PERCENTILES},
        driver=Driver(Source("mum", Setting.INPATIENT), date(2026, 5, 1), 0.12, 0.83),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------- conclusion


def test_that_one_sentence_says_when_what_helps_and_who_pays_for_it() -> None:
    assert said().conclusion == (
        "按现在的绑定，账户2028年5月首次不足；“母亲改由哥哥支付”撑得最久，多撑 43 个月以上，"
        "5 年少付现金 14,195.51 元，哥哥的账户多付 14,392.10 元。"
    )


def test_that_what_harms_is_said_too() -> None:
    assert said("retiree").conclusion == (
        "按现在的绑定，账户到2031年11月都够用；并列的 2 个方案没有撑得一样久又更省现金的；"
        "“继续代缴孙女的居民医保费”会让账户2026年12月就不够。"
    )


def test_that_where_nothing_lasts_longer_it_is_said() -> None:
    assert told(ours(Scenario("一样"))).conclusion == (
        "按现在的绑定，账户2026年5月首次不足；并列的 1 个方案没有撑得更久的，也没有撑得一样久又更省现金的。"
    )


def test_that_without_scenarios_the_baseline_stands_alone() -> None:
    report = told(ours())
    assert report.conclusion == "按现在的绑定，账户2026年5月首次不足。"
    assert [one.name for one in report.columns] == ["基准"]
    assert [one.caption for one in report.figures] == ["基准还可支撑", "12 个月内最低", "2 年现金合计"]


def test_that_lasting_longer_may_cost_more_cash() -> None:
    """The mother's premium is paid in cash, and the stays still are by the account."""
    paid = Plan((stay(500),), premiums=(PlannedPremium("mum", "me"),))
    made = ours(Scenario("现金", premiums=(PlannedPremium("mum", None),)), balance=1100, plan=paid)
    assert "“现金”撑得最久，多撑 " in told(made).conclusion
    assert "多付现金 " in told(made).conclusion


def test_that_where_it_lasts_anyway_the_scenario_with_least_cash_is_named() -> None:
    paid = Plan(premiums=(PlannedPremium("mum", None),))
    made = ours(Scenario("账户代缴", premiums=(PlannedPremium("mum", "me"),)), balance=9000, plan=paid)
    report = told(made)
    assert report.conclusion.startswith("按现在的绑定，账户到2027年3月都够用；“账户代缴”最省现金，")
    assert report.figures[2] == ("2 年最多少付现金", "800.00", "账户代缴")


def test_that_what_stays_the_same_or_falls_for_others_is_no_cost() -> None:
    """The brother pays for his mother's stay; without that and my own bills all of us pay less."""
    mine = Recurring(visit("mine", date(2025, 6, 1), "me", charged(1000, fund=0)), Rhythm.YEAR)
    made = ours(Scenario("都不来", leaves_out=("stay", "mine")), balance=2000, plan=Plan((stay(), mine)))
    made = replace(made, bindings=(bound("bro"),))
    assert told(made).conclusion == (
        "按现在的绑定，账户2026年6月首次不足；“都不来”撑得最久，多撑 10 个月以上。"
    )


# ---------------------------------------------------------------------------------------------------- columns


def test_that_each_cell_has_its_value_and_its_difference() -> None:
    report = said()
    assert report.captions == ("首次不足", "12 个月内最低", "5 年现金合计", "改由别人账户付", "5 年末余额")
    assert [one.cells for one in report.columns] == [
        (("2028年5月", ""), ("2,232.01", ""), ("15,595.51", ""), (EMPTY, ""), ("627.66", "")),
        (
            ("5 年内无", "多撑 43 个月以上"),
            ("5,126.75", "+2,894.74"),
            ("1,400.00", "-14,195.51"),
            ("14,392.10", "哥哥"),
            ("824.25", "+196.59"),
        ),
        (
            ("2030年5月", "晚 24 个月"),
            ("5,432.01", "+3,200.00"),
            ("15,595.51", "不变"),
            (EMPTY, ""),
            ("627.66", "不变"),
        ),
        (
            ("2029年5月", "晚 12 个月"),
            ("4,072.01", "+1,840.00"),
            ("9,379.51", "-6,216.00"),
            ("6,270.00", "配偶"),
            ("681.66", "+54.00"),
        ),
    ]


def test_that_only_what_goes_over_to_other_accounts_is_told() -> None:
    """The spouse pays for her parents anyway: that is no scenario's doing."""
    baseline, first, second = said("young-couple").columns
    assert baseline.cells[3] == (EMPTY, "")
    assert first.cells[3] == ("2,720.00", "配偶")
    assert second.cells[3] == (EMPTY, "")


def test_that_falling_short_earlier_is_told_so() -> None:
    assert said("retiree").columns[1].cells[0] == ("2026年12月", "少撑 60 个月以上")
    dearer = Scenario("更贵", recurring=(replace(stay(), visit=stay(1600).visit),))
    assert told(ours(dearer)).columns[1].cells[0] == ("2025年5月", "早 12 个月")


def test_that_a_name_in_a_scenarios_name_is_not_on_paper() -> None:
    mum = replace(resident(), name="刘桂兰")
    made = ours(to_brother("刘桂兰改由弟弟支付"))
    made = replace(made, people=(made.people[0], mum, made.people[2]))
    report = told(made)
    assert "刘桂兰" not in repr(report)
    assert report.columns[1].name.endswith("改由弟弟支付")


def test_that_each_column_says_why() -> None:
    assert [one.why for one in said().columns] == [
        "2028年5月母亲住院，医保后要付 2,744.74，当时账户只有 2,629.09，缺 115.65。",
        "推算到2031年11月，每一笔都付得起，到时还有 824.25 元。",
        "2030年5月母亲住院，医保后要付 2,744.74，当时账户只有 875.99，缺 1,868.75。",
        "2029年5月母亲住院，医保后要付 2,744.74，当时账户只有 1,688.66，缺 1,056.08。",
    ]


# ------------------------------------------------------------------------------------- what differs, the year


@pytest.mark.parametrize("name", SAMPLES)
def test_that_the_postings_with_the_rest_are_the_delta_to_the_fen(name: str) -> None:
    comparison, report = compared(name), said(name)
    for run, column in zip(comparison.runs[1:], report.columns[1:], strict=True):
        of, changed = delta(comparison.baseline, run), column.changed
        assert changed is not None
        for place in range(3):
            shown = total(one.sums[place] for one in changed.postings) + changed.rest[place]
            assert shown == changed.whole[place]
        assert changed.whole == (of.end, of.cash, total(of.by_others.values()))
        assert [one.on for one in changed.postings] == sorted(one.on for one in changed.postings)


def test_that_no_posting_left_out_is_larger_than_one_shown() -> None:
    changed = said().columns[1].changed
    assert changed is not None
    assert len(changed.postings) == MOST_POSTINGS
    assert changed.left == 36
    assert [one.what for one in changed.postings].count("母亲住院") == 5


def test_that_what_others_pay_for_themselves_stands_apart() -> None:
    changed = said("young-couple").columns[2].changed
    assert changed is not None
    assert changed.own_care == yuan("2526.80")
    assert changed.rest == (NOTHING, NOTHING, NOTHING)


def test_that_a_scenario_that_changes_nothing_has_no_postings() -> None:
    changed = told(ours(Scenario("一样"))).columns[1].changed
    assert changed is not None
    assert (changed.postings, changed.left, changed.whole) == ((), 0, (NOTHING, NOTHING, NOTHING))


@pytest.mark.parametrize("name", SAMPLES)
def test_that_the_average_year_is_whole_in_every_column(name: str) -> None:
    comparison, report = compared(name), said(name)
    for place, run in enumerate(comparison.runs):
        lines = [one.amounts[place] for one in report.flows]
        assert total(one for one in lines if one is not None) == report.net[place]
        assert report.net[place] == total(one.amount for one in yearly_flows(comparison, run))


def test_that_what_comes_in_stands_before_what_goes_out() -> None:
    assert [one.what for one in said().flows] == [
        "划入",
        "母亲住院",
        "日常看病购药",
        "代缴 4 人保费",
        "代缴 2 人保费",
    ]
    assert said().flows[1].amounts == (yuan("-2748.82"), None, *[yuan("-2748.82")] * 2)


# ---------------------------------------------------------------------------------------------------- chances


def test_that_the_chances_are_told_with_what_they_hang_on() -> None:
    report = told(ours(to_brother()), date(2027, 3, 31), fan=fan())
    assert report.sure is not None
    assert report.sure.of == "基准"
    assert report.sure.said == (
        "1,000 次推演里，718 次能撑过2026年5月。",
        "主要取决于父母是否住院：父母住院多的推演，撑过2026年5月的有 12%，少的有 83%。",
        "到2027年3月不够的有 500 次，一半缺口在 50.00 元以内，十次里有九次在 90.00 元以内。",
    )
    assert [one.month for one in report.sure.chances] == [
        date(2025, 12, 1),
        date(2026, 12, 1),
        date(2027, 3, 1),
    ]
    assert report.sure.chances[-1][1:] == (500, "50%", yuan(100), yuan(500), yuan(900))
    assert report.sure.band[0] == (date(2025, 4, 1), yuan(100), yuan(900))


def test_that_the_band_is_that_of_the_column_looked_at() -> None:
    report = told(ours(to_brother()), chosen="改由弟弟支付", fan=fan())
    assert report.chosen == 1
    assert report.sure is not None
    assert report.sure.of == "改由弟弟支付"
    assert report.sure.said[0] == "1,000 次推演里，500 次能撑过2027年3月。"


def test_that_a_premium_or_a_small_bill_may_drive_it_and_nothing_may_be_short() -> None:
    by_premium = Driver(Source("mum", None), date(2026, 5, 1), 0.002, 0.999)
    lasting = fan(driver=by_premium, lasting=(1000,) * 24, short_sums={})
    assert told(ours(), fan=lasting).sure is not None
    report = told(ours(), fan=lasting)
    assert report.sure is not None
    assert report.sure.said[1:] == (
        "主要取决于父母缴居民医保费的多少：父母缴居民医保费多的推演，"
        "撑过2026年5月的有 1% 以下，少的有 99% 以上。",
        "没有一次推演在最后之前不够。",
    )


def test_that_without_a_driver_or_sums_less_is_said() -> None:
    report = told(ours(), fan=fan(driver=None, short_sums={}))
    assert report.sure is not None
    assert report.sure.said[1:] == ("到2027年3月不够的有 500 次。",)


def test_that_nothing_is_claimed_where_nothing_was_drawn() -> None:
    assert said().sure is None


# ------------------------------------------------------------------------------------------------ assumptions


def test_that_estimates_and_suppositions_are_marked() -> None:
    assert [(one.mark, one.words) for one in said().notes[:2]] == [
        ("估", "2027 至 2032 年度保费未公布，按 400.00 估算。"),
        ("假设", "2027年1月1日起的规则还没有收录，推算时假定不变。"),
    ]
    assert said().notes[2].severity is not None
    assert said().notes[-1].words.startswith("未来按填好的规划逐月推算；")


def test_that_a_supposed_rule_is_named_with_its_scenario() -> None:
    change = RuleChange("premium.personal", date(2026, 1, 1), Decimal("500.00"))
    notes = told(ours(Scenario("保费涨价", rules=(change,)))).notes
    words = [one.words for one in notes if one.mark == "假设"]
    assert words[0] == "“保费涨价”：2026年1月起居民医保个人缴费标准为 500.00 元/年。"


def test_that_within_the_packs_cover_nothing_is_assumed() -> None:
    made = replace(ours(), plan=None)
    report = told(made, date(2025, 12, 1))
    assert not [one for one in report.notes if one.mark == "假设"]
    assert "过去十二个月" in report.notes[-1].words


def test_that_versions_and_cover_are_there() -> None:
    report = said()
    assert report.packs == "全国 2026.1，湖南 2026.1，长沙 2026.1"
    assert report.covered_until == date(2026, 12, 31)
    assert report.engine == compared().engine
    assert report.balance == yuan("8426.35")


# ------------------------------------------------------------------------- the same month wherever one looks


@pytest.mark.parametrize("name", SAMPLES)
def test_that_report_plan_comparison_and_overview_name_the_same_month(name: str) -> None:
    seen = sample(name)
    planned = plan_years(seen.family, seen.book, UNTIL)
    written, printed = plan_result(planned, ()), report_of(seen)
    month = seen.ahead.runs_out
    assert planned.runs_out == printed.runs_out == compared(name).baseline.runs_out == month
    assert written["runs_out"] == (None if month is None else f"{month:%Y-%m}")


def test_that_the_sandwich_family_runs_out_in_the_month_that_every_text_names() -> None:
    seen = sample("sandwich-family")
    month = seen.ahead.runs_out
    assert month == date(2028, 5, 1)
    planned = plan_years(seen.family, seen.book, UNTIL)
    assert plan_result(planned, ())["runs_out"] == "2028-05"
    assert month_words(month) in report_of(seen).conclusion
    assert month_words(month) in said().conclusion
    assert report_of(seen).shortfall == (planned.shortfall.on, planned.shortfall.amount)  # type: ignore[union-attr]
    assert isinstance(said().balance, Money)
