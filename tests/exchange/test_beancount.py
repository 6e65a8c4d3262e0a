"""复式账本。The exported ledger is one that beancount itself accepts."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.care import Charges, Facility, Provider, Setting, Visit
from desktop.domain.family import Family
from desktop.domain.money import Money
from desktop.domain.people import Person
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import Entry, EntryKind, Posting, Side
from desktop.exchange.beancount import account, beancount_text
from tests.exchange.families import at_any_pace

NOTHING = Money(0)
VISIT = Visit(
    "v1",
    date(2025, 3, 1),
    "爸爸",
    Setting.OUTPATIENT,
    Provider(Facility.HOSPITAL, designated=True, area="430100"),
    Charges(Money(100000), NOTHING, NOTHING, NOTHING),
    note='复诊 "心电图" \\',
)
FAMILY = Family(
    people=(Person("me", "本人"), Person("爸爸", "父亲")),
    as_of=date(2026, 1, 1),
    events=(
        VISIT,
        Refund("r1", date(2025, 3, 5), "v1"),
        PremiumPayment("p1", date(2025, 10, 1), "爸爸", 2026, paid_from="me"),
        PremiumPayment("p2", date(2025, 10, 1), "爸爸", 2027),
        Refund("r2", date(2025, 10, 2), "r1"),
    ),
    name="老张家",
)


def entry(day: date, kind: EntryKind, of: str, *legs: tuple[Side, str, int]) -> Entry:
    return Entry(day, kind, of, tuple(Posting(side, owner, Money(fen)) for side, owner, fen in legs))


BILL = ((Side.PROVIDER, "", 100000), (Side.FUND, "", -42000), (Side.ACCOUNT, "me", -50000))
ENTRIES = (
    entry(
        date(2025, 1, 1), EntryKind.OPENING, "me", (Side.ACCOUNT, "me", 200000), (Side.OPENING, "", -200000)
    ),
    entry(
        date(2025, 2, 1), EntryKind.CREDIT, "me", (Side.ACCOUNT, "me", 16000), (Side.CONTRIBUTION, "", -16000)
    ),
    entry(date(2025, 3, 1), EntryKind.VISIT, "v1", *BILL, (Side.CASH, "爸爸", -8000)),
    entry(
        date(2025, 3, 5),
        EntryKind.REFUND,
        "r1",
        *((side, owner, -fen) for side, owner, fen in BILL),
        (Side.CASH, "爸爸", 8000),
    ),
    entry(
        date(2025, 10, 1), EntryKind.PREMIUM, "p1", (Side.PREMIUM, "", 40000), (Side.ACCOUNT, "me", -40000)
    ),
    entry(date(2025, 10, 1), EntryKind.PREMIUM, "p2", (Side.PREMIUM, "", 40000), (Side.CASH, "", -40000)),
    entry(date(2025, 10, 2), EntryKind.REFUND, "r2", (Side.PREMIUM, "", -40000), (Side.CASH, "", 40000)),
    entry(date(2025, 10, 3), EntryKind.VISIT, "v9", (Side.PROVIDER, "", 100), (Side.CASH, "me", -100)),
    entry(date(2025, 10, 3), EntryKind.REFUND, "r9", (Side.PROVIDER, "", -100), (Side.CASH, "me", 100)),
)


def complaints(text: str, folder: Path) -> str:
    """What bean-check says; nothing is good."""
    file = folder / "家.beancount"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "beancount.scripts.check", "--no-cache", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_that_bean_check_accepts_the_ledger(tmp_path: Path) -> None:
    assert complaints(beancount_text(ENTRIES, FAMILY), tmp_path) == ""


def test_that_bean_check_accepts_an_empty_ledger(tmp_path: Path) -> None:
    assert complaints(beancount_text((), Family((Person("me", "本人"),), date(2026, 1, 1))), tmp_path) == ""


def test_that_bean_check_would_see_a_wrong_balance(tmp_path: Path) -> None:
    text = beancount_text(ENTRIES, FAMILY)
    assert "Balance failed" in complaints(text.replace("1760.00 ~", "1760.01 ~"), tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        'option "title" "老张家"',
        "2025-01-01 open Assets:Account:P-me CNY",
        "2025-03-01 open Assets:Cash:P--7238--7238- CNY",
        '2025-01-01 * "本人" "期初余额"',
        '2025-02-01 * "本人" "账户划入"',
        '2025-03-01 * "父亲" "普通门诊（复诊 \\"心电图\\" \\\\）"',
        '2025-03-05 * "父亲" "退费：普通门诊（复诊 \\"心电图\\" \\\\）"',
        '2025-10-01 * "父亲" "2026 年度居民医保费"',
        '2025-10-02 * "r2" "退费：退费"',
        '2025-10-03 * "v9" "就诊结算"',
        '2025-10-03 * "r9" "退费"',
        "  Assets:Account:P-me  -500.00 CNY",
        "2025-10-04 balance Assets:Account:P-me  1760.00 ~ 0.00 CNY",
    ],
)
def test_that_the_ledger_says(line: str) -> None:
    assert line in beancount_text(ENTRIES, FAMILY).splitlines()


@at_any_pace
@given(st.text(min_size=1), st.text(min_size=1))
def test_that_no_two_people_share_an_account(one: str, other: str) -> None:
    first, second = (account(Posting(Side.ACCOUNT, name, Money(1))) for name in (one, other))
    assert first.isascii()
    assert (first == second) == (one == other)
