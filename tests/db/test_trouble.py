"""麻烦。Whatever is wrong with a file is one sentence with a way on; the file stays as it is."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from db.engine import raw_connection
from db.shelf import Shelf
from desktop.domain.trouble import BookDamaged, BookInUse, BookLocked, FileTrouble, NotABook, NotWritable
from desktop.usecases.ports import History
from tests.db.conftest import TODAY
from tests.db.content import connection_of, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.store import Store
    from desktop.domain.family import Family

ROOT = Path(__file__).resolve().parents[2]
KEY, OTHER_KEY = "5a" * 32, "a5" * 32


def refused(shelf: Shelf, file: Path) -> FileTrouble:
    """What is said of a file that is no book to open; it is unchanged, and nothing new lies beside it."""
    before = file.read_bytes() if file.is_file() else None
    beside = set(file.parent.iterdir()) if file.parent.exists() else set()
    with pytest.raises(FileTrouble) as trouble:
        shelf.open(file, TODAY)
    assert (file.read_bytes() if file.is_file() else None) == before
    assert (set(file.parent.iterdir()) if file.parent.exists() else set()) == beside
    assert str(trouble.value).startswith(f"{file}：")
    return trouble.value


# --------------------------------------------------------------------------------------- strangers and damage


def foreign(file: Path, *statements: str) -> Path:
    made = sqlite3.connect(file, isolation_level=None)
    for statement in ("CREATE TABLE person (name TEXT)", "INSERT INTO person VALUES ('x')", *statements):
        made.execute(statement)
    made.close()
    return file


def test_that_another_programs_database_is_no_book(shelf: Shelf, tmp_path: Path) -> None:
    assert isinstance(refused(shelf, foreign(tmp_path / "a.gongji")), NotABook)
    marked = foreign(tmp_path / "b.gongji", "PRAGMA application_id = 77", "PRAGMA user_version = 2")
    assert isinstance(refused(shelf, marked), NotABook)
    wal = foreign(tmp_path / "c.gongji", "PRAGMA journal_mode = WAL", "INSERT INTO person VALUES ('y')")
    assert isinstance(refused(shelf, wal), NotABook)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gongji", b"x"),
        ("a.gongji", "一段文字\n".encode() * 40),
        ("a.json", b'{"format": "gongji-family/1"}'),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(8200)),
        ("a.bin", os.urandom(8192)),
        ("a.gongji", b"SQLite format 3\0" + bytes(range(256)) * 32),
    ],
    ids=["one byte", "text", "document", "picture", "noise", "nearly"],
)
def test_that_another_kind_of_file_is_no_book(shelf: Shelf, tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert isinstance(refused(shelf, file), NotABook)


def test_that_an_empty_file_is_damaged(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "a.gongji").touch()
    assert isinstance(refused(shelf, tmp_path / "a.gongji"), BookDamaged)


def test_that_a_folder_or_nothing_is_no_file(shelf: Shelf, tmp_path: Path) -> None:
    assert "这是一个文件夹" in str(refused(shelf, tmp_path))
    assert "没有这个文件" in str(refused(shelf, tmp_path / "b.gongji"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part", [0.25, 0.5, 0.9, 0.999])
def test_that_a_book_cut_off_is_damaged(shelf: Shelf, file: Path, part: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])
    assert isinstance(refused(shelf, file), BookDamaged)


@pytest.mark.parametrize("at", [0, 5, 17, 20, 22, 101, 110])
def test_that_a_flipped_header_is_damaged(shelf: Shelf, file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    file.write_bytes(data)
    assert isinstance(refused(shelf, file), BookDamaged)


def test_that_no_flipped_bit_goes_unnoticed_or_brings_it_down(shelf: Shelf, file: Path) -> None:
    """Of plain SQLite some flips stay unseen: then the family is another, or none of its facts is touched."""
    whole = file.read_bytes()
    for at in range(0, len(whole), 997):
        data = bytearray(whole)
        data[at] ^= 1 << at % 8
        file.write_bytes(data)
        try:
            shelf.open(file, TODAY).close()
        except FileTrouble:
            assert file.read_bytes() == data


def altered(file: Path, *statements: str) -> Path:
    raw = raw_connection(file)
    for statement in statements:
        raw.execute(statement)
    raw.close()
    return file


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER more AFTER INSERT ON visit BEGIN DELETE FROM refund; END",
        "CREATE VIEW more AS SELECT 1",
        "CREATE TABLE more (x)",
        "CREATE INDEX more ON visit (note)",
        "DROP TABLE snooze",
        "UPDATE visit SET \"on\" = 'gestern'",
        "UPDATE scenario SET content = '{}'",
        "DELETE FROM family",
        "DELETE FROM person",
    ],
)
def test_that_a_book_with_anything_of_its_own_is_refused(
    shelf: Shelf, sandwich: Family, file: Path, statement: str
) -> None:
    assert sandwich.scenarios
    assert isinstance(refused(shelf, altered(file, "PRAGMA foreign_keys = OFF", statement)), BookDamaged)


# --------------------------------------------------------------------------------------------- two at once


def test_that_a_second_window_is_told_at_once(book: Store, shelf: Shelf) -> None:
    begun = time.monotonic()
    with pytest.raises(BookInUse, match="正开着"):
        shelf.open(book.file or Path(), TODAY)
    assert time.monotonic() - begun < 1
    book.keep("改名", replace(book.family(), name="还能写"))


@contextmanager
def elsewhere(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process has the book open."""
    code = (
        "import sys; from pathlib import Path; from datetime import date; from db.shelf import Shelf; "
        "store = Shelf(Path()).open(Path(sys.argv[1]), date(2026, 3, 1)); print('open', flush=True); input()"
    )
    command = [sys.executable, "-c", code, str(file)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield other
        other.kill()


def test_that_a_second_process_is_told_and_a_killed_one_is_no_obstacle(file: Path, shelf: Shelf) -> None:
    with elsewhere(file) as other:
        begun = time.monotonic()
        with pytest.raises(BookInUse):
            shelf.open(file, TODAY)
        assert time.monotonic() - begun < 1
        other.kill()
        other.wait()
        shelf.open(file, TODAY).close()


def test_that_a_copy_over_a_book_that_is_open_is_refused(book: Store, shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(BookInUse):
        book.copy_to(book.file or Path())
    other = shelf.create(book.family(), tmp_path / "b.gongji")
    with pytest.raises(BookInUse):
        book.copy_to(tmp_path / "b.gongji")
    other.close()
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["b.gongji"]


# ------------------------------------------------------------------------------------------ nowhere to write


def still_usable(book: Store, family: Family, before: bytes) -> None:
    assert content(book) == before
    assert book.family() == family
    assert book.history() == History()
    book.keep("改名", replace(family, name="又能写了"))
    assert book.undo() == family
    assert content(book) == before


def many_more(family: Family) -> Family:
    more = tuple(replace(family.events[0], id=f"x{number}") for number in range(999))
    return replace(family, events=(*family.events, *more))


def test_that_a_full_disk_leaves_what_was_kept(book: Store, sandwich: Family) -> None:
    before, connection = content(book), connection_of(book)
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    connection.rollback()
    with pytest.raises(NotWritable, match="磁盘满了"):
        book.keep("导入 999 笔", many_more(sandwich))
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    connection.rollback()
    still_usable(book, sandwich, before)


@contextmanager
def no_room() -> Iterator[None]:
    """No file may grow past 40 kB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    "do",
    [
        lambda book: book.keep("改名", many_more(book.family())),
        lambda book: book.back_up("导入前"),
        lambda book: book.copy_to(book.file.parent / "抄.gongji"),
    ],
    ids=["step", "backup", "copy"],
)
def test_that_a_disk_that_fails_leaves_no_half(
    book: Store, sandwich: Family, do: Callable[[Store], None]
) -> None:
    before, file = content(book), book.file or Path()
    with no_room(), pytest.raises(NotWritable):
        do(book)
    assert [one for one in file.parent.rglob("*.gongji*") if "-journal" not in one.name] == [file]
    still_usable(book, sandwich, before)


def test_that_a_book_is_made_whole_or_not_at_all(shelf: Shelf, sandwich: Family) -> None:
    with no_room(), pytest.raises(NotWritable):
        shelf.create(sandwich)
    assert list(shelf.folder.iterdir()) == []


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder of a person who may not do everything."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    yield folder
    if os.getuid() == 0:
        os.seteuid(0)
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_that_where_nothing_may_be_written_one_can_still_look(
    nobody: Path, sandwich: Family, what: str
) -> None:
    shelf = Shelf(nobody)
    made = shelf.create(sandwich)
    made.close()
    file = made.file or Path()
    locked = file if what == "file" else nobody
    locked.chmod(0o400 if what == "file" else 0o500)
    before = file.read_bytes()
    store = shelf.open(file, TODAY)
    assert store.family() == sandwich or store.family().people == sandwich.people
    with pytest.raises(NotWritable, match="只读"):
        store.keep("改名", replace(sandwich, name="写不进"))
    assert store.history() == History()
    if what == "folder":
        with pytest.raises(NotWritable, match="没有权限"):
            store.back_up("每日")
    store.close()
    assert file.read_bytes() == before


def test_that_a_folder_that_may_not_be_made_is_said(nobody: Path, sandwich: Family) -> None:
    nobody.chmod(0o500)
    with pytest.raises(NotWritable, match="没有权限"):
        Shelf(nobody / "账").create(sandwich)


def test_that_a_file_that_may_not_be_read_is_said(nobody: Path, sandwich: Family) -> None:
    made = Shelf(nobody).create(sandwich)
    made.close()
    (made.file or Path()).chmod(0)
    with pytest.raises(NotWritable, match="没有权限"):
        Shelf(nobody).open(made.file or Path(), TODAY)


def test_that_a_step_that_was_kept_after_all_is_done(
    book: Store, sandwich: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may fail after the last word is written: the step stands, and nobody is told otherwise."""
    dialect = connection_of(book).dialect
    commit = dialect.do_commit

    def kept_and_failed(raw: object) -> None:
        commit(raw)  # type: ignore[arg-type]
        monkeypatch.undo()
        error = dbapi2.OperationalError("disk I/O error")
        error.sqlite_errorcode = dbapi2.SQLITE_IOERR
        raise error

    monkeypatch.setattr(dialect, "do_commit", kept_and_failed)
    renamed = replace(sandwich, name="写进去了")
    book.keep("改名", renamed)
    assert book.history().undo == "改名"
    assert book.undo() == sandwich


def test_that_when_even_looking_fails_the_first_trouble_is_told(
    book: Store, sandwich: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failed(_raw: object) -> None:
        error = dbapi2.OperationalError("disk I/O error")
        error.sqlite_errorcode = dbapi2.SQLITE_IOERR
        raise error

    with monkeypatch.context() as context:
        context.setattr(connection_of(book).dialect, "do_commit", failed)
        with pytest.raises(NotWritable, match="磁盘出错"):
            book.keep("改名", replace(sandwich, name="写不进"))
    assert book.family() == sandwich
    assert book.history() == History()


def test_that_our_own_mistake_is_no_trouble_with_a_file(book: Store, sandwich: Family) -> None:
    before = content(book)
    with pytest.raises(IntegrityError):
        book.keep("坏", replace(sandwich, people=sandwich.people[1:]))
    still_usable(book, sandwich, before)


# --------------------------------------------------------------------------------------------------- locked


def test_that_an_encrypted_book_opens_with_its_key_alone(tmp_path: Path, sandwich: Family) -> None:
    shelf = Shelf(tmp_path, key=KEY)
    made = shelf.create(sandwich)
    made.close()
    file = made.file or Path()
    assert not file.read_bytes().startswith(b"SQLite")
    assert b"visit" not in file.read_bytes()
    assert isinstance(refused(Shelf(tmp_path), file), BookLocked)
    assert isinstance(refused(Shelf(tmp_path, key=OTHER_KEY), file), BookLocked)
    again = shelf.open(file, TODAY)
    assert again.family().people == sandwich.people
    backup = again.back_up("每日")
    again.close()
    assert backup is not None
    assert isinstance(refused(Shelf(tmp_path), backup.file), BookLocked)
    shelf.restore(backup.file, file, TODAY).close()


def test_that_no_plain_book_is_opened_where_a_key_is_asked_for(file: Path, tmp_path: Path) -> None:
    assert isinstance(refused(Shelf(tmp_path, key=KEY), file), BookLocked)


def test_that_a_key_that_is_none_is_never_shown(tmp_path: Path, file: Path) -> None:
    with pytest.raises(ValueError, match="hex digits") as told:
        Shelf(tmp_path, key="secret-1234").open(file, TODAY)
    assert "secret" not in str(told.value)
