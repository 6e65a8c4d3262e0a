"""小票。What the slip of a bill says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.care import Facility, Provider, Setting, Visit
from desktop.domain.money import total
from desktop.usecases.review import review
from desktop.usecases.slip import NOTES, SlipFacts, slip_facts
from desktop.usecases.try_visit import try_visit
from tests.families import CHANGSHA, bound, charged, family, resident, shipped, visit, worker, yuan

if TYPE_CHECKING:
    from desktop.domain.family import Family

TODAY = date(2026, 11, 21)
NUMBER = "430199195803144521"


def slip(one: Family, bill: Visit) -> SlipFacts:
    return slip_facts(review(one, shipped()), try_visit(one, shipped(), bill))


def two(balance: int = 1000) -> Family:
    mother = replace(resident(), id_number=NUMBER)
    return family(worker(balance=balance), mother, bindings=(bound(),), as_of=TODAY)


def bill(patient: str = "mum", fee: int = 300, fund: int = 100) -> Visit:
    return visit("v", TODAY, patient, charged(fee, fund=fund))


def test_that_a_trial_and_a_booked_bill_are_told_apart() -> None:
    tried = bill()
    assert not slip(two(), tried).booked
    assert slip(replace(two(), events=(tried,)), tried).booked


def test_that_only_the_ends_of_the_identity_number_are_left() -> None:
    assert slip(two(), bill()).identity == "4" + "*" * 16 + "1"
    assert slip(two(), bill("me")).identity == ""


def test_that_the_sources_add_up_to_the_bill() -> None:
    said = slip(two(), bill())
    assert total(said.sources) == said.total == yuan(300)
    assert said.sources[2] == yuan(200)


def test_that_it_says_where_and_when() -> None:
    said = slip(two(), bill())
    assert (said.word, said.on, said.setting) == ("父母", TODAY, Setting.OUTPATIENT)
    chemist = replace(
        bill(), setting=Setting.PHARMACY, provider=Provider(Facility.PHARMACY, designated=True, area=CHANGSHA)
    )
    assert slip(two(), chemist).level is None


def test_that_the_first_thing_to_know_is_whose_money_it_is() -> None:
    wife = family(worker(), worker("wife", 50), bindings=(bound("me", "wife"),), as_of=TODAY)
    assert slip(wife, bill("wife")).notes[0] == "先用自己账户里的钱，用完再用家人的。"
    assert slip(two(), bill()).notes[0] == "用的是家人账户里的钱。"
    assert slip(two(), bill("me")).notes[0] == "用的是自己账户里的钱。"
    assert slip(two(), bill(fee=100)).notes[0] == "没有用到个人账户里的钱。"


def test_that_what_was_found_comes_next_and_there_are_two() -> None:
    wrong = replace(bill(), provider=replace(bill().provider, designated=False))
    said = slip(two(), wrong)
    assert "定点" in said.notes[1]
    assert len(said.notes) == NOTES


def test_that_a_purse_run_dry_is_said() -> None:
    assert slip(two(balance=50), bill()).notes[1] == "账户里的钱不够，不够的部分付现金。"


def test_that_it_carries_versions_and_the_scenario() -> None:
    said = slip(two(), bill())
    assert said.packs.startswith("全国 ")
    assert (said.code or "").startswith("GJ1")
