"""规则包草稿。A pack as text in which values are filled in; its comments and their order stay."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from desktop.policy.pack import Value

LOCAL = "+本地"
HEAD = "pack.toml"
_SIGN = "# 本机副本："
_A_DAY = timedelta(days=1)
_DAY_AND_BRACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\}")


class Source(NamedTuple):
    """Who says so: title, number and day of a document, and what kind it is (official, press, compiled)."""

    title: str
    number: str = ""
    issued: date | None = None
    kind: str = "official"


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value of a key from a day on, to its last day where one is known."""

    key: str
    value: Value
    since: date
    until: date | None
    says: str
    source: Source
    channel: str = ""
    unit: str = ""
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack as its files, by name; nothing of it is on disk. `based` is the version it began with."""

    pack: str
    based: str
    sequence: int
    files: Mapping[str, str]


def with_values(draft: Draft, values: Iterable[NewValue]) -> Draft:
    """Each from its day on. What held ends the day before; what began on that very day is replaced."""
    for one in values:
        draft, source = _with_source(draft, one.source)
        draft = _with_block(draft, one, source)
    return draft


def with_cover(draft: Draft, until: date, checked_on: date) -> Draft:
    """Until when the pack answers, and when it was last compared with its sources."""
    head: Any = tomlkit.parse(draft.files[HEAD])
    head["covers"]["until"] = until
    head["checked_on"] = checked_on
    return _with_file(draft, HEAD, _dumped(head))


def signed(draft: Draft, today: date) -> Draft:
    """With a version and a sequence of its own, and a head that says whose copy it is."""
    based, _, number = draft.based.partition(LOCAL)
    head: Any = tomlkit.parse(draft.files[HEAD])
    head["version"] = f"{based}{LOCAL}{int(number or 0) + 1}"
    head["sequence"] = draft.sequence + 1
    lines = _dumped(head).splitlines(keepends=True)
    kept = "".join(lines[1:] if lines[0].startswith(_SIGN) else lines)
    sign = f"{_SIGN}照 {based} 在本机改成，{today} 填写；程序带的规则包没有动\n"
    made = _with_file(draft, HEAD, sign + kept)
    return replace(made, based=head["version"], sequence=draft.sequence + 1)


def _with_file(draft: Draft, name: str, content: str) -> Draft:
    return replace(draft, files={**draft.files, name: content})


def _with_source(draft: Draft, source: Source) -> tuple[Draft, str]:
    """The same document is named once."""
    head: Any = tomlkit.parse(draft.files[HEAD])
    known: Mapping[str, Any] = head.get("source", {})
    for name, one in known.items():
        if (one["title"], one.get("number", ""), one["kind"]) == (source.title, source.number, source.kind):
            return draft, name
    name = next(one for one in (f"local-{count}" for count in range(1, len(known) + 2)) if one not in known)
    lines = [f"\n[source.{name}]", f"title = {_toml(source.title)}"]
    lines += [f"number = {_toml(source.number)}"] if source.number else []
    lines += [f"issued = {source.issued}"] if source.issued is not None else []
    lines += [f"kind = {_toml(source.kind)}", ""]
    return _with_file(draft, HEAD, draft.files[HEAD].rstrip("\n") + "\n" + "\n".join(lines)), name


def _with_block(draft: Draft, new: NewValue, source: str) -> Draft:
    topic, _, term = new.key.partition(".")
    file = f"{topic}.toml"
    content = draft.files.get(file, "")
    found: Any = tomlkit.parse(content)
    blocks = found.get(term)
    if blocks is None:
        lead = f"{content}\n" if content else ""
        return _with_file(draft, file, f"{lead}[[{term}]]\n{_fields(new, source, {})}")
    mine = [place for place, one in enumerate(blocks) if one.get("channel", "") == new.channel]
    before = [place for place in mine if blocks[place]["from"] < new.since]
    same = [place for place in mine if blocks[place]["from"] == new.since]
    like = blocks[mine[-1]] if mine else {}
    if same:
        _replace(blocks[same[0]], new, source)
    else:
        if before:
            _end_early(blocks[before[-1]], new.since - _A_DAY)
        _insert(blocks, before[-1] + 1 if before else _first_of(mine, blocks), _fields(new, source, like))
    return _with_file(draft, file, _dumped(found))


def _first_of(mine: list[int], blocks: Any) -> int:
    return mine[0] if mine else len(blocks)


def _fields(new: NewValue, source: str, like: Mapping[str, Any]) -> str:
    """The lines of a block; what says how the value is meant is kept from the one before."""
    until = {} if new.until is None else {"to": new.until}
    unit = {"unit": new.unit} if new.unit else {}
    channel = {"channel": new.channel} if new.channel else {}
    sure = {} if new.confidence == "high" else {"confidence": new.confidence}
    kept = {name: like[name] for name in ("floor", "rows") if name in like}
    lines: dict[str, Any] = {
        "from": new.since,
        **until,
        "value": new.value,
        **unit,
        **channel,
        "source": source,
        "says": new.says,
        **sure,
        **kept,
    }
    wide = max(map(len, lines))
    return "".join(f"{name:<{wide}} = {_toml(value)}\n" for name, value in lines.items())


def _replace(block: Any, new: NewValue, source: str) -> None:
    """The value in the same block; what was weak or disputed about the old one goes with it."""
    for name in ("unpublished", "value", "to", "confidence", "confidence_of", "disputed", "note"):
        block.pop(name, None)
    made: Any = tomlkit.parse(_fields(new, source, {}))
    for name, value in made.items():
        block[name] = value


def _end_early(block: Any, until: date) -> None:
    """One without a last day ends by itself the day before the next begins."""
    if block.get("to") is not None and block["to"] > until:
        block["to"] = until


def _insert(blocks: Any, place: int, fields: str) -> None:
    """After the block before it, and before the words that lead over to what comes next."""
    made: Any = tomlkit.parse(f"[[new]]\n{fields}\n")["new"][0]
    if place == 0:
        blocks.insert(0, made)
        return
    body = blocks[place - 1].value.body
    tail: list[Any] = []
    while body and body[-1][0] is None:
        tail.insert(0, body.pop()[1])
    blocks[place - 1].add(tomlkit.nl())
    for item in tail[1:] if tail else ():
        made.add(item)
    blocks.insert(place, made)


def _dumped(made: Any) -> str:
    """tomlkit swallows the blank between a day and the brace after it."""
    return _DAY_AND_BRACE.sub(r"\1 }", tomlkit.dumps(made))


def _toml(value: Any) -> str:
    """
    >>> _toml({"from": date(2026, 9, 1), "share": Decimal("0.60"), "names": ("a", True, 3)})
    '{ from = 2026-09-01, share = 0.60, names = ["a", true, 3] }'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return tomlkit.item(value).as_string()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value)
