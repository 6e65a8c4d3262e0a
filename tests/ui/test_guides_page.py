"""办事页测试。Guides to read, errands to tick, what is asked in place, papers, the end of it, ways out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from desktop.domain.errand import Errand
from desktop.domain.matter import AccountTransfer
from desktop.domain.trouble import Fault
from desktop.report.errand import ErrandPaper
from desktop.ui.guides.model import GuidesModel
from desktop.ui.guides.view import GuidesPage
from desktop.ui.look.tokens import Theme
from desktop.ui.printing.view import PrintPage
from desktop.ui.widgets.basic import Button
from desktop.ui.widgets.fields import Combo
from desktop.ui.widgets.forms import DayLine
from desktop.ui.widgets.room import Room
from desktop.usecases.changes import Change, Refused
from desktop.usecases.open_family import open_family
from desktop.usecases.open_guides import open_guides
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped
from tests.ui.conftest import WIDTHS
from tests.ui.desk import SAMPLES, Desk, Hand, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look
    from desktop.usecases.open_guides import Guide
    from tests.ui.conftest import FitsWidth

DAY = date(2026, 11, 21)
TRANSFER = "transfer-cross-province"
STEPS = ("insured-there", "no-arrears", "apply", "out", "in")
CHOSEN = (("origin", "440100"), ("destination", "430100"))


@pytest.fixture(scope="module")
def seen() -> Review:
    """Nothing is begun in it yet."""
    shown = open_family(RESOURCES / "samples" / "sandwich-family.json", DAY)
    return review(replace(shown, errands=()), shipped())


@pytest.fixture(scope="module")
def guides() -> tuple[Guide, ...]:
    return open_guides(RESOURCES, shipped())


@pytest.fixture
def built(look: Look, guides: Sequence[Guide], qtbot: QtBot) -> Callable[[Review], GuidesPage]:
    def build(seen: Review) -> GuidesPage:
        page = GuidesPage(look, GuidesModel(seen, guides))
        qtbot.addWidget(page)
        page.change.connect(lambda change: keep(page, change))
        page.resize(1136, 760)
        page.show()
        qtbot.waitExposed(page)
        return page

    return build


@pytest.fixture
def page(built: Callable[[Review], GuidesPage], seen: Review) -> GuidesPage:
    made = built(seen)
    made.choose(TRANSFER)
    return made


@pytest.fixture
def begun(built: Callable[[Review], GuidesPage], seen: Review) -> GuidesPage:
    return built(with_errand(seen, done=2))


def with_errand(seen: Review, done: int, answers: tuple[tuple[str, str], ...] = CHOSEN) -> Review:
    """The brother's transfer from 广州, the first steps of which were ticked the day before."""
    before = date(2026, 11, 20)
    ticked = tuple((step, before) for step in STEPS[:done])
    errand = Errand("errand-1", TRANSFER, "brother", before, done=ticked, answers=answers)
    return review(replace(seen.family, errands=(errand,)), seen.book)


def keep(page: GuidesPage, change: Change) -> None:
    """As the session does: everything is worked out anew, and what the change is about is chosen."""
    page.renew(review(change.family, page.model.seen.book))
    if change.about:
        page.choose(change.about)


def errands(page: GuidesPage) -> tuple[Errand, ...]:
    return page.model.seen.family.errands


