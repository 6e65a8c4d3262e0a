"""填数。What fields a value of the law is filled in with, and the value that was typed into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import permutations
from typing import TYPE_CHECKING

from desktop.domain.binding import Relation
from desktop.domain.care import Level, Purpose
from desktop.domain.settlement import BURDEN
from desktop.policy.value_kinds import (
    AREA,
    BY_PLACE,
    COUNT,
    DAY_OF_YEAR,
    FLAG,
    KINDS,
    LEVEL,
    ORDER,
    ORIGIN,
    PARTS,
    PAYERS,
    PURPOSES,
    RATIO,
    RELATIONS,
    WINDOW,
)
from desktop.usecases.policy_titles import title_of
from desktop.usecases.policy_words import entry_unit, unit_words, value_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.policy.pack import Value
    from desktop.policy.value_kinds import Kind

Path = tuple[str, ...]
"""The way to one entry of a table; of a list, its place in digits. Empty: the value itself."""

LISTED, APART = "、", "；"
"""What stands between the codes of a list of choices, and between the words of a list in free text."""

_PURSES = ("pool", "own_account", "mutual_aid")
_WITH_WALLET = ("own_account", "wallet,quota", "mutual_aid")
_MOST_PAYERS = 10
_PLAIN = {ord("，"): ",", ord("。"): ".", 0xFF05: "%"} | {0xFF10 + digit: str(digit) for digit in range(10)}
_NUMBER = re.compile(r"[0-9]{1,9}(,[0-9]{3})*(\.[0-9]{1,6})?")
_MONTH_DAY = re.compile(r"([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_ENDS: Mapping[str, str] = {"from": "从", "to": "到", "year": "哪一年的", "day": "月和日"}


class FieldKind(StrEnum):
    """How a field is typed into."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    DAY = "day"
    MONTH_DAY = "month_day"
    CHOICE = "choice"
    MANY = "many"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ValueField:
    """One thing to type. `choices` are code and word; of `many`, the codes chosen are joined by 、."""

    path: Path
    caption: str
    kind: FieldKind
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    now: str = ""


class _Wrong(Exception):
    """A sentence about what was typed."""


class NotAValue(Exception):
    """What was typed is none: a sentence for each field."""

    def __init__(self, faults: Mapping[Path, str]) -> None:
        self.faults = dict(faults)
        super().__init__("；".join(self.faults.values()))


def fields_of(key: str, like: Value | None, unit: str = "") -> tuple[ValueField, ...]:
    """Those for a value of the shape of `like`; None: no such value was ever known, its kind alone is."""
    kind = _kind_of(key)
    if like is None:
        like = _EXAMPLES.get(kind) if kind is not None else None
        return tuple(replace_now(one) for one in _fields(key, like, unit, ()))
    return tuple(_fields(key, like, unit, ()))


def replace_now(field: ValueField) -> ValueField:
    """The same, with nothing typed into it."""
    return ValueField(field.path, field.caption, field.kind, field.unit, field.choices)


def typed_value(key: str, like: Value | None, unit: str, typed: Mapping[Path, str]) -> Value:
    """Raises `NotAValue`."""
    kind = _kind_of(key)
    shape = like if like is not None else _EXAMPLES.get(kind) if kind is not None else None
    faults: dict[Path, str] = {}
    read: dict[Path, Value] = {}
    for field in _fields(key, shape, unit, ()):
        words = typed.get(field.path, "").strip()
        words = words if field.kind is FieldKind.TEXT else words.translate(_PLAIN)
        try:
            read[field.path] = _READ[field.kind](words, field)
        except _Wrong as wrong:
            faults[field.path] = str(wrong)
    if faults:
        raise NotAValue(faults)
    return _rebuilt(shape, (), read)


# ------------------------------------------------------------------------------------------------ the fields


def _kind_of(key: str) -> Kind | None:
    file, _, term = key.partition(".")
    return KINDS.get(file, {}).get(term)


