"""方案的表单。Ending a binding, picking a planned bill, and a rule supposed to be another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from desktop.ui.family.binding_form import BindingForm, CheckedForm
from desktop.ui.family.form import Form
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.planning.draft import NO, YES
from desktop.ui.planning.forms import narrow
from desktop.ui.planning.numbers import NumberLine
from desktop.ui.widgets.basic import Fit, Words, clear, column
from desktop.ui.widgets.fields import Choice, MoneyField, Segmented
from desktop.ui.widgets.verdicts import VerdictChip

if TYPE_CHECKING:
    from desktop.ui.look.look import Look
    from desktop.ui.planning.draft import PickEditor, RuleEditor, StopEditor, SwitchEditor


class SwitchForm(BindingForm):
    """The form of a binding, for whoever pays instead."""

    def __init__(self, look: Look, editor: SwitchEditor) -> None:
        super().__init__(look, editor)
        words = self.tr("到前一天为止，由别人付的那条绑定一起解除。")
        self.lines.insertWidget(0, Words(look, words, Kind.CAPTION, "text_2", fit=Fit.WRAP))


class StopForm(CheckedForm):
    def __init__(self, look: Look, editor: StopEditor) -> None:
        super().__init__(look, editor)
        self._editor = editor
        self.binding = narrow(look, self.tr("哪一条绑定"))
        self.binding.setEnabled(not editor.fixed)
        self.binding.chosen.connect(editor.choose)
        self.lines.addWidget(self.ask("binding", self.tr("哪一条绑定"), self.binding))
        self.last_day = self.ask_day("until", self.tr("最后一天"), editor.edit)
        self.last_day.put(editor.on)
        self.lines.addWidget(self.last_day)
        self.add_check(places=True)
        self.begin()

    @override
    def refresh(self) -> None:
        self.binding.offer(self._editor.bindings)
        self.binding.choose(self._editor.binding)
        super().refresh()


class PickForm(Form):
    def __init__(self, look: Look, editor: PickEditor, says: str) -> None:
        super().__init__(look, editor)
        self._editor = editor
        self.bill = narrow(look, self.tr("哪一笔预计"))
        self.bill.chosen.connect(editor.choose)
        words = Words(look, says, Kind.CAPTION, "text_2", fit=Fit.WRAP)
        self.lines.take(words, self.ask("bill", self.tr("哪一笔预计"), self.bill))
        self.begin()

    @override
    def refresh(self) -> None:
        self.bill.offer(self._editor.bills)
        self.bill.choose(self._editor.key)
        super().refresh()


class RuleForm(Form):
    """A topic, one of its rules, the value supposed, and from when."""

    def __init__(self, look: Look, editor: RuleEditor) -> None:
        super().__init__(look, editor)
        self._editor = editor
        self._shown = ""
        self.topic = narrow(look, self.tr("主题"))
        self.topic.chosen.connect(editor.choose_topic)
        self.rule = narrow(look, self.tr("哪一条规则"))
        self.rule.chosen.connect(editor.choose)
        self.now = Words(look, "", Kind.TABLE, "text_2", fit=Fit.WRAP)
        self._value = column(look, 0)
        says = self.tr("只在这个方案里算，规则包不变；结果里一律注明是假设。")
        self.lines.take(
            VerdictChip(look, Verdict.INFO, self.tr("假设")),
            Words(look, says, Kind.CAPTION, "text_2", fit=Fit.WRAP),
            self.ask("topic", self.tr("主题"), self.topic),
            self.ask("key", self.tr("哪一条规则"), self.rule),
            self.now,
            self._value,
        )
        self.since = self.ask_day("since", self.tr("从哪一天起"), editor.edit_day)
        self.since.put(editor.since)
        self.lines.addWidget(self.since)
        self.begin()

    def _fill_value(self) -> None:
        """A field of the kind that the rule's value is of."""
        editor, rule = self._editor, self._editor.rule
        self.forget("value")
        clear(self._value)
        if isinstance(rule.value, bool):
            self._value.addWidget(self._flag())
        elif rule.is_money:
            self._value.addWidget(self._money())
        else:
            unit = "%" if rule.is_ratio else rule.unit_words
            line = NumberLine(self._look, self.tr("假设为"), unit)
            line.put(editor.number)
            line.textEdited.connect(lambda _: editor.edit(line.trouble(), line.number()))
            self._value.addWidget(self.ask("value", self.tr("假设为"), line))

    def _flag(self) -> Segmented:
        rule, edit = self._editor.rule, self._editor.edit
        choices = [Choice(YES, rule.words(True)), Choice(NO, rule.words(False))]
        flag = Segmented(self._look, self.tr("假设为"), choices, across=1)
        flag.choose(YES if self._editor.value_typed else NO)
        flag.chosen.connect(lambda key: edit("", key == YES))
        self.ask("value", self.tr("假设为"), flag)
        return flag

    def _money(self) -> MoneyField:
        editor = self._editor
        field = self.ask_sum("value", self.tr("假设为"), editor.edit_sum)
        field.put(editor.sum)
        return field

    @override
    def refresh(self) -> None:
        editor = self._editor
        self.topic.offer(editor.topics)
        self.topic.choose(editor.rule.topic)
        self.rule.offer(editor.rules)
        self.rule.choose(editor.rule.id)
        self.now.say(editor.now)
        if self._shown != editor.rule.id:
            self._shown = editor.rule.id
            self._fill_value()
        super().refresh()
