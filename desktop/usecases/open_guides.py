"""翻开指南。The guides that the program comes with, checked against the packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.guides.guide import Guide
from desktop.guides.reader import read_guides

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.policy.book import Book

__all__ = ["Guide", "open_guides"]


def open_guides(resources: Path, book: Book) -> tuple[Guide, ...]:
    """Raises `InputRefused`, `FileTrouble`."""
    return read_guides(resources / "guides", book.packs.values())
