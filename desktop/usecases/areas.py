"""参保地。The places where one may be insured, to choose from: those of the packs, then other provinces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.people import pool_of, province_of
from desktop.domain.places import place_name, provinces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desktop.policy.book import Book

_POOL = re.compile(r"cn-(\d{4})")
_WITHOUT_THIS_INSURANCE = {"71", "81", "82"}


class Area(NamedTuple):
    code: str
    title: str


def areas(book: Book, known: Iterable[str] = ()) -> tuple[Area, ...]:
    """Every prefecture that has a pack, the codes `known` from elsewhere, every other province as a whole."""
    pools = [*_pools(book)]
    offered = {one.code for one in pools}
    others = [Area(f"{code}0000", title) for code, title in provinces().items() if _is_another(code, pools)]
    offered |= {one.code for one in others}
    strange = [Area(code, title_of(book, code)) for code in dict.fromkeys(known) if code not in offered]
    return (*pools, *strange, *others)


def title_of(book: Book, code: str) -> str:
    """长沙 430199: a code that is not offered by itself, by the best name there is for it."""
    place = place_of(book, code)
    return code if place == code else f"{place} {code}"


def place_of(book: Book, code: str) -> str:
    """长沙: the name of a place in a sentence; its code where there is no such place."""
    pool = book.packs.get(f"cn-{pool_of(code)}")
    return pool.title if pool is not None else place_name(code)


def _pools(book: Book) -> Iterator[Area]:
    for name, pack in sorted(book.packs.items()):
        read = _POOL.fullmatch(name)
        if read is not None:
            yield Area(f"{read[1]}00", pack.title)


def _is_another(province: str, pools: list[Area]) -> bool:
    return province not in _WITHOUT_THIS_INSURANCE and all(province_of(one.code) != province for one in pools)
