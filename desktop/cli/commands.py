"""命令行。The face of the use cases for a terminal and for other programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop.cli.asking import book_of, day
from desktop.cli.doctor import why_not
from desktop.cli.guides import guide
from desktop.cli.lines import finding_lines, message_lines, policy_lines, settlement_table
from desktop.cli.paper import write_report
from desktop.cli.planning import assign, plan
from desktop.cli.saying import exit_code, say_json, say_lines
from desktop.domain.terms import label
from desktop.domain.trouble import Fault, InputRefused
from desktop.exchange.identities import has_mismatch, messages_result
from desktop.usecases import results
from desktop.usecases.book_sheet import book_sheet
from desktop.usecases.export import export_family
from desktop.usecases.import_messages import book_messages, import_messages
from desktop.usecases.import_sheet import Defaults, Kept, Level, Setting
from desktop.usecases.open_family import open_family
from desktop.usecases.settle_family import settle_family
from desktop.usecases.show_policy import policy_keys, show_policy

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path


def run(arguments: Namespace, resources: Path, today: date) -> int:
    """Exit code: 0 done, 1 done and an error finding or a mismatch stands. Raises `Trouble`."""
    commands: dict[str, Callable[[Namespace, Path, date], int]] = {
        "settle": _settle,
        "check": _check,
        "plan": plan,
        "assign": assign,
        "guide": guide,
        "why-not": why_not,
        "policy": _policy,
        "import": _import,
        "export": _export,
    }
    return commands[arguments.command](arguments, resources, today)


def _settle(arguments: Namespace, resources: Path, today: date) -> int:
    book = book_of(arguments, resources)
    ledger = settle_family(open_family(arguments.file, today), book)
    if arguments.json:
        say_json(results.settlements_result(ledger))
    else:
        say_lines(settlement_table(ledger))
        say_lines(finding_lines(ledger.findings))
    return exit_code(ledger.findings)


def _check(arguments: Namespace, resources: Path, today: date) -> int:
    book = book_of(arguments, resources)
    findings = settle_family(open_family(arguments.file, today), book).findings
    if arguments.json:
        say_json(results.findings_result(findings))
    else:
        say_lines(finding_lines(findings))
    return exit_code(findings)


def _policy(arguments: Namespace, resources: Path, _today: date) -> int:
    book = book_of(arguments, resources)
    if arguments.what == "list":
        keys = policy_keys(book)
        if arguments.json:
            say_json({"keys": keys})
        else:
            say_lines(keys)
        return 0
    on = day("--on", arguments.on)
    if not re.fullmatch(r"[0-9]{6}", arguments.area):
        raise InputRefused("--area", [Fault("", f"“{arguments.area}”不是 6 位区划代码", "例如长沙写 430100")])
    term = show_policy(book, arguments.key, arguments.area, on, arguments.channel)
    shown = results.term_result(term, arguments.area, on)
    if arguments.json:
        say_json(shown)
    else:
        say_lines(policy_lines(shown, label(term.confidence)))
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
        say_json({"step": change.step, "rows": counts})
    else:
        say_lines([f"{change.step}，重复 {counts['duplicate']} 笔，不用导入 {counts['needless']} 行"])
    return 0


def _import_messages(arguments: Namespace, today: date) -> int:
    messages = import_messages(arguments.files, arguments.dialect)
    if arguments.into is not None:
        book_messages(messages, arguments.into, today, patient=arguments.patient, level=arguments.level)
    result = messages_result(messages)
    if arguments.json:
        say_json(result)
    else:
        say_lines(message_lines(result))
    return 1 if has_mismatch(messages) else 0


def _export(arguments: Namespace, resources: Path, today: date) -> int:
    book = book_of(arguments, resources)
    family = open_family(arguments.file, today)
    ledger = settle_family(family, book)
    if arguments.to == "pdf":
        write_report(family, book, resources, arguments.output, masked=arguments.masked)
    else:
        export_family(ledger, arguments.to, arguments.output, masked=arguments.masked)
    if arguments.json:
        say_json({"written": str(arguments.output)})
    else:
        say_lines([f"已写入 {arguments.output}"])
    return exit_code(ledger.findings)
