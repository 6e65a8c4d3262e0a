"""今天的样子。Who retired, moved, enrolled or died is shown so, and nobody who died is offered any more."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.binding import Relation
from desktop.domain.event import Event
from desktop.domain.matter import AccountTransfer, Death, EnrolledAs, Enrolment, Retirement
from desktop.domain.people import Person, Status
from desktop.usecases.export_sheet import leaves
from desktop.usecases.family_map import Member, Standing
from desktop.usecases.fixes import Fix, fixes_of
from desktop.usecases.kin import about_person, insured_on
from desktop.usecases.overview import map_of, overview
from desktop.usecases.review import Review, review
from desktop.usecases.search import findable
from tests.families import CHANGSHA, ZHUZHOU, bound, family, resident, shipped, worker

TODAY = date(2026, 6, 1)
NEW = Person("new", "new")


def seen(*events: Event, as_of: date = TODAY) -> Review:
    people = (worker(), resident(), NEW)
    made = family(*people, bindings=(bound(),), events=events, as_of=as_of, credit_monthly=True)
    return review(replace(made, holder="me"), shipped())


def member(of: Review, person: str) -> Member:
    return next(one for one in map_of(of).members if one.person.id == person)


def about(of: Review, person: str) -> str:
    return about_person(of.book, of.lived.person(person), of.family.as_of, CHANGSHA)


def test_that_who_retired_is_shown_as_retired() -> None:
    of = seen(Retirement("r", date(2026, 3, 10), "me"))
    coverage = member(of, "me").coverage
    assert coverage is not None
    assert coverage.status is Status.RETIRED
    assert of.holder == of.lived.person("me") != of.family.person("me")
    assert about(of, "me").startswith("职工退休")


def test_that_who_moved_is_judged_by_the_law_of_the_new_place() -> None:
    of = seen(AccountTransfer("t", date(2026, 3, 10), "me", CHANGSHA, ZHUZHOU))
    assert of.holder.area_on(TODAY) == ZHUZHOU
    assert of.packs[0][0] == "株洲"
    assert overview(of).holder.area_on(TODAY) == ZHUZHOU


def test_that_who_enrolled_is_shown_with_the_day_on_which_benefits_begin() -> None:
    of = seen(Enrolment("e", date(2026, 5, 20), "new", EnrolledAs.EMPLOYEE, CHANGSHA))
    assert about(of, "new") == "在职职工，长沙，待遇 2026-06-19 起"
    later = seen(
        Enrolment("e", date(2026, 5, 20), "new", EnrolledAs.EMPLOYEE, CHANGSHA), as_of=date(2026, 6, 19)
    )
    assert about(later, "new") == "在职职工，长沙"
    assert of.lived.person("new").account is not None


@pytest.fixture
def bereft() -> Review:
    return seen(Death("d", date(2026, 5, 4), "mum"))


def test_that_who_died_is_shown_so(bereft: Review) -> None:
    mum = member(bereft, "mum")
    assert (mum.coverage, mum.standing) == (None, Standing.ENDED)
    assert mum.binding is not None
    assert mum.binding.until == date(2026, 5, 4)
    assert about(bereft, "mum") == "已去世"
    assert insured_on(mum.person, date(2026, 5, 3)) == "居民"
    [_, people, *_] = leaves(bereft.ledger, masked=False)
    assert any("已去世" in row for row in people.tables[0].rows)
    [found] = [one.hit for one in findable(bereft) if (one.hit.page, one.hit.what) == ("family", "mum")]
    assert found.detail == "已去世"


def test_that_who_died_is_not_offered_after_that_day(bereft: Review) -> None:
    died = date(2026, 5, 4)
    assert "mum" in {one.id for one in bereft.living(died)}
    assert "mum" not in {one.id for one in bereft.living(died + timedelta(days=1))}
    assert bereft.family.person("mum").died is None


def test_that_who_died_is_bound_by_no_one_else_instead() -> None:
    """Of two payers for one relative the other one is no way out once they died."""
    sister = worker("sis")
    aunt = replace(resident("aunt"), relation=Relation.PARENT)
    refused = bound("me", "aunt", relation=Relation.OTHER)
    theirs = bound("sis", "aunt", since=date(2020, 1, 1), until=date(2020, 12, 31))
    made = family(worker(), sister, aunt, bindings=(theirs, refused), as_of=TODAY)
    alive = review(replace(made, holder="me"), shipped())
    dead = review(replace(made, holder="me", events=(Death("d", date(2025, 1, 1), "sis"),)), shipped())
    assert [one.title for one in _fixes(alive) if "改由" in one.title]
    assert not [one.title for one in _fixes(dead) if "改由" in one.title]


def _fixes(of: Review) -> tuple[Fix, ...]:
    [finding] = [one for one in of.ledger.findings if one.rule == "binding.relation_not_allowed"]
    return fixes_of(of, finding)
