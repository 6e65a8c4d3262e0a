"""假设的规则。A scenario's own values of the law: where they answer, how they are marked, what is refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.clause import Confidence
from desktop.domain.money import Rate
from desktop.domain.plan import RuleChange
from desktop.domain.settlement import Part
from desktop.domain.trouble import InputRefused
from desktop.planning.ledger import keep
from desktop.policy.book import Book
from desktop.policy.pack import SourceKind, Value
from desktop.policy.policy import NotCovered, Unpublished
from tests.families import CHANGSHA, ELSEWHERE, charged, family, shipped, visit, worker, yuan
from tests.policy.packs import LAST, block, pack

DAY = date(2024, 5, 1)
BEFORE = date(2024, 4, 30)
TABLE: Value = {"active": {"primary": Decimal("0.7"), "tertiary": Decimal("0.6")}, "retired": Decimal("0.8")}
SHARE, QUOTA = "employee_outpatient.pool_share", "chronic.monthly_quota"


def change(key: str, value: Any, *entry: str, since: date = DAY) -> RuleChange:
    return RuleChange(key, since, value, entry)


def small(*changes: RuleChange) -> Book:
    held = pack(
        "cn",
        block("account.base_floor", Decimal(3920), disputed=Decimal(1)),
        block("mutual_aid.most_active", 10, channel="in_province"),
        block(SHARE, TABLE, weaker={"retired": Confidence.MEDIUM}),
        block(QUOTA, None),
        block("a.note", "words"),
        block("a.table", {"all": Decimal(1)}),
        block("a.unknown", None),
        until=date(2025, 12, 31),
    )
    return Book([held, pack("cn-4301", block("account.base_floor", Decimal(4000)))]).with_changes(changes)


# ------------------------------------------------------------------------------------------------ it answers


def test_that_from_its_day_on_a_change_answers_in_every_area_and_says_whose_it_is() -> None:
    book = small(change("account.base_floor", Decimal("5000.50")))
    for area in (CHANGSHA, ELSEWHERE):
        term = book.law(area, DAY).policy.term("account.base_floor")
        assert (term.value, term.since, term.until) == (Decimal("5000.50"), DAY, None)
        assert (term.says, term.source.kind, term.confidence) == (
            "方案假设",
            SourceKind.PROGRAM,
            Confidence.LOW,
        )
        assert (term.in_dispute, term.disputed) == (False, ())
    before = book.law(ELSEWHERE, BEFORE).policy.term("account.base_floor")
    assert (before.value, before.says, before.in_dispute) == (Decimal(3920), "规则原意", True)


def test_that_the_law_turns_on_the_day_of_a_change() -> None:
    book = small(change("mutual_aid.most_active", Decimal(5)))
    assert book.law(ELSEWHERE, BEFORE) is not book.law(ELSEWHERE, DAY)
    assert book.law(ELSEWHERE, DAY) is book.law(ELSEWHERE, date(2024, 12, 31))
    counted = [
        book.law(ELSEWHERE, day).policy.count("mutual_aid.most_active", channel="in_province").value
        for day in (BEFORE, DAY)
    ]
    assert counted == [10, 5]


def test_that_one_entry_is_changed_and_no_other() -> None:
    policy = small(change(SHARE, Decimal("0.9"), "active", "tertiary")).law(ELSEWHERE, DAY).policy
    shares = [
        policy.rate(SHARE, *entry)
        for entry in (("active", "tertiary"), ("active", "primary"), ("retired", "tertiary"))
    ]
    assert [one.value for one in shares] == [Rate(9, 10), Rate(7, 10), Rate(4, 5)]
    assert [one.confidence for one in shares] == [Confidence.LOW, Confidence.HIGH, Confidence.MEDIUM]
    assert policy.term(SHARE).value == TABLE


def test_that_a_level_is_changed_for_every_status_and_a_whole_table_for_all() -> None:
    policy = small(change(SHARE, Decimal("0.9"), "tertiary")).law(ELSEWHERE, DAY).policy
    assert {policy.rate(SHARE, status, "tertiary").value for status in ("active", "retired")} == {Rate(9, 10)}
    policy = small(change(SHARE, Decimal(1))).law(ELSEWHERE, DAY).policy
    assert {policy.rate(SHARE, "active", level).value for level in ("primary", "tertiary")} == {Rate(1, 1)}


def test_that_of_several_changes_the_latest_that_has_begun_answers() -> None:
    later = change("account.base_floor", Decimal(3), since=date(2024, 7, 1))
    book = small(change("account.base_floor", Decimal(1)), change("account.base_floor", Decimal(2)), later)
    days = (DAY, date(2024, 6, 30), date(2024, 7, 1))
    asked = [book.law(ELSEWHERE, day).policy.term("account.base_floor").value for day in days]
    assert asked == [2, 2, 3]
    assert (
        book.with_changes([change("account.base_floor", Decimal(4), since=date(2024, 8, 1))])
        .changes[-1]
        .value
        == 4
    )


def test_that_a_change_supposes_what_was_never_published_and_nothing_that_no_pack_rules() -> None:
    book = small(change(QUOTA, Decimal(350)))
    assert book.law(ELSEWHERE, DAY).policy.term(QUOTA).value == 350
    with pytest.raises(Unpublished):
        book.law(ELSEWHERE, BEFORE).policy.term(QUOTA)
    for day in (date(2026, 1, 1), date(2019, 12, 31)):
        with pytest.raises(NotCovered):
            small(change(QUOTA, Decimal(350), since=date(2000, 1, 1))).law(ELSEWHERE, day).policy.term(QUOTA)


def test_that_a_change_stays_where_the_book_is_carried_on_or_gets_other_packs() -> None:
    book = small(change("account.base_floor", Decimal(5000)))
    carried = book.assuming_unchanged().with_packs([pack("cn-43")])
    term = carried.law(ELSEWHERE, LAST).policy.term("account.base_floor")
    assert (term.value, term.assumed) == (5000, False)
    other = carried.law(ELSEWHERE, LAST).policy.term(SHARE, "retired")
    assert other.assumed


def test_that_only_what_is_carried_past_its_own_pack_is_assumed() -> None:
    policy = small().assuming_unchanged().law(CHANGSHA, LAST).policy
    assert not policy.term("account.base_floor").assumed  # of the city, whose pack still answers
    assert policy.term(SHARE, "retired").assumed


def test_that_a_book_without_changes_is_the_same_book() -> None:
    book = small()
    assert book.with_changes([]) is book


def test_that_a_changed_share_pays_otherwise_from_its_day_on_and_not_before() -> None:
    turn = date(2025, 5, 1)
    visits = [visit(str(day), day, "me", charged(1000)) for day in (date(2025, 4, 30), turn)]
    ours = family(worker(), events=tuple(visits))
    whole = shipped().with_changes([change(SHARE, Decimal(1), since=turn)])
    before, after = (
        [done.of(Part.COPAY) for done in keep(ours, book).settlements.values()] for book in (shipped(), whole)
    )
    assert after == [before[0], yuan(0)]
    assert before[1] > yuan(0)


# --------------------------------------------------------------------------------------------- it is refused


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (change("account.no_such_rule", Decimal(1)), "key"),
        (change("", Decimal(1)), "key"),
        (change("account.base_floor", Decimal(-1)), "value"),
        (change("account.base_floor", Decimal("NaN")), "value"),
        (change("account.base_floor", Decimal("1e999999")), "value"),
        (change("account.base_floor", True), "value"),
        (change("account.base_floor", "很多"), "value"),
        (change(SHARE, Decimal("1.01")), "value"),
        (change("mutual_aid.most_active", Decimal("2.5")), "value"),
        (change("a.note", Decimal(1)), "value"),
        (change("a.table", False), "value"),
        (change(SHARE, Decimal("0.5"), "nobody"), "entry"),
        (change(SHARE, Decimal("0.5"), "primary", "tertiary"), "entry"),
        (change("account.base_floor", Decimal(1), "active"), "entry"),
    ],
)
def test_that_a_change_that_makes_no_sense_is_refused_by_its_number(wrong: RuleChange, place: str) -> None:
    with pytest.raises(InputRefused) as refused:
        small(change("account.base_floor", Decimal(1)), wrong)
    [fault] = refused.value.faults
    assert fault.place == f"rules[1].{place}"
    assert fault.what
    assert fault.todo


def test_that_all_faults_of_all_changes_are_told_together() -> None:
    with pytest.raises(InputRefused) as refused:
        small(change("x.y", True), change(SHARE, "x", "nobody"))
    assert [fault.place for fault in refused.value.faults] == [
        "rules[0].key",
        "rules[1].value",
        "rules[1].entry",
    ]


def test_that_what_is_for_reading_only_may_be_supposed_in_kind() -> None:
    policy = (
        small(
            change("a.note", "other words"), change("a.table", Decimal(2), "all"), change("a.unknown", True)
        )
        .law(ELSEWHERE, DAY)
        .policy
    )
    assert [policy.term(key, "all").value for key in ("a.note", "a.table", "a.unknown")] == [
        "other words",
        2,
        True,
    ]
