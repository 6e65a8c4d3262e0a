"""书架。The folder where families' books are kept, and the way to open them: start here."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING

from db import journal, versions
from db.backup import (
    BEFORE_RESTORE,
    BEFORE_UPGRADE,
    back_up,
    backups,
    copy,
    look_at,
    put_back,
    put_in_place,
    set_aside,
    under_way,
)
from db.engine import file_engine, memory_engine
from db.family import differences, read_family
from db.rows import write
from db.store import Held, Store, local_now
from db.tables import SCHEMA
from db.trouble import damaged, in_words, there_already
from desktop.domain.text import text
from desktop.domain.trouble import BookDamaged, NotABook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from db.family import Layout
    from desktop.domain.family import Family
    from desktop.domain.text import Text
    from desktop.usecases.ports import Backup

SUFFIX = ".gongji"

_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+|^[. ]+|[. ]+$')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Shelf:
    """Fits `Shelf` of the use cases. With a `key` every book is encrypted, and no other is opened."""

    folder: Path
    key: str = ""
    now: Callable[[], datetime] = local_now

    def books(self) -> Sequence[Path]:
        found = [one for one in self.folder.glob(f"*{SUFFIX}") if one.is_file()]
        return sorted(found, key=lambda book: book.stat().st_mtime, reverse=True)

    def create(self, family: Family, file: Path | None = None) -> Store:
        wanted = file or self.folder / SUFFIX
        with in_words(wanted):
            if file is None:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                file = _free(self.folder, family.name)
            if file.exists():
                raise there_already(file)
            self._make(family, file)
        return self.open(file, family.as_of)

    def _make(self, family: Family, file: Path) -> None:
        with under_way(file) as made:
            engine = file_engine(made, self.key, new=True)
            try:
                with engine.begin() as connection:
                    versions.make(connection)
                    write(connection, differences(None, family)[1])
            finally:
                engine.dispose()
            put_in_place(made, file, self.key)

    def open(self, file: Path, today: date) -> Store:
        with in_words(file), ExitStack() as letting_go:
            engine = file_engine(file, self.key)
            letting_go.callback(engine.dispose)
            connection = letting_go.enter_context(engine.connect())
            notices = [*self._upgrade(connection, file)]
            with connection.begin():
                versions.check(connection, file)
                journal.watch(connection)
                last = journal.last_day(connection) or today
                layout = _read(connection, file, max(last, today))
            notices += _clock(last, today)
            held = Held(connection, letting_go.pop_all().close, file, self.key, self.now)
        return Store(held, layout, notices)

    def _upgrade(self, connection: Connection, file: Path) -> Iterator[Text]:
        with connection.begin():
            old = versions.version(connection)
        if old == SCHEMA:
            return
        if old < 1:
            raise damaged(file, "这个家庭档案残缺或损坏了")
        before = back_up(connection, file, BEFORE_UPGRADE, self.now(), self.key)
        versions.migrate(connection)
        yield text(
            "家庭档案从第 {old} 版升级到了第 {new} 版，之前的步骤不能再撤销；升级前的样子备份为“{name}”。",
            old=old,
            new=SCHEMA,
            name=before.file.name,
        )

    def hold(self, family: Family) -> Store:
        engine = memory_engine()
        connection = engine.connect()
        layout, changes = differences(None, family)
        with connection.begin():
            versions.make(connection)
            write(connection, changes)
            journal.watch(connection)

        def let_go() -> None:
            connection.close()
            engine.dispose()

        return Store(Held(connection, let_go, now=self.now), layout)

    def backups(self, file: Path) -> Sequence[Backup]:
        with in_words(file):
            return backups(file)

    def restore(self, backup: Path, file: Path, today: date) -> Store:
        """A book too damaged to be backed up is set aside, and the backup takes its name."""
        look_at(backup, self.key)
        try:
            self._put_back(backup, file)
        except (BookDamaged, NotABook):
            set_aside(file, self.now())
            self._copy(backup, file)
        return self.open(file, today)

    def _put_back(self, backup: Path, file: Path) -> None:
        if not file.exists():
            self._copy(backup, file)
            return
        with self._connected(file) as connection:
            back_up(connection, file, BEFORE_RESTORE, self.now(), self.key)
            put_back(backup, connection, self.key)

    def _copy(self, backup: Path, file: Path) -> None:
        with self._connected(backup) as connection:
            copy(connection, file, self.key)

    @contextmanager
    def _connected(self, file: Path) -> Iterator[Connection]:
        engine = file_engine(file, self.key)
        try:
            with in_words(file), engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


def _free(folder: Path, name: str) -> Path:
    """The first name after the family's that no file has yet."""
    stem = _NOT_IN_A_NAME.sub(" ", name)[:_LONGEST_NAME].strip() or "家庭"
    stems = chain([stem], (f"{stem} {number}" for number in count(2)))
    return next(file for one in stems if not (file := folder / f"{one}{SUFFIX}").exists())


def _read(connection: Connection, file: Path, as_of: date) -> Layout:
    try:
        return read_family(connection, as_of)
    except (ValueError, KeyError) as error:  # a word or a day that there is not
        raise damaged(file, "这个家庭档案里有读不懂的内容") from error


def _clock(last: date, today: date) -> Iterator[Text]:
    if today < last:
        yield text(
            "电脑上的日期是 {today}，比最近一次记账的 {last} 还早，所以仍按 {last} 计算；请校准电脑的日期。",
            today=today,
            last=last,
        )
