"""家人的行。Persons, how they are insured, and their wage bases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.documents import content
from db.rows import Kind
from db.tables import BaseRow, CoverageRow, PersonRow
from desktop.domain.account import Account, Base
from desktop.domain.people import Coverage, Person
from desktop.exchange.family_document import read_history, write_history

if TYPE_CHECKING:
    from db.rows import Values

CoverageOf = tuple[str, int, Coverage]
BaseOf = tuple[str, int, Base]
"""With the id of the person they belong to, and which of that person's they are."""


def _person_values(person: Person) -> Values:
    held, record = person.account, person.history
    account = (None, None) if held is None else (held.opened_on, held.opening)
    history = None if record is None else content(record, write_history, read_history)
    return (
        *(person.id, person.name, person.sex, person.born, person.id_number, person.relation),
        *account,
        *(history, person.retires_at),
    )


def _person(values: Values) -> Person:
    """Without what stands in other tables."""
    person_id, name, sex, born, id_number, relation, opened_on, opening, record, retires_at = values
    account = None if opened_on is None else Account(opened_on, opening)
    history = None if record is None else read_history(json.loads(record))
    return Person(
        person_id, name, (), account, sex, born, id_number, relation, history=history, retires_at=retires_at
    )


def _coverage_values(of: CoverageOf) -> Values:
    person, _, one = of
    return person, one.scheme, one.status, one.area, one.since, one.until


def _coverage(values: Values) -> CoverageOf:
    person, *rest = values
    return person, 0, Coverage(*rest)


def _base_values(of: BaseOf) -> Values:
    person, _, base = of
    return person, base.since, base.monthly


def _base(values: Values) -> BaseOf:
    person, since, monthly = values
    return person, 0, Base(since, monthly)


PERSON = Kind(PersonRow, _person_values, _person)
COVERAGE = Kind(CoverageRow, _coverage_values, _coverage)
BASE = Kind(BaseRow, _base_values, _base)
