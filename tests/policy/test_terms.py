"""哪一条作答。Which block answers for an area on a day: the most local, of the channel, never a guess."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.care import Level, Setting
from desktop.domain.clause import Confidence
from desktop.domain.family import Settings
from desktop.domain.finding import Severity
from desktop.domain.money import Money, Rate
from desktop.domain.people import Coverage, Scheme, Status
from desktop.domain.settlement import Part
from desktop.planning.ledger import keep
from desktop.policy.book import Book
from desktop.policy.pack import Value
from desktop.policy.policy import NotCovered, Policy, Unpublished
from desktop.policy.reader import read_packs
from tests.families import CHANGSHA, bound, charged, family, hospital, resident, shipped, visit, worker, yuan
from tests.policy.packs import FIRST, LAST, block, head, pack, toml, written

DAY = date(2024, 5, 1)


def asked(*packs: Any, day: date = DAY) -> Policy:
    return Policy(packs, day)


# ---------------------------------------------------------------------------------------- which block answers


def test_that_the_block_of_the_day_answers_with_its_span_and_source() -> None:
    old = block("a.b", 1, until=date(2024, 4, 30))
    new = block("a.b", 2, date(2024, 5, 1))
    held = pack("cn", old, new)
    term = asked(held).count("a.b")
    assert (term.value, term.since, term.until, term.pack, term.says) == (2, DAY, None, "cn", "规则原意")
    assert asked(held, day=date(2024, 4, 30)).count("a.b").value == 1


def test_that_the_most_local_pack_answers_and_another_only_where_it_is_silent() -> None:
    local, nation = pack("cn-9999", block("a.b", 1)), pack("cn", block("a.b", 2), block("a.c", 3))
    assert asked(local, nation).count("a.b").pack == "cn-9999"
    assert asked(local, nation).count("a.c").pack == "cn"


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2027, 1, 1)])
def test_that_a_pack_is_silent_outside_its_cover(day: date) -> None:
    with pytest.raises(NotCovered) as missing:
        asked(pack("cn", block("a.b", 1, date(2000, 1, 1))), day=day).term("a.b")
    assert (missing.value.key, missing.value.day, missing.value.packs) == ("a.b", day, ("cn",))


def test_that_a_limit_of_one_channel_is_never_applied_to_another() -> None:
    held = pack("cn", block("a.b", 1, channel="in_province"))
    assert asked(held).count("a.b", channel="in_province").value == 1
    for channel in ("", "wallet_quota"):
        with pytest.raises(NotCovered):
            asked(held).count("a.b", channel=channel)


def test_that_a_block_of_no_channel_answers_in_each_that_has_none_of_its_own() -> None:
    held = pack("cn", block("a.b", 2, channel="premium_proxy"), block("a.b", 1))
    assert asked(held).count("a.b", channel="premium_proxy").value == 2
    assert asked(held).count("a.b", channel="in_province").value == 1
    assert asked(held).count("a.b").value == 1


def test_that_a_local_value_may_widen_a_floor_and_never_narrow_it() -> None:
    floor = pack("cn", block("a.b", ("spouse", "child"), floor=True), block("a.n", 10, floor=True))
    narrow = pack("cn-9999", block("a.b", ("parent", "spouse")), block("a.n", 5))
    wide = pack("cn-9999", block("a.b", ("parent", "child", "spouse")), block("a.n", 15))
    assert asked(narrow, floor).words("a.b").value == ("spouse", "child", "parent")
    assert (asked(narrow, floor).count("a.n").value, asked(narrow, floor).count("a.n").pack) == (10, "cn")
    assert asked(wide, floor).words("a.b").value == ("parent", "child", "spouse")
    assert (asked(wide, floor).count("a.n").value, asked(wide, floor).count("a.n").pack) == (15, "cn-9999")


def test_that_a_floor_that_was_never_published_widens_nothing() -> None:
    unknown = pack("cn", block("a.n", None, floor=True))
    assert asked(pack("cn-9999", block("a.n", 5)), unknown).count("a.n").value == 5


def test_that_an_unpublished_value_is_not_the_same_as_one_that_does_not_exist() -> None:
    law = Book([pack("cn", block("a.b", None))]).law(CHANGSHA, DAY)
    with pytest.raises(Unpublished):
        law.policy.term("a.b")
    with pytest.raises(Unpublished):
        law.optional(lambda: law.policy.term("a.b"))
    assert law.optional(lambda: law.policy.term("a.c")) is None


# --------------------------------------------------------------------------------------------- tables, kinds


TABLE: Value = {"active": {"primary": Decimal("0.7"), "tertiary": Decimal("0.6")}, "retired": Decimal("0.8")}


def test_that_a_table_is_read_by_status_then_level() -> None:
    policy = asked(pack("cn", block("a.b", TABLE)))
    assert policy.rate("a.b", "active", "tertiary").value == Rate(3, 5)
    assert policy.rate("a.b", "retired", "tertiary").value == Rate(4, 5)
    assert policy.term("a.b").value == TABLE


@pytest.mark.parametrize("entry", [("resident", "grassroots"), ("active",), ("active", "grassroots")])
def test_that_a_missing_entry_is_not_covered_and_named(entry: tuple[str, ...]) -> None:
    with pytest.raises(NotCovered) as missing:
        asked(pack("cn", block("a.b", TABLE))).rate("a.b", *entry)
    assert missing.value.entry == entry


def test_that_each_kind_of_value_is_read_as_such() -> None:
    policy = asked(
        pack("cn", block("a.n", 3), block("a.t", True), block("a.w", "pool"), block("a.d", ("x",)))
    )
    assert policy.money("a.n").value == yuan(3)
    assert policy.rate("a.n").value == Rate(3, 1)
    assert (policy.flag("a.t").value, policy.flag("a.n").value) == (True, False)
    assert (policy.word("a.w").value, policy.words("a.w").value) == ("pool", ("pool",))
    assert policy.words("a.d").value == ("x",)


def test_that_a_word_where_a_number_is_needed_is_a_bug_and_no_zero() -> None:
    with pytest.raises(TypeError):
        asked(pack("cn", block("a.w", "pool"))).money("a.w")


def test_that_confidence_of_an_entry_goes_before_that_of_the_block() -> None:
    weaker = {"provincial": Confidence.LOW, "retired": Confidence.MEDIUM}
    value = {"active": {"provincial": 1, "primary": 1}, "retired": {"provincial": 1, "primary": 1}}
    policy = asked(pack("cn", block("a.b", value, weaker=weaker)))
    found = {
        (status, level): policy.term("a.b", status, level).confidence
        for status in ("active", "retired")
        for level in ("provincial", "primary")
    }
    assert found == {
        ("active", "provincial"): Confidence.LOW,
        ("active", "primary"): Confidence.HIGH,
        ("retired", "provincial"): Confidence.LOW,
        ("retired", "primary"): Confidence.MEDIUM,
    }


def test_that_a_dispute_counts_only_where_the_entry_differs() -> None:
    value: Value = {"primary": 1, "tertiary": 2, "provincial": 3}
    other: Value = {"primary": 1, "tertiary": 5}
    policy = asked(pack("cn", block("a.b", value, disputed=other)))
    assert policy.count("a.b", "tertiary").in_dispute
    assert not policy.count("a.b", "primary").in_dispute
    assert not policy.count("a.b", "provincial").in_dispute  # of which the other source says nothing
    assert policy.term("a.b").in_dispute


# ------------------------------------------------------------------------------------------------------ book


def test_that_an_area_is_spoken_for_by_its_pool_its_province_and_the_nation() -> None:
    book = Book([pack("cn"), pack("cn-43"), pack("cn-4301")])
    assert [one.id for one in book.chain("430199")] == ["cn-4301", "cn-43", "cn"]
    assert [one.id for one in book.chain("439900")] == ["cn-43", "cn"]
    assert [one.id for one in book.chain("110100")] == ["cn"]


def test_that_packs_laid_over_a_book_replace_those_of_their_id_and_no_other() -> None:
    book = Book([pack("cn", block("a.b", 1)), pack("cn-43", block("a.c", 2))])
    laid = book.with_packs([pack("cn", block("a.b", 7), version="2")])
    assert laid.law(CHANGSHA, DAY).policy.count("a.b").value == 7
    assert laid.law(CHANGSHA, DAY).policy.count("a.c").value == 2
    assert book.law(CHANGSHA, DAY).policy.count("a.b").value == 1
    assert book.assuming_unchanged().with_packs([]).assumes_unchanged


def test_that_past_the_cover_the_last_values_are_carried_on_and_marked_as_assumed() -> None:
    book = Book([pack("cn", block("a.b", 1, until=LAST), block("a.c", 2, until=date(2025, 1, 1)))])
    late = date(2030, 1, 1)
    with pytest.raises(NotCovered):
        book.law(CHANGSHA, late).policy.term("a.b")
    assuming = book.assuming_unchanged()
    assert assuming.law(CHANGSHA, late).policy.term("a.b").assumed
    assert not assuming.law(CHANGSHA, LAST).policy.term("a.b").assumed
    with pytest.raises(NotCovered):  # it had ended before
        assuming.law(CHANGSHA, late).policy.term("a.c")


def test_that_a_day_after_the_packs_were_compared_is_marked_as_unchecked() -> None:
    checked = date(2024, 6, 30)
    book = Book([pack("cn", block("a.b", 1)), pack("cn-43", checked_on=checked)])
    assert not book.law(CHANGSHA, checked).policy.term("a.b").unchecked
    after = book.law(CHANGSHA, date(2024, 7, 1)).policy
    assert (after.term("a.b").unchecked, after.checked_on) == (True, checked)


def test_that_the_cover_of_an_area_ends_with_its_first_pack_and_of_none_never_began() -> None:
    book = Book([pack("cn"), pack("cn-43", until=date(2025, 12, 31))])
    assert book.covered_until(CHANGSHA) == date(2025, 12, 31)
    assert book.covered_until("110100") == LAST
    assert Book([]).covered_until(CHANGSHA) == date.min
    assert Book([]).law(CHANGSHA, DAY).policy.checked_on == date.min


def test_that_one_law_serves_all_days_between_two_changes_and_no_others() -> None:
    book = Book([pack("cn", block("a.b", 1, until=date(2024, 4, 30)), block("a.b", 2, date(2024, 5, 1)))])
    assert book.law(CHANGSHA, date(2024, 4, 1)) is book.law("430199", date(2024, 4, 30))
    assert book.law(CHANGSHA, date(2024, 4, 30)) is not book.law(CHANGSHA, date(2024, 5, 1))
    assert book.law(CHANGSHA, FIRST) is not book.law(CHANGSHA, date(2019, 12, 31))


def test_that_a_pack_may_cover_up_to_the_end_of_all_days(tmp_path: Path) -> None:
    account = toml("own_rate", "0.02", to="9999-12-31")
    [held] = read_packs(written(tmp_path, pack=head("cn", until="9999-12-31"), account=account))
    assert Book([held]).law(CHANGSHA, DAY).policy.rate("account.own_rate").value == Rate(1, 50)


# ------------------------------------------------------------------------------------------- the law of a day


def employee(status: Status = Status.ACTIVE, scheme: Scheme = Scheme.EMPLOYEE) -> Coverage:
    return Coverage(scheme, status, CHANGSHA, FIRST)


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.FLEXIBLE, Status.UNEMPLOYED])
def test_that_all_who_still_contribute_are_listed_as_active(status: Status) -> None:
    law = shipped().law(CHANGSHA, date(2025, 1, 1))
    active = law.treatment(employee(), Setting.OUTPATIENT, Level.TERTIARY)
    assert law.treatment(employee(status), Setting.OUTPATIENT, Level.TERTIARY) == active
    retired = law.treatment(employee(Status.RETIRED), Setting.OUTPATIENT, Level.TERTIARY)
    assert retired.ceiling != active.ceiling


def test_that_a_treatment_asked_twice_is_the_same_object() -> None:
    law = shipped().law(CHANGSHA, date(2025, 1, 1))
    asked_twice = [law.treatment(employee(), Setting.EMERGENCY, Level.PRIMARY) for _ in range(2)]
    assert asked_twice[0] is asked_twice[1]


def test_that_an_emergency_is_paid_for_as_an_outpatient_visit() -> None:
    law = shipped().law(CHANGSHA, date(2025, 1, 1))
    visits = [
        law.treatment(employee(), setting, Level.SECONDARY)
        for setting in (Setting.OUTPATIENT, Setting.EMERGENCY)
    ]
    assert visits[0] == visits[1]


@pytest.mark.parametrize("setting", Setting)
def test_that_outside_the_cover_no_treatment_is_guessed(setting: Setting) -> None:
    with pytest.raises(NotCovered):
        shipped().law(CHANGSHA, date(2014, 1, 1)).treatment(employee(), setting, Level.TERTIARY)


def test_that_the_quota_of_a_chronic_disease_is_known_to_exist_and_unpublished() -> None:
    with pytest.raises(Unpublished):
        shipped().law(CHANGSHA, date(2025, 1, 1)).treatment(employee(), Setting.CHRONIC, Level.TERTIARY)


def chronic(*more: Any) -> Book:
    return Book(
        [
            pack(
                "cn",
                block("chronic.deductible", Decimal(0)),
                block("chronic.pool_share", Decimal("0.7")),
                block("employee_critical.deductible", Decimal(16000)),
                block("employee_critical.segments", ({"from": Decimal(0), "share": Decimal("0.9")},)),
                block("employee_critical.ceiling", Decimal(500000)),
                block("employee_critical.segment_origin", "zero"),
                *more,
            )
        ]
    )


def test_that_a_quota_nobody_set_is_no_limit_and_one_that_is_set_is() -> None:
    without = chronic().law(CHANGSHA, DAY).treatment(employee(), Setting.CHRONIC, None)
    assert (without.monthly_quota, without.pool_terms) == (None, (without.pool_share,))
    assert without.critical is not None
    assert not without.critical.from_deductible
    quota = chronic(block("chronic.monthly_quota", Decimal(350))).law(CHANGSHA, DAY)
    found = quota.treatment(employee(), Setting.CHRONIC, None).monthly_quota
    assert found is not None
    assert found.value == yuan(350)


@pytest.mark.parametrize("pays", [True, False])
def test_that_a_familys_own_setting_goes_before_the_pack_on_what_is_contested(*, pays: bool) -> None:
    purses = shipped().law(CHANGSHA, date(2025, 1, 1)).purses(Settings(True, pays, pays))
    for parts in (purses.own_account, purses.mutual_aid):
        assert parts[Part.OUT_OF_SCOPE].value is pays
        assert parts[Part.OUT_OF_SCOPE].in_dispute
        assert not parts[Part.COPAY].in_dispute


def test_that_without_a_setting_the_pack_decides_and_cash_pays_everything() -> None:
    purses = shipped().law(CHANGSHA, date(2025, 1, 1)).purses(Settings())
    assert purses.own_account[Part.OUT_OF_SCOPE].value
    assert not purses.mutual_aid[Part.OUT_OF_SCOPE].value
    assert all(term.value for term in purses.cash.values())


# --------------------------------------------------------------------------------------- a new pooling area


def new_area(folder: Path, mutual_aid: str = "") -> Book:
    """A pooling area that this program never heard of, under the nation's rules, as a folder of data."""
    levels = "{ grassroots = 0.00, primary = 50.00, tertiary = 100.00, provincial = 100.00 }"
    written(
        folder / "somewhere",
        pack=head("cn-9901"),
        mutual_aid=mutual_aid,
        resident_outpatient="".join(
            (toml("deductible", levels), toml("pool_share", "0.55"), toml("ceiling", "900.00"))
        ),
    )
    return shipped().with_packs(read_packs(folder))


