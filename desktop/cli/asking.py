"""参数。Reads what was asked on the command line, and refuses what makes no sense by its option."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from desktop.domain.trouble import Fault, InputRefused
from desktop.usecases.open_book import open_book

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable
    from pathlib import Path

    from desktop.domain.text import Text
    from desktop.policy.book import Book


_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_PLANNED = range(2000, 2100)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def refuse_beside(arguments: Namespace, names: Iterable[str], why: str) -> None:
    """Options that would be silently ignored; `--compare` alone is asked for, too."""
    given = [name for name in names if getattr(arguments, name) not in (None, False)]
    if given:
        told = {"file": "FILE", "output": "-o"}
        options = [told.get(name, f"--{name.replace('_', '-')}") for name in given]
        raise InputRefused("", [Fault(one, f"这个参数{why}", "请去掉它") for one in options])


def number(option: str, written: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", written) or not least <= int(written) <= most:
        what = f"“{written}”不是 {least} 到 {most} 的整数"
        raise InputRefused(option, [Fault("", what, "请改成这个范围里的一个数")])
    return int(written)


def book_of(arguments: Namespace, resources: Path) -> Book:
    book, notices = open_book(resources, arguments.packs)
    warn(notices)
    return book


def month(written: str) -> date:
    found = _MONTH.fullmatch(written)
    if found is None:
        raise InputRefused(
            "--until", [Fault("", f"“{written}”不是一个月份", "写成 2035-12，在 2000-01 到 2099-12 之间")]
        )
    return date(int(found[1]), int(found[2]), 1)


def day(option: str, written: str) -> date:
    with suppress(ValueError):
        if _DAY.fullmatch(written):
            return date.fromisoformat(written)
    raise InputRefused(option, [Fault("", f"没有“{written}”这一天", "写成 2025-03-01")])


def planned_day(option: str, written: str) -> date:
    """One on which a family may have a plan: of the years that a month may be of."""
    asked = day(option, written)
    if asked.year not in _PLANNED:
        raise InputRefused(option, [Fault("", f"“{written}”不在 2000 到 2099 年之间", "写成 2027-01-01")])
    return asked


def warn(notices: Iterable[Text]) -> None:
    for notice in notices:
        sys.stderr.write(f"{notice}\n")
