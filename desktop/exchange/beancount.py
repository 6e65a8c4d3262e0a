"""复式账本。The ledger's entries as beancount text: accounts opened, money moved, and what must be left."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from desktop.domain.care import Visit
from desktop.domain.event import Event, whose
from desktop.domain.family import Family
from desktop.domain.money import NOTHING, Money
from desktop.domain.premium import PremiumPayment
from desktop.domain.settlement import Entry, EntryKind, Posting, Side
from desktop.domain.terms import label

_ROOTS = {
    Side.ACCOUNT: "Assets:Account",
    Side.WALLET: "Assets:Wallet",
    Side.QUOTA: "Assets:Quota",
    Side.TRANSIT: "Assets:Transit",
    Side.CASH: "Assets:Cash",
    Side.FUND: "Income:Fund",
    Side.PROVIDER: "Expenses:Medical",
    Side.PREMIUM: "Expenses:Premium",
    Side.CONTRIBUTION: "Income:Contribution",
    Side.OPENING: "Equity:Opening",
}
_HELD = {Side.ACCOUNT, Side.WALLET, Side.QUOTA, Side.TRANSIT}
_CURRENCY = "CNY"


def beancount_text(entries: Sequence[Entry], family: Family) -> str:
    """A whole file. Balances are asserted on the day after the last movement, as of its start."""
    names = {person.id: person.name for person in family.people}
    events = {event.id: event for event in family.events}
    parts = [
        [
            f'option "title" {_quoted(family.name or "共济家账")}',
            f'option "operating_currency" "{_CURRENCY}"',
        ],
        list(_openings(entries)),
        *(list(_transaction(entry, names, events)) for entry in entries),
        list(_balances(entries)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def account(posting: Posting) -> str:
    """A beancount account for one leg; people's ids are spelled in ASCII, no two alike."""
    root = _ROOTS[posting.side]
    return f"{root}:P-{_safe(posting.owner)}" if posting.owner else root


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", lambda one: f"-{ord(one.group()):x}-", name)


def _openings(entries: Iterable[Entry]) -> Iterator[str]:
    first: dict[str, date] = {}
    for entry in entries:
        for posting in entry.postings:
            name = account(posting)
            first[name] = min(entry.on, first.get(name, entry.on))
    for name, day in sorted(first.items()):
        yield f"{_day(day)} open {name} {_CURRENCY}"


def _transaction(entry: Entry, names: Mapping[str, str], events: Mapping[str, Event]) -> Iterator[str]:
    payee, narration = _told(entry, names, events)
    yield f"{_day(entry.on)} * {_quoted(payee)} {_quoted(narration)}"
    yield f"  record: {_quoted(entry.of)}"
    for posting in entry.postings:
        yield f"  {account(posting)}  {posting.amount} {_CURRENCY}"


def _balances(entries: Sequence[Entry]) -> Iterator[str]:
    left: dict[str, Money] = {}
    for entry in entries:
        for posting in entry.postings:
            if posting.side in _HELD:
                name = account(posting)
                left[name] = left.get(name, NOTHING) + posting.amount
    if entries:
        day = max(entry.on for entry in entries) + timedelta(days=1)
        for name, amount in sorted(left.items()):
            # Left to itself, beancount lets a fen pass.
            yield f"{_day(day)} balance {name}  {amount} ~ 0.00 {_CURRENCY}"


def _told(entry: Entry, names: Mapping[str, str], events: Mapping[str, Event]) -> tuple[str, str]:
    """Whom a movement concerns and what it was, in Chinese."""
    if entry.kind in {EntryKind.OPENING, EntryKind.CREDIT}:
        return names.get(entry.of, entry.of), label(entry.kind)
    event = events.get(entry.of)
    told = label(entry.kind)
    if event is not None and entry.kind is EntryKind.REFUND:
        event = events.get(getattr(event, "of", ""))
        told = f"{told}：{_what(event, told)}" if event is not None else told
    elif event is not None:
        told = _what(event, told)
    return names.get("" if event is None else whose(event), entry.of), told


def _what(event: Event, kind: str) -> str:
    """`kind` is what a movement is called that comes of neither a visit nor a premium."""
    if isinstance(event, Visit):
        what = label(event.setting)
    elif isinstance(event, PremiumPayment):
        what = f"{event.benefit_year} 年度居民医保费"
    else:
        what = kind
    return f"{what}（{event.note}）" if event.note else what


def _day(day: date) -> str:
    return day.isoformat()


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
