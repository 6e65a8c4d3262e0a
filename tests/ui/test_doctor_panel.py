"""问诊测试。One question at a time, what is on record, the way back, and what comes out in the end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.ui.guides.model import GuidesModel
from desktop.ui.guides.view import GuidesPage
from desktop.ui.widgets.basic import Button
from desktop.ui.widgets.fields import Combo
from desktop.ui.widgets.forms import DayLine
from desktop.usecases.doctor import Question, Verdict
from desktop.usecases.open_family import open_family
from desktop.usecases.open_guides import open_guides
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.guides.doctor import DoctorPanel
    from desktop.ui.look.look import Look

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), shipped())


@pytest.fixture
def page(look: Look, seen: Review, qtbot: QtBot) -> GuidesPage:
    made = GuidesPage(look, GuidesModel(seen, open_guides(RESOURCES, seen.book)))
    qtbot.addWidget(made)
    made.resize(1136, 760)
    made.show()
    qtbot.waitExposed(made)
    made.choose("doctor:elder_brother")
    return made


@pytest.fixture
def doctor(page: GuidesPage) -> DoctorPanel:
    return page.doctor


def words(doctor: DoctorPanel) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in doctor.findChildren(QLabel) if label.isVisible())


def press(doctor: DoctorPanel, said: str) -> None:
    QApplication.processEvents()
    shown = [one for one in doctor.findChildren(Button) if one.isVisible() and one.text().startswith(said)]
    QTest.mouseClick(shown[0], Qt.MouseButton.LeftButton)


def test_that_a_link_asks_about_the_person_it_names(page: GuidesPage, doctor: DoctorPanel) -> None:
    assert doctor.isVisible()
    assert not page.sheet.isVisible()
    assert doctor.model.patient == "elder_brother"
    assert "在手机上给哥哥绑的是哪一种？" in words(doctor)
    page.choose("doctor:nobody")
    assert doctor.model.patient == "elder_brother"


def test_that_one_question_is_asked_at_a_time_with_all_its_choices(doctor: DoctorPanel) -> None:
    question = doctor.model.outcome
    assert isinstance(question, Question)
    assert [one.text() for one in doctor.choices] == [one.label for one in question.choices]
    assert "第 1 句，最多 6 句" in words(doctor)
    press(doctor, "家庭共济，后来")
    assert "第 2 句，最多 6 句" in words(doctor)


def test_that_what_was_answered_can_be_taken_back(page: GuidesPage, doctor: DoctorPanel) -> None:
    press(doctor, "家庭共济，后来")
    assert "在手机上给哥哥绑的是哪一种？" in words(doctor)
    press(doctor, "回到上一句")
    assert doctor.model.answered == ()
    press(doctor, "家庭共济，后来")
    press(doctor, "改")
    assert doctor.model.answered == ()
    press(doctor, "家庭共济，后来")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert doctor.model.answered == ()
    assert not doctor.model.back()


def test_that_an_account_that_only_shows_the_code_is_told_apart(
    page: GuidesPage, doctor: DoctorPanel
) -> None:
    press(doctor, "亲情账户")
    said = words(doctor)
    assert "就是：没有绑成家庭共济" in said
    assert "只是出示，一分钱也不共用" in said
    assert "怎么办" in said
    assert "依据" in said


def test_that_the_verdict_leads_to_the_guide_and_the_law(
    page: GuidesPage, doctor: DoctorPanel, qtbot: QtBot
) -> None:
    press(doctor, "亲情账户")
    with qtbot.waitSignal(page.go) as went:
        press(doctor, "看政策条目")
    assert went.args == ["policies", "mutual_aid.code_account_shares_money"]
    with qtbot.waitSignal(page.go) as went:
        press(doctor, "看家里的记录")
    assert went.args == ["family", "elder_brother"]
    press(doctor, "看怎么绑定")
    assert page.model.guide == "bind"
    assert page.sheet.isVisible()


def test_that_what_is_on_record_is_not_asked_but_shown(page: GuidesPage, doctor: DoctorPanel) -> None:
    page.choose("doctor:father_in_law")
    assert isinstance(doctor.model.outcome, Verdict)
    said = words(doctor)
    assert "本人的账户，2026-11-02 起" in said
    assert "不是可以绑定的近亲属" in said


def test_that_a_binding_that_is_over_says_until_when(page: GuidesPage, doctor: DoctorPanel) -> None:
    page.choose("doctor:grandfather")
    assert " 至 2" in words(doctor)


def test_that_someone_without_a_binding_is_said_to_have_none(doctor: DoctorPanel) -> None:
    assert "没有记下谁和哥哥绑定" in words(doctor)


def test_that_another_person_is_asked_about_anew(doctor: DoctorPanel) -> None:
    press(doctor, "亲情账户")
    who = doctor.questions.fields["person"]
    assert isinstance(who, Combo)
    who.chosen.emit("spouse")
    assert doctor.model.patient == "spouse"
    assert doctor.model.answered == ()


def test_that_the_day_decides_what_is_on_record(page: GuidesPage, doctor: DoctorPanel) -> None:
    page.choose("doctor:father_in_law")
    line = doctor.questions.fields["day"]
    assert isinstance(line, DayLine)
    line.setText("2026-10-01")
    line.editingFinished.emit()
    assert doctor.model.day == date(2026, 10, 1)
    assert "2026-11-02 才开始" in words(doctor)


def test_that_all_causes_can_be_read_as_a_list_instead(page: GuidesPage, doctor: DoctorPanel) -> None:
    press(doctor, "不问了")
    assert page.sheet.isVisible()
    assert not doctor.isVisible()
    asked = [one for one in page.sheet.findChildren(Button) if one.text() == "一句一句问我"]
    QApplication.processEvents()
    QTest.mouseClick(asked[-1], Qt.MouseButton.LeftButton)
    assert doctor.isVisible()


def test_that_a_change_of_the_family_keeps_what_was_answered(page: GuidesPage, seen: Review) -> None:
    doctor = page.doctor
    press(doctor, "家庭共济，后来")
    page.renew(review(seen.family, seen.book))
    assert len(doctor.model.answered) == 1


def test_that_the_keyboard_goes_to_the_next_question(page: GuidesPage, doctor: DoctorPanel) -> None:
    page.activateWindow()
    first = next(one for one in doctor.choices if one.text().startswith("家庭共济，后来"))
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert page.focusWidget() is doctor.choices[0]


def test_that_the_keyboard_stays_with_the_verdict(page: GuidesPage, doctor: DoctorPanel) -> None:
    """Handed on to the page's next button, another press of the space bar would do something else."""
    page.activateWindow()
    press(doctor, "家庭共济，后来")
    while doctor.choices:
        doctor.choices[0].setFocus()
        QTest.keyClick(doctor.choices[0], Qt.Key.Key_Space)
        QApplication.processEvents()
    focus = page.focusWidget()
    assert isinstance(focus, Button)
    assert focus.text() == "回到上一句"
