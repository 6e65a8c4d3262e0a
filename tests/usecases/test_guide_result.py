"""指南的结果测试。What `gongji guide` prints of every shipped guide, with and without working days."""

from desktop.exchange.results import RESULTS
from desktop.usecases.guide_result import guide_lines, guide_result, names_result
from desktop.usecases.guide_show import Asking, guide_names, guide_view
from desktop.usecases.open_guides import open_guides
from tests.families import RESOURCES, bound, family, resident, shipped, worker


def test_that_every_guide_is_told_in_lines_and_as_json() -> None:
    ours = family(worker(), resident(), bindings=(bound(),))
    with_days = 0
    for guide in open_guides(RESOURCES, shipped()):
        view = guide_view(guide, ours, shipped(), ours.as_of, Asking())
        lines, told = list(guide_lines(view)), guide_result(view)
        RESULTS["guide-shown"].model_validate(told)
        assert (told["timeline"] is None) == (view.timeline is None)
        assert lines[0] == f"{view.title}：{view.subject}"
        assert lines[-1] == f"依据：{view.basis}"
        assert [one["title"] for one in told["steps"]] == [one.title for one in view.steps]
        if view.timeline is not None:
            with_days += 1
            assert f"{view.timeline.title}" in lines
    assert with_days
    RESULTS["guides"].model_validate(names_result(guide_names(open_guides(RESOURCES, shipped()))))
