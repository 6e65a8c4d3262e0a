"""日历里的一件事。Applying, each wait's last day and every deadline that has one; no name is in it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from icalendar import Calendar

from desktop.domain.errand import Errand
from desktop.usecases.errand_calendar import calendar_of, write_calendar
from desktop.usecases.guide_show import Asking, guide_view
from desktop.usecases.guide_view import GuideView
from tests.families import family, shipped, worker
from tests.guides.guides import HEAD, MOVE, STEP, read

TODAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)
ERRAND = Errand("e", "move", "me", TODAY, starts_on=MONDAY)


def view(at: Path, text: str, errand: Errand | None = ERRAND) -> GuideView:
    me = replace(worker(), name="周小明")
    return guide_view(read(at, text), family(me, as_of=TODAY), shipped(), TODAY, Asking(errand=errand))


def days(shown: GuideView) -> list[tuple[str, date]]:
    return [
        (str(one["UID"]), one.decoded("DTSTART"))
        for one in Calendar.from_ical(calendar_of(shown, TODAY)).walk("VEVENT")
    ]


def test_that_applying_and_the_last_days_are_in_it(tmp_path: Path) -> None:
    assert days(view(tmp_path, MOVE)) == [
        ("e-start@gongji", MONDAY),
        ("e-out@gongji", date(2026, 12, 7)),
        ("e-in@gongji", date(2026, 12, 14)),
    ]


def test_that_what_is_done_needs_no_day(tmp_path: Path) -> None:
    done = replace(ERRAND, done=(("apply", MONDAY), ("out", MONDAY)))
    assert [uid for uid, _ in days(view(tmp_path, MOVE, done))] == ["e-start@gongji", "e-in@gongji"]


def test_that_deadlines_are_in_it_where_somebody_has_published_them(tmp_path: Path) -> None:
    text = HEAD + STEP
    for key in ("premium.window", "premium.window_extended"):
        text += f'[[deadline]]\nkey = "{key}"\ntitle = "缴费"\nsays = "说"\nsource = "law"\n'
    assert days(view(tmp_path, text, None)) == [("move-me-deadline-0@gongji", date(2027, 1, 31))]


def test_that_a_calendar_is_written_whole_and_without_names(tmp_path: Path) -> None:
    file = tmp_path / "days.ics"
    write_calendar(file, view(tmp_path / "g", MOVE), TODAY)
    text = file.read_bytes().decode()
    assert text.endswith("END:VCALENDAR\r\n")
    assert "周小明" not in text
