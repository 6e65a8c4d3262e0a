"""缴费经历的表单。What the office's own record says that someone had paid, and when they may retire."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Fit, Rule, Words, column, row
from desktop.ui.widgets.fields import Check, Choice, Segmented
from desktop.ui.widgets.forms import TextLine
from desktop.usecases.person_history import RETIREMENT_AGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.ui.family.editors import PersonEditor
    from desktop.ui.family.form import Form
    from desktop.ui.look.look import Look

_AS_USUAL = ""
_APART = re.compile(r"[\s,，、；;]+")
_STRETCH = re.compile(r"(\d{4})(?:\s*[-—~至到]\s*(\d{4}))?", re.ASCII)
_LONGEST = 100  # years in one stretch
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)


class HistoryFields(QWidget):
    """缴费经历 and 原法定退休年龄, which stand in the form of a person."""

    def __init__(self, look: Look, form: Form, editor: PersonEditor) -> None:
        super().__init__()
        self._look, self._form, self._editor = look, form, editor
        self.retires_at = self._ages()
        self.has_history = Check(look, self.tr("知道缴费经历"))
        self.has_history.setChecked(editor.entry.history is not None)
        self.has_history.toggled.connect(lambda on: editor.has_history(held=on))
        self.lines: dict[str, TextLine] = {}
        self._held = QWidget()
        self._fill()
        says = self.tr(
            "缴费经历在医保局的参保缴费记录里；填了，才能推算退休还差几年、等待期和居民的连续参保。"
        )
        column(look, 2, parent=self).take(
            Words(look, self.tr("缴费经历和退休"), Kind.BODY_B),
            form.ask("retires_at", self.tr("原法定退休年龄"), self.retires_at),
            self.has_history,
            Words(look, says, Kind.CAPTION, "text_2", fit=Fit.WRAP),
            self._held,
            Rule(look),
        )
        self.refresh()

    def _ages(self) -> Segmented:
        usual = Choice(_AS_USUAL, self.tr("照常见"))
        known = (Choice(str(age), self.tr("{age} 岁").format(age=age)) for age in RETIREMENT_AGES)
        ages = Segmented(self._look, self.tr("原法定退休年龄"), [usual, *known], across=2)
        ages.choose(str(self._editor.entry.retires_at or _AS_USUAL))
        ages.chosen.connect(lambda key: self._editor.edit("retires_at", retires_at=int(key) if key else None))
        return ages

    def _fill(self) -> None:
        editor, form = self._editor, self._form
        self.until = form.ask_day(
            "history.until",
            self.tr("记录截至哪一天"),
            lambda trouble, day: editor.edit_history("until", trouble, until=day),
        )
        parts = row(self._look, 2).turning()
        parts.addWidget(self._line("local_months", self.tr("其中：在本省实缴")), 1)
        parts.addWidget(self._line("deemed_months", self.tr("其中：视同缴费")), 1)
        lines = column(self._look, 2, parent=self._held)
        lines.addWidget(self.until)
        lines.addWidget(self._line("employee_months", self.tr("职工医保共几个月")))
        lines.addLayout(parts)
        hint = self.tr("例如 2018-2024、2026")
        lines.take(
            self._line("resident_years", self.tr("缴过居民医保费的年度"), hint),
            self._line("zero_claim_years", self.tr("其中：没有报销过的年度"), hint),
        )

    def _line(self, name: str, caption: str, hint: str = "") -> QWidget:
        line = self.lines[name] = TextLine(self._look, caption)
        line.setPlaceholderText(hint)
        line.textEdited.connect(partial(self._typed, name))
        return self._form.ask(f"history.{name}", caption, line)

    def _typed(self, name: str, words: str) -> None:
        if name.endswith("years"):
            years = typed_years(words)
            trouble = self.tr("请填年度，例如 2018-2024、2026。") if years is None else ""
            self._editor.edit_history(name, trouble, **{name: years})
        else:
            whole = _WHOLE.fullmatch(words.strip())
            trouble = "" if whole or not words.strip() else self.tr("请填整数的月数，例如 182。")
            self._editor.edit_history(name, trouble, **{name: int(whole[0]) if whole else 0})

    def refresh(self) -> None:
        """What stands in the entry, but not over what is being typed."""
        history = self._editor.entry.history
        self._held.setVisible(history is not None)
        if history is None:
            return
        self.until.put(history.until)
        for name, line in self.lines.items():
            value = getattr(history, name)
            words = year_words(value) if name.endswith("years") else str(value)
            if not line.hasFocus() and f"history.{name}" not in self._editor.shown_faults:
                line.put(words)


def typed_years(words: str) -> tuple[int, ...] | None:
    """None where it is no list of years.

    >>> typed_years("2018-2020、2026"), typed_years(""), typed_years("去年"), typed_years("2020-2018")
    ((2018, 2019, 2020, 2026), (), None, None)
    """
    years: list[int] = []
    for part in filter(None, _APART.split(words.strip())):
        read = _STRETCH.fullmatch(part)
        first, last = (int(read[1]), int(read[2] or read[1])) if read else (1, 0)
        if not first <= last < first + _LONGEST:
            return None
        years += range(first, last + 1)
    return tuple(years)


def year_words(years: Iterable[int]) -> str:
    """
    >>> year_words((2018, 2019, 2020, 2026))
    '2018-2020、2026'
    """
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and parts[-1][-1] == year - 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    join = QCoreApplication.translate("HistoryFields", "、")
    return join.join(str(one[0]) if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in parts)
