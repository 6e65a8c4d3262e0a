"""Matters: what was done at the office, errands on the way there, and what a person had paid before.

Why: enrolling, moving an account, retiring and the wallet are events of a family like its visits.
Three tables get a column with a CHECK of its own, which SQLite makes with the whole table only.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOST = 9_999_999_999_999_999

_RELATION = (
    *("spouse", "parent", "child", "sibling", "grandparent", "maternal_grandparent", "grandchild"),
    *("maternal_grandchild", "parent_in_law", "child_in_law", "other"),
)
_GROUPS = ("standard", "half", "full", "newborn")
_GROUNDS = ("duplicate", "joined_employee", "death", "other_area", "other")


def upgrade() -> None:
    _people()
    _premiums_and_refunds()
    _table(
        "matter",
        *_place("matter"),
        _text("id"),
        _text("person"),
        _text("other", nullable=True),
        _text("content"),
        _check("matter", "document", "json_valid(content)"),
        _unique("matter", "id"),
        _person("matter", "person"),
        _person("matter", "other"),
    )
    _table(
        "errand",
        *_place("errand"),
        _text("id"),
        _text("person"),
        _text("content"),
        _check("errand", "document", "json_valid(content)"),
        _unique("errand", "id"),
        _person("errand", "person"),
    )


def _people() -> None:
    _rebuilt(
        "person",
        {},
        *_place("person"),
        _text("id"),
        _text("name"),
        _text("sex", nullable=True),
        _text("born", nullable=True),
        _text("id_number", nullable=True),
        _text("relation", nullable=True),
        _text("opened_on", nullable=True),
        _number("opening", nullable=True),
        _text("history", nullable=True),
        _number("retires_at", nullable=True),
        _words("person", "sex", "male", "female"),
        _words("person", "relation", *_RELATION),
        _sums("person", "opening"),
        _check("person", "account", "(opened_on IS NULL) = (opening IS NULL)"),
        _check("person", "history", "json_valid(history)"),
        _unique("person", "id"),
    )


def _premiums_and_refunds() -> None:
    _rebuilt(
        "premium",
        {"paid_as": "standard"},
        *_place("premium"),
        _text("id"),
        _text("on"),
        _text("at", nullable=True),
        _text("insured"),
        _number("benefit_year"),
        _number("amount", nullable=True),
        _text("paid_from", nullable=True),
        _text("note"),
        _text("paid_as"),
        _sums("premium", "amount"),
        _words("premium", "paid_as", *_GROUPS),
        _unique("premium", "id"),
        _person("premium", "insured"),
        _person("premium", "paid_from"),
    )
    _rebuilt(
        "refund",
        {},
        *_place("refund"),
        _text("id"),
        _text("on"),
        _text("at", nullable=True),
        _text("of"),
        _text("note"),
        _text("ground", nullable=True),
        _check("refund", "of_another", "of <> id"),
        _words("refund", "ground", *_GROUNDS),
        _unique("refund", "id"),
    )


def _rebuilt(name: str, new: dict[str, str], *parts: sa.schema.SchemaItem) -> None:
    """The table with its rows under another shape; `new` are the values of columns that old rows lack."""
    columns = ", ".join(f'"{column["name"]}"' for column in sa.inspect(op.get_bind()).get_columns(name))
    given = "".join(f", '{value}'" for value in new.values())
    taken = "".join(f', "{column}"' for column in new)
    _table(f"new_{name}", *parts)
    op.execute(f"INSERT INTO new_{name} ({columns}{taken}) SELECT {columns}{given} FROM {name}")
    op.drop_table(name)
    op.rename_table(f"new_{name}", name)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _place(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return _number("place"), sa.PrimaryKeyConstraint("place", name=op.f(f"pk_{table}"))


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _sums(table: str, column: str) -> sa.CheckConstraint:
    return _check(table, column, f"{column} BETWEEN -{_MOST} AND {_MOST}")


def _words(table: str, column: str, *words: str) -> sa.CheckConstraint:
    return _check(table, column, " OR ".join(f"{column} = '{word}'" for word in words))


def _unique(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}"))


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["person.id"], name=name, deferrable=True, initially="DEFERRED")
