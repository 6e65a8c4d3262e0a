"""填写。The form in which a value of the law, or the cover of a pack, is filled in, checked, and used."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from desktop.ui.effect import money_lines
from desktop.ui.look.tokens import Kind, Verdict
from desktop.ui.widgets.basic import Box, Button, Fit, Rule, Words, clear, column
from desktop.ui.widgets.fields import Check, Choice, Combo
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.forms import Asked, DayLine, TextLine
from desktop.ui.widgets.trace import CaptionedLines
from desktop.ui.widgets.verdicts import Notice
from desktop.usecases.compare_packs_result import effect_words, unchanged_words
from desktop.usecases.pack_effects import CHECKED, Tried
from desktop.usecases.pack_form import (
    CONFIDENCES,
    ISSUED,
    SAYS,
    SINCE,
    SOURCE_KINDS,
    TITLE,
    UNTIL,
    FormRefused,
    Typed,
    suggested_words,
)
from desktop.usecases.value_fields import LISTED, FieldKind, NotAValue, typed_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtGui import QFocusEvent

    from desktop.ui.look.look import Look
    from desktop.ui.policies.unknown_model import UnknownModel
    from desktop.usecases.pack_form import Asked as AskedValue
    from desktop.usecases.pack_form import Form
    from desktop.usecases.unknowns import PackAge
    from desktop.usecases.value_fields import Path, ValueField

Where = tuple[str, tuple[str, ...]]
"""A field: its name or the id of a value, and the entry of the value."""

_WHOLE: tuple[str, ...] = ()


class Editor(QWidget):
    """Fields, what is wrong beside each, what would come of it, and the buttons.

    `saved` comes with the change that keeps it, `left` when one goes away without. Esc leaves.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, look: Look, model: UnknownModel, heading: str, about: str) -> None:
        super().__init__()
        self._look, self._model, self.heading = look, model, heading
        self.asked: dict[Where, Asked] = {}
        self._saves = False
        self.answer = QWidget()
        self._answer = column(look, 2, parent=self.answer)
        self.check = Button(look, self.tr("检查"), partial(self._try, saves=False))
        self.save = Button(look, self.tr("保存并使用"), partial(self._try, saves=True), "primary")
        self.cancel = Button(look, self.tr("不填了"), self._leave, "link")
        self.lines = column(look, 3, parent=self)
        title = Words(look, heading, Kind.HEADING, fit=Fit.WRAP)
        self.lines.take(title, self._bare(about, "text_2"))
        model.tried.connect(self._hear)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _finish(self) -> None:
        """Below the fields."""
        self.lines.take(
            Rule(self._look),
            self.answer,
            Flow(self._look, [self.check, self.save, self.cancel], 2, ragged=True),
        )

    def _bare(self, text: str, tone: str = "text", kind: Kind = Kind.TABLE) -> Words:
        made = Words(self._look, "", kind, tone, fit=Fit.WRAP)
        made.say(text, bare=True)
        return made

    def _ask(self, where: Where, caption: str, field: QWidget, remark: str = "") -> Asked:
        made = self.asked[where] = Asked(self._look, caption, field, remark)
        return made

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first field is where one begins."""
        super().focusInEvent(event)
        first = next(iter(self.asked.values()), None)
        if first is not None:
            first.field.setFocus()

    # ---------------------------------------------------------------------------------------------- trying

    def _try(self, *, saves: bool) -> None:
        self._saves = saves
        for button in (self.check, self.save):
            button.setEnabled(False)
        self.ask_model()

    def ask_model(self) -> None:
        """Ask what would come of what was typed."""
        raise NotImplementedError

    def _hear(self, news: object) -> None:
        for button in (self.check, self.save):
            button.setEnabled(True)
        faults: Mapping[Where, str] = news.faults if isinstance(news, FormRefused) else {}
        for where, asked in self.asked.items():
            asked.complain(_ended(faults.get(where, "")))
        clear(self._answer)
        if isinstance(news, Tried):
            if self._saves:
                self.saved.emit(self._model.saving(news))
            else:
                self._tell(news)
        else:
            self._say_faults(faults, news)

    def _say_faults(self, faults: Mapping[Where, str], news: object) -> None:
        stray = [words for where, words in faults.items() if where not in self.asked]
        words = "；".join(stray) if faults else str(news)
        title = self.tr("有 {count} 处要改，还没有保存").format(count=len(faults) or 1)
        self._answer.addWidget(Notice(self._look, Verdict.WARN, title, words))
        first = next((self.asked[where] for where in self.asked if where in faults), None)
        if first is not None:
            first.field.setFocus()
            self._show(first)

    def _show(self, widget: QWidget) -> None:
        """Bring to view what may be out of sight, once it has its place."""
        QTimer.singleShot(0, widget, partial(_bring, widget))

    def _tell(self, tried: Tried) -> None:
        """What it would change for the family, line by line."""
        look, rules = self._look, tried.rules
        count = len(rules.changed)
        title = self.tr("用上以后，有 {count} 项变化关系到我们家").format(count=count)
        if not count:
            title = self.tr("可以用。用上以后，我们家用到的规则没有变化")
        words = self.tr("{day} 起的十二个月：{effect}。").format(
            day=rules.day, effect=effect_words(rules.effect)
        )
        self._answer.addWidget(Notice(look, Verdict.INFO if count else Verdict.OK, title, words))
        for one in rules.changed:
            line = self.tr("{title}：{before} → {after}，关系到{means}")
            said = line.format(title=one.title, before=one.before, after=one.after, means=one.means)
            self._answer.addWidget(self._bare(said))
        pairs = [(line.caption, line.words) for line in money_lines(tried.money)]
        self._answer.addWidget(CaptionedLines(look, pairs))
        self._answer.addWidget(
            Words(look, f"{unchanged_words(rules)}。", Kind.CAPTION, "text_2", fit=Fit.WRAP)
        )
        self._show(self.save)

    def _leave(self) -> None:
        self.left.emit()


class ValueEditor(Editor):
    """One value from a day on, with whose word it is; and what the same document says besides."""

    def __init__(self, look: Look, model: UnknownModel, form: Form) -> None:
        heading = self.tr("填写：{title}") if form.ahead or not form.asked.was else self.tr("改：{title}")
        super().__init__(look, model, heading.format(title=form.asked.title), self._about(form))
        self.form = form
        self.inputs: dict[Where, QWidget] = {}
        self._own_words = False
        self.lines.addWidget(self._values(form.asked))
        self.lines.addWidget(self._days())
        if form.also:
            self.lines.addLayout(self._others())
        self.lines.addLayout(self._source())
        self._finish()
        self._suggest()

    def _about(self, form: Form) -> str:
        was = self.tr("现在是：{was}。").format(was=form.asked.was) if form.asked.was else ""
        words = self.tr("{was}填的数写进{place}规则包的本机副本，程序带的那一份不动。")
        return words.format(was=was, place=form.place)

    # -------------------------------------------------------------------------------------------- the fields

    def _values(self, asked: AskedValue) -> QWidget:
        """A field for each entry, by what kind of thing it is."""
        made = [self._value(asked, field) for field in asked.fields]
        return made[0] if len(made) == 1 else Flow(self._look, made, 3, ragged=True)

    def _value(self, asked: AskedValue, field: ValueField) -> Asked:
        name = field.caption or asked.title.split(" ")[-1]
        unit = self.tr("（{unit}）").format(unit=field.unit) if field.unit else ""
        made = self._input(
            field, f"{name}{unit}" if asked is self.form.asked else f"{asked.title} {field.caption}"
        )
        where = (asked.id, field.path)
        self.inputs[where] = made
        return self._ask(where, f"{name}{unit}", made, _hint(field) if len(asked.fields) == 1 else "")

    def _input(self, field: ValueField, caption: str) -> QWidget:
        look = self._look
        if field.kind is FieldKind.CHOICE:
            nothing = [] if field.now else [Choice("", self.tr("请选"))]
            combo = Combo(look, caption, [*nothing, *(Choice(code, word) for code, word in field.choices)])
            combo.choose(field.now)
            combo.chosen.connect(self._suggest)
            return combo
        if field.kind is FieldKind.MANY:
            many = Several(look, caption, field)
            many.picked.connect(self._suggest)
            return many
        if field.kind is FieldKind.DAY:
            day = DayLine(look, caption)
            day.setText(field.now)
            day.textChanged.connect(self._suggest)
            return day
        line = TextLine(look, caption)
        line.put(field.now)
        line.textChanged.connect(self._suggest)
        return line

    def _days(self) -> QWidget:
        self.since = DayLine(self._look, self.tr("从哪天起"))
        self.until = DayLine(self._look, self.tr("到哪天止"))
        self.since.put(self.form.since)
        self.until.put(self.form.until)
        self.since.textChanged.connect(self._suggest)
        fields = [
            self._ask((SINCE, _WHOLE), self.tr("从哪天起"), self.since),
            self._ask((UNTIL, _WHOLE), self.tr("到哪天止（可不填）"), self.until),
        ]
        return Flow(self._look, fields, 3, ragged=True)

    def _others(self) -> Box:
        """What stood in the same document last time: folded away, for most have one value to fill in."""
        look, form = self._look, self.form
        self.others = QWidget()
        inside = column(look, 2.5, parent=self.others)
        for asked in form.also:
            before = self.tr("{title}（上次 {was}）").format(title=asked.title, was=asked.was)
            inside.take(self._bare(before, "text_2"), self._values(asked))
        self.others.hide()
        words = self.tr("同一份文件里还有 {count} 项，可以一起填").format(count=len(form.also))
        self.more = Button(look, words, self._unfold, "link")
        lines = column(look, 2)
        lines.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self.others)
        return lines

    def _unfold(self) -> None:
        self.others.setVisible(self.others.isHidden())

    def _source(self) -> Box:
        look = self._look
        self.title = TextLine(look, self.tr("文件或通告的名称"))
        self.number = TextLine(look, self.tr("文号"))
        self.issued = DayLine(look, self.tr("哪天印发"))
        self.kind = Combo(look, self.tr("哪种依据"), [Choice(*one) for one in SOURCE_KINDS])
        self.sure = Combo(look, self.tr("可信度"), [Choice(*one) for one in CONFIDENCES])
        self.says = TextLine(look, self.tr("规则原意，一句话"))
        self.says.textEdited.connect(self._own)
        lines = column(look, 3)
        few = [
            self._ask(("number", _WHOLE), self.tr("文号（可不填）"), self.number),
            self._ask((ISSUED, _WHOLE), self.tr("哪天印发（可不填）"), self.issued),
            self._ask(("kind", _WHOLE), self.tr("哪种依据"), self.kind),
            self._ask(("sure", _WHOLE), self.tr("可信度"), self.sure),
        ]
        lines.take(
            self._ask((TITLE, _WHOLE), self.tr("文件或通告的名称"), self.title),
            Flow(look, few, 3, ragged=True),
            self._ask((SAYS, _WHOLE), self.tr("规则原意，一句话"), self.says),
        )
        return lines

    # ------------------------------------------------------------------------------------------ what is typed

    def _own(self) -> None:
        """Words of one's own stay; without any they are suggested again."""
        self._own_words = bool(self.says.text().strip())

    def _suggest(self) -> None:
        if self._own_words:
            return
        asked, since = self.form.asked, self.since.day()
        given = {path: words for (name, path), words in self._given().items() if name == asked.id}
        try:
            value = typed_value(asked.key, asked.like, asked.unit, given)
        except NotAValue:
            self.says.put("")
            return
        if since is not None:
            self.says.put(suggested_words(self.form, value, since))

    def _given(self) -> dict[Where, str]:
        return {where: _typed_in(field) for where, field in self.inputs.items()}

    def typed(self) -> Typed:
        values: dict[str, dict[Path, str]] = {}
        for (name, path), words in self._given().items():
            values.setdefault(name, {})[path] = words
        days = {SINCE: self.since, UNTIL: self.until, ISSUED: self.issued}
        return Typed(
            values=values,
            since=self.since.day(),
            until=self.until.day(),
            title=self.title.text(),
            number=self.number.text(),
            issued=self.issued.day(),
            kind=self.kind.key(),
            says=self.says.text(),
            confidence=self.sure.key(),
            unread=frozenset(name for name, line in days.items() if line.trouble()),
        )

    @override
    def ask_model(self) -> None:
        self._model.try_values(self.form, self.typed())


