"""起点。`gongji` and double-click: read the arguments, and import the rest only then."""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Commands: TypeAlias = argparse._SubParsersAction["_Parser"]  # it has no public name

LEVELS = ("grassroots", "primary", "secondary", "tertiary", "provincial")
SETTINGS = ("outpatient", "emergency", "chronic", "inpatient", "pharmacy")
FORMS = ("xlsx", "csv", "family", "messages", "beancount", "pdf")
COMMANDS = frozenset({"settle", "check", "plan", "assign", "guide", "why-not", "policy", "import", "export"})


_SAID = {  # what argparse says when it refuses
    "the following arguments are required": "缺少",
    "unrecognized arguments": "不认识",
    "invalid choice": "没有这个选择",
    "choose from": "可选",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "ambiguous option": "选项不明确",
    "could match": "可能是",
    "argument ": "参数 ",
}


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with the arguments."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Refused input: exit 2, nothing on standard output."""
        for english, chinese in _SAID.items():
            message = message.replace(english, chinese)
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}：参数不对（{message}）。用 --help 看用法。\n")


def command_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="gongji", description="职工医保个人账户家庭共济：结算、检查、推演")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    law = _Parser(add_help=False)
    law.add_argument(
        "--packs", type=Path, action="append", default=[], metavar="DIR", help="叠加的政策包，可多次"
    )
    law.add_argument("--json", action="store_true", help="输出 JSON")
    _add_family_commands(commands, law)
    _add_guide(commands, law)
    _add_policy(commands, law)
    _add_import(commands)
    return parser


def _add_family_commands(commands: Commands, law: _Parser) -> None:
    family = _Parser(add_help=False, parents=[law])
    family.add_argument("file", type=Path, metavar="FILE", help="家庭文件")
    commands.add_parser("settle", parents=[family], help="按日期结算家庭文件里的每一件事")
    commands.add_parser("check", parents=[family], help="只看要处理的提示")

    plan = commands.add_parser("plan", parents=[law], help="逐月推演余额，一个家庭或整批")
    plan.add_argument("file", type=Path, nargs="?", metavar="FILE", help="家庭文件")
    plan.add_argument("--until", metavar="2035-12", help="推演到哪个月")
    plan.add_argument("--account", metavar="ID", help="谁的账户（默认：绑定最多的共济人）")
    plan.add_argument("--scenario", metavar="NAME", help="家庭文件里的一个方案")
    plan.add_argument(
        "--compare",
        nargs="*",
        metavar="NAME",
        help="基准和这些方案并列，差额按两次完整推演（不写名字：全部）",
    )
    plan.add_argument("--paths", metavar="N", help="再抽样推演多少次，例如 10000，给出可能的范围")
    plan.add_argument("--seed", metavar="S", help="抽样的种子（默认：1）；同一个种子，结果相同")
    plan.add_argument("--changes-on", metavar="2027-01-01", help="这一天起的规则，对这一家有什么变化")
    _add_batch(plan)

    assign = commands.add_parser("assign", parents=[family], help="谁绑定谁，全家付的现金最少")
    assign.add_argument("--until", metavar="2031-12", help="算到哪个月（默认：五年）")

    why_not = commands.add_parser("why-not", parents=[family], help="绑定了为什么不能用：提问，再说原因")
    why_not.add_argument("--patient", required=True, metavar="ID", help="谁用不了")
    why_not.add_argument("--on", metavar="2026-11-21", help="哪一天用不了（默认：家庭文件写的那天）")
    why_not.add_argument(
        "--answer", action="append", default=[], metavar="ID=VALUE", help="对一个问题的回答，可多次"
    )

    export = commands.add_parser("export", parents=[family], help="导出")
    export.add_argument("--to", required=True, choices=FORMS, help="导出成什么")
    export.add_argument("--masked", action="store_true", help="表格和 PDF 里只写称呼，PDF 里也没有金额")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="写到哪个文件")


def _add_batch(plan: _Parser) -> None:
    batch = plan.add_argument_group("整批推演（要装 gongji[batch]）")
    which = "家庭文件的文件夹，或有 family、document 两列的 .parquet 文件"
    batch.add_argument("--batch", type=Path, metavar="DIR|FILE.parquet", help=which)
    batch.add_argument("-o", "--output", type=Path, metavar="OUT.parquet", help="写到哪个文件，一个家庭一行")
    batch.add_argument("--workers", metavar="N", help="用几个进程（默认：每个处理器核心一个）")
    batch.add_argument("--scheduler", metavar="ADDRESS", help="交给这个 Dask 集群，例如 tcp://127.0.0.1:8786")
    batch.add_argument("--fresh", action="store_true", help="丢掉上次没有做完的结果，从头做起")


