"""规则包副本测试。A copy is written whole or not at all and used at once; the shipped pack stays."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.trouble import FileTrouble, InputRefused
from desktop.policy.book import Book
from desktop.policy.pack import Pack
from desktop.policy.reader import read_packs
from desktop.usecases.pack_copies import (
    PackPlaces,
    can_put_back,
    changed_in,
    checked,
    copies_in,
    draft_of,
    put_back,
    remove,
    save,
    tidy,
    with_copies,
)
from desktop.usecases.pack_draft import Draft, NewValue, Source, with_cover, with_values
from tests.families import CHANGSHA, RESOURCES, shipped

TODAY = date(2026, 11, 21)
NEXT = date(2027, 1, 1)
NOTICE = Source("2027年度参保缴费通告", "示医保〔2026〕1号", date(2026, 9, 1))
PREMIUM = NewValue(
    "premium.personal",
    Decimal("420.00"),
    NEXT,
    date(2027, 12, 31),
    "2027年度 420 元",
    NOTICE,
    "",
    "yuan/year",
)


@pytest.fixture
def places(tmp_path: Path) -> PackPlaces:
    return PackPlaces(RESOURCES / "policy", tmp_path / "packs")


@pytest.fixture
def hunan() -> Pack:
    return shipped().packs["cn-43"]


def filled(places: PackPlaces, *values: NewValue) -> Draft:
    return with_values(draft_of(places, shipped().packs["cn-43"]), values or [PREMIUM])


def personal(book: Book, day: date) -> Decimal:
    value = book.law(CHANGSHA, day).policy.term("premium.personal").value
    assert isinstance(value, Decimal)
    return value


# ----------------------------------------------------------------------------------------------- filling in


def test_that_a_new_value_stands_under_the_old_ones_and_nothing_else_moves(
    places: PackPlaces, hunan: Pack
) -> None:
    before, after = draft_of(places, hunan), filled(places)
    old, new = before.files["premium.toml"], after.files["premium.toml"]
    added = [line for line in new.splitlines() if line not in old.splitlines()]
    assert added == [
        "from   = 2027-01-01",
        "to     = 2027-12-31",
        "value  = 420.00",
        'source = "local-1"',
        'says   = "2027年度 420 元"',
    ]
    assert new.index("420.00") < new.index("# 财政补助")
    assert [name for name in after.files if after.files[name] != before.files[name]] == [
        "pack.toml",
        "premium.toml",
    ]


def test_that_the_new_block_answers_past_the_cover_and_is_no_estimate(places: PackPlaces) -> None:
    book = shipped().with_packs([checked(filled(places))])
    term = book.law(CHANGSHA, date(2027, 5, 1)).policy.term("premium.personal")
    assert (term.value, term.assumed) == (Decimal("420.00"), False)
    later = book.assuming_unchanged().law(CHANGSHA, date(2028, 5, 1)).policy.term("premium.personal")
    assert (later.value, later.assumed) == (Decimal("420.00"), True)
    assert personal(book, date(2026, 5, 1)) == Decimal("400.00")


def test_that_a_value_ends_the_day_before_the_next(places: PackPlaces) -> None:
    early = replace(PREMIUM, since=date(2026, 7, 1), until=None)
    pack = checked(filled(places, early))
    assert [(one.since, one.until) for one in pack.blocks["premium.personal"][-2:]] == [
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), None),
    ]


def test_that_an_unpublished_value_is_replaced(places: PackPlaces, hunan: Pack) -> None:
    [block] = hunan.blocks["account.interest_rate"]
    known = NewValue(
        "account.interest_rate", Decimal("0.0150"), block.since, None, "1.5%", NOTICE, "", "ratio", "medium"
    )
    [now] = checked(filled(places, known)).blocks["account.interest_rate"]
    assert (now.value, now.source.title, str(now.confidence)) == (Decimal("0.0150"), NOTICE.title, "medium")


def test_that_a_disputed_value_put_right_is_disputed_no_more(places: PackPlaces, hunan: Pack) -> None:
    old = hunan.blocks["account.base_floor"][-1]
    assert old.disputed
    new = NewValue(old.key, Decimal("4100.00"), old.since, None, "4100元", NOTICE, "", "yuan/month")
    now = checked(filled(places, new)).blocks[old.key][-1]
    assert (now.value, now.disputed, now.rows) == (Decimal("4100.00"), (), old.rows)


def test_that_a_channel_of_its_own_is_left_alone(places: PackPlaces, hunan: Pack) -> None:
    new = NewValue(
        "premium.refund_until",
        {"year": 0, "day": "05-31"},
        date(2026, 1, 1),
        None,
        "5月底",
        NOTICE,
        "premium_proxy",
    )
    blocks = checked(filled(places, new)).blocks["premium.refund_until"]
    assert [one.channel for one in blocks] == ["", "premium_proxy", "premium_proxy"]
    assert blocks[0] == hunan.blocks["premium.refund_until"][0]


def test_that_a_value_may_begin_before_all_others_or_be_the_first_of_its_channel(places: PackPlaces) -> None:
    first = NewValue(
        "premium.fiscal", Decimal("610.00"), date(2023, 1, 1), None, "610元", NOTICE, "", "yuan/year"
    )
    mine = NewValue("premium.refund_to", "cash", date(2025, 1, 1), None, "退现金", NOTICE, "in_province")
    pack = checked(filled(places, first, mine))
    assert pack.blocks["premium.fiscal"][0].value == Decimal("610.00")
    assert [one.channel for one in pack.blocks["premium.refund_to"]] == ["premium_proxy", "in_province"]


def test_that_a_key_or_a_topic_that_was_not_there_can_be_added(places: PackPlaces) -> None:
    told = NewValue("premium.told", ("a", "b"), NEXT, None, "新的一项", NOTICE)
    other = NewValue("care.told", True, NEXT, None, "新的一项", NOTICE)
    pack = checked(filled(places, told, other))
    assert pack.blocks["premium.told"][0].value == ("a", "b")
    assert pack.blocks["care.told"][0].value is True


def test_that_a_document_is_named_once(places: PackPlaces) -> None:
    bare = replace(PREMIUM, key="premium.fiscal", source=Source("别的通告", kind="press"))
    pack = filled(places, PREMIUM, replace(PREMIUM, key="premium.late"), bare)
    sources = tomllib.loads(pack.files["pack.toml"])["source"]
    assert [name for name in sources if name.startswith("local-")] == ["local-1", "local-2"]
    assert sources["local-2"] == {"title": "别的通告", "kind": "press"}


def test_that_every_fault_of_the_reader_is_told_and_nothing_is_written(places: PackPlaces) -> None:
    bad = replace(PREMIUM, value=Decimal("0.00"), key="premium.window")
    late = replace(PREMIUM, since=date(2027, 3, 1))
    with pytest.raises(InputRefused) as refused:
        save(places, filled(places, bad, late), TODAY)
    said = {fault.place.split(" ", 1)[1] for fault in refused.value.faults}
    assert said == {"window[5].value", "personal"}
    assert not places.copies.exists()


def test_that_the_cover_can_be_changed(places: PackPlaces, hunan: Pack) -> None:
    pack = checked(with_cover(draft_of(places, hunan), date(2027, 6, 30), TODAY))
    assert (pack.covers_until, pack.checked_on) == (date(2027, 6, 30), TODAY)


# --------------------------------------------------------------------------------------------- kept and used


def test_that_a_copy_is_used_at_once_and_says_whose_it_is(places: PackPlaces, hunan: Pack) -> None:
    save(places, filled(places), TODAY)
    book, said = with_copies(shipped(), places.copies)
    assert (book.packs["cn-43"].version, book.packs["cn-43"].sequence, said) == ("2026.1+本地1", 2, ())
    assert personal(book, NEXT) == Decimal("420.00")
    head = (places.copies / "cn-43.2" / "pack.toml").read_text(encoding="utf-8")
    assert head.startswith("# 本机副本：照 2026.1 在本机改成，2026-11-21 填写")
    assert shipped().packs["cn-43"] == hunan == read_packs(RESOURCES / "policy" / "cn-43")[0]


def test_that_a_copy_is_changed_further_and_only_the_last_is_kept(places: PackPlaces) -> None:
    first = save(places, filled(places), TODAY)
    again = with_values(draft_of(places, first), [replace(PREMIUM, value=Decimal("430.00"))])
    second = save(places, again, date(2026, 12, 1))
    assert (second.version, second.sequence) == ("2026.1+本地2", 3)
    head = (places.copies / "cn-43.3" / "pack.toml").read_text(encoding="utf-8")
    assert head.count("# 本机副本：") == 1
    assert [one.name for one in places.copies.glob("cn-43.*")] == ["cn-43.3"]
    assert [block.value for block in changed_in(places, second)] == [Decimal("430.00")]


def test_that_the_command_line_may_lay_over_the_folder_of_the_copies(places: PackPlaces) -> None:
    save(places, filled(places), TODAY)
    remove(places, "cn-43")
    save(places, filled(places), TODAY)
    assert [one.version for one in read_packs(places.copies)] == ["2026.1+本地1"]


def test_that_a_removed_copy_can_be_put_back_until_the_next_start(places: PackPlaces) -> None:
    save(places, filled(places), TODAY)
    remove(places, "cn-43")
    assert copies_in(places.copies, shipped()).packs == ()
    assert can_put_back(places, "cn-43")
    put_back(places, "cn-43")
    assert [one.id for one in copies_in(places.copies, shipped()).packs] == ["cn-43"]
    remove(places, "cn-43")
    tidy(places.copies)
    assert not can_put_back(places, "cn-43")


def test_that_a_crash_in_the_middle_leaves_the_old_copy(
    places: PackPlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = save(places, filled(places), TODAY)

    def broken(self: Path, _: Path) -> Path:
        raise OSError(28, "No space left on device")

    second = with_values(draft_of(places, first), [replace(PREMIUM, value=Decimal("430.00"))])
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", broken)
        with pytest.raises(FileTrouble, match="磁盘满了"):
            save(places, second, TODAY)
    book, said = with_copies(shipped(), places.copies)
    assert (personal(book, NEXT), said) == (Decimal("420.00"), ())
    assert list((places.copies / ".work").iterdir()) == []


def test_that_what_a_crash_left_behind_is_swept_at_the_start(places: PackPlaces) -> None:
    first = save(places, filled(places), TODAY)
    half = places.copies / ".work" / "tmp1"
    half.mkdir(parents=True)
    (half / "pack.toml").write_text("id = ", encoding="utf-8")
    old = places.copies / "cn-43.1"
    old.mkdir()
    tidy(places.copies)
    assert sorted(one.name for one in places.copies.iterdir()) == ["cn-43.2"]
    assert copies_in(places.copies, shipped()).packs == (first,)


def broken_copies(places: PackPlaces) -> Iterator[tuple[str, str]]:
    folder = places.copies / "cn-43.2"
    head = folder / "pack.toml"
    text = head.read_text(encoding="utf-8")
    head.write_text("id = ", encoding="utf-8")
    yield "读不了", "TOML"
    head.write_text(text.replace('id         = "cn-43"', 'id = "cn-77"'), encoding="utf-8")
    yield "没有 cn-77 这个规则包", ""
    head.write_text(text.replace("2026.1+本地1", "2025.9+本地1"), encoding="utf-8")
    yield "它是照 2025.9 改的", "请照新的重填"
    head.write_text(text.replace("2026.1+本地1", "2026.9"), encoding="utf-8")
    yield "它不是在这里填写的副本", ""


def test_that_a_broken_foreign_or_outdated_copy_is_told_and_not_used(places: PackPlaces) -> None:
    save(places, filled(places), TODAY)
    for words, more in broken_copies(places):
        book, said = with_copies(shipped(), places.copies)
        assert book.packs["cn-43"] is shipped().packs["cn-43"]
        assert words in str(said[0])
        assert more in str(said[0])


def test_that_no_folder_of_copies_is_no_trouble(places: PackPlaces) -> None:
    tidy(places.copies)
    assert copies_in(places.copies, shipped()) == ((), ())


def test_that_a_folder_that_is_no_copy_is_passed_over(places: PackPlaces) -> None:
    for name in ("cn-43.²", "cn-43.old", "notes"):
        (places.copies / name).mkdir(parents=True)
    assert copies_in(places.copies, shipped()) == ((), ())


def test_that_a_pack_from_elsewhere_is_not_filled_in(places: PackPlaces, hunan: Pack) -> None:
    with pytest.raises(FileTrouble, match="不是程序带的"):
        draft_of(places, replace(hunan, version="9"))
    mine = save(places, filled(places), TODAY)
    (places.copies / "cn-43.2" / "premium.toml").write_bytes(b"\xff")
    with pytest.raises(FileTrouble, match="读不了"):
        draft_of(places, mine)


def test_that_what_cannot_be_moved_is_told(places: PackPlaces, monkeypatch: pytest.MonkeyPatch) -> None:
    save(places, filled(places), TODAY)

    def refused(self: Path, _: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(FileTrouble, match="没有权限"):
        remove(places, "cn-43")
