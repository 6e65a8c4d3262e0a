"""纸面。The family's report as a PDF, without a window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.usecases.report import report_of
from desktop.usecases.review import review

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.domain.family import Family
    from desktop.policy.book import Book


def write_report(family: Family, book: Book, resources: Path, output: Path, *, masked: bool) -> None:
    """`masked`: neither names nor sums, as with the privacy eye closed. Raises `FileTrouble`."""
    # Qt is loaded for this one form alone: the others are asked for where there is none.
    from PySide6.QtGui import QGuiApplication

    from desktop.report.a4 import FamilyReport
    from desktop.report.fonts import paper_family
    from desktop.report.ink import Ink, Press, read_colours
    from desktop.report.output import write_pdf
    from desktop.ui.look.money import MoneyText

    painter = QGuiApplication.instance() or QGuiApplication(["gongji", "-platform", "offscreen"])
    masks = MoneyText()
    masks.hidden = masked
    ink = Ink(Press(paper_family(resources), read_colours(resources)), masks)
    made = datetime.now().astimezone()
    write_pdf(output, FamilyReport(report_of(review(family, book)), ink, made, __version__))
    del painter
