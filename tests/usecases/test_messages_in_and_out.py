"""报文进出。Messages are read and booked all or none; what is exported is written whole or not at all."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.care import Level, Visit
from desktop.domain.trouble import FileTrouble, InputRefused
from desktop.exchange.family_document import read_family, write_family
from desktop.exchange.messages import Message
from desktop.usecases.export import export_family
from desktop.usecases.import_messages import book_messages, import_messages
from desktop.usecases.settle_family import settle_family
from tests.families import CHANGSHA, bound, family, resident, shipped, visit, worker, yuan

TODAY = date(2025, 12, 31)


def told(**more: Any) -> dict[str, Any]:
    return {
        "setl_id": "S1",
        "psn_name": "mum",
        "med_type": "11",
        "hosp_lv": "01",
        "setl_time": "2025-05-01 09:30:00",
        "mdtrtarea_admvs": CHANGSHA,
        "medfee_sumamt": "100.00",
        "fulamt_ownpay_amt": "0.00",
        "overlmt_selfpay": "0.00",
        "preselfpay_amt": "0.00",
        "fund_pay_sumamt": "30.00",
    } | more


def message(folder: Path, name: str = "one.json", **more: Any) -> Path:
    fields = {key: value for key, value in told(**more).items() if value is not None}
    path = folder / name
    path.write_text(json.dumps({"infno": "2207", "output": {"setlinfo": fields}}), encoding="utf-8")
    return path


def document(folder: Path) -> Path:
    ours = family(worker(), resident(), bindings=(bound(),), events=(visit(),), as_of=TODAY)
    path = folder / "family.json"
    path.write_text(json.dumps(write_family(ours), ensure_ascii=False), encoding="utf-8")
    return path


def read(*files: Path) -> tuple[Message, ...]:
    return import_messages(files, "inside")


def faults(folder: Path, messages: tuple[Message, ...], **more: Any) -> list[str]:
    """What is wrong; and that the family document is as it was, with nothing left beside it."""
    into = document(folder)
    before, beside = into.read_bytes(), sorted(folder.iterdir())
    with pytest.raises(InputRefused) as refused:
        book_messages(messages, into, TODAY, **more)
    assert (into.read_bytes(), sorted(folder.iterdir())) == (before, beside)
    return [str(one) for one in refused.value.faults]


def test_that_messages_of_several_files_are_read_in_order(tmp_path: Path) -> None:
    found = read(message(tmp_path), message(tmp_path, "two.json", setl_id="S2"))
    assert [one.setlinfo["setl_id"] for one in found] == ["S1", "S2"]


def test_that_one_unreadable_file_refuses_all_and_every_fault_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    (tmp_path / "worse.json").write_text("[]x", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read(message(tmp_path), tmp_path / "bad.json", tmp_path / "worse.json")
    places = [one.place for one in refused.value.faults]
    assert any("bad.json" in one for one in places)
    assert any("worse.json" in one for one in places)
    assert not any("one.json" in one for one in places)


def test_that_a_message_is_booked_as_a_visit_and_nothing_else_changes(tmp_path: Path) -> None:
    into = document(tmp_path)
    before = json.loads(into.read_text("utf-8"))
    book_messages(read(message(tmp_path)), into, TODAY)
    after = json.loads(into.read_text("utf-8"))
    assert {**after, "events": after["events"][:-1]} == before
    booked = read_family(into, TODAY).events[-1]
    assert isinstance(booked, Visit)
    assert (booked.id, booked.patient, booked.on, booked.charges.fund_paid) == (
        "S1",
        "mum",
        date(2025, 5, 1),
        yuan(30),
    )


def test_that_a_document_without_events_gains_its_first(tmp_path: Path) -> None:
    into = tmp_path / "family.json"
    person = {"id": "mum", "name": "mum"}
    into.write_text(json.dumps({"format": "gongji-family/1", "people": [person]}), encoding="utf-8")
    book_messages(read(message(tmp_path)), into, TODAY)
    assert [one.id for one in read_family(into, TODAY).events] == ["S1"]


def test_that_what_a_message_leaves_out_may_be_told_beside_it(tmp_path: Path) -> None:
    into = document(tmp_path)
    bare = message(tmp_path, setl_id=None, psn_name=None, hosp_lv=None, mdtrtarea_admvs=None)
    book_messages(read(bare), into, TODAY, patient="mum", level="secondary")
    booked = read_family(into, TODAY).events[-1]
    assert isinstance(booked, Visit)
    assert (booked.id, booked.provider.level, booked.provider.area) == (
        "message-1",
        Level.SECONDARY,
        CHANGSHA,
    )


def test_that_an_unknown_patient_is_refused(tmp_path: Path) -> None:
    assert "没有 id 是“nobody”的人" in faults(tmp_path, read(message(tmp_path)), patient="nobody")[0]
    [unnamed] = faults(tmp_path, read(message(tmp_path, psn_name="nobody")))
    assert "找不到唯一的家人" in unnamed


def test_that_one_bad_message_books_none_and_all_faults_are_told(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        read(
            message(tmp_path, "1.json"),
            message(tmp_path, "2.json"),
            message(tmp_path, "3.json", setl_id="S3", psn_name="nobody"),
            message(tmp_path, "4.json", setl_id="S4", med_type=None),
            message(tmp_path, "5.json", setl_id="v1"),
        ),
    )
    assert len(found) == 4
    assert [
        name for name in ("2.json", "3.json", "4.json", "5.json") if not any(name in one for one in found)
    ] == []


def test_that_a_place_to_write_to_that_is_gone_is_told(tmp_path: Path) -> None:
    ledger = settle_family(family(worker(), events=(visit(patient="me"),)), shipped())
    for form in ("messages", "beancount"):
        with pytest.raises(FileTrouble):
            export_family(ledger, form, tmp_path / "nowhere" / "out")
    assert list(tmp_path.iterdir()) == []


def test_that_what_is_exported_as_messages_is_read_back_and_adds_up(tmp_path: Path) -> None:
    ours = family(worker(), resident(), bindings=(bound(),), events=(visit(),))
    export_family(settle_family(ours, shipped()), "messages", tmp_path / "out.json")
    [back] = read(tmp_path / "out.json")
    assert (back.amount("medfee_sumamt"), back.amount("acct_mulaid_pay")) == (yuan(100), yuan(100))


def test_that_what_is_exported_to_beancount_holds_every_entry(tmp_path: Path) -> None:
    ledger = settle_family(family(worker(), events=(visit(patient="me"),)), shipped())
    export_family(ledger, "beancount", tmp_path / "out.beancount")
    text = (tmp_path / "out.beancount").read_text("utf-8")
    assert all(str(entry.on) in text for entry in ledger.entries)
