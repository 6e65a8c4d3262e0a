"""大写金额。Sums as a bank would accept them, and a second opinion on a great many."""

from __future__ import annotations

import cn2an  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.money import MOST_YUAN, Money
from desktop.usecases.capital_amount import capital_amount


@pytest.mark.parametrize(
    ("sum_", "words"),
    [
        ("12345.67", "人民币壹万贰仟叁佰肆拾伍元陆角柒分"),
        ("10000.05", "人民币壹万元零伍分"),
        ("100.00", "人民币壹佰元整"),
        ("0.50", "人民币伍角"),
        ("0.05", "人民币伍分"),
        ("0.00", "人民币零元整"),
        ("8426.35", "人民币捌仟肆佰贰拾陆元叁角伍分"),
        ("1060.00", "人民币壹仟零陆拾元整"),
        ("6342.20", "人民币陆仟叁佰肆拾贰元贰角"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("10.00", "人民币壹拾元整"),
        ("100000000.00", "人民币壹亿元整"),
        ("100010000.00", "人民币壹亿零壹万元整"),
        ("-115.65", "人民币负壹佰壹拾伍元陆角伍分"),
        ("1000000000000.00", "人民币壹万亿元整"),
        ("1200300000000.00", "人民币壹万贰仟零叁亿元整"),
    ],
)
def test_that_a_sum_is_written_by_the_rules(sum_: str, words: str) -> None:
    assert capital_amount(Money.yuan(sum_)) == words


@given(st.integers(0, int(MOST_YUAN * 100)))
@example(10_000_100)
@example(100_000_000_001)
def test_that_it_means_the_sum_that_was_written(fen: int) -> None:
    words = capital_amount(Money(fen)).removeprefix("人民币")
    yuan, _, rest = words.partition("元") if "元" in words else ("零", "", words)
    jiao = "零壹贰叁肆伍陆柒捌玖".index(rest[rest.index("角") - 1]) if "角" in rest else 0
    ones = "零壹贰叁肆伍陆柒捌玖".index(rest[rest.index("分") - 1]) if "分" in rest else 0
    assert cn2an.cn2an(yuan, "smart") * 100 + jiao * 10 + ones == fen


@given(st.integers(0, 9_999_999_999))
def test_that_a_second_opinion_agrees(fen: int) -> None:
    theirs = cn2an.an2cn(str(Money(fen)), "rmb")
    ours = capital_amount(Money(fen)).removeprefix("人民币")
    assert ours.removesuffix("整") == theirs.removesuffix("整")
