"""名词表。Each fact has one name in code, one in files and one on screen, and every word has its label."""

import importlib
import pkgutil
from enum import StrEnum

import pytest

import desktop.domain
from desktop.domain import terms
from desktop.domain.care import Facility, Setting
from desktop.domain.money import Money, total


def enums() -> set[type[StrEnum]]:
    modules = [
        importlib.import_module(f"desktop.domain.{one.name}")
        for one in pkgutil.iter_modules(desktop.domain.__path__)
    ]
    named = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    return {one for one in named if issubclass(one, StrEnum) and one is not StrEnum}


@pytest.mark.parametrize("place", range(3))
def test_that_no_two_facts_share_a_name(place: int) -> None:
    names = [one[place] for one in terms.FIELDS if one[place]]
    assert len(names) == len(set(names))


def test_that_only_the_own_account_has_no_national_field() -> None:
    assert [one.domain for one in terms.FIELDS if not one.national] == ["own_account_pay"]


def test_that_every_sum_of_a_message_is_in_the_table() -> None:
    assert set(terms.AMOUNTS) <= {one.national for one in terms.FIELDS}
    assert len(terms.AMOUNTS) == len(set(terms.AMOUNTS)) == 20
    assert terms.screen("acct_mulaid_pay") == "家庭共济支付"


def test_that_every_word_of_the_domain_has_a_label() -> None:
    assert set(terms.LABELS) == enums()
    for kind in enums():
        assert set(terms.LABELS[kind]) == set(kind)
        assert all(terms.label(word) for word in kind)


@pytest.mark.parametrize("kind", sorted(enums(), key=str))
def test_that_no_two_words_of_a_kind_share_a_label(kind: type[StrEnum]) -> None:
    assert len({terms.label(word) for word in kind}) == len(kind)


def test_that_one_word_of_two_kinds_keeps_two_labels() -> None:
    assert (terms.label(Setting.PHARMACY), terms.label(Facility.PHARMACY)) == ("药店购药", "药店")


def test_that_both_cuts_of_a_receipt_end_at_the_same_money() -> None:
    bill = dict.fromkeys(terms.AMOUNTS, Money(0)) | {
        "medfee_sumamt": Money(30000),
        "fulamt_ownpay_amt": Money(2000),
        "hifp_pay": Money(15000),
        "fund_pay_sumamt": Money(16000),
        "psn_part_amt": Money(14000),
        "acct_pay": Money(13000),
        "acct_mulaid_pay": Money(10000),
        "psn_cash_pay": Money(1000),
    }

    def of(line: terms.ReceiptLine) -> Money:
        return total(bill[name] for name in line.plus) - total(bill[name] for name in line.minus)

    assert total(of(line) for line in terms.BY_PAYER if not line.inside) == bill["medfee_sumamt"]
    assert total(of(line) for line in terms.BY_PAYER if line.inside) == bill["acct_pay"]
    assert total(of(line) for line in terms.BY_COST) == bill["psn_part_amt"]
