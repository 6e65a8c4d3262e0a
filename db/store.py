"""账本。One family's book while it is open: keeps whole families in named steps, and undoes them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db import backup, journal
from db.engine import transaction
from db.family import Layout, differences, read_family
from db.rows import write
from db.trouble import in_words
from desktop.domain.trouble import FileTrouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from desktop.domain.family import Family
    from desktop.domain.text import Text
    from desktop.usecases.ports import Backup, History, Step


def local_now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Held:
    """What a store holds on to: the one connection, and how to let go of it.

    `file` None: in memory. `key` is that of the file, empty where it is not encrypted.
    """

    connection: Connection
    let_go: Callable[[], None]
    file: Path | None = None
    key: str = ""
    now: Callable[[], datetime] = local_now


class Store:
    """The one writer of a book; fits `FamilyStore`. The journal watches its connection already."""

    def __init__(self, held: Held, layout: Layout, notices: Sequence[Text] = ()) -> None:
        self._held = held
        self._layout = layout
        self._notices = tuple(notices)

    @property
    def file(self) -> Path | None:
        return self._held.file

    @property
    def notices(self) -> tuple[Text, ...]:
        return self._notices

    def family(self) -> Family:
        return self._layout.family

    def keep(self, step: str, family: Family) -> bool:
        layout, changes = differences(self._layout, family)
        number = 0
        try:
            if changes:
                with (
                    self._transaction() as connection,
                    journal.step(connection, step, self._held.now()) as number,
                ):
                    write(connection, changes)
        except FileTrouble:
            if not self._stands(number):
                raise
        self._layout = layout
        return bool(changes)

    def _stands(self, number: int) -> bool:
        """Whether a step was kept although a disk said no after the last word of it was written."""
        try:
            with self._transaction() as connection:
                return number > 0 and journal.last(connection) == number
        except FileTrouble:
            return False

    def undo(self) -> Family:
        return self._turn(journal.undo)

    def redo(self) -> Family:
        return self._turn(journal.redo)

    def _turn(self, turn: Callable[[Connection], bool]) -> Family:
        with self._transaction() as connection:
            layout = self._read(connection) if turn(connection) else self._layout
        self._layout = layout
        return layout.family

    def _read(self, connection: Connection) -> Layout:
        return read_family(connection, self._layout.family.as_of)

    def history(self) -> History:
        with self._transaction() as connection:
            return journal.history(connection)

    def steps(self) -> Sequence[Step]:
        with self._transaction() as connection:
            return journal.steps(connection)

    def copy_to(self, file: Path) -> None:
        backup.copy(self._held.connection, file, self._held.key)

    def back_up(self, why: str) -> Backup | None:
        held = self._held
        if held.file is None:
            return None
        return backup.back_up(held.connection, held.file, why, held.now(), held.key)

    def close(self) -> None:
        self._held.let_go()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with in_words(self.file or Path()), transaction(self._held.connection) as connection:
            yield connection
