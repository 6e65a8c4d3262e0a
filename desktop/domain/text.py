"""句子。A sentence for people: a Chinese template and what goes into it, so that it can be translated."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Text(NamedTuple):
    """`str(text)` is the Chinese sentence; a screen may translate `template` first and fill `values` in.

    >>> str(text("{name}没有参保", name="母亲"))
    '母亲没有参保'
    """

    template: str
    values: Mapping[str, object] = MappingProxyType({})

    def __str__(self) -> str:
        return self.template.format(**self.values)


def text(template: str, **values: object) -> Text:
    """Values are written out only when the sentence is: `"{sum:,}"` sets thousands apart."""
    return Text(template, values)
