"""表。What a row is: facts in columns, plans and what belongs to them as documents, and steps to be undone.

Every table of facts has a `place`, which orders its rows and is what the journal knows a row by. CHECKs hold
what is shape (does not end before it starts), never what is law.
"""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, Integer, MetaData, Table, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from desktop.domain.binding import Channel, Relation
from desktop.domain.care import Credential, Facility, Level, Purpose, Setting
from desktop.domain.money import MOST_YUAN, Money
from desktop.domain.people import Scheme, Sex, Status
from desktop.domain.premium import PremiumGroup, RefundGround

SCHEMA = 4
"""The number of the schema below, which a file keeps as its `user_version`; each migration is one more."""

APPLICATION = 0x67_6F_6E_67
"""`gong`: the `application_id` of a family's book."""

MOST_FEN = int(MOST_YUAN * 100)

T = TypeVar("T")
_Word = TypeVar("_Word", bound=StrEnum)


# ---------------------------------------------------------------------------------------------------- types


class Kept(TypeDecorator[T], Generic[T]):
    """A value of the domain and how a column keeps it; whole columns are converted by `write` and `read`."""

    impl: type[TypeEngine[Any]] = Text
    cache_ok = True
    write: Callable[[Any], str | int]
    read: Callable[[Any], T]

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | int | None:
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> T | None:
        return None if value is None else self.read(value)


class Fen(Kept[Money]):
    """Whole fen. Yuan, floats and plain numbers are refused, for each would be a sum of another size."""

    impl = Integer
    cache_ok = True
    read = Money

    @staticmethod
    def write(value: object) -> int:
        if type(value) is not Money:
            raise TypeError(type(value))
        if not -MOST_FEN <= value <= MOST_FEN:
            raise ValueError(value)
        return int(value)


class Flag(Kept[bool]):
    impl = Integer
    cache_ok = True
    write = int
    read = bool


class Day(Kept[date]):
    cache_ok = True
    write = staticmethod(date.isoformat)
    read = staticmethod(date.fromisoformat)


class Moment(Kept[datetime]):
    cache_ok = True
    write = staticmethod(datetime.isoformat)
    read = staticmethod(datetime.fromisoformat)


class Word(Kept[_Word]):
    """One of the words of an enum."""

    cache_ok = True

    def __init__(self, words: type[_Word]) -> None:
        super().__init__()
        self.words = words
        self.read = {word.value: word for word in words}.__getitem__

    write = staticmethod(str.__str__)


# ----------------------------------------------------------------------------------------------------- rows


class Row(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        Money: Fen(),
        bool: Flag(),
        date: Day(),
        datetime: Moment(),
        **{
            words: Word(words)
            for words in (
                *(Sex, Scheme, Status, Relation, Channel),
                *(Setting, Facility, Level, Credential, Purpose),
                *(PremiumGroup, RefundGround),
            )
        },
    }

    @classmethod
    def table(cls) -> Table:
        return Row.metadata.tables[cls.__tablename__]


def _shape(*checks: CheckConstraint) -> tuple[Any, ...]:
    return (*checks, {"sqlite_strict": True})


def _check(name: str, rule: str) -> CheckConstraint:
    return CheckConstraint(rule, name)


def _words(column: str, words: type[StrEnum]) -> CheckConstraint:
    """NULL passes: whether a value may lack is said by the column.

    SQLite would write the list after an IN down anew for each row, and take twice as long for all of it.
    """
    return _check(column, " OR ".join(f"{column} = '{word}'" for word in words))


def _flags(*columns: str) -> list[CheckConstraint]:
    return [_check(column, f"{column} IN (0, 1)") for column in columns]


def _sums(*columns: str) -> list[CheckConstraint]:
    return [_check(column, f"{column} BETWEEN -{MOST_FEN} AND {MOST_FEN}") for column in columns]


_ONE_ROW = "place = 1"
_IN_ORDER = "until IS NULL OR since <= until"
_DOCUMENT = "json_valid(content)"

PERSON = "person.id"


def _names(column: str, **more: Any) -> Any:
    """A reference by id. It is looked at when a step ends, so that undo may put rows back in any order."""
    return mapped_column(ForeignKey(column, deferrable=True, initially="DEFERRED"), **more)


class FamilyRow(Row):
    """What is said of the family as a whole; not `as_of`, the day it is looked at."""

    __tablename__ = "family"
    __table_args__ = _shape(
        _check("one_row", _ONE_ROW),
        *_flags("credit_monthly", "mutual_aid_pays_out_of_scope", "own_account_pays_out_of_scope"),
    )

    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    holder: Mapped[str]
    credit_monthly: Mapped[bool]
    mutual_aid_pays_out_of_scope: Mapped[bool | None]
    own_account_pays_out_of_scope: Mapped[bool | None]


class PersonRow(Row):
    """`history` is the office's record, in the form of the family document."""

    __tablename__ = "person"
    __table_args__ = _shape(
        _words("sex", Sex),
        _words("relation", Relation),
        *_sums("opening"),
        _check("account", "(opened_on IS NULL) = (opening IS NULL)"),
        _check("history", "json_valid(history)"),
    )

    place: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sex: Mapped[Sex | None]
    born: Mapped[date | None]
    id_number: Mapped[str | None]
    relation: Mapped[Relation | None]
    opened_on: Mapped[date | None]
    opening: Mapped[Money | None]
    history: Mapped[str | None]
    retires_at: Mapped[int | None]


class CoverageRow(Row):
    __tablename__ = "coverage"
    __table_args__ = _shape(_words("scheme", Scheme), _words("status", Status), _check("in_order", _IN_ORDER))

    place: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = _names(PERSON)
    scheme: Mapped[Scheme]
    status: Mapped[Status]
    area: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]


