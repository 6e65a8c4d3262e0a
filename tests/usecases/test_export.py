"""导出测试。Five forms, named in one place; names stand in a spreadsheet only where they may."""

from __future__ import annotations

import json
import threading
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from desktop.__main__ import FORMS as OF_THE_COMMAND_LINE
from desktop.domain.premium import PremiumPayment
from desktop.exchange.family_document import parse_family, write_family
from desktop.exchange.sheet_in import read_sheets
from desktop.usecases.export import FORMS, Form, export_family, export_job
from desktop.usecases.open_family import open_family
from desktop.usecases.settle_family import settle_family
from tests.families import RESOURCES, bound, charged, family, resident, shipped, visit, worker

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.planning.ledger import Ledger

TODAY = date(2026, 11, 21)


@cache
def sample() -> Ledger:
    return settle_family(open_family(RESOURCES / "samples" / "sandwich-family.json", TODAY), shipped())


def test_that_every_form_is_named_and_offered() -> None:
    assert set(FORMS) == set(Form)
    assert set(OF_THE_COMMAND_LINE) == {*Form, "pdf"}


@pytest.mark.parametrize("form", list(Form))
def test_that_every_form_is_written(tmp_path: Path, form: Form) -> None:
    file = tmp_path / f"a{FORMS[form].suffix}"
    export_family(sample(), form, file)
    assert file.stat().st_size > 1000
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_that_a_family_document_is_the_whole_family(tmp_path: Path) -> None:
    export_family(sample(), Form.FAMILY, tmp_path / "a.json")
    data = (tmp_path / "a.json").read_bytes()
    assert json.loads(data) == write_family(sample().family)
    assert parse_family(data, "a.json", TODAY) == sample().family


def test_that_a_workbook_has_three_sheets(tmp_path: Path) -> None:
    export_family(sample(), Form.XLSX, tmp_path / "a.xlsx")
    lines, people, findings = read_sheets(tmp_path / "a.xlsx")
    assert [one.name for one in (lines, people, findings)] == ["流水", "家人与绑定", "合规"]
    assert lines.rows[-1][16] == 8426.35
    assert people.rows[1][:2] == ("周予安", "本人")
    assert len(findings.rows) == 1 + len(sample().findings)


@pytest.mark.parametrize("form", [Form.XLSX, Form.CSV])
def test_that_masked_names_stand_nowhere(tmp_path: Path, form: Form) -> None:
    export_family(sample(), form, tmp_path / "a", masked=True)
    words = " ".join(str(cell) for sheet in read_sheets(tmp_path / "a") for row in sheet.rows for cell in row)
    assert [one.name for one in sample().family.people if one.name in words] == []
    assert "母亲 刘*" in words
    export_family(sample(), form, tmp_path / "b")
    named = " ".join(str(cell) for sheet in read_sheets(tmp_path / "b") for row in sheet.rows for cell in row)
    assert "刘蕙" in named


def test_that_what_could_not_be_settled_is_exported_as_it_was_booked(tmp_path: Path) -> None:
    """No pack knows the year 2020: the bill is on the receipt all the same."""
    events = (
        visit(on=date(2020, 5, 1), charges=charged(88)),
        PremiumPayment("p", date(2019, 10, 1), "mum", 2020, paid_from="me"),
        PremiumPayment("q", date(2019, 10, 2), "mum", 2020, charged(7).total_fee),
    )
    ledger = settle_family(family(worker(), resident(), bindings=(bound(),), events=events), shipped())
    export_family(ledger, Form.CSV, tmp_path / "a.csv")
    rows = [row for row in read_sheets(tmp_path / "a.csv")[0].rows if row[2] == "mum"]
    assert [(row[0], row[7], row[17], row[18]) for row in rows] == [
        ("2019-10-01", "", "2020", "me"),
        ("2019-10-02", "7.00", "2020", "现金"),
        ("2020-05-01", "88.00", "", ""),
    ]


def test_that_the_job_says_where_the_file_is_or_leaves_none(tmp_path: Path) -> None:
    file, stop = tmp_path / "a.csv", threading.Event()
    assert list(export_job(sample(), Form.CSV, file, masked=False)(stop)) == [file]
    stop.set()
    assert list(export_job(sample(), Form.CSV, tmp_path / "b.csv", masked=False)(stop)) == []
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
