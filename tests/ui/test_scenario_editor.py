"""方案的编辑测试。A scenario is named, put together from sentences, checked, mended and kept in one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from desktop.domain.binding import Relation
from desktop.domain.care import Setting
from desktop.domain.people import Sex
from desktop.domain.plan import Plan, PlannedPremium, Recurring, Retires, Rhythm, RuleChange, Scenario
from desktop.ui.planning.draft_forms import PickForm, RuleForm, StopForm, SwitchForm
from desktop.ui.planning.forms import BillForm, LifeForm, PremiumForm
from desktop.ui.planning.scenario_editor import ScenarioEditor
from desktop.usecases.review import review
from tests.families import bound, charged, family, resident, shipped, visit, worker, yuan
from tests.ui.conftest import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.domain.family import Family
    from desktop.ui.look.look import Look
    from desktop.usecases.changes import Change

DAY, LATER = date(2026, 11, 21), date(2026, 12, 1)
MUM = replace(resident("mum"), sex=Sex.FEMALE, name="刘蕙")
BROTHER = replace(worker("bro", 9000), sex=Sex.MALE, relation=Relation.SIBLING)
STAY = visit("stay", date(2027, 5, 1), "mum", charged(8000), setting=Setting.INPATIENT)
PLAN = Plan(recurring=(Recurring(STAY, Rhythm.YEAR),), premiums=(PlannedPremium("mum", "me"),))
BASE = replace(
    family(worker("me"), MUM, BROTHER, bindings=(bound("me", "mum"),), as_of=DAY), plan=PLAN, holder="me"
)
FULL = Scenario(
    "样样都有",
    ends={"me-mum": DAY},
    premiums=(PlannedPremium("mum", None),),
    recurring=(replace(PLAN.recurring[0], every=Rhythm.QUARTER),),
    life=(Retires("me", date(2040, 1, 1)),),
    rules=(RuleChange("premium.personal", date(2027, 1, 1), Decimal(500)),),
)


class Bench:
    """A scenario editor, and every change it made, kept as a session would."""

    def __init__(
        self, look: Look, qtbot: QtBot, start: Family = BASE, scenario: Scenario | None = None
    ) -> None:
        self.qtbot, self.family = qtbot, start
        self.editor = ScenarioEditor(look, review(start, shipped()), scenario)
        qtbot.addWidget(self.editor)
        self.steps: list[str] = []
        self.left = 0
        self.editor.change.connect(self._keep)
        self.editor.leave.connect(self._leave)
        self.editor.resize(1136, 800)
        self.editor.show()
        qtbot.waitExposed(self.editor)

    def _keep(self, change: Change) -> None:
        self.steps.append(change.step)
        self.family = change.family
        self.editor.renew(review(change.family, shipped()))

    def _leave(self) -> None:
        self.left += 1

    def press(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: bool(self._shown(words)))
        self._shown(words)[0].click()

    def _shown(self, words: str) -> list[QAbstractButton]:
        buttons = self.editor.findChildren(QAbstractButton)
        return [one for one in buttons if one.accessibleName() == words and one.isVisible()]

    def said(self) -> list[str]:
        return [one.row.says for one in self.editor.rows]

    @property
    def scenario(self) -> Scenario:
        return self.editor.draft.scenario

    def name(self, words: str) -> None:
        typed(self.editor.name, words)


def typed(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)


@pytest.fixture
def bench(look: Look, qtbot: QtBot) -> Bench:
    return Bench(look, qtbot)


# ----------------------------------------------------------------------------------------- the scenario


def test_a_scenario_is_named_made_and_kept_in_one_step(bench: Bench) -> None:
    bench.name("母亲改由兄弟支付")
    bench.press("加一条：换人支付")
    form = bench.editor.side.form
    assert isinstance(form, SwitchForm)
    bench.qtbot.waitUntil(lambda: not form._editor.stale)
    form.commit_button.click()
    assert bench.said() == ["2026-12-01 起，母亲改由兄弟支付"]
    assert bench.steps == []
    bench.press("加入对比")
    assert bench.steps == ["新建方案“母亲改由兄弟支付”"]
    assert bench.family.scenarios == (bench.scenario,)
    assert bench.left == 1


def test_without_a_name_it_is_not_kept_and_says_so_at_the_name(bench: Bench) -> None:
    assert not bench.editor._name.wrong.isVisible()
    bench.press("加入对比")
    assert bench.editor._name.wrong.text() == "没有写方案的名字。"
    assert bench.steps == []
    bench.name("改付现金")
    assert not bench.editor._name.wrong.isVisible()


def test_a_known_one_is_replaced_under_another_name(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, replace(BASE, scenarios=(FULL,)), FULL)
    bench.name("少一样")
    bench.press("移去：2040-01-01 本人退休")
    bench.press("保存方案")
    assert bench.steps == ["修改方案“样样都有”"]
    assert bench.family.scenarios == (replace(FULL, name="少一样", life=()),)


def test_every_sentence_can_be_opened_and_left_as_it_is(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, replace(BASE, scenarios=(FULL,)), FULL)
    kinds = (StopForm, PremiumForm, BillForm, LifeForm, RuleForm)
    assert len(bench.said()) == len(kinds)
    for place, kind in enumerate(kinds):
        bench.editor.rows[place].edit_button.click()
        form = bench.editor.side.form
        assert form is not None
        assert isinstance(form, kind)
        form.commit_button.click()
        assert bench.scenario == FULL


def test_every_sentence_can_be_taken_out(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, replace(BASE, scenarios=(FULL,)), FULL)
    while bench.editor.rows:
        bench.editor.rows[0].remove_button.click()
    assert bench.scenario == Scenario("样样都有")
    assert bench.editor.none.isVisible()


def test_very_many_sentences_are_counted_not_shown(look: Look, qtbot: QtBot) -> None:
    many = replace(FULL, leaves_out=tuple(f"bill-{n}" for n in range(300)))
    bench = Bench(look, qtbot, replace(BASE, scenarios=(many,)), many)
    assert len(bench.editor.rows) == 100
    assert bench.scenario == many


# -------------------------------------------------------------------------------------- what may differ


def test_who_pays_instead_is_checked_beforehand(bench: Bench) -> None:
    bench.editor.add_switch()
    form = bench.editor.side.form
    assert isinstance(form, SwitchForm)
    assert (form.payer.key(), form.beneficiary.key()) == ("bro", "mum")
    form.payer.chosen.emit("me")
    assert "现在就由这位家人支付" in form._asked["payer"].wrong.text()
    form.payer.chosen.emit("bro")
    bench.qtbot.waitUntil(lambda: form._editor.effect is not None and not form._editor.stale)
    assert form._editor.effect is not None
    assert form._editor.effect.then.family.bindings[-1].payer == "bro"


def test_what_breaks_a_rule_is_told_before_it_is_put_in(look: Look, qtbot: QtBot) -> None:
    law = replace(resident("law"), relation=Relation.PARENT_IN_LAW)
    bench = Bench(look, qtbot, replace(BASE, people=(*BASE.people, law)))
    bench.editor.add_switch()
    form = bench.editor.side.form
    assert isinstance(form, SwitchForm)
    form.beneficiary.chosen.emit("law")
    form.relation.chosen.emit(Relation.PARENT_IN_LAW)
    qtbot.waitUntil(lambda: form._editor.effect is not None and not form._editor.stale)
    assert form._editor.breaks_rules


def test_a_binding_is_ended_on_a_day(bench: Bench) -> None:
    bench.press("加一条：解除绑定")
    form = bench.editor.side.form
    assert isinstance(form, StopForm)
    form.binding.chosen.emit("me-mum")
    typed(form.last_day.line, "2026-11-01")
    form.last_day.line.typed.emit()
    assert "请写今天或以后的一天" in form.last_day.wrong.text()
    typed(form.last_day.line, "2026-12-31")
    form.last_day.line.typed.emit()
    form.commit_button.click()
    assert bench.scenario.ends == {"me-mum": date(2026, 12, 31)}
    assert not bench.editor.adding[1].isEnabled()


def test_a_premium_is_proposed_to_be_paid_from_elsewhere(bench: Bench) -> None:
    bench.press("加一条：保费从谁的账户付")
    form = bench.editor.side.form
    assert isinstance(form, PremiumForm)
    form.payer.chosen.emit("me")
    assert "与基准一样" in form._asked["paid_from"].wrong.text()
    form.payer.chosen.emit("cash")
    form.commit_button.click()
    assert bench.said() == ["母亲的保费改付现金"]


def test_a_premium_paid_in_cash_is_proposed_from_the_account(look: Look, qtbot: QtBot) -> None:
    plan = replace(PLAN, premiums=(PlannedPremium("mum", None),))
    bench = Bench(look, qtbot, replace(BASE, plan=plan))
    bench.editor.add_premium()
    assert bench.editor.side.form is not None
    bench.editor.side.form.commit_button.click()
    assert bench.said() == ["母亲的保费改从本人的账户付"]


def test_a_planned_bill_is_left_out(bench: Bench) -> None:
    bench.press("加一条：不再预计一笔")
    form = bench.editor.side.form
    assert isinstance(form, PickForm)
    form.bill.chosen.emit("stay")
    form.commit_button.click()
    assert bench.scenario.leaves_out == ("stay",)
    assert not bench.editor.adding[3].isEnabled()
    assert not bench.editor.adding[4].isEnabled()


def test_a_bill_is_picked_then_changed(bench: Bench) -> None:
    bench.press("加一条：改一笔预计")
    form = bench.editor.side.form
    assert isinstance(form, PickForm)
    form.commit_button.click()
    bill = bench.editor.side.form
    assert isinstance(bill, BillForm)
    bill.commit_button.click()
    assert "与基准一样" in bill.sums["total"].wrong.text()
    typed(bill.sums["total"].line, "12000")
    bill.commit_button.click()
    assert bench.said() == ["母亲的住院改按每次 12,000.00 预计"]
    bench.press("移去：母亲的住院改按每次 12,000.00 预计")
    assert bench.scenario.recurring == ()


def test_a_form_for_one_sentence_has_no_second_way_to_remove_it(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, replace(BASE, scenarios=(FULL,)), FULL)
    for line in bench.editor.rows:
        line.edit_button.click()
        words = {one.accessibleName() for one in bench.editor.side.findChildren(QAbstractButton)}
        assert not any(one.startswith(("删去", "不再预计")) for one in words)


def test_an_event_of_life_is_laid_over(bench: Bench) -> None:
    bench.press("加一条：人生的事件")
    form = bench.editor.side.form
    assert isinstance(form, LifeForm)
    form.commit_button.click()
    assert bench.said() == ["2026-12-01 本人退休"]


# ------------------------------------------------------------------------------------------------- rules


def rule_form(bench: Bench) -> RuleForm:
    form = bench.editor.side.form
    assert isinstance(form, RuleForm)
    return form


def test_next_years_premium_is_supposed(bench: Bench) -> None:
    bench.press("加一条：假设一条规则")
    form = rule_form(bench)
    assert form.now.text() == "现在：400.00 元/年"
    form.commit_button.click()
    assert "与规则包里的一样" in form._asked["value"].wrong.text()
    field = form._asked["value"]
    typed(field.line, "五百")  # type: ignore[union-attr]
    assert "请填金额" in field.wrong.text()
    typed(field.line, "500")  # type: ignore[union-attr]
    typed(form.since.line, "2027-09-01")
    form.since.line.typed.emit()
    form.commit_button.click()
    assert bench.scenario.rules == (RuleChange("premium.personal", date(2027, 9, 1), Decimal(500)),)
    assert bench.said() == ["2027-09-01 起，假设居民医保个人缴费标准为 500.00 元/年（按规则包 400.00 元/年）"]


def test_a_ratio_a_count_and_a_flag_have_fields_of_their_own(bench: Bench) -> None:
    bench.editor.add_rule()
    form = rule_form(bench)
    form.topic.chosen.emit("门诊统筹")
    form.rule.chosen.emit("employee_outpatient.pool_share/tertiary")
    line = form._asked["value"].field  # type: ignore[union-attr]
    typed(line, "70")  # type: ignore[arg-type]
    form.commit_button.click()
    made = bench.scenario.rules[0]
    assert (made.entry, made.value) == (("tertiary",), Decimal("0.7"))
    bench.editor.add_rule()
    form = rule_form(bench)
    form.rule.chosen.emit("account.heritable")
    form._asked["value"].field.choose("no")  # type: ignore[union-attr]
    form.commit_button.click()
    assert bench.scenario.rules[1].value is False
    bench.editor.add_rule()
    form = rule_form(bench)
    form.rule.chosen.emit("mutual_aid.most_active")
    line = form._asked["value"].field  # type: ignore[union-attr]
    typed(line, "")  # type: ignore[arg-type]
    assert "请填一个数" in form._asked["value"].wrong.text()
    typed(line, "12")  # type: ignore[arg-type]
    form.commit_button.click()
    assert bench.scenario.rules[2].value == Decimal(12)


def test_a_supposed_rule_is_mended_in_its_place(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, replace(BASE, scenarios=(FULL,)), FULL)
    bench.editor.rows[-1].edit_button.click()
    form = rule_form(bench)
    field = form._asked["value"]
    assert field.money() == yuan(500)  # type: ignore[union-attr]
    typed(field.line, "450")  # type: ignore[union-attr]
    form.commit_button.click()
    assert [one.value for one in bench.scenario.rules] == [Decimal(450)]


# ---------------------------------------------------------------------------------------------- following


def test_what_cannot_be_done_is_not_offered(look: Look, qtbot: QtBot) -> None:
    alone = replace(BASE, people=BASE.people[:1], bindings=(), plan=Plan())
    bench = Bench(look, qtbot, alone)
    can = [False, False, True, False, False, True, True, True]
    assert [one.isEnabled() for one in bench.editor.adding] == can


def test_with_nobody_else_to_pay_the_holder_stands_in_the_form(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, replace(BASE, people=(BASE.people[0], MUM)))
    bench.editor.add_switch()
    form = bench.editor.side.form
    assert isinstance(form, SwitchForm)
    assert form.payer.key() == "me"


def test_a_draft_stays_when_something_else_is_kept(bench: Bench) -> None:
    bench.name("还没写完")
    bench.editor.add_end()
    form = bench.editor.side.form
    bench.editor.renew(review(replace(BASE, name="林家"), shipped()))
    assert bench.scenario.name == "还没写完"
    assert bench.editor.side.form is form
    assert bench.left == 0


def test_what_a_draft_says_of_those_who_are_gone_goes_along(bench: Bench) -> None:
    bench.editor.add_switch()
    bench.editor.side.form.commit_button.click()  # type: ignore[union-attr]
    assert bench.scenario.bindings
    without = replace(BASE, people=BASE.people[:2], bindings=())
    bench.editor.renew(review(without, shipped()))
    assert bench.scenario == Scenario("")


def test_a_scenario_that_was_taken_out_has_no_editor(look: Look, qtbot: QtBot) -> None:
    bench = Bench(look, qtbot, replace(BASE, scenarios=(FULL,)), FULL)
    bench.editor.renew(review(BASE, shipped()))
    assert bench.left == 1


def test_escape_closes_the_form_then_the_editor(bench: Bench) -> None:
    bench.editor.add_life()
    QTest.keyClick(bench.editor, Qt.Key.Key_Escape)
    assert bench.editor.side.form is None
    assert bench.left == 0
    QTest.keyClick(bench.editor, Qt.Key.Key_Escape)
    assert bench.left == 1


@pytest.mark.parametrize(("scale", "width"), WIDTHS)
def test_it_fits_its_width(
    look: Look, qtbot: QtBot, fits_width: Callable[[object, float, int], bool], scale: float, width: int
) -> None:
    bench = Bench(look, qtbot, replace(BASE, scenarios=(FULL,)), FULL)
    bench.editor.add_switch()
    assert fits_width(bench.editor, scale, width)
