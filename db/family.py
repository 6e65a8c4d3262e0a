"""家庭的行。A whole family as rows with places, what differs between two, and a family read back.

The order in which a family holds its records is the order of their `place`s. A record keeps its place for as
long as it can, so that a step writes what it changed and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from db.bindings import BINDING
from db.errands import ERRAND
from db.events import EVENTS, KINDS
from db.people import BASE, COVERAGE, PERSON
from db.plans import PLAN, SCENARIO, SNAPSHOT
from db.rows import Changes, Kind, Placed, read
from db.tables import FamilyRow, SnoozeRow
from desktop.domain.family import Family, Settings, Snooze

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from db.people import BaseOf, CoverageOf
    from db.rows import Values
    from desktop.domain.people import Person
    from desktop.domain.plan import Plan


# -------------------------------------------------------------------------------------- the family's own row


class Head(NamedTuple):
    name: str
    holder: str
    settings: Settings


def head_of(family: Family) -> Head:
    return Head(family.name, family.holder, family.settings)


def _head_values(head: Head) -> Values:
    chosen = head.settings
    return (
        *(head.name, head.holder, chosen.credit_monthly),
        *(chosen.mutual_aid_pays_out_of_scope, chosen.own_account_pays_out_of_scope),
    )


def _head(values: Values) -> Head:
    return Head(values[0], values[1], Settings(*values[2:]))


def _snooze_values(snooze: Snooze) -> Values:
    return snooze.finding, snooze.until


def _snooze(values: Values) -> Snooze:
    return Snooze(*values)


HEAD = Kind(FamilyRow, _head_values, _head)
SNOOZE = Kind(SnoozeRow, _snooze_values, _snooze)


# ----------------------------------------------------------------------------------------- family to records


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a family's records, in their order. While its `source` is the same object, so are they.

    `key` is what a record is known by from one family to the next. The records of one `owner` are in order
    among themselves; of two owners it does not matter whose are first.
    """

    source: Callable[[Family], object]
    records: Callable[[Family], Iterable[Any]]
    kind: Callable[[Any], Kind[Any]]
    key: Callable[[Any], Hashable]
    owner: Callable[[Any], str] = lambda _: ""


def _coverage(family: Family) -> Iterator[CoverageOf]:
    for person in family.people:
        for number, one in enumerate(person.coverage):
            yield person.id, number, one


def _bases(family: Family) -> Iterator[BaseOf]:
    for person in family.people:
        for number, one in enumerate(person.account.bases if person.account is not None else ()):
            yield person.id, number, one


def _plan(family: Family) -> tuple[Plan, ...]:
    return () if family.plan is None else (family.plan,)


_people = attrgetter("people")

PARTS = (
    Part(lambda family: family, lambda family: (head_of(family),), lambda _: HEAD, lambda _: 1),
    Part(_people, _people, lambda _: PERSON, attrgetter("id")),
    Part(_people, _coverage, lambda _: COVERAGE, itemgetter(0, 1), itemgetter(0)),
    Part(_people, _bases, lambda _: BASE, itemgetter(0, 1), itemgetter(0)),
    Part(attrgetter("bindings"), attrgetter("bindings"), lambda _: BINDING, attrgetter("id")),
    Part(attrgetter("events"), attrgetter("events"), lambda event: EVENTS[type(event)], attrgetter("id")),
    Part(attrgetter("plan"), _plan, lambda _: PLAN, lambda _: 1),
    Part(attrgetter("scenarios"), attrgetter("scenarios"), lambda _: SCENARIO, attrgetter("name")),
    Part(attrgetter("snoozes"), attrgetter("snoozes"), lambda _: SNOOZE, attrgetter("finding")),
    Part(attrgetter("snapshots"), attrgetter("snapshots"), lambda _: SNAPSHOT, lambda snapshot: snapshot),
    Part(attrgetter("errands"), attrgetter("errands"), lambda _: ERRAND, attrgetter("id")),
)
"""All that is kept of a family."""


# -------------------------------------------------------------------------------------------- what differs


Laid = dict["Hashable", Placed]
"""The records of a part by their keys."""


