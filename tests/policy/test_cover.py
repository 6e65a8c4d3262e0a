"""政策包周全。Over the shipped packs: each day one answer, each fact has its place. No value is looked at."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.policy.pack import Block, Pack
from desktop.policy.policy import NotCovered, Policy, Unpublished
from desktop.policy.value_kinds import KINDS
from tests.families import RESOURCES, shipped

DAY = timedelta(days=1)
PACKS = tuple(shipped().packs.values())
ADDRESS = re.compile(r"https?:|www\.|\.(com|cn|gov|org|net|html?)\b", re.IGNORECASE)


def histories() -> Iterator[tuple[Pack, str, str, tuple[Block, ...]]]:
    """Each key that the engine reads, by pack and channel."""
    for pack in PACKS:
        for key, blocks in pack.blocks.items():
            file, _, term = key.partition(".")
            if term in KINDS.get(file, {}):
                for channel in sorted({one.channel for one in blocks}):
                    yield pack, key, channel, tuple(one for one in blocks if one.channel == channel)


READ = tuple(histories())
NAMES = [f"{pack.id} {key} {channel}".strip() for pack, key, channel, _ in READ]


def last_of(pack: Pack, blocks: tuple[Block, ...]) -> date:
    """The wallet's transfers and the old way of crediting retirees came to an end; nothing else may stop
    before its pack does."""
    ended, last = blocks[-1].until, blocks[-1]
    over = last.channel == "wallet_transfer" or last.key == "account.retiree_pension_share"
    return ended if ended is not None and over else pack.covers_until


def handed_over(pack: Pack, key: str, blocks: tuple[Block, ...]) -> bool:
    """A local value that ends because the province has one of its own from the next day on."""
    ended = blocks[-1].until
    wider = (one for one in PACKS if pack.id.startswith(f"{one.id}") and one is not pack)
    return ended is not None and any(
        other.since == ended + DAY for one in wider for other in one.blocks.get(key, ())
    )


@pytest.mark.parametrize(("pack", "key", "channel", "blocks"), READ, ids=NAMES)
def test_that_from_its_first_day_a_key_answers_exactly_once_on_every_day(
    pack: Pack, key: str, channel: str, blocks: tuple[Block, ...]
) -> None:
    first, last = blocks[0].since, last_of(pack, blocks)
    if handed_over(pack, key, blocks):
        last = blocks[-1].until or last
    turns = {one.since for one in blocks} | {one.until + DAY for one in blocks if one.until is not None}
    turns |= {first, last} | {turn - DAY for turn in turns}
    asked = sorted(day for day in turns if max(first, pack.covers_from) <= day <= last)
    assert asked
    for day in asked:
        assert len([one for one in blocks if one.holds_on(day)]) == 1, day


@pytest.mark.parametrize(("pack", "key", "channel", "blocks"), READ, ids=NAMES)
def test_that_a_key_is_never_silent_again_in_any_area_once_it_has_spoken(
    pack: Pack, key: str, channel: str, blocks: tuple[Block, ...]
) -> None:
    area = (pack.id.removeprefix("cn").removeprefix("-") or "11").ljust(6, "0")
    chain, since = shipped().chain(area), max(blocks[0].since, pack.covers_from)
    days = {since, last_of(pack, blocks)}
    days |= {one.since for other in chain for one in other.blocks.get(key, ())}
    for day in sorted(one for one in days if since <= one <= last_of(pack, blocks)):
        try:
            term = Policy(chain, day).term(key, channel=channel)
        except Unpublished:
            continue
        except NotCovered:
            pytest.fail(f"{area} {day} {key} {channel}")
        assert term.since <= day


def test_that_every_block_begins_within_the_cover_of_its_pack() -> None:
    outside = [
        (pack.id, one.key, one.since)
        for pack in PACKS
        for blocks in pack.blocks.values()
        for one in blocks
        if not pack.covers_from <= one.since <= pack.covers_until
    ]
    assert outside == []


def test_that_every_known_fact_has_its_place_in_some_pack() -> None:
    listed = tomllib.loads((Path(__file__).parent / "rows.toml").read_text(encoding="utf-8"))["row"]
    ids = [row["id"] for row in listed]
    placed = {row for pack in PACKS for blocks in pack.blocks.values() for one in blocks for row in one.rows}
    placed |= {row for pack in PACKS for refused in pack.refused for row in refused.rows}
    placed |= {row for pack in PACKS for beside in pack.not_modelled for row in beside.rows}
    assert len(ids) == len(set(ids))
    assert sorted(set(ids) - placed) == []
    assert sorted(placed - set(ids)) == []


def test_that_no_pack_holds_an_address() -> None:
    files = sorted((RESOURCES / "policy").rglob("*.toml"))
    assert files
    found = [
        (file.parent.name, file.name, number)
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if ADDRESS.search(line)
    ]
    assert found == []


def test_that_no_pack_claims_to_be_compared_after_its_cover_or_before_it() -> None:
    assert all(pack.covers_from <= pack.checked_on <= pack.covers_until for pack in PACKS)
