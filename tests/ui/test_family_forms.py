"""家庭页的表单测试。A family put together from one person on: added, bound, checked, ended, mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from desktop.domain.binding import Channel, Relation
from desktop.domain.money import Money
from desktop.domain.people import Coverage, History, Scheme, Sex, Status
from desktop.ui.family.binding_form import BindingForm, EndForm
from desktop.ui.family.inspector import Todo
from desktop.ui.family.model import FamilyModel
from desktop.ui.family.person_form import PersonForm
from desktop.ui.family.view import NEW_PERSON, FamilyPage
from desktop.ui.look.tokens import Theme
from desktop.ui.widgets.basic import Button
from desktop.ui.widgets.forms import DayLine, typed_day
from desktop.ui.widgets.graph import NodeState
from desktop.usecases.bindings import BindingEntry, bind_relative
from desktop.usecases.changes import Change
from desktop.usecases.kin import kinship
from desktop.usecases.new_family import NewFamily, new_family
from desktop.usecases.open_family import open_family
from desktop.usecases.people import PersonEntry, add_person
from desktop.usecases.review import Review, review
from tests.families import CHANGSHA, RESOURCES, shipped
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.domain.family import Family
    from desktop.ui.look.look import Look

DAY = date(2026, 11, 21)
LIVED = Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, date(2016, 1, 1))


def changed(outcome: object) -> Family:
    assert isinstance(outcome, Change)
    return outcome.family


def alone() -> Family:
    ask = NewFamily(
        "林一",
        date(2015, 1, 1),
        CHANGSHA,
        sex=Sex.MALE,
        born=date(1984, 1, 1),
        opening=Money.yuan("6000.00"),
        base=Money.yuan("8000.00"),
    )
    return changed(new_family(ask, DAY))


def with_mother(family: Family, relation: Relation = Relation.PARENT) -> Family:
    entry = PersonEntry("刘蕙", relation, Sex.FEMALE, date(1958, 3, 14), None, (LIVED,))
    return changed(add_person(family, entry, DAY))


def bound(family: Family, person: str, since: date = date(2026, 1, 5), until: date | None = None) -> Family:
    entry = BindingEntry("person-1", person, Relation.PARENT, Channel.IN_PROVINCE, since, until)
    return changed(bind_relative(family, entry))


def seen(family: Family) -> Review:
    return review(family, shipped())


@pytest.fixture
def show(look: Look, qtbot: QtBot) -> Callable[[Family], FamilyPage]:
    """A page whose changes are kept at once, as the window keeps them."""

    def shown(family: Family) -> FamilyPage:
        page = FamilyPage(look, FamilyModel(seen(family), look))

        def keep(change: Change) -> None:
            page.renew(seen(change.family))
            page.choose(change.about)

        page.change.connect(keep, Qt.ConnectionType.QueuedConnection)
        qtbot.addWidget(page)
        page.resize(1136, 900)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    return shown


def words(widget: QWidget) -> str:
    """What can be read in it, once what was put into it has been laid out."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button(page: FamilyPage, text: str) -> QAbstractButton:
    QApplication.processEvents()
    found = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.text() == text]
    return found[0]


def type_in(line: QLineEdit, text: str) -> None:
    """As an input method does, for Chinese too."""
    line.setFocus()
    line.selectAll()
    line.insert(text)


def person_form(page: FamilyPage) -> PersonForm:
    QApplication.processEvents()
    assert isinstance(page.inspector.form, PersonForm)
    return page.inspector.form


def binding_form(page: FamilyPage) -> BindingForm:
    QApplication.processEvents()
    assert isinstance(page.inspector.form, BindingForm)
    return page.inspector.form


def choose_relation(form: PersonForm | BindingForm, relation: Relation) -> None:
    form.relation.choose(relation)
    form.relation.activated.emit(form.relation.currentIndex())


# -------------------------------------------------------------------------------------------------- a person


def test_that_a_family_of_one_says_what_to_do_first(show: Callable[[Family], FamilyPage]) -> None:
    page = show(alone())
    assert page.sheet.empty.isVisible()
    assert not page.add_button.isVisible()
    page.sheet.add_first.click()
    assert page.inspector.title.text() == "添加家人"
    assert person_form(page).name.hasFocus()


