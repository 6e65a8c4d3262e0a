"""首选项测试。What is liked is kept; what makes no sense is told, put aside and never written over."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.usecases.preferences import (
    MOST_RECENT,
    LockCode,
    Preferences,
    forgotten,
    hashed,
    opened_last,
    opens,
    read_preferences,
    write_preferences,
)

LIKED = Preferences(
    theme="dark",
    scale=1.25,
    hidden=True,
    places={"eDP-1": "AdnQywADAAA="},
    idle_minutes=5,
    lock_code=LockCode(bytes(16), bytes(32)),
    last_book=Path("/家/周家.gongji"),
    recent=(Path("/家/周家.gongji"), Path("/家/刘家.gongji")),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gongji" / "preferences.json"


def put(file: Path, content: object) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_that_what_is_written_is_read(file: Path) -> None:
    assert write_preferences(file, LIKED) is None
    assert read_preferences(file) == (LIKED, ())


def test_that_a_first_start_has_defaults_and_nothing_to_tell(file: Path) -> None:
    assert read_preferences(file) == (Preferences(), ())
    assert Preferences().idle_minutes == 10


def test_that_defaults_too_can_be_kept(file: Path) -> None:
    assert write_preferences(file, Preferences()) is None
    assert read_preferences(file) == (Preferences(), ())


@pytest.mark.parametrize("content", ["", "{", '{"scale": 1', "\ufeff[]", '"dark"', "[1]"])
def test_that_a_broken_file_gives_defaults_and_is_kept_aside(file: Path, content: str) -> None:
    put(file, content)
    preferences, notices = read_preferences(file)
    kept = file.with_name("preferences.json.broken")
    assert preferences == Preferences()
    assert str(notices[0]) == f"首选项文件坏了，读不懂的都用默认值；原来的文件留在 {kept}。"
    assert kept.read_text("utf-8") == content
    assert not file.exists()


def test_that_what_was_kept_aside_before_stays(file: Path) -> None:
    for content in ("{1", "{2"):
        put(file, content)
        read_preferences(file)
    aside = sorted(one.read_text("utf-8") for one in file.parent.glob("*.broken*"))
    assert aside == ["{1", "{2"]


def test_that_a_broken_file_that_cannot_be_moved_is_told_and_left(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    put(file, "{")
    monkeypatch.setattr(Path, "rename", refuse)
    preferences, notices = read_preferences(file)
    assert preferences == Preferences()
    assert "文件没有动" in str(notices[0])
    assert file.read_text("utf-8") == "{"


def test_that_a_place_that_cannot_be_read_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    preferences, notices = read_preferences(file)
    assert preferences == Preferences()
    assert str(notices[0]).startswith("首选项没有读出来，先按默认的来：读不了这个文件（这是一个文件夹）")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("theme", "pink", "外观"),
        ("theme", ["dark"], "外观"),
        ("scale", 3, "字号"),
        ("scale", True, "字号"),
        ("scale", "2", "字号"),
        ("hidden", 1, "金额显示"),
        ("places", [], "窗口位置"),
        ("places", {"eDP-1": 1}, "窗口位置"),
        ("places", {str(number): "" for number in range(17)}, "窗口位置"),
        ("idle_minutes", 7, "自动锁定"),
        ("idle_minutes", True, "自动锁定"),
        ("lock_code", "1234", "锁定码"),
        ("lock_code", {"salt": 1, "digest": 2}, "锁定码"),
        ("lock_code", {"salt": "zz", "digest": ""}, "锁定码"),
        ("lock_code", {"salt": "", "digest": ""}, "锁定码"),
        ("last_book", "", "上次的档案"),
        ("recent", ["a", 1], "最近的档案"),
        ("recent", "a", "最近的档案"),
    ],
)
def test_that_a_value_of_the_wrong_kind_takes_its_default_and_the_others_stay(
    file: Path, name: str, value: object, words: str
) -> None:
    write_preferences(file, LIKED)
    put(file, json.loads(file.read_text("utf-8")) | {name: value})
    preferences, notices = read_preferences(file)
    assert preferences == replace(LIKED, **{name: getattr(Preferences(), name)})
    assert str(notices[0]).startswith(f"首选项里的{words}读不懂，用了默认值")


def test_that_a_key_written_twice_is_told(file: Path) -> None:
    put(file, '{"theme": "dark", "theme": "dark"}')
    preferences, notices = read_preferences(file)
    assert preferences.theme == "dark"
    assert len(notices) == 1


def test_that_unknown_keys_are_kept_out(file: Path) -> None:
    put(file, {"theme": "hc", "phone": "139"})
    preferences, notices = read_preferences(file)
    assert (preferences, notices) == (Preferences(theme="hc"), ())
    write_preferences(file, preferences)
    assert "phone" not in file.read_text("utf-8")


def test_that_a_folder_that_cannot_be_made_is_told_and_nothing_raised(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = write_preferences(tmp_path / "file" / "preferences.json", LIKED)
    assert told is not None
    assert str(told).startswith("首选项没有存下来")


def test_that_a_name_that_is_no_text_is_left_out(file: Path) -> None:
    strange = Path(os.fsdecode(b"/\xff.gongji"))
    write_preferences(file, replace(LIKED, last_book=strange, recent=(strange, Path("/a.gongji"))))
    preferences, notices = read_preferences(file)
    assert (preferences.last_book, preferences.recent, notices) == (None, (Path("/a.gongji"),), ())


def test_that_only_the_code_itself_opens() -> None:
    lock = hashed("2580")
    assert opens("2580", lock)
    assert not opens("2581", lock)
    assert b"2580" not in lock.digest + lock.salt
    assert hashed("2580") != lock


def test_that_the_book_opened_last_is_the_first_of_few() -> None:
    kept = Preferences()
    for number in range(10):
        kept = opened_last(kept, Path(f"/{number}.gongji"))
    kept = opened_last(kept, Path("/5.gongji"))
    assert kept.last_book == Path("/5.gongji")
    assert [int(one.stem) for one in kept.recent] == [5, 9, 8, 7, 6, 4, 3, 2]
    assert len(kept.recent) == MOST_RECENT


def test_that_a_book_that_is_gone_is_forgotten() -> None:
    kept = forgotten(LIKED, Path("/家/周家.gongji"))
    assert (kept.last_book, kept.recent) == (None, (Path("/家/刘家.gongji"),))
    assert forgotten(LIKED, Path("/家/刘家.gongji")).last_book == LIKED.last_book
