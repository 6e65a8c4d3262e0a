"""亲属关系。What each of a family is to each other one, as far as it is written down or follows from that.

A binding says what its beneficiary is to its payer, a person's record what they are to the holder. The rest
is put together over people between: my spouse's father is my 配偶的父母, my brother's mother my mother.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.binding import Relation
from desktop.domain.people import Sex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.domain.family import Family
    from desktop.domain.people import Person

_INVERSE = {
    Relation.PARENT: Relation.CHILD,
    Relation.CHILD: Relation.PARENT,
    Relation.GRANDPARENT: Relation.GRANDCHILD,
    Relation.GRANDCHILD: Relation.GRANDPARENT,
    Relation.MATERNAL_GRANDPARENT: Relation.MATERNAL_GRANDCHILD,
    Relation.MATERNAL_GRANDCHILD: Relation.MATERNAL_GRANDPARENT,
    Relation.PARENT_IN_LAW: Relation.CHILD_IN_LAW,
    Relation.CHILD_IN_LAW: Relation.PARENT_IN_LAW,
}
_SURE = {
    (Relation.SPOUSE, Relation.PARENT): Relation.PARENT_IN_LAW,
    (Relation.SPOUSE, Relation.PARENT_IN_LAW): Relation.PARENT,
    (Relation.CHILD, Relation.SPOUSE): Relation.CHILD_IN_LAW,
    (Relation.PARENT, Relation.CHILD): Relation.SIBLING,
    (Relation.SIBLING, Relation.PARENT): Relation.PARENT,
    (Relation.SIBLING, Relation.SIBLING): Relation.SIBLING,
    (Relation.SIBLING, Relation.GRANDPARENT): Relation.GRANDPARENT,
    (Relation.SIBLING, Relation.MATERNAL_GRANDPARENT): Relation.MATERNAL_GRANDPARENT,
    (Relation.GRANDCHILD, Relation.SIBLING): Relation.GRANDCHILD,
    (Relation.MATERNAL_GRANDCHILD, Relation.SIBLING): Relation.MATERNAL_GRANDCHILD,
}
_UNLESS_MARRIED_TWICE = {
    (Relation.SPOUSE, Relation.CHILD): Relation.CHILD,
    (Relation.SPOUSE, Relation.CHILD_IN_LAW): Relation.CHILD_IN_LAW,
    (Relation.SPOUSE, Relation.GRANDCHILD): Relation.GRANDCHILD,
    (Relation.SPOUSE, Relation.MATERNAL_GRANDCHILD): Relation.MATERNAL_GRANDCHILD,
    (Relation.CHILD, Relation.PARENT): Relation.SPOUSE,
    (Relation.CHILD, Relation.SIBLING): Relation.CHILD,
    (Relation.PARENT, Relation.SPOUSE): Relation.PARENT,
    (Relation.PARENT_IN_LAW, Relation.SPOUSE): Relation.PARENT_IN_LAW,
    (Relation.GRANDPARENT, Relation.SPOUSE): Relation.GRANDPARENT,
    (Relation.MATERNAL_GRANDPARENT, Relation.SPOUSE): Relation.MATERNAL_GRANDPARENT,
}
"""A child's other parent is taken for the spouse, a spouse's child for one's own, and so on."""

_DISTANT = {
    Relation.SPOUSE: {Relation.SIBLING, Relation.GRANDPARENT, Relation.MATERNAL_GRANDPARENT},
    Relation.PARENT: {Relation.SIBLING, Relation.GRANDPARENT, Relation.MATERNAL_GRANDPARENT},
    Relation.CHILD: {Relation.PARENT_IN_LAW},
    Relation.PARENT_IN_LAW: {Relation.SIBLING, Relation.PARENT},
    Relation.SIBLING: {
        Relation.SPOUSE,
        Relation.CHILD,
        Relation.CHILD_IN_LAW,
        Relation.PARENT_IN_LAW,
        Relation.GRANDCHILD,
        Relation.MATERNAL_GRANDCHILD,
    },
}
"""Over whom one comes to people outside the kinds that have a name here."""

