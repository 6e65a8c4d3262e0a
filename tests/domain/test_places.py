"""地名测试。Places by code and by the names that people write."""

import pytest

from desktop.domain.places import is_known, place_code, place_name, places


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("东莞", "441900"),
        ("广东省东莞市", "441900"),
        ("湖南长沙", "430100"),
        (" 430199 ", "430199"),
        ("湖南", "430000"),
        ("北京市", "110000"),
        ("乌有", ""),
        ("439x00", ""),
        ("", ""),
    ],
)
def test_that_a_place_is_found_by_its_name_or_code(words: str, code: str) -> None:
    assert place_code(words) == code


def test_that_every_place_is_known_and_found_again_by_its_whole_name() -> None:
    for code, name in places().items():
        assert is_known(code)
        assert place_code(name) == code
        assert place_name(code) in name
