"""还不知道的测试。What is unpublished, ending, disputed or weak; who relies on it, what is done meanwhile."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from desktop.domain.clause import Confidence
from desktop.policy.book import Book
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from desktop.usecases.unknowns import Group, Reliance, Unknown, Unknowns, relied_on, unknowns
from tests.families import CHANGSHA, RESOURCES, shipped
from tests.policy.packs import block, pack

TODAY = date(2026, 11, 21)


@cache
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", TODAY), shipped())


def of(found: Unknowns, key: str) -> Unknown:
    return next(one for one in found.items if one.id == key)


def keys(found: Unknowns, group: Group) -> list[str]:
    return [one.key for one in found.items if one.group is group]


def test_that_the_shipped_packs_own_up_to_what_they_do_not_know() -> None:
    found = unknowns(shipped(), CHANGSHA, TODAY)
    assert set(keys(found, Group.UNPUBLISHED)) >= {"account.interest_rate", "chronic.monthly_quota"}
    assert {"premium.personal", "premium.window", "social_insurance.base_floor"} <= {
        *keys(found, Group.ENDING)
    }
    assert "account.base_floor" in keys(found, Group.DISPUTED)
    assert any("省级统筹" in one.title for one in found.items if one.group is Group.IDLE)
    refused = next(one for one in found.items if one.group is Group.REFUSED)
    assert refused.reason
    assert found.open == sum(found.counts[group] for group in list(Group)[:4])
    assert [one.words for one in Group] == [
        "未公布",
        "到期",
        "有争议",
        "可信度低、中",
        "知道但没有用来算",
        "看过不采用",
    ]


def test_that_what_ends_says_what_follows_and_what_gave_way_is_left_out() -> None:
    found = unknowns(shipped(), CHANGSHA, TODAY)
    premium = of(found, "premium.personal")
    assert (premium.value, premium.until) == ("400.00 元/年", date(2026, 12, 31))
    assert premium.meanwhile == "2026-12-31 以后照 400.00 元/年 估计，标“估”"
    assert "顺延" in of(found, "premium.window").meanwhile
    assert of(found, "premium.fiscal").meanwhile == "只供查阅，不参与计算"
    assert "wallet.transfer_most" not in keys(found, Group.ENDING)  # the quota came instead of it


def test_that_a_value_of_last_year_is_shown_as_it_was() -> None:
    base = of(unknowns(shipped(), CHANGSHA, TODAY), "social_insurance.base_floor")
    assert (base.value, base.until) == ("4,072.00 元/月", date(2025, 12, 31))
    assert "2025年" in base.source
    assert keys(unknowns(shipped(), CHANGSHA, date(2027, 6, 1)), Group.ENDING).count(base.key) == 0


def test_that_past_the_cover_what_is_carried_on_is_still_listed() -> None:
    found = unknowns(shipped(), CHANGSHA, date(2027, 6, 1))
    assert of(found, "premium.personal").until == date(2026, 12, 31)


def test_that_who_relies_on_a_value_is_told() -> None:
    relied = relied_on(seen())
    found = unknowns(shipped(), CHANGSHA, TODAY, relied)
    assert of(found, "premium.personal").relied_on == ("4 人的居民医保费",)
    base = of(found, "account.base_floor")
    assert base.relied_on == ("本人、配偶、哥哥的个人账户划入",)
    assert of(found, "premium.fiscal").relied_on == ()
    ending = [bool(one.relied_on) for one in found.items if one.group is Group.ENDING]
    assert ending == sorted(ending, reverse=True)


def test_that_the_value_of_another_city_is_not_relied_on() -> None:
    there = Reliance("resident_outpatient.ceiling", "", "cn-4302", "母亲", "普通门诊")
    found = unknowns(shipped(), CHANGSHA, TODAY, [there])
    mine = [one for one in found.items if one.key == "resident_outpatient.ceiling"]
    assert [one.relied_on for one in mine] == [()] * len(mine)


def test_that_the_packs_tell_their_age() -> None:
    assert [
        (one.id, one.unchecked_days, one.is_copy) for one in unknowns(shipped(), CHANGSHA, TODAY).packs
    ] == [
        ("cn-4301", 235, False),
        ("cn-43", 235, False),
        ("cn", 235, False),
    ]
    copy = replace(shipped().packs["cn-43"], version="2026.1+本地1", checked_on=date(2027, 1, 1))
    [_, mine, _] = unknowns(shipped().with_packs([copy]), CHANGSHA, TODAY).packs
    assert (mine.is_copy, mine.unchecked_days) == (True, 0)


def test_that_a_weak_entry_of_a_table_makes_it_doubtful() -> None:
    table = {"primary": Decimal(100), "tertiary": Decimal(300)}
    made = pack(
        "cn",
        block("employee_inpatient.deductible", table, weaker={"tertiary": Confidence.LOW}),
        block("employee_outpatient.ceiling", Decimal(1500), disputed=Decimal(2000)),
        block("employee_inpatient.ceiling", None),
        block("mutual_aid.most_active", 10),
        block("mutual_aid.most_in_lifetime", 20, until=date(2030, 1, 1)),
        until=date(2030, 12, 31),
    )
    found = unknowns(Book([made]), CHANGSHA, TODAY)
    assert keys(found, Group.DOUBTFUL) == ["employee_inpatient.deductible"]
    assert of(found, "employee_inpatient.deductible").meanwhile == "照这个数算，可信度写在结果旁边"
    disputed = of(found, "employee_outpatient.ceiling")
    assert disputed.others == ("2,000（通知，示医保发〔2024〕1号）",)
    assert "为什么" in disputed.meanwhile
    assert "待确认" in of(found, "employee_inpatient.ceiling").meanwhile
    assert keys(found, Group.ENDING) == []
