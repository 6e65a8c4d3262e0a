"""看指南。A guide for a person on a day: filled in, with its steps, its working days, its answers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.clause import Confidence
from desktop.domain.errand import Errand
from desktop.domain.family import Family
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.guides.guide import Guide
from desktop.usecases.guide_show import Asking, guide_names, guide_view
from desktop.usecases.guide_view import Asked, DayKind, GuideView, StepState
from desktop.usecases.open_family import open_family
from desktop.usecases.open_guides import open_guides
from tests.families import CHANGSHA, LONG_AGO, RESOURCES, bound, family, resident, shipped, worker
from tests.guides.guides import HEAD, MOVE, STEP, read

TODAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)
DONGGUAN = "441900"


@pytest.fixture
def move(tmp_path: Path) -> Guide:
    return read(tmp_path, MOVE)


def moved() -> Family:
    """Who came from 东莞 to 长沙, and a relative."""
    me = worker()
    earlier = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, DONGGUAN, LONG_AGO, date(2025, 12, 31))
    now = Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, date(2026, 1, 1))
    return family(
        replace(me, coverage=(earlier, now)), resident(), bindings=(bound("me", "mum"),), as_of=TODAY
    )


def errand(**fields: object) -> Errand:
    return replace(Errand("e", "move", "me", date(2026, 11, 20)), **fields)  # type: ignore[arg-type]


def view(guide: Guide, begun: Errand | None = None, today: date = TODAY) -> GuideView:
    return guide_view(guide, moved(), shipped(), today, Asking(errand=begun))


def asked(shown: GuideView, name: str) -> Asked:
    return next(one for one in shown.asks if one.name == name)


# ------------------------------------------------------------------------------------------------ the picture


def test_that_ten_and_five_working_days_are_counted_from_the_day_after_applying(move: Guide) -> None:
    shown = view(move, errand(done=(("check", date(2026, 11, 20)),), starts_on=MONDAY))
    assert (shown.subject, shown.status, shown.done) == ("本人，东莞 → 长沙", "进行中", 1)
    assert [(one.state, one.detail) for one in shown.steps] == [
        (StepState.DONE, "已核对，2026-11-20"),
        (StepState.CURRENT, "地方专区。打算 11月23日 提交"),
        (StepState.WAITING, "10 个工作日内，最迟 12月7日"),
        (StepState.WAITING, "再 5 个工作日内，最迟 12月14日"),
    ]
    line = shown.timeline
    assert line is not None
    assert (line.title, line.estimated) == ("按 11月23日 提交推算，次日起算", False)
    assert [(one.label, one.first, one.last) for one in line.stages] == [
        ("转出地（东莞）10 个工作日", date(2026, 11, 24), date(2026, 12, 7)),
        ("转入地（长沙）5 个工作日", date(2026, 12, 8), date(2026, 12, 14)),
    ]
    assert [(one.on, one.label) for one in line.marks] == [
        (TODAY, "今天"),
        (MONDAY, "提交"),
        (date(2026, 12, 7), "转出地最迟"),
        (date(2026, 12, 14), "全部最迟"),
    ]
    assert (line.cells[0].on, line.cells[-1].on) == (TODAY, date(2026, 12, 15))
    numbers = {one.on: (one.number, one.stage, one.kind) for one in line.cells}
    assert numbers[date(2026, 12, 7)] == (10, 0, DayKind.WORKDAY)
    assert numbers[date(2026, 12, 12)] == (0, 1, DayKind.WEEKEND)
    assert numbers[date(2026, 12, 14)] == (15, 1, DayKind.WORKDAY)
    assert line.note == "到12月14日还没办结，可拨 12393。"


def test_that_a_step_done_early_lets_the_next_begin_earlier(move: Guide) -> None:
    done = (("apply", MONDAY), ("out", date(2026, 11, 26)))
    shown = view(move, errand(done=done), date(2026, 11, 30))
    assert shown.steps[3].due == date(2026, 12, 3)
    assert shown.steps[0].state is StepState.CURRENT


def test_that_what_is_not_done_in_time_is_late_and_all_done_is_over(move: Guide) -> None:
    late = view(move, errand(done=(("apply", MONDAY),)), date(2026, 12, 8))
    assert [one.state for one in late.steps[2:]] == [StepState.LATE, StepState.WAITING]
    assert late.timeline is not None
    assert [one.label for one in late.timeline.marks][:1] == ["提交"]
    done = tuple((step.id, MONDAY) for step in move.steps)
    assert view(move, errand(done=done)).status == "已办完"


def test_that_what_was_ticked_is_shown_as_it_was(move: Guide) -> None:
    early = date(2026, 11, 26)
    shown = view(move, errand(done=(("check", MONDAY), ("apply", MONDAY), ("out", early))))
    assert shown.timeline is not None
    out, in_ = shown.timeline.stages
    assert (out.first, out.last, in_.first) == (date(2026, 11, 24), early, date(2026, 11, 27))
    assert [one.label for one in shown.timeline.marks] == ["今天", "提交", "转出地办结", "全部最迟"]
    assert {one.stage for one in shown.timeline.cells if out.first <= one.on <= out.last} == {0}


def test_that_nothing_was_waited_for_where_all_was_ticked_on_one_day(move: Guide) -> None:
    done = tuple((step.id, MONDAY) for step in move.steps)
    assert view(move, errand(done=done)).timeline is None


def test_that_applying_today_is_one_mark(move: Guide) -> None:
    line = view(move, errand(starts_on=MONDAY), MONDAY).timeline
    assert line is not None
    assert [one.label for one in line.marks] == ["今天提交", "转出地最迟", "全部最迟"]


def test_that_a_year_without_a_calendar_is_said_to_be_estimated(move: Guide) -> None:
    line = view(move, errand(starts_on=date(2099, 1, 5)), date(2099, 1, 2)).timeline
    assert line is not None
    assert line.estimated
    assert "预计" in line.title
    assert all(one.estimated for one in line.cells)


# ----------------------------------------------------------------------------------------------- who and what


def test_that_what_nobody_begun_is_read_for_the_first_who_may(move: Guide) -> None:
    shown = view(move)
    assert (shown.status, shown.errand, shown.person) == ("未开始", "", "me")
    assert shown.people == (("me", "本人"),)
    assert asked(shown, "origin").value == DONGGUAN
    assert shown.basis == "医保办发〔2021〕43号，2021-11-01"


def test_that_nobody_who_may_leaves_the_holder(move: Guide) -> None:
    shown = guide_view(move, family(resident()), shipped(), TODAY, Asking(person="stranger"))
    assert (shown.people, shown.person) == ((), "mum")
    assert shown.subject == "本人，转出地 → 长沙"


def test_that_places_are_of_the_own_area_first_and_none_of_another(move: Guide) -> None:
    shown = view(move)
    assert [(one.says.says, one.verify) for one in shown.places] == [
        ("长沙的窗口", True),
        ("任意窗口", False),
    ]


def test_that_papers_at_hand_are_ticked(move: Guide) -> None:
    assert [one.held for one in view(move, errand(papers=("id-card",))).papers] == [True]
    assert [one.held for one in view(move).papers] == [False]


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("origin", "99", "没有这个地方，参保地是六位数字的行政区划代码"),
        ("origin", "430199", "和转入地在同一个统筹地区，不用转移"),
        ("destination", "110000", ""),
    ],
)
def test_that_an_answer_that_makes_no_sense_is_told(move: Guide, name: str, value: str, fault: str) -> None:
    shown = view(move, errand(answers=((name, value),)))
    assert asked(shown, name).fault == fault


EVERY = (
    HEAD.replace("把在{origin}的年限转到{destination}。", "{person} {relative} {benefit_year} {amount} {on}")
    + 'asks = ["area", "relative", "benefit_year", "amount", "on"]\nfor_whom = "payer"\n'
    + STEP
)


def test_that_every_kind_of_answer_is_said_in_words(tmp_path: Path) -> None:
    guide = read(tmp_path, EVERY)
    answers = {"relative": "mum", "benefit_year": "2027", "amount": "380.00", "on": "2026-11-23"}
    shown = guide_view(guide, moved(), shipped(), TODAY, Asking("me", "", answers))
    assert shown.summary.says == "本人 父母 2027年度 380.00 2026-11-23"
    assert {one.name: (one.kind, one.fault) for one in shown.asks} == {
        "area": ("area", ""),
        "relative": ("person", ""),
        "benefit_year": ("year", ""),
        "amount": ("sum", ""),
        "on": ("day", ""),
    }
    assert asked(shown, "relative").choices == (("mum", "父母"),)
    assert [one for one, _ in asked(shown, "benefit_year").choices] == ["2025", "2026", "2027"]
    assert shown.subject == "本人，父母，长沙，2027年度"
    assert shown.timeline is None


def test_that_answers_are_checked_each_by_its_kind(tmp_path: Path) -> None:
    guide = read(tmp_path, EVERY)
    answers = {"relative": "nobody", "benefit_year": "x", "amount": "0", "on": "gestern"}
    shown = guide_view(guide, moved(), shipped(), TODAY, Asking("me", "", answers))
    assert {one.name: one.fault for one in shown.asks if one.fault} == {
        "relative": "家里没有这位家人",
        "benefit_year": "待遇年度写成四位数字，如 2026",
        "amount": "没有金额",
        "on": "日期读不懂，写成 2026-11-21 的样子",
    }
    assert shown.summary.says == "本人 家人 该待遇年度 金额 哪一天办成"
    oneself = guide_view(guide, moved(), shipped(), TODAY, Asking("me", "", {"relative": "me"}))
    assert asked(oneself, "relative").fault == "要选另一位家人"


def test_that_residents_and_anyone_are_told_apart(tmp_path: Path) -> None:
    residents = read(tmp_path / "r", HEAD + 'for_whom = "resident"\n' + STEP)
    anyone = read(tmp_path / "a", HEAD + STEP)
    assert [one for one, _ in view(residents).people] == ["mum"]
    assert [one for one, _ in view(anyone).people] == ["me", "mum"]


def test_that_who_has_retired_is_none_of_the_employees(move: Guide) -> None:
    shown = guide_view(move, family(worker(status=Status.RETIRED)), shipped(), TODAY, Asking())
    assert shown.people == ()


@pytest.mark.parametrize(
    ("person", "case"),
    [
        (worker(), "employee"),
        (worker(status=Status.FLEXIBLE), "flexible"),
        (resident(), "resident"),
        (replace(resident(), coverage=()), "employee"),
    ],
)
def test_that_the_usual_case_is_how_one_is_insured(person: Person, case: str) -> None:
    enrol = next(one for one in open_guides(RESOURCES, shipped()) if one.id == "enrol")
    assert guide_view(enrol, family(person), shipped(), TODAY, Asking()).case == case


def test_that_a_deadline_may_be_that_of_a_case() -> None:
    enrol = next(one for one in open_guides(RESOURCES, shipped()) if one.id == "enrol")
    shown = {
        case: len(guide_view(enrol, moved(), shipped(), TODAY, Asking(case=case)).deadlines)
        for case in ("employee", "resident")
    }
    assert shown == {"employee": 0, "resident": 1}


def test_that_steps_and_papers_are_those_of_the_case(tmp_path: Path) -> None:
    cases = "".join(
        f'[[case]]\nid = "{one}"\ntitle = "{one}"\nsays = "说"\nsource = "law"\n' for one in ("a", "b")
    )
    paper = '[[paper]]\nid = "p"\ntitle = "证"\nneed = "必需"\nsays = "说"\nsource = "law"\ncases = ["b"]\n'
    text = HEAD + STEP + 'cases = ["b"]\n' + STEP.replace('"one"', '"two"') + cases + paper
    guide = read(tmp_path, text)
    first, other = view(guide), guide_view(guide, moved(), shipped(), TODAY, Asking(case="b"))
    assert ([one.id for one in first.steps], len(first.papers), first.case) == (["two"], 0, "a")
    assert ([one.id for one in other.steps], len(other.papers), other.case) == (["one", "two"], 1, "b")


# --------------------------------------------------------------------------------------- numbers of the law


def filled(tmp_path: Path, says: str, *, on: date = TODAY, more: str = "") -> GuideView:
    guide = read(tmp_path, HEAD.replace("把在{origin}的年限转到{destination}。", says) + more + STEP)
    return guide_view(guide, moved(), shipped(), on, Asking())


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("缴 {premium.personal}。", "缴 400 元/年（预计）。"),
        ("最多 {mutual_aid.most_active@in_province} 人。", "最多 10 人。"),
        ("{employee_outpatient.ceiling:retired}", "2,000 元/年"),
        ("{mutual_aid.pays_for@in_province}", "起付线"),
        ("{premium.window}", "2026年9月1日至2027年1月31日（预计）"),
        ("{premium.refund_until@premium_proxy}", "2027年6月30日（预计）"),
        ("{premium.refund_until}", "2026年12月31日（预计）"),
        ("{transfer.in_province_bindings}", "（未公布）"),
        ("{employee_outpatient.ceiling:nobody}", "（未见规定）"),
        ("{enrolment.switch_without_waiting:broke_off_after}", "10月1日"),
    ],
)
def test_that_a_key_is_filled_with_what_holds_there_that_day(tmp_path: Path, says: str, words: str) -> None:
    assert filled(tmp_path, says).summary.says.startswith(words)


def test_that_a_sentence_is_no_surer_than_what_it_rests_on(tmp_path: Path) -> None:
    summary = filled(tmp_path, "{premium.refund_until} {transfer.in_province_bindings}").summary
    assert (summary.confidence, summary.keys) == (Confidence.MEDIUM, ("premium.refund_until",))
    assert summary.assumed


def test_that_what_another_source_says_is_told(tmp_path: Path) -> None:
    assert filled(tmp_path, "{mutual_aid.pays_for@in_province}").summary.disputed


def deadline(key: str, channel: str = "") -> str:
    says = f'[[deadline]]\nkey = "{key}"\ntitle = "期限"\nsays = "说"\nsource = "law"\n'
    return f'{STEP}{says}channel = "{channel}"\n'


@pytest.mark.parametrize(
    ("key", "channel", "on", "left"),
    [
        ("premium.window", "", date(2027, 1, 31), 71),
        ("premium.refund_until", "premium_proxy", date(2027, 6, 30), 221),
        ("premium.window_extended", "", None, None),
        ("transfer.out_days", "", date(2026, 12, 7), 16),
        ("transfer.in_province_bindings", "", None, None),
        ("mutual_aid.most_active", "in_province", None, None),
    ],
)
def test_that_a_deadline_says_its_day_and_how_long_it_is(
    tmp_path: Path, key: str, channel: str, on: date | None, left: int | None
) -> None:
    guide = read(tmp_path, HEAD + deadline(key, channel))
    [shown] = view(guide).deadlines
    assert (shown.on, shown.left) == (on, left)


def test_that_the_year_that_was_asked_for_counts(tmp_path: Path) -> None:
    guide = read(tmp_path, HEAD + 'asks = ["benefit_year"]\n' + deadline("premium.window_extended"))
    shown = guide_view(guide, moved(), shipped(), TODAY, Asking(answers={"benefit_year": "2022"}))
    assert shown.deadlines[0].on == date(2022, 2, 28)


# --------------------------------------------------------------------------------------- waits of all kinds


def waits(key: str, unit: str) -> str:
    wait = f'wait = {{ key = "{key}", unit = "{unit}", label = "办理" }}\n'
    return HEAD + STEP + wait


@pytest.mark.parametrize(
    ("key", "unit", "detail", "cells"),
    [
        ("transfer.out_days", "day", "10 天内，最迟 12月3日", True),
        ("transfer.out_days", "month", "10 个月内，最迟 2027年9月23日", False),
        ("transfer.in_province_out_days", "workday", "即时办结", False),
        ("transfer.in_province_bindings", "workday", "多久办结未公布", False),
        ("premium.personal", "day", "多久办结未公布", False),
    ],
)
def test_that_a_wait_is_counted_in_its_own_unit(
    tmp_path: Path, key: str, unit: str, detail: str, *, cells: bool
) -> None:
    shown = view(read(tmp_path, waits(key, unit)))
    assert shown.steps[0].detail == detail
    assert bool(shown.timeline is not None and shown.timeline.cells) == cells
    if cells:
        assert shown.timeline is not None
        assert [one.number for one in shown.timeline.cells][3:13] == list(range(1, 11))
        assert shown.timeline.stages[0].label == "办理 10 天"


# ------------------------------------------------------------------------------------------------- the list


def test_that_guides_are_found_by_words_and_by_first_letters(move: Guide, tmp_path: Path) -> None:
    binds = read(tmp_path / "b", HEAD.replace("转移", "绑定", 1).replace("跨省转移接续", "绑定家人") + STEP)
    both = (move, binds)
    assert [one.title for one in guide_names(both)] == ["绑定家人", "跨省转移接续"]
    assert [one.title for one in guide_names(both, "KSZY")] == ["跨省转移接续"]
    assert [one.title for one in guide_names(both, "换城市 转移")] == ["跨省转移接续"]
    assert guide_names(both, "没有") == ()


@pytest.mark.parametrize("sample", ["sandwich-family", "young-couple", "retiree"])
@pytest.mark.parametrize(
    "today", [date(2024, 3, 1), date(2026, 2, 14), TODAY, date(2027, 7, 1), date(2031, 12, 31)]
)
def test_that_every_guide_is_filled_for_everyone_on_any_day(sample: str, today: date) -> None:
    shown = open_family(RESOURCES / "samples" / f"{sample}.json", TODAY)
    for guide in open_guides(RESOURCES, shipped()):
        for person in shown.people:
            for case in [one.id for one in guide.cases] or [""]:
                made = guide_view(guide, shown, shipped(), today, Asking(person.id, case))
                words = [
                    made.summary.says,
                    *(one.title for one in made.steps),
                    *(p.title for p in made.papers),
                ]
                assert made.steps
                assert not [one for one in words if "{" in one or not one]
