"""办理的影响测试。What one matter moves, day by day, what it makes of insurance, and on which clauses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.matter import (
    AccountTransfer,
    ArrearsPaid,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.people import Coverage, History, Scheme, Sex, Status
from desktop.domain.plan import Plan
from desktop.usecases.changes import Change
from desktop.usecases.matter_effect import MatterEffect, grounds_of, matter_effect, moves_of
from desktop.usecases.matters import record_matter
from desktop.usecases.overview import overview
from desktop.usecases.plan_items import add_expected
from desktop.usecases.review import review
from tests.families import (
    CHANGSHA,
    bound,
    family,
    quota,
    resident,
    sent,
    shipped,
    through_wallet,
    worker,
    yuan,
)

if TYPE_CHECKING:
    from desktop.domain.event import Matter
    from desktop.domain.family import Family

TODAY, ON = date(2026, 3, 1), date(2026, 2, 12)
BASE = family(
    replace(worker(balance=5000, base=8000), sex=Sex.MALE, born=date(1965, 1, 1)),
    resident(),
    bindings=(bound(), through_wallet()),
    as_of=TODAY,
    credit_monthly=True,
    plan=Plan(),
)


def effect(matter: Matter, base: Family = BASE, *, expected: bool = False) -> MatterEffect:
    made = add_expected(base, matter) if expected else record_matter(base, matter, TODAY)
    assert isinstance(made, Change), made
    return matter_effect(review(base, shipped()), review(made.family, shipped()), made.about)


def moves(told: MatterEffect) -> list[str]:
    return [f"{one.on} {'，'.join(map(str, one.parts))}" for one in told.moves]


def turns(told: MatterEffect) -> list[str]:
    return [str(one) for one in told.turns]


def test_that_a_transfer_says_where_the_money_is_on_each_day() -> None:
    told = effect(AccountTransfer("", ON, "me", CHANGSHA, "441900", done=date(2026, 2, 20)))
    out, back = moves(told)
    assert out.startswith("2026-02-12 本人的个人账户 -")
    assert "，本人的在途款 +" in out
    assert back.startswith("2026-02-20 本人的在途款 -")
    assert "本人自 2026-02-20 起在东莞参保：在职职工" in turns(told)


def test_that_money_kept_elsewhere_comes_from_there() -> None:
    lived = (
        Coverage(Scheme.EMPLOYEE, Status.ACTIVE, "441900", date(2015, 1, 1), date(2025, 11, 30)),
        Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, date(2025, 12, 1)),
    )
    base = replace(BASE, people=(replace(BASE.people[0], coverage=lived), BASE.people[1]))
    told = effect(AccountTransfer("", ON, "me", "441900", CHANGSHA, yuan(700), date(2026, 2, 20)), base)
    assert moves(told)[0] == "2026-02-12 原参保地账户 -700.00，本人的在途款 +700.00"


def test_that_retiring_turns_the_credits_and_says_from_when() -> None:
    history = History(date(2026, 1, 31), 200, 200)
    base = replace(BASE, people=(replace(BASE.people[0], history=history), BASE.people[1]))
    told = effect(Retirement("", ON, "me"), base)
    assert any("，每月划入由 " in one for one in turns(told))
    assert any("本人的参保（在职职工）到" in one for one in turns(told))
    [paid_up] = moves(told)
    assert "本人的现金 -" in paid_up
    assert "医保缴费 +" in paid_up


def test_that_benefits_say_from_which_day() -> None:
    nobody = replace(resident(), coverage=())
    base = replace(BASE, people=(BASE.people[0], nobody), bindings=())
    told = effect(Enrolment("", ON, "mum", EnrolledAs.RESIDENT, CHANGSHA), base)
    assert any("起在长沙参保：居民" in one for one in turns(told))
    assert any("起享受医保待遇" in one for one in turns(told))


def test_that_arrears_move_the_benefits_alone() -> None:
    gone = (
        Coverage(Scheme.EMPLOYEE, Status.FLEXIBLE, CHANGSHA, date(2020, 1, 1), date(2025, 10, 31)),
        Coverage(Scheme.EMPLOYEE, Status.FLEXIBLE, CHANGSHA, date(2026, 1, 1)),
    )
    base = replace(BASE, people=(replace(BASE.people[0], coverage=gone), BASE.people[1]))
    told = effect(ArrearsPaid("", ON, "me", date(2025, 11, 1), date(2025, 12, 31), yuan(1200)), base)
    assert "2026-02-12 本人的现金 -1,200.00，医保缴费 +1,200.00" in moves(told)


def test_that_a_death_ends_insurance_and_bindings() -> None:
    told = effect(Death("", ON, "mum"))
    assert moves(told) == []
    assert "本人与父母的绑定到 2026-02-12 为止" in turns(told)
    assert "父母的参保（居民）到 2026-02-12 为止" in turns(told)


def test_that_a_quota_is_frozen_for_someone_and_an_expected_one_too() -> None:
    for told in (effect(quota(300, ON)), effect(quota(300, date(2026, 6, 1)), expected=True)):
        [move] = moves(told)
        assert move.endswith("本人的个人账户 -300.00，给父母冻结的共济额度 +300.00")


def test_that_a_broken_rule_is_about_the_matter_even_where_it_is_only_expected() -> None:
    told = effect(Payout("", date(2026, 6, 1), "me", PayoutReason.INHERITANCE, "mum"), expected=True)
    assert moves(told) == []
    assert told.findings
    assert all(not one.rule.startswith("policy.") for one in told.findings)


def test_that_each_day_of_a_relation_is_told_alone() -> None:
    ending = replace(through_wallet(), until=date(2026, 2, 20))
    ledger = review(replace(BASE, bindings=(ending,), events=(quota(300, ON),)), shipped()).ledger
    [back] = moves_of(ledger, ending.id)
    assert [str(one) for one in back.parts] == ["给父母冻结的共济额度 -300.00", "本人的个人账户 +300.00"]
    assert moves_of(ledger, ending.id, ON) == ()


def test_that_the_clauses_of_each_kind_are_known() -> None:
    moved = AccountTransfer("t", ON, "me", CHANGSHA, "430200")
    seen = review(replace(BASE, events=(quota(300, ON), moved)), shipped())
    [clause] = grounds_of(seen.ledger, seen.book, quota(300, ON))
    assert clause.key == "wallet.money_moves"
    assert any(one.key.startswith("transfer.") for one in grounds_of(seen.ledger, seen.book, moved))
    assert grounds_of(seen.ledger, seen.book, Death("d", ON, "mum")) == ()
    assert grounds_of(seen.ledger, seen.book, replace(quota(), on=date(2020, 1, 1))) == ()


def test_that_the_first_page_knows_what_is_set_aside() -> None:
    events = (sent(200, date(2025, 12, 10)), quota(300, ON))
    shown = overview(review(replace(BASE, events=events), shipped()))
    assert shown.frozen == yuan(300)
    assert [(person.id, money) for person, money in shown.wallets] == [("mum", yuan(200))]
    assert overview(review(BASE, shipped())).wallets == ()


def test_that_the_months_ahead_close_with_matters_among_them() -> None:
    coming = (
        quota(300, date(2026, 5, 6), name="q"),
        AccountTransfer("t", date(2026, 8, 3), "me", CHANGSHA, "441900", done=date(2026, 10, 9)),
    )
    ahead = review(replace(BASE, plan=Plan(expected=coming)), shipped()).ahead
    held = ahead.ledger.balance("me", TODAY.replace(day=31))
    for month in ahead.months:
        held += month.credited - month.paid_own - month.paid_mutual_aid - month.premiums + month.moved
        assert month.balance == held
    moved = {one.month.month: one.moved for one in ahead.months[:8] if one.moved}
    assert moved[5] == -yuan(300)
    assert sorted(moved) == [5, 8, 10]
