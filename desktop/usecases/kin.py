"""称呼。What each person is to the holder, in one word, and sentences that say it in place of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.binding import Relation
from desktop.domain.people import Scheme, Sex, Status, age_on, province_of
from desktop.planning.kinship import over, said
from desktop.planning.timeline import holder_of
from desktop.usecases.policy_titles import SUBJECTS, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.people import Coverage, Person
    from desktop.domain.text import Text
    from desktop.policy.book import Book

_OWN = 2
_GENERATION = {
    Relation.GRANDPARENT: 0,
    Relation.MATERNAL_GRANDPARENT: 0,
    Relation.PARENT: 1,
    Relation.PARENT_IN_LAW: 1,
    Relation.CHILD: 3,
    Relation.CHILD_IN_LAW: 3,
    Relation.GRANDCHILD: 4,
    Relation.MATERNAL_GRANDCHILD: 4,
}
_WORDS = {  # nobody's sex known, a man, a woman
    Relation.SPOUSE: ("配偶", "配偶", "配偶"),
    Relation.PARENT: ("父母", "父亲", "母亲"),
    Relation.CHILD: ("子女", "儿子", "女儿"),
    Relation.SIBLING: ("兄弟姐妹", "兄弟", "姐妹"),
    Relation.GRANDPARENT: ("祖父母", "祖父", "祖母"),
    Relation.MATERNAL_GRANDPARENT: ("外祖父母", "外祖父", "外祖母"),
    Relation.GRANDCHILD: ("孙子女", "孙子", "孙女"),
    Relation.MATERNAL_GRANDCHILD: ("外孙子女", "外孙", "外孙女"),
    Relation.PARENT_IN_LAW: ("配偶的父母", "配偶的父亲", "配偶的母亲"),
    Relation.CHILD_IN_LAW: ("子女的配偶", "女婿", "儿媳"),
    Relation.OTHER: ("其他人", "其他人", "其他人"),
}
_IN_LAW = {
    (Sex.MALE, Sex.MALE): "岳父",
    (Sex.MALE, Sex.FEMALE): "岳母",
    (Sex.FEMALE, Sex.MALE): "公公",
    (Sex.FEMALE, Sex.FEMALE): "婆婆",
}
_SIBLING = {
    (Sex.MALE, True): "哥哥",
    (Sex.MALE, False): "弟弟",
    (Sex.FEMALE, True): "姐姐",
    (Sex.FEMALE, False): "妹妹",
}
_INSURED = {
    Status.ACTIVE: "在职职工",
    Status.RETIRED: "职工退休",
    Status.FLEXIBLE: "灵活就业",
    Status.UNEMPLOYED: "失业",
    Status.SUSPENDED: "停保",
}


@dataclass(frozen=True, slots=True)
class Kin:
    """`relation` is None for the holder and where nothing tells; the holder is of generation 2."""

    relation: Relation | None
    word: str
    generation: int


def kinship(family: Family, holder: str) -> dict[str, Kin]:
    """Everyone by id: what is said of them directly or the other way round, or over one person between."""
    me = family.person(holder)
    known_pairs = said(family, holder_of(family))
    near = {other: relation for (one, other), relation in known_pairs.items() if one == holder}
    known: dict[str, Kin] = {}
    for person in family.people:
        relation = near.get(person.id) or _over_another(family, known_pairs, me, person.id)
        generation = _GENERATION.get(relation, _OWN) if relation is not None else _OWN
        known[person.id] = Kin(relation, _word(me, person, relation), generation)
    known[holder] = Kin(None, "本人", _OWN)
    return known


def called(family: Family, person: str) -> str:
    """The word for one of them, seen from the holder."""
    return kinship(family, holder_of(family))[person].word


def _over_another(
    family: Family, known: Mapping[tuple[str, str], Relation], me: Person, person: str
) -> Relation | None:
    """Over one person between; someone outside the kinds of kin stays 家人."""
    for (one, between), first in known.items():
        second = known.get((between, person))
        if one != me.id or second is None:
            continue
        tie = over(first, second, me, family.person(between))
        if tie is not None and tie.relation is not Relation.OTHER:
            return tie.relation
    return None


def _word(me: Person, person: Person, relation: Relation | None) -> str:
    if relation is None:
        return "家人"
    if relation is Relation.SIBLING and person.sex is not None and me.born and person.born:
        return _SIBLING[person.sex, person.born < me.born]
    if relation is Relation.PARENT_IN_LAW and me.sex is not None and person.sex is not None:
        return _IN_LAW[me.sex, person.sex]
    either, man, woman = _WORDS[relation]
    return {None: either, Sex.MALE: man, Sex.FEMALE: woman}[person.sex]


def told(sentence: Text, family: Family, known: dict[str, Kin]) -> str:
    """A sentence with 母亲 where a name stood, and a rule's name in words where its key stood."""
    by_name = {person.name: known[person.id].word for person in family.people}
    values = {
        name: rule_words(str(value)) if name == "key" else by_name.get(str(value), value)
        for name, value in sentence.values.items()
    }
    return sentence.template.format(**values)


def without_names(words: str, family: Family, known: Mapping[str, Kin]) -> str:
    """A note as people typed it, with 母亲 where her name stood."""
    for person in sorted(family.people, key=lambda one: -len(one.name)):
        if len(person.name) > 1:
            words = words.replace(person.name, known[person.id].word)
    return words


def rule_words(key: str) -> str:
    """
    >>> rule_words("resident_outpatient.deductible"), rule_words("a_pack.of_ones_own")
    ('居民门诊起付线', 'a_pack.of_ones_own')
    """
    title = title_of(key)
    return f"{SUBJECTS[key.partition('.')[0]]}{title.name}" if title is not None else key


def insured(coverage: Coverage | None) -> str:
    """在职职工, 居民 …: how someone is insured, as short as it can be said."""
    if coverage is None or coverage.scheme is Scheme.NONE:
        return "未参保"
    if coverage.scheme is Scheme.RESIDENT:
        return "居民" if coverage.gives_benefits else "居民停保"
    return _INSURED[coverage.status]


def insured_on(person: Person, day: date) -> str:
    """How someone is insured on a day, in the same words; of who died by then nothing but that."""
    if person.died is not None and person.died <= day:
        return "已去世"
    return insured(person.coverage_on(day))


def place(book: Book, area: str, home: str) -> str:
    """长沙: the place of an area code, or 外省 seen from `home`; empty for no code or an unknown place."""
    if not area:
        return ""
    if province_of(area) != province_of(home):
        return "外省"
    return next((pack.title for pack in book.chain(area)), "")


def about_person(book: Book, person: Person, day: date, home: str) -> str:
    """86岁，居民，邵阳. `person` is as their matters leave them."""
    return "，".join(_about(book, person, day, home))


def _about(book: Book, person: Person, day: date, home: str) -> Iterator[str]:
    coverage = person.coverage_on(day)
    if person.born is not None and person.alive_on(day):
        yield f"{age_on(person.born, day)}岁"
    yield insured_on(person, day)
    where = place(book, coverage.area, home) if coverage is not None else ""
    if where:
        yield where
    if coverage is not None and coverage.benefits_from is not None and coverage.benefits_from > day:
        yield f"待遇 {coverage.benefits_from} 起"
