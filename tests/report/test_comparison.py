"""对比的纸。What can be found again on a printed comparison, how it flows, and what is hidden."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from desktop.domain.plan import Scenario
from desktop.report.comparison import ComparisonPaper
from desktop.report.ink import Tone
from desktop.report.output import pdf_bytes, pictures
from desktop.usecases.chances import Fan, fans, scripted
from desktop.usecases.compare import compare
from desktop.usecases.comparison_report import ComparisonReport, comparison_report
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import RESOURCES, shipped, yuan
from tests.report.papers import MADE, TODAY, ink, read, read_pdf, sandwich

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

pytestmark = pytest.mark.usefixtures("qapp")

SUM = re.compile(r"\d\.\d{2}(?!\d)")
UNTIL = date(2031, 11, 1)
SEED, FUTURES = 20261121, 500


@cache
def sample(name: str) -> Review:
    return review(open_family(RESOURCES / "samples" / f"{name}.json", TODAY), shipped())


@cache
def drawn() -> Fan:
    seen = sandwich()
    ready = scripted(seen.family, seen.book, seen.holder.id, UNTIL)
    *_, fan = fans(ready, seed=SEED, futures=FUTURES)
    return fan


@cache
def report(name: str = "sandwich-family") -> ComparisonReport:
    """Only the sandwich family's futures are drawn."""
    seen = sample(name)
    names = [one.name for one in seen.family.scenarios]
    fan = drawn() if name == "sandwich-family" else None
    return comparison_report(seen, compare(seen.family, seen.book, UNTIL, names), "", fan)


def paper(of: ComparisonReport | None = None, *, hidden: bool = False) -> ComparisonPaper:
    return ComparisonPaper(of or report(), ink(hidden=hidden), MADE)


@cache
def text() -> str:
    return read(paper())


# ------------------------------------------------------------------------------------------ text in the PDF


@pytest.mark.parametrize(
    "words",
    [
        "方案对比",
        "账户2028年5月首次不足",
        "8,426.35",
        "人民币捌仟肆佰贰拾陆元叁角伍分",
        "保费改用现金",
        "多撑43个月以上",
        "晚24个月",
        "-14,195.51",
        "6,270.00哥哥配偶5年末余额",
        "2030年5月起不足",
        "2028年5月母亲住院，医保后要付2,744.74，当时账户只有2,629.09，缺115.65。",
        "每年净增减-4,398.84-1,520.42-2,478.84",
        "2028-05-26母亲住院+2,629.09-115.65+2,744.74",
        "其余36笔-6,897.65-7,545.65+648.00",
        "合计+196.59-14,195.51+14,392.10",
        "500次推演里",
        "种子20261121",
        "估2027至2032年度保费未公布，按400.00估算。",
        "假设2027年1月1日起的规则还没有收录",
        "规则包全国2026.1，湖南2026.1，长沙2026.1，有效至2026-12-31",
        "医保服务热线12393",
    ],
)
def test_that_the_comparison_can_be_searched(words: str) -> None:
    assert words in text()


def test_that_no_ones_name_and_number_is_on_it() -> None:
    for person in sandwich().family.people:
        assert person.name not in text()
        assert person.id_number is None or person.id_number not in text()


@pytest.mark.parametrize(("name", "pages"), [("sandwich-family", 3), ("young-couple", 2), ("retiree", 2)])
def test_that_every_scenario_of_a_sample_is_named_on_numbered_pages(name: str, pages: int) -> None:
    document = paper(report(name))
    assert len(document.pages) == pages
    for number in range(1, pages + 1):
        said = read(document, page=number)
        assert f"第{number}页，共{pages}页" in said
        assert "仅供参考" in said
    for column in report(name).columns[1:]:
        assert f"{column.name}：" in read(document)


def test_that_without_futures_none_are_claimed() -> None:
    said = read(paper(report("young-couple")))
    assert "没有推演，所以没有上下区间" in said
    assert "P10" not in said
    assert "种子" not in said


def test_that_what_others_pay_for_themselves_is_told() -> None:
    assert "别人账户给自己看病另付+2,526.80元" in read(paper(report("young-couple")))


def test_that_a_baseline_alone_and_a_scenario_without_difference_can_be_printed() -> None:
    base = report().columns[0]
    alone = replace(report(), columns=(base,), flows=(), net=(yuan(0),), chosen=0)
    assert "没有并列的方案" in read(paper(alone))
    seen = sample("retiree")
    same = replace(seen.family, scenarios=(Scenario("一样"),))
    printed = comparison_report(review(same, seen.book), compare(same, seen.book, UNTIL, ["一样"]))
    assert "和基准没有一笔不同" in read(paper(printed))


# ------------------------------------------------------------------------------------------ pages, privacy


def four() -> ComparisonReport:
    """A baseline and four scenarios with long names, three of which fall short in the same month."""
    base, lasting, short, _ = report().columns
    long = "居民保费改用现金而且外祖母改由配偶的账户支付直到退休"
    columns = (
        base,
        lasting,
        short,
        replace(short, name=long),
        replace(short, name=long + "二", differs=long * 5),
    )
    flows = tuple(one._replace(amounts=(*one.amounts, one.amounts[2])) for one in report().flows)
    return replace(report(), columns=columns, flows=flows, net=(*report().net, report().net[2]))


def test_that_four_scenarios_with_long_names_stand_side_by_side() -> None:
    document = paper(four())
    inside = document.frame.inside
    assert all(placed.area.bottom() <= inside.bottom() for page in document.pages for placed in page)
    said = read(document)
    assert said.count("2030年5月起不足") == 3
    assert "…" in said  # what a scenario changes is cut over its column
    assert four().columns[-1].differs in said  # and stands whole where the differences do


def test_that_with_the_eye_closed_no_sum_is_on_paper() -> None:
    said = read_pdf(pdf_bytes(paper(hidden=True)))
    assert not SUM.search(said)
    assert "人民币" not in said
    assert "8,000" not in said
    assert "周家" not in said
    assert "2028年5月" in said


def test_that_opening_the_eye_sets_the_pages_anew() -> None:
    document = paper(hidden=True)
    assert not SUM.search(read(document))
    document.ink.masks.hidden = False  # type: ignore[misc]
    assert "8,426.35" in read(replace(document))


# ------------------------------------------------------------------------------------------ chart


def dark(image: QImage, x: int, top: int, bottom: int) -> bool:
    return any(image.pixelColor(x, y).value() < 60 for y in range(top, bottom))


def test_that_each_line_has_a_pattern_of_its_own() -> None:
    """Over each column a piece of its line: whole, or broken in its own rhythm."""
    image = pictures(paper(four()))[0]
    table = next(
        one for one in paper(four()).pages[0] if one.block.header is None and one.area.height() > 130
    )
    y = round(table.area.top())
    wide = (1048 - 172) / 5
    rhythms = {
        tuple(dark(image, round(96 + 172 + place * wide + 12) + x, y + 12, y + 21) for x in range(54))
        for place in range(5)
    }
    assert len(rhythms) == 5
    assert (True,) * 54 in rhythms


def test_that_the_band_is_there_only_where_futures_were_drawn() -> None:
    def band(document: ComparisonPaper) -> int:
        shade = document.ink.colour(Tone.HAIR).rgb()
        image = pictures(document)[0]
        return sum(image.pixel(x, y) == shade for x in range(188, 948, 4) for y in range(880, 1140, 3))

    assert band(paper()) > 4 * band(paper(replace(report(), sure=None)))
