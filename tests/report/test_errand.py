"""办理清单。What can be found again on the printed list of an errand, how it flows, and what is hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from desktop.domain.clause import Confidence
from desktop.domain.errand import Errand
from desktop.report.errand import ErrandPaper
from desktop.report.output import pictures
from desktop.usecases.guide_report import errand_report
from desktop.usecases.guide_show import Asking, guide_view
from desktop.usecases.open_guides import open_guides
from tests.families import RESOURCES
from tests.report.papers import MADE, TODAY, ink, read, sandwich

if TYPE_CHECKING:
    from desktop.usecases.guide_view import GuideView

pytestmark = pytest.mark.usefixtures("qapp")

GUIDE = "transfer-cross-province"


def view(guide_id: str = GUIDE, errand: Errand | None = None) -> GuideView:
    seen = sandwich()
    guide = next(one for one in open_guides(RESOURCES, seen.book) if one.id == guide_id)
    return guide_view(guide, seen.family, seen.book, TODAY, Asking("brother", errand=errand))


def paper(shown: GuideView, *, hidden: bool = False) -> ErrandPaper:
    return ErrandPaper(errand_report(sandwich(), shown), ink(hidden=hidden), MADE, "1.0.0")


@cache
def text() -> str:
    done = Errand("e", GUIDE, "brother", TODAY, answers=(("origin", "441900"),), starts_on=date(2026, 11, 23))
    return read(paper(view(errand=replace(done, papers=("id-card",), done=(("insured-there", TODAY),)))))


@pytest.mark.parametrize(
    "words",
    [
        "办理清单",
        "跨省转移接续",
        "弟弟，东莞",
        "照着做",
        "10 个工作日内，最迟 12月7日",
        "再 5 个工作日内，最迟 12月14日",
        "要带的东西",
        "去哪里办",
        "请先拨打 12393 核实",
        "按 11月23日 提交推算，次日起算",
        "2026-12-14",
        "会影响什么",
        "依据",
        "医保办发〔2021〕43号",
        "仅供参考，以医保经办机构为准",
    ],
)
def test_that_the_list_says(words: str) -> None:
    assert words.replace(" ", "") in text()


def test_that_the_list_begins_with_what_is_to_be_done_next() -> None:
    assert text().index("下一步：确认没有欠费。") < text().index("照着做")


def test_that_an_errand_that_is_over_says_so() -> None:
    shown = view()
    over = replace(shown, steps=tuple(replace(one, done_on=TODAY) for one in shown.steps))
    assert "每一步都办完了" in read(paper(over))


def test_that_each_document_is_named_once_under_the_number_that_stands_behind_its_sentences() -> None:
    assert "长沙。两边年限合并计算。[1]" in text()
    assert "[1]医保办发〔2021〕43号" in text()
    assert text().count("医保办发〔2021〕43号") == 1


def test_that_how_sure_a_document_is_stands_beside_it() -> None:
    shown = view("enrol")
    assert shown.summary.confidence is Confidence.LOW
    assert f"[1]{shown.basis}，可信度低" in read(paper(shown))


def test_that_people_are_called_by_what_they_are() -> None:
    family = sandwich().family
    assert not [one.name for one in family.people if one.name in text().replace(family.name, "")]


def test_that_every_guide_can_be_printed() -> None:
    for guide in open_guides(RESOURCES, sandwich().book):
        made = pictures(paper(view(guide.id), hidden=True))
        assert 1 <= len(made) <= 4
