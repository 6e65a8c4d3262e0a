"""一种规则，许多未来。The rules run on arrays too: future i is, to the fen, the run of future i alone."""

from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.care import Charges, Level
from desktop.domain.money import NOTHING, Money
from desktop.domain.settlement import BURDEN, Part, PurseKind, Slice, Year
from desktop.planning.many import Many
from desktop.policy.law import CriticalLaw, TreatmentLaw
from desktop.rules.purse import Purse, burden, pay
from desktop.rules.settlement import cut, cut_as_printed, cut_without_fund
from tests.rules.terms import critical, law, pays

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FUTURES = 5


def future(amount: Many | Money, number: int) -> Money:
    """A sum that is the same in every future may stay a plain one."""
    return amount if isinstance(amount, Money) else amount.future(number)


def all_futures(sums: "Sequence[Money]") -> Many:
    return Many.of(np.asarray([int(one) for one in sums], dtype=np.int64))


sums = st.lists(st.integers(0, 5_000_000).map(Money), min_size=FUTURES, max_size=FUTURES)
whole_yuan = st.integers(0, 20_000)
shares = st.integers(0, 1000).map(lambda one: f"{one / 1000:.3f}")


@st.composite
def criticals(draw: st.DrawFn) -> CriticalLaw:
    marks = sorted([0, *draw(st.lists(whole_yuan, max_size=3, unique=True))])
    ends = [*marks[1:], draw(st.none() | st.just(30_000))]
    segments = [(since, until, draw(shares)) for since, until in zip(marks, ends, strict=True)]
    return critical(
        draw(whole_yuan), *segments, ceiling=draw(whole_yuan), from_deductible=draw(st.booleans())
    )


@st.composite
def laws(draw: st.DrawFn) -> TreatmentLaw:
    maybe = st.none() | whole_yuan
    return law(
        draw(whole_yuan),
        draw(shares),
        ceiling=draw(maybe),
        deductible_year=draw(maybe),
        later=draw(st.none() | shares),
        quota=draw(maybe),
        critical=draw(st.none() | criticals()),
        per_stay=draw(st.booleans()),
        by_level=draw(st.booleans()),
    )


@st.composite
def bills(draw: st.DrawFn) -> list[Charges[Money]]:
    parts = [draw(sums) for _ in range(4)]
    return [
        Charges(own + over + upfront + rest, own, over, upfront)
        for own, over, upfront, rest in zip(*parts, strict=True)
    ]


def together(charges: list[Charges[Money]]) -> Charges[Many]:
    return Charges(
        all_futures([one.total_fee for one in charges]),
        all_futures([one.fully_self_funded for one in charges]),
        all_futures([one.over_limit_self_funded for one in charges]),
        all_futures([one.upfront_copay for one in charges]),
    )


def same_slices(many: "Sequence[Slice[Any]]", alone: "Sequence[Slice[Money]]", number: int) -> bool:
    return [(one.part, future(one.amount, number), one.because) for one in many] == list(map(tuple, alone))


def year_of(used: list[Any], stays: frozenset[Level]) -> Year[Any]:
    deductible, pool, this_month, base, paid = used
    return Year(deductible, pool, this_month, base, paid, dict.fromkeys(stays, True))


@settings(max_examples=100, deadline=None)
@given(bills(), st.lists(sums, min_size=5, max_size=5), laws(), st.frozensets(st.sampled_from(Level)))
def test_that_a_bill_is_cut_in_each_future_as_it_is_alone(
    charges: list[Charges[Money]], used: list[list[Money]], rule: TreatmentLaw, stays: frozenset[Level]
) -> None:
    year: Year[Many] = year_of([all_futures(sums) for sums in used], stays)
    many = cut(together(charges), year, rule, Level.TERTIARY)
    for number, one in enumerate(charges):
        before: Year[Money] = year_of([sums[number] for sums in used], stays)
        assert same_slices(many, cut(one, before, rule, Level.TERTIARY), number)


@settings(max_examples=50, deadline=None)
@given(bills(), sums)
def test_that_a_printed_or_unfunded_bill_is_cut_in_each_future_as_it_is_alone(
    charges: list[Charges[Money]], fund: list[Money]
) -> None:
    whole = together(charges)
    printed, unfunded = cut_as_printed(whole, all_futures(fund)), cut_without_fund(whole)
    for number, one in enumerate(charges):
        assert same_slices(printed, cut_as_printed(one, fund[number]), number)
        assert same_slices(unfunded, cut_without_fund(one), number)


def purses(own: Any, payer: Any, own_parts: set[Part], payer_parts: set[Part]) -> "Iterator[Purse[Any]]":
    yield Purse(PurseKind.OWN, "mum", own, pays(*own_parts))
    yield Purse(PurseKind.MUTUAL_AID, "me", payer, pays(*payer_parts))
    yield Purse(PurseKind.CASH, "mum", None, pays(*BURDEN))


some_parts = st.sets(st.sampled_from(BURDEN))


@settings(max_examples=100, deadline=None)
@given(st.lists(sums, min_size=6, max_size=6), sums, sums, some_parts, some_parts)
def test_that_purses_pay_in_each_future_as_they_do_alone(
    amounts: list[list[Money]],
    own: list[Money],
    payer: list[Money],
    own_parts: set[Part],
    payer_parts: set[Part],
) -> None:
    parts = (*BURDEN, Part.POOL, Part.CRITICAL)
    slices = [Slice(part, all_futures(drawn)) for part, drawn in zip(parts, amounts, strict=True)]
    owed: dict[Part, Any] = burden(slices, NOTHING)
    many = list(pay(owed, purses(all_futures(own), all_futures(payer), own_parts, payer_parts)))
    for number in range(FUTURES):
        ours = [Slice(part, drawn[number]) for part, drawn in zip(parts, amounts, strict=True)]
        alone = list(pay(burden(ours, NOTHING), purses(own[number], payer[number], own_parts, payer_parts)))
        ours_of_many = [
            one._replace(
                amount=future(one.amount, number),
                had=None if one.had is None else future(one.had, number),
            )
            for one in many
        ]
        # Where one future pays, another may pay nothing.
        assert [one for one in ours_of_many if one.amount] == [one for one in alone if one.amount]
