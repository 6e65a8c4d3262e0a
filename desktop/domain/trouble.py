"""麻烦。Trouble in the world: an exception with a sentence for a person.

    Trouble
    ├── InputRefused      a file is not what it should be; every fault with its place
    └── FileTrouble       a file can't be read or written

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
