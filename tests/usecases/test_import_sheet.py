"""从表格导入测试。Rows become records, faults by row, or known duplicates; then one step keeps them all."""

from __future__ import annotations

import csv
import io
import json
import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from desktop.domain.binding import Relation
from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.money import NOTHING
from desktop.domain.people import Sex
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.trouble import InputRefused
from desktop.exchange.family_document import read_family, write_family
from desktop.exchange.sheet_out import csv_bytes
from desktop.usecases.book_sheet import book_sheet
from desktop.usecases.export import Form, export_family
from desktop.usecases.export_sheet import lines_table
from desktop.usecases.import_sheet import (
    Column,
    Defaults,
    Kept,
    Layout,
    Progress,
    Sheet,
    Staged,
    guess_layout,
    import_rows,
    layout_faults,
    read_sheets,
    stage,
    stage_job,
)
from desktop.usecases.open_family import open_family
from desktop.usecases.settle_family import settle_family
from tests.exchange.spreadsheets import saved, xlsx
from tests.families import (
    CHANGSHA,
    RESOURCES,
    SHAOYANG,
    bound,
    charged,
    families,
    family,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.domain.family import Family
    from desktop.exchange.sheet_in import Cell

HEAD = ("日期", "就诊人", "类别", "医院等级", "医疗费总额")
GOOD: tuple[Cell, ...] = ("2025-05-01", "mum", "门诊", "三级", 100)
TODAY = date(2025, 12, 31)


def ours(*events: Visit | PremiumPayment | Refund) -> Family:
    mother = replace(resident(area=SHAOYANG), sex=Sex.FEMALE)
    return family(worker(), mother, bindings=(bound(),), events=events, as_of=TODAY)


def staged(
    *rows: tuple[Cell, ...],
    head: tuple[str, ...] = HEAD,
    defaults: Defaults = Defaults(),  # noqa: B008 - frozen
    into: Family | None = None,
) -> Staged:
    sheet = Sheet("票据", (head, *rows))
    return stage(sheet, guess_layout(sheet.rows), defaults, into or ours())


def record(*row: Cell, head: tuple[str, ...] = HEAD, defaults: Defaults = Defaults()) -> object:  # noqa: B008
    (only,) = staged(row, head=head, defaults=defaults).rows
    assert only.faults == ()
    return only.record


def faults(*row: Cell, head: tuple[str, ...] = HEAD) -> list[tuple[Column | None, str]]:
    (only,) = staged(row, head=head).rows
    assert only.kept is Kept.FAULTY
    assert only.record is None
    return [(fault.column, fault.what) for fault in only.faults]


# --------------------------------------------------------------------------------------------------- records


def test_that_a_row_becomes_a_visit_to_the_fen() -> None:
    head = (
        "日期",
        "就诊人",
        "类别",
        "医院",
        "医院等级",
        "总费用",
        "全自费",
        "超限价",
        "先行自付",
        "统筹支付",
        "备注",
    )
    row = ("2025/5/1", "母亲", "门诊", "中心医院", "三甲", "￥1,060.50", "60", "0.50", "10", "420", "心内科")
    provider = Provider(Facility.HOSPITAL, designated=True, area=SHAOYANG, level=Level.TERTIARY)
    bill = Charges(yuan("1060.50"), yuan(60), yuan("0.50"), yuan(10), yuan(420))
    assert record(*row, head=head) == Visit(
        "", date(2025, 5, 1), "mum", Setting.OUTPATIENT, provider, bill, note="中心医院 心内科"
    )


def test_that_what_other_funds_paid_is_added_to_the_funds_part() -> None:
    head = (*HEAD, "医保统筹基金支付", "其他支付")
    made = record(*GOOD, "30", "20.5", head=head)
    assert isinstance(made, Visit)
    assert made.charges.fund_paid == yuan("50.50")
    none = record(*GOOD, "", "", head=head)
    assert isinstance(none, Visit)
    assert none.charges.fund_paid is None


def test_that_a_pharmacy_has_no_level() -> None:
    made = record("2025-05-01", "mum", "药店", "三级", "72.6")
    assert isinstance(made, Visit)
    assert made.provider == Provider(Facility.PHARMACY, designated=True, area=SHAOYANG, level=None)


@pytest.mark.parametrize("name", ["mum", "母亲", "妈妈", " mum ", "母亲 m**", "m um"])
def test_that_people_are_known_by_name_and_by_what_they_are(name: str) -> None:
    made = record("2025-05-01", name, "门诊", "三级", 100)
    assert isinstance(made, Visit)
    assert made.patient == "mum"


def test_that_two_of_one_kind_must_be_named() -> None:
    both = family(
        worker(),
        resident("a"),
        resident("b"),
        bindings=(bound("me", "a", relation=Relation.CHILD), bound("me", "b", relation=Relation.CHILD)),
        as_of=TODAY,
    )
    (row,) = staged(("2025-05-01", "子女", "门诊", "三级", 100), into=both).rows
    assert [fault.what for fault in row.faults] == ["这样称呼的家人不止一位"]


def test_that_the_place_is_where_it_says_or_where_the_patient_is_insured() -> None:
    head = (*HEAD, "就医地")
    for cell, area in ((CHANGSHA, CHANGSHA), (430100.0, CHANGSHA), ("", SHAOYANG)):
        made = record(*GOOD, cell, head=head)
        assert isinstance(made, Visit)
        assert made.provider.area == area
    assert faults(*GOOD, "长沙", head=head) == [(Column.AREA, "就医地读不懂")]


def test_that_someone_never_insured_is_treated_at_home() -> None:
    stranger = replace(resident("kid"), coverage=())
    (row,) = staged(
        ("2025-05-01", "kid", "门诊", "三级", 9), into=family(worker(), stranger, as_of=TODAY)
    ).rows
    assert isinstance(row.record, Visit)
    assert row.record.provider.area == CHANGSHA


def test_that_defaults_fill_only_what_is_empty() -> None:
    defaults = Defaults("me", Setting.INPATIENT, Level.SECONDARY)
    made = record("2025-05-01", "", "", "", 100, defaults=defaults)
    assert isinstance(made, Visit)
    assert (made.patient, made.setting, made.provider.level) == ("me", Setting.INPATIENT, Level.SECONDARY)
    said = record(*GOOD, defaults=defaults)
    assert isinstance(said, Visit)
    assert (said.patient, said.setting, said.provider.level) == ("mum", Setting.OUTPATIENT, Level.TERTIARY)


def test_that_a_note_is_cut_to_what_a_note_may_be() -> None:
    made = record(*GOOD, "药\x07店" + "长" * 200, head=(*HEAD, "备注"))
    assert isinstance(made, Visit)
    assert len(made.note) == 100
    assert made.note.startswith("药店长")
    assert made.note.endswith("…")


def test_that_a_premium_is_read() -> None:
    head = ("日期", "参保人", "类别", "金额", "参保年度", "支付人")
    made = record("2025-10-09", "母亲", "代缴居民医保费", 400, "2026", "me", head=head)
    assert made == PremiumPayment("", date(2025, 10, 9), "mum", 2026, yuan(400), "me")
    in_cash = record("2025-10-09", "母亲", "2026年度居民医保费", "", "", "微信", head=head)
    assert in_cash == PremiumPayment("", date(2025, 10, 9), "mum", 2026, None, None)


# ---------------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("place", "cell", "wrong"),
    [
        (0, "昨天", (Column.ON, "日期读不懂")),
        (0, "2026-01-01", (Column.ON, "2026-01-01 还没有到")),
        (1, "张三", (Column.PATIENT, "家里没有这位家人")),
        (1, "", (Column.PATIENT, "没有写是谁")),
        (2, "体检", (Column.SETTING, "类别认不出来")),
        (2, "", (Column.SETTING, "没有类别")),
        (3, "很大", (Column.LEVEL, "医院等级认不出来")),
        (3, "", (Column.LEVEL, "没有医院等级")),
        (4, "很多", (Column.TOTAL, "金额读不懂")),
        (4, "", (Column.TOTAL, "没有医疗费总额")),
        (4, "0", (Column.TOTAL, "没有医疗费总额")),
    ],
)
def test_that_each_cell_that_is_wrong_is_named(place: int, cell: str, wrong: tuple[Column, str]) -> None:
    row = list(GOOD)
    row[place] = cell
    assert wrong in faults(*row)


