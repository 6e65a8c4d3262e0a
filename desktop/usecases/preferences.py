"""首选项。What a person likes, kept between two uses: the look, the lock, the books opened last."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.text import Text, text
from desktop.domain.trouble import FileTrouble, InputRefused
from desktop.exchange.strict_json import read_bytes, read_json
from desktop.exchange.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

THEMES = ("light", "dark", "hc")
SCALES = (1.0, 2.0)
"""The smallest and the largest text size."""
IDLE_MINUTES = (1, 5, 10, 30, 0)
"""After how many minutes without a touch the screen is locked; 0: never."""
MOST_RECENT = 8
CODE_LENGTHS = (4, 32)

_SALT_BYTES = 16
_DIGEST_BYTES = 32
_COST = 2**13  # about 20 ms on a plain machine: one try may be made without leaving the screen's thread
_PLACES_AT_MOST = 16


class LockCode(NamedTuple):
    """锁定码, as it may be kept: salted and hashed. It guards the screen; it encrypts nothing."""

    salt: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Preferences:
    """`places` holds the window's place as text by the name of the screen; `recent` the last book first."""

    theme: str = THEMES[0]
    scale: float = SCALES[0]
    hidden: bool = False
    places: Mapping[str, str] = field(default_factory=dict)
    idle_minutes: int = 10
    lock_code: LockCode | None = None
    last_book: Path | None = None
    recent: tuple[Path, ...] = ()


