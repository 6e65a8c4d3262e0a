"""打开家庭文件。Reads a family document whole, or refuses it whole with every fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.exchange.family_document import read_family

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from desktop.domain.family import Family


def open_family(path: Path, today: date) -> Family:
    """Raises `InputRefused` or `FileTrouble`."""
    return read_family(path, today)
