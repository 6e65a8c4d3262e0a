"""首选项页测试。Look and lock at once, conventions as changes, the book with its backups and steps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.domain.trouble import FileTrouble
from desktop.ui.look.tokens import Theme
from desktop.ui.settings.model import SettingsModel
from desktop.ui.settings.view import SettingsPage
from desktop.ui.wear import SizeChoice, ThemeChoice
from desktop.ui.widgets.basic import Button
from desktop.usecases.conventions import answer, credit_monthly
from desktop.usecases.open_family import open_family
from desktop.usecases.ports import Backup, Step
from desktop.usecases.preferences import Preferences, hashed, opens
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look
    from desktop.ui.widgets.forms import Asked
    from tests.ui.conftest import FitsWidth

DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


class Desk:
    """A book in a folder, with six steps of which the last was taken back, and two backups."""

    engine = "1.0.0"

    def __init__(self) -> None:
        self.preferences = Preferences()
        self.file: Path | None = Path("/家/周家.gongji")
        self.steps: Sequence[Step] = (
            Step("绑定岳父", AT, undone=True),
            Step("绑定母亲", AT - timedelta(hours=1), undone=False),
        )
        self.kept = [
            Backup(Path("/家/备份/周家-2.gongji"), AT - timedelta(days=1), "导入前"),
            Backup(Path("/家/备份/周家-1.gongji"), AT - timedelta(days=2), "每日"),
        ]
        self.trouble: FileTrouble | None = None
        self.again: Callable[..., object] = lambda: None

    def prefer(self, preferences: Preferences) -> None:
        self.preferences = preferences
        self.again()

    def backups(self) -> Sequence[Backup]:
        if self.trouble is not None:
            raise self.trouble
        return self.kept

    def follow(self, again: Callable[..., object]) -> None:
        self.again = again


@pytest.fixture(scope="module")
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), shipped())


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def model(seen: Review, look: Look, desk: Desk) -> SettingsModel:
    return SettingsModel(seen, look, desk)


@pytest.fixture
def page(look: Look, model: SettingsModel, qtbot: QtBot) -> SettingsPage:
    with qtbot.waitSignal(model.read):
        made = SettingsPage(look, model)
    qtbot.addWidget(made)
    made.resize(1136, 1400)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def line(asked: Asked) -> QLineEdit:
    assert isinstance(asked.field, QLineEdit)
    return asked.field


# ------------------------------------------------------------------------------------------------------- look


def test_that_the_look_changes_at_once_and_follows(page: SettingsPage, look: Look) -> None:
    page.findChild(ThemeChoice).choose("hc")  # type: ignore[union-attr]
    page.findChild(SizeChoice).choose("1.5")  # type: ignore[union-attr]
    page.wear.hidden.setChecked(True)
    assert (look.theme, look.scale, look.money.hidden) == (Theme.HC, 1.5, True)
    look.wear(hidden=False)
    assert not page.wear.hidden.isChecked()


# ------------------------------------------------------------------------------------------------------- lock


def test_that_the_time_to_the_lock_is_kept(page: SettingsPage, desk: Desk) -> None:
    assert page.lock.idle.key() == "10"
    page.lock.idle.choose("0")
    assert desk.preferences.idle_minutes == 0


def test_that_a_code_is_set_with_two_equal_entries(page: SettingsPage, desk: Desk) -> None:
    code = page.lock.code
    code.set.click()
    assert not code.now.isVisible()
    QTest.keyClicks(line(code.new), "2580")
    QTest.keyClicks(line(code.again), "2581")
    code.keep.click()
    assert code.again.wrong.text() == "两次输入的不一样，请再输一次。"
    line(code.again).setText("2580")
    QTest.keyClick(line(code.again), Qt.Key.Key_Return)
    assert desk.preferences.lock_code is not None
    assert opens("2580", desk.preferences.lock_code)
    assert page.lock.told.text() == "锁定码存好了。"
    assert code.set.text() == "更改锁定码…"
    assert line(code.new).text() == ""


def test_that_a_code_is_never_shown(page: SettingsPage, look: Look) -> None:
    page.lock.code.set.click()
    for theme in Theme:
        look.wear(theme=theme)
        assert line(page.lock.code.new).echoMode() is QLineEdit.EchoMode.Password


def test_that_a_short_code_is_told(page: SettingsPage, desk: Desk) -> None:
    page.lock.code.set.click()
    line(page.lock.code.new).setText("1")
    page.lock.code.keep.click()
    assert page.lock.code.new.wrong.text() == "锁定码要有 4 到 32 个字。"
    assert line(page.lock.code.new).hasFocus()
    assert desk.preferences.lock_code is None


def test_that_the_code_of_now_is_asked_before_it_goes(page: SettingsPage, desk: Desk) -> None:
    desk.prefer(Preferences(lock_code=hashed("2580")))
    code = page.lock.code
    code.remove.click()
    assert code.now.isVisible()
    assert not code.new.isVisible()
    line(code.now).setText("0000")
    code.keep.click()
    assert code.now.wrong.text() == "现在的锁定码不对。"
    line(code.now).setText("2580")
    code.keep.click()
    assert desk.preferences.lock_code is None
    assert not code.remove.isVisible()


def test_that_escape_leaves_the_code_as_it_was(page: SettingsPage, desk: Desk) -> None:
    page.lock.code.set.click()
    QTest.keyClicks(line(page.lock.code.new), "2580")
    QTest.keyClick(line(page.lock.code.new), Qt.Key.Key_Escape)
    assert not page.lock.code.new.isVisible()
    assert line(page.lock.code.new).text() == ""
    assert desk.preferences.lock_code is None


def test_that_enter_on_the_way_out_goes_out(page: SettingsPage, desk: Desk) -> None:
    page.lock.code.set.click()
    line(page.lock.code.new).setText("2580")
    line(page.lock.code.again).setText("2580")
    page.lock.code.leave.setFocus()
    QTest.keyClick(page.lock.code.leave, Qt.Key.Key_Return)
    assert desk.preferences.lock_code is None
    assert not page.lock.code.new.isVisible()


def test_that_it_says_what_a_lock_is_not(page: SettingsPage) -> None:
    assert "锁定只是把屏幕遮住，不给档案加密" in words(page.lock)


# ------------------------------------------------------------------------------------------------ conventions


def test_that_an_answer_is_a_change_with_its_step(page: SettingsPage, seen: Review, qtbot: QtBot) -> None:
    answers = page.conventions.answers["mutual_aid_pays_out_of_scope"]
    assert answers.key() == "pack"
    with qtbot.waitSignal(page.change) as asked:
        answers.choose("yes")
    assert asked.args == [answer(seen.family, "mutual_aid_pays_out_of_scope", True)]
    with qtbot.waitSignal(page.change) as asked:
        page.conventions.monthly.click()
    assert asked.args == [credit_monthly(seen.family, monthly=False)]


def test_that_each_question_carries_both_sides(page: SettingsPage) -> None:
    said = words(page.conventions)
    assert "目录外自费有争议，默认不付（国办发〔2021〕14号，可信度高）。" in said
    assert "另一种说法：个人负担的医疗费用都可付，含目录外自费。" in said


def test_that_undone_answers_are_shown_without_a_new_change(
    page: SettingsPage, seen: Review, qtbot: QtBot
) -> None:
    change = answer(seen.family, "own_account_pays_out_of_scope", False)
    answers = page.conventions.answers["own_account_pays_out_of_scope"]
    with qtbot.assertNotEmitted(page.change):
        page.renew(review(change.family, shipped()))
        assert answers.key() == "no"
        page.renew(seen)
        assert answers.key() == "pack"


def test_that_the_clause_can_be_read(page: SettingsPage, qtbot: QtBot) -> None:
    link = next(one for one in page.conventions.findChildren(Button) if one.text() == "在政策里看这一条")
    with qtbot.waitSignal(page.go) as went:
        link.click()
    assert went.args == ["policies", "mutual_aid.pays_for"]


# --------------------------------------------------------------------------------------------------- the book


def test_that_it_says_where_the_book_and_its_backups_lie(page: SettingsPage) -> None:
    said = words(page.book)
    assert "/家/周家.gongji" in said
    assert "/家/备份" in said
    assert "导入前" in said


def test_that_a_backup_is_restored_only_when_it_is_confirmed(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    restores = [one for one in page.book.findChildren(Button) if one.text() == "恢复…"]
    with qtbot.assertNotEmitted(page.restore_asked):
        restores[0].click()
        assert page.book.confirm.isVisible()
        assert page.book.stay.hasFocus()
        page.book.stay.click()
        assert not page.book.confirm.isVisible()
    restores[1].click()
    with qtbot.waitSignal(page.restore_asked) as asked:
        page.book.restore.click()
    assert asked.args == [desk.kept[1]]


def test_that_a_new_backup_is_listed(
    page: SettingsPage, model: SettingsModel, desk: Desk, qtbot: QtBot
) -> None:
    desk.kept.insert(0, Backup(Path("/家/备份/周家-3.gongji"), AT, "手动"))
    with qtbot.waitSignal(model.read):
        desk.again(desk.kept[0])
    qtbot.waitUntil(lambda: "手动" in words(page.book))


def test_that_backups_that_cannot_be_read_are_told(
    page: SettingsPage, model: SettingsModel, desk: Desk, qtbot: QtBot
) -> None:
    desk.trouble = FileTrouble("/家/备份", "读不了这个文件夹", "请检查权限")
    with qtbot.waitSignal(model.read):
        model.read_disk()
    assert "读不了这个文件夹。请检查权限。" in words(page.book)


def test_that_a_family_in_memory_says_so(look: Look, seen: Review, desk: Desk, qtbot: QtBot) -> None:
    desk.file, desk.kept, desk.steps = None, [], ()
    model = SettingsModel(seen, look, desk)
    with qtbot.waitSignal(model.read):
        page = SettingsPage(look, model)
    qtbot.addWidget(page)
    page.show()
    assert "只在内存里，还没有存成档案" in words(page.book)
    assert "还没有备份" in words(page.book)
    assert "打开以来还没有改动。" in words(page.steps)
    assert not page.book.back_up.isEnabled()


@pytest.mark.parametrize(("words_", "name"), [("另存副本…", "save_copy"), ("立即备份", "back_up")])
def test_that_copies_are_commands_of_the_window(
    page: SettingsPage, qtbot: QtBot, words_: str, name: str
) -> None:
    with qtbot.waitSignal(page.act) as asked:
        next(one for one in page.book.findChildren(Button) if one.text() == words_).click()
    assert asked.args == [name]


def test_that_steps_are_listed_newest_first_and_undone_ones_struck(
    page: SettingsPage, qtmodeltester: ModelTester
) -> None:
    grid = page.steps.grid
    qtmodeltester.check(grid)  # type: ignore[no-untyped-call]
    assert [grid.index(row, 1).data() for row in range(2)] == ["绑定岳父", "绑定母亲"]
    assert [grid.index(row, 2).data() for row in range(2)] == ["已撤销", ""]
    struck = grid.index(0, 1).data(Qt.ItemDataRole.FontRole)
    assert struck.strikeOut()
    assert grid.index(1, 1).data(Qt.ItemDataRole.FontRole) is None


def test_that_a_new_step_is_there_after_a_change(page: SettingsPage, desk: Desk, seen: Review) -> None:
    desk.steps = (Step("改由哥哥支付", AT, undone=False), *desk.steps)
    page.renew(seen)
    assert page.steps.grid.index(0, 1).data() == "改由哥哥支付"


# ------------------------------------------------------------------------------------------------------ about


def test_that_packs_and_libraries_are_told_with_their_versions(page: SettingsPage) -> None:
    packs, libraries = page.about.packs, page.about.libraries
    shown = {packs.index(row, 0).data(): packs.index(row, 2).data() for row in range(packs.rowCount())}
    assert shown["湖南"] == "2026-03-31"
    assert len(shown) == len(shipped().packs)
    assert "numpy" in {libraries.index(row, 0).data() for row in range(libraries.rowCount())}
    assert "引擎 1.0.0" in words(page.about)


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_that_the_page_fits_its_width(
    page: SettingsPage, fits_width: FitsWidth, scale: float, width: int
) -> None:
    assert fits_width(page, scale, width)
