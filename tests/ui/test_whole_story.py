"""从头用到尾测试。A family of eleven: begun, bound, imported, mended, undone, printed, found again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.ui.family.view import FamilyPage
from desktop.ui.importing.view import ImportPage
from desktop.ui.ledger.view import LedgerPage
from desktop.ui.overview.view import OverviewPage
from desktop.ui.printing.view import PrintPage
from desktop.ui.start.view import StartPage
from tests.exchange.spreadsheets import saved, xlsx
from tests.ui.desk import PATIENCE, Desk, Hand, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from desktop.domain.family import Family
    from desktop.domain.finding import Finding
    from desktop.ui.look.look import Look

BILLS = 120
HEAD = ("日期", "姓名", "类别", "医院等级", "金额", "全自费", "先行自付", "票据号")


class Relative(NamedTuple):
    name: str
    relation: str
    sex: str
    born: str
    word: str
    """What they are called once relation, sex and birth are known."""


RELATIVES = (
    Relative("周敏", "配偶", "女", "1985-02-01", "配偶"),
    Relative("林国强", "父母", "男", "1956-03-12", "父亲"),
    Relative("刘蕙", "父母", "女", "1958-03-14", "母亲"),
    Relative("林小满", "子女", "女", "2012-05-21", "女儿"),
    Relative("林小川", "子女", "男", "2015-09-02", "儿子"),
    Relative("林志远", "兄弟姐妹", "男", "1980-07-07", "哥哥"),
    Relative("林老先生", "祖父母", "男", "1931-01-05", "祖父"),
    Relative("陈老太太", "祖父母", "女", "1933-11-30", "祖母"),
    Relative("刘老先生", "外祖父母", "男", "1932-06-18", "外祖父"),
    Relative("赵老太太", "外祖父母", "女", "1935-08-09", "外祖母"),
)


def bills() -> list[tuple[object, ...]]:
    """Every three days of a year somebody goes to a doctor or a pharmacy."""
    first = date(2025, 11, 25)
    rows: list[tuple[object, ...]] = []
    for number in range(BILLS):
        on = first + timedelta(days=3 * number)
        pharmacy = number % 5 == 4
        setting, level = ("药店", "") if pharmacy else ("门诊", ("三级", "二级", "一级")[number % 3])
        total = 40 + number % 7 * 15.5
        who = RELATIVES[number % len(RELATIVES)].name
        rows.append((on, who, setting, level, total, 2.5, 0, f"P{number:04}"))
    return rows


def conflicts(desk: Desk) -> list[Finding]:
    assert desk.session.seen is not None
    found = desk.session.seen.review.ledger.findings
    return [one for one in found if one.rule == "binding.two_payers"]


def begin_a_family(desk: Desk, hand: Hand) -> None:
    desk.session.begin()
    assert isinstance(desk.window.shown, StartPage)
    hand.press("新建家庭")
    hand.fill("姓名", "林一")
    hand.choose("性别", "男")
    hand.fill("出生日期", "1984-01-01")
    hand.choose("参保情况", "在职职工")
    hand.pick("参保地", "长沙")
    hand.fill("从哪天起参加职工医保", "2015-01-01")
    hand.fill("个人账户余额", "6000")
    hand.fill("余额是哪天查的", "2025-11-01")
    hand.fill("月缴费基数", "8000")
    with desk.qtbot.waitSignal(desk.session.opened):
        hand.press("建立家庭")
    assert isinstance(desk.window.shown, OverviewPage)


def add(hand: Hand, one: Relative) -> None:
    hand.press("添加家人")
    hand.fill("姓名", one.name)
    hand.pick("是本人的", one.relation)
    hand.choose("性别", one.sex)
    hand.fill("出生日期，可以不填", one.born)
    hand.fill("自", "2016-01-01")
    if one.word == "哥哥":
        hand.pick("参保种类", "在职职工")
        hand.press("有职工医保个人账户")
        hand.fill("账户余额", "9000")
        hand.fill("余额是哪一天开始时的", "2025-11-01")
    hand.change(f"添加{one.word}")


def bind(desk: Desk, hand: Hand, one: Relative) -> None:
    """The one that was added last is the one chosen."""
    hand.press("绑定")
    hand.fill("自哪一天起", "2025-11-10")
    wait_until(desk, lambda: hand.sees("核对"))
    hand.change("绑定")
    assert desk.window.notice.sentence == f"已绑定{one.word}"


def import_a_year(desk: Desk, hand: Hand, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    desk.session.actions.named["import"].trigger()
    assert isinstance(desk.window.shown, ImportPage)
    hand.press("选择文件…")
    hand.change(f"导入 {BILLS} 笔")
    wait_until(desk, lambda: isinstance(desk.window.shown, LedgerPage))


def bind_the_mother_again(desk: Desk, hand: Hand) -> None:
    """As the brother did, without knowing of it."""
    hand.press("家庭")
    page = desk.window.shown
    assert isinstance(page, FamilyPage)
    graph = page.sheet.graph
    card = graph.card_area(desk.family.people[0].id)
    place = graph.mapFromScene(card.center())
    QTest.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hand.press("绑定家人")
    hand.pick("共济人", "哥哥 林**")
    hand.pick("使用人", "母亲 刘*")
    hand.fill("自哪一天起", "2026-03-01")
    hand.change("照实记下")


def mend(desk: Desk, hand: Hand) -> Family:
    hand.press("合规")
    hand.press("改由哥哥支付")
    hand.change("按此修改")
    assert not conflicts(desk)
    assert desk.session.actions.named["undo"].text() == "撤销“改由哥哥支付”"
    return desk.family


def undo_twice_and_do_it_again(desk: Desk) -> None:
    """The last step stays undone."""
    mended = desk.family
    desk.press("undo")
    assert len(conflicts(desk)) == 1
    desk.press("undo")
    assert len(desk.family.bindings) == len(RELATIVES)
    assert not conflicts(desk)
    desk.press("redo")
    desk.press("redo")
    assert desk.family == mended
    desk.press("undo")


def print_the_report(desk: Desk, hand: Hand, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    desk.session.actions.named["print_report"].trigger()
    page = desk.window.shown
    assert isinstance(page, PrintPage)
    with desk.qtbot.waitSignal(page.saved, timeout=PATIENCE):
        hand.press("存为 PDF…")
    wait_until(desk, lambda: hand.sees(f"已存为 {file.name}"))
    assert file.read_bytes().startswith(b"%PDF-")


def test_that_a_family_is_begun_kept_mended_and_found_again(
    qtbot: QtBot, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(qtbot, tmp_path, look=look)
    desk.window.resize(1360, 860)
    hand = Hand(desk)
    begin_a_family(desk, hand)
    hand.press("家庭")
    for one in RELATIVES:
        add(hand, one)
        bind(desk, hand, one)
    assert (len(desk.family.people), len(desk.family.bindings)) == (11, 10)
    assert not conflicts(desk)

    import_a_year(desk, hand, monkeypatch, saved(tmp_path, xlsx([HEAD, *bills()])))
    assert len(desk.family.events) == BILLS
    bind_the_mother_again(desk, hand)
    assert [one.about[0] for one in conflicts(desk)] == [desk.family.bindings[-1].id]
    mended = mend(desk, hand)
    undo_twice_and_do_it_again(desk)
    print_the_report(desk, hand, monkeypatch, tmp_path / "报告.pdf")

    left, undo = desk.family, desk.session.actions.named["undo"].text()
    desk.window.close()
    again = Desk(qtbot, tmp_path, look=look)
    again.begin()
    assert again.family == left
    assert again.session.actions.named["undo"].text() == undo
    assert again.session.actions.named["redo"].text() == "重做“改由哥哥支付”"
    again.press("redo")
    assert again.family == mended
    again.keeper.close()
