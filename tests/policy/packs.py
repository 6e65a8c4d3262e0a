"""政策包的样子。Packs put together for one test: as objects, or written out as files."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from desktop.domain.clause import Confidence
from desktop.policy.pack import Block, Dispute, Pack, Source, SourceKind, Value

SOURCE = Source("notice", "通知", SourceKind.OFFICIAL, "示医保发〔2024〕1号")
FIRST, LAST = date(2020, 1, 1), date(2026, 12, 31)


def block(
    key: str,
    value: Value | None,
    since: date = FIRST,
    until: date | None = None,
    *,
    channel: str = "",
    floor: bool = False,
    disputed: Value | None = None,
    weaker: Mapping[str, Confidence] | None = None,
) -> Block:
    return Block(
        key=key,
        since=since,
        until=until,
        value=value,
        source=SOURCE,
        says="规则原意",
        channel=channel,
        floor=floor,
        weaker=weaker or {},
        disputed=() if disputed is None else (Dispute(disputed, SOURCE, "另一种说法"),),
    )


def pack(
    name: str,
    *blocks: Block,
    until: date = LAST,
    checked_on: date = LAST,
    version: str = "1",
) -> Pack:
    histories: dict[str, tuple[Block, ...]] = {}
    for one in blocks:
        histories[one.key] = (*histories.get(one.key, ()), one)
    return Pack(name, name, version, 1, FIRST, until, checked_on, histories)


HEAD = """
id         = "{id}"
title      = "示例市"
version    = "1"
sequence   = 1
covers     = {{ from = 2020-01-01, until = {until} }}
checked_on = 2026-03-31

[source.notice]
title = "通知"
kind  = "official"
"""


def head(name: str = "cn-9999", until: str = "2026-12-31") -> str:
    return HEAD.format(id=name, until=until)


def toml(term: str, value: str, **more: Any) -> str:
    """One block of a topic as TOML; `value` and what is in `more` are written as given."""
    fields = {"from": "2020-01-01", "value": value, "source": '"notice"', "says": '"规则原意"'} | more
    lines = [f"{name.rstrip('_')} = {text}" for name, text in fields.items() if text]
    return "\n".join([f"[[{term}]]", *lines, ""])


def written(folder: Path, **files: str) -> Path:
    """A pack's folder with these files, `pack` among them unless one is given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ({"pack": head()} | files).items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder
