"""翻开政策书。The packs the program comes with, and those laid over them for one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.text import Text, text
from desktop.policy.book import Book
from desktop.policy.reader import read_packs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Book", "book_with", "open_book"]


def open_book(resources: Path, extra: Sequence[Path] = ()) -> tuple[Book, tuple[Text, ...]]:
    """The book, and a sentence for each pack replaced. Raises `InputRefused`, `FileTrouble`."""
    book = Book(read_packs(resources / "policy"))
    notices: list[Text] = []
    for folder in extra:
        packs = read_packs(folder)
        notices += [
            text(
                "政策包 {id}（{title} {version}）代替了原有的 {old}",
                id=one.id,
                title=one.title,
                version=one.version,
                old=book.packs[one.id].version,
            )
            for one in packs
            if one.id in book.packs
        ]
        book = book.with_packs(packs)
    return book, tuple(notices)


def book_with(book: Book, folder: Path) -> Book:
    """The packs of a folder laid over a book. Raises `InputRefused`, `FileTrouble`."""
    return book.with_packs(read_packs(folder))
