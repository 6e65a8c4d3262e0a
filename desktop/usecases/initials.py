"""拼音首字母。The first letters of words as they are read, and of names, which are read their own way."""

from __future__ import annotations

from functools import lru_cache

_SURNAMES = {
    "万俟": "mq",
    "尉迟": "yc",
    "单于": "cy",
    "长孙": "zs",
    "单": "s",
    "仇": "q",
    "解": "x",
    "查": "z",
    "区": "o",
    "朴": "p",
    "盖": "g",
    "曾": "z",
    "缪": "m",
    "乐": "y",
    "种": "c",
    "覃": "q",
}
"""Surnames that are not read as the character mostly is; those of two characters come first."""


@lru_cache(maxsize=4096)  # the same few notes come again and again
def initials(words: str) -> str:
    """The letters of the characters, and everything else as it is.

    >>> initials("重庆的定点药店 2026"), initials("音乐")
    ('cqdddyd 2026', 'yy')
    """
    from pypinyin import Style, lazy_pinyin  # its tables are large: not before they are needed

    return "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)).lower()


def name_initials(name: str) -> str:
    """
    >>> name_initials("单雄信"), name_initials("尉迟恭"), name_initials("简单")
    ('sxx', 'ycg', 'jd')
    """
    surname = next((one for one in _SURNAMES if name.startswith(one)), "")
    return _SURNAMES.get(surname, "") + initials(name.removeprefix(surname))
