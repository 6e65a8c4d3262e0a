"""预计的表单。Fields of a bill, a premium, an event of life and of single numbers, as a plan holds them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from desktop.domain.care import Level, Setting
from desktop.domain.terms import label
from desktop.ui.family.form import Form, sheet
from desktop.ui.look.tokens import Kind
from desktop.ui.planning.filling import CASH, MOVES, OTHERWISE, WORKS
from desktop.ui.planning.numbers import NumberLine, plain
from desktop.ui.widgets.basic import Fit, Rule, Words
from desktop.ui.widgets.fields import Choice, Combo, Segmented
from desktop.ui.widgets.figures import PairLine
from desktop.ui.widgets.forms import TextLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from desktop.domain.care import Visit
    from desktop.domain.money import Money
    from desktop.domain.plan import Recurring
    from desktop.ui.look.look import Look
    from desktop.ui.planning.filling import (
        BillEditor,
        LifeEditor,
        NumberEditor,
        PremiumEditor,
        RiskEditor,
    )
    from desktop.usecases.odds import Odd

_SUMS = ("total", "full", "upfront", "over")
_PLACES = {"total": "total_fee"}
_NOTE = 100  # characters a note may have
_ACROSS = 3


def narrow(look: Look, caption: str, choices: Sequence[Choice] = (), key: str = "") -> Combo:
    """A box whose long words may be cut; its list shows them whole."""
    combo = Combo(look, caption, choices)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.choose(key)
    return combo


def number_field(form: Form, place: str, line: NumberLine, change: Callable[[str], None]) -> QWidget:
    """`change` is given what is wrong with the words typed."""
    asked = form.ask(place, line.caption, line)
    line.textEdited.connect(lambda _: change(line.trouble()))
    return asked


class BillForm(Form):
    """Who, what kind, where, how often from when to when, the sums, and how sure."""

    def __init__(self, look: Look, editor: BillEditor) -> None:
        super().__init__(look, editor)
        self._editor = editor
        self._add_who()
        self._add_when()
        self._add_sums()
        self._add_chance()
        self.begin(self.tr("删去这一笔预计") if editor.removable and editor.origin is not None else "")

    def _add_who(self) -> None:
        look, editor, entry = self._look, self._editor, self._editor.entry
        self.who = narrow(look, self.tr("谁的账单"))
        self.who.chosen.connect(lambda key: editor.edit("patient", patient=key))
        self.setting = Segmented(
            look, self.tr("类别"), [Choice(one, label(one)) for one in Setting], across=3
        )
        self.setting.choose(entry.setting)
        self.setting.chosen.connect(lambda key: editor.edit("setting", setting=Setting(key)))
        self.level = narrow(look, self.tr("医院等级"), [Choice(one, label(one)) for one in Level])
        self.level.chosen.connect(lambda key: editor.edit("level", level=Level(key)))
        self.area = narrow(look, self.tr("就医地"))
        self.area.chosen.connect(lambda key: editor.edit("area", area=key))
        self.lines.take(
            self.ask("patient", self.tr("谁的账单"), self.who),
            self.ask("setting", self.tr("类别"), self.setting),
        )
        self._level = self.ask("level", self.tr("医院等级"), self.level)
        self.lines.take(self._level, self.ask("area", self.tr("就医地"), self.area))

    def _add_when(self) -> None:
        look, editor, entry = self._look, self._editor, self._editor.entry
        self.every = Segmented(look, self.tr("多久一次"), editor.rhythms, across=4 if editor.origin else 2)
        if entry.every in {one.key for one in editor.rhythms}:
            self.every.choose(entry.every)
        self.every.chosen.connect(lambda key: editor.edit("every", every=key))
        self._every = self.ask("every", self.tr("多久一次"), self.every)
        self.since = self.ask_day(
            "since", self.tr("从哪一天起"), lambda trouble, day: editor.edit("since", trouble, since=day)
        )
        self.until = self.ask_day(
            "until",
            self.tr("到哪一天止，一直有的不填"),
            lambda trouble, day: editor.edit("until", trouble, until=day),
            needed=False,
        )
        self.since.put(entry.since)
        self.until.put(entry.until)
        self.lines.take(self._every, self.since, self.until)

    def _add_sums(self) -> None:
        entry = self._editor.entry
        captions = {
            "total": self.tr("每次医疗费总额"),
            "full": self.tr("其中：全自费"),
            "upfront": self.tr("其中：先行自付"),
            "over": self.tr("其中：超限价自费"),
        }
        self.lines.addWidget(Rule(self._look))
        self.sums = {}
        for name in _SUMS:
            place = _PLACES.get(name, name)
            field = self.ask_sum(place, captions[name], partial(self._sum_typed, name))
            money: Money = getattr(entry, name)
            field.put(money if money or self._editor.origin is not None else None)
            self.sums[name] = field
            self.lines.addWidget(field)

    def _sum_typed(self, name: str, trouble: str, money: Money | None) -> None:
        self._editor.edit(_PLACES.get(name, name), trouble, **{name: money})

    def _add_chance(self) -> None:
        look, editor, entry = self._look, self._editor, self._editor.entry
        usual = self.tr("照常见")
        self.happens = NumberLine(look, self.tr("每次发生的可能"), "%", usual)
        self.spread = NumberLine(look, self.tr("金额上下波动"), "%", usual)
        self.happens.put(entry.happens)
        self.spread.put(entry.spread)
        first = number_field(self, "happens", self.happens, partial(self._number_typed, "happens"))
        second = number_field(self, "spread", self.spread, partial(self._number_typed, "spread"))
        words = self.tr("只影响可能的范围。不填的，照这类账单常见的把握。")
        foot = Words(look, words, Kind.CAPTION, "text_2", fit=Fit.WRAP)
        self._chance = sheet(look, [[first, second]], foot)
        self.note = TextLine(look, self.tr("备注，可不填"))
        self.note.setMaxLength(_NOTE)
        self.note.put(entry.note)
        self.note.textEdited.connect(lambda text: editor.edit("note", note=text.strip()))
        self.lines.take(self._chance, self.ask("note", self.tr("备注，可不填"), self.note))

    @property
    def bill(self) -> Recurring | Visit | None:
        """What is changed; None: it is a new one."""
        return self._editor.origin

    def show_usual(self, usual: Odd) -> None:
        """How sure such a bill is taken to be where nothing is filled in."""
        self.happens.setPlaceholderText(plain(usual.happens * 100))
        self.spread.setPlaceholderText(plain(usual.spread * 100))

    def _number_typed(self, name: str, trouble: str) -> None:
        line = self.happens if name == "happens" else self.spread
        self._editor.edit(name, trouble, **{name: line.number()})

    @override
    def refresh(self) -> None:
        editor, entry = self._editor, self._editor.entry
        self.who.offer(editor.people)
        self.who.choose(entry.patient)
        self.level.choose(entry.level)
        self.area.offer(editor.places)
        self.area.choose(entry.area)
        self._level.setVisible(not editor.at_pharmacy)
        self._every.setVisible(len(editor.rhythms) > 1)
        self.until.setVisible(not editor.once)
        self._chance.setVisible(not editor.once)
        super().refresh()


class PremiumForm(Form):
    """Whose premium is paid each year, and from where."""

    def __init__(self, look: Look, editor: PremiumEditor) -> None:
        super().__init__(look, editor)
        self._editor = editor
        self.who = narrow(look, self.tr("给谁缴费"))
        self.who.setEnabled(not editor.known)
        self.who.chosen.connect(lambda key: editor.edit("insured", insured=key))
        self.payer = narrow(look, self.tr("从哪里支付"))
        self.payer.chosen.connect(
            lambda key: editor.edit("paid_from", paid_from=None if key == CASH else key)
        )
        words = self.tr("每年集中缴费期开始时缴，按那一年的个人缴费标准；还没有公布的年份照最近一年估算。")
        self.lines.take(
            self.ask("insured", self.tr("给谁缴费"), self.who),
            self.ask("paid_from", self.tr("从哪里支付"), self.payer),
            Words(look, words, Kind.CAPTION, "text_2", fit=Fit.WRAP),
        )
        self.begin(self.tr("不再预计这一笔保费") if editor.removable and editor.known else "")

    @override
    def refresh(self) -> None:
        editor = self._editor
        self.who.offer(editor.people)
        self.who.choose(editor.entry.insured)
        self.payer.offer(editor.payers)
        self.payer.choose(editor.entry.paid_from or CASH)
        super().refresh()


class LifeForm(Form):
    """What happens to whom, and when; a place or a wage where the kind of event has one."""

    def __init__(self, look: Look, editor: LifeEditor) -> None:
        super().__init__(look, editor)
        self._editor, entry = editor, editor.entry
        self.kind = Segmented(look, self.tr("什么事"), editor.kinds, across=_ACROSS)
        self.kind.choose(entry.kind)
        self.kind.chosen.connect(lambda key: editor.edit("kind", kind=key))
        self.who = narrow(look, self.tr("谁"))
        self.who.chosen.connect(lambda key: editor.edit("person", person=key))
        self.lines.take(
            self.ask("kind", self.tr("什么事"), self.kind),
            self.ask("person", self.tr("谁"), self.who),
        )
        self.on = self.ask_day("since", self.tr("从哪一天起"), self._day_typed)
        self.on.put(entry.on)
        self.way = narrow(look, self.tr("改成"), editor.ways, entry.insured)
        self.way.chosen.connect(lambda key: editor.edit("insured", insured=key))
        self.area = narrow(look, self.tr("参保地"))
        self.area.chosen.connect(lambda key: editor.edit("area", area=key))
        self.base = self.ask_sum("base", self.tr("每月缴费基数，不知道的不填"), self._base_typed)
        self.base.stand()
        self.base.put(entry.base)
        self._way = self.ask("insured", self.tr("改成"), self.way)
        self._area = self.ask("area", self.tr("参保地"), self.area)
        self.says = Words(look, "", Kind.CAPTION, "text_2", fit=Fit.WRAP)
        self.lines.take(self.on, self._way, self._area, self.base, self.says)
        self.begin(self.tr("删去这件事") if editor.removable and editor.origin is not None else "")

    def _day_typed(self, trouble: str, day: date | None) -> None:
        self._editor.edit("since", trouble, on=day)

    def _base_typed(self, trouble: str, money: Money | None) -> None:
        stated = bool(self.base.line.text().strip())
        self._editor.edit("base", trouble, base=money if stated else None)

    def _sentence(self, kind: str) -> str:
        return {
            "retires": self.tr("从那天起按退休职工计算：个人账户的划入和看病的待遇都不同。"),
            MOVES: self.tr("从那天起在新的地方参保，按那里的规则结算。"),
            WORKS: self.tr("从那天起参加职工医保；填了缴费基数，就有自己的个人账户。"),
            OTHERWISE: self.tr("从那天起换一种参保方式。"),
            "dies": self.tr("从那天起不再预计这位家人的账单和保费，绑定随之结束。"),
        }[kind]

    @override
    def refresh(self) -> None:
        editor, entry = self._editor, self._editor.entry
        self.who.offer(editor.people)
        self.who.choose(entry.person)
        self.area.offer(editor.areas)
        self.area.choose(entry.area)
        self._way.setVisible(entry.kind == OTHERWISE)
        self._area.setVisible(entry.kind in {MOVES, WORKS, OTHERWISE})
        self.base.setVisible(entry.kind == WORKS)
        self.says.say(self._sentence(entry.kind))
        super().refresh()


class NumberForm(Form):
    """One number, and a sentence about what it does."""

    def __init__(self, look: Look, editor: NumberEditor, place: str, line: NumberLine, says: str) -> None:
        super().__init__(look, editor)
        self._editor, self.line, self._place = editor, line, place
        line.put(editor.number)
        field = number_field(self, place, line, self._typed)
        self.lines.take(field, Words(look, says, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        self.begin()

    def _typed(self, trouble: str) -> None:
        self._editor.edit(self._place, trouble, self.line.number())


class RiskForm(Form):
    """How often a year, what each costs, how far that varies; where the numbers come from."""

    def __init__(self, look: Look, editor: RiskEditor) -> None:
        super().__init__(look, editor)
        self._editor, entry = editor, editor.entry
        self.a_year = NumberLine(look, self.tr("每年几次"), self.tr("次"))
        self.fee = self.ask_sum("fee", self.tr("每次平均费用"), partial(editor.edit, "fee"))
        self.spread = NumberLine(look, self.tr("金额上下波动"), "%")
        self.a_year.put(entry.a_year)
        self.fee.put(entry.fee)
        self.spread.put(entry.spread)
        self.says = Words(look, "", Kind.CAPTION, "text_2", fit=Fit.WRAP)
        self.lines.take(
            PairLine(look, self.tr("现在的数从哪里来"), editor.origin, strong=True),
            number_field(self, "a_year", self.a_year, partial(self._typed, "a_year", self.a_year)),
            self.fee,
            number_field(self, "spread", self.spread, partial(self._typed, "spread", self.spread)),
            self.says,
        )
        self.begin(self.tr("恢复常见值") if editor.stated else "")

    def _typed(self, place: str, line: NumberLine, trouble: str) -> None:
        self._editor.edit(place, trouble, line.number())

    @override
    def refresh(self) -> None:
        words = self.tr("没有写进预计的病，推演可能的范围时按这些数随机发生。填了就照自己填的算。")
        self.says.say(f"{self._editor.because}{words}")
        super().refresh()
