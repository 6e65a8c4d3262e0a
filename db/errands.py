"""办事的行。How far someone has come with a guide."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.documents import content
from db.rows import Kind
from db.tables import ErrandRow
from desktop.exchange.matter_document import read_errand, write_errand

if TYPE_CHECKING:
    from db.rows import Values
    from desktop.domain.errand import Errand


def _values(errand: Errand) -> Values:
    return errand.id, errand.person, content(errand, write_errand, read_errand)


def _errand(values: Values) -> Errand:
    return read_errand(json.loads(values[2]))


ERRAND = Kind(ErrandRow, _values, _errand)
