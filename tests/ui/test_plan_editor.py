"""预计的编辑测试。Items of a plan are listed, opened, filled in, kept, removed; half-typed forms stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from desktop.domain.care import Level, Setting
from desktop.domain.people import Scheme, Sex, Status
from desktop.domain.plan import (
    Dies,
    Enrols,
    Moves,
    Plan,
    PlannedPremium,
    Recurring,
    Retires,
    Rhythm,
)
from desktop.domain.premium import PremiumPayment, Refund
from desktop.ui.planning.forms import BillForm, LifeForm, NumberForm, PremiumForm, RiskForm
from desktop.ui.planning.numbers import NumberLine
from desktop.ui.planning.plan_editor import PlanEditor
from desktop.usecases.odds import RiskEntry, odds, set_risk
from desktop.usecases.plan_items import plan_of
from desktop.usecases.review import review
from tests.families import bound, charged, family, resident, shipped, visit, worker, yuan
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.domain.family import Family
    from desktop.ui.look.look import Look
    from desktop.usecases.changes import Change

DAY = date(2026, 11, 21)
MUM = replace(resident("mum"), sex=Sex.FEMALE, name="刘蕙", born=date(1958, 3, 14))
STAY = visit("stay", date(2027, 5, 1), "mum", charged(8000, own=200, upfront=300), setting=Setting.INPATIENT)
PLAN = Plan(
    recurring=(Recurring(STAY, Rhythm.YEAR),),
    expected=(replace(STAY, id="knee", on=date(2027, 6, 1)),),
    premiums=(PlannedPremium("mum", "me"),),
    life=(Retires("me", date(2040, 1, 1)),),
)
BASE = replace(family(worker("me"), MUM, bindings=(bound("me", "mum"),), as_of=DAY), plan=PLAN, holder="me")


class Bench:
    """A plan editor, and every change it made, kept as a session would."""

    def __init__(self, look: Look, qtbot: QtBot, start: Family = BASE) -> None:
        self.qtbot = qtbot
        self.editor = PlanEditor(look, review(start, shipped()))
        qtbot.addWidget(self.editor)
        self.family = start
        self.steps: list[str] = []
        self.left = 0
        self.editor.change.connect(self._keep)
        self.editor.leave.connect(self._leave)
        self.editor.resize(1136, 800)
        self.editor.show()
        qtbot.waitUntil(lambda: bool(self.editor._odds))

    def _keep(self, change: Change) -> None:
        self.steps.append(change.step)
        self.family = change.family
        self.editor.renew(review(change.family, shipped()))

    def _leave(self) -> None:
        self.left += 1

    @property
    def plan(self) -> Plan:
        return plan_of(self.family)

    def bill(self) -> BillForm:
        form = self.editor.side.form
        assert isinstance(form, BillForm)
        return form

    def press(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: bool(self._shown(words)))
        self._shown(words)[0].click()

    def _shown(self, words: str) -> list[QAbstractButton]:
        buttons = self.editor.findChildren(QAbstractButton)
        return [one for one in buttons if one.accessibleName() == words and one.isVisible()]

    def titles(self) -> list[str]:
        return [one.title for one in self.editor.list.items if not one.head]


@pytest.fixture
def bench(look: Look, qtbot: QtBot) -> Bench:
    return Bench(look, qtbot)


def typed(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)


# --------------------------------------------------------------------------------------- the list


def test_everything_planned_is_listed_in_words(bench: Bench) -> None:
    titles = bench.titles()
    assert titles[:6] == ["母亲的住院", "母亲的住院", "母亲", "本人退休", "工资每年涨", "计划外看病"]
    first = next(one for one in bench.editor.list.items if not one.head)
    assert first.words == "每年，2027-05-01 起，三级医院，约 80% 会发生，全自费 200.00，先行自付 300.00"
    assert first.aside == "8,000.00"


def test_what_a_document_may_plan_is_listed_too(look: Look, qtbot: QtBot) -> None:
    day = date(2027, 3, 1)
    plan = replace(
        PLAN,
        recurring=(
            replace(
                PLAN.recurring[0],
                until=date(2029, 1, 1),
                visit=replace(STAY, provider=replace(STAY.provider, area="430500")),
            ),
        ),
        expected=(
            PremiumPayment("p", day, "mum", 2027, paid_from="me"),
            PremiumPayment("q", day, "mum", 2027, yuan(400)),
            Refund("r", day, "p"),
        ),
        life=(
            Moves("mum", day, "430500"),
            Enrols("mum", day, Scheme.EMPLOYEE, Status.FLEXIBLE, "430100"),
            Dies("mum", day),
        ),
        wage_growth=Decimal("0.03"),
        illness=Decimal(2),
    )
    bench = Bench(look, qtbot, replace(BASE, plan=plan))
    words = "\n".join(one.spoken for one in bench.editor.list.items)
    assert "2027-05-01 至 2029-01-01，邵阳 三级医院" in words
    assert "2027-03-01，2027 年度，从本人的账户付，按标准" in words
    assert "2027-03-01，2027 年度，付现金，400.00" in words
    assert "母亲迁居，2027-03-01 起，到邵阳" in words
    assert "母亲换险种，2027-03-01 起，长沙 职工医保 灵活就业" in words
    assert "工资每年涨，缴费基数随工资涨，每年 1 月起，3%" in words
    assert "常见的 2 倍" in words
    bench.editor.choose("once p")  # has no form: only a document makes such an item
    assert bench.editor.side.form is None


def test_a_family_without_a_plan_is_told_so_and_given_one(look: Look, qtbot: QtBot) -> None:
    start = replace(BASE, plan=None, events=(replace(STAY, on=date(2026, 5, 1)),))
    bench = Bench(look, qtbot, start)
    assert "现在没有自己的预计" in bench.editor.says.text()
    assert bench.titles()[0] == "母亲的住院"
    bench.press("改成自己的预计")
    assert bench.steps == ["改成自己的预计"]
    assert bench.family.plan == plan_of(start)
    assert not bench.editor.own_button.isVisible()
    bench.press("恢复为照去年一样")
    assert bench.family.plan is None


def test_walking_the_list_shows_each_form_and_keeps_the_keyboard(bench: Bench) -> None:
    bench.editor.activateWindow()
    bench.editor.list.setFocus()
    first = bench.editor.side.form
    bench.editor.list.step(1)
    assert bench.editor.side.form is not first
    assert bench.editor.list.hasFocus()
    QTest.keyClick(bench.editor.list, Qt.Key.Key_Return)
    assert not bench.editor.list.hasFocus()


def test_what_is_half_typed_stays_while_one_walks_on(bench: Bench) -> None:
    bench.editor.choose("bill stay")
    form = bench.bill()
    typed(form.sums["total"].line, "9000")
    bench.editor.list.step(1)
    assert bench.editor.side.form is form


def test_a_long_plan_is_listed_within_bounds(look: Look, qtbot: QtBot) -> None:
    many = tuple(Recurring(replace(STAY, id=f"bill-{n}"), Rhythm.YEAR) for n in range(300))
    bench = Bench(look, qtbot, replace(BASE, plan=replace(PLAN, recurring=many)))
    assert len(bench.titles()) > 300
    look.wear(scale=2.0)
    assert bench.editor.list.maximumHeight() <= look.unit(400) + look.unit()


# ------------------------------------------------------------------------------------------ bills


def test_a_bill_is_changed_in_one_named_step(bench: Bench) -> None:
    bench.editor.choose("bill stay")
    form = bench.bill()
    assert form.editor.title == "改动母亲的住院预计"
    assert (form.happens.placeholderText(), form.spread.placeholderText()) == ("80", "60")
    typed(form.sums["total"].line, "9000")
    typed(form.happens, "80%")
    typed(form.spread, "30")
    form.every.choose(Rhythm.QUARTER)
    form.commit_button.click()
    assert bench.steps == ["改动母亲的住院预计"]
    item = bench.plan.recurring[0]
    assert (item.visit.charges.total_fee, item.every) == (yuan(9000), Rhythm.QUARTER)
    assert item.chance is not None
    assert (item.chance.happens, item.chance.spread) == (Decimal("0.8"), Decimal("0.3"))
    assert bench.editor.side.form is None
    assert bench.editor.list.key == "bill stay"


@pytest.mark.parametrize(("filled", "chance"), [("happens", ("0.5", "0.6")), ("spread", ("0.8", "0.5"))])
def test_of_the_two_odds_the_one_left_empty_is_the_usual_one(
    bench: Bench, filled: str, chance: tuple[str, str]
) -> None:
    bench.editor.choose("bill stay")
    typed(getattr(bench.bill(), filled), "50")
    bench.bill().commit_button.click()
    item = bench.plan.recurring[0]
    assert item.chance is not None
    assert (item.chance.happens, item.chance.spread) == tuple(map(Decimal, chance))


def test_the_keyboard_begins_at_the_first_field_of_a_form(bench: Bench) -> None:
    bench.editor.add_bill()
    assert next(iter(bench.bill()._asked)) == "patient"
    bench.editor.add_life()
    form = bench.editor.side.form
    assert isinstance(form, LifeForm)
    assert next(iter(form._asked)) == "kind"


def test_a_form_opened_before_the_odds_are_known_is_told_them(look: Look, qtbot: QtBot) -> None:
    editor = PlanEditor(look, review(BASE, shipped()))
    qtbot.addWidget(editor)
    editor.choose("bill stay")
    form = editor.side.form
    assert isinstance(form, BillForm)
    assert form.happens.placeholderText() == "照常见"
    qtbot.waitUntil(lambda: form.happens.placeholderText() == "80")


def test_an_untouched_bill_keeps_what_the_form_does_not_show(look: Look, qtbot: QtBot) -> None:
    known = replace(STAY, charges=replace(STAY.charges, fund_paid=yuan(5000)), use_account=False, note="复查")
    plan = replace(PLAN, recurring=(Recurring(known, Rhythm.YEAR),))
    bench = Bench(look, qtbot, replace(BASE, plan=plan))
    bench.editor.choose("bill stay")
    assert bench.bill().editor.outcome().family.plan == plan  # type: ignore[union-attr]


def test_a_bill_is_added_for_a_day_at_a_pharmacy(bench: Bench) -> None:
    bench.press("添加账单")
    form = bench.bill()
    form.who.chosen.emit("mum")
    form.setting.choose(Setting.PHARMACY)
    assert not form.level.isVisible()
    form.every.choose("once")
    assert not form.until.isVisible()
    form.area.chosen.emit("430500")
    typed(form.since.line, "2027-02-03")
    form.since.line.typed.emit()
    typed(form.sums["total"].line, "120")
    typed(form.note, "降压药")
    form.commit_button.click()
    made = bench.plan.expected[-1]
    assert bench.steps == ["添加母亲的药店购药预计"]
    assert (made.on, getattr(made, "note", ""), made.provider.area) == (date(2027, 2, 3), "降压药", "430500")  # type: ignore[union-attr]


def test_a_bill_that_comes_back_is_added_until_a_day(bench: Bench) -> None:
    bench.editor.add_bill()
    form = bench.bill()
    form.level.chosen.emit(Level.PRIMARY)
    typed(form.until.line, "2028-12-31")
    form.until.line.typed.emit()
    typed(form.sums["total"].line, "300")
    typed(form.sums["full"].line, "30")
    typed(form.sums["upfront"].line, "20")
    typed(form.sums["over"].line, "10")
    form.commit_button.click()
    made = bench.plan.recurring[-1]
    assert (made.every, made.until, made.visit.provider.level) == (
        Rhythm.YEAR,
        date(2028, 12, 31),
        Level.PRIMARY,
    )
    assert made.visit.charges.in_scope == yuan(240)
    assert made.chance is None


def test_a_single_event_is_changed_and_removed(bench: Bench) -> None:
    bench.editor.choose("once knee")
    typed(bench.bill().sums["total"].line, "46800")
    bench.bill().commit_button.click()
    assert bench.plan.expected[0].charges.total_fee == yuan(46800)  # type: ignore[union-attr]
    bench.editor.choose("once knee")
    bench.press("删去这一笔预计")
    assert bench.plan.expected == ()
    assert bench.steps == ["改动母亲的住院预计", "删去母亲的住院预计"]


def test_what_is_wrong_is_said_beside_its_field(bench: Bench) -> None:
    bench.editor.add_bill()
    form = bench.bill()
    form.commit_button.click()
    assert form.sums["total"].wrong.text() == "没有写医疗费总额。"
    typed(form.happens, "130")
    assert "可能性要在 0 到 100 之间" in form._asked["happens"].wrong.text()
    typed(form.happens, "很大")
    assert form._asked["happens"].wrong.text() == "请填一个数，例如 80。"
    typed(form.since.line, "2027-02-30")
    form.since.line.typed.emit()
    assert "请填日历上有的一天" in form.since.wrong.text()
    assert bench.steps == []


def test_a_bill_is_removed_without_being_asked_twice(bench: Bench) -> None:
    bench.editor.choose("bill stay")
    bench.press("删去这一笔预计")
    assert bench.steps == ["删去母亲的住院预计"]
    assert bench.plan.recurring == ()
    assert bench.editor.side.form is None


# --------------------------------------------------------------------------------------- premiums


def test_a_premium_is_paid_in_cash_instead(bench: Bench) -> None:
    bench.editor.choose("premium mum")
    form = bench.editor.side.form
    assert isinstance(form, PremiumForm)
    assert not form.who.isEnabled()
    form.payer.chosen.emit("cash")
    form.commit_button.click()
    assert bench.plan.premiums == (PlannedPremium("mum", None),)
    bench.editor.choose("premium mum")
    bench.press("不再预计这一笔保费")
    assert not bench.plan.premiums
    assert bench.steps == ["改动母亲的保费预计", "删去母亲的保费预计"]


def test_a_new_premium_is_proposed_for_a_resident_without_one(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, replace(BASE, plan=Plan()))
    bench.press("添加每年的保费")
    form = bench.editor.side.form
    assert isinstance(form, PremiumForm)
    assert form.who.key() == "mum"
    form.who.chosen.emit("mum")
    form.payer.chosen.emit("me")
    form.commit_button.click()
    assert bench.plan.premiums == (PlannedPremium("mum", "me"),)
    bench.editor.add_premium()  # everyone has one: whoever comes first
    form = bench.editor.side.form
    assert isinstance(form, PremiumForm)
    assert form.who.key() == "me"


# ------------------------------------------------------------------------------------------- life


def life_form(bench: Bench) -> LifeForm:
    form = bench.editor.side.form
    assert isinstance(form, LifeForm)
    return form


@pytest.mark.parametrize(
    ("kind", "step"),
    [("moves", "添加母亲迁居"), ("otherwise", "添加母亲换险种"), ("dies", "添加母亲身故")],
)
def test_events_of_life_are_added(bench: Bench, kind: str, step: str) -> None:
    bench.press("添加人生的事件")
    form = life_form(bench)
    form.kind.choose(kind)
    form.who.chosen.emit("mum")
    form.area.chosen.emit("430500")
    assert form.area.isVisible() is (kind != "dies")
    assert form.way.isVisible() is (kind == "otherwise")
    form.commit_button.click()
    assert bench.steps == [step]


def test_who_begins_to_work_may_have_an_account(bench: Bench) -> None:
    bench.editor.add_life()
    form = life_form(bench)
    form.kind.choose("works")
    form.who.chosen.emit("mum")
    typed(form.base.line, "6500")
    form.way.chosen.emit("resident/active")  # not asked of one who begins to work
    form.commit_button.click()
    made = bench.plan.life[-1]
    assert isinstance(made, Enrols)
    assert made.monthly_base == yuan(6500)
    bench.editor.choose("life 1")
    form = life_form(bench)
    assert form.base.money() == yuan(6500)
    typed(form.base.line, "")
    form.commit_button.click()
    assert bench.plan.life[-1].monthly_base is None  # type: ignore[union-attr]


def test_retirement_is_moved_and_taken_out(bench: Bench) -> None:
    bench.editor.choose("life 0")
    form = life_form(bench)
    typed(form.on.line, "2044-05-17")
    form.on.line.typed.emit()
    form.commit_button.click()
    assert bench.plan.life == (Retires("me", date(2044, 5, 17)),)
    bench.editor.choose("life 0")
    bench.press("删去这件事")
    assert not bench.plan.life


def test_a_retired_resident_is_refused_beside_the_person(bench: Bench) -> None:
    bench.editor.add_life()
    form = life_form(bench)
    form.who.chosen.emit("mum")
    assert "不能退休" in form._asked["person"].wrong.text()


@pytest.mark.parametrize("kind", [Moves("mum", date(2027, 3, 1), "430500"), Dies("mum", date(2027, 3, 1))])
def test_an_event_of_life_is_opened_as_it_is(look: Look, qtbot: QtBot, kind: Moves | Dies) -> None:
    bench = Bench(look, qtbot, replace(BASE, plan=replace(PLAN, life=(kind,))))
    bench.editor.choose("life 0")
    assert life_form(bench).editor.outcome().family.plan.life == (kind,)  # type: ignore[union-attr]


# ---------------------------------------------------------------------------------------- numbers


def test_wages_and_unplanned_illness_are_single_numbers(bench: Bench) -> None:
    bench.editor.choose("wages")
    form = bench.editor.side.form
    assert isinstance(form, NumberForm)
    typed(form.line, "3.5")
    form.commit_button.click()
    bench.editor.choose("illness")
    form = bench.editor.side.form
    assert isinstance(form, NumberForm)
    typed(form.line, "")
    assert "请填一个数" in form._asked["illness"].wrong.text()
    typed(form.line, "0")
    form.commit_button.click()
    assert (bench.plan.wage_growth, bench.plan.illness) == (Decimal("0.035"), Decimal(0))
    assert bench.steps == ["改动工资涨幅", "改动计划外看病的多少"]


def test_a_number_is_read_as_people_type_it(look: Look, qtbot: QtBot) -> None:
    line = NumberLine(look, "可能", "%")
    qtbot.addWidget(line)
    for text, number in (("80", "0.8"), ("\uff18\uff10\uff05", "0.8"), ("12.5 %", "0.125"), ("-1", "-0.01")):
        line.setText(text)
        assert line.number() == Decimal(number)
    line.put(Decimal("0.8"))
    assert line.text() == "80"
    line.put(None)
    assert line.text() == ""
    assert line.trouble() == ""


# ------------------------------------------------------------------------------------------- odds


def test_odds_tell_whose_word_they_are_and_are_set_and_restored(bench: Bench) -> None:
    item = next(one for one in bench.editor.list.items if one.key == "risk mum outpatient")
    assert item.aside == "同龄人的常见情况"
    bench.editor.choose(item.key)
    form = bench.editor.side.form
    assert isinstance(form, RiskForm)
    assert "依据：" in form.says.text()
    typed(form.a_year, "2")
    typed(form.fee.line, "500")
    typed(form.spread, "")
    assert "请填一个数" in form._asked["spread"].wrong.text()
    typed(form.spread, "50")
    form.commit_button.click()
    assert bench.steps == ["改动母亲的普通门诊估计"]
    risk = bench.plan.risks[0]
    assert (risk.a_year, risk.visit.charges.total_fee, risk.spread) == (Decimal(2), yuan(500), Decimal("0.5"))
    bench.qtbot.waitUntil(lambda: any("自己填的" in one.spoken for one in bench.editor.list.items))
    bench.editor.choose("risk mum outpatient")
    bench.press("恢复常见值")
    assert bench.plan.risks == ()


def test_odds_of_ones_own_records_say_how_many(look: Look, qtbot: QtBot) -> None:
    visits = tuple(visit(f"v{n}", date(2026, n, 1), "mum", charged(300)) for n in range(1, 9))
    bench = Bench(look, qtbot, replace(BASE, events=visits))
    item = next(one for one in bench.editor.list.items if one.key == "risk mum outpatient")
    assert item.marks[0].words == "自己的记录（8 次）"


def test_odds_that_are_no_more_are_not_opened(bench: Bench) -> None:
    bench.editor.choose("risk nobody outpatient")
    assert bench.editor.side.form is None


def test_what_was_said_of_illness_rests_on_no_pack(look: Look, qtbot: QtBot) -> None:
    entry = RiskEntry(Decimal(2), yuan(500), Decimal(1))
    stated = set_risk(BASE, shipped(), "mum", Setting.OUTPATIENT, entry).family  # type: ignore[union-attr]
    assert any(one.because is None for one in odds(stated, shipped()))
    bench = Bench(look, qtbot, stated)
    bench.editor.choose("risk mum outpatient")
    form = bench.editor.side.form
    assert isinstance(form, RiskForm)
    assert "依据" not in form.says.text()


# -------------------------------------------------------------------------------------- following


def test_escape_closes_the_form_then_the_editor(bench: Bench) -> None:
    bench.editor.choose("bill stay")
    QTest.keyClick(bench.editor, Qt.Key.Key_Escape)
    assert bench.editor.side.form is None
    assert bench.left == 0
    QTest.keyClick(bench.editor, Qt.Key.Key_Escape)
    assert bench.left == 1


def test_a_half_typed_form_stays_when_something_else_is_kept(bench: Bench) -> None:
    bench.editor.choose("bill stay")
    form = bench.bill()
    typed(form.sums["total"].line, "9")
    bench.editor.renew(review(replace(BASE, name="林家"), shipped()))
    assert bench.editor.side.form is form
    assert form.sums["total"].line.text() == "9"


def test_a_form_about_someone_who_is_gone_is_closed(bench: Bench) -> None:
    bench.editor.choose("bill stay")
    alone = replace(BASE, people=BASE.people[:1], bindings=(), plan=Plan())
    bench.editor.renew(review(alone, shipped()))
    assert bench.editor.side.form is None


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_it_fits_its_width(
    bench: Bench, fits_width: Callable[[object, float, int], bool], scale: float, width: int
) -> None:
    bench.editor.choose("bill stay")
    assert fits_width(bench.editor, scale, width)


def test_privacy_hides_every_sum_and_name(bench: Bench, look: Look) -> None:
    bench.editor.choose("bill stay")
    look.wear(hidden=True)
    form = bench.bill()
    form.refresh()
    assert form.sums["total"].line.masked
    assert "刘" not in form.who.currentText()
