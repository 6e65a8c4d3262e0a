"""命令行。The face of the use cases for a terminal and for other programs."""

from __future__ import annotations

import json
import math
import re
import sys
from contextlib import closing, suppress
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO
from unicodedata import east_asian_width

from desktop.domain.finding import Finding, Severity
from desktop.domain.settlement import PurseKind
from desktop.domain.terms import label
from desktop.domain.trouble import Fault, InputRefused
from desktop.exchange.identities import has_mismatch, messages_result
from desktop.usecases import results
from desktop.usecases.book_sheet import book_sheet
from desktop.usecases.export import export_family
from desktop.usecases.import_messages import book_messages, import_messages
from desktop.usecases.import_sheet import Defaults, Kept, Level, Setting
from desktop.usecases.open_book import open_book
from desktop.usecases.open_family import open_family
from desktop.usecases.plan_years import plan_years
from desktop.usecases.settle_family import settle_family
from desktop.usecases.show_policy import policy_keys, show_policy

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from desktop.domain.clause import Clause
    from desktop.domain.family import Family
    from desktop.domain.text import Text
    from desktop.planning.ledger import Ledger
    from desktop.planning.timeline import Outlook
    from desktop.policy.book import Book
    from desktop.usecases.assign import Assignment
    from desktop.usecases.plan_batch import Reached

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def run(arguments: Namespace, resources: Path, today: date) -> int:
    """Exit code: 0 done, 1 done and an error finding or a mismatch stands. Raises `Trouble`."""
    commands: dict[str, Callable[[Namespace, Path, date], int]] = {
        "settle": _settle,
        "check": _check,
        "plan": _plan,
        "assign": _assign,
        "policy": _policy,
        "import": _import,
        "export": _export,
    }
    return commands[arguments.command](arguments, resources, today)


def _settle(arguments: Namespace, resources: Path, today: date) -> int:
    book = _book(arguments, resources)
    ledger = settle_family(open_family(arguments.file, today), book)
    if arguments.json:
        _say_json(results.settlements_result(ledger))
    else:
        _say_lines(settlement_table(ledger))
        _say_lines(finding_lines(ledger.findings))
    return _code(ledger.findings)


def _check(arguments: Namespace, resources: Path, today: date) -> int:
    book = _book(arguments, resources)
    findings = settle_family(open_family(arguments.file, today), book).findings
    if arguments.json:
        _say_json(results.findings_result(findings))
    else:
        _say_lines(finding_lines(findings))
    return _code(findings)


def _plan(arguments: Namespace, resources: Path, today: date) -> int:
    if arguments.batch is not None:
        return _plan_batch(arguments, resources, today)
    _refuse(arguments, ("output", "paths", "seed", "workers", "scheduler", "fresh"), "只和 --batch 一起用")
    if arguments.file is None:
        todo = "写成 gongji plan FILE --until 2035-12；整批推演写 --batch DIR -o OUT.parquet"
        raise InputRefused("FILE", [Fault("", "没有写家庭文件", todo)])
    until = _month(arguments.until)
    book = _book(arguments, resources)
    family = open_family(arguments.file, today)
    ahead = plan_years(family, book, until, account=arguments.account, scenario=arguments.scenario)
    packs = book.chain(family.person(ahead.account).area_on(family.as_of))
    if arguments.json:
        _say_json(results.plan_result(ahead, packs))
    else:
        _say_lines(plan_table(ahead))
        _say_lines(finding_lines(ahead.findings))
    return _code(ahead.findings)


def _assign(arguments: Namespace, resources: Path, today: date) -> int:
    from desktop.usecases.assign import best_assignment

    until = None if arguments.until is None else _month(arguments.until)
    book = _book(arguments, resources)
    family = open_family(arguments.file, today)
    found = best_assignment(family, book, until)
    if arguments.json:
        packs = book.chain(family.person(found.holder).area_on(family.as_of))
        _say_json(results.assign_result(found, packs))
    else:
        _say_lines(assign_lines(family, found))
    return 0


def _plan_batch(arguments: Namespace, resources: Path, today: date) -> int:
    """Exit code: 1 if a family was skipped, 130 if it was broken off, as is the custom for Ctrl-C."""
    from desktop.usecases.batch_crew import crew_of
    from desktop.usecases.plan_batch import ParquetParts, Paths, families_of, job_of, plan_batch

    _refuse(arguments, ("file", "account", "scenario"), "不和 --batch 一起用")
    until, workers, output = _month(arguments.until), _workers(arguments), _output(arguments)
    drawn = _paths(arguments)
    families = families_of(arguments.batch)
    progress = BatchProgress(sys.stderr)
    try:
        with closing(crew_of(workers, arguments.scheduler)) as crew:
            job = job_of(_book(arguments, resources), until, today, drawn and Paths(*drawn))
            for reached in plan_batch(families, job, ParquetParts(output), crew, fresh=arguments.fresh):
                progress.tell(reached)
    except KeyboardInterrupt:
        progress.end()
        sys.stderr.write("停下了。已经算好的留着，用同样的参数再运行一次，就接着算。\n")
        return 130
    finally:
        progress.end()
    done, skipped = progress.done, progress.skipped
    if arguments.json:
        _say_json({"written": str(output), "families": done, "skipped": skipped})
    else:
        _say_lines([f"已写入 {output}：{done} 户" + (f"，其中 {skipped} 户没有算" if skipped else "")])
    return 1 if skipped else 0


