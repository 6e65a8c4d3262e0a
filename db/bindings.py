"""绑定的行。Who lets whom use an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import Kind
from db.tables import BindingRow
from desktop.domain.binding import Binding

if TYPE_CHECKING:
    from db.rows import Values


def _values(one: Binding) -> Values:
    return one.id, one.payer, one.beneficiary, one.relation, one.channel, one.since, one.until


def _binding(values: Values) -> Binding:
    return Binding(*values)


BINDING = Kind(BindingRow, _values, _binding)
