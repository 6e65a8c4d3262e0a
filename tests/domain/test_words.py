"""句子、麻烦和名词。What people read: sentences, faults that say what to do, a label for every word."""

import pytest

from desktop.domain.settlement import Entry, EntryKind, Posting, Side
from desktop.domain.terms import AMOUNTS, BY_COST, BY_PAYER, FIELDS, LABELS, label, screen
from desktop.domain.text import text
from desktop.domain.trouble import Fault, FileTrouble, InputRefused, Trouble
from tests.families import FIRST, yuan


def test_that_a_sentence_is_its_template_filled_in() -> None:
    said = text("{who}付 {amount} 元", who="母亲", amount=yuan(5))
    assert str(said) == "母亲付 5.00 元"
    assert (said.template, said.values["who"]) == ("{who}付 {amount} 元", "母亲")
    assert str(text("{sum:,}", sum=yuan(1234))) == "1,234.00"
    assert str(text("没有空格可填")) == "没有空格可填"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault("a[1]", "错了", "请改正"), "a[1]：错了。请改正。"),
        (Fault("", "错了"), "错了。"),
        (Fault("a", "错了"), "a：错了。"),
    ],
)
def test_that_a_fault_says_where_what_and_what_to_do(fault: Fault, said: str) -> None:
    assert str(fault) == said


def test_that_a_refused_file_tells_every_fault_of_it() -> None:
    refused = InputRefused("家.json", [Fault("a", "错一"), Fault("b", "错二")])
    assert str(refused) == "家.json：a：错一。\n家.json：b：错二。"
    assert (refused.file, len(refused.faults)) == ("家.json", 2)
    assert isinstance(refused, Trouble)


def test_that_a_file_that_fails_says_so() -> None:
    failed = FileTrouble("家.json", "读不了", "请检查权限")
    assert (str(failed), failed.file) == ("家.json：读不了。请检查权限。", "家.json")


def test_that_every_word_has_a_label_of_its_own() -> None:
    for kind, labels in LABELS.items():
        assert set(labels) == set(kind)
        assert len(set(labels.values())) == len(labels)
        assert [label(word) for word in kind] == [labels[word] for word in kind]


def test_that_every_national_sum_has_a_name_on_screen() -> None:
    assert all(screen(name) for name in AMOUNTS)
    named = [one.national for one in FIELDS if one.national]
    assert len(named) == len(set(named))
    with pytest.raises(KeyError):
        screen("")


def test_that_a_receipt_adds_up_only_sums_that_exist() -> None:
    used = {name for line in (*BY_PAYER, *BY_COST) for name in (*line.plus, *line.minus)}
    assert used <= set(AMOUNTS)


def test_that_an_entry_moves_only_the_account_it_names() -> None:
    legs = (
        Posting(Side.ACCOUNT, "me", -yuan(5)),
        Posting(Side.CASH, "me", -yuan(3)),
        Posting(Side.PROVIDER, "", yuan(8)),
    )
    entry = Entry(FIRST, EntryKind.VISIT, "v1", legs)
    assert (entry.moved("me"), entry.moved("mum")) == (-yuan(5), yuan(0))
