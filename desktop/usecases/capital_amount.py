"""大写金额。A sum in the characters that can not be altered, as 《支付结算办法》 has it written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.domain.money import Money

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_NO_GAP = 1_000


def capital_amount(money: Money) -> str:
    """人民币, then the sum without a gap: 整 after 元, none after 分; after 角 it is left out.

    >>> from desktop.domain.money import Money
    >>> capital_amount(Money.yuan("12345.67")), capital_amount(Money.yuan("100.00"))
    ('人民币壹万贰仟叁佰肆拾伍元陆角柒分', '人民币壹佰元整')
    """
    sign = "负" if money < 0 else ""
    yuan, fen = divmod(abs(int(money)), 100)
    whole = f"{_whole(yuan)}元" if yuan or not fen else ""
    return f"人民币{sign}{whole}{_parts(fen, after=bool(yuan))}"


def _parts(fen: int, *, after: bool) -> str:
    """角 and 分; a 零 stands for the 角 that is not there, but never first."""
    tens, ones = divmod(fen, 10)
    if not fen:
        return "整"
    jiao = f"{_DIGITS[tens]}角" if tens else "零" if after else ""
    return jiao + (f"{_DIGITS[ones]}分" if ones else "")


def _whole(yuan: int) -> str:
    """In groups of four digits; however many noughts stand together inside, they are one 零."""
    if not yuan:
        return "零"
    said = ""
    gap = False
    for place in reversed(range(len(_GROUPS))):
        group = yuan // 10_000**place % 10_000
        if group:
            gap = gap or (said != "" and group < _NO_GAP)
            said += ("零" if gap and said else "") + _group(group) + _group_name(place, yuan)
            gap = False
        else:
            gap = said != ""
    return said


def _group_name(place: int, yuan: int) -> str:
    """万亿 shares its 亿 with the group after it, if there is one."""
    shared = place == len(_GROUPS) - 1 and yuan // 10_000 ** (place - 1) % 10_000
    return "万" if shared else _GROUPS[place]


def _group(group: int) -> str:
    said, gap = "", False
    for place in reversed(range(len(_PLACES))):
        digit = group // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return said
