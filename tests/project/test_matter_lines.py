"""命令行的办理事项测试。The terminal tells what was done at the office, and what wallets and quotas hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.cli.lines import plan_table, settlement_table
from desktop.domain.plan import Plan
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.planning.timeline import outlook
from tests.families import shipped, yuan
from tests.usecases.test_matters_everywhere import kept, ours


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
