"""结算页测试。Every change is worked out, the newest answer wins, and what it says can be read and copied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.care import Level, Setting
from desktop.domain.family import Family
from desktop.domain.money import Money
from desktop.domain.premium import PremiumGroup, PremiumPayment
from desktop.ui.look.tokens import Source, Verdict
from desktop.ui.visits.model import VisitsModel
from desktop.ui.visits.view import VisitsPage
from desktop.ui.widgets.basic import Button
from desktop.usecases.changes import Change
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look
    from tests.ui.conftest import FitsWidth

yuan = Money.yuan
DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def seen() -> Review:
    book = shipped()
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), book)


@pytest.fixture
def model(seen: Review, look: Look, qtbot: QtBot) -> VisitsModel:
    made = VisitsModel(seen, look)
    with qtbot.waitSignal(made.worked):
        pass
    return made


@pytest.fixture
def page(model: VisitsModel, look: Look, qtbot: QtBot) -> VisitsPage:
    made = VisitsPage(look, model)
    qtbot.addWidget(made)
    made.resize(1136, 760)
    made.show()
    qtbot.waitExposed(made)
    return made


def work(model: VisitsModel, qtbot: QtBot, **changes: object) -> None:
    with qtbot.waitSignal(model.worked):
        model.edit(**changes)


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


# -------------------------------------------------------------------------------------------------- the model


def test_that_the_trial_starts_with_whom_the_account_paid_most_for(model: VisitsModel) -> None:
    form = model.form
    assert (form.patient, form.on, form.setting, form.level) == (
        "mother",
        DAY,
        Setting.OUTPATIENT,
        Level.TERTIARY,
    )
    assert (form.total, form.full) == (yuan("1060.00"), yuan("60.00"))
    assert not model.stale


def test_that_a_resident_starts_where_residents_do(look: Look, qtbot: QtBot) -> None:
    whole = open_family(RESOURCES / "samples" / "retiree.json", DAY)
    family = Family(people=(whole.person("retiree"), whole.person("wife")), as_of=DAY)
    model = VisitsModel(review(family, shipped()), look)
    with qtbot.waitSignal(model.worked):
        pass
    assert (model.form.patient, model.form.level) == ("wife", Level.GRASSROOTS)
    assert model.bill is not None


def test_that_four_sources_pay_the_whole_bill(model: VisitsModel, qtbot: QtBot) -> None:
    work(model, qtbot, patient="mother")
    bill = model.bill
    assert bill is not None
    assert [(fall.source, str(fall.money)) for fall in bill.falls] == [
        (Source.FUND, "420.00"),
        (Source.OWN, "150.00"),
        (Source.SHARE, "430.00"),
        (Source.CASH, "60.00"),
    ]
    assert [fall.note for fall in bill.falls] == [
        "700.00 × 60%",
        "母亲自己的账户",
        "支付人：本人",
        "全自费部分",
    ]
    assert [(one.words, str(one.before), str(one.after)) for one in model.moves] == [
        ("母亲的账户", "150.00", "0.00"),
        ("本人的账户", "8426.35", "7996.35"),
    ]


def test_that_the_counters_stand_as_before_the_visit(model: VisitsModel, qtbot: QtBot) -> None:
    work(model, qtbot, patient="mother")
    assert model.before == (
        ("母亲的账户", "150.00"),
        ("本人的账户（共济人）", "8,426.35"),
        ("母亲今年已付起付线", "0.00 / 300.00"),
        ("母亲今年统筹已付", "0.00 / 2,000.00"),
    )


def test_that_each_step_has_its_formula_clause_and_source(model: VisitsModel, qtbot: QtBot) -> None:
    work(model, qtbot, patient="mother")
    steps = model.steps
    assert [step.title for step in steps] == [
        "符合政策范围的费用 1,000.00",
        "起付线 300.00",
        "统筹基金支付 420.00",
        "先用母亲自己的账户 150.00",
        "再由本人共济 430.00",
        "其余付现金 60.00",
    ]
    assert steps[0].formula == "1,060.00 - 60.00 = 1,000.00"
    assert steps[2].formula == "700.00 × 60% = 420.00"
    assert steps[2].clause.endswith("2022-10-01 起")
    assert steps[2].origin == "来源：汇编转述，可信度高"


def test_that_what_sources_differ_about_is_marked(model: VisitsModel, qtbot: QtBot) -> None:
    work(model, qtbot, patient="mother", share_out_of_scope=True)
    assert [step.title for step in model.steps if step.disputed] == ["再由本人共济 60.00"]
    assert model.bill is not None
    assert model.bill.falls[-1].money == Money(0)


def test_that_old_numbers_are_old_until_the_newest_answer(model: VisitsModel, qtbot: QtBot) -> None:
    before = model.bill
    model.edit(total=yuan("2000.00"))
    assert model.stale
    assert model.bill == before
    with qtbot.waitSignal(model.worked):
        model.edit(total=yuan("3000.00"))
    assert not model.stale
    assert model.bill is not None
    assert model.bill.whole == yuan("3000.00")


def test_that_many_changes_are_worked_out_once(model: VisitsModel, qtbot: QtBot) -> None:
    answers: list[bool] = []
    model.worked.connect(lambda: answers.append(model.stale))
    with qtbot.waitSignal(model.worked):
        for fen in range(5):
            model.edit(total=yuan("2000.00") + Money(fen))
    assert answers == [False]


def test_that_nonsense_is_not_worked_out(model: VisitsModel, qtbot: QtBot) -> None:
    before = model.bill
    with qtbot.assertNotEmitted(model.worked, wait=300):
        model.edit(total=None)
    assert model.stale
    assert model.bill == before


@pytest.mark.parametrize(
    "changes",
    [{"on": date(2027, 1, 21)}, {"patient": "father", "level": Level.TERTIARY}],
    ids=["a-day-no-pack-covers", "a-resident-at-a-tertiary-hospital"],
)
def test_that_what_no_rule_covers_is_said_with_what_to_do(
    model: VisitsModel, qtbot: QtBot, changes: dict[str, object]
) -> None:
    work(model, qtbot, **changes)
    assert model.bill is None
    assert model.missing is not None
    assert "没有收录可用的规则" in model.missing.sentence
    assert "起付线" in model.missing.sentence
    assert "有票据的，填上票据写明的基金支付金额" in model.missing.fixes
    work(model, qtbot, fund=yuan("300.00"), fund_stated=True, on=DAY)
    assert model.bill is not None
    assert model.bill.falls[0].money == yuan("300.00")
    assert model.bill.falls[0].note == "票据已列明"


def test_that_a_visit_that_is_not_allowed_warns(model: VisitsModel, qtbot: QtBot) -> None:
    work(model, qtbot, own_credential=False)
    assert model.remarks[0].verdict is Verdict.BAD
    assert model.remarks[0].sentence == "母亲用了别人的医保凭证，钱可以共济，卡不能共用"


def test_that_the_receipt_nests_mutual_aid_and_cuts_the_burden_twice(
    model: VisitsModel, qtbot: QtBot
) -> None:
    work(model, qtbot, patient="mother")
    receipt = model.receipt
    assert receipt is not None
    assert [(row.words, str(row.amount), row.inside) for row in receipt.by_payer] == [
        ("医保统筹基金支付", "420.00", False),
        ("个人账户支付", "580.00", False),
        ("其中：本人账户", "150.00", True),
        ("其中：家庭共济支付", "430.00", True),
        ("个人现金支付", "60.00", False),
    ]
    assert model.two_cuts(receipt) == "个人自付 580.00 + 个人自费 60.00 = 640.00"
    assert model.sharers == "（支付人：本人）"


def test_that_someone_without_cover_pays_alone(model: VisitsModel, qtbot: QtBot) -> None:
    work(model, qtbot, patient="grandfather")
    bill = model.bill
    assert bill is not None
    assert [fall.note for fall in bill.falls] == [
        "统筹基金不支付",
        "没有个人账户",
        "没有有效的绑定",
        "账户付完之后的部分",
    ]
    assert [value for _, value in model.before] == ["–", "–"]  # noqa: RUF001 - as it is shown
    assert model.remarks[0].verdict is Verdict.WARN


# --------------------------------------------------------------------------------------------------- the page


def test_that_typing_a_sum_changes_the_waterfall(page: VisitsPage, model: VisitsModel, qtbot: QtBot) -> None:
    line = page.form.sums["total"].line
    line.selectAll()
    with qtbot.waitSignal(model.worked):
        QTest.keyClicks(line, "2000")
    assert "医疗费总额 2,000.00" in page.result.waterfall.accessibleName()


def test_that_a_fault_stands_under_its_field(page: VisitsPage) -> None:
    total, field = page.form.sums["total"], page.form.sums["full"]
    QTest.keyClicks(total.line, "1060")
    field.line.selectAll()
    QTest.keyClicks(field.line, "2000")
    assert field.wrong.isVisible()
    assert "大于医疗费总额" in field.wrong.text()
    total.line.selectAll()
    QTest.keyClicks(total.line, "x")
    assert total.wrong.isVisible()
    assert not field.wrong.isVisible()


def test_that_kind_and_place_are_chosen_in_the_form(
    page: VisitsPage, model: VisitsModel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(model.worked):
        page.form.kind.choose("pharmacy")
        page.form.boxes["prescribed"].click()
        page.form.boxes["designated"].click()
        page.form.day.put(date(2026, 11, 20))
    form = model.form
    assert (form.setting, form.prescribed, form.designated) == (Setting.PHARMACY, False, False)
    assert form.on == date(2026, 11, 20)
    assert page.form.boxes["prescribed"].isVisible()
    assert not page.form.level.isVisible()


def test_that_the_person_is_chosen_with_relation_and_cover(page: VisitsPage, model: VisitsModel) -> None:
    texts = [page.form.who.itemText(place) for place in range(page.form.who.count())]
    assert "配偶 陈*，在职职工，长沙" in texts
    assert "父亲 周**，居民，衡阳" in texts
    page.form.who.setFocus()
    QTest.keyClick(page.form.who, Qt.Key.Key_Home)
    assert model.form.patient == "me"


def test_that_a_receipt_of_which_the_fund_paid_nothing_says_so(
    page: VisitsPage, model: VisitsModel, qtbot: QtBot
) -> None:
    work(model, qtbot, fund=Money(0), fund_stated=True)
    model.formed.emit()
    assert page.form.sums["fund"].line.text() == "0.00"
    work(model, qtbot, fund=None, fund_stated=False)
    model.formed.emit()
    assert page.form.sums["fund"].line.text() == ""


def test_that_what_no_rule_covers_stands_in_place_of_the_waterfall(
    page: VisitsPage, model: VisitsModel, qtbot: QtBot
) -> None:
    work(model, qtbot, on=date(2027, 1, 21))
    assert not page.result.waterfall.isVisible()
    button = next(b for b in page.result.findChildren(Button) if b.text() == "填上票据写明的统筹支付")
    page.activateWindow()
    button.click()
    qtbot.waitUntil(page.form.sums["fund"].line.hasFocus)


def test_that_changes_have_a_heading_only_where_there_are_some(
    page: VisitsPage, model: VisitsModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert model.moves
    assert page.result.moves_head.isVisible()
    monkeypatch.setattr(VisitsModel, "moves", ())
    page.result.refresh()
    assert not page.result.moves_head.isVisible()


def test_that_the_receipt_is_copied_as_it_is_shown(page: VisitsPage, look: Look) -> None:
    page.result.receipt.copy.click()
    assert QGuiApplication.clipboard().text().startswith("医保统筹基金支付  420.00\n")
    assert page.result.receipt.copy.text() == "已复制"
    look.wear(hidden=True)
    page.result.receipt.copy.click()
    assert "420.00" not in QGuiApplication.clipboard().text()
    assert "••••" in QGuiApplication.clipboard().text()


def test_that_esc_closes_the_reasons_and_a_button_brings_them_back(page: VisitsPage) -> None:
    QTest.keyClick(page.why, Qt.Key.Key_Escape)
    assert not page.why.isVisible()
    page.why_button.click()
    assert page.why.isVisible()
    assert not page.why_button.isVisible()


def test_that_privacy_leaves_no_sum_and_no_name(page: VisitsPage, look: Look, qtbot: QtBot) -> None:
    look.wear(hidden=True)
    qtbot.waitUntil(lambda: "先用母亲自己的账户 ••••" in words(page.why))
    told = "".join(words(page))
    assert "1,060.00" not in told
    assert "8,426.35" not in told
    assert not any("刘" in page.form.who.itemText(place) for place in range(page.form.who.count()))


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_that_the_page_fits_its_width(
    page: VisitsPage, model: VisitsModel, fits_width: FitsWidth, scale: float, width: int
) -> None:
    assert fits_width(page, scale, width)
    model.choose_kind("premium")
    assert fits_width(page, scale, width)


def test_that_everything_to_press_has_a_name(page: VisitsPage) -> None:
    for button in page.findChildren(Button):
        assert button.accessibleName()
    for widget in (page.form.kind, page.form.day, page.form.level, page.form.who, page.result.waterfall):
        assert widget.accessibleName()


# --------------------------------------------------------------------------------------------------- premiums


def pay(model: VisitsModel, qtbot: QtBot, **changes: object) -> None:
    with qtbot.waitSignal(model.worked):
        model.choose_kind("premium")
        model.edit_premium(**changes)


def test_that_a_premium_shows_who_pays_it_and_why(model: VisitsModel, qtbot: QtBot) -> None:
    pay(model, qtbot, insured="father", on=date(2025, 10, 9), year=2026, payer="me")
    bill = model.bill
    assert bill is None  # it was paid already, for 2026
    assert model.missing is not None
    assert model.missing.verdict is Verdict.BAD
    pay(model, qtbot, insured="grandfather", payer="", amount=yuan("400.00"), stated=True)
    assert model.bill is not None
    assert (model.bill.words, str(model.bill.whole)) == ("居民医保费", "400.00")
    assert [str(fall.money) for fall in model.bill.falls] == ["0.00", "0.00", "0.00", "400.00"]
    assert [step.title for step in model.steps] == ["2026年度居民医保费 400.00", "付现金 400.00"]
    assert model.slip is None


def test_that_a_year_whose_standard_is_unknown_says_what_to_do(model: VisitsModel, qtbot: QtBot) -> None:
    pay(model, qtbot, insured="father", on=DAY, year=2027, payer="me")
    assert model.missing is not None
    assert model.missing.verdict is Verdict.INFO
    assert model.missing.fixes[0] == "选现金，并填上缴费单上的金额"
    assert not model.by_receipt


def test_that_the_form_shows_what_matters_for_each_kind(page: VisitsPage, model: VisitsModel) -> None:
    assert page.form.sums["total"].isVisible()
    page.form.kind.choose("premium")
    assert model.paying
    assert not page.form.sums["total"].isVisible()
    assert page.form.sums["amount"].isVisible()
    assert page.form.payer.isVisible()
    assert page.form.year.isVisible()
    assert not page.form.share.isVisible()
    assert page.form.who.accessibleName() == "参保人"
    page.form.kind.choose("inpatient")
    assert page.form.level.isVisible()
    assert not page.form.year.isVisible()


def test_that_a_premium_is_typed_into_the_form(page: VisitsPage, model: VisitsModel, qtbot: QtBot) -> None:
    page.form.kind.choose("premium")
    page.form.who.chosen.emit("daughter")
    page.form.payer.chosen.emit("")
    page.form.year.chosen.emit("2026")
    page.form.group.chosen.emit("half")
    QTest.keyClicks(page.form.note, "wx")
    with qtbot.waitSignal(model.worked):
        QTest.keyClicks(page.form.sums["amount"].line, "400")
    form = model.premium
    assert (form.insured, form.payer, form.year, form.note) == ("daughter", "", 2026, "wx")
    assert form.group is PremiumGroup.HALF
    assert form.amount == yuan("400.00")
    page.form.sums["amount"].line.setText("")
    QTest.keyClicks(page.form.sums["amount"].line, "x")
    assert page.form.sums["amount"].wrong.isVisible()
    assert not page.book.isEnabled()


# ---------------------------------------------------------------------------------------------------- booking


def typed(page: VisitsPage, model: VisitsModel, qtbot: QtBot, sum_: str = "200") -> None:
    line = page.form.sums["total"].line
    line.selectAll()
    with qtbot.waitSignal(model.worked):
        QTest.keyClicks(line, sum_)


def kept(page: VisitsPage, seen: Review, change: Change) -> Review:
    """The family comes back as the session brings it."""
    after = review(change.family, seen.book)
    page.renew(after)
    return after


def test_that_an_example_is_not_booked_and_goes_when_one_types(
    page: VisitsPage, model: VisitsModel, qtbot: QtBot
) -> None:
    assert not page.book.isEnabled()
    assert "金额是举例" in page.head.context.text()
    typed(page, model, qtbot)
    assert model.form.full == Money(0)
    assert page.form.sums["full"].line.text() == "0.00"
    assert page.book.isEnabled()
    assert page.head.context.text() == "试算，未记入流水"


def test_that_what_is_booked_leads_to_its_line_and_leaves_a_fresh_form(
    page: VisitsPage, model: VisitsModel, seen: Review, qtbot: QtBot
) -> None:
    typed(page, model, qtbot)
    page.form.note.setFocus()
    QTest.keyClicks(page.form.note, "fz")
    with qtbot.waitSignal(page.change) as asked:
        page.book.click()
    change = asked.args[0]
    assert isinstance(change, Change)
    assert change.step == "记入母亲门诊 2026-11-21"
    assert not page.book.isEnabled()  # it is not booked twice
    assert not page.booked.isVisible()
    with qtbot.waitSignal(model.worked):
        kept(page, seen, change)
        page.choose(change.about)  # as the session does, to show what was kept
    assert page.booked.isVisible()
    assert page.booked.accessibleName() == "已记入母亲门诊 2026-11-21"
    assert (page.form.sums["total"].line.text(), page.form.note.text()) == ("", "")
    assert not page.form.sums["total"].wrong.isVisible()
    assert model.bill is None
    assert model.form.patient == "mother"
    with qtbot.waitSignal(page.go) as went:
        page.booked.link.click()
    assert went.args == ["ledger", change.about]


def test_that_an_undone_booking_is_no_longer_told(
    page: VisitsPage, model: VisitsModel, seen: Review, qtbot: QtBot
) -> None:
    typed(page, model, qtbot)
    with qtbot.waitSignal(page.change) as asked:
        model.book()
    assert asked.args is not None
    kept(page, seen, asked.args[0])
    page.renew(seen)
    assert not page.booked.isVisible()


def test_that_a_family_that_changed_leaves_what_is_half_typed(
    page: VisitsPage, model: VisitsModel, seen: Review, qtbot: QtBot
) -> None:
    typed(page, model, qtbot, "321.5")
    with qtbot.waitSignal(model.worked):
        page.renew(review(replace(seen.family, name="新名字"), seen.book))
    assert model.form.total == yuan("321.50")
    alone = Family(people=(seen.holder,), as_of=DAY)
    page.renew(review(alone, seen.book))
    assert model.form.patient == seen.holder.id


def test_that_a_day_ahead_can_be_tried_and_not_booked(
    page: VisitsPage, model: VisitsModel, qtbot: QtBot
) -> None:
    typed(page, model, qtbot)
    with qtbot.waitSignal(model.worked):
        page.form.day.put(date(2026, 12, 1))
    assert page.form.day_wrong.isVisible()
    assert "还没有到" in page.head.context.text()
    assert not page.book.isEnabled()
    with qtbot.assertNotEmitted(page.change):
        model.book()


def test_that_the_disputed_box_is_only_tried(page: VisitsPage, model: VisitsModel, qtbot: QtBot) -> None:
    typed(page, model, qtbot)
    with qtbot.waitSignal(model.worked):
        page.form.share.click()
    assert "只能试算" in page.head.context.text()
    assert not page.book.isEnabled()


def test_that_a_slip_is_of_the_bill_one_sees(page: VisitsPage, model: VisitsModel, qtbot: QtBot) -> None:
    slip = page.slip
    assert slip is not None
    assert slip.visit.charges.total_fee == yuan("1060.00")
    assert slip.trial.settled is model.done
    with qtbot.waitSignal(page.act) as asked:
        page.print.click()
    assert asked.args == ["print_slip"]
    model.edit(total=yuan("5.00"))
    assert page.slip is None
    assert not page.print.isEnabled()


# ---------------------------------------------------------------------------------------------------- mending


def test_that_a_record_of_the_book_is_mended(
    page: VisitsPage, model: VisitsModel, seen: Review, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(model.worked):
        page.choose("e2609-brother")
    assert page.head.title.text() == "修改一笔"
    assert page.book.text() == "保存修改"
    assert page.form.sums["total"].line.text() == "640.00"
    assert page.form.note.text() == "三级医院 骨科"
    typed(page, model, qtbot, "650")
    with qtbot.waitSignal(page.change) as asked:
        page.book.click()
    change = asked.args[0]
    assert isinstance(change, Change)
    assert (change.step, change.about) == ("修改弟弟门诊 2026-09-11", "e2609-brother")
    assert len(change.family.events) == len(seen.family.events)
    kept(page, seen, change)
    assert page.head.title.text() == "结算一笔"
    assert page.booked.isVisible()


def test_that_one_may_leave_a_record_as_it_is(page: VisitsPage, model: VisitsModel) -> None:
    page.choose("e2609-brother")
    assert page.leave.isVisible()
    page.leave.click()
    assert model.origin is None
    assert not page.leave.isVisible()


def test_that_a_premium_of_the_book_is_mended(page: VisitsPage, model: VisitsModel, seen: Review) -> None:
    paid = next(one for one in seen.family.events if isinstance(one, PremiumPayment))
    page.choose(paid.id)
    assert model.paying
    assert model.premium.payment(paid) == paid
    page.renew(review(replace(seen.family, events=()), seen.book))
    assert model.origin is None


def test_that_a_person_is_chosen_from_another_page(
    page: VisitsPage, model: VisitsModel, qtbot: QtBot
) -> None:
    page.choose("e2609-brother")
    with qtbot.waitSignal(model.worked):
        page.choose("father")
    assert (model.form.patient, model.origin) == ("father", None)
    page.choose("nobody")
    assert model.form.patient == "father"


# ------------------------------------------------------------------------------------------- keys and waiting


def test_that_enter_goes_on_to_the_next_field(page: VisitsPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.form.sums["total"].line.setFocus()
    qtbot.waitUntil(page.form.sums["total"].line.hasFocus)
    QTest.keyClick(page.form.sums["total"].line, Qt.Key.Key_Return)
    assert page.form.sums["full"].line.hasFocus()


def test_that_a_pressed_sum_tells_why(page: VisitsPage, qtbot: QtBot) -> None:
    page.why.leave()
    QTest.mouseClick(page.result.waterfall, Qt.MouseButton.LeftButton)
    assert page.why.isVisible()
    link = next(one for one in page.why.findChildren(Button) if "2022-10-01" in one.text())
    with qtbot.waitSignal(page.go) as went:
        link.click()
    assert went.args == ["policies", "employee_outpatient.deductible@2026-11-21"]


def test_that_waiting_can_be_stopped_and_taken_up_again(
    page: VisitsPage, model: VisitsModel, qtbot: QtBot
) -> None:
    model.edit(total=yuan("2000.00"))
    assert model.waiting
    model.cancel()
    assert not model.waiting
    assert page.result.again.isVisible()
    with qtbot.waitSignal(model.worked):
        page.result.again.click()
    assert not model.stale
    assert not page.result.again.isVisible()


def test_that_seldom_needed_fields_open_and_are_told_while_closed(
    page: VisitsPage, model: VisitsModel
) -> None:
    assert not page.form.area.isVisible()
    assert "治疗" in page.form.more.accessibleName()
    page.form.more.click()
    assert page.form.area.isVisible()
    page.form.area.chosen.emit("430100")
    page.form.purpose.chosen.emit("goods")
    assert (model.form.area, str(model.form.purpose)) == ("430100", "goods")
    assert "长沙" in model.more
