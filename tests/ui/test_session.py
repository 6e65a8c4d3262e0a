"""一次使用测试。A family is opened behind the painted window or refused; links lead where they say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.ui.faults import FaultsPage
from desktop.ui.findings.view import FindingsPage
from desktop.ui.ledger.view import LedgerPage
from desktop.ui.look.look import Look
from desktop.ui.overview.view import OverviewPage
from desktop.ui.session import Session
from desktop.ui.window import Window

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

RESOURCES = Path(__file__).parents[2] / "resources"
TODAY = date(2026, 11, 21)
PATIENCE = 20_000


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    window = Window(Look(RESOURCES))
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted, timeout=PATIENCE):
        window.show()
    return Session(window, RESOURCES, (), TODAY, "0.0.0")


def open_and_wait(session: Session, qtbot: QtBot, file: Path) -> None:
    with qtbot.waitSignals([session.opened], timeout=PATIENCE):
        session.open(file)


@pytest.mark.parametrize("key", ["sandwich-family.json", "young-couple.json", "retiree.json"])
def test_that_every_page_of_every_sample_is_shown(key: str, session: Session, qtbot: QtBot) -> None:
    open_and_wait(session, qtbot, session.sample(key))
    for page in session.keys:
        assert not session.picture(page).isNull()
        assert session.window.page == page
    assert session.window.status.ribbon.isVisible()


def test_that_the_badge_counts_what_is_not_allowed(session: Session, qtbot: QtBot) -> None:
    open_and_wait(session, qtbot, session.sample("sandwich-family.json"))
    assert session.window.navigation.item("findings").badge == 3
    open_and_wait(session, qtbot, session.sample("young-couple.json"))
    assert session.window.navigation.item("findings").badge == 0


def test_that_ones_own_file_is_no_sample(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_bytes(session.sample("retiree.json").read_bytes())
    open_and_wait(session, qtbot, own)
    assert not session.window.status.ribbon.isVisible()


@pytest.mark.parametrize("data", [b"", b"{", b'{"format": "gongji-family/1", "people": [{"id": "x"}]}'])
def test_that_a_refused_file_lists_its_faults(
    data: bytes, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(data)
    with qtbot.waitSignal(session.refused, timeout=PATIENCE):
        session.open(bad)
    shown = session.window.shown
    assert isinstance(shown, FaultsPage)
    assert shown.table.model().rowCount() >= 1
    assert str(bad) in str(session.trouble)


def test_that_a_file_that_is_not_there_is_told_in_the_page(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.refused, timeout=PATIENCE):
        session.open(tmp_path / "nowhere.json")
    assert isinstance(session.window.shown, FaultsPage)


def test_that_a_pack_that_is_wrong_is_told_in_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    window = Window(Look(RESOURCES))
    qtbot.addWidget(window)
    session = Session(window, RESOURCES, (tmp_path,), TODAY, "0.0.0")
    with qtbot.waitSignal(session.refused, timeout=PATIENCE):
        session.open(session.sample("retiree.json"))
    assert isinstance(window.shown, FaultsPage)


def test_that_a_refused_file_leaves_the_open_family_behind_it(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    open_and_wait(session, qtbot, session.sample("retiree.json"))
    with qtbot.waitSignal(session.refused, timeout=PATIENCE):
        session.open(tmp_path / "nowhere.json")
    session.window.show_page("overview")
    assert isinstance(session.window.shown, OverviewPage)


def test_that_a_link_leads_to_the_record_it_names(session: Session, qtbot: QtBot) -> None:
    open_and_wait(session, qtbot, session.sample("sandwich-family.json"))
    overview = session.window.shown
    assert isinstance(overview, OverviewPage)
    overview.go.emit("ledger", "e2511-mother")
    ledger = session.window.shown
    assert isinstance(ledger, LedgerPage)
    ledger.go.emit("findings", "")
    assert isinstance(session.window.shown, FindingsPage)


def test_that_the_newest_opening_wins(session: Session, qtbot: QtBot) -> None:
    session.open(session.sample("retiree.json"))
    open_and_wait(session, qtbot, session.sample("young-couple.json"))
    qtbot.waitUntil(lambda: "小夫妻" in session.window.windowTitle(), timeout=PATIENCE)
