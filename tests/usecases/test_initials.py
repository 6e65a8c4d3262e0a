"""拼音首字母测试。Letters of words and of names that are read their own way."""

from __future__ import annotations

import pytest

from desktop.usecases.initials import initials, name_initials


def test_that_initials_are_those_of_the_sounds() -> None:
    assert initials("定点药店 降压药 A1 祖母") == "ddyd jyy a1 zm"
    assert initials("重庆") == "cq"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("单雄信", "sxx"),
        ("仇英", "qy"),
        ("解缙", "xj"),
        ("查良镛", "zly"),
        ("区志强", "ozq"),
        ("朴树", "ps"),
        ("盖叫天", "gjt"),
        ("尉迟恭", "ycg"),
        ("万俟卨", "mqx"),
        ("周明", "zm"),
    ],
)
def test_that_a_surname_is_read_as_a_surname(name: str, letters: str) -> None:
    assert name_initials(name) == letters
