"""谁绑谁。The best assignment of relatives to payers: what it keeps to, what it says, and how good it is."""

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from desktop.domain.account import Account, Base
from desktop.domain.binding import Binding, Relation
from desktop.domain.family import Family, Settings
from desktop.domain.money import MOST_YUAN, NOTHING, Money
from desktop.domain.people import Person
from desktop.domain.plan import Moves, Plan, PlannedPremium, Recurring, Rhythm
from desktop.domain.premium import PremiumPayment, Refund
from desktop.planning.scenario import with_scenario
from desktop.planning.timeline import outlook
from desktop.policy.book import Book
from desktop.usecases import assign as module
from desktop.usecases.assign import Assignment, Progress, Turn, assign, best_assignment
from desktop.usecases.assign_options import NAME, Options
from desktop.usecases.open_family import open_family
from desktop.usecases.results import assign_result
from tests.families import (
    ELSEWHERE,
    LONG_AGO,
    RESOURCES,
    bound,
    charged,
    family,
    hospital,
    resident,
    shipped,
    visit,
    worker,
    yuan,
)

TODAY, UNTIL = date(2025, 12, 20), date(2026, 12, 31)
SINCE = date(2025, 12, 21)
PARENT, SIBLING, SPOUSE = Relation.PARENT, Relation.SIBLING, Relation.SPOUSE


def owner(name: str, balance: int, **known: object) -> Person:
    return replace(worker(name, balance, opened=date(2025, 12, 1)), **known)  # type: ignore[arg-type]


def kin(person: Person, relation: Relation) -> Person:
    return replace(person, relation=relation)


def yearly(patient: str, fee: int, month: int = 3, *, own: int = 0) -> Recurring:
    bill = visit(
        f"bill-{patient}-{month}", date(2026, month, 5), patient, charged(fee + own, own=own, fund=0)
    )
    return Recurring(bill, Rhythm.YEAR)


def planned(*people: Person, bindings: tuple[Binding, ...] = (), plan: Plan) -> Family:
    return replace(family(*people, bindings=bindings, as_of=TODAY, plan=plan), holder="me")


def found(ours: Family, until: date = UNTIL, book: Book | None = None) -> Assignment:
    return best_assignment(ours, book or shipped(), until)


def pairs(answer: Assignment) -> set[tuple[str, str]]:
    return {one.pair for one in answer.bindings}


def said(answer: Assignment) -> str:
    return "\n".join(str(one) for one in answer.why)


def two_accounts(**more: object) -> Family:
    """Mine is nearly empty, my brother's is not; mother is bound to mine."""
    ours = planned(
        owner("me", 100),
        kin(owner("brother", 5000), SIBLING),
        resident("mum"),
        bindings=(bound("me", "mum", date(2025, 12, 2)),),
        plan=Plan(recurring=(yearly("mum", 900),)),
    )
    return replace(ours, **more)  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- what is found


def test_that_mother_goes_to_the_brother_whose_account_has_money() -> None:
    answer = found(two_accounts())
    assert pairs(answer) == {("brother", "mum")}
    assert [(one.payer, one.turn) for one in answer.best.changes] == [
        ("brother", Turn.NEW),
        ("me", Turn.ENDED),
    ]
    assert (answer.today.cash, answer.best.cash, answer.saving) == (yuan(800), NOTHING, yuan(800))
    assert answer.best.bindings[0].relation is PARENT
    assert answer.proven


def test_that_its_scenario_is_ready_to_be_added_and_costs_what_it_says() -> None:
    ours = two_accounts()
    scenario = found(ours).scenario
    assert scenario is not None
    assert dict(scenario.ends) == {"me-mum": TODAY}
    assert [(one.payer, one.since, one.until) for one in scenario.bindings] == [("brother", SINCE, None)]
    ahead = outlook(with_scenario(ours, scenario), shipped(), "me", UNTIL)
    assert ahead.cash_total == NOTHING
    again = found(replace(ours, scenarios=(scenario,))).scenario
    assert again is not None
    assert (scenario.name, again.name) == (NAME, f"{NAME} 2")


