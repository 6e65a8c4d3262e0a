"""依据与相关提示。What a clause rests on, in words, and which findings concern whom."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop.domain.binding import Relation
from desktop.domain.premium import Refund
from desktop.policy.book import Book
from desktop.policy.policy import Silence
from desktop.usecases.basis import basis
from desktop.usecases.concerns import concerning, finding_key, record_of, subject_of
from desktop.usecases.settle_family import settle_family
from tests.families import (
    CHANGSHA,
    bound,
    charged,
    family,
    hospital,
    resident,
    shipped,
    visit,
    worker,
)
from tests.policy.packs import block, pack

DAY = date(2025, 3, 1)


def test_that_a_clause_is_told_with_its_document_and_what_held_before() -> None:
    old = block("a.b", Decimal(1), until=date(2024, 12, 31))
    book = Book([pack("cn", replace(old, says="从前"), block("a.b", Decimal(2), date(2025, 1, 1)))])
    found = basis(book, book.law(CHANGSHA, DAY).policy.term("a.b"))
    assert (found.short, found.kind, found.confidence) == ("示医保发〔2024〕1号", "官方文件", "高")
    assert found.before == ("从前", date(2024, 12, 31))
    first = basis(book, book.law(CHANGSHA, date(2024, 1, 1)).policy.term("a.b"))
    assert (first.before, first.others, first.relations) == (None, (), ())


def test_that_what_others_say_is_told_where_it_is_disputed() -> None:
    term = shipped().law(CHANGSHA, DAY).policy.words("own_account.pays_for")
    assert basis(shipped(), term).others == (term.disputed[0].says,)


def test_that_the_relatives_a_clause_allows_are_listed() -> None:
    law = shipped().law(CHANGSHA, DAY)
    listed = basis(shipped(), law.policy.words("mutual_aid.relations", channel="in_province")).relations
    assert len(listed) == 8
    assert Relation.OTHER not in listed


def test_that_silence_rests_on_nothing() -> None:
    found = basis(shipped(), Silence("a.b"))
    assert (found.short, found.kind, found.before) == ("", "本程序的约定", None)


OURS = family(
    worker(),
    worker("sis"),
    resident(),
    bindings=(bound(), bound("sis", since=date(2025, 2, 1)), bound("me", "sis", relation=Relation.OTHER)),
    events=(visit(provider=hospital(designated=False)),),
)
FOUND = settle_family(OURS, shipped()).findings


def rules(person: str) -> list[str]:
    return [one.rule for one in concerning(FOUND, OURS, person, "me")]


def test_that_findings_concern_those_bound_treated_or_paying() -> None:
    assert rules("mum") == ["binding.two_payers", "visit.provider_not_designated"]
    assert rules("sis") == ["binding.relation_not_allowed", "binding.two_payers"]
    assert rules("me") == []


def test_that_the_record_of_a_finding_is_told_with_its_person() -> None:
    told = {one.rule: record_of(one, OURS) for one in FOUND}
    assert told == {
        "binding.relation_not_allowed": ("binding", "sis"),
        "binding.two_payers": ("binding", "mum"),
        "visit.provider_not_designated": ("event", "mum"),
    }
    one = FOUND[0]
    assert record_of(replace(one, about=("me",)), OURS) == ("person", "me")
    event = OURS.events[0]
    assert record_of(replace(one, about=("me", event.id)), OURS)[0] == "event"
    assert subject_of(replace(one, about=("me", event.id)), OURS) == event.id
    assert record_of(replace(one, about=("v9",)), OURS) == ("rules", "")
    assert record_of(replace(one, about=("v1",)), OURS) == ("event", "mum")


def test_that_the_record_of_a_refund_is_whose_event_it_takes_back() -> None:
    taken_back = replace(OURS, events=(*OURS.events, Refund("r1", DAY, "v1"), Refund("r2", DAY, "gone")))
    late = replace(FOUND[0], about=("r1", "v1"))
    assert record_of(late, taken_back) == ("event", "mum")
    assert record_of(replace(late, about=("r2",)), taken_back) == ("event", "")


def test_that_every_finding_of_a_family_has_a_key_of_its_own() -> None:
    poor = replace(
        OURS,
        people=(worker(balance=0), *OURS.people[1:]),
        events=(visit("v1", charges=charged(10, fund=0)), visit("v2", charges=charged(10, fund=0))),
    )
    found = settle_family(poor, shipped()).findings
    assert len({finding_key(one) for one in found}) == len(found)
