"""许可证。The libraries the program is made of, as their own installed metadata tell: version and licence."""

from __future__ import annotations

from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from typing import NamedTuple

LIBRARIES = (
    "alembic",
    "chinesecalendar",
    "highspy",
    "numpy",
    "platformdirs",
    "pydantic",
    "pypinyin",
    "pyqtgraph",
    "PySide6-Essentials",
    "python-calamine",
    "segno",
    "SQLAlchemy",
    "sqlcipher3",
    "tomlkit",
    "typing-extensions",
    "XlsxWriter",
)
_SHORT = 60  # a licence said in more words than this is the text itself, not its name
_CLASSIFIER = "License :: "


class Library(NamedTuple):
    """`licence` is empty where the library does not say it."""

    name: str
    version: str
    licence: str


def libraries(names: tuple[str, ...] = LIBRARIES) -> tuple[Library, ...]:
    """It reads files: call it off the GUI thread. One that is not installed is left out."""
    found = []
    for name in names:
        try:
            said = metadata(name)
        except PackageNotFoundError:
            continue
        found.append(Library(said["Name"], said["Version"], _licence(said)))
    return tuple(found)


def _licence(said: PackageMetadata) -> str:
    """The expression where there is one, then the classifiers, then a short field."""
    named = said.json.get("classifier", [])
    classifiers = [one.rpartition(" :: ")[2] for one in named if one.startswith(_CLASSIFIER)]
    written = [
        str(said.json.get("license_expression", "")),
        "，".join(classifiers),
        str(said.json.get("license", "")),
    ]
    return next((one for one in written if 0 < len(one) <= _SHORT and "\n" not in one), "")
