"""结算消息。Reads settlement messages of any spelling; only what can't be read is refused."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from desktop.domain.money import MOST_YUAN, NOTHING, Money
from desktop.domain.trouble import Fault, InputRefused
from desktop.exchange.spellings import (
    DETAIL_SUMS,
    DETAIL_WORDS,
    FALLBACKS,
    NAMES,
    NOT_ZERO_IF_EMPTY,
    WORDS,
    plain,
)
from desktop.exchange.strict_json import (
    Located,
    NotANumber,
    Where,
    place,
    read_bytes,
    read_json,
    refusal,
    shown,
)

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
_WRAPPERS = ("output", "input", "data", "result")

Named = Mapping[str, Money | str]


class Dialect(StrEnum):
    """共济 inside `acct_pay`, as the national interface says, or beside it, as some local ones do."""

    INSIDE = "inside"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Message:
    """One settlement under national names; what the message leaves out or sets to null is not in `setlinfo`.

    `place` is where it stands in the file, `details` are the rows of `setldetail` that have an amount.
    """

    file: str
    setlinfo: Named
    details: tuple[Named, ...] = ()
    infno: str = ""
    place: str = ""
    unknown: frozenset[str] = field(default=frozenset())
    """Fields that are there and null: not known, which is not nought."""

    def amount(self, name: str) -> Money | None:
        value = self.setlinfo.get(name)
        return value if isinstance(value, Money) else None

    def word(self, name: str) -> str:
        return str(self.setlinfo.get(name, ""))


def read_messages(path: Path, dialect: Dialect = Dialect.INSIDE) -> tuple[Message, ...]:
    """Raises `InputRefused`, `FileTrouble`."""
    return parse_messages(read_bytes(path), str(path), dialect)


def parse_messages(data: bytes, file: str, dialect: Dialect = Dialect.INSIDE) -> tuple[Message, ...]:
    """One message, a list of them, or an envelope. Raises `InputRefused` with every fault of the file."""
    document, faults = read_json(data, file)
    bodies: list[_Body] = []
    for one in _bodies(document, (), ""):
        if isinstance(one, Located):
            faults.append(one)
        else:
            bodies.append(one)
    if not bodies and not faults:
        raise InputRefused(file, [Fault("", "文件里没有结算消息", "请选择含有 setlinfo 的文件")])
    messages = [_message(body, file, dialect, faults) for body in bodies]
    if faults:
        raise refusal(file, faults, document)
    return tuple(messages)


# ------------------------------------------------------------------------------------- where messages stand


class _Body(NamedTuple):
    where: Where
    infno: str
    setlinfo: dict[str, Any]
    details: tuple[Where, object]


def _bodies(value: object, where: Where, infno: str) -> Iterator[_Body | Located]:
    """Looks through lists and envelopes for what is a settlement."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _bodies(one, (*where, number), infno)
    elif isinstance(value, dict):
        yield from _bodies_of(value, where, str(value.get("infno") or infno))
    else:
        yield Located(where, f"这里要是一条结算消息，不能是 {shown(value)}", "请检查文件")


def _bodies_of(value: dict[str, Any], where: Where, infno: str) -> Iterator[_Body | Located]:
    failed = value.get("infcode")
    if failed is not None and str(failed) not in {"0", ""}:
        yield Located((*where, "infcode"), f"这是一条失败的回复（{_why(value)}），没有结算", "请换成功的回复")
        return
    wrapper = next((name for name in _WRAPPERS if isinstance(value.get(name), dict | list)), None)
    if "setlinfo" in value:
        yield from _settlements(value, where, infno)
    elif isinstance(value.get("messages"), list):
        yield from _bodies(value["messages"], (*where, "messages"), infno)
    elif wrapper is not None:
        yield from _bodies(value[wrapper], (*where, wrapper), infno)
    elif _is_settlement(value):
        yield _Body(where, infno, value, _details(value, where))
    else:
        yield Located(where, "这里没有结算信息（setlinfo）", "请检查是不是选错了文件")


def _settlements(value: dict[str, Any], where: Where, infno: str) -> Iterator[_Body | Located]:
    inside = value["setlinfo"]
    for number, one in enumerate(inside if isinstance(inside, list) else [inside]):
        here: Where = (*where, "setlinfo", number) if isinstance(inside, list) else (*where, "setlinfo")
        if isinstance(one, dict):
            yield _Body(here, infno, one, _details(value, where))
        else:
            yield Located(here, f"结算信息要是花括号里的一组 {{ … }}，不能是 {shown(one)}", "请检查文件")


def _details(value: dict[str, Any], where: Where) -> tuple[Where, object]:
    return (*where, "setldetail"), value.get("setldetail")


def _why(reply: dict[str, Any]) -> str:
    return shown(reply.get("err_msg") or reply["infcode"])


