"""接口。What use cases and screens ask of a store, by shape: `db` fits it, and knows none of them.

A store is given whole families and finds out itself what changed; what a person may do is a pure function
from one family to the next (`changes.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from desktop.domain.family import Family
    from desktop.domain.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """步骤。What was done in one go, and when; `undone` while it can be redone."""

    name: str
    at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class History:
    """The step that 撤销 takes back and the one 重做 does again; empty where there is none."""

    undo: str = ""
    redo: str = ""


@dataclass(frozen=True, slots=True)
class Backup:
    """A dated copy of a book; `why` is the occasion: 每日, 导入前, 升级前, 恢复前, 手动."""

    file: Path
    at: datetime
    why: str


class FamilyStore(Protocol):
    """One family's book, and the only writer of it. Call it from one thread at a time.

    Every call may raise a `FileTrouble`; then nothing was written and the store is as before.
    """

    @property
    def file(self) -> Path | None:
        """None: in memory alone."""
        ...

    @property
    def notices(self) -> tuple[Text, ...]:
        """What opening it brought to light: migrated and backed up, a clock set back."""
        ...

    def family(self) -> Family:
        """As it was kept last."""
        ...

    def keep(self, step: str, family: Family) -> bool:
        """Write down in one named step what differs, and forget undone steps; False: nothing differs."""
        ...

    def undo(self) -> Family: ...

    def redo(self) -> Family: ...

    def history(self) -> History: ...

    def steps(self) -> Sequence[Step]:
        """Newest first: what was done when."""
        ...

    def copy_to(self, file: Path) -> None:
        """A whole copy, by the backup interface of the database; over an older file all or nothing."""
        ...

    def back_up(self, why: str) -> Backup | None:
        """A dated copy among the others, of which old ones are thinned out; None for one in memory."""
        ...

    def close(self) -> None: ...


class Shelf(Protocol):
    """书架。The folder where families' books are kept, and the way to open them and others."""

    @property
    def folder(self) -> Path: ...

    def books(self) -> Sequence[Path]:
        """The books in the folder, the one changed last first."""
        ...

    def create(self, family: Family, file: Path | None = None) -> FamilyStore:
        """A new book on disk, named after the family where no file is given; an existing one is refused."""
        ...

    def open(self, file: Path, today: date) -> FamilyStore:
        """Raises `NotABook`, `BookDamaged`, `BookTooNew`, `BookInUse`, `BookLocked`, `NotWritable`."""
        ...

    def hold(self, family: Family) -> FamilyStore:
        """In memory: a sample, a family document; with undo, and gone when closed."""
        ...

    def backups(self, file: Path) -> Sequence[Backup]:
        """Newest first."""
        ...

    def restore(self, backup: Path, file: Path, today: date) -> FamilyStore:
        """The book as the backup has it; the state before is backed up first."""
        ...
