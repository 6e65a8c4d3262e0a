"""导出。A family's settlements as national messages, its accounts as a beancount ledger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from desktop.exchange.beancount import beancount_text
from desktop.exchange.setlinfo import export_messages
from desktop.exchange.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.planning.ledger import Ledger


def export_family(ledger: Ledger, form: str, output: Path) -> None:
    """`form` is `messages` or `beancount`. Raises `FileTrouble`; nothing is half written."""
    family = ledger.family
    if form == "messages":
        messages = export_messages(family, ledger.settlements.values(), ledger.refunds.values())
        write_whole(output, json.dumps(messages, ensure_ascii=False, indent=1) + "\n")
    else:
        write_whole(output, beancount_text(ledger.entries, family))