def _fields(key: str, value: Value | None, unit: str, path: Path) -> Iterator[ValueField]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _fields(key, inner, entry_unit(name, unit), (*path, name))
    elif isinstance(value, tuple) and value and all(isinstance(one, Mapping) for one in value):
        for place, inner in enumerate(value):
            yield from _fields(key, inner, "yuan" if unit == "ratio" else unit, (*path, str(place)))
    else:
        yield _field(key, value, unit, path)


def _field(key: str, value: Value | None, unit: str, path: Path) -> ValueField:
    caption = " ".join(_named(key, name) for name in path)
    choices = _choices(key, path)
    if choices:
        several = isinstance(value, tuple) and _kind_of(key) is not ORDER
        kind = FieldKind.MANY if several else FieldKind.CHOICE
        return ValueField(path, caption, kind, "", choices, _code(value, LISTED if several else ","))
    if isinstance(value, str | tuple) and path[-1:] != ("day",):
        known = value if isinstance(value, tuple) else (value,)
        words = tuple((str(one), value_words(key, one, unit)) for one in known)
        return ValueField(path, caption, FieldKind.TEXT, "", words, APART.join(word for _, word in words))
    kind = _number_kind(key, value, unit, path)
    return ValueField(path, caption, kind, _behind(key, kind, unit), (), _typed_as(kind, value))


def _named(key: str, name: str) -> str:
    if name.isdigit() and _kind_of(key) is not BY_PLACE:
        return f"第 {int(name) + 1} 段"
    return _ENDS.get(name) or {"per_year": "每年"}.get(name) or value_words(key, name)


def _choices(key: str, path: Path) -> tuple[tuple[str, str], ...]:
    if path == ("year",):
        return (("-1", "上年"), ("0", "当年"), ("1", "次年"))
    kind = _kind_of(key)
    whole = not path or kind is BY_PLACE
    codes = _CODES.get(kind, ()) if kind is not None and whole else ()
    if not codes and kind is None and not path:
        title = title_of(key)
        flag = title is not None and (title.yes, title.no) != ("是", "否")
        codes = ("true", "false") if flag else ()
    return tuple((code, _code_words(key, code)) for code in codes)


def _code_words(key: str, code: str) -> str:
    if code in {"true", "false"}:
        return value_words(key, code == "true")
    if "," in code:
        return value_words(key, tuple(code.split(",")))
    return value_words(key, int(code), "person") if code.isdigit() else value_words(key, code)


_CODES: Mapping[Kind, tuple[str, ...]] = {
    FLAG: ("true", "false"),
    BY_PLACE: ("true", "false"),
    LEVEL: tuple(str(one) for one in Level),
    AREA: ("pool", "province", "nation"),
    ORIGIN: ("after_deductible", "zero"),
    PAYERS: ("unlimited", *(str(count) for count in range(1, _MOST_PAYERS + 1))),
    PARTS: tuple(str(one) for one in BURDEN),
    RELATIONS: tuple(str(one) for one in Relation),
    PURPOSES: tuple(str(one) for one in Purpose),
    ORDER: (
        *(",".join((*purses, "cash")) for purses in permutations(_PURSES)),
        *(",".join(("pool", *purses, "cash")) for purses in permutations(_WITH_WALLET)),
    ),
}
_EXAMPLES: Mapping[Kind, Value] = {
    WINDOW: {"from": date.min, "to": date.min},
    DAY_OF_YEAR: {"year": 0, "day": ""},
    PARTS: (),
    RELATIONS: (),
    PURPOSES: (),
}


def _number_kind(key: str, value: Value | None, unit: str, path: Path) -> FieldKind:
    kind = _kind_of(key)
    if isinstance(value, date):
        return FieldKind.DAY
    if path[-1:] == ("day",):
        return FieldKind.MONTH_DAY
    if unit == "ratio" or kind is RATIO:
        return FieldKind.PERCENT
    if kind is COUNT or (isinstance(value, int) and not unit.startswith("yuan")):
        return FieldKind.COUNT
    return FieldKind.MONEY if unit.startswith("yuan") else FieldKind.NUMBER


def _behind(key: str, kind: FieldKind, unit: str) -> str:
    if kind in {FieldKind.DAY, FieldKind.MONTH_DAY}:
        return ""
    return "%" if kind is FieldKind.PERCENT else unit_words(key, unit)