def test_that_the_answer_says_whose_money_it_is_and_why_the_natural_choice_loses() -> None:
    words = said(found(two_accounts()))
    assert "从 800.00 元降到 0.00 元，少付 800.00 元" in words
    assert "brother的账户为家人多付 900.00 元，到 2026-12 还剩 4,100.00 元" in words
    assert "能绑定的都由me绑定看似最自然，却要多付现金 800.00 元：2026-03 起有 1 个月多付" in words
    assert "brother的账户里却还有 5,000.00 元没有用上" in words
    assert "其次是照现在的绑定不改，要多付现金 800.00 元" in words


def test_that_a_father_in_law_is_bound_by_the_spouse() -> None:
    ours = planned(
        owner("me", 9000),
        kin(owner("wife", 9000), SPOUSE),
        kin(resident("her_father"), Relation.PARENT_IN_LAW),
        plan=Plan(recurring=(yearly("her_father", 900),)),
    )
    answer = found(ours)
    assert pairs(answer) == {("wife", "her_father")}
    assert (answer.bindings[0].relation, answer.bindings[0].assumed) == (PARENT, False)


def test_that_an_assumed_relation_is_said_to_be_assumed() -> None:
    """Whether my child is also hers is not written down."""
    ours = planned(
        owner("me", 0),
        kin(owner("wife", 9000), SPOUSE),
        kin(resident("child"), Relation.CHILD),
        plan=Plan(recurring=(yearly("child", 900),)),
    )
    answer = found(ours)
    assert pairs(answer) == {("wife", "child")}
    assert "child是wife的子女，这是推算的，没有登记，请核对" in said(answer)


def test_that_the_sandwich_family_lets_the_elder_brother_bind_mother() -> None:
    ours = open_family(RESOURCES / "samples" / "sandwich-family.json", date(2026, 11, 21))
    answer = found(ours, date(2028, 12, 1))
    assert [(one.payer, one.beneficiary) for one in answer.best.changes] == [
        ("elder_brother", "mother"),
        ("me", "mother"),
    ]
    assert answer.proven
    assert answer.saving > NOTHING
    assert ("wife", "father_in_law") not in pairs(answer)


# ------------------------------------------------------------------------------------------------- the limits


def many(count: int) -> list[Person]:
    return [kin(resident(f"child{number:02}"), Relation.CHILD) for number in range(count)]


def test_that_no_more_than_ten_are_bound_at_a_time() -> None:
    children = many(12)
    bills = tuple(yearly(one.id, 100 + number) for number, one in enumerate(children))
    answer = found(planned(owner("me", 50000), *children, plan=Plan(recurring=bills)), date(2026, 4, 1))
    assert pairs(answer) == {("me", one.id) for one in children[2:]}
    assert answer.best.cash == yuan(100 + 101)


def test_that_places_of_a_lifetime_once_taken_are_taken() -> None:
    children = many(21)
    past = tuple(
        bound(
            "me", one.id, date(2025, 1, 1 + number), relation=Relation.CHILD, until=date(2025, 1, 1 + number)
        )
        for number, one in enumerate(children[:20])
    )
    bills = (yearly("child20", 900), yearly("child03", 100))
    ours = planned(
        owner("me", 5000, account=Account(LONG_AGO, yuan(5000))),
        *children,
        bindings=past,
        plan=Plan(recurring=bills),
    )
    answer = found(ours, date(2026, 4, 1))
    assert pairs(answer) == {("me", "child03")}
    assert [one.person for one in answer.impossible] == ["child20"]
    assert "没有人可以绑定child20\nme累计最多绑定 20 个不同的人，child20已超出" in said(answer)


