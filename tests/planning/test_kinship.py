"""亲属关系。What each is to each other one, over any number of people, and what is assumed or unknown."""

from dataclasses import replace

import pytest

from desktop.domain.binding import Binding, Relation
from desktop.domain.people import Person, Sex
from desktop.planning.kinship import Tie, over, ties
from tests.families import bound, family


def tie(payer: str, beneficiary: str, relation: Relation) -> Binding:
    return bound(payer, beneficiary, relation=relation)


def known(*bindings: Binding, **sexes: Sex) -> dict[tuple[str, str], Tie]:
    names = dict.fromkeys(name for one in bindings for name in (one.payer, one.beneficiary))
    people = [Person(name, name, sex=sexes.get(name)) for name in ("me", *(n for n in names if n != "me"))]
    return dict(ties(family(*people, bindings=bindings), "me"))


MY_FAMILY = (
    tie("me", "wife", Relation.SPOUSE),
    tie("me", "father", Relation.PARENT),
    tie("me", "brother", Relation.SIBLING),
    tie("me", "grandma", Relation.GRANDPARENT),
    tie("me", "child", Relation.CHILD),
    tie("wife", "her_father", Relation.PARENT),
)


@pytest.mark.parametrize(
    ("one", "other", "relation", "assumed"),
    [
        ("me", "her_father", Relation.PARENT_IN_LAW, False),
        ("her_father", "me", Relation.CHILD_IN_LAW, False),
        ("wife", "father", Relation.PARENT_IN_LAW, False),
        ("brother", "father", Relation.PARENT, False),
        ("brother", "grandma", Relation.GRANDPARENT, False),
        ("brother", "me", Relation.SIBLING, False),
        ("brother", "wife", Relation.OTHER, False),
        ("brother", "child", Relation.OTHER, False),
        ("wife", "child", Relation.CHILD, True),
        ("her_father", "child", Relation.MATERNAL_GRANDCHILD, True),
        ("father", "child", Relation.GRANDCHILD, False),
    ],
)
def test_that_relations_follow_over_the_people_between(
    one: str, other: str, relation: Relation, assumed: bool
) -> None:
    sexes = {"me": Sex.MALE, "wife": Sex.FEMALE, "father": Sex.MALE}
    assert known(*MY_FAMILY, **sexes)[one, other] == Tie(relation, assumed)


def test_that_what_nothing_tells_is_left_out() -> None:
    found = known(tie("me", "father", Relation.PARENT), tie("stranger", "friend", Relation.CHILD))
    assert ("me", "stranger") not in found
    assert ("me", "me") not in found


def test_that_an_unknown_sex_between_is_assumed_to_be_a_mans() -> None:
    between = (tie("me", "parent", Relation.PARENT), tie("parent", "old", Relation.PARENT))
    assert known(*between)["me", "old"] == Tie(Relation.GRANDPARENT, assumed=True)
    assert known(*between, parent=Sex.FEMALE)["me", "old"] == Tie(Relation.MATERNAL_GRANDPARENT)


def test_that_a_childs_grandparents_are_ones_own_parents_or_the_spouses() -> None:
    child, me = Person("child", "child"), Person("me", "me")
    pair = (Relation.CHILD, Relation.GRANDPARENT)
    assert over(*pair, replace(me, sex=Sex.MALE), child) == Tie(Relation.PARENT)
    assert over(*pair, replace(me, sex=Sex.FEMALE), child) == Tie(Relation.PARENT_IN_LAW)
    assert over(*pair, me, child) is None


def test_that_what_is_sure_goes_before_what_is_assumed() -> None:
    """Over the child she would be taken for the spouse; over the brother she is a sister."""
    found = known(
        tie("me", "child", Relation.CHILD),
        tie("child", "aunt", Relation.PARENT),
        tie("me", "brother", Relation.SIBLING),
        tie("brother", "aunt", Relation.SIBLING),
    )
    assert found["me", "aunt"] == Tie(Relation.SIBLING)
