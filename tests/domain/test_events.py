"""事件测试。Whose an event is, and whom it names."""

from __future__ import annotations

from datetime import date

from desktop.domain.event import named, whose
from desktop.domain.matter import Death, Payout, PayoutReason
from desktop.domain.places import is_known, place_name, provinces
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.wallet import WalletQuota, WalletTransfer
from tests.families import visit, yuan

ON = date(2025, 3, 1)
PAID = PremiumPayment("p", ON, "mum", 2026, paid_from="me")
SENT = WalletTransfer("w", ON, "me", "mum", yuan(5))


def test_whose_an_event_is() -> None:
    back, lost = Refund("r", ON, "p"), Refund("s", ON, "gone")
    assert whose(visit(patient="mum")) == whose(PAID) == whose(Death("d", ON, "mum")) == "mum"
    assert whose(SENT) == whose(WalletQuota("q", ON, "me", "mum", yuan(5))) == "me"
    assert (whose(back), whose(back, (PAID, SENT)), whose(lost, (PAID, SENT))) == ("", "mum", "")


def test_whom_an_event_names() -> None:
    assert named(visit(patient="mum")) == {"mum"}
    assert named(PAID) == named(SENT) == {"me", "mum"}
    assert named(PremiumPayment("p", ON, "mum", 2026)) == {"mum"}
    assert named(Payout("o", ON, "mum", PayoutReason.INHERITANCE, "me")) == {"me", "mum"}
    assert named(Payout("o", ON, "mum", PayoutReason.OTHER)) == {"mum"}
    assert named(Refund("r", ON, "p")) == frozenset()


def test_that_every_place_of_the_standard_is_known_by_name() -> None:
    assert len(provinces()) == 34
    assert [place_name(code) for code in ("433100", "441900", "110000", "500100", "990000")] == [
        *("湘西", "东莞", "北京", "重庆"),
        "990000",
    ]
    assert all(is_known(f"{code}0000") for code in provinces())
    assert not any(map(is_known, ("", "43010", "4301000", "438800", "000000")))
    assert (place_name("430000"), place_name("439900")) == ("湖南", "湖南本级")
