"""The book: a family's facts, its plans, and the steps that can be undone.

Why: until now the program read a family document, and kept nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOST = 9_999_999_999_999_999

_RELATION = (
    *("spouse", "parent", "child", "sibling", "grandparent", "maternal_grandparent", "grandchild"),
    *("maternal_grandchild", "parent_in_law", "child_in_law", "other"),
)
_IN_ORDER = "until IS NULL OR since <= until"


def upgrade() -> None:
    _family()
    _people()
    _bindings()
    _visits()
    _premiums_and_refunds()
    _plans()
    _journal()


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _place(table: str, name: str = "place") -> tuple[sa.schema.SchemaItem, ...]:
    return _number(name), sa.PrimaryKeyConstraint(name, name=op.f(f"pk_{table}"))


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _sums(table: str, *columns: str) -> list[sa.CheckConstraint]:
    return [_check(table, column, f"{column} BETWEEN -{_MOST} AND {_MOST}") for column in columns]


def _flags(table: str, *columns: str) -> list[sa.CheckConstraint]:
    return [_check(table, column, f"{column} IN (0, 1)") for column in columns]


def _words(table: str, column: str, *words: str) -> sa.CheckConstraint:
    return _check(table, column, " OR ".join(f"{column} = '{word}'" for word in words))


def _unique(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}"))


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["person.id"], name=name, deferrable=True, initially="DEFERRED")


def _family() -> None:
    settings = ("credit_monthly", "mutual_aid_pays_out_of_scope", "own_account_pays_out_of_scope")
    _table(
        "family",
        *_place("family"),
        _text("name"),
        _text("holder"),
        _number("credit_monthly"),
        _number("mutual_aid_pays_out_of_scope", nullable=True),
        _number("own_account_pays_out_of_scope", nullable=True),
        _check("family", "one_row", "place = 1"),
        *_flags("family", *settings),
    )


def _people() -> None:
    _table(
        "person",
        *_place("person"),
        _text("id"),
        _text("name"),
        _text("sex", nullable=True),
        _text("born", nullable=True),
        _text("id_number", nullable=True),
        _text("relation", nullable=True),
        _text("opened_on", nullable=True),
        _number("opening", nullable=True),
        _words("person", "sex", "male", "female"),
        _words("person", "relation", *_RELATION),
        *_sums("person", "opening"),
        _check("person", "account", "(opened_on IS NULL) = (opening IS NULL)"),
        _unique("person", "id"),
    )
    _table(
        "coverage",
        *_place("coverage"),
        _text("person"),
        _text("scheme"),
        _text("status"),
        _text("area"),
        _text("since"),
        _text("until", nullable=True),
        _words("coverage", "scheme", "employee", "resident", "none"),
        _words("coverage", "status", "active", "retired", "flexible", "unemployed", "suspended"),
        _check("coverage", "in_order", _IN_ORDER),
        _person("coverage", "person"),
    )
    _table(
        "base",
        *_place("base"),
        _text("person"),
        _text("since"),
        _number("monthly"),
        *_sums("base", "monthly"),
        _person("base", "person"),
    )


def _bindings() -> None:
    _table(
        "binding",
        *_place("binding"),
        _text("id"),
        _text("payer"),
        _text("beneficiary"),
        _text("relation"),
        _text("channel"),
        _text("since"),
        _text("until", nullable=True),
        _check("binding", "of_two", "payer <> beneficiary"),
        _words("binding", "relation", *_RELATION),
        _words("binding", "channel", "in_province", "wallet"),
        _check("binding", "in_order", _IN_ORDER),
        _unique("binding", "id"),
        _person("binding", "payer"),
        _person("binding", "beneficiary"),
    )


def _visits() -> None:
    fees = ("total_fee", "fully_self_funded", "over_limit_self_funded", "upfront_copay")
    _table(
        "visit",
        *_place("visit"),
        _text("id"),
        _text("on"),
        _text("at", nullable=True),
        _text("patient"),
        _text("setting"),
        _text("provider_kind"),
        _number("designated"),
        _text("area"),
        _text("level", nullable=True),
        _text("credential"),
        *(_number(fee) for fee in fees),
        _number("fund_paid", nullable=True),
        _number("use_account"),
        _number("prescribed"),
        _text("purpose"),
        _text("note"),
        _words("visit", "setting", "outpatient", "emergency", "chronic", "inpatient", "pharmacy"),
        _words("visit", "provider_kind", "hospital", "pharmacy"),
        _words("visit", "level", "grassroots", "primary", "secondary", "tertiary", "provincial"),
        _words("visit", "credential", "own", "other"),
        _words("visit", "purpose", "treatment", "public_health", "fitness", "wellness", "goods"),
        *_sums("visit", *fees, "fund_paid"),
        *_flags("visit", "designated", "use_account", "prescribed"),
        _unique("visit", "id"),
        _person("visit", "patient"),
    )


def _premiums_and_refunds() -> None:
    _table(
        "premium",
        *_place("premium"),
        _text("id"),
        _text("on"),
        _text("at", nullable=True),
        _text("insured"),
        _number("benefit_year"),
        _number("amount", nullable=True),
        _text("paid_from", nullable=True),
        _text("note"),
        *_sums("premium", "amount"),
        _unique("premium", "id"),
        _person("premium", "insured"),
        _person("premium", "paid_from"),
    )
    _table(
        "refund",
        *_place("refund"),
        _text("id"),
        _text("on"),
        _text("at", nullable=True),
        _text("of"),
        _text("note"),
        _check("refund", "of_another", "of <> id"),
        _unique("refund", "id"),
    )


def _plans() -> None:
    _table(
        "plan",
        *_place("plan"),
        _text("content"),
        _check("plan", "one_row", "place = 1"),
        _check("plan", "document", "json_valid(content)"),
    )
    _table(
        "scenario",
        *_place("scenario"),
        _text("name"),
        _text("content"),
        _check("scenario", "document", "json_valid(content)"),
        _unique("scenario", "name"),
    )


def _journal() -> None:
    _table(
        "step",
        *_place("step", "id"),
        _text("name"),
        _text("at"),
        _number("undone"),
        *_flags("step", "undone"),
    )
    _table(
        "change",
        *_place("change", "id"),
        _number("step"),
        _text("fact"),
        _number("place"),
        _text("kind"),
        _text("image", nullable=True),
    )