def _refuse(arguments: Namespace, names: Iterable[str], why: str) -> None:
    """Options that would be silently ignored."""
    given = [name for name in names if getattr(arguments, name)]
    if given:
        told = {"file": "FILE", "output": "-o"}
        faults = [Fault(told.get(name, f"--{name}"), f"这个参数{why}", "请去掉它") for name in given]
        raise InputRefused("", faults)


def _workers(arguments: Namespace) -> int | None:
    if arguments.workers is None:
        return None
    if arguments.scheduler is not None:
        raise InputRefused("--workers", [Fault("", "集群有几个 worker 由集群定", "请去掉 --workers")])
    return _number("--workers", arguments.workers, 1, 1024)


def _paths(arguments: Namespace) -> tuple[int, int] | None:
    """How many futures, and the seed."""
    from desktop.usecases.chances import MOST_FUTURES, MOST_SEED

    if arguments.paths is None:
        _refuse(arguments, ("seed",), "只和 --paths 一起用")
        return None
    seed = _number("--seed", arguments.seed or "1", 0, MOST_SEED)
    return _number("--paths", arguments.paths, 1, MOST_FUTURES), seed


def _number(option: str, written: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", written) or not least <= int(written) <= most:
        what = f"“{written}”不是 {least} 到 {most} 的整数"
        raise InputRefused(option, [Fault("", what, "请改成这个范围里的一个数")])
    return int(written)


def _output(arguments: Namespace) -> Path:
    output: Path | None = arguments.output
    if output is None:
        raise InputRefused("-o", [Fault("", "没有写结果放在哪个文件", "写成 -o OUT.parquet")])
    if output.resolve() == arguments.batch.resolve():
        raise InputRefused("-o", [Fault("", "结果不能写在读的那个文件上", "请另起一个文件名")])
    return output


def _policy(arguments: Namespace, resources: Path, _today: date) -> int:
    book = _book(arguments, resources)
    if arguments.what == "list":
        keys = policy_keys(book)
        if arguments.json:
            _say_json({"keys": keys})
        else:
            _say_lines(keys)
        return 0
    on = _day(arguments.on)
    if not re.fullmatch(r"[0-9]{6}", arguments.area):
        raise InputRefused("--area", [Fault("", f"“{arguments.area}”不是 6 位区划代码", "例如长沙写 430100")])
    term = show_policy(book, arguments.key, arguments.area, on, arguments.channel)
    shown = results.term_result(term, arguments.area, on)
    if arguments.json:
        _say_json(shown)
    else:
        _say_lines(policy_lines(shown, label(term.confidence)))
    return 0


def _import(arguments: Namespace, _resources: Path, today: date) -> int:
    return (_import_sheet if arguments.what == "sheet" else _import_messages)(arguments, today)


def _import_sheet(arguments: Namespace, today: date) -> int:
    staged, change = book_sheet(
        arguments.file,
        arguments.into,
        today,
        sheet=arguments.sheet,
        defaults=Defaults(
            arguments.patient,
            Setting(arguments.setting) if arguments.setting else None,
            Level(arguments.level) if arguments.level else None,
        ),
        duplicates=arguments.duplicates,
    )
    counts = {str(kept): len(staged.of(kept)) for kept in (Kept.READY, Kept.DUPLICATE, Kept.NEEDLESS)}
    if arguments.json:
        _say_json({"step": change.step, "rows": counts})
    else:
        _say_lines([f"{change.step}，重复 {counts['duplicate']} 笔，不用导入 {counts['needless']} 行"])
    return 0


def _import_messages(arguments: Namespace, today: date) -> int:
    messages = import_messages(arguments.files, arguments.dialect)
    if arguments.into is not None:
        book_messages(messages, arguments.into, today, patient=arguments.patient, level=arguments.level)
    result = messages_result(messages)
    if arguments.json:
        _say_json(result)
    else:
        _say_lines(message_lines(result))
    return 1 if has_mismatch(messages) else 0


def _export(arguments: Namespace, resources: Path, today: date) -> int:
    book = _book(arguments, resources)
    ledger = settle_family(open_family(arguments.file, today), book)
    export_family(ledger, arguments.to, arguments.output, masked=arguments.masked)
    if arguments.json:
        _say_json({"written": str(arguments.output)})
    else:
        _say_lines([f"已写入 {arguments.output}"])
    return _code(ledger.findings)


def settlement_table(ledger: Ledger) -> Iterable[str]:
    """The settlements as a table, and the balances after them."""
    names = {person.id: person.name for person in ledger.family.people}
    rows: list[tuple[str, ...]] = [
        ("日期", "就诊人", "类别", "医疗费总额", "统筹基金", "本人账户", "家庭共济", "现金", "摘要")
    ]
    for done in ledger.settlements.values():
        visit = done.visit
        purses = [done.paid_by(one) for one in (PurseKind.OWN, PurseKind.MUTUAL_AID, PurseKind.CASH)]
        sums = [done.charges.total_fee, done.fund_paid, *purses]
        amounts = [f"{amount:,}" for amount in sums]
        rows.append((str(visit.on), names[visit.patient], label(visit.setting), *amounts, visit.note))
    yield from table(rows, right=range(3, 8))
    yield ""
    yield f"账户余额（{ledger.last_day} 之后）"
    balances = [(names[person], f"{balance:,}") for person, balance in ledger.balances().items()]
    yield from table(balances, right=[1])


def plan_table(ahead: Outlook) -> Iterable[str]:
    """The account month by month, and what comes of it in words."""
    rows: list[tuple[str, ...]] = [
        ("月份", "划入", "本人使用", "家庭共济", "代缴保费", "全家现金", "月末余额", "")
    ]
    for one in ahead.months:
        sums = (one.credited, one.paid_own, one.paid_mutual_aid, one.premiums, one.cash, one.balance)
        assumed = "假定" if one.month >= ahead.assumed_from else ""
        rows.append((f"{one.month:%Y-%m}", *(f"{amount:,}" for amount in sums), assumed))
    yield from table(rows, right=range(1, 7))
    yield ""
    lowest, short = ahead.lowest, ahead.shortfall
    if lowest is not None:
        yield f"最低余额 {lowest.balance:,} 元，在 {lowest.month:%Y-%m}"
    yield "推演期内用不完" if ahead.runs_out is None else f"{ahead.runs_out:%Y-%m} 用完"
    if short is not None:
        yield f"首次不足在 {short.on}，缺 {short.amount:,} 元"
    yield f"全家现金合计 {ahead.cash_total:,} 元；{ahead.assumed_from} 起为假定（规则未公布，按现行推算）"


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


class BatchProgress:
    """How far a batch is, on standard error: one line that changes on a terminal, else a line at times."""

    _PAUSE = 10  # seconds between two lines that stay

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._began = self._told = monotonic()
        self._seen: set[str] = set()
        self._is_open = False
        self.done = self.skipped = 0

    def tell(self, reached: Reached) -> None:
        self.done, self.skipped = reached.done, reached.skipped
        fresh = [bug for bug in dict.fromkeys(reached.bugs) if bug not in self._seen]
        self._seen.update(fresh)
        if reached.faults or fresh:
            self.end()
            self._out.write("".join(f"{one}\n" for one in (*reached.faults, *fresh)))
        now = monotonic()
        if self._out.isatty():
            self._out.write(f"\r{self._line(reached, now)}\x1b[K")
            self._is_open = True
        elif now - self._told >= self._PAUSE or reached.done == reached.total:
            self._out.write(f"{self._line(reached, now)}\n")
            self._told = now
        self._out.flush()

    def end(self) -> None:
        """Leave the line that changes."""
        if self._is_open:
            self._out.write("\n")
        self._is_open = False

    def _line(self, reached: Reached, now: float) -> str:
        kept = f"（{reached.kept} 户是上次算好的）" if reached.kept else ""
        pace = (reached.done - reached.kept) / max(now - self._began, 1e-9)
        if not pace:
            return f"{reached.done}/{reached.total} 户{kept}"
        minutes, seconds = divmod(math.ceil((reached.total - reached.done) / pace), 60)
        left = f"{minutes} 分 {seconds} 秒" if minutes else f"{seconds} 秒"
        return f"{reached.done}/{reached.total} 户{kept}，每秒 {pace:.1f} 户，还要 {left}"


def _book(arguments: Namespace, resources: Path) -> Book:
    book, notices = open_book(resources, arguments.packs)
    _warn(notices)
    return book


def _month(written: str) -> date:
    found = _MONTH.fullmatch(written)
    if found is None:
        raise InputRefused("--until", [Fault("", f"“{written}”不是一个月份", "写成 2035-12，最远 2099-12")])
    return date(int(found[1]), int(found[2]), 1)


def _day(written: str) -> date:
    with suppress(ValueError):
        if _DAY.fullmatch(written):
            return date.fromisoformat(written)
    raise InputRefused("--on", [Fault("", f"没有“{written}”这一天", "写成 2025-03-01")])


def _code(findings: Iterable[Finding]) -> int:
    return 1 if any(one.severity is Severity.ERROR for one in findings) else 0


def _say_lines(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _say_json(result: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")


def _warn(notices: Iterable[Text]) -> None:
    for notice in notices:
        sys.stderr.write(f"{notice}\n")
