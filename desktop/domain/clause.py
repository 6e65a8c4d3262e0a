"""条款。What a result rests on: a dated value of the law with its source."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date


class Confidence(StrEnum):
    """可信度: how sure we are of a rule, never how strict it is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SourceLike(Protocol):
    """依据: title and document number, never an address."""

    @property
    def title(self) -> str: ...
    @property
    def number(self) -> str: ...


class Clause(Protocol):
    """A value of the law as a result quotes it. `desktop.policy.policy.Term` is one."""

    @property
    def key(self) -> str: ...
    @property
    def value(self) -> object: ...
    @property
    def says(self) -> str: ...
    @property
    def since(self) -> date | None: ...
    @property
    def confidence(self) -> Confidence: ...
    @property
    def in_dispute(self) -> bool: ...
    @property
    def source(self) -> SourceLike: ...
