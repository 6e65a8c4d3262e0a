"""从表格导入。Turns the rows of a spreadsheet into visits and premiums of a family, in one step.

First the rows are staged: each becomes a record, or the faults that it has, or is known as one that is there
already. Nothing of the family changes by that. Then those that were read are imported, all in one change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from desktop.domain.care import Charges, Facility, Level, Provider, Setting, Visit
from desktop.domain.event import whose
from desktop.domain.money import NOTHING, Money
from desktop.domain.money import total as total_of
from desktop.domain.premium import PremiumPayment, Refund
from desktop.domain.settlement import EntryKind
from desktop.domain.terms import label
from desktop.exchange.sheet_columns import Column, Layout, guess_layout, titles
from desktop.exchange.sheet_in import Cell, Sheet, read_sheets
from desktop.exchange.sheet_values import NotRead, care_of, day_of, grade_of, sum_of, words_of, year_of
from desktop.planning.timeline import holder_of
from desktop.usecases.account_lines import OF_A_PERSON
from desktop.usecases.bookings import premium_faults, visit_faults
from desktop.usecases.changes import Change, taken_ids
from desktop.usecases.export_sheet import masked_name
from desktop.usecases.kin import kinship

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.trouble import Fault
    from desktop.exchange.sheet_in import Row

T = TypeVar("T")

__all__ = [
    "COLUMN_TITLES",
    "Cell",
    "CellFault",
    "Column",
    "Defaults",
    "Kept",
    "Layout",
    "Level",
    "Progress",
    "Setting",
    "Sheet",
    "Staged",
    "StagedRow",
    "guess_layout",
    "import_rows",
    "layout_faults",
    "read_sheets",
    "stage",
    "stage_job",
    "titles",
    "words_of",
]

COLUMN_TITLES: Mapping[Column, str] = {
    Column.ON: "日期",
    Column.PATIENT: "就诊人",
    Column.SETTING: "类别",
    Column.PROVIDER: "机构",
    Column.LEVEL: "医院等级",
    Column.AREA: "就医地",
    Column.TOTAL: "医疗费总额",
    Column.OWN: "全自费",
    Column.OVER_LIMIT: "超限价自费",
    Column.UPFRONT: "先行自付",
    Column.FUND: "统筹支付",
    Column.OTHER_FUND: "其他医保支付",
    Column.YEAR: "参保年度",
    Column.PAID_FROM: "支付人",
    Column.NOTE: "备注",
}

_PREMIUM = ("保费", "医保缴费")
_BACK = ("退费", "冲正")
_OF_ITSELF = ("账户划入", "期初余额")  # what the program works out of itself
_BILLS = {EntryKind.VISIT, EntryKind.PREMIUM, EntryKind.REFUND}
_AT_THE_OFFICE = {label(kind) for kind in EntryKind if kind not in OF_A_PERSON | _BILLS}
_SUMS_UP = ("合计", "总计", "小计", "本页合计", "累计")
_YEAR_IN_WORDS = re.compile(r"(20[0-9]{2})\s*年?度")
_CASH = ("现金", "微信", "支付宝", "银行卡")
_NOTE_AT_MOST = 100
_AREA = re.compile(r"[0-9]{6}")
_NEWS_EVERY = 100  # rows
_CALLED = {  # what people call each other, in the program's words
    "我": "本人",
    "自己": "本人",
    "爸爸": "父亲",
    "爸": "父亲",
    "妈妈": "母亲",
    "妈": "母亲",
    "老公": "配偶",
    "丈夫": "配偶",
    "老婆": "配偶",
    "妻子": "配偶",
    "爱人": "配偶",
    "爷爷": "祖父",
    "奶奶": "祖母",
    "外公": "外祖父",
    "姥爷": "外祖父",
    "外婆": "外祖母",
    "姥姥": "外祖母",
}
_FIELDS = {  # of a record's faults, the column they belong to
    "on": Column.ON,
    "patient": Column.PATIENT,
    "insured": Column.PATIENT,
    "total_fee": Column.TOTAL,
    "amount": Column.TOTAL,
    "fully_self_funded": Column.OWN,
    "over_limit_self_funded": Column.OVER_LIMIT,
    "upfront_copay": Column.UPFRONT,
    "fund_paid": Column.FUND,
    "level": Column.LEVEL,
    "benefit_year": Column.YEAR,
    "paid_from": Column.PAID_FROM,
}


class Kept(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    DUPLICATE = "duplicate"
    FAULTY = "faulty"
    NEEDLESS = "needless"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a row whose own cell is empty, or where there is no such column."""

    patient: str | None = None
    setting: Setting | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class CellFault:
    """`column` is None where it is about the whole row."""

    column: Column | None
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class StagedRow:
    """`number` is the row's own in the file. `why` says of a duplicate or needless row what it is."""

    number: int
    kept: Kept
    record: Visit | PremiumPayment | None = None
    faults: tuple[CellFault, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Staged:
    rows: tuple[StagedRow, ...]

    def of(self, kept: Kept) -> tuple[StagedRow, ...]:
        return tuple(row for row in self.rows if row.kept is kept)


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    of: int


def stage(sheet: Sheet, layout: Layout, defaults: Defaults, family: Family) -> Staged:
    """Every row that is not empty, read. Faults are told by row and column, never with what stands there."""
    return Staged(tuple(_staged(sheet, layout, defaults, family)))


def stage_job(
    sheet: Sheet, layout: Layout, defaults: Defaults, family: Family
) -> Callable[[threading.Event], Iterator[Progress | Staged]]:
    """The same as a job: `Progress` now and then, the `Staged` last. Stopped, it gives nothing."""

    def job(stop: threading.Event) -> Iterator[Progress | Staged]:
        whole = len(sheet.rows) - layout.first
        rows = []
        for number, row in enumerate(_staged(sheet, layout, defaults, family), 1):
            if stop.is_set():
                return
            rows.append(row)
            if number % _NEWS_EVERY == 0:
                yield Progress(number, whole)
        yield Staged(tuple(rows))

    return job


def import_rows(family: Family, staged: Staged, *, duplicates: bool = False) -> Change:
    """One step: every row that is ready, and on request the duplicates, after all that is there."""
    wanted = {Kept.READY, Kept.DUPLICATE} if duplicates else {Kept.READY}
    records = [row.record for row in staged.rows if row.kept in wanted and row.record is not None]
    names = _free_ids(family)
    booked = tuple(replace(record, id=names(record)) for record in records)
    about = booked[-1].id if booked else ""
    events = (*family.events, *booked)
    return Change(f"导入 {len(booked)} 笔", replace(family, events=events), about, large=True)


def layout_faults(layout: Layout, defaults: Defaults) -> tuple[CellFault, ...]:
    """What no row can have, as no column holds it."""
    asked = {
        Column.ON: False,
        Column.TOTAL: False,
        Column.PATIENT: defaults.patient is not None,
        Column.SETTING: defaults.setting is not None,
    }
    return tuple(
        CellFault(column, f"没有一列是{COLUMN_TITLES[column]}", "请在预览的表头上选一列")
        for column, given in asked.items()
        if column not in layout.columns and not given
    )


def _free_ids(family: Family) -> Callable[[Visit | PremiumPayment], str]:
    """The same names as `free_id` gives, for many records at once."""
    taken = taken_ids(family)
    numbers: dict[str, Iterator[int]] = {}

    def name(record: Visit | PremiumPayment) -> str:
        lead = f"{'visit' if isinstance(record, Visit) else 'premium'}-{record.on:%Y%m%d}"
        numbered = numbers.setdefault(lead, count(1))
        return next(one for one in (f"{lead}-{number}" for number in numbered) if one not in taken)

    return name


# ------------------------------------------------------------------------------------------------- row by row


def _staged(sheet: Sheet, layout: Layout, defaults: Defaults, family: Family) -> Iterator[StagedRow]:
    known, context = _Known(family), _Context(family, layout, defaults)
    for number, row in enumerate(sheet.rows[layout.first :], layout.first + 1):
        if any(words_of(cell) for cell in row):
            yield known.place(_Line(context, number, row).read())


class _Known:
    """What is booked already, and what an earlier row has: the same day, person, sum and care."""

    def __init__(self, family: Family) -> None:
        self._booked = {
            _likeness(event) for event in family.events if isinstance(event, Visit | PremiumPayment)
        }
        self._rows: dict[object, int] = {}

    def place(self, row: StagedRow) -> StagedRow:
        if row.record is None:
            return row
        like = _likeness(row.record)
        if like in self._booked:
            return replace(row, kept=Kept.DUPLICATE, why="流水里已经有这一笔")
        if like in self._rows:
            return replace(row, kept=Kept.DUPLICATE, why=f"和第 {self._rows[like]} 行相同")
        self._rows[like] = row.number
        return row


def _likeness(record: Visit | PremiumPayment) -> object:
    if isinstance(record, Visit):
        return record.on, record.patient, record.setting, record.charges.total_fee
    return record.on, record.insured, record.benefit_year


class _Context:
    """What all rows of one layout are read by."""

    def __init__(self, family: Family, layout: Layout, defaults: Defaults) -> None:
        self.family, self.defaults = family, defaults
        self.places = {column: place for place, column in enumerate(layout.columns) if column is not None}
        self.people = _people(family)
        self.home = family.person(holder_of(family)).area_on(family.as_of)
        self.refunded = set(_refunded(family))


class _Line:
    """One row on its way to a record; `faults` gathers what is wrong with it."""

    def __init__(self, context: _Context, number: int, row: Row) -> None:
        self._context, self._number, self._row = context, number, row
        self._faults: list[CellFault] = []

    def read(self) -> StagedRow:
        kind = words_of(self._cell(Column.SETTING))
        why = self._needless(kind)
        if why:
            return StagedRow(self._number, Kept.NEEDLESS, why=why)
        if any(word in kind for word in _BACK):
            return self._reversal()
        record = self._premium() if any(word in kind for word in _PREMIUM) else self._visit()
        if record is None or self._faults:
            return StagedRow(self._number, Kept.FAULTY, faults=tuple(self._faults))
        return StagedRow(self._number, Kept.READY, record)

    def _needless(self, kind: str) -> str:
        if any(word in kind for word in _OF_ITSELF):
            return "账户的期初和划入由程序推算，不用导入"
        if kind in _AT_THE_OFFICE:
            return "办理的事项表格里写不全，不从表格导入"
        if any(words_of(cell).replace(" ", "") in _SUMS_UP for cell in self._row):
            return "这一行是合计"
        return ""

    def _reversal(self) -> StagedRow:
        on, person = self._day(), self._person()
        if (on, person) in self._context.refunded:
            return StagedRow(self._number, Kept.DUPLICATE, why="流水里已经有这一笔退费")
        self._fault(Column.SETTING, "这是退费", "请在流水里找到原来那一笔，对它冲正")
        return StagedRow(self._number, Kept.FAULTY, faults=tuple(self._faults))

    # -------------------------------------------------------------------------------------------- records

    def _visit(self) -> Visit | None:
        on, patient, charges = self._day(), self._person(), self._charges()
        setting = self._read(Column.SETTING, care_of, self._context.defaults.setting)
        level = None if setting is Setting.PHARMACY else self._level()
        area = self._area(patient, on)
        if self._faults or on is None or patient is None or setting is None:
            return None
        kind = Facility.PHARMACY if setting is Setting.PHARMACY else Facility.HOSPITAL
        provider = Provider(kind, designated=True, area=area, level=level)
        visit = Visit("", on, patient, setting, provider, charges, note=self._note())
        self._take(visit_faults(self._context.family, visit))
        return visit

    def _premium(self) -> PremiumPayment | None:
        on, insured, year = self._day(), self._person(), self._year()
        amount, paid_from = self._sum(Column.TOTAL), self._payer()
        if self._faults or on is None or insured is None or year is None:
            return None
        payment = PremiumPayment("", on, insured, year, amount, paid_from, note=self._note())
        self._take(premium_faults(self._context.family, payment))
        return payment

    def _charges(self) -> Charges[Money]:
        total = self._sum(Column.TOTAL)
        if total is None and not self._at_fault(Column.TOTAL):
            self._fault(Column.TOTAL, "没有医疗费总额", "请填票据上的医疗费总额")
        own, over_limit, upfront = (
            self._sum(column) or NOTHING for column in (Column.OWN, Column.OVER_LIMIT, Column.UPFRONT)
        )
        paid = [
            sum_ for column in (Column.FUND, Column.OTHER_FUND) if (sum_ := self._sum(column)) is not None
        ]
        return Charges(total or NOTHING, own, over_limit, upfront, total_of(paid) if paid else None)

    # ---------------------------------------------------------------------------------------------- cells

    def _cell(self, column: Column) -> Cell:
        place = self._context.places.get(column)
        return "" if place is None else self._row[place]

    def _read(self, column: Column, read: Callable[[Cell], T | None], default: T | None = None) -> T | None:
        """A cell as `read` understands it; an empty one is the default."""
        cell = self._cell(column)
        if default is not None and not words_of(cell):
            return default
        try:
            return read(cell)
        except NotRead as error:
            self._fault(column, error.what, error.todo)
            return None

    def _day(self) -> date | None:
        return self._read(Column.ON, day_of)

    def _sum(self, column: Column) -> Money | None:
        return self._read(column, sum_of)

    def _level(self) -> Level | None:
        level = self._read(Column.LEVEL, grade_of, self._context.defaults.level)
        if level is None and not self._at_fault(Column.LEVEL):
            self._fault(Column.LEVEL, "没有医院等级", "请补上，或在上面选一个等级")
        return level

    def _person(self) -> str | None:
        return self._read(Column.PATIENT, self._named, self._context.defaults.patient)

    def _payer(self) -> str | None:
        """Whose account paid; None for cash and where nothing is said."""
        words = words_of(self._cell(Column.PAID_FROM))
        if not words or any(word in words for word in _CASH):
            return None
        return self._read(Column.PAID_FROM, self._named)

    def _named(self, cell: Cell) -> str:
        words, people = words_of(cell), self._context.people
        spelled = (words, words.replace(" ", ""), _CALLED.get(words, ""))
        found = next((people[name] for name in spelled if name in people), ())
        if not words:
            raise NotRead("没有写是谁", "请补上，或在上面选一位家人")
        if not found:
            raise NotRead("家里没有这位家人", "写家庭页上的姓名或称呼，或先添加这位家人")
        if len(found) > 1:
            raise NotRead("这样称呼的家人不止一位", "请写姓名")
        return found[0]

    def _year(self) -> int | None:
        """The column's, or the one that 2026 年度居民医保费 names."""
        year = self._read(Column.YEAR, year_of)
        words = " ".join(words_of(self._cell(column)) for column in (Column.SETTING, Column.NOTE))
        named = _YEAR_IN_WORDS.search(words)
        if year is None and named is not None:
            return int(named[1])
        if year is None and not self._at_fault(Column.YEAR):
            self._fault(Column.YEAR, "没有写是哪一年度的医保费", "请补上一列参保年度，写成 2026 的样子")
        return year

    def _area(self, patient: str | None, on: date | None) -> str:
        """Where it was; where nothing is said, where the patient is insured."""
        words = words_of(self._cell(Column.AREA))
        if _AREA.fullmatch(words):
            return words
        if words:
            self._fault(Column.AREA, "就医地读不懂", "写六位区划代码，例如 430100，或空着")
        if patient is None or on is None:
            return ""
        return self._context.family.person(patient).area_on(on) or self._context.home

    def _note(self) -> str:
        """Where it was and what for, as long as a note may be."""
        said = (words_of(self._cell(column)) for column in (Column.PROVIDER, Column.NOTE))
        note = "".join(letter for letter in " ".join(one for one in said if one) if letter.isprintable())
        return note if len(note) <= _NOTE_AT_MOST else f"{note[: _NOTE_AT_MOST - 1]}…"

    # --------------------------------------------------------------------------------------------- faults

    def _fault(self, column: Column | None, what: str, todo: str) -> None:
        self._faults.append(CellFault(column, what, todo))

    def _at_fault(self, column: Column) -> bool:
        return any(fault.column is column for fault in self._faults)

    def _take(self, faults: Iterable[Fault]) -> None:
        """What is wrong with the record as a whole, at the column it comes from."""
        for fault in faults:
            self._fault(_FIELDS.get(fault.place), fault.what, fault.todo)


def _people(family: Family) -> dict[str, tuple[str, ...]]:
    """Everyone's id by name, by what they are to the holder, and by the two as an export masks them."""
    found: dict[str, tuple[str, ...]] = {}
    known = kinship(family, holder_of(family))
    for person in family.people:
        word = known[person.id].word
        for name in dict.fromkeys((person.name, word, masked_name(word, person.name))):
            found[name] = (*found.get(name, ()), person.id)
    return found


def _refunded(family: Family) -> Iterator[tuple[date, str]]:
    """The day of each refund, and who got the money back."""
    events = {event.id: event for event in family.events}
    for event in family.events:
        origin = events[event.of] if isinstance(event, Refund) else None
        if isinstance(origin, Visit | PremiumPayment):
            yield event.on, whose(origin)