def test_that_of_two_who_are_short_each_goes_where_the_money_is() -> None:
    """All by me is the natural choice, all by my brother no better."""
    ours = planned(
        owner("me", 1000),
        kin(owner("brother", 1000), SIBLING),
        kin(resident("mum"), PARENT),
        kin(resident("dad"), PARENT),
        plan=Plan(recurring=(yearly("mum", 1000), yearly("dad", 900))),
    )
    answer = found(ours)
    assert answer.best.cash == NOTHING
    assert {payer for payer, _ in pairs(answer)} == {"me", "brother"}
    assert answer.runner_up is not None


# ------------------------------------------------------------------------------------------ nothing to be had


def test_that_nothing_is_changed_where_no_cash_is_paid() -> None:
    ours = two_accounts(plan=Plan(recurring=(yearly("mum", 50),)))
    answer = found(ours)
    assert (answer.scenario, answer.saving) == (None, NOTHING)
    assert [one.turn for one in answer.best.bonds] == [Turn.KEPT]
    assert "全家不用付现金，不必改" in said(answer)


def test_that_what_no_account_may_pay_is_named_as_the_reason() -> None:
    answer = found(two_accounts(plan=Plan(recurring=(yearly("mum", 50, own=70),))))
    assert answer.floor == yuan(70)
    assert "是账户不能支付的或预计用现金交的，换谁绑定都一样" in said(answer)


@pytest.mark.parametrize(
    ("brother", "words"),
    [
        (worker("brother", None), "可以绑定亲属的账户只有一个"),
        (owner("brother", 0), "没有一种分法比现在少付现金"),
    ],
)
def test_that_empty_accounts_are_named_as_the_reason(brother: Person, words: str) -> None:
    ours = two_accounts()
    people = (ours.people[0], kin(brother, SIBLING), ours.people[2])
    answer = found(replace(ours, people=people))
    assert answer.saving == NOTHING
    assert words in said(answer)


def test_that_an_account_without_a_balance_on_record_is_asked_for() -> None:
    ours = two_accounts()
    answer = found(
        replace(ours, people=(ours.people[0], kin(worker("brother", None), SIBLING), ours.people[2]))
    )
    assert answer.unrecorded == ("brother",)
    assert "brother有个人账户但没有登记余额" in said(answer)


def test_that_nothing_is_said_of_months_that_are_not_planned() -> None:
    answer = found(two_accounts(), date(2025, 12, 1))
    assert answer.scenario is None
    assert "没有要推演的月份" in said(answer)


# ----------------------------------------------------------------------------------- nobody, and nobody knows


def test_that_nobody_may_bind_someone_outside_the_province() -> None:
    answer = found(
        planned(
            owner("me", 5000),
            kin(resident("mum", area=ELSEWHERE), PARENT),
            plan=Plan(recurring=(yearly("mum", 900),)),
        )
    )
    assert answer.bindings == ()
    assert [finding.rule for finding in answer.impossible[0].broken] == ["binding.outside_area"]
    assert "没有人可以绑定mum\nmum与me不在同一个省参保" in said(answer)
    assert assign_result(answer, [])["impossible"][0]["findings"][0]["clause"]["key"] == "mutual_aid.area"


def test_that_a_family_without_accounts_is_told_so() -> None:
    ours = planned(resident("me"), kin(resident("mum"), PARENT), plan=Plan(recurring=(yearly("mum", 900),)))
    answer = found(ours)
    assert answer.payers == ()
    assert [one.person for one in answer.impossible] == ["mum"]
    assert "家里没有可以绑定亲属的账户" in said(answer)


def test_that_a_pair_whose_relation_is_unknown_is_not_proposed_but_named() -> None:
    ours = two_accounts()
    stranger = replace(ours.people[1], relation=None)
    answer = found(replace(ours, people=(ours.people[0], stranger, ours.people[2])))
    assert pairs(answer) == {("me", "mum")}
    assert ("brother", "mum") in answer.unknown
    assert "不知道mum是brother的什么人，没有算；请在家庭页补上关系" in said(answer)


# --------------------------------------------------------------------------------------------------- premiums