def words(widget: QWidget) -> str:
    """What has just been built is shown with the next events."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(widget: QWidget, said: str) -> None:
    QApplication.processEvents()
    shown = [one for one in widget.findChildren(Button) if one.isVisible() and one.text().startswith(said)]
    QTest.mouseClick(shown[0], Qt.MouseButton.LeftButton)


def tick(page: GuidesPage, step: str) -> None:
    QTest.keyClick(page.sheet.rows[step].box, Qt.Key.Key_Space)


def field(page: GuidesPage, name: str) -> Combo:
    found = page.sheet.questions.fields[name]
    assert isinstance(found, Combo)
    return found


def pick(page: GuidesPage, name: str, key: str) -> None:
    combo = field(page, name)
    combo.choose(key)
    combo.chosen.emit(key)


def day_of(page: GuidesPage) -> DayLine:
    found = page.sheet.questions.fields["start"]
    assert isinstance(found, DayLine)
    return found


# --------------------------------------------------------------------------------------------- the list


def test_that_guides_stand_under_their_groups(page: GuidesPage) -> None:
    items = page.list.list.items
    heads = [one.title for one in items if one.head]
    assert heads[:2] == ["绑定", "跨省共济"]
    assert "跨省转移接续" in [one.title for one in items]
    assert page.list.list.key == TRANSFER


def test_that_the_arrow_keys_walk_the_guides(page: GuidesPage) -> None:
    QTest.keyClick(page.list.list, Qt.Key.Key_Down)
    assert page.model.guide != TRANSFER
    QTest.keyClick(page.list.list, Qt.Key.Key_Up)
    assert page.model.guide == TRANSFER


@pytest.mark.parametrize("typed", ["跨省转移", "ksjx", "kszyjx", "过户"])
def test_that_a_guide_is_found_by_words_and_by_first_letters(page: GuidesPage, typed: str) -> None:
    page.list.seek.setText(typed)
    page.list.seek.textEdited.emit(typed)
    found = [one.title for one in page.list.list.items if not one.head]
    assert ("跨省转移接续" in found) is (typed != "ksjx")


def test_that_finding_nothing_is_said_and_escape_shows_all_again(page: GuidesPage) -> None:
    page.list.seek.setText("没有这样的事")
    page.list.seek.textEdited.emit("没有这样的事")
    assert "没有找到" in words(page.list)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.list.seek.text() == ""
    assert page.list.list.key == TRANSFER


def test_that_what_is_being_done_stands_on_top(begun: GuidesPage) -> None:
    first, second = begun.list.list.items[:2]
    assert first.title == "进行中"
    assert (second.title, second.aside) == ("跨省转移接续", "弟弟 2 / 5")
    assert begun.list.list.key == second.key
    assert "进行中 2 / 5" in words(begun.sheet)


def test_that_a_link_chooses_a_guide_for_a_person_or_an_errand(begun: GuidesPage) -> None:
    begun.choose("retire:spouse")
    assert begun.model.view is not None
    assert (begun.model.view.id, begun.model.view.person) == ("retire", "spouse")
    begun.choose("errand-1")
    assert begun.model.errand == "errand-1"
    begun.choose("nothing of the kind")
    assert begun.model.errand == "errand-1"
    begun.choose(f"{TRANSFER}:brother")
    assert begun.model.errand == "errand-1"
    begun.choose(f"{TRANSFER}:spouse")
    assert begun.model.errand == ""


def test_that_without_guides_it_says_why(look: Look, seen: Review, qtbot: QtBot) -> None:
    page = GuidesPage(look, GuidesModel(seen, (), "guides：没有一个政策包有这个键。"))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert "没有一个政策包有这个键" in words(page.sheet)
    assert page.guide is None
    assert not page.printed.isEnabled()


# ------------------------------------------------------------------------------------------- what is asked


def test_that_nothing_is_written_down_before_it_is_begun(page: GuidesPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.change):
        pick(page, "person", "brother")
        pick(page, "origin", "440000")
    said = words(page.sheet)
    assert "弟弟，广东 → 长沙" in said
    assert "确认长沙已参保、广东已停保" in said


def test_that_the_case_chosen_changes_the_papers(page: GuidesPage) -> None:
    page.choose("enrol")
    before = [*page.side.papers]
    pick(page, "case", "newborn")
    assert page.model.view is not None
    assert page.model.view.case == "newborn"
    assert [*page.side.papers] != before


def test_that_an_answer_of_an_errand_is_a_step_that_can_be_taken_back(
    begun: GuidesPage, qtbot: QtBot
) -> None:
    press(begun.sheet, "改人、地方和日期")
    with qtbot.waitSignal(begun.change) as done:
        pick(begun, "origin", "310000")
    assert done.args is not None
    assert dict(done.args[0].family.errands[0].answers)["origin"] == "310000"
    assert "上海 → 长沙" in words(begun.sheet)


def test_that_a_day_is_taken_once_it_is_left_and_told_if_it_is_none(begun: GuidesPage, qtbot: QtBot) -> None:
    press(begun.sheet, "改人、地方和日期")
    line = day_of(begun)
    line.setText("2026-13-45")
    line.editingFinished.emit()
    assert "请填日历上有的一天" in words(begun.sheet)
    line.setText("2026-11-25")
    with qtbot.waitSignal(begun.change):
        line.editingFinished.emit()
    assert errands(begun)[0].starts_on == date(2026, 11, 25)
    with qtbot.assertNotEmitted(begun.change):
        day_of(begun).editingFinished.emit()


def test_that_the_arrow_keys_take_one_day_once_they_rest(begun: GuidesPage, qtbot: QtBot) -> None:
    press(begun.sheet, "改人、地方和日期")
    line = day_of(begun)
    with qtbot.waitSignal(begun.change):
        QTest.keyClick(line, Qt.Key.Key_Up)
        QTest.keyClick(line, Qt.Key.Key_Up)
    assert errands(begun)[0].starts_on == date(2026, 11, 25)


def test_that_someone_else_has_an_errand_of_their_own(begun: GuidesPage) -> None:
    press(begun.sheet, "改人、地方和日期")
    pick(begun, "person", "spouse")
    assert begun.model.errand == ""
    assert "未开始" in words(begun.sheet)
    pick(begun, "person", "brother")
    assert begun.model.view is not None
    assert begun.model.view.person == "brother"


# ------------------------------------------------------------------------------------------------ the steps


def test_that_beginning_is_a_step_and_shows_what_comes_first(page: GuidesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.change) as done:
        press(page.sheet, "开始办理")
    assert done.args is not None
    assert "跨省转移接续" in done.args[0].step
    assert len(errands(page)) == 1
    current = [row.step.id for row in page.sheet.rows.values() if row.current]
    assert current == [STEPS[0]]


def test_that_ticking_what_is_not_begun_begins_it_in_one_step(page: GuidesPage, qtbot: QtBot) -> None:
    pick(page, "origin", "440000")
    with qtbot.waitSignal(page.change) as done:
        tick(page, STEPS[0])
    assert done.args is not None
    assert [one[0] for one in done.args[0].family.errands[0].done] == [STEPS[0]]
    assert page.model.errand == errands(page)[0].id


def test_that_the_button_of_the_current_step_ticks_it_with_its_day(begun: GuidesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(begun.change):
        press(begun.sheet, "勾选完成")
    assert dict(errands(begun)[0].done)["apply"] == DAY
    assert "已提交，2026-11-21" in words(begun.sheet)


def test_that_the_keyboard_stays_with_the_next_step(begun: GuidesPage, qtbot: QtBot) -> None:
    begun.activateWindow()
    begun.sheet.rows["apply"].done.setFocus()
    with qtbot.waitSignal(begun.change):
        QTest.keyClick(begun.sheet.rows["apply"].done, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert begun.focusWidget() is begun.sheet.rows["out"].done


def test_that_unticking_takes_it_back(begun: GuidesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(begun.change):
        tick(begun, "no-arrears")
    assert [one[0] for one in errands(begun)[0].done] == ["insured-there"]


def test_that_what_a_step_means_opens_and_closes(begun: GuidesPage) -> None:
    assert "收到信息表后" not in words(begun.sheet.rows["in"])
    press(begun.sheet.rows["in"], "怎么办")
    assert "收到信息表后 5 个工作日内办结" in words(begun.sheet.rows["in"])
    press(begun.sheet.rows["in"], "收起")
    assert "收到信息表后" not in words(begun.sheet.rows["in"])


def test_that_an_errand_can_be_given_up(begun: GuidesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(begun.change):
        press(begun.sheet, "不办了")
    assert errands(begun) == ()
    assert "未开始" in words(begun.sheet)


def test_that_an_undone_beginning_leaves_the_guide(begun: GuidesPage, seen: Review) -> None:
    begun.renew(seen)
    assert begun.model.errand == ""
    assert begun.list.list.key == TRANSFER


# --------------------------------------------------------------------------------------------- the end of it


def test_that_what_was_done_is_booked_once(
    built: Callable[[Review], GuidesPage], seen: Review, qtbot: QtBot
) -> None:
    page = built(with_errand(seen, done=4))
    assert not page.model.can_record or "记入账本" not in words(page.sheet)
    page.choose("errand-1")
    tick(page, "in")
    assert page.list.list.items[-2].title == "已办完"
    with qtbot.waitSignal(page.change) as done:
        press(page.sheet, "记入账本")
    assert done.args is not None
    booked = done.args[0].family.events[-1]
    assert isinstance(booked, AccountTransfer)
    assert (booked.person, booked.origin, booked.destination) == ("brother", "440100", "430100")
    page.choose("errand-1")
    assert "已记入账本" in words(page.sheet)
    assert not page.model.can_record


def test_that_what_is_missing_for_the_book_is_told(
    built: Callable[[Review], GuidesPage], seen: Review
) -> None:
    of = with_errand(seen, done=5, answers=(("destination", "430100"),))
    nowhere_before = replace(of.family.errands[0], person="spouse")
    page = built(review(replace(of.family, errands=(nowhere_before,)), of.book))
    page.choose("errand-1")
    assert "还差上面没有填的几项" in words(page.sheet)


def test_that_what_no_guide_asks_is_left_to_the_ledger(
    built: Callable[[Review], GuidesPage], seen: Review
) -> None:
    steps = ("months", "ask", "reason", "pay", "claim", "record")
    done = tuple((step, DAY) for step in steps)
    errand = Errand("errand-1", "arrears", "me", DAY, "short", done)
    page = built(review(replace(seen.family, errands=(errand,)), seen.book))
    page.choose("errand-1")
    assert "请在“流水”页记下" in words(page.sheet)


def test_that_what_is_refused_is_told_though_nothing_asks_for_it(page: GuidesPage) -> None:
    page.model._do(lambda *_: Refused((Fault("note", "备注太长", "请缩短"), Fault("origin", "不对"))))
    assert page.model.faults == {"": "备注太长，请缩短", "origin": "不对"}
    assert "备注太长，请缩短" in words(page.sheet)


def test_that_what_papers_say_is_told_on_demand_beside_working_days(begun: GuidesPage) -> None:
    assert "没有实体卡的，出示医保电子凭证。" not in words(begun.side)
    press(begun.side, "怎么备")
    assert "没有实体卡的，出示医保电子凭证。" in words(begun.side)
    press(begun.side, "收起")
    assert "没有实体卡的，出示医保电子凭证。" not in words(begun.side)
    begun.choose("emigrate")
    assert "收钱用。" in words(begun.side)


def test_that_the_transfer_stands_in_the_window_without_scrolling(desk: Desk) -> None:
    """As designed: steps, papers and working days at once."""
    desk.window.resize(1360, 860)
    desk.session.go("guides", "errand-brother")
    shown = desk.window.shown
    assert isinstance(shown, GuidesPage)
    area = next(one for one in desk.window.findChildren(QScrollArea) if one.isAncestorOf(shown))
    wait_until(desk, lambda: shown.timeline.isVisible() and area.verticalScrollBar().maximum() == 0)


def test_that_what_is_recorded_and_did_not_come_about_is_told(
    built: Callable[[Review], GuidesPage], seen: Review
) -> None:
    """Nobody is on record as having died."""
    [inherit] = [one for one in open_guides(RESOURCES, seen.book) if one.id == "inherit"]
    done = tuple((one.id, DAY) for one in inherit.steps)
    errand = Errand("errand-1", "inherit", "me", DAY, done=done, answers=(("on", "2026-11-20"),))
    page = built(review(replace(seen.family, errands=(errand,)), seen.book))
    page.choose("errand-1")
    press(page.sheet, "记入账本")
    assert "没有算进去" in words(page.sheet)


def test_that_a_thing_can_be_done_again(built: Callable[[Review], GuidesPage], seen: Review) -> None:
    page = built(with_errand(seen, done=5))
    page.choose("errand-1")
    press(page.sheet, "再办一次")
    assert page.model.errand == ""
    assert "未开始" in words(page.sheet)


# ----------------------------------------------------------------------------------------- beside the steps


def test_that_papers_are_ticked_as_they_are_found(begun: GuidesPage, qtbot: QtBot) -> None:
    paper = next(iter(begun.side.papers))
    with qtbot.waitSignal(begun.change):
        QTest.keyClick(begun.side.papers[paper], Qt.Key.Key_Space)
    assert errands(begun)[0].papers == (paper,)
    assert begun.side.papers[paper].isChecked()


def test_that_addresses_are_to_be_verified_and_the_basis_is_told(page: GuidesPage) -> None:
    said = words(page.side)
    assert "请先拨打 12393 核实" in said
    assert "依据：" in said


def test_that_deadlines_say_how_many_days_are_left(page: GuidesPage) -> None:
    page.choose("pay-premium")
    assert "还有 71 天" in words(page.side)


def test_that_effects_and_values_lead_to_their_pages(begun: GuidesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(begun.go) as went:
        press(begun.side, "跨省转出的时限")
    assert went.args == ["policies", "transfer.out_days"]
    with qtbot.waitSignal(begun.go) as went:
        press(begun.side, "看“家庭”")
    assert went.args is not None
    assert went.args[0] == "family"


def test_that_the_days_are_shown_where_a_guide_waits_for_them(page: GuidesPage) -> None:
    assert page.timeline.isVisible()
    page.choose("bind")
    assert not page.timeline.isVisible()


# ---------------------------------------------------------------------------------------------- the ways out


def test_that_a_calendar_is_written_and_told(begun: GuidesPage, tmp_path: Path) -> None:
    begun.save_calendar(tmp_path / "转移.ics")
    assert "BEGIN:VCALENDAR" in (tmp_path / "转移.ics").read_text("utf-8")
    assert "已存为 转移.ics" in words(begun)
    begun.choose("bind")
    assert "已存为" not in words(begun)


def test_that_a_calendar_that_cannot_be_written_says_why(begun: GuidesPage, tmp_path: Path) -> None:
    begun.save_calendar(tmp_path / "nowhere" / "转移.ics")
    assert "没有存成" in words(begun)
    QTest.keyClick(begun, Qt.Key.Key_Escape)
    assert "没有存成" not in words(begun)


def test_that_the_list_is_printed_by_the_window(begun: GuidesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(begun.act) as asked:
        press(begun.head, "打印办理清单")
    assert asked.args == ["print_errand"]
    assert begun.guide is not None
    assert begun.guide.errand == "errand-1"


# ------------------------------------------------------------------------------------------------- the room


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
@pytest.mark.parametrize("guide", ["errand-1", "enrol", "doctor:mother"])
def test_that_it_fits_every_width(
    begun: GuidesPage, fits_width: FitsWidth, guide: str, scale: float, width: int
) -> None:
    begun.choose(guide)
    assert fits_width(begun, scale, width)


def test_that_without_room_the_list_is_a_box_and_found_guides_are_listed(
    begun: GuidesPage, look: Look
) -> None:
    look.wear(theme=Theme.LIGHT, scale=2.0)
    begun.resize(904, 600)
    QApplication.processEvents()
    assert begun.room is Room.NARROW
    assert begun.list.box.isVisible()
    assert not begun.list.list.isVisible()
    begun.list.seek.textEdited.emit("退休")
    assert begun.list.list.isVisible()
    begun.list.box.chosen.emit("retire")
    assert begun.model.guide == "retire"


def test_that_what_to_bring_goes_under_the_steps_in_a_narrow_window(begun: GuidesPage) -> None:
    begun.resize(1136, 760)
    QApplication.processEvents()
    assert begun.side.geometry().left() > begun.sheet.geometry().right()
    begun.resize(800, 760)
    QApplication.processEvents()
    assert begun.side.geometry().top() > begun.sheet.geometry().bottom()


# ------------------------------------------------------------------------------------------- in the window


@pytest.fixture
def desk(qtbot: QtBot, look: Look, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, look=look)
    made.open(SAMPLES / "sandwich-family.json")
    yield made
    made.keeper.close()


def test_that_the_window_keeps_an_errand_and_takes_it_back(desk: Desk) -> None:
    hand = Hand(desk)
    before = desk.family.errands
    desk.session.go("guides", f"{TRANSFER}:spouse")
    hand.change("开始办理")
    assert [one.person for one in desk.family.errands] == ["brother", "spouse"]
    hand.change("勾选完成")
    wait_until(desk, lambda: hand.sees("进行中 1 / "))
    desk.press("undo")
    desk.press("undo")
    assert desk.family.errands == before
    wait_until(desk, lambda: hand.sees("未开始"))


def test_that_beginning_and_giving_up_keep_the_keyboard_and_the_place(desk: Desk) -> None:
    hand = Hand(desk)
    desk.session.go("guides", "retire")
    wait_until(desk, lambda: hand.sees("未开始"))
    bars = [one.verticalScrollBar() for one in desk.window.findChildren(QScrollArea)]
    for pressed, has_it in (("开始办理", "勾选完成"), ("不办了", "开始办理")):
        button = next(one for one in desk.window.findChildren(Button) if one.text() == pressed)
        button.setFocus()
        before = [one.value() for one in bars]
        hand.change(pressed)
        QApplication.processEvents()
        focus = desk.window.focusWidget()
        assert isinstance(focus, Button)
        assert focus.text() == has_it
        assert [one.value() for one in bars] == before


def test_that_the_window_prints_the_guide_one_reads(desk: Desk) -> None:
    desk.session.go("guides", "enrol")
    desk.session.actions.do("print_errand")
    shown = desk.window.shown
    assert isinstance(shown, PrintPage)
    wait_until(desk, lambda: shown.document is not None)
    assert isinstance(shown.document, ErrandPaper)
    assert shown.document.report.view.id == "enrol"


def test_that_the_family_page_asks_why_a_binding_does_not_pay(desk: Desk) -> None:
    desk.session.go("family", "mother")
    Hand(desk).press("绑定了不能用？")
    shown = desk.window.shown
    assert isinstance(shown, GuidesPage)
    assert shown.doctor.model.patient == "mother"
