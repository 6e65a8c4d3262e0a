"""日历文件。What we write is read back by another program's reader, Chinese and all."""

from datetime import date

from icalendar import Calendar

from desktop.exchange.calendar_file import CalendarDay, calendar_text

MADE = date(2026, 11, 21)
LONG = "跨省转移接续（弟弟，东莞 → 长沙）：等待转出地办结；一, 二\\三\n第二行" * 3


def written(*days: CalendarDay) -> str:
    return calendar_text("跨省转移接续", days, MADE)


def test_that_days_are_read_back_as_they_were() -> None:
    text = written(CalendarDay("a@gongji", date(2026, 12, 7), LONG, LONG), CalendarDay("b", MADE, "提交"))
    first, second = Calendar.from_ical(text).walk("VEVENT")
    assert (first["UID"], first.decoded("DTSTART"), first.decoded("DTEND")) == (
        "a@gongji",
        date(2026, 12, 7),
        date(2026, 12, 8),
    )
    assert (str(first["SUMMARY"]), str(first["DESCRIPTION"])) == (LONG, LONG)
    assert "DESCRIPTION" not in second


def test_that_lines_end_and_are_folded_as_the_standard_wants() -> None:
    text = written(CalendarDay("a", MADE, LONG))
    lines = text.encode().split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in text.encode().replace(b"\r\n", b"")
    assert all(line.decode() for line in lines[:-1])
    assert "DTSTAMP:20261121T000000Z" in text


def test_that_the_same_days_give_the_same_file() -> None:
    day = CalendarDay("a", MADE, "提交")
    assert written(day) == written(day)