def test_that_a_premium_follows_the_one_it_insures() -> None:
    plan = Plan(recurring=(yearly("mum", 900),), premiums=(PlannedPremium("mum", "me"),))
    answer = found(two_accounts(plan=plan))
    assert answer.scenario is not None
    assert [(one.insured, one.paid_from) for one in answer.scenario.premiums] == [("mum", "brother")]
    assert answer.best.cash == NOTHING
    assert answer.best.lent["brother"] > yuan(900)


def test_that_a_premium_expected_on_one_day_follows_too() -> None:
    once = PremiumPayment("once", date(2026, 10, 8), "mum", 2027, paid_from="me")
    plan = Plan(recurring=(yearly("mum", 900),), expected=(once, visit("seen", date(2026, 5, 1), "me")))
    scenario = found(two_accounts(plan=plan)).scenario
    assert scenario is not None
    assert scenario.plan is not None
    assert scenario.plan.expected[0] == replace(once, paid_from="brother")


def test_that_a_premium_from_an_account_that_may_not_pay_is_reckoned_in_cash() -> None:
    plan = Plan(premiums=(PlannedPremium("mum", "brother"), PlannedPremium("me", "me")))
    ours = two_accounts(plan=plan, bindings=())
    answer = found(replace(ours, people=(*ours.people[:2], kin(ours.people[2], PARENT))))
    assert answer.in_cash == ("mum",)
    assert answer.today.cash > NOTHING
    assert answer.best.cash == NOTHING
    assert "mum的保费原打算从没有绑定的账户付，这里按现金算" in said(answer)


def test_that_a_binding_good_for_premiums_alone_goes_on_paying_them() -> None:
    """A brother could not be bound in the autumn of 2024, but his premium could be paid."""
    ours = planned(
        owner("me", 5000, account=Account(LONG_AGO, yuan(5000))),
        resident("brother"),
        bindings=(bound("me", "brother", date(2024, 9, 1), relation=SIBLING),),
        plan=Plan(premiums=(PlannedPremium("brother", "me"),)),
    )
    answer = found(ours)
    assert (answer.today.cash, answer.scenario, answer.in_cash) == (NOTHING, None, ())


# ------------------------------------------------------------------------------------------------ what may be


def test_that_a_binding_that_begins_later_is_left_alone() -> None:
    later = bound("me", "mum", date(2026, 2, 1))
    answer = found(two_accounts(bindings=(later,)))
    assert (pairs(answer), answer.scenario) == ({("me", "mum")}, None)


def test_that_what_would_undo_a_later_binding_is_no_assignment() -> None:
    """Bound by me until then, mother could not be bound by my brother in February."""
    later = bound("brother", "mum", date(2026, 2, 1))
    answer = found(two_accounts(bindings=(later,)))
    assert (pairs(answer), answer.natural) == ({("brother", "mum")}, None)


def test_that_a_payer_who_moves_away_is_not_given_a_premium() -> None:
    """In another province it would not be paid at all, which is no saving."""
    away = Moves("brother", date(2026, 3, 1), ELSEWHERE)
    plan = Plan(premiums=(PlannedPremium("mum", "me"),), life=(away,))
    answer = found(two_accounts(plan=plan))
    assert pairs(answer) == {("me", "mum")}


def test_that_a_premium_meant_to_be_paid_in_cash_stays_so() -> None:
    answer = found(two_accounts(plan=Plan(premiums=(PlannedPremium("mum", None),))))
    assert answer.scenario is None
    assert answer.floor == answer.today.cash > NOTHING


def test_that_what_is_taken_back_is_no_need() -> None:
    seen = visit("seen", date(2026, 4, 1), "mum", charged(700, fund=0))
    ours = two_accounts(plan=Plan(expected=(seen, Refund("back", date(2026, 5, 1), "seen"))))
    answer = found(ours)
    assert (answer.scenario, answer.floor, answer.best.lent) == (None, NOTHING, {})


