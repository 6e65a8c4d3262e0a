"""备份。Whole copies of a book, dated, checked, and thinned out as they age.

A copy is made by the backup interface of SQLite and never by copying a file, under a name that means nothing
yet; it takes its own name when it was opened again and found whole. So there is no half copy.
"""

from __future__ import annotations

import os
import re
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.engine import file_engine, raw_connection
from db.trouble import in_words
from db.versions import check
from desktop.domain.trouble import BookInUse, FileTrouble
from desktop.usecases.ports import Backup

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

FOLDER = "备份"
DAILY, BEFORE_IMPORT, BEFORE_UPGRADE, BEFORE_RESTORE = "每日", "导入前", "升级前", "恢复前"

_ALWAYS = (BEFORE_UPGRADE, BEFORE_RESTORE)
_TODAY = 3
_OWN = 0o600


# ------------------------------------------------------------------------------------------------- one copy


def copy(connection: Connection, file: Path, key: str = "") -> None:
    """A whole copy of what is open; over an older file all or nothing. Raises `FileTrouble`."""
    with in_words(file), under_way(file) as made:
        with closing(raw_connection(made, key)) as target:
            connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]
        look_at(made, key)
        put_in_place(made, file, key)


@contextmanager
def under_way(file: Path) -> Iterator[Path]:
    """An empty file of our own, beside the one it is to become; after, nothing is left of it."""
    made = file.with_name(f".{file.name}.new")
    try:
        made.unlink(missing_ok=True)
        os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWN))
        yield made
    finally:
        made.unlink(missing_ok=True)
        _journal(made).unlink(missing_ok=True)


def _journal(file: Path) -> Path:
    return file.with_name(f"{file.name}-journal")


def look_at(file: Path, key: str = "") -> None:
    """Raises `FileTrouble` where the file is no book that can be opened, of our schema or an older one."""
    engine = file_engine(file, key)
    try:
        with in_words(file), engine.connect() as connection:
            check(connection, file)
    finally:
        engine.dispose()


def put_in_place(made: Path, file: Path, key: str = "") -> None:
    """Give what was made and checked its name, safe on the disk. Another window's book is left to it."""
    _let_go(file, key)
    _sync(made)
    made.replace(file)
    _sync(file.parent)


def _let_go(file: Path, key: str) -> None:
    """A journal that an older file left behind would be played back into the new one."""
    if file.exists():
        engine = file_engine(file, key)
        try:
            engine.connect().close()
        except BookInUse:
            raise
        except FileTrouble:
            pass  # whatever it is, it is to be replaced
        finally:
            engine.dispose()
    _journal(file).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # Windows keeps names by itself
        return
    opened = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


# -------------------------------------------------------------------------------------------- dated copies


def back_up(connection: Connection, file: Path, why: str, now: datetime, key: str = "") -> Backup:
    """Beside the book, in a folder of their own."""
    with in_words(file):
        folder = file.parent / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        at = now.replace(microsecond=0)
        while (backup := Backup(folder / _name(file, at, why), at, why)).file.exists():
            at += timedelta(seconds=1)
    copy(connection, backup.file, key)
    with in_words(file):
        every = backups(file)
        for old in set(every) - kept(every, now.date()):
            old.file.unlink(missing_ok=True)
    return backup


def _name(file: Path, at: datetime, why: str) -> str:
    return f"{file.stem} {at:%Y-%m-%d %H%M%S} {why}{file.suffix}"


def backups(file: Path) -> tuple[Backup, ...]:
    """Those of one book, newest first."""
    named = re.compile(
        rf"{re.escape(file.stem)} (\d{{4}}-\d\d-\d\d \d{{6}}) (.+){re.escape(file.suffix)}", re.ASCII
    )
    folder = file.parent / FOLDER
    found = []
    for one in folder.iterdir() if folder.is_dir() else ():
        if name := named.fullmatch(one.name):
            with suppress(ValueError):  # a day that there is not: somebody else's file
                at = datetime.strptime(name[1], "%Y-%m-%d %H%M%S").astimezone()
                found.append(Backup(one, at, name[2]))
    return tuple(sorted(found, key=lambda backup: backup.at, reverse=True))


def kept(backups: Sequence[Backup], today: date) -> set[Backup]:
    """What is not thinned out: of today, of days, weeks, months, and before what no undo takes back."""
    newest_first = sorted(backups, key=lambda backup: backup.at, reverse=True)
    keep = set([one for one in newest_first if one.at.date() == today][:_TODAY])
    for span, most in _SPANS:
        last = {span(one.at): one for one in reversed(newest_first)}
        keep.update(sorted(last.values(), key=lambda backup: backup.at, reverse=True)[:most])
    for why in _ALWAYS:
        keep.update([one for one in newest_first if one.why == why][:1])
    return keep


def _day(at: datetime) -> date:
    return at.date()


def _week(at: datetime) -> tuple[int, int]:
    return at.isocalendar()[:2]


def _month(at: datetime) -> tuple[int, int]:
    return at.year, at.month


_SPANS: tuple[tuple[Callable[[datetime], Hashable], int], ...] = ((_day, 7), (_week, 4), (_month, 12))


# ----------------------------------------------------------------------------------------------- back again


def put_back(backup: Path, connection: Connection, key: str = "") -> None:
    """Into the open book, all or nothing."""
    with in_words(backup), closing(raw_connection(backup, key, "ro")) as source:
        source.backup(connection.connection.driver_connection)


def set_aside(file: Path, now: datetime) -> Path:
    """A damaged book keeps its bytes, and its journal, under another name beside it."""
    with in_words(file):
        aside = file.with_name(_name(file, now, "损坏"))
        file.rename(aside)
        if _journal(file).exists():
            _journal(file).rename(_journal(aside))
    return aside
