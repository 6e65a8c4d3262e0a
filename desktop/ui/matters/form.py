"""办理的表单。First what was done, then only what that kind asks for, and what would come of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget
from typing_extensions import override

from desktop.domain.matter import EnrolledAs, PayoutReason
from desktop.domain.places import place_name, places
from desktop.ui.family.binding_form import CheckedForm
from desktop.ui.look.tokens import Kind
from desktop.ui.matters.editor import FIELDS, MatterKind, enrolled_choices, reason_choices
from desktop.ui.planning.forms import narrow
from desktop.ui.widgets.basic import Fit, Words
from desktop.ui.widgets.fields import Check, Segmented
from desktop.ui.widgets.forms import TextLine
from desktop.usecases.matters import LONGEST_NOTE

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.money import Money
    from desktop.ui.look.look import Look
    from desktop.ui.matters.editor import MatterEditor
    from desktop.ui.widgets.fields import Combo

_ACROSS = 2  # kinds that belong together stand in a line
_AS_IN_WORDS = "%H:%M"


class PlaceLine(TextLine):
    """A city or province by its name; the list offers those that contain what is typed."""

    def __init__(self, look: Look, caption: str) -> None:
        super().__init__(look, caption)
        self.setPlaceholderText(self.tr("例如 长沙、东莞"))
        self.setAccessibleDescription(self.tr("写城市的名称或六位区划代码"))
        self.offers = QCompleter(sorted(places().values()), self)
        self.offers.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(self.offers)


class MatterForm(CheckedForm):
    def __init__(self, look: Look, editor: MatterEditor, removal: str = "") -> None:
        super().__init__(look, editor)
        self._editor = editor
        self._fields: dict[str, QWidget] = {}
        self._add_kind()
        self._add_people()
        self._add_day()
        self._add_insurance()
        self._add_transfer()
        self._add_money()
        self._add_note()
        self.add_check(places=False)
        self.begin(removal)

    # ------------------------------------------------------------------------------------------------ fields

    def _put(self, place: str, field: QWidget) -> None:
        """A field that only some kinds have."""
        self._fields[place] = field
        self.lines.addWidget(field)

    def _add_kind(self) -> None:
        look, editor = self._look, self._editor
        self.kind = Segmented(look, self.tr("办了什么"), editor.kinds, across=_ACROSS)
        self.kind.choose(editor.entry.kind)
        self.kind.chosen.connect(editor.choose_kind)
        asked = self.ask("kind", self.tr("办了什么") if editor.is_fact else self.tr("要办什么"), self.kind)
        asked.setVisible(editor.origin is None)
        self.says = Words(look, "", Kind.CAPTION, "text_2", fit=Fit.WRAP)
        self.lines.take(asked, self.says)

    def _add_people(self) -> None:
        self.person = self._someone("person", self.tr("谁"), "person")
        self.payer = self._someone("payer", self.tr("从谁的账户"), "person")
        self.beneficiary = self._someone("beneficiary", self.tr("给谁用"), "beneficiary")

    def _someone(self, place: str, caption: str, name: str) -> Combo:
        combo = narrow(self._look, caption)
        combo.chosen.connect(lambda key: self._editor.edit(place, **{name: key}))
        self._put(place, self.ask(place, caption, combo))
        return combo

    def _add_day(self) -> None:
        self.on = self.ask_day("on", self.tr("哪一天"), self._day_typed)
        self.on.put(self._editor.entry.on)
        self.lines.addWidget(self.on)
        self.at = TextLine(self._look, self.tr("几点，可以不填"))
        self.at.setPlaceholderText(self.tr("例如 14:30"))
        at = self._editor.entry.at
        self.at.put("" if at is None else f"{at:{_AS_IN_WORDS}}")
        self.at.textEdited.connect(self._editor.edit_time)
        self._put("at", self.ask("at", self.tr("几点，可以不填"), self.at))

    def _day_typed(self, trouble: str, day: date | None) -> None:
        self._editor.edit("on", trouble, on=day)

    def _add_insurance(self) -> None:
        look, editor, entry = self._look, self._editor, self._editor.entry
        self.enrolled_as = narrow(look, self.tr("缴费身份"), enrolled_choices(), entry.enrolled_as)
        self.enrolled_as.chosen.connect(lambda key: editor.edit("enrolled_as", enrolled_as=EnrolledAs(key)))
        self._put("enrolled_as", self.ask("enrolled_as", self.tr("缴费身份"), self.enrolled_as))
        self.area = self._place("area", self.tr("参保地"))
        self.monthly_base = self.ask_sum(
            "monthly_base", self.tr("每月缴费基数，不知道的不填"), partial(self._sum_typed, "monthly_base")
        )
        self.monthly_base.stand()
        self.monthly_base.put(entry.monthly_base)
        self._put("monthly_base", self.monthly_base)
        self.since = self.ask_day("since", self.tr("欠费从哪一天起"), partial(self._stretch, "since"))
        self.until = self.ask_day("until", self.tr("欠费到哪一天止"), partial(self._stretch, "until"))
        self.since.put(entry.since)
        self.until.put(entry.until)
        self._put("since", self.since)
        self._put("until", self.until)
        self.pays_up = Check(look, self.tr("年限不够的，一次补缴"))
        self.pays_up.setChecked(entry.pays_up)
        self.pays_up.toggled.connect(lambda on: editor.edit("pays_up", pays_up=on))
        self._put("pays_up", self.pays_up)

    def _stretch(self, name: str, trouble: str, day: date | None) -> None:
        self._editor.edit(name, trouble, **{name: day})

    def _place(self, place: str, caption: str) -> PlaceLine:
        line = PlaceLine(self._look, caption)
        code = getattr(self._editor.entry, place)
        line.put(place_name(code) if code else "")
        line.textEdited.connect(partial(self._editor.edit_area, place))
        line.offers.activated.connect(partial(self._editor.edit_area, place))
        self._put(place, self.ask(place, caption, line))
        return line

    def _add_transfer(self) -> None:
        self.origin = self._place("origin", self.tr("从哪里转出"))
        self.destination = self._place("destination", self.tr("转到哪里"))
        self.done = self.ask_day(
            "done", self.tr("哪一天办结，还没有的不填"), partial(self._stretch, "done"), needed=False
        )
        self.done.put(self._editor.entry.done)
        self._put("done", self.done)

    def _add_money(self) -> None:
        look, editor, entry = self._look, self._editor, self._editor.entry
        self.reason = narrow(look, self.tr("支取缘由"), reason_choices(), entry.reason)
        self.reason.chosen.connect(lambda key: editor.edit("reason", reason=PayoutReason(key)))
        self._put("reason", self.ask("reason", self.tr("支取缘由"), self.reason))
        self.to = self._someone("to", self.tr("收款的人"), "to")
        self.amount = self.ask_sum("amount", self.tr("金额"), partial(self._sum_typed, "amount"))
        self.amount.stand()
        self.amount.put(entry.amount)
        self._put("amount", self.amount)
        self.sums = Words(look, "", Kind.CAPTION, "text_2", fit=Fit.WRAP)
        self.lines.addWidget(self.sums)
        self.accepted = Check(look, self.tr("对方已经领取"))
        self.accepted.setChecked(entry.accepted)
        self.accepted.toggled.connect(lambda on: editor.edit("accepted", accepted=on))
        self._put("accepted", self.accepted)

    def _sum_typed(self, name: str, trouble: str, money: Money | None) -> None:
        """An empty field is no sum, and no nothing."""
        field = self.amount if name == "amount" else self.monthly_base
        stated = bool(field.line.text().strip())
        self._editor.edit(name, trouble if stated else "", **{name: money if stated else None})

    def _add_note(self) -> None:
        self.note = TextLine(self._look, self.tr("备注，可不填"))
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.put(self._editor.entry.note)
        self.note.textEdited.connect(lambda text: self._editor.edit("note", note=text.strip()))
        self.lines.addWidget(self.ask("note", self.tr("备注，可不填"), self.note))

    # ------------------------------------------------------------------------------------------------- words

    def _sentence(self, kind: MatterKind) -> str:
        return {
            MatterKind.ENROLMENT: self.tr("从哪一天起缴费参保；待遇从哪一天开始，照规则推算。"),
            MatterKind.ARREARS: self.tr("中断缴费之后补上欠的月份。"),
            MatterKind.TRANSFER: self.tr("医保关系和账户的钱转到另一个地方；在那里参保，另记一件参保登记。"),
            MatterKind.RETIREMENT: self.tr("办完医保退休手续的那一天；从下个月起账户的划入不同。"),
            MatterKind.WALLET_TRANSFER: self.tr("跨省共济：把账户里的钱转给家人的医保钱包。"),
            MatterKind.WALLET_QUOTA: self.tr("跨省共济：账户里冻结一笔钱，由家人在外省用。"),
            MatterKind.DEATH: self.tr("从那天起参保和绑定随之结束，账户的钱可以由家人继承。"),
            MatterKind.PAYOUT: self.tr("个人账户的钱一次取出，只有几种情形可以。"),
        }[kind]

    def _sum_words(self, kind: MatterKind, reason: PayoutReason) -> str:
        if kind is MatterKind.ARREARS:
            return self.tr("补缴了多少，不知道的不填。")
        if kind is MatterKind.TRANSFER:
            return self.tr("钱还留在另一个地方的，填那里的余额；账户整个转走的，不填。")
        if kind is MatterKind.PAYOUT and reason is PayoutReason.OLD_CARD:
            return self.tr("旧卡里的钱不在个人账户里，要填取出了多少。")
        return self.tr("全部取出的，不填。") if kind is MatterKind.PAYOUT else ""

    @override
    def refresh(self) -> None:
        editor, entry = self._editor, self._editor.entry
        for combo, choices, key in (
            (self.person, editor.people, entry.person),
            (self.payer, editor.payers, entry.person),
            (self.beneficiary, editor.people, entry.beneficiary),
            (self.to, editor.heirs, entry.to),
        ):
            combo.offer(choices)
            combo.choose(key)
        for place, field in self._fields.items():
            field.setVisible(place in FIELDS[entry.kind])
        employed = entry.enrolled_as is EnrolledAs.EMPLOYEE
        self.monthly_base.setVisible(entry.kind is MatterKind.ENROLMENT and employed)
        self.says.say(self._sentence(entry.kind))
        words = self._sum_words(entry.kind, entry.reason)
        self.sums.say(words)
        self.sums.setVisible(bool(words))
        super().refresh()
        self._say_strays()

    def _say_strays(self) -> None:
        """What is wrong with no field of this kind is said below the buttons."""
        shown = {*FIELDS[self._editor.entry.kind], "on", "note"}
        stray = [words for place, words in self._editor.shown_faults.items() if place not in shown]
        self.refuse(" ".join(stray))