def test_that_a_bill_that_no_account_may_pay_is_no_need() -> None:
    elsewhere = visit(
        "seen", date(2026, 4, 1), "mum", charged(700, fund=0), provider=hospital(designated=False)
    )
    in_cash = replace(yearly("mum", 300), visit=visit("cash", date(2026, 4, 2), "mum", use_account=False))
    answer = found(two_accounts(plan=Plan(recurring=(in_cash,), expected=(elsewhere,))))
    assert answer.scenario is None
    assert answer.floor == answer.today.cash == yuan(800)


def test_that_money_comes_in_over_the_months() -> None:
    """My account is empty when the bill comes, my brother's is filled by then."""
    paid = Account(date(2025, 12, 1), NOTHING, (Base(LONG_AGO, yuan(20000)),))
    ours = two_accounts(settings=Settings(credit_monthly=True))
    brother = replace(ours.people[1], account=paid)
    answer = found(replace(ours, people=(ours.people[0], brother, ours.people[2])))
    assert pairs(answer) == {("brother", "mum")}
    assert answer.best.cash == NOTHING


def test_that_many_payers_may_share_where_the_law_sets_no_limit() -> None:
    limits = {f"mutual_aid.{one}" for one in ("payers_per_beneficiary", "most_active", "most_in_lifetime")}
    free = Book(
        replace(one, blocks={key: block for key, block in one.blocks.items() if key not in limits})
        for one in shipped().packs.values()
    )
    ours = two_accounts(plan=Plan(recurring=(yearly("mum", 5050),)))
    assert pairs(found(ours, book=free)) == {("me", "mum"), ("brother", "mum")}


def test_that_it_stops_when_told_and_says_how_far_it_is() -> None:
    stop = threading.Event()
    news = assign(two_accounts(), shipped(), UNTIL, stop=stop)
    assert next(news) == Progress(1)
    stop.set()
    assert list(news) == []
    whole = list(assign(two_accounts(), shipped(), UNTIL))
    assert isinstance(whole[-1], Assignment)
    judged = [one.judged for one in whole if isinstance(one, Progress)]
    assert judged == sorted(judged)
    assert judged[-1] == whole[-1].judged


def test_that_without_a_month_it_looks_five_years_ahead() -> None:
    assert best_assignment(two_accounts(), shipped()).until == date(2030, 12, 20)


def test_that_an_answer_that_is_not_proven_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_JUDGED", 2)
    answer = found(two_accounts())
    assert not answer.proven
    assert "只比较了" in said(answer)


def test_that_the_largest_sums_are_reckoned_to_the_fen() -> None:
    """As much as a document may hold: in the brother's account, then in the bill."""
    most = Money(MOST_YUAN * 100)
    rich = two_accounts()
    brother = replace(rich.person("brother"), account=Account(date(2025, 12, 1), most))
    rich = replace(rich, people=(rich.people[0], brother, rich.people[2]))
    bill = visit("bill", date(2026, 3, 5), "mum", charged(str(MOST_YUAN), fund=0))
    dear = two_accounts(plan=Plan(recurring=(Recurring(bill, Rhythm.YEAR),)))
    assert [(pairs(found(one)), found(one).proven) for one in (rich, dear)] == [
        ({("brother", "mum")}, True),
        ({("brother", "mum")}, True),
    ]
    assert found(dear).saving == yuan(4900)


def test_that_an_account_into_which_nothing_ever_comes_is_no_help() -> None:
    """Only my wife may bind her father; mother's bills are paid by mine either way."""
    ours = planned(
        owner("me", 5000),
        kin(owner("wife", 0), SPOUSE),
        kin(resident("her_dad"), Relation.PARENT_IN_LAW),
        kin(resident("mum"), PARENT),
        plan=Plan(recurring=(yearly("her_dad", 300), yearly("mum", 900))),
    )
    answer = found(ours)
    assert (pairs(answer), answer.best.cash, answer.proven) == ({("me", "mum")}, yuan(300), True)


