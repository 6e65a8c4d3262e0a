"""为什么用不了，在终端里。The doctor as another program sees it: a question, the causes, whole refusals."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from desktop.exchange.results import RESULTS

SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "sandwich-family.json"
Output = pytest.CaptureFixture[str]


def run(output: Output, *arguments: str) -> tuple[int, str, str]:
    code = main(["why-not", str(SAMPLE), *arguments])
    said = output.readouterr()
    return code, said.out, said.err


def answer(output: Output, *arguments: str) -> Any:
    """In its published form: a question or a verdict."""
    said = json.loads(run(output, *arguments, "--json")[1])
    RESULTS["why-not-question" if "question" in said else "why-not-verdict"].model_validate(said)
    return said


def test_that_the_causes_are_named(capsys: Output) -> None:
    said = answer(capsys, "--patient", "father_in_law")
    assert said["format"] == "gongji-why-not/1"
    assert [(one["cause"], one["sure"]) for one in said["reasons"]] == [("relation", "就是")]


def test_that_what_is_missing_is_asked(capsys: Output) -> None:
    said = answer(capsys, "--patient", "father")
    assert said["question"] == "paid_for"
    assert "pharmacy" in {one["value"] for one in said["choices"]}
    said = answer(capsys, "--patient", "father", "--answer", "paid_for=pharmacy")
    assert said["reasons"][0]["cause"] == "place"


def test_that_the_lines_are_for_people(capsys: Output) -> None:
    code, said, _ = run(capsys, "--patient", "father")
    assert (code, said.splitlines()[0]) == (0, "问题 1（paid_for）：在哪里用的，付的是什么？")
    _, said, _ = run(capsys, "--patient", "grandmother", "--on", "2026-11-18")
    assert said.startswith("就是：这一笔不能从个人账户支付\n")
    assert "国办发〔2021〕14号" in said
    assert "亲情账户" in said
    assert "问 12393" in run(capsys, "--patient", "father", "--answer", "paid_for=pharmacy")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--patient", "nobody"), "家里没有“nobody”"),
        (("--patient", "father", "--answer", "paid_for"), "看不懂“paid_for”"),
        (("--patient", "father", "--answer", "paid_for=moon"), "没有“moon”这个回答"),
        (("--patient", "father", "--on", "2026-02-30"), "没有“2026-02-30”这一天"),
    ],
)
def test_that_nonsense_is_refused(capsys: Output, arguments: tuple[str, ...], words: str) -> None:
    code, out, told = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert words in told
