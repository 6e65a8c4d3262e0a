"""绑定的表单。Who pays for whom since when, and what would come of it, before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.domain.binding import Channel, Relation
from desktop.domain.terms import label
from desktop.ui.effect import money_lines, place_lines
from desktop.ui.family.form import Form, RelationCombo
from desktop.ui.ledger.words import verdict_of
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Fit, Rule, Words, clear, column
from desktop.ui.widgets.fields import Choice, Combo, Segmented
from desktop.ui.widgets.figures import PairLine
from desktop.ui.widgets.verdicts import Notice, verdict_word

if TYPE_CHECKING:
    from desktop.ui.family.editors import BindingEditor, CheckedEditor, EndEditor
    from desktop.ui.look.look import Look

_FEW = 4


class CheckBlock(QWidget):
    """What a change would bring to light, and what it would do to the money. Old answers stay, and say so."""

    def __init__(self, look: Look, editor: CheckedEditor, *, places: bool) -> None:
        super().__init__()
        self._look, self._editor, self._places = look, editor, places
        self.setAccessibleName(self.tr("核对"))
        self.state = Words(look, "", Kind.CAPTION, "text_3", fit=Fit.WRAP)
        self._lines = column(look, 1.5)
        column(look, 1.5, parent=self).take(
            Words(look, self.tr("核对"), Kind.BODY_B), self.state, self._lines
        )
        self._shown: object = None
        self.refresh()

    def refresh(self) -> None:
        editor = self._editor
        waiting = self.tr("正在核对…") if editor.stale else ""
        unready = self.tr("填好上面各项，就在这里核对。") if editor.effect is None and not waiting else ""
        self.state.say(waiting or unready)
        self.state.setVisible(bool(waiting or unready))
        if editor.effect is not self._shown:
            self._shown = editor.effect
            self._fill()

    def _fill(self) -> None:
        clear(self._lines)
        look, editor = self._look, self._editor
        if editor.effect is None:
            return
        for finding in editor.arising[:_FEW]:
            verdict = verdict_of(finding)
            title = f"{verdict_word(verdict)}：{editor.sentence(finding)}"
            self._lines.addWidget(Notice(look, verdict, title, editor.clause(finding)))
        more = len(editor.arising) - _FEW
        if more > 0:
            words = self.tr("还有 {count} 条，记下后在合规里看。").format(count=more)
            self._lines.addWidget(Words(look, words, Kind.CAPTION, "text_2", fit=Fit.WRAP))
        if not editor.arising:
            words = self.tr("按现在的规则包，没有新的问题。")
            self._lines.addWidget(Notice(look, Verdict.OK, verdict_word(Verdict.OK), words))
        for saying in editor.sayings:
            self._lines.addWidget(Words(look, saying, Kind.TABLE, fit=Fit.WRAP))
        places = tuple(place_lines(editor.seen, editor.effect)) if self._places else ()
        for line in (*money_lines(editor.effect), *places):
            self._lines.addWidget(PairLine(look, line.caption, line.words, tone=line.tone, strong=True))


class CheckedForm(Form):
    """A form with the check under its fields."""

    def __init__(self, look: Look, editor: CheckedEditor) -> None:
        super().__init__(look, editor)
        self._checked = editor

    def add_check(self, *, places: bool) -> None:
        self.check = CheckBlock(self._look, self._checked, places=places)
        self.lines.take(Rule(self._look), self.check)

    @override
    def refresh(self) -> None:
        self.check.refresh()
        super().refresh()


class BindingForm(CheckedForm):
    def __init__(self, look: Look, editor: BindingEditor) -> None:
        super().__init__(look, editor)
        self._editor = editor
        self.payer = Combo(look, self.tr("共济人"))
        self.payer.chosen.connect(lambda key: editor.edit("payer", payer=key))
        self.beneficiary = Combo(look, self.tr("使用人"))
        self.beneficiary.chosen.connect(lambda key: editor.edit("beneficiary", beneficiary=key))
        self.relation = RelationCombo(look, self.tr("使用人是共济人的"))
        self.relation.chosen.connect(self._relation_chosen)
        channels = [Choice(one, label(one)) for one in Channel]
        self.channel = Segmented(look, self.tr("渠道"), channels)
        self.channel.choose(editor.entry.channel)
        self.channel.chosen.connect(lambda key: editor.edit("channel", channel=Channel(key)))
        self._add_fields()
        self.add_check(places=True)
        self.begin(self.tr("记错了，删去这条绑定") if editor.binding else "")

    def _add_fields(self) -> None:
        editor, entry = self._editor, self._editor.entry
        self.lines.take(
            self.ask("payer", self.tr("共济人，出钱的账户"), self.payer),
            self.ask("beneficiary", self.tr("使用人"), self.beneficiary),
            self.ask("relation", self.tr("使用人是共济人的"), self.relation),
            self.ask("channel", self.tr("渠道"), self.channel),
        )
        self.since = self.ask_day(
            "since", self.tr("自哪一天起"), lambda trouble, day: editor.edit("since", trouble, since=day)
        )
        self.until = self.ask_day(
            "until",
            self.tr("到哪一天止，没有结束的不填"),
            lambda trouble, day: editor.edit("until", trouble, until=day),
            needed=False,
        )
        self.since.put(entry.since)
        self.until.put(entry.until)
        self.lines.take(self.since, self.until)

    def _relation_chosen(self, key: str) -> None:
        if key:
            self._editor.edit("relation", relation=Relation(key))

    @override
    def refresh(self) -> None:
        editor, entry = self._editor, self._editor.entry
        self.payer.offer(editor.payers)
        self.payer.choose(entry.payer)
        self.beneficiary.offer(editor.beneficiaries)
        self.beneficiary.choose(entry.beneficiary)
        near, others = editor.relations(entry.channel, entry.since)
        chosen = entry.relation if editor.relation_known else ""
        self.relation.show_relations(near, others, chosen)
        super().refresh()


class EndForm(CheckedForm):
    def __init__(self, look: Look, editor: EndEditor) -> None:
        super().__init__(look, editor)
        self._editor = editor
        words = self.tr("结束的绑定留在账本里，说明累计名额。")
        self.last_day = self.ask_day(
            "until", self.tr("最后一天"), lambda trouble, day: editor.edit(day, trouble)
        )
        self.last_day.put(editor.on)
        self.lines.take(Words(look, words, Kind.CAPTION, "text_2", fit=Fit.WRAP), self.last_day)
        self.add_check(places=True)
        self.begin()
