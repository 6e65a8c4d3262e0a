"""办事的命令。`gongji guide`: the list of guides, or one of them for a person of a family."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.cli.asking import book_of
from desktop.cli.saying import say_json, say_lines
from desktop.domain.trouble import Fault, InputRefused
from desktop.usecases.errand_calendar import write_calendar
from desktop.usecases.guide_result import guide_lines, guide_result, names_lines, names_result
from desktop.usecases.guide_show import Asking, guide_names, guide_view
from desktop.usecases.open_family import open_family
from desktop.usecases.open_guides import open_guides
from desktop.usecases.review import review

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date
    from pathlib import Path

    from desktop.domain.family import Family
    from desktop.usecases.guide_show import Guide


def guide(arguments: Namespace, resources: Path, today: date) -> int:
    """`gongji guide [ID] FILE`: both are asked for, or neither."""
    book = book_of(arguments, resources)
    guides = open_guides(resources, book)
    if arguments.id is None:
        names = guide_names(guides)
        if arguments.json:
            say_json(names_result(names))
        else:
            say_lines(names_lines(names))
        return 0
    found = next((one for one in guides if one.id == arguments.id), None)
    if found is None:
        raise _refused("ID", f"没有叫 {arguments.id} 的指南", "用 gongji guide 看有哪些")
    if arguments.file is None:
        raise _refused("FILE", "没有写家庭文件", f"写成 gongji guide {arguments.id} FILE")
    family = open_family(arguments.file, today)
    asking = replace(_asking(arguments, family, found), seen=review(family, book))
    view = guide_view(found, family, book, family.as_of, asking)
    if arguments.ics is not None:
        write_calendar(arguments.ics, view, today)
    if arguments.json:
        say_json(guide_result(view))
    else:
        say_lines(guide_lines(view))
    return 0


def _asking(arguments: Namespace, family: Family, guide: Guide) -> Asking:
    """An errand of the family that is about this guide and person says how far they have come."""
    person, case = arguments.person or "", arguments.case or ""
    if person and all(one.id != person for one in family.people):
        raise _refused("--person", f"家里没有 {person}", "写家庭文件里的 id")
    if case and all(one.id != case for one in guide.cases):
        known = "、".join(one.id for one in guide.cases)
        raise _refused("--case", f"这份指南没有 {case} 这种情形", f"可以写：{known or '不写'}")
    errand = next(
        (
            one
            for one in family.errands
            if one.guide == guide.id and person in {"", one.person} and case in {"", one.case}
        ),
        None,
    )
    return Asking(person, case, {}, errand)


def _refused(place: str, what: str, todo: str) -> InputRefused:
    return InputRefused("", [Fault(place, what, todo)])
