"""绑定了为什么不能用。Each cause is found in a family that has it; what is known is never asked."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Credential, Facility, Provider, Purpose, Setting, Visit
from desktop.domain.event import Event
from desktop.domain.family import Family
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.premium import PremiumPayment
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.usecases.doctor import MOST_QUESTIONS, Cause, Question, Reason, Sureness, Verdict, examine
from desktop.usecases.open_family import open_family
from tests.families import (
    CHANGSHA,
    ELSEWHERE,
    LONG_AGO,
    RESOURCES,
    ZHUZHOU,
    account,
    bound,
    family,
    hospital,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)

DAY = date(2025, 12, 20)
HANGZHOU = "330100"
PHARMACY = Provider(Facility.PHARMACY, designated=True, area=CHANGSHA)


def asked(at: Family, who: str = "mum", day: date = DAY, /, **answers: str) -> Question | Verdict:
    return examine(at, shipped(), day, who, answers)


def told(at: Family, who: str = "mum", day: date = DAY, /, **answers: str) -> Verdict:
    found = asked(at, who, day, **answers)
    assert isinstance(found, Verdict), found
    return found


def next_question(at: Family, who: str = "mum", /, **answers: str) -> Question:
    found = asked(at, who, **answers)
    assert isinstance(found, Question), found
    return found


def first(verdict: Verdict) -> Reason:
    return verdict.reasons[0]


def unbound(*people: Person) -> Family:
    return family(*(people or (worker(), replace(resident(), relation=Relation.PARENT))))


def together(
    *events: Visit | PremiumPayment, payer: Person | None = None, mum: Person | None = None
) -> Family:
    """One payer who bound one relative, both insured in 长沙."""
    return family(payer or worker(), mum or resident(), bindings=(bound(),), events=events)


# ------------------------------------------------------------------------------------------------ the eleven


def test_that_a_code_account_is_no_sharing_of_money() -> None:
    reason = first(told(unbound(), bound="code_only"))
    assert (reason.cause, reason.sure) == (Cause.NOT_BOUND, Sureness.CERTAIN)
    assert "亲情账户" in reason.says
    assert reason.clause is not None
    assert reason.clause.key == "mutual_aid.code_account_shares_money"


def test_that_nobody_bound_is_said() -> None:
    assert first(told(unbound(), bound="nothing")).cause is Cause.NOT_BOUND


def test_that_who_does_not_remember_what_was_bound_is_told_of_the_code_account() -> None:
    reason = first(told(unbound(), bound="unknown", payer="me", paid_for="hospital"))
    assert (reason.cause, reason.sure) == (Cause.NOT_BOUND, Sureness.LIKELY)


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [(date(2025, 1, 5), date(2025, 6, 30), "已在 2025-06-30 结束"), (date(2026, 1, 5), None, "才开始")],
)
def test_that_a_binding_of_other_days_does_not_pay(since: date, until: date | None, words: str) -> None:
    at = family(worker(), resident(), bindings=(bound(since=since, until=until),))
    reason = first(told(at))
    assert reason.cause is Cause.NOT_BOUND
    assert words in reason.says


def test_that_too_many_people_bound_leave_the_last_one_out() -> None:
    relatives = [resident(f"r{number}") for number in range(11)]
    bindings = tuple(bound("me", one.id) for one in relatives)
    reason = first(told(family(worker(), *relatives, bindings=bindings), "r10"))
    assert (reason.cause, reason.sure) == (Cause.NOT_BOUND, Sureness.CERTAIN)


def test_that_a_payer_without_money_pays_nothing() -> None:
    reason = first(told(together(payer=worker(balance=0)), paid_for="hospital"))
    assert (reason.cause, reason.sure) == (Cause.PAYER_EMPTY, Sureness.CERTAIN)
    assert "余额为 0" in reason.says


def test_that_a_payer_with_too_little_pays_a_part() -> None:
    reason = first(told(together(visit(on=DAY), payer=worker(balance=30))))
    assert (reason.cause, reason.sure) == (Cause.PAYER_EMPTY, Sureness.CERTAIN)
    assert "还差 70.00 元" in reason.says


def test_that_a_resident_has_no_account_to_pay_from() -> None:
    at = family(resident("me"), resident(), bindings=(bound(),))
    assert first(told(at)).cause is Cause.PAYER_EMPTY


def test_that_money_on_the_old_card_is_told_from_money_in_the_account() -> None:
    reason = first(told(together(payer=worker(balance=None)), balance="on_card"))
    assert (reason.cause, reason.sure) == (Cause.PAYER_EMPTY, Sureness.CERTAIN)
    assert "旧医保卡" in reason.says
    assert reason.clause is not None
    assert reason.clause.key == "account.card_balance_shareable"


def test_that_an_unknown_balance_is_one_of_the_doubts() -> None:
    verdict = told(together(payer=worker(balance=None)), balance="unknown", paid_for="pharmacy")
    assert [(one.cause, one.sure) for one in verdict.reasons] == [
        ((Cause.PAYER_EMPTY, Sureness.POSSIBLE)),
        ((Cause.PLACE, Sureness.POSSIBLE)),
    ]


def test_that_another_province_is_out_of_reach() -> None:
    reason = first(told(together(mum=resident(area=ELSEWHERE))))
    assert (reason.cause, reason.sure) == (Cause.AREA, Sureness.CERTAIN)
    assert any(one.what == "wallet-share" for one in reason.go)


def test_that_a_payer_outside_the_book_may_be_in_another_province() -> None:
    answers = {"bound": "shared", "payer": "outside_elsewhere", "relation": "immediate"}
    verdict = told(unbound(), **answers)
    assert Cause.AREA in {one.cause for one in verdict.reasons}
    assert all("未知" not in one.says for one in verdict.reasons)


@pytest.mark.parametrize("mum", [resident(status=Status.SUSPENDED), Person("mum", "mum", ())])
def test_that_who_is_not_insured_cannot_use_it(mum: Person) -> None:
    reason = first(told(together(mum=mum), **({} if mum.coverage else {"patient": "not_insured"})))
    assert (reason.cause, reason.sure) == (Cause.INSURANCE, Sureness.CERTAIN)


def test_that_a_suspended_payer_is_a_doubt() -> None:
    verdict = told(together(payer=worker(status=Status.SUSPENDED)), paid_for="hospital")
    assert (Cause.INSURANCE, Sureness.POSSIBLE) in {(one.cause, one.sure) for one in verdict.reasons}


def test_that_an_unknown_insurance_is_one_of_the_doubts() -> None:
    at = together(mum=Person("mum", "mum", ()))
    verdict = told(at, **{"patient": "unknown", "paid_for": "hospital"})
    assert (Cause.INSURANCE, Sureness.POSSIBLE) in {(one.cause, one.sure) for one in verdict.reasons}


@pytest.mark.parametrize("answer", ["in_law", "other"])
def test_that_who_is_no_near_relative_cannot_be_bound(answer: str) -> None:
    at = unbound(worker(), resident())
    reason = first(told(at, bound="shared", payer="me", relation=answer))
    assert (reason.cause, reason.sure) == (Cause.RELATION, Sureness.CERTAIN)


def test_that_a_bound_in_law_is_known_without_asking() -> None:
    at = family(worker(), resident(), bindings=(bound(relation=Relation.PARENT_IN_LAW),))
    assert first(told(at)).cause is Cause.RELATION


def test_that_ones_own_account_pays_first() -> None:
    at = family(worker(), worker("mum", 500), bindings=(bound(),), events=(visit(on=DAY),))
    reason = first(told(at))
    assert (reason.cause, reason.sure) == (Cause.OWN_FIRST, Sureness.CERTAIN)
    assert "100.00 元" in reason.says


@pytest.mark.parametrize(("balance", "sure"), [(500, Sureness.LIKELY), (20, Sureness.POSSIBLE)])
def test_that_of_a_bill_nobody_wrote_down_ones_own_account_is_likely_the_payer(
    balance: int, sure: Sureness
) -> None:
    at = family(worker(), worker("mum", balance), bindings=(bound(),))
    verdict = told(at, paid_for="hospital")
    assert (Cause.OWN_FIRST, sure) in {(one.cause, one.sure) for one in verdict.reasons}


def test_that_ones_own_account_that_pays_only_a_part_is_no_cause() -> None:
    at = family(worker(), worker("mum", 20), bindings=(bound(),), events=(visit(on=DAY),))
    assert told(at).reasons == ()


@pytest.mark.parametrize(
    ("answer", "sure"), [("has", Sureness.LIKELY), ("unknown", Sureness.POSSIBLE), ("has_not", None)]
)
def test_that_ones_own_account_may_be_asked_for(answer: str, sure: Sureness | None) -> None:
    at = family(worker(), worker("mum", None), bindings=(bound(),))
    verdict = told(at, **{"patient": answer, "paid_for": "hospital"})
    found = {one.cause: one.sure for one in verdict.reasons}
    assert found.get(Cause.OWN_FIRST) == sure


@pytest.mark.parametrize(
    ("answer", "sure"),
    [
        ("goods", Sureness.CERTAIN),
        ("prevention", Sureness.LIKELY),
        ("hospital", Sureness.POSSIBLE),
    ],
)
def test_that_not_everything_is_paid_for(answer: str, sure: Sureness) -> None:
    reason = first(told(together(), paid_for=answer))
    assert (reason.cause, reason.sure) == (Cause.ITEM, sure)


def test_that_what_is_on_record_is_judged_by_the_rules() -> None:
    goods = replace(visit(on=DAY), purpose=Purpose.GOODS)
    other = replace(visit(on=DAY), credential=Credential.OTHER)
    for event in (goods, other):
        assert first(told(together(event))).cause is Cause.ITEM


def test_that_a_premium_is_paid_in_its_window_only() -> None:
    reason = first(told(together(), "mum", date(2025, 6, 1), paid_for="premium"))
    assert (reason.cause, reason.sure) == (Cause.ITEM, Sureness.CERTAIN)


def test_that_a_premium_on_record_is_tried_from_the_account_that_was_meant() -> None:
    in_cash = PremiumPayment("p", DAY, "mum", 2026, None, None)
    assert first(told(together(in_cash, payer=worker(balance=10)))).cause is Cause.PAYER_EMPTY
    assert told(together(in_cash)).reasons == ()


def test_that_elsewhere_only_what_was_left_from_earlier_years_is_shared() -> None:
    at = together(payer=worker(area=HANGZHOU), mum=resident(area=HANGZHOU))
    question = next_question(at)
    assert question.id == "balance"
    assert "only_this_year" in {one.value for one in question.choices}
    reason = first(told(at, balance="only_this_year", paid_for="hospital"))
    assert (reason.cause, reason.sure) == (Cause.PRIOR_YEAR, Sureness.LIKELY)


def test_that_in_hunan_nobody_asks_from_which_year_the_money_is() -> None:
    assert next_question(together()).id == "paid_for"


def test_that_who_moved_must_be_bound_again() -> None:
    moved = Person(
        "mum",
        "mum",
        (
            Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, LONG_AGO, date(2025, 8, 31)),
            Coverage(Scheme.RESIDENT, Status.ACTIVE, ZHUZHOU, date(2025, 9, 1)),
        ),
    )
    verdict = told(together(visit(on=DAY), mum=moved))
    assert (Cause.MOVED, Sureness.POSSIBLE) in {(one.cause, one.sure) for one in verdict.reasons}
    ended = family(worker(), moved, bindings=(bound(until=date(2025, 8, 31)),))
    assert (first(told(ended)).cause, first(told(ended)).sure) == (Cause.MOVED, Sureness.CERTAIN)


def test_that_a_move_no_pack_answers_for_is_still_a_doubt() -> None:
    before = Coverage(Scheme.RESIDENT, Status.ACTIVE, ZHUZHOU, LONG_AGO, date(2023, 8, 31))
    after = Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, date(2023, 9, 1))
    payer = Person(
        "me",
        "me",
        (
            Coverage(Scheme.EMPLOYEE, Status.ACTIVE, ZHUZHOU, LONG_AGO, date(2023, 8, 31)),
            Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, date(2023, 9, 1)),
        ),
        account(500, LONG_AGO),
    )
    mum = Person("mum", "mum", (before, after))
    at = family(payer, mum, bindings=(bound(since=date(2023, 8, 1)),))
    reasons = {one.cause: one for one in told(at, "mum", date(2023, 12, 20), paid_for="hospital").reasons}
    assert (reasons[Cause.MOVED].sure, reasons[Cause.MOVED].clause) == (Sureness.POSSIBLE, None)


def test_that_a_move_may_be_answered() -> None:
    reason = first(told(unbound(), bound="moved", payer="me", paid_for="hospital"))
    assert (reason.cause, reason.sure) == (Cause.MOVED, Sureness.LIKELY)


def test_that_a_place_that_is_not_designated_takes_no_account() -> None:
    at = together(visit(on=DAY, provider=hospital(designated=False)))
    assert (first(told(at)).cause, first(told(at)).sure) == (Cause.PLACE, Sureness.CERTAIN)
    assert first(told(together(), paid_for="not_designated")).cause is Cause.PLACE


def test_that_a_pharmacy_may_not_be_switched_on() -> None:
    at_pharmacy = visit(on=DAY, setting=Setting.PHARMACY, provider=PHARMACY)
    for verdict in (told(together(at_pharmacy)), told(together(), paid_for="pharmacy")):
        assert (first(verdict).cause, first(verdict).sure) == (Cause.PLACE, Sureness.POSSIBLE)


def test_that_a_second_payer_is_not_taken() -> None:
    bindings = (bound(), bound("sis", since=date(2025, 5, 1)))
    at = family(worker(), worker("sis"), resident(), bindings=bindings)
    question = next_question(at)
    assert [one.value for one in question.choices] == ["me", "sis"]
    reason = first(told(at, payer="sis", paid_for="hospital"))
    assert (reason.cause, reason.sure) == (Cause.OTHER_PAYER, Sureness.LIKELY)


def test_that_a_bill_paid_by_the_other_payer_is_said() -> None:
    bindings = (bound(), bound("sis", since=date(2025, 5, 1)))
    at = family(worker(), worker("sis"), resident(), bindings=bindings, events=(visit(on=DAY),))
    assert {one.cause for one in told(at, payer="sis").reasons} == {Cause.OTHER_PAYER}


BY_WALLET = bound(channel=Channel.WALLET, since=date(2026, 2, 1))
LATER = date(2026, 3, 10)


def by_wallet(*events: Event, payer: Person | None = None, extra: tuple[Binding, ...] = ()) -> Family:
    """A wallet binding, for the day on which something was to be paid."""
    people = (payer or worker(), worker("sis"), resident())
    return family(*people, bindings=(BY_WALLET, *extra), events=(*events, visit(on=LATER)))


def test_that_a_wallet_without_a_quota_pays_nothing() -> None:
    reason = first(told(by_wallet(), "mum", LATER))
    assert (reason.cause, reason.sure) == (Cause.PAYER_EMPTY, Sureness.LIKELY)
    assert "医保钱包" in reason.says


def test_that_a_wallet_with_a_quota_is_no_cause() -> None:
    quota = WalletQuota("q", date(2026, 2, 2), "me", "mum", yuan(500))
    assert all(one.cause is not Cause.PAYER_EMPTY for one in told(by_wallet(quota), "mum", LATER).reasons)


def test_that_a_quota_the_account_was_too_small_for_never_came() -> None:
    quota = WalletQuota("q", date(2026, 2, 2), "me", "mum", yuan(500))
    verdict = told(by_wallet(quota, payer=worker(balance=10)), "mum", LATER)
    assert first(verdict).cause is Cause.PAYER_EMPTY


def test_that_money_in_the_wallet_is_used_before_the_account_that_was_meant() -> None:
    on = date(2025, 11, 3)
    sent = WalletTransfer("t", on, "me", "mum", yuan(500))
    shared = (bound(channel=Channel.WALLET, since=on), bound("sis", since=on))
    people = (worker(), worker("sis"), resident())
    at = family(*people, bindings=shared, events=(sent, visit(on=DAY)))
    reasons = told(at, payer="sis").reasons
    assert Cause.OTHER_PAYER in {one.cause for one in reasons}


@pytest.mark.parametrize("day", [DAY, LATER])
def test_that_the_wallet_may_be_answered(day: date) -> None:
    at = unbound(worker(), resident(area=ELSEWHERE))
    answers = {"bound": "wallet", "payer": "me", "relation": "immediate", "paid_for": "hospital"}
    verdict = told(at, "mum", day, **answers)
    assert (Cause.AREA, Sureness.POSSIBLE) in {(one.cause, one.sure) for one in verdict.reasons}


# --------------------------------------------------------------------------------------- asking and answering


def paths(at: Family, patient: str, answers: Mapping[str, str]) -> Iterator[tuple[int, Verdict]]:
    """Every way through the questions: how many were asked, and the verdict."""
    found = examine(at, shipped(), DAY, patient, answers)
    if isinstance(found, Verdict):
        yield len(answers), found
        return
    assert found.id not in answers
    assert found.number == len(answers) + 1
    assert 2 <= len(found.choices) <= 6
    assert found.asks
    assert found.why
    for choice in found.choices:
        yield from paths(at, patient, {**answers, found.id: choice.value})


NOTHING_KNOWN = family(worker(balance=None), Person("mum", "mum", ()))
WAYS = [
    pytest.param(together(visit(on=DAY)), id="everything on record"),
    pytest.param(together(), id="no bill on record"),
    pytest.param(NOTHING_KNOWN, id="nothing on record"),
    pytest.param(unbound(worker(balance=None), worker("mum", None)), id="no balance on record"),
    pytest.param(
        together(payer=worker(area=HANGZHOU), mum=replace(worker("mum", None), name="mum")), id="by year"
    ),
    pytest.param(family(*(worker(f"w{one}") for one in range(6)), resident()), id="many accounts"),
]


@pytest.fixture(scope="module", params=WAYS)
def ways(request: pytest.FixtureRequest) -> list[tuple[int, Verdict]]:
    """Every way through the questions of one family."""
    return list(paths(request.param, "mum", {}))


def test_that_no_way_through_asks_more_than_six_questions(ways: list[tuple[int, Verdict]]) -> None:
    assert max(count for count, _ in ways) <= MOST_QUESTIONS == 6


def test_that_nothing_on_record_takes_all_six() -> None:
    answers = {"bound": "shared", "payer": "outside", "relation": "immediate", "patient": "resident"}
    assert next_question(NOTHING_KNOWN, **answers, balance="some").number == 6


def test_that_the_surest_comes_first_and_no_cause_twice(ways: list[tuple[int, Verdict]]) -> None:
    for _, verdict in ways:
        assert [one.sure for one in verdict.reasons] == sorted(one.sure for one in verdict.reasons)
        causes = [one.cause for one in verdict.reasons]
        assert len(causes) == len(set(causes))
        assert all(one.todo and one.says and one.title for one in verdict.reasons)


def test_that_what_the_records_tell_is_not_asked() -> None:
    assert isinstance(asked(together(visit(on=DAY))), Verdict)


def test_that_an_answer_that_is_no_choice_is_asked_for_again() -> None:
    question = next_question(together(), paid_for="a spoon")
    assert (question.id, question.number) == ("paid_for", 1)


def test_that_an_answer_nobody_asked_for_changes_nothing() -> None:
    assert next_question(together(), balance="none") == next_question(together())


def test_that_where_nothing_is_found_there_is_a_list_for_the_telephone() -> None:
    verdict = told(together(visit(on=DAY)))
    assert verdict.reasons == ()
    assert "没有找到原因" in verdict.title
    assert "12393" in verdict.title
    assert len(verdict.ask) == 4


def test_that_who_is_sure_is_told_no_mere_possibilities() -> None:
    at_pharmacy = replace(visit(on=DAY, setting=Setting.PHARMACY, provider=PHARMACY), purpose=Purpose.GOODS)
    assert [one.cause for one in told(together(at_pharmacy)).reasons] == [Cause.ITEM]


def test_that_who_is_sure_needs_no_telephone() -> None:
    verdict = told(together(payer=worker(balance=0)), paid_for="hospital")
    assert verdict.title == "就是：共济人的个人账户里没有可用的钱"
    assert verdict.ask == ()


def test_that_the_two_kinds_of_account_are_told_apart_every_time() -> None:
    for verdict in (told(unbound(), bound="code_only"), told(together(visit(on=DAY)))):
        code, shared = verdict.apart
        assert code.startswith("亲情账户")
        assert "不共用钱" in code
        assert shared.startswith("家庭共济")


def test_that_an_unknown_person_is_refused() -> None:
    with pytest.raises(KeyError):
        asked(together(), "nobody")


def test_that_an_account_opened_later_is_one_that_is_not_known() -> None:
    later = replace(worker(), account=account(500, date(2026, 1, 1)))
    assert next_question(together(payer=later)).id == "balance"


def test_that_a_bill_no_pack_answers_for_has_no_cause() -> None:
    early = date(2016, 1, 1)
    at = family(worker(opened=LONG_AGO), resident(), bindings=(bound(since=early),))
    assert isinstance(asked(at, "mum", date(2016, 3, 1), paid_for="hospital"), Verdict)


# ------------------------------------------------------------------------------------------- shipped samples


@pytest.fixture(scope="module")
def sandwich() -> Family:
    return open_family(RESOURCES / "samples" / "sandwich-family.json", date(2026, 11, 21))


TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("patient", "day", "answers", "expected"),
    [
        ("father_in_law", TODAY, {}, (Cause.RELATION, Sureness.CERTAIN)),
        ("maternal_grandmother", TODAY, {}, (Cause.MOVED, Sureness.CERTAIN)),
        ("grandfather", TODAY, {}, (Cause.NOT_BOUND, Sureness.CERTAIN)),
        (
            "mother",
            TODAY,
            {"payer": "elder_brother", "paid_for": "hospital"},
            (Cause.OTHER_PAYER, Sureness.LIKELY),
        ),
        ("grandmother", date(2026, 11, 18), {}, (Cause.ITEM, Sureness.CERTAIN)),
        ("spouse", TODAY, {"paid_for": "hospital"}, (Cause.OWN_FIRST, Sureness.LIKELY)),
        ("father", TODAY, {"paid_for": "pharmacy"}, (Cause.PLACE, Sureness.POSSIBLE)),
    ],
)
def test_that_the_sample_family_is_told_why(
    sandwich: Family, patient: str, day: date, answers: dict[str, str], expected: tuple[Cause, Sureness]
) -> None:
    reason = first(told(sandwich, patient, day, **answers))
    assert (reason.cause, reason.sure) == expected


@pytest.mark.parametrize("sample", ["retiree", "young-couple", "sandwich-family"])
def test_that_everyone_of_the_samples_may_ask(sample: str) -> None:
    at = open_family(RESOURCES / "samples" / f"{sample}.json", TODAY)
    for person in at.people:
        found = examine(at, shipped(), at.as_of, person.id, {})
        assert isinstance(found, Question | Verdict)


def test_that_an_employee_has_no_premium_to_pay_whatever_is_published(sandwich: Family) -> None:
    reason = first(told(sandwich, "mother", TODAY, payer="me", paid_for="premium"))
    assert (reason.cause, reason.sure) == (Cause.ITEM, Sureness.CERTAIN)
    assert "职工医保" in reason.says
    assert reason.clause is not None
    assert reason.clause.key == "enrolment.schemes_at_one_time"


def test_that_a_premium_of_a_year_nobody_has_published_is_not_guessed(sandwich: Family) -> None:
    reason = first(told(sandwich, "father", TODAY, paid_for="premium"))
    assert (reason.cause, reason.sure) == (Cause.ITEM, Sureness.POSSIBLE)


def test_that_names_stay_out_of_the_sentences(sandwich: Family) -> None:
    names = {one.name for one in sandwich.people}
    for person in ("mother", "spouse", "father", "father_in_law", "maternal_grandmother"):
        for _, verdict in paths(sandwich, person, {}):
            said = "".join(one.says for one in verdict.reasons)
            assert not [name for name in names if name in said]
