"""纸。What can be found again on paper, how it flows over pages, and what is hidden."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest
import segno
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontDatabase, QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.domain.care import Setting, Visit
from desktop.domain.money import NOTHING
from desktop.domain.trouble import FileTrouble
from desktop.report import fonts
from desktop.report.axes import round_sums
from desktop.report.ink import Tone, read_colours
from desktop.report.marks import QUIET, Source, code_size, modules_of, paint_source
from desktop.report.output import page_layout, pdf_bytes, pictures, print_document, write_pdf
from desktop.report.sheet import Block, Frame, flow
from desktop.usecases.report import report_of
from desktop.usecases.review import review
from desktop.usecases.scenario_code import decode
from tests.families import RESOURCES, charged, family, resident, shipped, visit, worker, yuan
from tests.report.papers import (
    MADE,
    TODAY,
    eleven,
    ink,
    paper,
    read,
    read_pdf,
    sandwich,
    sandwich_report,
    slip,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")

SUM = re.compile(r"\d\.\d{2}(?!\d)")
DOTS_A_MILLIMETRE = 8


@cache
def report_text() -> str:
    return read(paper())


@cache
def slip_text() -> str:
    return read(slip(bill()))


def bill(**changes: object) -> Visit:
    made = visit("next", TODAY, "mother", charged(1060, own=60), setting=Setting.OUTPATIENT)
    return replace(made, **changes)  # type: ignore[arg-type]


def booked() -> Visit:
    return next(
        one for one in sandwich().family.events if isinstance(one, Visit) and one.id == "e2605-mother"
    )


# ------------------------------------------------------------------------------------------ text in the PDF


@pytest.mark.parametrize(
    "words",
    [
        "家庭医保个人账户报告",
        "8,426.35",
        "人民币捌仟肆佰贰拾陆元叁角伍分",
        "母亲刘*职工退休，衡阳2024-12-202,900.00不可以同时有两位共济人",
        "合计6,342.20人民币陆仟叁佰肆拾贰元贰角",
        "编号GJ-20261121-1405",
        "引擎0.1.0规则包全国2026.1，湖南2026.1，长沙2026.1，有效至2026-12-31",
        "医保服务热线12393",
        "国办发〔2024〕38号",
        "有争议",
        "母亲改由哥哥支付",
    ],
)
def test_that_the_report_can_be_searched(words: str) -> None:
    assert words in report_text()


def test_that_nothing_is_on_it_that_paper_must_not_say() -> None:
    said, people = read(paper()) + read(slip(booked())), sandwich().family.people
    for person in people:
        assert person.name not in said
        assert person.id_number is None or person.id_number not in said
    assert not any(event.note in said for event in sandwich().family.events if event.note)


def test_that_no_band_of_chances_and_no_seed_are_claimed() -> None:
    said = read(paper())
    assert "P10" not in said
    assert "种子" not in said


def test_that_a_report_printed_on_another_day_says_so() -> None:
    later = replace(paper(), made=datetime(2026, 12, 1, 9, 0).astimezone())
    assert "截至2026年11月21日打印于2026年12月1日09:00" in read(later)


# ------------------------------------------------------------------------------------------ pages


def test_that_each_page_tells_its_number_and_how_many_there_are() -> None:
    pages = len(paper().pages)
    assert pages == 2
    for number in range(1, pages + 1):
        said = read(paper(), page=number)
        assert f"第{number}页，共{pages}页" in said
        assert "仅供参考" in said


def test_that_eleven_people_are_all_there_and_flow_over_the_pages() -> None:
    document = paper(eleven())
    assert len(eleven().rows) == 10
    assert len(document.pages) == 2
    assert read(document).count("父母r") == 10
    assert "六、怎么算的" in read(document, page=2)


def test_that_a_table_that_goes_on_begins_with_its_head_again() -> None:
    long = replace(eleven(), rows=eleven().rows * 6)
    document = paper(long)
    heads = [read(document, page=number).count("关系姓名参保绑定起2026年用了状态") for number in (1, 2)]
    assert heads == [1, 1]
    assert read(document, page=1).count("父母r") + read(document, page=2).count("父母r") == 60


def test_that_the_sum_never_stands_alone_on_a_page() -> None:
    for more in range(12):
        rows = (eleven().rows * 4)[: 16 + more]
        document = paper(replace(eleven(), rows=rows))
        table = [[one for one in page if one.block.header is not None] for page in document.pages]
        assert sum(map(len, table)) == len(rows) + 2
        assert all(len(page) != 1 for page in table)


def test_that_nothing_is_printed_into_the_margins() -> None:
    document = paper(replace(eleven(), rows=eleven().rows * 6))
    for page in document.pages:
        assert all(placed.area.bottom() <= document.frame.inside.bottom() for placed in page)


def block(height: float, **more: object) -> Block:
    return Block(height, nothing, **more)  # type: ignore[arg-type]


def nothing(_painter: QPainter, _area: QRectF) -> None:
    pass


FRAME = Frame(100, 100, 0, 0, 0, 0)


def test_that_a_heading_goes_over_with_what_it_heads() -> None:
    pages = flow([block(60), block(20, keeps=True), block(30)], FRAME)
    assert [len(page) for page in pages] == [1, 2]


def test_that_what_is_taller_than_a_page_stands_alone() -> None:
    assert [len(page) for page in flow([block(10), block(150), block(10)], FRAME)] == [1, 1, 1]


def test_that_the_first_row_of_a_table_needs_no_second_head() -> None:
    head = block(10, keeps=True)
    pages = flow([block(95), head, block(10, header=head), block(90, header=head)], FRAME)
    assert [[placed.block.height for placed in page] for page in pages] == [[95], [10, 10], [10, 90]]


# ------------------------------------------------------------------------------------------ privacy


def test_that_with_the_eye_closed_no_sum_and_no_name_is_on_paper() -> None:
    for document in (paper(hidden=True), slip(booked(), hidden=True)):
        said = read_pdf(pdf_bytes(document))
        assert not SUM.search(said)
        assert "人民币" not in said
        assert "12,000" not in said
        assert "刘" not in said
        assert "母亲" in said
    assert "周家" not in read(paper(hidden=True))


def test_that_with_the_eye_closed_there_is_no_square_code() -> None:
    assert paper().code is not None
    assert paper(hidden=True).code is None
    assert "金额已隐藏" in read(paper(hidden=True))
    assert "扫一扫" in read(slip(booked()))
    assert "扫一扫" not in read(slip(booked(), hidden=True))


def test_that_a_family_with_too_much_for_a_code_is_told_so() -> None:
    assert "放不下" in read(paper(replace(sandwich_report(), code=None)))


def colours_of(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_that_bars_keep_their_shape_with_the_eye_closed() -> None:
    """Cash is hatched; the hatched piece is as wide as before."""
    cash = read_colours(RESOURCES)[Tone.CASH].rgb()
    shapes = []
    for hidden in (False, True):
        image = pictures(paper(hidden=hidden))[0]
        shapes.append(sum(image.pixel(x, 1218) == cash for x in range(96, 1144)))
    assert shapes[0] == shapes[1]


# ------------------------------------------------------------------------------------------ code


def test_that_the_code_on_paper_is_the_scenario_and_opens_again() -> None:
    code = paper().code or ""
    assert modules_of(code)[QUIET][QUIET : QUIET + 8] == (*(True,) * 7, False)
    drawn = tuple(tuple(map(bool, row)) for row in segno.make_qr(code, error="l").matrix_iter(border=QUIET))
    assert modules_of(code) == drawn
    then = review(decode(code, TODAY), shipped())
    assert then.ledger.balance("p1", TODAY) == yuan("8426.35")


def test_that_the_code_is_at_least_25_millimetres_wide() -> None:
    size = code_size(paper().code or "")
    assert 188 * (size - 2 * QUIET) / size / 1240 * 210 >= 25


def test_that_a_report_without_account_plan_or_people_can_be_printed() -> None:
    for one in (worker(balance=None), resident("me"), worker(balance=0)):
        report = report_of(review(family(one, as_of=TODAY), shipped()))
        assert "家庭医保个人账户报告" in read(paper(report))


def test_that_where_no_rule_sets_a_limit_only_the_number_is_told() -> None:
    free = replace(
        sandwich_report(), active=(7, None), lifetime=(9, None), grounds=(), actions=(), lowest=None
    )
    said = read(paper(free))
    assert "共济名额" in said
    assert "7/10" not in said
    assert "现在没有要办的事" in said


# ------------------------------------------------------------------------------------------ chart


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (0, (0,)),
        (1_261_255, (0, 400_000, 800_000, 1_200_000)),
        (140_000, (0, 40_000, 80_000, 120_000)),
        (99, (0,)),
        (49_900, (0, 10_000, 20_000, 30_000, 40_000)),
    ],
)
def test_that_the_axis_has_few_round_sums(most: int, lines: tuple[int, ...]) -> None:
    assert round_sums(most) == lines


def test_that_a_shortfall_past_the_drawing_is_left_out() -> None:
    far = replace(sandwich_report(), shortfall=(TODAY.replace(year=2040), yuan(5)))
    assert "2040年11月缺" not in read(paper(far), page=1).replace("首次不足", "")


def test_that_a_low_month_at_the_very_end_keeps_its_words_on_the_page() -> None:
    month, money = sandwich_report().projection[11]
    assert f"最低{money:,}" in read(paper(replace(sandwich_report(), lowest=(money, month), shortfall=None)))


# ------------------------------------------------------------------------------------------ slip


@pytest.mark.parametrize(
    "words",
    [
        "看病费用试算单",
        "使用人母亲刘*",
        "证件号4****************1",
        "三级医院普通门诊",
        "合计（元）1,060.00",
        "人民币壹仟零陆拾元整",
        "个人现金支付",
        "仅供参考，以医保经办机构为准",
        "医保服务热线12393",
        "规则包全国2026.1",
    ],
)
def test_that_the_slip_says_what_one_takes_to_the_counter(words: str) -> None:
    assert words in slip_text()


def test_that_the_slip_of_a_booked_bill_is_called_so() -> None:
    assert "看病费用结算单" in read(slip(booked()))
    assert slip(booked()).title == "看病费用结算单"


def test_that_the_slip_is_black_and_white_on_80_millimetres_and_not_too_long() -> None:
    for one in (slip(booked()), slip(bill())):
        image = pictures(one)[0]
        assert colours_of(image) == {0xFF000000, 0xFFFFFFFF}
        wide, tall = one.millimetres
        assert wide == 80
        assert tall <= 200
        assert image.width() == wide * DOTS_A_MILLIMETRE
        assert len(one.pages) == 1


def test_that_the_slip_keeps_to_the_576_dots_of_the_head() -> None:
    image = pictures(slip(booked()))[0]
    margin = (image.width() - 576) // 2
    for x in (*range(margin - 2), *range(image.width() - margin + 2, image.width())):
        assert all(image.pixel(x, y) == 0xFFFFFFFF for y in range(image.height()))


def test_that_every_module_of_the_slips_code_is_of_whole_dots() -> None:
    """Each run of one colour along the first row of the code is so many modules long."""
    document = slip(booked())
    code = document.code or ""
    image = pictures(document)[0]
    module = 360 // code_size(code)
    left = 32
    row = next(
        y
        for y in range(900, image.height())
        if all(image.pixel(left + x, y) == 0xFF000000 for x in range(7 * module))
    )
    dots = [image.pixel(left + x, row) == 0xFF000000 for x in range((code_size(code) - 2 * QUIET) * module)]
    assert [dots[place * module] for place in range(len(dots) // module)] == list(
        modules_of(code)[QUIET][QUIET:-QUIET]
    )
    assert all(dots[place] == dots[place - place % module] for place in range(len(dots)))


def test_that_a_source_that_paid_nothing_has_no_piece_in_the_bar() -> None:
    report = replace(
        sandwich_report(), sources=replace(sandwich_report().sources, cash=NOTHING, pool=-yuan(5))
    )
    assert pictures(paper(report))


# ------------------------------------------------------------------------------------------ fonts, output


def test_that_paper_is_set_in_a_font_whose_text_can_be_found() -> None:
    assert fonts.paper_family(RESOURCES) in fonts.READABLE


def test_that_the_font_beside_the_program_is_used_where_the_system_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    added: list[str] = []

    def add(file: str) -> int:
        added.append(file)
        return 0

    monkeypatch.setattr(QFontDatabase, "families", lambda: ["Some Font"])
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", add)
    assert fonts.paper_family(tmp_path) == ""
    beside = tmp_path / "fonts" / "wqy-microhei.ttc"
    beside.parent.mkdir()
    beside.write_bytes(b"")
    assert fonts.paper_family(tmp_path) == "WenQuanYi Micro Hei"
    assert added == [str(beside)]


def test_that_without_any_such_font_it_is_still_printed() -> None:
    document = replace(paper(), ink=replace(ink(), press=replace(ink().press, family="")))
    assert pdf_bytes(document).startswith(b"%PDF")


def test_that_the_paper_is_as_large_as_it_says() -> None:
    assert page_layout(paper()).pageSize().name() == "A4"
    size = page_layout(slip(booked())).pageSize().size(page_layout(paper()).pageSize().definitionUnits())
    assert round(size.width()) == 80


def test_that_a_pdf_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    write_pdf(file, paper())
    assert file.read_bytes().startswith(b"%PDF")
    with pytest.raises(FileTrouble):
        write_pdf(tmp_path / "nowhere" / "report.pdf", paper())
    assert [one.name for one in tmp_path.iterdir()] == ["report.pdf"]


def test_that_patterns_differ_without_colour() -> None:
    looks = set()
    for source in Source:
        image = QImage(60, 30, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        paint_source(painter, QRectF(0, 0, 60, 30), source, replace(ink(), one_bit=True))
        painter.end()
        looks.add(bytes(image.constBits()))
    assert len(looks) == len(Source)


@pytest.mark.parametrize(("resolution", "pictures_in_it"), [(203, True), (600, False)])
def test_that_a_coarse_head_is_given_whole_dots(
    resolution: int, pictures_in_it: bool, tmp_path: Path
) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "slip.pdf"))
    printer.setResolution(resolution)
    printer.setPageLayout(page_layout(slip(booked())))
    print_document(printer, slip(booked()))
    assert (b"/Subtype /Image" in (tmp_path / "slip.pdf").read_bytes()) is pictures_in_it


def test_that_only_the_pages_one_chose_are_printed(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "second.pdf"))
    printer.setPageLayout(page_layout(paper()))
    printer.setFromTo(2, 2)
    print_document(printer, paper())
    assert "第2页，共2页" in "".join(read_pdf((tmp_path / "second.pdf").read_bytes()).split())
    assert "第1页" not in "".join(read_pdf((tmp_path / "second.pdf").read_bytes()).split())


def test_that_the_moment_of_printing_is_the_number_of_the_report() -> None:
    assert f"{MADE:%Y%m%d-%H%M}" in read(paper())
