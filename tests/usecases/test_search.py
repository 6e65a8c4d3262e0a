"""搜索测试。People, values of the law, findings and lines by words, letters and sums."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.usecases.open_family import open_family
from desktop.usecases.open_guides import open_guides
from desktop.usecases.review import review
from desktop.usecases.search import Findable, Hit, HitKind, findable, search
from tests.families import RESOURCES, shipped

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def things() -> tuple[Findable, ...]:
    seen = review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), shipped())
    return findable(seen, open_guides(RESOURCES, seen.book))


def of(hits: tuple[Hit, ...], kind: HitKind) -> list[Hit]:
    return [one for one in hits if one.kind is kind]


def test_that_a_person_is_found_by_relation_name_and_letters(things: tuple[Findable, ...]) -> None:
    for query in ("母亲", "刘蕙", "mq", "lh"):
        first = of(search(things, query), HitKind.PERSON)[0]
        assert (first.page, first.what, first.title, first.name) == ("family", "mother", "母亲", "刘蕙")


def test_that_a_value_of_the_law_is_found_by_title_letters_and_key(things: tuple[Findable, ...]) -> None:
    for query in ("缴费基准值", "jfjzz", "account.base_reference"):
        assert "account.base_reference" in [one.what for one in of(search(things, query), HitKind.POLICY)]


def test_that_a_guide_is_found_by_title_letters_and_what_people_call_it(things: tuple[Findable, ...]) -> None:
    for query in ("跨省转移", "kszyjx", "过户"):
        (found,) = of(search(things, query), HitKind.GUIDE)
        assert (found.page, found.what, found.detail) == ("guides", "transfer-cross-province", "转移")


def test_that_a_line_is_found_by_day_words_and_sum(things: tuple[Findable, ...]) -> None:
    for query in ("2026-11-18", "11月18日 蛋白粉", "yd 88.00 2026-11"):
        assert of(search(things, query), HitKind.LINE)[0].what == "e2611-grandmother"
    assert [one.what for one in of(search(things, "12740.54"), HitKind.LINE)] == ["e2605-mother"]


def test_that_a_finding_is_found_and_leads_to_its_page(things: tuple[Findable, ...]) -> None:
    (found,) = of(search(things, "岳父 配偶的父母"), HitKind.FINDING)
    assert (found.page, found.detail) == ("findings", "不可以，2026-11-02")


def test_that_what_fits_best_comes_first_and_only_a_few_of_each(things: tuple[Findable, ...]) -> None:
    found = search(things, "祖母")
    assert [one.title for one in of(found, HitKind.PERSON)] == ["祖母", "外祖母"]
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=[*HitKind].index)
    assert len(of(search(things, "2026"), HitKind.LINE)) == 6


def test_that_every_word_must_fit(things: tuple[Findable, ...]) -> None:
    assert search(things, "母亲 没有这样的词") == ()
    assert search(things, "  ") == ()


def test_that_hidden_sums_cannot_be_sought(things: tuple[Findable, ...]) -> None:
    assert search(things, "326.00")
    assert search(things, "326.00", sums=False) == ()


def test_that_lines_that_come_by_themselves_are_left_out(things: tuple[Findable, ...]) -> None:
    assert of(search(things, "划入"), HitKind.LINE) == []
