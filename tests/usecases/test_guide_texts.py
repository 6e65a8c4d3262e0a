"""办事指南的文字。What every shipped guide must have, and what must never stand in one."""

import re
from collections.abc import Iterator

import pytest

from desktop.guides.guide import GROUPS, Guide, Sentence
from desktop.policy.pack import SourceKind
from desktop.usecases.open_book import open_book
from desktop.usecases.open_guides import open_guides
from tests.families import RESOURCES, shipped

BOOK = open_book(RESOURCES, ())[0]
GUIDES = open_guides(RESOURCES, BOOK)
ADDRESS = re.compile(r"https?:|www\.|\.(com|cn|gov|org|net|html?)\b", re.IGNORECASE)
OF_LAW = re.compile(r"[0-9]+(\.[0-9]+)? ?(天|日内|个工作日|元|个月|%|人\b|次)")
EXPECTED = {
    "绑定": {"bind", "unbind", "bound-unusable", "bind-at-counter"},
    "跨省共济": {"wallet-share", "wallet-pay"},
    "参保": {"enrol", "arrears", "employee-to-resident", "unemployed"},
    "缴费与退费": {"pay-premium", "premium-refund", "paid-twice"},
    "转移": {"transfer-in-province", "merge-records", "transfer-cross-province", "old-card"},
    "退休": {"retire", "retire-shortfall"},
    "账户结清": {"inherit", "emigrate", "move-away"},
}


def every(guide: Guide) -> Iterator[Sentence]:
    yield from (guide.says, *guide.effects, *guide.notes)
    for parts in (guide.steps, guide.papers, guide.places, guide.deadlines, guide.cases):
        yield from (one.says for one in parts)


def test_that_every_errand_of_the_scheme_has_a_guide() -> None:
    found = {group: {one.id for one in GUIDES if one.group == group} for group in GROUPS}
    assert {group: EXPECTED[group] - found[group] for group in GROUPS} == {group: set() for group in GROUPS}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: one.id)
def test_that_every_sentence_has_a_titled_source_and_no_address(guide: Guide) -> None:
    for one in every(guide):
        assert one.source.title
        assert not ADDRESS.search(f"{one.says}{one.source.title}{one.source.number}")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: one.id)
def test_that_a_number_of_the_law_is_quoted_from_a_pack(guide: Guide) -> None:
    """What an outdated page says may be named, in a note, so as to refuse it."""
    refused = set(guide.notes)
    for one in every(guide):
        if one not in refused:
            assert not OF_LAW.search(re.sub(r"\{[^}]*\}", "", one.says)), one.says


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: one.id)
def test_that_a_compiled_page_alone_is_never_sure(guide: Guide) -> None:
    """A page that only puts together what others say, without the number of a document: 中 or 低."""
    known = {
        (one.title, block.confidence)
        for pack in shipped().packs.values()
        for blocks in pack.blocks.values()
        for block in blocks
        for one in [block.source]
    }
    for one in every(guide):
        source = one.source
        if source.kind is SourceKind.COMPILED and not source.number and one.confidence == "high":
            assert (source.title, one.confidence) in known, one.says


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: one.id)
def test_that_a_counter_is_to_be_called_first_and_the_telephone_is_named(guide: Guide) -> None:
    assert all(one.verify for one in guide.places if one.way == "窗口")
    assert any("12393" in one.says.says for one in guide.places)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: one.id)
def test_that_a_guide_can_be_found_by_other_words(guide: Guide) -> None:
    assert len(guide.words) >= 3
    assert not set(guide.words) & {guide.title}


def test_that_what_is_not_known_is_said() -> None:
    unknown = [one for guide in GUIDES for one in every(guide) if "未见" in one.says]
    assert {"wallet-share", "premium-refund", "unemployed", "transfer-in-province"} <= {
        guide.id for guide in GUIDES for one in every(guide) if one in unknown
    }


@pytest.mark.parametrize(
    ("guide", "words"),
    [
        ("transfer-in-province", "十五个工作日"),
        ("arrears", "六个月"),
        ("bind", "本市参保人"),
        ("wallet-share", "余额的90%"),
        ("pay-premium", "2024年度400元"),
    ],
)
def test_that_outdated_pages_are_named_and_refused(guide: str, words: str) -> None:
    notes = next(one.notes for one in GUIDES if one.id == guide)
    assert any(words in one.says for one in notes)