class BaseRow(Row):
    """缴费基数, of a person who has an account."""

    __tablename__ = "base"
    __table_args__ = _shape(*_sums("monthly"))

    place: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = _names(PERSON)
    since: Mapped[date]
    monthly: Mapped[Money]


class BindingRow(Row):
    __tablename__ = "binding"
    __table_args__ = _shape(
        _check("of_two", "payer <> beneficiary"),
        _words("relation", Relation),
        _words("channel", Channel),
        _check("in_order", _IN_ORDER),
    )

    place: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    payer: Mapped[str] = _names(PERSON)
    beneficiary: Mapped[str] = _names(PERSON)
    relation: Mapped[Relation]
    channel: Mapped[Channel]
    since: Mapped[date]
    until: Mapped[date | None]


class VisitRow(Row):
    """Visits, premiums, refunds and matters share one order: a `place` is used in one of the four only."""

    __tablename__ = "visit"
    __table_args__ = _shape(
        _words("setting", Setting),
        _words("provider_kind", Facility),
        _words("level", Level),
        _words("credential", Credential),
        _words("purpose", Purpose),
        *_sums("total_fee", "fully_self_funded", "over_limit_self_funded", "upfront_copay", "fund_paid"),
        *_flags("designated", "use_account", "prescribed"),
    )

    place: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    on: Mapped[date]
    at: Mapped[datetime | None]
    patient: Mapped[str] = _names(PERSON)
    setting: Mapped[Setting]
    provider_kind: Mapped[Facility]
    designated: Mapped[bool]
    area: Mapped[str]
    level: Mapped[Level | None]
    credential: Mapped[Credential]
    total_fee: Mapped[Money]
    fully_self_funded: Mapped[Money]
    over_limit_self_funded: Mapped[Money]
    upfront_copay: Mapped[Money]
    fund_paid: Mapped[Money | None]
    use_account: Mapped[bool]
    prescribed: Mapped[bool]
    purpose: Mapped[Purpose]
    note: Mapped[str]


class PremiumRow(Row):
    """`paid_from` NULL is cash, `amount` NULL the standard of the group that it is `paid_as`."""

    __tablename__ = "premium"
    __table_args__ = _shape(*_sums("amount"), _words("paid_as", PremiumGroup))

    place: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    on: Mapped[date]
    at: Mapped[datetime | None]
    insured: Mapped[str] = _names(PERSON)
    benefit_year: Mapped[int]
    amount: Mapped[Money | None]
    paid_from: Mapped[str | None] = _names(PERSON)
    note: Mapped[str]
    paid_as: Mapped[PremiumGroup]


class RefundRow(Row):
    """`of` is the id of a visit or a premium."""

    __tablename__ = "refund"
    __table_args__ = _shape(_check("of_another", "of <> id"), _words("ground", RefundGround))

    place: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    on: Mapped[date]
    at: Mapped[datetime | None]
    of: Mapped[str]
    note: Mapped[str]
    ground: Mapped[RefundGround | None]


class MatterRow(Row):
    """What was done at the office, of eight kinds; `content` is written in the form of the family document.

    `person` is whom it is about and `other` the second person that it names, who must both be there.
    """

    __tablename__ = "matter"
    __table_args__ = _shape(_check("document", _DOCUMENT))

    place: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str] = _names(PERSON)
    other: Mapped[str | None] = _names(PERSON)
    content: Mapped[str]


class PlanRow(Row):
    """`content` is written in the form of the family document."""

    __tablename__ = "plan"
    __table_args__ = _shape(_check("one_row", _ONE_ROW), _check("document", _DOCUMENT))

    place: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str]


class ScenarioRow(Row):
    __tablename__ = "scenario"
    __table_args__ = _shape(_check("document", _DOCUMENT))

    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str]


class SnoozeRow(Row):
    """`finding` is the key of what is not to be shown before a day."""

    __tablename__ = "snooze"
    __table_args__ = _shape()

    place: Mapped[int] = mapped_column(primary_key=True)
    finding: Mapped[str] = mapped_column(unique=True)
    until: Mapped[date]


class SnapshotRow(Row):
    """What a scenario came to on a day; `content` is written in the form of the family document."""

    __tablename__ = "snapshot"
    __table_args__ = _shape(_check("document", _DOCUMENT))

    place: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(unique=True)


class ErrandRow(Row):
    """How far someone has come with a guide; `content` is written in the form of the family document."""

    __tablename__ = "errand"
    __table_args__ = _shape(_check("document", _DOCUMENT))

    place: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str] = _names(PERSON)
    content: Mapped[str]


FACTS: tuple[type[Row], ...] = (
    *(FamilyRow, PersonRow, CoverageRow, BaseRow, BindingRow),
    *(VisitRow, PremiumRow, RefundRow, MatterRow),
    *(PlanRow, ScenarioRow, SnoozeRow, SnapshotRow, ErrandRow),
)
"""Whatever can be undone: the journal watches these tables."""


# -------------------------------------------------------------------------------------------------- journal


class StepRow(Row):
    __tablename__ = "step"
    __table_args__ = _shape(*_flags("undone"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    at: Mapped[datetime]
    undone: Mapped[bool]


class ChangeRow(Row):
    """One row of a step. `image` is the one that no longer stands in its table; see `journal.py`.

    `kind` is insert, update or delete. Nobody but the triggers writes here, once for each of an import's
    hundred thousand rows: so nothing is checked, and `step` is no foreign key.
    """

    __tablename__ = "change"
    __table_args__ = _shape()

    id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[int]
    fact: Mapped[str]
    place: Mapped[int]
    kind: Mapped[str]
    image: Mapped[str | None]
