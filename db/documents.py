"""文档。What a book keeps as a document: its text, written only where it can be read again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def content(value: T, written: Callable[[T], dict[str, Any]], read: Callable[[Any], T]) -> str:
    """What could not be read again is not written: a book must open."""
    text = json.dumps(written(value), ensure_ascii=False, separators=(",", ":"))
    if read(json.loads(text)) != value:
        raise ValueError(text)
    return text
