"""字体。A font whose text can be found again in a PDF: the system's, or the one beside the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase

if TYPE_CHECKING:
    from pathlib import Path

READABLE = ("WenQuanYi Micro Hei", "Droid Sans Fallback")
"""Qt writes wrong codes for fonts with CFF outlines such as Noto Sans CJK; these have none."""

_FILES = ("wqy-microhei.ttc", "DroidSansFallbackFull.ttf")


def paper_family(resources: Path) -> str:
    """The first font at hand whose text stays searchable; empty if there is none."""
    known = set(QFontDatabase.families())
    for family, file in zip(READABLE, _FILES, strict=True):
        if family in known:
            return family
        beside = resources / "fonts" / file
        if beside.is_file() and QFontDatabase.addApplicationFont(str(beside)) >= 0:
            return family
    return ""
