"""有多大把握。What a plan asks of many futures, and what makes no sense to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.plan import Plan, RuleChange, Scenario
from desktop.domain.trouble import InputRefused
from desktop.usecases.chances import MOST_FUTURES, MOST_SEED, Ready, fans, scripted
from desktop.usecases.review import review
from tests.families import family, resident, shipped, worker

READY = scripted(family(worker(), resident(), plan=Plan()), shipped(), "me", date(2026, 6, 1))


@pytest.mark.parametrize("seed", [0, 1, MOST_SEED])
def test_that_any_seed_up_to_the_largest_may_be_asked(seed: int) -> None:
    [fan] = fans(READY, seed=seed, futures=3)
    assert (fan.seed, fan.futures, len(fan.months)) == (seed, 3, 6)


@pytest.mark.parametrize(
    ("seed", "futures", "places"),
    [
        (0, 0, ["--paths"]),
        (0, MOST_FUTURES + 1, ["--paths"]),
        (-1, 1, ["--seed"]),
        (MOST_SEED + 1, 1, ["--seed"]),
        (-1, 0, ["--paths", "--seed"]),
    ],
)
def test_that_numbers_that_make_no_sense_are_refused_by_name(
    seed: int, futures: int, places: list[str]
) -> None:
    with pytest.raises(InputRefused) as refused:
        fans(READY, seed=seed, futures=futures)
    assert [one.place for one in refused.value.faults] == places


def test_that_what_is_the_same_in_every_future_is_kept_while_nothing_else_is_asked() -> None:
    less = Scenario("少划入", rules=(RuleChange("account.own_rate", date(2026, 1, 1), Decimal("0.01")),))
    well = Plan(illness=Decimal(0))
    ours = replace(family(worker(base=8000), plan=well, credit_monthly=True), scenarios=(less,))
    seen = review(ours, shipped())
    ready, until = Ready(), date(2026, 12, 1)
    first = ready.script(seen, "", until)
    assert ready.script(seen, "", until) is first
    later = ready.script(seen, "", date(2027, 1, 1))
    assert len(later.months) == len(first.months) + 1
    other = ready.script(seen, "少划入", date(2027, 1, 1))
    assert other is not later
    ends = [list(fans(one, seed=1, futures=1))[-1].bands[50][-1] for one in (later, other)]
    assert ends[0] > ends[1]
    assert ready.script(review(seen.family, shipped()), "少划入", date(2027, 1, 1)) is not other
