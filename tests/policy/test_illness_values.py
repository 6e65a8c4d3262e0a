"""看病的估计。What the packs say of illness is told apart from what the law says: by whom, and how sure."""

from datetime import date
from typing import Any

import pytest

from desktop.domain.clause import Confidence
from desktop.policy.pack import Block, SourceKind
from tests.families import CHANGSHA, shipped

ASSUMED = "本程序的起点假设，不是官方统计"
BLOCKS = [
    one
    for key, blocks in shipped().packs["cn"].blocks.items()
    if key.startswith("illness.")
    for one in blocks
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: f"{one.key} {one.since}")
def test_that_a_number_nobody_published_says_so_itself(block: Block) -> None:
    if block.source.title == ASSUMED:
        assert block.source.kind is SourceKind.PROGRAM
        assert block.confidence is Confidence.LOW
        assert ASSUMED in block.says
    else:
        assert ASSUMED not in block.says
        assert block.confidence is not Confidence.LOW


def test_that_sure_is_only_how_this_program_itself_goes_about_it() -> None:
    sure = {one.key for one in BLOCKS if one.confidence is Confidence.HIGH}
    assert sure == {"illness.records_months", "illness.records_least", "illness.records_months_least"}


@pytest.mark.parametrize(
    ("day", "fee"),
    [(date(2021, 1, 1), "329.20"), (date(2022, 12, 31), "329.20"), (date(2023, 1, 1), "361.60")],
)
def test_that_a_new_bulletin_takes_the_place_of_the_old(day: date, fee: str) -> None:
    assert str(shipped().law(CHANGSHA, day).policy.money("illness.outpatient_fee").value) == fee


def test_that_the_bands_add_up_to_about_what_was_surveyed() -> None:
    """A band's number is assumed; all together, and the old, were asked. Shares roughly as of 2020."""
    shares = {0: 0.055, 5: 0.124, 15: 0.406, 45: 0.228, 60: 0.104, 70: 0.057, 80: 0.026}
    policy = shipped().law(CHANGSHA, date(2026, 1, 1)).policy
    bands: Any = policy.term("illness.stays_a_year").value
    surveyed: Any = policy.term("illness.surveyed_all", "stays").value
    surveyed_older: Any = policy.term("illness.surveyed_older", "stays").value
    weighed = {one["from"]: shares[one["from"]] * float(one["per_year"]) for one in bands}
    old = [age for age in shares if age >= 60]
    older = sum(weighed[age] for age in old) / sum(shares[age] for age in old)
    assert sum(weighed.values()) == pytest.approx(float(surveyed), abs=0.005)
    assert older == pytest.approx(float(surveyed_older), abs=0.005)
