"""对比的话。What a comparison comes to in sentences: the conclusion, by how much, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.care import Setting
from desktop.domain.money import Money
from desktop.domain.terms import label
from desktop.usecases.compare import delta
from desktop.usecases.scenario_words import month_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from desktop.usecases.chances import Driver, Fan, Source
    from desktop.usecases.compare import Comparison, Delta, Run
    from desktop.usecases.kin import Kin

BASELINE = "基准"
_A_YEAR = 12
_HALF, _NEARLY_ALL = 50, 90
_FEW = 0.005


def span_words(months: int) -> str:
    """
    >>> span_words(60), span_words(14)
    ('5 年', '14 个月')
    """
    return f"{months // _A_YEAR} 年" if months % _A_YEAR == 0 else f"{months} 个月"


def change_words(money: Money) -> str:
    """
    >>> change_words(Money(100)), change_words(Money(-100)), change_words(Money(0))
    ('+1.00', '-1.00', '不变')
    """
    if not money:
        return "不变"
    return f"+{money:,}" if money > 0 else f"{money:,}"


def later_words(of: Delta) -> str:
    """晚 24 个月, 多撑 43 个月以上."""
    if not of.later:
        return "不变"
    if of.beyond:
        return f"{'多' if of.later > 0 else '少'}撑 {abs(of.later)} 个月以上"
    return f"{'晚' if of.later > 0 else '早'} {abs(of.later)} 个月"


# ------------------------------------------------------------------------------------------- the conclusion


def longest(comparison: Comparison) -> tuple[Run, Delta] | None:
    """The scenario with which the account lasts longest; None where with none it lasts longer."""
    return _best(comparison, lambda of: (of.later, -of.cash, of.end), lambda of: of.later > 0)


def thriftiest(comparison: Comparison) -> tuple[Run, Delta] | None:
    """The scenario with the least cash, of those with which the account lasts no less long."""
    return _best(comparison, lambda of: (-of.cash, of.end), lambda of: of.later >= 0 and of.cash < 0)


def conclusion(comparison: Comparison, known: Mapping[str, Kin], names: Mapping[str, str]) -> str:
    """One sentence: how long it lasts, what would help most and what that costs, what would harm.

    `names` are those of the scenarios as paper may show them.
    """
    return (
        "；".join((_as_it_is(comparison), *_helps(comparison, known, names), *_harms(comparison, names)))
        + "。"
    )


def _best(
    comparison: Comparison, rank: Callable[[Delta], tuple[int, ...]], counts: Callable[[Delta], bool]
) -> tuple[Run, Delta] | None:
    """The first of those that count by rank."""
    every = [(run, delta(comparison.baseline, run)) for run in comparison.runs[1:]]
    return max((one for one in every if counts(one[1])), key=lambda one: rank(one[1]), default=None)


def _as_it_is(comparison: Comparison) -> str:
    runs_out = comparison.baseline.runs_out
    if runs_out is None:
        return f"按现在的绑定，账户到{month_words(comparison.until)}都够用"
    return f"按现在的绑定，账户{month_words(runs_out)}首次不足"


def _helps(comparison: Comparison, known: Mapping[str, Kin], names: Mapping[str, str]) -> Iterator[str]:
    lasting, others = longest(comparison), len(comparison.runs) - 1
    found = lasting or thriftiest(comparison)
    if found is not None:
        run, of = found
        said = [later_words(of)] if lasting else []
        said += [*_costs(of, span_words(len(run.outlook.months)), known)]
        yield f"“{names[run.name]}”{'撑得最久' if lasting else '最省现金'}，{'，'.join(said)}"
    elif others:
        longer = "" if comparison.baseline.runs_out is None else "没有撑得更久的，也"
        yield f"并列的 {others} 个方案{longer}没有撑得一样久又更省现金的"


def _costs(of: Delta, span: str, known: Mapping[str, Kin]) -> Iterator[str]:
    """What merely moves to another account is said with what is saved, so that nothing looks free."""
    if of.cash:
        yield f"{span}{'少' if of.cash < 0 else '多'}付现金 {Money(abs(of.cash)):,} 元"
    for owner, amount in of.by_others.items():
        if amount > 0:
            yield f"{known[owner].word}的账户多付 {amount:,} 元"


def _harms(comparison: Comparison, names: Mapping[str, str]) -> Iterator[str]:
    """What falls short where the baseline does not."""
    if comparison.baseline.runs_out is None:
        for run in comparison.runs[1:]:
            if run.runs_out is not None:
                yield f"“{names[run.name]}”会让账户{month_words(run.runs_out)}就不够"


# --------------------------------------------------------------------------------------------- how sure it is


def sure_words(fan: Fan, run: Run, known: Mapping[str, Kin]) -> Iterator[str]:
    """How many futures last as long as the run, what that hangs on, and how much is short in the others."""
    month = run.runs_out or fan.months[-1]
    lasting = fan.lasting_until(max(month, fan.months[0]))
    yield f"{fan.futures:,} 次推演里，{lasting:,} 次能撑过{month_words(month)}。"
    if fan.driver is not None:
        yield f"主要取决于{_hangs_on(fan.driver.source, known)}：{_shares(fan.driver, known)}"
    yield _short(fan)


def source_words(source: Source, known: Mapping[str, Kin]) -> str:
    """母亲住院, 女儿缴居民医保费."""
    return known[source.person].word + (label(source.setting) if source.setting else "缴居民医保费")


def _hangs_on(source: Source, known: Mapping[str, Kin]) -> str:
    """母亲是否住院 for what is dear and rare, else how much it comes to."""
    if source.setting is Setting.INPATIENT:
        return f"{known[source.person].word}是否住院"
    return f"{source_words(source, known)}的多少"


def share_words(share: float) -> str:
    """A few are not none, and nearly all are not all.

    >>> share_words(0.629), share_words(0.0037), share_words(0.998), share_words(1)
    ('63%', '1% 以下', '99% 以上', '100%')
    """
    if 0 < share < _FEW:
        return "1% 以下"
    return "99% 以上" if 1 - _FEW < share < 1 else f"{share:.0%}"


def _shares(driver: Driver, known: Mapping[str, Kin]) -> str:
    what, month = source_words(driver.source, known), month_words(driver.month)
    with_it, without_it = share_words(driver.with_it), share_words(driver.without_it)
    return f"{what}多的推演，撑过{month}的有 {with_it}，少的有 {without_it}。"


def _short(fan: Fan) -> str:
    short = fan.futures - fan.lasting[-1]
    if not short:
        return "没有一次推演在最后之前不够。"
    said = f"到{month_words(fan.months[-1])}不够的有 {short:,} 次"
    if not fan.short_sums:
        return f"{said}。"
    half, most = fan.short_sums[_HALF], fan.short_sums[_NEARLY_ALL]
    return f"{said}，一半缺口在 {half:,} 元以内，十次里有九次在 {most:,} 元以内。"