class CoverEditor(Editor):
    """Until when a pack answers, and when it was last compared with its sources."""

    def __init__(self, look: Look, model: UnknownModel, pack: PackAge) -> None:
        about = self.tr(
            "延长以后，没有写最后一天的数都算作仍然有效，不再标“估”；只写到原来期限的数会变成没有规定，请一一填写。"
        )
        heading = self.tr("{title}规则包的收录期限和核对日").format(title=pack.title)
        super().__init__(look, model, heading, about)
        self._pack = pack
        self.until = DayLine(look, self.tr("收录到哪天"))
        self.checked = DayLine(look, self.tr("哪天核对过来源"))
        self.until.put(pack.until)
        self.checked.put(pack.checked_on)
        fields = [
            self._ask((UNTIL, _WHOLE), self.tr("收录到哪天"), self.until),
            self._ask((CHECKED, _WHOLE), self.tr("哪天核对过来源"), self.checked),
        ]
        self.lines.addWidget(Flow(look, fields, 3, ragged=True))
        self._finish()

    @override
    def ask_model(self) -> None:
        until, checked = _day_or_refusal(UNTIL, self.until), _day_or_refusal(CHECKED, self.checked)
        faults = {one for one in (until, checked) if isinstance(one, tuple)}
        if isinstance(until, tuple) or isinstance(checked, tuple):
            self._hear(FormRefused(dict(faults)))
        else:
            self._model.try_cover(self._pack.id, until, checked)


