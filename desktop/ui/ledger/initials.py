"""拼音首字母。How characters begin when read, from their place in GB 2312, which is sorted by sound."""

from __future__ import annotations

from bisect import bisect_right

_FIRST = (
    (0xB0A1, "a"),
    (0xB0C5, "b"),
    (0xB2C1, "c"),
    (0xB4EE, "d"),
    (0xB6EA, "e"),
    (0xB7A2, "f"),
    (0xB8C1, "g"),
    (0xB9FE, "h"),
    (0xBBF7, "j"),
    (0xBFA6, "k"),
    (0xC0AC, "l"),
    (0xC2E8, "m"),
    (0xC4C3, "n"),
    (0xC5B6, "o"),
    (0xC5BE, "p"),
    (0xC6DA, "q"),
    (0xC8BB, "r"),
    (0xC8F6, "s"),
    (0xCBFA, "t"),
    (0xCDDA, "w"),
    (0xCEF4, "x"),
    (0xD1B9, "y"),
    (0xD4D1, "z"),
)
_LAST = 0xD7F9
_CODES = [code for code, _ in _FIRST]


def initials(words: str) -> str:
    """The letters of the common characters and everything else as it is.

    >>> initials("定点药店 2026")
    'ddyd 2026'
    """
    return "".join(_initial(letter) for letter in words)


def _initial(letter: str) -> str:
    written = letter.encode("gb2312", errors="ignore")
    code = int.from_bytes(written, "big") if len(written) == len(b"xx") else 0
    if not _FIRST[0][0] <= code <= _LAST:
        return letter.lower()
    return _FIRST[bisect_right(_CODES, code) - 1][1]
