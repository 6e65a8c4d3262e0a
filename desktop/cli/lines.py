"""几行字。Results as lines of text for a terminal, a Han character two cells wide."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from desktop.domain.money import NOTHING, total
from desktop.domain.settlement import EntryKind, PurseKind, Side
from desktop.domain.terms import label
from desktop.usecases.chances import PERCENTILES
from desktop.usecases.compare import delta
from desktop.usecases.matter_results import held_aside, stands
from desktop.usecases.matter_words import told_of
from desktop.usecases.matters import is_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from desktop.domain.clause import Clause
    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.domain.money import Money
    from desktop.domain.settlement import Entry
    from desktop.planning.ledger import Ledger
    from desktop.planning.timeline import Outlook
    from desktop.usecases.assign import Assignment
    from desktop.usecases.chances import Fan
    from desktop.usecases.compare import Comparison, Delta, Run


_BASELINE = "基准"
_NONE = "\N{EN DASH}"
_DECEMBER = 12
_MOVED = 5  # the column that is shown only where anything moves
_ARRIVES = {EntryKind.TRANSFER_IN: "到账", EntryKind.WALLET_BACK: "退回"}
_CAUSES = 3  # how many of the causes are told


def settlement_table(ledger: Ledger) -> Iterable[str]:
    """The settlements as a table, and the balances after them."""
    names = {person.id: person.name for person in ledger.family.people}
    rows: list[tuple[str, ...]] = [
        ("日期", "就诊人", "类别", "医疗费总额", "统筹基金", "本人账户", "家庭共济", "现金", "摘要")
    ]
    for done in ledger.settlements.values():
        visit = done.visit
        purses = (done.own_paid, done.mutual_aid_paid, done.paid_by(PurseKind.CASH))
        sums = [done.charges.total_fee, done.fund_paid, *purses]
        amounts = [f"{amount:,}" for amount in sums]
        rows.append((str(visit.on), names[visit.patient], label(visit.setting), *amounts, visit.note))
    yield from table(rows, right=range(3, 8))
    yield from _matters(ledger, names)
    yield ""
    yield f"账户余额（{ledger.last_day} 之后）"
    balances = [(names[person], f"{balance:,}") for person, balance in ledger.balances().items()]
    yield from table(balances, right=[1])
    yield from _set_aside(ledger, names)


def _matters(ledger: Ledger, names: Mapping[str, str]) -> Iterable[str]:
    """What was done at the office, and what it moved into or out of the account."""
    rows: list[tuple[str, ...]] = [("日期", "办理的事项", "账户变动", "")]
    for one in filter(is_matter, ledger.family.events):
        mine = [entry for entry in ledger.entries if entry.of == one.id]
        change = total(entry.moved(one.person) for entry in mine)
        note = _arrival(mine) if stands(ledger, one) else "没有办成"
        rows.append((str(one.on), str(told_of(one, names)), f"{change:,}" if change else _NONE, note))
    if len(rows) > 1:
        yield ""
        yield from table(rows, right=[2])


def _arrival(entries: Iterable[Entry]) -> str:
    """When money that was on its way arrived, or came back."""
    return "，".join(f"{one.on} {_ARRIVES[one.kind]}" for one in entries if one.kind in _ARRIVES)


def _set_aside(ledger: Ledger, names: Mapping[str, str]) -> Iterable[str]:
    """Wallets, quotas by who gave them to whom, and what is on its way between two places."""
    bindings = {one.id: one for one in ledger.family.bindings}
    wallets = [(names[who], f"{amount:,}") for who, amount in held_aside(ledger, Side.WALLET).items()]
    quotas = [
        (f"{names[bindings[one].payer]}给{names[bindings[one].beneficiary]}", f"{amount:,}")
        for one, amount in held_aside(ledger, Side.QUOTA).items()
    ]
    transit = [(names[who], f"{amount:,}") for who, amount in held_aside(ledger, Side.TRANSIT).items()]
    for title, rows in (("医保钱包", wallets), ("冻结的跨省共济额度", quotas), ("转移途中", transit)):
        if rows:
            yield ""
            yield title
            yield from table(rows, right=[1])


def plan_table(ahead: Outlook) -> Iterable[str]:
    """The account month by month, and what comes of it in words."""
    rows: list[tuple[str, ...]] = [
        ("月份", "划入", "本人使用", "家庭共济", "代缴保费", "其他变动", "全家现金", "月末余额", "")
    ]
    for one in ahead.months:
        spent = (one.paid_own, one.paid_mutual_aid, one.premiums)
        sums = (one.credited, *spent, one.moved, one.cash, one.balance)
        assumed = "假定" if one.month >= ahead.assumed_from else ""
        rows.append((f"{one.month:%Y-%m}", *(f"{amount:,}" for amount in sums), assumed))
    if not any(one.moved for one in ahead.months):
        rows = [(*row[:_MOVED], *row[_MOVED + 1 :]) for row in rows]
    yield from table(rows, right=range(1, len(rows[0]) - 1))
    yield ""
    lowest, short = ahead.lowest, ahead.shortfall
    if lowest is not None:
        yield f"最低余额 {lowest.balance:,} 元，在 {lowest.month:%Y-%m}"
    yield "推演期内用不完" if ahead.runs_out is None else f"{ahead.runs_out:%Y-%m} 用完"
    if short is not None:
        yield f"首次不足在 {short.on}，缺 {short.amount:,} 元"
    yield f"全家现金合计 {ahead.cash_total:,} 元；{ahead.assumed_from} 起为假定（规则未公布，按现行推算）"


def fan_lines(family: Family, fan: Fan) -> Iterable[str]:
    """The bands year by year, and how sure it is that the account lasts."""
    yield ""
    yield f"推演 {fan.futures:,} 次，种子 {fan.seed}。到年底，余额低于 P10 的占一成，低于 P50 的占一半："
    rows = [("月份", *(f"P{one}" for one in PERCENTILES), "还没有不足过")]
    for place, month in enumerate(fan.months):
        if month.month == _DECEMBER or place == len(fan.months) - 1:
            bands = (f"{fan.bands[one][place]:,}" for one in PERCENTILES)
            rows.append((f"{month:%Y-%m}", *bands, f"{fan.lasting[place] / fan.futures:.1%}"))
    yield from table(rows, right=range(1, len(PERCENTILES) + 2))
    names = {person.id: person.name for person in family.people}
    for source, count in fan.causes[:_CAUSES]:
        what = "居民医保费" if source.setting is None else label(source.setting)
        yield f"{count / fan.futures:.1%} 的推演里，最先不够的是{names[source.person]}的{what}"
    if fan.short_sums:
        half, most = fan.short_sums[50], fan.short_sums[90]
        yield f"不够的，到最后一共缺：一半在 {half:,} 元以内，九成在 {most:,} 元以内"


def comparison_table(family: Family, comparison: Comparison) -> Iterable[str]:
    """A column for each scenario, what it differs by, and what comes of it beside the baseline."""
    names = {person.id: person.name for person in family.people}
    runs, baseline = comparison.runs, comparison.baseline
    deltas = [None, *(delta(baseline, run) for run in runs[1:])]
    columns = [_column(run, differs, names) for run, differs in zip(runs, deltas, strict=True)]
    heads = ("", "首次不足", "一年内最低", "现金合计", "改由别人账户付", "期末余额")
    yield from table([*zip(heads, *columns, strict=True)], right=range(1, len(runs) + 1))
    yield ""
    for run in runs:
        yield f"{run.name or _BASELINE}：{run.differs}。" + (
            f"{run.cause}。" if run.cause else "推演期内没有不足。"
        )


def _column(run: Run, differs: Delta | None, names: Mapping[str, str]) -> tuple[str, ...]:
    assert run.lowest is not None
    runs_out = "没有" if run.runs_out is None else f"{run.runs_out:%Y-%m}"
    sums = [run.lowest.balance, run.cash, run.end]
    if differs is None:
        lowest, cash, end = (f"{one:,}" for one in sums)
        return _BASELINE, runs_out, lowest, cash, _NONE, end
    pairs = zip(sums, (differs.lowest, differs.cash, differs.end), strict=True)
    lowest, cash, end = (f"{one:,}（{_signed(change)}）" for one, change in pairs)
    lent = "、".join(f"{names[who]} {amount:,}" for who, amount in differs.by_others.items() if amount)
    return run.name, f"{runs_out}（{_months_later(differs)}）", lowest, cash, lent or _NONE, end


def _months_later(differs: Delta) -> str:
    if not differs.later:
        return "不变"
    much = f"{abs(differs.later)} 个月" + ("以上" if differs.beyond else "")
    return f"晚 {much}" if differs.later > 0 else f"早 {much}"


def _signed(change: Money) -> str:
    return "不变" if not change else f"{'+' if change > NOTHING else ''}{change:,}"


def assign_lines(family: Family, found: Assignment) -> Iterable[str]:
    """Who should bind whom, and why."""
    names = {person.id: person.name for person in family.people}
    words = {"kept": "不变", "new": "新绑定", "ended": "结束"}
    rows = [("共济人", "使用人", "关系", "")]
    for one in found.best.bonds:
        relation = label(one.relation) + ("（推算）" if one.assumed else "")
        rows.append((names[one.payer], names[one.beneficiary], relation, words[one.turn]))
    yield from table(rows if len(rows) > 1 else [], right=())
    if found.scenario is not None:
        yield ""
        yield f"从 {found.since} 起这样绑定，旧的绑定在前一天结束"
    yield ""
    yield from (f"{sentence}。" for sentence in found.why)


def finding_lines(findings: Iterable[Finding]) -> Iterable[str]:
    """Each finding with its verdict, sentence, clause and what to do."""
    listed = list(findings)
    yield ""
    if not listed:
        yield "没有要处理的提示"
    for one in listed:
        yield f"[{label(one.severity)}] {one.on} {one.says}（{one.rule}）"
        yield f"    依据：{_basis(one.because)}"
        yield f"    怎么办：{'；'.join(str(fix) for fix in one.fix)}"


def _basis(because: Clause) -> str:
    source = because.source
    if not source.title:
        return because.says
    since = f"，{because.since} 起" if because.since is not None else ""
    return f"{source.title}{source.number}{since}，可信度{label(because.confidence)}"


def policy_lines(shown: dict[str, Any], confidence: str) -> Iterable[str]:
    until = f" 至 {shown['until']}" if shown["until"] else " 起"
    held = shown["value"]
    value = held if isinstance(held, str) else json.dumps(held, ensure_ascii=False)
    yield f"{shown['key']} = {value} {shown['unit']}".rstrip()
    yield shown["says"]
    yield f"{shown['since']}{until}，{shown['source']}，可信度{confidence}"
    if shown["unchecked"]:
        yield "此后未核对"
    for other in shown["disputed"]:
        yield f"有争议：{other['says']}（{other['source']}）"


def message_lines(result: dict[str, Any]) -> Iterable[str]:
    words = {"ok": "相符", "mismatch": "不符", "n/a": "无从核对"}
    for one in result["messages"]:
        yield one["file"]
        for identity, verdict in one["identities"].items():
            difference = one["difference"].get(identity)
            yield f"    {identity} {words[verdict]}" + (f"，相差 {difference} 元" if difference else "")


def table(rows: Sequence[Sequence[str]], right: Iterable[int]) -> Iterable[str]:
    """Columns in line, a Han character two cells wide; the columns named by `right` end flush."""
    if not rows:
        return
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    flush = set(right)
    for row in rows:
        cells = []
        for column, cell in enumerate(row):
            gap = " " * (widths[column] - _width(cell))
            cells.append(gap + cell if column in flush else cell + gap)
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