_BY_SEX_BETWEEN = {  # over a man, over a woman
    (Relation.PARENT, Relation.PARENT): (Relation.GRANDPARENT, Relation.MATERNAL_GRANDPARENT),
    (Relation.CHILD, Relation.CHILD): (Relation.GRANDCHILD, Relation.MATERNAL_GRANDCHILD),
    (Relation.PARENT, Relation.PARENT_IN_LAW): (Relation.MATERNAL_GRANDPARENT, Relation.GRANDPARENT),
}
_BY_OWN_SEX = {  # to a man, to a woman
    (Relation.CHILD, Relation.GRANDPARENT): (Relation.PARENT, Relation.PARENT_IN_LAW),
    (Relation.CHILD, Relation.MATERNAL_GRANDPARENT): (Relation.PARENT_IN_LAW, Relation.PARENT),
}


class Tie(NamedTuple):
    """`assumed`: it follows if nobody between is married twice, and if who is of unknown sex is a man."""

    relation: Relation
    assumed: bool = False


def said(family: Family, holder: str) -> dict[tuple[str, str], Relation]:
    """What the second is to the first: by a binding's own words, by what follows from them, by what is
    written down of a person.
    """
    noted = {(holder, one.id): one.relation for one in family.people if one.relation is not None}
    bound = {(one.payer, one.beneficiary): one.relation for one in family.bindings}
    return _turned(noted) | noted | _turned(bound) | bound


def ties(family: Family, holder: str) -> Mapping[tuple[str, str], Tie]:
    """What the second is to the first, over any number of people between; what cannot be known is left out.

    What is sure is followed to its end before anything is assumed.
    """
    people = {person.id: person for person in family.people}
    near: dict[str, dict[str, Tie]] = {one: {} for one in people}
    for (one, other), relation in said(family, holder).items():
        near[one][other] = Tie(relation)
    for assuming in (False, True):
        while found := list(_steps(people, near, assuming=assuming)):
            for one, other, tie in found:
                near[one].setdefault(other, tie)
    return {(one, other): tie for one, others in near.items() for other, tie in others.items()}


def over(first: Relation, second: Relation, me: Person, between: Person) -> Tie | None:
    """What someone is to me who is `second` to the one between, who is `first` to me; None: who knows."""
    pair = (first, second)
    if pair in _BY_SEX_BETWEEN:
        return Tie(_BY_SEX_BETWEEN[pair][between.sex is Sex.FEMALE], assumed=between.sex is None)
    if pair in _BY_OWN_SEX:
        return None if me.sex is None else Tie(_BY_OWN_SEX[pair][me.sex is Sex.FEMALE])
    if pair in _UNLESS_MARRIED_TWICE:
        return Tie(_UNLESS_MARRIED_TWICE[pair], assumed=True)
    if second in _DISTANT.get(first, ()):
        return Tie(Relation.OTHER)
    return Tie(_SURE[pair]) if pair in _SURE else None


def _steps(
    people: Mapping[str, Person], near: Mapping[str, Mapping[str, Tie]], *, assuming: bool
) -> Iterator[tuple[str, str, Tie]]:
    """What follows over one person between from what is known."""
    for one, known in near.items():
        for between, first in known.items():
            for other, second in near[between].items():
                if other == one or other in known:
                    continue
                tie = over(first.relation, second.relation, people[one], people[between])
                if tie is None:
                    continue
                assumed = tie.assumed or first.assumed or second.assumed
                if assuming or not assumed:
                    yield one, other, Tie(tie.relation, assumed)


def _turned(known: Mapping[tuple[str, str], Relation]) -> dict[tuple[str, str], Relation]:
    """The same, seen from the other one of the two."""
    return {(other, one): _INVERSE.get(relation, relation) for (one, other), relation in known.items()}
