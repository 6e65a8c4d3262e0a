"""规划的命令。`gongji plan`, one family or many, and `gongji assign`."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

from desktop.cli.asking import book_of, month, number, planned_day, refuse_beside
from desktop.cli.lines import assign_lines, comparison_table, fan_lines, finding_lines, plan_table
from desktop.cli.progress import BatchProgress
from desktop.cli.saying import exit_code, say_json, say_lines
from desktop.domain.trouble import Fault, InputRefused
from desktop.usecases import results
from desktop.usecases.compare import compare
from desktop.usecases.compare_packs import changes_on
from desktop.usecases.compare_packs_result import new_rules_lines, new_rules_result
from desktop.usecases.compare_result import comparison_result
from desktop.usecases.open_family import open_family
from desktop.usecases.plan_years import in_scenario, no_month, plan_years

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date
    from pathlib import Path

    from desktop.domain.family import Family
    from desktop.policy.book import Book


def plan(arguments: Namespace, resources: Path, today: date) -> int:
    if arguments.batch is not None:
        refuse_beside(
            arguments, ("file", "account", "scenario", "compare", "changes_on"), "不和 --batch 一起用"
        )
        return _plan_batch(arguments, resources, today)
    refuse_beside(arguments, ("output", "workers", "scheduler", "fresh"), "只和 --batch 一起用")
    if arguments.file is None:
        todo = "写成 gongji plan FILE --until 2035-12；整批推演写 --batch DIR -o OUT.parquet"
        raise InputRefused("FILE", [Fault("", "没有写家庭文件", todo)])
    book, family = book_of(arguments, resources), open_family(arguments.file, today)
    if arguments.changes_on is not None:
        refuse_beside(
            arguments,
            ("until", "account", "scenario", "compare", "paths", "seed"),
            "不和 --changes-on 一起用",
        )
        return _changes(arguments, family, book)
    if arguments.compare is not None:
        refuse_beside(arguments, ("scenario", "paths", "seed"), "不和 --compare 一起用")
        return _compare(arguments, family, book)
    return _plan_one(arguments, family, book)


def _plan_one(arguments: Namespace, family: Family, book: Book) -> int:
    """The account month by month, and with `--paths` the bands of as many futures."""
    until, drawn = _until(arguments), _paths(arguments)
    family, book = in_scenario(family, book, arguments.scenario)
    ahead = plan_years(family, book, until, account=arguments.account)
    if not ahead.months:
        raise no_month(until)
    fan = None
    if drawn is not None:
        from desktop.usecases.chances import fans, scripted

        futures, seed = drawn
        ready = scripted(family, book, ahead.account, until)
        fan = list(fans(ready, seed=seed, futures=futures))[-1]
    packs = book.chain(ahead.ledger.lived.person(ahead.account).area_on(family.as_of))
    if arguments.json:
        say_json(results.plan_result(ahead, packs, fan))
    else:
        say_lines(plan_table(ahead))
        say_lines([] if fan is None else fan_lines(family, fan))
        say_lines(finding_lines(ahead.findings))
    return exit_code(ahead.findings)


def _compare(arguments: Namespace, family: Family, book: Book) -> int:
    names = arguments.compare or [one.name for one in family.scenarios]
    comparison = compare(family, book, _until(arguments), names, account=arguments.account)
    if arguments.json:
        say_json(comparison_result(comparison))
    else:
        say_lines(comparison_table(family, comparison))
        say_lines(finding_lines(comparison.notes))
    return exit_code(finding for run in comparison.runs for finding in run.findings)


def _changes(arguments: Namespace, family: Family, book: Book) -> int:
    found = changes_on(family, book, planned_day("--changes-on", arguments.changes_on))
    if arguments.json:
        say_json(new_rules_result(found))
    else:
        say_lines(new_rules_lines(found))
    return 0


def _until(arguments: Namespace) -> date:
    if arguments.until is None:
        raise InputRefused("--until", [Fault("", "没有写推演到哪个月", "写成 --until 2035-12")])
    return month(arguments.until)


def assign(arguments: Namespace, resources: Path, today: date) -> int:
    from desktop.usecases.assign import best_assignment

    until = None if arguments.until is None else month(arguments.until)
    book = book_of(arguments, resources)
    family = open_family(arguments.file, today)
    found = best_assignment(family, book, until)
    if arguments.json:
        lived = found.today.outlook.ledger.lived
        packs = book.chain(lived.person(found.holder).area_on(family.as_of))
        say_json(results.assign_result(found, packs))
    else:
        say_lines(assign_lines(family, found))
    return 0


def _plan_batch(arguments: Namespace, resources: Path, today: date) -> int:
    """Exit code: 1 if a family was skipped, 130 if it was broken off, as is the custom for Ctrl-C."""
    from desktop.usecases.batch_crew import crew_of
    from desktop.usecases.plan_batch import ParquetParts, Paths, families_of, job_of, plan_batch

    until, workers, output = _until(arguments), _workers(arguments), _output(arguments)
    drawn = _paths(arguments)
    families = families_of(arguments.batch)
    progress = BatchProgress(sys.stderr)
    try:
        with closing(crew_of(workers, arguments.scheduler)) as crew:
            job = job_of(book_of(arguments, resources), until, today, drawn and Paths(*drawn))
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
        say_json({"written": str(output), "families": done, "skipped": skipped})
    else:
        say_lines([f"已写入 {output}：{done} 户" + (f"，其中 {skipped} 户没有算" if skipped else "")])
    return 1 if skipped else 0


def _workers(arguments: Namespace) -> int | None:
    if arguments.workers is None:
        return None
    if arguments.scheduler is not None:
        raise InputRefused("--workers", [Fault("", "集群有几个 worker 由集群定", "请去掉 --workers")])
    return number("--workers", arguments.workers, 1, 1024)


def _paths(arguments: Namespace) -> tuple[int, int] | None:
    """How many futures, and the seed."""
    from desktop.usecases.chances import MOST_FUTURES, MOST_SEED

    if arguments.paths is None:
        refuse_beside(arguments, ("seed",), "只和 --paths 一起用")
        return None
    seed = number("--seed", arguments.seed or "1", 0, MOST_SEED)
    return number("--paths", arguments.paths, 1, MOST_FUTURES), seed


def _output(arguments: Namespace) -> Path:
    output: Path | None = arguments.output
    if output is None:
        raise InputRefused("-o", [Fault("", "没有写结果放在哪个文件", "写成 -o OUT.parquet")])
    if output.resolve() == arguments.batch.resolve():
        raise InputRefused("-o", [Fault("", "结果不能写在读的那个文件上", "请另起一个文件名")])
    return output
