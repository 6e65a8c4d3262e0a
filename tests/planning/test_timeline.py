"""时间线。An account month by month: what comes back or is planned, when it runs out, what is assumed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.account import Account, Base
from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.money import NOTHING, Money, total
from desktop.domain.people import Person, Status
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Rhythm, Scenario
from desktop.domain.premium import PremiumPayment, Refund
from desktop.planning.expected import expected_events, first_planned_day
from desktop.planning.ledger import keep
from desktop.planning.lives import grown
from desktop.planning.scenario import with_scenario
from desktop.planning.timeline import Outlook, holder_of, outlook
from desktop.policy.book import Book
from tests.families import CHANGSHA, bound, charged, family, resident, shipped, visit, worker, yuan
from tests.policy.packs import pack

TODAY = date(2025, 3, 20)
MADE = "\N{NO-BREAK SPACE}"


def planned(plan: Plan | None = None, *events: Event, balance: int = 1000, as_of: date = TODAY) -> Family:
    return family(
        worker(balance=balance), resident(), bindings=(bound(),), events=events, as_of=as_of, plan=plan
    )


def ahead(ours: Family, until: date = date(2026, 12, 1), account: str = "me") -> Outlook:
    return outlook(ours, shipped(), account, until)


def days(ours: Family, until: date = date(2026, 12, 31)) -> list[date]:
    return sorted(event.on for event in expected_events(ours, shipped().assuming_unchanged(), until))


def monthly(fee: int = 100, start: date = date(2025, 1, 31), patient: str = "mum") -> Recurring:
    return Recurring(visit("again", start, patient, charged(fee, fund=0)), Rhythm.MONTH)


# --------------------------------------------------------------------------------------------------- expected


def test_that_the_first_planned_month_is_the_one_after_the_familys_day() -> None:
    assert first_planned_day(planned()) == date(2025, 4, 1)
    assert first_planned_day(planned(as_of=date(2025, 12, 31))) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (Rhythm.MONTH, [date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30)]),
        (Rhythm.QUARTER, [date(2025, 4, 30)]),
        (Rhythm.YEAR, []),
    ],
)
def test_that_a_bill_comes_back_in_its_rhythm_on_its_day(every: Rhythm, expected: list[date]) -> None:
    plan = Plan((replace(monthly(), every=every),))
    assert days(planned(plan), date(2025, 6, 30)) == expected


def test_that_a_bill_comes_back_until_its_last_day() -> None:
    plan = Plan((replace(monthly(), until=date(2025, 5, 31)),))
    assert days(planned(plan)) == [date(2025, 4, 30), date(2025, 5, 31)]
    names = {event.id for event in expected_events(planned(plan), shipped(), date(2025, 12, 31))}
    assert names == {f"again{MADE}2025-04-30", f"again{MADE}2025-05-31"}


def test_that_expected_events_happen_on_their_days_and_none_before_the_plan() -> None:
    plan = Plan(
        expected=(visit("a", date(2025, 3, 31)), visit("b", date(2025, 4, 1)), visit("c", date(2030, 1, 1)))
    )
    assert days(planned(plan)) == [date(2025, 4, 1)]


def test_that_without_a_plan_the_last_twelve_months_come_back_each_year() -> None:
    happened = [
        visit("old", date(2024, 3, 20)),
        visit("in", date(2024, 3, 21)),
        visit("spring", date(2024, 5, 5)),
        visit("late", date(2025, 3, 21)),
    ]
    assert days(planned(None, *happened), date(2027, 3, 31)) == [
        date(2025, 5, 5),
        date(2026, 3, 21),
        date(2026, 5, 5),
        date(2027, 3, 21),
    ]


def test_that_what_was_taken_back_does_not_come_back() -> None:
    undone = visit("wrong", date(2024, 6, 1)), Refund("r1", date(2024, 6, 2), "wrong")
    assert days(planned(None, *undone, visit("right", date(2024, 6, 2)))) == [
        date(2025, 6, 2),
        date(2026, 6, 2),
    ]


def test_that_a_premium_of_last_year_comes_back_for_the_next_benefit_year_at_its_price() -> None:
    paid = PremiumPayment("p1", date(2024, 10, 1), "mum", 2025, yuan(380), "me")
    [again] = expected_events(planned(None, paid), shipped(), date(2025, 12, 31))
    name = f"premium-mum{MADE}2026"
    assert again == PremiumPayment(name, date(2025, 10, 1), "mum", 2026, None, "me")


def test_that_planned_premiums_fall_on_the_first_planned_day_of_each_window() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "me"), PlannedPremium("me", None)))
    events = [
        (event.on, event.insured, event.benefit_year, event.paid_from)
        for event in expected_events(planned(plan), shipped().assuming_unchanged(), date(2026, 12, 31))
        if isinstance(event, PremiumPayment)
    ]
    assert events == [
        (date(2025, 9, 1), "mum", 2026, "me"),
        (date(2026, 9, 1), "mum", 2027, "me"),
        (date(2025, 9, 1), "me", 2026, None),
        (date(2026, 9, 1), "me", 2027, None),
    ]


def test_that_a_plan_within_a_window_pays_at_once_and_after_it_not_at_all() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "me"),))
    assert days(planned(plan, as_of=date(2025, 11, 5)), date(2026, 3, 31)) == [date(2025, 12, 1)]
    assert days(planned(plan, as_of=date(2026, 1, 5)), date(2026, 3, 31)) == []


def test_that_a_year_already_paid_or_expected_is_not_planned_again() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "me"),))
    paid = PremiumPayment("p1", date(2025, 9, 5), "mum", 2026, None, "me")
    assert days(planned(plan, paid, as_of=date(2025, 11, 5)), date(2026, 8, 31)) == []
    expected = replace(plan, expected=(replace(paid, on=date(2025, 12, 5)),))
    assert days(planned(expected, as_of=date(2025, 11, 5)), date(2026, 8, 31)) == [date(2025, 12, 5)]


def test_that_a_year_whose_window_no_pack_knows_is_left_out() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "me"),))
    assert list(expected_events(planned(plan), Book([pack("cn")]), date(2026, 12, 31))) == []


@pytest.mark.parametrize("growth", ["0.05", "-0.1"])
def test_that_a_wage_base_grows_each_january_by_the_ratio(growth: str) -> None:
    plan = Plan(wage_growth=Decimal(growth))
    account = Account(bases=(Base(date(2020, 1, 1), yuan(10_000)),))
    grown_up = grown(replace(worker(), account=account), plan, TODAY, date(2027, 5, 1)).account
    assert grown_up is not None
    factor = 1 + Decimal(growth)
    assert grown_up.base_on(date(2025, 12, 31)) == yuan(10_000)
    assert grown_up.base_on(date(2026, 1, 1)) == Money.yuan(10_000 * factor)
    assert grown_up.base_on(date(2027, 5, 1)) == Money.yuan(10_000 * factor**2)


@pytest.mark.parametrize(
    ("person", "plan"),
    [
        (resident(), Plan(wage_growth=Decimal("0.1"))),
        (worker(), Plan(wage_growth=Decimal("0.1"))),
        (worker(base=100), Plan()),
        (worker(base=100), None),
    ],
)
def test_that_nothing_grows_where_there_is_nothing_to_grow(person: Person, plan: Plan | None) -> None:
    assert grown(person, plan, TODAY, date(2027, 5, 1)) == person


def test_that_a_base_known_ahead_grows_from_its_own_year() -> None:
    person = replace(worker(), account=Account(bases=(Base(date(2026, 6, 1), yuan(1)),)))
    account = grown(person, Plan(wage_growth=Decimal("0.1")), TODAY, date(2027, 5, 1)).account
    assert account is not None
    assert [account.base_on(date(year, 7, 1)) for year in (2025, 2026, 2027)] == [None, yuan(1), Money(110)]


# ----------------------------------------------------------------------------------------------------- months


def test_that_the_months_are_those_of_the_plan_and_hold_the_ledgers_balances() -> None:
    ours = replace(
        planned(
            Plan((monthly(30),), premiums=(PlannedPremium("mum", "me"),)),
            visit("v1", charges=charged(50, fund=0)),
        ),
        people=(worker(base=10_000), resident()),
        settings=replace(planned().settings, credit_monthly=True),
    )
    seen = ahead(ours)
    assert (seen.months[0].month, seen.months[-1].month) == (date(2025, 4, 1), date(2026, 12, 1))
    last = {date(2025, 4, 1): date(2025, 4, 30), date(2026, 12, 1): date(2026, 12, 31)}
    for month in seen.months:
        if month.month in last:
            assert month.balance == seen.ledger.balance("me", last[month.month])
    balance = keep(ours, shipped(), date(2025, 3, 31)).balance("me", date(2025, 3, 31))
    for month in seen.months:
        out = month.paid_own + month.paid_mutual_aid + month.premiums
        balance = balance + month.credited - out
        assert month.balance == balance
    assert {month.credited for month in seen.months} == {yuan(200)}
    assert {month.paid_mutual_aid for month in seen.months} == {yuan(30)}
    assert [month.month for month in seen.months if month.premiums] == [date(2025, 9, 1), date(2026, 9, 1)]


def test_that_own_bills_mutual_aid_and_cash_are_told_apart() -> None:
    plan = Plan(
        expected=(
            visit("a", date(2025, 4, 2), "me"),
            visit("b", date(2025, 4, 3), "mum", charged(300, own=200, fund=0)),
        )
    )
    first = ahead(planned(plan)).months[0]
    assert (first.paid_own, first.paid_mutual_aid, first.cash) == (yuan(100), yuan(100), yuan(200))
    assert ahead(planned(plan)).cash_total == yuan(200)


def test_that_a_visit_taken_back_leaves_its_month_as_if_it_had_not_been() -> None:
    plan = Plan(expected=(visit("a", date(2025, 4, 2)), Refund("r", date(2025, 4, 3), "a")))
    first = ahead(planned(plan)).months[0]
    assert (first.paid_mutual_aid, first.cash, first.balance) == (NOTHING, NOTHING, yuan(1000))


def test_that_a_premium_taken_back_is_taken_off_the_premiums() -> None:
    paid = PremiumPayment("p", date(2025, 10, 2), "mum", 2026, None, "me")
    plan = Plan(expected=(paid, Refund("r", date(2025, 10, 3), "p")))
    october = ahead(planned(plan)).months[6]
    assert (october.premiums, october.paid_mutual_aid, october.balance) == (NOTHING, NOTHING, yuan(1000))


def test_that_a_month_without_a_movement_still_stands() -> None:
    seen = ahead(planned(Plan()), date(2025, 6, 1))
    assert [(one.month.month, one.balance, one.cash) for one in seen.months] == [
        (month, yuan(1000), NOTHING) for month in (4, 5, 6)
    ]
    assert seen.lowest == seen.months[0]
    assert (seen.runs_out, seen.shortfall) == (None, None)


def test_that_a_plan_that_ends_before_it_begins_has_no_months() -> None:
    seen = ahead(planned(Plan((monthly(),))), date(2025, 3, 31))
    assert (seen.months, seen.lowest, seen.cash_total, seen.findings) == ((), None, NOTHING, ())


# --------------------------------------------------------------------------------------- running out, assumed


def test_that_an_account_runs_out_in_the_month_it_is_drawn_to_nothing() -> None:
    seen = ahead(planned(Plan((monthly(500),))))
    assert (seen.runs_out, seen.months[1].balance) == (date(2025, 5, 1), NOTHING)
    assert seen.shortfall is not None
    assert (seen.shortfall.on, seen.shortfall.patient, seen.shortfall.amount) == (
        date(2025, 6, 30),
        "mum",
        yuan(500),
    )


def test_that_an_account_that_is_empty_already_runs_out_with_its_first_shortfall() -> None:
    seen = ahead(planned(Plan((monthly(500),)), balance=0))
    assert seen.runs_out == date(2025, 4, 1)
    assert seen.shortfall is not None
    assert seen.shortfall.event == f"again{MADE}2025-04-30"


def test_that_a_shortfall_before_it_is_drawn_to_nothing_counts_as_running_out() -> None:
    retiree = worker(balance=0, status=Status.RETIRED)
    ours = family(
        retiree,
        resident(),
        bindings=(bound(),),
        as_of=date(2025, 3, 20),
        plan=Plan(expected=(visit("a", date(2025, 4, 20)),)),
        credit_monthly=True,
    )
    assert ahead(ours).runs_out is None  # four months' credits are enough
    early = replace(
        ours, people=(worker(balance=0, opened=date(2025, 4, 1), status=Status.RETIRED), resident())
    )
    assert ahead(early).runs_out == date(2025, 4, 1)


def test_that_bills_the_account_may_not_pay_do_not_make_it_short() -> None:
    own = Recurring(visit("again", date(2025, 1, 1), "mum", charged(100, own=100, fund=0)), Rhythm.MONTH)
    seen = ahead(planned(Plan((own,))))
    assert (seen.runs_out, seen.shortfall, seen.months[0].cash) == (None, None, yuan(100))


def test_that_a_planned_premium_that_the_account_is_too_small_for_is_paid_in_cash() -> None:
    seen = ahead(planned(Plan(premiums=(PlannedPremium("mum", "me"),)), balance=399), date(2025, 12, 1))
    september = seen.months[5]
    assert (september.premiums, september.cash, september.balance) == (NOTHING, yuan(400), yuan(399))
    assert seen.shortfall is not None
    assert (seen.shortfall.on, seen.shortfall.amount) == (date(2025, 9, 1), yuan(1))
    assert seen.runs_out == date(2025, 9, 1)


def test_that_anothers_premium_falling_to_cash_is_no_shortfall_of_this_account() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "sis"),))
    people = worker(), worker("sis", 0), resident()
    ours = family(*people, bindings=(bound("sis"),), as_of=TODAY, plan=plan)
    assert ahead(ours, date(2025, 12, 1), "sis").shortfall is not None
    mine = ahead(ours, date(2025, 12, 1), "me")
    assert (mine.shortfall, mine.runs_out) == (None, None)


def test_that_past_the_packs_cover_the_plan_goes_on_as_an_assumption() -> None:
    plan = Plan((monthly(10),), premiums=(PlannedPremium("mum", "me"),))
    seen = ahead(planned(plan, balance=5000), date(2029, 12, 1))
    assert seen.assumed_from == date(2027, 1, 1)
    assert {one.month.year for one in seen.months if one.premiums} == {2025, 2026, 2027, 2028, 2029}
    assert not [one for one in seen.findings if one.rule == "policy.not_covered"]


def test_that_what_a_plan_breaks_is_told_and_what_the_facts_broke_is_not() -> None:
    happened = visit("v1", provider=replace(visit().provider, designated=False))
    planned_too = replace(happened, id="a", on=date(2025, 4, 2))
    seen = ahead(planned(Plan(expected=(planned_too,)), happened))
    assert [one.about[0] for one in seen.findings if one.rule == "visit.provider_not_designated"] == ["a"]


def test_that_the_account_in_question_is_that_of_the_payer_with_most_bindings() -> None:
    people = worker(), worker("sis"), resident(), resident("dad")
    several = (bound(), bound("sis", "dad"), bound("sis", "mum"))
    assert holder_of(family(*people, bindings=several)) == "sis"
    assert holder_of(family(*people)) == "me"
    assert holder_of(family(resident(), resident("dad"))) == "mum"


# --------------------------------------------------------------------------------------------------- scenario


def test_that_a_scenario_ends_bindings_adds_others_and_brings_its_own_plan() -> None:
    ours = planned(Plan((monthly(100),)), visit())
    people = (*ours.people, worker("sis"))
    scenario = Scenario(
        "改由姐姐",
        ends={"me-mum": date(2025, 4, 30)},
        bindings=(bound("sis", since=date(2025, 5, 1)),),
        events=(visit("extra", date(2025, 4, 2), "me"),),
    )
    laid = with_scenario(replace(ours, people=people), scenario)
    assert laid.bindings == (bound(until=date(2025, 4, 30)), bound("sis", since=date(2025, 5, 1)))
    assert [event.id for event in laid.events] == ["v1", "extra"]
    assert laid.plan == ours.plan
    mine, hers = ahead(laid, date(2025, 6, 1)), ahead(laid, date(2025, 6, 1), "sis")
    assert [one.paid_mutual_aid for one in mine.months] == [yuan(100), NOTHING, NOTHING]
    assert [one.paid_mutual_aid for one in hers.months] == [NOTHING, yuan(100), yuan(100)]
    assert mine.months[0].paid_own == yuan(100)


def test_that_a_scenario_may_plan_anew_and_leaves_the_family_alone() -> None:
    ours = planned(Plan((monthly(100),)))
    laid = with_scenario(ours, Scenario("少看病", plan=Plan()))
    assert (laid.plan, laid.bindings, laid.events) == (Plan(), ours.bindings, ours.events)
    assert ours.plan != Plan()


def test_that_cash_of_the_whole_plan_is_the_cash_of_its_months() -> None:
    seen = ahead(planned(Plan((monthly(300),))))
    assert seen.cash_total == total(one.cash for one in seen.months) > NOTHING
    assert CHANGSHA in {one.coverage[0].area for one in seen.ledger.family.people}
