"""试算一笔。What a visit would cost, with nothing booked."""

from copy import deepcopy
from dataclasses import replace
from datetime import date

from desktop.domain.care import Level
from desktop.domain.family import Settings
from desktop.usecases.settle_family import settle_family
from desktop.usecases.try_visit import AccountChange, slip_of, try_visit, usual_benefit_year
from tests.families import CHANGSHA, bound, charged, family, hospital, resident, shipped, visit, worker, yuan

OURS = family(
    worker(),
    worker("sis", 50, opened=date(2025, 6, 1)),
    resident(),
    bindings=(bound(),),
    events=(visit("v1"), visit("later", date(2025, 8, 1))),
)


def test_that_a_trial_tells_every_open_account_before_and_after() -> None:
    trial = try_visit(OURS, shipped(), visit("new", date(2025, 4, 1), charges=charged(300, fund=0)))
    assert trial.accounts == (AccountChange("me", yuan(900), yuan(600)),)
    assert trial.settled is not None
    assert trial.settled.by_payer() == {"me": yuan(300)}
    slip = slip_of(trial)
    assert slip is not None
    assert slip.visit.charges == charged(300, fund=0)


def test_that_a_trial_changes_nothing_of_the_family() -> None:
    before, events = deepcopy(OURS), OURS.events
    try_visit(OURS, shipped(), visit("new", date(2025, 4, 1)))
    assert before == OURS
    assert OURS.events is events


def test_that_a_trial_is_what_the_visit_would_be_if_it_were_booked() -> None:
    new = visit("new", date(2025, 8, 1), charges=charged(5000, fund=0))
    booked = settle_family(replace(OURS, events=(*OURS.events, new)), shipped()).settlements["new"]
    trial = try_visit(OURS, shipped(), new)
    assert trial.settled is not None
    assert trial.settled.payments == booked.payments
    assert trial.accounts[0].after == booked.balance_after == yuan(0)
    assert [change.holder for change in trial.accounts] == ["me", "sis"]


def test_that_a_trial_of_an_unknown_law_says_so_and_moves_nothing() -> None:
    unknown = visit("new", date(2025, 4, 1), charges=charged(100), provider=hospital(Level.TERTIARY))
    trial = try_visit(OURS, shipped(), unknown)
    assert trial.settled is None
    assert [one.rule for one in trial.findings] == ["policy.not_covered"]
    assert slip_of(trial) is None
    assert trial.accounts == (AccountChange("me", yuan(900), yuan(900)),)


def test_that_a_trial_may_ask_what_another_setting_would_mean() -> None:
    own = visit("new", date(2025, 4, 1), charges=charged(100, own=100, fund=0))
    assert try_visit(OURS, shipped(), own).accounts[0].after == yuan(900)
    paid = try_visit(OURS, shipped(), own, Settings(False, mutual_aid_pays_out_of_scope=True))
    assert paid.accounts[0].after == yuan(800)
    assert OURS.settings == Settings(False)


def test_that_findings_of_other_days_are_not_those_of_the_trial() -> None:
    bad = replace(OURS, events=(visit("v0", provider=hospital(designated=False)),))
    assert try_visit(bad, shipped(), visit("new", date(2025, 4, 1))).findings == ()


def test_that_a_family_may_have_an_event_that_is_called_a_trial() -> None:
    named = replace(OURS, events=(visit("trial", date(2025, 2, 1)),))
    trial = try_visit(named, shipped(), visit("new", date(2025, 4, 1), charges=charged(300, fund=0)))
    assert trial.accounts == (AccountChange("me", yuan(900), yuan(600)),)


def test_that_one_pays_for_the_next_year_from_the_day_its_collection_opens() -> None:
    book = shipped()
    assert usual_benefit_year(book, CHANGSHA, date(2026, 8, 31)) == 2026
    assert usual_benefit_year(book, CHANGSHA, date(2026, 9, 1)) == 2027


def test_that_one_pays_for_this_year_where_no_pack_says() -> None:
    assert usual_benefit_year(shipped(), "", date(2026, 11, 1)) == 2026
