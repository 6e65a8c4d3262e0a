"""还不知道的页测试。What is not known is listed, filled in as a copy of a pack, checked, and used at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from desktop.domain.money import Money
from desktop.ui.policies.editor import CoverEditor, Several, ValueEditor
from desktop.ui.policies.model import PoliciesModel
from desktop.ui.policies.view import PoliciesPage
from desktop.ui.widgets.fields import Combo
from desktop.ui.widgets.forms import DayLine
from desktop.usecases.compare_packs import changes_on
from desktop.usecases.open_family import open_family
from desktop.usecases.pack_copies import PackChange, PackPlaces
from desktop.usecases.review import review
from desktop.usecases.unknowns import Group
from tests.families import RESOURCES, shipped
from tests.ui.conftest import WIDTHS
from tests.ui.desk import PATIENCE, SAMPLES, TODAY, Desk, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look
    from tests.ui.conftest import FitsWidth

PERSONAL = ("premium.personal/", ())
FROM, TO = ("premium.window/", ("from",)), ("premium.window/", ("to",))
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    made = Desk(qtbot, tmp_path)
    made.open(SAMPLES / "sandwich-family.json")
    return made


def page_of(desk: Desk, what: str = "unknown") -> PoliciesPage:
    desk.session.go("policies", what)
    shown = desk.window.shown
    assert isinstance(shown, PoliciesPage)
    return shown


def editor_of(page: PoliciesPage) -> ValueEditor:
    editor = page.unknown.detail.editor
    assert isinstance(editor, ValueEditor)
    return editor


def put(editor: ValueEditor, where: tuple[str, tuple[str, ...]], words: str) -> None:
    field = editor.inputs[where]
    assert isinstance(field, QLineEdit)
    field.setText(words)


def fill(page: PoliciesPage, amount: str) -> ValueEditor:
    """The premium of 2027 with its window, from the one notice."""
    page.choose("edit:premium.personal")
    QApplication.processEvents()
    editor = editor_of(page)
    put(editor, PERSONAL, amount)
    put(editor, FROM, "2026-09-01")
    put(editor, TO, "2027-01-31")
    editor.title.setText("2027年度参保缴费通告")
    return editor


def press(widget: QWidget, words_: str) -> None:
    """By the keyboard, as it can be reached; what has just been built is shown with the next events."""
    QApplication.processEvents()
    buttons = [one for one in widget.findChildren(QAbstractButton) if one.text() == words_]
    QTest.keyClick(next(one for one in buttons if one.isVisible()), Qt.Key.Key_Space)


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def use(desk: Desk, page: PoliciesPage, amount: str = "420") -> None:
    editor = fill(page, amount)
    with desk.qtbot.waitSignal(desk.session.kept, timeout=PATIENCE):
        editor.save.click()


def premiums_of_2027(desk: Desk) -> set[Money]:
    assert desk.session.seen is not None
    paid = desk.session.seen.review.ahead.ledger.premiums.values()
    return {one.amount for one in paid if one.payment.benefit_year == 2027}


def estimated(desk: Desk) -> set[str]:
    assert desk.session.seen is not None
    seen = desk.session.seen.review
    return {one.key for one in changes_on(seen.family, seen.book, NEW_YEAR).estimated}


# ------------------------------------------------------------------------------------------------- the list


def test_that_the_page_has_two_views_and_says_how_much_is_not_known(desk: Desk) -> None:
    page = page_of(desk, "premium.personal")
    assert page.other.text() == f"还不知道的（{page.unknown.model.unknowns.open}）"
    press(page, page.other.text())
    assert page.unknown.isVisible()
    assert not page.values.isVisible()
    assert "说不准" in page.head.context.text()
    press(page, "规则包里的每一个数")
    assert page.values.isVisible()


def test_that_groups_and_what_the_family_relies_on_can_be_seen_alone(desk: Desk) -> None:
    page = page_of(desk)
    page.unknown.list.groups.chosen.emit(str(Group.ENDING))
    shown = [one for one in page.unknown.list.list.items if not one.head]
    assert len(shown) == page.unknown.model.unknowns.counts[Group.ENDING]
    page.unknown.list.mine.click()
    mine = [one for one in page.unknown.list.list.items if not one.head]
    assert {one.key for one in mine} == {"premium.personal", "premium.window", "premium.late"}
    page.unknown.list.groups.chosen.emit(str(Group.UNPUBLISHED))
    assert page.unknown.list.none.isVisible()
    assert page.unknown.detail.editor is None


def test_that_one_of_them_says_what_is_done_meanwhile_and_who_relies_on_it(desk: Desk) -> None:
    page = page_of(desk)
    page.unknown.list.list.chosen.emit("premium.personal")
    said = words(page.unknown.detail)
    assert "照 400.00 元/年 估计，标“估”" in said
    assert "4 人的居民医保费" in said
    press(page.unknown.detail, "看它的沿革")
    assert page.values.isVisible()


def test_that_statements_say_why_they_are_not_used(desk: Desk) -> None:
    page = page_of(desk)
    found = {one.group: one for one in page.unknown.model.unknowns.items}
    page.unknown.model.choose(found[Group.IDLE].id)
    assert "为什么没有用来算" in words(page.unknown.detail)
    page.unknown.model.choose(found[Group.REFUSED].id)
    assert "为什么不采用" in words(page.unknown.detail)
    page.unknown.model.choose(found[Group.DISPUTED].id)
    assert "别处的说法" in words(page.unknown.detail)
    page.unknown.model.choose(found[Group.UNPUBLISHED].id)
    assert "还没有公布" in words(page.unknown.detail)


# ----------------------------------------------------------------------------------------------- filling in


def test_that_next_years_premium_is_filled_in_and_planned_with(desk: Desk) -> None:
    assert premiums_of_2027(desk) == {Money.yuan(400)}
    assert "premium.personal" in estimated(desk)
    page = page_of(desk)
    use(desk, page)
    assert premiums_of_2027(desk) == {Money.yuan(420)}
    assert not {"premium.personal", "premium.window"} & estimated(desk)
    assert "本机副本" in desk.window.notice.sentence
    assert desk.session.seen is not None
    assert ("湖南", "2026.1+本地1") in desk.session.seen.review.packs
    assert "420.00 元/年，2027-01-01 起" in words(page.unknown.detail)


def test_that_nonsense_shows_its_fault_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    editor = fill(page, "四百二十")
    editor.save.click()
    wait_until(desk, lambda: editor.save.isEnabled() and bool(editor.asked[PERSONAL].wrong.text()))
    assert editor.asked[PERSONAL].wrong.text() == "请填数，例如 420.00。"
    assert editor.inputs[PERSONAL].property("wrong")
    assert "还没有保存" in words(editor)
    assert not (tmp_path / "packs").exists()
    put(editor, PERSONAL, "420")
    editor.check.click()
    wait_until(desk, lambda: "用上以后" in words(editor))
    assert editor.asked[PERSONAL].wrong.text() == ""


def test_that_what_it_changes_is_shown_before_it_is_used(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    editor = fill(page, "420")
    assert editor.says.text() == "居民医保 个人缴费标准：420.00 元/年（2027-01-01 起）"
    press(editor, "检查")
    wait_until(desk, lambda: "用上以后，有 1 项变化关系到我们家" in words(editor))
    assert "400.00 元/年 → 420.00 元/年" in words(editor)
    assert not (tmp_path / "packs").exists()


def test_that_a_sentence_of_ones_own_stays(desk: Desk) -> None:
    editor = fill(page_of(desk), "420")
    editor.says.setText("")
    QTest.keyClicks(editor.says, "mine")
    put(editor, PERSONAL, "430")
    assert editor.says.text() == "mine"


def test_that_a_fault_of_the_reader_stands_beside_its_field(desk: Desk) -> None:
    page = page_of(desk)
    editor = fill(page, "420")
    editor.since.put(date(2027, 3, 1))
    editor.check.click()
    wait_until(desk, lambda: bool(editor.asked["since", ()].wrong.text()))
    assert "没有值" in editor.asked["since", ()].wrong.text()


def test_that_escape_leaves_the_form_and_the_value_is_shown(desk: Desk) -> None:
    page = page_of(desk)
    editor = fill(page, "420")
    QTest.keyClick(editor.title, Qt.Key.Key_Escape)
    assert page.unknown.detail.editor is None
    assert "去填写" in [one.text() for one in page.unknown.detail.findChildren(QAbstractButton)]


def test_that_every_kind_of_value_has_its_own_field(desk: Desk) -> None:
    page = page_of(desk)
    kinds = {
        "mutual_aid.pays_for/in_province": Several,
        "mutual_aid.area/in_province": Combo,
        "premium.window": DayLine,
        "account.base_floor": QLineEdit,
    }
    for what, kind in kinds.items():
        page.choose(f"edit:{what}")
        editor = editor_of(page)
        assert isinstance(next(iter(editor.inputs.values())), kind), what
        assert all(field.accessibleName() for field in editor.inputs.values())
    page.choose("edit:mutual_aid.pays_for/in_province")
    editor = editor_of(page)
    before = editor.says.text()
    box = next(one for one in editor.findChildren(QAbstractButton) if one.text() == "目录外自费")
    box.click()
    assert editor.says.text() != before


def test_that_an_unknown_key_opens_no_form(desk: Desk) -> None:
    page = page_of(desk, "edit:no.such")
    assert page.unknown.detail.editor is None


def test_that_the_same_document_can_be_filled_in_whole(desk: Desk) -> None:
    editor = fill(page_of(desk), "420")
    assert not editor.others.isVisible()
    press(editor, editor.more.text())
    assert editor.others.isVisible()


# ------------------------------------------------------------------------------------------------ the copies


def test_that_a_copy_survives_a_restart(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    use(desk, page_of(desk))
    desk.keeper.close()
    again = Desk(qtbot, tmp_path)
    again.open(SAMPLES / "sandwich-family.json")
    assert premiums_of_2027(again) == {Money.yuan(420)}


def test_that_a_broken_copy_is_told_and_not_used(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    use(desk, page_of(desk))
    desk.keeper.close()
    (tmp_path / "packs" / "cn-43.2" / "premium.toml").write_text("[[personal]", encoding="utf-8")
    again = Desk(qtbot, tmp_path)
    again.open(SAMPLES / "sandwich-family.json")
    assert premiums_of_2027(again) == {Money.yuan(400)}
    assert "用原来的规则包" in again.window.notice.sentence


def test_that_a_copy_is_taken_away_and_put_back(desk: Desk) -> None:
    page = page_of(desk)
    use(desk, page)
    with desk.qtbot.waitSignal(desk.session.kept, timeout=PATIENCE):
        press(page.unknown.detail, "换回原来的")
    assert premiums_of_2027(desk) == {Money.yuan(400)}
    assert page.unknown.list.list.hasFocus()
    with desk.qtbot.waitSignal(desk.session.kept, timeout=PATIENCE):
        press(page.unknown.detail, "放回本机副本")
    assert premiums_of_2027(desk) == {Money.yuan(420)}


def test_that_what_cannot_be_written_is_told_and_what_was_typed_stays(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    (tmp_path / "packs").write_text("a file in the way", encoding="utf-8")
    editor = fill(page, "420")
    with desk.qtbot.waitSignal(desk.session.refused, timeout=PATIENCE):
        editor.save.click()
    assert page.unknown.detail.editor is editor
    assert premiums_of_2027(desk) == {Money.yuan(400)}


def test_that_nothing_is_laid_while_something_else_is_kept(desk: Desk) -> None:
    desk.keeper.recheck()
    desk.session.lay(PackChange("", lambda: None))
    assert "再做一次" in desk.window.notice.sentence


def test_that_the_cover_of_a_pack_is_changed(desk: Desk) -> None:
    page = page_of(desk)
    page.unknown.model.choose("pack:cn-4301")
    press(page.unknown.detail, "改收录期限和核对日")
    editor = page.unknown.detail.editor
    assert isinstance(editor, CoverEditor)
    editor.until.setText("某天")
    editor.check.click()
    assert "日历" in editor.asked["until", ()].wrong.text()
    editor.until.setText("2027-12-31")
    editor.check.click()
    wait_until(desk, lambda: "可以用" in words(editor))
    with desk.qtbot.waitSignal(desk.session.kept, timeout=PATIENCE):
        editor.save.click()
    assert "2027-12-31" in words(page.unknown.detail)


# --------------------------------------------------------------------------------------------- how it looks


def test_that_without_a_place_for_copies_nothing_can_be_filled_in(look: Look, qtbot: QtBot) -> None:
    seen = review(open_family(SAMPLES / "sandwich-family.json", TODAY), shipped())
    page = PoliciesPage(look, PoliciesModel(seen, look))
    qtbot.addWidget(page)
    page.choose("edit:premium.personal")
    assert page.unknown.detail.editor is None
    page.unknown.model.choose("premium.personal")
    assert "去填写" not in [one.text() for one in page.unknown.detail.findChildren(QAbstractButton)]


def test_that_another_place_is_asked_about_when_the_page_shows_it(look: Look, qtbot: QtBot) -> None:
    seen = review(open_family(SAMPLES / "sandwich-family.json", TODAY), shipped())
    model = PoliciesModel(seen, look)
    page = PoliciesPage(look, model)
    qtbot.addWidget(page)
    model.choose_area("430200")
    assert page.unknown.model.unknowns.packs[0].title == "株洲"


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_that_list_and_form_fit_at_every_width(
    scale: float, width: int, look: Look, fits_width: FitsWidth, tmp_path: Path
) -> None:
    seen = review(open_family(SAMPLES / "sandwich-family.json", TODAY), shipped())
    page = PoliciesPage(look, PoliciesModel(seen, look), PackPlaces(RESOURCES / "policy", tmp_path))
    page.choose("unknown")
    assert fits_width(page, scale, width)
    page.choose("edit:employee_inpatient.pool_share")
    assert fits_width(page, scale, width)