def test_that_a_new_pooling_area_is_a_folder_of_data_and_no_code(tmp_path: Path) -> None:
    area = "990102"
    people = worker(area=area), resident(area=area)
    bill = visit(charges=charged(1100), provider=hospital(area=area))
    ledger = keep(family(*people, bindings=(bound(),), events=(bill,)), new_area(tmp_path))
    done = ledger.settlements["v1"]
    assert (done.of(Part.DEDUCTIBLE), done.of(Part.POOL), done.by_payer()) == (
        yuan(100),
        yuan(550),
        {"me": yuan(550)},
    )
    assert [one for one in ledger.findings if one.severity is Severity.ERROR] == []


def test_that_where_any_number_may_pay_a_second_payer_pays_too(tmp_path: Path) -> None:
    area = "990102"
    unlimited = toml("payers_per_beneficiary", '"unlimited"', channel='"in_province"')
    people = worker(balance=300, area=area), worker("sis", 1000, area=area), resident(area=area)
    made = bound(), bound("sis", since=date(2025, 1, 6))
    bill = visit(charges=charged(1100), provider=hospital(area=area))
    ledger = keep(family(*people, bindings=made, events=(bill,)), new_area(tmp_path, unlimited))
    assert ledger.standing == {"me-mum", "sis-mum"}
    assert ledger.settlements["v1"].by_payer() == {"me": yuan(300), "sis": Money(25000)}
