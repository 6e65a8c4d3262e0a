"""新规则的变化测试。A day is asked, two runs answer, lines lead to the policies, packs are laid over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel

from desktop.domain.people import Sex
from desktop.domain.plan import Plan, PlannedPremium
from desktop.ui.planning.new_rules import NewRulesPanel
from desktop.usecases.review import review
from tests.families import RESOURCES, bound, family, resident, shipped, worker
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

BASE = replace(
    family(
        worker("me", base=8000),
        replace(resident("mum"), sex=Sex.FEMALE),
        bindings=(bound("me", "mum"),),
        as_of=date(2026, 11, 21),
    ),
    plan=Plan(premiums=(PlannedPremium("mum", "me"),)),
    holder="me",
)


class Bench:
    def __init__(self, look: Look, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.panel = NewRulesPanel(look, review(BASE, shipped()))
        qtbot.addWidget(self.panel)
        self.left = 0
        self.panel.leave.connect(self._leave)
        self.panel.show()
        qtbot.waitExposed(self.panel)

    def _leave(self) -> None:
        self.left += 1

    def wait(self) -> None:
        """Until it has ended, and what it says is shown."""
        answer = self.panel.answer
        self.qtbot.waitUntil(
            lambda: (
                not self.panel._turns.busy
                and any(one.isVisibleTo(self.panel) for one in answer.findChildren(QLabel))
            ),
            timeout=20000,
        )

    def words(self) -> str:
        labels = self.panel.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisibleTo(self.panel))

    def type_day(self, text: str) -> None:
        self.panel.day.setText(text)
        self.panel.day.typed.emit()

    def links(self) -> list[QAbstractButton]:
        return [one for one in self.panel.answer.findChildren(QAbstractButton) if one.isVisibleTo(self.panel)]


@pytest.fixture
def bench(look: Look, qtbot: QtBot) -> Bench:
    made = Bench(look, qtbot)
    made.wait()
    return made


def test_next_new_year_is_asked_first_and_unpublished_values_are_marked(bench: Bench) -> None:
    assert bench.panel.head.title.text() == "1 月 1 日的变化"
    assert bench.panel.day.text() == "2027-01-01"
    found = bench.panel.found
    assert found is not None
    assert found.estimated
    assert "还没有公布" in bench.words()
    assert "母亲的居民医保费" in bench.words()
    assert "其余用到的" in bench.words()


def test_a_line_leads_to_its_value_on_the_day(bench: Bench) -> None:
    with bench.qtbot.waitSignal(bench.panel.go) as went:
        bench.links()[0].click()
    page, what = went.args
    assert page == "policies"
    assert what.startswith("premium.")
    assert what.endswith("@2027-01-01")


def test_another_day_is_answered_anew(bench: Bench) -> None:
    bench.type_day("2027-09-01")
    assert bench.panel.head.title.text() == "9 月 1 日的变化"
    bench.wait()
    assert bench.panel.found is not None
    assert bench.panel.found.day == date(2027, 9, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请填日期"),
        ("2027-02-30", "请填日历上有的一天"),
        ("2026-01-01", "20 年内"),
        ("2090-01-01", "20 年内"),
    ],
)
def test_a_day_that_makes_no_sense_is_told_beside_it(bench: Bench, typed: str, said: str) -> None:
    bench.type_day(typed)
    assert said in bench.panel.day_asked.wrong.text()
    assert bench.panel.found is not None
    assert bench.panel.found.day == date(2027, 1, 1)


def test_the_same_day_typed_again_is_not_asked_again(bench: Bench) -> None:
    found = bench.panel.found
    bench.type_day("2027-1-1")
    assert not bench.panel._turns.busy
    assert bench.panel.found is found


def other_packs(folder: Path) -> Path:
    """The province's packs with another premium from 2027 on."""
    source = RESOURCES / "policy" / "cn"
    target = folder / "cn"
    target.mkdir()
    for file in source.iterdir():
        target.joinpath(file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_other_packs_are_laid_over_and_taken_off_again(bench: Bench, tmp_path: Path) -> None:
    bench.panel.use_folder(other_packs(tmp_path))
    bench.wait()
    assert bench.panel.found is not None
    assert bench.panel.shipped_button.isVisible()
    bench.panel.shipped_button.click()
    bench.wait()
    assert not bench.panel.shipped_button.isVisible()


def test_a_folder_without_packs_is_told_in_words(bench: Bench, tmp_path: Path) -> None:
    bad = tmp_path / "cn"
    bad.mkdir()
    bad.joinpath("pack.toml").write_text("id = 3", encoding="utf-8")
    bench.panel.use_folder(tmp_path)
    bench.wait()
    assert bench.panel.found is None
    assert "没有算成" in bench.words()


@pytest.mark.parametrize("chosen", [True, False])
def test_a_folder_is_chosen_or_not(
    bench: Bench,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: bool,
) -> None:
    folder = str(other_packs(tmp_path)) if chosen else ""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folder)
    bench.panel.folder_button.click()
    bench.wait()
    assert bench.panel.shipped_button.isVisible() is chosen


def test_a_cancelled_run_can_begin_again(bench: Bench) -> None:
    bench.type_day("2027-09-01")
    bench.panel._turns.drop()
    bench.qtbot.waitUntil(lambda: not bench.panel._turns.busy)
    if bench.panel.found is None:  # else it was done before it could be stopped
        bench.qtbot.waitUntil(lambda: "已经取消" in bench.words())
        bench.type_day("2027-09-01")
        bench.wait()
    bench.qtbot.waitUntil(lambda: bench.panel.found is not None)


def test_a_changed_family_is_answered_anew(bench: Bench) -> None:
    without = replace(BASE, people=BASE.people[:1], bindings=(), plan=Plan())
    bench.panel.renew(review(without, shipped()))
    bench.wait()
    assert bench.panel.found is not None
    assert not bench.panel.found.rules
    assert "用到的规则都不变" in bench.words()


def test_escape_closes_it(bench: Bench) -> None:
    QTest.keyClick(bench.panel, Qt.Key.Key_Escape)
    assert bench.left == 1


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_it_fits_its_width(
    bench: Bench, fits_width: Callable[[QWidget, float, int], bool], scale: float, width: int
) -> None:
    assert fits_width(bench.panel, scale, width)
