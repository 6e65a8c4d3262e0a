"""会影响什么。What an errand does to the family's own numbers, said with what it rests on."""

from dataclasses import replace
from datetime import date

from desktop.domain.binding import Channel, Relation
from desktop.domain.matter import EnrolledAs, Enrolment
from desktop.domain.people import History, Sex
from desktop.domain.premium import PremiumPayment
from desktop.domain.wallet import WalletQuota
from desktop.guides.guide import Ask, Case, Sentence
from desktop.policy.pack import Source, SourceKind
from desktop.usecases.guide_asks import settled
from desktop.usecases.guide_effects import effects
from desktop.usecases.guide_show import Asking, Guide, guide_view
from desktop.usecases.guide_view import Effect
from desktop.usecases.open_guides import open_guides
from desktop.usecases.review import Review, review
from tests.families import CHANGSHA, ELSEWHERE, RESOURCES, bound, family, resident, shipped, worker, yuan

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


def test_that_a_retirement_says_when_and_what_each_year_to_come_would_take() -> None:
    told = words(said("retirement", seen(months=330)))
    assert "法定退休年龄 60 岁零 " in told
    assert "已缴 330 个月，其中在湖南实际缴 330 个月。" in told
    assert "缴到 2027 年再办（要总年限 30 年，湖南实际 14 年）：还差 " in told
    assert "一次补缴要 " in told
    assert "缴到 2027 年再办（要总年限 30 年，湖南实际 14 年）：年限就够了" in words(
        said("retirement", seen(months=359))
    )


def paid_for_mum(**history: object) -> Review:
    """Her premium of 2026, paid from my account within the window."""
    of = seen()
    me, mum = of.family.people
    paid = PremiumPayment("p", date(2025, 10, 9), "mum", 2026, None, "me")
    mum = replace(mum, history=History(date(2024, 12, 31), **history)) if history else mum  # type: ignore[arg-type]
    tie = replace(bound("me", "mum"), since=date(2025, 1, 1))
    return review(replace(of.family, people=(me, mum), bindings=(tie,), events=(paid,)), shipped())


def test_that_a_premium_says_what_is_due_or_that_it_was_paid() -> None:
    asking = Asking("me", "", {"relative": "mum"})
    of = paid_for_mum()
    early = settled_effects("premium", of, asking, date(2025, 11, 1))
    assert "2026 年度的已经缴过了，不要再缴。" in words(early)
    unpaid = review(replace(of.family, events=()), shipped())
    due = settled_effects("premium", unpaid, asking, date(2025, 11, 1))
    assert "2026 年度，个人缴费：400.00 元。" in words(due)
    assert "2026 年度，资助一半：200.00 元。" in words(due)
    assert words(said("premium", of, asking)) == ""  # nobody has published next year's


def test_that_a_year_without_claims_is_said_to_raise_the_ceiling() -> None:
    of = paid_for_mum(resident_years=(2023, 2024, 2025), zero_claim_years=(2025,))
    asking = Asking("me", "", {"relative": "mum"})
    told = words(settled_effects("premium", of, asking, date(2026, 3, 1)))
    assert "2026 年大病保险的封顶线因连续参保和零报销提高 5,000.00 元。" in told


def test_that_a_refund_says_until_when_and_why() -> None:
    asking = Asking("me", "", {"relative": "mum"})
    open_ = words(settled_effects("refund", paid_for_mum(), asking, date(2026, 3, 1)))
    assert "2026 年度的 400.00 元，因重复缴费、参加了职工医保、去世可以退，最迟 2026-06-30。" in open_
    assert "最迟 2026-06-30，已经过了。" in words(said("refund", paid_for_mum(), asking))
    assert words(said("refund", paid_for_mum())) == ""


def settled_effects(
    records: str, of: Review, asking: Asking, today: date, recorded_as: str = ""
) -> list[Effect]:
    guide = replace(next(iter(guides().values())), records=records, asks=(*Ask,), cases=CASES)
    guide = replace(guide, recorded_as=recorded_as)
    return [*effects(guide, of, today, settled(guide, of.family, today, asking))]


def test_that_a_payout_says_whether_it_is_allowed() -> None:
    assert "去世以后由亲属继承；在世时不能取。" in words(said("payout", seen()))
    me, mum = seen().family.people
    away = replace(me, coverage=(replace(me.coverage[0], area="820000"),))
    abroad = review(replace(seen().family, people=(away, mum)), shipped())
    found = settled_effects("payout", abroad, Asking("me"), TODAY, recorded_as="emigration")
    assert "没有收录这里的规定，请先拨打 12393 核实。" in words(found)


def test_that_arrears_say_when_benefits_begin_and_what_is_refused() -> None:
    joined = Enrolment("e", date(2026, 11, 2), "mum", EnrolledAs.FLEXIBLE, CHANGSHA)
    of = review(replace(seen().family, events=(joined,)), shipped())
    told = words(said("arrears", of, Asking("mum")))
    assert "缴费满 30 天开始享受待遇" in told
    assert "“断缴超过3个月，要等6个月才有待遇”不采用：" in told


def test_that_what_hinders_enrolling_is_said() -> None:
    asking = Asking("mum", "resident")
    assert "不用再登记" in words(said("enrolment", seen(), asking))


def test_that_a_place_nobody_knows_promises_no_credit() -> None:
    elsewhere = review(family(worker(area=ELSEWHERE), as_of=TODAY), shipped())
    assert "每月计入" not in words(said("retirement", elsewhere))
    assert "每月计入" in words(said("retirement", seen()))


def test_that_an_end_says_what_is_left_and_what_to_end_first() -> None:
    found = said("payout", seen())
    assert "个人账户现有 " in words(found)
    assert "还有 1 条绑定要先解除。" in words(found)
    alone = review(family(worker(), as_of=TODAY), shipped())
    assert [one.says.says for one in said("payout", alone)] == [
        "个人账户现有 1,000.00 元。",
        "去世以后由亲属继承；在世时不能取。",
        "没有继承人的，账户余额归统筹基金。",
        "能继承的只是个人账户里的钱，统筹基金不能继承。",
    ]


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


def test_that_a_wallet_says_whether_it_works_and_what_is_left_in_it() -> None:
    of = seen()
    tie = replace(bound("me", "mum"), channel=Channel.WALLET)
    quota = WalletQuota("q", TODAY, "me", "mum", yuan(100))
    given = review(replace(of.family, bindings=(tie,), events=(quota,)), shipped())
    [found] = said("wallet_quota", given)
    assert "冻结着的额度还有 100.00 元，用了 0.00 元。" in found.says.says
    assert (found.page, found.what) == ("family", tie.id)
    assert said("wallet_quota", given, Asking("me", "", {"relative": "mum"})) == [found]
    assert said("wallet_quota", given, Asking("me", "", {"relative": "brother"})) == []
    assert said("wallet_quota", of) == []
