"""有多大把握。What a plan asks of many futures, and what makes no sense to ask."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.plan import Plan
from desktop.domain.trouble import InputRefused
from desktop.usecases.chances import MOST_FUTURES, MOST_SEED, fans, scripted
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
