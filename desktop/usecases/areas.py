"""参保地。The places where one may be insured, to choose from: those of the packs, then other provinces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.people import pool_of, province_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desktop.policy.book import Book

_POOL = re.compile(r"cn-(\d{4})")
_PROVINCES = {
    "11": "北京",
    "12": "天津",
    "13": "河北",
    "14": "山西",
    "15": "内蒙古",
    "21": "辽宁",
    "22": "吉林",
    "23": "黑龙江",
    "31": "上海",
    "32": "江苏",
    "33": "浙江",
    "34": "安徽",
    "35": "福建",
    "36": "江西",
    "37": "山东",
    "41": "河南",
    "42": "湖北",
    "43": "湖南",
    "44": "广东",
    "45": "广西",
    "46": "海南",
    "50": "重庆",
    "51": "四川",
    "52": "贵州",
    "53": "云南",
    "54": "西藏",
    "61": "陕西",
    "62": "甘肃",
    "63": "青海",
    "64": "宁夏",
    "65": "新疆",
    "71": "台湾",
    "81": "香港",
    "82": "澳门",
}
"""GB/T 2260: the provinces by the first two digits of an area code."""
_WITHOUT_THIS_INSURANCE = {"71", "81", "82"}


class Area(NamedTuple):
    code: str
    title: str


def areas(book: Book, known: Iterable[str] = ()) -> tuple[Area, ...]:
    """Every prefecture that has a pack, the codes `known` from elsewhere, every other province as a whole."""
    pools = [*_pools(book)]
    offered = {one.code for one in pools}
    others = [Area(f"{code}0000", title) for code, title in _PROVINCES.items() if _is_another(code, pools)]
    offered |= {one.code for one in others}
    strange = [Area(code, title_of(book, code)) for code in dict.fromkeys(known) if code not in offered]
    return (*pools, *strange, *others)


def title_of(book: Book, code: str) -> str:
    """长沙 430199: a code that is not offered by itself, by the best name there is for it."""
    pool = book.packs.get(f"cn-{pool_of(code)}")
    place = pool.title if pool is not None else _PROVINCES.get(province_of(code), "")
    return f"{place} {code}".strip()


def _pools(book: Book) -> Iterator[Area]:
    for name, pack in sorted(book.packs.items()):
        read = _POOL.fullmatch(name)
        if read is not None:
            yield Area(f"{read[1]}00", pack.title)


def _is_another(province: str, pools: list[Area]) -> bool:
    return province not in _WITHOUT_THIS_INSURANCE and all(province_of(one.code) != province for one in pools)
