"""办一件事。Each thing done to an errand is a change with its name; nonsense is refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.errand import Errand
from desktop.domain.family import Family
from desktop.domain.matter import (
    AccountTransfer,
    Death,
    EnrolledAs,
    Enrolment,
    Payout,
    PayoutReason,
    Retirement,
)
from desktop.domain.premium import PremiumPayment
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.guides.guide import Guide
from desktop.usecases.changes import Change, Refused
from desktop.usecases.errand_record import Missing, record_of
from desktop.usecases.errands import (
    answer,
    begin_errand,
    choose_case,
    drop_errand,
    hold_paper,
    plan_start,
    tick_step,
    untick_step,
)
from desktop.usecases.guide_show import Asking
from tests.families import CHANGSHA, bound, family, resident, worker, yuan
from tests.guides.guides import HEAD, MOVE, STEP, read

TODAY, BEGUN = date(2026, 11, 21), date(2026, 11, 20)
DONGGUAN = "441900"
CASES = "".join(f'[[case]]\nid = "{one}"\ntitle = "{one}"\nsays = "说"\nsource = "law"\n' for one in "ab")


@pytest.fixture
def move(tmp_path: Path) -> Guide:
    return read(tmp_path, MOVE)


def home(*errands: Errand) -> Family:
    known = family(worker(), resident(), bindings=(bound("me", "mum"),), as_of=TODAY)
    return replace(known, errands=errands)


def begun(**fields: object) -> Errand:
    return replace(Errand("e", "move", "me", BEGUN), **fields)  # type: ignore[arg-type]


def done(outcome: Change | Refused) -> tuple[str, Errand]:
    """The name of the step, and the errand as it is now."""
    assert isinstance(outcome, Change)
    return outcome.step, next(one for one in outcome.family.errands if one.id == outcome.about)


def refused(outcome: Change | Refused) -> list[str]:
    assert isinstance(outcome, Refused)
    return [one.place for one in outcome.faults]


def test_that_an_errand_is_begun_with_what_is_usual(move: Guide) -> None:
    asking = Asking("me", "", {"origin": DONGGUAN})
    step, errand = done(begin_errand(home(), move, asking, TODAY))
    assert step == "开始办理本人的跨省转移接续"
    assert errand == Errand(
        "errand-20261121-1",
        "move",
        "me",
        TODAY,
        answers=(("origin", DONGGUAN), ("destination", CHANGSHA)),
    )
    other = done(begin_errand(home(replace(errand)), move, asking, TODAY))[1]
    assert other.id == "errand-20261121-2"


def test_that_an_answer_that_makes_no_sense_keeps_it_from_beginning(move: Guide) -> None:
    assert refused(begin_errand(home(), move, Asking("me", "", {"origin": CHANGSHA}), TODAY)) == ["origin"]


def test_that_steps_are_ticked_in_the_guides_own_order_with_their_day(move: Guide) -> None:
    at = home(begun(done=(("apply", TODAY),)))
    step, errand = done(tick_step(at, move, "e", "check", BEGUN))
    assert (step, errand.done) == ("勾选“确认长沙已参保”", (("check", BEGUN), ("apply", TODAY)))
    step, errand = done(untick_step(at, move, "e", "apply"))
    assert (step, errand.done) == ("取消勾选“提交申请”", ())


def test_that_other_errands_stay_as_they_are(move: Guide) -> None:
    other = replace(begun(), id="other")
    outcome = tick_step(home(other, begun()), move, "e", "check", TODAY)
    assert isinstance(outcome, Change)
    assert outcome.family.errands[0] == other


def test_that_a_step_is_not_ticked_on_a_day_that_has_not_come(move: Guide) -> None:
    assert refused(tick_step(home(begun()), move, "e", "check", date(2026, 11, 22))) == ["on"]


def test_that_papers_are_at_hand_or_not(move: Guide) -> None:
    step, errand = done(hold_paper(home(begun()), move, "e", "id-card", held=True))
    assert (step, errand.papers) == ("备好“身份证”", ("id-card",))
    step, errand = done(hold_paper(home(errand), move, "e", "id-card", held=False))
    assert (step, errand.papers) == ("取消备好“身份证”", ())


def test_that_an_answer_is_kept_and_taken_back(move: Guide) -> None:
    step, errand = done(answer(home(begun()), move, "e", "origin", DONGGUAN))
    assert (step, errand.answers) == ("填写本人的跨省转移接续", (("origin", DONGGUAN),))
    assert done(answer(home(errand), move, "e", "origin", ""))[1].answers == ()
    assert refused(answer(home(begun()), move, "e", "origin", "1")) == ["origin"]


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("amount", "￥1,060", "1060.00"),
        ("on", "2026年11月3日", "2026-11-03"),
        ("benefit_year", "2027", "2027"),
    ],
)
def test_that_an_answer_is_kept_in_one_writing(tmp_path: Path, name: str, typed: str, kept: str) -> None:
    guide = read(tmp_path, HEAD + 'asks = ["amount", "on", "benefit_year"]\n' + STEP)
    assert done(answer(home(begun()), guide, "e", name, typed))[1].answers == ((name, kept),)


def test_that_what_was_answered_before_it_began_is_kept_in_that_writing_too(tmp_path: Path) -> None:
    guide = read(tmp_path, HEAD + 'asks = ["amount", "on"]\n' + STEP)
    asking = Asking("me", "", {"amount": "￥1,060", "on": "2026年11月3日"})
    errand = done(begin_errand(home(), guide, asking, TODAY))[1]
    assert errand.answers == (("amount", "1060.00"), ("on", "2026-11-03"))


def test_that_an_errand_may_answer_what_its_guide_no_longer_asks(move: Guide) -> None:
    known = home(begun(answers=(("colour", "red"), ("origin", DONGGUAN))))
    assert done(tick_step(known, move, "e", "check", BEGUN))[0] == "勾选“确认长沙已参保”"


def test_that_a_case_is_chosen(tmp_path: Path) -> None:
    guide = read(tmp_path, HEAD + STEP + CASES)
    step, errand = done(choose_case(home(begun()), guide, "e", "b"))
    assert (step, errand.case) == ("选择情形“b”", "b")


def test_that_applying_is_planned_and_not_planned_any_more(move: Guide) -> None:
    step, errand = done(plan_start(home(begun()), move, "e", date(2026, 11, 23)))
    assert (step, errand.starts_on) == ("把本人的跨省转移接续的提交日期定为 2026-11-23", date(2026, 11, 23))
    step, errand = done(plan_start(home(errand), move, "e", None))
    assert (step, errand.starts_on) == ("取消本人的跨省转移接续的提交日期", None)


def test_that_an_errand_is_dropped(move: Guide) -> None:
    outcome = drop_errand(home(begun()), move, "e")
    assert isinstance(outcome, Change)
    assert (outcome.step, outcome.family.errands) == ("不再办理本人的跨省转移接续", ())


def test_that_what_is_not_there_is_refused(move: Guide) -> None:
    at = home(begun())
    for outcome in (
        tick_step(at, move, "x", "check", TODAY),
        tick_step(at, move, "e", "x", TODAY),
        untick_step(at, move, "e", "x"),
        hold_paper(at, move, "e", "x", held=True),
        answer(at, move, "e", "amount", "1"),
        choose_case(at, move, "e", "x"),
        plan_start(at, move, "x", TODAY),
        drop_errand(at, move, "x"),
    ):
        assert refused(outcome) == [""]


# ------------------------------------------------------------------------------------------- what it becomes


def test_that_a_finished_transfer_is_booked_from_applying_to_the_last_step(move: Guide) -> None:
    days = [BEGUN, BEGUN, TODAY, TODAY]
    ticked = tuple((step.id, day) for step, day in zip(move.steps, days, strict=True))
    errand = begun(done=ticked, answers=(("origin", DONGGUAN),))
    made = record_of(move, errand, home(errand))
    assert made == AccountTransfer("transfer-20261120-1", BEGUN, "me", DONGGUAN, CHANGSHA, done=TODAY)
    open_ = begun(done=ticked[:2], answers=(("origin", DONGGUAN),))
    unfinished = record_of(move, open_, home(open_))
    assert isinstance(unfinished, AccountTransfer)
    assert unfinished.done is None


def test_that_what_is_not_answered_is_named(move: Guide) -> None:
    assert record_of(move, begun(), home(begun())) == Missing(("origin",))


def test_that_an_answer_of_a_document_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    for name, value in (("on", "31"), ("amount", "-5"), ("relative", "ghost"), ("benefit_year", "9")):
        made = recorded(tmp_path, "payout", 'recorded_as = "other"\n', ((name, value),))
        assert made == Missing((name,))


ASKS = 'asks = ["area", "relative", "benefit_year", "amount", "on"]\n'
GIVEN = (("relative", "mum"), ("benefit_year", "2026"), ("amount", "400.00"), ("on", "2026-11-01"))
ON = date(2026, 11, 1)


def recorded(at: Path, records: str, more: str = "", given: tuple[tuple[str, str], ...] = GIVEN) -> object:
    guide = read(at, HEAD + ASKS + f'records = "{records}"\n' + more + STEP)
    errand = begun(answers=given)
    return record_of(guide, errand, home(errand))


def test_that_each_kind_of_event_is_made_of_its_answers(tmp_path: Path) -> None:
    money = yuan(400)
    resident_ = 'recorded_as = "resident"\n'
    assert recorded(tmp_path, "retirement") == Retirement("retirement-20261101-1", ON, "me")
    assert recorded(tmp_path, "death") == Death("death-20261101-1", ON, "me")
    assert recorded(tmp_path, "payout", 'recorded_as = "inheritance"\n') == Payout(
        "payout-20261101-1", ON, "me", PayoutReason.INHERITANCE, "mum", money
    )
    assert recorded(tmp_path, "enrolment", resident_) == Enrolment(
        "enrolment-20261101-1", ON, "me", EnrolledAs.RESIDENT, CHANGSHA
    )
    assert recorded(tmp_path, "premium") == PremiumPayment("premium-20261101-1", ON, "mum", 2026, money, "me")
    transfer = WalletTransfer("wallet_transfer-20261101-1", ON, "me", "mum", money)
    assert recorded(tmp_path, "wallet_transfer") == transfer
    assert recorded(tmp_path, "wallet_quota") == WalletQuota(
        "wallet_quota-20261101-1", ON, "me", "mum", money
    )


def test_that_a_premium_of_ones_own_is_paid_in_cash(tmp_path: Path) -> None:
    made = recorded(tmp_path, "premium", given=(("on", "2026-11-01"),))
    assert made == PremiumPayment("premium-20261101-1", ON, "me", 2027)


def test_that_the_case_says_which_kind_it_is(tmp_path: Path) -> None:
    text = HEAD + 'asks = ["area"]\nrecords = "enrolment"\nrecorded_as = "employee"\n' + STEP
    guide = read(tmp_path, text + CASES.replace('"b"', '"flexible"'))
    chosen, other = begun(case="flexible"), begun(case="a")
    made, usual = record_of(guide, chosen, home(chosen)), record_of(guide, other, home(other))
    assert isinstance(made, Enrolment)
    assert isinstance(usual, Enrolment)
    assert (made.enrolled_as, usual.enrolled_as) == (EnrolledAs.FLEXIBLE, EnrolledAs.EMPLOYEE)
    assert made.on == BEGUN


def test_that_a_case_that_is_no_kind_of_event_books_nothing(tmp_path: Path) -> None:
    text = HEAD + 'records = "payout"\n' + STEP
    guide = read(tmp_path, text + CASES.replace('"b"', '"old-card"'))
    taken, used_up = begun(case="old-card"), begun(case="a")
    made = record_of(guide, taken, home(taken))
    assert isinstance(made, Payout)
    assert made.reason is PayoutReason.OLD_CARD
    assert record_of(guide, used_up, home(used_up)) is None


def test_that_what_no_guide_asks_is_named(tmp_path: Path) -> None:
    assert recorded(tmp_path, "") is None
    assert recorded(tmp_path, "refund") == Missing(("of",))
    assert recorded(tmp_path, "arrears") == Missing(("from", "to"))
    assert recorded(tmp_path, "payout") == Missing(("reason",))
    assert recorded(tmp_path, "death", given=()) == Missing(("on",))
