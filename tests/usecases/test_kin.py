"""称呼。What each person is to the holder, and sentences that say it in place of names."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.binding import Binding, Relation
from desktop.domain.people import Coverage, Person, Scheme, Sex, Status
from desktop.domain.text import text
from desktop.usecases.kin import (
    about_person,
    insured,
    kinship,
    place,
    rule_words,
    told,
    without_names,
)
from tests.families import CHANGSHA, ELSEWHERE, LONG_AGO, bound, family, resident, shipped

DAY = date(2025, 3, 1)
ME = Person("me", "周明", sex=Sex.FEMALE, born=date(1985, 3, 2))


def tie(payer: str, beneficiary: str, relation: Relation) -> Binding:
    return bound(payer, beneficiary, relation=relation)


def word(*bindings: Binding, me: Person = ME, **other: object) -> str:
    who = replace(Person("x", "某人"), **other)  # type: ignore[arg-type]
    between = Person("b", "中间人", sex=Sex.FEMALE)
    return kinship(family(me, who, between, bindings=bindings), "me")["x"].word


@pytest.mark.parametrize(
    ("relation", "sex", "expected"),
    [
        (Relation.PARENT, None, "父母"),
        (Relation.PARENT, Sex.FEMALE, "母亲"),
        (Relation.CHILD, Sex.MALE, "儿子"),
        (Relation.SIBLING, Sex.MALE, "兄弟"),
        (Relation.PARENT_IN_LAW, Sex.MALE, "公公"),
        (Relation.PARENT_IN_LAW, None, "配偶的父母"),
        (Relation.OTHER, Sex.MALE, "其他人"),
    ],
)
def test_that_a_person_is_called_by_what_a_binding_says(
    relation: Relation, sex: Sex | None, expected: str
) -> None:
    assert word(tie("me", "x", relation), sex=sex) == expected


def test_that_an_older_and_a_younger_sibling_have_words_of_their_own() -> None:
    brother = tie("me", "x", Relation.SIBLING)
    assert word(brother, sex=Sex.MALE, born=date(1980, 1, 1)) == "哥哥"
    assert word(brother, sex=Sex.FEMALE, born=date(1990, 1, 1)) == "妹妹"


def test_that_a_binding_tells_the_other_way_round_too() -> None:
    assert word(tie("x", "me", Relation.CHILD), sex=Sex.MALE) == "父亲"
    assert word(tie("x", "me", Relation.SPOUSE)) == "配偶"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Relation.SPOUSE, Relation.PARENT, "公公"),
        (Relation.PARENT, Relation.PARENT, "外祖父"),
        (Relation.CHILD, Relation.CHILD, "外孙"),
        (Relation.PARENT, Relation.OTHER, "家人"),
    ],
)
def test_that_a_person_may_be_known_over_another(first: Relation, second: Relation, expected: str) -> None:
    assert word(tie("me", "b", first), tie("b", "x", second), sex=Sex.MALE) == expected


def test_that_what_is_written_down_of_a_person_holds_while_no_binding_speaks() -> None:
    mother = Person("x", "刘蕙", sex=Sex.FEMALE, relation=Relation.PARENT)
    kin = kinship(family(ME, mother), "me")["x"]
    assert (kin.word, kin.generation, kin.relation) == ("母亲", 1, Relation.PARENT)
    assert word(tie("me", "x", Relation.SIBLING), sex=Sex.FEMALE, relation=Relation.PARENT) == "姐妹"


def test_that_what_is_written_down_is_seen_from_others_too() -> None:
    ours = family(
        ME,
        Person("x", "刘蕙", sex=Sex.FEMALE, relation=Relation.PARENT),
        Person("b", "周岩", relation=Relation.SIBLING),
    )
    seen_by_brother = kinship(ours, "b")
    assert seen_by_brother["x"].word == "母亲"
    assert seen_by_brother["me"].relation is Relation.SIBLING


def test_that_the_holder_is_the_middle_generation_and_strangers_are_family() -> None:
    ours = family(
        ME, Person("x", "某人"), Person("y", "老人"), bindings=(tie("me", "y", Relation.GRANDPARENT),)
    )
    known = kinship(ours, "me")
    assert (known["me"].word, known["me"].generation, known["me"].relation) == ("本人", 2, None)
    assert (known["x"].word, known["x"].generation) == ("家人", 2)
    assert known["y"].generation == 0


def test_that_a_sentence_says_kin_for_names_and_words_for_keys() -> None:
    ours = family(ME, Person("x", "周老", sex=Sex.FEMALE), bindings=(tie("me", "x", Relation.PARENT),))
    sentence = text("{who}用{key}，{count} 次", who="周老", key="resident_outpatient.deductible", count=2)
    assert told(sentence, ours, kinship(ours, "me")) == "母亲用居民门诊起付线，2 次"
    assert rule_words("account.own_rate") == "个人账户个人缴费计入比例"
    assert rule_words("a_pack.of_ones_own") == "a_pack.of_ones_own"


def test_that_a_note_says_the_word_for_a_name_but_not_for_one_character() -> None:
    ours = family(ME, Person("x", "老"), Person("y", "周老"), bindings=(tie("me", "y", Relation.PARENT),))
    assert without_names("周老和老王", ours, kinship(ours, "me")) == "父母和老王"


@pytest.mark.parametrize(
    ("scheme", "status", "expected"),
    [
        (Scheme.EMPLOYEE, Status.RETIRED, "职工退休"),
        (Scheme.RESIDENT, Status.ACTIVE, "居民"),
        (Scheme.RESIDENT, Status.SUSPENDED, "居民停保"),
        (Scheme.NONE, Status.ACTIVE, "未参保"),
    ],
)
def test_that_coverage_is_said_in_a_word(scheme: Scheme, status: Status, expected: str) -> None:
    assert insured(Coverage(scheme, status, CHANGSHA, LONG_AGO)) == expected
    assert insured(None) == "未参保"


def test_that_a_place_is_named_by_its_pack_or_as_another_province() -> None:
    assert place(shipped(), CHANGSHA, CHANGSHA) == shipped().packs["cn-4301"].title
    assert place(shipped(), ELSEWHERE, CHANGSHA) == "外省"
    assert place(shipped(), "", CHANGSHA) == ""


def test_that_a_person_is_told_by_age_coverage_and_place() -> None:
    old = replace(resident(), born=date(1940, 1, 1))
    where = shipped().packs["cn-4301"].title
    assert about_person(shipped(), old, DAY, CHANGSHA) == f"85岁，居民，{where}"
    assert about_person(shipped(), Person("x", "x"), DAY, CHANGSHA) == "未参保"
