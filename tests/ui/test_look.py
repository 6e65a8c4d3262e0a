"""外观测试。Names in the style sheet, icons, and how money and names are written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QFontMetricsF

from desktop.domain.money import Money
from desktop.ui.look.icons import Icon
from desktop.ui.look.money import MASK, MoneyText
from desktop.ui.look.style import filled, names
from desktop.ui.look.tokens import Kind, Theme, read_tokens

if TYPE_CHECKING:
    from desktop.ui.look.look import Look

ROOT = Path(__file__).parents[2]
TOKENS = read_tokens(ROOT / "resources" / "look" / "tokens.toml")


def test_that_every_colour_is_named_in_every_theme() -> None:
    assert len({frozenset(TOKENS.colours[theme]) for theme in Theme}) == 1


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_every_name_in_the_style_sheet_is_a_token(look: Look, theme: Theme, scale: float) -> None:
    look.wear(theme=theme, scale=scale)
    assert "@" not in filled(look.template, names(look))


def test_that_the_style_sheet_and_the_code_hold_no_colour_of_their_own() -> None:
    sheet = (ROOT / "resources" / "look" / "base.qss").read_text("utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|\b[1-9]\d*px", sheet)
    for file in (ROOT / "desktop" / "ui").rglob("*.py"):
        assert not re.search(r"[\"']#[0-9A-Fa-f]{3,8}[\"']|\d+px", file.read_text("utf-8")), file


def test_that_every_icon_has_a_file_and_every_file_an_icon() -> None:
    files = {file.stem for file in (ROOT / "resources" / "icons").glob("*.svg")}
    assert files == {str(icon) for icon in Icon}


def test_that_every_icon_is_used() -> None:
    used = "".join(file.read_text("utf-8") for file in (ROOT / "desktop").rglob("*.py"))
    waiting_for_their_page = {Icon.GAUGE, Icon.FAMILY, Icon.RECEIPT, Icon.SHIELD, Icon.COPY}
    unused = {icon for icon in Icon if f"Icon.{icon.name}" not in used}
    assert unused <= waiting_for_their_page


def test_that_an_icon_is_crisp_and_takes_the_colour_asked_for(look: Look) -> None:
    pixmap = look.pixmap(Icon.CHECK, QColor("red"), 18, 2.0)
    assert pixmap.size().width() == 36
    image = pixmap.toImage()
    seen = [image.pixelColor(x, y) for x in range(36) for y in range(36)]
    assert any(c.alpha() == 255 and c.red() == 255 and c.green() == 0 for c in seen)
    assert not any(c.alpha() == 255 and c.green() > 0 for c in seen)


def test_that_the_text_size_stays_between_one_and_two(look: Look) -> None:
    look.wear(scale=9.0)
    assert look.scale == 2.0
    look.wear(scale=0.1)
    assert look.scale == 1.0


def test_that_everyone_is_told_once_and_only_of_a_change(look: Look, qtbot: object) -> None:
    told: list[int] = []
    look.changed.connect(lambda: told.append(1))
    look.wear(theme=Theme.DARK, scale=1.5, hidden=True)
    look.wear(theme=Theme.DARK)
    assert told == [1]


def test_that_digits_have_one_width(look: Look) -> None:
    metrics = QFontMetricsF(look.font(Kind.TABLE))
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


@pytest.mark.parametrize(
    ("fen", "written"),
    [(None, "\u2013"), (0, "0.00"), (-8800, "-88.00"), (842635, "8,426.35"), (5, "0.05")],
)
def test_that_money_is_written_one_way(fen: int | None, written: str) -> None:
    assert MoneyText().money(None if fen is None else Money(fen)) == written


def test_that_a_change_carries_its_sign() -> None:
    text = MoneyText()
    assert [text.change(Money(fen)) for fen in (19600, 0, -100)] == ["+196.00", "0.00", "-1.00"]


def test_that_the_privacy_eye_hides_every_sum_and_every_name() -> None:
    text = MoneyText()
    text.hidden = True
    assert text.money(Money(842635)) == MASK
    assert text.money(Money(0)) == MASK
    assert text.change(Money(100)) == MASK
    assert text.sentence("缺 115.65，母亲住院 -2,900.00") == f"缺 {MASK}，母亲住院 {MASK}"
    assert text.person("母亲", "刘桂") == "母亲"


def test_that_days_and_counts_stay_readable_in_privacy() -> None:
    text = MoneyText()
    text.hidden = True
    assert (
        text.sentence("2026-11-21，还可支撑 17 个月，版本 1.10.2")
        == "2026-11-21，还可支撑 17 个月，版本 1.10.2"
    )


def test_that_names_and_identities_are_masked() -> None:
    text = MoneyText()
    assert text.person("母亲", "刘桂") == "母亲 刘*"
    assert text.identity("430502195801014521") == "430***********4521"
