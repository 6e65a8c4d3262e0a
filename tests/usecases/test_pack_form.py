"""填写一个值测试。What a form begins with, every fault beside its field, and what it would change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from desktop.domain.trouble import Fault, InputRefused
from desktop.policy.book import Book
from desktop.usecases.open_family import open_family
from desktop.usecases.pack_copies import PackPlaces
from desktop.usecases.pack_effects import CHECKED, try_cover, try_values
from desktop.usecases.pack_form import (
    Form,
    FormRefused,
    Typed,
    faults_by_field,
    form_for,
    suggested_words,
    values_typed,
)
from desktop.usecases.policy_history import entries, find_entry
from desktop.usecases.review import Review, review
from tests.families import CHANGSHA, RESOURCES, shipped
from tests.policy.packs import block, pack

TODAY, NEXT = date(2026, 11, 21), date(2027, 1, 1)
PERSONAL, WINDOW = "premium.personal/", "premium.window/"


@cache
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", TODAY), shipped())


def form(key: str, channel: str = "", book: Book | None = None, day: date = TODAY) -> Form:
    book = book or shipped()
    listed = entries(book, CHANGSHA, day)
    entry = find_entry(listed, key, channel)
    assert entry is not None
    made = form_for(book, CHANGSHA, entry, listed, day)
    assert made is not None
    return made


def typed(words: str = "420") -> Typed:
    return Typed({PERSONAL: {(): words}}, NEXT, date(2027, 12, 31), "通告", says="420 元")


@pytest.fixture
def places(tmp_path: Path) -> PackPlaces:
    return PackPlaces(RESOURCES / "policy", tmp_path / "packs")


# ---------------------------------------------------------------------------------------- what it begins with


def test_that_a_value_of_a_year_is_followed_by_that_of_the_next() -> None:
    made = form("premium.personal")
    assert (made.pack, made.place, made.ahead) == ("cn-43", "湖南", True)
    assert (made.since, made.until) == (NEXT, date(2027, 12, 31))
    assert made.asked.was == "400.00 元/年"
    assert [one.now for one in made.asked.fields] == [""]


def test_that_what_the_same_document_said_can_be_filled_in_with_it() -> None:
    also = [one.key for one in form("premium.personal").also]
    assert also[:2] == ["premium.window", "premium.late"]
    assert "premium.personal" not in also
    assert also[-1].startswith("enrolment.")


def test_that_a_doubtful_value_is_put_right_from_its_own_first_day() -> None:
    made = form("account.base_floor")
    assert (made.ahead, made.also, made.until) == (False, (), None)
    assert [one.now for one in made.asked.fields] == ["4,072.00"]


def test_that_an_unpublished_value_begins_empty() -> None:
    made = form("account.interest_rate")
    assert (made.asked.was, [one.now for one in made.asked.fields]) == ("", [""])


def test_that_a_value_is_followed_only_where_nothing_follows_it() -> None:
    assert form("premium.personal", day=date(2024, 5, 1)).ahead is False


def test_that_a_long_value_is_followed_by_an_open_one() -> None:
    made = pack("cn", block("premium.personal", Decimal(1), date(2020, 1, 1), date(2025, 12, 31)))
    assert form("premium.personal", book=Book([made])).until is None
    last = pack("cn", block("premium.personal", Decimal(1), date(9999, 1, 1), date(9999, 12, 30)))
    assert form("premium.personal", book=Book([last])).until is None


def test_that_a_value_long_gone_is_asked_for_as_it_was_last() -> None:
    made = form("social_insurance.base_floor")
    assert (made.asked.was, made.since) == ("4,072.00 元/月", date(2026, 1, 1))


def test_that_without_a_pack_there_is_no_form() -> None:
    listed = entries(shipped(), CHANGSHA, TODAY)
    assert form_for(Book([]), CHANGSHA, listed[0], listed, TODAY) is None


# ---------------------------------------------------------------------------------------- what is typed


def test_that_what_was_typed_becomes_new_values() -> None:
    both = replace(
        typed(), values={PERSONAL: {(): "420"}, WINDOW: {("from",): "2026-09-01", ("to",): "2027-01-31"}}
    )
    one, other = values_typed(form("premium.personal"), both)
    assert (one.value, one.says, one.unit) == (Decimal("420.00"), "420 元", "yuan/year")
    assert other.value == {"from": date(2026, 9, 1), "to": date(2027, 1, 31)}
    assert other.says == "居民医保 集中缴费期：2026-09-01 至 2027-01-31（2027-01-01 起）"


def test_that_every_fault_of_the_form_is_told_at_once() -> None:
    bad = Typed(
        {PERSONAL: {(): "abc"}, WINDOW: {("from",): "x", ("to",): ""}},
        None,
        None,
        says="话" * 81,
        unread=frozenset({"issued"}),
    )
    with pytest.raises(FormRefused) as refused:
        values_typed(form("premium.personal"), bad)
    assert set(refused.value.faults) == {
        (PERSONAL, ()),
        (WINDOW, ("from",)),
        (WINDOW, ("to",)),
        ("since", ()),
        ("title", ()),
        ("says", ()),
        ("issued", ()),
    }
    assert "请填文件" in str(refused.value)


def test_that_ends_before_beginnings_and_endless_titles_are_told() -> None:
    bad = replace(typed(), until=TODAY, title="题" * 201, says="")
    with pytest.raises(FormRefused) as refused:
        values_typed(form("premium.personal"), bad)
    assert set(refused.value.faults) == {("until", ()), ("title", ()), ("says", ())}
    with pytest.raises(FormRefused):
        values_typed(form("premium.personal"), replace(typed(), since=None, unread=frozenset({"since"})))


def test_that_a_sentence_is_suggested() -> None:
    made = form("premium.personal")
    assert (
        suggested_words(made, Decimal("420.00"), NEXT)
        == "居民医保 个人缴费标准：420.00 元/年（2027-01-01 起）"
    )


@pytest.mark.parametrize(
    ("place", "what", "field"),
    [
        ("cn-43/premium.toml personal[5].value", "应是不小于 0 的金额", (PERSONAL, ())),
        ("cn-43/premium.toml window[5].value", "应是日期", (WINDOW, ("from",))),
        ("cn-43/premium.toml personal[5].says", "句子太长", ("says", ())),
        ("cn-43/premium.toml personal[5].source", "没有声明", ("title", ())),
        ("cn-43/premium.toml personal[5].to", "写法不对", ("until", ())),
        ("cn-43/premium.toml personal", "没有值", ("since", ())),
        ("cn-43/premium.toml other[1].value", "应是", (PERSONAL, ())),
        ("cn-43/pack.toml source.local-1.title", "写法不对", ("title", ())),
        ("", "读不了", ("since", ())),
    ],
)
def test_that_the_faults_of_the_reader_stand_beside_their_fields(
    place: str, what: str, field: tuple[str, tuple[str, ...]]
) -> None:
    refused = InputRefused("x", [Fault(place, what, "请改正")])
    assert faults_by_field(form("premium.personal"), refused) == {field: f"{what}。请改正。"}


def test_that_a_fault_in_a_table_stands_beside_its_entry() -> None:
    made = form("employee_inpatient.pool_share")
    refused = InputRefused(
        "x", [Fault("cn-43/employee_inpatient.toml pool_share[0].value", "active tertiary 应是比例")]
    )
    assert list(faults_by_field(made, refused)) == [
        ("employee_inpatient.pool_share/", ("active", "tertiary"))
    ]


# --------------------------------------------------------------------------------------- what it would do


def test_that_what_it_would_change_is_told_before_it_is_used(places: PackPlaces) -> None:
    tried = try_values(seen(), places, form("premium.personal"), typed())
    [changed] = tried.rules.changed
    assert (changed.before, changed.after) == ("400.00 元/年", "420.00 元/年")
    before, after = tried.money.before.lowest, tried.money.after.lowest
    assert before is not None
    assert after is not None
    assert after < before
    assert not places.copies.exists()


def test_that_what_the_reader_refuses_is_refused_beside_its_field(places: PackPlaces) -> None:
    with pytest.raises(FormRefused) as refused:
        try_values(seen(), places, form("premium.personal"), replace(typed(), since=date(2027, 3, 1)))
    [sentence] = refused.value.faults.values()
    assert list(refused.value.faults) == [("since", ())]
    assert "没有值" in sentence


def test_that_a_cover_is_lengthened_only_once_what_ends_with_it_is_filled_in(places: PackPlaces) -> None:
    with pytest.raises(FormRefused) as refused:
        try_cover(seen(), places, "cn-43", date(2027, 12, 31), TODAY)
    assert "个人缴费标准" in refused.value.faults["until", ()]
    tried = try_cover(seen(), places, "cn-4301", date(2027, 12, 31), TODAY)
    assert "2027-12-31" in tried.draft.files["pack.toml"]


def test_that_a_cover_makes_sense(places: PackPlaces) -> None:
    with pytest.raises(FormRefused) as refused:
        try_cover(seen(), places, "cn-43", date(2000, 1, 1), TODAY)
    assert "第一天" in refused.value.faults["until", ()]
    with pytest.raises(FormRefused) as refused:
        try_cover(seen(), places, "cn-43", date(2026, 12, 31), NEXT)
    assert (CHECKED, ()) in refused.value.faults


def test_that_a_value_without_a_title_is_named_by_its_sentence(places: PackPlaces) -> None:
    blocks = {**shipped().packs["cn-4301"].blocks}
    ending = block("premium.personal", Decimal(1), until=date(2026, 12, 31))
    untitled = block("transfer.unheard_of", Decimal(1), until=date(2026, 12, 31))
    made = replace(
        shipped().packs["cn-4301"], blocks={**blocks, ending.key: (ending,), untitled.key: (untitled,)}
    )
    looked = replace(seen(), book=shipped().with_packs([made]))
    with pytest.raises(FormRefused) as refused:
        try_cover(looked, places, "cn-4301", date(2027, 12, 31), TODAY)
    assert refused.value.faults["until", ()].endswith("个人缴费标准")