def _add_guide(commands: Commands, law: _Parser) -> None:
    guide = commands.add_parser("guide", parents=[law], help="办事指南：步骤、材料、去处、期限")
    guide.add_argument("id", nargs="?", metavar="ID", help="哪一份指南（不写：列出全部）")
    guide.add_argument("file", type=Path, nargs="?", metavar="FILE", help="家庭文件")
    guide.add_argument("--person", metavar="ID", help="为谁办（默认：第一位可以办的家人）")
    guide.add_argument("--case", metavar="ID", help="哪一种情形（默认：第一种）")
    guide.add_argument("--ics", type=Path, metavar="OUT.ics", help="把日子写成日历文件")


def _add_policy(commands: Commands, law: _Parser) -> None:
    policy = commands.add_parser("policy", help="看政策")
    asked = policy.add_subparsers(dest="what", required=True, parser_class=_Parser)
    asked.add_parser("list", parents=[law], help="全部名称，一行一个")
    show = asked.add_parser("show", parents=[law], help="一个值，自何日起，依据什么")
    show.add_argument("key", metavar="KEY")
    show.add_argument("--area", required=True, metavar="430100", help="6 位参保地区划")
    show.add_argument("--on", required=True, metavar="2025-03-01", help="哪一天")
    show.add_argument("--channel", help="共济渠道")


def _add_import(commands: Commands) -> None:
    bring = commands.add_parser("import", help="读入")
    kinds = bring.add_subparsers(dest="what", required=True, parser_class=_Parser)
    messages = kinds.add_parser("messages", help="读结算报文，核对恒等式")
    messages.add_argument("files", type=Path, nargs="+", metavar="FILE")
    messages.add_argument(
        "--dialect", choices=("inside", "beside"), default="inside", help="共济金额在个人账户支出之内还是之外"
    )
    messages.add_argument("--json", action="store_true", help="输出 JSON")
    messages.add_argument("--into", type=Path, metavar="FAMILY", help="记入这个家庭文件")
    messages.add_argument("--patient", metavar="ID", help="记给谁（默认按姓名找）")
    messages.add_argument("--level", choices=LEVELS, help="报文没有医院等级时用这个")
    sheet = kinds.add_parser("sheet", help="读 xlsx、xls、ods 或 csv 表格里的就诊和缴费")
    sheet.add_argument("file", type=Path, metavar="FILE")
    sheet.add_argument("--into", type=Path, required=True, metavar="FAMILY", help="记入这个家庭文件")
    sheet.add_argument("--sheet", metavar="NAME", help="哪一张工作表（默认第一张）")
    sheet.add_argument("--patient", metavar="ID", help="没有写是谁的行记给谁")
    sheet.add_argument("--setting", choices=SETTINGS, help="没有写类别的行用这个")
    sheet.add_argument("--level", choices=LEVELS, help="没有写医院等级的行用这个")
    sheet.add_argument("--duplicates", action="store_true", help="重复的行也记入")
    sheet.add_argument("--json", action="store_true", help="输出 JSON")


def window_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="gongji",
        description="打开窗口。命令：" + "、".join(sorted(COMMANDS)),
        epilog="gongji 命令 --help 看一个命令怎么用",
    )
    which = "档案或家庭文件（默认：上次的档案，没有就是开始页）"
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help=which)
    parser.add_argument(
        "--packs", type=Path, action="append", default=[], metavar="DIR", help="叠加的政策包，可多次"
    )
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="不开窗口，把每一页存成图片")
    parser.add_argument("--smoke", action="store_true", help=argparse.SUPPRESS)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a program of windows has none on Windows
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = list(sys.argv[1:] if argv is None else argv)
    is_command = bool(given) and given[0] in COMMANDS
    arguments = (command_parser() if is_command else window_parser()).parse_args(given)
    from desktop import app

    try:
        return app.command(arguments) if is_command else app.window(arguments)
    except BrokenPipeError:
        # Whoever reads the output has seen enough; nothing is left to flush to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        sys.stderr.write(f"结果写不出去（{error.strerror}）。请检查磁盘空间和输出的去处。\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
