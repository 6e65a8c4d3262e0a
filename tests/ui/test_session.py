"""一次使用测试。A family is opened behind the painted window or refused; links lead where they say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.shelf import Shelf
from desktop.ui.findings.view import FindingsPage
from desktop.ui.habits import Habits
from desktop.ui.ledger.view import LedgerPage
from desktop.ui.look.look import Look
from desktop.ui.look.tokens import Theme
from desktop.ui.overview.view import OverviewPage
from desktop.ui.start.view import StartPage
from desktop.usecases.open_family import open_family
from desktop.usecases.preferences import Preferences, hashed, write_preferences
from tests.ui.conftest import RESOURCES
from tests.ui.desk import PATIENCE, SAMPLES, TODAY, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    made.keeper.close()


@pytest.mark.parametrize("key", ["sandwich-family.json", "young-couple.json", "retiree.json"])
def test_that_every_page_of_every_sample_is_shown(key: str, desk: Desk) -> None:
    desk.open(SAMPLES / key)
    for page in desk.session.keys:
        assert not desk.session.picture(page).isNull()
        assert desk.window.page == page
    assert desk.window.status.ribbon.text() == "示例数据，不写入磁盘"


def test_that_the_badge_counts_what_is_not_allowed(desk: Desk) -> None:
    desk.open(SAMPLES / "sandwich-family.json")
    assert desk.window.navigation.item("findings").badge == 3
    desk.open(SAMPLES / "young-couple.json")
    assert desk.window.navigation.item("findings").badge == 0


# ------------------------------------------------------------------------------------------- keeping


def test_that_a_change_can_be_undone_and_done_again_by_its_name(desk: Desk) -> None:
    desk.open(SAMPLES / "retiree.json")
    before = desk.family.name
    desk.keep(desk.named("李家"))
    assert desk.window.notice.sentence == "已改名李家"
    assert desk.session.actions.named["undo"].text() == "撤销“改名李家”"
    desk.press("undo")
    assert desk.family.name == before
    assert desk.session.actions.named["redo"].text() == "重做“改名李家”"
    desk.press("redo")
    assert desk.family.name == "李家"


def test_that_a_sample_is_never_written_to_disk(desk: Desk) -> None:
    desk.open(SAMPLES / "retiree.json")
    desk.keep(desk.named("李家"))
    assert list(desk.shelf.books()) == []
    assert desk.habits.preferences.last_book is None


def test_that_the_first_change_of_a_document_makes_a_book_of_it(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_bytes((SAMPLES / "retiree.json").read_bytes())
    desk.open(own)
    assert desk.window.status.ribbon.text() == "尚未存为档案，改动时自动建立"
    assert list(desk.shelf.books()) == []
    desk.keep(desk.named("李家"))
    (book,) = desk.shelf.books()
    assert desk.keeper.file == book
    assert desk.habits.preferences.last_book == book
    assert not desk.window.status.ribbon.isVisible()
    assert own.read_bytes() == (SAMPLES / "retiree.json").read_bytes()


def test_that_what_was_kept_is_there_the_next_time(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_bytes((SAMPLES / "retiree.json").read_bytes())
    desk.open(own)
    desk.keep(desk.named("李家"))
    desk.window.close()
    again = Desk(qtbot, tmp_path)
    again.begin()
    assert again.family.name == "李家"
    again.press("undo")
    assert again.family.name != "李家"
    again.keeper.close()


def test_that_a_change_made_of_what_is_out_of_date_is_dropped(desk: Desk, qtbot: QtBot) -> None:
    desk.open(SAMPLES / "retiree.json")
    first, second = desk.named("李家"), desk.named("张家")
    with qtbot.waitSignal(desk.session.kept, timeout=PATIENCE):
        desk.session.keep(first)
        desk.session.keep(second)
    assert desk.family.name == "李家"


def test_that_a_book_someone_else_has_open_is_told_with_a_way_on(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_bytes((SAMPLES / "retiree.json").read_bytes())
    desk.open(own)
    desk.keep(desk.named("李家"))
    (book,) = desk.shelf.books()
    desk.open(SAMPLES / "young-couple.json")
    other = Shelf(desk.shelf.folder).open(book, TODAY)
    assert desk.refused(book).table.model().rowCount() == 1
    other.close()
    desk.open(book)
    assert desk.family.name == "李家"


def test_that_a_family_closed_leads_to_the_first_page(desk: Desk) -> None:
    desk.open(SAMPLES / "retiree.json")
    desk.session.actions.do("close_family")
    assert isinstance(desk.window.shown, StartPage)
    assert not desk.session.actions.named["export"].isEnabled()
    desk.open(SAMPLES / "retiree.json")
    assert isinstance(desk.window.shown, OverviewPage)


def test_that_the_program_begins_with_the_first_page(desk: Desk) -> None:
    desk.session.begin()
    assert isinstance(desk.window.shown, StartPage)


def test_that_a_copy_is_a_book_of_its_own(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.open(SAMPLES / "retiree.json")
    copy = tmp_path / "副本.gongji"
    with qtbot.waitSignal(desk.keeper.said, timeout=PATIENCE):
        desk.keeper.copy_to(copy)
    assert str(copy) in desk.window.notice.sentence
    desk.open(copy)
    assert desk.keeper.file == copy


# ------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("data", [b"", b"{", b'{"format": "gongji-family/1", "people": [{"id": "x"}]}'])
def test_that_a_refused_file_lists_its_faults(data: bytes, desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(data)
    assert desk.refused(bad).table.model().rowCount() >= 1
    assert str(bad) in str(desk.session.trouble)


def test_that_a_file_that_is_not_there_is_told_in_the_page(desk: Desk, tmp_path: Path) -> None:
    desk.refused(tmp_path / "nowhere.json")
    desk.refused(tmp_path / "nowhere.gongji")


def test_that_a_strangers_file_is_told_in_the_page(desk: Desk, tmp_path: Path) -> None:
    strange = tmp_path / "strange.gongji"
    strange.write_bytes(b"not a database at all")
    desk.refused(strange)
    assert strange.read_bytes() == b"not a database at all"


def test_that_a_pack_that_is_wrong_is_told_in_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path, (tmp_path / "packs",))
    desk.refused(SAMPLES / "retiree.json")


def test_that_a_refused_file_leaves_the_open_family_behind_it(desk: Desk, tmp_path: Path) -> None:
    desk.open(SAMPLES / "retiree.json")
    page = desk.refused(tmp_path / "nowhere.json")
    page.back.click()
    assert isinstance(desk.window.shown, OverviewPage)


# ----------------------------------------------------------------------------------------------- links


def test_that_a_link_leads_to_the_record_it_names(desk: Desk) -> None:
    desk.open(SAMPLES / "sandwich-family.json")
    overview = desk.window.shown
    assert isinstance(overview, OverviewPage)
    overview.go.emit("ledger", "e2511-mother")
    ledger = desk.window.shown
    assert isinstance(ledger, LedgerPage)
    ledger.go.emit("findings", "")
    assert isinstance(desk.window.shown, FindingsPage)


def test_that_the_newest_opening_wins(desk: Desk, qtbot: QtBot) -> None:
    desk.session.open(SAMPLES / "retiree.json")
    desk.open(SAMPLES / "young-couple.json")
    qtbot.waitUntil(lambda: "小夫妻" in desk.window.windowTitle(), timeout=PATIENCE)


def test_that_the_look_is_kept_for_the_next_time(desk: Desk, tmp_path: Path) -> None:
    desk.session.actions.do("wear_dark")
    desk.session.actions.do("larger")
    again = Habits(tmp_path / "preferences.json")
    look = Look(RESOURCES)
    again.dress(look)
    assert (look.theme, look.scale) == (Theme.DARK, 1.25)


def test_that_the_window_can_be_locked_and_opened_again(desk: Desk) -> None:
    desk.open(SAMPLES / "retiree.json")
    desk.session.actions.do("lock")
    screen = desk.session.guard.screen
    assert screen is not None
    assert not desk.window.status.isVisible()
    QTest.keyClick(screen, Qt.Key.Key_Space)
    assert desk.session.guard.screen is None
    assert desk.window.status.isVisible()


# ------------------------------------------------------------------------------------- one thing at a time


@pytest.fixture
def own_book(desk: Desk, tmp_path: Path) -> Path:
    """A book on the shelf, with one step in it."""
    own = tmp_path / "own.json"
    own.write_bytes((SAMPLES / "retiree.json").read_bytes())
    desk.open(own)
    desk.keep(desk.named("李家"))
    (book,) = desk.shelf.books()
    return book


def test_that_saving_what_is_the_same_offers_no_undo_of_something_else(desk: Desk) -> None:
    desk.open(SAMPLES / "retiree.json")
    desk.keep(desk.named("李家"))
    desk.keep(desk.named("李家"))
    assert desk.window.notice.sentence == ""
    desk.press("undo")
    assert not desk.session.actions.named["undo"].isEnabled()


def test_that_a_change_that_comes_too_soon_is_told(desk: Desk, qtbot: QtBot) -> None:
    desk.open(SAMPLES / "retiree.json")
    first, second = desk.named("李家"), desk.named("张家")
    with qtbot.waitSignal(desk.session.kept, timeout=PATIENCE):
        desk.session.keep(first)
        desk.session.keep(second)
        assert "这一步没有做" in desk.window.notice.sentence


def test_that_nothing_is_kept_while_another_family_is_opened(desk: Desk, qtbot: QtBot) -> None:
    desk.open(SAMPLES / "retiree.json")
    late = desk.named("李家")
    with qtbot.waitSignal(desk.session.opened, timeout=PATIENCE):
        desk.session.open(SAMPLES / "young-couple.json")
        desk.session.keep(late)
    desk.keep(desk.named("张家"))
    assert desk.keeper.file is None
    assert len(desk.family.people) == len(open_family(SAMPLES / "young-couple.json", TODAY).people)
    desk.press("undo")
    assert desk.family.name == open_family(SAMPLES / "young-couple.json", TODAY).name


@pytest.mark.usefixtures("own_book")
def test_that_a_family_closed_in_the_middle_of_a_step_stays_closed(desk: Desk, qtbot: QtBot) -> None:
    desk.session.keep(desk.named("张家"))
    desk.session.actions.do("close_family")
    qtbot.wait(0)
    assert desk.session.seen is None
    assert desk.keeper.file is None
    assert isinstance(desk.window.shown, StartPage)
    assert desk.window.notice.sentence == ""
    (book,) = desk.shelf.books()
    desk.open(book)
    assert desk.family.name == "张家"


@pytest.mark.usefixtures("own_book")
def test_that_checking_again_reckons_on_the_day_it_is_now(desk: Desk) -> None:
    assert desk.family.as_of == TODAY
    desk.keeper.today = lambda: TODAY + timedelta(days=1)
    desk.press("recheck")
    assert desk.family.as_of == TODAY + timedelta(days=1)


def test_that_a_book_that_is_gone_is_not_offered_again(desk: Desk, own_book: Path) -> None:
    desk.session.actions.do("close_family")
    own_book.unlink()
    desk.refused(own_book)
    assert own_book not in desk.habits.preferences.recent


def test_that_a_family_in_memory_says_that_it_has_no_backup(desk: Desk) -> None:
    desk.open(SAMPLES / "retiree.json")
    desk.session.actions.do("back_up")
    assert "只在内存里" in desk.window.notice.sentence


def test_that_a_search_begins_anew_where_one_is_at_the_field_already(desk: Desk) -> None:
    desk.open(SAMPLES / "retiree.json")
    field = desk.session.search
    field.setText("mq")
    desk.session.commands.search()
    field.deselect()
    desk.session.commands.search()
    assert field.selectedText() == "mq"


def test_that_a_code_is_asked_for_at_the_start_too(qtbot: QtBot, tmp_path: Path) -> None:
    write_preferences(tmp_path / "preferences.json", Preferences(lock_code=hashed("1234")))
    desk = Desk(qtbot, tmp_path)
    desk.open(SAMPLES / "retiree.json")
    screen = desk.session.guard.screen
    assert screen is not None
    assert not desk.window.status.isVisible()
    screen.code.setText("1234")
    screen.button.click()
    desk.open(SAMPLES / "young-couple.json")
    assert desk.session.guard.screen is None
    desk.keeper.close()
