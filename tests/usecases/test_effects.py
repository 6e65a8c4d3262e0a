"""影响测试。What a change would do to the months ahead and to the findings, before it is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.usecases.effects import Ahead, effect_of
from desktop.usecases.fixes import fixes_of
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, bound, family, resident, shipped, worker, yuan


def sample() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", date(2026, 11, 21)), shipped())


def test_that_a_change_tells_what_it_does_to_the_months_ahead_and_which_finding_goes() -> None:
    seen = sample()
    finding = next(one for one in seen.ledger.findings if one.rule == "binding.two_payers")
    effect = effect_of(seen, fixes_of(seen, finding)[0].change.family)
    assert effect.before == Ahead(yuan("2232.01"), date(2028, 5, 1))
    assert effect.after == Ahead(yuan("5126.75"), None)
    assert (effect.goes, effect.arises) == ((finding,), ())
    assert effect.then.holder == seen.holder


def test_that_a_change_that_breaks_a_rule_says_which_before_it_is_made() -> None:
    people = (worker(), resident(), worker("bro", 500))
    seen = review(family(*people, bindings=(bound(),)), shipped())
    twice = replace(seen.family, bindings=(bound(), bound("bro", "mum", date(2025, 6, 1))))
    effect = effect_of(seen, twice)
    assert [one.rule for one in effect.arises] == ["binding.two_payers"]
    assert effect.goes == ()


def test_that_what_is_taken_back_counts_as_gone() -> None:
    seen = sample()
    finding = next(one for one in seen.ledger.findings if one.about[0] == "e2611-grandmother")
    effect = effect_of(seen, fixes_of(seen, finding)[0].change.family)
    assert effect.goes == (finding,)
