"""看政策。Which value of the law holds in an area on a day, and which keys there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.trouble import Fault, InputRefused
from desktop.policy.policy import NotCovered, Term, Unpublished

if TYPE_CHECKING:
    from datetime import date

    from desktop.policy.book import Book
    from desktop.policy.pack import Value


def policy_keys(book: Book) -> list[str]:
    """Every key of every pack, in order."""
    return sorted({key for pack in book.packs.values() for key in pack.blocks})


def show_policy(book: Book, key: str, area: str, on: date, channel: str | None = None) -> Term[Value]:
    """Without a channel: the value of no channel, else of the first that has one.

    Raises `InputRefused` where no pack knows the key, or none answers on that day.
    """
    if key not in policy_keys(book):
        raise InputRefused(key, [Fault("", "没有这一项", "用 gongji policy list 看全部名称")])
    policy = book.law(area, on).policy
    missing: NotCovered | None = None
    for one in (
        ("", "in_province", "premium_proxy", "wallet_quota", "wallet_transfer")
        if channel is None
        else (channel,)
    ):
        try:
            return policy.term(key, channel=one)
        except NotCovered as error:
            missing = missing if isinstance(missing, Unpublished) else error
    what = "确有其数，没有公布" if isinstance(missing, Unpublished) else f"{area} 在 {on} 没有收录这一项"
    raise InputRefused(key, [Fault("", what, "换一个日期或地区再看")])
