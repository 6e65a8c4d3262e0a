"""规则包副本。Copies of packs that someone fills in: written, checked, read, taken away and put back.

A shipped pack is never touched. Its copy lies in a folder of the program's user data, named by pack and
sequence; the one with the highest sequence is used in its place, as long as the shipped pack is still the one
it was made of.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.text import Text, text
from desktop.domain.trouble import FileTrouble, Trouble
from desktop.exchange.whole_file import not_written
from desktop.exchange.whole_folder import write_whole_folder
from desktop.policy.reader import read_packs
from desktop.usecases.pack_draft import HEAD, LOCAL, Draft, signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from desktop.policy.book import Book
    from desktop.policy.pack import Block, Pack

_WORK, _REMOVED = ".work", ".removed"  # two levels down, so that nobody who reads the folder meets them


class PackPlaces(NamedTuple):
    """Where the packs lie that the program comes with, and where copies of them are kept."""

    shipped: Path
    copies: Path


class PackChange(NamedTuple):
    """What is done to the copies, on the worker; `words` say of it that it was done."""

    words: str
    do: Callable[[], object]


class Copies(NamedTuple):
    """The copies that are used, and a sentence for each one that is not."""

    packs: tuple[Pack, ...] = ()
    said: tuple[Text, ...] = ()


def is_copy(version: str) -> bool:
    """
    >>> is_copy("2026.1+本地2"), is_copy("2026.1")
    (True, False)
    """
    return LOCAL in version


# --------------------------------------------------------------------------------------------------- reading


def copies_in(folder: Path, book: Book) -> Copies:
    """Every copy that fits a pack of the book; a broken, foreign or outdated one is told and not used."""
    used: list[Pack] = []
    said: list[Text] = []
    for one in _newest(folder):
        try:
            [pack] = read_packs(one)
        except Trouble as trouble:
            said.append(
                text("规则包副本 {name} 读不了，用原来的规则包：{why}", name=one.name, why=_first(trouble))
            )
            continue
        why = _unfit(pack, book)
        if why:
            said.append(text("规则包副本 {name} 没有用：{why}", name=one.name, why=why))
        else:
            used.append(pack)
    return Copies(tuple(used), tuple(said))


def with_copies(book: Book, folder: Path) -> tuple[Book, tuple[Text, ...]]:
    """The book with the copies laid over it."""
    found = copies_in(folder, book)
    return (book.with_packs(found.packs) if found.packs else book), found.said


def tidy(folder: Path) -> None:
    """At the start: what was removed is gone for good, as are older copies and what a crash left behind."""
    for name in (_WORK, _REMOVED):
        shutil.rmtree(folder / name, ignore_errors=True)
    newest = set(_newest(folder))
    for one in _all(folder):
        if one not in newest:
            shutil.rmtree(one, ignore_errors=True)


def _all(folder: Path) -> list[Path]:
    """`cn-43.2`: pack and sequence."""
    return [one for one in folder.glob("*.*") if one.suffix[1:].isdecimal() and one.is_dir()]


def _newest(folder: Path) -> Iterator[Path]:
    found: dict[str, Path] = {}
    for one in sorted(_all(folder), key=lambda one: int(one.suffix[1:])):
        found[one.stem] = one
    yield from (found[stem] for stem in sorted(found))


def _unfit(pack: Pack, book: Book) -> str:
    """Why a copy does not fit; empty: it does."""
    shipped = book.packs.get(pack.id)
    if shipped is None:
        return f"没有 {pack.id} 这个规则包"
    if not is_copy(pack.version):
        return "它不是在这里填写的副本"
    based = pack.version.partition(LOCAL)[0]
    if based != shipped.version:
        return f"它是照 {based} 改的，规则包已经更新到 {shipped.version}，请照新的重填"
    return ""


def _first(trouble: Trouble) -> str:
    return str(trouble).splitlines()[0].rstrip("。")


def changed_in(places: PackPlaces, pack: Pack) -> tuple[Block, ...]:
    """What a copy says otherwise than the shipped pack. Raises `InputRefused`, `FileTrouble`."""
    [shipped] = read_packs(places.shipped / pack.id)
    return tuple(
        block
        for key, blocks in pack.blocks.items()
        for block in blocks
        if all(
            (block.since, block.channel, block.value) != (one.since, one.channel, one.value)
            for one in shipped.blocks.get(key, ())
        )
    )


# --------------------------------------------------------------------------------------------------- writing


def draft_of(places: PackPlaces, pack: Pack) -> Draft:
    """The files of a pack as it is used now, of its copy or as shipped. Raises `FileTrouble`."""
    folder = places.shipped / pack.id
    if is_copy(pack.version):
        folder = places.copies / f"{pack.id}.{pack.sequence}"
    try:
        files = {one.name: one.read_bytes().decode() for one in sorted(folder.glob("*.toml"))}
    except (OSError, ValueError) as error:
        raise FileTrouble(str(folder), "读不了", "请检查文件夹和权限") from error
    if f'"{pack.version}"' not in files.get(HEAD, ""):
        raise FileTrouble(str(folder), "现在用的这个规则包不是程序带的，不能在这里改", "请直接改它的文件")
    return Draft(pack.id, pack.version, pack.sequence, files)


def checked(draft: Draft) -> Pack:
    """The pack as it will be read. Raises `InputRefused` with every fault of it."""
    with TemporaryDirectory() as place:
        folder = Path(place) / draft.pack
        folder.mkdir()
        for name, content in draft.files.items():
            (folder / name).write_bytes(content.encode())
        [pack] = read_packs(folder)
    return pack


def save(places: PackPlaces, draft: Draft, today: date) -> Pack:
    """Write a copy whole or not at all; the one before goes to what was removed.

    Raises `InputRefused`, `FileTrouble`.
    """
    new = signed(draft, today)
    pack = checked(new)
    folder = places.copies / f"{new.pack}.{new.sequence}"
    write_whole_folder(folder, new.files, places.copies / _WORK, read_packs)
    _set_aside(places, new.pack, but=folder)
    return pack


def remove(places: PackPlaces, pack: str) -> None:
    """Back to the shipped pack; the copy can be put back until the program ends. Raises `FileTrouble`."""
    _set_aside(places, pack)


def can_put_back(places: PackPlaces, pack: str) -> bool:
    return any(True for _ in (places.copies / _REMOVED).glob(f"{pack}.*"))


def put_back(places: PackPlaces, pack: str) -> None:
    """The newest copy that was removed. Raises `FileTrouble`."""
    gone = sorted((places.copies / _REMOVED).glob(f"{pack}.*"), key=lambda one: int(one.suffix[1:]))
    _move(gone[-1], places.copies / gone[-1].name)


def _set_aside(places: PackPlaces, pack: str, but: Path | None = None) -> None:
    """The copies of a pack, into the bin; what was in it for this pack goes."""
    bin_ = places.copies / _REMOVED
    for one in bin_.glob(f"{pack}.*"):
        shutil.rmtree(one, ignore_errors=True)
    for one in _all(places.copies):
        if one.stem == pack and one != but:
            _move(one, bin_ / one.name)


def _move(folder: Path, to: Path) -> None:
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(to)
    except OSError as error:
        raise not_written(folder, error) from error