def _code(value: Value | None, between: str) -> str:
    if isinstance(value, tuple):
        return between.join(str(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _typed_as(kind: FieldKind, value: Value | None) -> str:
    if value is None:
        return ""
    if kind is FieldKind.PERCENT:
        return _plain(Decimal(str(value)) * 100)
    if kind is FieldKind.MONEY:
        return f"{value:,.2f}"
    return _plain(value) if isinstance(value, Decimal) else str(value)


def _plain(number: Decimal) -> str:
    """
    >>> _plain(Decimal("60.00")), _plain(Decimal("5.6")), _plain(Decimal("100"))
    ('60', '5.6', '100')
    """
    words = f"{number:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


# ---------------------------------------------------------------------------------------------- what is typed


def _amount(words: str, example: str) -> Decimal:
    if not _NUMBER.fullmatch(words):
        sentence = f"请填数，例如 {example}"
        raise _Wrong(sentence)
    return Decimal(words.replace(",", ""))


def _money(words: str, _: ValueField) -> Value:
    amount = _amount(words.removesuffix("元").strip(), "420.00")
    if amount != round(amount, 2):
        raise _Wrong("金额最多两位小数")
    return amount.quantize(Decimal("0.01"))


def _per_cent(words: str, _: ValueField) -> Value:
    share = _amount(words.removesuffix("%").strip(), "60，就是 60%")
    return share / 100


def _count(words: str, field: ValueField) -> Value:
    amount = _amount(words.removesuffix(field.unit).strip(), "12")
    if amount != int(amount):
        raise _Wrong("请填整数")
    return int(amount)


def _any_number(words: str, field: ValueField) -> Value:
    return _amount(words.removesuffix(field.unit).strip(), "1.5")


def _day(words: str, _: ValueField) -> Value:
    try:
        return date.fromisoformat(words)
    except ValueError:
        sentence = "请填日历上有的一天，例如 2027-01-31"
        raise _Wrong(sentence) from None


def _month_day(words: str, _: ValueField) -> Value:
    found = _MONTH_DAY.fullmatch(words)
    if found is None:
        sentence = "请填月和日，例如 06-30"
        raise _Wrong(sentence)
    return f"{int(found[1]):02}-{int(found[2]):02}"


def _choice(words: str, field: ValueField) -> Value:
    if words not in {code for code, _ in field.choices}:
        raise _Wrong("请选一个")
    if words in {"true", "false"}:
        return words == "true"
    if re.fullmatch(r"-?[0-9]+", words):
        return int(words)
    return tuple(words.split(",")) if "," in words else words


def _many(words: str, field: ValueField) -> Value:
    chosen = set(words.split(LISTED))
    found = tuple(code for code, _ in field.choices if code in chosen)
    if not found:
        raise _Wrong("请至少选一样")
    return found


def _text(words: str, field: ValueField) -> Value:
    """A word that was there keeps its code; a new one is kept as it is written."""
    if not words:
        raise _Wrong("请填写")
    codes = {word: code for code, word in field.choices}
    if len(field.choices) > 1:
        return tuple(codes.get(one.strip(), one.strip()) for one in words.split(APART))
    return codes.get(words, words)


_READ: Mapping[FieldKind, Callable[[str, ValueField], Value]] = {
    FieldKind.MONEY: _money,
    FieldKind.PERCENT: _per_cent,
    FieldKind.COUNT: _count,
    FieldKind.NUMBER: _any_number,
    FieldKind.DAY: _day,
    FieldKind.MONTH_DAY: _month_day,
    FieldKind.CHOICE: _choice,
    FieldKind.MANY: _many,
    FieldKind.TEXT: _text,
}


def _rebuilt(shape: Value | None, path: Path, read: Mapping[Path, Value]) -> Value:
    if isinstance(shape, Mapping):
        return {name: _rebuilt(inner, (*path, name), read) for name, inner in shape.items()}
    if path not in read and isinstance(shape, tuple):
        return tuple(_rebuilt(inner, (*path, str(place)), read) for place, inner in enumerate(shape))
    return read[path]
