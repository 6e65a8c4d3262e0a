"""打印对比测试。What the page of plans shows goes on paper: columns, years, seed, the one looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.domain.trouble import InputRefused
from desktop.report.comparison import ComparisonPaper
from desktop.ui.planning import paper
from desktop.ui.planning.model import PlanningModel
from desktop.ui.planning.paper import OnPaper, on_paper
from desktop.ui.planning.view import PlanningPage
from desktop.ui.printing.view import PrintPage, comparison_page
from desktop.ui.widgets.verdicts import Notice
from desktop.usecases.changes import Change
from desktop.usecases.open_family import open_family
from desktop.usecases.review import review
from tests.families import RESOURCES, shipped
from tests.ui.desk import Desk, Hand, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

TODAY = date(2026, 11, 21)
SANDWICH = RESOURCES / "samples" / "sandwich-family.json"


@pytest.fixture
def model(look: Look, qtbot: QtBot) -> PlanningModel:
    """One that nothing has been asked of yet."""
    return PlanningModel(review(open_family(SANDWICH, TODAY), shipped()))


def given(model: PlanningModel) -> OnPaper:
    shown = on_paper(model)
    assert shown is not None
    return shown


def planning(desk: Desk) -> PlanningModel:
    desk.window.show_page("planning")
    page = desk.window.shown
    assert isinstance(page, PlanningPage)
    return page._model


def printed(desk: Desk) -> ComparisonPaper:
    desk.session.actions.do("print_comparison")
    page = desk.window.shown
    assert isinstance(page, PrintPage)
    wait_until(desk, lambda: page.document is not None)
    assert isinstance(page.document, ComparisonPaper)
    return page.document


def test_that_the_menu_prints_the_comparison_and_esc_leads_back_to_it(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    desk = Desk(qtbot, tmp_path, look=look)
    desk.open(SANDWICH)
    document = printed(desk)
    assert document.title == "方案对比"
    assert [one.name for one in document.report.columns[1:]] == [one.name for one in desk.family.scenarios]
    desk.session.leave()
    assert isinstance(desk.window.shown, PlanningPage)


def test_that_what_the_page_shows_is_what_is_printed(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path, look=look)
    desk.open(SANDWICH)
    model = planning(desk)
    model.choose_years(3)
    model.stand(model.names[1], beside=False)
    model.choose_column(1)
    model.choose_seed(7)
    report = printed(desk).report
    assert [one.name for one in report.columns] == ["基准", model.names[0], model.names[2]]
    assert report.captions[4] == "3 年末余额"
    assert report.chosen == 1
    assert report.sure is not None
    assert (report.sure.of, report.sure.seed, report.sure.futures) == (model.names[0], 7, 10_000)


def test_that_what_is_worked_out_already_is_not_worked_out_again(
    model: PlanningModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.compare()
    qtbot.waitUntil(lambda: not model.busy and model.fan is not None, timeout=20_000)
    monkeypatch.setattr(paper, "compare", None)
    monkeypatch.setattr(paper, "futures_of", None)
    shown = given(model)
    assert shown.fan is model.fan
    assert shown.report().columns[0].runs_out == date(2028, 5, 1)


def test_that_without_an_account_there_is_nothing_to_print(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path, look=look)
    desk.open(SANDWICH)
    people = tuple(replace(one, account=None) if one.id == "me" else one for one in desk.family.people)
    desk.keep(Change("删除期初余额", replace(desk.family, people=people, holder="me")))
    desk.session.actions.do("print_comparison")
    assert isinstance(desk.window.shown, PlanningPage)
    assert Hand(desk).sees("先登记个人账户和期初余额，再打印对比。")


def test_that_a_comparison_that_is_refused_is_told_in_the_preview(
    model: PlanningModel, look: Look, qtbot: QtBot
) -> None:
    shown = replace(given(model), names=("没有这个方案",))
    with pytest.raises(InputRefused):
        shown.report()
    page = comparison_page(look, shown, RESOURCES)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.findChildren(Notice)), timeout=20_000)
    assert "没有这个方案" in page.findChildren(Notice)[0].accessibleName()
    assert not page.print_button.isEnabled()
