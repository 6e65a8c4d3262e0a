"""医保钱包的规则。Regimes, places and hours as the shipped packs have them, and what each check finds."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from desktop.domain.finding import Finding, Severity
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.policy.book import Book
from desktop.policy.law import Law
from desktop.policy.policy import NotCovered
from desktop.rules import checks
from desktop.rules.case import FrozenCase, WalletCase
from desktop.rules.checks.wallet_account_short import account_short
from desktop.rules.checks.wallet_closed_at_night import closed_at_night
from desktop.rules.checks.wallet_frozen_quota_spent import frozen_quota_spent
from desktop.rules.checks.wallet_not_bound import not_bound
from desktop.rules.checks.wallet_not_online import not_online, online_unknown
from desktop.rules.checks.wallet_over_amount import over_amount
from desktop.rules.checks.wallet_too_many_in_a_day import too_many_in_a_day
from desktop.rules.checks.wallet_wrong_regime import wrong_regime
from desktop.rules.wallet import (
    QUOTA,
    TRANSFER,
    closed_hours,
    comes_back_on,
    ends_by_itself,
    is_closed,
    most_a_day,
    most_at_once,
    online,
    regime,
)
from tests.families import (
    BY_QUOTA,
    BY_TRANSFER,
    CHANGSHA,
    GUANGZHOU,
    HEFEI,
    SUZHOU,
    ZHUZHOU,
    quota,
    resident,
    sent,
    shipped,
    through_wallet,
    worker,
    yuan,
)
from tests.policy.packs import pack


def law(day: date, area: str = CHANGSHA) -> Law:
    return shipped().law(area, day)


def case(
    event: WalletTransfer | WalletQuota,
    *,
    payer: Person | None = None,
    beneficiary: Person | None = None,
    earlier: int = 0,
    bound: bool = True,
) -> WalletCase:
    payer, beneficiary = payer or worker(), beneficiary or resident()
    return WalletCase(
        event=event,
        payer=payer,
        beneficiary=beneficiary,
        law=law(event.on, payer.area_on(event.on)),
        there=law(event.on, beneficiary.area_on(event.on)),
        earlier=earlier,
        bound=bound,
    )


def rules(found: Iterable[Finding]) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in found]


# -------------------------------------------------------------------------------------------------- regimes


def test_that_money_moves_until_the_notice_and_quotas_are_frozen_from_then_on() -> None:
    assert regime(law(date(2024, 12, 2))).channel == TRANSFER
    assert regime(law(date(2026, 1, 8))).value is True
    assert (regime(law(date(2026, 1, 9))).channel, regime(law(date(2026, 1, 9))).value) == (QUOTA, False)
    with pytest.raises(NotCovered):
        regime(law(date(2024, 12, 1)))


def test_that_the_limits_are_those_of_transfers_alone() -> None:
    times, most, hours = (
        most_a_day(law(BY_TRANSFER)),
        most_at_once(law(BY_TRANSFER)),
        closed_hours(law(BY_TRANSFER)),
    )
    assert times is not None
    assert most is not None
    assert hours is not None
    assert (times.value, most.value, hours.value) == (3, yuan(2000), (time(22), time(6)))
    after = law(BY_QUOTA)
    assert (most_a_day(after), most_at_once(after), closed_hours(after)) == (None, None, None)


@pytest.mark.parametrize(
    ("hour", "closed"),
    [((21, 59), False), ((22, 0), True), ((0, 0), True), ((5, 59), True), ((6, 0), False), ((12, 0), False)],
)
def test_that_the_night_goes_past_midnight(hour: tuple[int, int], closed: bool) -> None:
    at = datetime.combine(BY_TRANSFER, time(*hour))
    assert is_closed(at, (time(22), time(6))) is closed


def test_that_hours_within_one_day_do_not() -> None:
    noon, night = datetime.combine(BY_TRANSFER, time(12)), datetime.combine(BY_TRANSFER, time(23))
    assert (is_closed(noon, (time(11), time(13))), is_closed(night, (time(11), time(13)))) == (True, False)


def test_that_what_nobody_took_comes_back_the_next_day() -> None:
    assert comes_back_on(date(2025, 12, 31), law(date(2025, 12, 31))) == date(2026, 1, 1)
    with pytest.raises(NotCovered):
        comes_back_on(BY_QUOTA, law(BY_QUOTA))


# --------------------------------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("area", "day", "answer"),
    [
        (CHANGSHA, date(2024, 12, 2), False),
        (CHANGSHA, date(2025, 5, 8), False),
        (CHANGSHA, date(2025, 5, 9), None),
        (CHANGSHA, date(2025, 9, 21), None),
        (CHANGSHA, date(2025, 9, 22), None),  # the province is, of the city nobody has said so
        (CHANGSHA, date(2026, 3, 1), None),
        (HEFEI, date(2024, 12, 2), None),
        (HEFEI, date(2025, 2, 4), True),  # the whole province
        (HEFEI, date(2026, 3, 1), True),
        (SUZHOU, date(2025, 3, 1), None),
        ("540100", date(2024, 12, 2), None),
        ("540100", date(2025, 2, 4), True),
        ("310100", date(2024, 12, 31), False),
        ("310100", date(2025, 2, 5), None),
        ("350100", date(2025, 3, 13), False),
        ("350100", date(2025, 3, 15), None),  # one of the thirty of June, on a day that nobody names
        (GUANGZHOU, date(2025, 5, 8), False),  # in the lists of February and March, no longer in that of May
        (GUANGZHOU, date(2025, 9, 22), False),
        (GUANGZHOU, date(2026, 1, 9), None),
    ],
)
def test_whether_a_place_is_online(area: str, day: date, answer: bool | None) -> None:
    assert online(area, law(day, area)).answer is answer


def test_that_hunan_itself_is_online_from_the_day_of_the_report() -> None:
    def province(day: date) -> tuple[bool, str]:
        term = law(day).policy.flag("wallet.online", "43", "other")
        return term.value, term.confidence.value

    assert province(date(2025, 5, 8)) == (False, "high")
    assert province(date(2025, 5, 9)) == (True, "low")
    assert province(date(2025, 9, 22)) == (True, "high")


def test_that_a_missing_list_says_that_nothing_is_known() -> None:
    nothing = Book([pack("cn")]).law(CHANGSHA, BY_TRANSFER)
    answer, because = online(CHANGSHA, nothing)
    assert (answer, because.key) == (None, "wallet.online")


def test_that_guangdong_is_disputed() -> None:
    day = date(2025, 9, 22)
    assert online(GUANGZHOU, law(day, GUANGZHOU)).because.in_dispute
    assert not law(day, SUZHOU).policy.flag("wallet.online", "32", "other").in_dispute


# ------------------------------------------------------------------------------------------------- relation


def moved(person: Person, day: date, area: str | None) -> Person:
    """Insured elsewhere from a day on; None: nowhere."""
    [first] = person.coverage
    there = [] if area is None else [replace(first, area=area, since=day)]
    return replace(person, coverage=(replace(first, until=day.replace(day=day.day - 1)), *there))


DAY = date(2026, 6, 15)


@pytest.mark.parametrize(("area", "ends"), [(ZHUZHOU, True), (None, True), ("430199", False)])
def test_that_a_relation_ends_as_either_side_leaves_its_pool(area: str | None, ends: bool) -> None:
    relation, mum, me = through_wallet(since=date(2026, 2, 1)), resident(), worker()
    gone = moved(mum, DAY, area)
    assert ends_by_itself(relation, (me, gone), law) == ((DAY, gone) if ends else None)
    gone = moved(me, DAY, area)
    assert ends_by_itself(relation, (gone, mum), law) == ((DAY, gone) if ends else None)


def test_that_the_first_to_leave_ends_it() -> None:
    me, mum = moved(worker(), DAY, None), moved(resident(), date(2026, 5, 2), None)
    assert ends_by_itself(through_wallet(since=date(2026, 2, 1)), (me, mum), law) == (date(2026, 5, 2), mum)


def test_that_nobody_leaves_before_the_relation_or_before_they_were_insured() -> None:
    early = moved(resident(), date(2025, 12, 5), ZHUZHOU)
    assert ends_by_itself(through_wallet(since=date(2026, 2, 1)), (worker(), early), law) is None
    late = Person("mum", "mum", (Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, DAY),))
    assert ends_by_itself(through_wallet(since=date(2026, 2, 1)), (worker(), late), law) is None


def test_that_no_relation_ended_by_itself_while_money_was_transferred() -> None:
    gone = moved(resident(), date(2025, 12, 5), ZHUZHOU)
    assert ends_by_itself(through_wallet(), (worker(), gone), law) is None


# --------------------------------------------------------------------------------------------------- checks


def test_that_what_keeps_every_rule_is_found_nothing_against_but_what_nobody_knows() -> None:
    for event in (sent(2000), quota(100_000)):
        found = [one for check in checks.ON_WALLET for one in check(case(event, earlier=2))]
        assert rules(found) == [("wallet.online_unknown", Severity.NOTE)] * 2
        assert [one.about for one in found] == [(event.id, "me"), (event.id, "mum")]


def test_that_a_fourth_transfer_of_a_day_is_one_too_many() -> None:
    assert rules(too_many_in_a_day(case(sent(), earlier=2))) == []
    assert rules(too_many_in_a_day(case(sent(), earlier=3))) == [("wallet.too_many_in_a_day", Severity.ERROR)]
    assert rules(too_many_in_a_day(case(quota(), earlier=9))) == []
    assert rules(too_many_in_a_day(case(sent(on=BY_QUOTA), earlier=9))) == []


def test_that_two_thousand_may_be_sent_at_once() -> None:
    assert rules(over_amount(case(sent(2000)))) == []
    [found] = over_amount(case(sent(2001)))
    assert (found.rule, found.severity) == ("wallet.over_amount", Severity.ERROR)
    assert str(found.says) == "这一次转账 2001.00 元，超过医保钱包每次最多 2000.00 元"
    assert rules(over_amount(case(quota(50_000)))) == []


@pytest.mark.parametrize(
    ("hour", "found"), [(12, []), (23, [Severity.ERROR]), (5, [Severity.ERROR]), (None, [Severity.NOTE])]
)
def test_that_no_money_is_sent_at_night_and_that_the_hour_must_be_known(
    hour: int | None, found: list[Severity]
) -> None:
    by_night = list(closed_at_night(case(sent(hour=hour))))
    assert [one.severity for one in by_night] == found
    assert all(one.rule == "wallet.closed_at_night" for one in by_night)
    assert rules(closed_at_night(case(quota()))) == []


@pytest.mark.parametrize(
    ("event", "wrong"),
    [(sent(), False), (quota(), False), (sent(on=BY_QUOTA), True), (quota(on=BY_TRANSFER), True)],
)
def test_that_each_regime_knows_only_its_own_way(event: WalletTransfer | WalletQuota, wrong: bool) -> None:
    assert rules(wrong_regime(case(event))) == [("wallet.wrong_regime", Severity.ERROR)] * wrong


def test_that_money_goes_to_the_bound_alone_and_never_to_oneself() -> None:
    assert rules(not_bound(case(quota()))) == []
    [found] = not_bound(case(quota(), bound=False))
    assert (found.rule, found.about) == ("wallet.not_bound", ("q1", "mum"))
    [found] = not_bound(case(quota(), beneficiary=worker(), bound=False))
    assert str(found.says) == "医保钱包不能转给本人，me自己的账户可以直接用"


def test_that_what_is_given_is_there_in_whole() -> None:
    assert rules(account_short(case(quota(100)), yuan(100))) == []
    [found] = account_short(case(quota(100)), yuan(99))
    assert str(found.says) == "me的账户余额 99.00 元，不够给出 100.00 元的额度"
    [found] = account_short(case(sent(100)), yuan(0))
    assert str(found.says) == "me的账户余额 0.00 元，不够转出 100.00 元"


def test_that_both_places_must_be_online_where_it_is_known_that_they_are_not() -> None:
    for far in (resident(area=GUANGZHOU), resident(area=HEFEI)):
        found = case(sent(), payer=worker(area=HEFEI), beneficiary=far)
        there = [("wallet.not_online", Severity.ERROR)] * (far.area_on(BY_TRANSFER) == GUANGZHOU)
        assert (rules(not_online(found)), rules(online_unknown(found))) == (there, [])
    early = case(sent(on=date(2025, 4, 1)), beneficiary=resident(area=HEFEI))
    assert [one.about for one in not_online(early)] == [("t1", "me")]


def test_that_the_frozen_part_of_an_account_pays_nothing() -> None:
    frozen = FrozenCase("v1", BY_QUOTA, worker(), yuan(30), yuan(500), law(BY_QUOTA))
    [found] = frozen_quota_spent(frozen)
    assert (found.rule, found.severity, found.about) == (
        "wallet.frozen_quota_spent",
        Severity.ERROR,
        ("v1", "me"),
    )
    assert rules(frozen_quota_spent(replace(frozen, frozen=yuan(0)))) == []
