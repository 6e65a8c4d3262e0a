"""纸样。Documents as they are printed, and the text that can be found again in their PDFs."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from desktop.report.a4 import FamilyReport
from desktop.report.fonts import paper_family
from desktop.report.ink import Ink, Press, read_colours
from desktop.report.output import pdf_bytes
from desktop.report.slip import SettlementSlip
from desktop.ui.look.money import MoneyText
from desktop.usecases.open_family import open_family
from desktop.usecases.report import report_of
from desktop.usecases.review import review
from desktop.usecases.slip import slip_facts
from desktop.usecases.try_visit import try_visit
from tests.families import RESOURCES, bound, family, resident, shipped, worker

if TYPE_CHECKING:
    from desktop.domain.care import Visit
    from desktop.report.sheet import Document
    from desktop.usecases.report import Report
    from desktop.usecases.review import Review

TODAY = date(2026, 11, 21)
MADE = datetime(2026, 11, 21, 14, 5).astimezone()


@cache
def sandwich() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", TODAY), shipped())


@cache
def sandwich_report() -> Report:
    return report_of(sandwich())


@cache
def eleven() -> Report:
    """A holder and ten relatives, all bound."""
    names = [f"relative{number}" for number in range(10)]
    people = (worker(), *(resident(name) for name in names))
    return report_of(
        review(family(*people, bindings=tuple(bound("me", one) for one in names), as_of=TODAY), shipped())
    )


def ink(*, hidden: bool = False) -> Ink:
    masks = MoneyText()
    masks.hidden = hidden
    return Ink(Press(paper_family(RESOURCES), read_colours(RESOURCES)), masks)


def paper(report: Report | None = None, *, hidden: bool = False) -> FamilyReport:
    return FamilyReport(report or sandwich_report(), ink(hidden=hidden), MADE, "0.1.0")


def slip(bill: Visit, *, hidden: bool = False) -> SettlementSlip:
    facts = slip_facts(sandwich(), try_visit(sandwich().family, shipped(), bill))
    return SettlementSlip(facts, replace(ink(hidden=hidden), one_bit=True), MADE, "0.1.0")


def read(document: Document, *, page: int | None = None) -> str:
    """What can be searched in its PDF, without the blanks; of one page or of all."""
    return "".join(read_pdf(pdf_bytes(document), page=page).split())


def read_pdf(content: bytes, *, page: int | None = None) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    numbers = [] if page is None else ["-f", str(page), "-l", str(page)]
    done = subprocess.run(
        [program, *numbers, "-layout", "-", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode()
