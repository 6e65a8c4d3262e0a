"""对比度测试。Every pair of colours that meet on a screen, by the formula of WCAG 2, in every theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from desktop.ui.look.tokens import Source, Theme, Verdict, read_tokens
from desktop.ui.start.view import banner_colours
from tests.families import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.ui.look.look import Look

FILE = RESOURCES / "look" / "tokens.toml"
TOKENS = read_tokens(FILE)
WORDS = {Theme.LIGHT: 4.5, Theme.DARK: 4.5, Theme.HC: 7.0}
MARKS = 3.0
_CUT, _SLOPE = 0.04045, 12.92


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, as WCAG 2 defines it."""

    def linear(part: float) -> float:
        return part / _SLOPE if part <= _CUT else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def meeting() -> Iterator[tuple[str, str]]:
    """Words on grounds that the code puts together beyond those the tokens list."""
    yield "text", "primary_soft"
    yield "on_primary", "primary_hover"
    yield "on_primary", "primary_press"
    yield "primary_hover", "surface"
    yield "primary_hover", "canvas"
    yield "text", "canvas"
    for verdict in Verdict:
        yield str(verdict), f"{verdict}_soft"


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#0E6960", "#0E6960", 1.0)],
)
def test_that_the_formula_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_that_the_thresholds_are_those_the_tokens_promise() -> None:
    promised = FILE.read_text("utf-8")
    assert "all text pairs >= 4.5:1 in light and dark, >= 7:1 in high contrast" in promised
    assert re.search(r"focus rings >= 3:1 in every theme", promised)


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("pair", dict.fromkeys([*TOKENS.text_pairs, *meeting()]), ids="-on-".join)
def test_that_words_can_be_read_on_their_ground(theme: Theme, pair: tuple[str, str]) -> None:
    words, ground = (TOKENS.colours[theme][name] for name in pair)
    assert contrast(words, ground) >= WORDS[theme]


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize(
    "pair", [*TOKENS.mark_pairs, *((str(one), "selected") for one in Verdict)], ids="-on-".join
)
def test_that_marks_and_borders_can_be_seen(theme: Theme, pair: tuple[str, str]) -> None:
    mark, ground = (TOKENS.colours[theme][name] for name in pair)
    assert contrast(mark, ground) >= MARKS


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("source", list(Source))
def test_that_each_source_of_money_can_be_seen_and_its_words_read(theme: Theme, source: Source) -> None:
    tint = TOKENS.sources[theme][source]
    surface, sunken = (TOKENS.colours[theme][ground] for ground in ("surface", "sunken"))
    assert contrast(tint.mark, surface) >= MARKS
    assert contrast(tint.text, surface) >= WORDS[theme]
    assert contrast(tint.text, sunken) >= MARKS  # the lines of the samples' pictures


@pytest.mark.parametrize("theme", list(Theme))
def test_that_the_first_page_can_be_read_on_its_coloured_ground(look: Look, theme: Theme) -> None:
    look.wear(theme=theme)
    ground, words = banner_colours(look)
    assert contrast(TOKENS.colours[theme][words], TOKENS.colours[theme][ground]) >= WORDS[theme]
