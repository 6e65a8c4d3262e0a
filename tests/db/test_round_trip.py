"""往返。A family comes out of a book as it went in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from db.family import read_family
from db.shelf import Shelf
from desktop.domain.account import Account
from desktop.domain.binding import Relation
from desktop.domain.family import Family, Snooze
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Rhythm, Scenario
from desktop.exchange import family_document
from tests import families as small
from tests.db.conftest import SAMPLES, TODAY
from tests.db.content import connection_of
from tests.exchange import families as whole

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.json"))


def kept_and_read(shelf: Shelf, family: Family) -> Family:
    store = shelf.create(family)
    store.close()
    assert store.file is not None
    again = shelf.open(store.file, family.as_of)
    try:
        return again.family()
    finally:
        again.close()
        store.file.unlink()


def held_and_read(family: Family) -> Family:
    store = Shelf(Path()).hold(family)
    with connection_of(store).begin():
        read = read_family(connection_of(store), family.as_of).family
    store.close()
    return read


@whole.at_any_pace
@given(family=whole.families() | small.families())
def test_that_any_family_is_kept_whole(family: Family) -> None:
    assert held_and_read(family) == family


@settings(whole.at_any_pace, max_examples=40)
@given(before=whole.families(), after=whole.families() | small.families())
def test_that_any_other_family_is_kept_over_it(before: Family, after: Family) -> None:
    store = Shelf(Path()).hold(before)
    store.keep("换一家", after)
    with connection_of(store).begin():
        assert read_family(connection_of(store), after.as_of).family == after
    store.close()


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.json")), ids=lambda sample: sample.stem)
def test_that_a_sample_is_kept_whole(shelf: Shelf, sample: Path) -> None:
    family = family_document.read_family(sample, TODAY)
    assert kept_and_read(shelf, family) == family


def test_that_every_case_is_kept_whole() -> None:
    for case in CASES:
        family = family_document.read_family(case, TODAY)
        assert held_and_read(family) == family, case.stem


def test_that_what_documents_seldom_say_is_kept(shelf: Shelf) -> None:
    me = replace(small.worker(), account=Account())
    mum = replace(
        small.resident(), relation=Relation.PARENT, born=date(1986, 5, 4), id_number="43010019860504002X"
    )
    visit = replace(
        small.visit(), at=datetime.fromisoformat("2025-03-01T23:59:07"), note="带“引号”、, 逗号和 ' 的备注"
    )
    plan = Plan(
        recurring=(Recurring(small.visit("recurring-1"), Rhythm.QUARTER, date(2026, 1, 1)),),
        expected=(small.visit("e1"),),
        premiums=(PlannedPremium("mum", None), PlannedPremium("mum", "me")),
        wage_growth=Decimal("-0.025"),
    )
    family = Family(
        people=(me, mum),
        as_of=TODAY,
        bindings=(small.bound(),),
        events=(visit,),
        name="一家",
        plan=plan,
        scenarios=(Scenario("甲", {"me-mum": TODAY}, plan=Plan()), Scenario("乙")),
        holder="mum",
        snoozes=(Snooze("binding.two_payers:me-mum", TODAY), Snooze("another", date(2027, 1, 1))),
        snapshots=(small.snapshot("早已删去"), small.snapshot()),
    )
    assert kept_and_read(shelf, family) == family


def test_that_a_plan_that_could_not_be_read_again_is_not_written(shelf: Shelf) -> None:
    """A book must open: what a document has no room for is our mistake, and stays out."""
    family = small.family(small.worker())
    store = shelf.create(family)
    plan = Plan(expected=(replace(small.visit(patient="me"), note="长" * 101),))
    with pytest.raises(ValueError, match="备注太长"):
        store.keep("改规划", replace(family, plan=plan))
    at_noon = replace(small.visit("recurring-1", patient="me"), at=datetime.fromisoformat("2025-03-01T12:00"))
    with pytest.raises(ValueError, match="recurring"):
        store.keep("改规划", replace(family, plan=Plan((Recurring(at_noon, Rhythm.YEAR),))))
    assert store.family() == family
    store.close()
