"""违规提示。A broken or doubtful rule is a value: what, whom it concerns, by which clause, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.clause import Clause
    from desktop.domain.text import Text


class Severity(StrEnum):
    """What the rule does. How sure we are of the rule is its clause's confidence, never mixed with this."""

    ERROR = "error"  # 不可以
    WARNING = "warning"  # 需注意
    NOTE = "note"  # 待确认


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` holds the record at fault first; people concerned may follow."""

    rule: str
    severity: Severity
    about: tuple[str, ...]
    on: date
    says: Text
    because: Clause
    fix: tuple[Text, ...]
