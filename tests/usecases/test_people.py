"""家人的登记测试。Who can be added, what is said of a field that makes no sense, and who can be taken out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.account import Account, Base
from desktop.domain.binding import Relation
from desktop.domain.family import Family, Snooze
from desktop.domain.money import NOTHING, Money
from desktop.domain.people import Coverage, Scheme, Sex, Status
from desktop.domain.plan import Dies, Plan, PlannedPremium, Recurring, Rhythm, Risk, Scenario
from desktop.domain.premium import PremiumPayment, Refund
from desktop.usecases.changes import Change, Refused
from desktop.usecases.kin import kinship
from desktop.usecases.people import (
    PersonEntry,
    add_person,
    edit_person,
    entry_of,
    has_check_digit,
    remove_person,
    told_by_number,
)
from tests.families import CHANGSHA, LONG_AGO, bound, family, resident, snapshot, visit, worker, yuan

TODAY = date(2025, 12, 31)
NUMBER = "11010519491231002X"
INSURED = Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, LONG_AGO)
MOTHER = PersonEntry("刘蕙", Relation.PARENT, Sex.FEMALE, date(1949, 12, 31), NUMBER, (INSURED,))
HOME = family(worker())


def changed(outcome: Change | Refused) -> Change:
    assert isinstance(outcome, Change)
    return outcome


def faults(outcome: Change | Refused) -> dict[str, str]:
    assert isinstance(outcome, Refused)
    return {fault.place: fault.what for fault in outcome.faults}


def added(**other: object) -> Change | Refused:
    return add_person(HOME, replace(MOTHER, **other), TODAY)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------- adding


def test_that_a_mother_who_is_added_is_called_so_before_any_binding() -> None:
    change = changed(add_person(HOME, MOTHER, TODAY))
    assert (change.step, change.about) == ("添加母亲", "person-1")
    kin = kinship(change.family, "me")["person-1"]
    assert (kin.word, kin.generation) == ("母亲", 1)
    assert change.family.person("person-1").id_number == NUMBER


def test_that_adding_someone_keeps_whose_account_it_is() -> None:
    change = changed(add_person(HOME, replace(MOTHER, account=Account(TODAY, NOTHING)), TODAY))
    assert change.family.holder == "me"


def test_that_stretches_are_kept_in_order_and_names_without_edges() -> None:
    later = replace(INSURED, since=date(2020, 1, 1))
    change = changed(added(name=" 刘蕙 ", coverage=(later, replace(INSURED, until=date(2019, 12, 31)))))
    person = change.family.person(change.about)
    assert person.name == "刘蕙"
    assert [one.since for one in person.coverage] == [LONG_AGO, date(2020, 1, 1)]


def test_that_a_name_of_fifty_with_dots_is_a_name() -> None:
    name = "阿卜杜热合曼·" * 7 + "努"
    assert len(name) == 50
    assert changed(added(name=name)).family.people[-1].name == name


@pytest.mark.parametrize(
    ("other", "place", "what"),
    [
        ({"name": "  "}, "name", "没有写姓名"),
        ({"name": "刘" * 51}, "name", "姓名太长，最多 50 个字"),
        ({"name": "刘\n蕙"}, "name", "姓名里有换行或控制字符"),
        ({"relation": None}, "relation", "没有选是本人的什么人"),
        ({"born": date(2026, 1, 1), "id_number": None}, "born", "出生日期要在 1900 年以后，不能晚于今天"),
        ({"id_number": "12345"}, "id_number", "身份证号是 18 位：17 位数字，末位是数字或 X"),
        ({"id_number": "110105194912310021"}, "id_number", "身份证号的校验位不对"),
        ({"id_number": "11010519490231002" + "5"}, "id_number", "身份证号的校验位不对"),
        ({"born": date(1950, 1, 1)}, "id_number", "身份证号里的出生日期与填写的不同"),
        ({"sex": Sex.MALE}, "id_number", "身份证号说的性别与选的不同"),
    ],
)
def test_that_what_makes_no_sense_is_said_at_its_field(
    other: dict[str, object], place: str, what: str
) -> None:
    assert faults(added(**other)) == {place: what}


@pytest.mark.parametrize(
    ("other", "place", "what"),
    [
        ({"until": date(2009, 12, 31)}, "until", "最后一天早于第一天 2010-01-01"),
        ({"until": date(2101, 1, 1)}, "until", "年份要在 1900 到 2100 之间"),
        ({"since": date(1899, 1, 1)}, "since", "年份要在 1900 到 2100 之间"),
        ({"area": "长沙"}, "area", "参保地是六位区划代码，例如 430100"),
    ],
)
def test_that_a_stretch_is_in_order_and_somewhere(other: dict[str, object], place: str, what: str) -> None:
    stretch = replace(INSURED, **other)  # type: ignore[arg-type]
    assert faults(added(coverage=(INSURED, stretch))) == {f"coverage[1].{place}": what}


def test_that_an_account_holds_no_debt_and_no_two_bases_of_one_day() -> None:
    base = Base(date(2025, 7, 1), Money(-1))
    odd = Account(date(2026, 1, 1), Money(-1), (base, replace(base, monthly=yuan(5000))))
    assert faults(added(account=odd)) == {
        "account.opened_on": "余额要写今天或以前某一天的",
        "account.opening": "余额不能是负数",
        "account.bases[0].monthly": "缴费基数不能是负数",
        "account.bases[1].since": "这一天已经有一个缴费基数",
    }


def test_that_a_number_tells_the_day_of_birth_and_the_sex() -> None:
    assert told_by_number(NUMBER) == (date(1949, 12, 31), Sex.FEMALE)
    assert told_by_number("430099198405171317") == (date(1984, 5, 17), Sex.MALE)
    body = "11010519490231002"
    whole = next(body + last for last in "0123456789X" if has_check_digit(body + last))
    assert told_by_number(whole) is None  # there is no such day


# ------------------------------------------------------------------------------------------------- editing


def test_that_the_opening_balance_of_the_holder_can_be_mended() -> None:
    me = HOME.person("me")
    entry = replace(entry_of(me), account=Account(date(2025, 1, 1), yuan(1234)))
    change = changed(edit_person(HOME, "me", entry, TODAY))
    assert change.step == "修改本人的资料"
    held = change.family.person("me").account
    assert held is not None
    assert held.opening == yuan(1234)


def test_that_another_kind_of_paper_is_left_alone_until_it_is_changed() -> None:
    stranger = replace(worker(), id_number="E12345678")
    home = family(stranger, resident())
    entry = entry_of(stranger)
    assert changed(edit_person(home, "me", replace(entry, name="新名"), TODAY)).family.people[1].id == "mum"
    assert "id_number" in faults(edit_person(home, "me", replace(entry, id_number="E1"), TODAY))
    assert (
        changed(edit_person(home, "me", replace(entry, id_number=""), TODAY)).family.people[0].id_number
        is None
    )


# ------------------------------------------------------------------------------------------------- removing


def test_that_bindings_and_plans_of_someone_go_with_them() -> None:
    people = worker(), worker("sis"), resident(), resident("dad")
    planned = Plan(
        recurring=(Recurring(visit("r1"), Rhythm.MONTH), Recurring(visit("r2", patient="dad"), Rhythm.MONTH)),
        expected=(visit("e1"), Refund("e2", TODAY, "e1"), visit("e3", patient="dad")),
        premiums=(PlannedPremium("mum", None), PlannedPremium("dad", "mum"), PlannedPremium("dad", "me")),
        life=(Dies("mum", TODAY), Dies("dad", TODAY)),
        risks=(Risk(visit("u1"), Decimal(1)), Risk(visit("u2", patient="dad"), Decimal(1))),
    )
    mine, hers = bound(), bound("me", "dad")
    scenario = Scenario(
        "另一种",
        {mine.id: TODAY, hers.id: TODAY},
        (bound("sis", name="b3"),),
        (visit("e4"),),
        planned,
        premiums=planned.premiums,
        recurring=planned.recurring,
        life=planned.life,
        leaves_out=("r1", "r2", "premium-mum", "premium-dad"),
    )
    whole = replace(
        family(*people, bindings=(mine, hers), plan=planned),
        scenarios=(scenario, Scenario("空的")),
        snoozes=(Snooze(f"binding.x 2025-01-05 {mine.id} mum", TODAY), Snooze("x 2025-01-05 dad", TODAY)),
        snapshots=(snapshot(), snapshot(account="mum")),
    )
    change = changed(remove_person(whole, "mum"))
    left = change.family
    assert (change.step, change.about) == ("删去父母", "me")
    assert [one.id for one in left.people] == ["me", "sis", "dad"]
    assert left.bindings == (hers,)
    for plan in (left.plan, left.scenarios[0].plan):
        assert plan is not None
        assert [one.id for one in plan.expected] == ["e3"]
        assert [one.visit.id for one in plan.risks] == ["u2"]
    for laid in (left.plan, left.scenarios[0].plan, left.scenarios[0]):
        assert laid is not None
        assert [one.visit.id for one in laid.recurring] == ["r2"]
        assert laid.premiums == (PlannedPremium("dad", "me"),)
        assert laid.life == (Dies("dad", TODAY),)
    assert left.scenarios[0].ends == {hers.id: TODAY}
    assert (left.scenarios[0].bindings, left.scenarios[0].events) == ((), ())
    assert left.scenarios[0].leaves_out == ("r2", "premium-dad")
    assert [one.finding for one in left.snoozes] == ["x 2025-01-05 dad"]
    assert [one.account for one in left.snapshots] == ["me"]


@pytest.mark.parametrize(
    ("event", "whom"),
    [
        (visit(), "mum"),
        (PremiumPayment("p1", TODAY, "mum", 2026), "mum"),
        (PremiumPayment("p1", TODAY, "dad", 2026, None, "mum"), "mum"),
    ],
)
def test_that_someone_with_bookings_stays(event: object, whom: str) -> None:
    home = family(worker(), resident(), resident("dad"), events=(event, Refund("r1", TODAY, "v1")))  # type: ignore[arg-type]
    assert faults(remove_person(home, whom)) == {"": "流水里还有 1 笔记在这位家人名下，不能删去"}


def test_that_the_one_whose_account_it_is_stays() -> None:
    assert faults(remove_person(HOME, "me")) == {"": "账本是按这个人的账户记的，不能删去"}


def test_that_a_family_without_a_plan_loses_only_the_person() -> None:
    home: Family = family(worker(), resident())
    assert changed(remove_person(home, "mum")).family == replace(home, people=home.people[:1])
