"""汇总。The fan of many futures is the same however they are split, and says what they have in common."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from threading import Event

import pytest

from desktop.domain.care import Setting, Visit
from desktop.domain.family import Family
from desktop.domain.money import NOTHING
from desktop.domain.plan import Chance, Plan, PlannedPremium, Recurring, Rhythm
from desktop.exchange.family_document import read_family
from desktop.planning.expected import source_of
from desktop.planning.fan import PERCENTILES, Fan, Source
from desktop.planning.futures import alone, play
from desktop.planning.script import Script, script
from desktop.planning.tally import Tally, fans
from desktop.planning.timeline import outlook
from tests.families import RESOURCES, bound, charged, family, hospital, resident, shipped, visit, worker

UNTIL = date(2031, 11, 1)
STAY = Recurring(
    visit("stay", on=date(2026, 5, 20), patient="mum", setting=Setting.INPATIENT, charges=charged(20_000)),
    Rhythm.YEAR,
    chance=Chance(Decimal("0.5"), Decimal("0.5")),
)
DRUGS = Recurring(visit("drugs", on=date(2026, 1, 10), patient="me", charges=charged(120)), Rhythm.MONTH)


def planning(*recurring: Recurring, balance: int = 9000) -> Family:
    plan = Plan(recurring, premiums=(PlannedPremium("mum", "me"),), illness=Decimal(0))
    people = (worker(balance=balance), resident())
    return replace(family(*people, bindings=(bound(),)), plan=plan)


def ready(*recurring: Recurring, until: date = UNTIL, balance: int = 9000) -> Script:
    return script(planning(*recurring, balance=balance), shipped(), "me", until)


@cache
def sandwich() -> Script:
    path = RESOURCES / "samples" / "sandwich-family.json"
    return script(read_family(path, date(2026, 11, 21)), shipped(), "me", UNTIL)


def last(of: Script, futures: int, seed: int = 7) -> Fan:
    return list(fans(of, seed, futures))[-1]


def split(of: Script, *ends: int, seed: int = 7) -> Fan:
    tally, begins = Tally(of, seed, ends[-1]), 0
    for end in ends:
        tally.add(play(of, seed, range(begins, end)))
        begins = end
    return tally.fan()


def test_that_the_fan_is_the_same_however_its_futures_are_split() -> None:
    whole = split(sandwich(), 2500)
    assert whole == split(sandwich(), 1, 700, 1024, 2100, 2500)
    assert whole == last(sandwich(), 2500)


def test_that_another_seed_makes_another_fan() -> None:
    assert last(sandwich(), 200, seed=8).bands != last(sandwich(), 200).bands


def test_that_the_fan_fills_in_and_the_last_one_has_all_futures() -> None:
    found = [(one.futures, one.done) for one in fans(sandwich(), 7, 10_000)]
    assert found == [(1024, False), (10_000, True)]


def test_that_a_long_run_is_shown_each_time_there_are_twice_as_many() -> None:
    shown = [one.futures for one in fans(ready(replace(DRUGS, chance=Chance())), 7, 60_000)]
    assert (shown[0], shown[-1]) == (1024, 60_000)
    assert all(later >= 2 * earlier for earlier, later in pairwise(shown[:-1]))
    assert len(shown) < 8


def test_that_it_stops_between_two_blocks() -> None:
    stop = Event()
    running = fans(sandwich(), 7, 10_000, stop=stop)
    assert next(running).futures < 10_000
    stop.set()
    assert list(running) == []


def test_that_bands_lie_one_over_another_and_each_is_some_futures_balance() -> None:
    fan, played = last(sandwich(), 300), play(sandwich(), 7, range(300))
    for month, balances in enumerate(played.balances.tolist()):
        found = [fan.bands[one][month] for one in PERCENTILES]
        assert found == sorted(found)
        assert set(map(int, found)) <= set(balances)


def test_that_futures_in_which_nothing_is_left_to_chance_are_the_outlook() -> None:
    sure = replace(DRUGS, chance=Chance())
    fan, ahead = last(ready(sure), 5), outlook(planning(sure), shipped(), "me", UNTIL)
    for one in PERCENTILES:
        assert list(fan.bands[one]) == [month.balance for month in ahead.months]
    assert (fan.lasting[-1] == 5) is (ahead.shortfall is None)


def test_that_more_and_more_futures_fall_short_and_each_for_one_cause() -> None:
    fan = last(sandwich(), 2000)
    assert list(fan.lasting) == sorted(fan.lasting, reverse=True)
    assert sum(count for _, count in fan.causes) == 2000 - fan.lasting[-1]
    assert fan.lasting_until(fan.months[3]) == fan.lasting[3]
    assert [fan.short_sums[one] for one in PERCENTILES] == sorted(fan.short_sums.values())
    assert fan.short_sums[10] > NOTHING


def test_that_what_decides_is_the_bill_that_comes_or_not() -> None:
    fan = last(ready(STAY, DRUGS, until=date(2028, 12, 1)), 2048)
    assert fan.driver is not None
    assert fan.driver.source == Source("mum", Setting.INPATIENT)
    assert fan.driver.with_it < fan.driver.without_it


def test_that_few_futures_are_not_asked_what_decides() -> None:
    assert last(ready(STAY, DRUGS), 2047).driver is None


def test_that_nothing_decides_where_most_futures_last() -> None:
    fan = last(ready(STAY, balance=1_000_000), 2048)
    assert (fan.driver, fan.causes, dict(fan.short_sums)) == (None, (), {})
    assert set(fan.lasting) == {2048}


def test_that_nothing_decides_where_chance_decides_nothing() -> None:
    sure = replace(STAY, chance=Chance(), visit=replace(STAY.visit, provider=hospital(area="430200")))
    assert last(ready(sure, replace(DRUGS, chance=Chance())), 2048).driver is None


def test_that_a_premium_the_account_is_too_small_for_is_a_cause() -> None:
    fan = last(ready(balance=0, until=date(2027, 12, 1)), 10)
    assert dict(fan.causes) == {Source("mum", None): 10}


@pytest.mark.parametrize("factor", ["0", "0.5", "2"])
def test_that_moving_the_slider_is_the_same_as_planning_with_so_much_illness(factor: str) -> None:
    ours = read_family(RESOURCES / "samples" / "sandwich-family.json", date(2026, 11, 21))
    assert ours.plan is not None
    planned = replace(ours, plan=replace(ours.plan, illness=Decimal(factor)))
    anew = script(planned, shipped(), "me", UNTIL)
    assert last(sandwich().with_illness(Decimal(factor)), 300) == last(anew, 300)


@pytest.mark.parametrize(("factor", "more"), [("0", 0), ("2", 2)])
def test_that_unplanned_illness_comes_as_often_as_is_asked(factor: str, more: int) -> None:
    of = sandwich()

    def unplanned(one: Script) -> int:
        """Fen in all; what would come more than once each time is one larger bill."""
        names = {illness.name for illness in one.unplanned}
        events = [event for number in range(60) for event in alone(one, 7, number).events]
        bills = [event for event in events if isinstance(event, Visit) and source_of(event.id) in names]
        return sum(bill.charges.total_fee for bill in bills)

    asked, usual = unplanned(of.with_illness(Decimal(factor))), unplanned(of)
    assert usual > 0
    assert asked == pytest.approx(more * usual, rel=0.25)


def test_that_what_was_planned_is_drawn_the_same_at_any_illness() -> None:
    none, much = (sandwich().with_illness(Decimal(one)) for one in (0, 2))
    planned = set(none.odds) - {illness.name for illness in none.unplanned}
    assert planned
    for name in planned:
        assert none.odds[name] is much.odds[name]
