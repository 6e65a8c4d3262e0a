"""家庭报告。The sentences and numbers of a report, before anything is painted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from desktop.domain.account import Account
from desktop.domain.binding import Relation
from desktop.domain.care import Purpose, Setting
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING, total
from desktop.domain.people import Status
from desktop.domain.plan import Plan, Recurring, Rhythm
from desktop.domain.premium import PremiumPayment, Refund
from desktop.usecases.open_family import open_family
from desktop.usecases.overview import overview
from desktop.usecases.report import Report, report_of
from desktop.usecases.report_grounds import MOST_ACTIONS
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, bound, charged, family, resident, shipped, visit, worker, yuan

if TYPE_CHECKING:
    from desktop.domain.family import Family

TODAY = date(2026, 11, 21)
TO_COME = date(2026, 12, 5)


@cache
def sample(name: str = "sandwich-family") -> Review:
    return review(open_family(RESOURCES / "samples" / f"{name}.json", TODAY), shipped())


@cache
def sandwich() -> Report:
    return report_of(sample())


def told(one: Family) -> Report:
    return report_of(review(one, shipped()))


def monthly(fee: int, patient: str = "me") -> Plan:
    return Plan((Recurring(visit("r", TO_COME, patient, charged(fee, fund=0)), Rhythm.MONTH),))


# ------------------------------------------------------------------------------------------------- conclusion


def test_that_the_first_sentence_says_how_long_what_lacks_and_what_would_help() -> None:
    assert sandwich().conclusion == (
        "按现在的绑定，账户还可支撑 17 个月。2028年5月母亲住院后首次不足，缺 115.65 元。"
        "母亲改由哥哥支付，5 年内不会不足。"
    )


def test_that_an_account_that_lasts_is_said_to_last() -> None:
    said = report_of(sample("young-couple")).conclusion
    assert said.startswith("按现在的绑定，账户今后 5 年都够用。12 个月内最低 ")


def test_that_without_an_account_nothing_is_foretold() -> None:
    report = told(family(worker(balance=None), as_of=TODAY))
    assert report.conclusion == "还没有登记个人账户，无从推算。"
    assert report.balance is None


def test_that_an_account_used_up_to_the_fen_lacks_nothing() -> None:
    once = Plan(expected=(visit("v", TO_COME, "me", charged(1000, fund=0)),))
    report = told(family(worker(balance=1000), as_of=TODAY, plan=once))
    assert report.conclusion == "按现在的绑定，账户还可支撑 0 个月。"


def test_that_a_premium_may_be_what_is_short() -> None:
    due = Plan(expected=(PremiumPayment("p", TO_COME, "mum", 2027, None, "me"),))
    poor = family(worker(balance=50), resident(), bindings=(bound(),), as_of=TODAY, plan=due)
    assert "父母缴居民医保费后首次不足，缺 " in told(poor).conclusion


def test_that_what_only_puts_it_off_is_said_to() -> None:
    """The second payer takes over one of two relatives whose bills the account does not stand."""
    both = family(
        worker(balance=2000, opened=date(2026, 1, 1)),
        worker("aunt", 90000, opened=date(2026, 1, 1)),
        resident("mum"),
        bindings=(bound(), bound("aunt", since=date(2026, 6, 1), relation=Relation.SIBLING)),
        as_of=TODAY,
        plan=Plan(
            (
                Recurring(visit("a", TO_COME, "mum", charged(400, fund=0)), Rhythm.MONTH),
                Recurring(visit("b", TO_COME, "me", charged(100, fund=0)), Rhythm.MONTH),
            )
        ),
    )
    assert "推迟到" in told(both).conclusion


# -------------------------------------------------------------------------------------------- people, figures


def test_that_the_table_adds_up_to_what_the_account_paid() -> None:
    for name in ("sandwich-family", "young-couple", "retiree"):
        report = report_of(sample(name))
        assert total(row.used for row in report.rows) + report.own == report.total
        assert report.total == overview(sample(name)).spent_this_year


def test_that_the_gravest_of_each_person_stands_in_a_few_words() -> None:
    said = {row.word: (row.severity, row.note) for row in sandwich().rows}
    assert said["母亲"] == (Severity.ERROR, "同时有两位共济人")
    assert said["弟弟"] == (Severity.WARNING, "有一天没有待遇")
    assert said["配偶"] == (None, "")


def test_that_someone_bound_no_more_is_listed_for_what_they_used() -> None:
    gone = bound(until=date(2026, 3, 31))
    used = visit("v", date(2026, 3, 1), charges=charged(80, fund=0))
    report = told(family(worker(), resident(), bindings=(gone,), events=(used,), as_of=TODAY))
    assert [(row.used, row.note) for row in report.rows] == [(yuan(80), "绑定到 2026-03-31")]


def test_that_someone_never_insured_is_listed_too() -> None:
    nobody = replace(resident(), coverage=())
    report = told(family(worker(), nobody, bindings=(bound(),), as_of=TODAY))
    assert [(row.insured, row.severity) for row in report.rows] == [("未参保", Severity.ERROR)]


def test_that_what_no_rule_is_known_about_is_open() -> None:
    early = bound(since=date(2015, 1, 1))
    report = told(family(worker(opened=date(2014, 1, 1)), resident(), bindings=(early,), as_of=TODAY))
    assert [row.severity for row in report.rows] == [Severity.NOTE]


def test_that_the_bills_of_the_year_are_counted_less_what_was_taken_back() -> None:
    events = (
        visit("v", date(2026, 3, 1), charges=charged(300, fund=100)),
        visit("back", date(2026, 3, 2), charges=charged(700, fund=200)),
        Refund("r", date(2026, 3, 3), "back"),
        visit("last-year", date(2025, 3, 1), charges=charged(40, fund=0)),
        PremiumPayment("p", date(2026, 1, 8), "mum", 2026, None, "me"),
    )
    report = told(family(worker(), resident(), bindings=(bound(),), events=events, as_of=TODAY))
    assert report.sources.sums == (yuan(100), NOTHING, yuan(200), NOTHING)


# ----------------------------------------------------------------------------------------- actions, grounds


def test_that_three_actions_come_with_their_basis_and_what_they_change() -> None:
    actions = sandwich().actions
    assert [one.title for one in actions] == [
        "母亲改由哥哥支付",
        "改由配偶绑定岳父",
        "冲正祖母的药店购药 2026-11-18",
    ]
    assert "12 个月内最低由 2,232.01 升到 5,126.75" in actions[0].detail
    assert "依据 国办发〔2024〕38号，可信度高" in actions[1].detail
    assert len(actions) == MOST_ACTIONS


def test_that_where_only_a_person_can_mend_it_the_advice_of_the_rule_stands() -> None:
    titles = [one.title for one in report_of(sample("young-couple")).actions]
    assert titles[0] == "岳父：等下月划入后再用，或由另一位有余额的近亲属绑定"


def test_that_a_quiet_family_has_nothing_to_do() -> None:
    quiet = told(family(worker(), as_of=TODAY))
    assert quiet.actions == ()


def test_that_an_action_may_cost_something_too() -> None:
    """A bill that was barred is paid in cash when it is taken back and the account is spared nothing."""
    wrong = replace(visit("v", date(2026, 11, 1), "me", charged(60, own=60)), purpose=Purpose.WELLNESS)
    report = told(family(worker(), events=(wrong,), as_of=TODAY, plan=monthly(10)))
    assert report.actions[0].title.startswith("冲正本人的")


def test_that_every_finding_stands_with_its_clause_and_how_sure_it_is() -> None:
    grounds = sandwich().grounds
    assert [one.severity for one in grounds] == sorted(
        (one.severity for one in grounds), key=list(Severity).index
    )
    disputed = next(one for one in grounds if one.disputed)
    assert disputed.others == ("个人负担的医疗费用都可付，含目录外自费",)
    assert grounds[0].confidence == "中"
    assert grounds[0].since == "2022-10-01"
    assert grounds[1].document.endswith("，国办发〔2024〕38号")
    assert grounds[-1].document == "本程序的约定"


def test_that_a_missing_opening_is_no_clause_of_any_day() -> None:
    late = family(
        worker(opened=date(2026, 6, 1)),
        resident(),
        bindings=(bound(),),
        events=(visit("v", date(2026, 3, 1), charges=charged(80, fund=0)),),
        as_of=TODAY,
    )
    assert any("起登记" in one.sentence for one in told(late).grounds)


def test_that_a_base_not_filled_in_concerns_the_holder() -> None:
    unknown = family(worker(opened=date(2026, 1, 1)), as_of=TODAY, credit_monthly=True)
    assert [one.title for one in told(unknown).actions] == ["本人：填上缴费基数（工资单或湘医保上可查）"]


# --------------------------------------------------------------------------------------------------- the rest


def test_that_the_report_says_how_it_was_reckoned_and_claims_no_chances() -> None:
    said = "".join(sandwich().method)
    assert "2027年1月1日起的规则还没有收录" in said
    assert "按填好的规划逐月推算" in said
    assert "没有随机试算" in said
    assert "过去十二个月" in "".join(told(family(worker(), as_of=TODAY)).method)


def test_that_versions_and_the_code_are_there() -> None:
    assert sandwich().packs == "全国 2026.1，湖南 2026.1，长沙 2026.1"
    assert (sandwich().code or "").startswith("GJ1")


@pytest.mark.parametrize("status", [Status.RETIRED, Status.SUSPENDED, Status.FLEXIBLE])
def test_that_every_kind_of_holder_can_be_reported_on(status: Status) -> None:
    holder = replace(worker(status=status), account=Account())
    assert told(family(holder, as_of=TODAY)).planned_months


def test_that_a_stay_is_among_the_sources() -> None:
    stay = visit("s", date(2026, 5, 1), "me", charged(9000), setting=Setting.INPATIENT)
    assert told(family(worker(), events=(stay,), as_of=TODAY)).sources.pool > 0