def test_that_todays_bindings_are_judged_even_where_reckoning_a_premium_in_cash_undoes_another() -> None:
    """The planned one from an unbound account comes before the recorded one of the same year."""
    paid = PremiumPayment("paid", date(2026, 10, 5), "mum", 2027)
    ours = planned(owner("me", 900), resident("mum"), plan=Plan(premiums=(PlannedPremium("mum", "me"),)))
    answer = found(replace(ours, events=(paid, Refund("back", date(2026, 11, 5), "paid"))))
    assert (answer.in_cash, answer.scenario) == (("mum",), None)


def test_that_every_name_in_a_reason_stands_by_itself_so_that_it_can_be_masked() -> None:
    """The runner-up names several bindings, and what is unknown several people."""
    people = (
        owner("me", 100),
        kin(owner("brother", 5000), SIBLING),
        kin(owner("sister", 300), SIBLING),
        replace(resident("mum"), name="母亲的名字"),
        replace(resident("dad"), name="父亲的名字"),
        replace(resident("who"), name="不知是谁甲"),
        replace(resident("else"), name="不知是谁乙"),
    )
    bills = tuple(yearly(one, 900) for one in ("mum", "dad", "who", "else"))
    held = (bound("me", "mum", date(2025, 12, 2)), bound("me", "dad", date(2025, 12, 2)))
    answer = found(planned(*people, bindings=held, plan=Plan(recurring=bills)))
    names = {one.name for one in people}
    assert "其次是" in said(answer)
    assert "不知道不知是谁甲、不知是谁乙是me的什么人" in said(answer)
    for sentence in answer.why:
        values = [str(one) for one in sentence.values.values()]
        assert all(one in names or not any(name in one for name in names) for one in values)
        assert not any(name in sentence.template for name in names)


# ------------------------------------------------------------------------------------------------- the oracle


def drawn(seed: int) -> Family:
    """A small family with more bills than its accounts can pay, whoever binds whom."""
    dice = random.Random(seed)

    def holding(name: str) -> Person:
        paid = (Base(LONG_AGO, yuan(dice.choice([0, 2000]))),)
        return owner(name, 0, account=Account(date(2025, 12, 1), yuan(dice.randrange(0, 1500, 50)), paid))

    elders = [kin(resident("dad"), PARENT), kin(resident("her_dad"), Relation.PARENT_IN_LAW)]
    people = [
        holding("me"),
        kin(holding("brother"), SIBLING),
        *([kin(holding("wife"), SPOUSE)] if dice.random() < 0.4 else []),
        kin(holding("mum") if dice.random() < 0.3 else resident("mum"), PARENT),
        *dice.sample(elders, dice.randrange(3)),
    ][:5]
    bills = [
        yearly(one.id, dice.randrange(50, 1200, 50), month, own=dice.choice([0, 0, 40]))
        for one in people
        for month in dice.sample(range(1, 13), dice.randrange(0, 3))
    ]
    held = (bound("me", "mum", date(2025, 12, 2)),) if dice.random() < 0.6 else ()
    insured = sorted({one.id for one in people} & {"dad"})
    premiums = tuple(PlannedPremium(one, "me") for one in insured if dice.random() < 0.5)
    plan = Plan(tuple(bills), premiums=premiums)
    ours = planned(*people, bindings=held, plan=plan)
    return replace(ours, settings=Settings(credit_monthly=dice.random() < 0.5))


def every_assignment(options: Options) -> Iterator[frozenset[tuple[str, str]]]:
    whom = sorted({who for _, who in options.choices.pairs})
    payers = [[None, *(payer for payer, who in options.choices.pairs if who == one)] for one in whom]
    for chosen in product(*payers):
        yield frozenset((payer, who) for payer, who in zip(chosen, whom, strict=True) if payer is not None)


@pytest.mark.parametrize("seed", range(8))
def test_that_no_assignment_at_all_costs_less(seed: int) -> None:
    ours = drawn(seed)
    options = Options(ours, shipped(), UNTIL)
    answer = found(ours)
    costs = {
        pairs: outlook(with_scenario(ours, options.scenario(pairs)), options.book, "me", UNTIL).cash_total
        for pairs in every_assignment(options)
    }
    assert answer.best.cash == min(costs.values())
    assert answer.proven
