"""家庭页测试。Who pays for whom as a graph and as a table, and what is said of the one chosen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.money import Money
from desktop.ui.family.model import FamilyModel
from desktop.ui.family.view import FamilyPage
from desktop.ui.look.tokens import Verdict
from desktop.ui.widgets.basic import Button
from desktop.ui.widgets.graph import NodeState
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look
    from tests.ui.conftest import FitsWidth

DAY = date(2026, 11, 21)


def opened(sample: str) -> Review:
    return review(open_family(RESOURCES / "samples" / f"{sample}.json", DAY), shipped())


@pytest.fixture(scope="module")
def seen() -> Review:
    return opened("sandwich-family")


@pytest.fixture
def model(seen: Review, look: Look) -> FamilyModel:
    return FamilyModel(seen, look)


@pytest.fixture
def page(model: FamilyModel, look: Look, qtbot: QtBot) -> FamilyPage:
    made = FamilyPage(look, model)
    qtbot.addWidget(made)
    made.resize(1136, 760)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


# -------------------------------------------------------------------------------------------------- the model


def test_that_the_slots_say_what_is_left(model: FamilyModel) -> None:
    assert (model.active.used, model.active.of, model.active.note) == (7, 10, "还可再绑 3 人")
    assert (model.lifetime.used, model.lifetime.of) == (9, 20)
    assert model.lifetime.note == "解绑不退还名额，重绑同一人不再占用"
    assert model.context == "谁出钱、谁使用，今年已共济 5,672.20"


def test_that_everyone_is_a_node_with_relation_age_cover_and_place(model: FamilyModel) -> None:
    nodes = {node.id: node for node in model.tree.nodes}
    mother, brother, grandmother = nodes["mother"], nodes["brother"], nodes["grandmother"]
    assert (mother.relation, mother.state, mother.status) == ("母亲", NodeState.CONFLICT, "两位共济人")
    assert (brother.relation, brother.detail) == ("弟弟", "36岁，灵活就业，长沙")
    assert (grandmother.generation, grandmother.detail) == (0, "86岁，居民，邵阳")
    assert nodes["me"].balance == Money.yuan("8426.35")


def test_that_the_other_payer_stands_beside_the_one_bound_twice(model: FamilyModel) -> None:
    other = next(node for node in model.tree.nodes if node.state is NodeState.OTHER_PAYER)
    assert (other.relation, other.beside, other.status) == ("哥哥", "mother", "2026-10-08 起")
    assert other.detail == "另一位共济人，衡阳"


def test_that_lines_carry_the_money_of_the_year(model: FamilyModel) -> None:
    paid = {edge.to: (str(edge.yearly), edge.conflict) for edge in model.tree.edges}
    assert paid["mother"] == ("2900.00", True)
    assert paid["spouse"] == ("0.00", False)
    assert "father_in_law" not in paid


def test_that_refused_and_ended_people_say_why(model: FamilyModel) -> None:
    nodes = {node.id: node for node in model.tree.nodes}
    refused, ended = nodes["father_in_law"], nodes["grandfather"]
    assert (refused.relation, refused.state) == ("岳父", NodeState.REFUSED)
    assert refused.status == "不在 8 类近亲属之内"
    assert refused.more == "由与岳父属于近亲属的职工绑定"
    assert (ended.status, ended.more) == ("2024-12-20 至 2025-03-02", "绑定已结束")
    assert model.tree.apart == "不在当前绑定，已结束的 2 人仍占累计名额"


def test_that_people_nobody_bound_stand_in_their_generation(look: Look) -> None:
    model = FamilyModel(opened("young-couple"), look)
    node = next(one for one in model.tree.nodes if one.id == "wife_father")
    assert (node.relation, node.state, node.status) == ("岳父", NodeState.UNBOUND, "由配偶共济")
    assert node.generation == 1
    assert model.tree.apart == "不在当前绑定"


def test_that_the_conflict_is_chosen_first(model: FamilyModel) -> None:
    shown = model.inspector
    assert model.person == "mother"
    assert (shown.who, shown.number) == ("母亲 刘*", "430***********4521")
    assert (str(shown.paid), str(shown.account)) == ("2900.00", "150.00")
    first = shown.problems[0]
    assert first.verdict is Verdict.BAD
    assert first.sentence == "母亲已有共济人，哥哥后来的绑定不能生效"
    assert first.fixes == ("保留先绑定的一位，哥哥解除绑定", "请先绑定的一位解绑后，哥哥再重新绑定")
    assert ("适用", "2022-10-01 起") in first.basis
    assert ("来源", "汇编转述，可信度中") in first.basis


def test_that_without_a_conflict_someone_bound_is_chosen(look: Look) -> None:
    model = FamilyModel(opened("retiree"), look)
    assert model.inspector.who == "配偶 彭**"


def test_that_choosing_tells_once_and_only_of_people(model: FamilyModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.chosen):
        model.choose("father")
    assert model.inspector.fine
    assert model.inspector.account == "没有登记"
    with qtbot.assertNotEmitted(model.chosen):
        model.choose("father")
        model.choose("nobody")


@pytest.mark.parametrize(
    ("person", "standing"),
    [
        ("me", "这个账户的主人，为 7 位家人共济"),
        ("spouse", "绑定有效，先用自己的账户，用完再用本人的账户"),
        ("grandfather", "绑定已结束，仍占累计名额"),
    ],
)
def test_that_where_nothing_is_wrong_it_is_said_how_they_stand(
    model: FamilyModel, person: str, standing: str
) -> None:
    model.choose(person)
    assert model.inspector.standing == standing
    assert model.inspector.problems == ()


def test_that_the_list_holds_the_same_people_and_sums(
    model: FamilyModel, page: FamilyPage, qtmodeltester: ModelTester
) -> None:
    rows = dict(zip(model.people, model.grid.rows, strict=True))
    assert rows["mother"] == (
        "母亲 刘*",
        "68岁，职工退休，衡阳",
        "两位共济人",
        "2024-12-20 起",
        Money.yuan("2900.00"),
    )
    assert rows["grandfather"][2:4] == ("绑定已结束，仍占累计名额", "2024-12-20 至 2025-03-02")
    qtmodeltester.check(page.sheet.grid)  # type: ignore[no-untyped-call]


# --------------------------------------------------------------------------------------------------- the page


def test_that_a_press_on_a_card_shows_its_person(page: FamilyPage, qtbot: QtBot) -> None:
    graph = page.sheet.graph
    at = graph.mapFromScene(graph.card_area("father").center())
    QTest.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.inspector.title.text() == "父亲 周**"
    assert page.sheet.table.currentIndex().row() == 3


def test_that_arrow_keys_walk_the_graph(page: FamilyPage) -> None:
    QTest.keyClick(page.sheet.graph, Qt.Key.Key_Down)
    assert page.inspector.title.text() == "本人 周**"


def test_that_the_switch_shows_the_list_and_its_rows_choose(page: FamilyPage, model: FamilyModel) -> None:
    page.sheet.switch.choose("table")
    assert page.sheet.table.isVisible()
    assert not page.sheet.graph.isVisible()
    page.sheet.table.selectRow(model.people.index("son"))
    assert page.inspector.title.text() == "儿子 周**"
    assert page.sheet.graph.chosen == "son"


def test_that_links_lead_to_the_findings_the_ledger_and_a_trial(page: FamilyPage, qtbot: QtBot) -> None:
    wanted = [("findings", "binding.two_payers"), ("ledger", "mother"), ("visits", "mother")]
    buttons = {b.text(): b for b in reversed(page.inspector.findChildren(Button))}
    for words_, (key, what) in zip(("在合规里看这一条", "看流水", "试算一笔"), wanted, strict=True):
        with qtbot.waitSignal(page.go) as asked:
            buttons[words_].click()
        assert asked.args[0] == key
        assert asked.args[1].startswith(what)


def test_that_a_closed_inspector_comes_back_with_the_next_choice(page: FamilyPage) -> None:
    QTest.keyClick(page.inspector, Qt.Key.Key_Escape)
    assert not page.inspector.isVisible()
    page.choose("son")
    assert page.inspector.isVisible()


def test_that_privacy_leaves_no_name_no_number_and_no_sum(
    page: FamilyPage, model: FamilyModel, look: Look, qtbot: QtBot
) -> None:
    look.wear(hidden=True)
    qtbot.waitUntil(lambda: "母亲已有共济人" in words(page.inspector))
    told = words(page) + "".join(str(page.sheet.grid.index(row, 0).data()) for row in range(12))
    for secret in ("刘", "周", "4521", "2,900.00", "5,672.20"):
        assert secret not in told
    assert page.sheet.grid.index(model.people.index("mother"), 4).data() == "••••"


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_that_the_page_fits_its_width(
    page: FamilyPage, fits_width: FitsWidth, scale: float, width: int
) -> None:
    assert fits_width(page, scale, width)


def test_that_the_picture_has_words_for_ears(page: FamilyPage) -> None:
    assert page.sheet.graph.accessibleName().startswith("本人为 7 位家人共济，今年支付 5,672.20 元")
    assert "母亲 刘*" in page.sheet.graph.accessibleDescription()
    assert page.sheet.table.accessibleName() == "家人列表"
