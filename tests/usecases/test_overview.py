"""概览。The first page's numbers are the ledger's and the plan's."""

from dataclasses import replace
from datetime import date

from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.finding import Severity
from desktop.domain.money import NOTHING
from desktop.domain.people import Person
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Rhythm
from desktop.domain.premium import Refund
from desktop.usecases.overview import Overview, overview
from desktop.usecases.review import review
from tests.families import bound, charged, family, hospital, resident, shipped, visit, worker, yuan

AGAIN = Recurring(visit("again", date(2025, 1, 10), charges=charged(500, fund=0)), Rhythm.MONTH)
EVENTS = (
    visit("v1", date(2024, 12, 1)),
    visit("v2", date(2025, 2, 1)),
    visit("wrong", date(2025, 2, 2), "me", charged(70, fund=0)),
    Refund("r1", date(2025, 2, 3), "wrong"),
    visit("v3", date(2025, 2, 4), provider=hospital(designated=False)),
    visit("later", date(2025, 4, 1)),
)


def home(*events: Event, plan: Plan | None = Plan()) -> Family:  # noqa: B008 (a plan never changes)
    return replace(
        family(
            worker(base=10_000, opened=date(2024, 12, 1)),
            worker("sis"),
            resident(),
            resident("dad"),
            bindings=(bound(since=date(2024, 12, 1)), bound("me", "dad")),
            events=events,
            as_of=date(2025, 2, 20),
            plan=plan,
        ),
        settings=replace(family(worker()).settings, credit_monthly=True),
    )


def seen(ours: Family) -> Overview:
    return overview(review(ours, shipped()))


def test_that_the_numbers_are_those_of_the_ledger_on_the_familys_day() -> None:
    ours = home(*EVENTS)
    found, ledger = seen(ours), review(ours, shipped()).ledger
    assert (found.holder.id, found.as_of) == ("me", date(2025, 2, 20))
    assert found.balance == ledger.balance("me", date(2025, 2, 20)) == yuan(1400)
    assert (found.credited_this_year, found.spent_this_year) == (yuan(400), yuan(100))
    assert found.map.paid_this_year == yuan(100)


def test_that_the_history_begins_with_the_year_and_ends_with_the_balance() -> None:
    found = seen(home(*EVENTS))
    assert found.history[0] == (date(2025, 1, 1), yuan(1100))
    assert found.history[-1] == (date(2025, 2, 15), found.balance)
    assert [day for day, _ in found.history] == sorted({day for day, _ in found.history})


def test_that_what_happened_lately_is_newest_first_without_credits_or_the_future() -> None:
    assert [line.event for line in seen(home(*EVENTS)).recent] == ["v3", "r1", "wrong", "v2", "v1"]


def test_that_those_who_used_or_may_use_it_are_listed_by_what_they_used() -> None:
    assert [(person.id, str(paid)) for person, paid in seen(home(*EVENTS)).users] == [
        ("mum", "100.00"),
        ("dad", "0.00"),
    ]


def test_that_errors_come_before_warnings_and_notes() -> None:
    found = [one.severity for one in seen(home(*EVENTS, visit("v9", date(2025, 2, 19), "me"))).attention]
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    assert found == sorted(found, key=order.index)
    assert found[0] is Severity.ERROR
    assert review(home(*EVENTS), shipped()).errors == 1


def test_that_the_months_left_are_those_before_it_runs_out() -> None:
    found = seen(home(*EVENTS, plan=Plan((AGAIN,))))
    assert found.runs_out is not None
    assert found.months_left == [one.month for one in found.projection].index(found.runs_out)
    assert found.shortfall is not None
    assert found.lowest in found.projection[:12]
    assert found.planned_months == len(found.projection) == 60
    lasting = seen(home(*EVENTS))
    assert (lasting.months_left, lasting.shortfall, lasting.runs_out) == (None, None, None)


def test_that_the_limits_of_the_law_stand_on_the_map() -> None:
    assert seen(home()).map.most_active is not None
    nowhere = replace(home(), people=(Person("me", "me"), Person("mum", "mum"), Person("dad", "dad")))
    bare = seen(nowhere)
    assert (bare.map.most_active, bare.map.most_in_lifetime, bare.balance) == (None, None, NOTHING)


def test_that_a_review_names_people_and_the_packs_that_speak_for_the_holder() -> None:
    whole = review(home(), shipped())
    assert whole.name("mum") == "mum"
    assert len(whole.packs) == 3
    assert whole.packs[0][0] == shipped().packs["cn-4301"].title
    assert whole.covered_until == date(2026, 12, 31)


def test_that_a_premium_the_account_is_too_small_for_is_what_it_falls_short_of() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "me"),))
    ours = family(worker(balance=100), resident(), bindings=(bound(),), as_of=date(2025, 2, 20), plan=plan)
    found = seen(ours)
    assert found.shortfall is not None
    assert (found.shortfall.patient, found.shortfall.amount) == ("mum", yuan(300))
    assert found.runs_out == date(2025, 9, 1)
