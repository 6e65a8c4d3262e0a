"""读取 JSON。Reads JSON strictly: a key written twice or a number that is none is a fault with its place."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from desktop.domain.trouble import Fault, FileTrouble, InputRefused

_DEEPEST = 60
_LONGEST_NUMBER = 40
_LONGEST_SHOWN = 40

Where = tuple[int | str, ...]


class Located(NamedTuple):
    """A fault whose place is still a path into the document."""

    where: Where
    what: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class NotANumber:
    """Stands where the file has NaN, Infinity, or a number too long to be one."""

    text: str


class _Twice(dict[str, Any]):
    """An object in which a key stood more than once."""

    keys_twice: tuple[str, ...] = ()


def read_bytes(path: Path) -> bytes:
    """Raises `FileTrouble` for a file that can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise file_trouble(path, error) from None


def file_trouble(path: Path, error: OSError) -> FileTrouble:
    """Why a file can't be read, for a person."""
    return FileTrouble(str(path), f"读不了这个文件（{_reason(error)}）", "请检查文件名和权限")


def _reason(error: OSError) -> str:
    reasons = {
        FileNotFoundError: "没有这个文件",
        IsADirectoryError: "这是一个文件夹",
        PermissionError: "没有读取的权限",
    }
    return reasons.get(type(error), error.strerror or "原因不明")


def read_json(data: bytes, file: str) -> tuple[Any, list[Located]]:
    """The document and what is wrong in it as JSON. Raises `InputRefused` where there is no document."""
    text = _decoded(data, file)
    if not text.strip():
        raise InputRefused(file, [Fault("", "文件是空的", "请换一个有内容的文件")])
    try:
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=NotANumber,
            parse_float=_number,
            parse_int=_whole_number,
        )
    except json.JSONDecodeError as error:
        raise InputRefused(file, [_cut_off(error, text)]) from None
    except RecursionError:
        raise InputRefused(file, [_TOO_DEEP]) from None
    faults = list(_json_faults(document, file))
    return document, faults


def place(where: Sequence[int | str]) -> str:
    """`events[3].total_fee`."""
    written = ""
    for one in where:
        if isinstance(one, int):
            written += f"[{one}]"
        elif one.isidentifier():
            written += f".{one}"
        else:
            written += f"[{shown(one)}]"
    return written.removeprefix(".")


def shown(value: object) -> str:
    """A value as a sentence may quote it: as JSON writes it, on one line and not too long."""
    if isinstance(value, NotANumber):
        return _short(value.text)
    if isinstance(value, Decimal):
        return _short(str(value))
    if isinstance(value, list):
        return "[…]"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, str):
        value = _short(value)
    return json.dumps(value, ensure_ascii=False)


def refusal(file: str, faults: Sequence[Located], document: object) -> InputRefused:
    """The faults in the order of the document, one for each place."""
    first = {one.where: one for one in reversed(faults)}
    ordered = sorted(first.values(), key=lambda one: _rank(one.where, document))
    return InputRefused(file, [Fault(place(one.where), one.what, one.todo) for one in ordered])


_TOO_DEEP = Fault("", "括号套得太深", f"请检查文件，正常的文件不超过 {_DEEPEST} 层")


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault("", f"从第 {error.start + 1} 个字节起不是 UTF-8 编码", "请另存为 UTF-8 编码后再导入")
        raise InputRefused(file, [fault]) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    times = Counter(name for name, _ in pairs)
    marked = _Twice(made)
    marked.keys_twice = tuple(name for name in made if times[name] > 1)
    return marked


def _number(text: str) -> Decimal | NotANumber:
    if len(text) > _LONGEST_NUMBER:
        return NotANumber(text)
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent past what Decimal holds
        return NotANumber(text)


def _whole_number(text: str) -> int | NotANumber:
    return NotANumber(text) if len(text) > _LONGEST_NUMBER else int(text)


def _cut_off(error: json.JSONDecodeError, text: str) -> Fault:
    where = f"第 {error.lineno} 行第 {error.colno} 列"
    if error.msg.startswith("Extra data"):
        return Fault("", f"{where}起，文件结束之后还有多余的内容", "请删去多余的内容")
    if error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()):
        return Fault("", f"内容在{where}断了，不完整", "请重新取得完整的文件")
    return Fault("", f"{where}不是合格的 JSON（{_grammar(error.msg)}）", "请改正这一处")


def _grammar(message: str) -> str:
    sentences = {
        "Expecting property name": "这里要有一个双引号括起来的名字",
        "Illegal trailing comma": "最后一项后面多了一个逗号",
        "Expecting ':'": "名字后面少了冒号",
        "Expecting ','": "两项之间少了逗号",
        "Expecting value": "这里少了一个值",
        "Invalid control": "文字里有换行或控制字符",
        "Invalid \\": "反斜杠后面写得不对",
    }
    return next((says for start, says in sentences.items() if message.startswith(start)), "写法不对")


def _json_faults(document: object, file: str) -> Iterator[Located]:
    """Walks with a list of its own, so that no nesting can exhaust the stack."""
    waiting: list[tuple[Where, object]] = [((), document)]
    while waiting:
        where, value = waiting.pop()
        if len(where) > _DEEPEST:
            raise InputRefused(file, [_TOO_DEEP])
        yield from _own_faults(where, value)
        if isinstance(value, dict):
            waiting += [((*where, name), one) for name, one in value.items()]
        elif isinstance(value, list):
            waiting += [((*where, number), one) for number, one in enumerate(value)]


def _own_faults(where: Where, value: object) -> Iterator[Located]:
    if isinstance(value, _Twice):
        for name in value.keys_twice:
            yield Located((*where, _printable(name)), "同一个对象里写了两次", "请只留一个")
    if isinstance(value, NotANumber):
        yield Located(where, f"{shown(value)} 不是可用的数", "请写出确定的数")
    if isinstance(value, str) and not _is_text(value):
        yield Located(where, "文字里有不成字的编码", "请重新输入这段文字")
    if isinstance(value, dict) and not all(map(_is_text, value)):
        yield Located(where, "字段名里有不成字的编码", "请改正字段名")


def _is_text(value: str) -> bool:
    """Whether it can be stored and shown: half of a surrogate pair and NUL can not."""
    return "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)


def _printable(value: str) -> str:
    return value.encode("utf-8", "replace").decode("utf-8")


def _short(value: str) -> str:
    value = _printable(value)
    return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"


def _rank(where: Where, document: object) -> tuple[int, ...]:
    """Where a place stands in the document; what is missing there comes after what is there."""
    rank: list[int] = []
    for one in where:
        if isinstance(document, list):
            rank.append(int(one))
            document = document[int(one)]
        else:
            inside = document if isinstance(document, dict) else {}
            rank.append(list(inside).index(one) if one in inside else len(inside))
            document = inside.get(one)
    return tuple(rank)
