"""为什么用不了，在终端里。`gongji why-not`: asks what the document does not say, or names the causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.cli.asking import book_of, day
from desktop.cli.saying import say_json, say_lines
from desktop.domain.trouble import Fault, InputRefused
from desktop.usecases.doctor import WORDS, Question, Verdict, examine
from desktop.usecases.open_family import open_family

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from desktop.usecases.doctor import Reason

FORMAT = "gongji-why-not/1"


def why_not(arguments: Namespace, resources: Path, today: date) -> int:
    """The next question or the causes: the JSON has `question` or `verdict`."""
    family = open_family(arguments.file, today)
    if all(one.id != arguments.patient for one in family.people):
        known = "、".join(one.id for one in family.people)
        raise InputRefused("--patient", [Fault("", f"家里没有“{arguments.patient}”", f"这里有：{known}")])
    on = family.as_of if arguments.on is None else day("--on", arguments.on)
    answers = _answers(arguments.answer)
    found = examine(family, book_of(arguments, resources), on, arguments.patient, answers)
    if isinstance(found, Question):
        if found.id in answers:
            values = "、".join(one.value for one in found.choices)
            what = f"{found.id} 没有“{answers[found.id]}”这个回答"
            raise InputRefused("--answer", [Fault("", what, f"可以是：{values}")])
        return _say(arguments, question_result(found), _question_lines(found))
    return _say(arguments, verdict_result(found), _verdict_lines(found))


def _answers(written: Iterable[str]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for one in written:
        question, equals, value = one.partition("=")
        if not equals:
            raise InputRefused("--answer", [Fault("", f"看不懂“{one}”", "写成 balance=some")])
        answers[question] = value
    return answers


def _say(arguments: Namespace, result: dict[str, Any], lines: Iterable[str]) -> int:
    if arguments.json:
        say_json(result)
    else:
        say_lines(lines)
    return 0


def question_result(question: Question) -> dict[str, Any]:
    choices = [{"value": one.value, "label": one.label} for one in question.choices]
    return {
        "format": FORMAT,
        "question": question.id,
        "asks": question.asks,
        "why": question.why,
        "choices": choices,
    }


def verdict_result(verdict: Verdict) -> dict[str, Any]:
    reasons = [_reason_result(one) for one in verdict.reasons]
    return {
        "format": FORMAT,
        "verdict": verdict.title,
        "reasons": reasons,
        "apart": verdict.apart,
        "ask": verdict.ask,
    }


def _reason_result(reason: Reason) -> dict[str, Any]:
    return {
        "cause": reason.cause.value,
        "sure": WORDS[reason.sure],
        "title": reason.title,
        "says": reason.says,
        "key": reason.clause.key if reason.clause is not None else None,
        "todo": reason.todo,
    }


def _question_lines(question: Question) -> Iterable[str]:
    yield f"问题 {question.number}（{question.id}）：{question.asks}"
    yield f"    {question.why}"
    for one in question.choices:
        yield f"    --answer {question.id}={one.value}  {one.label}"


def _verdict_lines(verdict: Verdict) -> Iterable[str]:
    yield verdict.title
    for one in verdict.reasons:
        yield f"[{WORDS[one.sure]}] {one.title}：{one.says}"
        if one.clause is not None and one.clause.source.title:
            source = one.clause.source
            yield f"    依据：{source.title}{source.number}"
        yield f"    怎么办：{'；'.join(one.todo)}"
    yield from verdict.apart
    yield from (f"问 12393：{one}" for one in verdict.ask)
