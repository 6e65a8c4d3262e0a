"""首次启动页测试。Ways to begin, samples told from what they hold, and a family begun with one person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.money import Money
from desktop.domain.people import Sex, Status
from desktop.ui.look.tokens import Theme, Verdict
from desktop.ui.start.entry import NewFamilyModel
from desktop.ui.start.model import StartModel, studied
from desktop.ui.start.new_family import NewFamilyPage
from desktop.ui.start.view import StartPage
from desktop.ui.wear import SizeChoice, ThemeChoice
from desktop.ui.widgets.basic import Button
from desktop.ui.widgets.even import Even
from desktop.ui.widgets.fields import MoneyField
from desktop.usecases.changes import Change
from desktop.usecases.open_family import open_family
from desktop.usecases.review import review
from tests.families import RESOURCES, shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

DAY = date(2026, 11, 21)
SAMPLES = ("sandwich-family.json", "young-couple.json", "retiree.json")


def today() -> date:
    return DAY


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> StartPage:
    """A page whose samples have been worked out."""
    model = StartModel(look, RESOURCES, today, "1.0.0")
    with qtbot.waitSignals([model.studied] * len(SAMPLES)):
        made = StartPage(look, model)
    qtbot.addWidget(made)
    made.resize(1360, 788)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


# ----------------------------------------------------------------------------------------------- the samples


@pytest.mark.parametrize("key", SAMPLES)
def test_that_a_sample_is_told_from_its_own_review(page: StartPage, key: str) -> None:
    seen = review(open_family(RESOURCES / "samples" / key, DAY), shipped())
    known = page.findChild(StartModel).facts(key)  # type: ignore[union-attr]
    assert known is not None
    assert known.people == len(seen.family.people)
    assert known.found.get(Verdict.BAD, 0) == seen.errors
    assert sum(known.found.values()) == len(seen.ledger.findings)
    assert known == studied(seen)


def test_that_the_picture_shows_who_pays_for_whom_and_the_conflict() -> None:
    seen = review(open_family(RESOURCES / "samples" / SAMPLES[0], DAY), shipped())
    circle = studied(seen).circle
    assert circle.middle.person == "me"
    assert {dot.person for dot in circle.around if dot.contested} == {"mother"}
    assert {(one.payer, one.beneficiary) for one in circle.threads if one.broken} == {
        ("me", "mother"),
        ("elder_brother", "mother"),
    }
    assert {dot.person for dot in circle.around if dot.pays} == {"elder_brother"}
    assert circle.places()["mother"] == (0.0, -1.0)


def test_that_the_card_says_what_the_picture_shows(page: StartPage) -> None:
    card = page.cards[0]
    assert "12 口人，4 个城市，绑定 7 / 10" in words(card)
    assert "本人为母亲共济" in card.picture.accessibleName()
    assert card.picture.accessibleName().endswith("；母亲有两位共济人")


def test_that_until_then_the_card_says_so(look: Look, qtbot: QtBot) -> None:
    model = StartModel(look, RESOURCES, today, "1.0.0")
    assert model.summary(SAMPLES[0]) == "正在核对…"
    assert model.verdicts(SAMPLES[0]) == ()
    assert model.versions == "引擎 1.0.0"


def test_that_the_packs_are_told_once_they_are_read(page: StartPage) -> None:
    assert "规则包 全国 2026.1，湖南 2026.1，引擎 1.0.0" in words(page)


# ------------------------------------------------------------------------------------------------- the ways


@pytest.mark.parametrize(("place", "signal"), [(0, "new_asked"), (1, "open_asked"), (2, "import_asked")])
def test_that_a_large_key_asks_for_its_way(page: StartPage, qtbot: QtBot, place: int, signal: str) -> None:
    with qtbot.waitSignal(getattr(page, signal)):
        QTest.keyClick(page.ways[place], Qt.Key.Key_Space)


def test_that_a_sample_is_asked_for_by_its_file(page: StartPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.sample_asked) as asked:
        page.cards[2].button.click()
    assert asked.args == ["retiree.json"]


def test_that_recent_books_are_there_only_when_there_are_any(page: StartPage, qtbot: QtBot) -> None:
    assert not page.recent.isVisible()
    books = [Path(f"/家/{name}.gongji") for name in ("周家", "刘家", "陈家", "吴家")]
    page.show_recent(books)
    links = [one for one in page.recent.findChildren(Button) if one.isVisible()]
    assert [one.text() for one in links] == ["周家", "刘家", "陈家"]
    with qtbot.waitSignal(page.recent_asked) as asked:
        links[1].click()
    assert asked.args == [books[1]]


def test_that_size_and_theme_work_at_once(page: StartPage, look: Look) -> None:
    page.findChild(ThemeChoice).choose("dark")  # type: ignore[union-attr]
    page.findChild(SizeChoice).choose("1.25")  # type: ignore[union-attr]
    assert (look.theme, look.scale) == (Theme.DARK, 1.25)
    look.wear(theme=Theme.HC, scale=1.0)
    assert page.findChild(ThemeChoice).key() == "hc"  # type: ignore[union-attr]
    assert page.findChild(SizeChoice).key() == "1.0"  # type: ignore[union-attr]


@pytest.mark.parametrize(("wide", "across"), [(1360, 3), (1024, 3), (640, 2), (440, 1)])
def test_that_cards_stand_side_by_side_while_there_is_room(
    page: StartPage, qtbot: QtBot, wide: int, across: int
) -> None:
    for width in (min(wide, 1024), wide):  # a window that grows narrow passes every width on its way
        page.resize(width, 788)
    even = page.cards[0].parentWidget()
    assert isinstance(even, Even)
    qtbot.waitUntil(lambda: even.across == across)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_nothing_is_wider_than_a_small_window(page: StartPage, look: Look, scale: float) -> None:
    look.wear(scale=scale)
    assert page.minimumSizeHint().width() <= 1000


# --------------------------------------------------------------------------------------------- a new family


@pytest.fixture
def form(look: Look, qtbot: QtBot) -> NewFamilyPage:
    model = NewFamilyModel(RESOURCES, today)
    with qtbot.waitSignal(model.offered):
        made = NewFamilyPage(look, model)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def fill(form: NewFamilyPage) -> None:
    form.person.insert("周予安")
    form.sex.choose("female")
    QTest.keyClicks(form.born, "1988-04-02")
    form.area.choose("430100")
    form.area.activated.emit(form.area.currentIndex())
    QTest.keyClicks(form.since, "2012-07-01")
    QTest.keyClicks(form.opening.line, "12,612.55")
    QTest.keyClicks(form.base.line, "7700")


def test_that_one_sheet_makes_a_family(form: NewFamilyPage, qtbot: QtBot) -> None:
    fill(form)
    with qtbot.waitSignal(form.created) as made:
        form.make.click()
    change = made.args[0]
    assert isinstance(change, Change)
    assert (change.step, change.family.name) == ("新建周家", "周家")
    me = change.family.person(change.about)
    assert (me.name, me.sex, me.born) == ("周予安", Sex.FEMALE, date(1988, 4, 2))
    assert me.coverage_on(DAY) is not None
    assert me.coverage_on(DAY).area == "430100"  # type: ignore[union-attr]
    assert me.account is not None
    assert (me.account.opened_on, me.account.opening) == (DAY, Money.yuan("12612.55"))
    assert me.account.base_on(DAY) == Money.yuan("7700.00")


def test_that_a_retired_holder_has_no_wages(form: NewFamilyPage, qtbot: QtBot) -> None:
    fill(form)
    form.status.choose("retired")
    assert not form.base.isVisible()
    with qtbot.waitSignal(form.created) as made:
        form.make.click()
    me = made.args[0].family.people[0]
    assert me.coverage[0].status is Status.RETIRED
    assert me.account.bases == ()


def complaint(form: NewFamilyPage, place: str) -> str:
    field = form.fields[place]
    return field.wrong.text() if not field.wrong.isHidden() else ""


def test_that_an_empty_sheet_complains_only_when_it_is_to_be_made(form: NewFamilyPage) -> None:
    asked = list(form.fields)
    assert [complaint(form, place) for place in asked] == [""] * len(asked)
    form.make.click()
    assert complaint(form, "person") == "没有写姓名。"
    assert complaint(form, "area") == "请选参保地。"
    assert complaint(form, "since") == "请填日期，例如 2019-07-01。"
    assert form.person.hasFocus()


@pytest.mark.parametrize(
    ("place", "typed", "says"),
    [
        ("since", "2012-13-01", "请填日历上有的一天，例如 2026-11-21。"),
        ("opening", "一万", "请填金额，例如 1060 或 1,060.00，最多两位小数。"),
        ("opened_on", "2030-01-01", "余额要写今天或以前某一天的。"),
    ],
)
def test_that_nonsense_is_told_beside_its_field(
    form: NewFamilyPage, qtbot: QtBot, place: str, typed: str, says: str
) -> None:
    fill(form)
    field = form.fields[place]
    line = field.line if isinstance(field, MoneyField) else field.field
    line.clear()  # type: ignore[attr-defined]
    line.insert(typed)  # type: ignore[attr-defined]
    assert complaint(form, place) == says
    with qtbot.assertNotEmitted(form.created):
        form.make.click()


def test_that_enter_makes_the_family_and_leaves_from_its_button(form: NewFamilyPage, qtbot: QtBot) -> None:
    fill(form)
    with qtbot.waitSignal(form.created):
        QTest.keyClick(form.opening.line, Qt.Key.Key_Return)
    form.give_up.setFocus()
    with qtbot.waitSignal(form.leave):
        QTest.keyClick(form.give_up, Qt.Key.Key_Return)


def test_that_escape_leaves(form: NewFamilyPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.leave):
        QTest.keyClick(form.person, Qt.Key.Key_Escape)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("make", ["page", "form"])
def test_that_no_words_are_cut(
    request: pytest.FixtureRequest, look: Look, scale: float, make: str, qtbot: QtBot
) -> None:
    shown: QWidget = request.getfixturevalue(make)
    look.wear(scale=scale)
    shown.resize(1000, 628)
    shown.resize(1000, max(shown.minimumSizeHint().height(), shown.sizeHint().height()))
    qtbot.wait(1)
    cut: Callable[[QLabel], bool] = lambda label: label.width() < label.minimumSizeHint().width()  # noqa: E731
    assert [one.text() for one in shown.findChildren(QLabel) if one.isVisible() and cut(one)] == []
