"""TOML 的形式。Reads one TOML file into a pydantic form; every fault is told in our words at its key."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, Field, ValidationError

from desktop.domain.trouble import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic import TypeAdapter

Word = Annotated[str, Field(min_length=1)]

STRICT = ConfigDict(extra="forbid", strict=True, populate_by_name=True)
_KNOWN = {
    "missing": "缺这一项",
    "extra_forbidden": "没有这一项，可能写错了名字",
    "date_type": "要写成日期，如 2025-01-01，不加引号",
    "string_type": "要写成文字，加引号",
    "bool_type": "要写成 true 或 false",
    "int_type": "要写成整数",
    "string_too_long": "句子太长",
    "enum": "不在可用的词里",
    "literal_error": "不在可用的词里",
}


def read_form(path: Path, adapter: TypeAdapter[Any], faults: list[Fault]) -> Any:
    """What the file holds; None where it is none of this form, with its faults added to `faults`."""

    def told(where: str, what: str, todo: str) -> None:
        faults.append(Fault(f"{path.name} {where}".strip(), what, todo))

    try:
        text = path.read_bytes().decode("utf-8")
        return adapter.validate_python(tomllib.loads(text, parse_float=Decimal))
    except OSError as error:
        told("", f"读不了（{error.strerror}）", "请检查文件和权限")
    except UnicodeDecodeError as error:
        told("", f"第 {error.start} 字节起不是 UTF-8", "请另存为 UTF-8 编码")
    except ValidationError as invalid:
        for wrong in invalid.errors(include_url=False):
            told(_place(wrong["loc"]), _what(wrong), "")
    except (ValueError, RecursionError) as error:
        # A number too long for Python is a plain ValueError, nesting without end a RecursionError.
        told("", f"不是合格的 TOML（{error}）", "请改正这一处")
    return None


def _place(loc: Sequence[int | str]) -> str:
    text = ""
    for one in loc:
        text += f"[{one}]" if isinstance(one, int) else f".{one}"
    return text.removeprefix(".")


def _what(wrong: Mapping[str, Any]) -> str:
    return _KNOWN.get(wrong["type"], "写法或种类不对")
