"""翻开指南。The guides that the program comes with, checked against the packs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.trouble import InputRefused
from desktop.guides.guide import Guide
from desktop.guides.reader import read_guides

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.policy.book import Book

__all__ = ["Guide", "Guides", "guides_at_hand", "open_guides"]


@dataclass(frozen=True, slots=True)
class Guides:
    """Those that can be read; `trouble` is why there are none, where there are none."""

    read: tuple[Guide, ...] = ()
    trouble: str = ""


def open_guides(resources: Path, book: Book) -> tuple[Guide, ...]:
    """Raises `InputRefused`, `FileTrouble`."""
    return read_guides(resources / "guides", book.packs.values())


def guides_at_hand(resources: Path, book: Book) -> Guides:
    """The same where nothing may be raised: a pack of one's own may lack what a guide quotes."""
    try:
        return Guides(open_guides(resources, book))
    except InputRefused as refused:
        return Guides((), str(refused))
