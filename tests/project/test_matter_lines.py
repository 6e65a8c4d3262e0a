"""命令行的办理事项测试。The terminal tells what was done at the office, and what wallets and quotas hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.cli.lines import plan_table, settlement_table
from desktop.domain.plan import Plan
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.exchange.family_document import read_family
from desktop.planning.timeline import outlook
from desktop.usecases.results import settlements_result
from desktop.usecases.settle_family import settle_family
from tests.families import shipped, yuan
from tests.usecases.test_matters_everywhere import kept, ours

CASES = Path(__file__).parents[1] / "cases"


def test_that_settle_lists_matters_and_what_is_set_aside() -> None:
    sent = WalletTransfer("w", date(2026, 2, 6), "me", "mum", yuan(500))
    lines = list(settlement_table(kept(ours(sent))))
    (told,) = (line for line in lines if "共济额度 1,000.00 元" in line)
    assert told.split()[0] == "2026-02-05"
    assert told.split()[-1] == "-1,000.00"
    assert next(line for line in lines if "转给mum的医保钱包" in line).endswith("没有办成")
    assert lines[lines.index("冻结的跨省共济额度") + 1].split() == ["me给mum", "900.00"]


def test_that_a_plan_has_a_column_for_what_moves_only_where_anything_does() -> None:
    later = WalletQuota("later", date(2026, 8, 5), "me", "mum", yuan(200))
    moving = replace(ours(), plan=Plan(expected=(later,)))
    for family, wanted in ((moving, True), (replace(ours(), plan=Plan()), False)):
        (head, *_) = plan_table(outlook(family, shipped(), "me", date(2026, 12, 1)))
        assert ("其他变动" in head) is wanted


def test_that_money_on_its_way_is_named_until_it_arrives() -> None:
    whole = read_family(CASES / "transfer-cross-province.json", date(2026, 12, 20))
    arrived = list(settlement_table(settle_family(whole, shipped())))
    assert any(line.endswith("2026-12-14 到账") for line in arrived)
    assert "转移途中" not in arrived
    early = settle_family(replace(whole, events=whole.events[:-1]), shipped())
    waiting = list(settlement_table(early))
    assert waiting[waiting.index("转移途中") + 1].split() == ["弟弟", "3,200.00"]
    assert settlements_result(early)["transit"] == {"bro": "3200.00"}