def test_that_all_faults_of_a_row_are_told_at_once() -> None:
    assert [column for column, _ in faults("x", "x", "x", "x", "x")] == [
        Column.ON,
        Column.PATIENT,
        Column.TOTAL,
        Column.SETTING,
        Column.LEVEL,
    ]


def test_that_parts_may_not_be_more_than_the_whole() -> None:
    head = (*HEAD, "全自费")
    assert faults(*GOOD, "100.01", head=head)[0][0] is Column.TOTAL
    assert faults(*GOOD, "-1", head=head)[0][0] is Column.OWN


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("2025-10-09", "母亲", "保费", 400, "", ""), (Column.YEAR, "没有写是哪一年度的医保费")),
        (("2025-10-09", "母亲", "保费", 400, "明年", ""), (Column.YEAR, "参保年度读不懂")),
        (("2025-10-09", "母亲", "保费", 400, 2030, ""), (Column.YEAR, "2025-10-09 缴不了 2030 年度的")),
        (("2025-10-09", "母亲", "保费", 400, 2026, "张三"), (Column.PAID_FROM, "家里没有这位家人")),
    ],
)
def test_that_a_premium_has_its_own_faults(row: tuple[Cell, ...], wrong: tuple[Column, str]) -> None:
    assert wrong in faults(*row, head=("日期", "参保人", "类别", "金额", "参保年度", "支付人"))