_KNOWN = {plain(name) for national, others in NAMES.items() for name in (national, *others)}


def _is_settlement(value: dict[str, Any]) -> bool:
    return any(plain(name) in _KNOWN for name in value)


# --------------------------------------------------------------------------------------- what a message says


def _message(body: _Body, file: str, dialect: Dialect, faults: list[Located]) -> Message:
    sums = _Reader(body.where, body.setlinfo, faults)
    named = sums.sums(NAMES, empty_is_nothing=True)
    for national, other in FALLBACKS.items():
        if national not in named:
            named |= sums.sums({national: (other,)}, empty_is_nothing=False)
    mutual_aid = named.get("acct_mulaid_pay")
    if dialect is Dialect.BESIDE and mutual_aid is not None and "acct_pay" in named:
        named["acct_pay"] += mutual_aid
    where, rows = body.details
    return Message(
        file=file,
        setlinfo={**sums.words(WORDS), **named},
        details=tuple(_rows(rows, where, faults)),
        infno=body.infno,
        place=place(body.where),
        unknown=frozenset(name for name in NAMES if name not in named and sums.has(name)),
    )


def _rows(rows: object, where: Where, faults: list[Located]) -> Iterator[Named]:
    """没有金额的一行不算一行。"""
    if rows is None or rows == "":
        return
    for number, row in enumerate(rows if isinstance(rows, list) else [rows]):
        here: Where = (*where, number) if isinstance(rows, list) else where
        if not isinstance(row, dict):
            faults.append(Located(here, f"明细要是花括号里的一组 {{ … }}，不能是 {shown(row)}", "请检查文件"))
            continue
        reader = _Reader(here, row, faults)
        sums = reader.sums(DETAIL_SUMS, empty_is_nothing=False)
        if "fund_payamt" in sums:
            yield {**reader.words(DETAIL_WORDS), **sums}


class _Reader:
    """One object of the file, read by any spelling; gathers faults as it goes."""

    def __init__(self, where: Where, raw: dict[str, Any], faults: list[Located]) -> None:
        self._where = where
        self._faults = faults
        self._spelled: dict[str, list[tuple[str, Any]]] = {}
        for name, value in raw.items():
            self._spelled.setdefault(plain(name), []).append((name, value))

    def has(self, national: str) -> bool:
        return bool(self._found(national, NAMES[national]))

    def sums(self, names: Mapping[str, Sequence[str]], *, empty_is_nothing: bool) -> dict[str, Money]:
        read: dict[str, Money] = {}
        for national, others in names.items():
            found = [(name, value) for name, value in self._found(national, others) if value is not None]
            filled = [(name, value) for name, value in found if not _is_empty(value)]
            values = {name: self._sum(name, value) for name, value in filled}
            known = [value for value in values.values() if value is not None]
            if len(set(known)) > 1:
                self._fault(filled[-1][0], f"{'和'.join(values)} 是同一项，金额却不同", "请核对这条消息")
            elif known:
                read[national] = known[0]
            elif found and not filled and empty_is_nothing and national not in NOT_ZERO_IF_EMPTY:
                read[national] = NOTHING
        return read

    def words(self, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
        read: dict[str, str] = {}
        for national, others in names.items():
            for name, value in self._found(national, others):
                if isinstance(value, list | dict):
                    self._fault(name, f"这里要是文字，不能是 {shown(value)}", "请检查文件")
                elif value is not None and not _is_empty(value):
                    read[national] = f"{value:f}" if isinstance(value, Decimal) else str(value).strip()
        return read

    def _found(self, national: str, others: Sequence[str]) -> list[tuple[str, Any]]:
        return [one for name in (national, *others) for one in self._spelled.get(plain(name), ())]

    def _sum(self, name: str, value: object) -> Money | None:
        if isinstance(value, NotANumber):
            return None  # named already where the file was read as JSON
        number = _number(value)
        if number is None:
            self._fault(name, f"{shown(value)} 不是一个金额", "请核对这条消息")
        elif number.adjusted() > MOST_YUAN.adjusted():
            self._fault(name, f"金额太大，最多 {MOST_YUAN}（现在是 {shown(value)}）", "请核对这条消息")
        elif number != round(number, 2):
            self._fault(name, f"金额最多到分，小数点后两位（现在是 {shown(value)}）", "请核对这条消息")
        else:
            return Money.yuan(number)
        return None

    def _fault(self, name: str, what: str, todo: str) -> None:
        self._faults.append(Located((*self._where, name), what, todo))


def _is_empty(value: object) -> bool:
    return isinstance(value, str) and value.strip().lower() in {"", "null"}


def _number(value: object) -> Decimal | None:
    if isinstance(value, str):
        written = value.strip()
        return Decimal(written) if _NUMBER.fullmatch(written) else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)
