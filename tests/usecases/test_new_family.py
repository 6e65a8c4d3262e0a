"""新建家庭测试。A family of one: whose account it is, what it is called, and what stops it."""

from dataclasses import replace
from datetime import date

from desktop.domain.account import Account, Base
from desktop.domain.money import Money
from desktop.domain.people import Coverage, Scheme, Sex, Status
from desktop.usecases.changes import Change, Refused
from desktop.usecases.new_family import NewFamily, new_family
from desktop.usecases.review import review
from tests.families import CHANGSHA, shipped, yuan

TODAY = date(2026, 11, 21)
ASK = NewFamily(
    "林亦航",
    date(2017, 7, 1),
    CHANGSHA,
    sex=Sex.MALE,
    born=date(1995, 3, 21),
    opening=yuan(6318),
    base=yuan(11500),
)


def test_that_a_family_begins_with_the_one_whose_account_it_is() -> None:
    change = new_family(ASK, TODAY)
    assert isinstance(change, Change)
    made = change.family
    assert (change.step, change.about, made.name, made.as_of) == ("新建林家", made.holder, "林家", TODAY)
    (holder,) = made.people
    assert holder.id == made.holder
    assert holder.coverage == (Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, date(2017, 7, 1)),)
    assert holder.account == Account(TODAY, yuan(6318), (Base(TODAY, yuan(11500)),))
    assert review(made, shipped()).holder == holder


def test_that_a_retired_holder_has_no_base_and_the_family_a_name_of_its_own() -> None:
    change = new_family(
        replace(ASK, name=" 我们家 ", status=Status.RETIRED, base=None, opened_on=date(2026, 1, 1)), TODAY
    )
    assert isinstance(change, Change)
    assert change.family.name == "我们家"
    assert change.family.people[0].account == Account(date(2026, 1, 1), yuan(6318))


def test_that_faults_are_named_by_the_fields_of_the_request() -> None:
    odd = replace(
        ASK,
        person="",
        name="家" * 61,
        area="",
        born=date(2027, 1, 1),
        since=date(1800, 1, 1),
        opened_on=date(2027, 1, 1),
        opening=Money(-1),
        base=Money(-1),
    )
    refused = new_family(odd, TODAY)
    assert isinstance(refused, Refused)
    places = {fault.place for fault in refused.faults}
    assert places == {"person", "name", "area", "born", "since", "opened_on", "opening", "base"}
