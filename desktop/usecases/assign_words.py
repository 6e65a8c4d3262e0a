"""为什么这样分。What an assignment of relatives to payers saves, what it moves, and why others lose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.money import NOTHING
from desktop.domain.terms import label
from desktop.domain.text import Text, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desktop.domain.family import Family
    from desktop.usecases.assign import Assignment, Bond, Option


def reasons(family: Family, found: Assignment) -> tuple[Text, ...]:
    """In whole sentences: the gain, where the money comes from, the others, and what is not known."""
    return (
        *(_gain(found) if found.saving > NOTHING else [_no_gain(found)]),
        *_moved(family, found),
        *_natural(family, found),
        *_runner_up(family, found),
        *_nobody(family, found),
        *_doubts(family, found),
    )


def _gain(found: Assignment) -> Iterator[Text]:
    best = found.best
    yield text(
        "到 {until} 为止，全家要付的现金从 {before:,} 元降到 {after:,} 元，少付 {saving:,} 元",
        until=_month(found),
        before=found.today.cash,
        after=best.cash,
        saving=found.saving,
    )
    if best.cash > NOTHING and found.proven:
        yield text("剩下的 {cash:,} 元换谁绑定都省不掉", cash=best.cash)


def _no_gain(found: Assignment) -> Text:
    """Why nothing is to be had by binding otherwise."""
    cash, until, payers = found.today.cash, _month(found), len(found.payers)
    if not found.best.outlook.months:
        return text("到 {until} 为止没有要推演的月份", until=until)
    if cash == NOTHING:
        return text("照现在的绑定，到 {until} 为止全家不用付现金，不必改", until=until)
    if cash == found.floor:
        return text(
            "到 {until} 为止要付的现金 {cash:,} 元，是账户不能支付的或预计用现金交的，换谁绑定都一样",
            until=until,
            cash=cash,
        )
    if not payers:
        return text("家里没有可以绑定亲属的账户，到 {until} 为止要付现金 {cash:,} 元", until=until, cash=cash)
    if payers == 1:
        return text("可以绑定亲属的账户只有一个，现在的绑定已是最省的，要付现金 {cash:,} 元", cash=cash)
    return text("没有一种分法比现在少付现金（到 {until} 为止 {cash:,} 元）", until=until, cash=cash)


def _moved(family: Family, found: Assignment) -> Iterator[Text]:
    """Money that comes from another's account is not free."""
    if not found.best.changes:
        return
    for owner, left in found.best.left.items():
        before, after = found.today.lent.get(owner, NOTHING), found.best.lent.get(owner, NOTHING)
        if after > before:
            yield text(
                "这不是白来的：{owner}的账户为家人多付 {more:,} 元，到 {until} 还剩 {left:,} 元",
                owner=family.person(owner).name,
                more=after - before,
                until=_month(found),
                left=left,
            )


def _natural(family: Family, found: Assignment) -> Iterator[Text]:
    """Why to let the nearest bind everyone costs more, with the months in which it falls short."""
    natural, best = found.natural, found.best
    if natural is None or natural.cash <= best.cash:
        return
    short = _short_months(natural, best)
    by_holder = any(payer == found.holder for payer, _ in natural.pairs)
    words = "能绑定的都由{holder}绑定看似最自然" if by_holder else "每位家人由最近的账户绑定看似最自然"
    words += "，却要多付现金 {more:,} 元：{first} 起有 {months} 个月多付"
    # Less cash for the same bills is more out of some account.
    spare = max(natural.left, key=lambda one: natural.left[one] - best.left[one])
    words += "，到 {until} {spare}的账户里却还有 {left:,} 元没有用上"
    yield text(
        words,
        holder=family.person(found.holder).name,
        more=natural.cash - best.cash,
        first=short[0],
        months=len(short),
        until=_month(found),
        spare=family.person(spare).name,
        left=natural.left[spare],
    )


def _short_months(option: Option, best: Option) -> list[str]:
    """The months in which one pays more in cash than the best does."""
    pairs = zip(option.outlook.months, best.outlook.months, strict=True)
    return [f"{one.month:%Y-%m}" for one, other in pairs if one.cash > other.cash]


def _runner_up(family: Family, found: Assignment) -> Iterator[Text]:
    """Nothing where there is nothing to be changed: that one is as good as any other says enough."""
    other = found.runner_up
    if other is None or not found.best.changes:
        return
    differs, names = "照现在的绑定不改", dict[str, str]()
    if other.changes:
        differs, names = _said(family, [one for one in other.bindings if one.pair not in found.best.pairs])
    more = other.cash - found.best.cash
    words = f"其次是{differs}，要多付现金 {{more:,}} 元"
    yield text(words if more else f"{differs}也一样省，但改动更多，或账户用完得更早", more=more, **names)


def _nobody(family: Family, found: Assignment) -> Iterator[Text]:
    """Whom nobody may bind, and by which rule."""
    for one in found.impossible:
        yield text("没有人可以绑定{name}", name=family.person(one.person).name)
        yield from (finding.says for finding in one.broken)


def _doubts(family: Family, found: Assignment) -> Iterator[Text]:
    """What the answer rests on, and what would have to be filled in for a better one."""
    for one in found.best.changes:
        if one.assumed:
            yield text(
                "{beneficiary}是{payer}的{relation}，这是推算的，没有登记，请核对",
                beneficiary=family.person(one.beneficiary).name,
                payer=family.person(one.payer).name,
                relation=label(one.relation),
            )
    if found.best.cash > found.floor:
        yield from _not_judged(family, found)
    for person in found.in_cash if found.best.outlook.months else ():
        yield text("{name}的保费原打算从没有绑定的账户付，这里按现金算", name=family.person(person).name)
    if not found.proven:
        yield text("没有比完所有的分法，只比较了 {count} 种，也许还有更省的", count=found.judged)


def _not_judged(family: Family, found: Assignment) -> Iterator[Text]:
    for payer in dict.fromkeys(payer for payer, _ in found.unknown):
        whom = [who for other, who in found.unknown if other == payer]
        names = {f"whom{number}": family.person(who).name for number, who in enumerate(whom)}
        listed = "、".join(f"{{{one}}}" for one in names)
        yield text(
            f"不知道{listed}是{{payer}}的什么人，没有算；请在家庭页补上关系",
            payer=family.person(payer).name,
            **names,
        )
    for person in found.unrecorded:
        yield text("{name}有个人账户但没有登记余额，没有当作共济人来算", name=family.person(person).name)


def _said(family: Family, bonds: Iterable[Bond]) -> tuple[str, dict[str, str]]:
    """{payer0}绑定{whom0}、{payer1}绑定{whom1}, and the names: each by itself, so that it can be masked."""
    words, names = [], {}
    for number, bond in enumerate(bonds):
        words.append(f"{{payer{number}}}绑定{{whom{number}}}")
        names[f"payer{number}"] = family.person(bond.payer).name
        names[f"whom{number}"] = family.person(bond.beneficiary).name
    return "、".join(words), names


def _month(found: Assignment) -> str:
    return f"{found.until:%Y-%m}"