class Layout(NamedTuple):
    """A family, and where each of its records stands; one `Laid` for each part."""

    family: Family
    laid: tuple[Laid, ...]


def differences(before: Layout | None, after: Family) -> tuple[Layout, Changes]:
    """Where each record of `after` stands, and what is to be written for it; `before` None: everything."""
    changes = Changes()
    laid = []
    for number, part in enumerate(PARTS):
        if before is None:
            laid.append(_lay({}, part, after, changes))
        elif part.source(before.family) is part.source(after):
            laid.append(before.laid[number])
        else:
            laid.append(_lay(before.laid[number], part, after, changes))
    return Layout(after, tuple(laid)), changes


def _lay(before: Laid, part: Part, after: Family, changes: Changes) -> Laid:
    """New records stand after all others; one that no longer follows the last moves there too."""
    free = max((place for place, _ in before.values()), default=0) + 1
    laid: Laid = {}
    owner, last = "", 0
    for record in part.records(after):
        kind, key, whose = part.kind(record), part.key(record), part.owner(record)
        stood, old = before.get(key, _NOWHERE)
        if stood > (last if whose == owner else 0) and part.kind(old) is kind:
            placed = (stood, record)
            if old is not record and kind.values(old) != kind.values(record):
                changes.updates[kind].append(placed)
        else:
            placed = (free, record)
            changes.inserts[kind].append(placed)
            free += 1
        laid[key] = placed
        owner, last = whose, placed[0]
    for key, (stood, old) in before.items():
        if laid.get(key, _NOWHERE)[0] != stood:
            changes.deletes[part.kind(old)].append((stood,))
    return laid


_NOWHERE = (0, None)


# -------------------------------------------------------------------------------------------- rows to family


def read_family(connection: Connection, as_of: date) -> Layout:
    """Raises `ValueError` or `KeyError` where a word or a day stands that there is not."""
    ((_, head),) = read(connection, HEAD)
    people = read(connection, PERSON)
    coverage, bases = read(connection, COVERAGE), read(connection, BASE)
    bindings = read(connection, BINDING)
    events = sorted(
        chain.from_iterable(read(connection, kind) for kind in KINDS),
        key=lambda placed: placed[0],
    )
    plans, scenarios = read(connection, PLAN), read(connection, SCENARIO)
    snoozes, snapshots = read(connection, SNOOZE), read(connection, SNAPSHOT)
    errands = read(connection, ERRAND)
    insured, earned = _by_owner(coverage), _by_owner(bases)
    family = Family(
        people=tuple(_whole(person, insured[person.id], earned[person.id]) for _, person in people),
        as_of=as_of,
        bindings=_records(bindings),
        events=_records(events),
        name=head.name,
        settings=head.settings,
        plan=plans[0][1] if plans else None,
        scenarios=_records(scenarios),
        holder=head.holder,
        snoozes=_records(snoozes),
        snapshots=_records(snapshots),
        errands=_records(errands),
    )
    places = (
        *([1], _places(people)),
        *([place for _, person in people for place, _ in of[person.id]] for of in (insured, earned)),
        *(map(_places, (bindings, events, plans, scenarios, snoozes, snapshots, errands))),
    )
    return Layout(family, tuple(_laid(family, *stood) for stood in zip(PARTS, places, strict=True)))


def _laid(family: Family, part: Part, places: Iterable[int]) -> Laid:
    placed = zip(places, part.records(family), strict=True)
    return {part.key(record): (place, record) for place, record in placed}


def _places(placed: Iterable[Placed]) -> list[int]:
    return [place for place, _ in placed]


def _records(placed: Iterable[Placed]) -> tuple[Any, ...]:
    return tuple(record for _, record in placed)


def _by_owner(placed: Iterable[Placed]) -> defaultdict[str, list[Placed]]:
    owned: defaultdict[str, list[Placed]] = defaultdict(list)
    for place, (owner, _, record) in placed:
        owned[owner].append((place, record))
    return owned


def _whole(person: Person, coverage: Sequence[Placed], bases: Sequence[Placed]) -> Person:
    account = person.account
    if account is not None:
        account = replace(account, bases=_records(bases))
    return replace(person, coverage=_records(coverage), account=account)
