"""会影响什么。What an errand does to the family's own numbers, said with what it rests on."""

from dataclasses import replace
from datetime import date

from desktop.domain.binding import Channel, Relation
from desktop.domain.people import History, Sex
from desktop.domain.wallet import WalletQuota
from desktop.guides.guide import Ask, Case, Sentence
from desktop.policy.pack import Source, SourceKind
from desktop.usecases.guide_asks import settled
from desktop.usecases.guide_effects import effects
from desktop.usecases.guide_show import Asking, Guide, guide_view
from desktop.usecases.guide_view import Effect
from desktop.usecases.open_guides import open_guides
from desktop.usecases.review import Review, review
from tests.families import ELSEWHERE, RESOURCES, bound, family, resident, shipped, worker, yuan

TODAY = date(2026, 11, 21)
SAYS = Sentence("说", Source("", "", SourceKind.PROGRAM))
CASES = (Case("resident", "居民", SAYS), Case("employee", "职工", SAYS))


def guides() -> dict[str, Guide]:
    return {one.id: one for one in open_guides(RESOURCES, shipped())}


def seen(*, months: int | None = None) -> Review:
    history = None if months is None else History(TODAY, months, months)
    me = replace(worker(base=5000), sex=Sex.MALE, born=date(1966, 8, 1), history=history)
    return review(family(me, resident(), bindings=(bound("me", "mum"),), as_of=TODAY), shipped())


def said(records: str, of: Review, asking: Asking | None = None) -> list[Effect]:
    guide = replace(next(iter(guides().values())), records=records, asks=(*Ask,), cases=CASES)
    guide = replace(guide, recorded_as="inheritance" if records == "payout" else "")
    asking = settled(guide, of.family, TODAY, asking or Asking("me"))
    return [*effects(guide, of, TODAY, asking)]


def words(found: list[Effect]) -> str:
    return " ".join(one.says.says for one in found)


def test_that_a_transfer_says_what_moves_and_what_becomes_of_bindings() -> None:
    asking = Asking("me", "", {"origin": "430100", "destination": "441900"})
    found = said("transfer", seen(), asking)
    assert "元，随医保关系转过去。" in words(found)
    assert [one.what for one in found if one.page == "family"] == [bound("me", "mum").id]
    assert "现有" not in words(said("transfer", seen(), replace(asking, person="mum")))
    assert said("transfer", seen(), Asking("me")) == []


def test_that_what_is_set_aside_in_a_quota_is_said() -> None:
    of = seen()
    tie = replace(bound("me", "mum"), channel=Channel.WALLET)
    quota = WalletQuota("q", TODAY, "me", "mum", yuan(100))
    frozen = review(replace(of.family, bindings=(tie,), events=(quota,)), shipped())
    asking = Asking("me", "", {"origin": "430100", "destination": "441900"})
    assert "冻结着的共济额度还有 100.00 元。" in words(said("transfer", frozen, asking))


def test_that_a_retirement_says_what_is_missing_and_what_it_costs() -> None:
    short = said("retirement", seen(months=348))
    assert "还差 12 个月，今天一次补缴要 " in words(short)
    assert "年限已经够了" in words(said("retirement", seen(months=400)))
    assert "没有写缴费经历" in words(said("retirement", seen()))


def test_that_only_a_woman_is_asked_for_the_age_of_old() -> None:
    of = seen(months=400)
    assert "原法定退休年龄" not in words(said("retirement", of))
    me, mum = of.family.people
    her = replace(of.family, people=(replace(me, sex=Sex.FEMALE), mum))
    assert "没有写原法定退休年龄" in words(said("retirement", review(her, shipped())))
    known = replace(of.family, people=(replace(me, sex=Sex.FEMALE, retires_at=55), mum))
    assert "原法定退休年龄" not in words(said("retirement", review(known, shipped())))


def test_that_a_place_nobody_knows_promises_no_credit() -> None:
    elsewhere = review(family(worker(area=ELSEWHERE), as_of=TODAY), shipped())
    assert "每月计入" not in words(said("retirement", elsewhere))
    assert "每月计入" in words(said("retirement", seen()))


def test_that_an_end_says_what_is_left_and_what_to_end_first() -> None:
    found = said("payout", seen())
    assert "个人账户现有 " in words(found)
    assert "还有 1 条绑定要先解除。" in words(found)
    alone = review(family(worker(), as_of=TODAY), shipped())
    assert len(said("payout", alone)) == 1


def test_that_what_is_left_on_an_old_card_is_no_account() -> None:
    of, guide = seen(), guides()["old-card"]
    for case in ("stay", "old-card"):
        asking = settled(guide, of.family, TODAY, Asking("me", case))
        assert effects(guide, of, TODAY, asking) == ()


def test_that_what_paying_up_costs_goes_by_the_case_that_is_read() -> None:
    of, guide = seen(months=348), guides()["retire-shortfall"]
    costs = []
    for case in ("employee", "flexible"):
        asking = settled(guide, of.family, TODAY, Asking("me", case))
        costs += [one.says.says for one in effects(guide, of, TODAY, asking) if "补缴" in one.says.says]
    assert len(set(costs)) == 2


def test_that_bindings_with_one_fate_are_told_in_one_sentence() -> None:
    of = seen()
    bindings = (*of.family.bindings, replace(bound("me", "dad"), relation=Relation.SPOUSE))
    more = replace(of.family, people=(*of.family.people, resident("dad")), bindings=bindings)
    asking = Asking("me", "", {"origin": "430100", "destination": "441900"})
    found = said("transfer", review(more, shipped()), asking)
    [told] = [one.says.says for one in found if one.page == "family"]
    assert told in {"和父母、配偶的绑定是否继续，未见规定。", "和配偶、父母的绑定是否继续，未见规定。"}


def test_that_enrolling_says_when_benefits_begin() -> None:
    newcomer = review(family(worker(), replace(resident(), coverage=()), as_of=TODAY), shipped())
    found = said("enrolment", newcomer, Asking("mum", "employee"))
    assert "最早 2026-12-21 起享受待遇" in words(found)
    assert found[0].says.keys
    assert "几时起享受待遇没有收录" in words(said("enrolment", newcomer, Asking("mum", "resident")))


def test_that_they_stand_after_what_the_guide_says_itself() -> None:
    guide, of = guides()["inherit"], seen()
    alone = guide_view(guide, of.family, of.book, TODAY, Asking("me"))
    both = guide_view(guide, of.family, of.book, TODAY, Asking("me", seen=of))
    assert both.effects[: len(alone.effects)] == alone.effects
    assert len(both.effects) > len(alone.effects)


def test_that_a_guide_that_books_nothing_reckons_nothing() -> None:
    asking = Asking("me")
    assert effects(guides()["bound-unusable"], seen(), TODAY, asking) == ()