def test_that_a_mother_is_added_by_keyboard_and_stands_among_the_parents(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(alone())
    page.choose(NEW_PERSON)
    form = person_form(page)
    type_in(form.name, "刘蕙")
    choose_relation(form, Relation.PARENT)
    form.sex.choose("female")
    type_in(form.born.line, "1958年3月14日")
    assert form.commit_button.text() == "添加母亲"
    with qtbot.waitSignal(page.change) as kept:
        QTest.keyClick(form.born.line, Qt.Key.Key_Return)
    assert kept.args[0].step == "添加母亲"
    qtbot.waitUntil(lambda: page.inspector.form is None)
    assert page.inspector.title.text() == "母亲 刘*"
    node = next(one for one in page.sheet.graph._tree.nodes if one.id == "person-2")
    assert (node.generation, node.state, node.status) == (1, NodeState.UNBOUND, "没有绑定")
    assert not page.sheet.empty.isVisible()


def test_that_faults_stand_beside_their_fields_once_asked_for(show: Callable[[Family], FamilyPage]) -> None:
    page = show(alone())
    page.inspector.add_person()
    form = person_form(page)
    assert "没有写姓名" not in words(form)
    form.commit_button.click()
    assert "没有写姓名。" in words(form)
    assert "没有选是本人的什么人。" in words(form)
    assert form.name.accessibleDescription() == "没有写姓名。"
    assert form.name.hasFocus()


def test_that_what_is_typed_is_judged_as_it_is_typed(show: Callable[[Family], FamilyPage]) -> None:
    page = show(alone())
    page.inspector.add_person()
    form = person_form(page)
    type_in(form.born.line, "1958-02-30")
    assert "请填日历上有的一天，例如 2026-11-21。" in words(form)
    type_in(form.number, "110105194912310021")
    assert "身份证号的校验位不对" in words(form)


def test_that_a_number_fills_in_the_day_of_birth_and_the_sex(show: Callable[[Family], FamilyPage]) -> None:
    page = show(alone())
    page.inspector.add_person()
    form = person_form(page)
    type_in(form.number, "11010519491231002x")
    assert form.born.line.text() == "1949-12-31"
    assert form.sex.key() == "female"


def test_that_those_who_may_not_be_bound_can_be_chosen_and_are_told(
    show: Callable[[Family], FamilyPage],
) -> None:
    page = show(alone())
    page.inspector.add_person()
    form = person_form(page)
    offered = [form.relation.itemData(place) for place in range(form.relation.count())]
    assert offered[0] == ""
    assert offered[9:] == ["parent_in_law", "child_in_law", "other"]
    choose_relation(form, Relation.PARENT_IN_LAW)
    assert "不可以绑定：不在 8 类近亲属之内，可以登记。" in words(form)
    choose_relation(form, Relation.SPOUSE)
    assert "不可以绑定" not in words(form)


def test_that_stretches_of_insurance_are_added_changed_and_taken_away(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(with_mother(alone()))
    page.inspector.edit_person("person-2")
    form = person_form(page)
    form.more_stretch.click()
    held = form.editor.entry.coverage  # type: ignore[attr-defined]
    assert [one.since for one in held] == [date(2016, 1, 1), DAY]
    form._editor.edit_stretch(0, "until", until=date(2026, 11, 20))
    form._kind_chosen(1, "employee/retired")
    with qtbot.waitSignal(page.change) as kept:
        form.commit()
    mother = kept.args[0].family.person("person-2")
    assert [(one.scheme, one.until) for one in mother.coverage] == [
        (Scheme.RESIDENT, date(2026, 11, 20)),
        (Scheme.EMPLOYEE, None),
    ]
    qtbot.waitUntil(lambda: page.inspector.form is None)
    page.inspector.edit_person("person-2")
    for _ in range(2):
        button(page, "去掉这一段").click()
    assert "没有参保记录，按未参保计算。" in words(page)


def test_that_the_account_of_the_holder_is_mended(show: Callable[[Family], FamilyPage], qtbot: QtBot) -> None:
    page = show(alone())
    page.choose("person-1")
    button(page, "编辑").click()
    form = person_form(page)
    assert not form.relation.isVisible()
    assert not form.has_account.isEnabled()
    type_in(form.opening.line, "7,654.30")
    type_in(form.opened_on.line, "2026/10/1")
    form.more_base.click()
    form._editor.edit_base(1, "since", since=date(2026, 11, 22))
    with qtbot.waitSignal(page.change) as kept:
        form.commit()
    account = kept.args[0].family.people[0].account
    assert (str(account.opening), account.opened_on) == ("7654.30", date(2026, 10, 1))
    assert [one.since for one in account.bases] == [DAY, date(2026, 11, 22)]


def test_that_two_bases_of_one_day_are_told_at_the_second(show: Callable[[Family], FamilyPage]) -> None:
    page = show(alone())
    page.inspector.edit_person("person-1")
    form = person_form(page)
    form.more_base.click()
    form.commit_button.click()
    assert "这一天已经有一个缴费基数" in words(form)
    button(page, "去掉这个基数").click()
    assert form.editor.faults == {}


def test_that_an_account_comes_and_goes_with_its_box(show: Callable[[Family], FamilyPage]) -> None:
    page = show(with_mother(alone()))
    page.inspector.edit_person("person-2")
    form = person_form(page)
    assert not form.opening.isVisible()
    form.has_account.click()
    assert form.opening.isVisible()
    type_in(form.opening.line, "abc")
    assert form.opening.trouble() in words(form)
    form.has_account.click()
    assert form.editor.faults == {}


def test_that_someone_is_taken_out_unless_something_is_booked(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(with_mother(alone()))
    page.inspector.edit_person("person-2")
    with qtbot.waitSignal(page.change) as kept:
        button(page, "删去这位家人").click()
    assert kept.args[0].step == "删去母亲"
    booked = open_family(RESOURCES / "samples" / "sandwich-family.json", DAY)
    page = show(booked)
    page.inspector.edit_person("mother")
    with qtbot.assertNotEmitted(page.change):
        button(page, "删去这位家人").click()
    assert "笔记在这位家人名下，不能删去" in words(person_form(page))


# ----------------------------------------------------------------------------------------------- the keyboard


def test_that_escape_leaves_the_form_then_the_panel(show: Callable[[Family], FamilyPage]) -> None:
    page = show(with_mother(alone()))
    page.inspector.add_person()
    type_in(person_form(page).name, "某某")
    QTest.keyClick(page.inspector, Qt.Key.Key_Escape)
    assert page.inspector.form is None
    assert page.inspector.isVisible()
    assert page.sheet.graph.hasFocus()
    QTest.keyClick(page.inspector, Qt.Key.Key_Escape)
    assert not page.inspector.isVisible()
    page.inspector.add_person()
    assert person_form(page).name.text() == ""


def test_that_enter_on_someone_leads_to_what_can_be_done(show: Callable[[Family], FamilyPage]) -> None:
    page = show(with_mother(alone()))
    page.sheet.graph.setFocus()
    QTest.keyClick(page.sheet.graph, Qt.Key.Key_Return)
    assert page.inspector.isAncestorOf(page.focusWidget())


def test_that_enter_on_a_button_presses_it(show: Callable[[Family], FamilyPage]) -> None:
    page = show(with_mother(alone()))
    page.inspector.add_person()
    form = person_form(page)
    form.leave_button.setFocus()
    QTest.keyClick(form.leave_button, Qt.Key.Key_Return)
    assert page.inspector.form is None


def test_that_a_half_filled_form_stays_over_a_renewal_and_over_another_choice(
    show: Callable[[Family], FamilyPage],
) -> None:
    family = with_mother(alone())
    page = show(family)
    page.inspector.add_person()
    type_in(person_form(page).name, "某某")
    page.renew(seen(replace(family, name="另一个名字")))
    page.choose("person-2")
    assert person_form(page).name.text() == "某某"


def test_that_an_untouched_form_gives_way_to_another_choice(show: Callable[[Family], FamilyPage]) -> None:
    page = show(with_mother(alone()))
    page.inspector.add_person()
    page.choose("person-2")
    assert page.inspector.form is None


def test_that_a_form_of_someone_who_is_gone_is_closed(show: Callable[[Family], FamilyPage]) -> None:
    page = show(with_mother(alone()))
    page.inspector.edit_person("person-2")
    page.renew(seen(alone()))
    assert page.inspector.form is None
    assert page.inspector.title.text() == "本人 林*"


# ------------------------------------------------------------------------------------------------- a binding


def test_that_a_binding_is_checked_before_it_is_made(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(with_mother(alone()))
    page.choose("person-2")
    button(page, "绑定").click()
    form = binding_form(page)
    assert form.relation.key() == "parent"
    qtbot.waitUntil(lambda: "按现在的规则包，没有新的问题。" in words(form.check))
    told = words(form.check)
    assert "可以" in told
    assert "0 → 1 / 10" in told
    assert "12 个月内最低" in told
    assert form.commit_button.text() == "绑定"
    with qtbot.waitSignal(page.change) as kept:
        form.commit_button.click()
    assert kept.args[0].step == "绑定母亲"
    qtbot.waitUntil(lambda: page.inspector.form is None)
    assert page.inspector.title.text() == "母亲 刘*"
    assert "本人为母亲共济，2026-11-21 起" in words(page.inspector)


def test_that_a_broken_rule_is_shown_and_can_be_written_down(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(with_mother(alone(), Relation.PARENT_IN_LAW))
    page.inspector.bind("person-2")
    form = binding_form(page)
    qtbot.waitUntil(lambda: form.commit_button.text() == "照实记下")
    assert "不可以：岳母是本人的配偶的父母，不在这一天可以绑定的亲属之内" in words(form.check)
    assert "近亲属八类" in words(form.check)
    choose_relation(form, Relation.PARENT)
    qtbot.waitUntil(lambda: form.commit_button.text() == "绑定" and not form._editor.stale)
    choose_relation(form, Relation.PARENT_IN_LAW)
    qtbot.waitUntil(lambda: form.commit_button.text() == "照实记下")
    with qtbot.waitSignal(page.change) as kept:
        form.commit_button.click()
    assert kept.args[0].family.bindings[0].relation is Relation.PARENT_IN_LAW


def test_that_only_the_newest_question_is_answered(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(with_mother(alone()))
    page.inspector.bind("person-2")
    editor = binding_form(page)._editor
    for month in range(1, 9):
        editor.edit("since", since=date(2026, month, 1))
    assert editor.stale
    with qtbot.waitSignal(editor._trying.ended):
        pass
    assert editor.effect is not None
    assert editor.effect.then.family.bindings[0].since == date(2026, 8, 1)


def test_that_a_binding_is_proposed_for_one_who_has_none(show: Callable[[Family], FamilyPage]) -> None:
    """The mother is bound; the father, who came after her, is proposed."""
    family = bound(with_mother(alone()), "person-2")
    entry = PersonEntry("刘大海", Relation.PARENT, Sex.MALE, date(1956, 1, 1), None, (LIVED,))
    page = show(changed(add_person(family, entry, DAY)))
    page.choose("person-1")
    button(page, "绑定家人").click()
    assert binding_form(page).beneficiary.key() == "person-3"


def test_that_who_is_what_must_be_chosen_where_it_is_not_known(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    family = with_mother(alone())
    stranger = replace(family.person("person-2"), relation=None)
    page = show(replace(family, people=(family.people[0], stranger)))
    page.inspector.bind("person-2")
    form = binding_form(page)
    assert form.relation.key() == ""
    assert "填好上面各项，就在这里核对。" in words(form)
    form.commit_button.click()
    assert "请选使用人是共济人的什么人。" in words(form)
    choose_relation(form, Relation.PARENT)
    qtbot.waitUntil(lambda: form._editor.effect is not None)


def test_that_payer_and_beneficiary_in_one_are_refused_at_once(
    show: Callable[[Family], FamilyPage],
) -> None:
    page = show(with_mother(alone()))
    page.inspector.bind("person-2")
    form = binding_form(page)
    form.beneficiary.choose("person-1")
    form.beneficiary.activated.emit(0)
    assert "共济人和使用人是同一个人" in words(form)


def test_that_a_binding_is_mended_and_taken_out(show: Callable[[Family], FamilyPage], qtbot: QtBot) -> None:
    page = show(bound(with_mother(alone()), "person-2"))
    page.choose("binding-1")
    button(page, "修改绑定").click()
    form = binding_form(page)
    assert form.since.line.text() == "2026-01-05"
    form.channel.choose(Channel.WALLET)
    type_in(form.until.line, "2026-12-31")
    with qtbot.waitSignal(page.change) as kept:
        form.commit_button.click()
    (binding,) = kept.args[0].family.bindings
    assert (binding.channel, binding.until) == (Channel.WALLET, date(2026, 12, 31))
    qtbot.waitUntil(lambda: page.inspector.form is None)
    page.inspector.edit_binding("binding-1")
    QApplication.processEvents()
    with qtbot.waitSignal(page.change) as kept:
        button(page, "记错了，删去这条绑定").click()
    assert kept.args[0].family.bindings == ()


def test_that_a_binding_is_ended_and_its_person_stays_to_be_seen(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(bound(with_mother(alone()), "person-2"))
    page.choose("person-2")
    button(page, "结束绑定").click()
    form = page.inspector.form
    assert isinstance(form, EndForm)
    assert form.last_day.line.text() == "2026-11-21"
    type_in(form.last_day.line, "2026-01-01")
    assert "最后一天早于第一天 2026-01-05" in words(form)
    type_in(form.last_day.line, "2026-11-20")
    qtbot.waitUntil(lambda: "1 → 0 / 10" in words(form.check))
    with qtbot.waitSignal(page.change) as kept:
        form.commit_button.click()
    assert kept.args[0].step == "结束母亲的绑定"
    qtbot.waitUntil(lambda: page.inspector.form is None)
    node = next(one for one in page.sheet.graph._tree.nodes if one.id == "person-2")
    assert (node.state, node.status) == (NodeState.ENDED, "2026-01-05 至 2026-11-20")
    assert button(page, "重新绑定").isEnabled()


def test_that_a_binding_of_the_future_can_be_taken_out(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(bound(with_mother(alone()), "person-2", date(2026, 12, 5)))
    page.choose("person-2")
    node = next(one for one in page.sheet.graph._tree.nodes if one.id == "person-2")
    assert node.status == "2026-12-05 起绑定"
    assert "还没有开始" in words(page.inspector)
    with qtbot.waitSignal(page.change) as kept:
        button(page, "删去").click()
    assert kept.args[0].family.bindings == ()


def test_that_a_binding_that_stands_is_not_taken_out_by_one_press(
    show: Callable[[Family], FamilyPage],
) -> None:
    page = show(bound(with_mother(alone()), "person-2"))
    page.choose("person-2")
    texts = {one.text() for one in page.inspector.findChildren(Button) if one.isVisible()}
    assert "结束绑定" in texts
    assert "删去" not in texts


# ------------------------------------------------------------------------------------------------- what to do


def test_that_a_conflict_has_two_ways_with_the_money_of_each(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY))
    todo = page.inspector.findChildren(Todo)[0]
    qtbot.waitUntil(lambda: words(todo).count("首次不足") == 2)
    assert [card.radio.text() for card in todo.cards] == ["改由哥哥支付", "留本人，请哥哥解绑"]
    assert "2028年5月 → 5 年内无" in words(todo.cards[0])
    assert "2028年5月 不变" in words(todo.cards[1])
    assert "怎么办（二选一）" in words(todo)
    QTest.mouseClick(todo.cards[1], Qt.MouseButton.LeftButton)
    assert todo.cards[1].radio.isChecked()
    assert not todo.cards[0].radio.isChecked()
    with qtbot.waitSignal(page.change) as kept:
        todo.act.click()
    assert "bind-mother-elder-brother" not in {one.id for one in kept.args[0].family.bindings}
    qtbot.waitUntil(lambda: "两位共济人" not in page.sheet.graph.accessibleDescription())
    assert page.inspector.title.text() == "母亲 刘*"


def test_that_the_ways_of_one_who_is_no_longer_chosen_are_dropped(
    show: Callable[[Family], FamilyPage], qtbot: QtBot
) -> None:
    page = show(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY))
    page.choose("father_in_law")
    qtbot.waitUntil(lambda: "改由配偶绑定" in {one.text() for one in page.findChildren(QAbstractButton)})
    assert "改由哥哥支付" not in {
        one.text() for one in page.inspector.findChildren(QAbstractButton) if one.isVisible()
    }


# -------------------------------------------------------------------------------------------------- the looks


def test_that_privacy_leaves_no_name_no_number_and_no_sum_in_the_forms(
    show: Callable[[Family], FamilyPage], look: Look, qtbot: QtBot
) -> None:
    page = show(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY))
    page.inspector.edit_person("mother")
    look.wear(hidden=True)
    form = person_form(page)
    for line in (form.name, form.number):
        assert (line.echoMode(), line.masked, line.displayText()) == (QLineEdit.EchoMode.NoEcho, "••••", "")
    page.inspector.bind("mother")
    bind = binding_form(page)
    assert {bind.payer.itemText(place) for place in range(2)} == {"本人", "配偶"}
    page.inspector.end_binding("bind-father")
    end = page.inspector.form
    assert isinstance(end, EndForm)
    qtbot.waitUntil(lambda: "首次不足" in words(end.check))
    assert "•••• " in words(end.check)
    assert "2,232.01" not in words(end.check)


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_that_the_forms_fit_the_width_of_the_page(
    show: Callable[[Family], FamilyPage], look: Look, scale: float, width: int
) -> None:
    page = show(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY))
    opened: tuple[Callable[[], None], ...] = (
        page.inspector.add_person,
        lambda: page.inspector.edit_person("me"),
        lambda: page.inspector.edit_binding("bind-mother"),
    )
    for theme in Theme:
        look.wear(theme=theme, scale=scale)
        for form in opened:
            form()
            assert page.minimumSizeHint().width() <= width


def test_that_every_control_of_the_forms_has_a_name(show: Callable[[Family], FamilyPage]) -> None:
    page = show(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY))
    opened: tuple[Callable[[], None], ...] = (
        lambda: page.inspector.edit_person("me"),
        lambda: page.inspector.edit_binding("bind-mother"),
        lambda: page.inspector.end_binding("bind-father"),
    )
    for form in opened:
        form()
        QApplication.processEvents()
        shown = page.inspector.form
        assert shown is not None
        for one in shown.findChildren(QWidget):
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible():
                assert one.accessibleName() or one.property("text"), one


def test_that_eleven_people_stand_apart_from_each_other(show: Callable[[Family], FamilyPage]) -> None:
    family = alone()
    relations = (
        *[Relation.PARENT] * 2,
        *[Relation.SPOUSE],
        *[Relation.CHILD] * 2,
        *[Relation.SIBLING] * 2,
        *[Relation.GRANDPARENT] * 2,
        Relation.MATERNAL_GRANDPARENT,
    )
    for number, relation in enumerate(relations):
        entry = PersonEntry(f"亲{number}", relation, Sex.FEMALE, date(1960, 1, 1), None, (LIVED,))
        family = changed(add_person(family, entry, DAY))
        ask = BindingEntry("person-1", family.people[-1].id, relation, Channel.IN_PROVINCE, date(2026, 1, 1))
        family = changed(bind_relative(family, ask))
    page = show(family)
    graph = page.sheet.graph
    areas = {one.id: graph.card_area(one.id) for one in family.people}
    holder = areas.pop("person-1")
    rest = list(areas.values())
    assert not any(a.intersects(b) for place, a in enumerate(rest) for b in [holder, *rest[place + 1 :]])
    above = [
        one for one in rest if abs(one.center().x() - holder.center().x()) < 1 and one.bottom() < holder.top()
    ]
    assert len(above) == 1  # no line runs through a card


# --------------------------------------------------------------------------------------------------- the days


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-6-1", date(2024, 6, 1)),
        ("20240601", date(2024, 6, 1)),
        ("２０２４年６月１日", date(2024, 6, 1)),
        ("2024/06/01", date(2024, 6, 1)),
        ("2024-02-30", None),
        ("2024", None),
        ("", None),
    ],
)
def test_that_a_day_is_read_in_any_usual_way(typed: str, day: date | None) -> None:
    assert typed_day(typed) == day


def test_that_a_day_goes_on_by_keys_and_comes_from_the_calendar(look: Look, qtbot: QtBot) -> None:
    line = DayLine(look, "第一天")
    qtbot.addWidget(line)
    line.show()
    line.put(date(2024, 2, 28))
    with qtbot.waitSignal(line.typed):
        QTest.keyClick(line, Qt.Key.Key_Up)
    assert line.day() == date(2024, 2, 29)
    QTest.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert line._calendar is not None
    assert line._calendar.isVisible()
    with qtbot.waitSignal(line.typed):
        line._calendar.clicked.emit(QDate(2024, 5, 6))
    assert line.text() == "2024-05-06"
    assert not line._calendar.isVisible()
    line.setText("2024年5月7日")
    line.editingFinished.emit()
    assert line.text() == "2024-05-07"
    line.put(None)
    assert line.text() == ""


def test_that_a_mother_is_called_so_by_everyone() -> None:
    family = with_mother(alone())
    assert kinship(family, "person-1")["person-2"].word == "母亲"


# ---------------------------------------------------------------------------------------------- what was paid


def history_of(page: FamilyPage) -> PersonForm:
    page.inspector.edit_person("person-1")
    form = person_form(page)
    form.history.has_history.setChecked(True)
    QApplication.processEvents()
    return form


def test_that_what_was_paid_is_filled_in_and_kept(show: Callable[[Family], FamilyPage], qtbot: QtBot) -> None:
    page = show(alone())
    form = history_of(page)
    type_in(form.history.lines["employee_months"], "182")
    type_in(form.history.lines["local_months"], "120")
    type_in(form.history.lines["resident_years"], "2012-2014、2016")
    type_in(form.history.lines["zero_claim_years"], "2013")
    form.history.retires_at.choose("60")
    with qtbot.waitSignal(page.change) as kept:
        form.commit_button.click()
    person = kept.args[0].family.person("person-1")
    assert person.history == History(DAY, 182, 120, 0, (2012, 2013, 2014, 2016), (2013,))
    assert person.retires_at == 60
    qtbot.waitUntil(lambda: page.inspector.form is None)
    page.inspector.edit_person("person-1")
    again = person_form(page)
    assert again.history.lines["resident_years"].text() == "2012-2014、2016"
    again.history.has_history.setChecked(False)
    again.history.retires_at.choose("")
    with qtbot.waitSignal(page.change) as kept:
        again.commit_button.click()
    person = kept.args[0].family.person("person-1")
    assert (person.history, person.retires_at) == (None, None)


@pytest.mark.parametrize(
    ("name", "nonsense", "said"),
    [
        ("employee_months", "许多", "请填整数的月数"),
        ("employee_months", "9999", "要在 0 到"),
        ("local_months", "12", "多于全部的月数"),
        ("resident_years", "去年", "请填年度"),
        ("resident_years", "1980", "参保年度要在"),
        ("zero_claim_years", "2020", "没有缴过居民医保费"),
    ],
)
def test_that_what_cannot_have_been_paid_is_told_beside_its_field(
    show: Callable[[Family], FamilyPage], qtbot: QtBot, name: str, nonsense: str, said: str
) -> None:
    form = history_of(show(alone()))
    type_in(form.history.lines[name], nonsense)
    qtbot.waitUntil(lambda: said in words(form._asked[f"history.{name}"]))
    form.commit_button.click()
    assert form.editor.sent is None