class Several(QWidget):
    """Some of a few, each a box to tick."""

    picked = Signal()

    def __init__(self, look: Look, caption: str, field: ValueField) -> None:
        super().__init__()
        self.setAccessibleName(caption)
        chosen = set(field.now.split(LISTED))
        self._boxes = {code: Check(look, word) for code, word in field.choices}
        for code, box in self._boxes.items():
            box.setChecked(code in chosen)
            box.setAccessibleName(f"{caption}，{box.text()}")
            box.toggled.connect(lambda _: self.picked.emit())
        column(look, parent=self).addWidget(Flow(look, list(self._boxes.values()), 3, ragged=True))
        self.setFocusProxy(next(iter(self._boxes.values())))

    def codes(self) -> str:
        return LISTED.join(code for code, box in self._boxes.items() if box.isChecked())


def _bring(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _typed_in(field: QWidget) -> str:
    if isinstance(field, Several):
        return field.codes()
    if isinstance(field, Combo):
        return field.key()
    if isinstance(field, DayLine):
        day = field.day()
        return field.text() if day is None else day.isoformat()
    assert isinstance(field, TextLine)
    return field.text()


def _day_or_refusal(name: str, line: DayLine) -> date | tuple[Where, str]:
    day = line.day()
    return day if day is not None else ((name, _WHOLE), "请填日历上有的一天，例如 2027-12-31")


def _hint(field: ValueField) -> str:
    """What a field looks like when it is filled in."""
    return {FieldKind.MONTH_DAY: "例如 06-30", FieldKind.PERCENT: "例如 60，就是 60%"}.get(field.kind, "")


def _ended(sentence: str) -> str:
    return f"{sentence.rstrip('。')}。" if sentence else ""