def test_that_rows_are_told_by_their_number_in_the_file() -> None:
    title, broken = ("我的票据", "", "", "", ""), ("x", "mum", "门诊", "三级", 1)
    sheet = Sheet("票据", (title, HEAD, GOOD, ("",) * 5, broken))
    read = stage(sheet, guess_layout(sheet.rows), Defaults(), ours())
    assert [(row.number, row.kept) for row in read.rows] == [(3, Kept.READY), (5, Kept.FAULTY)]


def test_that_what_no_column_holds_is_said_once() -> None:
    layout = Layout(0, (Column.ON, None, None, None, None))
    assert [one.column for one in layout_faults(layout, Defaults())] == [
        Column.TOTAL,
        Column.PATIENT,
        Column.SETTING,
    ]
    given = Defaults("mum", Setting.PHARMACY)
    assert [one.column for one in layout_faults(layout, given)] == [Column.TOTAL]


# ------------------------------------------------------------------------------------ duplicates and the like


def test_that_what_is_booked_already_is_found() -> None:
    known = ours(visit(on=date(2025, 5, 1), charges=charged(100)))
    read = staged(GOOD, ("2025-05-01", "mum", "门诊", "三级", "100.01"), into=known)
    assert [row.kept for row in read.rows] == [Kept.DUPLICATE, Kept.READY]
    assert read.rows[0].why == "流水里已经有这一笔"


def test_that_a_row_like_an_earlier_one_is_found() -> None:
    read = staged(GOOD, ("2025-05-01", "mum", "药店", "", 100), GOOD)
    assert [row.kept for row in read.rows] == [Kept.READY, Kept.READY, Kept.DUPLICATE]
    assert read.rows[2].why == "和第 2 行相同"


def test_that_the_same_premium_is_found() -> None:
    paid = PremiumPayment("p", date(2025, 10, 9), "mum", 2026)
    row = ("2025-10-09", "mum", "2026年度保费", "", 400)
    assert [one.kept for one in staged(row, into=ours(paid)).rows] == [Kept.DUPLICATE]


