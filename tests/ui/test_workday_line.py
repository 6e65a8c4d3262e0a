"""工作日时间线测试。Days in lines, stages above, named days below; read one by one, or as a table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.ui.guides.day_cells import Room, lay
from desktop.ui.guides.workday_line import WorkdayLine, timeline_grid
from desktop.usecases.guide_view import DayCell, DayKind, Mark, Stage, Timeline

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.ui.look.look import Look

START = date(2026, 9, 28)  # 星期一
HOLIDAYS = {date(2026, 10, day) for day in range(1, 8)}
ADJUSTED = date(2026, 10, 10)


def cell(place: int) -> DayCell:
    """Twenty days about the National Day: a holiday, and a Saturday on which one works."""
    on = START + timedelta(days=place)
    kind = DayKind.WORKDAY
    if on in HOLIDAYS:
        kind = DayKind.HOLIDAY
    elif on == ADJUSTED:
        kind = DayKind.ADJUSTED
    elif on.weekday() >= 5:
        kind = DayKind.WEEKEND
    works = kind in {DayKind.WORKDAY, DayKind.ADJUSTED}
    number = place if 0 < place < 4 and works else 0
    stage = 0 if 0 < place < 4 else -1
    estimated = on >= date(2026, 10, 12)
    return DayCell(on, kind, number, stage, estimated, "国庆节" if kind is DayKind.HOLIDAY else "")


TIMELINE = Timeline(
    counted_from=START,
    title="按 9月28日 提交推算，次日起算",
    cells=tuple(cell(place) for place in range(20)),
    stages=(Stage("转出地 2 个工作日", START + timedelta(days=1), START + timedelta(days=3)),),
    marks=(
        Mark(START, "提交"),
        Mark(START + timedelta(days=2), "最迟"),
        Mark(START, "今天"),
    ),
    note="",
    estimated=True,
)


@pytest.fixture
def line(look: Look, qtbot: QtBot) -> WorkdayLine:
    made = WorkdayLine(look)
    made.show_timeline(TIMELINE)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def room(look: Look, width: float) -> Room:
    return Room(width, look.unit, lambda mark: 60.0)


def test_that_all_days_stand_in_one_line_where_there_is_room(look: Look) -> None:
    laid = lay(TIMELINE, room(look, 900))
    assert len({spot.frame.top() for spot in laid.spots}) == 1
    assert laid.spots[-1].frame.right() <= 900


def test_that_without_room_they_stand_in_lines_of_weeks(look: Look) -> None:
    laid = lay(TIMELINE, room(look, 300))
    assert len({spot.frame.top() for spot in laid.spots}) == 3
    assert all(spot.frame.right() <= 300 for spot in laid.spots)
    tops = sorted({spot.frame.top() for spot in laid.spots})
    assert sum(spot.frame.top() == tops[0] for spot in laid.spots) == 7


def test_that_named_days_do_not_cover_each_other(look: Look) -> None:
    laid = lay(TIMELINE, room(look, 900))
    areas = [flag.words for flag in laid.flags]
    assert len(areas) == 3
    assert not any(one.intersects(other) for one in areas for other in areas if one is not other)


def test_that_a_stage_goes_on_in_the_next_line(look: Look) -> None:
    stage = Stage("十五天", START, START + timedelta(days=14))
    longer = Timeline(START, "", TIMELINE.cells, (stage,), (), "", estimated=False)
    laid = lay(longer, room(look, 300))
    assert [bar.stage for bar in laid.bars] == [0, 0, 0]


def test_that_stages_that_share_days_stand_one_above_the_other(look: Look) -> None:
    both = (
        Stage("先", START, START + timedelta(days=6)),
        Stage("后", START + timedelta(days=3), START + timedelta(days=9)),
    )
    laid = lay(Timeline(START, "", TIMELINE.cells, both, (), "", estimated=False), room(look, 900))
    first, second = (bar.area for bar in laid.bars)
    assert not first.intersects(second)
    assert laid.spots[0].name.top() >= second.bottom()


def test_that_nothing_to_show_takes_no_room(look: Look) -> None:
    assert lay(Timeline(START, "", (), (), (), "", estimated=False), room(look, 900)).high == 0


def test_that_the_day_of_applying_is_read_first(line: WorkdayLine) -> None:
    assert line.here is not None
    assert line.here.on == START
    assert "9月28日，星期一" in line.accessibleName()
    assert "提交" in line.accessibleName()


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ([Qt.Key.Key_Right], "2026年9月29日，星期二，第 1 个工作日，转出地 2 个工作日"),
        ([Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right], "国庆节"),
        ([Qt.Key.Key_Down], "10月5日"),
        ([Qt.Key.Key_End], "2026年10月17日，星期六，周末（预计）"),
        ([Qt.Key.Key_End, Qt.Key.Key_Home], "9月28日"),
        ([Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left], "9月28日"),
    ],
)
def test_that_keys_walk_the_days(line: WorkdayLine, keys: list[Qt.Key], says: str) -> None:
    line.setFocus()
    for key in keys:
        QTest.keyClick(line, key)
    assert says in line.accessibleName()


def test_that_the_day_under_the_pointer_is_read(line: WorkdayLine, qtbot: QtBot) -> None:
    first = lay(TIMELINE, Room(line.width(), line._look.unit, line._wide)).spots[0]
    with qtbot.waitSignal(line.read) as read:
        QTest.mouseMove(line, first.frame.center().toPoint())
    assert read.args is not None
    assert "9月28日" in read.args[0]
    with qtbot.waitSignal(line.read) as read:
        QTest.mouseMove(line, QPoint(1, 1))
    assert read.args == [""]


def test_that_the_table_says_the_same(line: WorkdayLine) -> None:
    grid = timeline_grid(TIMELINE)
    assert len(grid.rows) == len(TIMELINE.cells)
    assert grid.rows[0] == ("2026-09-28", "一", "工作日", "", "提交，今天")
    assert grid.rows[3][:4] == ("2026-10-01", "四", "国庆节", "")
    assert grid.rows[12][2] == "调休上班"
    assert grid.rows[14][2] == "工作日（预计）"


def test_that_estimated_and_free_days_look_different(line: WorkdayLine) -> None:
    """A dashed frame leaves gaps where a whole one has none, hatching has no frame at all."""
    picture = line.grab().toImage()
    ratio = picture.devicePixelRatio()

    def edge(on: date) -> set[int]:
        frame = next(one.frame for one in line.spots if TIMELINE.cells[one.place].on == on)
        left = [round((frame.left() + x) * ratio) for x in range(4)]
        tall = range(round((frame.top() + 10) * ratio), round((frame.bottom() - 10) * ratio))
        return {picture.pixel(x, row) for x in left for row in tall}

    published = edge(date(2026, 10, 8))
    assert edge(date(2026, 10, 13)) != published
    assert edge(date(2026, 10, 1)) != published
