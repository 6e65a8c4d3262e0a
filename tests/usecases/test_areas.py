"""参保地测试。The places to choose from, and what a code from elsewhere is called."""

from desktop.usecases.areas import Area, areas, title_of
from tests.families import CHANGSHA, shipped


def test_that_every_prefecture_of_the_packs_can_be_chosen_then_other_provinces() -> None:
    offered = areas(shipped())
    assert offered[0] == Area(CHANGSHA, "长沙")
    assert len([one for one in offered if one.code.startswith("43")]) == 14
    assert offered[14:16] == (Area("110000", "北京"), Area("120000", "天津"))
    assert not {"430000", "710000"} & {one.code for one in offered}


def test_that_a_code_someone_has_stays_a_choice_once() -> None:
    offered = areas(shipped(), ("430199", CHANGSHA, "430199", "440100", "990000"))
    strange = [one for one in offered if one.code in {"430199", "440100", "990000"}]
    assert strange == [
        Area("430199", "长沙 430199"),
        Area("440100", "广州 440100"),
        Area("990000", "990000"),
    ]
    assert title_of(shipped(), "430199") == "长沙 430199"