def hashed(code: str) -> LockCode:
    """A new code, with a salt of its own."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return LockCode(salt, _digest(code, salt))


def opens(code: str, lock: LockCode) -> bool:
    """Whether the lock opens to this code."""
    return hmac.compare_digest(_digest(code, lock.salt), lock.digest)


def _digest(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=_COST, r=8, p=1, dklen=_DIGEST_BYTES)


def opened_last(preferences: Preferences, book: Path) -> Preferences:
    """The book is the last one, and the first among the recent."""
    others = tuple(one for one in preferences.recent if one != book)
    return replace(preferences, last_book=book, recent=(book, *others)[:MOST_RECENT])


def forgotten(preferences: Preferences, book: Path) -> Preferences:
    """Without a book that is no longer there."""
    last = None if preferences.last_book == book else preferences.last_book
    return replace(preferences, last_book=last, recent=tuple(b for b in preferences.recent if b != book))


# ---------------------------------------------------------------------------------------------------- reading


def read_preferences(file: Path) -> tuple[Preferences, tuple[Text, ...]]:
    """What the file says, and what to tell the person about it. It raises nothing.

    No file is the first start. Whatever makes no sense takes its default, and the file is put aside, never
    written over.
    """
    if not file.exists():
        return Preferences(), ()
    try:
        document, faults = read_json(read_bytes(file), str(file))
    except FileTrouble as trouble:
        return Preferences(), (_unread(trouble),)
    except InputRefused:
        return Preferences(), (_aside(file, ()),)
    given = document if isinstance(document, dict) else {}
    taken = {name: _FIELDS[name](value) for name, value in given.items() if name in _FIELDS}
    wrong = tuple(name for name, value in taken.items() if value is _NONSENSE)
    known = {name: value for name, value in taken.items() if value is not _NONSENSE}
    preferences = Preferences(**known)  # type: ignore[arg-type]
    if wrong or faults or not isinstance(document, dict):
        return preferences, (_aside(file, wrong),)
    return preferences, ()


def _unread(trouble: FileTrouble) -> Text:
    return text("首选项没有读出来，先按默认的来：{what}。{todo}。", what=trouble.what, todo=trouble.todo)


def _aside(file: Path, wrong: Sequence[str]) -> Text:
    """Put a broken file aside under a name that nothing has."""
    names = (file.with_name(f"{file.name}.broken{number or ''}") for number in count())
    kept = next(name for name in names if not name.exists())
    try:
        file.rename(kept)
    except OSError:
        return text("首选项文件坏了，读不懂的都用默认值；文件没有动：{file}。", file=file)
    words = "、".join(_WORDS[name] for name in wrong)
    if words:
        return text("首选项里的{words}读不懂，用了默认值；原来的文件留在 {kept}。", words=words, kept=kept)
    return text("首选项文件坏了，读不懂的都用默认值；原来的文件留在 {kept}。", kept=kept)


class _Nonsense:
    """Stands where a value is not of its kind."""


_NONSENSE = _Nonsense()
_WORDS = {
    "theme": "外观",
    "scale": "字号",
    "hidden": "金额显示",
    "places": "窗口位置",
    "idle_minutes": "自动锁定",
    "lock_code": "锁定码",
    "last_book": "上次的档案",
    "recent": "最近的档案",
}


def _theme(value: object) -> object:
    return value if value in THEMES else _NONSENSE


def _scale(value: object) -> object:
    smallest, largest = SCALES
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not smallest <= value <= largest:
        return _NONSENSE
    return float(value)


def _flag(value: object) -> object:
    return value if isinstance(value, bool) else _NONSENSE


def _minutes(value: object) -> object:
    return value if type(value) is int and value in IDLE_MINUTES else _NONSENSE


def _places(value: object) -> object:
    if not isinstance(value, dict) or len(value) > _PLACES_AT_MOST:
        return _NONSENSE
    return value if all(isinstance(place, str) for place in value.values()) else _NONSENSE


def _lock(value: object) -> object:
    """A damaged code must not lock anyone out: it counts as none, and that is told."""
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"salt", "digest"}:
        return _NONSENSE
    try:
        lock = LockCode(bytes.fromhex(value["salt"]), bytes.fromhex(value["digest"]))
    except (TypeError, ValueError):
        return _NONSENSE
    return lock if (len(lock.salt), len(lock.digest)) == (_SALT_BYTES, _DIGEST_BYTES) else _NONSENSE


def _path(value: object) -> object:
    if value is None:
        return None
    return Path(value) if isinstance(value, str) and value else _NONSENSE


def _paths(value: object) -> object:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        return _NONSENSE
    return tuple(Path(one) for one in value[:MOST_RECENT])


_FIELDS: dict[str, Callable[[object], object]] = {
    "theme": _theme,
    "scale": _scale,
    "hidden": _flag,
    "places": _places,
    "idle_minutes": _minutes,
    "lock_code": _lock,
    "last_book": _path,
    "recent": _paths,
}


# ---------------------------------------------------------------------------------------------------- writing


def write_preferences(file: Path, preferences: Preferences) -> Text | None:
    """All or nothing. Returns what hindered it, in a sentence; the choices hold until the program ends."""
    with suppress(OSError):  # what is wrong with the folder is said when the file cannot be written
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_whole(file, f"{json.dumps(_document(preferences), ensure_ascii=False, indent=2)}\n")
    except FileTrouble as trouble:
        return text(
            "首选项没有存下来，这次用着，下次要再选：{what}。{todo}。", what=trouble.what, todo=trouble.todo
        )
    return None


def _document(preferences: Preferences) -> dict[str, object]:
    lock = preferences.lock_code
    recent = (_name(one) for one in preferences.recent[:MOST_RECENT])
    places = list(preferences.places.items())[-_PLACES_AT_MOST:]
    return {
        "theme": preferences.theme,
        "scale": preferences.scale,
        "hidden": preferences.hidden,
        "places": dict(places),
        "idle_minutes": preferences.idle_minutes,
        "lock_code": None if lock is None else {"salt": lock.salt.hex(), "digest": lock.digest.hex()},
        "last_book": _name(preferences.last_book),
        "recent": [name for name in recent if name is not None],
    }


def _name(path: Path | None) -> str | None:
    """None for no file, and for one whose name is no text, which a JSON file cannot hold."""
    try:
        return None if path is None else str(path).encode().decode()
    except UnicodeEncodeError:
        return None