def test_that_sums_and_what_the_program_works_out_are_left_out() -> None:
    read = staged(
        ("2025-01-15", "me", "账户划入", "", 196),
        ("2025-01-01", "me", "期初余额", "", 1000),
        ("合 计", "", "", "", 1296),
        ("2025-03-01", "me", "账户转入", "", 3200),
    )
    assert [row.kept for row in read.rows] == [Kept.NEEDLESS] * 4
    assert read.rows[2].why == "这一行是合计"
    assert read.rows[3].why == "办理的事项表格里写不全，不从表格导入"


def test_that_a_refund_is_known_or_asked_to_be_made_by_hand() -> None:
    first = visit(on=date(2025, 5, 1))
    taken_back = ours(first, Refund("r", date(2025, 5, 2), first.id))
    row = ("2025-05-02", "mum", "退费", "", "-100")
    assert [one.kept for one in staged(row, into=taken_back).rows] == [Kept.DUPLICATE]
    (other,) = staged(row).rows
    assert [fault.what for fault in other.faults] == ["这是退费"]
    premium = PremiumPayment("p", date(2025, 10, 9), "mum", 2026)
    back = ours(premium, Refund("r", date(2025, 10, 10), "p"))
    paid_back = ("2025-10-10", "mum", "冲正", "", "-400")
    assert [one.kept for one in staged(paid_back, into=back).rows] == [Kept.DUPLICATE]


# ------------------------------------------------------------------------------------------------- one change


def test_that_all_rows_are_kept_in_one_step() -> None:
    before = ours(replace(visit(on=date(2025, 5, 1)), id="visit-20250501-1"))
    read = staged(GOOD, ("2025-05-01", "me", "药店", "", 9), ("x",) * 5, into=before)
    change = import_rows(before, read)
    added = change.family.events[1:]
    assert change.step == "导入 1 笔"
    assert [one.id for one in added] == ["visit-20250501-2"]
    assert change.about == "visit-20250501-2"
    with_duplicates = import_rows(before, read, duplicates=True)
    assert with_duplicates.step == "导入 2 笔"
    assert [one.id for one in with_duplicates.family.events[1:]] == ["visit-20250501-2", "visit-20250501-3"]
    assert replace(change.family, events=before.events) == before


def test_that_ids_of_premiums_are_their_own() -> None:
    read = staged(("2025-10-09", "mum", "2026年度保费", "", 400))
    assert import_rows(ours(), read).about == "premium-20251009-1"


def test_that_nothing_to_import_is_an_empty_change() -> None:
    change = import_rows(ours(), Staged(()))
    assert (change.step, change.about, change.family) == ("导入 0 笔", "", ours())


def test_that_the_job_tells_how_far_it_is_and_ends_with_the_rows() -> None:
    sheet = Sheet("票据", (HEAD, *[("2025-05-01", "mum", "门诊", "三级", n) for n in range(1, 251)]))
    job = stage_job(sheet, guess_layout(sheet.rows), Defaults(), ours())
    *progress, last = job(threading.Event())
    assert progress == [Progress(100, 250), Progress(200, 250)]
    assert isinstance(last, Staged)
    assert len(last.of(Kept.READY)) == 250


def test_that_a_stopped_job_gives_nothing() -> None:
    sheet = Sheet("票据", (HEAD, *[GOOD] * 250))
    stop = threading.Event()
    news = []
    for one in stage_job(sheet, guess_layout(sheet.rows), Defaults(), ours())(stop):
        news.append(one)
        stop.set()
    assert news == [Progress(100, 250)]


def test_that_a_year_of_a_thousand_bills_comes_in_from_an_xlsx(tmp_path: Path) -> None:
    rows = [
        [date(2025, 1 + number % 12, 1 + number % 28), "本人", "门诊", "三级甲等", 10 + number / 100]
        for number in range(1000)
    ]
    (sheet,) = read_sheets(saved(tmp_path, xlsx([list(HEAD), *rows])))
    read = stage(sheet, guess_layout(sheet.rows), Defaults(), ours())
    change = import_rows(ours(), read)
    bills = [event for event in change.family.events if isinstance(event, Visit)]
    assert len(bills) == len({bill.id for bill in bills}) == 1000
    assert sum((bill.charges.total_fee for bill in bills), NOTHING) == yuan("14995.00")
    assert settle_family(change.family, shipped()).settlements.keys() == {bill.id for bill in bills}


