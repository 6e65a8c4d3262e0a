"""麻烦。Trouble in the world: an exception with a sentence for a person.

    Trouble
    ├── InputRefused      a file is not what it should be; every fault with its place
    └── FileTrouble       a file can't be read or written
        ├── NotABook      it is no family book of this program
        ├── BookDamaged   it is one, and cut off or corrupt
        ├── BookTooNew    it was written by a newer program
        ├── BookInUse     another window or program has it open
        ├── BookLocked    it needs a key, or another key
        └── NotWritable   its folder or file may not be written, or the disk is full

A broken rule is not trouble but a `Finding`; a bug is neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Trouble(Exception):
    """Its text is one or more sentences for a person: what, where, why, what now."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where (`events[3].total_fee`; empty: the file itself), what, what to do."""

    place: str
    what: str
    todo: str = ""

    def __str__(self) -> str:
        where = f"{self.place}：" if self.place else ""
        return f"{where}{self.what}。{self.todo}{'。' if self.todo else ''}"


class InputRefused(Trouble):
    """A file was refused whole: nothing of it was used."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        lead = f"{file}：" if file else ""
        super().__init__("\n".join(f"{lead}{fault}" for fault in faults))


class FileTrouble(Trouble):
    """A file can't be read or written; nothing was changed."""

    def __init__(self, file: str, what: str, todo: str) -> None:
        self.file, self.what, self.todo = file, what, todo
        super().__init__(f"{file}：{what}。{todo}。")


class NotABook(FileTrouble):
    """A stranger's file: not one byte of it was changed."""


class BookDamaged(FileTrouble):
    """A family book that is cut off or corrupt: not one byte of it was changed."""


class BookTooNew(FileTrouble):
    """`theirs` is the schema of the file, `ours` the newest this program knows."""

    def __init__(self, file: str, theirs: int, ours: int) -> None:
        self.theirs, self.ours = theirs, ours
        what = f"这个家庭档案由更新的程序写成（档案第 {theirs} 版，本程序认识到第 {ours} 版）"
        super().__init__(file, what, "请换用新版程序打开它，档案没有改动")


class BookInUse(FileTrouble):
    """Another window or program holds the lock."""


class BookLocked(FileTrouble):
    """It is encrypted, and no key or a wrong one was given."""


class NotWritable(FileTrouble):
    """A read-only folder or file, or a full disk; what was kept before is still there."""
