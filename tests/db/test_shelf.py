"""书架。Books are made, found, opened, copied, backed up and restored."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.backup import backups, kept
from db.engine import raw_connection
from db.shelf import Shelf
from desktop.domain.premium import PremiumPayment
from desktop.domain.trouble import BookDamaged, FileTrouble, NotABook
from desktop.usecases.ports import Backup, History
from tests import families as small
from tests.db.conftest import TODAY, Clock
from tests.db.content import connection_of, content

if TYPE_CHECKING:
    from db.store import Store
    from desktop.domain.family import Family
    from desktop.usecases.ports import FamilyStore
    from desktop.usecases.ports import Shelf as AnyShelf


def fits(shelf: AnyShelf, store: FamilyStore) -> bool:
    """mypy says whether they do."""
    return shelf.folder is not None and store.history() is not None


def test_that_shelf_and_store_are_what_use_cases_ask_for(shelf: Shelf, book: Store) -> None:
    assert fits(shelf, book)


# --------------------------------------------------------------------------------------------------- making


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("周家", "周家.gongji"),
        ("", "家庭.gongji"),
        ("a/b:c?", "a b c.gongji"),
        ("..", "家庭.gongji"),
        (" 老周 家. ", "老周 家.gongji"),
        ("长" * 200, "长" * 60 + ".gongji"),
        ("100%#?家", "100%# 家.gongji"),
    ],
)
def test_that_a_book_is_named_after_its_family(shelf: Shelf, name: str, file: str) -> None:
    store = shelf.create(replace(small.family(small.worker()), name=name))
    store.close()
    assert store.file == shelf.folder / file
    assert [one.name for one in shelf.folder.iterdir()] == [file]
    shelf.open(store.file, TODAY).close()


def test_that_a_second_family_of_that_name_has_a_file_of_its_own(shelf: Shelf, sandwich: Family) -> None:
    first, second = shelf.create(sandwich), shelf.create(sandwich)
    assert first.file != second.file
    assert second.file == shelf.folder / f"{sandwich.name} 2.gongji"
    first.close()
    second.close()


def test_that_a_file_that_is_there_is_refused(shelf: Shelf, file: Path, sandwich: Family) -> None:
    before = file.read_bytes()
    with pytest.raises(FileTrouble, match="已经有这个文件"):
        shelf.create(sandwich, file)
    assert file.read_bytes() == before


def test_that_nobody_else_may_read_a_book(shelf: Shelf, book: Store) -> None:
    book.back_up("每日")
    modes = {stat.S_IMODE(one.stat().st_mode) for one in shelf.folder.rglob("*")}
    assert modes == {0o600, 0o700}
    assert stat.S_IMODE(shelf.folder.stat().st_mode) == 0o700


def test_that_the_book_changed_last_is_first(shelf: Shelf, sandwich: Family) -> None:
    assert shelf.books() == []
    for name in ("甲", "乙"):
        shelf.create(replace(sandwich, name=name)).close()
    old, new = shelf.folder / "甲.gongji", shelf.folder / "乙.gongji"
    os.utime(old, (1, 1))
    (shelf.folder / "别的.txt").touch()
    assert shelf.books() == [new, old]


# ---------------------------------------------------------------------------------------- keeping and looking


def test_that_no_difference_is_no_step(book: Store, sandwich: Family) -> None:
    book.keep("什么也没做", sandwich)
    book.keep("换了一天", replace(sandwich, as_of=date(2026, 4, 1)))
    assert book.history() == History()
    assert book.family().as_of == date(2026, 4, 1)


def test_that_a_step_writes_what_differs_and_nothing_else(book: Store, sandwich: Family) -> None:
    mended = replace(sandwich.events[3], note="改了备注")
    events = (
        *sandwich.events[:3],
        mended,
        *sandwich.events[4:-1],
        small.visit("new", patient=sandwich.people[0].id),
    )
    people = (replace(sandwich.people[0], coverage=sandwich.people[0].coverage * 1), *sandwich.people[1:])
    book.keep("改账", replace(sandwich, events=events, people=people))
    connection = connection_of(book)
    with connection.begin():
        changes = connection.exec_driver_sql("SELECT kind FROM change ORDER BY kind").scalars().all()
    assert changes == ["delete", "insert", "update"]


def test_that_the_order_of_records_is_kept(book: Store, sandwich: Family) -> None:
    before = content(book)
    turned = replace(
        sandwich,
        events=(sandwich.events[-1], *sandwich.events[:-1]),
        people=tuple(reversed(sandwich.people)),
        bindings=(*sandwich.bindings[1:], sandwich.bindings[0]),
    )
    book.keep("换次序", turned)
    book.close()
    again = Shelf(Path()).open(book.file or Path(), TODAY)
    assert again.family() == replace(turned, as_of=again.family().as_of)
    again.undo()
    assert content(again) == before
    again.close()


def test_that_an_event_may_become_one_of_another_kind(book: Store, sandwich: Family) -> None:
    first = sandwich.events[0]
    paid = PremiumPayment(first.id, first.on, sandwich.people[0].id, 2026)
    changed = replace(sandwich, events=(paid, *sandwich.events[1:]))
    book.keep("改为缴费", changed)
    assert book.undo() == sandwich
    assert book.redo() == changed


def test_that_a_family_is_read_on_the_day_it_is_opened(file: Path, shelf: Shelf) -> None:
    store = shelf.open(file, date(2027, 5, 6))
    assert store.family().as_of == date(2027, 5, 6)
    assert store.notices == ()
    store.close()


def test_that_a_clock_set_back_is_said_and_not_followed(file: Path, shelf: Shelf, clock: Clock) -> None:
    store = shelf.open(file, TODAY)
    store.keep("改名", replace(store.family(), name="新"))
    store.close()
    back = shelf.open(file, date(2016, 3, 1))
    assert back.family().as_of == TODAY == clock().date()
    (notice,) = back.notices
    assert "2016-03-01" in str(notice)
    assert "2026-03-01" in str(notice)
    clock.go(days=-3650)
    back.keep("再改", replace(back.family(), name="更新"))
    assert back.history() == History("再改", "")
    assert [step.name for step in back.steps()] == ["再改", "改名"]
    assert back.undo().name == "新"
    back.close()


def test_that_closing_twice_is_no_harm(book: Store) -> None:
    book.close()
    book.close()


# -------------------------------------------------------------------------------------------------- copying


def test_that_a_family_in_memory_is_kept_nowhere(shelf: Shelf, sandwich: Family) -> None:
    store = shelf.hold(sandwich)
    assert (store.file, store.notices, store.back_up("每日")) == (None, (), None)
    store.keep("改名", replace(sandwich, name="新"))
    assert store.undo() == sandwich
    store.close()
    assert not shelf.folder.exists()


def test_that_a_copy_of_it_is_a_book(shelf: Shelf, sandwich: Family, tmp_path: Path) -> None:
    store = shelf.hold(sandwich)
    store.keep("改名", replace(sandwich, name="新"))
    store.copy_to(tmp_path / "抄.gongji")
    store.close()
    copy = shelf.open(tmp_path / "抄.gongji", sandwich.as_of)
    assert copy.family() == replace(sandwich, name="新", as_of=copy.family().as_of)
    assert copy.undo().name == sandwich.name
    copy.close()


def test_that_a_copy_is_the_whole_book(book: Store, shelf: Shelf, tmp_path: Path) -> None:
    book.keep("改名", replace(book.family(), name="新"))
    (tmp_path / "旧.gongji").write_text("什么都可以")
    (tmp_path / "旧.gongji-journal").write_text("旧的")
    book.copy_to(tmp_path / "旧.gongji")
    copy = shelf.open(tmp_path / "旧.gongji", TODAY)
    assert content(copy) == content(book)
    assert copy.history() == book.history()
    copy.close()
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["旧.gongji"]


def test_that_a_copy_into_no_folder_is_said(book: Store, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="没有这个文件夹"):
        book.copy_to(tmp_path / "没有" / "抄.gongji")


# -------------------------------------------------------------------------------------- backing up, restoring


def test_that_backups_are_found_newest_first(book: Store, shelf: Shelf, clock: Clock) -> None:
    made = []
    for why in ("每日", "导入前"):
        made.append(book.back_up(why))
        clock.go(hours=1)
        clock.go(days=1)
    same_second = [book.back_up("导入前"), book.back_up("导入前")]
    (shelf.folder / "备份" / "别的.txt").touch()
    (shelf.folder / "备份" / f"{(book.file or Path()).stem} 2026-13-41 996161 每日.gongji").touch()
    assert list(shelf.backups(book.file or Path())) == [*reversed(same_second), *reversed(made)]
    assert list(shelf.backups(shelf.folder / "没有.gongji")) == []
    assert backups(Path("没有") / "没有.gongji") == ()


def test_that_a_backup_is_restored_and_the_state_before_backed_up(
    book: Store, shelf: Shelf, sandwich: Family, clock: Clock
) -> None:
    file, start = book.file or Path(), content(book)
    backup = book.back_up("每日")
    assert backup is not None
    book.keep("删去", replace(sandwich, events=()))
    end = content(book)
    book.close()
    clock.go(hours=1)
    restored = shelf.restore(backup.file, file, TODAY)
    assert content(restored) == start
    assert restored.history() == History()
    restored.close()
    newest = shelf.backups(file)[0]
    assert newest.why == "恢复前"
    clock.go(hours=1)
    again = shelf.restore(newest.file, file, TODAY)
    assert content(again) == end
    assert again.history().undo == "删去"
    again.close()


def test_that_a_damaged_book_is_set_aside_for_its_backup(book: Store, shelf: Shelf, clock: Clock) -> None:
    file, start = book.file or Path(), content(book)
    backup = book.back_up("每日")
    assert backup is not None
    book.close()
    damaged = file.read_bytes()[:9000]
    file.write_bytes(damaged)
    file.with_name(f"{file.name}-journal").write_bytes(b"")
    restored = shelf.restore(backup.file, file, TODAY)
    assert content(restored) == start
    restored.close()
    (aside,) = (one for one in shelf.folder.iterdir() if "损坏" in one.name and one.suffix == ".gongji")
    assert aside.read_bytes() == damaged


def test_that_a_lost_book_comes_back(book: Store, shelf: Shelf) -> None:
    file, start = book.file or Path(), content(book)
    backup = book.back_up("每日")
    assert backup is not None
    book.close()
    file.unlink()
    restored = shelf.restore(backup.file, file, TODAY)
    assert content(restored) == start
    restored.close()


def test_that_a_hostile_or_broken_backup_is_refused(book: Store, shelf: Shelf, tmp_path: Path) -> None:
    backup = book.back_up("每日")
    assert backup is not None
    file = book.file or Path()
    book.close()
    before = file.read_bytes()
    raw = raw_connection(backup.file)
    raw.execute("CREATE TRIGGER more AFTER INSERT ON visit BEGIN DELETE FROM refund; END")
    raw.close()
    with pytest.raises(BookDamaged):
        shelf.restore(backup.file, file, TODAY)
    (tmp_path / "b.gongji").write_text("x")
    with pytest.raises(NotABook):
        shelf.restore(tmp_path / "b.gongji", file, TODAY)
    assert file.read_bytes() == before
    assert [one.why for one in shelf.backups(file)] == ["每日"]


def many(*when: datetime, why: str = "每日") -> list[Backup]:
    return [Backup(Path(f"{at} {why}"), at, why) for at in when]


def test_that_backups_are_thinned_out_as_they_age() -> None:
    now = datetime(2026, 3, 1, 20).astimezone()
    every = many(*(now - timedelta(hours=7 * number) for number in range(2000)))
    keep = kept(every, now.date())
    assert len(keep) <= 30
    ages = sorted((now.date() - one.at.date()).days for one in keep)
    assert ages[:9] == [0, 0, 0, 1, 2, 3, 4, 5, 6]
    assert max(ages) > 300


def test_that_the_last_before_an_upgrade_or_a_restore_is_kept_for_ever() -> None:
    now = datetime(2026, 3, 1, 20).astimezone()
    years = now - timedelta(days=2000)
    upgraded = many(years, years - timedelta(days=1), why="升级前")
    restored = many(years - timedelta(days=9), why="恢复前")
    daily = many(*(now - timedelta(days=number) for number in range(500)))
    assert {*upgraded[:1], *restored} < kept([*daily, *upgraded, *restored], now.date())
    assert upgraded[1] not in kept([*daily, *upgraded, *restored], now.date())


def test_that_old_backups_go_when_a_new_one_is_made(book: Store, shelf: Shelf, clock: Clock) -> None:
    for _ in range(5):
        book.back_up("每日")
        clock.go(minutes=1)
    assert len(shelf.backups(book.file or Path())) == 3
