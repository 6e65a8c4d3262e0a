"""办理的表单测试。Each kind is recorded, mended, taken back; expected in a plan and in a scenario."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget

from desktop.domain.matter import (
    AccountTransfer,
    ArrearsPaid,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.people import Sex
from desktop.domain.plan import Plan, Scenario
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.ui.family.model import FamilyModel
from desktop.ui.family.view import FamilyPage
from desktop.ui.ledger.model import LedgerModel
from desktop.ui.ledger.view import LedgerPage
from desktop.ui.look.tokens import Theme
from desktop.ui.matters.editor import FIELDS, MatterEditor, MatterKind, entry_of, typed_matter
from desktop.ui.matters.form import MatterForm
from desktop.ui.planning.plan_editor import PlanEditor
from desktop.ui.planning.scenario_editor import ScenarioEditor
from desktop.usecases.plan_items import plan_of
from desktop.usecases.review import review
from tests.families import bound, family, resident, shipped, through_wallet, worker, yuan
from tests.ui.conftest import WIDTHS
from tests.ui.desk import PATIENCE, SAMPLES, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.domain.event import Matter
    from desktop.domain.family import Family
    from desktop.ui.family.form import Form
    from desktop.ui.look.look import Look
    from desktop.usecases.changes import Change

_W = TypeVar("_W", bound=QWidget)
TODAY, ON, LATER = date(2026, 3, 1), date(2026, 2, 12), date(2026, 6, 15)
MUM = replace(resident("mum"), sex=Sex.FEMALE, name="刘蕙")
BASE = family(
    worker("me", 5000, base=8000),
    MUM,
    bindings=(bound(), through_wallet()),
    as_of=TODAY,
    credit_monthly=True,
    plan=Plan(),
)
SENT = WalletTransfer("m", ON, "me", "mum", yuan(500), accepted=False, at=datetime.combine(ON, time(14, 30)))
QUOTA = WalletQuota("m", ON, "me", "mum", yuan(300), note="外婆看病")
ENROLLED = Enrolment("m", ON, "mum", EnrolledAs.EMPLOYEE, "441900", yuan(6000))
ARREARS = ArrearsPaid("m", ON, "me", date(2025, 11, 1), date(2026, 1, 31), yuan(1200))
MOVED = AccountTransfer("m", ON, "me", "430100", "441900", None, date(2026, 2, 20))
RETIRED = Retirement("m", ON, "me", pays_up=False)
DIED = Death("m", ON, "mum")
PAID_OUT = Payout("m", ON, "mum", PayoutReason.OLD_CARD, "me", yuan(80))
EVERY: tuple[Matter, ...] = (SENT, QUOTA, ENROLLED, ARREARS, MOVED, RETIRED, DIED, PAID_OUT)
every_kind = pytest.mark.parametrize("matter", EVERY, ids=lambda one: type(one).__name__)


def typed(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)


def pick(form: MatterForm, name: str, key: str) -> None:
    combo = getattr(form, name)
    combo.choose(key)
    combo.chosen.emit(key)


def fill(form: MatterForm, matter: Matter) -> None:
    """As a person would: the kind first, then what it asks for."""
    entry = entry_of(matter, form._editor.entry)
    form.kind.choose(entry.kind)
    for name in (*FIELDS[entry.kind], "on", "note"):
        _put(form, name, entry.person if name == "payer" else getattr(entry, name))


def _put(form: MatterForm, name: str, value: object) -> None:
    field = getattr(form, name)
    if name in {"pays_up", "accepted"}:
        field.setChecked(value)
    elif name in {"amount", "monthly_base"}:
        typed(field.line, "" if value is None else str(value))
        field.changed.emit(field.money())
    elif name in {"on", "since", "until", "done"}:
        field.line.setText("" if value is None else str(value))
        field.line.typed.emit()
    elif name == "at":
        typed(field, "" if value is None else f"{value:%H:%M}")
    elif name in {"area", "origin", "destination", "note"}:
        typed(field, str(value))
    else:
        pick(form, name, str(value))


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


class Book:
    """The ledger page; each of its changes is kept at once, as the window keeps it."""

    def __init__(self, look: Look, qtbot: QtBot, start: Family = BASE) -> None:
        self.qtbot, self.family = qtbot, start
        self.steps: list[str] = []
        self.page = LedgerPage(look, LedgerModel(review(start, shipped()), look))
        qtbot.addWidget(self.page)
        self.page.change.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        self.page.resize(1136, 800)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()

    def _keep(self, change: Change) -> None:
        self.steps.append(change.step)
        self.family = change.family
        self.page.renew(review(change.family, shipped()))
        self.page.choose(change.about)

    @property
    def form(self) -> MatterForm:
        QApplication.processEvents()
        assert isinstance(self.page.side.form, MatterForm)
        return self.page.side.form

    def press(self, text: str) -> None:
        def found() -> list[QAbstractButton]:
            buttons = self.page.findChildren(QAbstractButton)
            return [one for one in buttons if one.isVisible() and one.text() == text]

        self.qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE)
        found()[0].click()

    def commit(self) -> None:
        count = len(self.steps)
        self.form.commit()
        self.qtbot.waitUntil(lambda: len(self.steps) > count, timeout=PATIENCE)


@pytest.fixture
def book(look: Look, qtbot: QtBot) -> Book:
    return Book(look, qtbot)


def tried(qtbot: QtBot, form: Form) -> None:
    editor = form.editor
    assert isinstance(editor, MatterEditor)
    qtbot.waitUntil(lambda: not editor.stale and editor.effect is not None, timeout=PATIENCE)


# --------------------------------------------------------------------------------------------------- a fact


@every_kind
def test_every_kind_is_recorded_mended_and_taken_back(book: Book, matter: Matter) -> None:
    book.press("记办理")
    fill(book.form, matter)
    book.commit()
    [kept] = book.family.events
    assert replace(kept, id="m") == matter
    assert book.page.side.form is None
    book.qtbot.waitUntil(lambda: book.page.row >= 0, timeout=PATIENCE)
    book.press("修改")
    assert not book.form.kind.isVisibleTo(book.page)
    typed(book.form.note, "改过")
    book.commit()
    assert replace(matter, id=kept.id, note="改过") in book.family.events
    book.qtbot.waitUntil(lambda: book.page.row >= 0, timeout=PATIENCE)
    book.press("修改")
    book.press("记错了，删去这一件")
    book.qtbot.waitUntil(lambda: not book.family.events, timeout=PATIENCE)
    assert [step[:2] for step in book.steps] == ["记下", "修改", "删去"]


@every_kind
def test_only_what_the_kind_asks_for_is_shown(book: Book, matter: Matter) -> None:
    book.press("记办理")
    fill(book.form, matter)
    QApplication.processEvents()
    form, kind = book.form, book.form._editor.entry.kind
    shown = {name for name, field in form._fields.items() if field.isVisibleTo(book.page)}
    assert shown == set(FIELDS[kind])


@every_kind
def test_what_is_typed_is_the_same_matter_again(book: Book, matter: Matter) -> None:
    editor = MatterEditor(book.page._model.seen, book.page._look)
    assert typed_matter(entry_of(matter, editor.entry), "m") == matter


def test_the_form_says_what_it_would_do_before_it_is_kept(book: Book) -> None:
    book.press("记办理")
    fill(book.form, replace(QUOTA, amount=yuan(300)))
    tried(book.qtbot, book.form)
    book.qtbot.waitUntil(lambda: "冻结的共济额度 +300.00" in words(book.form.check), timeout=PATIENCE)
    assert "2026-02-12：本人的个人账户 -300.00，给母亲冻结的共济额度 +300.00" in words(book.form.check)
    assert book.family == BASE


def test_a_broken_rule_is_told_and_may_be_recorded_as_it_happened(book: Book) -> None:
    book.press("记办理")
    fill(book.form, replace(PAID_OUT, reason=PayoutReason.INHERITANCE, person="me", to="mum", amount=None))
    tried(book.qtbot, book.form)
    book.qtbot.waitUntil(lambda: "没有本人去世的记录" in words(book.form.check), timeout=PATIENCE)
    book.qtbot.waitUntil(lambda: book.form.commit_button.text() == "照实记下", timeout=PATIENCE)


@pytest.mark.parametrize(
    ("kind", "field", "nonsense", "said"),
    [
        (MatterKind.ENROLMENT, "area", "乌有之乡", "没有这个地方"),
        (MatterKind.ENROLMENT, "on", "2026-02-30", "请填日历上有的一天"),
        (MatterKind.ENROLMENT, "on", "2026-04-01", "还没有到"),
        (MatterKind.ENROLMENT, "monthly_base", "许多", "金额"),
        (MatterKind.ARREARS, "until", "2020-01-01", "早于第一天"),
        (MatterKind.TRANSFER, "destination", "长沙", "同一个地方"),
        (MatterKind.TRANSFER, "done", "2026-01-01", "办结早于申请"),
        (MatterKind.WALLET_TRANSFER, "at", "半夜", "请填几点几分"),
        (MatterKind.WALLET_TRANSFER, "beneficiary", "me", "不能转给自己"),
        (MatterKind.WALLET_QUOTA, "amount", "", "没有金额"),
        (MatterKind.WALLET_QUOTA, "amount", "-5", "金额"),
    ],
)
def test_nonsense_is_told_beside_its_field(
    book: Book, kind: MatterKind, field: str, nonsense: str, said: str
) -> None:
    book.press("记办理")
    form = book.form
    fill(form, next(one for one in EVERY if entry_of(one, form._editor.entry).kind is kind))
    if field in {"on", "until", "done"}:
        line = getattr(form, field).line
        line.setText(nonsense)
        line.typed.emit()
    elif field in {"amount", "monthly_base"}:
        money = getattr(form, field)
        typed(money.line, nonsense)
        money.changed.emit(money.money())
    elif field == "beneficiary":
        pick(form, field, nonsense)
    else:
        typed(getattr(form, field), nonsense)
    form.commit()
    asked = form._asked[field]
    book.qtbot.waitUntil(lambda: said in words(asked), timeout=PATIENCE)
    assert book.steps == []


def test_a_blank_form_complains_of_nothing_until_it_is_to_be_kept(book: Book) -> None:
    book.press("记办理")
    book.form.kind.choose(MatterKind.WALLET_TRANSFER)
    assert book.form._editor.shown_faults == {}
    book.form.commit()
    assert "amount" in book.form._editor.shown_faults
    book.form.kind.choose(MatterKind.RETIREMENT)
    assert book.form._editor.shown_faults == {}


def test_a_fault_without_a_field_is_said_below_the_buttons(book: Book) -> None:
    book.press("记办理")
    fill(book.form, RETIRED)
    book.commit()
    book.qtbot.waitUntil(lambda: book.page.row >= 0, timeout=PATIENCE)
    book.press("修改")
    form = book.form
    form._editor._seen = review(BASE, shipped())
    form.commit()
    book.qtbot.waitUntil(lambda: "已经没有这一件" in form.refusal.text(), timeout=PATIENCE)


def test_the_place_line_offers_cities_and_takes_one(book: Book) -> None:
    book.press("记办理")
    book.form.kind.choose(MatterKind.TRANSFER)
    book.form.destination.offers.activated.emit("广东东莞")
    assert book.form._editor.entry.destination == "441900"


def test_why_lists_the_postings_and_the_clause(book: Book) -> None:
    book.press("记办理")
    fill(book.form, QUOTA)
    book.commit()
    book.qtbot.waitUntil(lambda: book.page.row >= 0, timeout=PATIENCE)
    book.press("为什么")
    book.qtbot.waitUntil(lambda: "给母亲冻结的共济额度 +300.00" in words(book.page.why), timeout=PATIENCE)
    assert "本人的个人账户 -300.00" in words(book.page.why)
    assert "2026" in words(book.page.why)


def test_why_of_a_matter_that_moved_nothing_says_so(book: Book) -> None:
    book.press("记办理")
    fill(book.form, DIED)
    book.commit()
    book.qtbot.waitUntil(lambda: book.page.row >= 0, timeout=PATIENCE)
    book.press("为什么")
    book.qtbot.waitUntil(lambda: "没有动到账户里的钱" in words(book.page.why), timeout=PATIENCE)


def test_a_matter_cannot_be_reversed_and_says_why(book: Book) -> None:
    book.press("记办理")
    fill(book.form, RETIRED)
    book.commit()
    book.qtbot.waitUntil(lambda: book.page.row >= 0, timeout=PATIENCE)
    assert not book.page.below.buttons["reverse"].isEnabled()
    assert book.page.below.buttons["edit"].isEnabled()
    assert "删去后重新记" in words(book.page.below)


def test_escape_leaves_the_form_and_what_is_typed_stays_over_a_renewal(book: Book) -> None:
    book.press("记办理")
    typed(book.form.note, "写到一半")
    book.page.renew(review(replace(BASE, name="改名"), shipped()))
    assert book.form.note.text() == "写到一半"
    QTest.keyClick(book.page, Qt.Key.Key_Escape)
    assert book.page.side.form is None


def test_it_opens_for_one_person_from_the_family_page(book: Book, look: Look, qtbot: QtBot) -> None:
    page = FamilyPage(look, FamilyModel(review(BASE, shipped()), look))
    qtbot.addWidget(page)
    page.show()
    page.choose("mum")
    asked: list[tuple[str, str]] = []
    page.go.connect(lambda *link: asked.append(link))

    def link() -> list[QAbstractButton]:
        return [one for one in page.findChildren(QAbstractButton) if one.text() == "记一件办理"]

    qtbot.waitUntil(lambda: any(one.isVisible() for one in link()), timeout=PATIENCE)
    link()[-1].click()
    assert asked == [("ledger", "matter mum")]
    book.page.choose("matter mum")
    assert book.form._editor.entry.person == "mum"


# --------------------------------------------------------------------------------------- plan and scenario


def opened(editor: _W, qtbot: QtBot) -> _W:
    qtbot.addWidget(editor)
    editor.resize(1136, 800)
    editor.show()
    qtbot.waitExposed(editor)
    return editor


def test_a_matter_is_expected_mended_and_taken_out_in_a_plan(look: Look, qtbot: QtBot) -> None:
    made: list[Change] = []
    editor = opened(PlanEditor(look, review(BASE, shipped())), qtbot)
    editor.change.connect(made.append)
    editor.change.connect(lambda change: editor.renew(review(change.family, shipped())))
    editor.add_matter()
    form = editor.side.form
    assert isinstance(form, MatterForm)
    fill(form, replace(SENT, on=LATER, at=None, accepted=True))
    tried(qtbot, form)
    form.commit()
    assert made[-1].step == "添加给母亲的医保钱包转账预计"
    [kept] = plan_of(made[-1].family).expected
    assert isinstance(kept, WalletTransfer)
    assert any("母亲的医保钱包" in item.words for item in editor.list.items)
    editor.choose(f"once {kept.id}")
    form = editor.side.form
    assert isinstance(form, MatterForm)
    typed(form.amount.line, "200")
    form.amount.changed.emit(form.amount.money())
    form.commit()
    assert plan_of(made[-1].family).expected == (replace(kept, amount=yuan(200)),)
    editor.choose(f"once {kept.id}")
    form = editor.side.form
    assert form is not None
    form.removal.emit()
    assert plan_of(made[-1].family).expected == ()


def test_what_lies_behind_cannot_be_expected(look: Look, qtbot: QtBot) -> None:
    editor = opened(PlanEditor(look, review(BASE, shipped())), qtbot)
    editor.add_matter()
    form = editor.side.form
    assert isinstance(form, MatterForm)
    fill(form, RETIRED)
    form.commit()
    qtbot.waitUntil(lambda: "更早的不会算进去" in words(form.on), timeout=PATIENCE)


def test_a_scenario_complains_of_no_law_that_is_not_out_yet(look: Look, qtbot: QtBot) -> None:
    editor = opened(ScenarioEditor(look, review(BASE, shipped())), qtbot)
    editor.add_matter()
    form = editor.side.form
    assert isinstance(form, MatterForm)
    fill(form, replace(MOVED, on=date(2027, 6, 15), done=date(2027, 7, 15)))
    tried(qtbot, form)
    qtbot.waitUntil(lambda: "未见规定" in words(form.check), timeout=PATIENCE)
    assert "没有收录" not in words(form.check)


@every_kind
def test_every_kind_stands_in_a_scenario_and_is_taken_out_again(
    look: Look, qtbot: QtBot, matter: Matter
) -> None:
    editor = opened(ScenarioEditor(look, review(BASE, shipped())), qtbot)
    editor.draft.rename("另一种办法")
    editor.add_matter()
    form = editor.side.form
    assert isinstance(form, MatterForm)
    then = replace(matter, on=LATER, at=None)
    fill(form, replace(then, done=LATER) if isinstance(then, AccountTransfer) else then)
    form.commit()
    [event] = editor.draft.scenario.events
    assert type(event) is type(matter)
    [line] = editor.rows
    line.edit_asked.emit()
    form = editor.side.form
    assert isinstance(form, MatterForm)
    typed(form.note, "改过")
    form.commit()
    assert editor.draft.scenario.events == (replace(event, note="改过"),)
    kept: list[Change] = []
    editor.change.connect(kept.append)
    editor.commit()
    [scenario] = kept[0].family.scenarios
    assert scenario.events == editor.draft.scenario.events
    editor.rows[0].removal.emit()
    assert editor.draft.scenario == Scenario("另一种办法")


# ---------------------------------------------------------------------------------------------- the window


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    made.keeper.close()


def test_a_recorded_matter_is_undone_and_done_again(desk: Desk) -> None:
    desk.open(SAMPLES / "sandwich-family.json")
    before = desk.family.events
    desk.session.go("ledger", "matter mother")
    page = desk.window.shown
    assert isinstance(page, LedgerPage)
    form = page.side.form
    assert isinstance(form, MatterForm)
    form.kind.choose(MatterKind.DEATH)
    with desk.qtbot.waitSignal(desk.session.kept, timeout=PATIENCE):
        form.commit()
    assert [type(one) for one in desk.family.events if one not in before] == [Death]
    desk.press("undo")
    assert frozenset(desk.family.events) == frozenset(before)
    desk.press("redo")
    assert len(desk.family.events) == len(before) + 1


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_the_form_fits_beside_the_ledger(look: Look, qtbot: QtBot, scale: float, width: int) -> None:
    page = LedgerPage(look, LedgerModel(review(BASE, shipped()), look))
    page.add_matter()
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.resize(width, 700)
    area.show()
    qtbot.waitExposed(area)
    form = page.side.form
    assert isinstance(form, MatterForm)
    for theme in Theme:
        look.wear(theme=theme, scale=scale)
        for kind in MatterKind:
            form.kind.choose(kind)
            QApplication.processEvents()
            assert page.minimumSizeHint().width() <= area.viewport().width(), (theme, kind)
    area.takeWidget()
    page.deleteLater()


def test_every_field_is_named_and_reached_by_tab(book: Book) -> None:
    book.press("记办理")
    form = book.form
    form.kind.choose(MatterKind.TRANSFER)
    QApplication.processEvents()
    fields = [
        form.person,
        form.on.line,
        form.origin,
        form.destination,
        form.done.line,
        form.amount.line,
        form.note,
    ]
    assert all(one.accessibleName() for one in fields)
    form.person.setFocus()
    reached = [book.page.focusWidget()]
    for _ in fields[1:]:
        QTest.keyClick(book.page.focusWidget() or book.page, Qt.Key.Key_Tab)
        reached.append(book.page.focusWidget())
    assert reached == fields
