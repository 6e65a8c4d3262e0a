"""绑定的登记测试。What can be bound, ended and taken out; what the law says of it is left to the findings."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.binding import Channel, Relation
from desktop.domain.family import Snooze
from desktop.domain.plan import Scenario
from desktop.usecases.bindings import (
    BindingEntry,
    bind_relative,
    binding_of,
    delete_binding,
    edit_binding,
    end_binding,
    entry_of,
    near_relations,
)
from desktop.usecases.changes import Change, Refused
from desktop.usecases.review import review
from tests.families import bound, family, resident, shipped, worker

SINCE = date(2025, 3, 1)
PEOPLE = worker(), worker("sis"), resident(), resident("dad")
HOME = family(*PEOPLE)
ENTRY = BindingEntry("me", "mum", Relation.PARENT, Channel.IN_PROVINCE, SINCE)
MINE = bound()
BOUND = family(*PEOPLE, bindings=(MINE,))


def changed(outcome: Change | Refused) -> Change:
    assert isinstance(outcome, Change)
    return outcome


def faults(outcome: Change | Refused) -> dict[str, str]:
    assert isinstance(outcome, Refused)
    return {fault.place: fault.what for fault in outcome.faults}


def test_that_a_relative_is_bound() -> None:
    change = changed(bind_relative(HOME, ENTRY))
    assert (change.step, change.about) == ("绑定父母", "binding-1")
    assert entry_of(binding_of(change.family, "binding-1")) == ENTRY


def test_that_a_binding_by_another_names_the_payer() -> None:
    home = replace(BOUND, bindings=(MINE, bound("me", "sis", relation=Relation.SIBLING)))
    assert changed(bind_relative(home, replace(ENTRY, payer="sis"))).step == "由兄弟姐妹绑定父母"


def test_that_a_broken_rule_is_written_down_all_the_same() -> None:
    outside = replace(ENTRY, relation=Relation.PARENT_IN_LAW)
    assert changed(bind_relative(HOME, outside)).family.bindings[0].relation is Relation.PARENT_IN_LAW


@pytest.mark.parametrize(
    ("other", "place", "what"),
    [
        ({"beneficiary": "me"}, "beneficiary", "共济人和使用人是同一个人"),
        ({"payer": "dad"}, "payer", "这位家人没有登记个人账户，不能作共济人"),
        ({"until": date(2025, 2, 28)}, "until", "最后一天早于第一天 2025-03-01"),
    ],
)
def test_that_nonsense_is_said_at_its_field(other: dict[str, object], place: str, what: str) -> None:
    assert faults(bind_relative(HOME, replace(ENTRY, **other))) == {place: what}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "asked", "clash"),
    [
        ((None, None), (SINCE, None), True),
        ((None, date(2025, 2, 28)), (SINCE, None), False),
        ((None, SINCE), (SINCE, None), True),
        ((date(2025, 6, 1), None), (SINCE, date(2025, 5, 31)), False),
        ((date(2025, 6, 1), None), (SINCE, date(2025, 6, 1)), True),
    ],
)
def test_that_the_same_pair_is_not_bound_twice_at_a_time(
    held: tuple[date | None, date | None], asked: tuple[date, date | None], clash: bool
) -> None:
    one = replace(MINE, since=held[0] or MINE.since, until=held[1])
    outcome = bind_relative(family(*PEOPLE, bindings=(one,)), replace(ENTRY, since=asked[0], until=asked[1]))
    assert isinstance(outcome, Refused) is clash


def test_that_the_wallet_stands_beside_the_province() -> None:
    changed(bind_relative(BOUND, replace(ENTRY, channel=Channel.WALLET)))


def test_that_a_binding_is_mended_in_its_place() -> None:
    home = replace(BOUND, bindings=(MINE, bound("me", "dad")))
    change = changed(edit_binding(home, MINE.id, replace(entry_of(MINE), since=SINCE)))
    assert (change.step, change.about) == ("修改父母的绑定", MINE.id)
    assert change.family.bindings == (replace(MINE, since=SINCE), home.bindings[1])
    assert faults(edit_binding(home, MINE.id, replace(ENTRY, payer="dad"))).keys() == {"payer"}


def test_that_a_payer_of_old_without_an_account_may_stay() -> None:
    odd = bound("dad", "mum")
    home = family(*PEOPLE, bindings=(odd,))
    changed(edit_binding(home, odd.id, replace(entry_of(odd), until=SINCE)))


def test_that_a_binding_ends_on_a_day_and_stays_in_the_book() -> None:
    change = changed(end_binding(BOUND, MINE.id, SINCE))
    assert (change.step, change.about) == ("结束父母的绑定", MINE.id)
    assert change.family.bindings == (replace(MINE, until=SINCE),)
    assert faults(end_binding(BOUND, MINE.id, date(2025, 1, 1))).keys() == {"until"}


def test_that_a_binding_that_never_was_is_gone_from_plans_too() -> None:
    other = bound("me", "dad")
    home = replace(
        BOUND,
        bindings=(MINE, other),
        scenarios=(Scenario("另一种", {MINE.id: SINCE, other.id: SINCE}),),
        snoozes=(Snooze(f"binding.x 2025-01-05 {MINE.id}", SINCE), Snooze("x 2025-01-05 me", SINCE)),
    )
    change = delete_binding(home, MINE.id)
    assert (change.step, change.about) == ("删去父母的绑定", "mum")
    assert change.family.bindings == (other,)
    assert change.family.scenarios[0].ends == {other.id: SINCE}
    assert len(change.family.snoozes) == 1
    assert change.family.holder == "me"


def test_that_an_unknown_binding_is_a_bug() -> None:
    assert binding_of(replace(HOME, bindings=(MINE, bound("me", "dad"))), "me-dad").beneficiary == "dad"
    with pytest.raises(KeyError):
        binding_of(BOUND, "none")


def test_that_the_law_of_the_day_says_who_is_near() -> None:
    seen = review(BOUND, shipped())
    now = near_relations(seen, Channel.IN_PROVINCE, date(2025, 12, 31))
    before = near_relations(seen, Channel.IN_PROVINCE, date(2023, 6, 1))
    assert len(now) == 8
    assert Relation.PARENT_IN_LAW not in now
    assert before < now
    assert near_relations(seen, Channel.IN_PROVINCE, date(1990, 1, 1)) == frozenset()
