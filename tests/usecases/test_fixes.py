"""改法测试。Every fix offered puts its finding right, and breaks nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from desktop.domain.binding import Binding, Channel, Relation
from desktop.domain.care import Credential, Purpose, Visit
from desktop.domain.finding import Finding, Severity
from desktop.domain.people import Coverage, Person, Scheme, Status
from desktop.domain.plan import Plan, Scenario
from desktop.domain.premium import PremiumPayment, Refund
from desktop.usecases.concerns import unmet
from desktop.usecases.fixes import Fix, Go, fixes_of, law_of, places_of
from desktop.usecases.open_family import open_family
from desktop.usecases.review import Review, review
from tests.families import (
    BY_QUOTA,
    BY_TRANSFER,
    CHANGSHA,
    ELSEWHERE,
    LONG_AGO,
    RESOURCES,
    bound,
    charged,
    families,
    family,
    hospital,
    quota,
    resident,
    sent,
    shipped,
    through_wallet,
    visit,
    wallet_families,
    worker,
)

if TYPE_CHECKING:
    from desktop.domain.family import Family

AS_OF = date(2025, 12, 31)
SINCE = date(2025, 1, 5)
LATER = date(2025, 6, 1)


def seen_of(stem: str) -> Review:
    return review(open_family(RESOURCES / "samples" / f"{stem}.json", date(2026, 11, 21)), shipped())


def finding_of(seen: Review, rule: str) -> Finding:
    return next(one for one in unmet(seen.ledger) if one.rule == rule)


def fix_of(seen: Review, rule: str, title: str) -> Fix:
    return next(one for one in fixes_of(seen, finding_of(seen, rule)) if one.title == title)


def broken(seen: Review) -> set[tuple[str, str]]:
    return {(one.rule, one.about[0]) for one in unmet(seen.ledger) if one.severity is Severity.ERROR}


def assert_keeps_its_word(seen: Review, finding: Finding, fix: Fix) -> None:
    then = review(fix.change.family, seen.book)
    assert (finding.rule, finding.about[0]) not in {(one.rule, one.about[0]) for one in unmet(then.ledger)}
    assert broken(then) <= broken(seen)
    assert fix.change.family != seen.family
    assert fix.title
    assert fix.change.step


# ------------------------------------------------------------------------------------------------- every rule


def people(*more: Person) -> tuple[Person, ...]:
    return (worker(balance=1000), resident(), *more)


def paid(name: str = "p1", on: date = date(2025, 10, 1), year: int = 2026, of: str = "mum") -> PremiumPayment:
    return PremiumPayment(name, on, of, year, None, "me")


def insured(person: Person, *coverage: Coverage) -> Person:
    return replace(person, coverage=coverage)


def of_employees(since: date, until: date | None = None) -> Coverage:
    return Coverage(Scheme.EMPLOYEE, Status.ACTIVE, CHANGSHA, since, until)


def of_residents(since: date, until: date | None = None) -> Coverage:
    return Coverage(Scheme.RESIDENT, Status.ACTIVE, CHANGSHA, since, until)


def crowd(count: int) -> tuple[tuple[Person, ...], tuple[Binding, ...]]:
    names = [f"kin{number}" for number in range(1, count + 1)]
    return (
        tuple(resident(name) for name in names),
        tuple(bound("me", name, relation=Relation.SIBLING) for name in names),
    )


ELEVEN, BINDINGS = crowd(11)
TWENTY_ONE, MANY = crowd(21)
ONE_AFTER_ANOTHER = tuple(
    replace(one, since=date(2025, 1, number), until=date(2025, 1, number))
    for number, one in enumerate(MANY, start=1)
)
BROTHER = worker("bro", 500)
BY_BROTHER = bound("bro", "mum", LATER)
MUM_IS_BROTHERS = bound("bro", "mum", date(2023, 1, 1), until=date(2024, 12, 31))
SUSPENDED = Coverage(Scheme.EMPLOYEE, Status.SUSPENDED, CHANGSHA, LONG_AGO)
WELLNESS = replace(visit(), purpose=Purpose.WELLNESS)

FAMILIES: dict[str, tuple[str, Family, list[str]]] = {
    "two payers": (
        "binding.two_payers",
        family(*people(BROTHER), bindings=(bound(), BY_BROTHER)),
        ["改由兄弟姐妹支付", "留本人，请兄弟姐妹解绑"],
    ),
    "two payers, one to come": (
        "binding.two_payers",
        family(*people(BROTHER), bindings=(bound(), replace(BY_BROTHER, since=date(2026, 3, 1)))),
        ["改由兄弟姐妹支付", "留本人，请兄弟姐妹解绑"],
    ),
    "two payers, both from today": (
        "binding.two_payers",
        family(*people(BROTHER), bindings=(bound(since=AS_OF), replace(BY_BROTHER, since=AS_OF))),
        ["改由兄弟姐妹支付", "留本人，请兄弟姐妹解绑"],
    ),
    "two payers, and the first is gone": (
        "binding.two_payers",
        family(*people(BROTHER), bindings=(bound(until=date(2025, 9, 30)), BY_BROTHER)),
        ["改由兄弟姐妹支付", "留本人，请兄弟姐妹解绑"],
    ),
    "two payers, long ago": (
        "binding.two_payers",
        family(*people(BROTHER), bindings=(bound(), replace(BY_BROTHER, until=date(2025, 7, 1)))),
        ["留本人，请兄弟姐妹解绑"],
    ),
    "the holder came second": (
        "binding.two_payers",
        replace(
            family(*people(BROTHER), bindings=(bound(since=LATER), replace(BY_BROTHER, since=SINCE))),
            holder="me",
        ),
        ["改由本人支付", "留兄弟姐妹，本人解绑"],
    ),
    "no near relative": (
        "binding.relation_not_allowed",
        family(
            *people(worker("wife", 300)),
            bindings=(
                bound("me", "wife", relation=Relation.SPOUSE),
                bound(since=LATER, relation=Relation.PARENT_IN_LAW),
            ),
        ),
        ["改由配偶绑定", "删除这条绑定"],
    ),
    "a sibling before they were": (
        "binding.relation_not_allowed",
        family(
            *people(),
            bindings=(bound(since=date(2024, 6, 1), relation=Relation.SIBLING),),
        ),
        ["从今天起重新绑定", "删除这条绑定"],
    ),
    "no near relative, and over": (
        "binding.relation_not_allowed",
        family(*people(BROTHER), bindings=(bound(relation=Relation.OTHER, until=LATER), MUM_IS_BROTHERS)),
        ["删除这条绑定"],
    ),
    "no account": (
        "binding.payer_has_no_account",
        family(
            *people(resident("dad")),
            bindings=(bound("me", "dad"), bound("dad", "mum", relation=Relation.SPOUSE)),
        ),
        ["改由本人绑定", "删除这条绑定"],
    ),
    "an account no more": (
        "binding.payer_has_no_account",
        family(
            insured(worker(), of_employees(LONG_AGO, date(2025, 5, 31)), of_residents(LATER)),
            resident(),
            bindings=(bound(),),
            events=(visit(on=date(2025, 7, 1)),),
        ),
        ["绑定到 2025-06-30 为止"],
    ),
    "no account, another's then": (
        "binding.payer_has_no_account",
        family(
            insured(worker(), of_employees(LONG_AGO, date(2026, 5, 31)), of_residents(date(2026, 6, 1))),
            resident(),
            BROTHER,
            bindings=(MUM_IS_BROTHERS, bound()),
            events=(visit(on=date(2026, 7, 1)),),
        ),
        ["改由兄弟姐妹绑定", "绑定到 2026-06-30 为止"],
    ),
    "suspended from the first day": (
        "binding.payer_suspended",
        family(insured(worker(), SUSPENDED), resident(), bindings=(bound(),)),
        [],
    ),
    "suspended later": (
        "binding.payer_suspended",
        family(
            insured(worker(), of_employees(LONG_AGO, date(2025, 5, 31)), replace(SUSPENDED, since=LATER)),
            resident(),
            bindings=(bound(),),
            events=(visit(on=date(2025, 7, 1)),),
        ),
        ["绑定到 2025-06-30 为止"],
    ),
    "not insured": (
        "binding.beneficiary_not_insured",
        family(worker(), insured(resident(), of_residents(LATER)), bindings=(bound(),)),
        ["从今天起重新绑定", "删除这条绑定"],
    ),
    "far away": (
        "binding.outside_area",
        family(worker(), resident(area=ELSEWHERE), bindings=(bound(since=AS_OF),), as_of=date(2026, 3, 1)),
        ["改走医保钱包", "删除这条绑定"],
    ),
    "moved far away": (
        "binding.outside_area",
        family(
            worker(),
            insured(
                resident(),
                of_residents(LONG_AGO, date(2025, 5, 31)),
                replace(of_residents(LATER), area=ELSEWHERE),
            ),
            bindings=(bound(),),
            events=(visit(on=date(2025, 7, 1)),),
        ),
        ["绑定到 2025-06-30 为止"],
    ),
    "an eleventh": (
        "binding.too_many_active",
        family(
            worker(),
            *ELEVEN,
            bindings=BINDINGS,
            events=tuple(
                visit(f"v{number}", LATER, f"kin{number}", charged(10, fund=0))
                for number in (*range(1, 7), 8, 9, 10)
            ),
        ),
        ["结束兄弟姐妹的绑定", "删除这条绑定"],
    ),
    "an eleventh, and room since": (
        "binding.too_many_active",
        family(
            worker(),
            *ELEVEN,
            bindings=tuple(replace(one, until=None if one == BINDINGS[-1] else LATER) for one in BINDINGS),
        ),
        ["从今天起重新绑定", "删除这条绑定"],
    ),
    "an eleventh, long ago": (
        "binding.too_many_active",
        family(worker(), *ELEVEN, bindings=tuple(replace(one, until=LATER) for one in BINDINGS)),
        ["删除这条绑定"],
    ),
    "a twenty-first": (
        "binding.too_many_lifetime",
        family(worker(), *TWENTY_ONE, bindings=ONE_AFTER_ANOTHER),
        ["删除这条绑定"],
    ),
    "insured twice": (
        "enrolment.double",
        family(insured(worker(), of_employees(LONG_AGO), of_residents(LATER))),
        ["删去后来的居民医保", "职工医保到 2025-05-31 为止"],
    ),
    "insured twice from one day": (
        "enrolment.double",
        family(insured(worker(), of_employees(LATER), of_residents(LATER))),
        ["删去后来的居民医保"],
    ),
    "no rule yet": (
        "policy.not_covered",
        family(*people(), bindings=(bound(since=date(2015, 1, 1)),)),
        ["从今天起重新绑定", "删除这条绑定"],
    ),
    "a premium too dear": (
        "premium.account_short",
        family(worker(balance=10), resident(), bindings=(bound(),), events=(paid(),)),
        ["改为现金", "删除这一笔"],
    ),
    "a premium for an employee": (
        "premium.not_resident",
        family(*people(worker("dad", None)), bindings=(bound("me", "dad"),), events=(paid(of="dad"),)),
        ["删除这一笔"],
    ),
    "a transfer too large": (
        "wallet.over_amount",
        family(*people(), bindings=(through_wallet(),), events=(sent(2001),)),
        ["删除这一笔"],
    ),
    "a transfer at night": (
        "wallet.closed_at_night",
        family(*people(), bindings=(through_wallet(),), events=(sent(hour=23),)),
        ["删除这一笔"],
    ),
    "a transfer at nobody knows what hour": (
        "wallet.closed_at_night",
        family(*people(), bindings=(through_wallet(),), events=(sent(hour=None),)),
        [],
    ),
    "a transfer where quotas are given": (
        "wallet.wrong_regime",
        family(*people(), bindings=(through_wallet(),), events=(sent(on=BY_QUOTA),)),
        ["改记为共济额度", "删除这一笔"],
    ),
    "a quota where money is sent": (
        "wallet.wrong_regime",
        family(*people(), bindings=(through_wallet(),), events=(quota(on=BY_TRANSFER),)),
        ["改记为医保钱包转账", "删除这一笔"],
    ),
    "a premium too late": (
        "premium.outside_window",
        family(*people(), bindings=(bound(),), events=(paid(on=date(2025, 6, 1), year=2025),)),
        ["改为现金", "删除这一笔"],
    ),
    "a premium twice": (
        "premium.paid_twice",
        family(*people(), bindings=(bound(),), events=(paid(), paid("p2", date(2025, 10, 2)))),
        ["删除这一笔"],
    ),
    "a premium twice that a plan speaks of": (
        "premium.paid_twice",
        family(
            *people(),
            bindings=(bound(),),
            events=(paid(), paid("p2", date(2025, 10, 2))),
            plan=Plan(expected=(Refund("r1", date(2026, 3, 1), "p2"),)),
        ),
        [],
    ),
    "a premium for someone not bound": (
        "premium.payer_not_bound",
        family(*people(), events=(paid(),)),
        ["改为现金", "删除这一笔"],
    ),
    "a refund too late": (
        "premium.refund_too_late",
        family(*people(), bindings=(bound(),), events=(paid(), Refund("r1", date(2026, 12, 1), "p1"))),
        ["删除这一笔"],
    ),
    "a refund of nothing": (
        "refund.nothing_to_return",
        family(
            *people(),
            events=(visit(), Refund("r1", LATER, "v1"), Refund("r2", LATER, "v1")),
        ),
        ["删除这一笔"],
    ),
    "another's card": (
        "visit.credential_not_own",
        family(*people(), bindings=(bound(),), events=(replace(visit(), credential=Credential.OTHER),)),
        ["冲正这一笔"],
    ),
    "no medicine": (
        "visit.item_not_payable",
        family(*people(), bindings=(bound(),), events=(WELLNESS,)),
        ["冲正这一笔", "改为现金"],
    ),
    "no designated hospital": (
        "visit.provider_not_designated",
        family(*people(), bindings=(bound(),), events=(visit(provider=hospital(designated=False)),)),
        ["冲正这一笔"],
    ),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_that_each_rule_has_its_fixes_and_each_keeps_its_word(name: str) -> None:
    rule, home, titles = FAMILIES[name]
    seen = review(home, shipped())
    finding = finding_of(seen, rule)
    fixes = fixes_of(seen, finding)
    assert [one.title for one in fixes] == titles
    for fix in fixes:
        assert_keeps_its_word(seen, finding, fix)


@pytest.mark.parametrize("stem", ["sandwich-family", "young-couple", "retiree"])
def test_that_every_fix_of_a_sample_keeps_its_word(stem: str) -> None:
    seen = seen_of(stem)
    for finding in unmet(seen.ledger):
        for fix in fixes_of(seen, finding):
            assert_keeps_its_word(seen, finding, fix)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(families() | wallet_families())
def test_that_every_fix_of_any_family_keeps_its_word(home: Family) -> None:
    seen = review(home, shipped())
    for finding in unmet(seen.ledger):
        for fix in fixes_of(seen, finding):
            assert_keeps_its_word(seen, finding, fix)


# ----------------------------------------------------------------------------------------------- what changes


def test_that_the_book_stays_that_of_its_holder() -> None:
    home = family(
        *people(BROTHER),
        bindings=(bound(), BY_BROTHER),
        as_of=AS_OF,
    )
    seen = review(home, shipped())
    assert home.holder == ""
    assert {fix.change.family.holder for fix in fixes_of(seen, finding_of(seen, "binding.two_payers"))} == {
        "me"
    }


def test_that_the_later_payer_binds_again_the_day_after_the_first_unbinds() -> None:
    home = seen_of("sandwich-family")
    fix = fix_of(home, "binding.two_payers", "改由哥哥支付")
    bindings = {one.id: one for one in fix.change.family.bindings}
    assert bindings["bind-mother"].until == date(2026, 11, 20)
    assert bindings["bind-mother-elder-brother"].since == date(2026, 11, 21)
    assert (fix.change.step, fix.change.about) == ("改由哥哥支付", "bind-mother-elder-brother")
    before = [one for one in home.ledger.entries if one.on < date(2026, 11, 21)]
    after = [
        one for one in review(fix.change.family, home.book).ledger.entries if one.on < date(2026, 11, 21)
    ]
    assert after == before


def test_that_a_binding_over_already_is_left_as_it_was() -> None:
    _, home, _ = FAMILIES["two payers, and the first is gone"]
    fix = fix_of(review(home, shipped()), "binding.two_payers", "改由兄弟姐妹支付")
    assert fix.change.family.bindings[0] == home.bindings[0]


def test_that_a_binding_that_held_for_no_day_is_taken_out() -> None:
    _, home, _ = FAMILIES["two payers, both from today"]
    fix = fix_of(review(home, shipped()), "binding.two_payers", "改由兄弟姐妹支付")
    assert [one.id for one in fix.change.family.bindings] == ["bro-mum"]


def test_that_a_binding_taken_out_is_taken_out_of_the_scenarios_too() -> None:
    _, home, _ = FAMILIES["two payers"]
    ends = {"bro-mum": date(2026, 6, 1), "me-mum": date(2026, 6, 1)}
    seen = review(replace(home, scenarios=(Scenario("解绑", ends=ends),)), shipped())
    fix = fix_of(seen, "binding.two_payers", "留本人，请兄弟姐妹解绑")
    assert fix.change.step == "删除兄弟姐妹对父母的绑定"
    assert list(fix.change.family.scenarios[0].ends) == ["me-mum"]


def test_that_the_one_who_used_least_gives_up_the_place() -> None:
    _, home, _ = FAMILIES["an eleventh"]
    fix = fix_of(review(home, shipped()), "binding.too_many_active", "结束兄弟姐妹的绑定")
    ended = [one for one in fix.change.family.bindings if one.until is not None]
    assert [(one.beneficiary, one.until) for one in ended] == [("kin7", date(2025, 12, 30))]
    assert next(one for one in fix.change.family.bindings if one.beneficiary == "kin11").since == AS_OF


def test_that_another_relative_binds_with_a_relation_of_their_own() -> None:
    seen = seen_of("sandwich-family")
    fix = fix_of(seen, "binding.relation_not_allowed", "改由配偶绑定")
    [new] = [one for one in fix.change.family.bindings if one.beneficiary == "father_in_law"]
    assert (new.payer, new.relation, new.since) == ("spouse", Relation.PARENT, date(2026, 11, 21))
    assert fix.change.step == "改由配偶绑定岳父"


def test_that_a_standing_binding_ends_when_another_takes_over() -> None:
    _, home, _ = FAMILIES["no account, another's then"]
    fix = fix_of(review(home, shipped()), "binding.payer_has_no_account", "改由兄弟姐妹绑定")
    old, new = (one for one in fix.change.family.bindings if one.id != "bro-mum")
    assert old.until == date(2025, 12, 30)
    assert (new.payer, new.since) == ("bro", AS_OF)


def test_that_a_far_relative_goes_through_the_wallet() -> None:
    _, home, _ = FAMILIES["far away"]
    fix = fix_of(review(home, shipped()), "binding.outside_area", "改走医保钱包")
    assert fix.change.family.bindings[0].channel is Channel.WALLET


def test_that_what_is_taken_back_asks_for_nothing_any_more() -> None:
    _, home, _ = FAMILIES["no medicine"]
    seen = review(home, shipped())
    fix = fix_of(seen, "visit.item_not_payable", "冲正这一笔")
    refund = fix.change.family.events[-1]
    assert (refund.on, fix.change.step) == (AS_OF, "冲正父母的普通门诊 2025-03-01")
    then = review(fix.change.family, shipped())
    assert "visit.item_not_payable" in {one.rule for one in then.ledger.findings}
    assert "visit.item_not_payable" not in {one.rule for one in unmet(then.ledger)}
    assert then.errors == 0


def test_that_what_no_account_pays_may_be_paid_in_cash() -> None:
    _, home, _ = FAMILIES["no medicine"]
    fix = fix_of(review(home, shipped()), "visit.item_not_payable", "改为现金")
    [bill] = fix.change.family.events
    assert isinstance(bill, Visit)
    assert not bill.use_account


@pytest.mark.parametrize(
    ("key", "setting"),
    [
        ("mutual_aid.pays_for", "mutual_aid_pays_out_of_scope"),
        ("own_account.pays_for", "own_account_pays_out_of_scope"),
    ],
)
def test_that_a_disputed_reading_can_be_turned(key: str, setting: str) -> None:
    own = key.startswith("own")
    bill = visit(patient="me" if own else "mum", charges=charged(100, own=100, fund=0))
    home = family(*people(), bindings=(bound(),), events=(bill,))
    home = replace(home, settings=replace(home.settings, own_account_pays_out_of_scope=False))
    seen = review(home, shipped())
    finding = finding_of(seen, "visit.item_not_payable")
    assert (finding.severity, finding.because.key) == (Severity.NOTE, key)
    [fix] = fixes_of(seen, finding)
    assert getattr(fix.change.family.settings, setting) is True
    assert_keeps_its_word(seen, finding, fix)


def test_that_a_note_about_another_clause_has_no_reading_to_turn() -> None:
    seen = seen_of("sandwich-family")
    note = next(one for one in unmet(seen.ledger) if one.rule == "visit.item_not_payable")
    other = replace(note, severity=Severity.NOTE, because=finding_of(seen, "binding.two_payers").because)
    assert fixes_of(seen, other) == ()


# ------------------------------------------------------------------------------------------------ where to go


def test_that_every_finding_leads_to_the_law_of_its_day() -> None:
    seen = seen_of("sandwich-family")
    finding = finding_of(seen, "binding.two_payers")
    assert places_of(seen, finding) == (
        Go("看怎么换绑", "guides", "unbind"),
        Go("看依据", "policies", "mutual_aid.payers_per_beneficiary@2026-10-08"),
    )
    assert law_of(finding_of(seen, "policy.not_checked_since")) == ""


def test_that_what_is_missing_is_filled_in_where_it_belongs() -> None:
    unruled = visit(on=date(2015, 3, 1), patient="me", charges=charged(9))
    seen = review(family(worker(), events=(unruled,), credit_monthly=True), shipped())
    finding = finding_of(seen, "policy.not_covered")
    assert fixes_of(seen, finding) == ()
    assert places_of(seen, finding)[0] == Go("补填票据", "ledger", "v1")
    base = finding_of(seen, "account.base_missing")
    assert places_of(seen, base)[0] == Go("填缴费基数", "family", "me")
    sample = seen_of("sandwich-family")
    disputed = finding_of(sample, "policy.disputed")
    assert places_of(sample, disputed)[0] == Go("改口径", "settings", "")


def test_that_a_binding_that_may_not_be_leads_to_the_questions_why() -> None:
    seen = seen_of("sandwich-family")
    finding = finding_of(seen, "binding.relation_not_allowed")
    beneficiary = next(one.beneficiary for one in seen.family.bindings if one.id == finding.about[0])
    assert places_of(seen, finding)[0] == Go("问为什么不能用", "guides", f"doctor:{beneficiary}")
