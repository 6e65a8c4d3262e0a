"""家庭关系。How each person stands to one account, what it paid for them, and how many it may bind."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.binding import Binding, Relation
from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.premium import PremiumPayment, Refund
from desktop.usecases.family_map import FamilyMap, Standing, Tie, family_map
from desktop.usecases.settle_family import settle_family
from tests.families import bound, charged, family, resident, shipped, visit, worker, yuan

TODAY = date(2025, 12, 31)


def home(*events: Event, bindings: tuple[Binding, ...] = (bound(),)) -> Family:
    people = worker(), worker("sis"), resident(), resident("dad"), resident("aunt")
    return family(*people, bindings=bindings, events=events, as_of=TODAY)


def seen(ours: Family, holder: str = "me") -> FamilyMap:
    return family_map(settle_family(ours, shipped()), holder, 10, 20)


def standing(ours: Family, person: str, holder: str = "me") -> Standing:
    return {one.person.id: one.standing for one in seen(ours, holder).members}[person]


@pytest.mark.parametrize(
    ("bindings", "person", "expected"),
    [
        ((), "me", Standing.HOLDER),
        ((), "mum", Standing.NOT_BOUND),
        ((bound(),), "mum", Standing.BOUND),
        ((bound("me", "sis", relation=Relation.SIBLING),), "sis", Standing.OWN_ACCOUNT_FIRST),
        ((bound("sis", "dad"),), "sis", Standing.OTHER_PAYER),
        ((bound("sis", "dad", until=date(2025, 2, 1)),), "sis", Standing.NOT_BOUND),
        ((bound(until=date(2025, 6, 30)),), "mum", Standing.ENDED),
        ((bound("me", "aunt", relation=Relation.OTHER),), "aunt", Standing.REFUSED),
        ((bound(), bound("sis", since=date(2025, 2, 1))), "mum", Standing.CONFLICT),
        ((bound("sis"), bound(since=date(2025, 2, 1))), "mum", Standing.CONFLICT),
    ],
)
def test_that_a_person_stands_as_their_binding_does(
    bindings: tuple[Binding, ...], person: str, expected: Standing
) -> None:
    assert standing(home(bindings=bindings), person) is expected


def test_that_of_several_bindings_the_one_of_today_is_shown() -> None:
    ended = bound(name="old", until=date(2025, 1, 31))
    current = bound(name="new", since=date(2025, 3, 1))
    for several in ((ended, current), (current, ended)):
        [mum] = [one for one in seen(home(bindings=several)).members if one.person.id == "mum"]
        assert (mum.binding, mum.relation, mum.standing) == (current, Relation.PARENT, Standing.BOUND)


def test_that_a_conflict_shows_on_both_bindings_and_on_the_one_bound() -> None:
    found = seen(home(bindings=(bound(), bound("sis", since=date(2025, 2, 1)), bound("sis", "dad"))))
    nothing = yuan(0)
    assert found.ties == (
        Tie("me", "mum", True, True, nothing, date(2025, 1, 5)),
        Tie("sis", "mum", False, True, nothing, date(2025, 2, 1)),
        Tie("sis", "dad", True, False, nothing, date(2025, 1, 5)),
    )
    rules = {one.person.id: [finding.rule for finding in one.findings] for one in found.members}
    assert rules["mum"] == ["binding.two_payers"]
    assert rules["dad"] == []


def test_that_paid_is_what_left_this_account_this_year_less_what_came_back() -> None:
    events: tuple[Event, ...] = (
        visit("last_year", date(2025, 1, 6)),
        visit("kept", date(2026, 2, 1)),
        visit("undone", date(2026, 3, 1)),
        Refund("r1", date(2026, 3, 2), "undone"),
        visit("own", date(2026, 3, 3), "me", charged(50, fund=0)),
        PremiumPayment("p1", date(2026, 9, 1), "mum", 2027, yuan(5), None),
        visit("after", date(2026, 12, 1)),
    )
    ours = replace(home(*events), as_of=date(2026, 6, 30))
    found = seen(ours)
    paid = {one.person.id: one.paid for one in found.members}
    assert (paid["mum"], paid["me"], found.paid_this_year) == (yuan(100), yuan(50), yuan(100))
    assert found.ties[0].paid == yuan(100)


def test_that_a_premium_counts_for_the_one_insured() -> None:
    paid = PremiumPayment("p1", date(2025, 10, 1), "mum", 2026, None, "me")
    assert seen(home(paid)).paid_this_year == yuan(400)
    assert seen(home(paid), "sis").paid_this_year == yuan(0)


def test_that_people_bound_now_and_ever_are_counted_once_each() -> None:
    several = (
        bound(name="a", until=date(2025, 1, 31)),
        bound(name="b", since=date(2025, 3, 1)),
        bound("me", "dad", until=date(2025, 6, 1)),
        bound("me", "sis", since=date(2026, 5, 1), relation=Relation.SIBLING),
        bound("me", "aunt", relation=Relation.OTHER),
    )
    found = seen(home(bindings=several))
    assert (found.active, found.lifetime) == (1, 2)
    assert (found.most_active, found.most_in_lifetime) == (10, 20)


def test_that_an_event_named_like_a_person_does_not_turn_credits_into_spending() -> None:
    ours = replace(home(visit("me")), settings=replace(home().settings, credit_monthly=True))
    rich = replace(ours, people=(worker(base=10_000), *ours.people[1:]))
    assert seen(rich).paid_this_year == yuan(100)


def test_that_a_member_is_told_with_the_coverage_of_the_day() -> None:
    people = seen(home()).members
    assert [one.coverage.scheme if one.coverage else None for one in people[:3]] == [
        "employee",
        "employee",
        "resident",
    ]


def test_that_a_binding_that_has_not_begun_is_none_yet() -> None:
    later = bound(since=date(2026, 3, 1))
    assert standing(home(bindings=(later,)), "mum") is Standing.NOT_BOUND
