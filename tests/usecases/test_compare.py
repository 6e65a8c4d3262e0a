"""方案对比。Columns, deltas from two full runs, the postings that explain them, and an average year."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.account import Account
from desktop.domain.binding import Relation
from desktop.domain.care import Setting
from desktop.domain.family import Family
from desktop.domain.matter import AccountTransfer
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.people import Status
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Rhythm, RuleChange, Scenario
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.trouble import InputRefused
from desktop.exchange.results import RESULTS
from desktop.usecases.compare import Comparison, compare, delta, differences
from desktop.usecases.compare_result import comparison_result
from desktop.usecases.open_family import open_family
from desktop.usecases.yearly_flows import yearly_flows
from tests.families import (
    RESOURCES,
    SUZHOU,
    bound,
    charged,
    families,
    family,
    gifts,
    hospital,
    quota,
    resident,
    sent,
    shipped,
    through_wallet,
    visit,
    wallet_families,
    worker,
    yuan,
)
from tests.planning.test_matter_properties import busy_families, matters

TODAY = date(2026, 11, 21)
FIVE_YEARS_ON = date(2031, 11, 1)
SAMPLES = ("sandwich-family", "young-couple", "retiree")
AS_OF, UNTIL = date(2025, 3, 20), date(2027, 3, 1)


def sample(stem: str) -> Family:
    return open_family(Path(RESOURCES / "samples" / f"{stem}.json"), TODAY)


def of_sample(stem: str) -> Comparison:
    ours = sample(stem)
    return compare(ours, shipped(), FIVE_YEARS_ON, [one.name for one in ours.scenarios])


def stay(fee: int = 1000, on: date = date(2025, 5, 10), patient: str = "mum") -> Recurring:
    """What the account has to pay of it is the fee: the fund pays nothing by its receipt."""
    return Recurring(
        visit(f"stay-{patient}", on, patient, charged(fee, fund=0), setting=Setting.INPATIENT), Rhythm.YEAR
    )


def ours(plan: Plan | None = None, *scenarios: Scenario, balance: int = 1500) -> Family:
    made = family(
        replace(worker(balance=balance), relation=None),
        resident(),
        worker("bro", 5000),
        bindings=(bound(),),
        as_of=AS_OF,
        plan=plan or Plan((stay(),)),
    )
    return replace(made, scenarios=scenarios, holder="me")


def to_brother(name: str = "bro pays") -> Scenario:
    by_brother = bound("bro", "mum", date(2025, 4, 1), name="b2")
    return Scenario(name, ends={"me-mum": date(2025, 3, 31)}, bindings=(by_brother,))


def compared(made: Family, until: date = UNTIL) -> Comparison:
    return compare(made, shipped(), until, [one.name for one in made.scenarios])


def explained(comparison: Comparison) -> None:
    """Every delta is the sum of its postings, to the fen."""
    for run in comparison.runs:
        rows, said = differences(comparison, run), delta(comparison.baseline, run)
        assert total(one.account for one in rows) == said.end
        assert total(one.cash for one in rows) == said.cash
        assert total(one.others for one in rows) == total(said.by_others.values())
        assert [one.on for one in rows] == sorted(one.on for one in rows)
        assert all(one.account or one.cash or one.others or one.own_care for one in rows)


# ---------------------------------------------------------------------------------------------------- columns


def test_that_the_sandwich_family_falls_short_where_its_picture_says() -> None:
    comparison = of_sample("sandwich-family")
    baseline, by_brother, in_cash, by_spouse = comparison.runs
    assert (baseline.name, by_brother.name) == ("", "母亲改由哥哥支付")
    assert baseline.runs_out == date(2028, 5, 1)
    assert str(baseline.differs) == "现在的 7 条绑定"
    assert str(baseline.cause) == ("2028年5月母亲住院，医保后要付 2,744.74，当时账户只有 2,629.09，缺 115.65")
    assert by_brother.runs_out is None
    assert by_brother.cause is None
    assert [*by_brother.by_others] == ["elder_brother"]
    assert str(by_brother.differs) == "母亲换成哥哥出"
    assert str(in_cash.differs) == "4 人保费用现金交"
    assert str(by_spouse.differs) == "女儿、儿子换成配偶出；女儿、儿子的保费由配偶交"
    assert (in_cash.runs_out, by_spouse.runs_out) == (date(2030, 5, 1), date(2029, 5, 1))
    assert [*by_spouse.by_others] == ["spouse"]
    assert comparison.run("母亲改由哥哥支付") is by_brother
    assert comparison.packs[0] == ("长沙", shipped().packs["cn-4301"].version)


def test_that_lasting_past_the_end_is_told_as_at_least() -> None:
    comparison = of_sample("sandwich-family")
    baseline, by_brother, in_cash, _ = comparison.runs
    assert (delta(baseline, by_brother).later, delta(baseline, by_brother).beyond) == (43, True)
    assert (delta(baseline, in_cash).later, delta(baseline, in_cash).beyond) == (24, False)
    assert (delta(by_brother, baseline).later, delta(by_brother, baseline).beyond) == (-43, True)
    assert (delta(by_brother, by_brother).later, delta(by_brother, by_brother).beyond) == (0, False)


def test_that_the_lowest_is_of_the_first_twelve_months_only() -> None:
    run = compared(ours(balance=2000)).baseline
    assert run.lowest is not None
    assert run.lowest.balance == yuan(1000)
    assert run.end == NOTHING


def test_that_what_the_brother_pays_for_himself_is_not_paid_for_the_family() -> None:
    plan = Plan((stay(), stay(300, patient="bro")))
    baseline, by_brother = compared(ours(plan, to_brother())).runs
    assert dict(baseline.by_others) == {}
    assert dict(by_brother.by_others) == {"bro": yuan(2000)}


def test_that_a_premium_paid_for_another_is_paid_by_others() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "bro"),))
    made = replace(ours(plan), bindings=(bound("bro"),))
    assert dict(compared(made).baseline.by_others) == {"bro": yuan(800)}


def test_that_a_scenarios_own_law_is_run_by() -> None:
    dearer = Scenario("dearer", rules=(RuleChange("premium.personal", date(2026, 1, 1), Decimal("500.00")),))
    comparison = compared(ours(Plan(premiums=(PlannedPremium("mum", None),)), dearer))
    assert delta(*comparison.runs).cash == yuan(200)
    assert str(comparison.runs[1].differs) == "假设2026年1月起居民医保个人缴费标准为 500.00 元/年"


@pytest.mark.parametrize(
    ("names", "until", "account", "place"),
    [
        (["bro pays"] * 5, UNTIL, None, "--compare"),
        (["nobody pays"], UNTIL, None, "--compare"),
        ([], UNTIL, "stranger", "--account"),
        ([], date(2025, 3, 1), None, "--until"),
    ],
)
def test_that_what_cannot_be_compared_is_refused_by_name(
    names: list[str], until: date, account: str | None, place: str
) -> None:
    made = ours(None, to_brother())
    with pytest.raises(InputRefused) as refused:
        compare(made, shipped(), until, names, account=account)
    assert refused.value.file == place


def test_that_a_family_without_scenarios_says_so_where_one_is_named() -> None:
    with pytest.raises(InputRefused, match="一个也没有"):
        compare(ours(), shipped(), UNTIL, ["nobody pays"])


def test_that_another_account_may_be_compared_and_an_unknown_run_is_a_key_error() -> None:
    comparison = compare(ours(None, to_brother()), shipped(), UNTIL, ["bro pays"], account="bro")
    assert comparison.account == "bro"
    assert delta(*comparison.runs).end == yuan(-2000)
    with pytest.raises(KeyError):
        comparison.run("nobody pays")


# ------------------------------------------------------------------------------------------------------ cause


def test_that_a_premium_the_account_is_too_small_for_is_the_cause() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "me"),))
    run = compared(ours(plan, balance=500)).baseline
    assert str(run.cause) == (
        "2026年9月代缴父母的 2027 年度居民医保费 400.00，当时账户只有 100.00，缺 300.00"
    )


def test_that_an_account_used_up_to_the_fen_says_by_what() -> None:
    run = compared(ours(balance=1000), date(2025, 12, 1)).baseline
    assert run.runs_out == date(2025, 5, 1)
    assert str(run.cause) == "2025年5月付了父母住院之后，账户正好用完"


def test_that_both_are_said_where_it_is_used_up_before_it_falls_short() -> None:
    run = compared(ours(balance=1000)).baseline
    assert str(run.cause) == (
        "2025年5月付了父母住院之后，账户正好用完；"
        "2026年5月父母住院，医保后要付 1,000.00，当时账户只有 0.00，缺 1,000.00"
    )


# ------------------------------------------------------------------------------------------------------ notes


def test_that_unpublished_premiums_are_noted_once_for_all_years_and_runs() -> None:
    comparison = of_sample("sandwich-family")
    said = [str(one.says) for one in comparison.notes]
    assert said[0] == "2027 至 2032 年度保费未公布，按 400.00 估算"
    assert len(said) == len(set(said))
    assert "binding.payer_balance_zero" not in {one.rule for one in comparison.notes}


def test_that_one_unpublished_year_is_named_alone() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", None),))
    made = replace(ours(plan), as_of=date(2026, 8, 1))
    [note, *_] = compared(made, date(2026, 12, 1)).notes
    assert str(note.says) == "2027年度保费未公布，按 400.00 估算"


def test_that_a_finding_only_a_scenario_brings_is_noted() -> None:
    twice = Scenario("twice", bindings=(bound("bro", "mum", date(2025, 3, 10), name="b2"),))
    comparison = compared(ours(None, twice))
    assert "binding.two_payers" in {one.rule for one in comparison.notes}
    assert "binding.two_payers" in {one.rule for one in comparison.runs[1].findings}
    assert "binding.two_payers" not in {one.rule for one in comparison.baseline.findings}


# ------------------------------------------------------------------------------------------------ differences


@pytest.mark.parametrize("stem", SAMPLES)
def test_that_the_deltas_of_a_sample_are_explained_by_its_postings(stem: str) -> None:
    explained(of_sample(stem))


def test_that_one_event_tells_who_pays_it_instead() -> None:
    comparison = compared(ours(None, to_brother()))
    first, second = differences(comparison, comparison.runs[1])
    assert (first.on, str(first.what)) == (date(2025, 5, 10), "父母住院")
    assert (first.account, first.cash, first.others) == (yuan(1000), NOTHING, yuan(1000))
    assert (second.account, second.cash, second.others) == (yuan(500), -yuan(500), yuan(1000))


def test_that_what_others_no_longer_have_for_themselves_is_told_apart() -> None:
    plan = Plan((stay(5000), stay(300, date(2025, 6, 10), patient="bro")))
    comparison = compared(ours(plan, to_brother()), date(2025, 12, 1))
    [_, own] = differences(comparison, comparison.runs[1])
    assert (own.cash, own.others, own.own_care) == (yuan(300), NOTHING, -yuan(300))
    explained(comparison)


def test_that_events_left_out_and_refunds_are_differences_too() -> None:
    paid = visit("v1", date(2025, 4, 2), "mum", charged(70, fund=0))
    premium = PremiumPayment("p1", date(2025, 9, 2), "mum", 2026, None, "me")
    plan = Plan((stay(),), expected=(paid, premium))
    other = Plan(
        expected=(paid, Refund("r1", date(2025, 4, 3), "v1"), premium, Refund("r2", date(2025, 9, 3), "p1"))
    )
    comparison = compared(ours(plan, Scenario("other", plan=other)))
    rows = {one.event: one for one in differences(comparison, comparison.runs[1])}
    assert (str(rows["r1"].what), rows["r1"].account) == ("退回父母普通门诊", yuan(70))
    assert (str(rows["r2"].what), rows["r2"].account) == ("退回父母的 2026 年度居民医保费", yuan(400))
    assert [str(one.what) for name, one in rows.items() if name.startswith("stay")] == ["父母住院"] * 2
    explained(comparison)


def test_that_what_another_gives_to_a_wallet_or_pays_by_a_quota_does_not_look_free() -> None:
    shared = through_wallet("bro", "mum", date(2026, 2, 1))
    given_ = quota(500, date(2026, 2, 15), "bro")
    paid = visit("v1", date(2026, 3, 5), "mum", charged(300, fund=0), provider=hospital(area=SUZHOU))
    made = ours(Plan(expected=(paid,)), Scenario("quota", bindings=(shared,), events=(given_,)))
    people = (
        made.people[0],
        replace(made.people[1], coverage=resident(area=SUZHOU).coverage),
        made.people[2],
    )
    comparison = compared(replace(made, people=people, bindings=()))
    [row] = differences(comparison, comparison.runs[1])
    assert (row.event, row.cash, row.others) == ("v1", -yuan(300), yuan(300))
    assert dict(comparison.runs[1].by_others) == {"bro": yuan(300)}
    earlier = sent(200, date(2025, 10, 20), "bro")
    shared = through_wallet("bro", "mum", date(2025, 10, 1))
    made = ours(Plan(), Scenario("gift", bindings=(shared,), events=(earlier,)))
    comparison = compared(replace(made, people=people, bindings=()))
    [row] = differences(comparison, comparison.runs[1])
    assert (str(row.what), row.others, row.own_care) == (
        "家人转给家人的医保钱包 200.00 元",
        yuan(200),
        NOTHING,
    )
    explained(comparison)


def test_that_an_account_that_moves_away_whole_has_not_run_out() -> None:
    moved = Scenario("moves", events=(AccountTransfer("x", date(2025, 6, 1), "me", "430100", "441900"),))
    run = compared(ours(Plan(), moved)).runs[1]
    assert (run.cause, run.runs_out) == (None, None)


def test_that_other_credits_are_told_by_their_day_and_without_an_event() -> None:
    half = Scenario("half", rules=(RuleChange("account.own_rate", date(2025, 6, 1), Decimal("0.01")),))
    made = ours(Plan(), half)
    people = (worker(balance=1500, base=10_000), *made.people[1:])
    made = replace(made, people=people, settings=replace(made.settings, credit_monthly=True))
    comparison = compared(made, date(2025, 7, 1))
    rows = differences(comparison, comparison.runs[1])
    assert [(one.on.month, one.event, str(one.what), one.account) for one in rows] == [
        (6, "", "划入", -yuan(100)),
        (7, "", "划入", -yuan(100)),
    ]


def test_that_what_differs_before_the_first_planned_day_is_one_row() -> None:
    earlier = Scenario("earlier", events=(visit("v0", date(2025, 3, 25), "mum", charged(60, fund=0)),))
    comparison = compared(ours(None, earlier), date(2025, 12, 1))
    [row] = differences(comparison, comparison.runs[1])
    assert (row.on, row.event, str(row.what)) == (date(2025, 3, 31), "", "2025年4月以前的进出")
    assert (row.account, row.cash) == (-yuan(60), NOTHING)


def test_that_an_account_opened_in_the_planned_months_is_a_flow() -> None:
    made = ours(Plan())
    later = replace(worker(), account=Account(date(2025, 6, 1), yuan(90)))
    comparison = compared(replace(made, people=(later, *made.people[1:])))
    [flow] = yearly_flows(comparison, comparison.baseline)
    assert (str(flow.what), flow.amount) == ("期初余额", yuan(45))


quick = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def scenarios(draw: st.DrawFn, of: Family) -> Scenario:
    """Bindings ended, another one made, other events, and premiums paid otherwise."""
    names = [person.id for person in of.people]
    ended = {one.id: draw(st.dates(one.since, date(2027, 6, 1))) for one in of.bindings}
    payer, beneficiary = draw(st.permutations(names))[:2]
    since = draw(st.dates(date(2025, 1, 1), date(2027, 6, 1)))
    relation = draw(st.sampled_from([Relation.PARENT, Relation.SPOUSE]))
    on = draw(st.dates(of.as_of - timedelta(days=90), of.as_of + timedelta(days=500)))
    paid_from = draw(st.none() | st.sampled_from(names))
    return Scenario(
        "other",
        ends={name: day for name, day in ended.items() if draw(st.booleans())},
        bindings=(bound(payer, beneficiary, since, name="new", relation=relation),),
        events=(visit("more", on, draw(st.sampled_from(names))),),
        premiums=(PlannedPremium(draw(st.sampled_from(names)), paid_from),),
    )


@quick
@given(st.data(), families())
def test_that_any_delta_is_explained_by_its_postings(data: st.DataObject, made: Family) -> None:
    scenario = data.draw(scenarios(made))
    made = replace(made, scenarios=(scenario,))
    comparison = compared(made, made.as_of + timedelta(days=800))
    explained(comparison)
    for run in comparison.runs:
        assert (run.cause is None) == (run.runs_out is None)


@quick
@given(st.data(), busy_families() | wallet_families())
def test_that_any_delta_with_matters_is_explained_by_its_postings(data: st.DataObject, made: Family) -> None:
    names = tuple(person.id for person in made.people)
    on = st.dates(made.as_of + timedelta(days=1), made.as_of + timedelta(days=700))
    done = [replace(data.draw(matters(f"done{place}", names)), on=data.draw(on)) for place in range(2)]
    between = data.draw(st.sampled_from(made.bindings)) if made.bindings else bound(names[0], names[1])
    given_ = replace(data.draw(gifts("gift", between)), on=data.draw(on), at=None)
    scenario = replace(data.draw(scenarios(made)), events=(*done, given_))
    planned = replace(data.draw(matters("planned", names)), on=data.draw(on))
    made = replace(made, plan=Plan(expected=(planned,)), scenarios=(scenario,))
    comparison = compared(made, made.as_of + timedelta(days=900))
    explained(comparison)
    for run in comparison.runs:
        assert (run.cause is None) == (run.runs_out is None)


# ----------------------------------------------------------------------------------------------- yearly flows


def test_that_an_average_year_is_what_comes_in_and_what_the_account_should_pay() -> None:
    plan = Plan(
        (stay(), Recurring(visit("drugs", date(2025, 4, 5), "mum", charged(10, fund=0)), Rhythm.MONTH)),
        premiums=(PlannedPremium("mum", "me"),),
    )
    made = ours(plan, balance=1500)
    people = (worker(balance=1500, base=10_000), *made.people[1:])
    made = replace(made, people=people, settings=replace(made.settings, credit_monthly=True))
    comparison = compared(made, date(2027, 3, 1))
    flows = yearly_flows(comparison, comparison.baseline)
    assert [(str(one.what), one.amount) for one in flows] == [
        ("划入", yuan(2400)),
        ("父母住院", -yuan(1000)),
        ("代缴 1 人保费", -yuan(400)),
        ("日常看病购药", -yuan(120)),
    ]


def test_that_a_premium_the_account_is_too_small_for_is_a_flow_in_whole() -> None:
    comparison = compared(ours(Plan(premiums=(PlannedPremium("mum", "me"),)), balance=100), date(2026, 3, 1))
    [flow] = yearly_flows(comparison, comparison.baseline)
    assert (str(flow.what), flow.amount) == ("代缴 1 人保费", -yuan(400))


def test_that_what_rounding_leaves_over_goes_to_the_line_that_lost_most() -> None:
    once = (stay(1, patient=who).visit for who in ("mum", "bro"))
    made = replace(ours(Plan(expected=tuple(once))), bindings=(bound(), bound("me", "bro")))
    made = replace(made, people=(*made.people[:2], resident("bro")))
    comparison = compared(made, date(2028, 3, 1))
    flows = yearly_flows(comparison, comparison.baseline)
    assert [one.amount for one in flows] == [Money(-34), Money(-33)]


def test_that_months_past_the_last_whole_year_are_left_out() -> None:
    comparison = compared(ours(balance=9000), date(2026, 6, 1))
    [flow] = yearly_flows(comparison, comparison.baseline)
    assert flow.amount == -yuan(1000)


def test_that_less_than_a_year_is_shown_as_it_is() -> None:
    comparison = compared(ours(balance=9000), date(2025, 6, 1))
    [flow] = yearly_flows(comparison, comparison.baseline)
    assert flow.amount == -yuan(1000)


def test_that_what_fell_to_cash_and_was_taken_back_is_no_flow() -> None:
    once = visit("v1", date(2025, 4, 2), "mum", charged(2000, fund=0))
    plan = Plan(expected=(once, Refund("r1", date(2025, 4, 3), "v1")))
    comparison = compared(ours(plan))
    assert yearly_flows(comparison, comparison.baseline) == ()


@quick
@given(families())
def test_that_the_flows_of_a_year_add_up_to_the_fen(made: Family) -> None:
    comparison = compared(made, made.as_of + timedelta(days=1200))
    run = comparison.baseline
    ahead = run.outlook
    years = len(ahead.months) // 12
    end = ahead.months[12 * years - 1]
    first = ahead.months[0].month
    refunded = {one.refund.of for one in ahead.ledger.refunds.values()}
    lacked = total(
        ahead.ledger.premiums[one.event].amount if one.event in ahead.ledger.premiums else one.amount
        for one in ahead.shortfalls
        if one.on.replace(day=1) <= end.month and one.event not in refunded
    )
    began = ahead.ledger.balance(ahead.account, first - timedelta(days=1))
    whole = end.balance - began - lacked
    assert total(one.amount for one in yearly_flows(comparison, run)) == Money(whole // years)


# ----------------------------------------------------------------------------------------------------- result


def test_that_the_result_holds_every_column_with_its_delta_and_its_postings() -> None:
    written = comparison_result(of_sample("sandwich-family"))
    RESULTS["comparison"].model_validate(written)
    baseline, by_brother, *_ = written["runs"]
    assert (written["from"], written["until"]) == ("2026-12", "2031-11")
    assert written["packs"][0]["id"] == "cn-4301"
    assert baseline["scenario"] is None
    assert "delta" not in baseline
    assert baseline["first_shortfall"]["amount"] == "115.65"
    assert (by_brother["runs_out"], by_brother["first_shortfall"], by_brother["cause"]) == (None,) * 3
    assert by_brother["delta"]["later"] == 43
    assert by_brother["delta"]["at_least"] is True
    moved = total(Money.yuan(one["account"]) for one in by_brother["differences"])
    assert str(moved) == by_brother["delta"]["end"]
    assert {one["what"] for one in baseline["yearly"]} >= {"划入", "母亲住院", "代缴 4 人保费"}


def test_that_a_run_may_have_no_one_retired_or_bound() -> None:
    made = replace(ours(), bindings=(), people=(worker(status=Status.RETIRED), resident()))
    assert str(compared(made).baseline.differs) == "现在没有绑定"
