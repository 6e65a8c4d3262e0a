"""政策条目测试。Every value has a title and words; what it was, who differs, and who relies on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.matter import Retirement
from desktop.domain.people import Sex
from desktop.domain.plan import Plan
from desktop.policy.pack import Block, Pack, Source, SourceKind
from desktop.usecases.open_family import open_family
from desktop.usecases.policy_history import (
    Entry,
    areas,
    denied,
    elsewhere,
    entries,
    entry_id,
    find_entry,
    history,
    pack_state,
    read_id,
)
from desktop.usecases.policy_titles import OTHER_TOPIC, TOPICS, title_of
from desktop.usecases.policy_uses import Uses, uses_of
from desktop.usecases.policy_words import brief_words, value_words
from desktop.usecases.review import Review, review
from desktop.usecases.show_policy import policy_keys
from tests.families import CHANGSHA, RESOURCES, ZHUZHOU, family, shipped, worker

DAY = date(2026, 11, 21)


def entry(key: str, channel: str = "", *, day: date = DAY, area: str = CHANGSHA) -> Entry:
    found = find_entry(entries(shipped(), area, day), key, channel)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def seen() -> Review:
    return review(open_family(RESOURCES / "samples" / "sandwich-family.json", DAY), shipped())


# ---------------------------------------------------------------------------------------- titles and words


def test_that_every_key_of_the_packs_has_a_title_in_words() -> None:
    assert [key for key in policy_keys(shipped()) if title_of(key) is None] == []


def test_that_no_list_shows_a_bare_key_or_an_english_word() -> None:
    latin = set("abcdefghijklmnopqrstuvwxyz")
    for area, _ in areas(shipped()):
        for one in entries(shipped(), area, DAY):
            shown = f"{one.full_title} {one.stand.short} {one.stand.words} {one.topic}"
            assert not latin & set(shown), shown
            assert one.topic in TOPICS
            assert len(one.title) > 1


def test_that_titles_of_one_area_differ() -> None:
    titles = [one.full_title for one in entries(shipped(), CHANGSHA, DAY)]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("key", "channel", "words"),
    [
        ("premium.personal", "", "400.00 元/年"),
        ("account.own_rate", "", "2%"),
        ("account.credit_day", "", "15 日"),
        ("account.flexible_has_account", "", "不设个人账户"),
        ("mutual_aid.most_active", "in_province", "10 人"),
        ("mutual_aid.purse_order", "", "统筹基金，再本人账户，再家庭共济，再现金"),
        ("mutual_aid.amount_limit", "", "不限"),
        ("premium.window", "", "2025-09-01 至 2026-01-31"),
        ("premium.refund_until", "premium_proxy", "当年 6月30日"),
        ("premium.loyalty_first_effect", "", "2029 年"),
        ("wallet.clearing", "wallet_quota", "按月清算"),
        ("visit.misuse_suspension", "", "3 至 12 个月"),
        ("two_diseases.ceiling", "", "高血压 360 元/年，糖尿病 600 元/年，两病都有 960 元/年"),
        ("employee_critical.segments", "", "起付线以上 90%"),
        (
            "resident_critical.segments",
            "",
            "3 万元以内 60%，3 万至 8 万元 65%，8 万至 15 万元 75%，15 万元以上 85%",
        ),
        ("employee_critical.hardship", "", "起付线 8,000 元/年，比例 95%，年度限额 不限"),
        (
            "illness.outpatient_a_year",
            "",
            "4 岁以下 4 次/年，5 至 14 岁 2 次/年，15 至 44 岁 2 次/年，45 至 59 岁 3.2 次/年，"
            "60 至 69 岁 4.8 次/年，70 岁以上 5.4 次/年",
        ),
        ("illness.surveyed_older", "", "两周内就诊 40.1%，一年内住院 24.9%"),
        (
            "illness.recurring_happens",
            "",
            "普通门诊 90%，急诊 80%，门诊慢特病 98%，住院 80%，药店购药 95%",
        ),
        ("illness.usual_level", "", "二级"),
        ("illness.records_months", "", "24 个月"),
        ("illness.stay_spread", "", "106%"),
    ],
)
def test_that_a_value_of_every_kind_is_said_in_words(key: str, channel: str, words: str) -> None:
    assert entry(key, channel).stand.words == words


def test_the_words_of_times_of_tables_in_tables_and_of_dates() -> None:
    assert value_words("wallet.closed_hours", {"from": "22:00", "to": "06:00"}) == "22:00 至次日 06:00"
    assert value_words("wallet.closed_hours", {"from": "08:00", "to": "18:00"}) == "08:00 至 18:00"
    assert value_words("x.y", {"since": date(2026, 1, 1)}) == "since 2026-01-01"
    assert value_words("x.y", {"year": 7, "day": "06-30"}) == "6月30日"
    assert value_words("x.y", {"year": "7", "day": "06-30"}) == "6月30日"
    assert value_words("x.y", value=True) == "是"
    assert entry("employee_inpatient.pool_share").stand.words.startswith("在职：基层 93%，一级 92%")


@pytest.mark.parametrize(
    ("key", "brief"),
    [
        ("employee_inpatient.pool_share", "80% 至 95%，分 10 档"),
        ("employee_inpatient.deductible", "200 至 1,600 元，分 5 档"),
        ("resident_critical.segments", "60% 至 85%，分 4 档"),
        ("employee_critical.hardship", "起付线 8,000 元/年等 3 项"),
        ("mutual_aid.relations", "配偶、父母、子女等 8 项"),
        ("mutual_aid.purse_order", "统筹基金，再本人账户，再家庭共济，再现金"),
        ("employee_outpatient.ceiling", "在职 1,500 元/年，退休 2,000 元/年"),
        ("illness.stays_a_year", "0.06 至 0.35 次/年，分 7 档"),
        ("illness.stay_fee", "3,623 至 13,942 元，分 5 档"),
    ],
)
def test_that_a_long_value_is_brief_in_a_list(key: str, brief: str) -> None:
    assert entry(key).stand.brief == brief


def test_that_a_large_segment_without_an_end_says_from_where() -> None:
    segments = ({"from": Decimal(0), "to": Decimal(800), "share": Decimal("0.5")},)
    assert value_words("x.segments", segments) == "800 元以内 50%"
    assert brief_words("x.segments", segments) == "800 元以内 50%"


# ------------------------------------------------------------------------------------------------- entries


def test_that_what_holds_for_one_channel_stands_under_its_topic() -> None:
    assert entry("mutual_aid.relations", "wallet_quota").topic == "医保钱包（跨省）"
    assert entry("mutual_aid.relations", "wallet_quota").title == "可以共济的亲属（跨省共济额度）"
    assert entry("wallet.transfer_most", "wallet_transfer").title == "每次转账最多"


def test_that_an_entry_of_no_channel_is_the_first_that_answers() -> None:
    assert entry("mutual_aid.relations").channel == "in_province"
    assert entry("wallet.transfer_most").channel == "wallet_transfer"
    assert entry("premium.refund_until").channel == ""
    assert find_entry(entries(shipped(), CHANGSHA, DAY), "no.such_key") is None


def test_that_unpublished_disputed_and_doubtful_values_say_so() -> None:
    quota = entry("chronic.monthly_quota").stand
    assert (quota.unpublished, quota.answers, quota.short, quota.sure) == (True, False, "未公布", "")
    doubt = entry("resident_critical.deductible").stand
    assert [(one.words, one.figure) for one in doubt.others] == [("18,000.00 元/年", Decimal(18000))]
    assert (doubt.doubtful, doubt.sure) == (True, "低")
    assert entry("employee_outpatient.pool_share").stand.unsure == ("provincial",)
    gone = entry("premium.window_extended").stand
    assert (gone.known, gone.short) == (False, "这一天没有这一项")


def test_that_another_day_reads_everything_anew() -> None:
    assert entry("premium.personal", day=date(2024, 3, 1)).stand.words == "380.00 元/年"
    later = entry("premium.personal", day=date(2027, 3, 1)).stand
    assert (later.words, later.assumed) == ("400.00 元/年", True)


def test_a_pack_of_ones_own_with_a_key_that_nobody_named() -> None:
    source = Source("s", "自己的文件", SourceKind.OFFICIAL, "市发〔2026〕1号")
    since = date(2026, 1, 1)
    block = Block("gifts.sum", since, None, Decimal(5), source, "过节费每人5元", unit="yuan")
    later = Block("gifts.later", date(2026, 12, 1), None, 3, source, "以后才有的")
    pack = Pack("cn-4301", "长沙", "1", 1, since, date(2026, 12, 31), since, {
        "gifts.sum": (block,), "gifts.later": (later,),
    })  # fmt: skip
    book = shipped().with_packs([pack])
    listed = entries(book, CHANGSHA, DAY)
    found = find_entry(listed, "gifts.sum")
    assert found is not None
    assert (found.title, found.topic, found.full_title) == ("过节费每人5元", OTHER_TOPIC, "过节费每人5元")
    assert found.stand.words == "5.00 元"
    unknown = find_entry(listed, "gifts.later")
    assert unknown is not None
    assert unknown.title == "以后才有的"


@pytest.mark.parametrize(
    ("what", "read"),
    [
        ("a.b", ("a.b", "", None)),
        ("a.b/c@2026-03-01", ("a.b", "c", date(2026, 3, 1))),
        ("a.b@someday", ("a.b", "", None)),
    ],
)
def test_that_a_link_names_key_channel_and_day(what: str, read: tuple[str, str, date | None]) -> None:
    assert read_id(what) == read


def test_that_an_id_is_read_back() -> None:
    assert read_id(entry_id("a.b", "c", DAY)) == ("a.b", "c", DAY)


# ------------------------------------------------------------------------------------------------- history


def test_the_history_of_a_yearly_value_ends_with_what_is_assumed() -> None:
    stands = history(shipped(), CHANGSHA, "premium.personal")
    assert [one.words for one in stands] == [
        "320.00 元/年",
        "350.00 元/年",
        "380.00 元/年",
        "400.00 元/年",
        "400.00 元/年",
        "400.00 元/年",
    ]
    assert [one.assumed for one in stands] == [False] * 5 + [True]
    assert (stands[2].since, stands[2].until) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (stands[-1].since, stands[-1].until) == (date(2027, 1, 1), None)


def test_that_the_more_local_value_answers_in_its_days() -> None:
    stands = history(shipped(), CHANGSHA, "mutual_aid.relations", "in_province")
    assert [one.place for one in stands] == ["全国", "长沙", "湖南", "湖南", "湖南"]
    assert stands[2].until == date(2024, 12, 8)


def test_that_what_ended_is_followed_by_nothing_and_a_gap_is_kept() -> None:
    ended = history(shipped(), CHANGSHA, "social_insurance.base_floor")
    assert [one.until for one in ended][-1] == date(2025, 12, 31)
    source = Source("s", "文件", SourceKind.OFFICIAL)
    early = Block("gifts.sum", date(2026, 1, 1), date(2026, 3, 31), 1, source, "一")
    late = Block("gifts.sum", date(2026, 6, 1), None, 2, source, "二")
    other = Block("gifts.sum", date(2026, 1, 1), None, 3, source, "三", channel="wallet_quota")
    days = date(2026, 1, 1), date(2026, 12, 31)
    pack = Pack("cn-4301", "长沙", "1", 1, *days, days[1], {"gifts.sum": (early, late, other)})
    stands = history(shipped().with_packs([pack]), CHANGSHA, "gifts.sum")
    assert [(one.words, one.since.month) for one in stands] == [("1", 1), ("", 4), ("2", 6), ("2", 1)]


def test_an_unpublished_value_has_a_history_too() -> None:
    stands = history(shipped(), CHANGSHA, "chronic.monthly_quota")
    assert [(one.unpublished, one.until) for one in stands] == [(True, None)]


def test_that_cities_are_compared_only_where_they_differ() -> None:
    found = {one.words: one.places for one in elsewhere(shipped(), "resident_outpatient.ceiling", "", DAY)}
    assert found["560.00 元/年"] == ("长沙",)
    assert found["350.00 元/年"] == ("常德", "张家界", "湘西")
    assert elsewhere(shipped(), "premium.personal", "", DAY) == ()


def test_what_was_examined_and_refused() -> None:
    rows = entry("account.retiree_monthly").stand.rows
    about = denied(shipped(), CHANGSHA, rows)
    assert [one.says for one in about] == [
        "退休人员个人账户每月60元、80.54元或120元",
        "2024年起退休人员按本人养老金的2%计入",
    ]
    assert about[0].reason == "汇编页面自己推算，与改革文本的75元不符"
    everything = denied(shipped(), CHANGSHA)
    assert len({one.id for one in everything}) == len(everything) > 40


def test_the_state_of_a_pack() -> None:
    state = pack_state(shipped(), "cn-43")
    assert state is not None
    assert (state.title, state.until, state.checked_on) == ("湖南", date(2026, 12, 31), date(2026, 3, 31))
    assert pack_state(shipped(), "") is None


def test_that_a_place_has_what_its_city_alone_has() -> None:
    assert entry("pharmacy.needs_prescription", area=ZHUZHOU).stand.words == "须有处方"
    assert find_entry(entries(shipped(), CHANGSHA, DAY), "pharmacy.needs_prescription") is None


# ---------------------------------------------------------------------------------------------------- uses


def test_what_of_the_family_rests_on_a_premium(seen: Review) -> None:
    uses = uses_of(seen, entry("premium.personal"))
    assert [one.words for one in uses.lines[:1]] == ["父亲 居民医保费"]
    assert (len(uses.lines), uses.findings, uses.planned > 0) == (4, (), True)
    assert bool(uses)


def test_what_rests_on_the_rate_of_an_account(seen: Review) -> None:
    uses = uses_of(seen, entry("account.own_rate"))
    assert (uses.lines, uses.credits > 0, uses.planned > 0) == ((), True, True)


def test_which_finding_rests_on_the_kinds_of_relative(seen: Review) -> None:
    (finding,) = uses_of(seen, entry("mutual_aid.relations")).findings
    assert (finding.page, finding.on) == ("findings", date(2026, 11, 2))
    assert "岳父" in finding.words


def test_that_visits_are_named_newest_first(seen: Review) -> None:
    lines = uses_of(seen, entry("resident_outpatient.pool_share")).lines
    assert [one.on for one in lines] == sorted((one.on for one in lines), reverse=True)
    assert lines[0].words == "儿子 普通门诊"


def test_that_nothing_rests_on_the_value_of_another_day(seen: Review) -> None:
    assert not uses_of(seen, entry("premium.personal", day=date(2022, 3, 1)))
    assert not Uses()


def test_which_matters_rest_on_a_value() -> None:
    """One is recorded, one is planned; what another place's law decided is none of this value's."""
    expected = (Retirement("r2", date(2027, 3, 1), "sis"), Retirement("r3", date(2027, 3, 1), "far"))
    made = family(
        *(replace(worker(name), sex=Sex.MALE, born=date(1960, 1, 1)) for name in ("me", "sis")),
        worker("far", area="110100"),
        events=(Retirement("r1", date(2026, 3, 10), "me"), Retirement("r0", date(2022, 3, 10), "me")),
        plan=Plan(expected=expected),
        as_of=DAY,
    )
    uses = uses_of(review(replace(made, holder="me"), shipped()), entry("retirement.starts_after"))
    assert [(one.page, one.what, one.words) for one in uses.lines] == [("ledger", "r1", "本人办理退休")]
    assert uses.planned == 1
