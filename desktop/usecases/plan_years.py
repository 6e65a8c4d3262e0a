"""推演几年。An account month by month, alone or under a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.trouble import Fault, InputRefused
from desktop.planning.scenario import with_scenario
from desktop.planning.timeline import Month, Outlook, Shortfall, holder_of, outlook

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.family import Family
    from desktop.policy.book import Book

__all__ = [
    "Month",
    "Outlook",
    "Shortfall",
    "account_of",
    "holder_of",
    "in_scenario",
    "no_month",
    "plan_years",
]


def account_of(family: Family, asked: str | None) -> str:
    """Whose account a plan is about; `asked` None: the family's own. Raises `InputRefused` if unknown."""
    if asked is not None and asked not in {person.id for person in family.people}:
        what = f"家庭文件里没有 id 是“{asked}”的人"
        raise InputRefused("--account", [Fault("", what, "请核对 people 里的 id")])
    return asked or holder_of(family)


def no_month(until: date) -> InputRefused:
    """What to say of a plan that would end before it begins."""
    what = f"到 {until:%Y-%m} 为止没有可以规划的月份"
    return InputRefused("--until", [Fault("", what, "请选一个更晚的月份")])


def in_scenario(family: Family, book: Book, name: str | None) -> tuple[Family, Book]:
    """The family and the law as a scenario has them; None: as they are. Raises `InputRefused` if unknown."""
    if name is None:
        return family, book
    chosen = next((one for one in family.scenarios if one.name == name), None)
    if chosen is None:
        names = "、".join(one.name for one in family.scenarios) or "（一个也没有）"
        raise InputRefused("--scenario", [Fault("", f"没有名为“{name}”的方案", f"可选：{names}")])
    return with_scenario(family, chosen), book.with_changes(chosen.rules)


def plan_years(
    family: Family, book: Book, until: date, *, account: str | None = None, scenario: str | None = None
) -> Outlook:
    """Up to the month of `until`. Raises `InputRefused` for an unknown account or scenario."""
    account = account_of(family, account)
    family, book = in_scenario(family, book, scenario)
    return outlook(family, book, account, until)