# ------------------------------------------------------------------------------------------------- round trip


@pytest.mark.parametrize("stem", ["sandwich-family", "young-couple", "retiree"])
@pytest.mark.parametrize("form", [Form.XLSX, Form.CSV])
@pytest.mark.parametrize("masked", [False, True])
def test_that_what_was_exported_is_all_known_when_imported(
    tmp_path: Path, stem: str, form: Form, masked: bool
) -> None:
    kept = open_family(RESOURCES / "samples" / f"{stem}.json", date(2026, 11, 21))
    export_family(settle_family(kept, shipped()), form, tmp_path / "a", masked=masked)
    sheet = read_sheets(tmp_path / "a")[0]
    read = stage(sheet, guess_layout(sheet.rows), Defaults(), kept)
    assert {row.kept for row in read.rows} == {Kept.DUPLICATE, Kept.NEEDLESS}
    assert len(read.of(Kept.DUPLICATE)) == len(kept.events)


@settings(max_examples=30)
@given(families())
def test_that_no_exported_record_of_any_family_is_taken_for_a_new_one(drawn: Family) -> None:
    today = max([drawn.as_of, *(event.on for event in drawn.events)])
    kept = replace(drawn, as_of=today)
    text = csv_bytes(lines_table(settle_family(kept, shipped()), masked=False)).decode("utf-8-sig")
    rows = tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline="")))
    read = stage(Sheet("流水", rows), guess_layout(rows), Defaults(), kept)
    fine = {Kept.DUPLICATE, Kept.NEEDLESS, Kept.FAULTY}
    assert {row.kept for row in read.rows} <= fine


# ---------------------------------------------------------------------------------------- into a document


def document(folder: Path) -> Path:
    text = json.dumps(write_family(ours(visit())), ensure_ascii=False)
    return saved(folder, text, "family.json")


def test_that_a_document_gets_every_row_or_none(tmp_path: Path) -> None:
    into = document(tmp_path)
    file = saved(tmp_path, "日期,就诊人,类别,医院等级,金额\n2025-05-01,母亲,门诊,三级,88\n", "a.csv")
    read, change = book_sheet(file, into, TODAY, defaults=Defaults())
    assert (len(read.of(Kept.READY)), change.step) == (1, "导入 1 笔")
    assert len(read_family(into, TODAY).events) == 2
    before = into.read_bytes()
    _, again = book_sheet(file, into, TODAY, defaults=Defaults())
    assert (again.step, into.read_bytes()) == ("导入 0 笔", before)
    broken = saved(
        tmp_path, "日期,就诊人,类别,医院等级,金额\nx,母亲,门诊,,88\n2025-05-02,母亲,门诊,三级,1\n", "b.csv"
    )
    with pytest.raises(InputRefused) as refused:
        book_sheet(broken, into, TODAY, defaults=Defaults())
    assert [fault.place for fault in refused.value.faults] == ["第 2 行 日期", "第 2 行 医院等级"]
    assert into.read_bytes() == before


def test_that_what_is_asked_of_a_file_must_be_there(tmp_path: Path) -> None:
    into = document(tmp_path)
    file = saved(tmp_path, "日期,金额\n2025-05-01,88\n", "a.csv")
    for sheet, defaults, what in (
        (None, Defaults("nobody"), "没有这个 id"),
        ("别的", Defaults(), "没有这张工作表"),
        (None, Defaults(), "没有一列是就诊人"),
    ):
        with pytest.raises(InputRefused, match=what):
            book_sheet(file, into, TODAY, sheet=sheet, defaults=defaults)
    defaults = Defaults("mum", Setting.PHARMACY)
    assert book_sheet(file, into, TODAY, sheet="a", defaults=defaults)[1].step == "导入 1 笔"
    with pytest.raises(InputRefused) as refused:
        book_sheet(file, into, TODAY, defaults=Defaults("mum", Setting.INPATIENT))
    assert [fault.place for fault in refused.value.faults] == ["第 2 行"]
