"""将来的页。An honest place for a page that is not there yet: what it will answer, what does so today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.look.icons import Icon
from desktop.ui.look.tokens import Kind
from desktop.ui.widgets.basic import Button, Fit, Rule, Words, column
from desktop.ui.widgets.panel import PageHead, Panel

if TYPE_CHECKING:
    from desktop.ui.look.look import Look


@dataclass(frozen=True, slots=True)
class Today:
    """What one can do meanwhile; `page` is where it is done, empty: outside the window."""

    words: str
    page: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    title: str
    sentence: str
    answers: tuple[str, ...]
    today: tuple[Today, ...]


class ComingPage(QWidget):
    """`go` asks for the page that helps today."""

    go = Signal(str, str)

    def __init__(self, look: Look, coming: Coming) -> None:
        super().__init__()
        lines = column(look, 4, parent=self)
        lines.addWidget(PageHead(look, coming.title, coming.sentence))
        panel = Panel(look, self.tr("这一页还没有做好"), gap=2)
        panel.add(Words(look, self.tr("它将回答"), Kind.BODY_B))
        for number, answer in enumerate(coming.answers, 1):
            panel.add(Words(look, f"{number}. {answer}", tone="text_2", fit=Fit.WRAP))
        panel.add(Rule(look))
        panel.add(Words(look, self.tr("现在可以这样做"), Kind.BODY_B))
        for one in coming.today:
            panel.add(Words(look, one.words, tone="text_2", fit=Fit.WRAP))
            if one.page:
                panel.add(Button(look, one.link, partial(self.go.emit, one.page, ""), "link", Icon.RIGHT))
        lines.addWidget(panel)
        lines.addStretch(1)


def guides_words() -> Coming:
    tr = QCoreApplication.translate
    return Coming(
        tr("Coming", "办事"),
        tr("Coming", "绑定、解绑、代缴、异地备案，去哪里办，带什么，多少天"),
        (
            tr("Coming", "按顺序一步一步，做到哪一步、还等几个工作日"),
            tr("Coming", "每一步的材料和办理地点，以及要不要先打 12393 核实"),
            tr("Coming", "要填的表，用家里已经登记的资料填好"),
        ),
        (
            Today(
                tr("Coming", "每一条提示该怎么办，在“合规”里写着，改好以后可以撤销。"),
                "findings",
                tr("Coming", "看合规"),
            ),
            Today(
                tr("Coming", "规定原文的条款、文号和起效日期在“政策”里。"), "policies", tr("Coming", "看政策")
            ),
            Today(tr("Coming", "办理渠道各地不同，请先打 12393 医保服务热线核实。")),
        ),
    )
