"""家人的表单。Who someone is to the holder, how they are insured, and their account."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.domain.binding import Channel, Relation
from desktop.domain.people import Scheme, Sex, Status
from desktop.domain.terms import label
from desktop.ui.family.form import Form, RelationCombo, sheet
from desktop.ui.family.history_form import HistoryFields
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, clear, column
from desktop.ui.widgets.fields import Check, Choice, Combo, Segmented
from desktop.ui.widgets.forms import TextLine

if TYPE_CHECKING:
    from desktop.ui.family.editors import PersonEditor
    from desktop.ui.look.look import Look


class PersonForm(Form):
    def __init__(self, look: Look, editor: PersonEditor) -> None:
        super().__init__(look, editor)
        self._editor = editor
        self._shown: tuple[int, int] | None = None
        self._add_who()
        self._add_birth()
        self._add_coverage()
        self._add_account()
        self.history = HistoryFields(look, self, editor)
        self.lines.addWidget(self.history)
        known = bool(editor.person) and not editor.is_holder
        self.begin(self.tr("删去这位家人") if known else "")

    # ---------------------------------------------------------------------------------------------- the parts

    def _add_who(self) -> None:
        look, editor = self._look, self._editor
        self.name = TextLine(look, self.tr("姓名"), private=True)
        self.name.textEdited.connect(lambda text: editor.edit("name", name=text))
        self.lines.addWidget(self.ask("name", self.tr("姓名"), self.name))
        self.relation = RelationCombo(look, self.tr("是本人的"))
        self.relation.chosen.connect(
            lambda key: editor.edit("relation", relation=Relation(key) if key else None)
        )
        self._relation_asked = self.ask("relation", self.tr("是本人的"), self.relation)
        self.lines.addWidget(self._relation_asked)

    def _add_birth(self) -> None:
        look, editor = self._look, self._editor
        sexes = [Choice(one, label(one)) for one in (Sex.FEMALE, Sex.MALE)]
        self.sex = Segmented(look, self.tr("性别"), [*sexes, Choice("", self.tr("不填"))])
        self.sex.choose(editor.entry.sex or "")
        self.sex.chosen.connect(lambda key: editor.edit("sex", sex=Sex(key) if key else None))
        self.born = self.ask_day(
            "born",
            self.tr("出生日期，可以不填"),
            lambda trouble, day: editor.edit("born", trouble, born=day),
            needed=False,
        )
        self.number = TextLine(look, self.tr("身份证号"), private=True)
        self.number.textEdited.connect(lambda text: editor.number(text.strip().upper()))
        self.lines.take(
            self.ask("sex", self.tr("性别"), self.sex),
            self.born,
            self.ask("id_number", self.tr("身份证号，可以不填"), self.number),
        )

    def _add_coverage(self) -> None:
        look = self._look
        self._stretches = column(look, 2)
        self.more_stretch = Button(look, self.tr("再加一段参保"), self._editor.add_stretch, "link")
        self.lines.take(
            Rule(look), Words(look, self.tr("参保"), Kind.BODY_B), self._stretches, self.more_stretch
        )

    def _add_account(self) -> None:
        look, editor = self._look, self._editor
        self.has_account = Check(look, self.tr("有职工医保个人账户"))
        self.has_account.setChecked(editor.entry.account is not None)
        self.has_account.setEnabled(not editor.is_holder)
        self.has_account.toggled.connect(lambda on: editor.has_account(held=on))
        self.opening = self.ask_sum(
            "account.opening",
            self.tr("账户余额"),
            lambda trouble, money: editor.edit_account("opening", trouble, opening=money),
        )
        self.opened_on = self.ask_day(
            "account.opened_on",
            self.tr("余额是哪一天开始时的"),
            lambda trouble, day: editor.edit_account("opened_on", trouble, opened_on=day),
        )
        self._bases = column(look, 2)
        self.more_base = Button(look, self.tr("加一个缴费基数"), editor.add_base, "link")
        self._account = QWidget()
        column(look, 2, parent=self._account).take(self.opening, self.opened_on, self._bases, self.more_base)
        self.lines.take(Rule(look), self.has_account, self._account, Rule(look))

    # ------------------------------------------------------------------------------------------- stretches

    def _fill_stretches(self) -> None:
        self.forget("coverage[")
        clear(self._stretches)
        coverage = self._editor.entry.coverage
        for number in range(len(coverage)):
            self._stretches.addWidget(self._stretch(number))
        if not coverage:
            words = self.tr("没有参保记录，按未参保计算。")
            self._stretches.addWidget(Words(self._look, words, Kind.TABLE, "text_2", fit=Fit.WRAP))

    def _stretch(self, number: int) -> QWidget:
        look, editor = self._look, self._editor
        held, place = editor.entry.coverage[number], f"coverage[{number}]"
        kind = _narrow(Combo(look, self.tr("参保种类"), editor.kinds), f"{held.scheme}/{held.status}")
        kind.chosen.connect(partial(self._kind_chosen, number))
        area = _narrow(Combo(look, self.tr("参保地"), editor.areas), held.area)
        area.chosen.connect(lambda key: editor.edit_stretch(number, "area", area=key))
        since = self.ask_day(
            f"{place}.since",
            self.tr("自"),
            lambda trouble, day: editor.edit_stretch(number, "since", trouble, since=day),
        )
        until = self.ask_day(
            f"{place}.until",
            self.tr("至，可以不填"),
            lambda trouble, day: editor.edit_stretch(number, "until", trouble, until=day),
            needed=False,
        )
        since.put(held.since)
        until.put(held.until)
        kinds = self.ask(f"{place}.scheme", self.tr("种类"), kind)
        areas = self.ask(f"{place}.area", self.tr("参保地"), area)
        away = Button(look, self.tr("去掉这一段"), partial(editor.drop_stretch, number), "link")
        return sheet(look, [(kinds, areas), (since, until)], away)

    def _kind_chosen(self, number: int, key: str) -> None:
        scheme, _, status = key.partition("/")
        self._editor.edit_stretch(number, "scheme", scheme=Scheme(scheme), status=Status(status))

    # ----------------------------------------------------------------------------------------------- bases

    def _fill_bases(self) -> None:
        self.forget("account.bases[")
        clear(self._bases)
        account = self._editor.entry.account
        for number in range(len(account.bases) if account is not None else 0):
            self._bases.addWidget(self._base(number))

    def _base(self, number: int) -> QWidget:
        look, editor = self._look, self._editor
        assert editor.entry.account is not None
        held, place = editor.entry.account.bases[number], f"account.bases[{number}]"
        monthly = self.ask_sum(
            f"{place}.monthly",
            self.tr("缴费基数，每月"),
            lambda trouble, money: editor.edit_base(number, "monthly", trouble, monthly=money),
        )
        since = self.ask_day(
            f"{place}.since",
            self.tr("从哪一天起"),
            lambda trouble, day: editor.edit_base(number, "since", trouble, since=day),
        )
        monthly.put(held.monthly)
        since.put(held.since)
        away = Button(look, self.tr("去掉这个基数"), partial(editor.drop_base, number), "link")
        return sheet(look, [(monthly,), (since,)], away)

    # ------------------------------------------------------------------------------------------- refreshing

    @override
    def refresh(self) -> None:
        """Show what stands in the entry where it came from elsewhere: a number tells the day of birth."""
        entry, account = self._editor.entry, self._editor.entry.account
        rows = (len(entry.coverage), len(account.bases) if account is not None else 0)
        if self._shown != rows:
            self._shown = rows
            self._fill_stretches()
            self._fill_bases()
        self._show_relation()
        self.name.put(entry.name)
        self.sex.choose(entry.sex or "")
        self.born.put(entry.born)
        if not self.number.hasFocus():
            self.number.put(entry.id_number or "")
        self._show_account()
        self.history.refresh()
        super().refresh()

    def _show_relation(self) -> None:
        editor = self._editor
        near, others = editor.relations(Channel.IN_PROVINCE, editor.day)
        self._relation_asked.setVisible(not editor.is_holder and not editor.is_related_by_binding)
        self.relation.show_relations(near, others, editor.relation or "")
        outside = self.tr("不可以绑定：不在 {count} 类近亲属之内，可以登记。")
        self._relation_asked.note("" if editor.is_near else outside.format(count=len(near)), "bad")

    def _show_account(self) -> None:
        account = self._editor.entry.account
        self._account.setVisible(account is not None)
        if account is None:
            return
        self.opened_on.put(account.opened_on)
        if not self.opening.line.hasFocus() and not self.opening.trouble():
            self.opening.put(account.opening)


def _narrow(combo: Combo, key: str) -> Combo:
    """It may be narrower than its longest words, which its list shows whole."""
    combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(4)
    combo.choose(key)
    return combo
