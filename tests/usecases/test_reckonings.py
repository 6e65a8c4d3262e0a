"""来历测试。The sums behind a figure add up to it, to the fen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from desktop.domain.money import total
from desktop.domain.people import Person
from desktop.usecases.open_family import open_family
from desktop.usecases.overview import overview
from desktop.usecases.reckonings import balance_of, credit_clause, month_of, places_clauses
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, bound, family, resident, shipped, visit, worker, yuan

SAMPLES = ("sandwich-family", "young-couple", "retiree")


def seen_of(stem: str) -> Review:
    return review(open_family(RESOURCES / "samples" / f"{stem}.json", date(2026, 11, 21)), shipped())


@pytest.mark.parametrize("stem", SAMPLES)
def test_that_the_balance_is_the_sum_of_what_came_and_went(stem: str) -> None:
    shown = overview(seen_of(stem))
    made = balance_of(shown)
    assert total(money for _, money in made.sums) == made.whole == shown.balance


def test_that_the_balance_says_who_used_how_much() -> None:
    made = balance_of(overview(seen_of("sandwich-family")))
    assert [(str(words), money) for words, money in made.sums][:3] == [
        ("2026-01-01 登记的期初余额", yuan("12612.55")),
        ("今年划入", yuan(2156)),
        ("刘蕙用了", -yuan(2900)),
    ]


def test_that_an_account_opened_this_year_names_the_day() -> None:
    home = family(worker(balance=500), as_of=date(2025, 6, 1))
    assert str(balance_of(overview(review(home, shipped()))).sums[0][0]) == "2025-01-01 登记的期初余额"
    long_open = family(worker(balance=500), as_of=date(2026, 6, 1))
    assert str(balance_of(overview(review(long_open, shipped()))).sums[0][0]) == "2026年初余额"
    none = balance_of(overview(review(family(worker(balance=None)), shipped())))
    assert none.whole == 0


@pytest.mark.parametrize("stem", SAMPLES)
def test_that_each_planned_month_adds_up_and_follows_the_one_before(stem: str) -> None:
    months = seen_of(stem).ahead.months
    for before, after in pairwise(months):
        made = month_of(after)
        assert total(money for _, money in made.sums) == made.whole == after.balance
        assert made.sums[0][1] == before.balance


def test_that_a_figure_names_the_clauses_it_rests_on() -> None:
    seen = seen_of("sandwich-family")
    clause = credit_clause(seen)
    assert clause is not None
    assert clause.key == "account.own_rate"
    assert [one.key for one in places_clauses(seen) if one is not None] == [
        "mutual_aid.most_active",
        "mutual_aid.most_in_lifetime",
    ]


def test_that_without_credits_and_limits_there_are_no_clauses() -> None:
    people = (worker(), resident())
    assert credit_clause(review(family(*people, bindings=(bound(),), events=(visit(),)), shipped())) is None
    nowhere = replace(family(Person("me", "周远")), as_of=date(2026, 1, 1))
    assert places_clauses(review(nowhere, shipped())) == (None, None)
