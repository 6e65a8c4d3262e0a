"""看政策、推演几年、翻开政策书。What is asked for by name is found, or refused with what there is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.plan import Scenario
from desktop.domain.trouble import FileTrouble, InputRefused
from desktop.policy.book import Book
from desktop.usecases.open_book import open_book
from desktop.usecases.open_family import open_family
from desktop.usecases.plan_years import plan_years
from desktop.usecases.show_policy import policy_keys, show_policy
from tests.families import CHANGSHA, RESOURCES, bound, family, resident, shipped, visit, worker, yuan
from tests.policy.packs import block, head, pack, written

DAY = date(2025, 3, 1)
SMALL = Book([pack("cn", block("a.b", 1, channel="in_province"), block("a.c", 2), block("a.d", None))])


def refusal(book: Book, key: str, on: date = DAY, channel: str | None = None) -> str:
    with pytest.raises(InputRefused) as refused:
        show_policy(book, key, CHANGSHA, on, channel)
    assert refused.value.file == key
    return refused.value.faults[0].what


def test_that_every_key_is_listed_once_in_order() -> None:
    assert policy_keys(SMALL) == ["a.b", "a.c", "a.d"]
    keys = policy_keys(shipped())
    assert keys == sorted(set(keys))
    assert "mutual_aid.relations" in keys


def test_that_without_a_channel_the_first_that_has_a_value_answers() -> None:
    assert show_policy(SMALL, "a.b", CHANGSHA, DAY).channel == "in_province"
    assert show_policy(SMALL, "a.c", CHANGSHA, DAY).channel == ""
    assert show_policy(SMALL, "a.b", CHANGSHA, DAY, "in_province").value == 1


def test_that_what_is_unknown_silent_or_unpublished_is_refused_each_in_its_words() -> None:
    assert refusal(SMALL, "a.x") == "没有这一项"
    assert "没有收录" in refusal(SMALL, "a.c", date(2019, 1, 1))
    assert "没有收录" in refusal(SMALL, "a.b", channel="wallet_quota")
    assert "没有公布" in refusal(SMALL, "a.d", channel="")


def test_that_an_unpublished_value_is_not_called_unknown_where_no_channel_is_asked_for() -> None:
    assert "没有公布" in refusal(SMALL, "a.d")
    channelled = Book([pack("cn", block("a.q", None, channel="in_province"))])
    assert "没有公布" in refusal(channelled, "a.q")


OURS = replace(
    family(worker(), worker("sis"), resident(), bindings=(bound(),), events=(visit(),)),
    scenarios=(Scenario("省着用"), Scenario("早解绑", ends={"me-mum": date(2025, 6, 30)})),
)


def test_that_a_plan_is_about_the_payer_with_most_bindings_unless_told_otherwise() -> None:
    assert plan_years(OURS, shipped(), date(2026, 12, 1)).account == "me"
    assert plan_years(OURS, shipped(), date(2026, 12, 1), account="sis").account == "sis"


def test_that_a_scenario_is_laid_over_the_facts_by_its_name() -> None:
    baseline = plan_years(OURS, shipped(), date(2026, 12, 1))
    unbound = plan_years(OURS, shipped(), date(2026, 12, 1), scenario="早解绑")
    assert (baseline.cash_total, unbound.cash_total) == (yuan(0), yuan(100))


@pytest.mark.parametrize(
    ("asked", "names"),
    [({"account": "nobody"}, ("nobody",)), ({"scenario": "没有的"}, ("没有的", "省着用、早解绑"))],
)
def test_that_an_unknown_account_or_scenario_is_refused_by_name(
    asked: dict[str, str], names: tuple[str, ...]
) -> None:
    with pytest.raises(InputRefused) as refused:
        plan_years(OURS, shipped(), date(2026, 12, 1), **asked)
    assert all(name in str(refused.value) for name in names)


def test_that_a_family_without_scenarios_says_so() -> None:
    with pytest.raises(InputRefused, match="一个也没有"):
        plan_years(replace(OURS, scenarios=()), shipped(), date(2026, 12, 1), scenario="x")


def test_that_packs_laid_over_the_shipped_ones_are_told_where_they_replace(tmp_path: Path) -> None:
    written(tmp_path / "new", pack=head("cn-9901"))
    written(tmp_path / "old", pack=head("cn-4302"))
    book, notices = open_book(RESOURCES, [tmp_path])
    assert set(book.packs) == {*shipped().packs, "cn-9901"}
    [notice] = map(str, notices)
    assert "cn-4302" in notice
    assert shipped().packs["cn-4302"].version in notice
    assert open_book(RESOURCES)[1] == ()


def test_that_a_family_is_opened_whole_or_refused(tmp_path: Path) -> None:
    sample = RESOURCES / "samples" / "retiree.json"
    assert len(open_family(sample, DAY).people) > 1
    with pytest.raises(FileTrouble):
        open_family(tmp_path / "nowhere.json", DAY)
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputRefused):
        open_family(tmp_path / "bad.json", DAY)
