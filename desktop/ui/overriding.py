"""覆写。`override` as the type checker knows it, without what importing it costs before the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing_extensions import override
else:
    Method = TypeVar("Method")

    def override(method: Method) -> Method:
        return method


__all__ = ["override"]
