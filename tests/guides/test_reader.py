"""读取办事指南。A folder of guides is read whole, or refused with every fault, each with its file and key."""

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.clause import Confidence
from desktop.domain.trouble import FileTrouble, InputRefused
from desktop.guides.guide import GROUPS, Ask, ForWhom, Unit
from desktop.guides.reader import GuideForm, read_guides
from tests.families import RESOURCES, shipped
from tests.guides.guides import HEAD, MOVE, STEP, folder, read


def faults(at: Path, **files: str) -> dict[str, str]:
    """What is wrong, by place."""
    with pytest.raises(InputRefused) as refused:
        read_guides(folder(at, **files), shipped().packs.values())
    return {one.place: one.what for one in refused.value.faults}


def test_that_a_guide_is_read_as_it_is_written(tmp_path: Path) -> None:
    guide = read(tmp_path, MOVE)
    assert (guide.id, guide.group, guide.asks) == ("move", "转移", (Ask.ORIGIN, Ask.DESTINATION))
    assert (guide.records, guide.for_whom, guide.words) == ("transfer", ForWhom.EMPLOYEE, ("换城市",))
    out = guide.steps[2]
    assert out.says.rests_on == ("transfer.out_days",)
    assert out.wait is not None
    assert (out.wait.unit, out.wait.place) == (Unit.WORKDAYS, "origin")
    assert guide.says.source.issued == date(2021, 11, 1)
    assert guide.says.rests_on == ()
    assert guide.overdue is not None


def test_that_a_source_of_its_own_stands_before_a_shared_one(tmp_path: Path) -> None:
    own = HEAD + 'confidence = "low"\n' + STEP + '[sources.law]\ntitle = "自己的"\nkind = "press"\n'
    guide = read(tmp_path, own)
    assert (guide.says.source.title, guide.says.confidence) == ("自己的", Confidence.LOW)


def test_that_guides_come_in_the_order_of_their_groups(tmp_path: Path) -> None:
    binds = (HEAD + STEP).replace("转移", "绑定", 1)
    guides = read_guides(folder(tmp_path, a=MOVE, b=binds), shipped().packs.values())
    assert [one.group for one in guides] == ["绑定", "转移"]


def test_that_guides_of_a_group_come_in_the_order_that_they_say(tmp_path: Path) -> None:
    later = MOVE.replace("order  = 1", "order  = 2")
    guides = read_guides(folder(tmp_path, a=later, b=MOVE), shipped().packs.values())
    assert [one.id for one in guides] == ["b", "a"]


def test_that_two_guides_of_a_group_cannot_have_one_place(tmp_path: Path) -> None:
    assert faults(tmp_path, a=MOVE, b=MOVE) == {"b.toml order": "“转移”里已有排第 1 的 a.toml"}


def test_that_the_groups_are_those_of_the_form() -> None:
    assert tuple(GuideForm.model_json_schema()["properties"]["group"]["enum"]) == GROUPS


def test_that_a_folder_without_sources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="没有办事指南"):
        read_guides(tmp_path, ())


def test_that_every_fault_is_told_at_once_with_its_file_and_key(tmp_path: Path) -> None:
    wrong = (
        HEAD
        + 'disputed = "x"\nasks = ["origin"]\n'
        + STEP
        + STEP.replace("办。", "{nobody} {no.key} 花{").replace('"law"', '"nobody"')
        + 'cases = ["never"]\n'
        + 'wait = { key = "no.wait", unit = "day", label = "等", place = "area" }\n'
        + '[[paper]]\nid = "p"\ntitle = "{no.title}"\nneed = "必需"\nsays = "说"\nsource = "law"\n'
        + 'cases = ["never"]\n'
        + '[[deadline]]\nkey = "no.day"\ntitle = "期限"\nsays = "说"\nsource = "law"\n'
    )
    assert faults(tmp_path, a=wrong) == {
        "a.toml step[1].id": "“one”已经用过了",
        "a.toml step[1].cases": "没有“never”这种情形",
        "a.toml paper[0].cases": "没有“never”这种情形",
        "a.toml step[1].wait.place": "没有问 area",
        "a.toml step[1].wait.key": "没有一个政策包有“no.wait”",
        "a.toml step[1].source": "没有声明来源“nobody”",
        "a.toml step[1].says": "花括号没有成对",
        "a.toml paper[0].title": "没有一个政策包有“no.title”",
        "a.toml deadline[0].key": "没有一个政策包有“no.day”",
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(HEAD, "a.toml step", id="no steps"),
        pytest.param(HEAD.replace("转移", "搬家", 1) + STEP, "a.toml group", id="a group of its own"),
        pytest.param(HEAD + 'records = "party"\n' + STEP, "a.toml records", id="no event"),
        pytest.param(HEAD + 'asks = ["shoes"]\n' + STEP, "a.toml asks[0]", id="no answer"),
        pytest.param(HEAD + "colour = 1\n" + STEP, "a.toml colour", id="a stray field"),
        pytest.param("[[", "a.toml", id="no TOML"),
    ],
)
def test_that_what_may_not_stand_there_is_named(tmp_path: Path, text: str, place: str) -> None:
    assert list(faults(tmp_path, a=text)) == [place]


def test_that_a_key_that_differs_by_channel_needs_one(tmp_path: Path) -> None:
    text = HEAD + STEP.replace("办。", "{mutual_aid.most_active} 人")
    assert faults(tmp_path, a=text) == {"a.toml step[0].says": "“mutual_aid.most_active”各渠道不同"}
    assert read(tmp_path, text.replace("most_active", "most_active@in_province"), "a")


def test_that_broken_sources_are_told(tmp_path: Path) -> None:
    folder(tmp_path, a=HEAD + STEP)
    (tmp_path / "sources.toml").write_text("x = 1", "utf-8")
    with pytest.raises(InputRefused, match=r"sources\.toml"):
        read_guides(tmp_path, ())


def test_that_the_guides_that_come_with_the_program_are_without_fault() -> None:
    guides = read_guides(RESOURCES / "guides", shipped().packs.values())
    assert [one.title for one in guides][:2] == ["绑定家人", "在窗口替家人绑定"]
