"""医保钱包的情况。What a family sees of each relation: given, used, left, who is on-line, 可以与否."""

from dataclasses import replace
from datetime import date

from desktop.domain.binding import Binding
from desktop.domain.event import Event
from desktop.domain.money import NOTHING
from desktop.domain.people import Person
from desktop.domain.premium import Refund
from desktop.planning.ledger import keep
from desktop.usecases.explain import explain
from desktop.usecases.wallet_state import WalletState, wallet_states
from tests.families import (
    BY_QUOTA,
    BY_TRANSFER,
    GUANGZHOU,
    HEFEI,
    ZHUZHOU,
    bound,
    charged,
    family,
    quota,
    resident,
    sent,
    shipped,
    through_wallet,
    visit,
    worker,
    yuan,
)

RELATION = through_wallet(since=date(2025, 10, 1))
ANHUI = worker(area=HEFEI), resident(area=HEFEI)


def states(
    day: date,
    *events: Event,
    people: tuple[Person, ...] = ANHUI,
    bindings: tuple[Binding, ...] = (RELATION,),
) -> tuple[WalletState, ...]:
    ours = family(*people, bindings=bindings, events=events)
    return wallet_states(keep(ours, shipped(), date(2026, 12, 31)), shipped(), day)


def test_that_a_relation_shows_what_was_sent_and_what_the_wallet_still_holds() -> None:
    spent = visit("v1", date(2025, 11, 1), charges=charged(120, fund=0))
    gifts = sent(300), sent(50, payer="sis", name="t2"), sent(70, name="t3", accepted=False)
    people = (*ANHUI, worker("sis", area=HEFEI))
    relations = (RELATION, through_wallet("sis", since=date(2025, 10, 1)), bound("sis", "mum"))
    mine, hers = states(date(2025, 12, 1), *gifts, spent, people=people, bindings=relations)
    assert (mine.sent, hers.sent, mine.held, hers.held) == (yuan(300), yuan(50), yuan(230), yuan(230))
    assert (mine.frozen, mine.used) == (NOTHING, NOTHING)
    assert (mine.words, str(mine.how)[:3]) == ("可以", "转账制")
    assert mine.because is not None
    assert mine.because.key == "wallet.money_moves"


def test_that_a_relation_shows_what_is_frozen_and_what_was_used_of_it() -> None:
    spent = visit("v1", date(2026, 3, 1), charges=charged(120, fund=0))
    more = visit("v2", date(2026, 3, 2), charges=charged(30, fund=0))
    [seen] = states(date(2026, 4, 1), quota(300), spent, more, Refund("r1", date(2026, 3, 5), "v1"))
    assert (seen.frozen, seen.used, seen.sent, seen.held) == (yuan(270), yuan(30), NOTHING, NOTHING)
    assert (seen.words, str(seen.how)[:3]) == ("可以", "额度制")
    [before] = states(BY_QUOTA.replace(day=9), quota(300), spent)
    assert (before.frozen, before.used) == (NOTHING, NOTHING)


def test_that_what_nobody_has_said_is_to_be_confirmed() -> None:
    [seen] = states(BY_TRANSFER, people=(worker(), resident(area=HEFEI)))
    assert [(place.person, place.words) for place in seen.places] == [("me", "待确认"), ("mum", "可以")]
    assert (seen.answer, seen.words) == (None, "待确认")


def test_that_a_place_that_is_not_online_forbids_it() -> None:
    [seen] = states(BY_TRANSFER, people=(worker(area=HEFEI), resident(area=GUANGZHOU)))
    assert (seen.words, seen.places[1].because.key) == ("不可以", "wallet.online")


def test_that_a_relation_that_ended_says_since_when() -> None:
    [first] = resident(area=HEFEI).coverage
    stays = (replace(first, until=date(2026, 3, 31)), replace(first, area=ZHUZHOU, since=date(2026, 4, 1)))
    people = (worker(area=HEFEI), replace(resident(), coverage=stays))
    [seen] = states(date(2026, 4, 1), quota(300), people=people)
    assert (seen.stands, seen.ended, seen.words, seen.frozen) == (
        False,
        date(2026, 4, 1),
        "不可以",
        NOTHING,
    )
    [seen] = states(date(2026, 3, 31), quota(300), people=people)
    assert (seen.stands, seen.ended, seen.frozen) == (True, None, yuan(300))


def test_that_before_there_was_a_wallet_it_cannot_be_used() -> None:
    [seen] = states(date(2024, 11, 1))
    assert (seen.how, seen.because, seen.words) == (None, None, "不可以")


def test_that_a_settlement_names_the_wallet_and_the_quota_with_their_clauses() -> None:
    bill = visit("v1", date(2026, 3, 1), charges=charged(100, fund=0))
    ours = family(*ANHUI, bindings=(RELATION,), events=(sent(30), quota(50), bill))
    steps = {step.name: step for step in explain(keep(ours, shipped()).settlements["v1"])}
    assert str(steps["wallet"].reckoning) == "医保钱包里有 30.00，付到够为止"
    assert str(steps["quota"].reckoning) == "共济额度还有 50.00，付到够为止"
    assert (steps["wallet"].holder, steps["quota"].holder) == ("mum", "me")
    clauses = [steps[name].clause for name in ("wallet", "quota")]
    assert [clause.key for clause in clauses if clause is not None] == ["mutual_aid.pays_for"] * 2
