"""规划的用词。What the runs of a comparison come to, in the few words of a table, a chart and a panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.domain.care import Setting
from desktop.domain.money import Money, total
from desktop.ui.ledger.words import cause_words
from desktop.ui.look.money import EMPTY
from desktop.usecases.compare import delta
from desktop.usecases.kin import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.text import Text
    from desktop.usecases.chances import Driver, Fan, Source
    from desktop.usecases.compare import Comparison, Delta, Run
    from desktop.usecases.kin import Kin

BETTER, WORSE, SAME = "ok", "warn", "text_3"
MONTHS_A_YEAR = 12
_HALF, _NEARLY_ALL = 50, 90
_BRIEF = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, what it differs by from the baseline (empty for the baseline itself), and both their tones."""

    value: str
    delta: str = ""
    tone: str = SAME
    accent: str = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One run under its name; `sentence` says the whole of it for ears."""

    name: str
    differs: str
    cells: tuple[Cell, ...]
    sentence: str


class Wording:
    """Speaks of one family: with 母亲 where a name stood, seen from the holder."""

    def __init__(self, family: Family, known: dict[str, Kin]) -> None:
        self._family, self._known = family, known

    def tell(self, sentence: Text) -> str:
        return told(sentence, self._family, self._known)

    def person(self, person: str) -> str:
        return self._known[person].word if person in self._known else person

    def source(self, source: Source) -> str:
        """母亲住院, or 女儿缴居民医保费."""
        return cause_words(self.person(source.person), source.setting)

    # ---------------------------------------------------------------------------------------------- the table

    def columns(self, comparison: Comparison, years: int) -> tuple[Column, ...]:
        return tuple(self._column(comparison, run, years) for run in comparison.runs)

    def _column(self, comparison: Comparison, run: Run, years: int) -> Column:
        of = None if run is comparison.baseline else delta(comparison.baseline, run)
        cells = tuple(self._cells(run, of, years))
        name = name_of(run)
        said = [
            f"{caption} {cell.value}{'，' if cell.delta else ''}{cell.delta}{_judged(cell.tone)}"
            for caption, cell in zip(captions(years), cells, strict=True)
        ]
        return Column(name, self.tell(run.differs), cells, f"{name}：" + "；".join(said))

    def _cells(self, run: Run, of: Delta | None, years: int) -> Iterator[Cell]:
        accent = "text" if run.runs_out is None else "cash"
        lowest = None if run.lowest is None else run.lowest.balance
        first = run_out_words(run.runs_out, years)
        if of is None:
            yield Cell(first, accent=accent)
            yield from (Cell(sum_words(one)) for one in (lowest, run.cash))
            yield from (Cell(sum_words(one)) for one in (None, run.end))
            return
        yield Cell(first, later_words(of), _tone(of.later), accent)
        yield Cell(sum_words(lowest), change_words(of.lowest), _tone(of.lowest))
        yield Cell(sum_words(run.cash), change_words(of.cash), _tone(-of.cash))
        yield self._others(of)
        yield Cell(sum_words(run.end), change_words(of.end), _tone(of.end))

    def _others(self, of: Delta) -> Cell:
        """What goes over to other accounts, and whose; less than nothing where it comes back from them."""
        who = "、".join(self.person(owner) for owner, more in of.by_others.items() if more)
        return Cell(sum_words(_whole(of.by_others) or None), who)

    # ------------------------------------------------------------------------------------------------ the fan

    def odds(self, fan: Fan, run: Run, until: date) -> str:
        """How many futures last beyond the month in which this run falls short, and what that hangs on."""
        month = until.replace(day=1) if run.runs_out is None else run.runs_out
        lasting = fan.lasting_until(min(max(month, fan.months[0]), fan.months[-1]))
        words = _tr("{futures:,} 次推演里，{lasting:,} 次能撑过 {month}。")
        said = words.format(futures=fan.futures, lasting=lasting, month=month_words(month))
        if fan.driver is None:
            return said
        return said + _tr("主要取决于{what}。").format(what=self._hangs_on(fan.driver.source))

    def _hangs_on(self, source: Source) -> str:
        """母亲是否住院 for what is dear and rare, else how much it comes to."""
        person = self.person(source.person)
        if source.setting is Setting.INPATIENT:
            return _tr("{person}是否住院").format(person=person)
        return _tr("{what}的多少").format(what=self.source(source))

    def shortfalls(self, fan: Fan) -> str:
        """Of the futures that fall short in the end: how many, by how much, and what they have more of."""
        short = fan.futures - fan.lasting[-1]
        if not short:
            return _tr("没有一次推演在最后之前不够。")
        said = _tr("到最后不够的有 {short:,} 次").format(short=short)
        if _HALF in fan.short_sums and _NEARLY_ALL in fan.short_sums:
            sums = _tr("，一半缺 {half:,} 以内，九成缺 {nine:,} 以内")
            said += sums.format(half=fan.short_sums[_HALF], nine=fan.short_sums[_NEARLY_ALL])
        return said + "。" + self._shares(fan.driver)

    def _shares(self, driver: Driver | None) -> str:
        if driver is None:
            return ""
        words = _tr("{what}多的，撑过 {month}的有 {with_it}，少的有 {without_it}。")
        return words.format(
            what=self.source(driver.source),
            month=month_words(driver.month),
            with_it=share_words(driver.with_it),
            without_it=share_words(driver.without_it),
        )


# ------------------------------------------------------------------------------------------------ small words


def captions(years: int) -> tuple[str, ...]:
    return (
        _tr("首次不足"),
        _tr("12 个月内最低"),
        _tr("{years} 年现金合计").format(years=years),
        _tr("改由别人账户付"),
        _tr("{years} 年末余额").format(years=years),
    )


def brief(name: str) -> str:
    """
    >>> brief("两个孩子改由配偶绑定"), brief("两个孩子改由配偶绑定而且保费都用现金交")
    ('两个孩子改由配偶绑定', '两个孩子改由配偶绑定而…')
    """
    return name if len(name) <= _BRIEF else f"{name[: _BRIEF - 1]}…"


def name_of(run: Run) -> str:
    return run.name or _tr("基准")


def figure_words(name: str, value: date | Money | None) -> str:
    """One figure of what was kept: a month or a sum, and where there is none, that."""
    if value is None:
        return _tr("无") if name == "runs_out" else EMPTY
    return f"{value:,}" if isinstance(value, Money) else month_words(value)


def month_words(month: date) -> str:
    return _tr("{year}年{month}月").format(year=month.year, month=month.month)


def run_out_words(month: date | None, years: int) -> str:
    return _tr("{years} 年内无").format(years=years) if month is None else month_words(month)


def sum_words(money: Money | None) -> str:
    return EMPTY if money is None else f"{money:,}"


def change_words(money: Money) -> str:
    if not money:
        return _tr("不变")
    return f"+{money:,}" if money > 0 else f"{money:,}"


def share_words(share: float) -> str:
    """
    >>> share_words(0.629)
    '63%'
    """
    return f"{share:.0%}"


def later_words(of: Delta) -> str:
    """晚 24 个月, 多撑 43 个月以上."""
    months = abs(of.later)
    if not months:
        return _tr("不变")
    if of.beyond:
        words = _tr("多撑 {months} 个月以上") if of.later > 0 else _tr("少撑 {months} 个月以上")
    else:
        words = _tr("晚 {months} 个月") if of.later > 0 else _tr("早 {months} 个月")
    return words.format(months=months)


def _tone(gain: int) -> str:
    return SAME if not gain else BETTER if gain > 0 else WORSE


def _judged(tone: str) -> str:
    """What the colour says, for ears."""
    return {BETTER: _tr("（更好）"), WORSE: _tr("（更差）")}.get(tone, "")


def _whole(sums: Mapping[str, Money]) -> Money:
    return total(sums.values())


def _tr(words: str) -> str:
    return QCoreApplication.translate("Planning", words)
